"""PDF bombs: some kilobytes that want minutes or gigabytes of a reader that trusts them (parts as in ISO 32000-1)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

Build = Callable[[], bytes]
BOX = b"/MediaBox [0 0 595 842]"
FLATE = b"/Filter /FlateDecode"
TEXT = b"BT /T 12 Tf 50 700 Td (Van ban) Tj ET\n"


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects with a right cross-reference table. Object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += b"%010d %05d %c \n" % (places.get(number, 0), 0 if number in places else 65535, b"fn"[number in places])
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start))


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def packed(data: bytes, extra: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), FLATE + b" " + extra)


def paged(contents: bytes = b"", resources: bytes = b"", box: bytes = BOX, page: bytes = b"", **more: bytes) -> bytes:
    """One page: its content stream is object 4, further objects are `o5=…`."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << %s >> %s >>" % (box, resources, page),
        4: contents or stream(TEXT),
    }
    return pdf(objects | {int(name[1:]): body for name, body in more.items()})


def form(data: bytes, resources: bytes = b"") -> bytes:
    return stream(data, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >>" % resources)


def font(extra: bytes, descendant: bytes = b"") -> bytes:
    """A composite font with what is said of it in `extra`, and of its only descendant in `descendant`."""
    info = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    below = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /T %s %s >>" % (info, descendant)
    return b"<< /Type /Font /Subtype /Type0 /BaseFont /T /Encoding /Identity-H /DescendantFonts [%s] %s >>" % (
        below,
        extra,
    )


def with_pages(pages: Mapping[int, bytes], catalog: bytes = b"") -> bytes:
    return pdf({1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog} | dict(pages))


def _doubling(levels: int) -> bytes:
    forms = {f"o{n}": form(b"/F Do /F Do", b"/XObject << /F %d 0 R >>" % (n + 1)) for n in range(5, 5 + levels)} | {
        f"o{5 + levels}": form(TEXT)
    }
    return paged(stream(b"/F Do"), b"/XObject << /F 5 0 R >>", **forms)


def _deep_tree(levels: int) -> bytes:
    nodes = {
        n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (n + 1, n - 1) for n in range(2, 2 + levels)
    }
    return with_pages(nodes | {2 + levels: b"<< /Type /Page /Parent %d 0 R %s >>" % (1 + levels, BOX)})


def _many_pages(count: int) -> bytes:
    """Every page is the same object."""
    kids = b"3 0 R " * count
    return with_pages(
        {
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            3: b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>" % BOX,
            4: stream(TEXT),
        }
    )


def _wide_tree(levels: int) -> bytes:
    """Each level names the next one ten times: ten to the power of `levels` pages."""
    nodes = {
        n: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"%d 0 R " % (n + 1) * 10, 10 ** (levels - n + 2))
        for n in range(2, 2 + levels)
    }
    return with_pages(nodes | {2 + levels: b"<< /Type /Page /Parent 2 0 R %s >>" % BOX})


def _nested_flate(times: int) -> bytes:
    data = b"0 0 m 1 1 l S\n" * 20_000_000
    for _ in range(times):
        data = zlib.compress(data, 9)
    return paged(stream(data, b"/Filter [%s]" % (b"/FlateDecode " * times)))


def _object_stream(count: int, size: int = 60_000_000) -> bytes:
    """An object stream that claims `count` objects and inflates to `size` bytes."""
    inside = packed(b"7 0 8 9 " + b" " * size, b"/Type /ObjStm /N %d /First 8 /Extends 6 0 R" % count)
    rows = [(0, 0, 65535)] + [(1, 0, 0)] * 6 + [(2, 6, 0), (2, 6, 1)]
    out = bytearray(b"%PDF-1.5\n")
    objects = {1: b"<< /Type /Catalog /Pages 7 0 R >>", 6: inside}
    for number, body in objects.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    table = b"".join(bytes([kind]) + at.to_bytes(4, "big") + last.to_bytes(2, "big") for kind, at, last in rows)
    out += b"9 0 obj\n%s\nendobj\n" % stream(table, b"/Type /XRef /Size 9 /Root 1 0 R /W [1 4 2]")
    return bytes(out + b"startxref\n%d\n%%%%EOF" % start)


