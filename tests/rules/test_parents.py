"""HL04: an implementing document and the acts above it, in the three windows of the law."""

from __future__ import annotations

from datetime import date

import pytest

from rules.hl_parents import window

LAW_80 = "khoản 4 Điều 154 Luật số 80/2015/QH13"
ORDINANCE = "Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn số 34/2007/PL-UBTVQH11"


@pytest.mark.parametrize(("ended", "proposal", "ground", "words"), [
    (date(2023, 7, 1), "dua_vao_danh_muc", LAW_80, "hết hiệu lực cùng thời điểm"),
    (date(2025, 3, 31), "dua_vao_danh_muc", LAW_80, "hết hiệu lực cùng thời điểm"),
    (date(2025, 4, 1), "xem_xet", "khoản 2 Điều 57 Luật số 64/2025/QH15", "tiếp tục có hiệu lực phần không trái"),
    (date(2025, 6, 30), "xem_xet", "khoản 2 Điều 57 Luật số 64/2025/QH15", "tiếp tục có hiệu lực phần không trái"),
    (date(2025, 7, 1), "dua_vao_danh_muc", "87/2025/QH15", "trừ khi được công bố tiếp tục có hiệu lực"),
    (None, "xem_xet", "khoản 2 Điều 57 Luật số 64/2025/QH15", "tiếp tục có hiệu lực phần không trái"),
])  # fmt: skip
def test_the_window_is_that_of_the_day_on_which_the_parent_ended(ended, proposal, ground, words):
    found = window(ended)
    assert found.proposal == proposal
    assert ground in found.ground
    assert words in found.says


def central(symbol: str, day: date, title: str, body: str, *, kind: str = "NGHỊ ĐỊNH", first: str = "") -> str:
    """A central act; `first` in words gives its first day in force."""
    issuer, does = ("QUỐC HỘI", "Luật") if kind == "LUẬT" else ("CHÍNH PHỦ", "Nghị định")
    if kind == "THÔNG TƯ":
        issuer, does = "BỘ CÔNG THƯƠNG", "Thông tư"
    number = body.count("Điều ") + 1
    last = f"Điều 9{number}. Hiệu lực thi hành\n{does} này có hiệu lực thi hành kể từ ngày {first}.\n" if first else ""
    return (
        f"{issuer}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: {symbol}\n"
        f"Hà Nội, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}\n{kind}\n{title}\n{body}\n{last}"
    )


DECREE = central(
    "901/2017/NĐ-CP", date(2017, 3, 1), "Quy định chi tiết một số điều của Luật Bến mẫu số 900/2016/QH13",
    "Điều 1. Phạm vi điều chỉnh\nNghị định này quy định chi tiết Điều 7 Luật Bến mẫu số 900/2016/QH13.",
    first="01 tháng 5 năm 2017",
)  # fmt: skip
LOCAL = (
    "Căn cứ Nghị định số 901/2017/NĐ-CP ngày 01 tháng 3 năm 2017 của Chính phủ quy định chi tiết một số điều của Luật "
    "Bến mẫu;\nQuyết định này quy định chi tiết khoản 2 Điều 5 Nghị định số 901/2017/NĐ-CP ngày 01 tháng 3 năm 2017 "
    "của Chính phủ."
)


def ending(day: str, year: int) -> str:
    return central(
        f"902/{year - 1}/QH15", date(year - 1, 11, 20), "Bến mẫu",
        "Điều 1. Phạm vi điều chỉnh\nLuật này quy định về bến mẫu.\nĐiều 2. Bãi bỏ\nLuật Bến mẫu số 900/2016/QH13 hết "
        "hiệu lực kể từ ngày Luật này có hiệu lực thi hành.", kind="LUẬT", first=day,
    )  # fmt: skip


def hl04(findings):
    return [finding for finding in findings if finding.rule == "HL04"]


@pytest.mark.parametrize(("first", "year", "proposal"), [
    ("01 tháng 7 năm 2024", 2024, "dua_vao_danh_muc"),
    ("01 tháng 5 năm 2025", 2025, "xem_xet"),
    ("01 tháng 01 năm 2026", 2026, "dua_vao_danh_muc"),
])  # fmt: skip
def test_the_end_of_a_law_reaches_the_commune_through_the_decree(review, make, first, year, proposal):
    (found,) = hl04(review([make(LOCAL, date(2018, 3, 15))], [DECREE, ending(first, year)]))
    assert found.proposal == proposal
    assert found.certainty in ("can_kiem_tra", "goi_y")
    assert found.target_symbol == "901/2017/NĐ-CP"
    assert [e.symbol for e in found.evidence] == [f"902/{year - 1}/QH15", "901/2017/NĐ-CP"]
    assert "900/2016/QH13" in found.message


def test_a_living_law_and_a_living_decree_are_no_finding(review, make):
    assert hl04(review([make(LOCAL, date(2018, 3, 15))], [DECREE])) == []


def test_a_law_that_ended_before_the_commune_wrote_is_a_matter_of_checking_not_of_this_rule(review, make):
    assert hl04(review([make(LOCAL, date(2024, 9, 15))], [DECREE, ending("01 tháng 7 năm 2024", 2024)])) == []


def test_a_decree_that_was_announced_to_continue_is_no_finding(review, make):
    goes_on = central(
        "903/NQ-CP", date(2026, 1, 16), "Công bố văn bản quy định chi tiết tiếp tục có hiệu lực",
        "Điều 1. Công bố văn bản tiếp tục có hiệu lực\nCông bố Nghị định số 901/2017/NĐ-CP ngày 01 tháng 3 năm 2017 "
        "của Chính phủ tiếp tục có hiệu lực.", kind="NGHỊ QUYẾT",
    )  # fmt: skip
    acts = [DECREE, ending("01 tháng 01 năm 2026", 2026)]
    assert hl04(review([make(LOCAL, date(2018, 3, 15))], acts))
    assert hl04(review([make(LOCAL, date(2018, 3, 15))], [*acts, goes_on])) == []


def test_a_decree_issued_while_the_next_law_was_waiting_does_not_detail_the_old_one(review, make):
    """Signed before, in force with the new law: its "Luật Bến mẫu" is not the one that ended on that day."""
    decree = DECREE.replace("901/2017/NĐ-CP", "904/2024/NĐ-CP").replace("01 tháng 03 năm 2017", "20 tháng 06 năm 2024")
    decree = decree.replace("01 tháng 5 năm 2017", "01 tháng 7 năm 2024")
    local = LOCAL.replace("901/2017/NĐ-CP ngày 01 tháng 3 năm 2017", "904/2024/NĐ-CP ngày 20 tháng 6 năm 2024")
    assert hl04(review([make(local, date(2024, 6, 25))], [decree, ending("01 tháng 7 năm 2024", 2024)])) == []
