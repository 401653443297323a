"""From placed letters to the lines of one page in reading order: rows and columns.

Used for the letters of a PDF and for the words that OCR found. All places are in points from the top left.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

from corpus.model import Line, Unsure
from extractors.readers.legacy_fonts import decode, is_legacy, joined

Region = Literal["body", "masthead", "table"]
_MOTTO = re.compile(r"(?i)cộng\s+h[òo][aà]\s+xã|độc\s+lập\s*[-–]|hạnh\s+phúc")
_MOTTO_BEGINS = re.compile(r"(?<=\S)\s{0,3}(?=CỘNG\s?H[ÒO][AÀ]\s?XÃ|Độc\s?lập\s?[-–])")
_DATE = re.compile(r"(?i)ngày\s.{0,9}tháng\s.{0,9}năm")
_SIGNATURE = re.compile(
    r"(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|CHỦ TỊCH|PHÓ CHỦ TỊCH|CHÁNH VĂN PHÒNG|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG)"
)
_RECIPIENTS = re.compile(r"Nơi\s+nhận\s*:?|Nơi\s+gửi\s*:?")
_OPEN_DATE = ("ngày", "tháng", "năm", ",")
PAGE_NUMBER = re.compile(r"[-–—\s]*(?:Trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*")
_UNIT_BEFORE = re.compile(r"(?:^|[\d\s/(.,])(?:[kcdmnµ]?m|ha|s)$")
_SUBSET = re.compile(r"^[A-Z]{6}\+")

_GAP_BETWEEN_COLUMNS = 2.6  # of the letter's size: wider than the spaces of justified text
_GAP_BETWEEN_WORDS = 0.2
_UNSURE = 0.6  # confidence of OCR below which one word in three is wrong (docs/decisions/0018)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter (with its marks) or, from OCR, one word."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    font: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one row without a wide gap."""

    glyphs: tuple[Glyph, ...]
    text: str

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def size(self) -> float:
        return self.glyphs[len(self.glyphs) // 2].size

    def within(self, left: float, right: float) -> list[Segment]:
        """The part between two upright rules: cells of a narrow table lie closer than columns of text."""
        glyphs = tuple(glyph for glyph in self.glyphs if left <= (glyph.x0 + glyph.x1) / 2 <= right)
        if len(glyphs) == len(self.glyphs):
            return [self]
        return [Segment(glyphs, _text_of(glyphs))] if glyphs else []

    def line(self, page: int, region: Region = "body", starts: bool | None = None, centered: bool = False) -> Line:
        written = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        enough = 0.9 * len(written)
        read = [glyph.confidence for glyph in written if glyph.confidence is not None]
        font = written[len(written) // 2].font if written else None
        return Line(
            self.text, page, (round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1)),
            font, round(self.size, 1), bold=sum(_is_bold(glyph.font) for glyph in written) > enough,
            italic=sum(_is_italic(glyph.font) for glyph in written) > enough, centered=centered,
            starts_paragraph=starts, region=region, confidence=min(read) if read else None,
            unsure=_unsure(self.text, written) if read else (),
        )  # fmt: skip


def _unsure(text: str, words: Sequence[Glyph]) -> tuple[Unsure, ...]:
    """The words that OCR read with little confidence, by their places in `text`."""
    out: list[Unsure] = []
    at = 0
    for word in words:
        found = text.find(word.text, at)
        if found >= 0:
            at = found + len(word.text)
            if word.confidence is not None and word.confidence < _UNSURE:
                out.append(Unsure(found, at, word.confidence))
    return tuple(out)


def _is_bold(font: str) -> bool:
    return "bold" in font.lower() or "black" in font.lower()


def _is_italic(font: str) -> bool:
    return "italic" in font.lower() or "oblique" in font.lower()


def is_motto(text: str) -> bool:
    """Whether a line belongs to the national motto, which marks the masthead's right column."""
    return _MOTTO.search(text) is not None


# --- rows and segments --------------------------------------------------------------------------------


def group(glyphs: Sequence[Glyph]) -> list[list[Segment]]:
    """Rows of glyphs by their baseline; a row ends where the next baseline is half a letter lower."""
    rows: list[list[Glyph]] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda one: one.base):
        if rows and glyph.base - base <= 0.42 * glyph.size:
            rows[-1].append(glyph)
            if glyph.size >= rows[-1][0].size * 0.8:
                base = glyph.base
        else:
            rows.append([glyph])
            base = glyph.base
    segments = [_segments(sorted(row, key=lambda one: one.x0)) for row in rows]
    return [row for row in segments if row]


