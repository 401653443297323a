"""KH01: what a higher text gives to the commune to regulate, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from rules.align import sentences
from rules.kh_gaps import assigned


@pytest.mark.parametrize("clause", [
    "Ủy ban nhân dân cấp xã ban hành quy chế quản lý nghĩa trang trên địa bàn.",
    "Ủy ban nhân dân cấp xã tổ chức lập, ban hành, điều chỉnh kế hoạch phát triển đường thôn sau khi có ý kiến của Sở.",
    "Hội đồng nhân dân cấp xã quyết định chương trình hoạt động hằng năm của cấp mình về đường thôn.",
    "Ủy ban nhân dân xã, phường, đặc khu ban hành Quy chế làm việc phù hợp với Quy chế mẫu kèm theo Nghị định này.",
])  # fmt: skip
def test_a_standing_duty_of_the_commune_is_seen(clause, make_decree, review, make):
    local = make("Việc này làm theo lịch của thôn.", date(2024, 3, 15))
    found = [f for f in review([local], [make_decree(f"Điều 1. {clause}")]) if f.rule == "KH01"]
    assert [f.proposal for f in found] == ["ban_hanh_moi"]
    assert found[0].target_symbol == "99/2023/NĐ-CP"


@pytest.mark.parametrize("clause", [
    "Ban hành kèm theo Nghị định này quy chế phối hợp giữa văn phòng đăng ký và Ủy ban nhân dân cấp xã.",
    "Chủ tịch Ủy ban nhân dân cấp xã ban hành quyết định cho từng trường hợp.",
    "Ủy ban nhân dân cấp tỉnh ban hành quy chế quản lý nghĩa trang trên địa bàn.",
    "Ủy ban nhân dân cấp xã lập kế hoạch trình Hội đồng nhân dân cùng cấp.",
])  # fmt: skip
def test_what_arises_case_by_case_or_is_given_to_others_is_not(clause, make_decree, review, make):
    local = make("Việc này làm theo lịch của thôn.", date(2024, 3, 15))
    assert [f.message for f in review([local], [make_decree(f"Điều 1. {clause}")]) if f.rule == "KH01"] == []


def test_a_listed_duty_takes_its_body_from_the_heading(tmp_path):
    from corpus.nothing import NothingKnown
    from extractors import extract

    file = tmp_path / "a.txt"
    file.write_text(
        "CHÍNH PHỦ\nSố: 99/2023/NĐ-CP\nHà Nội, ngày 10 tháng 5 năm 2023\nNGHỊ ĐỊNH\nQuy định về đường thôn\n"
        "Điều 5. Trách nhiệm của Ủy ban nhân dân cấp xã\n1. Xây dựng, ban hành kế hoạch bảo trì đường thôn.\n",
        encoding="utf-8",
    )
    duties = [found for sentence in sentences(extract(file, NothingKnown())) if (found := assigned(sentence))]
    assert [(who, what.strip()) for _, _, who, what in duties] == [
        ("ủy ban nhân dân cấp xã", "kế hoạch bảo trì đường thôn")
    ]
