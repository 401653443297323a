"""What a letterhead says: number and symbol, place and date, motto, subject; what is left of it is the issuer.

Source: NĐ 30/2020 appendix I, II.1.1–II.1.5; NĐ 78/2025 Art. 71.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Day

from corpus import symbols
from corpus.text import squeeze
from extractors import dates
from extractors.issuers import CAPITALS
from extractors.masthead.preface import KIND_WORDS, MOTTO, RULE, HeadLine, Span, Zones


@dataclass(frozen=True, slots=True)
class Number:
    """A số, ký hiệu: normal form (None where its number is blank), the letters as they stand, the label before it."""

    symbol: str | None
    as_written: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class PlaceAndDate:
    """ "Vĩnh Lộc, ngày …": `date` is None where it has blanks or no such day exists."""

    place: str | None
    date: Day | None
    span: Span


def number(text: str, zone: Zones, lines: list[HeadLine]) -> Number | None:
    """The document's own number: in the letterhead, else between kind line and body, else on a line of its own."""
    for match in _NUMBER.finditer(text, zone.letterhead[0], zone.body):
        alone = _begins_line(text, match.start()) and (match["colon"] or _ends_line(text, match.end()))
        if (alone or (match["colon"] and match.start() < zone.letterhead[1])) and (found := _number(match)):
            return found
    for line in lines[:12]:
        if line.start < zone.body and (bare := _BARE_NUMBER.fullmatch(line.text.strip())):
            return Number(symbols.normalise(bare[0]), bare[0], "", (line.start, line.end))
    return None


def number_in_title(title: str) -> Number | None:
    """A symbol that stands only in a title line: "LUẬT DẪN ĐỘ SỐ 100/2025/QH15", "Thông tư số 03/2026/TT-BGDĐT …".

    The symbol of another act, named in the title, is not taken: only the one right after the kind, or the last word
    of a law's title that names no other.
    """
    match = _TITLE_FIRST.match(title) or _TITLE_LAST.match(title)
    if not match or (match.re is _TITLE_LAST and len(_SYMBOL_IN_TITLE.findall(title)) != 1):
        return None
    return Number(symbols.normalise(match["symbol"]), squeeze(match["symbol"]), match["kind"], match.span("symbol"))


def place_and_date(text: str, zone: Zones) -> PlaceAndDate | None:
    """Place and date of issue, from the letterhead, else from between kind line and body (as old texts have them)."""
    found: PlaceAndDate | None = None
    for start, end in (zone.letterhead, (zone.title[1] if zone.title else zone.letterhead[1], zone.body)):
        for match in _PLACE_DATE.finditer(text, start, end):
            part = "ngay" if match["ngay"] else "short"
            date = dates.find_date(text, *match.span(part))
            town = match["place"] or match["town"]
            place = squeeze(town).strip(" |*_") if town else None
            alone = _begins_line(text, match.start()) or _ends_line(text, match.end())
            if not place and (not alone or _ATTACHED_TO.search(text[max(0, match.start() - 160) : match.start()])):
                continue  # a date in a sentence, or that of the act a text is attached to
            if found is None or (place and not found.place):
                found = PlaceAndDate(place or None, date.date if date else None, match.span(part))
        if found:
            return found
    return None


def motto(text: str, zone: Zones) -> Span | None:
    """From "CỘNG HÒA" to "Hạnh phúc"."""
    spans = [match.span() for match in MOTTO.finditer(text, *zone.letterhead)]
    return (spans[0][0], spans[-1][1]) if spans else None


def subject(text: str, zone: Zones, own: Number | None = None) -> Span | None:
    """The subject of an official letter, behind "V/v", or behind the number where it begins with "Về"."""
    match = _SUBJECT.search(text, zone.letterhead[0], zone.body)
    if not match and own and own.span[1]:
        match = _ABOUT.match(text, own.span[1], zone.body)
    if not match:
        return None
    end = match.end("subject")
    cut = _NEXT_PART.search(text[match.start("subject") : end])
    end = match.start("subject") + cut.start() if cut else end
    return match.start("subject"), end


