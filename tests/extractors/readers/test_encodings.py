"""Each way of writing Vietnamese in each format that can hold it: the same text comes out.

The tables of TCVN3 and VNI agree letter by letter with those of viparse 0.1.31 (74 and 132 entries), an independent
reading of the published ones.
"""

from __future__ import annotations

import quopri
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from corpus.text import nfc, tone_key
from extractors import cleaning, readers
from tests.fuzz.bombs import package, pdf, web

TEXT = "Cộng hòa xã hội chủ nghĩa Việt Nam. Quyết định về việc ban hành quy ước của xã, hương ước của làng"
TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam. QuyÕt ®Þnh vÒ viÖc ban hµnh quy ­íc cña x·, h­¬ng ­íc cña lµng"
VNI = (
    "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. "
    "Quyeát ñònh veà vieäc ban haønh quy öôùc cuûa xaõ, höông öôùc cuûa laøng"
)


def combining_tones(text: str) -> str:
    """As windows-1258 writes it: the vowel with its roof, then the tone."""
    out = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(sign for sign in parts if sign in "\u0300\u0301\u0303\u0309\u0323")
        out += unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in tone)) + tone
    return out


BYTES = {
    "utf-8": TEXT.encode(),
    "utf-8 with a mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "utf-16, little end": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16, big end": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16-le without a mark": TEXT.encode("utf-16-le"),
    "utf-16-be without a mark": TEXT.encode("utf-16-be"),
    "windows-1258": combining_tones(TEXT).encode("cp1258"),
    "decomposed": unicodedata.normalize("NFD", TEXT).encode(),
    "tcvn3": TCVN3.encode("latin-1"),
    "tcvn3 as letters": TCVN3.encode(),
    "vni": VNI.encode("latin-1"),
    "vni as letters": VNI.encode(),
}


def read(path: Path, format: readers.Format) -> str:
    return " ".join(nfc(line.text).strip() for line in readers.read(path, format).lines if line.text.strip())


@pytest.mark.parametrize("name", BYTES)
@pytest.mark.parametrize("format", ["text", "markdown"])
def test_text(tmp_path, name, format):
    (tmp_path / "a").write_bytes(BYTES[name])
    assert read(tmp_path / "a", format) == TEXT


@pytest.mark.parametrize("name", [name for name in BYTES if "without" not in name])
def test_saved_page(tmp_path, name):
    head, tail = "<html><head><title>x</title></head><body><p>", "</p></body></html>"
    wide = {"utf-16, little end": "utf-16-le", "utf-16, big end": "utf-16-be"}.get(name)
    mark = BYTES[name][:2] if wide else b""
    inside = BYTES[name][len(mark) :]
    (tmp_path / "a.html").write_bytes(mark + head.encode(wide or "ascii") + inside + tail.encode(wide or "ascii"))
    assert read(tmp_path / "a.html", "html") == TEXT


@pytest.mark.parametrize("name", ["windows-1258", "utf-8", "decomposed"])
def test_page_in_one_file(tmp_path, name):
    charset = name if name == "windows-1258" else "utf-8"
    page = quopri.encodestring(b"<html><body><p>" + BYTES[name] + b"</p></body></html>")
    head = f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    (tmp_path / "a.mht").write_bytes(web.mht(head.encode() + page))
    assert read(tmp_path / "a.mht", "mht") == TEXT


def run(text: str, font: str | None = None) -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    return f'<w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r>'


WORDS: dict[str, Callable[[], str]] = {
    "today's": lambda: run(TEXT, "Times New Roman"),
    "decomposed": lambda: run(unicodedata.normalize("NFD", TEXT)),
    "tcvn3 by its font": lambda: run(TCVN3, ".VnTime"),
    "vni by its font": lambda: run(VNI, "VNI-Times"),
    "tcvn3 without a font": lambda: run(TCVN3, "Arial"),
    "vni without a font": lambda: run(VNI, "Arial"),
    "run by run": lambda: (
        run("Céng hßa ", ".VnTime") + run("xaõ hoäi ", "VNI-Times") + run(TEXT[len("Cộng hòa xã hội ") :], "Arial")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_word(tmp_path, name):
    (tmp_path / "a.docx").write_bytes(package.docx(f"<w:p>{WORDS[name]()}</w:p>"))
    assert read(tmp_path / "a.docx", "docx") == TEXT


@pytest.mark.parametrize("font", [".VnTime", "ABCDEF+.VnTimeH", "VNI-Times", "ABCDEF+VNI-Helve", "Times"])
def test_pdf(tmp_path, font):
    """Also without the font's name, by the letters alone."""
    written = (VNI if "VNI" in font else TCVN3).encode("latin-1")
    page = pdf.stream(b"BT /T 6 Tf 50 700 Td (" + written + b") Tj ET")
    simple = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /%s /Encoding /WinAnsiEncoding /FirstChar 0 /LastChar 255 "
        b"/Widths [%s] /FontDescriptor << /FontName /%s /Ascent 800 /Descent -200 /FontBBox [0 -200 1000 800] >> >>"
    )
    name = font.encode()
    data = pdf.paged(page, b"/Font << /T 5 0 R >>", o5=simple % (name, b"500 " * 256, name))
    (tmp_path / "a.pdf").write_bytes(data)
    assert read(tmp_path / "a.pdf", "pdf") == (TEXT.upper() if font.endswith("H") else TEXT)


def rich(text: str) -> str:
    return "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode("latin-1"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("format", ["rtf", "doc"])
def test_what_libreoffice_reads(tmp_path, format):
    if format == "rtf":
        fonts = "{\\fonttbl{\\f0 .VnTime;}{\\f1 VNI-Times;}{\\f2 Times New Roman;}}"
        signs = "".join(f"\\u{ord(sign)}?" if ord(sign) > 127 else sign for sign in TEXT)
        body = f"\\f0 {rich(TCVN3)}\\par\\f1 {rich(VNI)}\\par\\f2 {signs}\\par"
        (tmp_path / "a.rtf").write_text(f"{{\\rtf1\\ansi\\ansicpg1252\\deff2{fonts}\\uc1 {body}}}", "ascii")
    else:
        document = docx.Document()
        for font, text in ((".VnTime", TCVN3), ("VNI-Times", VNI), ("Times New Roman", TEXT)):
            document.add_paragraph().add_run(text).font.name = font
        document.save(tmp_path / "a.docx")
        program = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "doc"]
        command = [*program, "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
        subprocess.run(command, capture_output=True, timeout=120, check=True)
    found = readers.read(tmp_path / f"a.{format}", "office" if format == "rtf" else "doc")
    assert [nfc(line.text) for line in found.lines if line.text.strip()] == [TEXT] * 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Uỷ ban nhân dân xã Hoà An", "Ủy ban nhân dân xã Hòa An"),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân xã Hòa An"), "Ủy ban nhân dân xã Hòa An"),
        (
            "Ủy_ban nhân_dân xã Hòa_An\nCăn_cứ Nghị_định số 34/2016 / NĐ-CP của Chính_phủ ;\nPhạm_vi điều_chỉnh",
            "Ủy ban nhân dân xã Hòa An\nCăn cứ Nghị định số 34/2016/NĐ-CP của Chính phủ;\nPhạm vi điều chỉnh",
        ),
    ],
)
def test_one_name_however_it_is_written(tmp_path, written, meant):
    written, meant = f"{written}.\n" * 5, f"{meant}.\n" * 5
    (tmp_path / "a.txt").write_text(written, "utf-8")
    text = cleaning.clean(readers.read(tmp_path / "a.txt", "text").lines).text
    assert tone_key(text) == tone_key(meant.strip())
