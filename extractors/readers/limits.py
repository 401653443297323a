"""Limits of reading: the time that a reader has, and what the programs may take that readers start.

The programs are LibreOffice, antiword and tesseract.
"""

from __future__ import annotations

import contextlib
import resource
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from corpus.model import Line
from extractors.readers import Reading

HELPER_MEMORY = 4 * 1024 * 1024 * 1024
HELPER_CPU_SECONDS = 180


class Overtime(BaseException):
    """The time for reading a file is up. No `Exception`: libraries that catch all of these must not swallow it."""


@contextlib.contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Raise `Overtime` inside after that time (main thread only); None: no limit.

    Python code and waiting for a program are interrupted, a call into C only when it comes back: the caller's own
    watchdog stands behind this.
    """
    if seconds is None:
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise Overtime

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def cut_short(path: Path, error: BaseException, lines: Sequence[Line]) -> Reading:
    """What was read until time (`Overtime`) or memory (`MemoryError`) ran out."""
    kept = f"; {_KEPT.format(pages=lines[-1].page)}" if lines else ""
    if isinstance(error, MemoryError):
        return Reading(tuple(lines), None, "too_large", f"{path}: {TOO_LARGE}{kept}.")
    return Reading(tuple(lines), None, "timeout", f"{path}: {TIMEOUT}{kept}.")


_KEPT = "phần đã đọc (đến trang {pages}) được giữ lại"
TIMEOUT = "đọc quá lâu nên đã dừng; hãy thử tách tệp hoặc lưu lại dưới dạng khác"
TOO_LARGE = "tệp cần quá nhiều bộ nhớ nên đã dừng; hãy chia nhỏ tệp"


def for_helper() -> None:
    """To be run in the child before the program starts: its own limits, no core file, no alarm of the reader's.

    The reader's own process is limited tighter; a converter needs more address space than memory.
    """
    signal.setitimer(signal.ITIMER_REAL, 0)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = HELPER_MEMORY if hard == resource.RLIM_INFINITY else min(HELPER_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (HELPER_CPU_SECONDS, HELPER_CPU_SECONDS))