def add_letter(
    letters: list[Glyph], text: str, font: str, size: float, base: float, box: tuple[float, float, float, float]
) -> None:
    """Add a letter in drawing order. `base`: the line that letters of all sizes stand on, counted downwards."""
    font = _SUBSET.sub("", font)
    if is_legacy(font):
        if letters and letters[-1].font == font and (whole := joined(letters[-1].text, text, font)):
            letters[-1] = replace(letters[-1], text=whole, x1=max(letters[-1].x1, box[2]))
            return
        text = decode(text, font)
    if letters and text and unicodedata.combining(text[0]):
        # Some programs draw a mark as a letter of its own: it belongs to the letter drawn before it.
        letters[-1] = replace(letters[-1], text=letters[-1].text + text)
    elif text:
        letters.append(Glyph(text, box[0], box[2], box[1], box[3], base, size, font))


def _segments(row: list[Glyph]) -> list[Segment]:
    """Cut a row at wide gaps; blank ends are left out."""
    out: list[Segment] = []
    part: list[Glyph] = []
    last_written: Glyph | None = None
    for glyph in row:
        blank = glyph.text.isspace()
        if not blank:
            if last_written is not None and _twice(last_written, glyph):
                continue
            if last_written is not None and glyph.x0 - last_written.x1 > _GAP_BETWEEN_COLUMNS * min(glyph.size, 16):
                out.append(_segment(part))
                part = []
            last_written = glyph
        elif not part:
            continue
        part.append(glyph)
    if part:
        out.append(_segment(part))
    return [segment for segment in out if segment.text]


def _twice(one: Glyph, other: Glyph) -> bool:
    """Whether a letter was drawn twice at one place to look bold."""
    return one.text == other.text and abs(one.x0 - other.x0) < 0.15 * (one.x1 - one.x0 or 1)


def _segment(glyphs: list[Glyph]) -> Segment:
    while glyphs and glyphs[-1].text.isspace():
        glyphs = glyphs[:-1]
    while glyphs and glyphs[0].text.isspace():
        glyphs = glyphs[1:]
    return Segment(tuple(glyphs), _text_of(glyphs))


def _text_of(glyphs: Sequence[Glyph]) -> str:
    """Letters with the spaces between words; a raised small number is the mark of a note, in brackets."""
    if not glyphs:
        return ""
    parts: list[str] = []
    size = median(glyph.size for glyph in glyphs)
    bottom = median(glyph.bottom for glyph in glyphs)
    mark = ""
    last: Glyph | None = None
    for glyph in glyphs:
        raised = glyph.size < 0.8 * size and glyph.bottom < bottom - 0.15 * size and glyph.text.isdigit()
        if mark and not raised:
            parts.append(_mark(mark, parts))
            mark = ""
        if raised:
            mark += glyph.text
            last = glyph
            continue
        # What OCR gives are words: there is a space between them, however close they stand.
        if last is not None and (glyph.confidence is not None or glyph.x0 - last.x1 > _GAP_BETWEEN_WORDS * glyph.size):
            parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    if mark:
        parts.append(_mark(mark, parts))
    return " ".join("".join(parts).split())


def _mark(mark: str, parts: list[str]) -> str:
    before = "".join(parts[-4:]).rstrip()
    return mark if not before or _UNIT_BEFORE.search(before) else f" [{mark}]"


# --- columns --------------------------------------------------------------------------------------------


Margins = tuple[float, float, float]


def lines_of(
    rows: Sequence[Sequence[Segment]], width: float, page: int, first_page: bool, margins: Margins | None = None
) -> list[Line]:
    """Lines in reading order: the masthead and the signature block by columns, what stands side by side by rows."""
    out: list[Line] = []
    at = 0
    if first_page:
        at, out = _masthead(rows, width, page)
    left, indent, right = margins or margins_of(rows[at:], width) or (0.14 * width, 0.14 * width, 0.93 * width)
    while at < len(rows):
        row = rows[at]
        if len(row) == 1:
            out.append(_placed(row[0], page, left, indent, right))
            at += 1
            continue
        if any(_RECIPIENTS.match(segment.text) for segment in row) or any(_SIGNATURE.match(s.text) for s in row[1:]):
            end = _end_of_signature(rows, at)
            out += _two_columns(rows[at:end], page)
            at = end
            continue
        out += [segment.line(page, region="table", starts=True) for segment in row]
        at += 1
    return out


