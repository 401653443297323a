"""Pieces of an official page in DOCX: A4 landscape, Times New Roman, tables, footnotes (NĐ 30/2020, appendix I)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from outputs import words
from outputs.packing import repack

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT, SIZE, SMALL = "Times New Roman", 13.0, 11.0
WHOLE_ROW = 600
"""Longest text of a row that is kept on one page."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_XML = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FOOTNOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def page(title: str) -> Docx:
    """An empty landscape A4 document: margins 20 mm above and below, 30 mm left, 20 mm right, page numbers."""
    from docx import Document as new
    from docx.enum.section import WD_ORIENT
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    docx = new()
    section = docx.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    # Pages are numbered above, in the middle, from the second on (NĐ 30/2020, appendix I, part I).
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(number, "PAGE")
    style = docx.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    properties = style.element.get_or_add_rPr()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        properties.rFonts.set(qn(script), FONT)
    language = properties.makeelement(qn("w:lang"), {qn("w:val"): "vi-VN"})
    properties.append(language)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    raised = docx.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    raised.font.superscript = True
    docx.core_properties.title = words.printable(title)
    docx.core_properties.author = docx.core_properties.last_modified_by = "rasoat"
    docx.core_properties.language = "vi-VN"
    docx.core_properties.comments = ""
    return docx


def paragraph(
    where: Docx | _Cell, text: str, *, bold: bool = False, italic: bool = False, align: str = "left",
    size: float = SIZE, note: int = 0, before: float = 0, after: float = 0, keep: bool = False,
) -> Paragraph:  # fmt: skip
    """A paragraph of one run; `note` puts the reference to that footnote behind it; spaces in points."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = where.add_paragraph()
    fill(made, text, bold=bold, italic=italic, size=size)
    made.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[align]  # fmt: skip
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
    made.paragraph_format.keep_with_next = keep
    if note:
        reference(made, note, bold=bold, size=size)
    return made


def fill(made: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: float = SIZE) -> None:
    """Add `text` to a paragraph; line breaks stay line breaks."""
    from docx.shared import Pt

    run = made.add_run(words.printable(text))
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size)


def reference(made: Paragraph, note: int, *, bold: bool = False, size: float = SIZE) -> None:
    """The raised number of footnote `note` (its text comes with `footnotes`)."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = made.add_run()
    run.bold, run.font.superscript, run.font.size = bold, True, Pt(size)
    mark = run._r.makeelement(qn("w:footnoteReference"), {qn("w:id"): str(note)})
    run._r.append(mark)


def rule(docx: Docx, width: float, usable: float) -> None:
    """A short line in the middle of the page, as below a title; both in centimetres."""
    from docx.shared import Pt

    made = docx.add_paragraph()
    underline(made, width, usable)
    made.paragraph_format.space_after = Pt(8)
    made.paragraph_format.line_spacing = Pt(6)


def underline(made: Paragraph, width: float, usable: float) -> None:
    """Draw a line of that width below an empty paragraph, in the middle of the usable width (centimetres)."""
    from docx.oxml.ns import qn
    from docx.shared import Cm

    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Cm((usable - width) / 2)
    borders = made._p.get_or_add_pPr().makeelement(qn("w:pBdr"), {})
    borders.append(borders.makeelement(qn("w:bottom"), {
        qn("w:val"): "single", qn("w:sz"): "6", qn("w:space"): "1", qn("w:color"): "000000"}))  # fmt: skip
    made._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")  # fmt: skip


