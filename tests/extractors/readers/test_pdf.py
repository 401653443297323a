"""PDF: reading order from places on the page."""

from __future__ import annotations

import pytest

from extractors import cleaning, readers
from extractors.readers import ocr

pytest.importorskip("pdfplumber")

HEAD = [
    (100, 780, 12, False, "ỦY BAN NHÂN DÂN"), (290, 780, 12, True, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (110, 762, 12, True, "XÃ MẪU"), (320, 760, 12, True, "Độc lập - Tự do - Hạnh phúc"),
    (100, 730, 12, False, "Số: 01/2026/QĐ-UBND"), (300, 730, 12, False, "Xã Mẫu, ngày 05 tháng 01 năm 2026"),
    (262, 690, 14, True, "QUYẾT ĐỊNH"),
]  # fmt: skip
BODY = [
    "Điều 1. Quy định này áp dụng đối với tổ chức, cá nhân có hoạt động sinh hoạt",
    "cộng đồng tại nhà văn hóa, khu thể thao thôn; thực hiện theo Nghị định số 61/",
    "2023/NĐ-CP của Chính phủ và các quy định khác có liên quan của cấp trên.",
    "Điều 2. Trưởng thôn chịu trách nhiệm mở cửa nhà văn hóa vào các ngày thứ Bảy",
    "và Chủ nhật hằng tuần; báo cáo Ủy ban nhân dân xã trước ngày 25 hằng tháng.",
    "Điều 3. Quyết định này có hiệu lực từ ngày ký.",
]  # fmt: skip


def body_of(lines: list[str], top: float = 660.0) -> list[tuple[float, float, float, bool, str]]:
    return [(107 if text.startswith("Điều") else 71, top - 20 * n, 12, False, text) for n, text in enumerate(lines)]


def text_of(path) -> str:
    reading = readers.read(path, "pdf")
    assert reading.outcome == "ok", reading.message
    return cleaning.clean(reading.lines).text


def test_masthead_by_columns_and_paragraphs_joined(write_pdf):
    lines = text_of(write_pdf([HEAD + body_of(BODY)])).split("\n")
    assert lines[:7] == [
        "ỦY BAN NHÂN DÂN", "XÃ MẪU", "Số: 01/2026/QĐ-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Xã Mẫu, ngày 05 tháng 01 năm 2026", "QUYẾT ĐỊNH",
    ]  # fmt: skip
    assert len(lines) == 10
    assert "Nghị định số 61/2023/NĐ-CP của Chính phủ" in lines[7]
    assert lines[8].endswith("hằng tháng.")


def test_a_sentence_goes_on_over_the_page_and_its_furniture(write_pdf):
    first = [(297, 810, 10, False, "1"), *body_of(BODY[:2])]
    second = [(297, 810, 10, False, "2"), *body_of(BODY[2:])]
    lines = text_of(write_pdf([first, second])).split("\n")
    assert len(lines) == 3
    assert "61/2023/NĐ-CP" in lines[0]


def test_running_heads_are_left_out(write_pdf):
    pages = [[(71, 810, 10, False, f"CÔNG BÁO/Số {n}"), *body_of(BODY)] for n in range(11, 15)]
    assert "CÔNG BÁO" not in text_of(write_pdf(pages))


def test_words_that_go_on_over_the_page_are_no_running_head(write_pdf):
    first = "Điều 1. Kinh phí thực hiện được bố trí trong dự toán chi thường xuyên hằng"
    pages = [body_of([first, *BODY[1:]])] + [body_of(["năm của ngân sách cấp xã.", *BODY]) for _ in range(3)]
    assert text_of(write_pdf(pages)).count("năm của ngân sách cấp xã.") == 3


def test_signature_block_by_columns(write_pdf):
    block = [
        (71, 400, 12, True, "Nơi nhận:"), (350, 400, 12, True, "TM. ỦY BAN NHÂN DÂN"),
        (71, 384, 11, False, "- Như Điều 3;"), (380, 384, 12, True, "CHỦ TỊCH"),
        (71, 370, 11, False, "- Lưu: VT."), (375, 320, 12, True, "Trần Văn Mẫu"),
    ]  # fmt: skip
    assert text_of(write_pdf([HEAD + body_of(BODY) + block])).split("\n")[-6:] == [
        "Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu",
    ]  # fmt: skip


def test_a_raised_number_is_the_mark_of_a_note(write_pdf):
    row = [(71, 600, 12, False, "Nghị định số 1/2020/NĐ-CP"), (71 + 25 * 6, 605, 7, False, "3"), *body_of(BODY, 560)]
    assert text_of(write_pdf([row])).startswith("Nghị định số 1/2020/NĐ-CP [3]")


def test_footnotes_go_behind_the_body(write_pdf):
    note = [(71, 60, 9, False, "3 Được sửa đổi bởi Nghị định số 2/2021/NĐ-CP.")]
    first, second = [*body_of(BODY[:2]), *note], body_of(BODY[2:])
    lines = text_of(write_pdf([first, second])).split("\n")
    assert lines[-1] == "[3] Được sửa đổi bởi Nghị định số 2/2021/NĐ-CP."
    assert len(lines) == 4


def test_lines_bear_page_box_and_style(write_pdf):
    lines = readers.read(write_pdf([HEAD, body_of(BODY)]), "pdf").lines
    title = next(line for line in lines if line.text == "QUYẾT ĐỊNH")
    assert (title.page, title.bold, title.size) == (1, True, 14)
    assert title.box is not None
    assert title.box[0] == pytest.approx(262, abs=1)
    assert lines[-1].page == 2


def test_number_and_day_stamped_on_by_the_signature_stand_in_their_gaps(write_pdf):
    head = [one for one in HEAD if "Số:" not in one[4] and "ngày" not in one[4]]
    head += [
        (100, 730, 12, False, "Số:"), (142, 730, 12, False, "/2026/QĐ-UBND"),
        (300, 730, 12, False, "Xã Mẫu, ngày      tháng 01 năm 2026"),
    ]  # fmt: skip
    stamps = [(124, 731, 12, False, "17"), (378, 729, 12, False, "05"), (360, 790, 7, False, "Người ký: Văn phòng")]
    lines = text_of(write_pdf([head + body_of(BODY)], stamps=stamps)).split("\n")
    assert "Số: 17 /2026/QĐ-UBND" in lines
    assert "Xã Mẫu, ngày 05 tháng 01 năm 2026" in lines
    # What the signing program says of the signature is no text of the document.
    assert not any("Văn phòng" in line for line in lines)


def test_password_damage_and_scan(write_pdf, tmp_path, monkeypatch):
    assert readers.read(write_pdf([BODY and body_of(BODY)], encrypt=True), "pdf").outcome == "encrypted"
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Cat")
    assert readers.read(tmp_path / "cut.pdf", "pdf").outcome == "damaged"
    monkeypatch.setattr(ocr, "available", lambda: False)
    stamp = [(71, 800, 9, False, "Người ký: Văn phòng; Thời gian ký: 01/01/2026")]
    scan = readers.read(write_pdf([stamp, stamp], picture=True), "pdf")
    assert scan.outcome == "no_text_layer"
    assert "tesseract" in (scan.message or "").lower()


def test_a_picture_behind_real_text_is_no_scan(write_pdf, monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert "Điều 3." in text_of(write_pdf([body_of(BODY)], picture=True))


def test_pages(write_pdf):
    assert readers.pages(write_pdf([body_of(BODY)] * 3), "pdf") == 3
