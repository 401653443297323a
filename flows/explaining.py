"""Why each document was or was not read and judged: the table of a run, and what `--explain` prints of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from flows.judging import SAME
from outputs.packing import write_whole

FILE = "vi-sao.tsv"
"""Beside the report: path, why it was read, why it was judged."""
_HEAD = "tệp\tđọc\trà soát"


def lines(why_read: Mapping[str, str], why_judged: Mapping[str, str]) -> Iterator[str]:
    """One line a file, by path: why it was read, why it was judged; "không đổi" where it was not."""
    for path in sorted({*why_read, *why_judged}):
        yield "\t".join((path, why_read.get(path, SAME), why_judged.get(path, "không đọc được")))


def write(folder: Path, why_read: Mapping[str, str], why_judged: Mapping[str, str]) -> None:
    """Write the table of a run into its folder."""
    write_whole(folder / FILE, "\n".join((_HEAD, *lines(why_read, why_judged), "")).encode())


def told(folder: Path, again: bool) -> Iterator[str]:
    """What `--explain` prints: the table of a run; where nothing was to be done (`again` False), that of each file."""
    place = folder / FILE
    rows = place.read_text("utf-8").splitlines() if place.is_file() else [_HEAD]
    if again:
        yield from rows
        return
    yield rows[0]
    yield from ("\t".join((row.split("\t")[0], SAME, SAME)) for row in rows[1:])
