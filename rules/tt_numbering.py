"""TT03: numbering of units: skipped, repeated, out of order, or with a letter that points do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.model import Document, Finding, Provision
from corpus.text import tone_key
from rules.base import Context, finding, place, rule, spoken_unit
from rules.units import POINT_LETTERS

UNITS = "Điều 63, Điều 64 Nghị định số 78/2025/NĐ-CP; Phụ lục I Nghị định số 30/2020/NĐ-CP"


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
    if not unit.id.startswith(("att_", "app_")):
        return False
    return unit.kind in ("muc_so", "muc_la_ma") or (unit.kind == "diem" and "art_" not in unit.id)


def broken(document: Document) -> Iterator[tuple[Provision, str]]:
    """Units at which the numbering of their level breaks, with what is wrong."""
    families: dict[tuple[str, str], list[Provision]] = {}
    for unit in document.provisions:
        if unit.kind in _WORDS and unit.num and not _continues(document, unit):
            parent = _parent(document, unit)
            families.setdefault((unit.kind, parent), []).append(unit)
    for (kind, _), units in families.items():
        if kind == "muc_so" and any("." in (unit.num or "") for unit in units):
            units = [unit for unit in units if "." in (unit.num or "")] if len(units) > 1 else units
        yield from _breaks(document, kind, units)
    yield from _foreign_letters(document)


_WORDS = {
    "chuong": "Chương", "dieu": "Điều", "khoan": "khoản", "diem": "điểm", "muc_la_ma": "mục", "muc_so": "mục",
}  # fmt: skip


def _continues(document: Document, unit: Provision) -> bool:
    """Whether a "number" that begins a line only ends the sentence of the line before ("(Mẫu số / 2) đến …")."""
    words = re.match(r"\d{1,2}\)\s{1,3}([^\W\d_])", document.text[unit.start : unit.start + 8])
    if words is None or not words[1].islower():
        return False
    return document.text[: unit.start].rstrip()[-1:] not in ".;:!?/”"


_FOREIGN = re.compile(r"(?m)^[^\S\n]{0,6}([fjwz])\)\s")


def _foreign_letters(document: Document) -> Iterator[tuple[Provision, str]]:
    """Points with a letter that Vietnamese does not have: after e comes g (NĐ 78/2025 Art. 64)."""
    for match in _FOREIGN.finditer(document.text):
        at = match.start(1)
        holders = [
            unit for unit in document.provisions
            if unit.start <= at < unit.end and unit.kind in ("diem", "khoan", "dieu")
        ]  # fmt: skip
        if not holders or any(quote.start <= at < quote.end for quote in document.quotes):
            continue
        if any(unit.kind == "diem" and at - 2000 < unit.start < at for unit in document.provisions):
            here = replace(holders[-1], start=at)
            yield here, f"Điểm “{match[1]}” không có trong bảng chữ cái tiếng Việt dùng để đánh số điểm."


def _parent(document: Document, unit: Provision) -> str:
    """The unit within which the number counts: for an article the whole text or its attached text."""
    parts = unit.id.split("__")
    if unit.kind in ("dieu", "chuong"):
        return "__".join(part for part in parts if part.startswith("att_"))
    holder = [
        other for other in document.provisions
        if other.start <= unit.start < other.end and other is not unit and "__".join(parts[:-1]) == other.id
    ]  # fmt: skip
    return "__".join(parts[:-1]) + (f"#{holder[-1].start}" if holder else "")


def _breaks(document: Document, kind: str, units: Sequence[Provision]) -> Iterator[tuple[Provision, str]]:
    word = _WORDS[kind]
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
            if _loose(units[i]):
                continue
            yield units[i], f"{where}Hai {word} cùng mang số {units[i].num}."
        elif i > 1 and values[i - 2] == before and here == before + 2:
            continue  # the second of two equal numbers stands where the lost one should be
        elif before + 1 < here <= before + 3 and not any(
            _elsewhere(document, kind, units[i], lost, units[i - 1].start) for lost in range(before + 1, here)
        ):  # fmt: skip
            if all(value in values[i + 1 :] for value in range(before + 1, here)):
                yield units[i], f"{where}Sau {word} {units[i - 1].num} là {word} {units[i].num}: sai thứ tự."
                continue
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
    if kind in ("muc_la_ma", "chuong"):
        return int(num) if num.isdigit() else _roman(num)
    last = num.split(".")[-1]
    return int(last) if last.isdigit() else None


def _name(kind: str, value: int) -> str:
    if kind == "diem":
        return POINT_LETTERS[value - 1] if value <= len(POINT_LETTERS) else str(value)
    if kind in ("muc_la_ma", "chuong"):
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
        shape = rf"(?im)(?:^|[;:.]\s{{1,3}})\W{{0,3}}{name}[).\]]|\s{name}\)\s"
    elif kind == "chuong":
        shape = rf"(?im)^\W{{0,4}}chương\s{{0,3}}(?:{name}|{value})\b"
    elif kind == "khoan" or kind == "muc_so":
        last = (unit.num or "").split(".")
        number = re.escape(".".join([*last[:-1], name]))
        shape = rf"(?m)(?:^|[;:.]\s{{1,3}})\W{{0,4}}{number}(?:[.)]|\s)"
    else:
        shape = rf"(?m)^\W{{0,4}}{name}[.)\s]"
    begin = since if since is not None else max(0, unit.start - 1500)
    return bool(re.search(shape, document.text[begin : unit.start]))
