"""Vietnamese civil dates as legal texts write them.

Read are "ngày 01 tháng 4 năm 2025", "mồng 1 tháng tư năm 2025", "01/4/2025", "1-4-2025", "1.4.2025", each also
with the spaces that hard wrapping, word segmentation or a blank form leave. A date that does not exist (30/02), one
with a blank ("ngày     tháng 4 năm 2025") or without its year is no date: `None`, never a guess.
Source: NĐ 30/2020 appendix I, II.1.4 (days below 10 and months 1 and 2 get a leading zero; texts do not keep to it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and its range `[start, end)` in the text searched, from "ngày" (where it stands) to the year."""

    date: date
    start: int
    end: int


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundDate]:
    """All dates of `text[start:end]` in reading order; offsets are into `text`."""
    for match in DATE.finditer(text, start, len(text) if end is None else end):
        if found := date_of(match):
            yield FoundDate(found, match.start(), match.end())


def find_date(text: str, start: int = 0, end: int | None = None) -> FoundDate | None:
    """First date of `text[start:end]`, None where it has none.

    >>> find_date("Hà Nội, ngày 05 tháng 01 năm 2026")
    FoundDate(date=datetime.date(2026, 1, 5), start=8, end=33)
    """
    return next(find_dates(text, start, end), None)


def parse_date(text: str) -> date | None:
    """The date that `text` is or starts with (white space ahead is ignored), None where it is none.

    >>> parse_date("1-4-2025"), parse_date("ngày 31 tháng 02 năm 2025")
    (datetime.date(2025, 4, 1), None)
    """
    match = DATE.match(text, len(text) - len(text.lstrip()))
    return date_of(match) if match else None


def date_of(match: re.Match[str]) -> date | None:
    """The date of a match of `DATE`, None where the calendar has no such day."""
    month = match["month"] or match["month_slash"]
    number = int(month) if month.isdigit() else _MONTHS[" ".join(month.lower().split())]
    year = int(match["year"] or match["year_slash"])
    if not 1900 <= year < 2100:
        return None
    try:
        return date(year, number, int(match["day"] or match["day_slash"]))
    except ValueError:
        return None


_MONTHS = {"một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
           "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12}  # fmt: skip
_WORDS = r"mười\s(?:một|hai)|một|giêng|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|chạp"
# "ngày" may be missing before the long form, and is kept in the range where it stands before the short one.
DATE = re.compile(
    r"(?<![\d/.\-])(?:ngày\s{0,4}(?:mồng\s{1,2}|mùng\s{1,2})?)?"
    r"(?:"
    rf"(?P<day>\d{{1,2}})\s{{0,6}}(?:tháng|/)\s{{0,6}}(?P<month>\d{{1,2}}|{_WORDS})(?:,?\s{{0,6}}năm|\s?/)\s{{0,6}}"
    r"(?P<year>\d{4})(?![\d/]|[.\-–]\d)"
    r"|(?P<day_slash>\d{1,2})\s?(?P<mark>[.–-])\s?(?P<month_slash>\d{1,2})\s?(?P=mark)\s?"
    r"(?P<year_slash>\d{4})(?![\d/]|[.\-–]\d)"
    r")",
    re.IGNORECASE,
)
