"""Reading one document reference in running text: kind, number or name, date, issuer.

"Nghị định số 79/2025/NĐ-CP ngày 01 tháng 4 năm 2025 của Chính phủ", "Luật Đất đai năm 2013", "Nghị quyết số 18-NQ/TW",
"Thông tư này". The rule is NĐ 78/2025 Art. 68 (laws by name and year, others by kind, number and issuer); all older
styles live on beside it.
"""

from __future__ import annotations

import re
from datetime import date

from corpus import symbols
from extractors.citations import bodies, names
from extractors.citations.numbers import Number, read_number
from extractors.citations.tokens import Act
from extractors.dates import DATE, date_of

KINDS = {
    "hiến pháp": "hien_phap", "bộ luật": "luat", "luật": "luat", "pháp lệnh": "phap_lenh",
    "nghị quyết liên tịch": "nghi_quyet", "nghị quyết": "nghi_quyet", "nghị định": "nghi_dinh",
    "quyết định": "quyet_dinh", "thông tư liên tịch": "thong_tu_lien_tich", "thông tư liên bộ": "thong_tu_lien_tich",
    "thông tư": "thong_tu", "chỉ thị": "chi_thi", "lệnh": "lenh", "kế hoạch": "ke_hoach", "báo cáo": "bao_cao",
    "tờ trình": "to_trinh", "công văn": "cong_van", "công điện": "cong_dien", "thông báo": "thong_bao",
    "hướng dẫn": "huong_dan", "chương trình": "chuong_trinh", "phương án": "phuong_an", "đề án": "de_an",
    "quy chế": "quy_che", "qui chế": "quy_che", "quy định": "quy_dinh", "qui định": "quy_dinh",
    "văn bản hợp nhất": "van_ban_hop_nhat", "văn bản": "khac", "kết luận": "khac", "điều lệ": "khac", "sắc lệnh": "lenh",
    "nội quy": "khac", "thông tri": "khac", "danh mục": "khac", "quy ước": "khac", "hương ước": "khac",
    "giấy phép": "khac", "biên bản": "khac", "giấy mời": "khac",
}  # fmt: skip
LAWS = frozenset(("hiến pháp", "bộ luật", "luật", "pháp lệnh"))
ATTACHED_WORDS = frozenset(("quy chế", "qui chế", "quy định", "qui định", "chương trình", "điều lệ", "nội quy", "danh mục",
                            "kế hoạch", "đề án", "phương án", "hướng dẫn"))  # fmt: skip
_DATED = frozenset(("nghi_quyet", "nghi_dinh", "quyet_dinh", "thong_tu", "thong_tu_lien_tich", "chi_thi", "phap_lenh",
                    "lenh", "ke_hoach", "bao_cao", "to_trinh", "cong_van", "cong_dien", "thong_bao"))  # fmt: skip
