"""What a careful reader met as false or noisy on real documents: each case in a few own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.library import CorpusLibrary
from corpus.model import By, Finding
from corpus.register import Register
from rules.base import Context, spoken_by

Review = Callable[..., tuple[Finding, ...]]
DAY = date(2025, 11, 24)
OLD = "Quyết định số 07/2022/QĐ-UBND ngày 17 tháng 02 năm 2022 của Ủy ban nhân dân xã An Hòa"


def found(review: Review, text: str, *codes: str) -> list[Finding]:
    return [f for f in review([text]) if f.rule in codes]


# --- the document that ends another one ------------------------------------------------------------


def test_what_the_document_itself_ends_is_no_finding_elsewhere_in_it(review: Review, make) -> None:
    words = (
        f"Điều 1. Bãi bỏ\nBãi bỏ {OLD} về quản lý đường thôn.\n"
        f"Điều 2. Chuyển tiếp\nHồ sơ đã nhận làm theo mẫu tại {OLD}."
    )
    assert found(review, make(words, DAY, number="12/2025/QĐ-UBND"), "VD01", "VD02", "CC01", "CC02", "CC03") == []


def test_a_second_act_far_behind_the_word_that_ends_it(review: Review, make) -> None:
    matter = " ".join(["về quản lý, sử dụng và bảo trì đường thôn, ngõ xóm và công trình phụ trợ trên địa bàn"] * 4)
    words = (
        f"Ủy ban nhân dân xã ban hành Quyết định bãi bỏ Quyết định số 05/2019/QĐ-UBND {matter} và {OLD}.\n"
        f"Điều 2. Bãi bỏ\nBãi bỏ {OLD}."
    )
    assert found(review, make(words, DAY, number="12/2025/QĐ-UBND"), "VD01", "VD02") == []


def test_what_another_document_ended_is_found(review: Review, make) -> None:
    ending = make(f"Điều 1. Bãi bỏ {OLD}.", DAY, number="12/2025/QĐ-UBND")
    citing = make(f"Mức hỗ trợ thực hiện theo {OLD}.", date(2023, 5, 4), number="03/2023/QĐ-UBND")
    assert [(f.rule, f.target_symbol) for f in review([ending, citing]) if f.rule == "VD01"] == [
        ("VD01", "07/2022/QĐ-UBND")
    ]


def test_a_resolution_of_the_assembly_is_no_law(facts: Register) -> None:
    context = Context(CorpusLibrary({}, facts), date(2026, 11, 24), facts.institutions())
    assert spoken_by([By("202/2025/QH15", None, "replace", date(2025, 6, 12))], context) == (
        "bị thay thế bởi Nghị quyết số 202/2025/QH15"
    )


# --- former names that are no fault ------------------------------------------------------------------


@pytest.mark.parametrize("words", [
    "Điều 2. Hồ sơ\n1. Hồ sơ kèm theo.\n2. Quyết định số 119/QĐ-UBND ngày 01/8/2023 của Chủ tịch UBND tỉnh Lam Sơn "
    "công bố thủ tục mới thuộc thẩm quyền quyết định của UBND cấp tỉnh; UBND cấp huyện trên địa bàn tỉnh Bắc Giang",
    "Điều 2. Hồ sơ\nHồ sơ kèm theo gồm:\n- 431/QĐ-UBND ngày 23/3/2025 của UBND tỉnh Bắc Giang công bố thủ tục hành chính",
    "Từ ngày 01/7/2025 không còn chính quyền cấp huyện nên hồ sơ nộp tại xã.",
    "Tiếp nhận hồ sơ thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp huyện nhưng chưa bàn giao.",
    "Việc này chỉ áp dụng trên địa bàn tỉnh Bắc Giang (cũ).",
    "Số liệu của Sở Nội vụ tỉnh Bình Thuận (trước sắp xếp) được dùng lại.",
    "Việc sắp xếp tỉnh Đắk Nông, tỉnh Bình Thuận và tỉnh Lâm Đồng thành tỉnh Lâm Đồng đã hoàn thành.",
    "Mời Hội Làm vườn tỉnh Bình Thuận tham gia góp ý.",
    "Mời Liên đoàn Bóng đá tỉnh Bình Thuận tham gia góp ý.",
])  # fmt: skip
def test_former_names_in_titles_histories_and_associations(review: Review, make, words: str) -> None:
    assert [(f.rule, f.places[0].quote) for f in found(review, make(words, DAY), "TN01", "TN02")] == []


@pytest.mark.parametrize("words", [
    "Thực hiện Quyết định số 19/QĐ-UBND ngày 01/8/2023; Phòng Tư pháp huyện chủ trì việc này.",
    "Khi không còn nhu cầu, các hộ báo cáo UBND huyện.",
    "Sở Nội vụ tỉnh Bình Thuận hướng dẫn việc này.",
    "Hội đồng thẩm định tỉnh Bình Thuận họp vào tháng 6.",
])  # fmt: skip
def test_names_beside_such_words_are_still_found(review: Review, make, words: str) -> None:
    assert found(review, make(words, DAY), "TN01", "TN02")


def test_places_of_one_finding_are_of_one_institution(review: Review, make) -> None:
    words = "Điều 2. Số liệu\n1. Biểu của tỉnh Hậu Giang.\n2. Biểu của tỉnh Sóc Trăng.\n3. Biểu của tỉnh Hậu Giang."
    assert sorted([p.quote for p in f.places] for f in found(review, make(words, DAY), "TN02")) == [
        ["tỉnh Hậu Giang", "tỉnh Hậu Giang"], ["tỉnh Sóc Trăng"],
    ]  # fmt: skip


def test_a_body_without_its_place_is_that_of_the_only_place_named(review: Review, make) -> None:
    words = "Điều 2. Báo cáo\n1. Hằng quý báo cáo UBND huyện Yên Định.\n2. Hằng năm trình UBND huyện phê duyệt."
    assert [len(f.places) for f in found(review, make(words, DAY), "TN01")] == [2]


def test_a_named_body_beats_its_place(review: Review, make) -> None:
    [one] = found(review, make("Hằng tháng báo cáo Thanh tra huyện Vĩnh Lộc.", date(2022, 3, 15)), "TN01")
    assert (one.places[0].quote, one.target_symbol, one.certainty) == (
        "Thanh tra huyện Vĩnh Lộc", "84/2025/QH15", "can_kiem_tra",
    )  # fmt: skip
    assert one.message.endswith("Hiện nay: Thanh tra tỉnh.")


def test_where_the_duties_of_the_ended_level_went(review: Review, make) -> None:
    [one] = found(review, make("Hằng năm báo cáo Ban Chỉ đạo giảm nghèo huyện.", date(2022, 3, 15)), "TN01")
    assert "Hiện nay nhiệm vụ chia về cấp tỉnh hoặc cấp xã theo từng nghị định" in one.message
