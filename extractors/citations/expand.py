"""Ranges → their units; paths of units → provision ids of the contract (`art_5__cl_2__pt_a`), completed from a place.

Letters of points run a b c d đ e g h i k l m n o p q r s t u v x y (NĐ 78/2025 Art. 63: no f, j, w, z), so that "từ
điểm c đến điểm e" means c, d, đ, e.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from extractors.citations.tokens import HERE, RANK, Path

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ABOVE_ARTICLES = ("part", "chp", "sec", "subsec")


@lru_cache(maxsize=1 << 13)
def provision_id(path: Path) -> str:
    """The id of a path that names all it needs. Units above an article are left out: articles run through a text.

    >>> provision_id((("chp", "V"), ("sec", "2"))), provision_id((("chp", "I"), ("art", "5"), ("pt", "a__item_i")))
    ('chp_V__sec_2', 'art_5__pt_a__item_i')
    """
    levels = [level for level, _ in path]
    parts: list[str] = []
    outline = False
    for level, number in path:
        if level in _ABOVE_ARTICLES and "art" in levels:
            continue
        if level == "sec" and re.fullmatch(r"[IVXLC]+", number) and "chp" not in levels and "part" not in levels:
            outline = True
            parts.append(f"out_{number}")
        elif outline and level in ("cl", "pt"):
            parts.append(number)
        elif level == "para" and number == "last":
            continue
        elif level == "form":
            parts.append("form_" + re.sub(r"[^\wđ.-]", "-", number))
        elif level == "dash":
            parts.append(f"-{number}")
        elif level != "row":
            parts.append(f"{level}_{number}")
    return "__".join(parts)


@lru_cache(maxsize=1 << 13)
def split(identifier: str | None) -> Path:
    """The path of an id, for completing another one.

    >>> split("att_1__art_5__cl_2")
    (('att', '1'), ('art', '5'), ('cl', '2'))
    """
    if not identifier:
        return ()
    parts = (part.partition("_") for part in identifier.split("__"))
    return tuple((level, number) if sep else ("out", level) for level, sep, number in parts)


@lru_cache(maxsize=1 << 13)
def prefix(identifier: str | None) -> str:
    """The attached text or appendix that a place lies in: its leading `att`, `app` units.

    >>> prefix("att_1__app_II__art_3"), prefix("art_3")
    ('att_1__app_II', '')
    """
    parts = (identifier or "").split("__")
    return "__".join(itertools.takewhile(lambda part: part.startswith(("att_", "app_")), parts))


@lru_cache(maxsize=1 << 13)
def inside(path: Path) -> Path:
    """A place without the attached text or appendix that it lies in.

    >>> inside((("att", "1"), ("art", "5")))
    (('art', '5'),)
    """
    return tuple(unit for unit in path if unit[0] not in ("att", "app"))


def below(outer: str, inner: str) -> str | None:
    """The id `inner` as one of the units of `outer`; None where both are empty."""
    return f"{outer}__{inner}" if outer and inner else outer or inner or None


@lru_cache(maxsize=1 << 13)
def complete(path: Path, here: Path) -> Path:
    """`path` with what it leaves open ("này", no article) filled in from `here`, the place where it stands.

    >>> complete((("cl", "1"), ("pt", "a")), (("art", "5"), ("cl", "2")))
    (('art', '5'), ('cl', '1'), ('pt', 'a'))
    >>> complete((("cl", HERE),), (("art", "5"), ("cl", "2"), ("pt", "b")))
    (('art', '5'), ('cl', '2'))
    """
    if not path:
        return ()
    units = dict(here)
    top, number = path[0]
    open_above: tuple[str, ...] = ()
    if top in ("cl", "pt", "item", "dash", "para"):
        open_above = ("art", "cl", "pt")
    elif number == HERE and top in _ABOVE_ARTICLES:
        open_above = _ABOVE_ARTICLES
    above = [unit for unit in here if unit[0] in open_above and RANK[unit[0]] < RANK[top]]
    filled = [(level, units.get(level, "") if number == HERE else number) for level, number in path]
    return (*above, *(unit for unit in filled if unit[1]))


def between_numbers(level: str, first: str, last: str) -> list[str]:
    """The units after `first` up to `last`: "b" … "đ" → c, d, đ; 10 … 12 → 11, 12; [] where that is no range.

    >>> between_numbers("pt", "c", "e")
    ['d', 'đ', 'e']
    """
    if first.isdigit() and last.isdigit():
        low, high = int(first), int(last)
        return [str(n) for n in range(low + 1, high + 1)] if low < high <= low + 200 else []
    if len(first) == 1 and len(last) == 1 and first in LETTERS and last in LETTERS:
        low, high = LETTERS.index(first), LETTERS.index(last)
        return list(LETTERS[low + 1 : high + 1]) if low < high else []
    if roman_value(first) and roman_value(last):
        low, high = roman_value(first) or 0, roman_value(last) or 0
        return [roman(n) for n in range(low + 1, high + 1)] if low < high <= low + 60 else []
    inserted = re.fullmatch(r"(\d+)([a-zđ])", last)
    if inserted and first.isdigit() and int(first) <= int(inserted[1]) <= int(first) + 200:
        # "từ Điều 5 đến Điều 7a": how many inserted units lie between is not known, those named are.
        return [str(n) for n in range(int(first) + 1, int(inserted[1]) + 1)] + [last]
    if "." in first and "." in last:
        (head, _, low_text), (tail, _, high_text) = first.rpartition("."), last.rpartition(".")
        if head == tail and int(low_text) < int(high_text) <= int(low_text) + 60:
            return [f"{head}.{n}" for n in range(int(low_text) + 1, int(high_text) + 1)]
    return []


_ROMAN_VALUES = (("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def roman(value: int) -> str:
    """Roman numeral of a small number."""
    out = ""
    for sign, worth in _ROMAN_VALUES:
        while value >= worth:
            out, value = out + sign, value - worth
    return out


def roman_value(numeral: str) -> int | None:
    """Value of an upper-case Roman numeral in its usual form, None for anything else."""
    total, rest = 0, numeral
    for sign, worth in _ROMAN_VALUES:
        while rest.startswith(sign):
            total, rest = total + worth, rest[len(sign) :]
    return total if total and not rest and roman(total) == numeral else None