SHORT_NAMED = frozenset(("nghị quyết", "nghị định", "quyết định", "thông tư", "thông tư liên tịch", "chỉ thị"))
_SHORT_NUMBER = re.compile(r"\s{1,3}(?:số\s{1,3})?(?P<num>(?<=số\s)\d|\d{2,4})(?=\s{0,2}[,;.:)]|\s(?:của|được|thì|và|đã|có|quy|là|hết|như|với|về|để|trong|\()|\s?$)(?!,\d|\.\d)", re.M)
# A form or draft: "Quyết định số      /QĐ-UBND".
_BLANK_NUMBER = re.compile(r"\s{0,3}số\s{0,3}:?[\s.…_]{0,30}/\s?(?P<rest>[A-ZĐ][A-ZĐa-z]{0,4}\s?-\s?[A-ZĐ]{2,12})")
_THIS = re.compile(r"\s{1,3}(?:ban hành\s{1,2})?này(?!\w)")
_NUMBER_WORD = re.compile(r"\s{0,3},?\s{0,3}(?:(?:\(|mang\s)?s[ốô](?!\w)|S[Ốố](?!\w)|no(?=\s\d))?\s{0,3}[:.]?\s{0,4}[*_]{0,2}")
_OF_ISSUER_FIRST = re.compile(
    r"\s{1,3}(?:của|do)\s{1,3}(?=chính phủ|thủ tướng|bộ|ủy ban|uỷ ban|ubnd|hđnd|hội đồng|ban |chủ tịch|thống đốc|quốc hội|liên bộ|tổng|tỉnh ủy)"
    r"(?:(?!luật|nghị định|nghị quyết|thông tư|quyết định|pháp lệnh|\ssố\s)[^;:.\n()“”\"]){3,90}?\s?:?\s{1,3}số\s{0,2}:?\s{0,3}(?=\d)"
)
_DATE_LEAD = re.compile(r"\s{0,3},?\s{0,3}\(?\s{0,2}(?:ban hành\s{1,2})?(?=[nN]gày\s|NGÀY\s|\d)", re.IGNORECASE)
_YEAR_TAIL = re.compile(r"\s{1,3}(?:năm\s{1,3})?\(?(?P<year>19\d\d|20\d\d)\)?(?![\w/])", re.IGNORECASE)
_LAW_NUMBER = re.compile(r"\s{0,3},?\s{0,3}(?:\(?\s{0,2}Luật\s{1,2})?(?:s[ốô]|S[Ốố]|số)?\s{0,3}[:.]?\s{0,3}(?=[0-9OolI]{1,4}/)", re.IGNORECASE)
_AMENDING = re.compile(
    r"\s{1,3}(?P<verb>sửa đổi(?:\s{0,2},?\s{1,2}bổ sung)?|bổ sung,?\s{1,2}sửa đổi)\s{1,2}"
    r"(?P<what>(?:một số|các)\s{1,2}điều(?:\s{1,2}(?:và|,)[^;.\n]{3,80}?)?|điều\s{1,2}\d{1,4}[a-z]?(?:\s{1,2}và\s{1,2}phụ lục[^;.\n]{1,90}?)?)"
    r"\s{1,3}(?:của\s{1,3})*",
    re.IGNORECASE,
)
_OTHER_LAWS = re.compile(
    r"(?:các|\d{1,3})\s{1,2}luật\s{1,2}(?:có liên quan đến|liên quan đến|trong lĩnh vực|về)\s{1,2}[^;.,\n()“”]{3,60}"
    r"(?:,\s{1,2}(?!khoản|điều|điểm|được|luật|nghị|thông|trừ)[^;.,\n()“”]{3,30}){0,1}",
    re.IGNORECASE,
)
_INNER = re.compile(r"(?:(?:bộ\s{1,2})?luật|pháp lệnh)\s{1,3}", re.IGNORECASE)
_NEXT_INNER = re.compile(r"(?:\s{0,2},\s{0,3}|\s{1,3}và\s{1,3})(?:(?:bộ\s{1,2})?luật|pháp lệnh)\s{1,3}", re.IGNORECASE)
_CONSTITUTION = re.compile(r"\s{1,3}nước\s{1,3}cộng\s{1,2}h(?:òa|oà)\s{1,2}xã\s{1,2}hội\s{1,2}chủ\s{1,2}nghĩa\s{1,2}việt\s{1,2}nam", re.I)


