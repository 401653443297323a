"""Administrative units that ended: by which row, and what they belong to now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.model import Document
from corpus.names.mention import DISTRICT
from corpus.register.rows import Institution
from corpus.text import fold_words, tone_key


def district_row(rows: Sequence[Institution]) -> Institution | None:
    """The row by which the district level ended, None where the register has it not."""
    return next((row for row in rows if row.kind == DISTRICT and "huyện" in row.old_names[0].lower()), None)


def unit_rows(unit: str, around: str, rows: Sequence[Institution]) -> list[Institution]:
    """Rows by which a unit ("xã Vĩnh Long", "thị trấn X", "huyện Y") ended: its own row first.

    A namesake elsewhere is told apart by the district or province that the row names in brackets, or by the unit
    that succeeded: one of them must stand in `around` (names of the region, in words). A thị trấn or huyện without a
    row of its own is met by the row of its level.
    """
    key = fold_words(unit)
    exact = " ".join(tone_key(unit).split())
    around = fold_words(around)
    found: list[Institution] = []
    spelled: list[Institution] = []
    for row in rows:
        if row.kind != "don_vi":
            continue
        for name in row.old_names:
            plain = fold_words(re.sub(r"\([^)]*\)", "", name))
            here = any(region in around for region in regions_of(row))
            if here and plain == key.split(" huyen ")[0].split(" tinh ")[0]:
                found.append(row)
                if exact.startswith(" ".join(tone_key(re.sub(r"\([^)]*\)", "", name)).split())):
                    spelled.append(row)
                break
    if spelled:
        return spelled  # xã Vĩnh Hùng is not xã Vĩnh Hưng: marks are forgiven only where no row has them right
    if not found and key.startswith(("tinh ", "thanh pho ")):
        name = key.removeprefix("tinh ").removeprefix("thanh pho ")
        found = [row for row in rows if row.kind == "tinh" and name in map(fold_words, row.old_names)]
    if not found and not key.startswith("tinh "):
        level = key.split(" ")[0] if not key.startswith("thi ") else key[:8]
        found = [
            row for row in rows if row.kind == DISTRICT
            and (fold_words(row.old_names[0]) == level or (level == "huyen" and "huyện" in row.old_names[0].lower()))
        ]  # fmt: skip
    return found


_DISTRICT_NAME = re.compile(r"(?:huyện|thị xã|thành phố|quận) [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}(?: [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}){0,3}")
_PROVINCE_NAME = re.compile(r"tỉnh [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}(?: [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}){0,3}")


def successor(unit: str, around: str) -> str | None:
    """The unit that a former commune belongs to since 2025-07-01, by the table of `underthesea.convert_address`.

    `around` is text that names its district and province ("huyện …", "tỉnh …"). None where the two are not named, the
    table has no such commune, or the commune kept its name.
    """
    province = _PROVINCE_NAME.search(around)
    if province is None:
        return None
    for match in list(dict.fromkeys(_DISTRICT_NAME.findall(around)))[:4]:
        found = _converted(f"{unit}, {match}, {province[0]}")
        if found and fold_words(found) != fold_words(unit):
            return found
    return None


@lru_cache(maxsize=1 << 10)
def _converted(address: str) -> str | None:
    from underthesea import convert_address

    result = convert_address(address)
    if result.status.value != "success" or not result.new.ward:
        return None
    ward, province = result.new.ward, result.new.province
    return f"{ward[:1].lower()}{ward[1:]} ({province[:1].lower()}{province[1:]})"


def own_unit(document: Document, words: str) -> bool:
    """Whether the words name the unit that issued the document (its end is HL05, not TN)."""
    head = document.masthead
    if head is None or not head.issuer:
        return False
    return fold_words(words).removeprefix("ubnd ").removeprefix("uy ban nhan dan ") in fold_words(head.issuer) and len(
        words.split()
    ) > 2


def same_region(document: Document, row: Institution, around: str) -> bool:
    """Whether a document belongs to the region of a unit's row: the region's or a successor's name stands around it."""
    if re.match(r"(?i)(?:huyện|thành phố|thị xã)", row.old_names[0]):
        return True
    text = fold_words(document.text[:4000] + " " + document.text[-1500:] + " " + around)
    return any(key in text for key in regions_of(row))


def regions_of(row: Institution) -> list[str]:
    """Names by which a unit's row can be told from a namesake: its district or province, and what succeeded it."""
    names = re.findall(r"\(([^)]{3,60})\)", "; ".join(row.old_names))
    names += re.split(r"[;,()]| và ", row.new_name or "")
    keys = [re.sub(r"^(?:huyen|tinh|xa|phuong|thi tran|thanh pho|cac phuong) ", "", fold_words(name)) for name in names]
    return [key for key in keys if len(key) > 3 and not key.startswith(("ma ", "cac ", "mo hinh"))]
