"""Reading PDF against the bare library, and memory over many files: ratios of one run."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.generate import decision
from bench.measure import RASOAT, cost
from corpus.nothing import NothingKnown

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples" / "corpus"
FILES = 2_000
_ROUNDS = 5
_BARE = (
    "import sys, pdfplumber\n"
    "for p in sys.argv[1:]:\n with pdfplumber.open(p) as f:\n  [q.extract_text() for q in f.pages]"
)


def pdf(folder: Path) -> Iterator[str]:
    """PDF with text against bare pdfplumber on the same files (goal ≥ 0.8 × its speed), by processor time.

    Each document in one process (the cheapest of five rounds, one after the other), and whole processes over many
    copies, start-up included.
    """
    import pdfplumber

    from extractors import extract, load, readers

    load()
    readers.load("pdf")
    paths = sorted(SAMPLES.rglob("*.pdf"))
    for path in paths:
        bare, ours = [], []
        for _ in range(_ROUNDS):
            started = time.process_time()
            with pdfplumber.open(path) as document:
                pages = len([page.extract_text() for page in document.pages])
            bare.append(time.process_time() - started)
            started = time.process_time()
            extract(path, NothingKnown())
            ours.append(time.process_time() - started)
        ratio = min(bare) / min(ours)
        yield f"pdf: {ratio:.2f} × the speed of bare pdfplumber, {path.name}, {pages} pages, understanding included"
    many = [str(path) for path in paths] * 30
    whole, plain = cost([*RASOAT, "extract", *many]), cost([sys.executable, "-c", _BARE, *many])
    yield (
        f"pdf: {plain.cpu_s / whole.cpu_s:.2f} × its speed over {len(many)} documents, whole processes, "
        f"a child for each file; {whole.peak_mib:.0f} MiB (bare {plain.peak_mib:.0f})"
    )


def memory(folder: Path) -> Iterator[str]:
    """Memory of the caller and of its workers over 2,000 files (TXT, DOCX, PDF): the last tenth against the second.

    With two workers, and with one (then the caller reads the texts itself).
    """
    paths = _mixed(folder)
    for jobs in (2, 1):
        yield _over(paths, jobs)


def _over(paths: list[Path], jobs: int) -> str:
    from extractors.sandbox import extract_many

    seen: list[tuple[int, int]] = []
    started = time.process_time()
    documents = extract_many(paths, NothingKnown, jobs=jobs)
    letters = 0
    for number, document in enumerate(documents, 1):
        letters += len(document.text)
        if number % (FILES // 10) == 0:
            seen.append((_resident(os.getpid()), sum(map(_resident, _children(os.getpid())))))
    spent = time.process_time() - started
    (caller, workers), (caller_then, workers_then) = seen[1], seen[-2]
    return (
        f"memory: {FILES} files, {letters / 1e6:.0f} million letters: the caller {caller} → {caller_then} MiB, "
        f"workers ({jobs}) {workers} → {workers_then} MiB; {1000 * spent / FILES:.1f} ms of the caller's for each file"
    )


def _mixed(folder: Path) -> list[Path]:
    """7 texts, 2 Word files, 1 PDF of ten, each text another."""
    packed = [sorted(SAMPLES.rglob(f"*.{suffix}")) for suffix in ("docx", "docx", "pdf")]
    paths = []
    for number in range(FILES):
        kind = number % 10 - 7
        if kind < 0:
            paths.append(folder / f"{number}.txt")
            paths[-1].write_text(decision(number, 6), "utf-8")
        else:
            source = packed[kind][number // 10 % len(packed[kind])]
            paths.append(folder / f"{number}{source.suffix}")
            shutil.copyfile(source, paths[-1])
    return paths


def _children(process: int) -> list[int]:
    found = []
    for thread in Path(f"/proc/{process}/task").iterdir():
        found += map(int, (thread / "children").read_text("ascii").split())
    return found


def _resident(process: int) -> int:
    """MiB of memory that a process has now."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0
    return int(status.split("VmRSS:")[1].split()[0]) // 1024 if "VmRSS:" in status else 0
