"""What a terminal is told: words of documents and names of files never steer it."""

from __future__ import annotations

import errno
import re
import sys
from typing import Any, TextIO

_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """`text` with signs that steer a terminal, or turn the direction of reading, shown as "\ufffd"."""
    return _STEERING.sub("\ufffd", text)


def guard_output() -> None:
    """Show standard output plainly where a person reads it; what goes to a file or a program stays as it is."""
    if sys.stdout.isatty() and not isinstance(sys.stdout, _Plain):
        sys.stdout = _Plain(sys.stdout)


class _Plain:
    """A stream that writes plain text; everything else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(plain(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def told(error: Exception) -> str | None:
    """What to tell of an error that no command has told: a store or a run that cannot be used, a disk that refuses.
    None for any other: that one is ours, and its traceback is what helps."""
    opening, lock = sys.modules.get("flows.opening"), sys.modules.get("corpus.store.lock")
    if (opening and isinstance(error, opening.CannotRun)) or (lock and isinstance(error, lock.StoreError)):
        return str(error)
    if isinstance(error, OSError) and error.errno in _DISK and opening:
        place = f" {error.filename}" if error.filename else ""
        return f"Không ghi được{place}: {opening.reason(error)}."
    return None
