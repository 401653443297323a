"""The marks that begin a unit: "Điều 5.", "2.", "a)", "II.", "1.1.", "-", and how each numbering runs on.

Articles, clauses and points: Nghị định 78/2025/NĐ-CP, Điều 63–64 (form of normative documents). The
letters of points are those of the Vietnamese alphabet without ă â ê ô ơ ư, as all official texts use
them; inserted units carry a mark (51a, 2a, g1; Điều 69 khoản 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LETTERS = "abcdđeghiklmnopqrstuvxy"
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

_MARK = re.compile(
    r"""\n\ *(?P<quote>["“”«]?)\ *(?:
      [ĐÐđ](?:iều|IỀU)\ *(?P<art>\d{1,4}(?:[a-zđ]\d{0,2})?)(?![\w,;)/%])
    | [Cc](?:hương|HƯƠNG)\ *(?P<chp>[IVXLC]{1,7}[^\W\d_]*|\d{1,3}(?!\w))
    | M(?:ục|ỤC)\ +(?P<sec>\d{1,3}|[IVXLC]{1,6}|[A-E])(?!\w)
    | T(?:iểu\ mục|IỂU\ MỤC)\ +(?P<subsec>\d{1,3}|[IVXLC]{1,6})(?!\w)
    | P(?:hần|HẦN)\ +(?:(?:thứ|THỨ|Thứ)\ +)?(?P<part>[IVXLC]{1,6}|\d{1,2}|[A-E]|
        (?i:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười))(?!\w)
    | P(?:hụ\ lục|HỤ\ LỤC)(?P<app>)(?!\w)
    | (?:Biểu\ m|BIỂU\ M|M)(?:ẫu|ẪU)(?:\ (?:số|SỐ|Số))?[\ :]*(?P<form>\d{1,3}[a-zđA-Z]?(?:[./]?[\w\-]{1,12})?)(?!\w)
    | (?P<dec>\d{1,3}(?:\.\d{1,3}){1,4})[.)]?(?=\ ?[^\W\d_]|\ ["“(\d])
    | (?P<num>\d{1,3}(?:[a-zđ]\d?)?)(?:[.)/](?!\d)|\.?\ ?[-–](?=\ )|\.(?=\d{2,}\ ?%))
    | (?P<roman>[IVXLC]{1,7})(?:\.|\)|/|:|\ ?[-–])(?=\s|\w)
    | (?P<upper>[A-HK])(?:[.)/]|\ ?[-–])(?=\ |[^\W\d_])(?![A-Z]\.)
    | (?P<letter>[a-zđ]\d{0,2})[.)](?=\ ?\S)
    | (?P<dash>[-–—•●])(?!-)(?=\ ?\S)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line start that looks like a unit. `rest` is where the words after the mark begin, `end` the line's end."""

    kind: str
    num: str
    start: int
    rest: int
    end: int
    quoted: bool
    sep: str


def marks(text: str, start: int = 0) -> Iterator[Mark]:
    """Marks of `text` in order, one for each line at most. Offsets are those of `text`."""
    padded = "\n" + text
    for match in _MARK.finditer(padded, start):
        kind = match.lastgroup or ""
        end = padded.find("\n", match.end())
        end = len(padded) if end < 0 else end
        close = match.end(kind)
        yield Mark(
            kind, match[kind], match.start() + len(match[0]) - len(match[0].lstrip()) - 1, match.end() - 1, end - 1,
            bool(match["quote"]), padded[close : close + 1],
        )  # fmt: skip


def roman_value(numeral: str) -> int | None:
    """Value of an upper-case Roman numeral in its regular form up to 899, None for anything else.

    >>> roman_value("XIV"), roman_value("IIX")
    (14, None)
    """
    total, rest = 0, numeral
    for sign, value in _ROMAN:
        while rest.startswith(sign):
            total, rest = total + value, rest[len(sign) :]
    return total if not rest and total and roman(total) == numeral else None


_ROMAN = (("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5),
          ("IV", 4), ("I", 1))  # fmt: skip


def roman(value: int) -> str:
    """Roman numeral of 1 … 899."""
    out = ""
    for sign, worth in _ROMAN:
        while value >= worth:
            out, value = out + sign, value - worth
    return out


def order(num: str) -> tuple[int, int] | None:
    """Place in a numbering: (number, mark of insertion); "5" → (5, 0), "5a" → (5, 1), "g1" → (8, 1), "IV" → (4, 0).

    Letters count by their place in the alphabet of points. None for what is no number.
    """
    if num.isdigit():
        return int(num), 0
    match = re.fullmatch(r"(\d{1,4})([a-zđ])(\d{0,2})", num)
    if match:
        return int(match[1]), 1 + LETTERS.find(match[2]) + 30 * int(match[3] or 0)
    match = re.fullmatch(r"([a-zđ])(\d{0,2})", num)
    if match:
        place = LETTERS.find(match[1])
        return (place + 1, int(match[2] or 0)) if place >= 0 else None
    if num.lower() in _ORDINAL_VALUES:
        return _ORDINAL_VALUES[num.lower()], 0
    value = roman_value(num)
    if value:
        return value, 0
    return (ord(num) - 64, 0) if len(num) == 1 and "A" <= num <= "Z" else None


_ORDINAL_VALUES = {word: i for i, word in enumerate(ORDINALS, 1)} | {"bốn": 4}


def follows(num: str, last: str | None) -> bool:
    """Whether `num` is what comes next after `last` (None: nothing yet): 3 after 2, 2a after 2, đ after d, 3 after 2b."""
    here = order(num)
    if here is None:
        return False
    if last is None:
        return here == (1, 0)
    before = order(last)
    if before is None:
        return False
    return here == (before[0] + 1, 0) or (here[0] == before[0] and here[1] == before[1] + 1)
