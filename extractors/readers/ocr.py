"""Scanned pages: rendered by pdfium, read by tesseract with the Vietnamese model, word by word.

A first version: no correction of what was misread; each line carries the lowest confidence of its words.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from corpus.model import Line
from extractors.readers import layout, limits
from extractors.readers.layout import Glyph

DPI = 250
PAGES_AT_ONCE = 2
SECONDS_A_PAGE = 60.0


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
            pictures = [_render(document, number) for number in batch]
            for number, lines in zip(batch, pool.map(_read_picture, pictures, batch), strict=True):
                if lines:
                    found[number] = lines
    finally:
        # Where time ran out, nobody waits for the pages still being read: their programs end by their own limits.
        pool.shutdown(wait=False, cancel_futures=True)
        document.close()


def _render(document: object, number: int) -> tuple[bytes, float]:
    """A page as grey PNM (which tesseract reads without a codec), and its width in points."""
    page = document[number - 1]  # type: ignore[index]
    try:
        bitmap = page.render(scale=DPI / 72, grayscale=True)
        header = f"P5 {bitmap.width} {bitmap.height} 255\n".encode("ascii")
        view = memoryview(bitmap.buffer)
        rows = [bytes(view[y * bitmap.stride : y * bitmap.stride + bitmap.width]) for y in range(bitmap.height)]
        return header + b"".join(rows), float(page.get_width())
    finally:
        page.close()


def _read_picture(picture: tuple[bytes, float], number: int) -> list[Line]:
    data, width = picture
    try:
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", "vie", "--dpi", str(DPI), "--psm", "3", "tsv"], input=data,
            capture_output=True, timeout=SECONDS_A_PAGE, check=False, preexec_fn=limits.for_helper,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return []
    words = _words(done.stdout.decode("utf-8", "replace"))
    rows = layout.group(words)
    return layout.lines_of(rows, width, number, first_page=number == 1)


def _is_noise(word: str, confidence: float) -> bool:
    """Specks, stamps and strokes of a signature: marks without a letter, and lone letters read without confidence."""
    letters = sum(c.isalnum() for c in word)
    if letters == 0:
        return not word or (confidence < 70 and word not in ("-", "–"))
    return letters == 1 and confidence < 35


def _words(table: str) -> list[Glyph]:
    """Words of tesseract's table; the lines that it found share a baseline."""
    scale = 72 / DPI
    out: list[Glyph] = []
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") == "5" and not _is_noise((row.get("text") or "").strip(), float(row.get("conf") or 0)):
            lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    for words in lines.values():
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
