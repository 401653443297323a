"""One reader for each file format: `read(path)` → lines. Each keeps its library behind this door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Literal

from corpus.model import Line, Outcome

Format = Literal["text", "markdown", "html", "docx", "pdf", "doc", "office", "mht", "image", "unknown"]
_MODULES = {"text": "text", "markdown": "markdown", "html": "html", "docx": "docx", "pdf": "pdf", "doc": "doc",
            "office": "doc", "mht": "mht", "image": "image"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gives. `title` is the file's own title (HTML), for mastheads that lack one.

    `warnings`: what the officer must know of a file that was read (`Document.warnings`).
    Where `outcome` is not "ok" there are no lines, but for `timeout` and `too_large`: what was read by then.
    """

    lines: tuple[Line, ...] = ()
    title: str | None = None
    outcome: Outcome = "ok"
    message: str | None = None
    warnings: tuple[str, ...] = ()


def read(path: Path, format: Format, seconds: float | None = None) -> Reading:
    """Lines of a file that the gate let in. The library for a format loads only when it is needed.

    After `seconds` (only in the main thread; None: no limit) reading stops, and after the processor time that the
    file's size allows (`limits.cpu_for`): `timeout`, with the lines read by then; where memory does not suffice or the
    file wants more than any real one: `too_large`, likewise.
    """
    from extractors.readers import legacy_fonts, limits

    module = _module(format)
    try:
        with limits.within(seconds, None if seconds is None else limits.cpu_for(path, is_packed(format))):
            reading: Reading = module.read(path)
    except (limits.Overtime, limits.Excess, MemoryError) as error:
        return limits.cut_short(path, error, ())
    reading = limits.bounded(path, reading)
    texts = legacy_fonts.decoded_lines([line.text for line in reading.lines])
    if texts is None:
        return reading
    lines = (replace(line, text=text) for line, text in zip(reading.lines, texts, strict=True))
    return replace(reading, lines=tuple(lines))


def is_packed(format: Format) -> bool:
    """Whether a file of this format holds more than its bytes show."""
    return format not in ("text", "markdown", "html", "mht")


def pages(path: Path, format: Format) -> int:
    """How many pages the file says it has (0: it does not say); to give a long file its time."""
    count = getattr(_module(format), "pages", None)
    return int(count(path)) if count else 0


def load(format: Format) -> None:
    """Import the library of a format, for a process that is about to fork."""
    prepare = getattr(_module(format), "load", None)
    if prepare:
        prepare()


def _module(format: Format) -> ModuleType:
    return import_module(f"extractors.readers.{_MODULES[format]}")
