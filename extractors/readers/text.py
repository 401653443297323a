"""Plain text (first version)."""

from __future__ import annotations

from pathlib import Path

from corpus.model import Line
from extractors.readers import Reading


def read(path: Path) -> Reading:
    return Reading(tuple(Line(line) for line in path.read_text("utf-8", "replace").splitlines()))
