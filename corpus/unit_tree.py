"""A document's text as nested units that instructions can change, and quoted new text cut into such units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.locate import Path, path_of
from corpus.model import By, Document

_ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_QUOTES = "“”\"„‟«»'‘’"
CLAUSE = re.compile(r"(?m)^[ \t“\"]*(\d{1,3}(?:\.\d{1,3}){0,3}[a-zđ]?\d?)\.(?=[ \t])")
POINT = re.compile(r"(?m)^[ \t“\"]*([a-zđ]\d{0,2})\)")
ARTICLE = re.compile(r"(?m)^[ \t“\"]*Điều (\d{1,4}(?:[a-zđ]{1,2}\d?|\. ?[a-zđ]{1,2}\d?(?=\.))?)(?=[.:\s])")


class Reworded(str):
    """Words of a unit that an instruction on words, a heading or a paragraph has changed; `by` did it."""

    by: By

    @classmethod
    def of(cls, text: str, by: By) -> Reworded:
        words = cls(text)
        words.by = by
        return words


@dataclass(slots=True)
class Unit:
    """A unit of the text while it is being changed: text and units inside it, in order."""

    id: str
    parts: list[str | Unit] = field(default_factory=list)
    source: By | None = None
    gone: bool = False

    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)

    def reworded(self) -> bool:
        """Whether words of its own were changed."""
        return any(isinstance(part, Reworded) for part in self.parts)

    def units(self) -> Iterator[tuple[Unit, Unit]]:
        """(holder, unit) of every unit inside, in order."""
        for part in self.parts:
            if isinstance(part, Unit):
                yield self, part
                yield from part.units()


def tree(document: Document) -> Unit:
    """A document's text as nested units; joined again they give the very text."""
    root = Unit("")
    stack: list[tuple[Unit, int]] = [(root, len(document.text))]
    at = 0

    def close(until: int) -> None:
        nonlocal at
        while len(stack) > 1 and stack[-1][1] <= until:
            unit, end = stack.pop()
            unit.parts.append(document.text[at:end])
            at = max(at, end)

    for span in document.provisions:
        close(span.start)
        if span.start < at or span.end > stack[-1][1]:
            continue  # a unit across the bounds of its holder has no place in a tree
        stack[-1][0].parts.append(document.text[at : span.start])
        at = span.start
        unit = Unit(span.id if span.nth == 1 else f"{span.id}#{span.nth}")
        stack[-1][0].parts.append(unit)
        stack.append((unit, span.end))
    close(len(document.text))
    root.parts.append(document.text[at:])
    return root


def units_of(text: str, target: str) -> list[Unit]:
    """Quoted new text as units beside one another, of the level of `target` ("art", "cl" or "pt").

    Each holds its own clauses and points. Text before the first unit is left out; no unit: an empty list.
    """
    level = level_of(target)
    mark = {"art": ARTICLE, "cl": CLAUSE, "pt": POINT}.get(level)
    if mark is None:
        return []
    holder = target.rpartition("__")[0]
    text = "\n".join(line.strip() for line in text.strip().split("\n"))
    text = text.strip(_QUOTES + " \n")
    starts = [(match.start(), _number(match)) for match in _in_order(list(mark.finditer(text)), level)]
    units = []
    for i, (start, number) in enumerate(starts):
        end = starts[i + 1][0] if i + 1 < len(starts) else len(text)
        name = f"{level}_{number}"
        body = text[start:end].strip().strip(_QUOTES).strip()
        units.append(_with_inner(Unit(f"{holder}__{name}" if holder else name), body, level))
    return units


def _with_inner(unit: Unit, body: str, level: str) -> Unit:
    inner = {"art": ("cl", CLAUSE), "cl": ("pt", POINT)}.get(level)
    marks = _in_order(list(inner[1].finditer(body)), inner[0]) if inner else []
    if inner and not marks and level == "art":
        inner = ("pt", POINT)
        marks = _in_order(list(POINT.finditer(body)), "pt")
    if not inner or not marks:
        unit.parts = [body]
        return unit
    unit.parts = [body[: marks[0].start()]]
    for i, match in enumerate(marks):
        end = marks[i + 1].start() if i + 1 < len(marks) else len(body)
        unit.parts.append(_with_inner(Unit(f"{unit.id}__{inner[0]}_{match[1]}"), body[match.start() : end], inner[0]))
    return unit


def _number(match: re.Match[str]) -> str:
    """A number as ids have it; some print "Điều 7. b." for Điều 7b."""
    return match[1].replace(". ", "").replace(".", "") if match.re is ARTICLE else match[1]


def _in_order(matches: list[re.Match[str]], level: str) -> list[re.Match[str]]:
    """Marks that count upwards; a line that only looks like one ("1. 000 đồng") falls out."""
    kept: list[re.Match[str]] = []
    for match in matches:
        if not kept or number_key(_number(match)) > number_key(_number(kept[-1])):
            kept.append(match)
    return kept


def number_key(number: str) -> tuple[tuple[int, ...], ...]:
    """Order of printed numbers: 2 < 2a < 3, a < a1 < b, d < đ < e, 51 < 51a < 52."""
    parts = re.findall(r"\d+|[a-zăâđêôơư]", number.lower())
    return tuple((0, int(part)) if part.isdigit() else (1, _ALPHABET.find(part)) for part in parts)


def level_of(provision: str) -> str:
    """Level of the innermost unit of an id, as ids write it: "cl" of "art_5__cl_2"."""
    return provision.rpartition("__")[2].rpartition("_")[0]


def find(root: Unit, provision: str) -> Unit | None:
    """The unit that an id means below `root`, None where there is none."""
    pair = find_pair(root, provision)
    return pair[1] if pair else None


def find_pair(root: Unit, provision: str) -> tuple[Unit, Unit] | None:
    """(holder, unit) for the unit that an id means; of two with one id the first, None where there is none."""
    wanted = path_of(provision)
    first: dict[Path, tuple[Unit, Unit]] = {}
    for holder, unit in root.units():
        first.setdefault(path_of(unit.id), (holder, unit))
    if wanted in first:
        return first[wanted]
    if not wanted:
        return None
    group, number = wanted[0]
    if group == "app":
        return first.get((("att", number), *wanted[1:])) or first.get((("att", "1"), *wanted))
    if group != "att":
        return first.get((("att", "1"), *wanted))  # a decision that only issues its attached text
    return None
