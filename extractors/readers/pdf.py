"""PDF with a text layer: lines in reading order with place, font and style.

pdfplumber gives the characters, this module the lines: rows by baseline, columns by wide gaps, the two-column
masthead and signature block column by column, ruled tables cell by cell; running heads and page numbers are
left out. A page that is a picture goes to `readers.ocr`; where most are and there is no OCR: `no_text_layer`.
A page that cannot be read costs itself: the rest is read, and a warning names it; where most cannot: `damaged`.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.model import Line
from extractors.readers import Reading, layout, legacy_fonts, limits, mending, page_flow
from extractors.readers.annotations import laid_on, stamped_letters
from extractors.readers.layout import Glyph, Segment
from extractors.wrapping import is_capitals, starts_unit

Box = tuple[float, float, float, float]
Table = tuple[Box, list[Box]]

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from extractors.readers.pdf_drawing import Inflating

_SCAN_LETTERS = 300  # a signed scan carries some lines of signature text, a page of text some 2000 letters
_SCAN_COVER = 0.5  # part of the page that its largest picture covers
_MOST_PAGES = 5_000
_FREE_PAGES, _BYTES_A_PAGE = 50, 100  # pages that share one drawing take less than any that was written
_GARBLED = 0.2  # share of letters without a meaning ("(cid:12)") above which a text layer is useless
# What pdfminer raises, besides errors of its own, where a file is not what it says.
_OF_DAMAGE = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
              struct.error, zlib.error)  # fmt: skip


def read(path: Path) -> Reading:
    """Lines of a PDF. Outcomes besides `ok`: `encrypted`, `damaged`, `no_text_layer`.

    Warnings name pages that could not be read, and what the file would do (`pdf_actions`).
    Where time or memory run out (`timeout`, `too_large`), the lines of the pages read by then.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        try:
            if len(document) > min(_MOST_PAGES, _FREE_PAGES + path.stat().st_size // _BYTES_A_PAGE):
                raise limits.Excess("pages")
            scans, stamped, broken = _scans(document)
        finally:
            document.close()
        limits.allow(limits.CPU_SECONDS_A_SCAN * sum(scans))
    except pypdfium2.PdfiumError as error:
        return _refused(path, "password" in str(error).lower())
    return _read_pages(path, scans, stamped, broken)


def load() -> None:
    """Import what reading needs, and read a file of our own, ahead of a fork (`pdf_sample`)."""
    from extractors.readers.pdf_sample import sample

    with tempfile.TemporaryDirectory(prefix="rasoat-") as folder:
        path = Path(folder) / "sample.pdf"
        path.write_bytes(sample())
        pages(path)
        read(path)


def pages(path: Path) -> int:
    """Number of pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def _refused(path: Path, encrypted: bool) -> Reading:
    if encrypted:
        advice = "hãy lưu một bản không đặt mật khẩu rồi chạy lại"
        return Reading(outcome="encrypted", message=f"{path}: tệp PDF có mật khẩu; {advice}.")
    return Reading(outcome="damaged", message=f"{path}: tệp PDF bị hỏng; hãy lấy lại bản gốc hoặc in lại ra PDF.")


def _scans(document: PdfDocument) -> tuple[list[bool], dict[int, list[Glyph]], set[int]]:
    """For each page whether it is a picture: judged by what the picture covers and how few letters lie on it.

    Second: by page (1-based) the letters that were stamped on it. Third: the pages that are none.
    """
    from pypdfium2 import PdfiumError, raw

    scans: list[bool] = []
    stamped: dict[int, list[Glyph]] = {}
    broken: set[int] = set()
    for at in range(len(document)):
        try:
            page = document[at]
        except PdfiumError:
            scans.append(False)
            broken.add(at + 1)
            continue
        text = page.get_textpage()
        letters = text.count_chars()
        text.close()
        scan = False
        if letters < _SCAN_LETTERS:
            width, height = page.get_size()
            for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
                left, bottom, right, top = item.get_bounds()
                cover = max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
                scan = scan or cover >= _SCAN_COVER * width * height
        scans.append(scan)
        if not scan and (found := stamped_letters(document, at, page, letters)):
            stamped[at + 1] = found
        page.close()
    return scans, stamped, broken


def _read_pages(path: Path, scans: list[bool], stamped: dict[int, list[Glyph]], broken: set[int]) -> Reading:
    import pdfplumber
    from pdfminer.pdfpage import PDFPage
    from pdfminer.psexceptions import PSException
    from pdfplumber.page import Page
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    from extractors.readers import ocr, pdf_actions, pdf_drawing

    of_damage = (*_OF_DAMAGE, PdfminerException, MalformedPDFException, PSException)
    read_by_ocr: dict[int, list[Line]] = {}
    per_page: list[list[Line]] = []
    margins: layout.Margins | None = None
    garbled: set[int] = set()
    in_part: set[int] = set()
    told: tuple[str, ...] = ()
    try:
        if any(scans):
            ocr.read_pages(path, [n for n, scan in enumerate(scans, 1) if scan], read_by_ocr)
        with path.open("rb") as file, pdf_drawing.counted_inflating() as inflating:
            # Not closed: that would begin again to look for pages, also where just this took too long.
            document = pdfplumber.open(file)
            listed = list(PDFPage.create_pages(document.doc))
            numbered = _numbered(listed, len(scans), broken)
            for number, scan in enumerate(scans, 1):
                per_page.append(read_by_ocr.get(number, []) if scan else [])
                if scan or number in broken:
                    continue
                try:
                    page = Page(document, numbered[number], number)
                    letters, ruled, whole = _drawn(page, inflating)
                    if number in stamped:
                        letters = laid_on(letters, stamped[number])
                    if sum(letter.text.startswith("(cid:") for letter in letters) > _GARBLED * max(len(letters), 1):
                        garbled.add(number)
                    else:
                        rows = layout.group(letters)
                        margins = layout.margins_of(rows, float(page.width)) or margins
                        tables = _tables(page) if ruled and rows else []
                        per_page[-1] = list(_page_lines(rows, tables, float(page.width), number, margins))
                    page.close()
                    if not whole:
                        (in_part if letters else broken).add(number)
                except of_damage:
                    broken.add(number)
            told = pdf_actions.warnings(document.doc.catalog, (one.attrs for one in listed), of_damage)
    except of_damage as error:
        return _refused(path, "Password" in repr(error))
    except (limits.Overtime, limits.Excess, MemoryError) as error:
        kept = per_page if any(per_page) else [read_by_ocr[number] for number in sorted(read_by_ocr)]
        return limits.cut_short(path, error, page_flow.one_flow(mending.mended(kept)))
    empty = {number for number, scan in enumerate(scans, 1) if scan and not per_page[number - 1]}
    if len(broken) * 2 > len(scans):
        return _refused(path, False)
    if len(empty | garbled | broken) * 2 > len(scans):
        missing = "" if ocr.available() else " và máy này chưa cài Tesseract (gói tesseract-ocr-vie)"
        message = f"{path}: tệp là ảnh quét, không có lớp chữ{missing}; hãy dùng bản có chữ."
        return Reading(outcome="no_text_layer", message=message)
    if any(scans):
        per_page = mending.mended(per_page)
    told = (*_missing(broken, in_part, garbled, set() if ocr.available() else empty), *told)
    return Reading(tuple(_hyphened(page_flow.one_flow(per_page))), warnings=told)


def _numbered(pages: Sequence[Any], count: int, broken: set[int]) -> dict[int, Any]:
    """pdfminer's pages by their number (1-based): it passes over what pdfium counts as a page that is none."""
    numbers = range(1, count + 1)
    if broken and len(pages) == count - len(broken):
        numbers = [number for number in numbers if number not in broken]  # type: ignore[assignment]
    return dict(zip(numbers, pages, strict=False))


def _missing(broken: set[int], in_part: set[int], garbled: set[int], pictures: set[int]) -> Iterator[str]:
    """What the officer is told of pages that are not in the text."""
    advice = "phần đó chưa được rà soát; hãy lấy lại bản gốc hoặc in lại ra PDF."
    if broken:
        yield f"Không đọc được trang {_listed(broken)} vì bị hỏng, {advice}"
    if in_part:
        yield f"Chỉ đọc được một phần trang {_listed(in_part)} vì bị hỏng; hãy lấy lại bản gốc hoặc in lại ra PDF."
    if garbled:
        yield f"Không đọc được trang {_listed(garbled)} vì phông chữ không cho biết chữ nào, {advice}"
    if pictures:
        yield (f"Không đọc được trang {_listed(pictures)} vì là ảnh quét mà máy này chưa cài Tesseract (gói "
               "tesseract-ocr-vie); phần đó chưa được rà soát.")  # fmt: skip


def _listed(pages: set[int]) -> str:
    """Page numbers in words, the first ten."""
    first = sorted(pages)[:10]
    return ", ".join(map(str, first)) + (f" và {len(pages) - 10} trang khác" if len(pages) > 10 else "")


def _hyphened(lines: list[Line]) -> list[Line]:
    """Soft hyphens are hyphens on paper, unless an old encoding writes ư so (`pdf_drawing`)."""
    whole = "\n".join(line.text for line in lines)
    if "\xad" not in whole or legacy_fonts.by_statistics(whole):
        return lines
    return [replace(line, text=line.text.replace("\xad", "-")) if "\xad" in line.text else line for line in lines]


def _drawn(page: Any, inflating: Inflating) -> tuple[list[Glyph], bool, bool]:
    """Letters of a page in drawing order, whether upright rules are drawn (there may be a table), whether it is whole.

    Taken from pdfminer's objects: pdfplumber's dictionaries of the same cost 40 % of the whole reading.
    """
    from pdfminer.layout import LTChar, LTContainer, LTCurve, LTLine, LTRect

    from extractors.readers import pdf_drawing

    height = float(page.height) + float(page.mediabox[1])
    left = float(page.mediabox[0])
    letters: list[Glyph] = []
    upright = 0
    sheet, whole = pdf_drawing.drawn(page, inflating)
    waiting = [iter(sheet)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, LTChar):
            if item.upright:
                layout.add_letter(
                    letters, item.get_text(), item.fontname, item.size, -item.matrix[5],
                    (item.x0 + left, height - item.y1, item.x1 + left, height - item.y0),
                )  # fmt: skip
        elif isinstance(item, LTContainer):
            waiting.append(iter(item))
        elif isinstance(item, (LTRect, LTLine, LTCurve)):
            upright += item.height > 8
    return letters, upright >= 3, whole


def _page_lines(
    rows: list[list[Segment]], tables: list[Table], width: float, number: int, margins: layout.Margins | None
) -> list[Line]:
    """Lines of one page in reading order."""
    cells = [(box, cell) for box, table in tables for cell in table]
    out: list[Line] = []
    free: list[list[Segment]] = []
    waiting = sorted(tables, key=lambda table: table[0][1])
    for row in rows:
        inside = [segment for segment in row if any(_holds(box, segment) for box, _ in cells)] if cells else []
        if inside:
            while waiting and waiting[0][0][1] <= inside[0].top + 2:
                out += layout.lines_of(free, width, number, number == 1 and not out, margins)
                free = []
                out += _table_lines(waiting.pop(0)[1], rows, number)
        rest = [segment for segment in row if segment not in inside] if inside else row
        if rest:
            free.append(rest)
    return out + layout.lines_of(free, width, number, number == 1 and not out, margins)


def _tables(page: Any) -> list[Table]:
    """Ruled tables of a page: their box and their cells, row by row."""
    found: list[Table] = []
    for table in page.find_tables():
        cells = [cell for row in table.rows for cell in row.cells if cell is not None]
        # Shaded lines look like a table of one column.
        side_by_side = sum(sum(cell is not None for cell in row.cells) >= 2 for row in table.rows)
        if len(cells) >= 4 and len(table.rows) >= 2 and side_by_side * 2 >= len(table.rows):
            found.append((tuple(table.bbox), [tuple(cell) for cell in cells]))
    return found


def _holds(box: Box, segment: Segment) -> bool:
    x, y = (segment.x0 + segment.x1) / 2, (segment.top + segment.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _table_lines(cells: list[Box], rows: list[list[Segment]], number: int) -> Iterator[Line]:
    """Cell by cell; the lines of one cell are one paragraph unless the text says otherwise."""
    region: layout.Region = "table"
    mottos = [segment for row in rows for segment in row if number == 1 and layout.is_motto(segment.text)]
    if any(_holds(cell, motto) for cell in cells for motto in mottos):
        region = "masthead"
    for cell in cells:
        parts = [part for row in rows for segment in row for part in segment.within(cell[0], cell[2])]
        last: Segment | None = None
        for segment in (part for part in parts if _holds(cell, part)):
            goes_on = last is not None and region == "table" and _had_no_room(last, segment, cell)
            yield segment.line(number, region, starts=True if last is None else False if goes_on else None)
            last = segment


def _had_no_room(last: Segment, segment: Segment, cell: Box) -> bool:
    """Whether the first word of `segment` did not fit on the line before it, between the rules of the cell.

    Both sides of a cell have the same margin as a rule; what begins an item of its own never goes on.
    """
    if starts_unit(segment.text) or is_capitals(segment.text) != is_capitals(last.text):
        return False
    word = segment.text.split(" ", 1)[0]
    wide = (segment.x1 - segment.x0) * (len(word) + 1) / max(len(segment.text), 1)
    margin = max(min(last.x0, segment.x0) - cell[0], 0.0)
    return last.x1 + wide > cell[2] - min(margin, 0.2 * (cell[2] - cell[0]))
