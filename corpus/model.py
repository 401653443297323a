"""What every stage hands to the next: frozen value objects, and the protocols of what is handed in.

Units, everywhere: an offset counts Unicode code points of `Document.text`, ranges are half-open
`[start, end)`; pages are 1-based; dates are Vietnamese civil dates (`datetime.date`). `None` means
"not known", never a guess. Vocabularies are those of the machine contract (docs/contract.md).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Literal, Protocol, TypeAlias

_START = attrgetter("start")
Day: TypeAlias = date  # a field called `date` hides the type of that name below it

Outcome = Literal[
    "ok", "no_text_layer", "encrypted", "too_large", "timeout", "crashed",
    "not_supported", "damaged", "restricted",
]  # fmt: skip
Level = Literal["trung_uong", "tinh", "huyen", "xa"]
Role = Literal["basis", "body", "title", "in_title", "quoted", "recipients"]
TargetStatus = Literal["resolved", "named", "ambiguous"]
EffectType = Literal[
    "commence", "expire", "repeal", "replace", "amend", "insert", "substitute", "insert_text",
    "delete_text", "suspend", "extend", "declare_expired", "declare_continuing", "correct",
    "implement", "delegate", "transition",
]  # fmt: skip
StateName = Literal[
    "chua_hieu_luc", "con_hieu_luc", "het_hieu_luc_mot_phan", "het_hieu_luc_toan_bo", "tam_ngung",
    "khong_ro", "da_sua_doi", "bi_bai_bo",
]  # fmt: skip
StateCertainty = Literal["van_ban", "danh_muc", "chua_xac_minh"]
Severity = Literal["cao", "trung_binh", "thap", "thong_tin"]
Certainty = Literal["chac_chan", "can_kiem_tra", "goi_y"]
FindingState = Literal["new", "unchanged", "updated", "reopened"]
Side = Literal["dia_phuong", "trung_uong"]


# --- what a reader gives: lines ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph as a reader saw it, before cleaning.

    `box` is (x0, top, x1, bottom) in points from the top left of the page, where the format has
    places. `starts_paragraph` is True or False where the format says whether a new paragraph begins
    here (DOCX, HTML: always True), None where only the text can tell (TXT, PDF). `region` tells what
    the format knows about the line's part of the page; a reader that knows nothing says "body".
    `confidence` is 0–1, only for what OCR read.
    """

    text: str
    page: int = 1
    box: tuple[float, float, float, float] | None = None
    font: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    starts_paragraph: bool | None = None
    region: Literal["body", "masthead", "table", "header", "footer", "footnote"] = "body"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the cleaned text: `text[start:end]`, without the line break that follows it."""

    start: int
    end: int
    page: int = 1
    bold: bool = False
    italic: bool = False
    centered: bool = False
    region: Literal["body", "masthead", "table", "header", "footer", "footnote"] = "body"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where the mark of a footnote stood in the running text (it is taken out), and where its note begins."""

    num: str
    at: int
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The cleaned text of a file: paragraphs separated by one line break, and where each came from.

    `notes`: the marks of footnotes in reading order; the notes themselves are the lines of region "footnote",
    which stand behind the body and begin with their number ("[3] Khoản này được bổ sung theo …").
    """

    text: str
    lines: tuple[TextLine, ...]
    notes: tuple[NoteMark, ...] = ()

    def page_at(self, offset: int) -> int:
        """Page (1-based) of the character at `offset`."""
        i = bisect_right(self.lines, offset, key=_START) - 1
        return self.lines[max(i, 0)].page if self.lines else 1


# --- what extraction gives: a document --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who issued what, when: the `document` part of the contract, and where it was read.

    `spans` maps a field name ("symbol", "date", "title", "issuer", "signer", "motto", "recipients",
    "signature", "bases", "effect") to its range in the text; a part that is not there has no entry.
    `territory` is the chain of unit names from the smallest up, with their kind, as printed
    ("thị trấn Vĩnh Lộc", "huyện Vĩnh Lộc", "tỉnh Thanh Hóa"). `symbol_as_written` keeps the letters
    of a symbol that had to be normalised.
    """

    symbol: str | None = None
    kind: str | None = None
    issuer: str | None = None
    authority: str | None = None
    level: Level | None = None
    date: date | None = None
    effective: Day | None = None
    expires: Day | None = None
    title: str | None = None
    signer: str | None = None
    normative: bool | None = None
    symbol_as_written: str | None = None
    territory: tuple[str, ...] = ()
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provision:
    """A unit of the text: its own heading line and everything below it.

    `id` as in the contract (`art_5__cl_2__pt_a`, `out_II__2__2.1`, `att_1__art_3`); `num` as printed
    ("5", "a", "II"); `nth` is 2, 3 … for a unit whose number was used before, else 1.
    """

    id: str
    kind: str
    num: str | None
    heading: str | None
    start: int
    end: int
    page: int = 1
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Text that an amending act quotes: it belongs to another act.

    `start`/`end` lie inside the quotation marks. `units` are the units seen inside (ids relative to
    the quoted act, as far as the quotation itself tells); they are never provisions of the document.
    """

    start: int
    end: int
    units: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a text, in reading order (a unit comes before the units inside it), and quotations."""

    provisions: tuple[Provision, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """One provision or document that a citation means."""

    symbol: str | None = None
    kind: str | None = None
    date: date | None = None
    issuer: str | None = None
    name: str | None = None
    year: int | None = None
    provision: str | None = None
    self_: bool = False
    status: TargetStatus = "named"


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention, expanded: one target for each provision or document it means."""

    start: int
    end: int
    text: str
    page: int
    in_: str | None
    role: Role
    targets: tuple[Target, ...]
    doubt: str | None = None
    corrected_from: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a clause does to another clause or document. `target.self_` for the document itself.

    `from_` is the first day of the effect (of `expire`: the first day no longer in force); `until`
    the last day of a term, suspension or extension. `to` is the body of a `delegate`. `partial`: only a
    part of the target that an id cannot say is meant (some procedures of a published list, "một phần X").
    """

    type: EffectType
    in_: str | None
    start: int
    end: int
    target: Target
    from_: date | None = None
    until: date | None = None
    old_text: str | None = None
    new_text: str | None = None
    to: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. Where `outcome` is not "ok", `masthead` is None and the rest mostly empty."""

    path: str
    outcome: Outcome
    message: str | None = None
    masthead: Masthead | None = None
    text: str = ""
    lines: tuple[TextLine, ...] = ()
    provisions: tuple[Provision, ...] = ()
    quotes: tuple[Quote, ...] = ()
    citations: tuple[Citation, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def readable(self) -> bool:
        return self.outcome == "ok"

    def page_at(self, offset: int) -> int:
        """Page (1-based) of the character at `offset`."""
        return Text(self.text, self.lines).page_at(offset)

    def provision_at(self, offset: int) -> Provision | None:
        """Innermost provision around `offset`, None outside all."""
        return innermost(self.provisions, offset)


def innermost(provisions: Sequence[Provision], offset: int) -> Provision | None:
    """Innermost of `provisions` (in reading order) around `offset`, None outside all."""
    best: Provision | None = None
    for i in range(bisect_right(provisions, offset, key=_START) - 1, -1, -1):
        unit = provisions[i]
        if offset < unit.end and (best is None or unit.end - unit.start < best.end - best.start):
            best = unit
        if unit.kind in ("dieu", "muc_la_ma") and best is not None:
            break
    return best


# --- what the register knows --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A row of the register. `ended` is the first day no longer in force, possibly in the future."""

    symbol: str
    kind: str
    issuer: str | None
    date: date | None
    effective: Day | None
    ended: Day | None
    state: str
    title: str | None
    source_kind: str
    source_ref: str
    seen: Day | None
    certainty: Literal["cao", "trung_binh", "thap"]


@dataclass(frozen=True, slots=True)
class KnownEffect:
    """A row of the register's effects: `by_symbol` did `type` to a provision, since `from_`."""

    affected_symbol: str
    affected_provision: str | None
    type: str
    scope: Literal["whole", "part"]
    by_symbol: str
    by_provision: str | None
    from_: date | None
    source_kind: str
    source_ref: str
    certainty: Literal["cao", "trung_binh", "thap"]


@dataclass(frozen=True, slots=True)
class KnownName:
    """A law by name; `from_`/`until` bound the days on which the name meant this symbol."""

    name: str
    year: int | None
    symbol: str
    from_: date | None
    until: date | None


class Known(Protocol):
    """What extraction may ask about the world: `corpus.register.Register`, or `NothingKnown` beside it."""

    def documents(self, symbol: str) -> Sequence[KnownDocument]:
        """All documents with this symbol (leading zeros and letter case ignored); empty if unknown."""
        ...

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        """Documents that this name meant on that day (or that have that year); several if ambiguous."""
        ...


# --- states over time ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class By:
    """One act (and clause) that made a state. `quote`/`path` where its text is in the corpus."""

    symbol: str
    provision: str | None
    type: str
    from_: date | None
    quote: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """State of a document or provision on a day, as `rasoat status` prints it.

    `strength` is the strongest certainty that a finding resting on this state may carry (table in
    the contract): "chac_chan", "can_kiem_tra" or "goi_y".
    """

    symbol: str
    provision: str | None
    as_of: date
    state: StateName
    since: date | None = None
    by: tuple[By, ...] = ()
    certainty: StateCertainty = "chua_xac_minh"
    strength: Certainty = "goi_y"
    seen: date | None = None
    source: str | None = None
    candidates: tuple[str, ...] = ()
    kind: str | None = None
    issuer: str | None = None
    issued: date | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a consolidated text with the act and provision it comes from."""

    provision: str | None
    text: str
    source_symbol: str
    source_provision: str | None
    from_: date | None = None


@dataclass(frozen=True, slots=True)
class Consolidation:
    """Text on a date. `not_applied`: instructions that could not be applied exactly, as `By` with quote."""

    symbol: str
    provision: str | None
    as_of: date
    text: str
    pieces: tuple[Piece, ...]
    not_applied: tuple[By, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which document a target means. `path` where its text is in the corpus."""

    symbol: str | None
    kind: str | None = None
    issuer: str | None = None
    date: date | None = None
    title: str | None = None
    path: str | None = None
    in_register: bool = False
    status: TargetStatus = "named"
    candidates: tuple[str, ...] = ()


class Library(Protocol):
    """All that is known when rules judge: the documents read, the register, states over time.

    `corpus.library.CorpusLibrary` is the one of the program; tests may hand in a small one.
    """

    @property
    def documents(self) -> Mapping[str, Document]:
        """Readable documents by path (`corpus/dia-phuong/…`, as in findings)."""
        ...

    def reviewed(self) -> Sequence[Document]:
        """Documents under review, sorted by path."""
        ...

    def grounds(self) -> Sequence[Document]:
        """Documents that may serve as a ground (central, provincial; local ones too), sorted by path."""
        ...

    def resolve(self, target: Target, citing: Document) -> Resolution:
        """The document that `target` means in `citing`, as of the citing document's date."""
        ...

    def state(
        self, symbol: str, *, as_of: date, provision: str | None = None,
        issuer: str | None = None, issued: date | None = None, kind: str | None = None,
    ) -> State:  # fmt: skip
        """State of a document or of one of its provisions on a day; `khong_ro` where not known."""
        ...

    def find(
        self, symbol: str, *, issuer: str | None = None, issued: date | None = None
    ) -> Document | None:
        """The document of the corpus with that symbol (and issuer, date), None where it has none."""
        ...

    def known(self, symbol: str) -> Sequence[KnownDocument]:
        """Rows of the register (the user's own win) for that symbol."""
        ...

    def known_effects(self, symbol: str) -> Sequence[KnownEffect]:
        """Effects of the register on that symbol, whole and by provision."""
        ...

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        """As `Known.named`."""
        ...


# --- findings, decisions, runs ------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Decision:
    """What the officer decided on a finding. Kept by the finding's id over all runs."""

    finding: str
    verdict: Literal["dong_y", "khong_dong_y", "sua", "hoan", "chua_xac_dinh"]
    proposal: str | None
    reason: str | None
    note: str | None
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of the corpus that could not be read, for the first screen."""

    path: str
    outcome: Outcome
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """One review: everything that report, lists and tables are made of.

    `unit_guessed`: nobody named the unit; `unit` is the issuer of most documents, and every output says so.
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
