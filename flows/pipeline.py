"""Read what changed, judge, write: the work of a run as plain functions, without Prefect.

A run is `session` (flows/opening.py) → `changed` → `read` (flows/reading.py) → `unchanged` or `judge` → `write`. What
was read is kept, so a run that dies goes on where it was, and a file that did not change is not read again. A bad file
is a row, never an exception. `review` does all of it; the Prefect flows call the same functions one by one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from corpus import asking, symbols
from corpus.library import CorpusLibrary
from corpus.model import Document, Finding, Record, Run
from corpus.store import Store, StoredFinding
from corpus.store.judged import JudgedRow
from flows import explaining, judging, ruling
from flows.office import mending
from flows.office.closing import closings
from flows.office.mending import digest, with_books
from flows.opening import CannotRun, Session, session
from flows.progress import Progress, Silent
from flows.reading import changed, documents_of, noted_of, own_digest, read, unread_of, version_of
from flows.settings import SettingsError, Workspace, today
from flows.versions import judging_version, register_version
from rules.catalogue import RuleSettings
from rules.identity import match


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging gave: the run, the keys of its documents, the fingerprint of all it was judged from, and what the
    run saw to have been handled.

    `rows` and `gone`: on what judgements rest now, and the paths of which nothing rests any more; `facts` as
    `flows.judging.Corpus`. `same`: ids of findings that were not looked for again. `why`: why each document was or was
    not judged, by path.
    """

    run: Run
    keys: Mapping[str, str]
    fingerprint: str
    handled: tuple[Record, ...] = ()
    rows: tuple[JudgedRow, ...] = ()
    gone: tuple[str, ...] = ()
    facts: str = ""
    same: frozenset[str] = frozenset()
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """A run that is written. `again` is False where nothing had changed since the run it repeats; `preview`: the
    history does not have it. `why_read`, `why_judged`: as `Session` and `Judged` have them."""

    run: Run
    folder: Path
    again: bool = True
    preview: bool = False
    why_read: Mapping[str, str] = field(default_factory=dict)
    why_judged: Mapping[str, str] = field(default_factory=dict)


def review(space: Workspace, as_of: date, progress: Progress | None = None, everything: bool = False) -> Done:
    """Review a workspace as of a day; `everything`: what rests on nothing new is judged again too.

    Raises `CannotRun` where its store is busy or its folders are missing.
    """
    progress = progress or Silent()
    with session(space) as open_session:
        for fault in (*open_session.register.faults, *ruling.own_of(space).faults):
            progress.step(fault)
        rule_settings(space)
        read(open_session, changed(open_session), progress)
        same = None if everything else unchanged(open_session, as_of)
        return same or write(open_session, judge(open_session, as_of, progress, everything))


# --- judging ---------------------------------------------------------------------------------------


def unchanged(open_session: Session, as_of: date, later_too: bool = False) -> Done | None:
    """The last run, where everything that it was judged from is still the same and its folder is whole.

    `later_too`: a run for an earlier day stands too, where no judgement turned on a day since then (a night that has
    nothing to say writes nothing).
    """
    last = open_session.store.last_run()
    if last is None:
        return None
    now = _fingerprint(open_session, as_of)
    if last.fingerprint != now:
        otherwise = last.fingerprint[_DAY_SIGNS:] == now[_DAY_SIGNS:]
        if not (later_too and otherwise and last.as_of <= as_of and open_session.store.holds_on(as_of)):
            return None
    assert open_session.space.outputs is not None
    folder = open_session.space.outputs / _folder_name(last.number, last.as_of)
    if not (folder / "findings.jsonl").is_file() or not (folder / "report.html").is_file():
        return None
    run = Run(last.number, last.as_of, last.started, tuple(open_session.store.standing()), (), {},
              unread_of(open_session), open_session.space.settings.unit, None,
              noted=noted_of(open_session))  # fmt: skip
    same = dict.fromkeys((row.path for row in open_session.files.values() if row.outcome == "ok"), judging.SAME)
    return Done(run, folder, again=False, why_read=open_session.why_read, why_judged=same)


