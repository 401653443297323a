"""Worker processes with limits on memory and time: a bad file costs itself, never the run.

Text, Markdown and HTML that passed the gate are read where they are asked for: their readers are linear
and their size is bounded, and a process for each would cost more than reading. PDF and Office files are
read by a worker that has the libraries loaded and forks a child for each file (some 5 ms, where a fresh
interpreter costs 500 ms), so that nothing of one file is left for the next.

The worker is this module run as a program; it never imports what the caller has imported (Prefect), and where the
system allows it, it has no network, nor has what it starts. What readers
write for the programs they start lies in a folder of the worker's, emptied after each file and gone with the worker,
however that ends: of a secret paper no copy stays.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import math
import os
import pickle
import resource
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from corpus.model import Document, Known, Outcome
from extractors.intake import Gate, inspect
from extractors.readers.limits import TIMEOUT, TOO_LARGE, offline

KnownFactory = Callable[[], Known]
Message = tuple[str, Any]

_LIGHT = ("text", "markdown", "html")
_LIGHT_BYTES = 1024 * 1024
_TO_COUNT_PAGES = 2.0
_BYTES_A_PAGE = 400  # a page of a real file takes more; one that says it has more pages gets no time for them
_START_SECONDS = 120.0
_TO_UNDERSTAND, _TO_UNDERSTAND_AT_MOST = 0.3, 20.0
_FRAME = struct.Struct("!Q")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds (fixed, and for each page), bytes of address space, bytes of the answer.

    The largest act at hand (526,000 letters) answers with 1.1 MB; an annex of 1,000 pages would with some 8 MB. Ten
    times as much is taken of the caller's memory, where all is small objects.
    """

    seconds: float = 30.0
    seconds_a_page: float = 6.0
    memory: int = 1536 * 1024 * 1024
    output: int = 10 * 1024 * 1024

    def for_reading(self, pages: int) -> float:
        """Seconds after which the reader itself stops: the rest is for understanding what it has read by then."""
        whole = self.seconds + self.seconds_a_page * pages
        return whole - min(whole * _TO_UNDERSTAND, _TO_UNDERSTAND_AT_MOST)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a file took: seconds by the clock; of the processor, and peak bytes of memory, where they are known."""

    seconds: float
    cpu: float | None = None
    memory: int | None = None


Observe = Callable[[str, Spent], None]


def extract_many(
    paths: Sequence[str | Path], known: KnownFactory, *, jobs: int = 1, limits: Limits | None = None,
    observe: Observe | None = None,
) -> Iterator[Document]:  # fmt: skip
    """Documents of the files, in the order given, one for each; no file can stop the others.

    `known` is called in the process that reads (it must survive pickling: a function of a module, or an
    instance with `__call__`). With more than one job every file is read by a worker, else only PDF and
    Office files are. Outcomes added here: `timeout`, `crashed`, `too_large` (memory, or the answer).
    `observe` is told what each file took that a worker read (by the thread that waited for it).
    """
    limits = limits or Limits()
    if jobs <= 1 or len(paths) <= 1:
        yield from _one_by_one(paths, known, limits, observe)
        return
    with contextlib.ExitStack() as stack:
        idle: SimpleQueue[_Worker] = SimpleQueue()
        for _ in range(jobs):
            idle.put(stack.enter_context(contextlib.closing(_Worker(known, limits, observe))))
        pool = stack.enter_context(ThreadPoolExecutor(jobs))
        waiting: deque[Future[Document]] = deque()
        stack.callback(lambda: [future.cancel() for future in waiting])

        def read(path: str) -> Document:
            worker = idle.get()
            try:
                return worker.read(path)
            finally:
                idle.put(worker)

        for path in paths:
            waiting.append(pool.submit(read, str(path)))
            if len(waiting) >= jobs * 8:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def extract_safely(path: str | Path, known: KnownFactory, limits: Limits | None = None) -> Document:
    """One file, read as `extract_many` reads it."""
    return next(extract_many([path], known, limits=limits))


def _one_by_one(
    paths: Sequence[str | Path], known: KnownFactory, limits: Limits, observe: Observe | None
) -> Iterator[Document]:
    """In this process what is light, the rest by one worker, started when the first such file comes."""
    ours: Known | None = None
    with contextlib.closing(_Worker(known, limits, observe)) as worker:
        for path in map(str, paths):
            gate = inspect(Path(path))
            if _is_light(path, gate):
                if ours is None:
                    ours = known()
                yield _guarded(path, ours, gate)
            else:
                yield worker.read(path)


def _is_light(path: str, gate: Gate) -> bool:
    """Whether the file may be read in the calling process: refused by the gate, or plain text of bounded size."""
    return gate.outcome != "ok" or (gate.format in _LIGHT and os.path.getsize(path) <= _LIGHT_BYTES)


def _guarded(path: str, known: Known, gate: Gate, seconds: float | None = None) -> Document:
    """`extract`, with whatever it raises charged to the file (and told in the log, with its place in the code)."""
    from extractors import extract

    try:
        return extract(path, known, seconds, gate)
    except MemoryError:
        return _failed(path, "too_large")
    except Exception:  # noqa: BLE001 - the boundary: told in the log, charged to the file
        _LOG.exception("reading %s", path)
        return _failed(path, "crashed")


_REASONS: dict[Outcome, str] = {
    "timeout": TIMEOUT,
    "crashed": "trình đọc bị lỗi với tệp này; các tệp khác không bị ảnh hưởng, hãy mở và lưu lại tệp rồi thử lại",
    "too_large": TOO_LARGE,
}


def _failed(path: str, outcome: Outcome) -> Document:
    return Document(path, outcome, f"{path}: {_REASONS[outcome]}.")


# --- the caller's side ------------------------------------------------------------------------------


class _Worker:
    """A worker process, started when first needed and again after a file has taken it down."""

    def __init__(self, known: KnownFactory, limits: Limits, observe: Observe | None = None) -> None:
        self._known = known
        self._limits = limits
        self._observe = observe
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: str | None = None

    def read(self, path: str) -> Document:
        """Have one file read; the file pays for a time-out or a death."""
        started = time.monotonic()
        document, cpu, memory = self._read(path)
        if self._observe is not None:
            self._observe(path, Spent(time.monotonic() - started, cpu, memory))
        return document

    def _read(self, path: str) -> tuple[Document, float | None, int | None]:
        spent: tuple[float | None, int | None] = (None, None)
        most = self._limits.output
        try:
            process = self._started()
            _send(process.stdin.fileno(), ("read", path))  # type: ignore[union-attr]
            deadline = time.monotonic() + _START_SECONDS
            while True:
                kind, value = _receive(process.stdout.fileno(), deadline, most)  # type: ignore[union-attr]
                if kind == "begun":
                    deadline = time.monotonic() + self._limits.seconds
                elif kind == "pages":
                    deadline += self._limits.seconds_a_page * value
                elif kind == "spent":
                    spent = value
                else:
                    document: Document = pickle.loads(value)
                    return document, *spent
        except TimeoutError:
            self.close()
            return _failed(path, "timeout"), *spent
        except (EOFError, OSError, pickle.UnpicklingError, OverflowError):
            self.close()
            return _failed(path, "crashed"), *spent

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._folder = tempfile.mkdtemp(prefix="rasoat-")
            search = os.pathsep.join([str(Path(__file__).resolve().parents[1]), *filter(None, sys.path)])
            self._process = subprocess.Popen(
                [*offline(), sys.executable, "-m", "extractors.sandbox"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                bufsize=0, start_new_session=True, env={**os.environ, "PYTHONPATH": search, "TMPDIR": self._folder},
            )  # fmt: skip
            _send(self._process.stdin.fileno(), ("start", (self._known, self._limits)))  # type: ignore[union-attr]
            # Starting takes its own time on a busy machine, as loading a reader does; no file is charged for it.
            _receive(self._process.stdout.fileno(), time.monotonic() + _START_SECONDS)  # type: ignore[union-attr]
        return self._process

    def close(self) -> None:
        """End the worker and everything that it started."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
        folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _send(descriptor: int, message: Message) -> None:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    view = memoryview(_FRAME.pack(len(body)) + body)
    while view:
        view = view[os.write(descriptor, view) :]


