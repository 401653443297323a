"""What was dealt with: said by the officer, or seen in the corpus when a later document names the old one.

A finding closes by itself where a document that was issued after its ground repeals or replaces the reviewed one, or
changes the very place on which the finding stands; one that only asks for a list closes with the list that has the
document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from corpus import symbols
from corpus.model import By, Finding, Handling, LedgerEntry, Masthead, Place
from corpus.model.states import Library

LISTED = frozenset({"dua_vao_danh_muc", "cong_bo_het_hieu_luc"})
_ENDS = frozenset({"repeal", "replace", "declare_expired"})
_CHANGES = frozenset({"amend", "insert", "substitute", "insert_text", "delete_text"})


class Change(Protocol):
    """An event of `corpus.events`: what befell an act or a provision."""

    @property
    def provision(self) -> str | None: ...
    @property
    def type(self) -> str: ...
    @property
    def from_(self) -> date | None: ...
    @property
    def by(self) -> By | None: ...


def seen_handlings(
    findings: Iterable[Finding],
    heads: Mapping[str, Masthead | None],
    changes: Mapping[str, tuple[Change, ...]],
    library: Library,
    entries: Mapping[str, LedgerEntry],
    at: str,
) -> dict[str, Handling]:
    """Findings that documents of the corpus have dealt with, by id.

    `heads` and `changes` (what befell the document) by path of the finding's document; `entries` of the register of
    documents by path. `at`: the moment of the run that saw it.
    """
    found: dict[str, Handling] = {}
    for finding in findings:
        made = _in_a_list(finding, entries.get(finding.path), at)
        if made is None and finding.proposal not in LISTED and finding.proposal != "ban_hanh_moi":
            made = _by_a_document(finding, heads.get(finding.path), changes.get(finding.path, ()), library, at)
        if made is not None:
            found[finding.id] = made
    return found


def _in_a_list(finding: Finding, entry: LedgerEntry | None, at: str) -> Handling | None:
    if finding.proposal not in LISTED or entry is None or not entry.published:
        return None
    listed = entry.published[-1]
    return Handling(finding.id, listed.symbol or f"danh mục năm {listed.year}", None, "rasoat", at, automatic=True)


def _by_a_document(
    finding: Finding, head: Masthead | None, changes: Iterable[Change], library: Library, at: str
) -> Handling | None:
    """The earliest later document that ends the reviewed one or changes the finding's place."""
    since = _since(finding, head)
    for change in changes:
        by = change.by
        if by is None or by.path is None or not by.symbol:
            continue
        acting = library.documents.get(by.path)
        day = acting.masthead.date if acting and acting.masthead else None
        if day is None or since is None or day < since:
            continue
        if any(item.symbol and symbols.key(item.symbol) == symbols.key(by.symbol) for item in finding.evidence):
            continue  # the act on which the finding rests is its ground, not its handling
        whole = change.provision is None and change.type in _ENDS
        touched = change.type in _ENDS | _CHANGES and any(_touches(change.provision, one) for one in finding.places)
        if whole or touched:
            return Handling(finding.id, by.symbol, day, "rasoat", at, automatic=True)
    return None


def _since(finding: Finding, head: Masthead | None) -> date | None:
    """The day from which a document can be the handling: that of the newest ground, else after the reviewed one."""
    days = [item.from_ for item in finding.evidence if item.from_]
    return max(days) if days else head.date if head else None


def _touches(changed: str | None, place: Place) -> bool:
    """Whether a change of a unit reaches a place: the unit is the place's own or one above it."""
    if changed is None or place.provision is None:
        return False
    return place.provision == changed or place.provision.startswith(changed + "__")