def _xref_stream(extra: bytes, data: bytes = b"\x01\x00\x00\x00\x09\x00\x00") -> bytes:
    start = len(b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
    head = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    table = stream(data, b"/Type /XRef /Root 1 0 R " + extra)
    return head + b"9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (table, start)


def _previous_loop() -> bytes:
    one = paged()
    start = one.rindex(b"xref\n0")
    start = one.rindex(b"xref\n0", 0, start) if one[start - 5 : start] == b"start" else start
    return one.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def _cmap(lines: bytes) -> bytes:
    return packed(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n" + lines + b"\nendcmap end end"
    )


def _with_font(extra: bytes = b"", descendant: bytes = b"", **more: bytes) -> bytes:
    return paged(
        stream(b"BT /T 12 Tf 50 700 Td <00410042> Tj ET"), b"/Font << /T 5 0 R >>", o5=font(extra, descendant), **more
    )


def _grid(rules: int) -> bytes:
    """A page of crossing rules: as many cells as their square."""
    steps = range(rules)
    across = b"".join(b"0 %.2f m 595 %.2f l S\n" % (842 * n / rules, 842 * n / rules) for n in steps)
    upright = b"".join(b"%.2f 0 m %.2f 842 l S\n" % (595 * n / rules, 595 * n / rules) for n in steps)
    return paged(packed(across + upright + TEXT), b"/Font << /T 5 0 R >>", o5=_SIMPLE)


_SIMPLE = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
_IMAGE = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8"
_LAID = b"q %d 0 0 %d 0 0 cm /I Do Q"


def _picture(width: int, height: int, data: bytes, extra: bytes = FLATE, bits: bytes = _IMAGE) -> bytes:
    image = stream(data, b"%s /Width %d /Height %d %s" % (bits, width, height, extra))
    return paged(stream(_LAID % (595, 842)), b"/XObject << /I 5 0 R >>", o5=image)


def _annotations(count: int) -> bytes:
    note = b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 5 0 R >> >> " * count
    return paged(page=b"/Annots [%s]" % note, o5=form(b"/F Do /F Do", b"/XObject << /F 5 0 R >>"))


BOMBS: dict[str, Build] = {
    # trees and counts
    "loop": lambda: with_pages({2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"}),
    "count": lambda: with_pages(
        {2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", 3: b"<< /Type /Page /Parent 2 0 R %s >>" % BOX}
    ),
    "deep-tree": lambda: _deep_tree(20_000),
    "wide-tree": lambda: _wide_tree(9),
    "pages-100000": lambda: _many_pages(100_000),
    "pages-4000-of-one": lambda: _many_pages(4_000),
    "parent-loop": lambda: with_pages(
        {
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>",
            3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            4: stream(TEXT),
        }
    ),
    "outline-loop": lambda: pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R /Names << /Dests 5 0 R >> >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>" % BOX,
            4: stream(TEXT),
            5: b"<< /First 5 0 R /Last 5 0 R /Next 5 0 R /Kids [5 0 R 5 0 R] /Title (x) >>",
        }
    ),
    "reference-loop": lambda: with_pages({2: b"3 0 R", 3: b"2 0 R"}),
    "reference-loop-inside": lambda: paged(b"5 0 R", o5=b"6 0 R", o6=b"5 0 R"),
    "resource-loop": lambda: paged(resources=b"/Font 5 0 R", o5=b"6 0 R", o6=b"5 0 R"),
    "length-loop": lambda: paged(b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"),
    "nested-arrays": lambda: paged(page=b"/X %s%s" % (b"[" * 300_000, b"]" * 300_000)),
    "nested-dictionaries": lambda: paged(page=b"/X %s%s" % (b"<</A " * 100_000, b">>" * 100_000)),
    "nested-arrays-drawn": lambda: paged(packed(b"[" * 3_000_000 + TEXT)),
    "many-objects": lambda: pdf(
        dict.fromkeys(range(5, 200000), b"null")
        | {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}
    ),
    "giant-string": lambda: paged(packed(b"BT (" + b"(" * 20_000_000)),
    "giant-number": lambda: paged(packed(b"9" * 30_000_000 + b" Tf")),
    # cross-reference
    "xref-index": lambda: _xref_stream(b"/Size 2000000000 /Index [0 2000000000] /W [1 4 2]"),
    "xref-indexes": lambda: _xref_stream(b"/Size 9 /Index [%s] /W [1 4 2]" % (b"0 2000000000 " * 5000)),
    "xref-width": lambda: _xref_stream(b"/Size 9 /W [1 2000000000 2]"),
    "xref-predictor": lambda: _xref_stream(
        b"/Size 9 /W [1 4 2] /DecodeParms << /Predictor 12 /Columns 2000000000 >> " + FLATE,
        zlib.compress(bytes(60_000_000), 9),
    ),
    "xref-previous-loop": _previous_loop,
    "xref-table-length": lambda: paged().replace(b"xref\n0 5", b"xref\n0 2000000000", 1),
    "object-stream-count": lambda: _object_stream(2_000_000_000, 10),
    "object-stream-inflates": lambda: _object_stream(2),
    # streams
    "flate": lambda: paged(packed(b"0 0 m 1 1 l S\n" * 3_000_000)),
    "flate-spaces": lambda: paged(packed(b" " * 150_000_000)),
    "flate-three-times": lambda: _nested_flate(3),
    "flate-predictor": lambda: paged(
        packed(b"\x02" + bytes(60_000_000), b"/DecodeParms << /Predictor 12 /Columns 1000000 >>")
    ),
    "run-length": lambda: paged(
        packed((b"\x81 " * 4_000_000), b"").replace(FLATE, b"/Filter [/FlateDecode /RunLengthDecode]")
    ),
    "lzw": lambda: paged(packed(bytes(8_000_000), b"").replace(FLATE, b"/Filter [/FlateDecode /LZWDecode]")),
    "ascii85": lambda: paged(packed(b"z" * 40_000_000, b"").replace(FLATE, b"/Filter [/FlateDecode /ASCII85Decode]")),
    "fax": lambda: paged(
        stream(b"\x00" * 100, b"/Filter /CCITTFaxDecode /DecodeParms << /Columns 2000000000 /K -1 >>")
    ),
    "contents-again": lambda: with_pages(
        {
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R %s /Contents [%s] >>" % (BOX, b"4 0 R " * 60_000),
            4: packed(TEXT * 1_000),
        }
    ),
    # operators
    "operators": lambda: paged(packed(b"q " * 10_000_000)),
    "paths": lambda: paged(packed(b"1 1 9 9 re f " * 3_000_000)),
    "one-path": lambda: paged(packed(b"0 0 m " + b"1 1 l " * 5_000_000 + b"S")),
    "operands": lambda: paged(packed(b"1 " * 20_000_000 + b"Tf")),
    "letters": lambda: paged(
        packed(b"BT /T 1 Tf 50 700 Td (%s) Tj ET" % (b"a" * 5_000_000)), b"/Font << /T 5 0 R >>", o5=_SIMPLE
    ),
    "letters-apart": lambda: paged(
        packed(b"BT /T 1 Tf " + b"1 1 Td (a) Tj " * 1_000_000 + b"ET"), b"/Font << /T 5 0 R >>", o5=_SIMPLE
    ),
    "unknown-font": lambda: paged(packed(b"BT " + b"/X 1 Tf (a) Tj " * 2_000_000 + b"ET")),
    "inline-image": lambda: paged(packed(b"BI /W 60000 /H 60000 /BPC 8 /CS /G ID " + b"x" * 30_000_000)),
    "inline-images": lambda: paged(packed(b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI " * 1_000_000)),
    "marked": lambda: paged(packed(b"/P << /MCID 1 >> BDC " * 2_000_000)),
    "grid": lambda: _grid(4_000),
    "rectangles-in-rows": lambda: paged(
        packed(b"".join(b"%d %d 4 4 re S\n" % (x * 5, y * 5) for x in range(110) for y in range(160)) + TEXT),
        b"/Font << /T 5 0 R >>",
        o5=_SIMPLE,
    ),
    # forms
    "itself": lambda: paged(
        stream(b"/F Do"), b"/XObject << /F 5 0 R >>", o5=form(b"/F Do /F Do", b"/XObject << /F 5 0 R >>")
    ),
    "each-other": lambda: paged(
        stream(b"/F Do"),
        b"/XObject << /F 5 0 R >>",
        o5=form(b"/F Do /F Do", b"/XObject << /F 6 0 R >>"),
        o6=form(b"/F Do /F Do", b"/XObject << /F 5 0 R >>"),
    ),
    "doubling": lambda: _doubling(40),
    "chain": lambda: paged(
        stream(b"/F Do"),
        b"/XObject << /F 5 0 R >>",
        **{f"o{n}": form(b"/F Do", b"/XObject << /F %d 0 R >>" % (n + 1)) for n in range(5, 3_000)},
        o3000=form(TEXT),
    ),
    "form-again": lambda: paged(packed(b"/F Do " * 1_000_000), b"/XObject << /F 5 0 R >>", o5=form(b"")),
    "form-with-fonts-again": lambda: paged(
        packed(b"/F Do " * 100_000),
        b"/XObject << /F 5 0 R >>",
        o5=form(
            b"",
            b"/Font << %s >>"
            % b" ".join(b"/T%d << /Type /Font /Subtype /Type1 /BaseFont /T >>" % n for n in range(200)),
        ),
    ),
    # fonts
    "widths": lambda: _with_font(descendant=b"/W [0 2000000000 500]"),
    "widths-upright": lambda: _with_font(descendant=b"/W2 [0 2000000000 500 500 500]"),
    "widths-again": lambda: _with_font(descendant=b"/W [%s]" % (b"0 65535 500 " * 5_000)),
    "map-range": lambda: _with_font(
        b"/ToUnicode 6 0 R", o6=_cmap(b"1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange")
    ),
    "map-ranges": lambda: _with_font(
        b"/ToUnicode 6 0 R", o6=_cmap(b"100 beginbfrange " + b"<0000> <FFFF> <0000>\n" * 20_000 + b" endbfrange")
    ),
    "map-long": lambda: _with_font(
        b"/ToUnicode 6 0 R", o6=_cmap(b"1 beginbfchar <0041> <%s> endbfchar" % (b"0041" * 4_000_000))
    ),
    "map-of-codes": lambda: paged(
        stream(b"BT /T 12 Tf <00410042> Tj ET"),
        b"/Font << /T 5 0 R >>",
        o5=font(b"").replace(b"/Identity-H", b"6 0 R"),
        o6=_cmap(b"1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange").replace(
            b"<< /Length", b"<< /Type /CMap /CMapName /T /Length"
        ),
    ),
    "map-uses-itself": lambda: _with_font(b"/ToUnicode 6 0 R", o6=_cmap(b"/T usecmap")),
    "fonts": lambda: paged(
        stream(b"BT ET"),
        b"/Font << %s >>"
        % b" ".join(b"/T%d << /Type /Font /Subtype /Type1 /BaseFont /T%d >>" % (n, n) for n in range(30_000)),
    ),
    "font-program": lambda: paged(
        stream(b"BT /T 12 Tf (a) Tj ET"),
        b"/Font << /T 5 0 R >>",
        o5=b"<< /Type /Font /Subtype /Type1 /BaseFont /T /FontDescriptor << /FontName /T /FontFile 6 0 R >> >>",
        o6=packed(b"/Encoding 256 array " + b"dup 1 /a put " * 3_000_000, b"/Length1 2000000000"),
    ),
    "font-letters": lambda: paged(
        stream(b"BT /T 12 Tf (a) Tj ET"),
        b"/Font << /T 5 0 R >>",
        o5=b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 "
        b"/Widths [1] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> "
        b"/Resources << /Font << /T 5 0 R >> >> >>",
        o6=stream(b"BT /T 12 Tf (aa) Tj ET"),
    ),
    # boxes and pictures
    "wall": lambda: paged(
        stream(_LAID % (200_000, 200_000)),
        b"/XObject << /I 5 0 R >>",
        box=b"/MediaBox [0 0 200000 200000]",
        o5=stream(b"\xc8", _IMAGE + b" /Width 1 /Height 1"),
    ),
    "endless-box": lambda: paged(
        stream(_LAID % (595, 842)),
        b"/XObject << /I 5 0 R >>",
        box=b"/MediaBox [-1e38 -1e38 1e38 1e38]",
        o5=stream(b"\xc8", _IMAGE + b" /Width 1 /Height 1"),
    ),
    "picture": lambda: _picture(40_000, 40_000, zlib.compress(bytes(200_000_000), 9)),
    "picture-claims": lambda: _picture(2_000_000_000, 2_000_000_000, zlib.compress(bytes(10), 9)),
    "picture-one-bit": lambda: _picture(
        100_000, 100_000, zlib.compress(bytes(100), 9), bits=_IMAGE.replace(b" 8", b" 1")
    ),
    "picture-fax": lambda: _picture(
        60_000, 60_000, bytes(1000), b"/Filter /CCITTFaxDecode /DecodeParms << /Columns 60000 /Rows 60000 /K -1 >>"
    ),
    "pictures": lambda: paged(
        packed(_LAID % (595, 842) * 20_000),
        b"/XObject << /I 5 0 R >>",
        o5=packed(bytes(4_000_000), _IMAGE + b" /Width 2000 /Height 2000"),
    ),
    "shadow": lambda: _picture(1, 1, b"\x00", b"/SMask 5 0 R"),
    "annotations": lambda: _annotations(50_000),
}
