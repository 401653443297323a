"""Numbers with their units in a clause: amounts, ages, time limits, shares, counts, weekdays, days of the year.

Words and digits meet in one value ("hai phần ba" = 2/3, "năm trăm nghìn đồng" = 500.000 đồng, "05 (năm) ngày" = 5
ngày), and the words around it say whether the clause sets a floor, a ceiling or the thing itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from corpus.text import tone_key

Bound = Literal["min", "max", "limit", "exact"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in `text[start:end]`. `unit` is its class: "đồng", "ngày làm việc", "%", "tuổi" …

    `value` is in base units (đồng, percent as a fraction of 100). `bound`: "min" (at least), "max" (at most),
    "limit" (within, "trong thời hạn"), "exact". `high` is the upper end of a range "từ … đến …".
    """

    start: int
    end: int
    value: Fraction
    unit: str
    bound: Bound
    high: Fraction | None = None


_DIGIT = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
          "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}  # fmt: skip
SCALES = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}

_WORD = "(?:" + "|".join([*_DIGIT, "mười", "mươi", "trăm", "linh", "lẻ"]) + ")"
_WORDS = rf"{_WORD}(?:\s{_WORD}){{0,6}}"
_FIGURES = r"\d{1,3}(?:\.\d{3}){1,4}(?!\d)|\d{1,9}(?:,\d{1,3})?"
_NUMBER = rf"(?:{_FIGURES}|{_WORDS})"
_UNITS = (
    r"ngày làm việc|ngày liên tục|ngày|giờ làm việc|giờ|phút|tháng|năm|tuổi|%|phần trăm|đồng|người|hộ gia đình|hộ|"
    r"bộ hồ sơ|bộ(?= (?:gồm|bao|hồ|\())|"
    r"đại biểu|kỳ họp|kỳ|cuộc họp|phiên họp|lần|loại|bản|thành viên|m2|m²|km|m|tổ viên|nhiệm kỳ|tuần|qúy|đêm|buổi|"
    r"tiêu chí|chỉ tiêu"
)
_QUANTITY = re.compile(
    rf"(?<![\w./,-])(?P<a>{_NUMBER})(?:\s?\((?P<said>{_NUMBER})\))?(?:\s(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ))?\s?"
    rf"(?P<unit>{_UNITS})(?!\w)"
)
_FRACTION = re.compile(
    rf"(?<![\w/])(?:(?P<fa>\d{{1,2}})/(?P<fb>\d{{1,2}})(?![/\d])|(?P<wa>{_WORDS})\sphần\s(?P<wb>{_WORDS})"
    r"|(?P<half>một nửa|quá nửa|nửa)(?=\s(?:tổng|số|mức|trở|thành|đại|$)))"
)
_RANGE = re.compile(rf"(?P<a>{_NUMBER})\s?(?:đến|-|–)\s?(?:dưới\s)?$")
_WEEKDAY = re.compile(r"thứ\s(hai|ba|tư|năm|sáu|bảy)(?!\w)|(chủ nhật)")
_DAY_OF_YEAR = re.compile(r"ngày\s(\d{1,2})(?:\s?/\s?|\stháng\s)(\d{1,2})(?!\s?/\s?\d|\snăm\s\d|\d)")
_CLOCK = re.compile(
    r"(?<!\w)(?:trước|sau|lúc|vào lúc) (?P<time>(?P<hour>\d{1,2}) giờ(?: (?P<minute>\d{2})(?: phút)?)?)(?!\w)"
    r"(?! (?:làm việc|liên tục|kể từ|khi|trước|sau|tính)|,? kể từ)"
)
"""A time of the day ("trước 23 giờ của ngày"), not a span: none is sooner or later in anybody's favour."""
_DAY_OF_MONTH = re.compile(r"ngày\s(\d{1,2})\s(?:hằng|hàng|mỗi)\stháng")
_FULL_DATE = re.compile(
    r"(?:ngày\s)?\d{1,2}(?:\s?/\s?|\stháng\s)\d{1,2}(?:\s?/\s?|\snăm\s)\d{4}"
    r"|tháng\s\d{1,2}\snăm\s\d{4}"
)
_EVERY = re.compile(
    rf"(?:mỗi|hằng|hàng)\s(?P<one>tháng|qúy|năm|tuần)\s(?:họp\s)?(?:ít nhất\s)?(?P<times>{_NUMBER})\s(?:lần|kỳ)"
    rf"|(?P<many>{_NUMBER})\s(?P<unit>tháng|qúy|năm|tuần)\s(?:họp\s)?(?:một|01|1)\slần"
)

_MIN_BEFORE = re.compile(
    r"(?:ít nhất(?: là)?|tối thiểu(?: là)?|thấp nhất(?: là)?|không ít hơn|không dưới|không thấp hơn|từ đủ|từ|trên|đủ"
    r"|hơn|quá|không sớm hơn)"
    r"(?:\s(?:có|phải|là|đạt|bằng))?\s?$"
)
_MAX_BEFORE = re.compile(
    r"(?:không quá|tối đa(?: là)?|không vượt quá|chậm nhất(?: là)?(?: sau)?|muộn nhất(?: là)?|dưới|không cao hơn"
    r"|không nhiều hơn|nhiều nhất(?: là)?|cao nhất(?: là)?|trước)\s?$"
)
_LIMIT_BEFORE = re.compile(r"(?:trong thời hạn|thời hạn(?: là)?|trong vòng|trong)\s?$")
_MIN_AFTER = re.compile(r"^\s?(?:trở lên|hoặc hơn)")
_BEFORE_EVENT = re.compile(r"^\s?(?:làm việc\s)?,?\s?trước (?:ngày|khi|phiên|kỳ|cuộc)")
_UNIT_OF = {"ngày liên tục": "ngày", "phần trăm": "%", "hộ gia đình": "hộ", "bộ": "bộ hồ sơ", "m²": "m2"}


