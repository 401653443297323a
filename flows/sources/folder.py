"""A shared folder as a source: whoever gets a new text puts it there; each file is copied once, nothing is removed."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from flows.reading import hash_of
from flows.sources import Say

_IGNORED = (".", "~$", "Thumbs.db", "desktop.ini")
_QUIET_S = 10.0
"""A file younger than this may still be being copied by someone."""


@dataclass(frozen=True, slots=True)
class FolderSource:
    """Files of `folder` and below."""

    folder: Path

    @property
    def name(self) -> str:
        return str(self.folder)

    def fetch(self, into: Path, say: Say) -> int:
        """Copy what is not in `into` yet; a file of the same name with other bytes is put beside it."""
        if not self.folder.is_dir():
            raise OSError("không có thư mục này (ổ chia sẻ chưa kết nối?)")
        into.mkdir(parents=True, exist_ok=True)
        count = 0
        for place in sorted(self.folder.rglob("*")):
            if place.name.startswith(_IGNORED) or not place.is_file() or place.is_symlink():
                continue
            if time.time() - place.stat().st_mtime >= _QUIET_S:
                count += _copied(place, into)
        return count


def _copied(place: Path, into: Path) -> bool:
    target = into / place.name
    if target.exists():
        digest = hash_of(place)
        if digest == hash_of(target):
            return False
        target = target.with_stem(f"{target.stem}-{digest[:8]}")
        if target.exists():
            return False
    partial = target.with_name(f".{target.name}.part")
    shutil.copyfile(place, partial)
    partial.replace(target)
    return True
