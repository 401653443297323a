"""TT: form (thể thức): number and symbol, parts that must be there, numbering of units.

What a reader may have lost is never called missing without a second look at the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus import symbols
from corpus.model import Document, Finding
from corpus.text import fold, fold_words, tone_key
from rules.base import Context, finding, place, rule, signed, spoken_date
from rules.tt_numbering import broken, tt03

FORM = "Điều 71 Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP"
PARTS = "Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP"

__all__ = ["broken", "missing_parts", "tt01", "tt02", "tt03"]

_OFFICIAL = ("nghi_quyet", "quyet_dinh", "chi_thi", "ke_hoach", "thong_bao", "huong_dan", "bao_cao", "chuong_trinh")


# --- TT01: number, symbol, date, kind --------------------------------------------------------------


@rule("TT01", "Số, ký hiệu, ngày, tên loại sai thể thức hoặc không khớp nhau", "thap", FORM, "dinh_chinh")
def tt01(document: Document, context: Context) -> Iterator[Finding]:
    """Malformed or inconsistent number and symbol, date, kind.

    Tìm: số, ký hiệu sai mẫu; năm trong số hiệu khác năm ký; ngày không có trong lịch; tên loại không khớp ký hiệu;
    số ghi ở văn bản kèm theo khác số của quyết định ban hành.
    Căn cứ: Điều 71 Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP
    Ký ngày: 06/01/2026
    Có phát hiện: Số: 07/2025/QĐ-UBND
    Không phát hiện: Số: 07/2026/QĐ-UBND
    Kiến nghị: đính chính.
    """
    for start, end, message in _number_faults(document):
        yield finding(("TT01", "thap", FORM), document, [place(document, start, end)], message,
                      certainty="chac_chan", proposal="dinh_chinh")  # fmt: skip


_NUMBER_LINE = re.compile(r"(?m)^\W{0,4}Số\s{0,3}:?\s{0,3}(\S{1,40}(?:\s?[-–/]\s?\S{1,20}){0,3})[^\S\n]{0,6}$")
_ISSUED_DATE = re.compile(
    r"(?im)^[^\n]{0,60}?ngày\s{1,3}(\d{1,2})\s{1,3}tháng\s{1,3}(\d{1,2})\s{1,3}năm\s{1,3}(\d{4})\W{0,6}$"
)
_RIGHT_SHAPE = re.compile(
    r"\d{1,6}(?:\.\d{1,3})?[a-zđ]?/(?:\d{4}/)?[A-ZĐ][A-Za-zĐđƯưÂâÔôÊê]{0,9}(?:-[A-ZĐ][A-Za-zĐđ&.]{0,14}){0,4}$"
)
_WITH_DECISION = re.compile(
    r"(?i)kèm theo\s{1,3}(?:quyết định|nghị quyết)\s{1,3}số\s?:?\s{0,3}(\d{1,4}/(?:\d{4}/)?[A-ZĐ][\wĐđ\-]{1,20})"
)


def _number_faults(document: Document) -> Iterator[tuple[int, int, str]]:
    head = document.masthead
    if head is None:
        return
    written, span = head.symbol_as_written or head.symbol, head.spans.get("symbol")
    if span is None and (match := _NUMBER_LINE.search(document.text[:2000])):
        span = match.span(1)
        written = match[1]
    if span and written and re.search(r"\d", written):
        text = re.sub(r"\s", "", written).translate({0x2013: "-", 0x2014: "-", 0x2010: "-", 0x2011: "-"})
        if not _RIGHT_SHAPE.match(text) and re.search(r"[A-ZĐ]{2}", text):
            yield (*span, f"Số, ký hiệu “{written}” không đúng mẫu (số/năm/loại-cơ quan hoặc số/loại-cơ quan).")
        parts = symbols.parse(head.symbol) if head.symbol else None
        if parts and parts.year and head.date and head.level != "trung_uong" and parts.year != head.date.year:
            said = f"văn bản ký ngày {spoken_date(head.date)}"
            yield (*span, f"Năm trong số hiệu ({parts.year}) khác năm ban hành: {said}.")
        yield from _wrong_letters(document, written, span)
        kind = symbols.kind_of(head.symbol) if head.symbol else None
        if kind in ("ke_hoach", "thong_bao", "cong_van", "bao_cao") and parts and parts.year:
            yield (*span, f"“{written}” mang dạng số hiệu văn bản quy phạm pháp luật nhưng là văn bản hành chính.")
    yield from _impossible_date(document)
    if head.symbol:
        for match in _WITH_DECISION.finditer(document.text):
            if symbols.key(match[1]) != symbols.key(head.symbol) and _same_tail(match[1], head.symbol) \
                    and _is_own_attachment(document, match):
                said = f"Văn bản kèm theo ghi số {match[1]}, còn số của văn bản ban hành là {head.symbol}."
                yield (*match.span(1), said)


_TITLES = {
    "nghi_quyet": "nghị quyết", "quyet_dinh": "quyết định", "chi_thi": "chỉ thị", "ke_hoach": "kế hoạch",
    "thong_bao": "thông báo", "bao_cao": "báo cáo", "huong_dan": "hướng dẫn", "chuong_trinh": "chương trình",
}  # fmt: skip


def _wrong_letters(document: Document, written: str, span: tuple[int, int]) -> Iterator[tuple[int, int, str]]:
    """Letters of the symbol that are in the wrong order, of no body, or not those of the heading's kind or issuer."""
    text = symbols.normalise(re.sub(r"\s", "", written)).upper()
    if match := re.search(r"/(UBND|HĐND|UB)-([A-ZĐ]{2,4})$", text):
        if match[2] in symbols.KIND_OF_ABBREVIATION:
            yield (*span, f"Số, ký hiệu “{written}” ghi ngược thứ tự tên loại và cơ quan (loại-cơ quan).")
        return
    if re.search(r"/[A-ZĐ]{2,3}-(?:UB|HĐ|UBNDX|UBX)$", text):
        yield (*span, f"Số, ký hiệu “{written}” viết tắt tên cơ quan sai mẫu (UBND, HĐND).")
        return
    parts = symbols.parse(text)
    kind = symbols.kind_of(text)
    headed = _heading_kind(document, span[1])
    if parts and kind and headed and headed != kind and kind in _TITLES:
        yield (*span, f"Tên loại ở tiêu đề là “{_TITLES[headed]}” nhưng số, ký hiệu “{written}” là của "
                      f"{_TITLES[kind]}.")  # fmt: skip
        return
    issuer = fold_words((document.masthead.issuer if document.masthead else None) or "")
    council = "HĐND" in text
    if parts and parts.kind in ("NQ", "QĐ", "CT") and symbols.is_local(text) and issuer.startswith(
        ("uy ban nhan dan", "hoi dong nhan dan")
    ) and issuer.startswith("hoi dong nhan dan") is not council:  # fmt: skip
        yield (*span, f"Ký hiệu “{written}” không phải của {document.masthead.issuer if document.masthead else ''}.")