def judge(
    open_session: Session, as_of: date, progress: Progress, everything: bool = False
) -> Judged:  # fmt: skip
    """Judge what must be judged and give findings their identities. Writes nothing.

    A document whose judgement rests on nothing that changed keeps its findings (`flows.judging`); `everything`: all are
    judged again, with the same result.
    """
    opened = open_session.store
    corpus = _corpus(open_session, as_of)
    planned = judging.plan(corpus, opened.judged(), everything)
    fresh: list[Finding] = []
    rows: list[JudgedRow] = []
    for path in progress.track(planned.judged, len(planned.judged), "Rà soát"):
        found, row = judging.judged(corpus, path)
        fresh += found
        rows.append(row)
    keys = {path: row.document_key or path for path, row in open_session.files.items()}
    standing = opened.stored_standing()
    matched, gone, same = _matched(standing, fresh, planned, corpus.documents, keys, opened)
    last = opened.last_run()
    library = corpus.library
    run = Run(
        number=last.number + 1 if last else 1, as_of=as_of, started=_now(), findings=matched,
        gone=gone, documents=corpus.documents, unread=unread_of(open_session),
        unit=open_session.space.settings.unit or usual_issuer(library), newest_central=library.newest_central(),
        unit_guessed=not open_session.space.settings.unit,
        kinds=_kinds(matched, library),
        read_again=open_session.read_again, judged_again=len(planned.judged), noted=noted_of(open_session),
    )  # fmt: skip
    handled = closings(opened, open_session.space.settings.office, run, library, keys)
    return Judged(run, keys, _fingerprint(open_session, as_of), handled, (*rows, *planned.refreshed), planned.gone,
                  corpus.facts, same, planned.why)  # fmt: skip


def _corpus(open_session: Session, as_of: date) -> judging.Corpus:
    """The documents that can be read, with what their judgement rests on."""
    documents = documents_of(open_session)
    marks = _marks(open_session, documents)
    settings = with_books(rule_settings(open_session.space), open_session.store)
    facts = asking.digest(register_version(), own_digest(open_session.space))
    institutions = tuple(open_session.register.institutions())
    return judging.corpus_of(documents, marks, open_session.register, as_of, institutions, settings, facts)


def _marks(open_session: Session, documents: Mapping[str, Document]) -> dict[str, str]:
    """A hash of each document as it is judged: what was read, and the officer's corrections."""
    hashes = {path: open_session.files[path].content_hash for path in documents}
    read = open_session.store.marks_of(hashes.values(), version_of(open_session))
    kept = mending.marks(open_session.store)
    keys = {path: row.document_key or path for path, row in open_session.files.items()}
    return {path: read[hashes[path]] + kept.get(keys[path], "") for path in documents}


def _matched(
    standing: Sequence[StoredFinding], fresh: Sequence[Finding], planned: judging.Plan,
    documents: Mapping[str, Document], keys: Mapping[str, str], opened: Store,
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], frozenset[str]]:  # fmt: skip
    """All findings that stand now, by path; those that are gone; ids of those that were not looked for again.

    Identities are only sought among the documents that were judged, came or went, and others of the same key.
    """
    moved = {*planned.judged, *planned.gone}
    wanted = {keys.get(path, path) for path in moved}
    wanted |= {stored.document_key or stored.finding.path for stored in standing if stored.finding.path in moved}
    judged_now = frozenset(planned.judged)
    before: list[Finding] = []
    now: list[Finding] = list(fresh)
    same: list[Finding] = []
    for stored in standing:
        finding = stored.finding
        near = finding.path in moved or keys.get(finding.path, finding.path) in wanted
        if near:
            before.append(finding)
        if finding.path in documents and finding.path not in judged_now:
            if near:
                now.append(finding)
            else:
                same.append(replace(finding, state="unchanged"))
        elif not near:
            before.append(finding)
    matched = match(before, sorted(now, key=_order), keys, opened.gone_from(wanted))
    found = sorted((*matched.findings, *same), key=_order)
    return tuple(found), matched.gone, frozenset(finding.id for finding in same)


