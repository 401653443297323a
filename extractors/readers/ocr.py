"""Scanned pages: rendered by pdfium, set straight, read by tesseract with the Vietnamese model, word by word.

A sheet is made ready by `readers.sheet`, and turned where it lies on its side. Each word keeps its confidence.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model import Line
from corpus.text import fold
from extractors.readers import layout, limits, sheet, stamps
from extractors.readers.layout import Glyph

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 250
MOST_PIXELS = 25_000_000  # A3 has 12 million; a page that says it is a wall would take gigabytes
PAGES_AT_ONCE = 2
SECONDS_A_PAGE = 60.0
_UPRIGHT = 0.6  # mean confidence below which a page may lie on its side
_HEAD, _AROUND, _SURE = 0.25, 12, 0.8  # part of the page; points of the picture; confidence
_POOR, _SMOOTH = 0.88, 1.5  # mean confidence; radius of the blur, in points of the picture
_NEXT_TO_NONE = 8  # words
_NO_LETTERS = 0.45  # mean confidence below which a line is a stamp, a signature or dirt
_SPECK = 2.0  # points: a dash is wider, and dots stand at their words
_STUCK = (".", ",", ";", ":", "'", "`", "ˆ", "’", "‘", "|", "_", "~", "^", "*", "¬", "°", "\\", "/")
_DASHES = ("-", "–", "+", "•")
_YEAR = re.compile(r"\d{4}[.;,]?(?:/\.)?")
_SYLLABLE = re.compile(r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_DIRTY = re.compile(r"^['`´ˆ’‘](?=[A-ZĐ\d])(?!.{0,40}['’])")  # a speck before a capital; quotations have two marks
_POINT_C = re.compile(r"\W{0,2}[©€]\)")  # what a "c)" is often taken for
_STAMP = re.compile(r"\bM[AÀÁẢÃẠÂẦẤẨẪẬ]T\b")  # of secrecy: a stamp that must not be taken for dirt
_NUMBER = re.compile(r"\W{0,2}S[^\W\d]\s?[:.;]?\s?\d{1,5}\s?/")  # of a letterhead
_ROTATE = re.compile(r"Rotate: (\d{1,3})")
_Row = dict[str, str]


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether tesseract and its Vietnamese model are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    return "vie" in (done.stdout + done.stderr).split()


def read_pages(path: Path, numbers: list[int], found: dict[int, list[Line]]) -> None:
    """Lines of the given pages (1-based) into `found`, page by page, so that what was read stays when time runs out.

    A page that could not be read is missing; all are without tesseract.
    """
    if not numbers or not available():
        return
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pool = ThreadPoolExecutor(PAGES_AT_ONCE)
    try:
        # pdfium is not safe in threads: pages are rendered here, a few ahead of those being read.
        for at in range(0, len(numbers), PAGES_AT_ONCE):
            batch = numbers[at : at + PAGES_AT_ONCE]
            pictures, dpis = zip(*(_render(document, number) for number in batch), strict=True)
            for number, lines in zip(batch, pool.map(read_image, pictures, dpis, batch), strict=True):
                if lines:
                    found[number] = lines
    finally:
        # Where time ran out, nobody waits for the pages still being read: their programs end by their own limits.
        pool.shutdown(wait=False, cancel_futures=True)
        document.close()


def read_image(picture: Image, dpi: int, number: int = 1) -> list[Line]:
    """Lines of a picture of page `number` (1-based), in reading order; none where nothing could be read.

    Two pages on one sheet are read one after the other, as one page.
    """
    print_, ink = sheet.printed(picture)
    pages = _upright(print_, dpi)
    out: list[Line] = []
    if number == 1:
        pages[0], out = _first_page(pages[0], ink, dpi)
    for at, (page, rows) in enumerate(pages):
        words = layout.group(_words(rows, dpi))
        lines = layout.lines_of(words, page.width * 72 / dpi, number, first_page=number == 1 and at == 0)
        out += _without_number(lines) if len(pages) > 1 else lines
    return out


def _first_page(
    first: tuple[Image, list[_Row]], ink: Image | None, dpi: int
) -> tuple[tuple[Image, list[_Row]], list[Line]]:
    """The first page with the words of its head that the reading left over; and the stamp of secrecy as a line."""
    page, rows = first
    unread = stamps.without(page, [_box(row) for row in rows if float(row["conf"]) > 100 * _UPRIGHT])
    layers = [unread] if ink is None else [ink, unread]
    degree = stamps.secrecy(layers, dpi, lambda patch: _tesseract(patch, dpi, "-l", "vie", "--psm", "7"))
    if degree:
        return first, [Line(degree, region="masthead", starts_paragraph=True, confidence=_NO_LETTERS)]
    return (page, rows + _left_over(stamps.without(page, [_box(row) for row in rows]), dpi)), []


def _left_over(unread: Image, dpi: int) -> list[_Row]:
    """Words of the head of a page that tesseract took for no text, each line read by itself: the number above all."""
    found: list[_Row] = []
    for at, (x0, top, x1, bottom) in enumerate(stamps.patches(unread, dpi, _HEAD)):
        line = unread.crop((x0 - _AROUND, top - _AROUND, x1 + _AROUND, bottom + _AROUND))
        rows = _parsed(_tesseract(line, dpi, "-l", "vie", "--psm", "7", "tsv"))
        numbered = _NUMBER.match(" ".join(row["text"] for row in rows)) is not None
        if _confidence(rows) < (_UPRIGHT if numbered else _SURE):
            continue
        for row in rows:
            left, upper = int(row["left"]) + x0 - _AROUND, int(row["top"]) + top - _AROUND
            found.append({**row, "left": str(left), "top": str(upper), "block_num": f"left over {at}"})
    return found


def _box(row: _Row) -> tuple[int, int, int, int]:
    left, top = int(row["left"]), int(row["top"])
    return left, top, left + int(row["width"]), top + int(row["height"])


def _upright(picture: Image, dpi: int) -> list[tuple[Image, list[_Row]]]:
    """The pages on a sheet with their words: read as they lie, and turned where that reads better."""
    read = _each(picture, dpi)
    if _sure(read) < _UPRIGHT and (turn := _turn(read[0][0], dpi)):
        turned = _each(picture.rotate(-turn, expand=True), dpi)
        read = turned if _sure(turned) > _sure(read) else read
    return read


def _each(picture: Image, dpi: int) -> list[tuple[Image, list[_Row]]]:
    """The pages on a sheet with their words; what reads poorly is read again smoothed: coarse grain looks like dots."""
    read = [(page, _read(page, dpi)) for page in sheet.halves(sheet.straightened(picture))]
    if _UPRIGHT < _sure(read) < _POOR:
        again = [(page, _read(page, dpi)) for page in sheet.halves(sheet.straightened(picture, _SMOOTH))]
        read = again if _sure(again) > _sure(read) else read
    return read


def _sure(pages: Sequence[tuple[Image, list[_Row]]]) -> float:
    return _confidence([row for _, rows in pages for row in rows])


def _without_number(lines: list[Line]) -> list[Line]:
    """The lines of one of two pages on a sheet, its page number told as such."""
    edges = {0, len(lines) - 1}
    return [
        replace(line, region="header") if at in edges and layout.PAGE_NUMBER.fullmatch(line.text) else line
        for at, line in enumerate(lines)
    ]


def _render(document: object, number: int) -> tuple[Image, int]:
    """A page as a picture in colour, and its resolution."""
    from PIL import Image

    page = document[number - 1]  # type: ignore[index]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, rev_byteorder=True)
        size = (bitmap.width, bitmap.height)
        picture = Image.frombytes(bitmap.mode, size, bytes(bitmap.buffer), "raw", bitmap.mode, bitmap.stride, 1)
        return picture, round(scale * 72)
    finally:
        page.close()


# --- tesseract ------------------------------------------------------------------------------------------


def _tesseract(picture: Image, dpi: int, *options: str) -> str:
    """What tesseract says of a picture, which it gets as PNM (that it reads without a codec); "" out of time."""
    header = f"P5 {picture.width} {picture.height} 255\n".encode("ascii")
    try:
        done = subprocess.run(
            ["tesseract", "-", "-", "--dpi", str(dpi), *options], input=header + picture.tobytes(),
            capture_output=True, timeout=SECONDS_A_PAGE, check=False, preexec_fn=limits.for_helper,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _turn(picture: Image, dpi: int) -> int:
    """Degrees (with the clock) by which the page must be turned to stand upright: 0, 90, 180 or 270."""
    found = _ROTATE.search(_tesseract(picture, dpi, "--psm", "0"))
    turn = int(found[1]) if found else 0
    return turn if turn in (90, 180, 270) else 0


def _read(picture: Image, dpi: int) -> list[_Row]:
    """The words on a page. Where next to none are found, it is read again as one block: a page may have one line."""
    rows = _parsed(_tesseract(picture, dpi, "-l", "vie", "--psm", "3", "tsv"))
    if len(rows) >= _NEXT_TO_NONE or _confidence(rows) >= _UPRIGHT:
        return rows
    block = _parsed(_tesseract(picture, dpi, "-l", "vie", "--psm", "6", "tsv"))
    return block if _confidence(block) > _confidence(rows) else rows


def _parsed(table: str) -> list[_Row]:
    """The rows of tesseract's table that are words."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]


