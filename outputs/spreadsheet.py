"""Long tables as one XLSX workbook, written row by row: a night's findings are hundreds of thousands of cells.

openpyxl makes everything but the rows (styles, headings, page set-up), so that the workbook looks as one of its own;
the rows are written as text straight into the archive. An object for each cell took two thirds of the time of writing a
run (docs/decisions/0012), and all of them had to lie in memory at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZipFile

from outputs import words
from outputs.packing import entry, packer, repack

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# Longest text that a cell of the format holds, and most rows that a sheet has.
CELL = 32_767
ROWS = 1_048_576
# What spreadsheets read as the start of a formula, also in full width (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# Texts this short come again and again (names, words of a vocabulary): they are made harmless once.
_SHORT, _MOST_KNOWN = 80, 50_000
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: headings with their widths (in characters), then `count` rows of texts, whole numbers and None."""

    title: str
    columns: Sequence[tuple[str, int]]
    count: int
    rows: Iterable[Sequence[object]]


def write(out: IO[bytes], tables: Sequence[Table], title: str, stamp: str) -> None:
    """Write a workbook into a binary file that can seek. `stamp`: the day of the workbook, "YYYY-MM-DD".

    The same tables give the same bytes. Every text is made harmless (`cell_text`). Raises `ValueError` where a table
    has not the rows that it said, or more than a sheet holds.
    """
    sheets = {f"xl/worksheets/sheet{n}.xml": table for n, table in enumerate(tables, 1)}
    with packer(out) as archive:
        for name, data in _skeleton(tables, title, stamp).items():
            if name in sheets:
                with archive.open(entry(name), "w", force_zip64=sheets[name].count > 100_000) as part:
                    part.writelines(_sheet(data.decode(), sheets[name]))
            else:
                archive.writestr(entry(name), data)


def cell_text(text: str) -> str:
    """`text` as a cell may hold it: no control characters, never read as a formula, not too long.

    >>> cell_text("=1+1"), cell_text("khoản 1")
    ("'=1+1", 'khoản 1')
    """
    # The underscore form is how the format itself writes control characters: readers would turn it back.
    clean = words.printable(text).replace("\r\n", "\n").replace("\r", "\n").replace("_x", "_\u2060x")
    if clean.lstrip(" \u00a0\u3000").startswith(_FORMULA):
        clean = f"'{clean}"
    return clean if len(clean) <= CELL else clean[: CELL - 1] + "…"


def head(book: Workbook, title: str, columns: Sequence[tuple[str, int]]) -> Worksheet:
    """A new sheet with its headings, as every table of the program looks; to be printed on A4."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    made: Worksheet = book.create_sheet(title)
    line = Side(style="thin", color="B7C0CA")
    border = Border(line, line, line, line)
    for n, (name, width) in enumerate(columns, 1):
        cell = made.cell(1, n, name)
        cell.font = Font(name="Times New Roman", size=12, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1D3B66")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = border
        made.column_dimensions[get_column_letter(n)].width = width
    made.freeze_panes = "A2"
    made.row_dimensions[1].height = 34
    made.sheet_view.zoomScale = 90
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_title_rows = "1:1"
    return made


def look(sheet: Worksheet) -> Any:
    """The style of a table's rows, as openpyxl keeps it for a cell: copying it costs a third of making it anew."""
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin", color="B7C0CA")
    model = sheet.cell(1, sheet.max_column + 1)
    model.font, model.alignment = Font(name="Times New Roman", size=12), Alignment(wrap_text=True, vertical="top")
    model.border = Border(line, line, line, line)
    del sheet._cells[model.row, model.column]
    return model._style


def _skeleton(tables: Sequence[Table], title: str, stamp: str) -> dict[str, bytes]:
    """The parts of the workbook by name; each sheet has one empty row 2, whose style its rows take."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        if table.count >= ROWS:
            raise ValueError(f"{table.title}: {table.count} rows")
        made = head(book, table.title, table.columns)
        made.cell(2, 1)._style = look(made)
        made.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{table.count + 1}"
    book.properties.creator = "rasoat"
    book.properties.title = title
    out = BytesIO()
    book.save(out)
    with ZipFile(BytesIO(repack(out.getvalue(), stamp))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_MODEL = re.compile(r'<row r="2"[^>]{0,200}><c r="A2" s="(\d+)"[^>]{0,40}>(?:</c>)?</row>')
_SIZE = re.compile(r'<dimension ref="[A-Z0-9:]{1,30}"')


def _sheet(skeleton: str, table: Table) -> Iterator[bytes]:
    """A sheet's part: the skeleton's own with the table's rows in place of its row 2."""
    from openpyxl.utils import get_column_letter

    model = _MODEL.search(skeleton)
    assert model is not None, "openpyxl writes its rows otherwise"
    letters = [get_column_letter(n) for n in range(1, len(table.columns) + 1)]
    size = f'<dimension ref="A1:{letters[-1]}{table.count + 1}"'
    yield _SIZE.sub(size, skeleton[: model.start()], count=1).encode()
    places = [f'<c r="{letter}' for letter in letters]
    styled, known = f'" s="{model[1]}"', dict[str, str]()
    lines: list[str] = []
    number = 1
    for number, row in enumerate(table.rows, 2):
        cells = [f"{place}{number}{styled}{_cell(value, known)}" for place, value in zip(places, row, strict=True)]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(lines) >= _AT_ONCE:
            yield "".join(lines).encode()
            lines.clear()
    if number != table.count + 1:
        raise ValueError(f"{table.title}: {number - 1} rows, not {table.count}")
    yield ("".join(lines) + skeleton[model.end() :]).encode()


def _cell(value: object, known: dict[str, str]) -> str:
    """What follows the place and style of a cell; texts that come again are taken from those `known`."""
    if value is None or value == "":
        return "/>"
    if not isinstance(value, str):
        return f"><v>{value}</v></c>"
    found = known.get(value)
    if found is None:
        text = cell_text(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        found = f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        if len(value) <= _SHORT and len(known) < _MOST_KNOWN:
            known[value] = found
    return found
