"""What a reader gives: lines, and the cleaned text that every offset points into."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from corpus.model.quick import quick

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Unsure:
    """What OCR read with little confidence (0–1) at `[start, end)`, or what was mended (`read_as`: as it was read)."""

    start: int
    end: int
    confidence: float
    read_as: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph as a reader saw it, before cleaning.

    `box` is (x0, top, x1, bottom) in points from the top left of the page, where the format has
    places. `starts_paragraph` is True or False where the format says whether a new paragraph begins
    here (DOCX, HTML: always True), None where only the text can tell (TXT, PDF). `region` tells what
    the format knows about the line's part of the page; a reader that knows nothing says "body".
    `confidence` is 0–1, only for what OCR read; `unsure`: the places in `text` that it read badly or that were mended.
    """

    text: str
    page: int = 1
    box: tuple[float, float, float, float] | None = None
    font: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    starts_paragraph: bool | None = None
    region: Literal["body", "masthead", "table", "header", "footer", "footnote"] = "body"
    confidence: float | None = None
    unsure: tuple[Unsure, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the cleaned text: `text[start:end]`, without the line break that follows it."""

    start: int
    end: int
    page: int = 1
    bold: bool = False
    italic: bool = False
    centered: bool = False
    region: Literal["body", "masthead", "table", "header", "footer", "footnote"] = "body"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where the mark of a footnote stood in the running text (it is taken out), and where its note begins."""

    num: str
    at: int
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The cleaned text of a file: paragraphs separated by one line break, and where each came from.

    `notes`: the marks of footnotes in reading order; the notes themselves are the lines of region "footnote",
    which stand behind the body and begin with their number ("[3] Khoản này được bổ sung theo …"). `unsure`: what OCR
    read badly or what was mended, in reading order.
    """

    text: str
    lines: tuple[TextLine, ...]
    notes: tuple[NoteMark, ...] = ()
    unsure: tuple[Unsure, ...] = ()

    def page_at(self, offset: int) -> int:
        """Page (1-based) of the character at `offset`."""
        i = bisect_right(self.lines, offset, key=_START) - 1
        return self.lines[max(i, 0)].page if self.lines else 1
