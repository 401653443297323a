"""The tail of a document: recipients ("Nơi nhận"), signature block, signer.

The block may stand left or right of the recipients, on the same lines, or under everything, attached texts included.
The first office line that a person's name follows is the signature; forms ("ký, ghi rõ họ tên") name nobody.
Source: NĐ 30/2020 appendix I, II.1.7 and II.1.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from corpus.text import squeeze
from extractors.issuers import CAPITALS, SMALL

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tail:
    """What the end of the text says. `signer` without rank or title; `acting`: the block without the name."""

    signer: str | None = None
    signer_span: Span | None = None
    signature: Span | None = None
    recipients: Span | None = None
    acting: str | None = None


def read_tail(text: str, body: int) -> Tail:
    """Recipients and signature of `text`, looked for behind offset `body`."""
    recipients = _recipients(text, body)
    start = max(body, recipients[0] - 900) if recipients else max(body, len(text) - 9000)
    best: Tail | None = None
    for begin, end in _windows(text, body, start, recipients):
        best = _signature(text, begin, end)
        if best:
            break
    if best is None:
        return Tail(recipients=recipients)
    return Tail(best.signer, best.signer_span, best.signature, recipients, best.acting)


def adopted_on(text: str, body: int) -> Span | None:
    """The closing sentence "… thông qua ngày …" of an assembly's act, None where it has none."""
    at = text.rfind("thông qua ngày", body)
    match = _ADOPTED.search(text, max(body, at - 240), at + 60) if at >= 0 else None
    return match.span("day") if match else None


# --- how ---------------------------------------------------------------------------------------------------------

