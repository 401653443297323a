"""The office's desk, and what the officer does at it: the door of pages, papers and commands to the store.

Reading never waits for a run; writing waits a little for the lock and then says who has it. Everything that is written
adds rows: decisions and records with who and when, and their lines in the audit.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

from corpus import register, store
from corpus.library import CorpusLibrary, side_of
from corpus.model import (
    Assignment,
    Clock,
    CompleteYear,
    Conclusion,
    Correction,
    Decision,
    Desk,
    Document,
    Finding,
    Handling,
    LedgerEntry,
    Opinion,
    Publication,
    ReviewRequest,
    SelfCheck,
)
from corpus.office import corrections, decisions, records
from corpus.office.clocks import clocks
from corpus.office.ledger import ledger
from corpus.store import Store
from flows.office.closing import office_of
from flows.office.mending import mended
from flows.opening import CannotRun, not_lost, store_place, trouble_of
from flows.pipeline import usual_issuer
from flows.settings import Workspace, today
from rules.identity import evidence_hash

WAIT_S = 20.0
"""How long a decision waits for a run that writes."""

Kept = (
    Handling | Opinion | Conclusion | SelfCheck | ReviewRequest | Assignment | CompleteYear | Correction | LedgerEntry
)


@contextmanager
def opened(space: Workspace, write: bool = False) -> Iterator[Store]:
    """The store of a workspace. Raises `CannotRun` (Vietnamese) where it cannot be opened, or a run has the lock."""
    if space.outputs is None and not space.settings.store:
        raise CannotRun("Cần thư mục kết quả: thêm --outputs DIR hoặc --workspace DIR.")
    not_lost(space)
    try:
        with store.open(store_place(space), write=write, wait=WAIT_S if write else 0.0) as one:
            yield one
    except store.StoreError as error:
        raise CannotRun(trouble_of(space, error)) from error


def stamp(one: Store) -> tuple[int, int]:
    """Number of the last run and of the last line of the audit: while both stay, so does the desk of a day."""
    last = one.last_run()
    return (last.number if last else 0, one.audit_head())


# --- reading ---------------------------------------------------------------------------------------


def desk(space: Workspace, one: Store, day: date | None = None) -> Desk:
    """Everything on the officer's desk on a day (today), as of the last run: findings, register, decisions, clocks."""
    day = day or today()
    known = register.load(space.own_register)
    keys, documents = read_documents(one)
    library = CorpusLibrary({path: (side_of(path), doc) for path, doc in documents.items()}, known)
    stored = one.findings()
    standing = tuple(item.finding for item in stored if item.gone_in_run is None)
    unit = space.settings.unit or usual_issuer(library)
    settings = space.settings.office
    entries = ledger(library.reviewed(), keys, library, day, office_of(one, settings, unit, standing))
    taken = one.decisions()
    hashes = {finding.id: evidence_hash(finding) for finding in standing}
    again = decisions.asked_again(standing, taken, hashes, day)
    handled = _handled(_kept(one, Handling), standing, keys)
    gone = [item.finding for item in stored if item.gone_in_run is not None and _in_year(handled, item.finding, day)]
    opinions, conclusions = _kept(one, Opinion), _kept(one, Conclusion)
    requests, checks = _kept(one, ReviewRequest), {item.document: item for item in _kept(one, SelfCheck)}
    return Desk(
        as_of=day, unit=unit, findings=standing, ledger=entries, keys=keys, decisions=taken, again=again,
        handled=handled, opinions=opinions, conclusions=conclusions, requests=requests, self_checks=checks,
        complete=(*_declared(space), *_kept(one, CompleteYear)),
        clocks=due(space, one, day, unit, entries, taken, standing, keys),
        progress=decisions.progress((*standing, *gone), taken, again, handled), settings=settings,
    )  # fmt: skip


def read_documents(one: Store, light: bool = True) -> tuple[dict[str, str], dict[str, Document]]:
    """Keys and readable documents by path, as the last run read and the officer corrected them.

    `light`: masthead, effects and legal bases only, which is all that states need.
    """
    rows = one.files()
    keys = {path: row.document_key or path for path, row in rows.items()}
    by_version: dict[str, list[tuple[str, str]]] = {}
    for row in rows.values():
        if row.outcome == "ok":
            by_version.setdefault(row.reader_version, []).append((row.path, row.content_hash))
    found: dict[str, Document] = {}
    for version, pairs in by_version.items():
        found |= one.cached_documents(pairs, version, light=light)
    return keys, mended({path: found[path] for path in sorted(found)}, keys, one)


def _kept(one: Store, what: type[records.T]) -> tuple[records.T, ...]:
    return records.values(what, one.kept(records.kind_of(what)))


def _declared(space: Workspace) -> tuple[CompleteYear, ...]:
    """Years that the settings declare whole."""
    return tuple(CompleteYear(year) for year in sorted(space.settings.complete_years))


def _handled(
    kept: Iterable[Handling], standing: Iterable[Finding], keys: Mapping[str, str]
) -> dict[str, Handling]:
    """Handlings by subject; where a whole document was dealt with, so were its findings."""
    found = {item.subject: item for item in kept}
    for finding in standing:
        whole = found.get(keys.get(finding.path, finding.path))
        if whole is not None:
            found.setdefault(finding.id, replace(whole, subject=finding.id))
    return found


