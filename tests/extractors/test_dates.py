"""The date grammar: every writing of a date that official texts use, and what is no date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import find_date, find_dates, parse_date

DAY = date(2025, 4, 1)


@pytest.mark.parametrize(
    "text",
    ["ngày 01 tháng 4 năm 2025", "01 tháng 04 năm 2025", "NGÀY 01 THÁNG 4 NĂM 2025", "01/4/2025", "1-4-2025",
     "1.4.2025", "ngày 01 / 4 / 2025", "ngày mồng 1 tháng tư năm 2025", "ngày\n01 tháng 4\nnăm 2025",
     "ngày 01tháng 4năm 2025",
     "ngày 01 tháng 4/2025", "ngày 01/4 năm 2025", "ngày  01  tháng  4  năm  2025", "ngày 01 tháng 4, năm 2025"],
)  # fmt: skip
def test_every_usual_writing_of_one_day(text: str) -> None:
    found = find_date(f"Vĩnh Lộc, {text}, về việc")
    assert found is not None
    assert found.date == DAY
    assert (found.start, found.end) == (10, 10 + len(text))
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["ngày      tháng 4 năm 2025", "ngày ... tháng ... năm 2025", "31/02/2025",
     "ngày 31 tháng 4 năm 2025",
     "tháng 4 năm 2025", "12/2024/QĐ-UBND", "số 12/11/2025/QĐ-UBND",
     "Điều 1.2.2025.3", "01/4", "1.1.1", "01/4/0025", "1/2/2025-3"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert find_date(text) is None


def test_month_that_is_named_like_the_word_for_year() -> None:
    assert parse_date("ngày 2 tháng năm năm 2024") == date(2024, 5, 2)


def test_a_list_gives_every_date_in_reading_order() -> None:
    text = "từ ngày 01/7/2025 đến hết ngày 28 tháng 02 năm 2027"
    assert [found.date for found in find_dates(text)] == [date(2025, 7, 1), date(2027, 2, 28)]
    assert find_dates(text, start=20).__next__().date == date(2027, 2, 28)


def test_parse_takes_only_what_the_text_starts_with() -> None:
    assert parse_date("  01/4/2025 của Chính phủ") == DAY
    assert parse_date("từ ngày 01/4/2025") is None


@given(
    st.dates(date(1945, 9, 2), date(2099, 12, 31)),
    st.sampled_from(["{d}/{m}/{y}", "ngày {d:02} tháng {m:02} năm {y}", "{d}-{m}-{y}"]),
)
def test_every_day_comes_back(day: date, form: str) -> None:
    assert parse_date(form.format(d=day.day, m=day.month, y=day.year)) == day


@given(st.text("0123456789/.- ngàythángnăm\n", max_size=200))
def test_any_text_gives_ranges_in_order(text: str) -> None:
    ends = 0
    for found in find_dates(text):
        assert ends <= found.start < found.end <= len(text)
        assert found.date - timedelta(0) == parse_date(text[found.start : found.end])
        ends = found.end
