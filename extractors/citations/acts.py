"""Reading one document reference in running text: kind, number or name, date, issuer.

"Nghị định số 79/2025/NĐ-CP ngày 01 tháng 4 năm 2025 của Chính phủ", "Nghị quyết số 18-NQ/TW", "Thông tư này". The rule
is NĐ 78/2025 Art. 68 (laws by name and year, see `laws`; others by kind, number and issuer); all older styles live on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from corpus import symbols
from extractors.citations import bodies
from extractors.citations.days import date_after
from extractors.citations.laws import LAWS, read_law
from extractors.citations.numbers import Number, read_number, read_old_number
from extractors.citations.tokens import Act, Spot
from extractors.patterns import lazy, spaced

KINDS = {
    "hiến pháp": "hien_phap", "bộ luật": "luat", "luật": "luat", "pháp lệnh": "phap_lenh",
    "nghị quyết liên tịch": "nghi_quyet", "nghị quyết": "nghi_quyet", "nghị định": "nghi_dinh",
    "quyết định": "quyet_dinh", "thông tư liên tịch": "thong_tu_lien_tich", "thông tư liên bộ": "thong_tu_lien_tich",
    "thông tư": "thong_tu", "chỉ thị": "chi_thi", "lệnh": "lenh", "kế hoạch": "ke_hoach", "báo cáo": "bao_cao",
    "tờ trình": "to_trinh", "công văn": "cong_van", "công điện": "cong_dien", "thông báo": "thong_bao",
    "hướng dẫn": "huong_dan", "chương trình": "chuong_trinh", "phương án": "phuong_an", "đề án": "de_an",
    "quy chế": "quy_che", "qui chế": "quy_che", "quy định": "quy_dinh", "qui định": "quy_dinh",
    "văn bản hợp nhất": "van_ban_hop_nhat", "văn bản": "khac", "kết luận": "khac", "điều lệ": "khac",
    "sắc lệnh": "lenh", "nội quy": "khac", "thông tri": "khac", "danh mục": "khac", "quy ước": "khac",
    "hương ước": "khac", "chương trình hành động": "chuong_trinh", "kế hoạch hành động": "ke_hoach",
    "báo cáo thẩm định": "bao_cao", "báo cáo thẩm tra": "bao_cao", "báo cáo giải trình": "bao_cao",
    "báo cáo tổng hợp": "bao_cao", "thông báo kết luận": "thong_bao", "kết luận thanh tra": "khac",
    "kế hoạch phối hợp": "ke_hoach", "kế hoạch liên ngành": "ke_hoach", "chương trình phối hợp": "chuong_trinh",
    "quy chế phối hợp": "quy_che", "hướng dẫn liên ngành": "huong_dan", "công văn liên ngành": "cong_van",
    "công văn hỏa tốc": "cong_van", "công văn khẩn": "cong_van",
    "kết luận liên ngành": "khac",
    "giấy phép": "khac", "biên bản": "khac", "giấy mời": "khac",
}  # fmt: skip
SHORT_NAMED = frozenset((
    "nghị quyết", "nghị quyết liên tịch", "nghị định", "quyết định", "thông tư", "thông tư liên tịch",
    "thông tư liên bộ", "chỉ thị",
))  # fmt: skip
_DATED_BY_NUMBER = SHORT_NAMED | {"kế hoạch", "thông báo"}
_LETTERS = frozenset(("to_trinh", "cong_van", "bao_cao"))
_DATED = frozenset((
    "nghi_quyet", "nghi_dinh", "quyet_dinh", "thong_tu", "thong_tu_lien_tich", "chi_thi", "phap_lenh", "lenh",
    "ke_hoach", "bao_cao", "to_trinh", "cong_van", "cong_dien", "thong_bao",
))  # fmt: skip
# A programme that everybody calls by the number of its decision (Quyết định số 06/QĐ-TTg, 6 January 2022).
_NICKNAMED = lazy(r"\s{1,3}06(?![\d/.])")
_NICKNAME = ("06/QĐ-TTg", date(2022, 1, 6))
_THIS = spaced(r" (?:ban hành )?này(?!\w)")
_LEAD = spaced(
    r"\s{0,3},?\s{0,3}(?:(?:\(|mang\s)?s[ốô](?!\w)|S[Ốố](?!\w)|no(?=\s\d))?"
    r"\s{0,3}[:.]?\s{0,4}[*_]{0,2}(?:[(“\"]\s?(?=\d))?"
)
_ISSUER_FIRST = spaced(
    r" (?:(?:của|do) |(?=hđnd|ubnd|hội đồng nhân|[uủ][yỷ] ban nhân))"
    r"(?=chính phủ|thủ tướng|bộ|[uủ][yỷ] ban|ubnd|hđnd|hội đồng|ban\s|chủ tịch|thống đốc|quốc hội|liên bộ"
    r"|tổng|tỉnh ủy)(?:(?!luật|nghị định|nghị quyết|thông tư|quyết định|pháp lệnh|\ssố\s)[^;:.\n()“”\"]){3,90}?"
    r"\s?:? số\s{0,2}:?\s{0,3}(?=\d)"
)
_SHORT_NUMBER = lazy(
    r"\s{1,3}(?:số\s{1,3})?(?P<num>(?<=số\s)\d|\d{2,4})(?!,\d|\.\d)"
    r"(?=\s{0,2}[,;.:)]|\s(?:của|được|thì|và|đã|có|quy|là|hết|như|với|về|để|trong|nêu|nói|trên|\()|\s?$)",
    re.MULTILINE,
)
# "Nghị định 34 ngày 14/5/2016", "Quyết định số 4410 ngày 29/12/2023": the letters are left out, the day is told.
_NUMBER_AND_DAY = lazy(
    r"\s{1,3}(?:số\s{0,2}:?\s{1,3})?(?P<num>\d{1,5}),?\s{1,3}"
    r"(?:(?=ngày\s{1,3}\d)|năm\s(?P<year>\d{4})(?!\w))"
)
_YEARS_IN_SYMBOLS = 1999  # since then the number of a decree holds its year
# A form or draft: "Quyết định số      /QĐ-UBND", "số …/2025/QĐ-UBND".
_BLANK_NUMBER = lazy(
    r"\s{0,3}số\s{0,3}:?[\s.…_]{0,30}/\s?"
    r"(?P<rest>(?:\d{4}\s?/\s?)?[A-ZĐ][A-ZĐa-z]{0,4}\s?-\s?[A-ZĐ]{2,12})"
)


_TELLING = frozenset("nsmb")  # này, ngày, no · số · mang · ban hành này
_TELLING_ISSUER = frozenset("cdhuủ")  # của · do · HĐND, UBND


def says_which(word: str, lower: str, at: int) -> bool:
    """Whether what stands behind a kind's `word`, which ends at `at`, may begin what `read_act` reads; no pattern.

    Laws have names, and a kind behind units needs nothing more: they are not asked about.
    """
    after = lower[at + 1 : at + 2]
    told = after in _TELLING or (after in _TELLING_ISSUER and KINDS[word] in _DATED)
    return told or lower[at : at + 1] != " " or not after.isalpha()


def read_act(spot: Spot) -> Act | None:
    """The reference whose kind word stands at `spot`; None where it is none ("quyết định của Tòa án")."""
    text, lower, start, at, word = spot.text, spot.lower, spot.start, spot.at, spot.word
    kind = KINDS[word]
    if text[at : at + 1] == "\n" and text[:start].rstrip(" \t*_#")[-1:] in ("", "\n"):
        return None  # a heading: "QUYẾT ĐỊNH" alone on its line
    if this := _THIS.match(lower, at):
        return Act(start, this.end(), this.end(), kind, word, this=True)
    if word in LAWS:
        return read_law(spot, kind)
    number = _number_after(spot, kind)
    if number is not None:
        act = numbered(text, start, number, kind, word)
        if act.issuer is None and number.start - at > 8:
            # "Nghị định của Chính phủ: số …", "Nghị quyết HĐND xã số …"
            return replace(act, issuer=bodies.issuer_after(text, at)[0] or bodies.local_body(text, at))
        if act.issuer is None and kind in _LETTERS:
            return replace(act, issuer=bodies.issuer_before(text, start))
        return act
    if kind in _DATED and (spot.capital or word == "công văn"):
        day, end = date_after(text, at)
        if day and lower[at:end].lstrip(" ,(\n").startswith("ngày"):
            issuer, end = bodies.issuer_after(text, end)
            return Act(start, end, end, kind, word, date=day, issuer=issuer)
    if word == "đề án" and spot.capital and (nick := _NICKNAMED.match(text, at)):
        symbol, day = _NICKNAME
        return Act(start, nick.end(), nick.end(), "quyet_dinh", word, symbol, date=day, issuer="Thủ tướng Chính phủ")
    if spot.capital and word in _DATED_BY_NUMBER and (told := _number_and_day(spot, kind)):
        return told
    short = _SHORT_NUMBER.match(text, at) if spot.capital and word in SHORT_NAMED else None
    if short:
        name = " ".join(text[start : short.end()].split())
        return Act(start, short.end(), short.end(), kind, word, name=name, number_only=short["num"])
    if blank := _BLANK_NUMBER.match(text, at):
        _, end = date_after(text, blank.end())
        return Act(start, end, blank.end(), kind, word, "/" + blank["rest"].replace(" ", ""), doubt="số để trống")
    if spot.after_units and spot.capital and word in SHORT_NAMED:
        return Act(start, at, at, kind, word, bare=True)
    return None


def numbered(text: str, start: int, number: Number, kind: str, word: str, *, shared: bool = False) -> Act:
    """The act with that number: its date and issuer are read behind it. `shared`: the kind's word stands elsewhere."""
    day, end = date_after(text, number.end)
    if day and (number.doubt or number.corrected_from):
        number = read_number(text, number.start, kind, day) or number
    issuer, end = bodies.issuer_after(text, end)
    return Act(
        start, end, number.end, _kind_of(kind, word, number), word, number.symbol, date=day, issuer=issuer,
        shared=shared, corrected_from=number.corrected_from, doubt=number.doubt, complete=number.complete,
    )  # fmt: skip


