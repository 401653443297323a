"""Findings, decisions, runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from corpus.model.document import Document
from corpus.model.vocabulary import Certainty, FindingState, Outcome, Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands. `quote` is `text[start:end]` of the document."""

    provision: str | None
    start: int
    end: int
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An act or clause that shows why. `quote` may be None where only the register knows the fact."""

    symbol: str | None
    provision: str | None = None
    quote: str | None = None
    type: str | None = None
    from_: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault for one cause, with all its places (main one first). `id` is "" until identity gives it."""

    rule: str
    severity: Severity
    path: str
    places: tuple[Place, ...]
    message: str
    legal_basis: str
    proposal: str
    certainty: Certainty
    target_symbol: str | None = None
    target_provision: str | None = None
    evidence: tuple[Evidence, ...] = ()
    id: str = ""
    state: FindingState = "new"
    folded: bool = False


Verdict = Literal["dong_y", "khong_dong_y", "sua", "hoan", "chua_xac_dinh", "rut_lai"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the officer decided on a finding. Kept by the finding's id over all runs; a later one replaces an earlier.

    `rut_lai` takes the decision before it back. `reason` is a code of the closed list (`corpus.office.decisions`) for
    `khong_dong_y`; `text` the officer's own wording of the proposal; `field` lĩnh vực, `unit` cơ quan chủ trì, `due`
    thời hạn phải xử lý, `until` the day a postponed one comes back. `batch` joins decisions taken in one go.
    `evidence_hash` is that of the finding as it was decided: when it differs, the officer is asked again.
    """

    finding: str
    verdict: Verdict
    proposal: str | None
    reason: str | None
    note: str | None
    by: str
    at: str
    text: str | None = None
    field: str | None = None
    unit: str | None = None
    due: date | None = None
    until: date | None = None
    batch: str | None = None
    evidence_hash: str | None = None


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of the corpus that could not be read, for the first screen."""

    path: str
    outcome: Outcome
    message: str


@dataclass(frozen=True, slots=True)
class NotedFile:
    """A file of the corpus that was read, and what the officer must know of it (Vietnamese)."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """One review: everything that report, lists and tables are made of.

    `unit_guessed`: nobody named the unit; `unit` is the issuer of the newest reviewed document, and the report says so.
    `kinds`: kind by the key of a symbol that does not show it (a QH number may be a law or a resolution).
    """

    number: int
    as_of: date
    started: str
    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    documents: Mapping[str, Document]
    unread: tuple[UnreadFile, ...]
    unit: str | None
    newest_central: date | None
    read_again: int = 0
    judged_again: int = 0
    unit_guessed: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    noted: tuple[NotedFile, ...] = ()
