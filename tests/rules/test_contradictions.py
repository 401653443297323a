"""MT: a document against itself, against a higher clause, against another document of the commune."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Finding

Review = Callable[..., tuple[Finding, ...]]
DAY = date(2024, 3, 15)
LATER = date(2026, 3, 2)


def found(findings: tuple[Finding, ...], rule: str) -> list[Finding]:
    return [f for f in findings if f.rule == rule and f.path.startswith("corpus/dia-phuong/0")]


@pytest.mark.parametrize("words", [
    "Hỗ trợ 2.000.000 đồng/thôn, tổng 18 thôn là 38.000.000 đồng.",
    "Chi 1.500.000 đồng/tổ/tháng, một năm là 20.000.000 đồng.",
    "Kinh phí năm 2026 là 96.000.000 đồng, gồm: hỗ trợ thêm 60.000.000 đồng và quà mừng thọ 46.000.000 đồng.",
    "Tổ quản lý gồm 05 người: Tổ trưởng, 02 Tổ phó và 03 tổ viên.",
    "Thực hiện từ ngày 20 tháng 10 đến hết ngày 15 tháng 10 năm 2025.",
    "Được bán hàng từ 18 giờ đến 22 giờ, tối đa 05 giờ mỗi ngày.",
    "Làm việc 08 giờ mỗi ngày, 40 giờ mỗi tuần, từ thứ Hai đến hết thứ Bảy.",
    "Áp dụng TCVN 9001:2015. Việc áp dụng TCVN ISO 9001:2015 do Văn phòng theo dõi.",
])  # fmt: skip
def test_a_document_against_itself(review: Review, make, words: str) -> None:
    assert len(found(review([make(words, DAY)]), "MT05")) == 1


@pytest.mark.parametrize("words", [
    "Hỗ trợ 2.000.000 đồng/thôn, tổng 18 thôn là 36.000.000 đồng.",
    "Chi 1,5 triệu đồng/tổ/tháng, một năm là 18.000.000 đồng.",
    "Kinh phí là 106 triệu đồng, gồm: hỗ trợ thêm 60.000.000 đồng và quà mừng thọ 46.000.000 đồng.",
    "Tổ quản lý gồm 04 người: Tổ trưởng, 01 Tổ phó và 02 tổ viên.",
    "Thực hiện từ ngày 15 tháng 10 năm 2025 đến ngày 15 tháng 3 năm 2026.",
    "Được bán hàng từ 18 giờ đến 22 giờ, tối đa 03 giờ mỗi ngày.",
    "Hỗ trợ 50% chi phí thuê nhà. Hỗ trợ 70% chi phí thuê máy.",
])  # fmt: skip
def test_what_fits_is_left_alone(review: Review, make, words: str) -> None:
    assert [f.message for f in found(review([make(words, DAY)]), "MT05")] == []


CLAUSE = "Điều 4. Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn ít nhất là 30 ngày."
CEILING = "Điều 4. Mức hỗ trợ làm đường thôn cho mỗi hộ nghèo trong một năm không quá 2.000.000 đồng."
SHARE = "Điều 4. Quy ước đường thôn được thông qua khi có trên 50% tổng số đại diện hộ gia đình tán thành."


MEMBERS = "Điều 4. Tổ quản lý đường thôn có từ 03 đến 05 thành viên."
DUTIES = (
    "trong đó Tổ trưởng là Trưởng thôn, chịu sự chỉ đạo của Ủy ban nhân dân xã, tham mưu việc sửa chữa cầu cống, chiếu "
    "sáng, trồng cây xanh và vận động nhân dân hiến đất."
)


@pytest.mark.parametrize(("clause", "words", "conflict"), [
    (CLAUSE, "Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn là 15 ngày.", True),
    (CLAUSE, "Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn là ba mươi ngày.", False),
    (CLAUSE, "Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn là 40 ngày.", False),
    (CEILING, "Mức hỗ trợ làm đường thôn cho mỗi hộ nghèo trong một năm là 3.000.000 đồng.", True),
    (CEILING, "Mức hỗ trợ làm đường thôn cho mỗi hộ nghèo trong một năm là 1,5 triệu đồng.", False),
    (SHARE, "Quy ước đường thôn được thông qua khi có trên 40% tổng số đại diện hộ gia đình tán thành.", True),
    (SHARE, "Quy ước đường thôn được thông qua khi có quá nửa tổng số đại diện hộ gia đình tán thành.", False),
    (CLAUSE, "Việc khen thưởng người làm đường giỏi xong trong 5 ngày.", False),
    (MEMBERS, "Tổ quản lý đường thôn có từ 07 đến 09 thành viên, " + DUTIES, True),
    (MEMBERS, "Tổ quản lý đường thôn có từ 03 đến 05 thành viên, " + DUTIES, False),
])  # fmt: skip
def test_a_number_against_a_higher_clause(review: Review, make, make_decree, clause: str, words: str, conflict) -> None:
    assert bool(found(review([make(words, DAY)], [make_decree(clause)]), "MT01")) is conflict


def test_a_later_higher_clause_is_review_an_earlier_one_is_checking(review: Review, make, make_decree) -> None:
    words = "Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn là 15 ngày."
    before = found(review([make(words, date(2022, 3, 15))], [make_decree(CLAUSE)]), "MT01")
    after = found(review([make(words, DAY)], [make_decree(CLAUSE)]), "MT01")
    assert [f.proposal for f in before] == ["sua_doi_bo_sung"]
    assert [(f.proposal, "có dấu hiệu" in f.message) for f in after] == [("tu_kiem_tra", True)]


def test_both_documents_of_a_commune_that_differ_are_found(review: Review, make) -> None:
    one = "Chủ tịch Ủy ban nhân dân xã tiếp công dân vào thứ Ba hằng tuần tại phòng tiếp công dân."
    other = "Chủ tịch Ủy ban nhân dân xã tiếp công dân vào thứ Năm hằng tuần tại phòng tiếp công dân."
    texts = [make(one, DAY), make(other, LATER, number="09/2026/QĐ-UBND")]
    assert {f.path for f in review(texts) if f.rule == "MT06"} == {
        "corpus/dia-phuong/0.txt", "corpus/dia-phuong/1.txt"
    }  # fmt: skip
