"""Who issues: bodies and their territories, from capitals, short forms or plain text to the full name.

A letterhead is written in capitals, may hold the superior body first ("UBND TỈNH A / SỞ NỘI VỤ"), and breaks
anywhere; a sentence writes "UBND thị trấn Vĩnh Lộc". Both come out as "Ủy ban nhân dân thị trấn Vĩnh Lộc".
Source: NĐ 30/2020 appendix I, II.1.2; Luật 72/2025 Art. 1 (two local levels since 2025-07-01).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date as Day

from corpus import symbols
from corpus.model import Level
from corpus.text import squeeze, tone_key

# Capitals and small letters of Vietnamese, for character classes: "À-Ỹ" would hold both.
CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
SMALL = CAPITALS.replace("A-Z", "a-z").lower()


@dataclass(frozen=True, slots=True)
class Body:
    """A body. `office` is the one who acts for it ("Chủ tịch"); `units` its territory, smallest first."""

    name: str
    level: Level | None = None
    office: str | None = None
    units: tuple[str, ...] = ()

    @property
    def authority(self) -> str | None:
        """The acting office in full: "Chủ tịch Ủy ban nhân dân tỉnh Y"; None where the body itself acts."""
        return f"{self.office} {self.name}" if self.office else None

    @property
    def local(self) -> bool:
        return self.name.startswith(("Ủy ban nhân dân", "Hội đồng nhân dân", "Thường trực Hội đồng nhân dân"))


def read_bodies(text: str, sample: str = "") -> list[Body]:
    """The bodies that `text` (a letterhead or one line) is made of, superior first; [] where it starts with none.

    `sample` is running text of the same document: where it writes the name of a body, its capitals are followed.
    """
    bodies = _read(text, sample)[0]
    return bodies or (_read(_repaired(text), sample)[0] if text.isupper() else [])


def only_bodies(text: str) -> list[Body]:
    """As `read_bodies`, [] where `text` says more. A kind without a name may follow ("ỦY BAN NHÂN DÂN TỈNH")."""
    bodies, end = _read(text, "")
    rest = tone_key(text[end:]).strip(" *_-:,.|\n")
    return bodies if not rest or _UNIT_KIND.fullmatch(rest) else []


def _read(text: str, sample: str) -> tuple[list[Body], int]:
    """Bodies at the beginning of `text`, and how far they reach."""
    key = tone_key(text)
    bodies: list[Body] = []
    at = _SKIP.match(key).end()  # type: ignore[union-attr]
    while at < len(key) and len(bodies) < 4:
        match = _BODY.match(key, at) or _GENERIC.match(key, at)
        if not match:
            break
        end, units = _units(text, key, match.end())
        bodies.append(_body(match, squeeze(text[_name_start(match) : match.end()]), units, sample))
        at = _SKIP.match(key, end).end()  # type: ignore[union-attr]
    return bodies, at


def _repaired(text: str) -> str:
    """Capitals whose marks a scan lost or moved ("ÚY BAN NHÂN DẤN"), for the words of every letterhead."""
    plain = "".join(unicodedata.normalize("NFD", c)[0] for c in text).replace("Đ", "D")
    for right in ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"):
        bare = "".join(unicodedata.normalize("NFD", c)[0] for c in right).replace("Đ", "D")
        at = plain.find(bare)
        if at >= 0:
            text = text[:at] + right + text[at + len(right) :]
    return text


def own_body(bodies: list[Body]) -> Body | None:
    """The issuer among the bodies of a letterhead: the last one, in the territory of those above it.

    >>> own_body(read_bodies("UBND TỈNH BÌNH THUẬN SỞ NỘI VỤ")).name
    'Sở Nội vụ tỉnh Bình Thuận'
    """
    if not bodies:
        return None
    body = bodies[-1]
    above = tuple(unit for superior in reversed(bodies[:-1]) for unit in superior.units)
    if bodies[0].level == "trung_uong" and not body.local:
        known = all(tone_key(each.name) in _KNOWN_NAMES for each in bodies)
        joint = known and len(bodies) > 1 and bodies[0].name not in body.name  # not a body and one of its own parts
        return Body(", ".join(each.name for each in bodies) if joint else body.name, "trung_uong", body.office)
    if body.local or not above:
        return Body(body.name, body.level, body.office, body.units + above)
    if body.units:
        return Body(body.name, body.level or level_of_unit(body.units[0]), body.office, body.units + above)
    superior = bodies[-2]
    if body.name in ("Văn phòng", "Thường trực", "Ban Thường trực", "Ban Thường vụ"):
        return Body(f"{body.name} {superior.name}", superior.level, body.office, above)
    return Body(f"{body.name} {above[0]}", level_of_unit(above[0]), body.office, above)


def with_unit(body: Body, unit: str, above: tuple[str, ...] = ()) -> Body:
    """A people's council or committee whose letterhead leaves out its territory, with that territory."""
    return Body(f"{body.name} {unit}", level_of_unit(unit), body.office, (unit, *above))


