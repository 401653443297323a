"""What a run sees to have been handled: records for the store, and the office's register behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from corpus.library import CorpusLibrary
from corpus.model import (
    Assignment,
    Correction,
    Finding,
    Handling,
    LedgerEntry,
    Masthead,
    OfficeSettings,
    Record,
    Run,
)
from corpus.office import records
from corpus.office.handling import Change, seen_handlings
from corpus.office.ledger import Office, ledger
from corpus.store import Store

PREDECESSOR_RULE = "HL05"


def office_of(opened: Store, settings: OfficeSettings, unit: str | None, findings: Iterable[Finding]) -> Office:
    """What the office knows beside the files, as the store keeps it."""
    assigned = records.values(Assignment, opened.kept(records.kind_of(Assignment)))
    corrected = records.values(Correction, opened.kept(records.kind_of(Correction)))
    return Office(
        unit=unit, settings=settings, lines=records.values(LedgerEntry, opened.kept(records.kind_of(LedgerEntry))),
        assigned={one.subject: one for one in assigned}, corrected={one.document: one for one in corrected},
        predecessors=frozenset(one.path for one in findings if one.rule == PREDECESSOR_RULE),
    )  # fmt: skip


def closings(
    opened: Store, settings: OfficeSettings, run: Run, library: CorpusLibrary, keys: Mapping[str, str]
) -> tuple[Record, ...]:
    """Records of findings that documents of the corpus have dealt with since the last run, and of those that came back.

    What the officer said is left alone; what the machine saw earlier and no longer sees is taken back.
    """
    office = office_of(opened, settings, run.unit, run.findings)
    entries = ledger(library.reviewed(), keys, library, run.as_of, office)
    heads: dict[str, Masthead | None] = {path: one.masthead for path, one in library.documents.items()}
    findings = (*run.findings, *run.gone)
    changes = dict(_changes({one.path for one in findings}, heads, library))
    seen = seen_handlings(
        findings, heads, changes, library, {one.path: one for one in entries if one.path}, run.started
    )  # fmt: skip
    kept = records.values(Handling, opened.kept(records.kind_of(Handling)))
    before = {one.subject: one for one in kept}
    made = [records.record(one, "rasoat", run.started) for subject, one in seen.items() if subject not in before]
    standing = {one.id for one in run.findings}
    lost = [one for one in kept if one.automatic and one.subject in standing and one.subject not in seen]
    return (*made, *(records.withdrawn(one, "rasoat", run.started) for one in lost))


def _changes(
    paths: Iterable[str], heads: Mapping[str, Masthead | None], library: CorpusLibrary
) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """What befell the documents at these paths, by path."""
    for path in sorted(paths):
        head = heads.get(path)
        if head is None or head.symbol is None:
            continue
        acts = library.acts(head.symbol, issuer=head.issuer, issued=head.date, kind=head.kind)
        if len(acts) == 1:
            yield path, tuple(library.events(acts[0]))
