"""A former name found in a text: what finding, excluding and judging share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.register.rows import Institution
from corpus.text import tone_key

Use = Literal["duty", "name"]
DISTRICT = "cap_hanh_chinh"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that has ended, where it stands. `use` says whether the clause gives its bearer a duty or power."""

    start: int
    end: int
    row: Institution
    use: Use
    place: bool = False


def key_of(text: str) -> str:
    """`text` as it is matched: one case, one placement of tones, one dash; same length."""
    return tone_key(text).translate({0x2013: "-", 0x2014: "-", 0x2012: "-", 0x2010: "-", 0x2011: "-"})