def issuer_lines(text: str, zone: Zones, own: Number | None) -> str:
    """What is left of the letterhead without motto, number, subject, place and date: the issuer, line by line."""
    start, end = zone.letterhead
    left = text[start:end]
    if own and start < own.span[1] <= end and (about := subject(text, zone, own)):
        left = left[: about[0] - start] + " " * (about[1] - about[0]) + left[about[1] - start :]
    cuts = [
        match.span() for pattern in (MOTTO, _PLACE_DATE, _NUMBER, _SUBJECT, _NOISE) for match in pattern.finditer(left)
    ]
    if own and own.span[1] <= end:
        cuts.append((own.span[0] - start, own.span[1] - start))
    chars = list(left)
    for a, b in cuts:
        chars[a:b] = [" "] * (b - a)
    kept = (line.strip(" |*-–—_.=:") for line in "".join(chars).split("\n"))
    return "\n".join(line for line in kept if line and not RULE.fullmatch(line))


# --- grammar of the letterhead ----------------------------------------------------------------------------------

_KIND_LABEL = r"(?:(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Lệnh|Sắc lệnh)\s+)?"
# Cyrillic capitals that look like Latin ones come from careless keyboards: "TT-BTС".
_LETTERS = r"[A-ZĐa-zđƯưƠơ&АВСЕНІКМОРТХ]+"
_REST = rf"{_LETTERS}\d{{0,2}}(?:\s{{0,2}}[-–—/.&_]\s{{0,2}}(?:{_LETTERS}\d{{0,2}}|\d{{4}})){{0,5}}"
_SYMBOL_BODY = (
    rf"(?P<number>[\dOolI]{{0,5}}(?:\.\d{{1,3}})?[a-zA-ZĐđ]?|[.…_\s]{{1,60}})\s{{0,12}}"
    rf"(?P<rest>(?:/\s{{0,2}}(?:\d{{4}}|20[.…_ ]{{0,8}})\s{{0,2}})?[/\-–]\s{{0,2}}{_REST})"
)
_NUMBER = re.compile(
    rf"(?<!\w)(?P<label>{_KIND_LABEL}[Ss][ốỐôÔóÓồỒổỔộỘ](?:\s+hiệu)?)\s*(?P<colon>[:;.]?)[\s|"
    rf"*]{{0,12}}{_SYMBOL_BODY}(?![^\W\d_])"
)
_BARE_NUMBER = re.compile(r"\d{1,5}[a-zđ]?(?:/\d{4})?/[A-ZĐ][\w&/\-–]{1,40}")
_TITLE_SYMBOL = rf"(?P<symbol>\d{{1,5}}[a-zđ]?\s?/\s?(?:\d{{4}}\s?/\s?)?{_REST})"
_TITLE_FIRST = re.compile(
    rf"\s*(?P<kind>{KIND_WORDS})\s+(?:(?:liên tịch\s+)?số\s*:?\s*){{1,2}}{_TITLE_SYMBOL}(?!\w)", re.IGNORECASE
)
_TITLE_LAST = re.compile(
    rf"\s*(?P<kind>LUẬT|BỘ\s+LUẬT|PHÁP\s+LỆNH|NGHỊ\s+QUYẾT)\s(?!.*sửa\s+đổi)[^\n]{{1,300}}?\s(?:số|"
    rf"SỐ)\s*:?\s*{_TITLE_SYMBOL}\s*$",
    re.IGNORECASE,
)
_SYMBOL_IN_TITLE = re.compile(r"\d+\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{2}", re.IGNORECASE)
_NEXT_PART = re.compile(rf"(?i)\n(?=[^\n]{{0,200}}(?:{MOTTO.pattern}|ngày\s*[\d.…_]{{0,12}}\s*tháng))")
_PLACE = (
    rf"(?P<place>(?:(?:TP\.|Tp\.|Thành\s+phố|Tỉnh|Thị\s+trấn|Thị\s+xã|Quận|Huyện|Xã|Phường)\s?)?[{CAPITALS}][\w'’.]*"
    rf"(?:\s[{CAPITALS}][\w'’]*|\s[-–]\s[{CAPITALS}]\w*){{0,4}})\s*"
)
_PLACE_DATE = re.compile(
    rf"(?=[{CAPITALS}n])(?<![^\s|*_])(?:(?:{_PLACE},\s*)?(?P<ngay>(?:ngày|Ngày|NGÀY)[\s.…_]{{0,30}}\d{{0,2}}[\s.…_]{{0,40}}(?:tháng|/|THÁNG|-)"
    r"[\s.…_]{0,30}\d{0,2}[\s.…_,]{0,40}(?:năm|NĂM|/|-)[\s.…_]{0,20}\d{0,4})|"
    rf"{_PLACE.replace('<place>', '<town>')},\s*(?P<short>\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{4}})(?!\d))"
)
_ATTACHED_TO = re.compile(r"[Kk]èm\s+theo\s[^)]*$")
_SUBJECT = re.compile(
    r"(?:^|(?<=[\s|*_]))[Vv]\s?/\s?v\s*:?\s*(?P<subject>[^\n]+(?:\n(?!\s*(?:K[íi]nh|KÍNH))[^\n]+){0,6})"
)
_ABOUT = re.compile(r"\s*(?P<subject>Về\s(?:việc\s)?[^\n]+(?:\n(?!\s*(?:K[íi]nh|KÍNH))[^\n]+){0,6})")
_NOISE = re.compile(
    r"(?m)^\s*(?:DỰ\s+THẢO|Dự\s+thảo)[^\n]{0,30}$|\((?:Dự|DỰ)\s+(?:thảo|THẢO)[^)\n]{0,30}\)|^\s*(?:HỎA\s+TỐC|KHẨN|"
    r"THƯỢNG\s+KHẨN)\s*$|"
    r"^\s*(?:Ký\s+bởi|Người\s+ký|Thời\s+gian\s+ký|Email|Cơ\s+quan:)[^\n]*$"
)


