"""What a careful reader met as false or noisy on real documents: each case in a few own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
