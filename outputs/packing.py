"""Office files and run folders whose bytes follow from their content alone: no clock, no half-written file."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO
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
    with packer(out) as target:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            data = parts[name]
            if name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>" + stamp.encode() + rb"T00:00:00Z\g<3>", data)
            target.writestr(entry(name), data)
    return out.getvalue()


def packer(out: IO[bytes]) -> ZipFile:
    """An archive to write into `out`; its entries are made by `entry`."""
    return ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6)


def entry(name: str) -> ZipInfo:
    """An entry of an archive without a clock."""
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info._compresslevel = 6  # type: ignore[attr-defined]
    info.external_attr = 0o600 << 16
    return info


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write `data` so that `path` is never seen half written, not even after a power cut. Raises `OSError`."""
    with whole(path, mode) as out:
        out.write(data)


@contextmanager
def whole(path: Path, mode: int = 0o644) -> Iterator[IO[bytes]]:
    """A file to write into that takes its place at the end of the `with`; where that fails, `path` stays as it was.

    The bytes go into a locked file beside it (`.NAME.….tmp`) and are on the disk before the rename. What a killed
    process leaves, `sweep` removes. `mode` is cut by the umask.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        beside = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.tmp")  # names have at most 255 bytes
        out = os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "w+b")
        fcntl.flock(out, fcntl.LOCK_EX)
        if beside.exists():  # a sweep between these two lines took it for a dead one
            break
        out.close()
    try:
        with out:
            yield out
            out.flush()
            os.fsync(out.fileno())
            beside.replace(path)
        _sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def sweep(folder: Path, deep: bool = True) -> int:
    """Remove what killed processes left half written in `folder` (`deep`: and below); gives the number of files."""
    done = 0
    for place in folder.glob("**/.*.tmp" if deep else ".*.tmp"):
        try:
            handle = os.open(place, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:  # gone by now, a link, or another user's
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            place.unlink(missing_ok=True)
            done += 1
        except BlockingIOError:  # its writer lives
            continue
        finally:
            os.close(handle)
    return done


def _sync_folder(folder: Path) -> None:
    """A rename is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
