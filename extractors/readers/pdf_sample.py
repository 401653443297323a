"""A small PDF of our own, read once ahead of a fork: what the libraries make when first used costs each child 15 ms.

Two pages: letters of a composite font with a map to Unicode, of a simple one, and a ruled table.
"""

from __future__ import annotations

import zlib

_MAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <0044> endbfchar "
    b"1 beginbfrange <0020> <1EF9> <0020> endbfrange endcmap end end"
)
_LINES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 01/2024/QĐ-UBND", "Điều 1. Phạm vi điều chỉnh", "Chữ trong bảng")


def sample() -> bytes:
    """The file's bytes."""
    coded = [line.encode("utf-16-be").hex().encode() for line in _LINES]
    letters = b"".join(
        b"BT /A 13 Tf 1 0 0 1 90 %d Tm [<%s> -10 <0020>] TJ ET\n" % (760 - 20 * n, code) for n, code in enumerate(coded)
    )
    rules = ((80, 500), (180, 530), (280, 560))
    table = b"".join(b"%d 500 m %d 560 l S 80 %d m 280 %d l S\n" % (x, x, y, y) for x, y in rules)
    cells = b"BT /B 11 Tf 90 540 Td (STT) Tj 100 0 Td (Nam 2024) Tj -100 -30 Td (1) Tj 100 0 Td (5 %) Tj ET\n"
    drawn = zlib.compress(letters + table + cells)
    wide = b" ".join(b"%d" % (500 + n % 7) for n in range(200))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] >>",
        *[b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /A 6 0 R /B 9 0 R >> >> >>"] * 2,
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Times /Encoding /Identity-H /DescendantFonts [7 0 R] "
        b"/ToUnicode 10 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Times /DW 500 /W [32 [%s]] /FontDescriptor 8 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>" % wide,
        b"<< /Type /FontDescriptor /FontName /AAAAAA+Times /Flags 4 /Ascent 891 /Descent -216 /CapHeight 662 "
        b"/ItalicAngle 0 /StemV 80 /FontBBox [-568 -307 2000 1007] >>",
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 32 /LastChar 231 /Widths [%s] "
        b"/Encoding /WinAnsiEncoding /FontDescriptor 8 0 R >>" % wide,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_MAP), _MAP),
    ]  # fmt: skip
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_at, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, table_at)
