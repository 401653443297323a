"""Programs that `rasoat serve` keeps running: started again after a crash, ended with it however it ends."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flows.unattended.limits import tied

_WAITS = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds before a program is started again: after the first crash, the second …"""
_STEADY_S, _ASK_S, _DEAF = 120.0, 30.0, 4


@dataclass(slots=True)
class Child:
    """One program. `answers`: address that must answer while it is well, None where it has none.

    `start_s`: how long it may take before it answers.
    """

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]
    answers: str | None = None
    start_s: float = 600.0
    failures: int = 0
    process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _again: float = 0.0
    _asked: float = 0.0
    _deaf: int = 0
    _well: bool = field(default=False)

    def start(self) -> None:
        """Start it; call from the main thread (the system ties a child to the thread that made it)."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                tied(self.command), env=dict(self.environment), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self._started, self._well, self._deaf = time.monotonic(), False, 0

    @property
    def well(self) -> bool:
        """Whether it runs and, where it has an address, answered."""
        return self.process is not None and self.process.poll() is None and (self._well or self.answers is None)

    def look(self) -> None:
        """Start it again where it has ended or no longer answers."""
        moment = time.monotonic()
        if self.process is None:
            if moment >= self._again:
                self.start()
            return
        code = self.process.poll()
        if code is not None:
            if moment - self._started > _STEADY_S:
                self.failures = 0
            wait = _WAITS[min(self.failures, len(_WAITS) - 1)]
            self.failures += 1
            self.say(f"{self.name} đã dừng (mã {code}); khởi động lại sau {wait:.0f} giây. Chi tiết: {self.log.name}")
            self.process, self._again = None, moment + wait
        elif self.answers is not None and moment - self._asked >= (_ASK_S if self._well else 1.0):
            self._asked = moment
            self._listen(moment)

    def _listen(self, moment: float) -> None:
        if answers(self.answers or ""):
            self._well, self._deaf = True, 0
            return
        self._deaf += 1
        late = moment - self._started > self.start_s
        if (self._well and self._deaf >= _DEAF) or (not self._well and late):
            self.say(f"{self.name} không trả lời; khởi động lại")
            self.stop(5.0)

    def stop(self, patience: float = 15.0) -> None:
        """End it and all that it started, first politely."""
        process = self.process
        if process is None:
            return
        for sign, wait in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
            send(process, sign)
            try:
                process.wait(wait)
                break
            except subprocess.TimeoutExpired:
                continue
        # What it started and left behind (a run in its own process) must not outlive it.
        send(process, signal.SIGKILL, group=True)
        if process.poll() is None:
            process.wait(5.0)


def send(process: subprocess.Popen[bytes], sign: signal.Signals, group: bool = False) -> None:
    """Send a signal to a program, or to all of its group; one that is gone is left alone."""
    try:
        (os.killpg if group else os.kill)(process.pid, sign)
    except (ProcessLookupError, PermissionError):
        return


def answers(url: str, wait: float = 3.0) -> bool:
    """Whether an address of this machine answers at all."""
    # Our own page on this machine: its certificate may be one that only the office's browsers know.
    handlers = (urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=_own_machine()))
    try:
        with urllib.request.build_opener(*handlers).open(url, timeout=wait) as answer:
            return bool(answer.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (urllib.error.URLError, OSError):
        return False


def _own_machine() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
