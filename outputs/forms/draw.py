"""A filled list drawn on the pages of a book: title, tables, bands, totals, footnotes, notes of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.words import date_words
from outputs.forms import word
from outputs.forms.cells import DOUBT, placed_words
from outputs.forms.layout import Column, Form
from outputs.forms.listing import Listing, Part, placed
from outputs.forms.material import NOT_COMPARED, Material
from outputs.forms.official import LANDSCAPE, Book

if TYPE_CHECKING:
    from docx.table import Table

DRAFT = "Ghi chú của bản dự thảo (bỏ khi ban hành):"


def draw_listing(book: Book, listing: Listing, material: Material, attached: str = "") -> None:
    """Draw a list as a part of its own. `attached`: the line "(Ban hành kèm theo …)" of a list that is to be signed,
    which carries neither the form's guidance (footnotes) nor the notes of the draft."""
    form = listing.form
    book.part(landscape=True)
    if not attached:
        book.notes(form.footnotes)
    docx = book.docx
    word.paragraph(docx, form.number, bold=True, align="right", after=4)
    word.paragraph(docx, "DANH MỤC", bold=True, align="center", size=14)
    made = word.paragraph(docx, form.title + listing.subtitle, bold=True, align="center", size=14)
    book.refer(made, form.title_note, size=14)
    names = material.names
    word.paragraph(docx, f"của {names.council}, {names.committee}", bold=True, align="center", size=14)
    if attached:
        word.paragraph(docx, attached, italic=True, align="center")
    word.rule(docx, 3, LANDSCAPE)
    for n, part in enumerate(listing.parts):
        if part.heading:
            heading = word.paragraph(docx, part.heading, bold=True, before=8, after=4, keep=True)
            book.refer(heading, part.note)
        # The form marks the columns of its first table alone.
        draw_table(book, form, part, noted=n == 0)
    if not attached:
        draft_notes(book, listing_notes(listing, material), material)


def draw_table(book: Book, form: Form, part: Part, noted: bool) -> None:
    """The table of one part; `noted`: its columns carry the marks of their footnotes."""
    widths = [column.width for column in form.columns]
    table = word.table(book.docx, widths)
    _heading(book, table, form.columns, widths, noted)
    for section in part.sections:
        if section.heading:
            word.add_band(table, section.heading, keep=True)
        for n, row in enumerate(section.rows, 1):
            texts = (str(n), *(cell.shown for cell in row.cells))
            last = n == len(section.rows)
            word.add_row(table, texts, widths, centered=_centered(form), italic=not row.certain, keep=last)
        if not section.rows:
            word.add_band(table, section.nil, bold=False, italic=True, keep=True)
    word.add_band(table, part.total, align=form.total)


def draft_notes(book: Book, texts: Sequence[str], material: Material) -> None:
    """What the officer must know before issuing; printed small below the list."""
    word.paragraph(book.docx, DRAFT, italic=True, bold=True, size=word.SMALL, before=8, keep=True)
    compared = () if material.compared_187 else (f"Bản này {NOT_COMPARED}.",)
    for text in (*compared, *texts):
        word.paragraph(book.docx, f"- {text}", italic=True, size=word.SMALL, align="justify")


def listing_notes(listing: Listing, material: Material) -> tuple[str, ...]:
    """Notes of a list: the day it was made for, its counts, what it leaves out."""
    cells = tuple(placed(listing))
    notes = [f"Lập theo kết quả rà soát đến {date_words(material.as_of)}. {placed_words(cells)}.", *listing.notes]
    if any(not row.certain for row in listing.rows):
        notes.append(f"Hàng có chữ “{DOUBT[1:-1]}” chưa đủ căn cứ rõ: phải xác minh trước khi công bố, nếu không đúng "
                     "thì bỏ khỏi danh mục.")  # fmt: skip
    if left := material.left_out():
        notes.append(f"{len(left)} văn bản liên quan đến một cá nhân không đưa vào danh mục.")
    if unnumbered := material.unnumbered():
        notes.append(f"{len(unnumbered)} văn bản chưa có số và ngày ban hành (có thể là dự thảo), không đưa vào danh "
                     "mục.")  # fmt: skip
    if unsorted := material.unsorted():
        notes.append(f"{len(unsorted)} văn bản chưa xác định là văn bản quy phạm pháp luật hay văn bản hành chính, "
                     "không đưa vào danh mục.")  # fmt: skip
    return tuple(notes)


def _heading(book: Book, table: Table, columns: Sequence[Column], widths: Sequence[float], noted: bool) -> None:
    word.add_row(table, [column.after or column.name for column in columns], widths, bold=True, heading=True)
    for column, cell in zip(columns, table.rows[-1].cells, strict=True):
        made = cell.paragraphs[-1]
        if noted:
            book.refer(made, column.note)
        if column.after:
            word.fill(made, column.name.removeprefix(column.after), bold=True)


def _centered(form: Form) -> tuple[int, ...]:
    """Running number and columns of days."""
    days = ("Ngày", "Thời điểm", "Thời hạn")
    return tuple(n for n, column in enumerate(form.columns) if n == 0 or column.name.startswith(days))