def _heading_kind(document: Document, after: int) -> str | None:
    """Kind that the heading between the number and the title gives, in capitals on a line of its own."""
    end = min((unit.start for unit in document.provisions), default=after + 800)
    for line in document.text[after : min(end, after + 800)].splitlines():
        words = tone_key(line).strip(" *_:")
        for kind, name in _TITLES.items():
            if words == name and line.strip(" *_:").isupper():
                return kind
    return None


def _impossible_date(document: Document) -> Iterator[tuple[int, int, str]]:
    """A day of issue that no calendar has (31 tháng 02)."""
    for match in _ISSUED_DATE.finditer(document.text[:3000]):
        day, month, year = (int(group) for group in match.groups())
        try:
            date(year, month, day)
        except ValueError:
            words = " ".join(match[0].split())
            yield (*match.span(), f"“{words}”: ngày ban hành không có trong lịch.")
        return


def _same_tail(a: str, b: str) -> bool:
    return fold(a.split("/")[-1]) == fold(b.split("/")[-1])


def _is_own_attachment(document: Document, match: re.Match[str]) -> bool:
    """Whether "(kèm theo Quyết định số …)" stands under the title of this document's own attached text."""
    line = document.text.rfind("\n", 0, match.start()) + 1
    opening = tone_key(document.text[line : match.start()])
    if len(opening.strip(" (")) > 25 or not re.match(r"\W{0,3}(?:\(|ban hành|kèm theo)?", opening):
        return False
    attached = [unit for unit in document.provisions if re.fullmatch(r"att_\w+|app_\w+", unit.id)]
    end = document.text.find("\n", match.end())
    date_here = re.search(r"ngày\s{1,3}(\d{1,2})\s{1,3}tháng\s{1,3}(\d{1,2})\s{1,3}năm\s{1,3}(\d{4})",
                          document.text[match.end() : end if end > 0 else match.end() + 120])  # fmt: skip
    day = signed(document)
    if date_here and day:
        return tuple(map(int, date_here.groups())) == (day.day, day.month, day.year)
    return any(unit.start <= match.start() <= unit.start + 400 for unit in attached)


