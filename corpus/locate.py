"""An id that a citation or an effect gives → the unit of a document's tree that it means.

A citation says what its text says ("khoản 5 phần II Chương trình kèm theo" is `att_1__part_II__cl_5`), the tree says
what the document has (`att_1__out_II__5`): the same numbers on the same path, whatever the levels are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.model import Document, Provision

Path = tuple[tuple[str, str], ...]

_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_KEPT: list[tuple[tuple[Provision, ...], dict[Path, Provision]]] = []
_KEEP = 64


def locate(provision_id: str, document: Document) -> Provision | None:
    """The unit that an id means in a document, None where its tree has none.

    Tried in turn: the very id; the same path under other level names; the attached text of a document that only issues
    one (`art_5` is `att_1__art_5`) or, the other way round, the document itself; an annex as `app_…` or `att_…`.
    """
    units = _index(document.provisions)
    path = path_of(provision_id)
    for form in _forms(path):
        found = units.get(form)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1 << 14)
def path_of(provision_id: str) -> Path:
    """An id as a path of (group, number): equal paths are one unit under different level names.

    >>> path_of("part_II__cl_5") == path_of("out_II__5")
    True
    """
    path: list[tuple[str, str]] = []
    outline = False
    for part in provision_id.split("__"):
        name, _, number = part.rpartition("_")
        if not name:
            name, number = ("-", part[1:]) if part.startswith("-") else ("n", part)
        if name == "out":
            outline, name = True, "n"
        elif outline and re.fullmatch(r"[a-zđ]\d?", number):
            name = "pt"
        path.append(_step(name, number))
    # Articles are numbered through a text, so what lies around one is no part of its address.
    for i, (group, _) in enumerate(path):
        if group == "art":
            path = [step for step in path[:i] if step[0] in ("att", "app")] + path[i:]
            break
    return tuple(_without_repeats(path))


def _step(name: str, number: str) -> tuple[str, str]:
    if name in ("att", "app"):
        return name, _arabic(number)
    if name == "pt" and number.isdigit():
        return "n", number  # "điểm 2 mục II": the numbered lines of a plan are called so
    if name in ("art", "pt", "-", "form"):
        return name, number
    if name == "para":
        return "para", number
    # Roman and Arabic numbers are two levels: "mục 2.1 phần II" is not below a "2".
    return "p" if _ROMAN.fullmatch(number) else "n", _arabic(number)


def _arabic(number: str) -> str:
    if not _ROMAN.fullmatch(number):
        return number.lower()
    values = [_VALUE[letter] for letter in number]
    total = sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
    return str(total)


def _without_repeats(path: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`2` before `2.1` says nothing new: "mục 2.1" and "khoản 2.1 mục 2" are one unit."""
    return [
        step
        for i, step in enumerate(path)
        if not (i + 1 < len(path) and step[0] == path[i + 1][0] == "n" and path[i + 1][1].startswith(step[1] + "."))
    ]


def _forms(path: Path) -> Sequence[Path]:
    forms = [path]
    if not path:
        return forms
    group, number = path[0]
    if group == "att":
        forms += [(("app", number), *path[1:]), path[1:]] if number == "1" else [(("app", number), *path[1:])]
    elif group == "app":
        forms += [(("att", number), *path[1:]), (("att", "1"), *path)]
    else:
        forms.append((("att", "1"), *path))
    return [form for form in forms if form]


def _index(provisions: tuple[Provision, ...]) -> dict[Path, Provision]:
    """Units by path; kept for the last documents asked, because a citing document asks often."""
    for units, index in _KEPT:
        if units is provisions:
            return index
    index = {}
    for unit in provisions:
        index.setdefault(path_of(unit.id), unit)
    _KEPT.append((provisions, index))
    del _KEPT[:-_KEEP]
    return index


def covers(outer: str, inner: str) -> bool:
    """Whether the unit `outer` is `inner` or holds it."""
    a, b = path_of(outer), path_of(inner)
    return b[: len(a)] == a
