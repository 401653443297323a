"""Bombs for the programs that read RTF and DOC."""

from __future__ import annotations

from collections.abc import Callable

Build = Callable[[], bytes]


def rtf(body: bytes) -> bytes:
    return b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\n" + body + b"}"


def compound(sectors: int = 4, table: bytes = b"") -> bytes:
    """The outside of a compound file ([MS-CFB] 2.2): header, a FAT that leads in a ring, a directory."""
    head = bytearray(512)
    head[0:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[24:34] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    head[44:48] = (1).to_bytes(4, "little")
    head[48:52] = (1).to_bytes(4, "little")
    head[56:60] = (4096).to_bytes(4, "little")
    head[60:64] = b"\xfe\xff\xff\xff"
    head[68:72] = b"\xfe\xff\xff\xff"
    head[76:80] = (0).to_bytes(4, "little")
    head[80:512] = b"\xff" * 432
    ring = b"".join(((n + 1) % sectors).to_bytes(4, "little") for n in range(sectors)).ljust(512, b"\xff")
    entry = bytearray(128)
    entry[0:24] = "WordDocument".encode("utf-16-le")
    entry[64:68] = b"\x1a\x00\x02\x01"
    entry[68:80] = b"\xff" * 12
    entry[120:124] = (2**31 - 1).to_bytes(4, "little")
    root = bytearray(128)
    root[0:20] = "Root Entry".encode("utf-16-le")
    root[64:68] = b"\x16\x00\x05\x01"
    root[68:76] = b"\xff" * 8
    root[76:80] = (1).to_bytes(4, "little")
    word = b"\xec\xa5\xc1\x00".ljust(512, b"\x00")
    return bytes(head + ring[:512] + root + entry + bytes(256) + word + (table or b"\xff" * 512))


RTF: dict[str, Build] = {
    "groups": lambda: rtf(b"{" * 500_000 + b"x" + b"}" * 500_000),
    "groups-unclosed": lambda: rtf(b"{" * 3_000_000),
    "tables": lambda: rtf(b"\\trowd\\cellx1000\\pard\\intbl x\\cell\\row\n" * 100_000),
    "cells": lambda: rtf(
        b"\\trowd"
        + b"".join(b"\\cellx%d" % n for n in range(20_000))
        + b"\\pard\\intbl "
        + b"x\\cell " * 20_000
        + b"\\row"
    ),
    "nested-tables": lambda: rtf(
        b"".join(
            b"\\pard\\intbl\\itap%d x\\nestcell{\\*\\nesttableprops\\trowd\\cellx1\\nestrow}" % n
            for n in range(1, 3_000)
        )
    ),
    "bin": lambda: rtf(b"{\\pict\\bin2000000000 x}"),
    "picture": lambda: rtf(b"{\\pict\\pngblip\\picw2000000000\\pich2000000000 " + b"00" * 100_000 + b"}"),
    "words": lambda: rtf(b"\\b\\b0 " * 3_000_000),
    "paragraphs": lambda: rtf(b"x\\par\n" * 600_000),
    "fonts": lambda: rtf(b"{\\fonttbl" + b"".join(b"{\\f%d A%d;}" % (n, n) for n in range(300_000)) + b"}x"),
    "styles": lambda: rtf(
        b"{\\stylesheet" + b"".join(b"{\\s%d\\sbasedon%d S%d;}" % (n, n + 1, n) for n in range(50_000)) + b"}x"
    ),
    "objects": lambda: rtf(b"{\\object\\objemb{\\*\\objdata " + b"d0cf11e0a1b11ae1" * 200_000 + b"}}"),
    "link": lambda: rtf(
        b'{\\field{\\*\\fldinst INCLUDEPICTURE "http://192.0.2.1/a.png" \\\\d}{\\fldrslt x}}'
        b'{\\field{\\*\\fldinst INCLUDETEXT "http://192.0.2.1/a.doc"}{\\fldrslt y}}'
    ),
    "fields": lambda: rtf(b"{\\field{\\*\\fldinst PAGE}{\\fldrslt " * 20_000 + b"x" + b"}}" * 20_000),
    "one-line": lambda: rtf(b"x " * 10_000_000),
}

DOC: dict[str, Build] = {
    "ring": lambda: compound(),
    "ring-large": lambda: compound(128, b"\x01\x00\x00\x00" * 128) + bytes(5_000_000),
    "nothing": lambda: compound()[:1536],
    "zeros": lambda: compound() + bytes(60_000_000),
}
