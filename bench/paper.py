"""Documents as scanned paper: drawn in the layout of Decree 30/2020, stamped and signed, then spoiled as scanners do.

Everything follows from the text and a seed. Pictures are RGB, A4. The strengths are those of docs/decisions/0018.
"""

from __future__ import annotations

import io
import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.model import Document

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw as Drawing
    from PIL.ImageFont import FreeTypeFont

FONTS = Path("/usr/share/fonts/truetype/croscore")
_RED, _BLUE, _BLACK = (206, 44, 52), (38, 52, 140), (18, 18, 18)


@dataclass(frozen=True, slots=True)
class Strength:
    """How a page is spoiled. `skew` in degrees, `blur` and specks at `dpi`, `noise` as deviation of 255."""

    dpi: int
    skew: float
    blur: float
    noise: float
    quality: int
    specks: int
    stain: float
    faded: float


STRENGTHS = {
    "weak": Strength(dpi=300, skew=0.3, blur=0.5, noise=4, quality=85, specks=40, stain=0.04, faded=0.0),
    "middle": Strength(dpi=200, skew=1.2, blur=0.7, noise=12, quality=60, specks=250, stain=0.15, faded=0.15),
    "strong": Strength(dpi=150, skew=2.5, blur=0.8, noise=20, quality=45, specks=600, stain=0.3, faded=0.3),
}


def scan(document: Document, to: Path, strength: Strength, seed: int) -> int:
    """The document as a scanned PDF at `to`: its cleaned text on paper, spoiled. Gives the number of pages."""
    pages = [spoiled(page, strength, random.Random(f"{seed} {at}")) for at, page in enumerate(sheets(document, seed))]
    saved = [_as_jpeg(page, strength.quality) for page in pages]
    saved[0].save(to, "PDF", save_all=True, append_images=saved[1:], resolution=strength.dpi, quality=strength.quality)
    return len(saved)


def _as_jpeg(page: Image, quality: int) -> Image:
    from PIL import Image

    held = io.BytesIO()
    page.save(held, "JPEG", quality=quality)
    return Image.open(held)


# --- drawing --------------------------------------------------------------------------------------------


