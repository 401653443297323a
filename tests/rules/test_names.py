"""Names that are gone: found in every writing, left alone where the law and the documents leave them alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Finding

Review = Callable[..., tuple[Finding, ...]]
DAY = date(2022, 3, 15)


def names(review: Review, make: Callable[..., str], words: str, day: date = DAY) -> list[tuple[str, str]]:
    """Rule and words of each TN finding on a decision with these words."""
    return [(f.rule, f.places[0].quote) for f in review([make(words, day)]) if f.rule.startswith("TN")]


@pytest.mark.parametrize(("words", "quote"), [
    ("Hằng quý báo cáo UBND huyện.", "UBND huyện"),
    ("Hằng quý báo cáo Uỷ ban nhân dân huyện Vĩnh Lộc.", "Uỷ ban nhân dân huyện Vĩnh Lộc"),
    ("Phòng Lao động – Thương binh và Xã hội huyện thẩm định danh sách.",
     "Phòng Lao động – Thương binh và Xã hội huyện"),
    ("Phối hợp với Đội Quản lý trật tự đô thị thành phố Thanh Hóa khi kiểm tra.",
     "Đội Quản lý trật tự đô thị thành phố Thanh Hóa"),
    ("Ban Chỉ đạo giảm nghèo huyện hướng dẫn việc bình xét.", "Ban Chỉ đạo giảm nghèo huyện"),
    ("Hồ sơ nộp qua phòng Nội vụ trước ngày 15 tháng 12.", "phòng Nội vụ"),
    ("Công chức Địa chính - Xây dựng - Đô thị & Môi trường chịu trách nhiệm lập hồ sơ.",
     "Công chức Địa chính - Xây dựng - Đô thị & Môi trường"),
    ("Bảo vệ dân phố phối hợp giữ gìn trật tự.", "Bảo vệ dân phố"),
])  # fmt: skip
def test_duty_of_a_body_that_is_gone(review: Review, make, words: str, quote: str) -> None:
    assert ("TN01", quote) in names(review, make, words)


@pytest.mark.parametrize("words", [
    "Công an xã phối hợp giữ gìn trật tự.",
    "Phòng Văn hóa - Xã hội chủ trì thực hiện.",
    "Phòng Nội vụ thuộc Sở Nội vụ hướng dẫn thực hiện.",
    "Ủy ban nhân dân thành phố Hà Nội gửi tài liệu tham khảo.",
    "Thực hiện theo Quyết định số 12/2021/QĐ-UBND của Ủy ban nhân dân huyện Vĩnh Lộc về phân công Phòng Tư pháp.",
    "Bãi bỏ quy định giao Phòng Kinh tế và Hạ tầng huyện kiểm tra.",
    "Hồ sơ lưu giữ nguyên tên “Phòng Tư pháp huyện Vĩnh Lộc”.",
    "Sổ hộ khẩu: người dân không phải nộp sổ hộ khẩu.",
])  # fmt: skip
def test_what_lives_or_is_only_cited_is_left_alone(review: Review, make, words: str) -> None:
    assert names(review, make, words) == []


def test_a_name_without_duty_is_only_a_name(review: Review, make) -> None:
    assert names(review, make, "Biểu mẫu lấy theo tài liệu của Bộ Tài nguyên và Môi trường.") == [
        ("TN02", "Bộ Tài nguyên và Môi trường")
    ]


def test_one_finding_for_one_body_with_all_its_places(review: Review, make) -> None:
    words = "Điều 2. Báo cáo\n1. Hằng tháng báo cáo UBND huyện.\n2. Hằng năm trình Ủy ban nhân dân huyện phê duyệt."
    found = [f for f in review([make(words, DAY)]) if f.rule == "TN01"]
    assert [len(f.places) for f in found] == [2]


def test_before_the_change_there_is_nothing_to_find(review: Review, make) -> None:
    text = make("Hằng quý báo cáo UBND huyện.", DAY)
    assert [f for f in review([text], as_of=date(2025, 6, 30)) if f.rule.startswith("TN")] == []


def test_a_body_already_gone_when_signed_is_a_matter_of_checking(review: Review, make) -> None:
    found = [f for f in review([make("Hằng quý báo cáo UBND huyện.", date(2026, 3, 2))]) if f.rule == "TN01"]
    assert [(f.proposal, "có dấu hiệu" in f.message, "tại thời điểm ban hành" in f.message) for f in found] == [
        ("tu_kiem_tra", True, True)
    ]


def test_an_abolished_paper_is_found_and_a_valid_old_card_is_only_information(review: Review, make) -> None:
    found = {f.rule: f for f in review([make("Người nộp hồ sơ kèm bản sao sổ hộ khẩu.", DAY)])}
    assert found["TN03"].severity == "cao" or found["TN03"].severity == "trung_binh"
    cards = [f for f in review([make("Người dân xuất trình thẻ căn cước công dân.", DAY)]) if f.rule == "TN03"]
    assert [f.severity for f in cards] == ["thong_tin"]


def test_a_unit_that_the_register_lacks_is_told_by_the_table_of_places(review: Review, make) -> None:
    text = make("Quy định này áp dụng tại huyện Hoằng Hóa, tỉnh Thanh Hóa.", DAY, issuer="XÃ HOẰNG ĐỨC")
    found = [f for f in review([text]) if f.rule == "HL05"]
    assert [(f.severity, f.certainty) for f in found] == [("thong_tin", "can_kiem_tra")]
