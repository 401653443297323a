"""A process that has the whole program loaded and forks a child for each job, which it lets run or breaks at a point.

Started by `harness.Zygote`; speaks JSON lines on standard input and output. A job is

    {"calls": [[argv…]…], "now": ISO moment, "env": {…}, "root", "out", "err": paths,
     "point": null | {"event": n} | {"fail": n} | {"cpu": s}}

or {"shell": [argv…]}, which runs in the mounts of this process. A child runs its calls one after another and writes
"=== n code" to `out` after each: what is written there was acknowledged. `event` n: SIGKILL before the n-th file
operation or SQL statement; `fail` n: the disk is full from the n-th file operation on; `cpu` s: ended after s seconds
of processor time, in the middle of whatever it is. The answer is {"signal", "events", "fails", "cpu"}, the last three
only of a child that was not killed.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import pkgutil
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "shutil.move")
_PACKAGES = ("corpus", "extractors", "rules", "outputs", "flows")


class Points:
    """Counts what may be broken, and breaks it."""

    def __init__(self, root: str, point: dict[str, float] | None) -> None:
        self._root, self._point = root, point or {}
        self.events = self.fails = 0
        self._on = True

    def event(self, fails: bool) -> None:
        """One operation that is about to happen; `fails`: one that a full disk refuses."""
        if not self._on:
            return
        self.events += 1
        self.fails += fails
        if self.events == self._point.get("event"):
            os.kill(os.getpid(), signal.SIGKILL)
        if fails and self.fails >= self._point.get("fail", float("inf")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def stop(self) -> None:
        self._on = False

    def hook(self, name: str, arguments: tuple[Any, ...]) -> None:
        """For `sys.addaudithook`: file operations below the root."""
        if name == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITES and self._ours(path):
                self.event(fails=True)
        elif name in _CHANGES and self._ours(arguments[0]):
            self.event(fails=name in ("os.mkdir", "os.link", "os.rename"))

    def _ours(self, path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(self._root)


def load() -> None:
    """Import everything that a command may need and compute what is computed once."""
    for name in _PACKAGES:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            heavy = "prefect" in found.name or found.name.startswith(("flows.nightly", "flows.decree", "flows.annual",
                    "flows.maintenance", "flows.artifacts", "flows.unattended", "flows.sources"))  # fmt: skip
            if not heavy and "migrations" not in found.name and not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    from flows import versions
    from rules import catalogue

    versions.reader_version(), versions.judging_version()
    assert catalogue.RULES


def set_clock(moment: str) -> None:
    """Let every module of the program read this moment, whatever the machine's clock says."""
    at = datetime.fromisoformat(moment)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return at.astimezone(tz) if tz else at.replace(tzinfo=None)

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _PACKAGES and getattr(module, "datetime", None) is datetime:
            module.datetime = Clock  # type: ignore[attr-defined]


def child(job: dict[str, Any], tell: int) -> None:
    """Run one job in this process and end it."""
    os.setsid()
    os.environ.update(job["env"])
    if job.get("file_size"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["file_size"], job["file_size"]))
    for name, target in (("out", 1), ("err", 2)):
        handle = os.open(job[name], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(handle, target)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False, buffering=1)
    points = Points(job["root"], job["point"])
    set_clock(job["now"])
    if job.get("patience") is not None:
        from corpus.store import door

        door._READER_WAIT_S = job["patience"]
    _watch_database(points)
    sync = os.fsync

    def counted(handle: int) -> None:
        points.event(fails=True)
        sync(handle)

    os.fsync = counted
    sys.addaudithook(points.hook)
    cpu = (job["point"] or {}).get("cpu")
    if cpu:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends the process where it stands, as SIGKILL does
        signal.setitimer(signal.ITIMER_PROF, cpu)
    before, code = resource.getrusage(resource.RUSAGE_SELF), 0
    for number, argv in enumerate(job["calls"]):
        code = _call(argv)
        sys.stdout.flush()
        print(f"=== {number} {code}", flush=True)
    points.stop()
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    os.write(tell, json.dumps({"events": points.events, "fails": points.fails, "cpu": spent, "last": code}).encode())


def _call(argv: list[str]) -> int:
    from flows import cli

    try:
        return cli.main(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    except BaseException:  # noqa: BLE001 - what the interpreter would do: a traceback, code 1
        import traceback

        traceback.print_exc()
        return 70


def _watch_database(points: Points) -> None:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def before(*_: object) -> None:
        points.event(fails=False)

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "commit", before)


def serve() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    load()
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        if "shell" in job:
            done = subprocess.run(job["shell"], stdout=subprocess.DEVNULL, check=False)
            print(json.dumps({"code": done.returncode}), file=answers, flush=True)
            continue
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(told)
            _guarded(lambda: child(job, tell))  # noqa: B023 - runs at once
        os.close(tell)
        with os.fdopen(told, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(pid, 0)
        answer = json.loads(said) if said else {}
        answer["signal"] = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        print(json.dumps(answer), file=answers, flush=True)


def _guarded(work: Callable[[], None]) -> None:
    code = 71
    try:
        work()
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve()
