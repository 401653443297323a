"""Lines of books and lists that the office keeps in spreadsheets, as entries of the register of documents.

Columns are found by the words of their headings, without diacritics; a row that cannot be taken is told with its number
and what to do, and never dropped in silence. Headings of sections, rows of column numbers and totals are no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

from corpus import symbols
from corpus.model import LedgerEntry, LedgerSource, Publication, StateName
from corpus.office.keys import book_key, full_key
from corpus.text import fold_words, nfc, squeeze

SOURCES: Mapping[LedgerSource, str] = {
    "so_van_ban": "sổ văn bản đi", "danh_muc": "danh mục văn bản hết hiệu lực đã công bố",
    "con_hieu_luc": "danh mục văn bản còn hiệu lực của kỳ hệ thống hóa trước",
}  # fmt: skip
Cell = object
Row = tuple[int, Sequence[Cell]]
"""Number of the row in its sheet (1-based) and its cells: texts, numbers, dates or None."""

_COLUMNS: tuple[tuple[str, str], ...] = (
    # The first pattern that a heading (folded) meets says what its column holds.
    ("skip", r"^(?:stt|tt|so tt|so thu tu|nguoi ky|chuc vu|noi nhan|so luong|so trang|do mat|do khan)\b"),
    ("part", r"\b(?:noi dung|quy dinh)\b.*\b(?:het|ngung) hieu luc|phan het hieu luc"),
    ("reason", r"\bly do\b"),
    ("ended", r"\b(?:ngay|thoi diem)\b.*\b(?:het|ngung) hieu luc"),
    ("effective", r"\b(?:ngay|thoi diem)\b.*\b(?:co )?hieu luc"),
    ("number", r"^so(?: den| di| van ban| vb)?$"),
    ("mark", r"^ky hieu(?: van ban)?$"),
    ("symbol", r"^(?:van ban )?(?:so(?: va)? ky hieu|so hieu|so vb|so van ban\b)"),
    ("date", r"\bngay\b|\bthoi gian ban hanh"),
    ("issuer", r"\b(?:co quan|don vi|noi) ban hanh|\btac gia\b"),
    ("unit", r"\bchu tri\b|\bsoan thao\b|\bdon vi (?:xu ly|phu trach)|\btham muu\b"),
    ("field", r"\blinh vuc\b"),
    ("title", r"\btrich yeu\b|\bten goi\b|^ten van ban|^noi dung"),
    ("kind", r"\bloai\b|\bhinh thuc van ban"),
    ("note", r"\bghi chu\b"),
)
_SYMBOL = re.compile(
    r"(?<![\w/])\d{1,6}(?:\.\d{1,3})?[a-zA-ZđĐ]?\s?(?:/\s?\d{4}\s?)?/\s?[A-ZĐ][\w&]{0,12}"
    r"(?:\s?[-–]\s?[\w&]{1,20}){0,4}"
)
_SPOKEN_DAY = re.compile(r"(\d{1,2})\s?tháng\s?(\d{1,2})\s?năm\s?(\d{4})")
_SHORT_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_KINDS = {fold_words(name): kind for kind, name in symbols.KIND_NAMES.items() if kind != "khac"}
_TOTAL = re.compile(r"^(?:tong (?:so|cong)|cong)\b")
_HEADING = re.compile(r"^(?:[A-Z]|[IVX]{1,6}|\d{1,2})[.)]?\s")
_SEARCHED = 25


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that was not taken: where, why, and what to do. `row` 0: the whole sheet."""

    file: str
    sheet: str
    row: int
    what: str

    def __str__(self) -> str:
        where = f", trang tính “{self.sheet}”" if self.sheet else ""
        row = f", dòng {self.row}" if self.row else ""
        return f"{self.file}{where}{row}: {self.what}"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a sheet gave: entries and faults, in the order of rows; `columns` that were found, by name and heading."""

    entries: tuple[LedgerEntry, ...]
    faults: tuple[Fault, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """What is known of a book before its rows: file and sheet, which kind of source, whose, of which year.

    `issuer`: of rows that name none. `published`: number of the decision that a list was published with. `seen`: the
    day of the import.
    """

    file: str
    source: LedgerSource
    seen: date
    sheet: str = ""
    issuer: str | None = None
    year: int | None = None
    published: str | None = None
    predecessor: bool = False

    def of_sheet(self, name: str) -> Book:
        """The same for one of its sheets."""
        return replace(self, sheet=name)


def read_book(rows: Iterable[Row], book: Book) -> Imported:
    """Entries of a sheet. Every row below the headings is an entry, a fault, or a row that holds no document."""
    assert book.source in get_args(LedgerSource)
    found = list(rows)
    at, columns = _headings(found)
    if not columns:
        what = "không tìm thấy dòng tiêu đề có cột “Số, ký hiệu”; hãy thêm dòng tiêu đề vào trang tính rồi nhập lại."
        return Imported((), (Fault(book.file, book.sheet, 0, what),), {})
    entries: list[LedgerEntry] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    section: str | None = None
    for number, cells in found[at + 1 :]:
        texts = [_text(cell) for cell in cells]
        filled = [text for text in texts if text]
        if not filled or _of_numbers(filled) or _TOTAL.match(fold_words(filled[0])):
            continue
        words_only = not any(char.isdigit() for text in filled[:2] for char in text)
        if words_only and (again := _headings([(number, cells)])[1]):
            columns = again  # a second table on the same sheet has headings of its own
            continue
        if len(filled) == 1 or (len(set(filled)) == 1 and not _SYMBOL.search(filled[0])):
            section = _section(filled[0]) or section
            continue
        try:
            entry = _entry({name: cells[i] for name, i in columns.items() if i < len(cells)}, book, section)
        except _BadRow as error:
            faults.append(Fault(book.file, book.sheet, number, str(error)))
            continue
        before = first.setdefault(f"{entry.key}|{entry.state}", number)
        if before != number:
            what = f"trùng với dòng {before} (cùng số, ký hiệu {entry.symbol}); hãy xóa một dòng hoặc sửa số."
            faults.append(Fault(book.file, book.sheet, number, what))
            continue
        entries.append(entry)
    heads = found[at][1]
    return Imported(tuple(entries), tuple(faults), {name: _text(heads[i]) for name, i in columns.items()})


def day_of(cell: Cell, year: int | None = None) -> date | None:
    """The day in a cell: a date, "14/5/2024", "2024-05-14", "ngày 14 tháng 5 năm 2024", "14/5" with the book's year.

    >>> day_of("12/2017/QĐ-UBND ngày 05/6/2017")
    datetime.date(2017, 6, 5)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    try:
        if match := _ISO_DAY.search(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SPOKEN_DAY.search(text) or _SHORT_DAY.search(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if year and (match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})", text)):
            return date(year, int(match[2]), int(match[1]))
    except ValueError:
        return None
    return None


class _BadRow(ValueError):
    """Why a row was not taken, and what to do."""


def _headings(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    """Row (index) of the headings and column by name: the row near the top with most headings, a symbol among them."""
    best: tuple[int, dict[str, int]] = (0, {})
    for i, (_, cells) in enumerate(rows[:_SEARCHED]):
        columns: dict[str, int] = {}
        for j, cell in enumerate(cells):
            name = _column(_text(cell))
            if name and name != "skip":
                columns.setdefault(name, j)
        usable = "symbol" in columns or {"number", "mark"} <= set(columns) or {"number", "kind"} <= set(columns)
        if usable and len(columns) >= 2 and len(columns) > len(best[1]):
            best = (i, columns)
    return best


def _column(heading: str) -> str | None:
    words = fold_words(heading)
    if not words or len(words) > 160:
        return None
    return next((name for name, pattern in _COLUMNS if re.search(pattern, words)), None)


def _entry(cells: Mapping[str, Cell], book: Book, section: str | None) -> LedgerEntry:
    texts = {name: _text(cell) for name, cell in cells.items()}
    kind = _KINDS.get(fold_words(texts.get("kind", "")))
    symbol = _symbol(texts, kind, book)
    given = cells.get("date")
    day = day_of(given, book.year) if given not in (None, "") else day_of(texts.get("symbol", ""))
    if given not in (None, "") and day is None:
        raise _BadRow(f"không đọc được ngày “{texts['date'][:40]}”; hãy ghi dạng 14/5/2024.")
    if day is not None and not date(1945, 9, 2) <= day <= book.seen:
        raise _BadRow(f"ngày {day:%d/%m/%Y} không hợp lý (sau ngày nhập hoặc trước năm 1945); hãy kiểm tra lại.")
    parsed = symbols.parse(symbol)
    if day is None and (parsed is None or not parsed.year):
        raise _BadRow(f"{symbol} không có năm trong số, ký hiệu, cần có cột ngày ban hành; hãy bổ sung ngày.")
    if day is not None and parsed is not None and parsed.year and parsed.year != day.year:
        raise _BadRow(f"năm trong {symbol} khác năm của ngày ban hành {day:%d/%m/%Y}; hãy kiểm tra lại.")
    issued_as, issuer = _issuer(texts.get("issuer", ""))
    kind = symbols.kind_of(symbol) or kind or issued_as
    issuer = issuer or book.issuer
    state, since, reason = _state(cells, texts, book)
    key = full_key(issuer, symbol, day) or f"so|{book_key(symbol, day)}|{fold_words(issuer or '')}"
    listed = book.source != "so_van_ban"
    published = (Publication(book.published or "", book.year),) if book.source == "danh_muc" and book.year else ()
    title = texts.get("title") or _rest(texts.get("symbol", ""))
    return LedgerEntry(
        key=key, symbol=symbol, kind=kind, issuer=issuer, date=day, title=title,
        normative=True if listed else symbols.is_normative(symbol, kind), level="xa",
        effective=day_of(cells.get("effective")), state=state, state_since=since, state_reason=reason,
        field=texts.get("field") or section, unit=texts.get("unit") or None, predecessor=book.predecessor,
        published=published, source=book.source, source_name=book.file, seen=book.seen,
    )  # fmt: skip


def _symbol(texts: Mapping[str, str], kind: str | None, book: Book) -> str:
    """The symbol of a row: whole in its cell, or a number with a mark beside it."""
    written = texts.get("symbol") or texts.get("number", "")
    if match := _SYMBOL.search(nfc(written)):
        return symbols.normalise(match[0])
    number = re.fullmatch(r"(?:số\s*)?(\d{1,6}[a-zđ]?)(?:\.0)?", written.strip().lower())
    mark = re.sub(r"\s", "", texts.get("mark", "")).strip("/")
    if number and re.match(r"(?:\d{4}/)?[A-ZĐ]", mark):
        return symbols.normalise(f"{number[1]}/{mark}")
    if not written:
        raise _BadRow("thiếu số, ký hiệu; hãy ghi số, ký hiệu đầy đủ, ví dụ 12/2024/QĐ-UBND, hoặc xóa dòng.")
    raise _BadRow(f"“{written[:40]}” chưa phải số, ký hiệu đầy đủ; hãy ghi như trên văn bản, ví dụ 12/2024/QĐ-UBND.")


def _issuer(text: str) -> tuple[str | None, str | None]:
    """Kind and issuer in a cell that may hold both: "Nghị quyết; Hội đồng nhân dân xã X"."""
    first, _, rest = text.partition(";")
    kind = _KINDS.get(fold_words(first))
    return (kind, rest.strip() or None) if kind else (None, text or None)


def _rest(text: str) -> str | None:
    """The title in a cell that holds number, day and title together."""
    match = _SYMBOL.search(text)
    rest = text[match.end() :] if match else ""
    for pattern in (_SPOKEN_DAY, _SHORT_DAY):
        if found := pattern.search(rest):
            rest = rest[found.end() :]
    rest = re.sub(r"^[\s;,.:–-]{0,6}(?:của .{3,60}? (?=về |ban hành |quy định ))?", "", rest)
    return rest if len(rest) > 5 and not rest.startswith("ngày") else None


def _state(
    cells: Mapping[str, Cell], texts: Mapping[str, str], book: Book
) -> tuple[StateName, date | None, str | None]:
    """What a list says of a document; a book of outgoing documents says nothing. Never more than a list's word."""
    if book.source == "danh_muc":
        part = bool(texts.get("part"))
        reason = texts.get("reason") or None
        if part and reason:
            reason = f"{texts['part']}: {reason}"
        return ("het_hieu_luc_mot_phan" if part else "het_hieu_luc_toan_bo"), day_of(cells.get("ended")), reason
    if book.source == "con_hieu_luc":
        note = fold_words(texts.get("note", ""))
        if "mot phan" in note:
            return "het_hieu_luc_mot_phan", None, texts["note"]
        return ("chua_hieu_luc" if "chua co hieu luc" in note else "con_hieu_luc"), None, texts.get("note") or None
    return "khong_ro", None, None


def _section(text: str) -> str | None:
    """The field that a heading between the rows names ("I. LĨNH VỰC ĐẤT ĐAI"), None for any other heading."""
    match = re.search(r"lĩnh vực\s*:?\s*(.{2,80})$", text, re.IGNORECASE)
    if not match:
        return None
    name = squeeze(match[1]).strip(" .:")
    if fold_words(name) in ("chua phan loai", "khac"):
        return None
    return name[:1].upper() + name[1:].lower() if name.isupper() else name


def _of_numbers(texts: Sequence[str]) -> bool:
    """A row of column numbers: (1), (2), (3) …"""
    return len(texts) > 1 and all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in texts)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return squeeze(nfc(str(cell)))
