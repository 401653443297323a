"""Issuer, number and symbol, kind, date, title, signer: the `document` part of a record.

Reads only the head (about 90 lines) and the tail. Every field is what the document says of itself; what it leaves out
stays None. `effective` and `expires` come from the clauses (`extractors.effects`), not from here.
Source: NĐ 30/2020 appendix I and III; NĐ 78/2025 Art. 62–71.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Day

from corpus import symbols
from corpus.model import Level, Masthead, Text
from corpus.text import squeeze, tone_key
from extractors import dates, issuers
from extractors.issuers import Body
from extractors.masthead import letterhead as head
from extractors.masthead.letterhead import Number, PlaceAndDate
from extractors.masthead.preface import MOTTO, HeadLine, Zones, read_head
from extractors.masthead.signature import Tail, adopted_on, read_tail


def read(text: Text, title: str | None = None) -> Masthead:
    """The masthead of a cleaned text. `title`, the file's own (HTML), is asked only for what the text leaves out."""
    lines, zone = read_head(text)
    whole = text.text
    own = _number(whole, zone, title, lines)
    place = head.place_and_date(whole, zone)
    tail = read_tail(whole, zone.body)
    kind = _kind(zone, own, whole)
    body = _issuer(whole, zone, own, kind, tail, place)
    spans = _spans(whole, zone, own, body, tail)
    date = place.date if place else None
    if place:
        spans["date"] = place.span
    elif kind in ("nghi_quyet", "luat", "phap_lenh") and (adopted := adopted_on(whole, zone.body)):
        found = dates.find_date(whole, *adopted)
        if found:
            date, spans["date"] = found.date, (found.start, found.end)
    subject = _title(whole, zone, own, kind)
    if subject:
        spans["title"] = subject
    written_title = _one_line(whole[slice(*subject)]) if subject else None
    return Masthead(
        symbol=own.symbol if own else None,
        kind=kind,
        issuer=body.name if body else None,
        authority=_authority(body, own, kind),
        level=_level(body, own, date),
        date=date,
        title=written_title,
        signer=tail.signer,
        normative=_normative(own, kind, lines),
        symbol_as_written=own.as_written if own and own.as_written != own.symbol else None,
        territory=body.units if body else (),
        spans=spans,
    )


def _number(text: str, zone: Zones, title: str | None, lines: list[HeadLine]) -> Number | None:
    """The number in the text; that of the file's title where the text has none, a blank, or one of another kind.

    The letters in the text are kept as written. A symbol from the title has the span (0, 0): the text lacks it.
    """
    own = head.number(text, zone, lines)
    if own is None:
        named = (
            [line for line in lines[:45] if zone.kind_span and line.start == zone.kind_span[0]]
            if zone.kind
            else lines[:3]
        )
        for line in named:
            if found := head.number_in_title(line.text):
                return replace(found, span=(line.start + found.span[0], line.start + found.span[1]))
    other = head.number_in_title(squeeze(title)) if title else None
    if other is None or other.symbol is None:
        return own
    if own is None:
        return replace(other, span=(0, 0))
    blank = own.symbol is None and symbols.key(other.symbol).endswith(symbols.key("0" + own.as_written)[1:])
    wrong = zone.kind and symbols.kind_of(_shape(own)) != zone.kind and symbols.kind_of(other.symbol) == zone.kind
    return replace(own, symbol=other.symbol) if blank or wrong else own


def _kind(zone: Zones, own: Number | None, text: str) -> str | None:
    """Kind by the kind line, the label or the letters of the number; an official letter has neither."""
    letters = symbols.kind_of(_shape(own)) if own else None
    if letters in ("van_ban_dang", "van_ban_hop_nhat"):
        return letters
    of_state = own is not None and letters is not None and _OF_STATE.search(own.as_written)
    if not of_state and _PARTY.search(text, *zone.letterhead):
        return "van_ban_dang"
    if zone.kind:
        return zone.kind
    if own and own.label and (named := _KIND_OF_WORDS.get(own.label.lower().removesuffix("số").strip())):
        return named
    if letters:
        return letters
    if own or head.subject(text, zone):
        return "cong_van"
    return _kind_of_sentence(text, zone)


