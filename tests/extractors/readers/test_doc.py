"""Old Word files: the programs that read them are not always there."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from corpus.model import Line
from extractors import cleaning, readers
from extractors.readers import doc, layout, ocr
from extractors.readers.legacy_fonts import decode, is_legacy


def test_without_a_converter_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(doc.shutil, "which", lambda name: None)
    (tmp_path / "a.doc").write_bytes(b"x")
    reading = readers.read(tmp_path / "a.doc", "doc")
    assert reading.outcome == "not_supported"
    assert "libreoffice" in (reading.message or "")
    assert "a.doc" in (reading.message or "")


def test_what_no_converter_reads_is_damage(tmp_path, monkeypatch):
    monkeypatch.setattr(doc, "_by_libreoffice", lambda path, program: None)
    monkeypatch.setattr(doc, "_by_antiword", lambda path, program: None)
    monkeypatch.setattr(doc.shutil, "which", lambda name: name)
    (tmp_path / "a.doc").write_bytes(b"x")
    assert readers.read(tmp_path / "a.doc", "doc").outcome == "damaged"


def test_the_signature_is_parted_from_the_last_recipient():
    parts = doc._uncelled(Line("- Lưu: VT.TM. ỦY BAN NHÂN DÂN"))
    assert [part.text for part in parts] == ["- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN"]
    assert doc._uncelled(Line("- Lưu: VT, TM.")) == [Line("- Lưu: VT, TM.")]


@pytest.mark.slow
def test_a_real_doc(tmp_path):
    docx = pytest.importorskip("docx")
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    document = docx.Document()
    document.add_paragraph("Điều 1. Phạm vi điều chỉnh")
    document.save(tmp_path / "a.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [office, "--headless", profile, "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "a.docx")], capture_output=True, timeout=90, check=False)
    if not (tmp_path / "a.doc").is_file():
        pytest.skip("LibreOffice did not convert")
    text = cleaning.clean(readers.read(tmp_path / "a.doc", "doc").lines).text
    assert text == "Điều 1. Phạm vi điều chỉnh"


@pytest.mark.parametrize(
    ("font", "raw", "expected"),
    [
        (".VnTime", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (".VnTimeH", "ñy ban nh©n d©n", "ỦY BAN NHÂN DÂN"),
        (".VnTime", "QuyÕt ®Þnh sè 12/1999/Q§-UB", "Quyết định số 12/1999/QĐ-UB"),
        ("VNI-Times", "Quyeát ñònh", "Quyết định"),
        ("Times New Roman", "é µ", "é µ"),
    ],
)
def test_fonts_of_before_unicode(font, raw, expected):
    assert decode(raw, font) == expected
    assert is_legacy(font) == (font != "Times New Roman")


HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def test_words_of_ocr_become_lines_with_confidence():
    rows = [
        (1, 1, 250, 400, 200, 40, 96, "Điều"), (1, 2, 460, 400, 30, 40, 91, "1."),
        (1, 3, 500, 400, 150, 40, 88, "Phạm"), (1, 4, 655, 400, 80, 40, 55, "vi"), (2, 1, 250, 600, 20, 20, 12, "~"),
    ]  # fmt: skip
    table = ["\t".join(map(str, (5, 1, 1, 1, *row))) for row in rows]
    words = ocr._words(ocr._parsed("\n".join([HEADER, *table])), 250)
    lines = layout.lines_of(layout.group(words), 595, 1, first_page=True)
    assert [(line.text, line.confidence) for line in lines] == [("Điều 1. Phạm vi", 0.55)]
