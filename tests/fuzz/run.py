"""Mutants through the sandbox: none may hang, crash a reader or grow the caller."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from corpus.model import Outcome
from corpus.nothing import NothingKnown
from extractors.sandbox import Limits, Spent, extract_many
from tests.fuzz.mutants import mutant
from tests.fuzz.seeds import seeds

Seeds = Mapping[str, Sequence[bytes]]
BATCH = 100
MOST_CPU = 25.0


@dataclass(slots=True)
class Report:
    """What came of a run: outcomes by format, mutants that failed (number: why), the dearest by processor time."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failed: dict[int, str] = field(default_factory=dict)
    dearest: tuple[float, str] = (0.0, "")
    grown: int = 0


def run(
    count: int, first: int = 0, jobs: int = 2, keep: Path | None = None, good: Seeds | None = None
) -> Report:
    """Read `count` mutants from number `first` on. `keep`: a folder for those that failed; `good`: other seeds."""
    report, good = Report(), good or seeds()
    before = 0
    for start in range(first, first + count, BATCH):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number in range(start, min(start + BATCH, first + count)):
                suffix, data = mutant(good, number)
                paths.append(Path(folder) / f"{number}{suffix}")
                paths[-1].write_bytes(data)
            spent: dict[str, Spent] = {}
            # By the clock much is allowed: what counts is the processor's time, on a busy machine too.
            limits = Limits(seconds=240.0)
            found = extract_many(paths, NothingKnown, jobs=jobs, limits=limits, observe=spent.__setitem__)
            for path, document in zip(paths, found, strict=True):
                report.outcomes[f"{path.suffix} {document.outcome}"] += 1
                why = _failure(document.outcome, document.message, spent.get(str(path)))
                if why:
                    report.failed[int(path.stem)] = f"{path.suffix}: {why}"
                    if keep is not None:
                        (keep / path.name).write_bytes(path.read_bytes())
                cpu = (spent[str(path)].cpu if str(path) in spent else None) or 0.0
                report.dearest = max(report.dearest, (cpu, path.name))
        resident = _resident()
        before = before or resident
        report.grown = resident - before
    return report


def _failure(outcome: str, message: str | None, spent: Spent | None) -> str | None:
    """What is wrong with an outcome, None where nothing is."""
    if outcome not in get_args(Outcome) or outcome == "crashed":
        return outcome
    if outcome != "ok" and "hãy" not in (message or "") and outcome != "restricted":
        return f"{outcome} without advice"
    if spent is not None and (spent.cpu or 0.0) > MOST_CPU:
        return f"{spent.cpu:.0f} s"
    return "ended by the clock" if spent is not None and spent.cpu is None and outcome == "timeout" else None


def _resident() -> int:
    """Bytes of memory that this process has now."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def main() -> int:
    """Run as the arguments say; 1 where a mutant failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=5000)
    options.add_argument("--seed", type=int, default=1, help="numbers begin at a million times this")
    options.add_argument("--first", type=int, default=0, help="number of the first mutant, after that")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--keep", type=Path, help="folder for the mutants that failed")
    chosen = options.parse_args()
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
    report = run(chosen.count, chosen.seed * 1_000_000 + chosen.first, chosen.jobs, chosen.keep)
    for what, number in sorted(report.outcomes.items()):
        print(f"{number:6} {what}")
    print(f"dearest {report.dearest[0]:.1f} s {report.dearest[1]}, this process grew by {report.grown / 1e6:.0f} MB")
    for mutant_number, why in sorted(report.failed.items()):
        print(f"FAILED {mutant_number} {why}")
    return bool(report.failed)
