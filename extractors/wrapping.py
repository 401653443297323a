"""Does a line of plain text go on in the next one?

A text file, a PDF page and a crawled page break lines where the paper ended, in the middle of a
sentence or of a symbol. A line is joined to the one before it only on evidence of the text itself:
how the first ends, how the second begins, and whether the lines of the file hug a common width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_LOWER = "a-zà-öø-ýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"

# Beginnings that no wrapped line has: headings with their number, list marks, the fixed openings.
_UNIT = re.compile(
    rf"""(?x)
    (?:Điều|ĐIỀU)\s{{0,2}}\d{{1,4}}[a-zđ]?\s?[.:]
    | \d{{1,3}}(?:\.\d{{1,3}}){{0,4}}[.)](?!\d)(?:\s|[{_UPPER}“"]|$)
    | \d{{1,3}}(?:\.\d{{1,3}}){{1,4}}\s+[{_UPPER}]
    | [a-zđA-HĐ][0-9]?[).]\s
    | \(?[ivx]{{1,5}}\)\s | \(\d{{1,3}}\)\s | \([a-zđ]\)\s
    | [IVXLC]{{1,7}}\s?[.)/-]\s
    | [-–—+*•▪➢✓●○■](?:\s|(?=[{_UPPER}{_LOWER}]))
    | (?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu\smục|TIỂU\sMỤC)\s+(?:thứ\s|THỨ\s)?[IVXLC\d]{{1,7}}
        \s{{0,2}}(?:$|[.:–-]|[{_UPPER}]{{2}})
    | (?:Phụ\slục|PHỤ\sLỤC|Mẫu\ssố|MẪU\sSỐ|Biểu\ssố|BIỂU\sSỐ)\s{{0,2}}[IVXLC\d]{{0,7}}\s{{0,2}}(?:$|[.:–-])
    | (?:Căn\scứ|Xét\sđề\snghị|Theo\sđề\snghị|Nơi\snhận|Kính\sgửi|Thực\shiện|Chiếu\stheo|Xét\stờ\strình)\b
    | (?:QUYẾT\sĐỊNH|QUYẾT\sNGHỊ|Quyết\sđịnh|Quyết\snghị|NGHỊ\sQUYẾT|Nghị\squyết)\s?:
    | Số\s?: | SỐ\s?:
    """
)
# Fixed phrases of the masthead that a narrow column breaks: a line that ends inside one goes on.
_FIXED = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN",
          "UỶ BAN NHÂN DÂN", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")  # fmt: skip
_KIND_LINE = re.compile(
    r"(?:BỘ LUẬT|LUẬT|PHÁP LỆNH|LỆNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|THÔNG TƯ|THÔNG TƯ LIÊN TỊCH|CHỈ THỊ|KẾ HOẠCH"
    r"|BÁO CÁO|TỜ TRÌNH|CÔNG VĂN|CÔNG ĐIỆN|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|PHƯƠNG ÁN|ĐỀ ÁN|QUY CHẾ|QUY ĐỊNH"
    r"|QUY ƯỚC|HƯƠNG ƯỚC|ĐIỀU LỆ|DANH MỤC|QUYẾT NGHỊ|NỘI QUY|VĂN BẢN HỢP NHẤT|DỰ THẢO)\s?:?"
)
_HEAD_LINE = re.compile(
    r"(?:CỘNG H[ÒO][AÀ]|Độc lập|ĐỘC LẬP|[ỦU][YỶ] BAN|HỘI ĐỒNG|CHÍNH PHỦ|QUỐC HỘI|CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC"
    r"|GIÁM ĐỐC|TỔNG |VIỆN TRƯỞNG|CHÁNH ÁN|TM\.|KT\.|TL\.|TUQ\.|Q\. |PHÓ |BỘ |SỞ |VĂN PHÒNG|BAN |Chương|CHƯƠNG|PHẦN)"
)
# Words after which a sentence cannot end, so that even a number or a capital goes on.
_HANGING = re.compile(
    r"(?i)(?:^|[\s(])(?:số|ngày|tháng|năm|quý|khoản|điểm|điều|mục|chương|của|và|hoặc|các|những|tại|theo|về|cho|với|từ|đến|bởi|do"
    r"|là|được|bằng|trên|dưới|trong|giữa)$"
)
_HANGING_NAME = re.compile(
    r"(?i)(?:^|[\s(])(?:nghị|thông|liên|ủy|uỷ|nhân|xã|phường|huyện|tỉnh|trấn|thành|thành phố|luật|quyết)$"
)
_NUMBERED = re.compile(r"(?i)(?:^|[\s(])(?:số\s?:?|ngày|tháng|năm|khoản|điểm|điều|mục)$")
_LABEL = re.compile(r"(?:Điều \d{1,4}[a-zđ]?|\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ])[.)]")
# "Điều" | "3. Mức hỗ trợ", "Chương" | "III": a unit's word that stands alone, and the number that it lost.
_UNIT_WORDS = ("Điều", "ĐIỀU", "Chương", "CHƯƠNG", "Mục", "MỤC", "Phần", "PHẦN", "Phần thứ", "PHẦN THỨ", "Tiểu mục")
_ITS_NUMBER = re.compile(r"(?:\d{1,4}[a-zđ]?|[IVXLC]{1,7})(?:\s?[.:]|$)|(?i:nhất|hai|ba|tư|bốn|năm|sáu|bảy)$")
_BROKEN = re.compile(rf"[{_UPPER}]-$")  # "12/2024/QĐ-" at the end of a line
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:TP|Tp|TX|Tx|TT|P|Q|H|ThS|TS|GS|PGS|BS|KT|TM|TL)\.$")
_ENDED = ".;:!?…"
_CLOSERS = "”\"’')»]"
_LETTER = re.compile(rf"[{_UPPER}{_LOWER}]")
_STARTS_LOWER = re.compile(rf"[“\"(‘]?[{_LOWER}]")
_SYMBOL = re.compile(r"\d{1,5}(?:\.\d)?/")
# "… quy định tại khoản 1 | Điều này": an article named in a sentence, not a heading.
_SENTENCE_ARTICLE = re.compile(r"Điều\s(?:này\b|\d{1,4}[a-zđ]?(?![\w.:]))")
_UNITS_BEFORE = re.compile(
    r"(?i)(?:(?:khoản|điểm)\s(?:[\da-zđ]{1,3}(?:,\s|\svà\s|\shoặc\s|$)){1,12}|\s(?:căn\scứ|tại|theo|và|hoặc|của))$"
)
_KIND_WORD = re.compile(r"(?i)(?:^|\s)(?:luật|nghị\sđịnh|nghị\squyết|quyết\sđịnh|thông\stư|pháp\slệnh|chỉ\sthị)$")

_FEW_LINES = 8
_HUGGING = 0.86  # a full line of proportional type is at least this part of the common width


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a file breaks its lines: `width` (letters) that wrapped lines hug, None where lines are paragraphs.

    `blank_ends`: whether an empty line between two lines ends the paragraph; in a file that has one
    between all lines, also inside sentences, it says nothing. `separated`: paragraphs are set apart by
    empty lines throughout, so that two lines without one are parts of the same.
    """

    width: int | None
    blank_ends: bool
    separated: bool = False

    def full(self, line: str, after: str) -> bool:
        """Whether the first word of `after` had no room on `line`."""
        if self.width is None:
            return False
        word = after.split(" ", 1)[0]
        return len(line) + 1 + len(word) > self.width * _HUGGING


