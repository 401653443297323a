"""What an office keeps about its documents beside what the machine reads: the register, opinions, clocks.

Nothing here is ever deleted: every value is a row with who and when, the newest row of a subject counts. A
document's key is that of `rules.identity.document_key` (issuer + symbol + date, or the chain of its file).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.model.findings import Decision, Finding
from corpus.model.vocabulary import Day, Level, StateName

LedgerSource = Literal["tep", "so_van_ban", "danh_muc", "con_hieu_luc"]
Stance = Literal["dong_y", "khong_dong_y", "khac"]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of what the office keeps: `value` (JSON) of `subject` under `kind`, by whom, when (ISO 8601)."""

    kind: str
    subject: str
    value: dict[str, object]
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a document was already listed: "đã công bố tại Quyết định số …, năm …"."""

    symbol: str
    year: int


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A document of the commune or of the units before it, as the register of documents (sổ văn bản) shows it.

    `path` is its file in the corpus, None where only an imported book knows it; `source` says which. `state` with
    `state_since` and `certain` come from the states of the corpus: where `certain` is False no list may print the
    state as a fact. `state_reason` is what ended or changed it, in words. `predecessor`: issued by a unit that has
    been merged away. `personal`: on one person, kept out of lists by default. `seen`: the day the source was last seen.
    `corrected`: names of fields that the officer mended. `territory`: names of units from the smallest up, where known.
    """

    key: str
    symbol: str | None
    kind: str | None
    issuer: str | None
    date: Day | None
    title: str | None
    normative: bool | None
    level: Level | None = None
    effective: Day | None = None
    state: StateName = "khong_ro"
    state_since: Day | None = None
    state_reason: str | None = None
    certain: bool = False
    field: str | None = None
    unit: str | None = None
    territory: tuple[str, ...] = ()
    predecessor: bool = False
    published: tuple[Publication, ...] = ()
    personal: bool = False
    path: str | None = None
    source: LedgerSource = "tep"
    source_name: str | None = None
    seen: Day | None = None
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handling:
    """A finding or a document was dealt with: "đã xử lý bằng văn bản số … ngày …". `automatic`: seen in the corpus."""

    subject: str
    symbol: str
    date: Day | None
    by: str
    at: str
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """A unit was asked about a document (NĐ 79/2025 Art. 42): when, until when, what it answered."""

    document: str
    unit: str
    asked: Day
    due: Day | None = None
    answered: Day | None = None
    stance: Stance | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A higher body's conclusion on a document (NĐ 79/2025 Art. 25, 26), to be handled within its limit.

    `received` starts the clocks; where it is not known, `date` does. `objected`: the day the commune asked to have it
    looked at again; `refused`: the day the answer "no" came; `refused_above`: it came from the body of Art. 25.3.
    """

    document: str
    body: str
    symbol: str | None
    date: Day
    demand: str
    received: Day | None = None
    objected: Day | None = None
    refused: Day | None = None
    refused_above: bool = False
    due: Day | None = None
    done: Day | None = None


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The self-check of a document of the commune's own (NĐ 79/2025 Art. 12): `shortened` procedure, when it was done,
    whether it found something unlawful, when the report reached the issuer, when it was handled."""

    document: str
    shortened: bool = False
    done: Day | None = None
    unlawful: bool | None = None
    reported: Day | None = None
    handled: Day | None = None


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """Someone asked for a review of a document (NĐ 79/2025 Art. 36): the receiver takes it up or passes it on, and
    answers."""

    number: str
    sender: str
    received: Day
    document: str | None
    about: str
    answered: Day | None = None
    passed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Fields of a masthead as the officer mended them, by name ("symbol", "date" …): values as text, dates ISO.

    `document` is the key as the file was read: it stays the key of the document, so that findings keep their identity.
    """

    document: str
    fields: Mapping[str, str | bool | None]
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is in charge of a document or finding (`subject`: its key or id), in which field, until when."""

    subject: str
    field: str | None = None
    unit: str | None = None
    due: Day | None = None


@dataclass(frozen=True, slots=True)
class CompleteYear:
    """All documents of one issuer, kind and year are in the corpus or in its books. None: of every issuer or kind."""

    year: int
    issuer: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What the unit sets for its papers and clocks (`rasoat.toml`, [xa], [linh_vuc], [thoi_han]).

    `units`: unit in charge by field (lĩnh vực), in the order of the settings, which the lists follow too.
    `recipients` and `aggregator` ("cơ quan tổng hợp") are what NĐ 187/2025 may have changed; until `nd187_compared` the
    exports carry the note. `place`: where papers are signed. `opinion_days`: days for an opinion where none is given.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    aggregator: str | None = None
    parent: str | None = None
    place: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    nd187_compared: bool = False
    opinion_days: int = 10


@dataclass(frozen=True, slots=True)
class Clock:
    """Something due: what, for which document (key) or None for the whole office, until when, on what ground.

    `days_left` counts civil days from today, negative where the day has passed. `name`: what to call it (a symbol, a
    unit, a year); `finding`: id of the finding that a decision gave a day.
    """

    code: str
    what: str
    due: Day
    days_left: int
    ground: str
    document: str | None = None
    name: str | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is, in findings. `handled`: dealt with by a document; `proposed`: agreed or edited, so that
    handling is proposed (kiến nghị xử lý); `rejected`: the officer saw no fault; `open`: not decided, or asked again.

    Findings of mere notice (`thong_tin`), folded ones and hints that nobody took up are left out.
    """

    handled: int = 0
    proposed: int = 0
    rejected: int = 0
    postponed: int = 0
    open: int = 0

    @property
    def done(self) -> int:
        """x of "x/y được xử lý hoặc kiến nghị xử lý"."""
        return self.handled + self.proposed

    @property
    def total(self) -> int:
        """y: all that needs handling; what the officer rejected does not."""
        return self.done + self.postponed + self.open


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the review page and the papers are made of, on one day. Made by `flows.office.door.desk`.

    `findings` stand; `decisions` by finding id (also of findings that are gone); `again`: ids of findings that changed
    since they were decided; `handled` by subject: a finding's id or a document's key. `keys`: document key by path.
    `ledger` in the order of NĐ 79/2025 Art. 52.
    """

    as_of: Day
    unit: str | None
    findings: tuple[Finding, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    again: frozenset[str] = frozenset()
    handled: Mapping[str, Handling] = field(default_factory=dict)
    opinions: tuple[Opinion, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    requests: tuple[ReviewRequest, ...] = ()
    self_checks: Mapping[str, SelfCheck] = field(default_factory=dict)
    complete: tuple[CompleteYear, ...] = ()
    clocks: tuple[Clock, ...] = ()
    progress: Progress = Progress()
    settings: OfficeSettings = OfficeSettings()
