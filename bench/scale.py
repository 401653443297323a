"""What a night costs: corpora of growing size, each step in a process of its own, with its time, memory and slope."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.generate import World
from bench.measure import RASOAT, cost

SIZES = (1_000, 3_000)
"""Documents; other sizes by hand: `python -m bench.scale 10000 100000`."""
DAY = date(2026, 11, 24)
STEPS = ("load", "unchanged", "next day", "1 % changed", "decree", "rules")


def scale(folder: Path, sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """First load, unchanged night, 1 % changed, a new decree, a change of rules, at each size; with the slope."""
    spent: dict[str, list[float]] = {}
    for size in sizes:
        for step, told in _size(folder / str(size), size):
            spent.setdefault(step, []).append(told["cpu"])
            yield (f"scale {size:,}: {step}: {told['wall']:.1f} s, {told['cpu']:.1f} s of CPU, {told['peak']:.0f} MiB"
                   f"{told['more']}")  # fmt: skip
    for step, costs in spent.items():
        if len(costs) > 1 and min(costs) > 0:
            growth = costs[-1] / costs[0]
            yield f"scale: {step}: {growth:.1f} × for {sizes[-1] / sizes[0]:.0f} × the documents"


def _size(root: Path, documents: int) -> Iterator[tuple[str, dict[str, Any]]]:
    world = World(documents)
    world.write(root / "corpus")
    dice = random.Random(documents)
    yield "load", _step(root, DAY)
    yield "unchanged", _step(root, DAY)
    yield "next day", _step(root, DAY + timedelta(days=1))
    changed = dice.sample(range(documents), max(1, documents // 100))
    world.write(root / "corpus", changed, version=1)
    bare = _reading(root, [world.path(number) for number in changed])
    told = _step(root, DAY + timedelta(days=1))
    told["more"] = f"{told['more']}; reading that 1 % alone {bare:.1f} s of CPU"
    yield "1 % changed", told
    place = root / "corpus" / "trung-uong" / "moi" / "nd-801.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(world.decree(1, 5), "utf-8")
    yield "decree", _step(root, DAY + timedelta(days=1))
    (root / "rasoat.toml").write_text('[quy_tac]\nTT02 = "tat"\n', "utf-8")
    yield "rules", _step(root, DAY + timedelta(days=1))


def _step(root: Path, day: date) -> dict[str, Any]:
    """One run in a process of its own: seconds, MiB, and how the time was spent."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.scale", "--run", str(root), day.isoformat()], check=True, capture_output=True
    )
    found: dict[str, Any] = json.loads(told.stdout.decode().splitlines()[-1])
    return found


def _reading(root: Path, paths: list[str]) -> float:
    """CPU seconds of `rasoat extract` over these files, less that of starting it."""
    with tempfile.TemporaryDirectory() as place:
        tiny = Path(place) / "mot-dong.txt"
        tiny.write_text("Điều 1. Phạm vi điều chỉnh\n", "utf-8")
        files = [str(root / "corpus" / path) for path in paths]
        return cost([*RASOAT, "extract", *files], 1).cpu_s - cost([*RASOAT, "extract", str(tiny)], 1).cpu_s


def run(root: Path, day: date) -> dict[str, Any]:
    """Review a workspace in this process. `more`: CPU seconds by part, findings, documents judged."""
    import resource

    from flows import opening, pipeline, reading
    from flows.progress import Silent
    from flows.settings import workspace

    def spent() -> float:
        own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime

    parts: dict[str, float] = {}
    since, began = spent(), time.perf_counter()

    def lap(name: str) -> None:
        nonlocal since
        now = spent()
        parts[name] = now - since
        since = now

    space = workspace(str(root), None, None)
    with opening.session(space) as session:
        lap("start")
        changed = reading.changed(session)
        lap("look")
        reading.read(session, changed, Silent())
        lap("read")
        done = pipeline.unchanged(session, day)
        lap("compare")
        if done is None:
            judged = pipeline.judge(session, day, Silent())
            lap("judge")
            done = pipeline.write(session, judged)
            lap("write")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if os.uname().sysname == "Linux" else 1024**2)
    words = ", ".join(f"{name} {seconds:.1f}" for name, seconds in parts.items())
    more = f" ({words}); {len(done.run.findings):,} findings, {done.run.judged_again:,} judged"
    return {"wall": time.perf_counter() - began, "cpu": sum(parts.values()), "peak": peak, "more": more}


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(Path(sys.argv[2]), date.fromisoformat(sys.argv[3]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for line in scale(Path(folder), tuple(int(size) for size in sys.argv[1:]) or SIZES):
            print(line, flush=True)


if __name__ == "__main__":
    main()
