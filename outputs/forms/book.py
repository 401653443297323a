"""A filled list as XLSX: the form as a sheet, "Nguồn" (each cell's source) and "Ghi chú" (counts, notes) beside it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from outputs import tables
from outputs.forms.draw import listing_notes
from outputs.forms.listing import Listing, placed
from outputs.forms.material import NOT_COMPARED, Material
from outputs.forms.trace import TRACE_COLUMNS, trace_rows
from outputs.packing import repack

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Millimetres of a column on paper to the width unit of a sheet, near enough for Times New Roman 12.
_PER_CM = 5.1


def workbook(listing: Listing, material: Material) -> bytes:
    """The list as a workbook; no text of a document is ever a formula, no control character gets in."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(listing.form.number)
    _form(sheet, listing, material)
    cells = tuple(placed(listing))
    tables.sheet(book, "Nguồn", TRACE_COLUMNS, trace_rows(cells))
    compared = () if material.compared_187 else (f"Bản này {NOT_COMPARED}.",)
    guidance = (f"({n}) {text}" for n, text in enumerate(listing.form.footnotes, 1))
    notes = (*compared, *listing_notes(listing, material), *guidance)
    tables.sheet(book, "Ghi chú", (("STT", 6), ("Nội dung", 140)), enumerate(notes, 1))
    book.properties.creator = "rasoat"
    book.properties.title = tables.cell_text(f"{listing.form.number} – {listing.form.title}{listing.subtitle}")
    out = BytesIO()
    book.save(out)
    return repack(out.getvalue(), material.as_of.isoformat())


def _form(sheet: Worksheet, listing: Listing, material: Material) -> None:
    from openpyxl.utils import get_column_letter

    form, names = listing.form, material.names
    wide = len(form.columns)
    for n, column in enumerate(form.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width * _PER_CM
    row = 1
    row = _wide(sheet, row, wide, form.number, bold=True, align="right")
    row = _wide(sheet, row, wide, "DANH MỤC", bold=True)
    row = _wide(sheet, row, wide, form.title + listing.subtitle, bold=True)
    row = _wide(sheet, row, wide, f"của {names.council}, {names.committee}", bold=True)
    for part in listing.parts:
        row += 1
        if part.heading:
            row = _wide(sheet, row, wide, part.heading, bold=True, align="left")
        row = _cells(sheet, row, [column.name for column in form.columns], bold=True, align="center")
        for section in part.sections:
            if section.heading:
                row = _wide(sheet, row, wide, section.heading, bold=True, align="left", lined=True)
            for n, one in enumerate(section.rows, 1):
                row = _cells(sheet, row, [str(n), *(cell.shown for cell in one.cells)], italic=not one.certain)
            if not section.rows:
                row = _wide(sheet, row, wide, section.nil, italic=True, align="left", lined=True)
        row = _wide(sheet, row, wide, part.total, bold=True, align=form.total, lined=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _wide(
    sheet: Worksheet, row: int, wide: int, text: str, *, bold: bool = False, italic: bool = False,
    align: str = "center", lined: bool = False,
) -> int:  # fmt: skip
    """One text over all columns; gives the next row."""
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=wide)
    _one(sheet, row, 1, text, bold, italic, align, lined)
    sheet.row_dimensions[row].height = 18 * (1 + len(text) // 110)
    return row + 1


def _cells(
    sheet: Worksheet, row: int, texts: list[str], *, bold: bool = False, italic: bool = False, align: str = ""
) -> int:
    for n, text in enumerate(texts, 1):
        _one(sheet, row, n, text, bold, italic, align or ("center" if n == 1 else "left"), True)
    return row + 1


def _one(sheet: Worksheet, row: int, column: int, text: str, bold: bool, italic: bool, align: str, lined: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    cell = sheet.cell(row, column)
    cell.value = tables.cell_text(text)
    cell.data_type = "s"
    cell.font = Font(name="Times New Roman", size=12, bold=bold, italic=italic)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=align)
    if lined:
        line = Side(style="thin")
        cell.border = Border(line, line, line, line)