def _kind_of_sentence(text: str, zone: Zones) -> str | None:
    """Kind by what the first sentences say: "UBND thị trấn Vĩnh Lộc xây dựng kế hoạch …"."""
    match = _SENTENCE.search(text, zone.body, zone.body + 4000)
    return _KIND_OF_WORDS[squeeze(match["kind"].lower())] if match and match["kind"] else None


def _issuer(
    text: str, zone: Zones, own: Number | None, kind: str | None, tail: Tail, place: PlaceAndDate | None
) -> Body | None:
    """The issuing body: by letterhead, acting line, the number's letters, enacting sentence or signature."""
    sample = text[zone.body : zone.body + 5000]
    written = issuers.read_bodies(head.issuer_lines(text, zone, own), sample)
    body = issuers.own_body(written)
    acting = issuers.own_body(list(zone.acting))
    enacting = _enacting(text, zone)
    if enacting and kind == "nghi_quyet" and enacting.name.startswith("Ủy ban nhân dân"):
        enacting = None  # a people's committee adopts no resolution: the sentence gives it a task
    if body is None:
        body = acting
    if body is None and own and own.symbol and (central := symbols.issuer_of(own.symbol)):
        body = Body(central, "trung_uong")
    if body is None:
        body = enacting
    if body is None and tail.acting:
        body = issuers.own_body(issuers.read_bodies(_OF_OFFICE.sub("", tail.acting)))
    if body is None:
        return None
    office = next(
        (each.office for each in (acting, body, enacting) if each and each.office and _same(each, body)), None
    )
    body = Body(body.name, body.level, office, body.units)
    if body.local and not body.units:
        unit = next((each.units for each in (acting, enacting) if each and each.units and _same(each, body)), ())
        if not unit:
            near = text[zone.letterhead[0] : zone.body + 3000]
            found = issuers.find_unit(near, place.place) if place and place.place else None
            found = found or _unit_of_title(text, zone) or issuers.find_province(near)
            unit = (found,) if found else ()
        if unit:
            body = issuers.with_unit(body, unit[0], unit[1:])
    if body.level in ("xa", "huyen") and len(body.units) == 1:
        around = (
            text[zone.letterhead[0] : zone.body + 4000]
            + "\n"
            + (text[slice(*tail.recipients)] if tail.recipients else "")
        )
        body = Body(
            body.name,
            body.level,
            body.office,
            body.units + issuers.units_above(around, body.units[0], place.date if place else None),
        )
    return body


def _same(one: Body, other: Body) -> bool:
    """Whether two readings name one body: the letters may be cut ("Ủy ban nhân dân" for that of a commune)."""
    a, b = tone_key(one.name), tone_key(other.name)
    return a.startswith(b) or b.startswith(a)


def _enacting(text: str, zone: Zones) -> Body | None:
    """The body of the enacting sentence: "Chủ tịch … ban hành Quyết định", "UBND xã … xây dựng kế hoạch"."""
    start, end = (
        (max(zone.bases[0], zone.bases[1] - 1500), zone.bases[1] + 1500)
        if zone.bases
        else (zone.body, zone.body + 4000)
    )
    match = _SENTENCE.search(text, max(start - 1, 0), end)
    return issuers.own_body(issuers.read_bodies(match["body"])) if match else None


def _unit_of_title(text: str, zone: Zones) -> str | None:
    """ "trên địa bàn xã Vĩnh Lộc" in the title names the territory of a letterhead that does not."""
    if not zone.title:
        return None
    match = _GROUND.search(text, zone.title[0], zone.body)
    return issuers.unit_name(squeeze(match["unit"])) if match else None


def _authority(body: Body | None, own: Number | None, kind: str | None) -> str | None:
    """The office that acts for the body, where the text says so; a circular is its minister's (Luật 64/2025 Art. 4)."""
    if body is None:
        return None
    if (
        body.office is None
        and own
        and re.search(r"-CT(?:\.)?UBND$", own.as_written.upper())
        and body.name.startswith("Ủy ban")
    ):
        return f"Chủ tịch {body.name}"
    if (
        body.office is None
        and kind == "thong_tu"
        and body.name.startswith("Bộ ")
        and "," not in body.name.replace(", Thể", "")
    ):
        return f"Bộ trưởng {body.name}"
    return body.authority