def _confidence(rows: Sequence[_Row]) -> float:
    """Mean confidence of the words (0–1), longer ones counting more; 0.0 for none."""
    weight = sum(len(row["text"]) for row in rows)
    return sum(len(row["text"]) * max(float(row["conf"]), 0.0) for row in rows) / 100 / weight if weight else 0.0


def _is_noise(row: _Row, dpi: int, first: bool) -> bool:
    """Specks and strokes: marks without a letter that nobody sets apart, and lone letters read without confidence."""
    word, confidence = row["text"].strip(), float(row["conf"])
    letters = sum(c.isalnum() for c in word)
    if letters == 0:
        points = max(int(row["width"]), int(row["height"])) * 72 / dpi
        if not word or points < _SPECK or (word in _STUCK and confidence < 95):
            return True
        return confidence < 70 and not (word in _DASHES and first) and not _POINT_C.fullmatch(word)
    return letters == 1 and confidence < 35


def _is_dirt(words: Sequence[_Row]) -> bool:
    """A short line read without confidence: a seal, a signature, the edge of the paper.

    The last word of a sentence may stand alone on its line, and a speck beside it takes its confidence: a number of
    four digits or a syllable that Vietnamese has is kept.
    """
    text = " ".join(word["text"] for word in words)
    if _confidence(words) >= _NO_LETTERS or len(text) >= 36 or _STAMP.search(text):
        return False
    return not any(_YEAR.fullmatch(word["text"]) or _is_syllable(word["text"]) for word in words)


def _is_syllable(word: str) -> bool:
    """Whether a word of four letters and more is one of Vietnamese by its spelling."""
    return len(word) >= 4 and _SYLLABLE.fullmatch(fold(word.strip(".,;:()“”"))) is not None


def _words(rows: Sequence[_Row], dpi: int) -> list[Glyph]:
    """Words with their places in points; those of one line of tesseract's share a baseline."""
    scale = 72 / dpi
    out: list[Glyph] = []
    lines: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    for words in lines.values():
        words = [word for at, word in enumerate(words) if not _is_noise(word, dpi, first=at == 0)]
        if not words or _is_dirt(words):
            continue
        bottom = sorted(int(word["top"]) + int(word["height"]) for word in words)[len(words) // 2] * scale
        height = max(int(word["height"]) for word in words) * scale
        for word in words:
            x0, top = int(word["left"]) * scale, int(word["top"]) * scale
            out.append(
                Glyph(
                    _DIRTY.sub("", word["text"].strip()), x0, x0 + int(word["width"]) * scale, top,
                    top + int(word["height"]) * scale, bottom, min(max(height * 0.75, 8.0), 16.0), "",
                    max(0.0, float(word["conf"])) / 100,
                )
            )  # fmt: skip
    return out
