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
    "Kinh phí thực hiện là 60.000.000 đồng (Bằng chữ: Sáu mươi lăm triệu đồng).",
    "Ban vận động có 12 thành viên, trong đó có 01 Trưởng ban, 02 Phó Trưởng ban và 08 ủy viên.",
    "Tổng kinh phí là 70.000.000 đồng, gồm: sửa cống 20.000.000 đồng; sửa đường 45.000.000 đồng.",
    "Xã giải quyết việc làm cho 90 lao động. Trong quý cuối, giải quyết việc làm cho 80 lao động.",
    "Tổng số hộ được xét là 40 hộ, trong đó thôn Đông 12 hộ, thôn Đoài 15 hộ, thôn Nam 10 hộ.",
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
    "Kinh phí thực hiện là 65.000.000 đồng (Sáu mươi lăm triệu đồng).",
    "Ban vận động có 12 thành viên, trong đó có 02 nữ.",
    "Ban vận động có 12 thành viên, trong đó có 01 Trưởng ban, 02 Phó Trưởng ban và 09 ủy viên.",
    "Tổng kinh phí là 65.000.000 đồng, gồm: sửa cống 20.000.000 đồng; sửa đường 45.000.000 đồng.",
    "Xã giải quyết việc làm cho 90 lao động; mỗi thôn giải quyết việc làm cho 80 lao động.",
    "Xã tổ chức lớp học cho 30 cán bộ thôn. Xã tổ chức lớp học cho 45 hội viên nông dân.",
    "Tỷ lệ trường trung học, trường nghề có thư viện số mở đạt 100%. Tỷ lệ trường tiểu học, trường mầm non có thư viện "
    "số mở đạt 60%.",
])  # fmt: skip
def test_what_fits_is_left_alone(review: Review, make, words: str) -> None:
    assert [f.message for f in found(review([make(words, DAY)]), "MT05")] == []


ANNEX = "\n\nPHỤ LỤC\nPHÂN BỔ KINH PHÍ\n(Kèm theo Quyết định số 07/2024/QĐ-UBND)\n"


@pytest.mark.parametrize(("words", "annex", "told"), [
    ("Phân bổ 41.000.000 đồng cho các thôn (chi tiết tại Phụ lục kèm theo).",
     "Thôn Đông\t25.000.000\nThôn Đoài\t15.000.000\nTổng cộng\t40.000.000", True),
    ("Phân bổ 40.000.000 đồng cho các thôn (chi tiết tại Phụ lục kèm theo).",
     "Thôn Đông\t25.000.000\nThôn Đoài\t15.000.000\nTổng cộng\t40.000.000", False),
    ("Phân bổ 40 triệu đồng cho các thôn (chi tiết tại Phụ lục kèm theo).",
     "Đơn vị tính: nghìn đồng\nThôn Đông\t25.000\nThôn Đoài\t15.000\nTổng cộng\t40.000", False),
    ("Công nhận 05 hộ hiến đất (danh sách kèm theo).",
     "1. Hộ ở đầu thôn\n2. Hộ ở giữa thôn\n3. Hộ ở cuối thôn\n4. Hộ ở bến sông", True),
    ("Công nhận 04 hộ hiến đất (danh sách kèm theo).",
     "1. Hộ ở đầu thôn\n2. Hộ ở giữa thôn\n3. Hộ ở cuối thôn\n4. Hộ ở bến sông", False),
    ("Công nhận 05 hộ hiến đất (danh sách kèm theo).",
     "1. Hộ ở đầu thôn\n2. Hộ ở giữa thôn\n3. Hộ ở cuối thôn\n1. Hộ ở bến sông\n2. Hộ ở chợ", False),
])  # fmt: skip
def test_an_annex_against_the_body(review: Review, make, words: str, annex: str, told: bool) -> None:
    assert bool(found(review([make(words, DAY) + ANNEX + annex]), "MT05")) is told


CLAUSE = "Điều 4. Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn ít nhất là 30 ngày."
CEILING = "Điều 4. Mức hỗ trợ làm đường thôn cho mỗi hộ nghèo trong một năm không quá 2.000.000 đồng."
SHARE = "Điều 4. Quy ước đường thôn được thông qua khi có trên 50% tổng số đại diện hộ gia đình tán thành."


LEAST = "Điều 4. Kinh phí hoạt động của Tổ quản lý đường thôn mức thấp nhất là 5.000.000 đồng một năm."
ABOVE = (
    "Điều 4. Người làm đường giỏi được tặng quà gồm hiện vật trị giá 200.000 đồng và 500.000 đồng tiền mặt.\n"
    "Mức chi nêu trên là mức tối thiểu."
)
WINDOW = "Điều 4. Trong thời hạn 15 ngày trước ngày hết hạn giữ đường thôn, hộ gia đình phải gia hạn giữ đường thôn."
SERVED = "Điều 4. Tổ trưởng Tổ quản lý đường thôn có thời gian công tác ở ngành giao thông ít nhất là 02 năm."
CRITERIA = "Điều 4. Thôn được công nhận là thôn có đường đẹp khi có từ 03 tiêu chí trở lên trong 05 tiêu chí sau."
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
    (LEAST, "Kinh phí hoạt động của Tổ quản lý đường thôn là 4.000.000 đồng một năm.", True),
    (LEAST, "Kinh phí hoạt động của Tổ quản lý đường thôn là 6.000.000 đồng một năm.", False),
    (ABOVE, "Người làm đường giỏi được tặng quà gồm hiện vật trị giá 100.000 đồng và 300.000 đồng tiền mặt.", True),
    (ABOVE, "Người làm đường giỏi được tặng quà gồm hiện vật trị giá 300.000 đồng và 600.000 đồng tiền mặt.", False),
    (WINDOW, "Trong thời hạn 30 ngày trước ngày hết hạn giữ đường thôn, hộ gia đình phải gia hạn giữ đường.", True),
    (SERVED, "Tổ trưởng Tổ quản lý đường thôn có thời gian công tác ở ngành giao thông ít nhất là 05 năm.", True),
    (SERVED, "Tổ trưởng Tổ quản lý đường thôn có thời gian công tác ở ngành giao thông ít nhất là 02 năm.", False),
    (CRITERIA, "Thôn được công nhận là thôn có đường đẹp khi có từ 02 tiêu chí trở lên trong 05 tiêu chí.", True),
    (CRITERIA, "Thôn được công nhận là thôn có đường đẹp khi có từ 04 tiêu chí trở lên trong 05 tiêu chí.", False),
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
