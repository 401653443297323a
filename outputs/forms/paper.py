"""A paper before it becomes DOCX: masthead, bases, body, signature, lists attached; and the drawing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.words import date_words
from outputs.forms import official, word
from outputs.forms.cells import Placed, placed_words
from outputs.forms.draw import DRAFT, draw_listing
from outputs.forms.listing import Listing, placed
from outputs.forms.material import NOT_COMPARED, Material
from outputs.forms.official import BODY, Book

Style = Literal["body", "base", "enact", "h1", "h2", "h3", "center", "quote", "to"]


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `lead` is bold before the text ("Điều 1.", "II.")."""

    text: str
    style: Style = "body"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A plain table: headings, widths in centimetres, rows; `nil` where there are none; `total` below."""

    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    nil: str = ""
    total: str = ""


Block = Para | Grid


@dataclass(frozen=True, slots=True)
class Annex:
    """A table on landscape pages behind the paper."""

    title: str
    attached: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `number` is "      /QĐ-UBND"; `kind` "" for a letter, whose subject stands below its number; `notes`
    are for the officer; `internal`: a line that says it is no form of the decree; `bare`: without masthead."""

    code: str
    issuer: tuple[str, ...]
    number: str
    kind: str
    subject: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signing: tuple[str, ...]
    signer: str | None = None
    above: str = ""
    to: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    lists: tuple[Listing, ...] = ()
    attached: str = ""
    notes: tuple[str, ...] = ()
    placed: tuple[Placed, ...] = ()
    internal: str = ""
    bare: bool = False

    def cells(self) -> tuple[Placed, ...]:
        """Every filled place of the paper and of the lists attached to it."""
        return (*self.placed, *(item for one in self.lists for item in placed(one)))


def drawn(papers: Sequence[Paper], material: Material, title: str) -> bytes:
    """Papers as one DOCX, each with its lists; at the end what the officer must know before it is signed."""
    book = Book(title)
    for paper in papers:
        _draw(book, paper, material)
    notes = list(dict.fromkeys(note for paper in papers for note in paper.notes))
    cells = [item for paper in papers for item in paper.cells()]
    compared = [] if material.compared_187 else [f"Bản này {NOT_COMPARED}."]
    texts = [*compared, f"Lập theo kết quả rà soát đến {date_words(material.as_of)}. {placed_words(cells)}.", *notes]
    if any(paper.lists or paper.annexes for paper in papers):
        book.part(landscape=False)
    word.paragraph(book.docx, DRAFT, italic=True, bold=True, size=word.SMALL, before=14, keep=True)
    for text in texts:
        word.paragraph(book.docx, f"- {text}", italic=True, size=word.SMALL, align="justify")
    return book.saved(material.as_of.isoformat())


def _draw(book: Book, paper: Paper, material: Material) -> None:
    book.part(landscape=False)
    docx = book.docx
    if paper.internal:
        word.paragraph(docx, paper.internal, italic=True, bold=True, align="right", size=word.SMALL, after=4)
    if not paper.bare:
        about = "" if paper.kind else paper.subject
        official.masthead(docx, paper.above, paper.issuer, paper.number, about, material.names.where)
    if paper.kind:
        official.title(docx, paper.kind, paper.subject)
    if paper.to:
        _addressees(book, paper.to)
    for n, block in enumerate(paper.body, 1):
        _block(book, block, keep=bool(paper.signing) and n == len(paper.body))
    if paper.signing:
        official.signature(docx, paper.recipients, paper.signing, paper.signer)
    for annex in paper.annexes:
        book.part(landscape=True)
        word.paragraph(docx, annex.title, bold=True, align="center", size=BODY)
        if annex.attached:
            word.paragraph(docx, annex.attached, italic=True, align="center")
        word.rule(docx, 3, official.LANDSCAPE)
        _grid(book, annex.grid)
    for listing in paper.lists:
        draw_listing(book, listing, material, paper.attached)


def _addressees(book: Book, to: Sequence[str]) -> None:
    if len(to) == 1:
        word.paragraph(book.docx, f"Kính gửi: {to[0]}", align="center", size=BODY, before=6, after=8)
        return
    word.paragraph(book.docx, "Kính gửi:", align="center", size=BODY, before=6)
    for n, text in enumerate(to, 1):
        made = word.paragraph(book.docx, f"- {text}{'.' if n == len(to) else ';'}", size=BODY)
        _indent(made, 5.5, 0)


def _block(book: Book, block: Block, keep: bool = False) -> None:
    """`keep`: on one page with what follows, so that no signature stands alone on a page."""
    if isinstance(block, Grid):
        _grid(book, block)
        word.paragraph(book.docx, "", size=6)
        return
    heading = keep or block.style in ("h1", "h2", "h3", "enact", "center")
    align = "center" if block.style in ("enact", "center") else "justify"
    made = word.paragraph(book.docx, "", align=align, size=BODY, before=3, after=3, keep=heading)
    if block.style not in ("enact", "center"):
        _indent(made, 0, 1.27)
    if block.lead:
        word.fill(made, f"{block.lead} ", bold=True, size=BODY)
    word.fill(
        made, block.text, bold=block.style in ("h1", "h2", "enact"), italic=block.style in ("base", "h3"), size=BODY
    )


def _indent(made: object, left: float, first: float) -> None:
    from docx.shared import Cm

    made.paragraph_format.left_indent = Cm(left)  # type: ignore[attr-defined]
    made.paragraph_format.first_line_indent = Cm(first)  # type: ignore[attr-defined]


def _grid(book: Book, grid: Grid) -> None:
    table = word.table(book.docx, grid.widths)
    word.add_row(table, grid.headings, grid.widths, bold=True, heading=True)
    for n, row in enumerate(grid.rows, 1):
        word.add_row(table, row, grid.widths, centered=(0,), keep=bool(grid.total) and n == len(grid.rows))
    if not grid.rows and grid.nil:
        word.add_band(table, grid.nil, bold=False, italic=True)
    if grid.total:
        word.add_band(table, grid.total)


def issuer_lines(body: str) -> tuple[str, ...]:
    """ "Ủy ban nhân dân xã Đồng Lúa" on two lines, as a masthead has it.

    >>> issuer_lines("Ủy ban nhân dân xã Đồng Lúa")
    ('Ủy ban nhân dân', 'xã Đồng Lúa')
    """
    for head in ("Ủy ban nhân dân", "Hội đồng nhân dân"):
        if body.startswith(f"{head} "):
            return head, body[len(head) + 1 :]
    return (body,)


def article(number: int, text: str) -> Para:
    """ "Điều 1. …"."""
    return Para(text, lead=f"Điều {number}.")