def find_unit(text: str, place: str) -> str | None:
    """The unit whose name is `place` ("Vĩnh Lộc"), as `text` names it with its kind ("xã Vĩnh Lộc")."""
    key, name = tone_key(text), re.escape(tone_key(place))
    match = re.search(rf"(?<!\w)({_UNIT_KINDS})\s+{name}(?!\w)", key)
    return unit_name(squeeze(text[match.start() : match.end()])) if match else None


def find_province(text: str) -> str | None:
    """The first province or central city that `text` names with its kind: "tỉnh Tây Ninh"; also in small letters."""
    for match in _PROVINCE.finditer(tone_key(text)):
        return unit_name(squeeze(text[match.start() : match.end()]).lower())
    return None


def units_above(text: str, below: str, on: Day | None = None) -> tuple[str, ...]:
    """The district and province above a commune that its text names: "UBND huyện Vĩnh Lộc" in recital or recipients.

    From 2025-07-01 no district stands above a commune: one that the text still names is its past.
    """
    rank = _RANK[_kind_of_unit(below)]
    found: dict[int, str] = {}
    for match in _SUPERIOR.finditer(text):
        unit = unit_name(squeeze(match["unit"]))
        above = _RANK[_kind_of_unit(unit)]
        past = on is not None and on >= _TWO_LEVELS and level_of_unit(unit) == "huyen"
        if above > rank and above not in found and not past:
            found[above] = unit
    return tuple(found[above] for above in sorted(found))


def unit_name(text: str) -> str:
    """A territory with the kind in small letters and the name as a proper name; short kinds written out.

    >>> unit_name("THỊ TRẤN VĨNH LỘC"), unit_name("TP. HUẾ")
    ('thị trấn Vĩnh Lộc', 'thành phố Huế')
    """
    match = _UNIT_KIND.match(tone_key(text))
    if not match:
        return text
    kind = _KIND_IN_FULL.get(match[1].rstrip("."), match[1])
    name = text[match.end() :].strip()
    if name.isupper() or name.islower():
        name = " ".join(word if word in "-–" else word.capitalize() for word in name.split())
        name = re.sub(
            r"(?<=[-–'’])\w", lambda m: m[0].upper() if m.start() and name[m.start() - 1] in "-–" else m[0], name
        )
    if tone_key(name) == "hồ chí minh":
        kind = "Thành phố"
    return f"{kind} {name}"


def level_of_unit(unit: str, on: Day | None = None) -> Level | None:
    """Level of the body of a territory on a day. A city is a province's where it is one of the central ones, or
    where the district level has ended (2025-07-01)."""
    kind = _kind_of_unit(unit)
    if kind == "thành phố":
        central = tone_key(unit).split("phố ", 1)[-1] in _CENTRAL_CITIES
        return "tinh" if central or (on is not None and on >= _TWO_LEVELS) else "huyen"
    return {1: "xa", 2: "huyen", 3: "tinh"}[_RANK[kind]]  # type: ignore[return-value]


def proper_case(name: str, sample: str = "") -> str:
    """A name in capitals as a proper name, as `sample` writes it, else by the usual rule for sectors.

    >>> proper_case("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH")
    'Sở Văn hóa, Thể thao và Du lịch'
    """
    if not (name.isupper() or name.islower()):
        return name
    known = _KNOWN_NAMES.get(tone_key(name))
    if known:
        return known
    key = tone_key(name)
    if sample:
        at = tone_key(sample).find(key)
        while at >= 0:
            found = sample[at : at + len(name)]
            if found[0].isupper() and not found.isupper():
                return found
            at = tone_key(sample).find(key, at + len(name))
    low = name.lower()
    head = _HEAD_WORD.match(key)
    out = low[0].upper() + low[1:]
    if head and head.end() < len(low):
        out = out[: head.end()] + low[head.end()].upper() + low[head.end() + 1 :]
    return re.sub(r"(?:, | và | - )(?=\w)\w", lambda m: m[0][:-1] + m[0][-1].upper(), out) if head else out


