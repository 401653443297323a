"""Parts of a ZIP package (DOCX, ODT), inflated piece by piece and counted: its directory may lie about their sizes.

Python's `ZipFile.read` inflates all that a part holds before it compares: a part that says 40 bytes can take gigabytes.
"""

from __future__ import annotations

import mmap
import re
import zipfile
from pathlib import Path

from extractors.readers.limits import Excess

MAX_ENTRIES = 4000
MAX_INFLATED_BYTES = 512 * 1024 * 1024
MAX_PART_BYTES = 96 * 1024 * 1024  # one XML part: Word's own limit for text is far below
MAX_RATIO = 250  # XML of a real report inflates 10 to 40 times
MAX_TAGS = 3_000_000
"""Marks of one XML part: a report of 500 pages has some 0.5 million; a tree of more takes a gigabyte."""
_PIECE = 64 * 1024
_ENTRY = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# OPC (ECMA-376 Part 2, 8.1.3.1) and ODF allow these two alone; what libxml2 makes of others is nobody's text.
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii")


def entries(path: Path) -> int:
    """How many entries the directory can have at most, counted without reading it (each takes a kilobyte when read)."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found, at = 0, data.find(_ENTRY)
        while at >= 0 and found <= MAX_ENTRIES:
            found, at = found + 1, data.find(_ENTRY, at + 4)
    return found


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether one part says it is larger than any real one, or inflates more than any real one."""
    too_dense = entry.file_size > 4 * 1024 * 1024 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    return too_dense or (entry.filename.endswith(".xml") and entry.file_size > MAX_PART_BYTES)


def is_packed_strangely(entry: zipfile.ZipInfo) -> bool:
    """Whether a part is compressed in a way that no Office program uses (ECMA-376 Part 2, annex B)."""
    return entry.compress_type not in _METHODS


def part(archive: zipfile.ZipFile, name: str, most: int = MAX_PART_BYTES) -> bytes:
    """One part. Raises `Excess` beyond `most` bytes, `BadZipFile` for a part that is not what its directory says."""
    pieces: list[bytes] = []
    left = most
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise Excess(name)
            pieces.append(piece)
    return b"".join(pieces)


def beginning(archive: zipfile.ZipFile, name: str, size: int = 4096) -> bytes:
    """The first bytes of a part."""
    with archive.open(name) as file:
        return file.read(size)


def is_unsafe(xml: bytes) -> bool:
    """Whether XML declares a document type (entities) or an encoding in which such a declaration could hide."""
    declared = _ENCODING.search(xml[:400].replace(b"\x00", b""))
    if declared is not None and declared[1].lower() not in _ENCODINGS:
        return True
    # UTF-16 writes a zero beside each letter.
    return b"<!DOCTYPE" in (xml.replace(b"\x00", b"") if b"\x00" in xml[:64] else xml)


def has_too_many_tags(xml: bytes) -> bool:
    """Whether the tree of some XML would be larger than that of any real document."""
    return xml.count(b"<") + xml.count(b"=") // 2 > MAX_TAGS