def wrapping_of(lines: Sequence[str], blank_before: Sequence[bool]) -> Wrapping:
    """Measure a file: `lines` without the empty ones, `blank_before[i]`: an empty line stands before line i."""
    pairs = range(1, len(lines))
    if len(lines) < 2:
        return Wrapping(None, True)
    separated = sum(blank_before[1:]) * 10 > len(lines) * 7
    going_on = [
        i for i in pairs
        if _STARTS_LOWER.match(lines[i]) and not ended(lines[i - 1]) and not starts_unit(lines[i])
    ]  # fmt: skip
    lengths = sorted(len(line) for line in lines if len(line) > 20)
    if len(lines) < _FEW_LINES or len(lengths) < 4 or len(going_on) < max(2, len(lines) // 25):
        return Wrapping(None, True, separated)
    common = lengths[min(len(lengths) - 1, len(lengths) * 95 // 100)]
    full = [i for i in going_on if len(lines[i - 1]) >= 0.8 * common]
    wrapped = 30 <= common <= 160 and lengths[-1] <= 1.5 * common and len(full) >= 0.7 * len(going_on)
    if not wrapped:
        return Wrapping(None, True, separated)
    over_blank = sum(blank_before[i] for i in going_on)
    return Wrapping(common, over_blank * 2 < len(going_on))


def starts_unit(line: str) -> bool:
    """Whether a line begins a unit, a list item or a fixed part of a document."""
    return _UNIT.match(line) is not None


def ended(line: str) -> bool:
    """Whether a sentence or a list item ends with this line."""
    last = line.rstrip(_CLOSERS)[-1:] or line[-1:]
    return last in _ENDED and not _ABBREVIATION.search(line)


def starts_lower(line: str) -> bool:
    """Whether the first letter is a small one, behind a quotation mark or bracket at most."""
    return _STARTS_LOWER.match(line) is not None


def is_capitals(line: str) -> bool:
    """Whether all letters are capitals (and there are at least two)."""
    return line.upper() == line and len(_LETTER.findall(line[:24])) >= 2


def goes_on(line: str, after: str, wrapping: Wrapping, blank: bool) -> bool:
    """Whether `after` continues `line`. `blank`: an empty line stands between them."""
    if line in _UNIT_WORDS:
        return _ITS_NUMBER.match(after) is not None
    if blank and wrapping.blank_ends:
        return False
    full = wrapping.full(line, after)
    if _SYMBOL.match(after) and (_NUMBERED.search(line) or (_KIND_WORD.search(line) and not ended(line))):
        return True
    if _SENTENCE_ARTICLE.match(after) and _UNITS_BEFORE.search(line):
        return True
    if _LABEL.fullmatch(line):
        return not starts_unit(after) and not is_capitals(after)
    if is_capitals(after):
        return _capitals_go_on(line, after, wrapping)
    if _NUMBERED.search(line) and (_SYMBOL.match(after) or (full and after[0].isalnum()) or after[0].isdigit()):
        return not _UNIT.match(after) or full
    if re.match(r"[-–] ?\d{4}\b", after) and re.search(r"\d{4}$", line):
        return True
    if starts_unit(after):
        return False
    lower = _STARTS_LOWER.match(after) is not None
    if ended(line):
        return full and lower and wrapping.width is not None
    if after[0] in ",;.:)”/%" or line[-1] in "/(“" or _BROKEN.search(line) or _ABBREVIATION.search(line):
        return True
    if lower:
        return full or wrapping.width is not None or len(line) >= 30 or _hangs(line, after)
    if full or (_hangs(line, after) and len(line) >= 10):
        return not is_capitals(line) or full
    return line.endswith((",", " -", " –")) and len(line) >= 30 and not after.startswith(("Nơi", "Căn"))


def _hangs(line: str, after: str) -> bool:
    """Whether the last word cannot end a sentence, or begins a name and a short name follows ("xã", "Vĩnh Hòa")."""
    if _HANGING.search(line):
        return True
    return _HANGING_NAME.search(line) is not None and len(after) <= 30 and after.istitle()


def _capitals_go_on(line: str, after: str, wrapping: Wrapping) -> bool:
    """Headings and titles in capitals: joined inside a fixed phrase, after a word that cannot end, or when full."""
    if not is_capitals(line):
        if len(line) <= 12 and line.upper() == line:
            return False
        return wrapping.full(line, after) and not ended(line) and len(after) <= 8 and not starts_unit(after)
    if any(_straddles(phrase, line, after) for phrase in _FIXED):
        return True
    if ended(line) or starts_unit(after) or _KIND_LINE.fullmatch(line) or _KIND_LINE.fullmatch(after):
        return False
    if _SYMBOL.match(after) or _HANGING.search(line) or line.endswith((",", "-", "–")):
        return True
    if _HEAD_LINE.match(after):
        return False
    if _HANGING_NAME.search(line):
        return True
    if wrapping.separated and not _HEAD_LINE.match(line):
        return True
    # A title line that the crawled page broke: the next line fills what a short first one began.
    return (wrapping.full(line, after) or len(line) >= 60 or len(after) >= 60) and not _HEAD_LINE.match(line)


def _straddles(phrase: str, line: str, after: str) -> bool:
    """Whether the two lines together hold `phrase` across the break."""
    words = phrase.split(" ")
    for cut in range(1, len(words)):
        if line.endswith(" ".join(words[:cut])) and after.startswith(" ".join(words[cut:])):
            return cut >= 2 or len(words) - cut >= 2
    return False


def glue(line: str, after: str) -> str:
    """What stands between two joined lines: nothing inside a symbol or a broken compound, else a space.

    >>> glue("Quyết định số 12/2024/QĐ-", "UBND"), glue("theo quy định", "tại Điều 5")
    ('', ' ')
    """
    if after[0] in ",;.:)”%" or line[-1] in "(“":
        return ""
    if line[-1] == "/" or after[0] == "/":
        return ""
    if line[-1] in "-–" and len(line) > 1 and line[-2] != " " and after[0] != " ":
        return ""
    return " "
