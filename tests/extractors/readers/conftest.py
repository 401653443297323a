"""Small files made on the spot: PDF by hand, DOCX from raw XML."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

# (x, y from the bottom, size, bold, text)
Placed = tuple[float, float, float, bool, str]
WritePdf = Callable[..., Path]
WriteDocx = Callable[..., Path]

_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def write_pdf(tmp_path: Path) -> WritePdf:
    """`write_pdf(pages, name=…, picture=…, encrypt=…, stamps=…)`: Times in two weights, half an em for each letter.

    `stamps` are drawn by annotations of the first page, as signing programs do.
    """

    def write(
        pages: Sequence[Sequence[Placed]], name: str = "a.pdf", picture: bool = False, encrypt: bool = False,
        stamps: Sequence[Placed] = (),
    ) -> Path:  # fmt: skip
        objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        for base in (b"Times", b"Times-Bold"):
            first = len(objects) + 1
            objects += [
                b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] "
                b"/ToUnicode %d 0 R >>" % (base, first + 1, first + 2),
                b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /DW 500 /FontDescriptor %d 0 R "
                b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>" % (base, first + 3),
                b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_CMAP), _CMAP),
                b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 "
                b"/ItalicAngle 0 /StemV 80 /FontBBox [0 -200 1000 800] >>" % base,
            ]
        image = len(objects) + 1
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray "
            b"/Length 1 >>\nstream\n\xc8\nendstream"
        )
        kids = []
        notes = []
        for x, y, size, _, text in stamps:
            code = text.encode("utf-16-be").hex().upper().encode()
            drawn = b"BT /F1 %g Tf 0 4 Td <%s> Tj ET" % (size, code)
            wide = len(text) * size / 2
            objects.append(
                b"<< /Type /XObject /Subtype /Form /BBox [0 0 %g %g] /Resources << /Font << /F1 3 0 R >> >> "
                b"/Length %d >>\nstream\n%s\nendstream" % (wide, size + 4, len(drawn), drawn)
            )
            objects.append(
                b"<< /Type /Annot /Subtype /Widget /FT /Sig /F 132 /Rect [%g %g %g %g] /AP << /N %d 0 R >> >>"
                % (x, y - 4, x + wide, y + size, len(objects))
            )
            notes.append(len(objects))
        for page in pages:
            drawn = b"q 595 0 0 842 0 0 cm /I Do Q\n" if picture else b""
            for x, y, size, bold, text in page:
                code = text.encode("utf-16-be").hex().upper().encode()
                drawn += b"BT /F%d %g Tf %g %g Td <%s> Tj ET\n" % (2 if bold else 1, size, x, y, code)
            content = len(objects) + 1
            objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
            kids.append(len(objects) + 1)
            objects.append(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font "
                b"<< /F1 3 0 R /F2 7 0 R >> /XObject << /I %d 0 R >> >> /Annots [%s] >>"
                % (content, image, b" ".join(b"%d 0 R" % note for note in notes))
            )
            notes = []
        objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
            b" ".join(b"%d 0 R" % kid for kid in kids),
            len(kids),
        )
        path = tmp_path / name
        path.write_bytes(_assembled(objects, encrypt))
        return path

    return write


def _assembled(objects: list[bytes], encrypt: bool) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b""
    if encrypt:
        # Keys that no empty password fits.
        lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (
            b"11" * 32,
            b"22" * 32,
        )
    return out + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, lock, table)


@pytest.fixture
def write_docx(tmp_path: Path) -> WriteDocx:
    """`write_docx(body, numbering=…, footnotes=…, styles=…, header1=…, mark="2")`: the XML inside each part's root.

    With `mark` the parts are called word/document2.xml, word/styles2.xml …, as Word on the web does.
    """

    def write(body: str, name: str = "a.docx", mark: str = "", **parts: str) -> Path:
        roots = {"numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes", "styles": "styles",
                 "header1": "hdr"}  # fmt: skip
        path = tmp_path / name
        base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(f"word/document{mark}.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
            for part, inside in parts.items():
                root = roots[part]
                archive.writestr(f"word/{part}{mark}.xml", f"<w:{root} {W}>{inside}</w:{root}>")
            if mark:
                links = "".join(
                    f'<Relationship Id="r{n}" Type="{base}/{part.rstrip("1")}" Target="{part}{mark}.xml"/>'
                    for n, part in enumerate(parts)
                )
                archive.writestr(f"word/_rels/document{mark}.xml.rels", f"<Relationships>{links}</Relationships>")
                link = f'<Relationship Id="r" Type="{base}/officeDocument" Target="word/document{mark}.xml"/>'
                archive.writestr("_rels/.rels", f"<Relationships>{link}</Relationships>")
        return path

    return write
