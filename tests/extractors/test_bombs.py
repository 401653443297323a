"""Small files that would take much: each is refused or ends with a typed outcome, within its time and its memory.

Time is that of the processor, so that a busy machine changes nothing. `make test` runs a choice of each kind, `make
bombs` all of them (some minutes).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from corpus.model import Document, Outcome
from corpus.nothing import NothingKnown
from extractors.sandbox import Limits, Spent, extract_many
from tests.fuzz.bombs import BOMBS, QUICK

NAMES = sorted(BOMBS) if os.environ.get("BOMBS") == "all" else sorted(QUICK)
PATIENT = Limits(seconds=300.0)  # by the clock: the machine may have other work
MOST_CPU, MOST_MEMORY, MOST_GROWTH = 10.0, 1536 * 1024 * 1024, 64 * 1024 * 1024


class Found(NamedTuple):
    document: Document
    cpu: float | None
    memory: int


class Files:
    """Each bomb is written when it is asked for, and gone with the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before = 0

    def __len__(self) -> int:
        return len(NAMES)

    def __iter__(self) -> Iterator[Path]:
        for name in NAMES:
            path = self.folder / name
            path.write_bytes(BOMBS[name]())
            self.before = peak(reset=True)
            yield path
            path.unlink()


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> tuple[dict[str, Found], int]:
    """What came of each bomb, and by how many bytes this process grew."""
    spent: dict[str, Spent] = {}
    outcomes: dict[str, Found] = {}
    files = Files(tmp_path_factory.mktemp("bombs"))
    growth = 0
    started = time.process_time()
    documents = extract_many(
        files, NothingKnown, limits=PATIENT, observe=lambda path, one: spent.update({path: one})  # type: ignore[arg-type]
    )
    for document in documents:
        one = spent.get(document.path)
        cpu = time.process_time() - started if one is None else one.cpu
        outcomes[Path(document.path).name] = Found(replace(document, text="", lines=()), cpu, (one and one.memory) or 0)
        growth = max(growth, peak() - files.before)
        started = time.process_time()
    return outcomes, growth


def peak(reset: bool = False) -> int:
    """The most bytes of memory that this process had since it was last asked to forget (proc(5): clear_refs)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_ends_in_its_time_and_memory(found, name):
    document, cpu, memory = found[0][name]
    assert document.outcome in get_args(Outcome)
    assert document.outcome != "crashed"
    assert cpu is not None, "ended by the clock"
    print(f"{name}: {document.outcome}, {cpu:.1f} s, {memory / 1e6:.0f} MB")
    assert cpu <= MOST_CPU
    assert memory <= MOST_MEMORY
    if document.outcome != "ok":
        assert name in (document.message or "")
        assert "hãy" in (document.message or "")


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("itself.pdf", "too_large"), ("pages-100000.pdf", "too_large"), ("flate-spaces.pdf", "too_large"),
        ("reference-loop-inside.pdf", "timeout"), ("giant.png", "too_large"), ("entries.docx", "too_large"),
        ("lies-main.docx", "damaged"), ("laughs.docx", "damaged"), ("laughs-behind-space.docx", "damaged"),
        ("attributes.html", "damaged"), ("marks.txt", "ok"), ("columns-repeated.odt", "too_large"),
    ],
)  # fmt: skip
def test_what_is_said_of_it(found, name, outcome):
    assert found[0][name].document.outcome == outcome


def test_this_process_does_not_grow(found):
    assert found[1] < MOST_GROWTH
