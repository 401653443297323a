"""Small files that would take much: each is refused or ends with a typed outcome, within seconds and its memory."""

from __future__ import annotations

import resource
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from corpus.register import NothingKnown
from extractors.sandbox import Limits, extract_many

LIMITS = Limits(seconds=4.0, seconds_a_page=0.5)
CATALOG = b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
PAGES = b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count %d >> endobj\n"


def pdf(*objects: bytes) -> bytes:
    return b"%PDF-1.4\n" + b"".join(objects) + b"trailer << /Root 1 0 R >>\n%%EOF"


def page(extra: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    return b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [%s] %s >> endobj\n" % (box, extra)


def stream(number: int, data: bytes, extra: bytes = b"") -> bytes:
    return b"%d 0 obj << /Length %d %s >> stream\n%s\nendstream endobj\n" % (number, len(data), extra, data)


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))

    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (height * (width // 8 + 1)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def nested_docx(path: Path, depth: int) -> None:
    inside = "<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{inside}</w:body></w:document>")


ZEROS = zlib.compress(b"0 0 m 1 1 l S\n" * 3_000_000, 9)
PICTURE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
FORM = b"/Resources << /XObject << /F 4 0 R >> >>"
BOMBS = {
    "loop.pdf": pdf(CATALOG, b"2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >> endobj\n"),
    "count.pdf": pdf(CATALOG, PAGES % 2_000_000_000, page()),
    "inflates.pdf": pdf(CATALOG, PAGES % 1, page(b"/Contents 4 0 R"), stream(4, ZEROS, b"/Filter /FlateDecode")),
    "itself.pdf": pdf(
        CATALOG, PAGES % 1, page(b"/Contents 5 0 R /Resources << /XObject << /F 4 0 R >> >>"),
        stream(4, b"/F Do /F Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + FORM),
        stream(5, b"/F Do"),
    ),
    "wall.pdf": pdf(
        CATALOG, PAGES % 1, page(b"/Contents 5 0 R /Resources << /XObject << /I 4 0 R >> >>", b"0 0 200000 200000"),
        stream(4, b"\xc8", PICTURE), stream(5, b"q 200000 0 0 200000 0 0 cm /I Do Q"),
    ),
    "giant.png": png(40_000, 40_000),
}  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Outcome, message and seconds of each bomb, and by how much this process grew (MB)."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, data in BOMBS.items():
        (folder / name).write_bytes(data)
    nested_docx(folder / "nested.docx", 3000)
    paths = sorted(folder.iterdir())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {}
    started = time.monotonic()
    for path, document in zip(paths, extract_many(paths, NothingKnown, limits=LIMITS), strict=True):
        found[path.name] = (document.outcome, document.message, time.monotonic() - started)
        started = time.monotonic()
    return found, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


@pytest.mark.parametrize("name", [*BOMBS, "nested.docx"])
def test_a_bomb_is_told_in_time(outcomes, name):
    outcome, message, seconds = outcomes[0][name]
    # A form that contains itself ends at whichever limit it meets first: depth, memory or time.
    allowed = ("damaged", "too_large", "timeout", "no_text_layer", *(("crashed",) if name == "itself.pdf" else ()))
    assert outcome in allowed
    assert name in message
    assert "hãy" in message
    assert outcome == "too_large" or name != "giant.png"
    assert seconds < 60


def test_this_process_does_not_grow(outcomes):
    assert outcomes[1] < 100
