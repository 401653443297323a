"""`open` and `Store`: every query that the program asks of its database."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from corpus.links import Role
from corpus.model import Document, Finding, Run
from corpus.store import blobs, schema, tables, trouble, values
from corpus.store.judged import JudgedDoor
from corpus.store.law import LawDoor
from corpus.store.lock import FileLock, StoreError, busy
from corpus.store.office import OfficeDoor
from corpus.store.values import FileRow, RunRow, StoredFinding

_READER_WAIT_S = 60
_ADVISORY_LOCK = 7_720_250_701  # one number for the writers of one PostgreSQL database


@contextmanager
def open(path_or_url: str | Path, write: bool = False, wait: float = 0.0) -> Iterator[Store]:
    """Open a store; close it at the end of the `with`.

    Writing takes the store's lock (`StoreBusy` after `wait` seconds: 0 for a run, a minute or more for a command that
    only keeps what it read), makes the folder and the database where they are missing and migrates the schema. Reading
    never waits for a writer; a store that is not there yet reads as an empty one. Raises `StoreError` where the
    database cannot be opened.
    """
    url = str(path_or_url)
    with ExitStack() as stack:
        if "://" in url:
            name, engine = url.rsplit("@", 1)[-1], _server(url)
        else:
            place = Path(url)
            name = url
            if write:
                place.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(FileLock(place.with_name(place.name + ".lock"), name, wait))
                _make_private(place)
            engine = _sqlite(place if write or place.exists() else None, write)
        stack.callback(engine.dispose)
        try:
            connection = stack.enter_context(engine.connect())
            if write and engine.dialect.name == "postgresql":
                _advisory_lock(connection, name, wait)
            if write or schema.version(connection) is not None:
                _migrate(connection, write)
            else:
                if "://" in url or Path(url).exists():  # a reader makes no tables
                    engine = _sqlite(None)
                    stack.callback(engine.dispose)
                    connection = stack.enter_context(engine.connect())
                tables.metadata.create_all(connection)  # nothing there yet: an empty store in memory
                connection.commit()
        except SQLAlchemyError as error:
            said = trouble.told(name, error)
            raise said or StoreError(f"{name}: không mở được kho dữ liệu ({type(error).__name__}).") from error
        try:
            yield Store(connection, write)
            connection.rollback()
        except (DBAPIError, zlib.error, json.JSONDecodeError) as error:
            said = trouble.told(name, error)
            if said is None:
                raise
            raise said from error


def _server(url: str) -> Engine:
    """The engine of a database server; plain `postgresql://` means the driver that the program is tested with."""
    url = re.sub(r"^(?:postgres|postgresql)://", "postgresql+psycopg://", url)
    try:
        return create_engine(url)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"Thiếu thư viện {error.name} để mở kho dữ liệu trên máy chủ; hãy cài: pip install 'psycopg[binary]'"
        ) from error
    except SQLAlchemyError as error:
        raise StoreError("Địa chỉ kho dữ liệu (kho) không đúng; ví dụ: postgresql://ten@may/co-so") from error


def _make_private(place: Path) -> None:
    """Make an empty file that only its owner reads, where there is none: SQLite gives its other files the same mode."""
    try:
        os.close(os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return


def _sqlite(place: Path | None, write: bool = True) -> Engine:
    url = URL.create("sqlite+pysqlite", database=str(place) if place else None)
    fixed = place is not None and not write and _fixed(place)
    if place is not None and fixed:
        url = URL.create("sqlite+pysqlite", database=f"file:{quote(str(place))}?immutable=1", query={"uri": "true"})
    engine = create_engine(url, connect_args={"timeout": _READER_WAIT_S})

    @event.listens_for(engine, "connect")
    def _pragmas(raw: Any, _: object) -> None:
        raw.isolation_level = None  # SQLAlchemy's own BEGIN below, so that a migration is one transaction too
        # FULL: a decision that was acknowledged outlives a power cut too (NORMAL may lose the last commits of a WAL).
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY")[not write :]:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _fixed(place: Path) -> bool:
    """Whether a store lies where nobody writes (a backup's medium, a folder that only reads) and needs no log.

    SQLite wants to write beside a database in WAL mode even to read it; told that nothing changes, it does not.
    """
    log = place.with_name(place.name + "-wal")
    return not os.access(place.parent, os.W_OK) and not (log.exists() and log.stat().st_size)


def _advisory_lock(connection: Connection, name: str, wait: float) -> None:
    if wait > 0:
        connection.execute(text(f"SET lock_timeout = {int(wait * 1000)}"))
        try:
            connection.execute(select(func.pg_advisory_lock(_ADVISORY_LOCK)))
        except OperationalError as error:
            raise busy(name) from error
        connection.execute(text("SET lock_timeout = 0"))
    elif not connection.execute(select(func.pg_try_advisory_lock(_ADVISORY_LOCK))).scalar():
        raise busy(name)
    connection.commit()


def _migrate(connection: Connection, write: bool) -> None:
    found = schema.version(connection)
    if found == tables.HEAD:
        connection.rollback()
        return
    if found is not None and found > tables.HEAD:
        raise StoreError("Kho dữ liệu do phiên bản mới hơn của rasoat tạo; hãy cập nhật rasoat rồi chạy lại.")
    if found is not None and not write:
        raise StoreError("Kho dữ liệu do phiên bản khác của rasoat tạo; hãy chạy `rasoat review` một lần để nâng cấp.")
    schema.upgrade(connection)
    connection.commit()


class Store(OfficeDoor, LawDoor, JudgedDoor):
    """The queries. Made by `open`; not to be shared between threads."""

    def __init__(self, connection: Connection, writable: bool) -> None:
        self._connection = connection
        self._writable = writable
        self._depth = 0

    # --- transactions --------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written together or not at all. Calls inside one another join the outer one."""
        if not self._writable:
            raise StoreError("Kho dữ liệu đang mở để đọc, không ghi được.")
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        self._connection.rollback()
        self._depth = 1
        try:
            yield
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise
        finally:
            self._depth = 0

    def _rows(self, query: Any) -> Sequence[Any]:
        found = self._connection.execute(query).fetchall()
        if not self._depth:
            self._connection.rollback()  # a reader must not hold an old snapshot open
        return found

    # --- files and what was read from them -----------------------------------------------------

    def files(self) -> Mapping[str, FileRow]:
        """Files by path, as last saved."""
        return {
            row.path: FileRow(
                row.path, row.content_hash, row.size, int(row.mtime_ns), row.reader_version, row.outcome,
                row.message, row.document_key, row.seen_in_run,
            )
            for row in self._rows(select(tables.file))
        }  # fmt: skip

    def save_file(self, row: FileRow) -> None:
        """Insert or replace the row of `row.path`."""
        self.save_files([row])

    def save_files(self, rows: Iterable[FileRow]) -> None:
        """Insert or replace, in one transaction."""
        found = [
            {
                "path": row.path, "content_hash": row.content_hash, "size": row.size, "mtime_ns": str(row.mtime_ns),
                "reader_version": row.reader_version, "outcome": row.outcome, "message": row.message,
                "document_key": row.document_key, "seen_in_run": row.seen_in_run,
            }
            for row in rows
        ]  # fmt: skip
        if not found:
            return
        with self.transaction():
            for value in found:
                self._connection.execute(delete(tables.file).where(tables.file.c.path == value["path"]))
            self._connection.execute(insert(tables.file), found)

    def forget_files(self, paths: Iterable[str]) -> None:
        """Drop the rows of files that are no longer there. Documents read from them stay cached."""
        with self.transaction():
            for path in paths:
                self._connection.execute(delete(tables.file).where(tables.file.c.path == path))

    def cached_document(self, content_hash: str, reader_version: str, path: str = "") -> Document | None:
        """What these readers read from these bytes, as a document at `path`; None where they were not read yet."""
        return self.cached_documents([(path, content_hash)], reader_version).get(path)

    def cached_documents(
        self, files: Iterable[tuple[str, str]], reader_version: str, light: bool = False
    ) -> dict[str, Document]:
        """Documents by path, for (path, content hash) pairs; those not cached are missing from the answer.

        `light` documents have masthead, effects and legal bases only (no text, no provisions): enough for states.
        """
        wanted: dict[str, list[str]] = {}
        for path, content_hash in files:
            wanted.setdefault(content_hash, []).append(path)
        blob = tables.document.c.head if light else tables.document.c.body
        query = select(tables.document.c.content_hash, blob).where(tables.document.c.reader_version == reader_version)
        found: dict[str, Document] = {}
        with blobs.many_objects():
            for part in _parts(list(wanted), 500):
                for content_hash, data in self._rows(query.where(tables.document.c.content_hash.in_(part))):
                    for path in wanted[content_hash]:
                        found[path] = blobs.unpack(data, path)
        return {path: found[path] for paths in wanted.values() for path in paths if path in found}

    def marks_of(self, hashes: Iterable[str], reader_version: str) -> dict[str, str]:
        """A short hash of what these readers read from these bytes: other readers may have read the same."""
        table = tables.document
        query = select(table.c.content_hash, table.c.body).where(table.c.reader_version == reader_version)
        return {
            row.content_hash: blobs.mark(row.body)
            for part in _parts(sorted(set(hashes)), 500)
            for row in self._rows(query.where(table.c.content_hash.in_(part)))
        }

    def has_documents(self, hashes: Iterable[str], reader_version: str) -> bool:
        """Whether these readers have read all of these bytes."""
        wanted = sorted(set(hashes))
        query = select(func.count()).select_from(tables.document).where(
            tables.document.c.reader_version == reader_version
        )
        return len(wanted) == sum(
            int(self._rows(query.where(tables.document.c.content_hash.in_(part)))[0][0]) for part in _parts(wanted, 500)
        )

    def save_document(self, content_hash: str, reader_version: str, document: Document) -> None:
        """Keep what was read. Saving the same again replaces it."""
        self.save_documents([(content_hash, document)], reader_version)

    def save_documents(self, items: Iterable[tuple[str, Document]], reader_version: str) -> None:
        """Keep several (content hash, document) pairs in one transaction."""
        found = dict(items)
        rows = {digest: values.document_row(digest, reader_version, document) for digest, document in found.items()}
        if not rows:
            return
        links = [row for digest, read in found.items() for row in values.link_rows(digest, reader_version, read)]
        events = [row for digest, read in found.items() for row in values.event_rows(digest, reader_version, read)]
        with self.transaction():
            for part in _parts(list(rows), 500):
                for table in (tables.document, tables.link, tables.event):
                    self._connection.execute(
                        delete(table).where(table.c.reader_version == reader_version, table.c.content_hash.in_(part))
                    )
            self._connection.execute(insert(tables.document), list(rows.values()))
            if links:
                self._connection.execute(insert(tables.link), links)
            if events:
                self._connection.execute(insert(tables.event), events)

    def forget_documents(self, keep_version: str) -> int:
        """Drop what older readers read; gives the number of dropped rows."""
        with self.transaction():
            for table in (tables.link, tables.event):
                self._connection.execute(delete(table).where(table.c.reader_version != keep_version))
            done = self._connection.execute(
                delete(tables.document).where(tables.document.c.reader_version != keep_version)
            )
        return int(done.rowcount)

    def naming(self, keys: Iterable[str], roles: Iterable[Role], reader_version: str) -> dict[str, set[str]]:
        """Who names these acts: for each key (`corpus.links`) the content hashes of the documents that do."""
        wanted, kinds = sorted(set(keys)), sorted(set(roles))
        query = select(tables.link.c.key, tables.link.c.content_hash).where(
            tables.link.c.reader_version == reader_version, tables.link.c.role.in_(kinds)
        )
        found: dict[str, set[str]] = {}
        for part in _parts(wanted, 500):
            for key, content_hash in self._rows(query.where(tables.link.c.key.in_(part))):
                found.setdefault(key, set()).add(content_hash)
        return found

    # --- runs and findings ---------------------------------------------------------------------

    def last_run(self) -> RunRow | None:
        """The newest finished run, None before the first."""
        rows = self._rows(select(tables.run).order_by(tables.run.c.number.desc()).limit(1))
        return values.run_of(rows[0]) if rows else None

    def runs(self) -> Sequence[RunRow]:
        """All finished runs, oldest first."""
        return [values.run_of(row) for row in self._rows(select(tables.run).order_by(tables.run.c.number))]

    def findings(self) -> Sequence[StoredFinding]:
        """Every finding that ever was, with its history, in the order of path and first run: what identity matches."""
        order = (tables.finding.c.path, tables.finding.c.first_run, tables.finding.c.id)
        return [values.stored_finding(row) for row in self._rows(select(tables.finding).order_by(*order))]

    def standing(self) -> Sequence[Finding]:
        """Findings that stood at the end of the last run."""
        return [stored.finding for stored in self.stored_standing()]

    def stored_standing(self) -> Sequence[StoredFinding]:
        """Findings that stood at the end of the last run, with their history, in the order of path and first run."""
        table = tables.finding
        query = select(table).where(table.c.gone_in_run.is_(None)).order_by(table.c.path, table.c.first_run, table.c.id)
        with blobs.many_objects():
            return [values.stored_finding(row) for row in self._rows(query)]

    def gone_from(self, document_keys: Iterable[str]) -> Sequence[Finding]:
        """Findings on the documents with these keys that no longer stand, in the order of path and first run."""
        table, found = tables.finding, []
        for part in _parts(sorted(set(document_keys)), 500):
            where = table.c.document_key.in_(part) & table.c.gone_in_run.is_not(None)
            found += [values.stored_finding(row) for row in self._rows(select(table).where(where))]
        found.sort(key=lambda one: (one.finding.path, one.first_run, one.finding.id))
        return [one.finding for one in found]

    def save_run(
        self, run: Run, fingerprint: str, finished: str, document_keys: Mapping[str, str] | None = None,
        counts: Mapping[str, int] | None = None, same: Collection[str] = (),
    ) -> None:  # fmt: skip
        """Write a run and its findings: all of it or nothing.

        `run.findings` stand from now on, `run.gone` do not; both need their `id`. A finding of the store that is in
        neither stays as it was. `document_keys` by path. `same`: ids of those findings that are what the store has, but
        for their state (`unchanged`). Raises `StoreError` where the number is taken (a run is never rewritten) or a
        finding has no id.
        """
        if any(not finding.id for finding in (*run.findings, *run.gone)):
            raise StoreError("Kết quả chưa có mã định danh, không ghi được lượt chạy.")
        keys = document_keys or {}
        with self.transaction():
            last = self.last_run()
            if last is not None and run.number <= last.number:
                raise StoreError(f"Lượt chạy số {run.number} đã có trong kho dữ liệu.")
            table, untouched = tables.finding, frozenset(same)
            changed = [
                values.finding_row(finding, run, keys.get(finding.path)) for finding in run.findings
                if finding.id not in untouched
            ]  # fmt: skip
            ids = [str(value["id"]) for value in changed]
            known = {row.id for part in _parts(ids, 500)
                     for row in self._rows(select(table.c.id).where(table.c.id.in_(part)))}  # fmt: skip
            new = [{**value, "first_run": run.number} for value in changed if value["id"] not in known]
            old = [{**value, "old_id": value["id"]} for value in changed if value["id"] in known]
            if new:
                self._connection.execute(insert(table), new)
            if old:
                names: dict[str, Any] = {name: bindparam(name) for name in old[0] if name not in ("id", "old_id")}
                self._connection.execute(update(table).where(table.c.id == bindparam("old_id")).values(names), old)
            for part in _parts(sorted(untouched), 500):
                self._connection.execute(
                    update(table).where(table.c.id.in_(part)).values(state="unchanged", last_run=run.number)
                )
            for part in _parts(sorted(finding.id for finding in run.gone), 500):
                where = table.c.id.in_(part) & table.c.gone_in_run.is_(None)
                self._connection.execute(update(table).where(where).values(gone_in_run=run.number))
            totals = dict(counts or {}) | {"findings": len(run.findings), "gone": len(run.gone)}
            self._connection.execute(
                insert(tables.run).values(
                    number=run.number, as_of=run.as_of, started=run.started, finished=finished,
                    fingerprint=fingerprint, counts=json.dumps(totals, sort_keys=True),
                )
            )  # fmt: skip
            self.append_audit("rasoat", "run", str(run.number), totals, finished)


def _parts(items: list[str], size: int) -> Iterator[list[str]]:
    """Slices small enough for a database's limit on bound values."""
    for i in range(0, len(items), size):
        yield items[i : i + size]
