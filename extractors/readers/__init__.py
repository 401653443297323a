"""One reader for each file format: `read(path)` → lines. Each keeps its library behind this door."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

from corpus.model import Line, Outcome

Format = Literal["text", "markdown", "html", "docx", "pdf", "doc", "image", "unknown"]
_MODULES = {"text": "text", "markdown": "markdown", "html": "html", "docx": "docx", "pdf": "pdf", "doc": "doc"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gives. `title` is the file's own title (HTML), for mastheads that lack one."""

    lines: tuple[Line, ...] = ()
    title: str | None = None
    outcome: Outcome = "ok"
    message: str | None = None


def read(path: Path, format: Format) -> Reading:
    """Lines of a file that the gate let in. The library for a format loads only when it is needed."""
    module = import_module(f"extractors.readers.{_MODULES[format]}")
    reading: Reading = module.read(path)
    return reading
