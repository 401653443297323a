"""Many nights, one after another: memory, open files and decisions stay what they should be."""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.generate import World
from corpus import store
from corpus.model import Decision
from flows import opening, pipeline, reading
from flows.progress import Silent
from flows.settings import Settings, Workspace

DAY = date(2026, 11, 24)
DOCUMENTS, NIGHTS = 300, 20
GROWTH_MIB = 1.0
"""Most memory that a night may leave behind, in MiB for 1,000 documents, once the first have filled the caches."""


def soak(folder: Path, documents: int = DOCUMENTS, nights: int = NIGHTS, apart: bool = False) -> Iterator[str]:
    """Nights with random changes and decisions, in this process, or each in a process of its own (`apart`)."""
    world = World(documents, articles=3)
    space = Workspace(folder / "corpus", folder / "outputs", Settings(workers=1))
    world.write(space.corpus)
    dice, decided = random.Random(documents), dict[str, str]()
    memory: list[float] = []
    files: list[int] = []
    for night in range(nights):
        day = DAY + timedelta(days=night)
        if night:
            change(world, space, dice, night)
        if apart:
            told = subprocess.run([sys.executable, "-m", "bench.soak", "--night", str(folder), day.isoformat()],
                                  check=True, capture_output=True, text=True)  # fmt: skip
            memory.append(float(told.stdout.split()[-1]))
        else:
            one_night(space, day)
            gc.collect()
            memory.append(_resident())
            files.append(len(os.listdir("/proc/self/fd")))
        decided |= decide(space, dice, night)
        kept = _decisions(space)
        lost = [finding for finding, said in decided.items() if kept.get(finding) != said]
        assert not lost, f"night {night}: {len(lost)} decisions lost"
    settled = memory[nights // 4 :]
    growth = (_slope(settled)) / documents * 1000
    yield (f"soak: {documents:,} documents, {nights} nights{' in processes of their own' if apart else ''}: memory "
           f"{settled[0]:.0f} → {settled[-1]:.0f} MiB, {growth:+.2f} MiB a night for 1,000 documents (goal ≤ "
           f"{GROWTH_MIB:.0f}); {len(decided)} decisions, none lost")  # fmt: skip
    if files:
        yield f"soak: open files {files[nights // 4]} → {files[-1]} (goal: no more)"


def one_night(space: Workspace, day: date) -> None:
    """What a night does, without Prefect."""
    with opening.session(space) as session:
        reading.read(session, reading.changed(session), Silent())
        if pipeline.unchanged(session, day, later_too=True) is None:
            pipeline.write(session, pipeline.judge(session, day, Silent()))


def change(world: World, space: Workspace, dice: random.Random, night: int) -> None:
    """Some documents are altered, one goes, another comes back; now and then a decree."""
    few = max(1, world.documents // 200)
    world.write(space.corpus, dice.sample(range(world.documents), few), version=night)
    (space.corpus / world.path(dice.randrange(world.documents))).unlink(missing_ok=True)
    if night % 5 == 0:
        place = space.corpus / "trung-uong" / "moi" / f"nd-{night}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(world.decree(night, 3), "utf-8")


def decide(space: Workspace, dice: random.Random, night: int) -> dict[str, str]:
    """Some decisions on findings that stand; the note of each by the finding's id."""
    with store.open(opening.store_place(space), write=True) as opened:
        standing = opened.standing()
        chosen = dice.sample(list(standing), min(5, len(standing)))
        at = datetime.now(UTC).isoformat(timespec="seconds")
        like = Decision(finding="", verdict="dong_y", proposal=None, reason=None, note=None, by="can-bo", at=at)
        made = {one.id: f"đêm {night}, {number}" for number, one in enumerate(chosen)}
        opened.save_decisions(replace(like, finding=finding, note=said) for finding, said in made.items())
    return made


def _decisions(space: Workspace) -> dict[str, str | None]:
    with store.open(opening.store_place(space)) as opened:
        return {finding: decision.note for finding, decision in opened.decisions().items()}


def _resident() -> float:
    """Memory of this process now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def _slope(values: list[float]) -> float:
    """How much each value is above the one before it, by least squares."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    above = sum((i - middle) * (value - mean) for i, value in enumerate(values))
    return above / sum((i - middle) ** 2 for i in range(len(values)))


def main() -> None:
    if sys.argv[1:2] == ["--night"]:
        import resource

        root = Path(sys.argv[2])
        one_night(Workspace(root / "corpus", root / "outputs", Settings(workers=1)), date.fromisoformat(sys.argv[3]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    documents, nights = (int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS), NIGHTS
    for apart in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            for line in soak(Path(folder), documents, nights, apart):
                print(line, flush=True)


if __name__ == "__main__":
    main()
