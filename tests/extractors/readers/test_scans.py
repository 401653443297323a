"""Pictures of paper: straightened, turned upright, read by tesseract where it is installed; what is no picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors import readers
from extractors.readers import image, ocr, sheet

Image = pytest.importorskip("PIL.Image")
FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
LINES = (
    "Điều 1. Phạm vi điều chỉnh", "Quy chế này áp dụng trên địa bàn xã.", "Điều 2. Căn cứ",
    "Thực hiện Nghị định số 34/2016/NĐ-CP.", "Các thôn báo cáo hằng quý.", "Văn phòng tổng hợp, trình ký.",
)  # fmt: skip


def page(angle: float = 0.0):
    """A page at 200 dpi, its lines askew by `angle` degrees."""
    from PIL import ImageDraw, ImageFont

    picture = Image.new("L", (1654, 1200), 255)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(LINES * 2):
        draw.text((240, 160 + 70 * number), line, font=ImageFont.truetype(str(FONT), 42), fill=0)
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


needs_font = pytest.mark.skipif(not FONT.is_file(), reason="the font Tinos is not installed")
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not installed")


@needs_font
@pytest.mark.parametrize("angle", [-3.0, -1.0, 2.5])
def test_a_page_askew_is_set_straight(angle):
    assert sheet.skew(page(angle)) == pytest.approx(-angle, abs=0.26)


@needs_font
def test_a_straight_page_stays_as_it_is():
    picture = page()
    assert sheet.straightened(picture) is picture


@needs_font
@needs_ocr
def test_a_page_on_its_side_in_a_tiff_of_two_pages(tmp_path):
    page().save(tmp_path / "a.tif", save_all=True, append_images=[page(2.0).rotate(90, expand=True)])
    reading = readers.read(tmp_path / "a.tif", "image")
    assert reading.outcome == "ok"
    for number in (1, 2):
        text = " ".join(line.text for line in reading.lines if line.page == number)
        assert "Nghị định số 34/2016/NĐ-CP" in text
    assert all(line.confidence is not None for line in reading.lines)


@needs_ocr
def test_what_is_no_picture_or_has_no_letters(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\ncut off")
    assert readers.read(tmp_path / "a.png", "image").outcome == "damaged"
    Image.new("L", (400, 400), 255).save(tmp_path / "b.png")
    empty = readers.read(tmp_path / "b.png", "image")
    assert (empty.outcome, empty.lines) == ("no_text_layer", ())


@needs_ocr
def test_a_picture_too_large_is_not_decoded(tmp_path, monkeypatch):
    monkeypatch.setattr(image, "MAX_PIXELS", 1000)
    Image.new("1", (100, 100), 1).save(tmp_path / "a.png")
    reading = readers.read(tmp_path / "a.png", "image")
    assert reading.outcome == "too_large"
    assert "hãy quét lại" in (reading.message or "")


def test_without_tesseract_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    Image.new("L", (50, 50), 255).save(tmp_path / "a.png")
    reading = readers.read(tmp_path / "a.png", "image")
    assert reading.outcome == "no_text_layer"
    assert "tesseract-ocr-vie" in (reading.message or "")


def test_a_page_that_says_it_is_a_wall_is_rendered_small(write_pdf, monkeypatch):
    import pypdfium2

    monkeypatch.setattr(ocr, "MOST_PIXELS", 100_000)
    document = pypdfium2.PdfDocument(write_pdf([[(70, 700, 12, False, "Điều 1")]]))
    picture, dpi = ocr._render(document, 1)
    document.close()
    assert picture.width * picture.height <= 102_000
    assert dpi < 40