def quantities(text: str) -> list[Quantity]:
    """All quantities of a clause, in reading order, none inside another."""
    key = tone_key(text)
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []

    def add(
        start: int, end: int, value: Fraction | None, unit: str, bound: Bound, high: Fraction | None = None
    ) -> None:
        if value is not None and not any(a < end and start < b for a, b in taken):
            taken.append((start, end))
            found.append(Quantity(start, end, value, unit, bound, high))

    key = _FULL_DATE.sub(lambda m: "·" * len(m[0]), key)
    for match in _EVERY.finditer(key):
        months = {"tuần": Fraction(1, 4), "tháng": Fraction(1), "qúy": Fraction(3), "năm": Fraction(12)}
        if match["one"]:
            times = number(match["times"])
            add(*match.span(), months[match["one"]] / times if times else None, "chu kỳ (tháng)", "exact")
        else:
            count = number(match["many"])
            add(*match.span(), count * months[match["unit"]] if count else None, "chu kỳ (tháng)", "exact")
    for match in _CLOCK.finditer(key):
        if int(match["hour"]) <= 24:
            add(*match.span("time"), Fraction(int(match["hour"])) + Fraction(int(match["minute"] or 0), 60),
                "giờ trong ngày", "exact")  # fmt: skip
    for match in _DAY_OF_MONTH.finditer(key):
        add(*match.span(), Fraction(int(match[1])), "ngày trong tháng", _bound(key, *match.span()))
    for match in _DAY_OF_YEAR.finditer(key):
        add(*match.span(), Fraction(int(match[2]) * 100 + int(match[1])), "ngày trong năm", _bound(key, *match.span()))
    for match in _FRACTION.finditer(key):
        value = _fraction(match)
        if value is not None and value <= 1:
            bound: Bound = "min" if match["half"] == "quá nửa" else _bound(key, *match.span())
            add(*match.span(), value * 100, "%", bound)
    for match in _QUANTITY.finditer(key):
        value = number(match["a"])
        if value is None:
            continue
        value *= SCALES.get(match["scale"] or "", 1)
        unit = _UNIT_OF.get(match["unit"], match["unit"])
        if unit == "năm" and 1900 <= value <= 2100:
            continue
        start, high = match.start(), None
        if before := _RANGE.search(key[max(0, start - 40) : start]):
            low = number(before["a"])
            if low is not None and low * SCALES.get(match["scale"] or "", 1) < value:
                low_value = low * (SCALES.get(match["scale"] or "", 1) if low < 1000 else 1)
                start, high, value = max(0, start - 40) + before.start(), value, low_value
        add(start, match.end(), value, unit, "exact" if high else _bound(key, start, match.end()), high)
    return sorted(found, key=lambda q: q.start)


def weekdays(text: str) -> frozenset[str]:
    """Days of the week that a clause names.

    >>> sorted(weekdays("vào các ngày thứ Hai, thứ Năm hằng tuần"))
    ['hai', 'năm']
    """
    return frozenset(match[1] or match[2] for match in _WEEKDAY.finditer(tone_key(text)))


def _bound(key: str, start: int, end: int) -> Bound:
    before, after = key[max(0, start - 40) : start], key[end : end + 40]
    if _BEFORE_EVENT.search(after) and not key[start:end].startswith("ngày "):
        return "limit" if _LIMIT_BEFORE.search(before) else "min"  # "trong thời hạn 15 ngày trước ngày hết hạn"
    if _MIN_AFTER.search(after):
        return "min"
    if _MAX_BEFORE.search(before):
        return "max"
    if _MIN_BEFORE.search(before):
        return "min"
    return "limit" if _LIMIT_BEFORE.search(before) else "exact"


def _fraction(match: re.Match[str]) -> Fraction | None:
    if match["half"]:
        return Fraction(1, 2)
    top, bottom = number(match["fa"] or match["wa"]), number(match["fb"] or match["wb"])
    return top / bottom if top and bottom else None


def number(written: str) -> Fraction | None:
    """A number in figures or words; None where the words are no number.

    >>> number("1.500.000"), number("0,5"), number("bảy mươi lăm"), number("một trăm")
    (Fraction(1500000, 1), Fraction(1, 2), Fraction(75, 1), Fraction(100, 1))
    """
    text = tone_key(written).strip()
    if re.match(r"\d", text):
        plain = text.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text) else text
        return Fraction(plain.replace(",", ".")) if re.fullmatch(r"\d+(?:[.,]\d+)?", plain) else None
    total, last = 0, None
    for word in text.split():
        if word == "mười":
            total, last = total + 10, None
        elif word == "mươi":
            if last is None:
                return None
            total, last = total + last * 9, None
        elif word == "trăm":
            if last is None:
                return None
            total, last = total + last * 99, None
        elif word in ("linh", "lẻ"):
            continue
        elif word in _DIGIT:
            last = _DIGIT[word]
            total += last
        else:
            return None
    return Fraction(total)


def said(value: Fraction) -> str:
    """A number as Vietnamese texts write it: 36.000.000; 2,4."""
    if value.denominator == 1:
        return f"{value.numerator:,}".replace(",", ".")
    return f"{float(value):.2f}".rstrip("0").replace(".", ",")
