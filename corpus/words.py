"""Ids and dates as an officer says them: "điểm a khoản 2 Điều 5", "ngày 01 tháng 4 năm 2025".

Messages, report and forms all name places through this file, so that one place has one name
everywhere. Ids are those of the machine contract (docs/contract.md, "Provision ids").
"""

from __future__ import annotations

import re
from datetime import date

_UNITS = {
    "part": "Phần", "chp": "Chương", "sec": "Mục", "subsec": "Tiểu mục", "art": "Điều", "cl": "khoản",
    "pt": "điểm", "para": "đoạn", "app": "Phụ lục", "form": "Mẫu số",
}  # fmt: skip
_ROMAN = re.compile(r"[IVXLCDM]{1,8}$")


def provision_words(provision: str) -> str:
    """An id in words, smallest unit first; a segment outside the grammar is given as it stands.

    >>> provision_words("art_5__cl_2__pt_a"), provision_words("out_II__2__2.1")
    ('điểm a khoản 2 Điều 5', 'điểm 2.1 khoản 2 Mục II')
    >>> provision_words("att_1__art_3"), provision_words("app_II")
    ('Điều 3 (văn bản kèm theo)', 'Phụ lục II')
    >>> provision_words("art_1__cl_5;art_1__cl_6")
    'khoản 5 Điều 1 và khoản 6 Điều 1'
    """
    if ";" in provision:
        return " và ".join(provision_words(one) for one in provision.split(";") if one)
    segments = [segment for segment in provision.split("__") if segment]
    attached = None
    if segments and (match := re.match(r"att_(\w{1,8})$", segments[0])):
        attached = "văn bản kèm theo" if match[1] == "1" else f"văn bản kèm theo thứ {match[1]}"
        segments = segments[1:]
        if not segments:
            return attached
    words: list[str] = []
    plan = False
    for i, segment in enumerate(segments):
        if segment.startswith("out_"):
            plan = True
            below = segments[i + 1] if i + 1 < len(segments) else ""
            # "A. / I. / 1.": a letter above a Roman numeral is a part of the plan, not a section.
            words.append(f"{'Phần' if _ROMAN.match(below) else 'Mục'} {segment[4:]}")
        else:
            words.append(_segment_words(segment, plan, after=segments[i - 1] if i else ""))
    said = " ".join(reversed(words))
    return f"{said} ({attached})" if attached else said


def _segment_words(segment: str, plan: bool, after: str) -> str:
    name, _, number = segment.partition("_")
    if number and name in _UNITS:
        return f"{_UNITS[name]} {number}"
    if number and name == "item":
        return f"tiết {number}" if after.startswith("pt_") else f"số thứ tự {number}"
    if re.match(r"-\d{1,4}$", segment):
        return f"gạch đầu dòng thứ {segment[1:]}"
    if plan and _ROMAN.match(segment):
        return f"Mục {segment}"
    if plan and re.match(r"\d{1,3}[a-zđ]?$", segment):
        return f"khoản {segment}"
    if plan and re.match(r"(?:\d{1,3}(?:\.\d{1,3}){1,5}|[a-zđ]\d?)$", segment):
        return f"điểm {segment}"
    return segment


def date_words(day: date) -> str:
    """'ngày 01 tháng 4 năm 2025': days below 10 and the months 1 and 2 have a zero (NĐ 30/2020, appendix I)."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def date_short(day: date) -> str:
    """'01/4/2025', with zeros as in `date_words`."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)