# --- TT02: parts that must be there ----------------------------------------------------------------


@rule("TT02", "Thiếu thành phần thể thức", "thap", PARTS, "dinh_chinh")
def tt02(document: Document, context: Context) -> Iterator[Finding]:
    """A part that must be there is missing: motto, number, bases, signature block, recipients; effect clause.

    Tìm: văn bản thiếu Quốc hiệu, số và ký hiệu, ngày ban hành, căn cứ, chữ ký, nơi nhận, hoặc (văn bản quy phạm
    pháp luật) điều khoản hiệu lực. Một dòng cho mỗi văn bản.
    Căn cứ: Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP
    Ký ngày: không
    Có phát hiện: QUYẾT ĐỊNH / Ban hành Quy chế chợ / Điều 1. Ban hành Quy chế chợ.
    Không phát hiện: (văn bản đủ thành phần)
    Kiến nghị: đính chính; thiếu điều khoản hiệu lực: nghiên cứu, xem xét.
    """
    missing = missing_parts(document)
    if not missing:
        return
    start, end = _title_or_first_line(document)
    only_effect = missing == ["điều khoản hiệu lực thi hành"]
    copied = missing == ["nơi nhận"] and bool(re.search(r"(?i)\.(?:txt|html?|md)$", document.path))
    typed = not document.lines or all(line.confidence is None for line in document.lines)
    yield finding(
        ("TT02", "thap", PARTS), document, [place(document, start, end)],
        f"Văn bản thiếu: {'; '.join(missing)}"
        f"{' (bản chép có thể đã lược phần này, cần đối chiếu bản gốc)' if copied else ''}.",
        certainty="can_kiem_tra" if copied else "chac_chan" if typed else "goi_y",
        proposal="xem_xet" if only_effect else "dinh_chinh",
    )  # fmt: skip


_SIGNATURE = re.compile(
    r"\b(?:tm|kt|tl|tuq|q) (?:uy ban|chu tich|hoi dong|thuong truc|truong)|\bchu tich\b"
    r"|\b(?:pho )?truong (?:ban nhan dan ap|cong an|thon|ap|ban|buon|khom|lang|xom|khu pho|tram|phong)\b"
    r"|\b(?:chi huy truong|hieu truong|giam doc|tram truong|doi truong|to truong)\b"
)
_OF_RESIDENTS = re.compile(r"(?m)^\W{0,4}(?:HƯƠNG ƯỚC|QUY ƯỚC)\b")
"""A convention of residents is no administrative document: no number, no register, signed by the head of the hamlet."""


