"""Mẫu số 05: the collection of a period of systematization: cover, table by field, full texts (NĐ 79/2025 Art. 51)."""

from __future__ import annotations

from outputs.forms import word
from outputs.forms.draw import draft_notes, draw_table, listing_notes
from outputs.forms.in_force import collection_list, in_force, period_of
from outputs.forms.layout import forms
from outputs.forms.listing import Listing, document_words
from outputs.forms.material import Material
from outputs.forms.official import BODY, PORTRAIT, Book


def collection(material: Material) -> bytes:
    """The collection as DOCX. Texts are those of `material.texts`; a document without one is named in the notes."""
    form, listing = forms()["05"], collection_list(material)
    book = Book(f"{form.number} – {form.title}")
    book.part(landscape=False)
    book.notes(form.footnotes)
    _cover(book, material)
    book.part(landscape=True)
    for part in listing.parts:
        draw_table(book, form, part, noted=True)
    draft_notes(book, _notes(listing, material), material)
    for entry in in_force(material):
        if text := material.texts.get(entry.key):
            book.part(landscape=False)
            word.paragraph(book.docx, document_words(entry), bold=True, align="center", size=BODY, after=6)
            for line in text.split("\n"):
                word.paragraph(book.docx, line, align="justify", size=BODY, after=3)
    return book.saved(material.as_of.isoformat())


def _cover(book: Book, material: Material) -> None:
    docx, names = book.docx, material.names
    first, last = period_of(material.year)
    word.paragraph(docx, "Mẫu số 05", bold=True, align="right", after=4)
    word.paragraph(docx, "Tập hệ thống hóa văn bản quy phạm pháp luật", bold=True, align="center", size=BODY)
    word.rule(docx, 3, PORTRAIT)
    made = word.paragraph(docx, names.committee.upper(), bold=True, align="center", size=BODY, before=20)
    book.refer(made, 1, size=BODY)
    word.rule(docx, 3, PORTRAIT)
    for _ in range(7):
        word.paragraph(docx, "", size=BODY)
    word.paragraph(docx, "TẬP HỆ THỐNG HÓA VĂN BẢN QUY PHẠM PHÁP LUẬT", bold=True, align="center", size=16)
    word.paragraph(docx, "THUỘC LĨNH VỰC QUẢN LÝ NHÀ NƯỚC", bold=True, align="center", size=16)
    made = word.paragraph(docx, f"CỦA {names.committee.upper()}", bold=True, align="center", size=16)
    book.refer(made, 2, size=16)
    word.fill(made, f" TRONG KỲ HỆ THỐNG HÓA {first} - {last}", bold=True, size=16)
    book.refer(made, 3, size=16)
    issued = f"(Ban hành kèm theo Quyết định số          /QĐ-UBND\nngày      /     /          của {names.committee})"
    word.paragraph(docx, issued, italic=True, align="center", size=BODY)
    for _ in range(9):
        word.paragraph(docx, "", size=BODY)
    word.paragraph(docx, f"{names.where}, năm {last + 1}", italic=True, align="center", size=BODY)


def _notes(listing: Listing, material: Material) -> tuple[str, ...]:
    without = sum(1 for entry in in_force(material) if entry.key not in material.texts)
    notes = [*listing_notes(listing, material)]
    if without:
        notes.append(f"{without} văn bản chưa có nội dung trong kho: bổ sung toàn văn trước khi ban hành Tập.")
    notes.append("Biểu tượng cơ quan (nếu có) chèn ở trang bìa.")
    notes.append("Đường dẫn tới Cơ sở dữ liệu quốc gia về văn bản pháp luật (chú thích 4) do người lập gắn.")
    return tuple(notes)
