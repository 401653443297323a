"""Seeded mutants of good files: damage of the bytes, and damage inside that keeps the outside whole.

`mutant(seeds, seed)` is a pure function of its arguments: a number names a file for good.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence

# How often a format is chosen: those that start a program (LibreOffice, tesseract) cost a hundred times the others.
SHARES = {".txt": 180, ".md": 50, ".html": 160, ".mht": 50, ".docx": 290, ".pdf": 250, ".doc": 5, ".rtf": 5, ".odt": 5,
          ".png": 3, ".jpg": 3, ".tif": 3}  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e38", b"0.0")
_WORDS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_SIGNS = (b"\x00", b"\xcc\x81", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbf\xbf", b"\x0c", b"\r")
_STREAM = re.compile(rb"stream\r?\n")
_TAG = re.compile(rb"<[^<>]{1,300}>")
_DIGITS = re.compile(rb"\d{1,12}")
Change = Callable[[bytes, random.Random], bytes]


def mutant(seeds: Mapping[str, Sequence[bytes]], seed: int) -> tuple[str, bytes]:
    """Suffix and bytes of mutant number `seed`."""
    dice = random.Random(seed)
    suffixes = sorted(seeds)
    suffix = dice.choices(suffixes, [SHARES[one] for one in suffixes])[0]
    data = dice.choice(list(seeds[suffix]))
    inside: dict[str, Change] = {".docx": _package, ".odt": _package, ".pdf": _pdf, ".html": _markup, ".mht": _markup}
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        if suffix in inside and dice.random() < 0.7:
            data = inside[suffix](data, dice)
        elif dice.random() < 0.08:
            data = _spliced(data, dice.choice(list(seeds[dice.choice(suffixes)])), dice)
        else:
            data = _bytes(data, dice)
    return (suffix if dice.random() < 0.97 else dice.choice(suffixes)), data


# --- bytes -----------------------------------------------------------------------------------------------


def _bytes(data: bytes, dice: random.Random) -> bytes:
    return dice.choice(_CHANGES)(data, dice) if data else b"\x00"


def _flipped(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice((1, 2, 8, 64))):
        out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    return bytes(out)


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))] if dice.random() < 0.7 else data[dice.randrange(min(len(data), 64)) :]


def _chunk(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(data))
    return start, min(len(data), start + dice.choice((1, 4, 16, 256, 4096)))


def _without(data: bytes, dice: random.Random) -> bytes:
    start, end = _chunk(data, dice)
    return data[:start] + data[end:]


def _again(data: bytes, dice: random.Random) -> bytes:
    start, end = _chunk(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 2, 50, 1000)) + data[end:]


def _moved(data: bytes, dice: random.Random) -> bytes:
    start, end = _chunk(data, dice)
    rest = data[:start] + data[end:]
    at = dice.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _length(data: bytes, dice: random.Random) -> bytes:
    """Two or four bytes that may be a length become an extreme one."""
    form = dice.choice(("<H", ">H", "<I", ">I"))
    size = struct.calcsize(form)
    at = dice.randrange(max(len(data) - size, 1))
    return data[:at] + struct.pack(form, dice.choice(_WORDS) & (256**size - 1)) + data[at + size :]


def _number(data: bytes, dice: random.Random) -> bytes:
    """A written number becomes an extreme one."""
    found = [match.span() for match in _DIGITS.finditer(data[:400_000])]
    if not found:
        return _flipped(data, dice)
    start, end = dice.choice(found)
    return data[:start] + dice.choice(_NUMBERS) + data[end:]


def _strange(data: bytes, dice: random.Random) -> bytes:
    """Letters that are none: zeros, marks without a letter, what turns the line, halves of letters."""
    at = dice.randrange(len(data))
    return data[:at] + dice.choice(_SIGNS) * dice.choice((1, 3, 500)) + data[at:]


def _spliced(data: bytes, other: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


_CHANGES: tuple[Change, ...] = (_flipped, _cut, _without, _again, _moved, _length, _number, _strange)


# --- inside ----------------------------------------------------------------------------------------------


def _package(data: bytes, dice: random.Random) -> bytes:
    """A part changed and all zipped again; sometimes two parts change places, one is lost or called otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return _bytes(data, dice)
    if not parts:
        return _bytes(data, dice)
    at, other = dice.randrange(len(parts)), dice.randrange(len(parts))
    name, inside = parts[at]
    change = dice.random()
    if change < 0.8:
        parts[at] = (name, (_markup if name.endswith((".xml", ".rels")) else _bytes)(inside, dice))
    elif change < 0.87:
        parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], inside)
    elif change < 0.93:
        del parts[at]
    else:
        parts[at] = (dice.choice(("../x.xml", "word/document.xml", name.upper(), "a" * 300, "word/x\n.xml")), inside)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in dict(parts).items():
            archive.writestr(name, inside)
    return out.getvalue()


def _markup(data: bytes, dice: random.Random) -> bytes:
    """Tags lost, doubled, nested, exchanged; values of attributes and text changed."""
    tags = [match.span() for match in _TAG.finditer(data[:400_000])]
    if not tags or dice.random() < 0.25:
        return _bytes(data, dice)
    (start, end), (first, last) = dice.choice(tags), dice.choice(tags)
    change = dice.randrange(6)
    if change == 0:
        return data[:start] + data[end:]
    if change == 1:
        return data[:start] + data[start:end] * dice.choice((2, 20, 400)) + data[end:]
    if change == 2:
        (a, b), (c, d) = sorted(((start, end), (first, last)))
        return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]
    if change == 3:
        low, high = min(start, first), max(end, last)
        piece = data[low : min(high, low + 20_000)]
        return data[:high] + piece * dice.choice((1, 5)) + data[high:]
    if change == 4:
        return data[:start] + _number(data[start:end], dice) + data[end:]
    return data[:start] + _flipped(data[start:end], dice) + data[end:]


def _pdf(data: bytes, dice: random.Random) -> bytes:
    """A stream inflated, changed and packed again with its length; or an object's numbers and names changed."""
    starts = [match.end() for match in _STREAM.finditer(data)]
    if starts and dice.random() < 0.6:
        start = dice.choice(starts)
        end = data.find(b"endstream", start)
        inflater = zlib.decompressobj()
        try:
            inside = inflater.decompress(data[start:end], 4_000_000)
        except zlib.error:
            return _bytes(data, dice)
        packed = zlib.compress(_bytes(inside, dice))
        # The length stays as it was: readers look for the end of the stream where it is wrong.
        return data[:start] + packed + b"\n" + data[end:]
    objects = [match.span() for match in re.finditer(rb"\d{1,6} 0 obj.{1,2000}?endobj", data, re.DOTALL)]
    if not objects:
        return _bytes(data, dice)
    (start, end), (first, last) = dice.choice(objects), dice.choice(objects)
    change = dice.randrange(4)
    if change == 0:
        return data[:start] + data[first:last] + data[end:]
    if change == 1:
        return data[:start] + _number(data[start:end], dice) + data[end:]
    if change == 2:
        references = list(re.finditer(rb"\d{1,6} 0 R", data[start:end]))
        if references:
            one = dice.choice(references)
            return data[: start + one.start()] + b"%d 0 R" % dice.randrange(40) + data[start + one.end() :]
    return data[:start] + _bytes(data[start:end], dice) + data[end:]