def _receive(descriptor: int, deadline: float | None, most: int | None = None) -> Message:
    """The next message; `TimeoutError` after the deadline (monotonic), `EOFError` where the other side ended.

    `OverflowError` for one of more than `most` bytes.
    """
    (length,) = _FRAME.unpack(_take(descriptor, _FRAME.size, deadline))
    if most is not None and length > most:
        raise OverflowError(length)
    message: Message = pickle.loads(_take(descriptor, length, deadline))
    return message


def _take(descriptor: int, size: int, deadline: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise TimeoutError
        piece = os.read(descriptor, min(size - len(parts), 1 << 20))
        if not piece:
            raise EOFError
        parts += piece
    return bytes(parts)


# --- the worker's side ------------------------------------------------------------------------------


def serve() -> None:
    """Read paths from standard input until it ends; answer on what was standard output.

    A library that prints goes to standard error, so that it cannot break the frames.
    """
    answers = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, (known_factory, limits) = _receive(0, None)
    known: Known | None = None
    _send(answers, ("ready", None))
    while True:
        try:
            _, path = _receive(0, None)
        except EOFError:
            return
        gate = inspect(Path(path))
        if _is_light(path, gate):
            if known is None:
                known = known_factory()
            _send(answers, ("begun", None))
            _send(answers, ("done", _packed(_guarded(path, known, gate))))
        else:
            _in_child(path, gate, known_factory, limits, answers)


def _in_child(path: str, gate: Gate, known_factory: KnownFactory, limits: Limits, answers: int) -> None:
    """Fork, let the child read, pass its messages on; a child that dies without its last message has crashed."""
    _load_libraries(gate, known_factory)
    _send(answers, ("begun", None))
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _child(path, gate, known_factory, limits, theirs)
    os.close(theirs)
    document: bytes | None = None  # as the child packed it: who asked unpacks it
    with contextlib.suppress(EOFError, pickle.UnpicklingError, OverflowError):
        while True:
            message = _receive(ours, None, limits.output)
            if message[0] == "done":
                document = message[1]
                break
            _send(answers, message)
    os.close(ours)
    _, status, usage = os.wait4(child, 0)
    peak = usage.ru_maxrss * 1024
    _send(answers, ("spent", (usage.ru_utime + usage.ru_stime, peak)))
    _send(answers, ("done", document or _packed(_failed(path, _cause_of_death(status, peak, limits)))))
    _empty(tempfile.gettempdir())


def _cause_of_death(status: int, peak: int, limits: Limits) -> Outcome:
    """Why a child ended without an answer: the processor time was up, or a library in C gave up for want of memory."""
    signalled = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if signalled in (signal.SIGXCPU, signal.SIGKILL):
        return "timeout"
    # pdfium ends its process with a trap where memory is refused, by which time most of it is taken.
    return "too_large" if signalled and peak > limits.memory // 3 else "crashed"


def _empty(folder: str) -> None:
    """Take away what a reader's programs left (only in a folder of the worker's own)."""
    if os.path.basename(folder).startswith("rasoat-"):
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                os.unlink(entry.path)


def _child(path: str, gate: Gate, known_factory: KnownFactory, limits: Limits, answers: int) -> None:
    """Read one file under limits and end this process, whatever happens."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        from extractors import readers
        from extractors.readers.limits import CPU_SECONDS_TO_UNDERSTAND, Overtime, cpu_for, within

        pages, size = 0, os.path.getsize(path)
        # Behind the reader's own clock stands this one: it also ends what runs in C, and the understanding.
        cpu = cpu_for(Path(path), readers.is_packed(gate.format)) + CPU_SECONDS_TO_UNDERSTAND
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(cpu), resource.getrlimit(resource.RLIMIT_CPU)[1]))
        # How many pages: only to give a long file its time.
        with contextlib.suppress(Exception, Overtime), within(_TO_COUNT_PAGES, _TO_COUNT_PAGES):
            pages = readers.pages(Path(path), gate.format)
        pages = min(pages, 1 + size // _BYTES_A_PAGE)
        _send(answers, ("pages", pages))
        document = _guarded(path, known_factory(), gate, limits.for_reading(pages))
        _answer(answers, document, limits)
        status = 0
    except MemoryError:
        _send(answers, ("done", _packed(_failed(path, "too_large"))))
    except Exception:  # noqa: BLE001 - the same boundary, around what the caller handed in
        _LOG.exception("reading %s", path)
    finally:
        os._exit(status)


def _answer(answers: int, document: Document, limits: Limits) -> None:
    """Send a document, unless the answer is larger than any real one: the caller's memory is bounded too."""
    packed = _packed(document)
    if len(packed) >= limits.output - 1024:
        packed = _packed(_failed(document.path, "too_large"))
    _send(answers, ("done", packed))


def _packed(document: Document) -> bytes:
    return pickle.dumps(document, protocol=pickle.HIGHEST_PROTOCOL)


_loaded: set[str] = set()


def _load_libraries(gate: Gate, known_factory: KnownFactory) -> None:
    """Import before the fork what the file's reader needs, so that the next child finds it loaded."""
    from extractors import load, readers

    format = gate.format
    if not _loaded:
        load()
        with contextlib.suppress(Exception):  # the child calls it for itself, and tells what is wrong
            load(known_factory())
    if format not in _loaded:
        _loaded.add(format)
        with contextlib.suppress(ImportError):
            readers.load(format)
        gc.freeze()  # what is loaded stays: no child looks through it for garbage, and copies its pages by that


if __name__ == "__main__":
    serve()
