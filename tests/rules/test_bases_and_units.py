"""Bases on two days, and whether a cited unit exists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Document, Finding, Provision
from rules.hl_validity import least_days
from rules.standing import last_year_of_plan
from rules.units import missing_unit

Review = Callable[..., tuple[Finding, ...]]
LAW_2014 = "Căn cứ Luật Bảo hiểm xã hội số 58/2014/QH13 ngày 20 tháng 11 năm 2014;"


def rules_of(findings: tuple[Finding, ...], family: str) -> list[str]:
    return [f.rule for f in findings if f.rule.startswith(family)]


def test_the_same_base_is_review_or_checking_by_the_day_of_signing(review: Review, make) -> None:
    assert rules_of(review([make(LAW_2014, date(2022, 3, 15))]), "CC") == ["CC01"]
    assert rules_of(review([make(LAW_2014, date(2025, 9, 10))]), "CC") == ["CC03"]


def test_before_the_base_ended_there_is_nothing(review: Review, make) -> None:
    assert rules_of(review([make(LAW_2014, date(2022, 3, 15))], as_of=date(2025, 6, 30)), "CC01") == []


def test_a_base_already_issued_and_in_force_by_the_first_day_is_right(review: Review, make) -> None:
    base = "Căn cứ Luật Bảo hiểm xã hội số 41/2024/QH15 ngày 29 tháng 6 năm 2024;"
    assert rules_of(review([make(base, date(2025, 6, 20))]), "CC03") == []


def test_a_law_by_name_and_date_is_the_one_issued_that_day(review: Review, make) -> None:
    base = "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm 2015;"
    found = [f for f in review([make(base, date(2022, 3, 15))]) if f.rule == "CC01"]
    assert [f.target_symbol for f in found] == ["80/2015/QH13"]


def tree(*ids: str) -> Document:
    units = tuple(
        Provision(i, {"art": "dieu", "cl": "khoan", "pt": "diem"}[i.split("__")[-1].split("_")[0]],
                  i.split("_")[-1], None, n, n + 1) for n, i in enumerate(ids)
    )  # fmt: skip
    return Document("a", "ok", text="x" * len(ids), provisions=units)


TREE = tree("art_1", "art_1__cl_1", "art_1__cl_2", "art_1__cl_2__pt_a", "art_1__cl_2__pt_b", "art_2", "att_1__art_9")


@pytest.mark.parametrize(("provision", "missing"), [
    ("art_1", None), ("art_3", "chỉ có 2 điều"), ("art_1__cl_3", "tại Điều 1 chỉ có 2 khoản"),
    ("art_1__cl_2__pt_b", None), ("art_1__cl_2__pt_đ", "tại khoản 2 Điều 1 chỉ có 2 điểm"), ("art_9", None),
    ("art_1a", None), ("app_1", None),
])  # fmt: skip
def test_missing_units(provision: str, missing: str | None) -> None:
    assert missing_unit(TREE, provision) == missing


def test_a_tree_with_a_gap_calls_nothing_missing() -> None:
    assert missing_unit(tree("art_1", "art_3"), "art_4") is None


@pytest.mark.parametrize(("words", "year"), [
    ("ban hành Kế hoạch cải cách hành chính năm 2024", 2024),
    ("phê duyệt Đề án giai đoạn 2022 - 2025, tầm nhìn đến năm 2030", 2030),
    ("phê duyệt Chương trình giai đoạn 2021-2025", 2025),
    ("ban hành Kế hoạch ngày 12 tháng 3 năm 2024", None),
    ("quy định về đường thôn năm 2024", None),
])  # fmt: skip
def test_last_year_of_a_plan(words: str, year: int | None) -> None:
    assert last_year_of_plan(words) == year


def test_days_before_a_document_takes_effect_are_those_of_its_time() -> None:
    assert [least_days(day, "xa") and least_days(day, "xa")[0] for day in (  # type: ignore[index]
        date(2026, 1, 6), date(2023, 7, 20), date(2012, 8, 20), date(1999, 1, 1))] == [10, 7, 5, None]


@pytest.mark.parametrize("words", [
    "huyện huyện Phòng Phòng", "phạt tiền 1 đồng " * 400, "không được không có " * 400, "từ ngày 1/1 đến ngày " * 400,
    "kế hoạch năm 2020 - 2020 " * 400, "Số: /QĐ-UBND " * 200, "“Điều 1. " * 100, "1.1.1.1. a) - + " * 200,
])  # fmt: skip
def test_odd_text_gives_places_whose_quotes_are_its_words(review: Review, make, words: str) -> None:
    for finding in review([make(words, date(2022, 3, 15))]):
        for place in finding.places:
            assert len(place.quote) == place.end - place.start > 0
