"""The head of a document: where letterhead, kind, title, acting line and recitals lie.

Lines may be wrapped anywhere or joined too eagerly, the two columns may have been read as one line or one after
the other, and the whole letterhead may be missing. So parts are recognised by their words, not by their place.
Source: NĐ 30/2020 appendix I; NĐ 78/2025 Art. 62–71.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Text
from corpus.text import fold_words, squeeze
from extractors.issuers import SMALL, Body, only_bodies

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of the head that is neither a rule nor a page number."""

    start: int
    end: int
    text: str
    bold: bool = False
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the parts of the head lie. `kind` is its word in the contract's vocabulary.

    `letterhead` is everything before the kind line (or before the body, where no line names a kind).
    """

    letterhead: Span
    kind: str | None
    kind_span: Span | None
    title: Span | None
    acting: tuple[Body, ...]
    body: int
    bases: Span | None


def read_head(text: Text) -> tuple[list[HeadLine], Zones]:
    """The lines of the head and its zones; long recitals are followed as far as they go."""
    for limit in (44, 130):
        lines = head_lines(text, limit)
        zone = zones(text.text, lines)
        if len(lines) < limit or (zone.kind and zone.bases and zone.bases[1] < lines[-1].start):
            break
    return lines, zone


def head_lines(text: Text, limit: int = 90) -> list[HeadLine]:
    """The first lines that carry words."""
    out: list[HeadLine] = []
    for line in text.lines[_first_line(text) :][: limit * 2]:
        raw = text.text[line.start : line.end]
        if RULE.fullmatch(raw) or line.region in ("header", "footer", "footnote"):
            continue
        out.append(HeadLine(line.start, line.end, raw, line.bold, line.centered))
        if len(out) >= limit:
            break
    return out


def _first_line(text: Text) -> int:
    """Index of the letterhead's first line: 0, unless a site's own words stand before it (no clause among them)."""
    match = MOTTO.search(text.text, 0, 20_000)
    if not match:
        return 0
    index = next((i for i, line in enumerate(text.lines[:80]) if line.end > match.start()), 0)
    if index < 12 or any(_BODY_START.match(text.text[line.start : line.end]) for line in text.lines[:index]):
        return 0
    return (
        next(
            (
                i
                for i in range(index - 1, index - 5, -1)
                if not _capitals(text.text[text.lines[i].start : text.lines[i].end])
            ),
            index,
        )
        + 1
    )


def zones(text: str, lines: list[HeadLine]) -> Zones:
    """Cut the head into letterhead, kind, title and recitals."""
    at, kind, kind_end = _kind_line(lines)
    first = _body_line(lines, 0 if at is None else at + 1)
    top = lines[0].start if lines else 0
    if at is None:
        end = lines[first].start if first < len(lines) else (lines[-1].end if lines else 0)
        return Zones((top, end), None, None, None, (), end, _bases(lines, first))
    head = lines[at]
    title_lines = lines[at + 1 : first]
    rest = text[kind_end : head.end].strip(" :.")
    acting: tuple[Body, ...] = ()
    if title_lines:
        cut, acting = _acting(title_lines, bool(rest))
        title_lines = title_lines[:cut]
        if rest and rest == squeeze(" ".join(line.text for line in title_lines)):
            rest = ""
    start = kind_end if rest else (title_lines[0].start if title_lines else head.end)
    end = title_lines[-1].end if title_lines else head.end
    if not acting and end > start:
        ordered = any(_ORDER.match(line.text) for line in lines[first:])
        end, acting = _acting_joined(text, start, end, ordered)
    title = (start, end) if text[start:end].strip(" :.\n") else None
    body = lines[first].start if first < len(lines) else end
    return Zones((top, head.start), kind, (head.start, kind_end), title, acting, body, _bases(lines, first))


# --- kinds ---------------------------------------------------------------------------------------------------

KINDS = {
    "VĂN BẢN HỢP NHẤT": "van_ban_hop_nhat", "HIẾN PHÁP": "hien_phap", "BỘ LUẬT": "luat", "LUẬT": "luat",
    "PHÁP LỆNH": "phap_lenh", "LỆNH": "lenh", "NGHỊ QUYẾT LIÊN TỊCH": "nghi_quyet", "NGHỊ QUYẾT": "nghi_quyet",
    "NGHỊ ĐỊNH": "nghi_dinh", "QUYẾT ĐỊNH": "quyet_dinh", "THÔNG TƯ LIÊN TỊCH": "thong_tu_lien_tich",
    "THÔNG TƯ LIÊN BỘ": "thong_tu_lien_tich", "THÔNG TƯ": "thong_tu", "CHỈ THỊ": "chi_thi", "KẾ HOẠCH": "ke_hoach",
    "BÁO CÁO": "bao_cao", "TỜ TRÌNH": "to_trinh", "CÔNG ĐIỆN": "cong_dien", "CÔNG VĂN": "cong_van",
    "THÔNG BÁO": "thong_bao",
    "HƯỚNG DẪN": "huong_dan", "CHƯƠNG TRÌNH": "chuong_trinh", "PHƯƠNG ÁN": "phuong_an", "ĐỀ ÁN": "de_an",
    "QUY CHẾ": "quy_che", "QUI CHẾ": "quy_che", "QUY ĐỊNH": "quy_dinh", "QUI ĐỊNH": "quy_dinh", "KẾT LUẬN": "khac",
    "HƯƠNG ƯỚC": "khac", "QUY ƯỚC": "khac", "ĐIỀU LỆ": "khac", "NỘI QUY": "khac", "BIÊN BẢN": "khac",
    "GIẤY MỜI": "khac",
    "GIẤY ỦY QUYỀN": "khac", "CÔNG BỐ": "khac", "THÔNG CÁO": "khac", "DỰ ÁN": "khac",
    "DANH MỤC": "khac", "QUY TRÌNH": "khac",
}  # fmt: skip
KIND_WORDS = "|".join(kind.replace(" ", r"\s+") for kind in KINDS)
# In capitals anywhere in the head; in small letters only as the first words of the text (old crawls).
_KIND_LINE = re.compile(rf"[\s|*_\"“#]*(?P<kind>{KIND_WORDS})(?![{SMALL}])(?!\s*[:\-]\s*$)")
_KIND_FIRST = re.compile(rf"\s*(?P<kind>{KIND_WORDS})(?!\w)(?!\s+(?:số\s*[:\d]|này\b))", re.IGNORECASE)


def _kind_line(lines: list[HeadLine]) -> tuple[int | None, str | None, int]:
    """Index of the line that names the kind, the kind, and where its words end in the text."""
    for index, line in enumerate(lines[:45]):
        if index == 0 and (match := _KIND_FIRST.match(line.text)):
            return index, KINDS[squeeze(match["kind"]).upper()], line.start + match.end("kind")
        if match := _KIND_LINE.match(line.text):
            return index, KINDS[squeeze(match["kind"])], line.start + match.end("kind")
        alone = len(line.text) < 30 and _capitals(line.text) and not line.text.rstrip().endswith(":")
        if alone and (scanned := _KIND_OF_FOLDED.get(fold_words(line.text))):
            return index, scanned, line.end
        spaced = line.text.strip(" *_")
        if _SPACED.fullmatch(spaced):
            close = re.sub(r"\s", "", spaced)
            for words, kind in KINDS.items():
                if words.replace(" ", "") == close:
                    return index, kind, line.end
        if index and _BODY_START.match(line.text) and not _ORDER.match(line.text):
            break
    return None, None, 0


# A scan loses or moves marks ("QUYÉT ĐỊNH"): a line that is nothing but a kind is known by its letters.
_KIND_OF_FOLDED = {fold_words(words): kind for words, kind in KINDS.items()}
_SPACED = re.compile(r"(?:\w\s+){3,}\w")


# --- where the body starts ---------------------------------------------------------------------------------------

_RECITAL = re.compile(
    r"[\s\-–+*_\"“]*(?:Căn\s+cứ|CĂN\s+CỨ|Xét\s|Theo\s+(?:đề|Đề|[Tt]ờ|[Cc]ông|[Kk]ết|[Yy]êu)|Thực\s+hiện\s|"
    r"Thi\s+hành\s|Nhằm\s|Để\s|"
    r"Trên\s+cơ\s+sở|Sau\s+khi|Tiếp\s+theo|Xem\s+xét|Thừa\s+ủy|Được\s+sự|Ý\s+kiến|Báo\s+cáo\s+thẩm)"
)
_ORDER = re.compile(
    r"[\s*_]*(?:QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:?[\s*_]*$|Quyết\s+(?:định|nghị)\s*:?\s*$|NGHỊ\s+QUYẾT\s*:|CHỈ\s+THỊ\s*:|"
    r"BAN\s+HÀNH\s*:)"
)
_ENACTS = (
    r"(?:Chủ\s+tịch\s+|Thường\s+trực\s+|Bộ\s+trưởng|Thống\s+đốc|Tổng\s+|Chánh\s+án|Viện\s+trưởng)?(?:[UỦ][ỷy]\s+ban|"
    r"UBND|HĐND|Hội\s+đồng|"
    r"Chính\s+phủ|Quốc\s+hội|Thủ\s+tướng|Liên\s+(?:bộ|tịch)|Bộ|Sở|Phòng|Đảng\s+ủy|Kiểm\s+toán|Ngân\s+hàng|Thanh\s+tra|"
    r"Tòa|Viện)"
)
_BODY_START = re.compile(
    rf"{_RECITAL.pattern}|{_ORDER.pattern}|[\s*_#\"“]*(?:Điều\s+\d|ĐIỀU\s+\d|Điều\s*$|(?:Chương|CHƯƠNG)\s+[IVX\d]|"
    rf"(?:Phần|PHẦN)\s+[IVXt]|"
    rf"(?:PHẦN|Phần)\s+(?:THỨ|thứ)|[IVX]{{1,4}}\s?[.)\-–]|[A-D]\.\s|\d{{1,2}}\s?[.)]\s|K[íi]nh\s+gửi|KÍNH\s+GỬI|"
    rf"Ngày\s+\d[^\n]{{40}}|LỜI\s+NÓI|"
    rf"{_ENACTS}[^\n]{{0,160}}(?:\s(?:ban\s+hành|thông\s+báo|hướng\s+dẫn|xây\s+dựng|báo\s+cáo|công\s+khai|"
    rf"triển\s+khai|tổ\s+chức|nhận\s+được|"
    rf"yêu\s+cầu|đề\s+nghị|quyết\s+định|công\s+bố|trình)\s)|[CT]H\w\s+T[^\n]{{4,90}}\sđiện\s*:)"
)
_NOT_TITLE = re.compile(r"(?:như\s+sau|sau\s+đây|sau)\s*[:.]\s*$|:\s*$")


def _body_line(lines: list[HeadLine], after: int) -> int:
    """Index of the first line of the body. The line right after the kind is title even if it begins like a recital."""
    for index in range(after, len(lines)):
        line = lines[index]
        if _BODY_START.match(line.text):
            first = after > 0 and index == after
            if first and _TITLE_TOO.match(line.text) and line.text.rstrip()[-1:] not in ";:" and len(line.text) < 400:
                continue
            if _capitals(line.text) and not _ORDER.match(line.text) and _TITLE_TOO.match(line.text.capitalize()):
                continue
            return index
        if after and index > after:
            before = lines[index - 1]
            styled = any(each.bold for each in lines[after:index])
            if styled and not line.bold and not before.text.rstrip().endswith(","):
                return index
            if _capitals(before.text) and not _capitals(line.text) and line.text[:1].isupper() and len(line.text) > 60:
                return index
            shouted = _capitals(before.text) and _capitals(line.text)
            if before.text.rstrip().endswith((".", ":", ";")) and line.text[:1].isupper() and not shouted:
                return index
        plain = not line.bold and not line.centered and not _capitals(line.text)
        if after and _NOT_TITLE.search(line.text) and len(line.text) > 60 and plain:
            return index
    return len(lines)


_TITLE_TOO = re.compile(r"[\s*_\"“]*(?:Thực\s+hiện|Thi\s+hành|Tiếp\s+theo|Ủy\s+ban|UBND|Hội\s+đồng)\s")


def _capitals(line: str) -> bool:
    """Whether a line is in capitals (up to a few letters, as in "QĐ-TTg")."""
    start = line[:160]
    if start.isupper():
        return True
    letters = sum(map(str.isalpha, start))
    return sum(map(str.isupper, start)) > 0.8 * letters > 0


_SESSION = re.compile(r"\s*(?:khóa|khoá)\s.*|\s*\(?kỳ\s+họp\s.*", re.IGNORECASE)
_NOTE = re.compile(r"\s*\((?!\s*V[Ềề]\s|\s*[Vv]/[Vv])")
_OPEN_END = re.compile(r"(?i)(?:^|\s)(?:của|do|tại|và|với|thuộc|cho|từ|giữa|bởi|,)\s*$")


def _acting(lines: list[HeadLine], titled: bool) -> tuple[int, tuple[Body, ...]]:
    """Lines that end the title and only name who acts ("CHỦ TỊCH ỦY BAN NHÂN DÂN …"): how many stay, and who."""
    end = len(lines)
    while end and (_SESSION.fullmatch(lines[end - 1].text) or _NOTE.match(lines[end - 1].text)):
        end -= 1
    for first in range(max(0 if titled else 1, end - 4), end):
        words = "\n".join(line.text for line in lines[first:end]).strip(" *_-:,.")
        bodies = only_bodies(words)
        if _may_act(bodies) and not (first and _OPEN_END.search(lines[first - 1].text)):
            return first, tuple(bodies)
    return len(lines) if end == len(lines) else max(end, 0 if titled else 1), ()


def _acting_joined(text: str, start: int, end: int, ordered: bool) -> tuple[int, tuple[Body, ...]]:
    """As `_acting`, where the acting line was joined to the title: where the title ends, and who acts.

    A body's bare name may belong to the title, so it is cut off only where an order line ("QUYẾT ĐỊNH:") shows the old
    form, which always names who acts.
    """
    for match in _ACTING_HEAD.finditer(text, max(start, end - 240), end):
        words = _SESSION_TAIL.sub("", text[match.start() : end]).strip(" *_-:,.")
        bodies = only_bodies(words)
        if _OPEN_END.search(text[start : match.start()].rstrip()) or not _may_act(bodies):
            continue
        if (ordered or match["office"]) and text[start : match.start()].strip():
            return match.start(), tuple(bodies)
    return end, ()


_ACTING_HEAD = re.compile(
    r"(?<=\s)(?P<office>(?:P(?:HÓ|hó)\s+)?C(?:HỦ|hủ)\s+(?:TỊCH|tịch)\s+(?=[ỦUủu])|B(?:Ộ|ộ)\s+(?:TRƯỞNG|trưởng)\s+(?=B)|"
    r"T(?:HỦ|hủ)\s+(?:TƯỚNG|tướng)\s+(?=[Cc])|THỐNG\s+ĐỐC\s)?"
    r"(?:[UỦ][ỶYỷy]\s+(?:BAN|ban)\s+(?:NHÂN|nhân|THƯỜNG|thường)|H(?:ỘI|ội)\s+(?:ĐỒNG|đồng)\s+(?:NHÂN|nhân)|UBND|HĐND|"
    r"CHÍNH\s+PHỦ|QUỐC\s+HỘI|BỘ\s|NGÂN\s+HÀNG\s+NHÀ|(?<=tướng\s)chính\s+phủ|(?<=tịch\s)(?:ủy|uỷ)\s+ban)"
)
_SESSION_TAIL = re.compile(r"\s*(?:khóa|khoá)\s[^\n]{1,30}(?:kỳ\s+họp[^\n]{0,40})?$", re.IGNORECASE)


def _may_act(bodies: list[Body]) -> bool:
    """Whether these bodies issue acts in their own name; a department in a title does not."""
    return bool(bodies) and all(body.local or body.office or body.level == "trung_uong" for body in bodies)


def _bases(lines: list[HeadLine], first: int) -> Span | None:
    """From the first recital to the last one; recitals may wrap over several lines."""
    start = next((i for i in range(first, min(first + 4, len(lines))) if _RECITAL.match(lines[i].text)), None)
    if start is None:
        return None
    last = start
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if _RECITAL.match(line.text):
            last = index
        elif (
            _BODY_START.match(line.text)
            or _ORDER.match(line.text)
            or (lines[index - 1].text.rstrip()[-1:] in ".;:" and line.text.lstrip()[:1].isupper())
        ):
            break
        else:
            last = index
    return lines[start].start, lines[last].end


RULE = re.compile(r"[\W_]*|[\s\-–]*\d{1,3}[\s\-–]*")
# Letters with marks are left open: scans misread them.
MOTTO = re.compile(
    r"C\w{1,2}NG\s+H\w{2,3}\s+X\w{1,2}(?:\s+H\w{1,2}I)?(?!\w)|(?<=\n)H\w{1,2}I\s+(?=CH\w{1,2}\s+NGH)|CH\w{1,2}\s+NGH\w{1,3}\s+VI\w{1,2}T\s+NAM|"
    r"C\w{1,2}NG(?=\s*\n\s*H\w{2,3}\s+X)|(?<=\n)H\w{2,3}\s+X\w{1,2}\s+H\w{1,2}I|"
    r"Đ\w{1,2}c\s+l\w{1,2}p\s*[-–—.*]+\s*T\w{1,2}\s+do\s*[-–—.*]+\s*H\w{1,2}nh\s+ph\w{1,2}c",
    re.IGNORECASE,
)