def _order(finding: Finding) -> tuple[object, ...]:
    """By path and place; findings of one place in an order that does not depend on which of them are new."""
    first = finding.places[0]
    return (finding.path, first.start, finding.rule, first.end, finding.target_symbol or "",
            finding.target_provision or "", finding.message)  # fmt: skip


def rule_settings(space: Workspace) -> RuleSettings:
    """The settings of the rules, as the rules know them (`flows.ruling`). Raises `CannotRun`."""
    try:
        return ruling.rule_settings(space)
    except SettingsError as error:
        raise CannotRun(str(error)) from error


def _kinds(findings: Sequence[Finding], library: CorpusLibrary) -> dict[str, str]:
    """Kinds of the acts that findings name by a number that does not show it: QH numbers are laws or resolutions."""
    named = {f.target_symbol for f in findings} | {item.symbol for f in findings for item in f.evidence}
    kinds: dict[str, str] = {}
    for symbol in sorted(filter(None, named)):
        rows = {row.kind for row in library.known(symbol)} if symbols.kind_of(symbol) is None else set()
        if len(rows) == 1:
            kinds[symbols.key(symbol)] = rows.pop()
    return kinds


def usual_issuer(library: CorpusLibrary) -> str | None:
    """Issuer of the newest document under review, else the most frequent one: who runs the program, as it seems."""
    heads = [doc.masthead for doc in library.reviewed() if doc.masthead]
    dated = [(h.date, h.issuer) for h in heads if h.date and h.issuer and "nhân dân" in h.issuer]
    if dated:
        return max(dated)[1]
    named = Counter(h.issuer for h in heads if h.issuer)
    return min(named, key=lambda issuer: (-named[issuer], issuer)) if named else None


_DAY_SIGNS = 8  # of a fingerprint, which tell the day


def _fingerprint(open_session: Session, as_of: date) -> str:
    total = hashlib.sha256()
    settings = open_session.space.settings
    for part in (judging_version(), own_digest(open_session.space), settings.unit or "",
                 digest(open_session.store),
                 *map(str, sorted(settings.complete_years)),
                 ruling.digest(open_session.space),
                 *sorted(f"{row.path}={row.content_hash}" for row in open_session.files.values())):  # fmt: skip
        total.update(part.encode() + b"\0")
    return as_of.strftime("%Y%m%d") + total.hexdigest()[_DAY_SIGNS:]


# --- writing ---------------------------------------------------------------------------------------


def write(open_session: Session, judged: Judged) -> Done:
    """Write the run's folder, then keep the run in the store: a run is in the store only if its folder is whole.

    A run for another day than those of the sequence (before the last run, or after today) is a preview: its folder is
    written, the history is not, so that the next night still tells what is new.
    """
    from outputs import write_run

    assert open_session.space.outputs is not None
    run = judged.run
    if not in_sequence(open_session, run.as_of):
        folder = open_session.space.outputs / f"xem-truoc_{run.as_of.isoformat()}"
        explaining.write(folder, open_session.why_read, judged.why)
        write_run(run, folder)
        return Done(run, folder, True, True, open_session.why_read, judged.why)
    folder = open_session.space.outputs / _folder_name(run.number, run.as_of)
    explaining.write(folder, open_session.why_read, judged.why)
    write_run(run, folder)
    counts = {"documents": len(run.documents), "unread": len(run.unread), "read_again": run.read_again}
    with open_session.store.transaction():
        open_session.store.save_run(run, judged.fingerprint, _now(), judged.keys, counts, judged.same)
        open_session.store.save_judged(judged.rows, judged.gone, judged.facts)
        open_session.store.keep(judged.handled)
    return Done(run, folder, why_read=open_session.why_read, why_judged=judged.why)


def in_sequence(open_session: Session, as_of: date) -> bool:
    """Whether a run for this day belongs to the history: not before the last run; not after today once there is one."""
    last = open_session.store.last_run()
    return last is None or last.as_of <= as_of <= max(today(), last.as_of)


def _folder_name(number: int, as_of: date) -> str:
    return f"luot-{number:04d}_{as_of.isoformat()}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def by_rule(run: Run) -> list[tuple[str, int]]:
    """Number of findings for each rule, by code."""
    return sorted(Counter(finding.rule for finding in run.findings).items())
