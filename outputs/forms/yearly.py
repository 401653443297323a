"""The yearly lists of NĐ 79/2025: Mẫu số 01 and 02 (what ended), Mẫu số 04 (what needs an act), as DOCX drafts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from corpus.model import Document, Run
from outputs import words
from outputs.forms import word
from outputs.forms.layout import Form, Part, forms
from outputs.forms.rows import DOUBT, Ending, Handling, endings, handlings

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.table import Table

NOT_COMPARED = "chưa đối chiếu Nghị định số 187/2025/NĐ-CP"
_BLANK = "…"


def period(as_of: date) -> int:
    """The year that the next list is for: the list of a year is announced by 31 January of the next (Art. 43.1)."""
    return as_of.year - 1 if as_of.month == 1 else as_of.year


def ended_list(run: Run, number: str) -> bytes:
    """Mẫu số 01 ("01": wholly) or 02 ("02": in part)."""
    form, year = forms()[number], period(run.as_of)
    rows = [row for row in endings(run) if row.whole is (number == "01")]
    now = [row for row in rows if row.on is None or row.on.year == year]
    before = [row for row in rows if row.on is not None and row.on.year < year]
    later = [row for row in rows if row.on is not None and row.on.year > year]
    docx = _head(form, run, f" năm {year}")
    for part, listed in zip(form.parts, (now, before), strict=True):
        heading = part.heading.format(ky=f"NĂM {year}", nam=year)
        word.paragraph(docx, heading, bold=True, note=part.note, before=8, after=4, keep=True)
        _ended_table(docx, form, part, listed, noted=part is form.parts[0])
    notes = [
        "Mục B gồm văn bản hết hiệu lực, tạm ngưng hiệu lực trước kỳ này; cơ quan rà soát đối chiếu với danh mục đã "
        "công bố các kỳ trước, bỏ những văn bản đã được công bố."
    ]
    if later:
        notes.append(f"{len(later)} văn bản hết hiệu lực sau ngày 31/12/{year} để lại cho danh mục của kỳ sau.")
    return _closed(docx, form, run, notes)


def handling_list(run: Run) -> bytes:
    """Mẫu số 04. Who drafts and by when is left open: only the body in charge can say it."""
    form = forms()["04"]
    rows = handlings(run)
    docx = _head(form, run, "")
    widths = [column.width for column in form.columns]
    table = word.table(docx, widths)
    _heading(table, form, noted=True)
    for n, row in enumerate(rows, 1):
        word.add_row(table, (
            str(n), _issued(row.document) if row.document else _BLANK, _named(row.document) if row.document else "",
            ";\n".join(row.how), "\n".join(row.what), "", "",
        ), widths, centered=(0,), italic=not row.certain, keep=n == len(rows))  # fmt: skip
    if not rows:
        word.add_band(table, f"Không có {form.title[:1].lower()}{form.title[1:]}.", bold=False, italic=True,
                      keep=True)  # fmt: skip
    word.add_band(table, _total(rows), align=form.total)
    return _closed(docx, form, run, [
        "Cột “Cơ quan/đơn vị chủ trì soạn thảo” và “Thời hạn phải xử lý” do cơ quan rà soát ghi.",
    ])  # fmt: skip


def _head(form: Form, run: Run, of_year: str) -> Docx:
    usable = sum(column.width for column in form.columns)
    docx = word.page(f"{form.number} – {form.title}")
    _drop_first(docx)
    word.paragraph(docx, form.number, bold=True, align="right", after=6)
    word.paragraph(docx, "DANH MỤC", bold=True, align="center", size=14)
    title = f"{form.title}{_of_unit(run.unit)}{of_year}"
    word.paragraph(docx, title, bold=True, align="center", size=14, note=form.title_note)
    word.rule(docx, 3, usable)
    draft = f"(Dự thảo theo kết quả rà soát đến {words.date_words(run.as_of)}; {NOT_COMPARED})"
    word.paragraph(docx, draft, italic=True, align="center", after=6)
    return docx


def _closed(docx: Docx, form: Form, run: Run, notes: Sequence[str]) -> bytes:
    always = (
        f"Hàng có chữ “{DOUBT[1:-1]}” chưa đủ căn cứ rõ: phải xác minh trước khi công bố, nếu không đúng thì bỏ khỏi "
        "danh mục.",
        "Văn bản xếp theo hiệu lực pháp lý từ cao xuống thấp, rồi theo ngày ban hành; cơ quan rà soát chia theo lĩnh "
        "vực (Điều 52 Nghị định số 79/2025/NĐ-CP).",
    )
    word.paragraph(docx, "Ghi chú của bản dự thảo (bỏ khi ban hành):", italic=True, bold=True, size=word.SMALL,
                   before=8, keep=True)  # fmt: skip
    for note in (*always, *notes):
        word.paragraph(docx, f"- {note}", italic=True, size=word.SMALL, align="justify")
    word.footnotes(docx, form.footnotes)
    return word.saved(docx, run.as_of.isoformat())


def _ended_table(docx: Docx, form: Form, part: Part, rows: Sequence[Ending], noted: bool) -> None:
    widths = [column.width for column in form.columns]
    table = word.table(docx, widths)
    _heading(table, form, noted)
    for heading, suspended, none in (
        (part.ended, False, f"Không có văn bản hết hiệu lực {form.scope}."),
        (part.suspended, True, f"Không có văn bản tạm ngưng hiệu lực {form.scope}."),
    ):
        word.add_band(table, heading, keep=True)
        listed = [row for row in rows if row.suspended is suspended]
        for n, row in enumerate(listed, 1):
            word.add_row(table, _ended_cells(n, row), widths, centered=(0, 5), italic=not row.certain,
                         keep=n == len(listed))  # fmt: skip
        if not listed:
            word.add_band(table, none, bold=False, italic=True, keep=True)
    word.add_band(table, _total(rows), align=form.total)


def _ended_cells(n: int, row: Ending) -> tuple[str, ...]:
    doubt = "" if row.certain else f" {DOUBT}"
    day = words.date_short(row.on) if row.on else "Chưa xác định được ngày (cần xác minh)"
    last = (f"{row.reason}{doubt}", f"{day}{doubt}" if row.on else day)
    document = row.document
    if row.whole:
        head = document.masthead
        return (str(n), _issued(document), _numbered(document), (head.title if head else None) or _BLANK, *last)
    what = row.what[:1].upper() + row.what[1:] if row.what else f"Chưa xác định được điểm, khoản, điều {DOUBT}"
    return (str(n), _issued(document), _named(document), what, *last)


def _heading(table: Table, form: Form, noted: bool) -> None:
    word.add_row(
        table, [column.name for column in form.columns], [column.width for column in form.columns], bold=True,
        heading=True, notes=[column.note if noted else 0 for column in form.columns],
    )  # fmt: skip


def _total(rows: Sequence[Ending | Handling]) -> str:
    doubtful = sum(1 for row in rows if not row.certain)
    return f"Tổng số: {len(rows)} văn bản" + (f" (trong đó {doubtful} văn bản cần xác minh)" if doubtful else "")


def _issued(document: Document) -> str:
    head = document.masthead
    issuer = (head.authority or head.issuer) if head else None
    return f"{words.kind_name(head)}; {issuer or _BLANK}"


def _numbered(document: Document) -> str:
    head = document.masthead
    number = f"Số {head.symbol}" if head and head.symbol else "Số …"
    return f"{number}; {words.date_words(head.date) if head and head.date else 'ngày … tháng … năm …'}"


def _named(document: Document) -> str:
    title = document.masthead.title if document.masthead else None
    return f"{_numbered(document)}; {title}" if title else _numbered(document)


def _of_unit(unit: str | None) -> str:
    """The second line of a title: the list of a unit holds the documents of its council and its committee."""
    if not unit:
        return ""
    place = re.sub(r"^(?:Ủy|Uỷ) ban nhân dân |^Hội đồng nhân dân ", "", unit.strip())
    return f"\ncủa Hội đồng nhân dân, Ủy ban nhân dân {place}"


def _drop_first(docx: Docx) -> None:
    for empty in list(docx.paragraphs):
        empty._p.getparent().remove(empty._p)
