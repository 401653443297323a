"""`python -m bench [NAME…]`: a line a figure, ratios or rates of one run.

Without a name all of `BENCHES`; those of `LONG` take many minutes and are run by their names.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.generate import decision, write_corpus
from bench.judging import judge
from bench.law import law
from bench.measure import RASOAT, cost
from bench.reading import memory, pdf
from bench.scale import scale
from bench.scans import ocr
from bench.soak import soak
from bench.stages import hostile, stages
from bench.workbench import workbench


def start(folder: Path) -> Iterator[str]:
    """How long `rasoat extract` takes to start (goal ≤ 0.5 s), against Python alone."""
    tiny = folder / "mot-dong.txt"
    tiny.write_text("Điều 1. Phạm vi điều chỉnh\n", "utf-8")
    ours, bare = cost([*RASOAT, "extract", str(tiny)], 5), cost([sys.executable, "-c", "pass"], 5)
    yield f"start: {ours.wall_s:.3f} s, {ours.wall_s / bare.wall_s:.1f} × python alone, {ours.peak_mib:.0f} MiB"


def text(folder: Path) -> Iterator[str]:
    """Plain text through `rasoat extract` (goal ≥ 4 MB/s of CPU, start-up off; not reached: docs/decisions/0007)."""
    paths = []
    for seed in range(60):
        path = folder / f"{seed}.txt"
        path.write_text(decision(seed, 40), "utf-8")
        paths.append(path)
    tiny = folder / "mot-dong.txt"
    tiny.write_text("Điều 1. Phạm vi điều chỉnh\n", "utf-8")
    size = sum(path.stat().st_size for path in paths) / 1e6
    ours, idle = cost([*RASOAT, "extract", *map(str, paths)]), cost([*RASOAT, "extract", str(tiny)])
    yield f"text: {size / (ours.cpu_s - idle.cpu_s):.2f} MB/s of CPU over {size:.1f} MB, {ours.peak_mib:.0f} MiB"


def run(folder: Path) -> Iterator[str]:
    """A first review of 200 documents, and a second one with nothing changed."""
    write_corpus(folder / "corpus", 200)
    command = [*RASOAT, "review", "--workspace", str(folder), "--as-of", "2026-01-15"]
    first, second = cost(command, 1), cost(command, 1)
    ratio = second.wall_s / first.wall_s
    yield f"run: first {first.wall_s:.1f} s, {first.peak_mib:.0f} MiB"
    yield f"run: unchanged {second.wall_s:.1f} s, {ratio:.2f} of the first"


BENCHES: dict[str, Callable[[Path], Iterator[str]]] = {
    "start": start, "text": text, "stages": stages, "hostile": hostile, "pdf": pdf, "memory": memory, "ocr": ocr,
    "run": run, "law": law, "workbench": workbench,
}  # fmt: skip
LONG: dict[str, Callable[[Path], Iterator[str]]] = {"judging": judge, "scale": scale, "soak": soak}


def main() -> None:
    for name in sys.argv[1:] or BENCHES:
        with tempfile.TemporaryDirectory() as folder:
            for line in {**BENCHES, **LONG}[name](Path(folder)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
