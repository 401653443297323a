"""One writer at a time for each store."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType


class StoreError(Exception):
    """The store cannot be used; the message is for the officer (Vietnamese)."""


class StoreBusy(StoreError):
    """Another run is writing to the same store."""


class StoreDamaged(StoreError):
    """The database's file is not whole; a backup is what helps."""


def busy(name: str) -> StoreBusy:
    """The error that tells the officer who is in the way."""
    return StoreBusy(
        f"{name}: một lượt chạy khác đang ghi vào kho dữ liệu này; hãy đợi lượt đó xong rồi chạy lại."
    )


class FileLock:
    """An exclusive lock on a file beside the store. The system releases it when the process ends, however it ends."""

    def __init__(self, path: Path, name: str, wait: float) -> None:
        self._path, self._name, self._wait = path, name, wait
        self._handle: int | None = None

    def __enter__(self) -> FileLock:
        """Raises `StoreBusy` where another process holds the lock for longer than `wait` seconds."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        until = time.monotonic() + self._wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if time.monotonic() < until:
                    time.sleep(0.05)
                    continue
                os.close(handle)
                raise busy(self._name) from error
            self._handle = handle
            return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
