"""The line starts that shape a text: "Điều 5.", "2.", "a)", "II.", "1.1.", "-", titles, signatures; how numbers run on.

Articles, clauses and points: Nghị định 78/2025/NĐ-CP, Điều 63–64 (form of normative documents). The
letters of points are those of the Vietnamese alphabet without ă â ê ô ơ ư, as all official texts use
them; inserted units carry a mark (51a, 2a, g1; Điều 69 khoản 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ALL_LETTERS = "abcdđefghijklmnopqrstuưvwxyz"
_ORDINALS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
# Small and capital Vietnamese letters as they stand in a character class: in Unicode they alternate (ạ after Ạ).
SMALL = "a-zà-ýăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFA, 2)))
CAPITAL = "A-ZÀ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EF9, 2)))
# Titles of what is issued with a decision; the list is closed, because a line of capitals alone tells nothing.
_NAMED = (
    "QUY CHẾ|QUI CHẾ|QUY ĐỊNH|QUI ĐỊNH|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|ĐIỀU LỆ|PHƯƠNG ÁN|DANH MỤC|QUY TRÌNH|"
    "HƯỚNG DẪN|NỘI QUY|ĐỊNH MỨC|BẢNG|QUY CHUẨN|TIÊU CHÍ|BỘ TIÊU CHÍ|DANH SÁCH|BIỂU|CHIẾN LƯỢC|"
    "QUY HOẠCH|MỨC|THỦ TỤC|ĐƠN GIÁ|BỘ ĐƠN GIÁ|QUY TẮC|BÁO CÁO|TIÊU CHUẨN|NỘI DUNG|DỰ TOÁN|HỆ SỐ|QUY ƯỚC|HƯƠNG ƯỚC"
)

_PATTERN = (
    r"""\n[\ \#]{0,6}(?P<quote>["“”«]?)\ ?(?:
      [ĐÐđ](?:iều|IỀU)(?:\ ?|\n)(?P<art>\d{1,4}(?:[a-zđ]\d{0,2})?)(?![\w,;)/%])
    | (?P<num>\d{1,3}(?:[a-zđ]\d?)?)(?:\ ?[.)/](?!\d)|:(?=\ )|\.?\ ?[-–](?=\ )|\.(?=\d{2,}\ ?%))
    | (?P<dash>[-–—•●])(?!-)(?=\ ?\S)
    | (?P<letter>[a-zđư]\d{0,2})(?:\ ?[.)](?=\ ?\S)|/(?=\ \S)|,(?=\ [{CAPITAL}]))
    | (?P<dec>\d{1,3}(?:\.\d{1,3}){1,4})[.)]?(?=\ ?[^\W\d_]|\ ["“(\d]|\n)
    | (?P<row>\d{1,4})(?=\n)
    | \((?P<paren>[a-zđ])\)(?=\ ?\S)
    | \(?(?P<with>(?:(?:[Đđ]ược\ )?[Bb]an\ hành\ )?(?:[Kk]èm|KÈM)\ (?:theo|THEO)(?!\ [^\n]{1,30}\ này))
    | (?P<tail>(?:Nơi\ nhận|NƠI\ NHẬN|Nơi\ gửi)\ ?(?=:|\n)
        | (?:(?:TM|KT|TL|TUQ|T/M)(?:\.|/|\ )|Q\.)\ ?[{CAPITAL}]{2,}[^\n{SMALL}]{0,60}(?=\n)
        | (?:CHỦ\ TỊCH|PHÓ\ CHỦ\ TỊCH|BỘ\ TRƯỞNG|THỦ\ TƯỚNG|THỐNG\ ĐỐC|CHÁNH\ ÁN|VIỆN\ TRƯỞNG|TỔNG\ KIỂM\ TOÁN|
            GIÁM\ ĐỐC)[^\n{SMALL}]{0,60}(?=\n|\(đã\ ký\))
        | \(?(?:Luật|Bộ\ luật|Nghị\ quyết|Pháp\ lệnh|Hiến\ pháp)\ này\ (?:đã\ )?(?:được|đã)\ [^\n]{5,160}
            thông\ qua[^\n]{0,40}\ ngày)
    | (?P<roman>[IVXLC]{1,7}|[IVX][ivx]{1,5})(?:\ ?[.)/:]|\ ?[-–])(?=\s|\w)
    | (?P<misread>[IlLHVX1|]{2,5})[.,:]?\ (?=[{CAPITAL}]{2})
    | (?P<upper>[A-HK])(?:\ ?[.)/]|\ ?[-–])(?=\ |[^\W\d_])(?![A-Z]\.)
    | [Cc](?:hương|HƯƠNG)(?:\ ?|\n)(?:(?:thứ|THỨ|Thứ)\ )?(?P<chp>[IVXLC]{1,7}[^\W\d_]*|\d{1,3}(?!\w)|
        (?i:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w))
    | M(?:ục|ỤC)[\ \n](?P<sec>\d{1,3}|[IVXLC]{1,6}|[A-E])(?!\w)
    | T(?:iểu\ mục|IỂU\ MỤC)[\ \n](?P<subsec>\d{1,3}|[IVXLC]{1,6})(?!\w)
    | P(?:hần|HẦN)[\ \n](?:(?:thứ|THỨ|Thứ)\ )?(?P<part>[IVXLC]{1,6}|\d{1,2}|[A-E]|
        (?i:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười))(?!\w)
    | (?P<app>P(?:hụ\ lục|HỤ\ LỤC))(?!\w)
    | (?:(?:Biểu\ m|BIỂU\ M|M)(?:ẫu|ẪU)(?:\ (?:số|SỐ|Số))?|B(?:iểu\ số|IỂU\ SỐ))
        [\ :]{0,2}(?P<form>\d{1,3}[a-zđA-Z]?(?:[./]?[\w\-]{1,12})?)(?!\w)
    | (?P<title>(?:BẢN\ )?(?:"""
    + _NAMED.replace(" ", r"\ ")
    + r""")(?![^\W\d_])[^\n{SMALL}]{0,400}(?=\n|\())
    )"""
)
_MARK = re.compile(_PATTERN.replace("{SMALL}", SMALL).replace("{CAPITAL}", CAPITAL), re.VERBOSE)


class Mark(NamedTuple):
    """A line start that looks like a unit. `rest` is where the words after the mark begin, `end` the line's end.

    `sep` is the sign behind the number; `quoted` tells that a quotation mark stands before it. A tuple
    and no dataclass: a text has one for every second line, and a tuple is made four times as fast.
    """

    kind: str
    num: str
    start: int
    rest: int
    end: int
    quoted: bool
    sep: str


def marks(text: str) -> Iterator[Mark]:
    """Marks of `text` in order, one for each line at most. Offsets are those of `text`."""
    padded = f"\n{text}\n"
    find = padded.find
    for match in _MARK.finditer(padded):
        kind = match.lastgroup or ""
        start, rest = match.span()
        while padded[start + 1] in " #":
            start += 1
        close = match.end(kind)
        sep = padded[close]
        if sep == " ":
            sep = padded[close + 1]
        yield Mark(kind, match[kind], start, rest - 1, find("\n", rest) - 1, match["quote"] != "", sep)


def roman(value: int) -> str:
    """Roman numeral of 1 … 899."""
    out = ""
    for sign, worth in _ROMAN:
        while value >= worth:
            out, value = out + sign, value - worth
    return out


@lru_cache(maxsize=1024)
def roman_value(numeral: str) -> int | None:
    """Value of an upper-case Roman numeral in its regular form up to 899, None for anything else.

    >>> roman_value("XIV"), roman_value("IIX")
    (14, None)
    """
    total, rest = 0, numeral
    for sign, value in _ROMAN:
        while rest.startswith(sign):
            total, rest = total + value, rest[len(sign) :]
    return total if not rest and 0 < total < 900 and roman(total) == numeral else None


_ROMAN = (("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5),
          ("IV", 4), ("I", 1))  # fmt: skip
_INSERTED = re.compile(r"(\d{1,4})([a-zđ])(\d{0,2})")
_LETTER = re.compile(r"([a-zđư])(\d{0,2})")


@lru_cache(maxsize=8192)
def order(num: str) -> tuple[int, int] | None:
    """Place in a numbering: (number, mark of insertion); "5" → (5, 0), "5a" → (5, 30), "g1" → (9, 1), "IV" → (4, 0).

    Letters count by their place in the alphabet (with f, j, w, z, which some texts use). None for what
    is no number.
    """
    if num.isdigit():
        return int(num), 0
    if match := _INSERTED.fullmatch(num):
        return int(match[1]), 30 * (1 + LETTERS.find(match[2])) + int(match[3] or 0)
    if match := _LETTER.fullmatch(num):
        return _ALL_LETTERS.index(match[1]) + 1, int(match[2] or 0)
    if num.lower() in _ORDINALS:
        return _ORDINALS[num.lower()], 0
    if value := roman_value(num):
        return value, 0
    return (ord(num) - 64, 0) if len(num) == 1 and "A" <= num <= "Z" else None


@lru_cache(maxsize=16384)
def follows(num: str, last: str | None) -> bool:
    """Whether `num` is what comes next after `last` (None: nothing yet): 3 after 2, 2a after 2, đ after d, 3 after 2b.

    >>> follows("g", "e"), follows("đ", "d"), follows("5", "3")
    (True, True, False)
    """
    here, before = order(num), (0, 0) if last is None else order(last)
    if here is None or before is None:
        return False
    if last and num in LETTERS and last[0] in LETTERS and LETTERS.index(num) == LETTERS.index(last[0]) + 1:
        return True  # g after e: f is no letter of points
    if here[0] == before[0]:
        return last is not None and here[1] in (before[1] + 1, before[1] // 30 * 30 + 30)
    return here == (before[0] + 1, 0)


def plain(num: str) -> str:
    """A number as ids have it: without leading zeros.

    >>> plain("07"), plain("5a"), plain("II")
    ('7', '5a', 'II')
    """
    return num.lstrip("0") or "0" if num[:1] == "0" else num
