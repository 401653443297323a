"""Where the alphabet is small every case is tried: kinds × issuers in symbols, letters, numerals, days of a year."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from corpus import symbols
from corpus.model import Citation, Masthead, Outline, Text, TextLine
from corpus.register import NothingKnown
from extractors.citations import cite
from extractors.citations.expand import LETTERS, roman

BODIES = ("CP", "TTg", "UBND", "HĐND", "CTN", "STP", "VP", *symbols.MINISTRIES)
# Abbreviations of kinds that stand in a symbol "number/year/kind-issuer", with the words that texts write before it.
KINDS = {
    short: symbols.KIND_NAMES[kind]
    for short, kind in symbols.KIND_OF_ABBREVIATION.items()
    if short not in ("HP", "L", "BL", "PL", "L-CTN", "LCT", "VBHN", "CV")
}


def cite_lines(lines: list[str]) -> list[list[Citation]]:
    """The citations of each line, all read as one text."""
    text = "\n".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    paragraphs = tuple(TextLine(at, at + len(line)) for at, line in zip(starts, lines, strict=False))
    found = cite(Text(text, paragraphs), Masthead(symbol="1/2025/NĐ-CP", kind="nghi_dinh"), Outline(()), NothingKnown())
    return [[one for one in found if at <= one.start < end] for at, end in pairwise(starts)]


@pytest.mark.parametrize("short", KINDS)
def test_every_kind_with_every_issuer(short: str) -> None:
    usual = {"TTR": "TTr", "CTR": "CTr"}.get(short, short)
    written = [f"{number}/{usual}-{body}" for body in BODIES for number in ("12/2024", "12")]
    lines = [f"theo {KINDS[short]} số {symbol} ngày 05 tháng 6 năm 2024." for symbol in written]
    for symbol, line, found in zip(written, lines, cite_lines(lines), strict=True):
        assert symbols.normalise(symbol) == symbols.normalise(symbols.normalise(symbol))
        assert symbols.kind_of(symbol) == symbols.KIND_OF_ABBREVIATION[short], symbol
        assert [one.text for one in found] == [line[5:-1]], line
        (target,) = found[0].targets
        assert (target.symbol, target.date) == (symbols.normalise(symbol), date(2024, 6, 5)), line
        assert target.kind == symbols.KIND_OF_ABBREVIATION[short], line


def test_every_letter_with_and_without_a_mark_of_insertion() -> None:
    points = [letter + mark for letter in LETTERS for mark in ("", "1", "2", "12")]
    found = cite_lines([f"theo điểm {point} khoản 2a Điều 51b Luật Giá." for point in points])
    assert [[target.provision for target in one[0].targets] for one in found] == [
        [f"art_51b__cl_2a__pt_{point}"] for point in points
    ]


def test_every_numeral_up_to_a_hundred() -> None:
    numerals = [roman(value) for value in range(1, 101)]
    for level, name in (("Chương", "chp"), ("Phụ lục", "app"), ("Phần", "part")):
        found = cite_lines([f"theo {level} {numeral} Luật Giá." for numeral in numerals])
        assert [[target.provision for target in one[0].targets] for one in found] == [[f"{name}_{n}"] for n in numerals]


def test_every_day_of_a_leap_year_in_every_writing() -> None:
    days = [date(2024, 1, 1) + timedelta(days=i) for i in range(366)]
    forms = "ngày {d:02} tháng {m:02} năm {y}", "ngày {d}/{m}/{y}", "ngày {d:02}-{m:02}-{y}", "({d:02}/{m:02}/{y})"
    for form in forms:
        written = [form.format(d=day.day, m=day.month, y=day.year) for day in days]
        found = cite_lines([f"theo Quyết định số 12/QĐ-UBND {day} về việc đó." for day in written])
        assert [one[0].targets[0].date for one in found] == days, form


def test_days_that_do_not_exist_are_no_dates() -> None:
    for written in ("31/4/2024", "30/02/2024", "29/02/2023", "0/1/2024", "12/13/2024"):
        (found,) = cite_lines([f"theo Quyết định số 12/QĐ-UBND ngày {written} về việc đó."])
        assert found[0].targets[0].date is None, written
