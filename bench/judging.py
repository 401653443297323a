"""What judging costs: local provisions against central ones, cold, with all norms at hand, and after one decree."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bench.generate import World
from corpus.model import Document
from corpus.nothing import NothingKnown
from extractors import understand
from extractors.readers import Reading, text
from flows import judging
from rules.catalogue import RuleSettings
from rules.likeness import index_of
from rules.mt_bodies import norms_of

LOCAL, CENTRAL = 1_000, 20_000
"""Provisions; ten times as many by hand: `python -m bench.judging 10000 200000`."""
DAY = date(2026, 11, 24)


def judge(folder: Path, local: int = LOCAL, central: int = CENTRAL) -> Iterator[str]:
    """CPU of the index and norms of the central texts (cold), of judging the local ones, and of one new decree."""
    documents = _documents(folder, local, central)
    sides = {True: 0, False: 0}
    for path, document in documents.items():
        sides["dia-phuong" in path] += len(document.provisions)
    size = sum(len(document.text.encode()) for path, document in documents.items() if "trung-uong" in path) / 1e6
    name = f"judging: {sides[True]:,} local provisions, {sides[False]:,} central ones ({size:.1f} MB)"
    corpus = _corpus(documents)
    own = [path for path in sorted(documents) if "dia-phuong" in path]

    since = time.process_time()
    for path, document in documents.items():
        if "trung-uong" in path:
            index_of(document)
            norms_of(document)
    cold = time.process_time() - since
    yield f"{name}: index and norms {cold:.1f} s of CPU, {cold / size:.1f} s for each MB, {_peak():.0f} MiB"

    rows, made = [], 0
    since = time.process_time()
    for path in own:
        found, row = judging.judged(corpus, path)
        rows.append(row)
        made += len(found)
    warm = time.process_time() - since
    yield (f"{name}: judged in {warm:.1f} s of CPU, {1000 * warm / len(own):.0f} ms a document, {made:,} findings, "
           f"{_peak():.0f} MiB")  # fmt: skip

    rows += [judging.judged(corpus, path)[1] for path in sorted(documents) if "trung-uong" in path]
    decree = _read(folder / "nd-moi.txt", "corpus/trung-uong/moi/nd-moi.txt", _world(local, central).decree(1, 3))
    after = _corpus({**documents, decree.path: decree})
    since = time.process_time()
    planned = judging.plan(after, rows)
    asked = time.process_time() - since
    for path in planned.judged:
        judging.judged(after, path)
    spent = time.process_time() - since
    yield (f"{name}: after one decree {len(planned.judged):,} of {len(rows) + 1:,} documents judged again, {spent:.1f} "
           f"s of CPU, of which {asked:.2f} s to find which")  # fmt: skip


def _world(local: int, central: int) -> World:
    """Of ten documents three are central; each has some thirty provisions."""
    return World(max(local // 30 * 10 // 7, central // 30 * 10 // 3) // 10 * 10)


def _documents(folder: Path, local: int, central: int) -> dict[str, Document]:
    """Documents by path until there are enough provisions on each side."""
    world, left = _world(local, central), {True: local, False: central}
    found: dict[str, Document] = {}
    for number in range(world.documents):
        own = not world.central(number)
        if left[own] > 0:
            path = f"corpus/{world.path(number)}"
            found[path] = document = _read(folder / "mot.txt", path, world.text(number))
            left[own] -= len(document.provisions)
    return found


def _read(place: Path, path: str, words: str) -> Document:
    place.write_text(words, "utf-8")
    return understand(path, Reading(text.read(place).lines), NothingKnown())


def _corpus(documents: Mapping[str, Document]) -> judging.Corpus:
    marks = {path: str(len(document.text)) for path, document in documents.items()}
    return judging.corpus_of(documents, marks, NothingKnown(), DAY, (), RuleSettings(), "")


def _peak() -> float:
    """Peak memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if os.uname().sysname == "Linux" else 1024**2)


def main() -> None:
    import tempfile

    sizes = [int(size) for size in sys.argv[1:3]] or [LOCAL, CENTRAL]
    with tempfile.TemporaryDirectory() as folder:
        for line in judge(Path(folder), *sizes):
            print(line, flush=True)


if __name__ == "__main__":
    main()