def _level(body: Body | None, own: Number | None, date: Day | None) -> Level | None:
    if body and body.units:
        return issuers.level_of_unit(body.units[0], date) if body.local else body.level
    return (body.level if body else None) or (symbols.level_of(own.symbol) if own and own.symbol else None)


def _shape(own: Number) -> str:
    """The symbol, with 0 for a number that is still blank, so that its letters can be read."""
    return own.symbol or ("0" + own.as_written if own.as_written.startswith(("/", "-")) else own.as_written)


def _normative(own: Number | None, kind: str | None, lines: list[HeadLine]) -> bool | None:
    """Normative or not by the shape of the number; an attached text follows the act that it is attached to."""
    if own:
        return kind in _ALWAYS_NORMATIVE or symbols.is_normative(_shape(own), kind)
    for line in lines[:25] if kind in _ATTACHABLE else ():
        if match := _ATTACHED.match(line.text):
            return symbols.is_normative(symbols.normalise(match["symbol"]))
    return None


def _title(text: str, zone: Zones, own: Number | None, kind: str | None) -> tuple[int, int] | None:
    """Range of the title (trích yếu), without the kind, the words "V/v" and what stands in brackets below it."""
    span = zone.title or (head.subject(text, zone, own) if zone.kind is None or kind == "cong_van" else None)
    if span is None:
        return None
    start, end = span
    raw = text[start:end]
    lead = _TITLE_LEAD.match(raw)
    start += lead.end() if lead else 0
    if note := _TITLE_NOTE.search(raw):
        end = span[0] + note.start()
    end = start + len(text[start:end].rstrip(" \n*_|-–.:")) if start < end else start
    if text[start:end].startswith("(") and text[start:end].endswith(")"):
        start, end = start + 1, end - 1
    return (start, end) if end > start else None


def _one_line(raw: str) -> str:
    return squeeze(re.sub(r"[*_|]{1,3}(?=\s|$)|(?<!\S)[*_|]{1,3}", "", raw))


def _spans(text: str, zone: Zones, own: Number | None, body: Body | None, tail: Tail) -> dict[str, tuple[int, int]]:
    """Ranges of the parts that are there."""
    found: dict[str, tuple[int, int] | None] = {
        "motto": head.motto(text, zone), "kind": zone.kind_span, "bases": zone.bases, "recipients": tail.recipients,
        "signature": tail.signature, "signer": tail.signer_span, "symbol": own.span if own and own.span[1] else None,
        "issuer": _issuer_span(text, zone, own) if body else None,
    }  # fmt: skip
    return {name: span for name, span in found.items() if span}


def _issuer_span(text: str, zone: Zones, own: Number | None) -> tuple[int, int] | None:
    """Where the letterhead names its body: from the first line that begins with one to the last line of its name."""
    named = frozenset(head.issuer_lines(text, zone, own).split("\n"))
    found: tuple[int, int] | None = None
    at, end = zone.letterhead
    for line in re.finditer(r"[^\n]+", text[at:end]):
        words = line[0].strip(" |*_")
        merged = MOTTO.search(words)
        if merged:  # two columns run together
            words = words[: merged.start()].strip(" |*_")
        start = at + line.start() + line[0].find(words)
        if found is None and issuers.read_bodies(words[:120]):
            found = start, start + len(words)
            if merged:
                break
        elif found and words in named and not _SESSION.match(words):
            found = found[0], start + len(words)
        elif found:
            break
    return found