_RECIPIENTS = re.compile(r"(?<![^\s|*_])N[ơƠ][iI] [nN][hH][ậẬ][nN][ \t*_]*(?::|(?=\n)|$)", re.IGNORECASE)
_ADOPTED = re.compile(
    r"(?:Luật|Nghị quyết|Pháp lệnh|Bộ "
    r"luật)(?:\s+này)?\s+(?:đã\s+)?được\s[^\n.]{10,160}?thông\s+qua\s+(?P<day>ngày[^\n.]{6,40})"
)
_TOP = r"(?:T\.?M|K\.?T|T\.?L|T\.?U\.?Q|Q)\s?[.,]\s{0,2}"
_OFFICES = (
    r"CHỦ TỊCH(?: QUỐC HỘI| NƯỚC)?|PHÓ CHỦ TỊCH(?: THƯỜNG TRỰC)?|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|THỐNG "
    r"ĐỐC|PHÓ THỐNG ĐỐC|"
    r"GIÁM ĐỐC|PHÓ GIÁM ĐỐC|CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG|PHÓ TRƯỞNG PHÒNG|BÍ THƯ|PHÓ BÍ THƯ(?: "
    r"THƯỜNG TRỰC)?|"
    r"BỘ TRƯỞNG,? CHỦ NHIỆM|CHỦ NHIỆM|PHÓ CHỦ NHIỆM|CỤC TRƯỞNG|PHÓ CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|CHI CỤC "
    r"TRƯỞNG|CHÁNH THANH TRA|"
    r"TỔNG THANH TRA|PHÓ TỔNG THANH TRA|TỔNG KIỂM TOÁN(?: NHÀ NƯỚC)?|CHÁNH ÁN|PHÓ CHÁNH ÁN|VIỆN TRƯỞNG|TRƯỞNG BAN|PHÓ "
    r"TRƯỞNG BAN|"
    r"HIỆU TRƯỞNG|TỔNG GIÁM ĐỐC|CHỈ HUY TRƯỞNG|TRƯỞNG CÔNG AN|TRƯỞNG THÔN|TỔ TRƯỞNG|CHỦ TỌA|TỔNG BÍ THƯ|THƯỜNG TRỰC "
    r"BAN BÍ THƯ|TRƯỞNG ĐOÀN"
).replace(" ", r"\s+")
_OFFICE_NAME = re.compile(_OFFICES)
_BLOCK_WORDS = (
    rf"(?:{_TOP}(?=[{CAPITALS}]{{2}})|(?:{_OFFICES})[ \t*_|]*(?=\n|$)|"
    rf"(?:{_OFFICES})\s+(?=(?:ỦY|UỶ)\s+BAN|HỘI\s+ĐỒNG|UBND|HĐND|CHỈ\s+ĐẠO)[^\n{SMALL}]{{0,60}}(?=\n)|\(?\s{{0,2}}[Đđ]ã\s+ký\s{{0,2}}[:)]\s*(?=[{CAPITALS}]))"
)
# Beside the recipients the block may stand anywhere in a line; elsewhere only at its beginning, which is quick to find.
_BLOCK = re.compile(rf"(?<=[\s|*_;.)])[ \t|*_]*{_BLOCK_WORDS}")
_BLOCK_LINE = re.compile(rf"\n[ \t|*_]*{_BLOCK_WORDS}")
_SIGNED = re.compile(r"(?i)\W*(?:đã\s+k[ýí]|daky|ký\s+tên|ký,?\s+đóng\s+dấu|chữ\s+ký(?:\s+số)?)?\W*")
_FORM = re.compile(r"(?i)ghi\s+rõ|họ\s*(?:và|,)?\s*tên|đóng\s+dấu|ký\s+số")
_RANK = (
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|(?:GS|PGS|TS|ThS|Ths|BS|KS|CN|BSCK\w*|CKII|CKI|LS|NGND|"
    r"NGƯT)\.?(?:\s?[,.]\s?|\s)|"
    r"(?:Đ/c|Đồng chí|Ông|Bà)\s*:?\s)"
)
_UP = rf"[{CAPITALS}]"
_PART = rf"{_UP}(?:[{SMALL}]+['’]?\w*|['’]\w+)?"
_PERSON = re.compile(rf"(?:{_RANK}\s*){{0,4}}(?P<name>{_PART}(?:\s{{1,3}}(?:{_PART}|[-–]\s?{_PART})){{1,5}})")
_PERSON_CAPS = re.compile(rf"(?P<name>{_UP}+(?:\s{{1,2}}{_UP}+){{1,4}})")
_NO_NAME = re.compile(
    r"(?i)\b(?:ủy ban|uỷ ban|hội đồng|văn phòng|chủ tịch|giám đốc|nơi nhận|phụ lục|kế hoạch|quyết định|nghị quyết|"
    r"nghị định|thông tư|chính phủ|"
    r"quốc hội|công an|thành phố|cộng hòa|độc lập|đơn vị|cơ quan|tổ chức|thanh tra|trung tâm|báo cáo|tờ trình|hướng "
    r"dẫn|tài chính|kế toán|"
    r"thủ trưởng|cán bộ|nguyên nhân|việt nam|nhân dân|bộ trưởng|trưởng phòng)\b"
)
# Words that are no part of a name unless a family name stands first ("Lê Văn Sở").
_SELDOM = re.compile(
    r"(?i)\b(?:phòng|sở|trưởng|phó|lưu|điều|bộ|ban|tỉnh|huyện|quận|phường|xã|số|mẫu|biểu|danh|chương|quy|người|như)\b"
)
_FAMILY_NAMES = """
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh hà mai trịnh cao đoàn tô lâm lưu
    đào trương vương phùng tạ nông quách hứa tống châu thái tăng lương chu giang kiều la lã bế hoa khổng khúc
    kim lại lò vi ninh phí sầm sùng thân thạch tiêu tôn triệu từ ung văn viên vàng giàng hầu lù mã ma mùa thào
    hạng cầm lường ngân điêu cà quàng đèo đàm doãn diệp đồng âu bạch biện cù cung dư đậu đới hạ hàn hán hình kha
    khương liêu lục lữ mạc mạch nghiêm nhâm nhan ông quế sơn tào thi thiều trà trang trình tưởng ưng vòng yên
    đái hùng y ksor siu rơ rmah kpă niê êban đinh krông hồ a
"""
_SURNAMES = frozenset(_FAMILY_NAMES.split())
_ENTRY = re.compile(r"[ \t|*_]*[-–+*•][ \t]*\S|[ \t|*_]*Lưu\s?:|[ \t|*_]*(?:Như|nt)\b")


def _recipients(text: str, body: int) -> Span | None:
    """The whole block of recipients, from "Nơi nhận" to its last entry."""
    match = None
    for spelling in ("Nơi nhận", "NƠI NHẬN", "Nơi Nhận", "nơi nhận"):
        at = text.find(spelling, body)
        while at >= 0 and not (match := _RECIPIENTS.match(text, at)):
            at = text.find(spelling, at + 8)
        if match:
            break
    if not match:
        return None
    start = match.start() + len(match[0]) - len(match[0].lstrip(" \t|*_\n"))
    end = match.end()
    at = text.find("\n", end)
    misses = 0
    while 0 <= at < len(text) - 1 and misses < 3:
        stop = text.find("\n", at + 1)
        stop = len(text) if stop < 0 else stop
        line = text[at + 1 : stop]
        if _ENTRY.match(line):
            end, misses = stop, 0
            if "Lưu" in line:
                break
        elif line.strip():
            misses += 1
        at = stop
    return start, end


def _windows(text: str, body: int, start: int, recipients: Span | None) -> list[Span]:
    """Where to look for the signature, likeliest first: around the recipients, at the end, then the whole text."""
    windows: list[Span] = []
    if recipients:
        windows += [(recipients[0], min(len(text), recipients[1] + 1500)), (start, recipients[0])]
        windows.append((max(body, len(text) - 3000), len(text)))
    windows.append((body, len(text)))
    return windows


def _signature(text: str, begin: int, end: int) -> Tail | None:
    """First block in `text[begin:end]` that a name follows."""
    pattern = _BLOCK if end - begin < 6000 else _BLOCK_LINE
    for block in islice(pattern.finditer(text, max(begin - 1, 0), end), 200):
        if found := _name_after(text, block, end):
            name, span = found
            start = block.start() + len(block[0]) - len(block[0].lstrip(" \t|*_\n"))
            return Tail(name, span, (start, span[1]), None, squeeze(text[start : span[0]]))
    return None


def _name_after(text: str, block: re.Match[str], end: int) -> tuple[str, Span] | None:
    """The person's name in the lines under an office line. Recipients may stand between, or left on the same line."""
    at = block.end()
    others = 0
    for _ in range(30):
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if _FORM.search(line):
            return None
        office = not line.strip(" .:|*_-") or line.isupper() or bool(_SIGNED.fullmatch(line))
        found = _name_on(line, at)
        if not found and not others:  # right under the office a scan may put a speck before the name
            bare = line.lstrip(" .:_-")
            found = _name_on(bare, stop - len(bare))
        if found:
            return found
        if not office and (not _ENTRY.match(line) or not others):
            others += 1
        if others > 12 or stop >= end:
            return None
        at = stop + 1
    return None


def _name_on(line: str, at: int) -> tuple[str, Span] | None:
    """A name that is the whole line, or stands at its end behind an entry of the recipients."""
    stripped = line.strip(" \t|*_.[]")
    offset = line.find(stripped) if stripped else 0
    if stripped.lower().startswith(("đã ký", "ký tên")):
        rest = stripped[5:].lstrip(" :*_.,)]")
        offset += len(stripped) - len(rest)
        stripped = rest
    match = _PERSON.fullmatch(stripped)
    if (
        not match
        and (behind := re.search(r"(?:[;.,)]|\d)\s{1,80}(?P<tail>\S[^;:,()]{4,60})$", stripped))
        and _ENTRY.match(line)
    ):
        match = _PERSON.fullmatch(behind["tail"])
        offset += behind.start("tail")
    if not match and stripped.isupper():
        match = _PERSON_CAPS.fullmatch(stripped)
    if not match:
        return None
    name = squeeze(match["name"])
    if _OFFICE_NAME.fullmatch(name.upper()):
        return None
    first = name.split()[0].lower()
    if _NO_NAME.search(name) or (_SELDOM.search(name) and first not in _SURNAMES):
        return None
    if name.isupper():
        if first not in _SURNAMES or len(name.split()) < 3:
            return None
        name = name.title()
    span = (at + offset + match.start("name"), at + offset + match.end("name"))
    return name, span
