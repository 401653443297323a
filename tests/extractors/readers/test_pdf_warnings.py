"""PDF: what a file would do is told and never done; a page that cannot be read costs itself alone."""

from __future__ import annotations

import zlib

import pytest

from corpus.nothing import NothingKnown
from extractors import extract
from extractors.readers.pdf_sample import sample
from extractors.sandbox import extract_safely
from tests.fuzz.bombs.pdf import BOX, pdf, stream

pytest.importorskip("pdfplumber")

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
FONT = b"/Font << /T << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >>"
LINES = [b"Dieu 1. Pham vi dieu chinh", b"Dieu 2. Hieu luc thi hanh", b"Dieu 3. To chuc thuc hien"]


def written(path, catalog: bytes = b"", page: bytes = b"", pages: dict[int, bytes] | None = None, **more: bytes):
    """A PDF of three pages; `page` is added to the first one, `pages` replaces some (1-based), `o20=…` are objects."""
    made = {
        10 + n: b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R /Resources << %s >> %s >>"
        % (BOX, 14 + n, FONT, page if n == 0 else b"")
        for n in range(3)
    }
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [10 0 R 11 0 R 12 0 R] /Count 3 >>",
        **made,
        **{14 + n: stream(b"BT /T 12 Tf 70 700 Td (%s) Tj ET" % line) for n, line in enumerate(LINES)},
        **{9 + n: body for n, body in (pages or {}).items()},
        **{int(name[1:]): body for name, body in more.items()},
    }
    path.write_bytes(pdf(dict(sorted(objects.items()))))
    return path


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"catalog": b"/OpenAction " + SCRIPT}, "mã lệnh"),
        ({"catalog": b"/OpenAction 20 0 R", "o20": b"<< /S /GoTo /D [10 0 R /Fit] /Next [ " + SCRIPT + b" ] >>"},
         "mã lệnh"),
        ({"catalog": b"/Names << /JavaScript << /Kids [20 0 R] >> >>", "o20": b"<< /Names [(a) " + SCRIPT + b"] >>"},
         "mã lệnh"),
        ({"catalog": b"/AA << /WC " + SCRIPT + b" >>"}, "mã lệnh"),
        ({"page": b"/AA << /O " + SCRIPT + b" >>"}, "mã lệnh"),
        ({"catalog": b"/AcroForm << /Fields [20 0 R] >>", "o20": b"<< /Kids [21 0 R] >>",
          "o21": b"<< /AA << /K " + SCRIPT + b" >> >>"}, "mã lệnh"),
        ({"catalog": b"/OpenAction << /S /Launch /F (calc.exe) >>"}, "mở chương trình"),
        ({"page": b"/Annots [ << /Subtype /Link /A << /S /Launch /F (x.bat) >> >> ]"}, "mở chương trình"),
        ({"catalog": b"/OpenAction << /S /URI /URI (http://vi-du.vn) >>"}, "địa chỉ trên mạng"),
        ({"page": b"/Annots [ << /Subtype /Widget /A << /S /SubmitForm /F (http://vi-du.vn) >> >> ]"}, "gửi dữ liệu"),
        ({"catalog": b"/Names << /EmbeddedFiles << /Names [(a.exe) 20 0 R] >> >>", "o20": b"<< /Type /Filespec >>"},
         "tệp đính kèm"),
        ({"page": b"/Annots [ << /Subtype /FileAttachment /FS << >> >> ]"}, "tệp đính kèm"),
        ({"catalog": b"/Collection << /View /T >>"}, "tập gồm nhiều tệp"),
        ({"catalog": b"/AcroForm << /XFA 20 0 R /Fields [] >>", "o20": b"<< >>"}, "biểu mẫu động"),
        # an object that is none hides nothing behind it
        ({"catalog": b"/OpenAction 99 0 R", "page": b"/AA << /O " + SCRIPT + b" >>"}, "mã lệnh"),
    ],
)  # fmt: skip
def test_what_a_file_would_do_is_told_once(tmp_path, parts, told):
    document = extract(written(tmp_path / "a.pdf", **parts), NothingKnown())
    assert document.outcome == "ok"
    assert "Dieu 3. To chuc" in document.text
    assert len(document.warnings) == 1
    assert told in document.warnings[0]
    assert document.message is None


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"catalog": b"/OpenAction [10 0 R /Fit]"},
        {"catalog": b"/OpenAction << /S /GoTo /D [10 0 R /Fit] >>"},
        {"page": b"/Annots [ << /Subtype /Link /A << /S /URI /URI (http://vi-du.vn) >> >> ]"},
        {"catalog": b"/AcroForm << /Fields [20 0 R] /SigFlags 3 >>", "o20": b"<< /FT /Sig /T (a) >>"},
    ],
)
def test_of_what_every_paper_has_nothing_is_told(tmp_path, parts):
    assert extract(written(tmp_path / "a.pdf", **parts), NothingKnown()).warnings == ()


