"""KH02: gaps in the numbering of the commune's own documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import CompleteYear, Finding
from corpus.office.numbers import Numbered, gaps, numbered
from rules.catalogue import RuleSettings

Review = Callable[..., tuple[Finding, ...]]


def known(*numbers: int, year: int = 2024, issuer: str = "Ủy ban nhân dân xã Đồng Lúa") -> list[Numbered]:
    return [one for n in numbers if (one := numbered(f"{n:02d}/{year}/QĐ-UBND", issuer, str(n)))]


def five(make: Callable[..., str]) -> list[str]:
    """Decisions 01, 02, 03, 05 and 06 of 2024."""
    matter = "Việc này làm theo lịch của thôn."
    return [make(matter, date(2024, 3, n), number=f"{n:02d}/2024/QĐ-UBND") for n in (1, 2, 3, 5, 6)]


def test_one_missing_number_of_a_nearly_full_year_is_told() -> None:
    (gap,) = gaps(known(1, 2, 3, 5, 6))
    assert gap.symbols == ("04/2024/QĐ-UBND",)
    assert gap.before.number == 5
    assert not gap.declared


def test_a_few_documents_say_nothing_of_the_rest() -> None:
    assert gaps(known(3, 9, 14)) == ()
    assert gaps(known(1, 2, 4)) == ()


def test_a_year_declared_whole_tells_every_gap_below_its_highest_number() -> None:
    found = gaps(known(3, 6), [CompleteYear(2024)])
    assert [gap.missing for gap in found] == [(1, 2), (4, 5)]
    assert all(gap.declared for gap in found)


@pytest.mark.parametrize("year", [CompleteYear(2023), CompleteYear(2024, "Ủy ban nhân dân xã Khác"),
                                  CompleteYear(2024, None, "nghi_quyet")])  # fmt: skip
def test_another_year_issuer_or_kind_that_is_whole_says_nothing(year: CompleteYear) -> None:
    assert gaps(known(3, 6), [year]) == ()


def test_numbers_of_two_issuers_are_two_series() -> None:
    assert gaps(known(1, 3, 5) + known(2, 4, issuer="Ủy ban nhân dân xã Khác")) == ()


def test_administrative_numbers_without_a_year_are_no_series() -> None:
    assert numbered("4410/QĐ-UBND", "Ủy ban nhân dân xã Đồng Lúa", "x") is None


@pytest.mark.parametrize(("settings", "certainty"), [
    (RuleSettings(), "goi_y"), (RuleSettings(complete_years=frozenset({2024})), "can_kiem_tra"),
])  # fmt: skip
def test_the_finding_stands_on_the_document_after_the_gap(
    review: Review, make: Callable[..., str], settings: RuleSettings, certainty: str
) -> None:
    texts = five(make)
    found = [one for one in review(texts, settings=settings) if one.rule == "KH02"]
    assert [(one.path, one.target_symbol, one.certainty) for one in found] == [
        ("corpus/dia-phuong/3.txt", "04/2024/QĐ-UBND", certainty)
    ]
    assert found[0].severity == "thong_tin"
    assert "04/2024/QĐ-UBND" in found[0].message


def test_numbers_of_the_book_fill_gaps(review: Review, make: Callable[..., str]) -> None:
    texts = five(make)
    first = [one for one in review(texts) if one.rule == "KH02"]
    assert first
    issuer = first[0].message.split("(")[1].split(")")[0]
    settings = RuleSettings(numbered=tuple(known(4, issuer=issuer)))
    assert [one for one in review(texts, settings=settings) if one.rule == "KH02"] == []
