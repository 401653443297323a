"""Limits of reading: the time that a reader has, and what the programs may take that readers start.

The programs are LibreOffice, antiword and tesseract.
"""

from __future__ import annotations

import contextlib
import functools
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from corpus.model import Line
from extractors.readers import Reading

MAX_LETTERS, MAX_LINES = 8_000_000, 150_000
"""Of one file: the longest code has 0.7 million letters, an annex of 1,000 pages 3 million in 60,000 lines."""
CPU_SECONDS_A_MEGABYTE, CPU_SECONDS_A_MEGABYTE_OF_TEXT = 25.0, 0.25
"""What a reader may take of the processor by itself; PDFs of acts take up to 7 s a megabyte, text 0.05, pages of the
web 0.15 (docs/decisions/0019)."""
CPU_SECONDS_TO_UNDERSTAND = 5.0
"""What all that comes after reading may take; 8 million letters of an act take 2 to 4."""
CPU_SECONDS_A_SCAN = 3.0
_AGAIN = 3.0  # seconds after which a reader that has swallowed `Overtime` is told again
HELPER_MEMORY = 1536 * 1024 * 1024
"""Address space of a program: LibreOffice maps 0.5 to 0.7 GB where it keeps 0.2."""
HELPER_FILE = 512 * 1024 * 1024
HELPER_CPU_SECONDS = 180


class Overtime(BaseException):
    """The time for reading a file is up. No `Exception`: libraries that catch all of these must not swallow it."""


class Excess(BaseException):
    """A file wants more than any real one (objects, operators, letters). No `Exception`, as `Overtime`."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended: what it wrote, its status, and whether its time was up."""

    out: bytes
    status: int
    overtime: bool


@contextlib.contextmanager
def within(seconds: float | None, cpu: float | None = None) -> Iterator[None]:
    """Raise `Overtime` inside after `seconds` or `cpu` seconds of this process (main thread only); None: no limit.

    Processor time tells what a file asks for, whatever else the machine does; the clock also counts waiting for a
    program. Python code and waiting are interrupted, a call into C only when it comes back: the caller's own watchdog
    stands behind this.
    """
    if seconds is None:
        yield
        return

    fired = False

    def over(number: int, frame: FrameType | None) -> None:
        nonlocal fired
        fired = True
        raise Overtime

    before = [(one, signal.signal(one, over)) for one in (signal.SIGALRM, signal.SIGPROF)]
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), _AGAIN)
    if cpu is not None:
        signal.setitimer(signal.ITIMER_PROF, max(cpu, 0.001), _AGAIN)
    try:
        yield
    except Exception as error:
        # ctypes makes an error of its own of what is raised while it looks at its arguments.
        if fired:
            raise Overtime from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for one, handler in before:
            signal.signal(one, handler)


def cpu_for(path: Path, packed: bool) -> float:
    """Seconds of the processor that reading a file may take, by its size: few bytes deserve little.

    `packed`: the format inflates (PDF, Office files, pictures).
    """
    size = path.stat().st_size / 1_000_000
    return 4.0 + CPU_SECONDS_A_MEGABYTE * size if packed else 2.0 + CPU_SECONDS_A_MEGABYTE_OF_TEXT * size


def allow(seconds: float) -> None:
    """Lengthen the processor time that runs, if one does: pages to be drawn take more than their bytes tell."""
    left = signal.getitimer(signal.ITIMER_PROF)[0]
    if left > 0:
        signal.setitimer(signal.ITIMER_PROF, left + seconds, _AGAIN)
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (soft + int(seconds) + 1, hard))


def cut_short(path: Path, error: BaseException, lines: Sequence[Line]) -> Reading:
    """What was read until time (`Overtime`), memory (`MemoryError`) or patience (`Excess`) ran out."""
    kept = f"; {_KEPT.format(pages=lines[-1].page)}" if lines else ""
    if isinstance(error, Overtime):
        return Reading(tuple(lines), None, "timeout", f"{path}: {TIMEOUT}{kept}.")
    reason = TOO_MUCH if isinstance(error, Excess) else TOO_LARGE
    return Reading(tuple(lines), None, "too_large", f"{path}: {reason}{kept}.")


def bounded(path: Path, reading: Reading) -> Reading:
    """The reading with no more than `MAX_LETTERS` and `MAX_LINES`: what is beyond is left out, and it says so."""
    letters = 0
    for number, line in enumerate(reading.lines):
        letters += len(line.text) + 1
        if letters > MAX_LETTERS or number >= MAX_LINES:
            return cut_short(path, Excess(), reading.lines[:number])
    return reading


_KEPT = "phần đã đọc (đến trang {pages}) được giữ lại"
TIMEOUT = "đọc quá lâu nên đã dừng; hãy thử tách tệp hoặc lưu lại dưới dạng khác"
TOO_LARGE = "tệp cần quá nhiều bộ nhớ nên đã dừng; hãy chia nhỏ tệp"
TOO_MUCH = "nội dung tệp nhiều bất thường so với một văn bản nên đã dừng; hãy lấy lại bản gốc hoặc in lại ra PDF"


@functools.cache
def offline() -> tuple[str, ...]:
    """What to put before a command so that it has no network at all, () where the system does not let us.

    A network of its own with nothing in it (namespaces(7)); asked once, before a process forks.
    """
    program = shutil.which("unshare")
    if program is None:
        return ()
    command = (program, "--map-root-user", "--net", "--")
    try:
        tried = subprocess.run([*command, "true"], stdin=subprocess.DEVNULL, capture_output=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return ()
    return command if tried.returncode == 0 else ()


def for_helper(cpu: int = HELPER_CPU_SECONDS) -> None:
    """To be run in the child before the program starts: its own limits, no core file, no alarm of the reader's.

    The reader's own process is limited tighter; a converter needs more address space than memory.
    """
    signal.setitimer(signal.ITIMER_REAL, 0)
    for what, most in (
        (resource.RLIMIT_AS, HELPER_MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, HELPER_FILE),
        (resource.RLIMIT_CPU, cpu),
    ):  # fmt: skip
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, hard))


def run(command: Sequence[str], seconds: float, cpu: int, env: Mapping[str, str] | None = None) -> Ran:
    """Run a program and all that it starts, within `seconds` and, for each process, `cpu` seconds of the processor.

    Whatever ends it early (its time, the reader's) ends those that it started too: LibreOffice is a script that
    starts a program that starts another.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env,
        preexec_fn=functools.partial(for_helper, cpu),
    )  # fmt: skip
    try:
        out = process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        return Ran(b"", 1, True)
    finally:
        if process.poll() is None:
            end(process.pid)
            process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # The kernel looks now and then: a process may end a little before its time.
    return Ran(out, process.returncode, spent > cpu * 0.9)


def end(pid: int) -> None:
    """End a process of ours and all that it started, those first."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
    for one in reversed(found):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(one, signal.SIGKILL)
