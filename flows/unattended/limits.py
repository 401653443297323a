"""A run that hangs is ended; a run whose server died ends too.

Ended from outside of Python: `faulthandler`'s own thread needs no interpreter lock, so code that hangs in C is ended as
well, and where it hung is written down. What was read by then is in the store; the next run goes on from there.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARENT_VARIABLE = "RASOAT_CHA"
"""Set by `rasoat serve` for what it starts: number of the process without which a run may not go on."""


@contextmanager
def ended_after(hours: float, trace: Path) -> Iterator[None]:
    """End this process (exit code 1) where the body takes longer; all threads' places are appended to `trace`."""
    trace.parent.mkdir(parents=True, exist_ok=True)
    with trace.open("ab", buffering=0) as out:
        faulthandler.dump_traceback_later(hours * 3600, exit=True, file=out)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def end_with_parent() -> None:
    """End this process within two seconds of the server's death, where `rasoat serve` started it."""
    wanted = os.environ.get(PARENT_VARIABLE, "")
    if not wanted.isdigit():
        return

    def watch() -> None:
        while alive(int(wanted)):
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="rasoat-cha").start()


def alive(pid: int) -> bool:
    """Whether a process is there and not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def tied(command: list[str]) -> list[str]:
    """`command`, so that it gets SIGTERM when the process that starts it dies (Linux), however that dies."""
    return [sys.executable, "-S", "-E", str(Path(__file__).with_name("tie.py")), str(os.getpid()), *command]
