"""When a clause takes effect: every form that texts use, and what stays unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.effects.dates import When, when

SIGNED = date(2025, 11, 20)


def read(words: str) -> When:
    return when(words.lower(), 0, len(words), SIGNED)


FIRST_DAYS = [
    ("có hiệu lực kể từ ngày 04 tháng 12 năm 2025", date(2025, 12, 4)),
    ("có hiệu lực từ 26/11/2024", date(2024, 11, 26)),
    ("có hiệu lực thi hành kể từ ngày 12/ 02/2026", date(2026, 2, 12)),
    ("có hiệu lực từ ngày ký ban hành", SIGNED),
    ("có hiệu lực kể từ ngày được thông qua", SIGNED),
    ("có hiệu lực sau 10 ngày kể từ ngày ký", date(2025, 11, 30)),
    ("có hiệu lực sau 07 (bảy) ngày, kể từ ngày ký ban hành", date(2025, 11, 27)),
    ("có hiệu lực sau mười lăm ngày kể từ ngày ký", date(2025, 12, 5)),
    ("có hiệu lực sau 45 ngày, kể từ ngày ký", date(2026, 1, 4)),
    ("áp dụng từ năm ngân sách 2026", date(2026, 1, 1)),
    # Working days need the calendar of holidays; another act's day and an event are not known here.
    ("có hiệu lực sau 05 ngày làm việc kể từ ngày ký", None),
    ("có hiệu lực kể từ ngày Nghị định số 262/2025/NĐ-CP ngày 14 tháng 10 năm 2025 có hiệu lực", None),
    ("có hiệu lực cho đến khi có quy định mới", None),
]


@pytest.mark.parametrize(("words", "first"), FIRST_DAYS)
def test_first_day(words: str, first: date | None) -> None:
    assert read(words).first == first


LAST_DAYS = [
    ("từ ngày 01/01/2026 đến hết ngày 31/12/2026", date(2026, 12, 31)),
    ("kể từ ngày 18 tháng 11 năm 2025 đến ngày 31 tháng 12 năm 2025", date(2025, 12, 31)),
    ("được thực hiện đến hết năm 2026", date(2026, 12, 31)),
    ("cho đến khi có quy định khác", None),
]


@pytest.mark.parametrize(("words", "last"), LAST_DAYS)
def test_last_day(words: str, last: date | None) -> None:
    assert read(words).last == last


def test_the_texts_own_day() -> None:
    assert read("hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực thi hành").own
    assert not read("hết hiệu lực kể từ ngày 01/01/2026").own


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(0, 400))
def test_any_day_is_read(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    words = f"kể từ ngày {first:%d} tháng {first:%m} năm {first.year} đến hết ngày {last.day}/{last.month}/{last.year}"
    if last.year < 2100:
        assert read(words) == When(first, last, found=True)
