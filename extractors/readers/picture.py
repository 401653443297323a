"""A page of a PDF as a picture, drawn in a process of its own: `python -m extractors.readers.picture FILE PAGE DPI`.

The review page shows it beside the text. A hostile PDF costs its own process, which has limits on time and memory.
"""

from __future__ import annotations

import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
MOST_PIXELS = 12_000_000


def page_png(path: Path, page: int, dpi: int = 110) -> bytes | None:
    """Page `page` (1-based) as PNG; None where the file is no PDF, has no such page, or takes too long."""
    command = [sys.executable, "-m", "extractors.readers.picture", str(path), str(page), str(dpi)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS + 5, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None


def draw(path: str, page: int, dpi: int) -> bytes:
    """Draw in this process. Raises `ValueError` where there is no such page, and what pdfium raises."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        if not 1 <= page <= len(document):
            raise ValueError(f"no page {page}")
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(dpi / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = sheet.render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        return _png(rows, bitmap.width, bitmap.height, bitmap.stride)
    finally:
        document.close()


def _png(rows: bytes, width: int, height: int, stride: int) -> bytes:
    """Grey pixels as PNG: a filter byte before each row, one compressed chunk."""
    raw = b"".join(b"\0" + rows[i * stride : i * stride + width] for i in range(height))
    head = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data)) for name, data in chunks
    )


def main() -> int:
    """Draw the page that the arguments name (file, page from 1, dpi) to standard output; 1 where pdfium cannot."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        sys.stdout.buffer.write(draw(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
    except Exception as error:  # noqa: BLE001 - pdfium's own errors; the parent only asks whether there is a picture
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