_SESSION = re.compile(r"(?i)kh(?:óa|oá)\s|kỳ\s+họp|nhiệm\s+kỳ")
_KIND_OF_WORDS = {name.lower(): kind for kind, name in symbols.KIND_NAMES.items()} | {"bộ luật": "luat"}
_PARTY = re.compile(
    r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|(?:^|\n)[\s|*_]*(?:ĐẢNG\s+BỘ|ĐẢNG\s+[UỦ][ỶY]|TỈNH\s+[UỦ][ỶY]|HUYỆN\s+[UỦ][ỶY]|"
    r"THÀNH\s+[UỦ][ỶY])\s"
)
_OF_STATE = re.compile(r"(?:UBND|HĐND)(?:\W|$)")
_SENTENCE = re.compile(
    r"(?=[CUỦHQTB])(?:(?<=\n)|(?<=[.,;]\s)|\A)(?P<body>(?:Chủ\s+tịch\s+)?(?:[UỦ][ỷy]\s+ban\s+nhân\s+dân|UBND|"
    r"Hội\s+đồng\s+nhân\s+dân|HĐND|Chính\s+phủ|Quốc\s+hội|"
    r"[UỦ][ỷy]\s+ban\s+Thường\s+vụ\s+Quốc\s+hội|Thủ\s+tướng\s+Chính\s+phủ|"
    r"(?:Bộ\s+trưởng\s+)?Bộ\s+[A-ZĐ])[^\n.;:]{0,80}?)\s+"
    r"(?:xây\s+dựng|ban\s+hành|thông\s+báo|hướng\s+dẫn|báo\s+cáo|triển\s+khai|công\s+khai|quyết\s+định|công\s+bố|"
    r"đề\s+ra|yêu\s+cầu|trình)"
    r"(?:\s+(?P<kind>(?:[Kk]ế\s+hoạch|[Bb]áo\s+cáo|[Tt]hông\s+báo|[Hh]ướng\s+dẫn|[Qq]uyết\s+định|[Nn]ghị\s+quyết|"
    r"[Cc]hỉ\s+thị|[Cc]hương\s+trình|"
    r"[Qq]uy\s+chế|[Qq]uy\s+định|[Pp]hương\s+án|[Đđ]ề\s+án|[Tt]ờ\s+trình)))?"
)
_OF_OFFICE = re.compile(r"^\s*(?:T\.?M|K\.?T|T\.?L|T\.?U\.?Q|Q)\s?[.,]\s?")
_GROUND = re.compile(
    r"(?i:địa\s+bàn|của|tại)\s+(?P<unit>(?i:tỉnh|thành\s+phố|huyện|quận|thị\s+xã|thị\s+trấn|xã|"
    r"phường)\s+[^\s,.;:()]+(?:\s+[^\s,.;:()]+){0,2})\s*(?=\n|$)"
)
# Also with the numbers of before 1997, which have no year ("24-CP"); Luật Ban hành VBQPPL 1996 brought the year in.
_ALWAYS_NORMATIVE = frozenset(("luat", "phap_lenh", "nghi_dinh", "thong_tu", "thong_tu_lien_tich"))
_ATTACHABLE = ("quy_che", "quy_dinh", "chuong_trinh", "phuong_an", "de_an", "ke_hoach", "khac")
_ATTACHED = re.compile(
    r"[\s(*_]*(?i:ban\s+hành\s+)?(?i:kèm\s+theo)\s+(?i:quyết\s+định|"
    r"nghị\s+quyết)\s+(?i:số)\s*:?\s*(?P<symbol>\d{0,5}/\d{4}/[A-ZĐ]{2}[\w-]{2,20})"
)
_TITLE_LEAD = re.compile(
    r"[\s:.*_|\-–]*(?:[Vv]/[Vv]\s*:?\s*|"
    r"(?:CỦA|Của)\s+(?:[UỦ][ỶYỷy]\s|H[Ộộ][Ii]\s|UBND\s|HĐND\s|CHỦ\sTỊCH\s)[^\n]{0,80}?(?:\n|\s(?=\(?V[Ềề]\s))|"
    # "CỦA CHÍNH PHỦ SỐ 24-CP NGÀY 18-3-1993 QUY ĐỊNH …"
    r"CỦA\s[^\n\d]{3,90}?\sSỐ:?\s[^\s]{2,30},?\sNGÀY\s\d{1,2}(?:\s?[-/.]\s?|\sTHÁNG\s)\d{1,2}"
    r"(?:\s?[-/.]\s?|\sNĂM\s)\d{4}\s{1,3})?"
)
_TITLE_NOTE = re.compile(r"\n\s*\((?:[Kk]èm|[Bb]an hành|BAN HÀNH|KÈM)")
