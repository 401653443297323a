"""TT: form (thể thức): number and symbol, parts that must be there, numbering of units.

What a reader may have lost is never called missing without a second look at the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus import symbols
from corpus.model import Document, Finding, Provision
from corpus.text import fold, fold_words, tone_key
from rules.base import Context, finding, place, rule, signed, spoken_date, spoken_unit
from rules.units import POINT_LETTERS

FORM = "Điều 71 Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP"
PARTS = "Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP"
UNITS = "Điều 63, Điều 64 Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP"

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
    yield finding(
        ("TT02", "thap", PARTS), document, [place(document, start, end)],
        f"Văn bản thiếu: {'; '.join(missing)}.",
        certainty="chac_chan" if not document.lines or all(line.confidence is None for line in document.lines)
        else "goi_y",
        proposal="xem_xet" if only_effect else "dinh_chinh",
    )  # fmt: skip


_SIGNATURE = re.compile(r"\b(?:tm|kt|tl|tuq|q) (?:uy ban|chu tich|hoi dong|thuong truc|truong)|\bchu tich\b")


def missing_parts(document: Document) -> list[str]:
    """Parts of form that the document lacks, in Vietnamese. Every "no" is looked up once more in the raw text."""
    head = document.masthead
    text = document.text
    folded_top, folded_end = fold(text[:3000]), fold_words(text[-2500:])
    spans = head.spans if head else {}
    missing: list[str] = []
    if "motto" not in spans and "conghoaxahoichunghiavietnam" not in folded_top:
        missing.append("Quốc hiệu")
    if (head is None or head.symbol is None) and not _NUMBER_LINE.search(text[:2500]) and not re.search(
        r"(?m)^[^\n]{0,80}\bSố\s{0,3}:", text[:2500]
    ):
        missing.append("số, ký hiệu")
    dated = re.search(r"ngày\s{1,3}\d{1,2}\s{1,3}tháng\s{1,3}\d{1,2}", text[:3000])
    if (head is None or head.date is None) and not dated:
        missing.append("ngày, tháng, năm ban hành")
    kind = head.kind if head else None
    if kind in ("nghi_quyet", "quyet_dinh") and "bases" not in spans and not re.search(
        r"(?im)^\W{0,3}căn cứ\b", text[:6000]
    ) and not any(c.role == "basis" for c in document.citations):
        missing.append("căn cứ ban hành")
    unsigned = (head is None or head.signer is None) and "signature" not in spans
    if unsigned and not _SIGNATURE.search(folded_end):
        missing.append("chức vụ, họ tên và chữ ký của người ký")
    if "recipients" not in spans and "noi nhan" not in folded_end and "noi nhan" not in fold_words(text[-12000:]) \
            and kind in _OFFICIAL:
        missing.append("nơi nhận")
    if head and head.normative and head.effective is None and kind in ("quyet_dinh", "nghi_quyet") and not re.search(
        r"hiệu lực|thi hành kể từ", tone_key(text)
    ):
        missing.append("điều khoản hiệu lực thi hành")
    return missing


def _title_or_first_line(document: Document) -> tuple[int, int]:
    head = document.masthead
    if head and "title" in head.spans:
        return head.spans["title"]
    end = document.text.find("\n")
    return 0, end if end > 0 else len(document.text)


# --- TT03: numbering -------------------------------------------------------------------------------


@rule("TT03", "Đánh số điều, khoản, điểm, mục không liên tục", "thap", UNITS, "dinh_chinh")
def tt03(document: Document, context: Context) -> Iterator[Finding]:
    """Numbering of units broken: skipped, repeated, out of order.

    Tìm: điều, khoản, điểm, mục bị bỏ số, trùng số hoặc sai thứ tự.
    Căn cứ: Điều 63, Điều 64 Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP
    Ký ngày: 15/3/2022
    Có phát hiện: Điều 2. Trách nhiệm / 1. Trưởng thôn thông báo. / 3. Hộ gia đình chấp hành.
    Không phát hiện: Điều 2. Trách nhiệm / 1. Trưởng thôn thông báo. / 2. Hộ gia đình chấp hành.
    Kiến nghị: đính chính.
    """
    title = (document.masthead.title if document.masthead else None) or ""
    amending = bool(re.search(r"sửa đổi|bãi bỏ", tone_key(title)))
    ocr = any(line.confidence is not None for line in document.lines)
    for unit, message in broken(document):
        if amending and unit.kind != "dieu":
            continue
        end = document.text.find("\n", unit.start)
        stop = min(end if end > 0 else unit.end, unit.start + 300)
        yield finding(
            ("TT03", "thap", UNITS), document, [place(document, unit.start, max(stop, unit.start + 1))], message,
            certainty="goi_y" if ocr or _loose(unit) else "chac_chan", proposal="dinh_chinh",
        )  # fmt: skip


def _loose(unit: Provision) -> bool:
    """Numbers of lists and forms in attached texts and appendices begin again and jump as their authors like."""
    return unit.kind in ("muc_so", "muc_la_ma") and unit.id.startswith(("att_", "app_"))


def broken(document: Document) -> Iterator[tuple[Provision, str]]:
    """Units at which the numbering of their level breaks, with what is wrong."""
    families: dict[tuple[str, str], list[Provision]] = {}
    for unit in document.provisions:
        if unit.kind in ("dieu", "khoan", "diem", "muc_la_ma", "muc_so") and unit.num:
            parent = _parent(document, unit)
            families.setdefault((unit.kind, parent), []).append(unit)
    for (kind, _), units in families.items():
        if kind == "muc_so" and any("." in (unit.num or "") for unit in units):
            units = [unit for unit in units if "." in (unit.num or "")] if len(units) > 1 else units
        yield from _breaks(document, kind, units)


def _parent(document: Document, unit: Provision) -> str:
    """The unit within which the number counts: for an article the whole text or its attached text."""
    parts = unit.id.split("__")
    if unit.kind == "dieu":
        return "__".join(part for part in parts if part.startswith("att_"))
    holder = [
        other for other in document.provisions
        if other.start <= unit.start < other.end and other is not unit and "__".join(parts[:-1]) == other.id
    ]  # fmt: skip
    return "__".join(parts[:-1]) + (f"#{holder[-1].start}" if holder else "")


def _breaks(document: Document, kind: str, units: Sequence[Provision]) -> Iterator[tuple[Provision, str]]:
    word = {"dieu": "Điều", "khoan": "khoản", "diem": "điểm", "muc_la_ma": "mục", "muc_so": "mục"}[kind]
    order = [_ordinal(kind, unit.num or "") for unit in units]
    if any(value is None for value in order) or len(units) < 1:
        return
    values = [value for value in order if value is not None]
    where = _inside(units[0])
    if values[0] == 2 and len(units) >= 1 and not _elsewhere(document, kind, units[0], 1):
        yield units[0], f"{where}Có {word} {units[0].num} mà không có {word} {_name(kind, 1)} đứng trước."
    for i in range(1, len(values)):
        before, here = values[i - 1], values[i]
        if here == before + 1:
            continue
        if here == before:
            yield units[i], f"{where}Hai {word} cùng mang số {units[i].num}."
        elif i > 1 and values[i - 2] == before and here == before + 2:
            continue  # the second of two equal numbers stands where the lost one should be
        elif before + 1 < here <= before + 3 and not any(
            _elsewhere(document, kind, units[i], lost, units[i - 1].start) for lost in range(before + 1, here)
        ):  # fmt: skip
            lost = ", ".join(_name(kind, value) for value in range(before + 1, here))
            yield units[i], f"{where}Sau {word} {units[i - 1].num} là {word} {units[i].num}: thiếu {word} {lost}."
        elif here < before and kind == "dieu":
            yield units[i], f"{where}Sau {word} {units[i - 1].num} là {word} {units[i].num}: sai thứ tự."


def _inside(unit: Provision) -> str:
    parent = "__".join(unit.id.split("__")[:-1])
    words = spoken_unit(parent) if parent else ""
    return f"{words[:1].upper() + words[1:]}: " if words else ""


def _ordinal(kind: str, num: str) -> int | None:
    if kind == "diem":
        return POINT_LETTERS.find(num) + 1 if len(num) == 1 and num in POINT_LETTERS else None
    if kind == "muc_la_ma":
        return _roman(num)
    last = num.split(".")[-1]
    return int(last) if last.isdigit() else None


def _name(kind: str, value: int) -> str:
    if kind == "diem":
        return POINT_LETTERS[value - 1] if value <= len(POINT_LETTERS) else str(value)
    if kind == "muc_la_ma":
        return _to_roman(value)
    return str(value)


def _roman(num: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not num or any(letter not in values for letter in num):
        return None
    total = 0
    for i, letter in enumerate(num):
        value = values[letter]
        total += -value if i + 1 < len(num) and values[num[i + 1]] > value else value
    return total


def _to_roman(value: int) -> str:
    made = ""
    for amount, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= amount:
            made, value = made + letters, value - amount
    return made


def _elsewhere(document: Document, kind: str, unit: Provision, value: int, since: int | None = None) -> bool:
    """Whether the raw text before `unit` has a line that bears the number that seems to be missing."""
    name = _name(kind, value)
    if kind == "dieu":
        shape = rf"(?im)^\W{{0,4}}điều\s{{0,3}}{name}\b"
    elif kind == "diem":
        shape = rf"(?im)(?:^|[;:.]\s{{1,3}})\W{{0,3}}{name}[).\]]"
    elif kind == "khoan" or kind == "muc_so":
        last = (unit.num or "").split(".")
        number = re.escape(".".join([*last[:-1], name]))
        shape = rf"(?m)(?:^|[;:.]\s{{1,3}})\W{{0,4}}{number}(?:[.)]|\s)"
    else:
        shape = rf"(?m)^\W{{0,4}}{name}[.)\s]"
    begin = since if since is not None else max(0, unit.start - 1500)
    return bool(re.search(shape, document.text[begin : unit.start]))