def _number_and_day(spot: Spot, kind: str) -> Act | None:
    """An act by number and day, or a decree by number and year; a decree's symbol follows from them (one issuer)."""
    text, start = spot.text, spot.start
    found = _NUMBER_AND_DAY.match(text, spot.at)
    if found is None:
        return None
    day, end = date_after(text, found.end()) if found["year"] is None else (None, found.end())
    year = day.year if day else int(found["year"] or 0)
    if (day is None and kind != "nghi_dinh") or not year:
        return None
    issuer, end = bodies.issuer_after(text, end)
    if kind == "nghi_dinh" and year >= _YEARS_IN_SYMBOLS:
        symbol = f"{found['num']}/{year}/NĐ-CP"
        raw = text[found.start("num") : found.end("num")]
        return Act(start, end, found.end("num"), kind, spot.word, symbol, date=day, issuer=issuer, corrected_from=raw)
    name = " ".join(text[start : found.end("num")].split())
    return Act(
        start, end, found.end("num"), kind, spot.word, name=name, date=day, issuer=issuer, number_only=found["num"]
    )


def _number_after(spot: Spot, kind: str) -> Number | None:
    lead = _LEAD.match(spot.text, spot.at)
    here = lead.end() if lead else spot.at
    if lead and lead[0].strip() in ("", ",") and "\n" in lead[0] and not spot.text[here : here + 1].isdigit():
        return None
    number = read_number(spot.text, here, kind)
    if number is None and kind in _DATED:
        number = read_old_number(spot.text, here)
    if number is None and kind in _DATED and (first := _ISSUER_FIRST.match(spot.lower, spot.at)):
        number = read_number(spot.text, first.end(), kind)
    return number


def _kind_of(kind: str, word: str, number: Number) -> str:
    """Kind of the document: what the words say; joint circulars, party documents and letters show in the symbol."""
    told = symbols.kind_of(number.symbol)
    if told == "thong_tu_lien_tich" and kind == "thong_tu":
        return told
    if kind == "khac":
        return told or ("cong_van" if word == "văn bản" and "-" in number.symbol else kind)
    return kind
