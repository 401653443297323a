"""`rasoat workbench`: the door of the review page to the store, the corpus, the law, and the jobs that take longer."""

from __future__ import annotations

import logging
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus import register, store, symbols
from corpus.library import CorpusLibrary, side_of
from corpus.links import names_of
from corpus.model import Clock, Document, LedgerEntry, OfficeSettings
from corpus.office.ledger import ledger
from corpus.store import Store
from flows import ruling, uploads, users
from flows.commands import note, space_of
from flows.office import desk_papers, door
from flows.office.closing import PREDECESSOR_RULE, office_of
from flows.office.deciding import who
from flows.office.mending import mended
from flows.opening import CannotRun, store_place
from flows.pipeline import review, usual_issuer
from flows.settings import Workspace, today
from outputs.workbench.door import Check, Job, JobReport, LawText, Paper
from outputs.workbench.users import WrongUser
from outputs.workbench.users import load as load_users

if TYPE_CHECKING:
    from outputs.workbench.app import Access

WAIT_S = 4.0
"""How long a click waits for a run that writes."""
HEALTH_S = 15.0
"""How old what the page says of its health may be."""
T = TypeVar("T")
_LOG = logging.getLogger("rasoat.workbench")


def command(options: Namespace) -> int:
    """`rasoat workbench`: serve the page until Ctrl-C."""
    from outputs.workbench.app import serve

    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    ruling.remember(space)
    try:
        access = access_of(space, options)
    except WrongUser as error:
        note(str(error))
        return 2
    try:
        with door.opened(space, write=True):
            pass  # makes the store, or brings it up to date
    except CannotRun as error:
        if not _readable(space):
            note(str(error))
            return 2
    page = WorkbenchDoor(space, who(options))
    shown = f"[{options.host}]" if ":" in options.host else options.host
    scheme = "https" if access.certificate else "http"
    who_may = "phải đăng nhập" if access.users else "chỉ mở được trên máy này, một người dùng"
    note(f"Trang rà soát: {scheme}://{shown}:{options.port}/ · {who_may} · dừng: Ctrl-C")
    try:
        serve(page, options.host, options.port, access)
    except SystemExit:
        note(f"Không mở được cổng {options.port}: có thể một chương trình khác đang dùng; hãy chọn --port khác.")
        return 2
    return 0


def access_of(space: Workspace, options: Namespace) -> Access:
    """Who may use the page. Raises `WrongUser` (Vietnamese) where it would be open to others without sign-in and a
    certificate: passwords and documents must not go over the office's network in the clear.
    """
    from outputs.workbench.app import Access
    from outputs.workbench.guard import is_loopback

    place = users.place_of(space)
    known = load_users(place)
    certificate, key = (Path(one) if one else None for one in (options.cert, options.key))
    for file in (certificate, key):
        if file is not None and not file.is_file():
            raise WrongUser(f"Không có tệp {file}.")
    if (certificate is None) != (key is None):
        raise WrongUser("--cert và --key phải đi cùng nhau.")
    if not is_loopback(options.host) and (not known or certificate is None):
        raise WrongUser(
            f"--host {options.host}: chưa có đăng nhập (rasoat users add) hoặc chứng thư (--cert, --key) thì trang "
            "chỉ dành cho một người trên chính máy này: 127.0.0.1, localhost hoặc ::1."
        )
    if not known:
        return Access(certificate=certificate, key=key)
    names = {*options.name, options.host} - {"0.0.0.0", "::"}
    return Access(tuple(sorted(one.lower() for one in names)), users.watched(place), certificate, key)


