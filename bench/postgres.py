"""A PostgreSQL of its own for a bench or a test: a temporary cluster on a socket, started and ended here."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql")
_USERS = ("postgres", "nobody")
"""Who runs the server when we are root, which PostgreSQL refuses."""


class NoPostgres(RuntimeError):
    """There is no PostgreSQL to be had here; the message says what is missing."""


def missing() -> str | None:
    """What a temporary PostgreSQL lacks on this machine, None where it can be started."""
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg is not installed (pip install 'psycopg[binary]')"
    if _binaries() is None:
        return "PostgreSQL's initdb is not installed (Debian: postgresql)"
    if os.geteuid() == 0 and _unprivileged() is None:
        return "PostgreSQL does not run as root and no other user is there to run it"
    return None


@contextmanager
def cluster() -> Iterator[str]:
    """SQLAlchemy's address of an empty database; all of it is gone after the `with`. Raises `NoPostgres`."""
    lacking = missing()
    bin_ = _binaries()
    if lacking is not None or bin_ is None:
        raise NoPostgres(lacking or "PostgreSQL is not installed")
    user = _unprivileged() if os.geteuid() == 0 else None
    # Sockets have short names: a folder directly below the system's temporary one.
    base = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if user is not None:
            shutil.chown(base, user)
        _run([bin_ / "initdb", "-D", base / "data", "-U", "rasoat", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
             base, user)  # fmt: skip
        settings = f"-c listen_addresses= -c unix_socket_directories={base} -c fsync=off -c max_connections=20"
        server = [bin_ / "pg_ctl", "-D", base / "data", "-w", "-l", base / "log"]
        _run([*server, "-o", settings, "start"], base, user)
        try:
            yield f"postgresql+psycopg://rasoat@/postgres?host={base}"
        finally:
            _run([*server, "-m", "immediate", "stop"], base, user)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _run(command: list[str | Path], folder: Path, user: str | None) -> None:
    # The server inherits standard output: a pipe would keep us waiting for its end.
    with (folder / "messages").open("ab") as log:
        done = subprocess.run([str(part) for part in command], cwd=folder, user=user, extra_groups=[] if user else None,
                              stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)  # fmt: skip
    if done.returncode:
        said = (folder / "messages").read_text("utf-8", errors="replace")[-500:]
        raise NoPostgres(f"{Path(str(command[0])).name} ended with {done.returncode}: {said}")


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    versions = [path.parent for place in _PLACES for path in Path(place).glob("**/bin/initdb")]
    return max(versions, key=lambda path: [int(part) for part in path.parts if part.isdigit()], default=None)


def _unprivileged() -> str | None:
    for name in _USERS:
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None
