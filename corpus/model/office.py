"""What an office keeps about its documents beside what the machine reads: the register, opinions, clocks.

Nothing here is ever deleted: every value is a row with who and when, the newest row of a subject counts. A
document's key is that of `rules.identity.document_key` (issuer + symbol + date, or the chain of its file).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    `corrected`: names of fields that the officer mended.
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
    """A higher body's conclusion on a document (NĐ 79/2025 Art. 25, 26), to be handled within its limit."""

    document: str
    body: str
    symbol: str | None
    date: Day
    demand: str
    due: Day | None = None
    done: Day | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Something due: what, for which document (key) or None for the whole office, until when, on what ground.

    `days_left` counts civil days from today, negative where the day has passed.
    """

    code: str
    what: str
    due: Day
    days_left: int
    ground: str
    document: str | None = None
    name: str | None = None
