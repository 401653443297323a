"""Picture bombs: few bytes, many points."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

Build = Callable[[], bytes]


def png(width: int, height: int, data: bytes | None = None, *chunks: tuple[bytes, bytes]) -> bytes:
    """One bit a point; without `data` all points are there."""

    def chunk(name: bytes, inside: bytes) -> bytes:
        return struct.pack("!I", len(inside)) + name + inside + struct.pack("!I", zlib.crc32(name + inside))

    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    points = zlib.compress(b"\0" * (height * (width // 8 + 1)), 9) if data is None else data
    inside = (*chunks, (b"IDAT", points), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunk(*one) for one in inside)


def tiff(
    width: int, height: int, pages: int = 1, loop: bool = False, compression: int = 1, strip: bytes = b"\0"
) -> bytes:
    """One bit a point, one strip shared by all pages; `loop`: the last page leads to the first."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8 + len(strip) + len(strip) % 2) + strip + b"\0" * (len(strip) % 2))
    first = len(out)
    rows = [
        (256, width),
        (257, height),
        (258, 1),
        (259, compression),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, height),
        (279, len(strip)),
    ]
    for number in range(pages):
        out += struct.pack("<H", len(rows))
        for tag, number_ in rows:
            out += struct.pack("<HHII", tag, 4, 1, number_)
        last = number == pages - 1
        out += struct.pack("<I", (first if loop else 0) if last else len(out) + 4)
    return bytes(out)


def jpeg(width: int, height: int, scans: int = 1) -> bytes:
    """A progressive picture that says its size, and scans without an end."""
    table = b"\xff\xdb\x00\x43\x00" + bytes([1] * 64)
    frame = b"\xff\xc2\x00\x0b\x08" + struct.pack("!HH", height, width) + b"\x01\x01\x11\x00"
    huffman = b"\xff\xc4\x00\x14\x00" + bytes([1] + [0] * 15) + b"\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00" + b"\x00" * 4
    return b"\xff\xd8" + table + frame + huffman + scan * scans + b"\xff\xd9"


BOMBS: dict[str, tuple[str, Build]] = {
    "giant": (".png", lambda: png(40_000, 40_000)),
    "claims": (".png", lambda: png(2_000_000_000, 2_000_000_000, zlib.compress(b"\0" * 100))),
    "row": (".png", lambda: png(50_000_000, 1)),
    "column": (".png", lambda: png(1, 50_000_000)),
    "text": (".png", lambda: png(9, 9, None, (b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9)))),
    "texts": (".png", lambda: png(9, 9, None, *[(b"zTXt", b"a\0\0" + zlib.compress(bytes(900_000), 9))] * 1_000)),
    "profile": (".png", lambda: png(9, 9, None, (b"iCCP", b"a\0\0" + zlib.compress(bytes(200_000_000), 9)))),
    "nearly": (".png", lambda: png(7_700, 7_700)),
    "giant-tiff": (".tif", lambda: tiff(60_000, 60_000)),
    "pages": (".tif", lambda: tiff(100, 100, 50_000)),
    "ring": (".tif", lambda: tiff(100, 100, 3, loop=True)),
    "fax": (".tif", lambda: tiff(60_000, 900, compression=4, strip=bytes(100))),
    "pages-of-60-million": (".tif", lambda: tiff(7_700, 7_700, 150, compression=4, strip=bytes(100))),
    "giant-jpeg": (".jpg", lambda: jpeg(65_000, 65_000)),
    "scans": (".jpg", lambda: jpeg(7_000, 7_000, 50_000)),
}