def _readable(space: Workspace) -> bool:
    """Whether the store can be read as it is (a run is writing to it just now)."""
    try:
        with door.opened(space) as one:
            one.last_run()
            return True
    except CannotRun:
        return False


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What is made of the masthead of all documents: the register of documents and what else the first screen shows."""

    ledger: tuple[LedgerEntry, ...]
    unit: str | None
    newest_central: date | None


@dataclass(slots=True)
class WorkbenchDoor:
    """Implements `outputs.workbench.door.Door` for one workspace."""

    space: Workspace
    officer: str
    _kept: dict[str, tuple[object, object]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _threads: threading.local = field(default_factory=threading.local)
    """Each thread keeps its reader open: opening one costs more than most questions. No reader holds a snapshot."""
    _report: JobReport | None = None

    @property
    def unit(self) -> str | None:
        return self.space.settings.unit or self._shelf().unit

    @property
    def unit_guessed(self) -> bool:
        return not self.space.settings.unit

    @property
    def settings(self) -> OfficeSettings:
        return self.space.settings.office

    def today(self) -> date:
        return today()

    @contextmanager
    def reading(self) -> Iterator[Store]:
        place = store_place(self.space)
        mark = place.stat().st_ino if isinstance(place, Path) and place.exists() else 0
        kept: tuple[int, ExitStack, Store] | None = getattr(self._threads, "kept", None)
        if kept is None or kept[0] != mark:
            if kept is not None:
                kept[1].close()
            stack = ExitStack()
            kept = self._threads.kept = (mark, stack, stack.enter_context(store.open(place)))
        try:
            yield kept[2]
        except Exception:
            # A server that went away, a file that was exchanged: the next question opens the store anew.
            if getattr(self._threads, "kept", None) is kept:
                self._threads.kept = None
            raise

    @contextmanager
    def writing(self) -> Iterator[Store]:
        with store.open(store_place(self.space), write=True, wait=WAIT_S) as one:
            yield one

    # --- documents and law ---------------------------------------------------------------------------

    def document(self, path: str) -> Document | None:
        with self.reading() as one:
            row = one.file_of(path)
            if row is None or row.outcome != "ok":
                return None
            found = one.cached_documents([(path, row.content_hash)], row.reader_version)
            return mended(found, opened=one, keys={path: row.document_key or path}).get(path)

    def law(self, symbol: str, provision: str | None, on: date) -> LawText:
        library = self._library_of(symbol)
        state = library.state(symbol, as_of=on, provision=provision)
        text = library.consolidated(symbol, provision, as_of=on)
        if text is None and provision is not None and "__" in provision:
            # A point that the text has not: its clause or article says more than nothing.
            above = provision.rsplit("__", 1)[0]
            text = library.consolidated(symbol, above, as_of=on)
        return LawText(text, state, state.title)

    def _library_of(self, symbol: str) -> CorpusLibrary:
        """The act and all documents that change it or its changers."""
        with self.reading() as one:
            return self._once(f"law {symbols.key(symbol)}", one.marks()[::2], lambda: self._around(one, symbol))

    def _around(self, one: Store, symbol: str) -> CorpusLibrary:
        version = one.usual_version()
        hashes: set[str] = set()
        keys: dict[str, str] = {}
        wanted = {symbols.key(symbol)}
        found: dict[str, Document] = {}
        for _ in range(2):
            fresh = {h for hs in one.naming(wanted, ("is", "acts"), version).values() for h in hs} - hashes
            hashes |= fresh
            rows = [row for row in one.files_holding(fresh) if row.outcome == "ok"]
            keys |= {row.path: row.document_key or row.path for row in rows}
            found |= one.cached_documents([(row.path, row.content_hash) for row in rows], version)
            wanted = {key for document in found.values() if document.masthead for key in names_of(document.masthead)}
        documents = mended(found, opened=one, keys=keys)
        known = register.load(self.space.own_register)
        return CorpusLibrary({path: (side_of(path), document) for path, document in documents.items()}, known)

    def page_image(self, path: str, page: int) -> bytes | None:
        from extractors.readers.picture import page_png

        place = self._place(path)
        return page_png(place, page) if place and place.suffix.lower() == ".pdf" else None

    def original(self, path: str) -> bytes | None:
        place = self._place(path)
        return place.read_bytes() if place else None

    def _place(self, path: str) -> Path | None:
        """The file of a path that the store knows; nothing else of the disk can be asked for."""
        with self.reading() as one:
            if one.file_of(path) is None:
                return None
        place = self.space.corpus.joinpath(*path.split("/")[1:])
        inside = place.resolve().is_relative_to(self.space.corpus.resolve())
        return place if inside and place.is_file() else None

    # --- the register of documents, clocks -------------------------------------------------------------

    def ledger(self) -> tuple[LedgerEntry, ...]:
        return self._shelf().ledger

    def newest_central(self) -> date | None:
        return self._shelf().newest_central

    def health(self) -> tuple[Check, ...]:
        moment = int(time.monotonic() // HEALTH_S)
        return self._once("health", (moment, self._marks()), self._looked)

    def _marks(self) -> object:
        try:
            with self.reading() as one:
                return one.marks()
        except store.StoreError:
            return None

    def _looked(self) -> tuple[Check, ...]:
        from flows.unattended.health import look

        try:
            newest = self.newest_central()
        except store.StoreError:
            newest = None
        return look(self.space, newest=newest)

    def clocks(self) -> tuple[Clock, ...]:
        entries = self.ledger()
        with self.reading() as one:
            return self._once("clocks", (one.marks(), today()), lambda: self._clocks(one, entries))

    def _clocks(self, one: Store, entries: tuple[LedgerEntry, ...]) -> tuple[Clock, ...]:
        taken = one.timed_decisions()
        stored = [found for found in one.findings_of(taken).values() if found.gone_in_run is None]
        keys = {found.finding.path: found.document_key or found.finding.path for found in stored}
        return door.due(
            self.space, one, today(), self.unit, entries, taken, [found.finding for found in stored], keys
        )

    def _shelf(self) -> _Shelf:
        with self.reading() as one:
            run, _, record = one.marks()
            return self._once("shelf", (run, record, today()), lambda: self._made(one))

    def _made(self, one: Store) -> _Shelf:
        keys, documents = door.read_documents(one)
        known = register.load(self.space.own_register)
        library = CorpusLibrary({path: (side_of(path), doc) for path, doc in documents.items()}, known)
        unit = self.space.settings.unit or usual_issuer(library)
        about = office_of(one, self.settings, unit, one.standing_of(PREDECESSOR_RULE))
        return _Shelf(ledger(library.reviewed(), keys, library, today(), about), unit, library.newest_central())

    def _once(self, name: str, marks: object, make: Callable[[], T]) -> T:
        """What was made last under this name, while the marks stay."""
        with self._lock:
            kept = self._kept.get(name)
            if kept is None or kept[0] != marks:
                if len(self._kept) > 40:
                    self._kept = {key: one for key, one in self._kept.items() if not key.startswith("law ")}
                kept = self._kept[name] = (marks, make())
            return kept[1]  # type: ignore[return-value]

    # --- jobs, papers, uploads -------------------------------------------------------------------------

    def take_in(self, side: str, name: str, data: bytes) -> str:
        return uploads.take_in(self.space, side, name, data)

    def job(self) -> JobReport | None:
        return self._report

    def submit(self, job: Job) -> None:
        with self._lock:
            if self._report is not None and self._report.state == "dang_chay":
                raise ValueError("Một việc khác đang chạy; hãy đợi việc đó xong.")
            self._report = JobReport(job, "dang_chay", "Đang bắt đầu")
        threading.Thread(target=self._work, args=(job,), daemon=True, name=f"rasoat-{job.what}").start()

    def _work(self, job: Job) -> None:
        told: list[str] = []
        try:
            if job.what == "ra_soat":
                done = review(self.space, today(), _Steps(self))
                message = None if done.again else "Không có gì thay đổi so với lượt trước."
                if done.preview:
                    message = "Ngày trên máy sớm hơn lượt gần nhất: chỉ lập bản xem trước, lịch sử không đổi."
                files: tuple[str, ...] = ()
            else:
                with self.reading() as one:
                    files = desk_papers.make(self.space, one, job, told.append)
                message = None
            self._report = JobReport(job, "xong", "Đã xong", 1.0, message, files, tuple(told))
        except (CannotRun, store.StoreError, ValueError) as error:
            self._report = JobReport(job, "hong", "Không làm được", None, str(error), told=tuple(told))
        except Exception as error:  # noqa: BLE001 - the thread's last stand: the officer is told, the log has the rest
            _LOG.error("việc %s hỏng", job.what, exc_info=error)
            self._report = JobReport(job, "hong", "Không làm được", None, "Chương trình gặp lỗi; xem cửa sổ lệnh.")

    def _say(self, step: str, part: float | None = None) -> None:
        if self._report is not None:
            self._report = replace(self._report, step=step, part=part)

    def papers(self) -> tuple[Paper, ...]:
        return desk_papers.papers()

    def made(self) -> Mapping[str, int]:
        return desk_papers.made(self.space)

    def paper(self, name: str) -> bytes | None:
        return desk_papers.paper(self.space, name)


@dataclass(frozen=True, slots=True)
class _Steps:
    """The pipeline's progress, told to the page."""

    door: WorkbenchDoor

    def step(self, name: str) -> None:
        self.door._say(name)

    def track(self, items: Iterable[T], total: int, name: str) -> Iterator[T]:
        for done, item in enumerate(items, 1):
            self.door._say(f"{name}: {done}/{total}", done / total if total else None)
            yield item
