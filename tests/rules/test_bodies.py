"""Who acts: deeds below a heading that names a body, and matters that a higher text keeps for another authority."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Finding
from rules.mt_bodies import same_part
from rules.norms import same_body

Review = Callable[..., tuple[Finding, ...]]
DAY = date(2024, 3, 15)


def told(found: tuple[Finding, ...], code: str = "MT04") -> list[Finding]:
    return [f for f in found if f.rule == code and f.certainty != "goi_y" and f.path.endswith("dia-phuong/0.txt")]


LICENCES = (
    "Số: 99/2023/NĐ-CP; Điều 7. Nhiệm vụ và quyền hạn của Ban quản lý khu công nghiệp\n"
    "1. Cấp, gia hạn giấy phép khai thác bến thủy nội địa phục vụ doanh nghiệp hoạt động trong khu công nghiệp."
)


def test_deed_below_a_heading_belongs_to_the_body_it_names(review: Review, make, make_decree) -> None:
    own = (
        "Điều 2. Sở Giao thông vận tải\n"
        "1. Cấp, gia hạn giấy phép khai thác bến thủy nội địa phục vụ doanh nghiệp hoạt động trong KCN."
    )
    found = told(review([make(own, DAY)], [make_decree(LICENCES)]))
    assert len(found) == 1
    assert "Sở giao thông vận tải" in found[0].message
    assert "Ban quản lý khu công nghiệp" in found[0].message
    assert found[0].target_symbol == "99/2023/NĐ-CP"


@pytest.mark.parametrize(
    "own",
    [
        "Điều 2. Ban quản lý khu công nghiệp\n"
        "1. Cấp, gia hạn giấy phép khai thác bến thủy nội địa phục vụ doanh nghiệp hoạt động trong KCN.",
        "Điều 2. Sở Giao thông vận tải\n1. Tổng hợp báo cáo về bến thủy nội địa của doanh nghiệp trong KCN.",
    ],
)
def test_same_body_or_another_deed_is_no_conflict(review: Review, make, make_decree, own: str) -> None:
    assert told(review([make(own, DAY)], [make_decree(LICENCES)])) == []


TUITION = "Số: 99/2023/NĐ-CP; Điều 4. Hội đồng nhân dân cấp xã quy định mức thu dịch vụ trông giữ xe đạp tại chợ xã."


def test_fee_kept_for_the_council_and_set_by_the_committee(review: Review, make, make_decree) -> None:
    own = "Điều 2. Mức thu dịch vụ trông giữ xe đạp tại chợ xã là 2.000 đồng một lượt."
    found = told(review([make(own, DAY)], [make_decree(TUITION)]))
    assert len(found) == 1
    assert "Hội đồng nhân dân cấp xã" in found[0].message


def test_committee_that_carries_out_a_resolution_sets_nothing_itself(review: Review, make, make_decree) -> None:
    own = (
        "Căn cứ Nghị quyết số 05/2024/NQ-HĐND ngày 10 tháng 01 năm 2024 của Hội đồng nhân dân xã An Hòa;\n"
        "Điều 2. Mức thu dịch vụ trông giữ xe đạp tại chợ xã là 2.000 đồng một lượt."
    )
    assert told(review([make(own, DAY)], [make_decree(TUITION)])) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("ủy ban nhân dân cấp tỉnh", "ủy ban nhân dân tỉnh", True),
        ("ủy ban nhân dân cấp xã", "ủy ban nhân dân tỉnh", False),
        ("giám đốc sở nội vụ", "sở nội vụ", True),
        ("hội đồng nhân dân cấp xã", "ủy ban nhân dân cấp xã", False),
        ("chủ tịch ủy ban nhân dân", "ủy ban nhân dân", False),
    ],
)
def test_names_of_one_body(a: str, b: str, same: bool) -> None:
    assert same_body(a, b) is same


@pytest.mark.parametrize(("part_of", "count"), [("Ủy ban nhân dân tỉnh", 1), ("Ủy ban nhân dân đặc khu", 0)])
def test_bodies_under_another_unit_are_another_thing(
    review: Review, make, make_decree, part_of: str, count: int
) -> None:
    deed = "việc thành lập, tổ chức lại, thay đổi tên gọi, giải thể cơ quan chuyên môn, tổ chức hành chính khác thuộc"
    own = f"Điều 2. Nhiệm vụ\n1. Giám đốc Sở Nội vụ quyết định {deed} Ủy ban nhân dân tỉnh."
    higher = f"Số: 99/2023/NĐ-CP; Điều 6. Nhiệm vụ\n1. Ủy ban nhân dân cấp tỉnh quyết định {deed} {part_of}."
    assert len(told(review([make(own, DAY)], [make_decree(higher)]))) == count


def test_one_common_kind_of_unit_is_enough() -> None:
    both = "cơ quan thuộc Ủy ban nhân dân tỉnh, đơn vị thuộc Ủy ban nhân dân cấp huyện"
    assert same_part(both, "cơ quan thuộc Ủy ban nhân dân cấp tỉnh, cấp huyện")
    assert same_part(both, "cơ quan chuyên môn")
    assert not same_part(both, "cơ quan thuộc UBND đặc khu")
