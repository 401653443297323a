"""Running commands and taking their CPU time and memory from the operating system."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Cheapest of several runs: wall and CPU seconds, peak memory of the largest process in MiB."""

    wall_s: float
    cpu_s: float
    peak_mib: float


RASOAT = (sys.executable, "-m", "flows.cli")


def cost(command: Sequence[str], runs: int = 3) -> Cost:
    """Run a command several times; the cheapest run counts. Raises `RuntimeError` where it fails."""
    return min((_once(command) for _ in range(runs)), key=lambda c: c.cpu_s)


def _once(command: Sequence[str]) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Cost(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
