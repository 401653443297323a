"""Reading a number and symbol (số, ký hiệu) in running text, with the noise that real files have.

Read are `79/2025/NĐ-CP`, `4410/QĐ-UBND`, `18-NQ/TW`, `66.7/2025/NQ-CP`, `30a/2008/NQ-CP`, `14/TTLT/BTC-BTNMT`, also
with blanks and line breaks around the marks, long dashes, O for 0, l for 1, a slash or a letter that is missing
(`98/2021NĐ-CP`, `72/2025/QH`), or a footnote number stuck to the end. What is repaired is told: `corrected_from`.
Source: NĐ 30/2020 appendix III; NĐ 78/2025 Art. 71 (number / year / kind - issuer).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus import symbols
from corpus.model.quick import quick
from extractors.dates import DATE, date_of
from extractors.patterns import lazy

_NUMBER = lazy(
    r"(?P<num>[0-9OolI]{1,6})(?P<letter>\s?[a-zđ](?![\wĐ]))?(?P<point>\.\d{1,3}(?=\s{0,3}/))?\s{0,3}(?=[/\-‐‑‒–—−])"
)
_YEAR = lazy(r"/\s{0,3}(?P<year>[0-9OolI]{4,5})(?![0-9])\s{0,3}")
_SEP = lazy(r"\s{0,3}[/\-‐‑‒–—−]\s{0,3}")
_CODE = lazy(
    r"[A-ZĐƯÔƠÂĂÊÍ](?:[A-ZĐƯÔƠÂĂÊÍ0-9&]|[Tt]g(?!\w)|[Tt]r(?!\w)|g(?!\w)|r(?!\w)|yĐ|l(?=\d))*"
    r"(?:\.[A-ZĐ]{1,6}(?![a-z]))?(?![a-zà-ỹ])"
)
_OLD = lazy(
    r"(?P<num>\d{1,5}[a-zđ]?)\s{1,2}(?P<code>[A-ZĐ]{2,8}(?:\s?[/-]\s?[A-ZĐ]{1,8}){0,3})(?![\wĐ])"
    r"\s{1,3}(?=ngày\s{1,3}\d)"
)
_TORN = lazy(r"\s{1,2}P(?![\wĐ])")  # "NĐ-C P": the last letter of the Government's code stands apart
_APART = lazy(r"\s(?:CP|TTg|UBND|HĐND)(?![\wĐ])")  # "30/2020/NĐ CP"
_TERM_APART = lazy(r"\s1\d(?![\w/])")  # "72/2025/QH 15"
_TOGETHER = lazy(r"(NĐ|QĐ|NQ|CT|KH)(CP|TTg|UBND|HĐND)$")  # "30/2020/NĐCP"
_LOW_CODE = lazy(r"(?:qđ|nq|nđ|tt|ttlt|ct|kh|cv|ub|ubnd|hđnd|hđ|cp|ttg|b[a-zđ]{1,8}|qh\d{1,2})(?!\w)")
_FOOTNOTED = lazy(r"([A-ZĐa-z]+)(\d)$")
_DIGITS = frozenset("0123456789OolI")
_OCR = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_TERMS = ((2026, None), (2022, 15), (2021, None), (2017, 14), (2016, None), (2012, 13), (2011, None), (2008, 12),
          (2007, None), (2003, 11), (2002, None), (1998, 10), (1997, None))  # fmt: skip
_BODIES = ("CP", "TTG", "UBND", "HĐND", "TW", *symbols.MINISTRIES)
_OLD_BODIES = ("CP", "HĐBT", "TTG", "CTN", "HĐNN", "CT", "NQ/TW")
_KIND_CODES = frozenset(("NĐ", "QĐ", "NQ", "CT", "KH"))
_CODE_OF_KIND = {"nghi_dinh": "NĐ", "thong_tu": "TT", "quyet_dinh": "QĐ", "nghi_quyet": "NQ", "chi_thi": "CT"}


@quick
@dataclass(frozen=True, slots=True)
class Number:
    """A symbol as read at `[start, end)`: its normal form, the letters where they were mended, and what is doubtful."""

    symbol: str
    start: int
    end: int
    corrected_from: str | None = None
    doubt: str | None = None
    complete: bool = True


def read_number(text: str, at: int, kind: str | None = None, on: date | None = None) -> Number | None:
    """The symbol that stands at `text[at]`, None where there is none.

    `kind` is what the words before it say ("Nghị định"), and mends or completes what the letters leave open;
    `on` is the date that follows. A number and year without letters are completed for decrees alone, which have
    one issuer; for other kinds `complete` is False and the symbol ends with the year.
    """
    head = _NUMBER.match(text, at) if text[at : at + 1] in _DIGITS else None
    if not head or not any(c.isdigit() for c in head["num"]):
        return None
    year_match = _YEAR.match(text, head.end())
    year = year_match["year"].translate(_OCR) if year_match else None
    if year and len(year) == 4 and not 1900 <= int(year) <= 2100:
        return None
    slash = _SEP.match(text, year_match.end() if year_match else head.end())
    codes_start = slash.end() if slash else year_match.end() if year_match else head.end()
    read = _codes(text, codes_start)
    if read is None:
        return _without_letters(text, head, year_match, year, kind) if year_match and year else None
    letters, end = read
    if letters.endswith("-C") and (torn := _TORN.match(text, end)):
        letters, end = letters + "P", torn.end()
    if year and letters in _KIND_CODES and (apart := _APART.match(text, end)):
        letters, end = f"{letters}-{apart[0].strip()}", apart.end()
    elif year and letters in ("QH", "UBTVQH") and (apart := _TERM_APART.match(text, end)):
        letters, end = letters + apart[0].strip(), apart.end()
    if year and (glued := _TOGETHER.match(letters)):
        letters = f"{glued[1]}-{glued[2]}"
    first_sep = "/" if year_match or (slash and "/" in slash[0]) else "-"
    if first_sep == "-" and "/" not in letters and letters.upper() not in _OLD_BODIES:
        return None
    end, letters = _without_footnote(end, letters)
    number = head["num"].translate(_OCR) + (head["letter"] or "").strip() + (head["point"] or "")
    raw = text[at:end]
    misread = slash is None or head["num"] != head["num"].translate(_OCR)
    symbol, changed, doubt = _spelled(raw, number, year, first_sep, letters, kind, on if year and year[4:] else None)
    return Number(symbol, at, end, raw if misread or changed else None, doubt)


@lru_cache(maxsize=1 << 13)
def _spelled(
    raw: str, number: str, year: str | None, sep: str, letters: str, kind: str | None, on: date | None
) -> tuple[str, bool, str | None]:
    """The normal form of what stands as `raw`, whether that is another one, and what is doubtful.

    Acts are cited again and again, so answers are kept.
    """
    year, year_mended = _usual_year(year, on)
    mended, doubt = _mended(letters, year, kind)
    symbol = symbols.normalise(f"{number}/{year}/{mended}" if year else f"{number}{sep}{mended}")
    plain = re.sub(r"[‐‑‒–—−]", "-", re.sub(r"\s+", "", raw))
    return symbol, year_mended or symbols.key(plain) != symbols.key(symbol), doubt


def read_old_number(text: str, at: int) -> Number | None:
    """A number of the time before years stood in symbols, its code behind a blank: "150 CP ngày 07/10/1992".

    A day before 2003 must follow: else "số 150 CP" may be anything. Its normal form has a dash: "150-CP".
    """
    match = _OLD.match(text, at) if text[at : at + 1].isdigit() else None
    day = DATE.match(text, match.end()) if match else None
    on = date_of(day) if day else None
    if match is None or on is None or on.year >= 2003:
        return None
    code = re.sub(r"\s", "", match["code"])
    return Number(symbols.normalise(f"{match['num']}-{code}"), at, match.end("code"))


def _codes(text: str, at: int) -> tuple[str, int] | None:
    """The letters of a symbol from `at` on, "QĐ-UBND", and their end."""
    code = _code(text, at)
    if code is None:
        return None
    letters, end = code
    for _ in range(8):
        sep = _SEP.match(text, end)
        code = _code(text, sep.end()) if sep else None
        if sep is None or code is None or (sep[0][0].isspace() and sep[0][-1].isspace() and len(code[0]) < 2):
            break
        letters, end = letters + ("/" if "/" in sep[0] else "-") + code[0], code[1]
    return letters, end


def _code(text: str, at: int) -> tuple[str, int] | None:
    match = _CODE.match(text, at) or _LOW_CODE.match(text, at)
    return (match[0], match.end()) if match else None


def _without_letters(
    text: str, head: re.Match[str], year: re.Match[str], value: str, kind: str | None
) -> Number | None:
    """`118/2025`: a decree is the Government's; of other kinds only number and year are known."""
    if len(value) != 4:
        return None
    number = head["num"].translate(_OCR) + (head["letter"] or "").strip()
    end = year.start("year") + len(year["year"])
    if re.match(r"\s{0,2}/\s{0,2}\d", text[end : end + 6]):
        return None
    raw = text[head.start() : end]
    if kind == "nghi_dinh":
        return Number(f"{number}/{value}/NĐ-CP", head.start(), end, raw, None)
    if kind in ("luat", "phap_lenh") and (term := term_of(int(value))) and int(value) >= 1998:
        body = f"QH{term}" if kind == "luat" else f"UBTVQH{term}"
        return Number(f"{number}/{value}/{body}", head.start(), end, raw, None)
    return Number(f"{number}/{value}", head.start(), end, None, "thiếu ký hiệu cơ quan ban hành", complete=False)


