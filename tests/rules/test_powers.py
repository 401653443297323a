"""What a local body may not set by itself: procedures, business conditions; rules in an administrative document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Finding

Review = Callable[..., tuple[Finding, ...]]
DOSSIER = "Điều 2. Thành phần hồ sơ: 01 đơn đề nghị cấp phép đào đường thôn, 01 bản vẽ vị trí đào."
CONDITIONS = "Điều 2. Đơn vị thu gom bùn thải phải đáp ứng các điều kiện sau đây:\na) Có ít nhất 02 xe chuyên dùng."


def told(found: tuple[Finding, ...], code: str) -> list[Finding]:
    return [f for f in found if f.rule == code and f.certainty != "goi_y"]


@pytest.mark.parametrize(
    ("words", "day", "law"),
    [
        (DOSSIER, date(2018, 3, 15), "80/2015/QH13"),
        ("Điều 2. Việc đào đường thôn phải được Ủy ban nhân dân xã chấp thuận trước khi thi công.", date(2019, 3, 15),
         "80/2015/QH13"),
        (CONDITIONS, date(2014, 3, 15), "60/2005/QH11"),
        (CONDITIONS, date(2018, 3, 15), "67/2014/QH13"),
        (CONDITIONS, date(2022, 3, 15), "61/2020/QH14"),
    ],
)  # fmt: skip
def test_set_while_a_law_forbade_it(review: Review, make, words: str, day: date, law: str) -> None:
    found = [f for f in told(review([make(words, day)]), "TQ02") if f.target_symbol]
    assert [f.target_symbol for f in found] == [law]
    assert "có dấu hiệu" in found[0].message.lower()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (DOSSIER, date(2016, 3, 15)),
        (CONDITIONS, date(2006, 3, 15)),
        ("Điều 2. Thành phần hồ sơ thực hiện theo quy định tại Điều 5 Nghị định số 15/2021/NĐ-CP.", date(2022, 3, 15)),
        ("Điều 2. Đơn vị thu gom rác phải đáp ứng các điều kiện sau để được hỗ trợ vay vốn:", date(2022, 3, 15)),
    ],
)
def test_not_forbidden_then_or_left_to_the_law(review: Review, make, words: str, day: date) -> None:
    assert [f.message for f in told(review([make(words, day)]), "TQ02") if f.target_symbol] == []


@pytest.mark.parametrize(
    "words",
    [
        "Điều 1. Phê duyệt giá khởi điểm đấu giá lô đất số 5 thôn Đông.",
        "Điều 1. Công bố giá vật liệu xây dựng tháng 3 năm 2022.",
        "Điều 1. Thu học phí theo quy định giá dịch vụ của Hội đồng nhân dân tỉnh.",
    ],
)
def test_one_case_or_what_others_set_is_no_general_rule(review: Review, make, words: str) -> None:
    assert told(review([make(words, date(2022, 3, 15), number="45/QĐ-UBND")]), "TQ05") == []
