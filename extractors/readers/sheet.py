"""The picture of a scanned sheet made ready for reading: printed ink alone, level, without grain or black edges.

Seals are red and signatures blue, print is black: what is coloured is taken out before reading, so that a seal costs no
word below it, and kept apart, because a stamp of secrecy is coloured too. Two pages of a booklet on one sheet are cut
at the gutter. All of it is measured on rendered pages (docs/decisions/0018).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[int, int, int, int]

_GRAINY = 4.0  # mean difference (of 255) between the paper and the same paper smoothed
_COLOURED = 40  # difference between the strongest and the weakest of red, green and blue from which ink has a colour
_DARK = 190  # the weakest of the three below which a coloured place is ink: old paper is yellow and bright
_BRIGHT = 110  # the strongest of the three above which coloured ink has nothing black below it
_INK = 150  # grey below which there is ink
_PALE = 205  # grey below which there may be ink
_LEAST_COLOUR = 0.0002  # part of the page: a seal covers one to two hundredths
_MOST_COLOUR = 6  # times the black ink: above, the page itself is printed in colour
_UNEVEN = 14  # difference of the paper's brightness from which a page is stained or shadowed
_NEAR_PAPER = 30  # below the brightness that most of the page has: still paper
_CLEAN = 0.1  # part of a page that is neither ink nor white, from which its paper has grain
_SPECK, _FAR = 14, 12  # points of ink within so many points on each side; a full stop has some 20 (at 250 dpi)
_EDGE = 0.12  # part of a side that a black edge may take up
_SPREAD = 1.2  # a sheet that much wider than high may hold two pages
_FOLD = 0.7  # part of the height
_GUTTER = 0.02  # part of the sheet's width that is blank between two pages


def printed(picture: Image) -> tuple[Image, Image | None]:
    """What is printed on a page, in grey; and its coloured ink in grey, None where there is none.

    A page that is printed in colour altogether stays as it is.
    """
    from PIL import Image, ImageChops, ImageFilter

    if picture.mode == "L":
        return picture, None
    # Scanners put a thin rim of colour around black letters, which is gone at half the size; strokes of ink are not.
    strongest, weakest = _extremes(picture.convert("RGB").reduce(2))
    strong = ImageChops.darker(_over(ImageChops.subtract(strongest, weakest), _COLOURED), _under(weakest, _DARK))
    coloured = _share(strong)
    grey = picture.convert("L")
    if coloured < _LEAST_COLOUR or coloured > _MOST_COLOUR * _share(_under(strongest, _BRIGHT)):
        return grey, None
    # The edge of coloured ink is pale: what has some colour beside what has much.
    strongest, weakest = _extremes(picture)
    beside = strong.filter(ImageFilter.MaxFilter(5)).resize(picture.size)
    inked = ImageChops.darker(beside, _over(ImageChops.subtract(strongest, weakest), _COLOURED // 2))
    # Black print under a seal keeps its darkness: only what is bright in one band turns white.
    clean = grey.copy()
    clean.paste(strongest.point([255 if value > _BRIGHT else value for value in range(256)]), mask=inked)
    apart = Image.new("L", picture.size, 255)
    apart.paste(grey, mask=inked)
    return clean, apart


def _extremes(picture: Image) -> tuple[Image, Image]:
    """Of each point the strongest and the weakest of red, green and blue."""
    from PIL import ImageChops

    red, green, blue = picture.convert("RGB").split()
    lighter, darker = ImageChops.lighter(red, green), ImageChops.darker(red, green)
    return ImageChops.lighter(lighter, blue), ImageChops.darker(darker, blue)


def _over(picture: Image, least: int) -> Image:
    return picture.point([255 if value > least else 0 for value in range(256)])


def _under(picture: Image, most: int) -> Image:
    return picture.point([255 if value < most else 0 for value in range(256)])


def _share(mask: Image) -> float:
    """The part of a mask that is set (0–1)."""
    return mask.histogram()[255] / (mask.width * mask.height)


def straightened(picture: Image, smooth: float = 0.0) -> Image:
    """The grey picture turned so that its lines run level, on even paper without black edges, specks and grain.

    `smooth`: radius (points of the picture) by which it is blurred, for paper whose grain is as coarse as its marks.
    """
    from PIL import Image, ImageFilter

    picture = without_edges(picture)
    angle = skew(picture)
    if angle:
        picture = picture.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    if smooth:
        picture = picture.filter(ImageFilter.GaussianBlur(smooth))
    elif _grain(picture) > _GRAINY:
        picture = picture.filter(ImageFilter.MedianFilter(3))
    return without_specks(whitened(evened(picture)))


def whitened(picture: Image) -> Image:
    """The picture with its paper white: grain that is left would be taken for print where there is next to none."""
    counts = picture.histogram()
    paper = max(range(128, 256), key=counts.__getitem__)
    white = paper - _NEAR_PAPER
    if sum(counts[white:255]) < _CLEAN * (picture.width * picture.height):
        return picture
    return picture.point([min(255, value * 255 // white) for value in range(256)])


def evened(picture: Image) -> Image:
    """The picture on paper of one brightness: stains and shadows are lightened as far as the paper around is dark."""
    from PIL import Image, ImageChops, ImageFilter

    small = picture.reduce(16)
    if min(small.size) < 16:
        return picture
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3))
    darkest, brightest = paper.getextrema()
    if brightest - darkest < _UNEVEN:  # type: ignore[operator]
        return picture
    return ImageChops.add(picture, ImageChops.invert(paper).resize(picture.size, Image.Resampling.BILINEAR))


def without_specks(picture: Image) -> Image:
    """The picture without what is dark, far from any print, and smaller than a full stop.

    Nothing near letters is touched: the acute of an "ố" has no more ink than a speck of dirt.
    """
    from PIL import Image, ImageChops, ImageFilter

    dark = _under(picture, _INK)
    # Pale print counts as print: on a faded page little of a letter is dark.
    around = _under(picture, _PALE).reduce(4).filter(ImageFilter.BoxBlur(_FAR / 4))
    lonely = _under(around, round(255 * _SPECK / (2 * _FAR + 1) ** 2)).resize(picture.size, Image.Resampling.NEAREST)
    alone = ImageChops.darker(dark, lonely)
    if alone.getbbox() is None:
        return picture
    out = picture.copy()
    out.paste(255, mask=ImageChops.darker(_under(picture, _PALE), lonely))
    return out


def without_edges(picture: Image) -> Image:
    """The picture with what is black from its edges inwards made white: the lid of a copier, the fold of a book."""
    from PIL import Image

    step = max(1, picture.width // 400)
    small = picture.reduce(step)
    dark = _under(small, 90)
    found = _runs(dark)
    dark.paste(0, mask=found)  # else a corner would be part of an edge that is too long
    found.paste(255, mask=_runs(dark.transpose(Image.Transpose.ROTATE_90)).transpose(Image.Transpose.ROTATE_270))
    if found.getbbox() is None:
        return picture
    out = picture.copy()
    out.paste(255, mask=found.resize(picture.size))
    return out


def _runs(dark: Image) -> Image:
    """Of a mask the runs that begin at its left or right edge, each a little longer than it is (edges are soft)."""
    from PIL import Image

    width, most = dark.width, int(dark.width * _EDGE)
    rows = dark.tobytes()
    out = bytearray()
    for at in range(0, len(rows), width):
        row = rows[at : at + width]
        left = width - len(row.lstrip(b"\xff"))
        right = width - len(row.rstrip(b"\xff")) if left < width else 0
        left, right = (run + 2 if 1 < run <= most else 0 for run in (min(left, width), right))
        out += b"\xff" * left + bytes(width - left - right) + b"\xff" * right
    return Image.frombytes("L", dark.size, bytes(out))


def skew(picture: Image, widest: float = 5.0) -> float:
    """Degrees (against the clock, at most `widest`) that make the lines level; 0.0 where that is under a sixth of one.

    Level lines make rows of ink and rows of paper: the angle at which neighbouring rows differ most.
    """
    from PIL.Image import Resampling

    small = picture.reduce(max(1, picture.width // 640))
    side, top = small.width // 8, small.height // 20
    small = small.crop((side, top, small.width - side, small.height - top))

    def unevenness(page: Image, angle: float) -> int:
        turned = page.rotate(angle, Resampling.BILINEAR, fillcolor=255) if angle else page
        rows = turned.resize((1, turned.height), Resampling.BOX).tobytes()
        return sum((one - next_one) ** 2 for one, next_one in pairwise(rows))

    coarse = small.reduce(2)
    rough = max((step / 2 for step in range(-int(2 * widest), int(2 * widest) + 1)), key=partial(unevenness, coarse))
    best = max((rough + step / 8 for step in range(-3, 4)), key=partial(unevenness, small))
    return best if abs(best) > 1 / 6 and unevenness(small, best) > 1.05 * unevenness(small, 0.0) else 0.0


def _grain(picture: Image) -> float:
    """How much the picture differs from itself smoothed, in the middle of the page (0–255)."""
    from PIL import ImageChops, ImageFilter, ImageStat

    x, y = picture.width // 2, picture.height // 2
    part = picture.crop((x - 200, y - 200, x + 200, y + 200))
    return float(ImageStat.Stat(ImageChops.difference(part, part.filter(ImageFilter.MedianFilter(3)))).mean[0])


# --- two pages on one sheet -----------------------------------------------------------------------------


def halves(picture: Image) -> list[Image]:
    """The pages on a level sheet: two where it is wider than high and blank from top to bottom near its middle.

    A table or a heading of a single wide page runs across its middle; the pages of a booklet do not.
    """
    at = _gutter(picture) if picture.width > _SPREAD * picture.height else None
    if at is None:
        return [picture]
    return [picture.crop((0, 0, at, picture.height)), picture.crop((at, 0, picture.width, picture.height))]


def _gutter(picture: Image) -> int | None:
    """Where the blank stretch near the middle of a sheet lies, None where there is none.

    A column is blank too where it is dark nearly from top to bottom: the fold.
    """
    from PIL import Image

    step = max(1, picture.width // 800)
    small = picture.reduce(step)
    top = small.height // 20
    ink = _under(small.crop((0, top, small.width, small.height - top)), _INK)
    cells, high = ink.transpose(Image.Transpose.TRANSPOSE).tobytes(), ink.height
    dark = [cells.count(255, x * high, (x + 1) * high) for x in range(ink.width)]
    middle = range(int(0.38 * ink.width), int(0.62 * ink.width))
    best = _longest([x for x in middle if dark[x] == 0 or dark[x] > _FOLD * high])
    sides = (dark[: middle.start], dark[middle.stop :])
    if len(best) < _GUTTER * ink.width or not all(sum(side) > high for side in sides):
        return None
    return (best[0] + best[-1]) * step // 2


def _longest(places: Sequence[int]) -> list[int]:
    """The longest run of places that follow each other."""
    best: list[int] = []
    run: list[int] = []
    for x in places:
        run = [*run, x] if run and x == run[-1] + 1 else [x]
        best = run if len(run) > len(best) else best
    return best
