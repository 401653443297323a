"""What the tests of torture share: a workspace, jobs that are broken at a point, and what must hold afterwards."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import store
from corpus.store import backup as copies

NOW = "2026-11-24T02:00:00+00:00"
DAY = "2026-11-24"
_EFFORT = re.compile(r'"(?:read|judged)_again": \d+,? ?')
Point = dict[str, float] | None


@dataclass(frozen=True)
class Done:
    """What came of a job. `acknowledged`: (number, exit code) of each call that ended, `out` and `err` as written."""

    signal: int
    events: int
    fails: int
    cpu: float
    acknowledged: list[tuple[int, int]]
    out: str
    err: str
    marker: str

    @property
    def killed(self) -> bool:
        return self.signal != 0


@dataclass
class Zygote:
    """The loaded program; `run` forks it."""

    tmp: Path
    prefix: Sequence[str] = ()
    _process: subprocess.Popen[str] | None = field(default=None)

    def __enter__(self) -> Zygote:
        self._process = subprocess.Popen(
            [*self.prefix, sys.executable, str(Path(__file__).parent / "zygote.py")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, cwd=self.tmp, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait(30)
        self._process.stdout.close()  # type: ignore[union-attr]

    def shell(self, *argv: str) -> int:
        """Run a command where the program runs: in its own mounts, where the zygote has them. Gives its exit code."""
        assert self._process is not None
        print(json.dumps({"shell": argv}), file=self._process.stdin, flush=True)
        return int(json.loads(self._process.stdout.readline())["code"])  # type: ignore[union-attr]

    def seen(self, path: Path) -> Path:
        """A place as the program sees it, under its own mounts."""
        assert self._process is not None
        return Path(f"/proc/{self._process.pid}/root") / path.relative_to("/")

    def run(self, root: Path, *calls: Sequence[str], point: Point = None, now: str = NOW, **more: Any) -> Done:
        """Run commands one after another in one process; `root`: where file operations count."""
        assert self._process is not None
        marker = uuid.uuid4().hex
        out, err = self.tmp / f"{marker}.out", self.tmp / f"{marker}.err"
        scratch = self.tmp / f"{marker}.tmp"
        scratch.mkdir()
        job = {"calls": calls, "point": point, "now": now, "root": str(root), "out": str(out), "err": str(err), **more,
               "env": {"TORTURE_JOB": marker, "TMPDIR": str(scratch)}}  # fmt: skip
        print(json.dumps(job), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())  # type: ignore[union-attr]
        told = out.read_text("utf-8", "replace")
        acknowledged = [
            (int(line.split()[1]), int(line.split()[2])) for line in told.splitlines() if line.startswith("=== ")
        ]
        shutil.rmtree(scratch, ignore_errors=True)
        return Done(answer["signal"], answer.get("events", 0), answer.get("fails", 0), answer.get("cpu", 0.0),
                    acknowledged, told, err.read_text("utf-8", "replace"), marker)  # fmt: skip


def point_of(chance: random.Random, whole: Done) -> dict[str, float]:
    """A point somewhere in a job that undisturbed gave `whole`: before an operation, or in the middle of anything."""
    if chance.random() < 0.6 and whole.events:
        return {"event": chance.randint(1, whole.events)}
    return {"cpu": max(0.001, whole.cpu * chance.random())}


# --- what must hold -------------------------------------------------------------------------------------------


def assert_whole(outputs: Path) -> None:
    """The store is whole and its audit holds; one that was not made yet is whole too."""
    place = outputs / "rasoat.db"
    if not place.exists() or not place.stat().st_size:
        return
    with tempfile.TemporaryDirectory() as folder:  # a copy: looking must not mend what the next run has to
        copy = Path(folder) / "rasoat.db"
        try:
            copies.copy_of(place, copy)
        except FileNotFoundError:  # nothing in it yet
            return
        with store.open(copy, write=True) as opened:
            assert opened.audit_fault() is None


def assert_no_half_file(outputs: Path, whole: dict[str, bytes]) -> None:
    """Each output is there as an undisturbed run writes it, or not at all."""
    for name, data in files(outputs).items():
        assert whole.get(name) == data, f"{name}: not as an undisturbed run writes it"


def assert_nobody_left(done: Done, limit: float = 20.0) -> None:
    """No process that the killed one had started goes on."""
    until = time.monotonic() + limit
    while left := _processes(done.marker):
        assert time.monotonic() < until, f"still running: {left}"
        time.sleep(0.05)


def _processes(marker: str) -> list[str]:
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker.encode() in place.read_bytes():
                found.append((place.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return [line for line in found if line]


def files(outputs: Path) -> dict[str, bytes]:
    """What the officer gets, by name: not the store, not files in the making (hidden), not what tells how much this
    run had to do (`vi-sao.tsv`: after a kill there is less left to read)."""
    return {
        path.relative_to(outputs).as_posix(): path.read_bytes()
        for path in sorted(outputs.rglob("*"))
        if path.is_file() and not path.name.startswith("rasoat.db") and "sao-luu" not in path.parts
        and path.name != "vi-sao.tsv" and not any(part.startswith(".") for part in path.relative_to(outputs).parts)
    }  # fmt: skip


def left_over(outputs: Path) -> list[str]:
    """Hidden files and folders: what a killed process was making."""
    return [str(path) for path in outputs.rglob(".*")]


def rows(outputs: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the store but what differs between two undisturbed runs: the name of a batch, hashes over it."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with closing(sqlite3.connect(outputs / "rasoat.db")) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        for name in names:
            columns = [row[1] for row in raw.execute(f"PRAGMA table_info({name})")]
            chosen = [one for one in columns if one not in ("batch", "hash", "mtime_ns", "number") or name == "run"]
            if name == "audit":
                chosen.remove("detail")
            if name not in ("sqlite_sequence", "alembic_version"):
                listed = ", ".join(f'"{one}"' for one in chosen)
                found[name] = sorted((_told(row) for row in raw.execute(f"SELECT {listed} FROM {name}")), key=repr)
    return found


def _told(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row without how much this run had to do: after a kill there is less left to read and to judge."""
    return tuple(_EFFORT.sub("", one) if isinstance(one, str) else one for one in row)


def make_workspace(folder: Path) -> Path:
    """A small workspace of an invented commune: text, Word and PDF, grounds that end what it stands on."""
    from flows import cli

    assert cli.main(["init", "--samples", "--workspace", str(folder)]) == 0
    corpus = folder / "corpus"
    kept = {"dia-phuong": 4, "trung-uong": 4}
    for side, number in kept.items():
        found = sorted(path for path in (corpus / side).rglob("*") if path.is_file())
        chosen = {path.suffix: path for path in reversed(found)}.values()  # one of each format
        for path in [path for path in found if path not in chosen][number - len(chosen) :]:
            path.unlink()
    return folder


def copy(workspace: Path, to: Path) -> Path:
    """The same workspace elsewhere, with the same times of files."""
    shutil.copytree(workspace, to, copy_function=shutil.copy2)
    return to


def points(share: float) -> range:
    """Numbers of the points of one kind, a share of all: few in the whole suite, 30 and more by `make torture`."""
    return range(max(1, round(int(os.environ.get("TORTURE_POINTS", "3")) * share)))


def seed() -> int:
    return int(os.environ.get("TORTURE_SEED", "20261124"))
