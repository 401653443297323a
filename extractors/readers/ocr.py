"""Scanned pages: rendered by pdfium, set straight, read by tesseract with the Vietnamese model, word by word.

A page is turned back where it was scanned askew (up to 5°) or lies on its side, and smoothed where its paper is
grainy; measured on rendered pages in docs/decisions/0018. Each word keeps its confidence.
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
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model import Line
from extractors.readers import layout, limits
from extractors.readers.layout import Glyph

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 250
MOST_PIXELS = 25_000_000  # A3 has 12 million; a page that says it is a wall would take gigabytes
PAGES_AT_ONCE = 2
SECONDS_A_PAGE = 60.0
_UPRIGHT = 0.6  # mean confidence below which a page may lie on its side
_GRAINY = 4.0  # mean difference (of 255) between the paper and the same paper smoothed
_NO_LETTERS = 0.45  # mean confidence below which a line is a stamp, a signature or dirt
_POINT_C = re.compile(r"\W{0,2}[©€]\)")  # what a "c)" is often taken for
_STAMP = re.compile(r"\bM[AÀÁẢÃẠÂẦẤẨẪẬ]T\b")  # of secrecy: a stamp that must not be taken for dirt
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
    """Lines of a grey picture of page `number` (1-based), in reading order; none where nothing could be read."""
    straight = straightened(picture)
    rows = _read(straight, dpi)
    if _confidence(rows) < _UPRIGHT and (turn := _turn(straight, dpi)):
        straight = straightened(picture.rotate(-turn, expand=True))
        turned = _read(straight, dpi)
        rows = turned if _confidence(turned) > _confidence(rows) else rows
    words = _words(rows, dpi)
    return layout.lines_of(layout.group(words), straight.width * 72 / dpi, number, first_page=number == 1)


def straightened(picture: Image) -> Image:
    """The picture turned so that its lines run level, and without grain."""
    from PIL import Image, ImageFilter

    angle = _skew(picture)
    if angle:
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return picture.filter(ImageFilter.MedianFilter(3)) if _grain(picture) > _GRAINY else picture


def _render(document: object, number: int) -> tuple[Image, int]:
    """A page as a grey picture, and its resolution."""
    from PIL import Image

    page = document[number - 1]  # type: ignore[index]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        size = (bitmap.width, bitmap.height)
        return Image.frombytes("L", size, bytes(bitmap.buffer), "raw", "L", bitmap.stride, 1), round(scale * 72)
    finally:
        page.close()


# --- the picture ----------------------------------------------------------------------------------------


def _skew(picture: Image) -> float:
    """Degrees (against the clock) that make the lines level; 0.0 where that is under a sixth of one.

    Level lines make rows of ink and rows of paper: the angle at which neighbouring rows differ most.
    """
    from PIL import Image

    small = picture.reduce(max(1, picture.width // 640))
    side, top = small.width // 8, small.height // 20
    small = small.crop((side, top, small.width - side, small.height - top))

    def unevenness(angle: float) -> int:
        turned = small.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255) if angle else small
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum((one - next_one) ** 2 for one, next_one in pairwise(rows))

    rough = max((step / 2 for step in range(-10, 11)), key=unevenness)
    best = max((rough + step / 8 for step in range(-3, 4)), key=unevenness)
    return best if abs(best) > 1 / 6 and unevenness(best) > 1.05 * unevenness(0.0) else 0.0


def _grain(picture: Image) -> float:
    """How much the picture differs from itself smoothed, in the middle of the page (0–255)."""
    from PIL import ImageChops, ImageFilter, ImageStat

    x, y = picture.width // 2, picture.height // 2
    part = picture.crop((x - 200, y - 200, x + 200, y + 200))
    return float(ImageStat.Stat(ImageChops.difference(part, part.filter(ImageFilter.MedianFilter(3)))).mean[0])


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
    return _parsed(_tesseract(picture, dpi, "-l", "vie", "--psm", "3", "tsv"))


def _parsed(table: str) -> list[_Row]:
    """The rows of tesseract's table that are words."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]


def _confidence(rows: Sequence[_Row]) -> float:
    """Mean confidence of the words (0–1), longer ones counting more; 0.0 for none."""
    weight = sum(len(row["text"]) for row in rows)
    return sum(len(row["text"]) * max(float(row["conf"]), 0.0) for row in rows) / 100 / weight if weight else 0.0


def _is_noise(word: str, confidence: float) -> bool:
    """Specks, stamps and strokes of a signature: marks without a letter, and lone letters read without confidence."""
    letters = sum(c.isalnum() for c in word)
    if letters == 0:
        return not word or (confidence < 70 and word not in ("-", "–") and not _POINT_C.fullmatch(word))
    return letters == 1 and confidence < 35


def _is_dirt(words: Sequence[_Row]) -> bool:
    """A short line read without confidence: a seal, a signature, the edge of the paper."""
    text = " ".join(word["text"] for word in words)
    return _confidence(words) < _NO_LETTERS and len(text) < 36 and not _STAMP.search(text)


def _words(rows: Sequence[_Row], dpi: int) -> list[Glyph]:
    """Words with their places in points; those of one line of tesseract's share a baseline."""
    scale = 72 / dpi
    out: list[Glyph] = []
    lines: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    for words in lines.values():
        if _is_dirt(words):
            continue
        words = [word for word in words if not _is_noise(word["text"].strip(), float(word["conf"]))]
        if not words:
            continue
        bottom = sorted(int(word["top"]) + int(word["height"]) for word in words)[len(words) // 2] * scale
        height = max(int(word["height"]) for word in words) * scale
        for word in words:
            x0, top = int(word["left"]) * scale, int(word["top"]) * scale
            out.append(
                Glyph(
                    word["text"].strip(), x0, x0 + int(word["width"]) * scale, top, top + int(word["height"]) * scale,
                    bottom, min(max(height * 0.75, 8.0), 16.0), "", max(0.0, float(word["conf"])) / 100,
                )
            )  # fmt: skip
    return out
