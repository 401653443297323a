"""What the grammar's stages hand to each other: units, acts and mentions, still without their place in the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.model.quick import quick

# Levels of a unit from the largest to the smallest; the number says what may lie inside what.
RANK = {
    "app": 0, "part": 1, "chp": 2, "sec": 3, "subsec": 4, "art": 5, "cl": 6, "pt": 7, "item": 8, "dash": 8, "para": 9,
    "form": 9, "row": 10,
}  # fmt: skip
HERE = "@"


@quick
@dataclass(frozen=True, slots=True)
class Units:
    """Units of one level that stand side by side: "các điểm b, c và d", "từ Điều 10 đến Điều 15", "khoản này".

    `numbers` are expanded and written as in ids; `HERE` stands for "này". `start`/`end` are offsets in the text.
    """

    level: str
    numbers: tuple[str, ...]
    start: int
    end: int


@quick
@dataclass(frozen=True, slots=True)
class Spot:
    """Where a kind word stands: `text[start:at]` is `word` (here in lower case, single blanks).

    `lower`: `text` in lower case, of the same length. `capital`: it begins with a capital.
    `after_units`: a unit and "của", or nothing, stand before it, so that a kind alone ("khoản 1 Điều 5 của Luật") is a
    reference too.
    """

    text: str
    lower: str
    start: int
    at: int
    word: str
    capital: bool
    after_units: bool


@quick
@dataclass(frozen=True, slots=True)
class Act:
    """A document as the text names it at `[start, end)`.

    `this` for "Nghị định này"; `bare` for a kind without anything that tells which ("của Nghị định"); `attached`
    for a text that is issued with it ("Quy chế ban hành kèm theo …"); `core` is where kind, number and name end, before
    date and issuer.
    """

    start: int
    end: int
    core: int
    kind: str
    word: str
    symbol: str | None = None
    name: str | None = None
    date: date | None = None
    year: int | None = None
    issuer: str | None = None
    this: bool = False
    bare: bool = False
    shared: bool = False
    corrected_from: str | None = None
    doubt: str | None = None
    complete: bool = True
    number_only: str | None = None


Path = tuple[tuple[str, str], ...]
"""Units from the largest to the smallest: (("art", "5"), ("cl", "2"))."""


@quick
@dataclass(frozen=True, slots=True)
class Mention:
    """One reference: an act, or None for "khoản 2 Điều 5" alone, and the units in it (none: the whole act)."""

    start: int
    end: int
    act: Act | None
    paths: tuple[Path, ...]
    attached: bool = False
