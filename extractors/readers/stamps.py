"""Stamps of secrecy on a scanned first page: MẬT, TỐI MẬT, TUYỆT MẬT, in red or black, boxed, set askew.

A stamp seldom lies level, and a line askew among level ones is not read as one. What the reading left over, and what is
coloured, is therefore taken patch by patch, turned level on its own and read once more. Only the upper half of the
first page is looked at: the stamp stands below the number there (NĐ 30/2020 appendix I, box 10a; the three degrees:
Luật 29/2018/QH14 Art. 8).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.readers import sheet

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[int, int, int, int]

_DEGREE = re.compile(r"(?:TUY[EÊỆẸẾỀÉÈ]T\s?|T[OÔÓỐỒỘỌÒ][Iİ1lÍ|!]?\s?)?M[AÀÁẢÃẠÂẦẤẨẪẬ]T(?![^\W\d_])(?!\s?TR)")
_STEP = 8  # the picture is looked over at an eighth of its size
_UPPER = 0.5
_MOST_PATCHES = 5
_WIDE, _HIGH = (20, 260), (10, 130)  # points
_ASKEW = 30.0  # degrees


def secrecy(layers: Sequence[Image], dpi: int, read: Callable[[Image], str]) -> str | None:
    """The degree of secrecy stamped on a page, as read; None where there is none.

    `layers` are grey pictures of what may be a stamp: coloured ink, and print that was not read. `read` gives the words
    of a small level picture.
    """
    for layer in layers:
        for box in patches(layer, dpi, _UPPER):
            for level in _level(layer.crop(box)):
                if found := _DEGREE.search(" ".join(read(level).split())):
                    return found[0]
    return None


def without(picture: Image, boxes: Sequence[Box]) -> Image:
    """The picture with the words in the boxes made white: what is left of it was not read."""
    left = picture.copy()
    for box in boxes:
        left.paste(255, box)
    return left


def patches(layer: Image, dpi: int, part: float) -> list[Box]:
    """Boxes of pieces of ink of the size of a line or a stamp in the upper part of a picture, largest first."""
    from PIL import ImageFilter

    small = layer.crop((0, 0, layer.width, int(layer.height * part))).reduce(_STEP)
    mask = small.point([255 if value < 225 else 0 for value in range(256)]).filter(ImageFilter.MaxFilter(3))
    points = _STEP * 72 / dpi
    boxes = [
        box for box in _connected(mask.tobytes(), mask.width)
        if _WIDE[0] <= (box[2] - box[0]) * points <= _WIDE[1] and _HIGH[0] <= (box[3] - box[1]) * points <= _HIGH[1]
    ]  # fmt: skip
    boxes.sort(key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    return [(x0 * _STEP, top * _STEP, x1 * _STEP, low * _STEP) for x0, top, x1, low in boxes[:_MOST_PATCHES]]


def _connected(cells: bytes, width: int) -> list[Box]:
    """Boxes of the connected pieces of a mask."""
    waiting = {at for at, cell in enumerate(cells) if cell}
    out: list[Box] = []
    while waiting:
        piece = [waiting.pop()]
        for at in piece:
            for near in (
                at - width - 1,
                at - width,
                at - width + 1,
                at - 1,
                at + 1,
                at + width - 1,
                at + width,
                at + width + 1,
            ):
                if near in waiting:
                    waiting.remove(near)
                    piece.append(near)
        columns, rows = [at % width for at in piece], [at // width for at in piece]
        out.append((min(columns), min(rows), max(columns) + 1, max(rows) + 1))
    return out


def _level(patch: Image) -> Iterator[Image]:
    """The patch turned level: what lies inside its frame, then the whole."""
    from PIL import Image, ImageOps

    room = ImageOps.expand(patch, border=max(patch.size) // 4, fill=255)
    if angle := sheet.skew(room, _ASKEW):
        room = room.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    box = room.point([255 if value < 150 else 0 for value in range(256)]).getbbox()
    if box is None:
        return
    inset = (box[3] - box[1]) // 7
    inside = room.crop((box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset))
    for part in (inside, room.crop(box)):
        if min(part.size) > 8:
            yield ImageOps.expand(part, border=part.height // 2, fill=255)