def read_act(text: str, lower: str, start: int, word: str, *, capital: bool, after_units: bool) -> Act | None:
    """The reference whose kind word `word` (lower case, single blanks) stands at `text[start]`; None where it is none.

    `after_units`: a unit and "của" or nothing stand before it, so that a bare kind ("của Luật") is a reference too.
    """
    kind = KINDS[word]
    at = _word_end(lower, start, word)
    if text[at : at + 1] == "\n" and text[:start].rstrip(" \t*_#")[-1:] in ("", "\n"):
        return None  # a heading: "QUYẾT ĐỊNH" alone on its line
    if this := _THIS.match(lower, at):
        return Act(start, this.end(), this.end(), kind, word, this=True)
    if word in LAWS:
        return _read_law(text, lower, start, at, word, kind, capital=capital, after_units=after_units)
    number, core = _number_after(text, lower, at, kind)
    if number is None and kind in _DATED and (first := _OF_ISSUER_FIRST.match(lower, at)):
        number = read_number(text, first.end(), kind, None)
        core = number.end if number else core
    if number is not None:
        if word == "chương trình" and "/" not in number.symbol:
            return None
        day, end = date_after(text, lower, number.end)
        if day and (number.doubt or number.corrected_from):
            number = read_number(text, number.start, kind, day) or number
        issuer, end = bodies.issuer_after(text, end)
        return Act(start, end, number.end, _kind_of(kind, word, number), word, number.symbol, None, day, None, issuer,
                   corrected_from=number.corrected_from, doubt=number.doubt, complete=number.complete)  # fmt: skip
    if kind in _DATED and (capital or word == "công văn"):
        day, end = date_after(text, lower, at)
        if day and lower[at:end].lstrip(" ,(\n").startswith("ngày"):
            issuer, end = bodies.issuer_after(text, end)
            return Act(start, end, end, kind, word, None, None, day, None, issuer)
    short = _SHORT_NUMBER.match(text, at) if capital and word in SHORT_NAMED else None
    if short:
        name = " ".join(text[start : short.end()].split())
        return Act(start, short.end(), short.end(), kind, word, None, name, number_only=short["num"])
    if (blank := _BLANK_NUMBER.match(text, at)) is not None:
        day, end = date_after(text, lower, blank.end())
        return Act(start, end, blank.end(), kind, word, "/" + blank["rest"].replace(" ", ""), None, day, doubt="số để trống")
    if after_units and capital and word in SHORT_NAMED:
        return Act(start, at, at, kind, word, bare=True)
    return None


def _word_end(lower: str, start: int, word: str) -> int:
    at = start
    for part in word.split():
        at = lower.index(part, at) + len(part)
    return at


def _number_after(text: str, lower: str, at: int, kind: str) -> tuple[Number | None, int]:
    lead = _NUMBER_WORD.match(text, at)
    here = lead.end() if lead else at
    if lead and lead[0].strip() in ("", ",") and "\n" in lead[0] and not text[here : here + 1].isdigit():
        return None, here
    number = read_number(text, here, kind)
    if number is None and lead and "\n" not in lead[0] and (again := re.compile(r"[(“\"]\s?").match(text, here)):
        number = read_number(text, again.end(), kind)
    return number, number.end if number else here


def _kind_of(kind: str, word: str, number: Number) -> str:
    """Kind of the document: what the words say; party documents and joint circulars show in the symbol."""
    told = symbols.kind_of(number.symbol)
    if told == "van_ban_dang":
        return "van_ban_dang" if word in ("văn bản", "kết luận", "thông tri") or kind == "khac" else kind
    if told == "thong_tu_lien_tich" and kind == "thong_tu":
        return told
    if kind == "khac":
        return told or ("cong_van" if word in ("văn bản", "") and "-" in number.symbol else kind)
    return kind


def _read_law(text: str, lower: str, start: int, at: int, word: str, kind: str, *, capital: bool, after_units: bool) -> Act | None:
    if word == "hiến pháp":
        if re.compile(r"\s{0,2}(?:,|và)\s{1,2}(?:pháp luật|luật)").match(lower, at) or not (capital or text[start].isupper()):
            return None
        full = _CONSTITUTION.match(text, at)
        end = full.end() if full else at
        name = " ".join(text[start:end].split())
        year, end = _year_after(text, end)
        return Act(start, end, end, kind, word, None, name[0].upper() + name[1:], None, year)
    lead = _LAW_NUMBER.match(text, at)
    if lead and (number := read_number(text, lead.end(), kind)) and _parliamentary(number):
        return _numbered(text, lower, start, number, kind, word, None)
    gap = re.compile(r"\s{1,3}(?:về\s{1,3}(?:việc\s{1,3})?)?").match(text, at)
    if gap and gap[0].strip() and not (capital and names.law_name(text, gap.end())):
        gap = None
    if gap is None:
        return Act(start, at, at, kind, word, bare=True) if after_units and capital else None
    if capital or text[start].isupper():
        if amending := _AMENDING.match(text, at):
            if lower[max(0, start - 9) : start].rstrip().endswith("ban hành"):
                return None  # "Quốc hội ban hành Luật sửa đổi …": the act itself; the law inside is the one that is cited
            return _read_amending(text, lower, start, amending.end(), kind, word)
    found = names.law_name(text, gap.end())
    if found and not capital and not _is_known_lower(text, gap.end(), found[0], word):
        found = None
    if found is None:
        return Act(start, at, at, kind, word, bare=True) if after_units and capital else None
    end, name = found
    if tail := re.compile(r"\s{0,2}\((?:sửa đổi|HIV/AIDS)\)", re.I).match(text, end):
        end = tail.end()
    name = name.capitalize() if name.isupper() and len(name) > 8 else name
    full_name = " ".join(text[start : _word_end(lower, start, word)].split()).capitalize() + " " + name
    lead = _LAW_NUMBER.match(text, end)
    if lead and (number := read_number(text, lead.end(), kind)) and number.complete:
        return _numbered(text, lower, start, number, kind, word, full_name)
    return _dated(text, lower, start, end, kind, word, full_name)