def term_of(year: int) -> int | None:
    """Term of the National Assembly that sat for the whole of `year`; None in years with an election."""
    for since, term in _TERMS:
        if year >= since:
            return term
    return None


def _usual_year(year: str | None, on: date | None) -> tuple[str | None, bool]:
    """A year of four digits; `25010` is mended by the date beside it."""
    if year is None or len(year) == 4:
        return year, False
    candidates = {year[:i] + year[i + 1 :] for i in range(len(year))}
    if on and str(on.year) in candidates:
        return str(on.year), True
    likely = sorted(c for c in candidates if 1945 <= int(c) <= 2099)
    return (likely[0], True) if likely else (year[:4], True)


def _without_footnote(end: int, letters: str) -> tuple[int, str]:
    """`NĐ-CP1`: the number of a footnote, which extraction glued to the symbol."""
    match = _FOOTNOTED.search(letters) if letters[-1].isdigit() else None
    if match and match[1].upper() in _BODIES:
        return end - 1, letters[:-1]
    return end, letters


def _mended(letters: str, year: str | None, kind: str | None) -> tuple[str, str | None]:
    """The letters as they must be: QH with its term, the kind that the words before the number say."""
    parliament = re.fullmatch(r"((?:PL-|NQ-)?(?:UBTV)?)Q[HN]([l1]?\d?)", letters, re.IGNORECASE)
    if parliament:
        term = parliament[2].translate(_OCR)
        expected = term_of(int(year)) if year else None
        if len(term) < 2 and year and int(year) > 1998:
            if expected is None:
                return f"{parliament[1]}QH{term}", "thiếu khóa Quốc hội trong ký hiệu"
            return f"{parliament[1]}QH{expected}", None
        return f"{parliament[1]}QH{term}".upper(), None
    code, sep, body = letters.partition("-")
    wanted = _CODE_OF_KIND.get(kind or "")
    if wanted and sep and year:
        plain = code.upper().replace("D", "Đ")
        if plain == wanted or code.upper() == wanted:
            return wanted + sep + body, None
        if kind == "thong_tu" and code.upper().startswith("TTL"):
            return letters, None
        known = symbols.KIND_OF_ABBREVIATION.get(code.upper())
        if known is None or (known in _CODE_OF_KIND and known != kind):
            doubt = f"ký hiệu ghi “{code}”, không khớp với tên loại văn bản"
            impossible = known is None or (code.upper() == "NĐ" and body != "CP")
            return (wanted + sep + body if impossible else letters), doubt
    slashed = re.fullmatch(r"(NĐ|NQ|QĐ|CT|TT)/(CP|TTg|TTG|UBND|HĐND|B[A-ZĐ]{1,8})", letters)
    if slashed and year:
        return f"{slashed[1]}-{slashed[2]}", None
    return letters, None
