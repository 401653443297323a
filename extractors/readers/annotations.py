"""What lies on a PDF page without being part of it: numbers and days stamped on with a signature.

Offices stamp the number and the day on a finished PDF when it is signed. They stand in the appearance of an
annotation, which pdfminer does not read; pdfium draws it into a copy of the page in memory.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

from extractors.readers.layout import Glyph

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

# What signing programs write about the signature itself is no text of the document.
_OF_THE_SIGNATURE = re.compile(
    r"(?i)người\s?ký|ký\s?bởi|thời\s?gian\s?ký|ngày\s?ký|signed\s?by|signature|digitally|cơ\s?quan\s?:|email|e-mail|certificate"
)
_MOST_LETTERS = 400
_MOST_ANNOTATIONS = 300  # a page of remarks; drawing them is pdfium's work, which nothing interrupts


def stamped_letters(document: PdfDocument, number: int, page: PdfPage, drawn: int) -> list[Glyph]:
    """Letters that annotations add to page `number` (0-based), placed as those of the page; mostly none.

    `drawn` counts the letters of the page itself. `page` is changed by it and must not be used again.
    """
    from pypdfium2 import raw

    if not 0 < raw.FPDFPage_GetAnnotCount(page) <= _MOST_ANNOTATIONS or page.get_rotation():
        return []
    _, bottom, _, top = page.get_mediabox()
    boxes = _boxes(page)
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return []
    flat = document[number]
    text = flat.get_textpage()
    try:
        count = text.count_chars()
        if not drawn < count <= drawn + _MOST_LETTERS:
            return []
        of_annotation: dict[int, list[Glyph]] = {}
        for at in range(drawn, count):
            letter = _letter(text, at, bottom, top)
            if letter is not None:
                x, y = (letter.x0 + letter.x1) / 2, bottom - letter.base
                inside = [n for n, (x0, y0, x1, y1) in enumerate(boxes) if x0 <= x <= x1 and y0 <= y <= y1]
                of_annotation.setdefault(inside[0] if inside else -1, []).append(letter)
        stamps = of_annotation.values()
        return [letter for stamp in stamps if not _OF_THE_SIGNATURE.search(_words(stamp)) for letter in stamp]
    finally:
        text.close()
        flat.close()


def _boxes(page: PdfPage) -> list[tuple[float, float, float, float]]:
    """Places of the annotations: left, bottom, right, top from the bottom left of the page."""
    from pypdfium2 import raw

    boxes: list[tuple[float, float, float, float]] = []
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        box = raw.FS_RECTF()
        if raw.FPDFAnnot_GetRect(annotation, box):
            boxes.append((box.left, box.bottom, box.right, box.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes


def _words(letters: list[Glyph]) -> str:
    return "".join(letter.text for letter in letters)


def laid_on(letters: list[Glyph], stamped: list[Glyph]) -> list[Glyph]:
    """The letters of a page with stamped ones among them; the blanks that waited for these are taken away."""
    under = [letter for letter in letters if letter.text.isspace() and any(_covers(one, letter) for one in stamped)]
    blanks = set(map(id, under))
    return [letter for letter in letters if id(letter) not in blanks] + stamped


def _covers(stamp: Glyph, blank: Glyph) -> bool:
    near = abs(stamp.base - blank.base) <= 0.6 * max(stamp.size, blank.size)
    return near and stamp.x0 - stamp.size * 0.3 < blank.x1 and blank.x0 < stamp.x1 + stamp.size * 0.3


def _letter(text: PdfTextPage, at: int, bottom: float, top: float) -> Glyph | None:
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text, at)
    x, y = ctypes.c_double(), ctypes.c_double()
    made_up = code < 32 or raw.FPDFText_IsGenerated(text, at) == 1
    if made_up or not raw.FPDFText_GetCharOrigin(text, at, x, y):
        return None
    x0, y0, x1, y1 = text.get_charbox(at, loose=True)
    return Glyph(chr(code), x0, x1, top - y1, top - y0, bottom - y.value, y1 - y0, "")
