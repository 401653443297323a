"""The yearly plan of check, review and systematization, with the documents due as its annex."""

from __future__ import annotations

from dataclasses import replace

from corpus.words import date_words
from outputs.forms import phrases
from outputs.forms.cells import Cell, Placed, Source
from outputs.forms.due import CHECKED, LAW_72, Due, due, rows
from outputs.forms.in_force import period_of
from outputs.forms.material import Material
from outputs.forms.paper import Annex, Grid, Paper, Para
from outputs.forms.texts import fill, value, wordings

_HEADINGS = (
    "STT", "Văn bản", "Lý do, căn cứ phải rà soát, tự kiểm tra", "Cơ quan, đơn vị chủ trì", "Thời hạn hoàn thành",
)  # fmt: skip
_WIDTHS = (1.4, 8.0, 8.0, 4.3, 3.0)


def plan(material: Material) -> Paper:
    """The plan of `material.year`."""
    items = due(material)
    year = material.year
    wording = wordings()["ke-hoach"]
    filled = fill(wording, _values(material, items), {"luat_72"} if year <= LAW_72.year else (),
                  {"don_vi_chu_tri": _units(items)})  # fmt: skip
    paper = phrases.of_committee(wording, filled, material)
    committee = material.names.committee
    annex = Annex(
        f"PHỤ LỤC\nDANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT CẦN KIỂM TRA, RÀ SOÁT NĂM {year}",
        f"(Kèm theo Kế hoạch số          /KH-UBND ngày      tháng      năm        của {committee})",
        Grid(_HEADINGS, _WIDTHS, rows(items), f"Không có văn bản cần kiểm tra, rà soát năm {year}.",
             f"Tổng số: {len(items)} văn bản"),
    )  # fmt: skip
    return replace(paper, annexes=(annex,), placed=(*paper.placed, *_placed(items)))


def _values(material: Material, items: tuple[Due, ...]) -> dict[str, Placed]:
    listed, desk = material.listed(), material.desk
    first, last = period_of(material.year)
    checks = sum(
        1 for entry in listed
        if any(f.proposal in CHECKED and f.id not in desk.handled for f in material.findings_of(entry))
    )  # fmt: skip
    old = sum(1 for entry in listed if entry.predecessor and entry.state != "het_hieu_luc_toan_bo")
    period = Source("input", "ky-he-thong-hoa", "Điều 49 Nghị định số 79/2025/NĐ-CP")

    def counted(label: str, number: int) -> Placed:
        return phrases.count(label, number, material)

    return {
        **phrases.common(material),
        "ngay_lap": value("Ngày lập", date_words(material.as_of)),
        "nam_truoc": value("Năm trước", str(material.year - 1)),
        "so_den_han": counted("Số văn bản đến hạn rà soát", len(items)),
        "so_da_xu_ly": counted("Số phát hiện đã xử lý hoặc kiến nghị xử lý", desk.progress.done),
        "so_phai_xu_ly": counted("Số phát hiện phải xử lý", desk.progress.total),
        "so_dau_hieu": counted("Số văn bản có dấu hiệu phải tự kiểm tra", checks),
        "so_ket_luan": counted("Số kết luận chưa thực hiện xong", sum(1 for one in desk.conclusions if not one.done)),
        "so_don_vi_cu": counted("Số văn bản của đơn vị trước sắp xếp", old),
        "ky_dau": value("Năm đầu kỳ hệ thống hóa", Cell(str(first), (period,))),
        "ky_cuoi": value("Năm cuối kỳ hệ thống hóa", Cell(str(last), (period,))),
        "ky_sau": value("Năm công bố hệ thống hóa", Cell(str(last + 1), (period,))),
    }  # fmt: skip


def _units(items: tuple[Due, ...]) -> tuple[Para, ...]:
    """ "- Phòng Kinh tế: chủ trì rà soát 5 văn bản (số thứ tự 1, 4, …)"."""
    groups: dict[str, list[int]] = {}
    for n, one in enumerate(items, 1):
        groups.setdefault(one.unit.text, []).append(n)
    said = []
    for unit, numbers in sorted(groups.items(), key=lambda pair: (not pair[0], pair[0])):
        which = ", ".join(map(str, numbers))
        name = unit or "Chưa phân công đơn vị chủ trì"
        said.append(Para(f"- {name}: {len(numbers)} văn bản (số thứ tự {which} tại Phụ lục)."))
    return tuple(said) or (Para("Chủ trì tự kiểm tra, rà soát văn bản thuộc lĩnh vực phụ trách khi có căn cứ."),)


def _placed(items: tuple[Due, ...]) -> list[Placed]:
    names = _HEADINGS[1:]
    return [
        Placed(f"Phụ lục, {n}, {name}", cell)
        for n, one in enumerate(items, 1)
        for name, cell in zip(names, (one.name, one.why, one.unit, one.until), strict=True)
    ]