def test_actions_in_a_ring_end(tmp_path):
    ring = {"o20": b"<< /S /Launch /Next 21 0 R >>", "o21": b"<< /S /URI /Next 20 0 R >>"}
    path = written(tmp_path / "a.pdf", catalog=b"/OpenAction 20 0 R", **ring)
    warnings = extract(path, NothingKnown()).warnings
    assert len(warnings) == 1
    assert "mở chương trình" in warnings[0]
    assert "quá nhiều mục" in warnings[0]


BROKEN = {
    "no object": b"null",
    "no page": b"42",
    "a turn of letters": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate (a) /Contents 15 0 R >>",
    "contents that break off at once": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 20 0 R >>",
    "fonts that are none": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 15 0 R /Resources "
                           b"<< /Font << /T << /Type /Font /Subtype /Type0 >> >> >> >>",
}  # fmt: skip


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_one_damaged_page_costs_itself(tmp_path, body):
    torn = stream(b"x9xxx", b"/Filter /FlateDecode")
    document = extract(written(tmp_path / "a.pdf", pages={2: body}, o20=torn), NothingKnown())
    assert document.outcome == "ok"
    assert "Dieu 1. Pham vi" in document.text
    assert "Dieu 3. To chuc" in document.text
    assert "Dieu 2" not in document.text
    assert document.page_at(document.text.index("Dieu 3")) == 3
    assert len(document.warnings) == 1
    assert "trang 2 vì bị hỏng" in document.warnings[0]


def test_of_a_page_that_breaks_off_what_came_before_is_kept(tmp_path):
    line = b"BT /T 12 Tf 70 %d Td (Dieu %d. Noi dung thu %d) Tj ET\n"
    whole = zlib.compress(b"".join(line % (800 - 15 * n, n, n * n) for n in range(2, 50)))
    half = bytearray(whole)
    half[len(half) // 2 :] = bytes(255 - byte for byte in half[len(half) // 2 :])
    found = {}
    torn = {"whole": whole, "no checksum": whole[:-4], "cut": whole[: len(whole) // 2], "wrong": bytes(half)}
    for name, data in torn.items():
        path = written(tmp_path / f"{name}.pdf", o15=stream(data, b"/Filter /FlateDecode"))
        document = extract(path, NothingKnown())
        assert document.outcome == "ok"
        assert "Dieu 2. Noi dung thu 4" in document.text
        assert "Dieu 3. To chuc" in document.text
        found[name] = ("Dieu 49." in document.text, [("một phần trang 2" in one) for one in document.warnings])
    assert found == {"whole": (True, []), "no checksum": (True, []), "cut": (False, [True]), "wrong": (False, [True])}


def test_a_file_with_most_pages_damaged_is_damaged(tmp_path):
    broken = BROKEN["fonts that are none"]
    document = extract(written(tmp_path / "a.pdf", pages={1: broken, 2: broken}), NothingKnown())
    assert document.outcome == "damaged"
    assert document.text == ""


def test_warnings_come_through_the_sandbox(tmp_path):
    path = written(tmp_path / "a.pdf", catalog=b"/OpenAction " + SCRIPT, pages={2: BROKEN["fonts that are none"]})
    document = extract_safely(path, NothingKnown)
    assert document.outcome == "ok"
    assert [("trang 2" in one, "mã lệnh" in one) for one in document.warnings] == [(True, False), (False, True)]


def test_the_file_that_is_read_ahead_of_a_fork_is_a_good_one(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(sample())
    document = extract(path, NothingKnown())
    assert (document.outcome, document.warnings) == ("ok", ())
    assert "Số: 01/2024/QĐ-UBND" in document.text
    assert "Nam 2024" in document.text
