"""Pictures of paper (PNG, JPEG, TIFF with its pages): what a phone or a scanner saves, read by `readers.ocr`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model import Line
from extractors.readers import Reading, limits, mending, ocr, page_flow

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 60_000_000  # A3 at 400 dpi has 31 million
MAX_PAGES = 200
MAX_SCANS = 100  # of one JPEG: a progressive picture has ten
_FORMATS = ("PNG", "JPEG", "TIFF")
_A4_INCHES = 8.27
_READABLE_DPI = 150  # below this the marks of Vietnamese letters run together: enlarged before reading
_BEST_DPI = 250
_MOST_DPI = 320


def read(path: Path) -> Reading:
    """Lines of a picture. Outcomes besides `ok`: `no_text_layer`, `damaged`, `too_large`."""
    from PIL import Image, UnidentifiedImageError

    if not ocr.available():
        reason = "tệp là ảnh và máy này chưa cài Tesseract (gói tesseract-ocr-vie); hãy cài rồi chạy lại"
        return Reading(outcome="no_text_layer", message=f"{path}: {reason}.")
    pages: list[list[Line]] = []
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS or _frames(picture) > MAX_PAGES or _has_endless_scans(path):
                return _too_large(path)
            for number, (page, dpi) in enumerate(_pages(picture), 1):
                pages.append(ocr.read_image(page, dpi, number))
    except Image.DecompressionBombError:
        return _too_large(path)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return Reading(outcome="damaged", message=f"{path}: ảnh bị hỏng, không mở được; hãy quét hoặc chụp lại.")
    except (limits.Overtime, limits.Excess, MemoryError) as error:
        return limits.cut_short(path, error, page_flow.one_flow(mending.mended(pages)))
    lines = page_flow.one_flow(mending.mended(pages))
    if not any(line.text.strip() for line in lines):
        reason = "không đọc được chữ nào trong ảnh; hãy quét lại cho rõ, ở 300 dpi"
        return Reading(outcome="no_text_layer", message=f"{path}: {reason}.")
    return Reading(tuple(lines))


def _too_large(path: Path) -> Reading:
    reason = f"ảnh quá lớn (trên {MAX_PIXELS // 1_000_000} triệu điểm ảnh hoặc {MAX_PAGES} trang)"
    return Reading(outcome="too_large", message=f"{path}: {reason}; hãy quét lại ở 200–300 dpi.")


def load() -> None:
    """Import what reading needs, ahead of a fork."""
    import PIL.Image
    import PIL.ImageFilter  # noqa: F401


def pages(path: Path) -> int:
    """Number of pages (a TIFF may have many)."""
    from PIL import Image

    with Image.open(path, formats=_FORMATS) as picture:
        return _frames(picture)


def _frames(picture: Image) -> int:
    """Pages of a TIFF, counted no further than `MAX_PAGES` + 1: Pillow's own count looks at each page many times."""
    number = 1
    if picture.format == "TIFF":
        try:
            while number <= MAX_PAGES:
                picture.seek(number)
                number += 1
        except EOFError:
            pass
        picture.seek(0)
    return number


def _has_endless_scans(path: Path) -> bool:
    """Whether a progressive JPEG draws its picture over and over: some bytes a time, each as dear as the whole."""
    raw = path.read_bytes()
    return raw.startswith(b"\xff\xd8") and raw.count(b"\xff\xda") > MAX_SCANS


def _pages(picture: Image) -> Iterator[tuple[Image, int]]:
    """Each page, in grey or in colour, as the camera was held, with its resolution."""
    from PIL import ImageOps

    for number in range(_frames(picture)):
        picture.seek(number)
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("page too large")
        page = ImageOps.exif_transpose(_opaque(picture))
        yield _scaled(page.convert("L" if page.mode in ("1", "L", "I", "I;16", "F") else "RGB"))


def _opaque(picture: Image) -> Image:
    """The picture on white paper: what is transparent would turn black."""
    from PIL import Image

    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture
    over = picture.convert("RGBA")
    paper = Image.new("RGBA", over.size, "white")
    paper.alpha_composite(over)
    return paper


def _scaled(page: Image) -> tuple[Image, int]:
    """The page at a resolution that can be read. What a file says of its own is often wrong: a page is taken as A4."""
    from PIL import Image

    dpi = round(min(page.size) / _A4_INCHES)
    if _READABLE_DPI <= dpi <= _MOST_DPI or dpi < 30:
        return page, max(dpi, 70)
    factor = _BEST_DPI / dpi
    size = (round(page.width * factor), round(page.height * factor))
    return page.resize(size, Image.Resampling.LANCZOS), _BEST_DPI
