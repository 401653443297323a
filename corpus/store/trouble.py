"""What a database's refusal means to the officer: which disk, which right, which damage, and what to do."""

from __future__ import annotations

import json
import sqlite3
import traceback
import zlib
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from corpus.store.lock import StoreDamaged, StoreError, busy

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REFUSED = frozenset({
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
})  # fmt: skip
_WAITED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def told(name: str, error: Exception) -> StoreError | None:
    """The error of a store as a `StoreError` (Vietnamese); None where the fault is not the machine's but the call's.

    `name` is the store as the user knows it. Codes: SQLite's result codes, the low byte of the extended ones.
    """
    if isinstance(error, zlib.error) or (isinstance(error, json.JSONDecodeError) and _of_store(error)):
        return damaged(name)
    if not isinstance(error, DBAPIError):
        return None
    if error.connection_invalidated:
        return StoreError(f"{name}: mất kết nối với máy chủ của kho dữ liệu; phần chưa ghi xong được bỏ. Hãy chạy lại.")
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None:
        return None
    match code & 0xFF:
        case one if one in _DAMAGED:
            return damaged(name)
        case sqlite3.SQLITE_FULL:
            return StoreError(f"{name}: ổ đĩa hết chỗ trống; phần chưa ghi xong đã được bỏ. Hãy xóa bớt rồi chạy lại.")
        case sqlite3.SQLITE_IOERR:
            return StoreError(f"{name}: ổ đĩa không đọc hoặc không ghi được (đầy, hoặc hỏng); phần chưa ghi xong "
                              "được bỏ. Hãy kiểm tra ổ đĩa rồi chạy lại.")  # fmt: skip
        case one if one in _REFUSED:
            return StoreError(f"{name}: không có quyền đọc, ghi kho dữ liệu; hãy kiểm tra quyền của thư mục.")
        case one if one in _WAITED:
            return busy(name)
    return None


def _of_store(error: Exception) -> bool:
    """Whether it was a row of the store that could not be decoded, not something that the caller read meanwhile."""
    places = [Path(frame.filename).parent for frame in traceback.extract_tb(error.__traceback__)]
    own = [place for place in places if place != Path(json.__file__).parent]
    return bool(own) and own[-1] == Path(__file__).parent


def damaged(name: str) -> StoreDamaged:
    """The error for a database that is not whole."""
    return StoreDamaged(f"{name}: không mở được kho dữ liệu: tệp bị hỏng, hoặc không phải kho của rasoat.")
