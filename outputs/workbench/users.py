"""Who may sign in to the review page: names and hashed passwords, in a file that only the program's user can read."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from outputs.packing import write_whole

LEAST_LETTERS = 10
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024, "dklen": 32}
"""scrypt with 32 MB: some 0.1 s for us, and dear for whoever tries a stolen file."""


class WrongUser(ValueError):
    """A name or password that cannot be taken; the message (Vietnamese) says why."""


@dataclass(frozen=True, slots=True)
class User:
    """`login` is typed, `name` is written on decisions; `salt` and `key` (hex) are of the password."""

    login: str
    name: str
    salt: str
    key: str


def made(login: str, name: str, password: str) -> User:
    """A user with a new password. Raises `WrongUser`."""
    if not _LOGIN.fullmatch(login):
        raise WrongUser("Tên đăng nhập gồm 2 đến 32 chữ thường không dấu, số, dấu . _ -, ví dụ: a.nguyen")
    if not name.strip() or len(name) > 100 or not name.isprintable():
        raise WrongUser("Họ và tên để ghi trên quyết định không được trống.")
    if len(password) < LEAST_LETTERS:
        raise WrongUser(f"Mật khẩu phải có ít nhất {LEAST_LETTERS} ký tự.")
    salt = secrets.token_bytes(16)
    return User(login, name.strip(), salt.hex(), _hashed(password, salt).hex())


def right(user: User | None, password: str) -> bool:
    """Whether the password is that of the user; takes as long for a user that is not there."""
    salt, key = (bytes.fromhex(user.salt), bytes.fromhex(user.key)) if user else (b"\0" * 16, b"\0" * 32)
    return hmac.compare_digest(_hashed(password, salt), key) and user is not None


def load(path: Path) -> Mapping[str, User]:
    """Users by login; none where there is no file. Raises `WrongUser` where the file cannot be used."""
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_text("utf-8"))
        found = [User(str(row["login"]), str(row["name"]), str(row["salt"]), str(row["key"])) for row in rows]
        for one in found:
            bytes.fromhex(one.salt), bytes.fromhex(one.key)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUser(f"{path}: không đọc được tệp người dùng ({type(error).__name__}).") from error
    return {one.login: one for one in found}


def save(path: Path, users: Mapping[str, User]) -> None:
    """Write the file, for the program's user alone."""
    rows = [{"login": one.login, "name": one.name, "salt": one.salt, "key": one.key} for one in users.values()]
    write_whole(path, json.dumps(rows, ensure_ascii=False, indent=1).encode(), 0o600)


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)
