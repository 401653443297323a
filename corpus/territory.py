"""Bodies and their units: which unit a body belongs to, and whether two names mean one body.

"Ủy ban nhân dân thị trấn Vĩnh Lộc" is a body, "thị trấn Vĩnh Lộc" its unit. Names are compared by their letters, with
the usual short forms (UBND, HĐND, TP.) written out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold_words

_SHORT = (
    (re.compile(r"\bubnd\b"), "uy ban nhan dan"),
    (re.compile(r"\bhdnd\b"), "hoi dong nhan dan"),
    (re.compile(r"\bubtvqh\b"), "uy ban thuong vu quoc hoi"),
    (re.compile(r"\btp\b"), "thanh pho"),
    (re.compile(r"\btt\b(?= \w)"), "thi tran"),
    (re.compile(r"\btinh tp\b"), "tinh"),
)
_BODY = re.compile(
    r"^(?:thuong truc |chu tich |pho chu tich |van phong )?"
    r"(?:uy ban nhan dan|hoi dong nhan dan)(?: va uy ban nhan dan)? +"
)
_UNIT = re.compile(r"\b(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong|dac khu) ")


@lru_cache(maxsize=1 << 12)
def body_key(name: str) -> str:
    """What two writings of one body share.

    >>> body_key("UBND tỉnh Thanh Hoá") == body_key("Uỷ ban nhân dân tỉnh Thanh Hóa")
    True
    """
    words = fold_words(name)
    for pattern, full in _SHORT:
        words = pattern.sub(full, words)
    return words


@lru_cache(maxsize=1 << 12)
def unit_key(name: str) -> str | None:
    """Key of the unit that a people's council or committee belongs to, None for other bodies."""
    words = body_key(name)
    match = _BODY.match(words)
    return words[match.end() :] or None if match else None


@lru_cache(maxsize=1 << 12)
def same_body(a: str, b: str) -> bool:
    """Whether two names may mean one body: equal, or one is the other with less said ("UBND tỉnh")."""
    left, right = body_key(a), body_key(b)
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    return long.startswith(short + " ") or ((" " + short) in long and bool(_UNIT.match(short)))


_BARE = re.compile(
    r"(?:thuong truc |chu tich |pho chu tich |van phong )?(?:uy ban nhan dan|hoi dong nhan dan) "
    r"(?P<level>tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong|dac khu)"
)


def full_name(name: str, territory: tuple[str, ...]) -> str:
    """A body named by its level alone, with the name of the unit of that level in `territory`; others as they are.

    >>> full_name("Ủy ban nhân dân tỉnh", ("xã Tây Đô", "tỉnh Thanh Hóa"))
    'Ủy ban nhân dân tỉnh Thanh Hóa'
    """
    match = _BARE.fullmatch(body_key(name))
    if match is None:
        return name
    words = match["level"].count(" ") + 1
    for unit in territory:
        if body_key(unit).startswith(match["level"] + " "):
            return f"{name} {' '.join(unit.split()[words:])}"
    return name


def has_unit(name: str) -> bool:
    """Whether the name of a people's body says of which unit it is ("UBND tỉnh X", not "UBND tỉnh")."""
    key = body_key(name)
    return unit_key(name) is not None and _BARE.fullmatch(key) is None


def in_territory(body: str, territory: tuple[str, ...]) -> int | None:
    """Place of the body's unit in a chain of units from the smallest up (0: the smallest), None where it is not one."""
    unit = unit_key(body)
    if unit is None:
        return None
    for i, name in enumerate(territory):
        if body_key(name) == unit:
            return i
    return None
