"""Office files and run folders whose bytes follow from their content alone: no clock, no half-written file."""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first moment a ZIP entry can have.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)\b[^<>]{0,300}>)[^<]{0,40}(</dcterms:\2>)")


def repack(office: bytes, stamp: str) -> bytes:
    """The same DOCX or XLSX with fixed entry times, entries in name order, and `stamp` as its dates.

    `stamp` is "YYYY-MM-DD"; `[Content_Types].xml` stays first, as readers of the format expect.
    """
    with ZipFile(BytesIO(office)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            data = parts[name]
            if name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>" + stamp.encode() + rb"T00:00:00Z\g<3>", data)
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, data)
    return out.getvalue()


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` so that `path` is never seen half written: a file beside it, then a rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
