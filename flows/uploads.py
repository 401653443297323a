"""A file that the officer sends through the page: looked at, read once, then put into the corpus."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from pathlib import Path

from extractors.intake import inspect
from flows.known import KnownFactory
from flows.lookup import read_one
from flows.opening import CannotRun
from flows.reading import hash_of
from flows.settings import CENTRAL, LOCAL, NEW_CENTRAL, Workspace
from outputs.packing import write_whole

SIDES = {"dia_phuong": (LOCAL,), "trung_uong": (CENTRAL, NEW_CENTRAL)}
_UNSAFE = re.compile(r"[^\w.()+ -]+")
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def take_in(space: Workspace, side: str, name: str, data: bytes) -> str:
    """Put a file into the corpus; gives its path from the corpus folder's own name on.

    It is read first, outside the corpus: a paper stamped with a degree of secrecy, or one that cannot be read, leaves
    nothing behind. Raises `ValueError` (Vietnamese) where it is refused. A file of that name with other bytes stays;
    the new one is kept beside it.
    """
    if side not in SIDES:
        raise ValueError("Chọn nơi để văn bản: của xã, hoặc của trung ương, của tỉnh.")
    safe = safe_name(name)
    with tempfile.TemporaryDirectory(prefix="rasoat-") as folder:
        place = Path(folder) / safe
        place.write_bytes(data)
        gate = inspect(place)
        if gate.outcome != "ok":
            raise ValueError(_without(gate.message or "Không nhận được tệp này.", place, safe))
        try:
            read_one(place, KnownFactory(own=space.own_register))
        except CannotRun as error:
            raise ValueError(_without(str(error), place, safe)) from error
        digest = hash_of(place)
    target = space.corpus.joinpath(*SIDES[side], safe)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and hash_of(target) != digest:
        target = target.with_stem(f"{target.stem}-{digest[:8]}")
    if not target.exists():
        write_whole(target, data)
    return "/".join((space.corpus.name, *target.relative_to(space.corpus).parts))


def safe_name(name: str) -> str:
    """A file name without folders, signs that a system minds, or a leading dot. Raises `ValueError` for none at all.

    >>> safe_name("../../QĐ 12:2024*.docx")
    'QĐ 12-2024-.docx'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = last.rpartition(".")
    made = (_UNSAFE.sub("-", stem)[:120].strip(" .") + dot + _UNSAFE.sub("", suffix)[:10]).lstrip(".~$ ")
    if not stem or not made or not suffix:
        raise ValueError("Tên tệp chưa dùng được; hãy đặt tên như 12-QD-UBND.docx.")
    return f"_{made}" if _RESERVED.match(made) else made


def _without(message: str, place: Path, name: str) -> str:
    """A message about the file by the name that the officer knows."""
    return message.replace(str(place), name)
