"""Laws, codes, ordinances and the Constitution: cited by name, with or without number, year or date.

"Luật Đất đai năm 2013", "Luật Đấu thầu số 22/2023/QH15", "Luật số 57/2024/QH15", "Luật sửa đổi, bổ sung một số điều của
Luật Dược ngày 21 tháng 11 năm 2024". NĐ 78/2025 Art. 68: by name and year.
"""

from __future__ import annotations

import re

from extractors.citations import bodies, names
from extractors.citations.days import date_after, year_after
from extractors.citations.numbers import Number, read_number
from extractors.citations.tokens import Act, Spot
from extractors.patterns import lazy, spaced

LAWS = frozenset(("hiến pháp", "bộ luật", "luật", "pháp lệnh"))
_NUMBER_LEAD = spaced(
    r"\s{0,3},?\s{0,3}(?:\(\s{0,2})?(?:Luật )?(?:s[ốô])?\s{0,3}[:.]?\s{0,3}(?=[0-9OolI]{1,4}/)", re.IGNORECASE
)
_GAP = spaced(r" (?P<about>về (?:việc )?)?")
_AMENDING = spaced(
    r" (?:sửa đổi(?:\s{0,2},? bổ sung)?|bổ sung,? sửa đổi) "
    r"(?:(?:một số|các) điều(?:(?: và|,) [^;.\n]{3,80}?)?|điều \d{1,4}[a-z]?(?: và phụ lục[^;.\n]{1,90}?)?)"
    r" (?:của ){0,2}",
    re.IGNORECASE,
)
_OTHER_LAWS = spaced(
    r"(?:các|\d{1,3}) luật (?:có liên quan đến|liên quan đến|trong lĩnh vực|về) [^;.,\n()“”]{3,60}"
    r"(?:, (?!khoản|điều|điểm|được|luật|nghị|thông|trừ)[^;.,\n()“”]{3,30})?",
    re.IGNORECASE,
)
_OTHER_LAWS_END = lazy(r"\s(?:số|ngày|được|có hiệu|năm \d{4}|theo|quy định tại)(?!\w)")
_INNER = spaced(r"(?:(?:bộ )?luật|pháp lệnh) ", re.IGNORECASE)
# A name may go on behind the words that the vocabulary knows.
_NEXT_INNER = spaced(
    r"(?: (?!được|đã|bị|số|ngày|năm|có|theo quy|và|của|tại|này)[^;,.\d()“”\n]{3,50}?)?(?:\s{0,2},\s{0,3}| và )"
    r"(?:(?:bộ )?luật|pháp lệnh) ",
    re.IGNORECASE,
)
_OF_THE_STATE = spaced(r" nước cộng h(?:òa|oà) xã hội chủ nghĩa việt nam", re.IGNORECASE)
_AND_LAW = spaced(r"\s{0,2}(?:,|và) (?:pháp luật|luật)")
_IN_BRACKETS = lazy(r"\s{0,2}\((?:sửa đổi|HIV/AIDS)\)", re.IGNORECASE)
_OF_PARLIAMENT = spaced(r" của Quốc hội")
# Branches of the law, not laws: "theo luật hình sự".
_BRANCHES = frozenset(("dân sự", "hình sự", "lao động", "tố tụng dân sự", "tố tụng hình sự", "sư", "thương mại", "giá"))


