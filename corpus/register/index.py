"""The register's CSV files as one small SQLite file, so that a look-up starts at once.

The index is a cache: it carries the hash of the CSV files and of its own layout, and is rebuilt when either
changes. It lies beside the CSV files (`.index/`), or in the user's cache folder where that one cannot be
written, or in memory where neither can.
"""

from __future__ import annotations

import csv
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus import symbols
from corpus.register.rows import COLUMNS
from corpus.text import fold

HERE = Path(__file__).parent
LAYOUT = "1"  # goes up when the tables below, `symbols.key` or `fold` change

# The columns by which each table is looked up, beside the columns of its CSV file.
_KEYS = {"documents": ("key",), "effects": ("key", "by_key"), "names": ("key",), "institutional_changes": ()}


def open_index(folder: Path = HERE) -> sqlite3.Connection:
    """The index of the CSV files in `folder`, read-only; built first where it is missing or stale."""
    digest = fingerprint(folder)
    places = _places(folder, digest)
    for place in places:
        connection = _open(place, digest)
        if connection is not None:
            return connection
    for place in places:
        try:
            build(folder, place)
        except (OSError, sqlite3.OperationalError):
            continue  # a folder that cannot be written: the next place, at last memory
        connection = _open(place, digest)
        if connection is not None:
            return connection
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(memory, folder)
    return memory


def build(folder: Path = HERE, place: Path | None = None) -> Path:
    """Write the index and give its path. Safe beside readers and other builders: the file is replaced whole.

    Raises `OSError` (or `sqlite3.OperationalError`) where the place cannot be written.
    """
    place = place or folder / ".index" / "register.sqlite"
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix="building-", suffix=".sqlite")
    os.close(handle)
    try:
        connection = sqlite3.connect(name)
        try:
            _fill(connection, folder)
        finally:
            connection.close()
        os.chmod(name, 0o644)
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return place


def fingerprint(folder: Path) -> str:
    """Hash of the CSV files and of the index's layout (about 5 ms for the shipped files; taken once while they stay).

    A file is the same while its number, size and time of change are: a child of a process that has the hash has it too.
    """
    seen = tuple(_seen(folder / f"{table}.csv") for table in COLUMNS)
    kept = _FINGERPRINTS.get(folder)
    if kept is None or kept[0] != seen:
        kept = _FINGERPRINTS[folder] = (seen, _hashed(folder))
    return kept[1]


_FINGERPRINTS: dict[Path, tuple[tuple[object, ...], str]] = {}


def _seen(path: Path) -> object:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _hashed(folder: Path) -> str:
    digest = hashlib.sha256(LAYOUT.encode())
    for table in COLUMNS:
        digest.update(table.encode() + b"\0")
        path = folder / f"{table}.csv"
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _places(folder: Path, digest: str) -> tuple[Path, Path]:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return folder / ".index" / "register.sqlite", cache / "rasoat" / f"register-{digest[:16]}.sqlite"


def _open(place: Path, digest: str) -> sqlite3.Connection | None:
    if not place.is_file():
        return None
    uri = place.absolute().as_uri() + "?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'fingerprint'").fetchone()
    except sqlite3.DatabaseError:
        row = None  # not an index, or a broken one: it is built again
    if row is not None and row[0] == digest:
        return connection
    connection.close()
    return None


def _fill(connection: sqlite3.Connection, folder: Path) -> None:
    digest = fingerprint(folder)
    with connection:
        connection.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('fingerprint', ?)", (digest,))
        for table, columns in COLUMNS.items():
            names = _KEYS[table] + columns
            quoted = ", ".join(f'"{name}" TEXT' for name in names)
            connection.execute(f"CREATE TABLE {table} ({quoted})")
            marks = ", ".join("?" * len(names))
            rows = (keys_of(table, row) + tuple(row[c] for c in columns) for row in read_csv(folder, table))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            for key in _KEYS[table]:
                connection.execute(f"CREATE INDEX {table}_{key} ON {table} ({key})")
    connection.execute("VACUUM")


def read_csv(folder: Path, table: str) -> Iterator[dict[str, str]]:
    """Rows of a CSV file of the register (none where the file is missing); missing columns are empty."""
    path = folder / f"{table}.csv"
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield {column: (row.get(column) or "").strip() for column in COLUMNS[table]}


def keys_of(table: str, row: dict[str, str]) -> tuple[str, ...]:
    """What a row is looked up by: the key of its symbol, or its folded name."""
    if table == "documents":
        return (symbols.key(row["symbol"]),)
    if table == "effects":
        return (symbols.key(row["affected_symbol"]), symbols.key(row["by_symbol"].removeprefix("external:")))
    if table == "names":
        return (fold(row["name"]),)
    return ()


def select(
    connection: sqlite3.Connection, table: str, key: str | None = None, by: str = "key"
) -> Iterable[dict[str, str]]:
    """Rows of a table, all or those whose column `by` is `key`, in the order of the CSV file."""
    columns = COLUMNS[table]
    quoted = ", ".join(f'"{column}"' for column in columns)
    query = f"SELECT {quoted} FROM {table}"
    found = (
        connection.execute(f"{query} ORDER BY rowid")
        if key is None
        else connection.execute(f"{query} WHERE {by} = ? ORDER BY rowid", (key,))
    )
    return (dict(zip(columns, row, strict=True)) for row in found)
