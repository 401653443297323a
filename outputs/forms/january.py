"""The set for 31 January (NĐ 79/2025 Art. 43): decision with Mẫu số 01 and 02, tờ trình, page for posting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from corpus.words import date_short
from outputs.forms import phrases
from outputs.forms.cells import DOUBT, Cell, Placed, Source
from outputs.forms.ended import part_list, whole_list
from outputs.forms.listing import Listing, document_words
from outputs.forms.material import Material
from outputs.forms.paper import Grid, Paper
from outputs.forms.texts import fill, value, wordings


def january_set(material: Material) -> tuple[Paper, ...]:
    """Decision, tờ trình and page for posting, in that order. One list for the documents of council and committee."""
    return decision(material), submission(material), posting(material)


def first_day(year: int) -> date:
    """From when drafts of a year's set are made."""
    return date(year, 12, 15)


def decision(material: Material) -> Paper:
    """The administrative decision that announces the lists. A nil year is announced as one."""
    lists = whole_list(material), part_list(material)
    wording = wordings()["quyet-dinh"]
    filled = fill(wording, _values(material, lists), {"khong"} if all(one.nil for one in lists) else ())
    paper = phrases.of_committee(wording, filled, material)
    issued = f"số          /QĐ-UBND ngày      tháng      năm        của {material.names.committee}"
    attached = f"(Ban hành kèm theo Quyết định {issued})"
    return replace(paper, lists=tuple(one for one in lists if not one.nil), attached=attached,
                   notes=(*filled.notes, *_notes(material, lists)))  # fmt: skip


def submission(material: Material) -> Paper:
    """Tờ trình of the unit that gathers the results."""
    lists = whole_list(material), part_list(material)
    wording = wordings()["to-trinh"]
    filled = fill(wording, _values(material, lists))
    return phrases.of_unit(wording, filled, material, phrases.justice(material), (material.names.committee,))


def posting(material: Material) -> Paper:
    """The page that is posted at the office and put on the web page (Art. 43.2)."""
    lists = whole_list(material), part_list(material)
    rows = tuple((str(n), *row) for n, row in enumerate(_posted(material, lists), 1))
    grid = Grid(
        ("STT", "Văn bản", "Tình trạng", "Ngày hết hiệu lực, tạm ngưng hiệu lực"), (1.4, 7.4, 4.2, 3.0), rows,
        f"Không có văn bản hết hiệu lực, tạm ngưng hiệu lực năm {material.year}.", f"Tổng số: {len(rows)} lượt văn bản",
    )  # fmt: skip
    wording = wordings()["niem-yet"]
    filled = fill(wording, _values(material, lists), blocks={"bang": (grid,)})
    return phrases.of_committee(wording, filled, material)


def _values(material: Material, lists: tuple[Listing, Listing]) -> dict[str, Placed]:
    listed = material.listed()
    old = sum(1 for entry in listed if entry.predecessor)
    return {
        **phrases.common(material),
        "dem_01": _counted(lists[0], material), "dem_02": _counted(lists[1], material),
        "so_ra_soat": phrases.count("Số văn bản đã rà soát", len(listed), material),
        "so_don_vi_cu": phrases.count("Số văn bản của đơn vị trước sắp xếp", old, material),
        "y_kien": value("Kết quả lấy ý kiến", opinions_cell(material)),
    }  # fmt: skip


def _counted(listing: Listing, material: Material) -> Placed:
    """ "trong kỳ 3 văn bản; trước kỳ, chưa được công bố 1 văn bản", the doubtful ones counted apart."""
    said = "; ".join(
        f"{'trước kỳ, chưa được công bố' if n else 'trong kỳ'} {part.total.removeprefix('Tổng số: ')}"
        for n, part in enumerate(listing.parts)
    )  # fmt: skip
    if listing.nil:
        said = "không có văn bản"
    source = Source("ledger", listing.form.number, f"Các hàng của {listing.form.number}", material.as_of)
    return value(f"Số văn bản của {listing.form.number}", Cell(said, (source,)))


def _posted(material: Material, lists: tuple[Listing, Listing]) -> Iterator[tuple[str, str, str]]:
    entries = {entry.key: entry for entry in material.listed()}
    for listing in lists:
        for part in listing.parts:
            for n, section in enumerate(part.sections):
                what = f"{'Tạm ngưng' if n else 'Hết'} hiệu lực {listing.form.scope}"
                for row in section.rows:
                    entry = entries[row.key]
                    title = f"; {entry.title}" if entry.title else ""
                    units = f": {row.cells[2].shown}" if listing.form.scope == "một phần" else ""
                    doubt = "" if row.certain else f" {DOUBT}"
                    yield f"{document_words(entry)}{title}", what + units + doubt, row.cells[-1].shown


def opinions_cell(material: Material) -> Cell:
    """How many opinions were asked, answered, agreeing (Art. 42); a gap where none was asked."""
    source = Source("opinion", "y-kien", "Ý kiến đã ghi nhận", material.as_of)
    opinions = material.desk.opinions
    if not opinions:
        return Cell("", (source,), "missing")
    answered = [one for one in opinions if one.answered]
    agreed = sum(1 for one in answered if one.stance == "dong_y")
    said = (
        f"đã lấy {len(opinions)} lượt ý kiến, {len(answered)} lượt trả lời (nhất trí {agreed}, không nhất trí hoặc "
        f"ý kiến khác {len(answered) - agreed}), chưa trả lời {len(opinions) - len(answered)}"
    )
    return Cell(said, (source,))


def _notes(material: Material, lists: tuple[Listing, Listing]) -> tuple[str, ...]:
    notes = []
    if material.as_of < first_day(material.year):
        day = date_short(first_day(material.year))
        notes.append(f"Lập trước ngày {day}: số liệu của năm còn thay đổi, chưa dùng để trình.")
    elif material.as_of <= date(material.year, 12, 31):
        notes.append(f"Dự thảo lập trước khi hết năm: lập lại sau ngày 31/12/{material.year} rồi mới trình ký.")
    doubtful = sum(1 for one in lists for row in one.rows if not row.certain)
    if doubtful:
        notes.append(f"{doubtful} hàng cần xác minh: xác minh hoặc bỏ khỏi danh mục trước khi trình ký.")
    return tuple(notes)
