"""A whole store as one SQLite file, and back: what backups are made of, whatever the database behind the program.

A copy is one state of the store, also while another process writes. SQLite is copied through its backup API in one
read transaction; a server's tables are read in one snapshot and become the same tables in SQLite, so that a backup
can be checked and opened anywhere, without the server or its tools.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from corpus.store import door, schema, tables, trouble
from corpus.store.lock import StoreDamaged, StoreError

_MANY = 200

@dataclass(frozen=True, slots=True)
class StoreState:
    """What a copy of a store holds. `audit_hash`: of the last line of the audit, None where there is none, or where
    the store is older than the chain."""

    schema: str
    runs: int
    decisions: int
    records: int
    audit_lines: int
    audit_hash: str | None


def copy_of(store: str | Path, target: Path) -> StoreState:
    """Copy a store into a new file at `target` and look whether the copy is whole.

    Never waits for a writer's lock and never holds a writer up. Raises `StoreDamaged` where the store is not whole,
    `StoreError` where it cannot be read, `FileNotFoundError` where there is none.
    """
    if "://" in str(store):
        _copy_of_server(str(store), target)
    else:
        _copy_of_file(Path(store), target)
    fault = integrity_fault(target)
    if fault is not None:
        raise StoreDamaged(f"{_name(store)}: kho dữ liệu bị hỏng ({fault}).")
    if _is_empty(target):  # whoever made it was killed before it held anything
        raise FileNotFoundError(_name(store))
    return state_of(target)


def integrity_fault(place: Path) -> str | None:
    """What SQLite's own check finds wrong in a store's file, None where it is whole."""
    try:
        with closing(_raw(place)) as raw:
            found = [str(row[0]) for row in raw.execute("PRAGMA integrity_check(3)")]
            broken = raw.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        return str(error)
    if found != ["ok"]:
        return "; ".join(found)
    return None if broken is None else "foreign key"


def state_of(place: Path) -> StoreState:
    """What a store's file holds, whatever its schema. Raises `StoreDamaged` where it is no store."""
    try:
        with closing(_raw(place)) as raw:
            (version,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
            names = {str(row[0]) for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            chain = any(row[1] == "hash" for row in raw.execute("PRAGMA table_info(audit)"))
            last = raw.execute("SELECT hash FROM audit ORDER BY number DESC LIMIT 1").fetchone() if chain else None

            def count(table: str) -> int:
                return int(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) if table in names else 0

            return StoreState(str(version), count("run"), count("decision"), count("office"), count("audit"),
                              str(last[0]) if last else None)  # fmt: skip
    except (sqlite3.Error, TypeError) as error:
        raise trouble.damaged(place.name) from error


def restricted(place: Path) -> frozenset[str]:
    """Paths of the files that carry a stamp of secrecy, as the last run saw them: they go into no backup."""
    with closing(_raw(place)) as raw:
        return frozenset(str(row[0]) for row in raw.execute("SELECT path FROM file WHERE outcome = 'restricted'"))


def _is_empty(place: Path) -> bool:
    with closing(_raw(place)) as raw:
        return raw.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def fill(url: str, source: Path) -> None:
    """Put the rows of a store's file (of the newest schema) into an empty database on a server, in one transaction.

    Raises `StoreError` where the database already holds runs, decisions or records: nothing is ever overwritten there.
    """
    with door.open(url, write=True, wait=60.0) as there, door.open(source) as here:
        into, from_ = there._connection, here._connection
        kept = (tables.run, tables.decision, tables.office, tables.audit)
        if any(into.execute(select(func.count()).select_from(table)).scalar() for table in kept):
            raise StoreError(
                f"{_name(url)}: cơ sở dữ liệu trên máy chủ đã có dữ liệu, không ghi đè; hãy tạo cơ sở dữ liệu mới, ghi "
                "vào mục kho của rasoat.toml rồi phục hồi lại."
            )
        with there.transaction():
            for table in tables.metadata.sorted_tables:
                for rows in _rows_of(from_, table):
                    into.execute(table.insert(), rows)
            for name in _numbered():
                into.execute(text(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'number'), "
                    f"GREATEST((SELECT max(number) FROM {name}), 1), (SELECT max(number) FROM {name}) IS NOT NULL)"
                ))  # fmt: skip


def settle(place: Path) -> None:
    """Bring what lies in a store's write-ahead log into its file, where it can be. Only with the store's lock held."""
    if not place.exists():
        return
    try:
        with closing(_raw(place)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        return  # not whole, or read by others: its log is kept beside it


def _copy_of_file(place: Path, target: Path) -> None:
    if not place.is_file():
        raise FileNotFoundError(place)
    try:
        with closing(_raw(place)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.OperationalError as error:
        raise _unreadable(place, error) from error
    except sqlite3.Error as error:
        raise trouble.damaged(str(place)) from error


def _unreadable(place: Path, error: sqlite3.OperationalError) -> StoreError:
    if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
        return StoreError(f"{place}: ổ đĩa hết chỗ trống khi sao lưu kho dữ liệu.")
    return StoreError(f"{place}: không sao lưu được kho dữ liệu ({error}).")


def _copy_of_server(url: str, target: Path) -> None:
    with _snapshot(url) as server:
        found = schema.version(server)
        if found is None:
            raise FileNotFoundError(_name(url))
        if found != tables.HEAD:
            raise StoreError("Kho dữ liệu do phiên bản khác của rasoat tạo; hãy chạy rasoat review để nâng cấp.")
        with door.open(target, write=True) as made, made.transaction():
            for table in tables.metadata.sorted_tables:
                for rows in _rows_of(server, table):
                    made._connection.execute(table.insert(), rows)
    target.with_name(target.name + ".lock").unlink(missing_ok=True)
    with closing(_raw(target)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _snapshot(url: str) -> Iterator[Connection]:
    """A connection to a server that sees one state of the database, whatever is written meanwhile."""
    engine = door._server(url)
    try:
        with engine.connect() as connection:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection
    except SQLAlchemyError as error:
        raise StoreError(f"{_name(url)}: không đọc được kho dữ liệu trên máy chủ ({type(error).__name__}).") from error
    finally:
        engine.dispose()


def _rows_of(connection: Connection, table: Any) -> Iterator[list[dict[str, Any]]]:
    """All rows of a table in the order of its key, some at a time."""
    if not inspect(connection).has_table(table.name):
        return
    query = select(table).order_by(*table.primary_key.columns)
    result = connection.execute(query, execution_options={"yield_per": _MANY})
    for part in result.mappings().partitions(_MANY):
        yield [dict(row) for row in part]


def _numbered() -> list[str]:
    """Tables whose numbers the database gives."""
    return [table.name for table in tables.metadata.sorted_tables
            if len(table.primary_key.columns) == 1 and table.autoincrement_column is not None
            and table.autoincrement_column.autoincrement is True]  # fmt: skip


def _raw(place: Path) -> sqlite3.Connection:
    return sqlite3.connect(place, timeout=60, isolation_level=None)


def _name(store: str | Path) -> str:
    """A store as a person may see it: an address without its password."""
    return str(store).rsplit("@", 1)[-1]
