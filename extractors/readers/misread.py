"""Words and symbols inside a line that OCR misread, set right where only one thing can stand there.

A unit before its number ("Điêu 15"), days ("ngày l5 tháng"), and the letters of a số, ký hiệu, of which there are few:
between a number with its year and the end, "QHI5" can only be QH15, "NQ-HĐDND" only NQ-HĐND (NĐ 30/2020 appendix III;
NĐ 78/2025 Art. 71). A digit that could be another one is never touched here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = (
    (re.compile(r"\b[ĐDÐ]i[êềếẽẻểễệèéeể]u(?= \d{1,3}[a-zđ]?\b)"), "Điều"),
    (re.compile(r"\b[đdð]i[êềếẽẻểễệèéeể]u(?= \d{1,3}[a-zđ]?\b)"), "điều"),
    (re.compile(r"\bkho[aàáạãảăâ]n(?= \d{1,2}[a-zđ]?\b)"), "khoản"),
    (re.compile(r"\bKho[aàáạãảăâ]n(?= \d{1,2}[a-zđ]?\b)"), "Khoản"),
    (re.compile(r"\b[đdð]i[êềếẽẻểễệèéeể]m(?= [a-zđ]\b)"), "điểm"),
    (re.compile(r"\b[ĐDÐ]i[êềếẽẻểễệèéeể]m(?= [a-zđ]\b)"), "Điểm"),
    (re.compile(r"\bngh[iíìịỉĩ] đ[iíìịỉĩ]nh(?= số\b)"), "nghị định"),
    (re.compile(r"\bNgh[iíìịỉĩ] [đd][iíìịỉĩ]nh(?= số\b)"), "Nghị định"),
    (re.compile(r"\bTh[oôồốộổỗ]ng t[uưừứựửữ](?= số\b)"), "Thông tư"),
    (re.compile(r"\bQuy[eêềếệểễ]t [đd][iíìịỉĩ]nh(?= số\b)"), "Quyết định"),
    (re.compile(r"\bNgh[iíìịỉĩ] quy[eêềếệểễ]t(?= số\b)"), "Nghị quyết"),
)
_SO_OF_NUMBER = re.compile(r"(?<=[a-zà-ỹđ] )s[oòóõọỏôồốộổỗ](?:[.,:;'](?= [\dlO]{1,5}[/⁄])|(?= [\dlO]{1,5}[/⁄]))")
_SO_OF_HEAD = re.compile(r"^\W{0,3}[S§5$][oòóõọỏôồốộổỗ]\s?[:.;,]?\s?(?=[\dlO]{1,5}\s?/)")
_DAY = re.compile(r"(?<=ngày )(?:[lIO]\d|\d[lIO]|[lI][lI])(?= tháng)")
_MONTH = re.compile(r"(?<=tháng )(?:[lIO]\d|\d[lIO]|[lI][lI]|[lI])(?= năm)")
_DIGITS = str.maketrans("lIO", "110")
_SYMBOL_DASH = re.compile(
    r"(?<=\d/(?:NĐ|QĐ|NQ|TT|CT|KH|TB|BC))(?: ?[:.;~—–_] ?| - ?| ?- )(?=(?:CP|TTg|UBND|HĐND|B[A-Z]{1,5})\b)"
)
_KIND = r"(?:NĐ|QĐ|NQ|TT|TTLT|CT|KH|TB|BC|TTr|HD|CV)"
_AFTER_NUMBER = r"(?<=\d/)"
# What stands in a symbol, and what it can only be. Each pattern begins at a fixed sign, so that a line is scanned once.
_SYMBOLS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?<=\d[/⁄]\d{{4}})(?=(?:{_KIND}[-–]|(?:UBTV)?QH\d\d))"), "/"),
    (re.compile(r"(?<=\d)[⁄∕](?=(?:\d{4}/?)?[A-ZĐ]{2})|(?<=/\d{4})[⁄∕](?=[A-ZĐ]{2})"), "/"),
    (re.compile(r"(?<=/QH)[Il|!](?=\d(?!\w))|(?<=/UBTVQH)[Il|!](?=\d(?!\w))"), "1"),
    (re.compile(r"(?<=/QH)[Il|!](?=1\d(?!\w))|(?<=/UBTVQH)[Il|!](?=1\d(?!\w))"), ""),
    (re.compile(r"(?<=/QH)[Il|]{2}(?!\w)|(?<=UBTVQH)[Il|]{2}(?!\w)"), "11"),
    (re.compile(r"(?<=/QH1)[Ss§](?!\w)|(?<=/UBTVQH1)[Ss§](?!\w)"), "5"),
    (re.compile(r"(?<=/)U[BE8]TV[OQ0]H(?=1\d)"), "UBTVQH"),
    (re.compile(rf"{_AFTER_NUMBER}(?:[NM][ĐDÐ]|N[BP])(?=-CP\b)"), "NĐ"),
    (re.compile(rf"{_AFTER_NUMBER}[QO0G][ĐDÐBP]{{1,2}}(?=-(?:UB|TT|CT|HĐ|B[A-Z]|T))"), "QĐ"),
    (re.compile(rf"{_AFTER_NUMBER}[NÑ]{{1,2}}[QO0G](?=-(?:HĐND|H[ĐDÐ]{{1,3}}N[DĐÐ]|CP)\b)"), "NQ"),
    (re.compile(r"(?<=\d/(?:KH|QĐ|NQ|KL|CT|CV|TB)-)Đ[ĐD]U\b"), "ĐU"),
    (re.compile(rf"{_AFTER_NUMBER}T[TIl1]r(?=-)"), "TTr"),
    (re.compile(r"(?<=[ĐQHT]-)(?:H[ĐDÐ]{1,3}N[DĐÐ])\b"), "HĐND"),
    (re.compile(r"(?<=[ĐHTB]-)U[BE8]N[DĐÐ]\b"), "UBND"),
    (re.compile(r"(?<=NĐ-)(?:GP|OP|ŒP|C[^\w\s]P)\b"), "CP"),
    (re.compile(r"(?<=[ĐT]-)TT[øq9EeB]\b"), "TTg"),
)
_LETTERHEAD = (
    (re.compile(r"\bT[IÍÌĨỊ]NH(?= [A-ZĐ])"), "TỈNH"),
    (re.compile(r"\bTHÀNH PH[OÔỒỔỖỘỎÓÒ](?= [A-ZĐ])"), "THÀNH PHỐ"),
    (re.compile(r"\bB[ẠÀÁẢÃ]N(?= NHÂN DÂN)"), "BAN"),
    (re.compile(r"\bH[OÔÒÓỒỐ]I(?= ĐỒNG NHÂN)"), "HỘI"),
)
_MOTTO = re.compile(r"Độc ?lập\W{0,4}Tự ?do\W{0,4}Hạnh ?phúc")
_ARTICLES = re.compile(r"(?<=khoản \d )Đi[êểễẽ]u$|(?<=khoản \d\d )Đi[êểễẽ]u$|(?<=một số )đi[êểễẽ]u(?= của)")
_DATE_COMMA = re.compile(r"(?<=[a-zà-ỹ])\.(?= ngày \d{1,2} tháng)")
_LETTER = re.compile(r"(?<=điểm )[ø¡](?=[ ,;.])|(?<=, )[ø¡](?=[ ,;])")
_HEAD_NUMBER = re.compile(rf"(?<=Số: )(\d{{1,4}})(?={_KIND}-)")  # its stroke is thin, and lost where it was read badly
# "chi" is to spend or a part, "chỉ" is only: what has just one of them as a word.
_SPENDING = re.compile(
    r"\b([Cc])hỉ(?= tiết\b(?! kiệm)| cục\b| nhánh\b)|(?<=\bthu, )(c)hỉ(?= ngân sách)|(?<=\bthu )(c)hỉ(?= ngân sách)"
    r"|(?<=mức )(c)hỉ(?=[.;])|(?<=thư )(c)hỉ(?= bộ\b)"
)
_OFFICE = re.compile(r"(?:\bPH[OÓÒÕỎỌ] )?\bCH[UÚÙỦŨỤ] T[IÍÌỈĨỊ]CH\b")
_OF_GOVERNMENT = re.compile(r"(?<=\bcủa)[ .,_-]{1,3}(?=Chính phủ)")
_COPY = re.compile(r"(?<=\(b/)[€©](?=\))")
_TRUE_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LETTERS = {"ø": "g", "¡": "i"}


def words_mended(text: str, head: bool = False, poor: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int, str]]:
    """Places `[start, end)` inside a line and what stands there in truth, in reading order, none inside another.

    `head`: the line belongs to the letterhead, where "TÍNH" before a name is a province. The number stands there: a
    stroke that is missing or a stop instead of a dash may be on the paper, and is only mended inside what was read
    poorly (`poor`, places as above).

    >>> words_mended("tại khoán 2 Điêu 15 Nghị đinh số 34/2016/NĐ: CP")
    [(4, 9, 'khoản'), (12, 16, 'Điều'), (20, 29, 'Nghị định'), (43, 45, '-')]
    >>> words_mended("Luật số 143/2025/QHI5")
    [(19, 20, '1')]
    """
    out = [
        (found.start(), found.end(), right)
        for pattern, right in (*_WORDS, *_SYMBOLS, *(_LETTERHEAD if head else ()))
        for found in pattern.finditer(text)
        if found[0] != right
    ]
    out += [(found.start(), found.end(), "số") for found in _SO_OF_NUMBER.finditer(text) if found[0] != "số"]
    out += [
        (found.start(), found.end(), next(filter(None, found.groups())) + "hi") for found in _SPENDING.finditer(text)
    ]
    out += [(found.start(), found.end(), "c") for found in _COPY.finditer(text)]
    out += [(found.start(), found.end(), " ") for found in _OF_GOVERNMENT.finditer(text) if found[0] != " "]
    for found in _OFFICE.finditer(text):
        right = "PHÓ CHỦ TỊCH" if found[0].startswith("PH") else "CHỦ TỊCH"
        out += [(found.start(), found.end(), right)] if found[0] != right else []
    if head and (lost := _HEAD_NUMBER.search(text)) and _within(poor, *lost.span()):
        out.append((lost.end(), lost.end(), "/"))
    out += [(found.start(), found.end(), "Số: ") for found in _SO_OF_HEAD.finditer(text) if found[0] != "Số: "]
    out += [
        (found.start(), found.end(), found[0].translate(_DIGITS))
        for pattern in (_DAY, _MONTH)
        for found in pattern.finditer(text)
    ]
    out += [
        (found.start(), found.end(), "-")
        for found in _SYMBOL_DASH.finditer(text)
        if not (head and found[0] == ".") or _within(poor, *found.span())
    ]
    out += [(found.start(), found.end(), _TRUE_MOTTO) for found in _MOTTO.finditer(text) if found[0] != _TRUE_MOTTO]
    out += [(found.start(), found.end(), found[0][0] + "iều") for found in _ARTICLES.finditer(text)]
    out += [(found.start(), found.end(), ",") for found in _DATE_COMMA.finditer(text)]
    out += [(found.start(), found.end(), _LETTERS[found[0]]) for found in _LETTER.finditer(text)]
    return _apart(sorted(out))


def _within(places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether `[start, end)` reaches into one of the places."""
    return any(one[0] < end and start < one[1] for one in places)


def _apart(places: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The places of which none reaches into the one before it."""
    out: list[tuple[int, int, str]] = []
    for place in places:
        if not out or place[0] >= out[-1][1]:
            out.append(place)
    return out