def _is_known_lower(text: str, at: int, end: int, word: str) -> bool:
    """Whether what follows a lower-case "luật" is surely a name: of the vocabulary, and not a branch of the law."""
    if text[at].isupper():
        return True
    return word != "luật" or text[at:end].lower() not in (
        "dân sự", "hình sự", "lao động", "tố tụng dân sự", "tố tụng hình sự", "sư", "thương mại", "thuế", "giá",
    )  # fmt: skip


def _parliamentary(number: Number) -> bool:
    return number.complete


def _numbered(text: str, lower: str, start: int, number: Number, kind: str, word: str, name: str | None) -> Act:
    day, end = date_after(text, lower, number.end)
    year = None
    if day is None:
        year, end = _year_after(text, number.end)
        end = max(end, number.end)
    issuer, end = bodies.issuer_after(text, end)
    return Act(start, end, number.end, kind, word, number.symbol, name, day, None, issuer,
               corrected_from=number.corrected_from, doubt=number.doubt, complete=number.complete)  # fmt: skip


def _dated(text: str, lower: str, start: int, end: int, kind: str, word: str, name: str) -> Act:
    core = end
    year, end = _year_after(text, end)
    day = None
    if year is None:
        day, end = date_after(text, lower, end)
        if day and not lower[core:end].lstrip(" ,(\n").startswith("ngày"):
            day, end = None, core
    issuer = None
    if day:
        issuer, end = bodies.issuer_after(text, end)
    elif re.compile(r"\s{1,2}(?:của Quốc hội|\(sửa đổi\))").match(text, end):
        issuer, end = bodies.issuer_after(text, end)
    return Act(start, end, core if year is None else end, kind, word, None, name, day, year, issuer)


def _read_amending(text: str, lower: str, start: int, at: int, kind: str, word: str) -> Act | None:
    """"Luật sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C": one name, the inner laws are no targets."""
    end = None
    if other := _OTHER_LAWS.match(text, at):
        end = at + len(other[0].rstrip())
        stop = re.compile(r"\s(?:số|ngày|được|có hiệu|năm \d|theo|quy định tại)(?!\w)").search(text, at, end)
        end = stop.start() if stop else end
    elif inner := _INNER.match(text, at):
        found = names.law_name(text, inner.end())
        end = found[0] if found else None
        while end is not None and (more := _NEXT_INNER.match(text, end)) and (found := names.law_name(text, more.end())):
            end = found[0]
    if end is None:
        return None
    name = re.sub(r"\s*,", ",", " ".join(text[start:end].split()))
    name = name.capitalize() if name.isupper() else name
    lead = _LAW_NUMBER.match(text, end)
    if lead and (number := read_number(text, lead.end(), kind)) and number.complete:
        return _numbered(text, lower, start, number, kind, word, name)
    return _dated(text, lower, start, end, kind, word, name)


def _year_after(text: str, at: int) -> tuple[int | None, int]:
    match = _YEAR_TAIL.match(text, at)
    return (int(match["year"]), match.end()) if match else (None, at)


def date_after(text: str, lower: str, at: int) -> tuple[date | None, int]:
    """The date that follows a number or name at `at`, and its end; (None, `at`) where none does."""
    lead = _DATE_LEAD.match(text, at)
    if not lead:
        return None, at
    match = DATE.match(text, lead.end())
    day = date_of(match) if match else None
    if match is None or day is None:
        return None, at
    end = match.end()
    if "(" in lead[0] and text[end : end + 1] == ")":
        end += 1
    return day, end