def table(docx: Docx, widths: Sequence[float]) -> Table:
    """An empty table with all lines drawn and fixed columns (centimetres)."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    made: Table = docx.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    return made


def add_row(
    made: Table, texts: Sequence[str], widths: Sequence[float], *, bold: bool = False, italic: bool = False,
    centered: Sequence[int] = (), notes: Sequence[int] = (), heading: bool = False,
    keep: bool = False,
) -> None:  # fmt: skip
    """A row with one text for each column. `heading` repeats it on every page and keeps it in one piece.

    `keep`: on the same page as the row that follows.
    """
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.shared import Cm

    row = made.add_row()  # type: ignore[no-untyped-call]
    if heading or max(map(len, texts), default=0) <= WHOLE_ROW:
        _row_property(row._tr, "w:cantSplit")
    if heading:
        _row_property(row._tr, "w:tblHeader")
    for n, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = Cm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER if heading else WD_CELL_VERTICAL_ALIGNMENT.TOP
        _only(cell, text, bold=bold, italic=italic, align="center" if heading or n in centered else "left",
              note=notes[n] if notes else 0, keep=keep)  # fmt: skip


def add_band(made: Table, text: str, *, bold: bool = True, italic: bool = False, align: str = "left",
             keep: bool = False) -> None:  # fmt: skip
    """A row of one cell over all columns: section heading, "không có văn bản", total."""
    row = made.add_row()  # type: ignore[no-untyped-call]
    _row_property(row._tr, "w:cantSplit")
    cells = row.cells
    _only(cells[0].merge(cells[-1]), text, bold=bold, italic=italic, align=align, keep=keep)


def footnotes(docx: Docx, texts: Sequence[str]) -> None:
    """Give the document its footnotes 1, 2, … (python-docx knows none: the part is written here)."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    small = f"<w:sz w:val='{int(SMALL * 2)}'/>"
    raised = f"<w:rPr><w:rStyle w:val='FootnoteReference'/>{small}<w:vertAlign w:val='superscript'/></w:rPr>"
    frame = "<w:footnote w:type='{0}' w:id='{1}'><w:p><w:r><w:{0}/></w:r></w:p></w:footnote>"
    parts = [frame.format("separator", -1), frame.format("continuationSeparator", 0)]
    font = f"<w:rFonts w:ascii='{FONT}' w:hAnsi='{FONT}' w:cs='{FONT}'/>"
    for n, text in enumerate(texts, 1):
        parts.append(
            f"<w:footnote w:id='{n}'><w:p><w:pPr><w:spacing w:before='0' w:after='0'/><w:ind w:firstLine='567'/>"
            f"<w:jc w:val='both'/></w:pPr><w:r>{raised}<w:footnoteRef/></w:r>"
            f"<w:r><w:rPr>{font}{small}</w:rPr>"
            f"<w:t xml:space='preserve'> {escape(words.printable(text))}</w:t></w:r></w:p></w:footnote>"
        )
    xml = f"<w:footnotes xmlns:w='{_W}'>{''.join(parts)}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, _XML + xml.encode(), docx.part.package)
    docx.part.relate_to(part, _FOOTNOTES_RELATION)


def saved(docx: Docx, stamp: str) -> bytes:
    """The file's bytes; the same document and stamp ("YYYY-MM-DD") give the same bytes."""
    out = BytesIO()
    docx.save(out)
    return repack(out.getvalue(), stamp)


def _only(cell: _Cell, text: str, *, note: int = 0, **look: Any) -> None:
    """Put `text` in a cell instead of the empty paragraph that every new cell has."""
    empty = cell.paragraphs[0]._p
    paragraph(cell, text, note=note, **look)
    for left in cell.paragraphs[:-1]:
        left._p.getparent().remove(left._p)
    assert empty.getparent() is None


def _row_property(row: Any, name: str) -> None:
    from docx.oxml.ns import qn

    properties = row.get_or_add_trPr()
    properties.append(properties.makeelement(qn(name), {}))


def _field(made: Paragraph, code: str) -> None:
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        run = made.add_run()
        if kind:
            run._r.append(run._r.makeelement(qn("w:fldChar"), {qn("w:fldCharType"): kind}))
        else:
            text = run._r.makeelement(qn("w:instrText"), {})
            text.text = code
            run._r.append(text)