_LATIN = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")


def _begins_line(text: str, at: int) -> bool:
    before = text[max(0, at - 30) : at].rstrip(" (|*_")
    return before.endswith("\n") or (not before and at < 30)


def _ends_line(text: str, at: int) -> bool:
    """Whether nothing follows on the line but what a second column may hold."""
    return bool(re.match(r"[ \t)|*_]*(?:\n|$)|[^\n]{0,40}ngày", text[at : at + 80]))


def _number(match: re.Match[str]) -> Number | None:
    """A match of the number's grammar, None where it is something else (a cited act without the colon of a label)."""
    digits = re.sub(r"\s", "", match["number"])
    rest = re.sub(r"\s", "", match["rest"]).rstrip("-–./_")
    if not match["colon"] and not digits:
        return None
    digits = re.sub(r"(?<=\d)[oO](?=\d|$)|^[oO](?=\d)", "0", digits)
    digits = re.sub(r"(?<=\d)[lI](?=\d|$)|^[lI](?=\d)", "1", digits)
    raw = squeeze(match["number"] + match["rest"])
    blank = not any(c.isdigit() for c in digits) or not re.match(r"/\d{4}|[/\-–]\D", rest)
    plain = re.sub(r"(?<=[A-ZĐa-z])\.(?=[A-ZĐ])", "-", rest)
    symbol = None if blank else symbols.normalise((digits + plain).translate(_LATIN))
    return Number(
        symbol, raw if not blank else rest, squeeze(match["label"]), (match.start("number"), match.end("rest"))
    )
