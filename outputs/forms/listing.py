"""A list as rows of traced cells, before it becomes DOCX or XLSX: the shape that Mẫu số 01 to 05 share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.model import LedgerEntry
from corpus.symbols import KIND_NAMES
from corpus.words import date_short, date_words
from outputs.forms.cells import Cell, Placed, Source, known
from outputs.forms.layout import Form

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
         "XVIII", "XIX", "XX")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One document: its cells from the second column on (the first is the running number), its key in the register."""

    key: str
    cells: tuple[Cell, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Rows below one band ("I. VĂN BẢN …", "II. LĨNH VỰC …"; "" without band); `nil` stands where there are none."""

    heading: str
    rows: tuple[Row, ...]
    nil: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One table with its heading above it ("" without) and the footnote behind that."""

    heading: str
    note: int
    sections: tuple[Section, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def total(self) -> str:
        """ "Tổng số: 3 văn bản (trong đó 1 văn bản cần xác minh)"."""
        doubtful = sum(1 for row in self.rows if not row.certain)
        return f"Tổng số: {len(self.rows)} văn bản" + (
            f" (trong đó {doubtful} văn bản cần xác minh)" if doubtful else ""
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A filled form. `subtitle` follows the form's title; `notes` are for the officer and go when it is issued."""

    form: Form
    subtitle: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def nil(self) -> bool:
        return not self.rows


def placed(listing: Listing) -> Iterator[Placed]:
    """Every cell with its place: "Mẫu số 01, A.I.2, Tên gọi của văn bản"."""
    columns = [column.name for column in listing.form.columns][1:]
    for part in listing.parts:
        for section in part.sections:
            above = ".".join(filter(None, (_mark(part.heading), _mark(section.heading))))
            for n, row in enumerate(section.rows, 1):
                where = f"{above}.{n}" if above else str(n)
                for column, cell in zip(columns, row.cells, strict=True):
                    yield Placed(f"{listing.form.number}, {where}, {column}", cell)


def _mark(heading: str) -> str:
    head = heading.split(".", 1)[0]
    return head if len(head) <= 6 else ""


def sections_by_field(entries: Sequence[tuple[LedgerEntry, Row]]) -> tuple[Section, ...]:
    """Rows below "I. LĨNH VỰC …" in the order given; those without field stand last below a band that says so."""
    groups: dict[str | None, list[Row]] = {}
    for entry, row in entries:
        groups.setdefault(entry.field, []).append(row)
    ordered = [name for name in groups if name] + [name for name in groups if not name]
    return tuple(
        Section(f"{_roman(n)}. LĨNH VỰC {(name or 'chưa phân loại').upper()}", tuple(groups[name]))
        for n, name in enumerate(ordered, 1)
    )  # fmt: skip


def _roman(n: int) -> str:
    return ROMAN[n - 1] if n <= len(ROMAN) else str(n)


def ledger_source(entry: LedgerEntry) -> Source:
    """The register's row as the source of a cell."""
    return Source("ledger", entry.key, entry.source_name or entry.path or entry.symbol or entry.key, entry.seen)


def issued_by(entry: LedgerEntry) -> Cell:
    """ "Quyết định; Ủy ban nhân dân xã Đồng Lúa"."""
    kind = KIND_NAMES.get(entry.kind or "")
    if kind and entry.issuer:
        return Cell(f"{kind}; {entry.issuer}", (ledger_source(entry),))
    status = "uncertain" if kind or entry.issuer else "missing"
    return Cell(f"{kind or '…'}; {entry.issuer or '…'}", (ledger_source(entry),), status)  # type: ignore[arg-type]


def numbered(entry: LedgerEntry) -> Cell:
    """ "Số 12/2024/QĐ-UBND; ngày 14 tháng 5 năm 2024"."""
    number = f"Số {entry.symbol}" if entry.symbol else "Số …"
    day = date_words(entry.date) if entry.date else "ngày … tháng … năm …"
    whole = bool(entry.symbol and entry.date)
    return Cell(f"{number}; {day}", (ledger_source(entry),), "filled" if whole else "missing")


def titled(entry: LedgerEntry) -> Cell:
    """The title of a document, with the source that gives it."""
    return known(entry.title, ledger_source(entry))


def named(entry: LedgerEntry) -> Cell:
    """Number, day and title in one column (Mẫu số 02, 04)."""
    head, title = numbered(entry), titled(entry)
    status = "filled" if head.status == title.status == "filled" else "missing"
    return Cell(f"{head.text}; {title.shown}", head.sources, status)  # type: ignore[arg-type]


def day_cell(on: date | None, certain: bool, *sources: Source) -> Cell:
    """A day as dd/mm/yyyy."""
    if on is None:
        return Cell("Chưa xác định được ngày", sources, "uncertain")
    return Cell(date_short(on), sources, "filled" if certain else "uncertain")


def document_words(entry: LedgerEntry) -> str:
    """ "Quyết định số 12/2024/QĐ-UBND ngày 14 tháng 5 năm 2024"."""
    kind = KIND_NAMES.get(entry.kind or "", "Văn bản")
    number = f"{kind} số {entry.symbol}" if entry.symbol else f"{kind} (chưa rõ số)"
    return f"{number} {date_words(entry.date)}" if entry.date else number