# --- grammar -----------------------------------------------------------------------------------------------

_TWO_LEVELS = Day(2025, 7, 1)
_CENTRAL_CITIES = ("hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế")
_KIND_IN_FULL = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
_RANK = {
    "xã": 1,
    "phường": 1,
    "thị trấn": 1,
    "đặc khu": 1,
    "huyện": 2,
    "quận": 2,
    "thị xã": 2,
    "thành phố": 3,
    "tỉnh": 3,
}
_NO_COMMUNE = r"(?!\s+hội(?:\s*$|\s*[^\w\s]|\s+(?:tỉnh|huyện|xã|phường|thành|thị|quận|đặc)\s))"  # "Văn hóa - Xã hội"
_UNIT_KINDS = r"tỉnh|thành\s+phố|tp\.?|huyện|quận|thị\s+xã|tx\.|thị\s+trấn|tt\.|phường|đặc\s+khu|xã" + _NO_COMMUNE
_UNIT_KIND = re.compile(r"(tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.|thị trấn|tt\.|phường|đặc khu|xã)\s*")
# Words that begin another body: a name of a territory ends before them, wherever the line breaks.
_NEXT = (
    r"(?:ủy\s+ban|ubnd|hđnd|hội\s+đồng|sở\s|(?<!hải\s)phòng\s+\w|văn\s+phòng|ban\s+(?:chỉ|quản|tiếp|dân|pháp|kinh|văn|thanh|công|thường|"
    r"chấp|tổ|tuyên)|thường\s+trực|chi\s+cục|trung\s+tâm\s+\w|công\s+an|trường\s+(?:mầm|tiểu|trung|phổ|th)|thanh\s+tra|"
    r"đảng\s|ubmttq|mttq|mặt\s+trận|chủ\s+tịch|số\s|khóa|kỳ\s+họp)"
)
_WORD = r"[^\s,;:()–\-\d/.]+"
_MORE = rf"(?!{_NEXT}|(?:{_UNIT_KINDS})\s){_WORD}"
_UNIT = re.compile(
    rf"\s*(?:,|-|–)?\s*(?P<unit>(?P<kind>{_UNIT_KINDS})\s+(?:\d{{1,2}}(?!\d)|"
    rf"(?:(?<!tỉnh\s)(?<!phố\s)|(?!{_NEXT}))(?!(?:{_UNIT_KINDS})\s){_WORD}(?:\s+{_MORE}){{0,4}}"
    rf"(?:\s?[-–]\s?{_MORE}(?:\s+{_MORE}){{0,2}})?))"
)
_PROVINCES = (
    "an giang|bà rịa - vũng tàu|bạc liêu|bắc giang|bắc kạn|bắc ninh|bến tre|bình dương|bình định|bình phước|bình "
    "thuận|cà mau|cao bằng|"
    "đắk lắk|đắk nông|điện biên|đồng nai|đồng tháp|gia lai|hà giang|hà nam|hà tĩnh|hải dương|hậu giang|hòa bình|hưng "
    "yên|khánh hòa|kiên giang|"
    "kon tum|lai châu|lạng sơn|lào cai|lâm đồng|long an|nam định|nghệ an|ninh bình|ninh thuận|phú thọ|phú yên|quảng "
    "bình|quảng nam|quảng ngãi|"
    "quảng ninh|quảng trị|sóc trăng|sơn la|tây ninh|thái bình|thái nguyên|thanh hóa|thừa thiên huế|tiền giang|trà "
    "vinh|tuyên quang|vĩnh long|"
    "vĩnh phúc|yên bái"
)
_PROVINCE = re.compile(
    rf"(?<!\w)(?:tỉnh\s+(?:{_PROVINCES.replace(' ', chr(92) + 's+')})|"
    rf"thành\s+phố\s+(?:{'|'.join(_CENTRAL_CITIES)}))(?!\w)"
)
_PROPER = re.compile(rf"\s*(?:[{CAPITALS}\d][^\s]*|[-–])(?:\s+(?:[{CAPITALS}\d][^\s]*|[-–](?=\s[{CAPITALS}]))){{0,6}}")
_SKIP = re.compile(r"[\s|*_.\-–—=]*")
_BODY = re.compile(
    r"(?P<office>(?:phó\s+)?chủ\s+tịch\s+(?=ủy|ubnd|nhân)|thống\s+đốc\s+|tổng\s+thanh\s+tra\s+|chánh\s+án\s+|"
    r"viện\s+trưởng\s+"
    r"|tổng\s+kiểm\s+toán\s+)?"
    r"(?:(?P<ubnd>(?:ủy\s+ban\s+)?nhân\s+dân(?!\s+tối)|ubnd)"
    r"|(?P<hdnd>(?P<standing>thường\s+trực\s+)?(?:hội\s+đồng\s+nhân\s+dân|hđnd))"
    r"|(?P<central>ủy\s+ban\s+thường\s+vụ\s+quốc\s+hội|văn\s+phòng\s+quốc\s+hội|quốc\s+hội|văn\s+phòng\s+chính\s+phủ"
    r"|thanh\s+tra\s+chính\s+phủ|thủ\s+tướng\s+chính\s+phủ|chính\s+phủ|văn\s+phòng\s+chủ\s+tịch\s+nước|"
    r"chủ\s+tịch\s+nước(?:\s+cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam)?"
    r"|ngân\s+hàng\s+nhà\s+nước(?:\s+việt\s+nam)?|kiểm\s+toán\s+nhà\s+nước|tòa\s+án\s+nhân\s+dân\s+tối\s+cao"
    r"|hội\s+đồng\s+thẩm\s+phán\s+tòa\s+án\s+nhân\s+dân\s+tối\s+cao|hội\s+đồng\s+thẩm\s+phán"
    r"|đoàn\s+chủ\s+tịch\s+ủy\s+ban\s+trung\s+ương\s+mặt\s+trận\s+tổ\s+quốc\s+việt\s+nam"
    r"|viện\s+kiểm\s+sát\s+nhân\s+dân\s+tối\s+cao|hội\s+đồng\s+bộ\s+trưởng|ủy\s+ban\s+dân\s+tộc))(?!\w)"
)
_HEADS = (
    r"thường\s+trực|"
    r"văn\s+phòng|sở|phòng|tổng\s+cục|chi\s+cục|cục|vụ|trung\s+tâm|bộ(?!\s+trưởng)|ban|thanh\s+tra|công\s+an|trường|"
    r"học\s+viện|viện"
    r"|tòa\s+án|kho\s+bạc|bảo\s+hiểm|đài|chi\s+nhánh|tỉnh\s+ủy|thành\s+ủy|huyện\s+ủy|quận\s+ủy|thị\s+ủy|đảng\s+ủy|"
    r"đảng\s+bộ"
    r"|đảng\s+cộng\s+sản\s+việt\s+nam|ủy\s+ban\s+mặt\s+trận|ủy\s+ban|hội\s+đồng|đoàn|liên\s+đoàn|quỹ|hội|hiệp\s+hội|tổ"
)
_HEAD_WORD = re.compile(rf"(?:{_HEADS})\s+")
_GENERIC = re.compile(
    rf"(?P<chief>bộ\s+trưởng\s+(?=bộ\s)|giám\s+đốc\s+(?=sở\s|công\s+an))?(?P<generic>(?:{_HEADS})(?!\w)(?:[ \t]*\n?[ "
    rf"\t]*(?!\n|[-–]\s+bộ\s|(?:{_UNIT_KINDS})\s)"
    rf"(?<!\n)[^\s]+|[ \t]*\n(?!{_NEXT}|(?:{_HEADS})\s)[ \t]*(?!(?:{_UNIT_KINDS})\s)[^\s]+){{0,16}})"
)
_NAME = rf"[{CAPITALS}][^\W\d_]*(?:[ \t\n]+[{CAPITALS}][^\W\d_]*){{0,3}}"
_SUPERIOR = re.compile(
    rf"(?:UBND|HĐND|[UỦ][ỷy] ban nhân dân|Hội đồng nhân dân)\s+(?P<unit>(?:huyện|thị xã|quận|thành phố|tỉnh)\s+{_NAME})"
)
_NAMES_EXTRA = (
    "Quốc hội", "Ủy ban Thường vụ Quốc hội", "Văn phòng Quốc hội", "Chính phủ", "Thủ tướng Chính phủ", "Chủ tịch nước",
    "Văn phòng Chủ tịch nước", "Hội đồng Bộ trưởng", "Hội đồng Thẩm phán Tòa án nhân dân tối cao", "Ngân hàng Nhà nước",
    "Đảng Cộng sản Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "Bộ Văn hóa - Thông tin",
    "Bộ Kế hoạch và Đầu tư", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
)  # fmt: skip
_IN_FULL = (
    ("ngân hàng nhà nước", "Ngân hàng Nhà nước Việt Nam"), ("chủ tịch nước", "Chủ tịch nước"),
    ("hội đồng thẩm phán", "Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
)  # fmt: skip
_KNOWN_NAMES = {tone_key(name): name for name in (*symbols.MINISTRIES.values(), *_NAMES_EXTRA)}


def _kind_of_unit(unit: str) -> str:
    match = _UNIT_KIND.match(tone_key(unit))
    return "xã" if not match else _KIND_IN_FULL.get(match[1].rstrip("."), match[1])


def _units(text: str, key: str, at: int) -> tuple[int, tuple[str, ...]]:
    """Territories that follow a body, smallest first, and where they end."""
    units: list[str] = []
    while len(units) < 3 and (match := _UNIT.match(key, at)):
        unit = text[match.start("unit") : match.end("unit")]
        end = match.end()
        kind = match.end("kind") - match.start("kind")
        if unit[:kind].islower():
            # In running text a name ends before the first small letter; all small it is a name only at the end.
            name = _PROPER.match(unit[kind:])
            if name:
                end = match.start("unit") + kind + name.end()
                unit = unit[: kind + name.end()]
            elif key[end:].strip(" .,;:-\n"):
                break
        units.append(unit_name(squeeze(unit)))
        at = end
    return at, tuple(units)


def _body(match: re.Match[str], words: str, units: tuple[str, ...], sample: str) -> Body:
    parts = match.groupdict()
    if parts.get("generic"):
        chief = squeeze(parts["chief"]).capitalize() if parts["chief"] else None
        return _generic(words, units, chief, sample)
    office = squeeze(parts["office"]).capitalize() if parts["office"] else None
    level = level_of_unit(units[0]) if units else None
    tail = f" {units[0]}" if units else ""
    if parts["ubnd"]:
        return Body(f"Ủy ban nhân dân{tail}", level, office, units)
    if parts["hdnd"]:
        standing = "Thường trực " if parts["standing"] else ""
        return Body(f"{standing}Hội đồng nhân dân{tail}", level, None, units)
    key = tone_key(squeeze(parts["central"]))
    for short, full in _IN_FULL:
        if key.startswith(short):
            return Body(full, "trung_uong", office)
    return Body(_KNOWN_NAMES.get(key) or proper_case(key), "trung_uong", office)


def _name_start(match: re.Match[str]) -> int:
    """Where the name of the body begins, behind the office."""
    return match.start("generic") if "generic" in match.re.groupindex else match.start()


def _generic(words: str, units: tuple[str, ...], chief: str | None, sample: str) -> Body:
    """A body named by its head word: ministries are central, the others belong to their territory."""
    words = re.sub(r"(?i)\bHĐND\b", "Hội đồng nhân dân", re.sub(r"(?i)\bUBND\b", "Ủy ban nhân dân", words))
    if tone_key(words).startswith("văn phòng hội đồng"):
        words = words.lower()
    name = proper_case(words, sample)
    key = tone_key(words)
    if key.startswith("bộ "):
        return Body(name, "trung_uong", chief)
    level: Level | None = (
        "tinh" if key.startswith(("sở ", "tỉnh ủy")) else "huyen" if key.startswith("huyện ủy") else None
    )
    if units:
        level = level_of_unit(units[0])
        name = f"{name} {units[0]}"
    return Body(name, level, chief, units)
