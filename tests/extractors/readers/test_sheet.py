"""Sheets made ready for reading: two pages of a booklet, black edges, seals over print, stains, specks."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors import readers
from extractors.readers import ocr, sheet

Image = pytest.importorskip("PIL.Image")
FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
RED, BLACK = (206, 44, 52), (18, 18, 18)
LINES = ("Điều {}. Phạm vi điều chỉnh", "Quy chế này áp dụng trên địa bàn xã.", "Thực hiện Luật số 10/2022/QH15.")
needs_font = pytest.mark.skipif(not FONT.is_file(), reason="the font Tinos is not installed")
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not installed")


def page(article: int = 1, size: tuple[int, int] = (1240, 1000)):
    """A page at 150 dpi with some lines of an article."""
    from PIL import ImageDraw, ImageFont

    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(LINES * 3):
        text = line.format(article + number // 3)
        draw.text((170, 120 + 60 * number), text, font=ImageFont.truetype(str(FONT), 32), fill=BLACK)
    return picture


def spread():
    """Two pages of a booklet on one sheet."""
    both = Image.new("RGB", (2480, 1000), "white")
    both.paste(page(1), (0, 0))
    both.paste(page(4), (1240, 0))
    return both


@needs_font
def test_two_pages_on_one_sheet_are_cut_at_the_gutter():
    left, right = sheet.halves(spread().convert("L"))
    assert abs(left.width - 1240) < 200
    assert left.width + right.width == 2480
    folded = spread().convert("L")
    folded.paste(60, (1236, 0, 1244, 1000))
    assert len(sheet.halves(folded)) == 2


@needs_font
def test_a_single_page_is_not_cut():
    from PIL import ImageDraw

    upright, wide = page().convert("L"), spread().convert("L")
    ImageDraw.Draw(wide).line([(200, 90), (2300, 90)], fill=0, width=4)  # a table's rule runs across the middle
    assert sheet.halves(upright.crop((0, 0, 1240, 1000))) == [upright]
    assert len(sheet.halves(wide)) == 1
    assert len(sheet.halves(Image.new("L", (2480, 1000), 255))) == 1


@needs_font
@needs_ocr
def test_a_booklet_is_read_page_after_page(tmp_path):
    spread().save(tmp_path / "a.png")
    reading = readers.read(tmp_path / "a.png", "image")
    heads = [line.text[:7] for line in reading.lines if line.text.startswith("Điều")]
    assert heads == [f"Điều {number}." for number in range(1, 7)]


@needs_font
@needs_ocr
def test_a_scanned_page_between_pages_of_text(tmp_path, write_pdf):
    import pypdfium2

    text = write_pdf([[(70, 700, 12, False, "Trang ghi bang chu"), (70, 680, 12, False, "dong thu hai")]])
    page(7).save(tmp_path / "scan.pdf", resolution=150)
    mixed = pypdfium2.PdfDocument.new()
    for path in (text, tmp_path / "scan.pdf", text):
        mixed.import_pages(pypdfium2.PdfDocument(path))
    mixed.save(tmp_path / "mixed.pdf")
    reading = readers.read(tmp_path / "mixed.pdf", "pdf")
    assert reading.outcome == "ok"
    by_page = {n: [line for line in reading.lines if line.page == n] for n in (1, 2, 3)}
    assert "Luật số 10/2022/QH15" in " ".join(line.text for line in by_page[2])
    assert all(line.confidence is not None for line in by_page[2])
    assert all(line.confidence is None for n in (1, 3) for line in by_page[n])
    assert by_page[1]
    assert by_page[3]


@needs_font
def test_a_seal_over_print_is_taken_out_and_the_print_stays():
    from PIL import ImageChops, ImageDraw

    plain = page()
    layer = Image.new("RGB", plain.size, "white")
    ImageDraw.Draw(layer).ellipse((150, 100, 450, 400), outline=RED, width=12)
    ImageDraw.Draw(layer).ellipse((260, 210, 340, 290), fill=RED)
    print_, ink = sheet.printed(ImageChops.multiply(plain, layer))
    difference = ImageChops.difference(print_, plain.convert("L"))
    assert sum(difference.histogram()[60:]) < 0.002 * plain.width * plain.height
    assert ink is not None
    assert ink.getpixel((300, 250)) < 130
    assert ink.crop((600, 500, 1200, 900)).getextrema() == (255, 255)


@needs_font
def test_what_has_no_colour_and_what_is_all_colour_stays_as_it_is():
    grey = page().convert("L")
    assert sheet.printed(grey) == (grey, None)
    assert sheet.printed(page())[1] is None
    blue = page().point([(38, 52, 140)[band] if v < 200 else 255 for band in range(3) for v in range(256)])
    assert sheet.printed(blue)[1] is None


@needs_font
def test_black_edges_are_made_white_and_nothing_else():
    from PIL import ImageDraw

    plain = page().convert("L")
    edged = plain.copy()
    ImageDraw.Draw(edged).polygon([(0, 0), (70, 0), (40, 1000), (0, 1000)], fill=0)
    ImageDraw.Draw(edged).rectangle((0, 960, 1240, 1000), fill=10)
    clean = sheet.without_edges(edged)
    assert clean.crop((0, 0, 100, 1000)).getextrema()[0] > 200
    assert clean.crop((0, 950, 1240, 1000)).getextrema()[0] > 200
    assert clean.crop((100, 0, 1240, 940)).tobytes() == plain.crop((100, 0, 1240, 940)).tobytes()
    assert sheet.without_edges(plain) is plain


def test_specks_far_from_print_go_and_dots_stay():
    picture = Image.new("L", (400, 400), 255)
    picture.paste(0, (100, 100, 103, 103))  # a speck
    picture.paste(0, (200, 200, 205, 205))  # a full stop at 250 dpi
    picture.paste(0, (300, 300, 330, 340))  # a letter, and the acute above it
    picture.paste(0, (312, 292, 316, 294))
    clean = sheet.without_specks(picture)
    assert clean.getpixel((101, 101)) == 255
    assert clean.getpixel((202, 202)) == 0
    assert clean.getpixel((313, 293)) == 0


def test_a_stain_is_evened_out():
    from PIL import ImageDraw

    picture = Image.new("L", (800, 800), 250)
    ImageDraw.Draw(picture).ellipse((100, 100, 700, 700), fill=190)
    ImageDraw.Draw(picture).line((200, 400, 600, 400), fill=30, width=6)
    even = sheet.whitened(sheet.evened(picture))
    assert even.getpixel((400, 300)) > 235
    assert even.getpixel((400, 400)) < 120