def read_law(spot: Spot, kind: str) -> Act | None:
    """The law whose kind word stands at `spot`; None where it is none ("pháp luật", "dự án Luật", "luật hình sự")."""
    if spot.word == "hiến pháp":
        return _read_constitution(spot, kind)
    if number := _number_at(spot.text, spot.at, kind):
        return _numbered(spot, kind, number, None)
    bare = Act(spot.start, spot.at, spot.at, kind, spot.word, bare=True) if spot.after_units and spot.capital else None
    gap = _GAP.match(spot.text, spot.at)
    if gap is None:
        return bare
    if spot.capital and spot.lower.startswith("ngày", gap.end()):
        day, end = date_after(spot.text, spot.at)  # "… bởi Luật ngày 25 tháng 6 năm 2025"
        return Act(spot.start, end, end, kind, spot.word, date=day) if day else bare
    if spot.capital and (amending := _AMENDING.match(spot.text, spot.at)):
        if spot.lower[max(0, spot.start - 9) : spot.start].rstrip().endswith("ban hành"):
            return None  # "Quốc hội ban hành Luật sửa đổi …" is the act itself; the law inside is cited
        return _read_amending(spot, kind, amending.end())
    found = names.law_name(spot.text, gap.end())
    if found is None or (not spot.capital and (gap["about"] or not _is_law(spot, gap.end(), found[0]))):
        return bare
    end, name = found
    if tail := _IN_BRACKETS.match(spot.text, end):
        end = tail.end()
    name = name.capitalize() if name.isupper() and len(name) > 8 else name
    return _with_number_or_date(spot, kind, end, f"{spot.word.capitalize()} {name}")


def _is_law(spot: Spot, at: int, end: int) -> bool:
    """Whether what follows a lower-case "luật" is a law's name, and not that of a branch of the law."""
    return spot.text[at].isupper() or spot.word != "luật" or spot.lower[at:end] not in _BRANCHES


def _read_constitution(spot: Spot, kind: str) -> Act | None:
    if not spot.capital or _AND_LAW.match(spot.lower, spot.at):
        return None
    full = _OF_THE_STATE.match(spot.text, spot.at)
    end = full.end() if full else spot.at
    name = "Hiến pháp" + (" nước Cộng hòa xã hội chủ nghĩa Việt Nam" if full else "")
    year, end = year_after(spot.text, end)
    return Act(spot.start, end, end, kind, spot.word, name=name, year=year)


def _read_amending(spot: Spot, kind: str, at: int) -> Act | None:
    """ "Luật sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C": one name; the laws inside are no targets."""
    text, end = spot.text, None
    if other := _OTHER_LAWS.match(text, at):
        end = at + len(other[0].rstrip())
        stop = _OTHER_LAWS_END.search(text, at, end)
        end = stop.start() if stop else end
    elif inner := _INNER.match(text, at):
        found = names.law_name(text, inner.end())
        while found:
            end = found[0]
            more = _NEXT_INNER.match(text, end)
            found = names.law_name(text, more.end()) if more else None
    if end is None:
        return None
    name = re.sub(r"\s*,", ",", " ".join(text[spot.start : end].split()))
    return _with_number_or_date(spot, kind, end, name.capitalize() if name.isupper() else name)


def _with_number_or_date(spot: Spot, kind: str, end: int, name: str) -> Act:
    """A law by name that ends at `end`, with what follows: its number, its year, or its date."""
    if number := _number_at(spot.text, end, kind):
        return _numbered(spot, kind, number, name)
    core = end
    year, end = year_after(spot.text, end)
    if year is not None:
        return Act(spot.start, end, end, kind, spot.word, name=name, year=year)
    day, end = date_after(spot.text, core)
    if day and not spot.lower[core:end].lstrip(" ,(\n").startswith("ngày"):
        day, end = None, core
    issuer, end = bodies.issuer_after(spot.text, end) if day or _OF_PARLIAMENT.match(spot.text, end) else (None, end)
    return Act(spot.start, end, core, kind, spot.word, name=name, date=day, issuer=issuer)


def _number_at(text: str, at: int, kind: str) -> Number | None:
    lead = _NUMBER_LEAD.match(text, at)
    number = read_number(text, lead.end(), kind) if lead else None
    return number if number and number.complete else None


def _numbered(spot: Spot, kind: str, number: Number, name: str | None) -> Act:
    day, end = date_after(spot.text, number.end)
    if day is None:
        _, end = year_after(spot.text, number.end)
    issuer, end = bodies.issuer_after(spot.text, end)
    return Act(
        spot.start, end, number.end, kind, spot.word, number.symbol, name, day, issuer=issuer,
        corrected_from=number.corrected_from, doubt=number.doubt,
    )  # fmt: skip