def missing_parts(document: Document) -> list[str]:
    """Parts of form that the document lacks, in Vietnamese. Every "no" is looked up once more in the raw text."""
    head = document.masthead
    text = document.text
    folded_top, folded_end = fold(text[:3000]), fold_words(text[-2500:])
    spans = head.spans if head else {}
    missing: list[str] = []
    if "motto" not in spans and "conghoaxahoichunghiavietnam" not in folded_top:
        missing.append("Quốc hiệu")
    elif "conghoaxahoichunghiavietnam" in folded_top and "doclaptudohanhphuc" not in folded_top:
        missing.append("Tiêu ngữ")
    numberless = head is None or head.symbol is None
    of_residents = numberless and bool(_OF_RESIDENTS.search(text[:1500]))
    if numberless and not of_residents and not _NUMBER_LINE.search(text[:2500]) and not re.search(
        r"(?m)^[^\n]{0,80}\bSố\s{0,3}:", text[:2500]
    ):
        missing.append("số, ký hiệu")
    kind = head.kind if head else None
    if _undated(document) and not of_residents:
        missing.append("ngày, tháng, năm ban hành")
    if kind in ("nghi_quyet", "quyet_dinh") and "bases" not in spans and not re.search(
        r"(?im)^\W{0,3}căn cứ\b", text[:6000]
    ) and not any(c.role == "basis" for c in document.citations):
        missing.append("căn cứ ban hành")
    unsigned = (head is None or head.signer is None) and "signature" not in spans
    if unsigned and not _SIGNATURE.search(folded_end):
        missing.append("chức vụ, họ tên và chữ ký của người ký")
    elif head is not None and head.signer is None and _ends_with_office(document):
        missing.append("họ tên người ký")
    if "recipients" not in spans and "noi nhan" not in folded_end and "noi nhan" not in fold_words(text[-12000:]) \
            and kind in _OFFICIAL:
        missing.append("nơi nhận")
    sets_rules = head and head.normative and head.effective is None and kind in ("quyet_dinh", "nghi_quyet")
    if sets_rules and not _EFFECT.search(tone_key(text)):
        missing.append("điều khoản hiệu lực thi hành")
    if kind in ("quyet_dinh", "nghi_quyet", "chi_thi", "ke_hoach") and _untitled(document):
        missing.append("trích yếu nội dung")
    return missing


_EFFECT = re.compile(
    r"(?:có|bắt đầu|phát sinh) hiệu lực|hiệu lực thi hành|thi hành kể từ|hiệu lực (?:kể )?từ ngày"
)
_DATED = re.compile(r"ngày\s{1,3}\d{1,2}\s{1,3}tháng\s{1,3}\d{1,2}")


def _undated(document: Document) -> bool:
    """Whether neither the masthead nor a line before the title and the bases gives a day of issue."""
    head = document.masthead
    if head is not None and head.date is not None:
        return False
    top = tone_key(document.text[:3000])
    begins = re.search(r"(?m)^\W{0,3}(?:căn cứ|thực hiện|xét|điều 1\b)", top)
    return not _DATED.search(top[: begins.start()] if begins else top)


_OFFICE_LINE = re.compile(
    r"\W{0,4}(?:(?:q|tm|kt|tl|tuq)\W{0,3}\s{0,2})?(?:pho )?(?:chu tich|truong ban|chanh van phong)\W{0,6}"
)


def _ends_with_office(document: Document) -> bool:
    """Whether the text ends with the signer's office and no name below it, in a file whose lines were not guessed."""
    if any(line.confidence is not None for line in document.lines):
        return False
    lines = [line for line in document.text[-800:].splitlines() if line.strip()]
    return bool(lines) and bool(_OFFICE_LINE.fullmatch(fold_words(lines[-1])))


def _untitled(document: Document) -> bool:
    """Whether the kind stands alone on its line and the next words are the issuer or the bases."""
    head = document.masthead
    if head is None or (head.title and fold(head.title) != fold(head.issuer or "")):
        return False
    lines = [tone_key(line).strip(" *_:") for line in document.text[:3000].splitlines() if line.strip(" *_-–:")]
    for i, line in enumerate(lines[:-1]):
        if line in _TITLES.values():
            return bool(re.match(r"(?:ủy ban nhân dân|hội đồng nhân dân|chủ tịch|căn cứ|điều 1\b)", lines[i + 1]))
    return False


def _title_or_first_line(document: Document) -> tuple[int, int]:
    head = document.masthead
    if head and "title" in head.spans:
        return head.spans["title"]
    end = document.text.find("\n")
    return 0, end if end > 0 else len(document.text)