def margins_of(rows: Sequence[Sequence[Segment]], width: float) -> Margins | None:
    """Left edge, place of indented first lines, and right edge of the body text; None where a page has too little."""
    single = [row[0] for row in rows if len(row) == 1 and row[0].x1 - row[0].x0 > 0.45 * width]
    if len(single) < 3:
        return None
    left = Counter(round(segment.x0) for segment in single)
    edge = min(left, key=lambda x: (-left[x], x))
    flush = [x for x, count in left.items() if x < edge and count >= 2]
    flush_left = float(min(flush, default=edge))
    indents = [x for x, count in left.items() if x > flush_left + 8 and count >= 2]
    indent = float(max(indents, key=lambda x: left[x], default=flush_left))
    return flush_left, indent, max(segment.x1 for segment in single)


def _placed(segment: Segment, page: int, left: float, indent: float, right: float) -> Line:
    """A line of one segment; centred where both sides are free alike and it does not begin at the indent."""
    before, after = segment.x0 - left, right - segment.x1
    alike = abs(before - after) < max(12.0, 0.2 * (before + after))
    centered = before > 20 and after > 20 and alike and abs(segment.x0 - indent) > 2
    return segment.line(page, centered=centered)


def _masthead(rows: Sequence[Sequence[Segment]], width: float, page: int) -> tuple[int, list[Line]]:
    """The two columns at the head of the first page. Gives the number of rows taken and their lines."""
    rows = [*map(_parted, rows[:14]), *rows[14:]]
    edges = [segment.x0 for row in rows[:14] for segment in row if _MOTTO.search(segment.text)]
    if not edges or min(edges) < 0.25 * width:
        return 0, []
    middle = min(edges) - 8
    left: list[Segment] = []
    right: list[Segment] = []
    numbers: list[Segment] = []
    dated = False
    at = 0
    while at < min(len(rows), 24):
        row = rows[at]
        at += 1
        if not left and not right and len(row) == 1 and PAGE_NUMBER.fullmatch(row[0].text):
            numbers += row
            continue
        if any(segment.x0 < middle < segment.x1 - 8 for segment in row):
            return _taken(at - 1, numbers, left, right, page)
        news = [segment for segment in row if segment.x0 >= middle]
        if any(not _MOTTO.search(s.text) and not _DATE.search(s.text) and _is_heading(s, width) for s in news):
            return _taken(at - 1, numbers, left, right, page)
        if dated and news:
            return _taken(at - 1, numbers, left, right, page)
        right += news
        left += [segment for segment in row if segment.x0 < middle]
        # A narrow column breaks the date: its year then stands alone on the next line.
        dated = dated or any(_DATE.search(s.text) and not s.text.rstrip().endswith(_OPEN_DATE) for s in news)
    return _taken(at, numbers, left, right, page)


def _parted(row: Sequence[Segment]) -> Sequence[Segment]:
    """A row of the masthead whose columns stand so close that they look like one: parted before the motto."""
    out: list[Segment] = []
    for segment in row:
        found = _MOTTO_BEGINS.search("".join(glyph.text for glyph in segment.glyphs))
        at, length = 0, 0
        while found and length < found.start():
            length += len(segment.glyphs[at].text)
            at += 1
        out += [_segment(list(part)) for part in (segment.glyphs[:at], segment.glyphs[at:]) if part]
    return [segment for segment in out if segment.text]


def _taken(
    rows: int, numbers: list[Segment], left: list[Segment], right: list[Segment], page: int
) -> tuple[int, list[Line]]:
    head = [segment.line(page) for segment in numbers]
    return rows, head + [segment.line(page, region="masthead") for segment in (*left, *right)]


def _is_heading(segment: Segment, width: float) -> bool:
    """Whether a segment is centred on the page, as the kind of the document is."""
    return abs((segment.x0 + segment.x1) / 2 - width / 2) < 0.06 * width and segment.text.upper() == segment.text


def _end_of_signature(rows: Sequence[Sequence[Segment]], at: int) -> int:
    """First row below the signature block: one that runs across both columns."""
    middle = rows[at][-1].x0 - 8
    for end in range(at + 1, len(rows)):
        if any(segment.x0 < middle - 40 and segment.x1 > middle + 60 for segment in rows[end]):
            return end
    return len(rows)


def _two_columns(rows: Sequence[Sequence[Segment]], page: int) -> list[Line]:
    edge = min(segment.x0 for row in rows for segment in row)
    middle = edge + 0.7 * (min(row[-1].x0 for row in rows if len(row) > 1) - edge)
    left = [segment for row in rows for segment in row if segment.x0 < middle]
    right = [segment for row in rows for segment in row if segment.x0 >= middle]
    return [segment.line(page, region="table") for segment in (*left, *right)]
