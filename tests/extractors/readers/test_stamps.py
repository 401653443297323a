"""Stamps of secrecy on pictures of paper: boxed, red or black, askew. A paper that bears one keeps nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.register import NothingKnown
from extractors import extract
from extractors.readers import ocr, sheet, stamps

Image = pytest.importorskip("PIL.Image")
FONTS = Path("/usr/share/fonts/truetype/croscore")
RED, BLACK = (200, 30, 40), (20, 20, 20)
needs_font = pytest.mark.skipif(not FONTS.is_dir(), reason="the font Tinos is not installed")
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not installed")


def font(size: int):
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), size)


def stamp(words: str, colour: tuple[int, int, int], tilt: float):
    """A boxed stamp at 150 dpi on white."""
    from PIL import ImageDraw

    letters = font(42)
    picture = Image.new("RGB", (int(letters.getlength(words)) + 60, 76), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((30, 12), words, font=letters, fill=colour)
    draw.rectangle([3, 3, picture.width - 4, 72], outline=colour, width=3)
    return picture.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def paper(words: str, colour: tuple[int, int, int], tilt: float):
    """The head of a report at 150 dpi with a stamp below its number."""
    from PIL import ImageChops, ImageDraw

    page = Image.new("RGB", (1240, 900), "white")
    draw = ImageDraw.Draw(page)
    head = ("ỦY BAN NHÂN DÂN XÃ MẪU", "Số: 12/BC-UBND", "BÁO CÁO", "Tình hình thu ngân sách quý II của xã và các thôn")
    for text, x, y in zip(head, (120, 150, 480, 120), (60, 110, 380, 460), strict=True):
        draw.text((x, y), text, font=font(30), fill=BLACK)
    layer = Image.new("RGB", page.size, "white")
    layer.paste(stamp(words, colour, tilt), (160, 170))
    return ImageChops.multiply(page, layer)


@needs_font
@needs_ocr
@pytest.mark.parametrize(("words", "colour", "tilt"), [("MẬT", RED, -12), ("TUYỆT MẬT", BLACK, 9)])
def test_a_stamped_paper_is_restricted_and_keeps_nothing(tmp_path, words, colour, tilt):
    paper(words, colour, tilt).save(tmp_path / "a.png")
    document = extract(tmp_path / "a.png", NothingKnown())
    assert (document.outcome, document.text, document.masthead) == ("restricted", "", None)


@needs_font
@needs_ocr
def test_a_paper_with_another_stamp_is_read(tmp_path):
    paper("CÔNG VĂN ĐẾN", RED, -12).save(tmp_path / "a.png")
    document = extract(tmp_path / "a.png", NothingKnown())
    assert document.outcome == "ok"
    assert "12/BC-UBND" in document.text


@needs_font
@pytest.mark.parametrize("tilt", [-14, 0, 8])
def test_a_patch_is_turned_level_before_it_is_read(tilt):
    seen = []
    layer = Image.new("L", (1240, 1754), 255)
    layer.paste(stamp("TỐI MẬT", BLACK, tilt).convert("L"), (160, 170))
    stamps.secrecy([layer], 150, lambda patch: seen.append(patch) or "")
    assert seen
    assert all(patch.width > 2 * patch.height for patch in seen)
    assert all(abs(sheet.skew(patch, 30)) <= 1 for patch in seen)


@pytest.mark.parametrize(
    ("read", "degree"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MÂT", "TỐI MÂT"),
        ("| TUYỆT MẠT |", "TUYỆT MẠT"),
        ("MẬT TRẬN TỔ QUỐC", None),
        ("HỎA TỐC", None),
    ],
)
def test_which_words_are_a_degree_of_secrecy(read, degree):
    layer = Image.new("L", (1240, 1754), 255)
    layer.paste(0, (200, 200, 400, 280))
    assert stamps.secrecy([layer], 150, lambda patch: read) == degree


def test_the_lower_half_of_a_page_is_not_looked_at():
    layer = Image.new("L", (1240, 1754), 255)
    layer.paste(0, (200, 1300, 400, 1380))
    assert stamps.secrecy([layer], 150, lambda patch: "MẬT") is None