def sheets(document: Document, seed: int = 0, dpi: int = 200) -> list[Image]:
    """The pages of a document: masthead in two columns, body at 14 points, signature block with seal and ink."""
    sheet = _Sheets(dpi, random.Random(f"{seed} ink"))
    text, head = document.text, document.masthead
    spans = dict(head.spans) if head else {}
    at = _letterhead(sheet, text, spans) if "motto" in spans and spans["motto"][0] > 0 else 0
    end = spans["recipients"][0] if "recipients" in spans and "signature" in spans else len(text)
    for start, line in _lines(text, at, end):
        titled = any(part in spans and spans[part][0] <= start < spans[part][1] for part in ("kind", "title"))
        if titled or (start < end // 3 and line.isupper() and len(line) < 90):
            sheet.centred(line, 14, bold=True)
        else:
            sheet.paragraph(line, 14, bold=line.startswith("Điều ") and len(line) < 60)
    if end < len(text):
        last = max(spans["recipients"][1], spans["signature"][1])
        sheet.signed(*([line for _, line in _lines(text, *spans[part])] for part in ("recipients", "signature")))
        rest = _lines(text, last, len(text))
        # A single line behind the signature is what a site printed below the document: no paper has it.
        if len(rest) > 1:
            sheet.new_page()
            for _, line in rest:
                sheet.paragraph(line, 14)
    return sheet.pages


def _lines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    out = []
    for line in text[start:end].split("\n"):
        if line.strip():
            out.append((start, line.strip()))
        start += len(line) + 1
    return out


def _letterhead(sheet: _Sheets, text: str, spans: dict[str, tuple[int, int]]) -> int:
    """Issuer and number to the left, motto and date to the right. Gives where the rest of the text begins."""
    motto = spans["motto"]
    end = max(spans[part][1] for part in ("motto", "symbol", "date") if part in spans)
    end = text.find("\n", end) if text.find("\n", end) >= 0 else len(text)
    left = [line for _, line in _lines(text, 0, motto[0])]
    below = [line for _, line in _lines(text, motto[1], end)]
    dated = [line for line in below if re.search(r"ngày.{0,12}tháng", line)]
    numbers = [line for line in below if line not in dated]
    sheet.columns(left, numbers, [line for _, line in _lines(text, *motto)], dated)
    return end


class _Sheets:
    """Pages being filled from the top; all lengths in points (1/72 inch)."""

    LEFT, RIGHT, TOP, BOTTOM = 85.0, 547.0, 62.0, 785.0

    def __init__(self, dpi: int, ink: random.Random) -> None:
        self.scale = dpi / 72
        self.ink = ink
        self.pages: list[Image] = []
        self.new_page()

    def new_page(self) -> None:
        from PIL import Image, ImageDraw

        self.page = Image.new("RGB", (round(595 * self.scale), round(842 * self.scale)), "white")
        self.draw: Drawing = ImageDraw.Draw(self.page)
        self.pages.append(self.page)
        self.y = self.TOP
        if len(self.pages) > 1:
            self.put(str(len(self.pages)), 316 - 4, 40, 13)

    def font(self, size: float, bold: bool = False, italic: bool = False) -> FreeTypeFont:
        return _font(round(size * self.scale), bold, italic)

    def width(self, words: str, font: FreeTypeFont) -> float:
        return font.getlength(words) / self.scale

    def put(self, words: str, x: float, y: float, size: float, bold: bool = False, italic: bool = False) -> None:
        self.draw.text((x * self.scale, y * self.scale), words, font=self.font(size, bold, italic), fill=_BLACK)

    def room(self, height: float) -> None:
        if self.y + height > self.BOTTOM:
            self.new_page()

    def wrapped(self, text: str, font: FreeTypeFont, width: float, first: float = 0.0) -> list[list[str]]:
        """The words of each line; the first line is shorter by `first`."""
        lines: list[list[str]] = [[]]
        space = self.width(" ", font)
        taken = first
        for word in text.split():
            wide = self.width(word, font)
            if lines[-1] and taken + wide > width:
                lines.append([])
                taken = 0.0
            lines[-1].append(word)
            taken += wide + space
        return lines

    def paragraph(self, text: str, size: float, bold: bool = False) -> None:
        """Justified, its first line indented by 1.27 cm."""
        font = self.font(size, bold)
        width = self.RIGHT - self.LEFT
        lines = self.wrapped(text, font, width, 36.0)
        for number, words in enumerate(lines):
            self.room(size * 1.3)
            x = self.LEFT + (36.0 if number == 0 else 0.0)
            free = self.RIGHT - x - sum(self.width(word, font) for word in words)
            gap = free / (len(words) - 1) if number < len(lines) - 1 and len(words) > 1 else self.width(" ", font)
            for word in words:
                self.put(word, x, self.y, size, bold)
                x += self.width(word, font) + gap
            self.y += size * 1.25
        self.y += 5

    def centred(
        self, text: str, size: float, bold: bool = False, italic: bool = False, column: tuple[float, float] = (110, 522)
    ) -> None:
        font = self.font(size, bold, italic)
        for words in self.wrapped(text, font, column[1] - column[0]):
            self.room(size * 1.3)
            line = " ".join(words)
            self.put(line, (column[0] + column[1] - self.width(line, font)) / 2, self.y, size, bold, italic)
            self.y += size * 1.25

    def rule(self, x0: float, x1: float) -> None:
        self.draw.line(
            [x * self.scale for x in (x0, self.y, x1, self.y)], fill=_BLACK, width=max(1, round(self.scale / 2))
        )
        self.y += 6

    def columns(self, left: Sequence[str], numbers: Sequence[str], motto: Sequence[str], dated: Sequence[str]) -> None:
        """The letterhead: issuer and number beside motto and date."""
        top = self.y
        for at, line in enumerate(left):
            self.centred(line, 13, bold=at == len(left) - 1 or len(left) < 3, column=(62, 245))
        self.rule(120, 190)
        foot = self.y
        self.y = top
        for at, line in enumerate(motto):
            self.centred(line, 13 if at == 0 else 14, bold=True, column=(250, 560))
        self.rule(320, 490)
        self.y = top = max(self.y, foot) + 6
        for line in numbers:
            self.centred(line, 13, column=(62, 245))
        foot, self.y = self.y, top
        for line in dated:
            self.centred(line, 13, italic=True, column=(250, 560))
        self.y = max(self.y, foot) + 16

    def signed(self, recipients: Sequence[str], signature: Sequence[str]) -> None:
        """Recipients to the left; to the right who signs, the seal, the ink and the name."""
        height = 15 * max(len(recipients) + 3, len(signature) + 7)
        self.room(min(height, 500))
        top = self.y = self.y + 8
        for at, line in enumerate(recipients):
            font = self.font(12 if at == 0 else 11, bold=at == 0, italic=at == 0)
            for words in self.wrapped(line, font, 210):
                self.put(" ".join(words), self.LEFT, self.y, 12 if at == 0 else 11, at == 0, at == 0)
                self.y += 14
        foot, self.y = self.y, top
        for at, line in enumerate(signature):
            last = at == len(signature) - 1
            if last:
                self.seal(345, self.y + 26)
                self.scrawl(400, self.y + 36)
                self.y += 68
            self.centred(line, 14, bold=True, column=(310, 555))
        self.y = max(self.y, foot) + 12

    def seal(self, x: float, y: float) -> None:
        """A red round seal of 36 mm over what stands there, its letters along the rim."""
        from PIL import Image, ImageChops, ImageDraw

        layer = Image.new("RGB", self.page.size, "white")
        draw = ImageDraw.Draw(layer)
        s, radius = self.scale, 51.0

        def ring(r: float, width: float) -> None:
            box = [(x - r) * s, (y - r) * s, (x + r) * s, (y + r) * s]
            draw.ellipse(box, outline=_RED, width=max(1, round(width * s)))

        ring(radius, 2.0)
        ring(radius - 13, 0.8)
        for turn, letter in enumerate("ỦY BAN NHÂN DÂN ★ NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"):
            angle = 2 * math.pi * turn / 57
            place = ((x + 44 * math.sin(angle) - 2) * s, (y - 44 * math.cos(angle) - 4) * s)
            draw.text(place, letter, font=self.font(7, bold=True), fill=_RED)
        star = [
            (x + r * math.sin(math.pi * k / 5), y - r * math.cos(math.pi * k / 5)) for k, r in enumerate((16, 6) * 5)
        ]
        draw.polygon([(a * s, b * s) for a, b in star], fill=_RED)
        self._over(ImageChops.multiply(self.page, layer))

    def scrawl(self, x: float, y: float) -> None:
        """A signature in blue ink."""
        from PIL import Image, ImageChops, ImageDraw

        layer = Image.new("RGB", self.page.size, "white")
        points = [
            ((x + k * 1.6 + self.ink.uniform(-14, 14)) * self.scale, (y + self.ink.uniform(-24, 24)) * self.scale)
            for k in range(0, 60, 4)
        ]
        ImageDraw.Draw(layer).line(points, fill=_BLUE, width=max(2, round(1.1 * self.scale)), joint="curve")
        self._over(ImageChops.multiply(self.page, layer))

    def _over(self, page: Image) -> None:
        self.page.paste(page)


@lru_cache(maxsize=64)
def _font(pixels: int, bold: bool, italic: bool) -> FreeTypeFont:
    from PIL import ImageFont

    style = "BoldItalic" if bold and italic else "Bold" if bold else "Italic" if italic else "Regular"
    return ImageFont.truetype(str(FONTS / f"Tinos-{style}.ttf"), pixels)


# --- spoiling -------------------------------------------------------------------------------------------


def spoiled(page: Image, how: Strength, chance: random.Random) -> Image:
    """The page as a scanner of that strength gives it: turned, blurred, stained, grainy, with specks."""
    import numpy as np
    from PIL import Image, ImageFilter

    size = (round(8.27 * how.dpi), round(11.69 * how.dpi))
    page = page.resize(size, Image.Resampling.LANCZOS)
    angle = how.skew * chance.uniform(0.5, 1.0) * chance.choice((-1, 1))
    page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    page = page.filter(ImageFilter.GaussianBlur(how.blur))
    grain = np.random.default_rng(chance.getrandbits(32))
    paper: Any = np.asarray(page, dtype=np.float32)
    paper = 255 - (255 - paper) * (1 - how.faded)
    light = Image.new("L", (8, 11))
    light.putdata([round(255 * (1 - how.stain * chance.random())) for _ in range(88)])
    shade: Any = np.asarray(light.resize(size, Image.Resampling.BICUBIC), dtype=np.float32) / 255
    paper = paper * shade[:, :, None] + grain.normal(0, how.noise, paper.shape[:2]).astype(np.float32)[:, :, None]
    rows, columns = (grain.integers(2, side - 2, how.specks) for side in paper.shape[:2])
    for row, column in zip(rows, columns, strict=True):
        paper[row : row + chance.choice((1, 2)), column : column + chance.choice((1, 2))] = chance.choice((30, 90, 235))
    return Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))
