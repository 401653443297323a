"""An official paper as DOCX: sections of A4, masthead, number line, signature block (NĐ 30/2020, appendix I).

The measures also fit normative documents (NĐ 78/2025): 20 mm above, below and right, 30 mm left, Times New Roman 14.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from outputs.forms import word

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

BODY = 14.0
PORTRAIT, LANDSCAPE = 16.0, 24.7
"""Usable widths in centimetres."""
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


class Book:
    """A DOCX of one or more parts, each on pages of its own that count from 1."""

    def __init__(self, title: str) -> None:
        self.docx: Docx = word.page(title)
        self._empty = True
        self._notes: list[str] = []
        for paragraph in list(self.docx.paragraphs):
            paragraph._p.getparent().remove(paragraph._p)

    def part(self, landscape: bool) -> None:
        """Begin a part: a new page of that orientation."""
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.oxml.ns import qn
        from docx.shared import Cm

        section = self.docx.sections[-1] if self._empty else self.docx.add_section(WD_SECTION.NEW_PAGE)
        self._empty = False
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
        section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
        section.left_margin = Cm(3)
        section.different_first_page_header_footer = True
        count = section._sectPr.makeelement(qn("w:pgNumType"), {qn("w:start"): "1"})
        for old in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(old)
        section._sectPr.insert_element_before(
            count, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi",
            "w:rtlGutter", "w:docGrid", "w:printerSettings",
        )  # fmt: skip

    def notes(self, texts: Sequence[str]) -> None:
        """The footnotes of the book, 1, 2, … (those of one form: a set for signature prints no guidance)."""
        self._notes = list(texts)

    def refer(self, made: Paragraph, note: int, size: float = word.SIZE) -> None:
        """The mark of footnote `note` behind what the paragraph has; none where the book has no footnotes."""
        if note and self._notes:
            word.reference(made, note, bold=True, size=size)

    def saved(self, stamp: str) -> bytes:
        """The file; the same content and stamp ("YYYY-MM-DD") give the same bytes."""
        if self._notes:
            word.footnotes(self.docx, self._notes)
        return word.saved(self.docx, stamp)


def masthead(docx: Docx, above: str, issuer: Sequence[str], number: str, about: str, place: str) -> None:
    """Issuer, nation and motto with their lines; number, place and day below. `about`: the subject of a letter, which
    stands below its number (công văn). `above`: the body above the issuer, "" for councils and committees."""
    left, right = _columns(docx, (6.4, 9.6))
    if above:
        _line(left, above.upper(), size=13)
    for text in issuer:
        _line(left, text.upper(), size=13, bold=True)
    _short_rule(left, 6.4, 2.2)
    _line(right, NATION, size=12, bold=True)
    _line(right, MOTTO, size=13, bold=True)
    _short_rule(right, 9.6, 5.6)
    left, right = _columns(docx, (6.4, 9.6))
    _line(left, f"Số: {number}", size=13)
    if about:
        _line(left, f"V/v {about}", size=12, before=4)
    _line(right, f"{place}, ngày      tháng      năm        ", size=13, italic=True)
    word.paragraph(docx, "", size=6)


def title(docx: Docx, kind: str, subject: str) -> None:
    """QUYẾT ĐỊNH / Về việc …, with the short line below."""
    word.paragraph(docx, kind, bold=True, align="center", size=BODY, before=6)
    word.paragraph(docx, subject, bold=True, align="center", size=BODY, before=2)
    word.rule(docx, 3, PORTRAIT)


def signature(docx: Docx, recipients: Sequence[str], lines: Sequence[str], signer: str | None) -> None:
    """ "Nơi nhận" on the left, who signs on the right. Both stay on one page."""
    word.paragraph(docx, "", size=6, keep=True)
    left, right = _columns(docx, (7.6, 8.4))
    if recipients:
        _line(left, "Nơi nhận:", size=12, bold=True, italic=True, align="left")
    for n, text in enumerate(recipients, 1):
        _line(left, f"- {text}{'.' if n == len(recipients) else ';'}", size=11, align="left")
    for text in lines:
        _line(right, text, size=14, bold=True)
    for _ in range(4):
        _line(right, "", size=14)
    _line(right, signer or "", size=14, bold=True)


def _columns(docx: Docx, widths: Sequence[float]) -> tuple[_Cell, _Cell]:
    """One row of two cells without lines, kept on one page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml.ns import qn
    from docx.shared import Cm

    made = docx.add_table(rows=1, cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    properties = made._tbl.tblPr
    margins = properties.makeelement(qn("w:tblCellMar"), {})
    for side in ("left", "right"):
        margins.append(margins.makeelement(qn(f"w:{side}"), {qn("w:w"): "0", qn("w:type"): "dxa"}))
    properties.append(margins)
    row = made.rows[0]
    kept = row._tr.get_or_add_trPr()
    kept.append(kept.makeelement(qn("w:cantSplit"), {}))
    for column, cell, width in zip(made.columns, row.cells, widths, strict=True):
        column.width = cell.width = Cm(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    return row.cells[0], row.cells[1]


def _line(
    cell: _Cell, text: str, *, size: float, bold: bool = False, italic: bool = False, align: str = "center",
    before: float = 0,
) -> None:  # fmt: skip
    word.paragraph(cell, text, size=size, bold=bold, italic=italic, align=align, before=before)


def _short_rule(cell: _Cell, wide: float, length: float) -> None:
    from docx.shared import Pt

    made = word.paragraph(cell, "", size=2)
    word.underline(made, length, wide)
    made.paragraph_format.line_spacing, made.paragraph_format.space_after = Pt(3), Pt(4)
