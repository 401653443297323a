"""Paths of units → provision ids of the contract (`art_5__cl_2__pt_a`), completed from where they stand."""

from __future__ import annotations

import re

from extractors.citations.tokens import HERE, RANK, Path

_ABOVE_ARTICLES = ("part", "chp", "sec", "subsec")


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
        if level == "sec" and re.fullmatch(r"[IVXLC]+", number) and "chp" not in levels:
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


def split(identifier: str | None) -> Path:
    """The path of an id, for completing another one.

    >>> split("att_1__art_5__cl_2")
    (('att', '1'), ('art', '5'), ('cl', '2'))
    """
    if not identifier:
        return ()
    out: list[tuple[str, str]] = []
    for part in identifier.split("__"):
        level, sep, number = part.partition("_")
        if part.startswith("-"):
            out.append(("dash", part[1:]))
        else:
            out.append((level, number) if sep else ("out", part))
    return tuple(out)


def join(path: Path) -> str:
    """The id of a path as `split` gives it."""
    return "__".join(f"-{number}" if level == "dash" else number if level == "out" and not re.fullmatch(r"[IVXLC]+|\d+", number) else f"{level}_{number}" for level, number in path)


def prefix(here: Path) -> Path:
    """The attached text or appendix that `here` lies in: its leading `att`, `app` units."""
    out: list[tuple[str, str]] = []
    for unit in here:
        if unit[0] not in ("att", "app"):
            break
        out.append(unit)
    return tuple(out)


def complete(path: Path, here: Path) -> Path:
    """`path` with what it leaves open ("này", no article) filled in from `here`, the place where it stands."""
    units = dict(here)
    known = [level for level, number in path]
    top = path[0][0] if path else ""
    filled: list[tuple[str, str]] = []
    for level in ("part", "chp", "sec", "art", "cl", "pt"):
        if not path or RANK[level] >= RANK.get(top, 99) or level in known:
            continue
        if level in ("part", "chp", "sec"):
            if "art" in units or "art" in known or top in ("cl", "pt", "item", "art", "app", "form"):
                continue
            if top == "sec" and level == "chp" and "chp" in units and path[0][1] == HERE:
                filled.append((level, units[level]))
            continue
        if top in ("app", "form", "part", "chp", "sec", "subsec", "art"):
            continue
        if level in units:
            filled.append((level, units[level]))
    out: list[tuple[str, str]] = list(filled)
    for level, number in path:
        if number == HERE:
            if level in units:
                out += [unit for unit in here if RANK.get(unit[0], 99) < RANK[level] and unit[0] in ("art", "cl", "chp")
                        and unit not in out and unit[0] not in known and (level in ("cl", "pt", "art") or unit[0] == "chp")]
                out.append((level, units[level]))
            continue
        out.append((level, number))
    return tuple(sorted(dict.fromkeys(out), key=lambda unit: RANK.get(unit[0], -1)))