def due(
    space: Workspace, one: Store, day: date, unit: str | None, entries: Sequence[LedgerEntry],
    taken: Mapping[str, Decision], standing: Sequence[Finding], keys: Mapping[str, str],
) -> tuple[Clock, ...]:  # fmt: skip
    """What is due on a day, soonest first. Of `taken` and `standing` only decisions with a day and their findings are
    needed; `keys` by path."""
    handled = _handled(_kept(one, Handling), standing, keys)
    made = clocks(
        day, entries, taken, _kept(one, Conclusion), _kept(one, Opinion),
        {item.document: item for item in _kept(one, SelfCheck)}, _kept(one, ReviewRequest),
        days_off=space.settings.days_off, handled=frozenset(handled), unit=unit,
        published_years={listed.year for entry in entries for listed in entry.published},
    )  # fmt: skip
    return _named(made, standing, keys, entries)


def _named(
    due: Iterable[Clock], standing: Iterable[Finding], keys: Mapping[str, str], entries: Iterable[LedgerEntry]
) -> tuple[Clock, ...]:
    """Clocks of findings with the document they are about; those of findings that are gone run no more."""
    document_of = {finding.id: keys.get(finding.path, finding.path) for finding in standing}
    symbol_of = {entry.key: entry.symbol for entry in entries}
    kept = (one for one in due if one.finding is None or one.finding in document_of)
    return tuple(
        replace(one, document=document_of[one.finding], name=symbol_of.get(document_of[one.finding]))
        if one.finding else one
        for one in kept
    )  # fmt: skip


def _in_year(handled: Mapping[str, Handling], finding: Finding, day: date) -> bool:
    found = handled.get(finding.id)
    return found is not None and found.at[:4] == str(day.year)


# --- deciding ---------------------------------------------------------------------------------------


def decide(one: Store, findings: Sequence[Finding], like: Decision) -> tuple[Decision, ...]:
    """Decide findings in one way, as one batch that one undo takes back: all or none. Raises `WrongDecision`."""
    made = preview(findings, like)
    one.save_decisions(made)
    return made


def preview(findings: Sequence[Finding], like: Decision) -> tuple[Decision, ...]:
    """What `decide` would keep. Raises `corpus.office.decisions.WrongDecision`."""
    hashes = {finding.id: evidence_hash(finding) for finding in findings}
    return decisions.for_all(findings, like, hashes, like.batch or uuid.uuid4().hex)


def undo(one: Store, by: str, at: str | None = None) -> tuple[Decision, ...]:
    """Take back what `by` decided last in one go; gives the decisions taken back, none where there is nothing left."""
    taken = tuple(one.last_batch(by))
    one.save_decisions(decisions.taking_back(taken, by, at or now(), uuid.uuid4().hex))
    return taken


# --- keeping ----------------------------------------------------------------------------------------


def keep(one: Store, values: Iterable[Kept], by: str, at: str | None = None) -> None:
    """Keep what the officer says: handlings, opinions, conclusions, self-checks, requests, assignments, whole years."""
    moment = at or now()
    one.keep([records.record(value, by, moment) for value in values])


def withdraw(one: Store, values: Iterable[Kept], by: str, at: str | None = None) -> None:
    """Take back what was kept; the rows stay, and count no more."""
    moment = at or now()
    one.keep([records.withdrawn(value, by, moment) for value in values])


def correct(
    one: Store, document: str, fields: Mapping[str, str | bool | None], by: str, at: str | None = None
) -> Correction:
    """Mend fields of a document's masthead (key of the register); earlier corrections of other fields stay.

    Raises `corpus.office.corrections.WrongCorrection`. The next run judges with them.
    """
    moment = at or now()
    before = {item.document: item for item in _kept(one, Correction)}.get(document)
    whole = {**(before.fields if before else {}), **corrections.checked(fields)}
    made = Correction(document, whole, by, moment)
    one.keep([records.record(made, by, moment)])
    return made


def publish(
    one: Store, entries: Iterable[LedgerEntry], symbol: str, year: int, by: str, at: str | None = None
) -> int:  # fmt: skip
    """Note that documents were listed by a decision ("đã công bố tại Quyết định số …, năm …"); gives their number."""
    moment = at or now()
    listed = (Publication(symbol, year),)
    rows = [
        records.record(
            LedgerEntry(
                key=entry.key, symbol=entry.symbol, kind=entry.kind, issuer=entry.issuer, date=entry.date,
                title=entry.title, normative=entry.normative, level=entry.level, state=entry.state,
                state_since=entry.state_since, state_reason=entry.state_reason, predecessor=entry.predecessor,
                published=listed, source="danh_muc", source_name=symbol, seen=today(),
            ), by, moment,
        )
        for entry in entries
    ]  # fmt: skip
    one.keep(rows, action="cong_bo")
    return len(rows)


def now() -> str:
    """The moment, as rows keep it (ISO 8601, UTC)."""
    return datetime.now(UTC).isoformat(timespec="seconds")
