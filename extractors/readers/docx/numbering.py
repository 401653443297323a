"""Automatic numbers of Word: what the paper shows before a paragraph and the text does not hold.

`Numbering` reads `numbering.xml`; `label(num, level)` counts one paragraph and gives its number as Word
prints it (ECMA-376 Part 1, 17.9): formats, several levels ("1.2."), restarts, start overrides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from extractors.readers.docx import signs
from extractors.readers.docx.xml import child, is_on, local, value

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8  # nine levels (17.9.6); what a file says beyond them is no list
_LONGEST_TEXT = 255  # letters of a level's text that Word takes
_LARGEST = 32_767  # start of a list that Word takes
_MOST_LETTERS = 780  # Word begins again with a after zzz… of thirty letters
_COUNTING = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


@dataclass(slots=True)
class Level:
    """How one level of a list counts and prints."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    font: str | None = None
    pad: int = 0


@dataclass(slots=True)
class _List:
    """An abstract list: its levels, the numbers reached, and the style that it borrows its levels from."""

    levels: dict[int, Level] = field(default_factory=dict)
    reached: dict[int, int] = field(default_factory=dict)
    style_link: str | None = None


@dataclass(slots=True)
class _Use:
    """A `w:num`: which abstract list, and what it changes there."""

    of: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Lists of a document and the numbers that they have reached."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, _Use] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                self._lists[value(element, "abstractNumId") or ""] = _list(element)
            elif local(element.tag) == "num":
                self._uses[value(element, "numId") or ""] = _use(element)

    def link_styles(self, num_of_style: dict[str, str]) -> None:
        """Lists that only point to a numbering style take the levels of that style's list."""
        for one in self._lists.values():
            if one.style_link and not one.levels:
                use = self._uses.get(num_of_style.get(one.style_link, ""))
                if use and use.of in self._lists:
                    one.levels = self._lists[use.of].levels

    def level_of_style(self, num: str, style: str) -> int | None:
        """The level that is tied to a paragraph style."""
        use = self._uses.get(num)
        levels = self._lists[use.of].levels if use and use.of in self._lists else {}
        return next((at for at, level in levels.items() if level.style == style), None)

    def label(self, num: str, at: int) -> str:
        """Count one paragraph at level `at` (0-based) of list `num`; its number as printed, "" where none shows."""
        use = self._uses.get(num)
        if use is None or use.of not in self._lists:
            return ""
        shared = self._lists[use.of]
        level = use.levels.get(at) or shared.levels.get(at)
        if level is None:
            return ""
        reached = shared.reached
        if at in use.starts and at not in use.begun:
            reached[at] = use.starts[at]
        elif at in reached:
            reached[at] += 1
        else:
            reached[at] = level.start
        use.begun.add(at)
        for deeper in [k for k in reached if k > at]:
            below = use.levels.get(deeper) or shared.levels.get(deeper)
            # w:lvlRestart 0: never; k: only after a paragraph of level k (1-based) or above.
            if below is None or below.restart is None or (below.restart and at < below.restart):
                del reached[deeper]
        if level.format == "bullet":
            return _bullet(level)

        def number(match: re.Match[str]) -> str:
            k = int(match[1]) - 1
            one = use.levels.get(k) or shared.levels.get(k) or Level()
            return formatted(reached.get(k, one.start), "decimal" if level.legal else one.format, one.pad)

        return _PLACE.sub(number, level.text)


def _list(element: Any) -> _List:
    one = _List()
    for part in element:
        if local(part.tag) == "lvl":
            if 0 <= (at := int(value(part, "ilvl") or 0)) <= _DEEPEST:
                one.levels[at] = _level(part)
        elif local(part.tag) == "numStyleLink":
            one.style_link = value(part)
    return one


def _use(element: Any) -> _Use:
    of = child(element, "abstractNumId")
    use = _Use((value(of) if of is not None else None) or "")
    for part in element:
        if local(part.tag) != "lvlOverride":
            continue
        at = int(value(part, "ilvl") or 0)
        if not 0 <= at <= _DEEPEST:
            continue
        for change in part:
            if local(change.tag) == "startOverride":
                use.starts[at] = min(int(value(change) or 1), _LARGEST)
            elif local(change.tag) == "lvl":
                use.levels[at] = _level(change)
    return use


def _level(element: Any) -> Level:
    level = Level()
    for part in _flat(element):
        name, text = local(part.tag), value(part) or ""
        if name == "start":
            level.start = min(int(text or 1), _LARGEST)
        elif name == "numFmt":
            level.format = text
            sample = (value(part, "format") or "").split(",")[0].strip()
            if text == "custom" and sample.isdigit():
                level.format, level.pad = "decimal", min(len(sample), _LONGEST_TEXT)
        elif name == "lvlText":
            level.text = text[:_LONGEST_TEXT]
        elif name == "lvlRestart":
            level.restart = int(text or 0)
        elif name == "isLgl":
            level.legal = is_on(part)
        elif name == "pStyle":
            level.style = text
        elif name == "rPr":
            fonts = child(part, "rFonts")
            level.font = (value(fonts, "ascii") or value(fonts, "hAnsi")) if fonts is not None else None
    return level


def _flat(element: Any) -> Iterator[Any]:
    """Children, with those of an alternate-content choice in its place."""
    for part in element:
        if local(part.tag) == "AlternateContent":
            choice = child(part, "Choice")
            yield from choice if choice is not None else ()
        else:
            yield part


def _bullet(level: Level) -> str:
    if len(level.text) == 1 and (mark := signs.of_font(level.font, level.text)) != level.text:
        return mark
    # Word's second-level bullet is the letter o in Courier New: a ring, not a letter.
    return "○" if level.text == "o" else level.text


def formatted(number: int, format: str, pad: int = 0) -> str:
    """A number as a list format prints it.

    >>> [formatted(4, "lowerLetter"), formatted(14, "upperRoman"), formatted(28, "lowerLetter"), formatted(3, "none")]
    ['d', 'XIV', 'bb', '']
    """
    return _FORMATS.get(format, _decimal)(number) if not pad else str(number).zfill(pad)


def _decimal(number: int) -> str:
    return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for sign, worth in zip(
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), strict=True,
    ):  # fmt: skip
        out += sign * (number // worth)
        number %= worth
    return out


def _letters(number: int) -> str:
    """Word goes on after z with aa, bb, cc. Its own format has no đ: the paper shows c, d, e."""
    if number < 1:
        return str(number)
    number = (number - 1) % _MOST_LETTERS
    return chr(ord("a") + number % 26) * (number // 26 + 1)


def _counting(number: int) -> str:
    """`vietnameseCounting`: một, hai … in words up to ninety-nine."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _COUNTING[ones]
    head = "mười" if tens == 1 else f"{_COUNTING[tens]} mươi"
    tail = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _COUNTING[ones])
    return f"{head} {tail}".strip()


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": _decimal,
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "vietnameseCounting": _counting,
    "none": lambda n: "",
}
