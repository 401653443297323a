"""The new text that a local amending act gives is its own norm; what it quotes of a central act is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from corpus.model import Finding

Review = Callable[..., tuple[Finding, ...]]
DAY = date(2024, 3, 15)
POSTED = "Số: 99/2023/NĐ-CP; Điều 4. Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn ít nhất là 30 ngày."
NEW_TEXT = "“2. Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn là 10 ngày.”"


def told(found: tuple[Finding, ...]) -> list[Finding]:
    return [f for f in found if f.rule == "MT01" and f.certainty != "goi_y"]


def test_the_new_text_of_a_local_amending_act_is_judged(review: Review, make, make_decree) -> None:
    own = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Quyết định số 05/2022/QĐ-UBND ngày 10 "
        "tháng 01 năm 2022 của Ủy ban nhân dân xã An Hòa\n1. Khoản 2 Điều 6 được sửa đổi như sau:\n" + NEW_TEXT
    )
    found = told(review([make(own, DAY)], [make_decree(POSTED)]))
    assert len(found) == 1
    assert "10 ngày" in found[0].places[0].quote


def test_what_an_act_says_of_a_central_one_is_not(review: Review, make, make_decree) -> None:
    own = f"Điều 2. Chép lại\n1. Khoản 2 Điều 6 Nghị định số 12/2020/NĐ-CP được sửa đổi như sau:\n{NEW_TEXT}"
    assert told(review([make(own, DAY)], [make_decree(POSTED)])) == []
