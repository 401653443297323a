"""The date behind a number or name: "ngày 01 tháng 4 năm 2025", "(ngày 8/6/2010)", "năm 2013"."""

from __future__ import annotations

import re
from datetime import date

from extractors.dates import DATE, date_of
from extractors.patterns import spaced

_LEAD = spaced(r"\s{0,3},?\s{0,3}\(?\s{0,2}(?:ban hành )?(?=ngày\s|\d)", re.IGNORECASE)
_YEAR = spaced(r" (?:năm\s{0,3})?\(?(?P<year>19\d\d|20\d\d)\)?(?![\w/])", re.IGNORECASE)


def date_after(text: str, at: int) -> tuple[date | None, int]:
    """The date that follows at `at`, and its end; (None, `at`) where none does."""
    lead = _LEAD.match(text, at)
    match = DATE.match(text, lead.end()) if lead else None
    day = date_of(match) if match else None
    if lead is None or match is None or day is None:
        return None, at
    closes = "(" in lead[0] and text[match.end() : match.end() + 1] == ")"
    return day, match.end() + closes


def year_after(text: str, at: int) -> tuple[int | None, int]:
    """The year that follows at `at` ("năm 2013", "2013"), and its end; (None, `at`) where none does."""
    match = _YEAR.match(text, at)
    return (int(match["year"]), match.end()) if match else (None, at)
