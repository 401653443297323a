"""The one process that keeps everything of an office running: Prefect's server, its schedules, the review page.

It does not import Prefect: what it looks after may crash, it may not. It watches `moi`, catches up what was missed,
asks Prefect to run what is due, and runs it itself where Prefect does not.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

from flows import prefect_door
from flows.settings import SettingsError, Workspace, load
from flows.unattended import catching_up
from flows.unattended.arrivals import Watch
from flows.unattended.asking import Api
from flows.unattended.children import Child
from flows.unattended.diary import NAMES, Diary, Kind, now, shown
from flows.unattended.limits import PARENT_VARIABLE
from flows.unattended.notices import Notices

STATE, LOCK = "phuc-vu.json", ".phuc-vu.khoa"
_TICK_S, _WATCH_S, _DUE_S, _NOTICE_S = 0.5, 2.0, 20.0, 300.0
_START_GRACE, _GRACE = timedelta(minutes=3), timedelta(minutes=30)
_PORT_S = 5.0
_BEGIN_S = 300.0
"""Seconds in which a run that Prefect was asked for must have begun; then it is run without Prefect."""


_AGAIN_S = (10.0, 60.0, 900.0)
"""Seconds before files that a run of a new document did not read are tried again, by failures in a row."""


class CannotServe(Exception):
    """The message (Vietnamese) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the pages are: Prefect on the loopback address, the review page at `host` (with a certificate: `tls`)."""

    page: int = 8787
    prefect: int = 4200
    host: str = "127.0.0.1"
    tls: bool = False

    @property
    def page_url(self) -> str:
        """The review page, as this machine reaches it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"{'https' if self.tls else 'http'}://{f'[{host}]' if ':' in host else host}:{self.page}/"

    @property
    def prefect_url(self) -> str:
        return f"http://127.0.0.1:{self.prefect}"


def running(diary: Diary) -> dict[str, Any] | None:
    """What the `rasoat serve` of this workspace says of itself, None where none is running."""
    lock = diary.folder / LOCK
    if not lock.exists():
        return None
    handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return diary.kept(STATE) or None
    finally:
        os.close(handle)
    return None


def serve(space: Workspace, ports: Ports, page: Sequence[str], tell: Any) -> None:
    """Run everything until a signal ends it. `page`: more options of `rasoat workbench`; `tell` gets lines for the
    person at the terminal.

    Raises `CannotServe` where another one serves this workspace, or a port is taken.
    """
    assert space.outputs is not None
    diary = Diary(space.outputs)
    with _alone(diary):
        for port, option in ((ports.page, "--page-port"), (ports.prefect, "--port")):
            if _taken(port):
                raise CannotServe(f"Cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác bằng {option}.")
        _Server(space, ports, page, diary, tell).run()


@contextmanager
def _alone(diary: Diary) -> Iterator[None]:
    diary.folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(diary.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        kept = diary.kept(STATE)
        where = f": {kept['page']} (từ {shown(kept['since'])})" if kept else ""
        raise CannotServe(f"rasoat serve đang chạy cho thư mục này{where}.") from None
    try:
        yield
    finally:
        os.close(handle)


def _taken(port: int) -> bool:
    """Whether another program has a port, and keeps it: what a killed `serve` had started ends within two seconds."""
    until = time.monotonic() + _PORT_S
    while _bound(port):
        if time.monotonic() >= until:
            return True
        time.sleep(0.25)
    return False


def _bound(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


class _Server:
    """One `rasoat serve`."""

    def __init__(self, space: Workspace, ports: Ports, more: Sequence[str], diary: Diary, tell: Any) -> None:
        assert space.outputs is not None
        self._space, self._ports, self._diary, self._tell = space, ports, diary, tell
        self._home = prefect_door.home_of(space.outputs)
        self._stop = threading.Event()
        self._watch = Watch(space)
        self._started = datetime.now(UTC)
        self._asked: _Asked | None = None
        self._delivery: threading.Thread | None = None
        folders = ["--corpus", str(space.corpus.resolve()), "--outputs", str(space.outputs.resolve())]
        self._folders = folders
        python, own = sys.executable, {**os.environ, PARENT_VARIABLE: str(os.getpid())}
        api = f"{ports.prefect_url}/api"
        self._api = Api(api, prefect_door.password(space.outputs))
        served = {**own, **prefect_door.environment(space.outputs, api)}
        page = [python, "-m", "flows.cli", "workbench", *folders, "--port", str(ports.page)]
        self._page = Child("Trang rà soát", [*page, *more], diary.folder / "trang.log", own,
                           diary.say, f"{ports.page_url}healthz", 60.0)  # fmt: skip
        self._prefect = Child(
            "Máy chủ Prefect",
            [python, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(ports.prefect)],
            self._home / "may-chu.log", {**served, "PREFECT_UI_API_URL": api}, diary.say, f"{api}/health",
        )  # fmt: skip
        self._runner = Child("Lịch chạy", [python, "-m", "flows.unattended.offering", *folders[1::2]],
                             diary.folder / "lich-chay.log", served, diary.say)  # fmt: skip
        self._alone: _Alone | None = None
        self._own = own
        self._told = self._asks = False
        self._done: dict[str, float] = {}

    def run(self) -> None:
        """Start all, look after all, until a signal; then stop all."""
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(sign) is not signal.SIG_IGN:  # `nohup` wishes to be left alone
                signal.signal(sign, self._ended)
        night = self._space.settings.night
        self._diary.say(f"Khởi động rasoat serve (tiến trình {os.getpid()})")
        self._tell(f"Trang rà soát: {self._ports.page_url} · Prefect: {self._ports.prefect_url} · chạy đêm lúc {night}")
        self._tell(
            f"Nhật ký: {self._diary.log} · mật khẩu của giao diện Prefect: {self._home / 'mat-khau'} · dừng: Ctrl-C"
        )
        try:
            self._look_after()
        finally:
            self._diary.say("Dừng rasoat serve")
            self._tell("rasoat: đang dừng.")
            for child in (self._alone.child if self._alone else None, self._runner, self._page, self._prefect):
                if child is not None:
                    child.stop()
            prefect_door.forget(self._home)
            (self._diary.folder / STATE).unlink(missing_ok=True)
            self._diary.say("Đã dừng")

    def _ended(self, sign: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _look_after(self) -> None:
        while not self._stop.is_set():
            try:
                self._tick(time.monotonic())
            except OSError as error:  # a full disk, a folder that went away: the rest goes on, and so does this later
                self._diary.say(f"rasoat serve: {error.strerror or type(error).__name__}; thử lại sau 10 giây")
                self._stop.wait(10.0)
            self._stop.wait(_TICK_S)

    def _tick(self, moment: float) -> None:
        self._look()
        if self._every("state", 60.0, moment):
            self._keep_state()
        if not self._told and self._page.well and self._runner.process is not None:
            self._told = True
            self._tell("Đã sẵn sàng.")
            self._diary.say(f"Sẵn sàng: trang rà soát {self._ports.page_url}")
        if self._every("moi", _WATCH_S, moment) and self._idle() and self._can_ask():
            self._take_in()
        if self._every("due", _DUE_S, moment):
            self._catch_up()
        if self._every("notices", _NOTICE_S, moment):
            self._deliver()

    def _can_ask(self) -> bool:
        """Whether Prefect can be asked for a run, or has had its time: what runs without it is never shown there."""
        if not self._asks and datetime.now(UTC) - self._started < _START_GRACE:
            self._asks = self._prefect.well and self._runner.well and self._api.offers("maintenance")
            return self._asks
        return True

    def _take_in(self) -> None:
        """Ask for a run where documents have come."""
        if came := self._watch.arrived(again_after=self._patience()):
            self._diary.say(f"Có văn bản mới trong moi: {', '.join(one.name for one in came[:5])}")
            self._run("decree", "văn bản mới")

    def _every(self, what: str, seconds: float, moment: float) -> bool:
        """Whether it is time again for something that is done now and then."""
        if moment - self._done.get(what, -1e9) < seconds:
            return False
        self._done[what] = moment
        return True

    def _look(self) -> None:
        """Keep the programs running; the schedules need the server."""
        self._page.look()
        self._prefect.look()
        if self._prefect.failures >= 3 and self._prefect.process is None and not self._prefect.well:
            self._put_aside()
        if self._prefect.well or self._runner.process is not None:
            if self._prefect.well and self._runner.process is None:
                self._api.settle()
                prefect_door.remember(self._home, self._api.url, os.getpid())
            self._runner.look()
        self._look_after_alone()

    def _look_after_alone(self) -> None:
        """Note the end of a run without Prefect that could not even begin."""
        alone = self._alone
        if alone is not None and (alone.child.process is None or alone.child.process.poll() is not None):
            self._alone = None
            last = self._diary.last(alone.kind)
            if last is None or last.started < alone.stamp:
                # Settings that cannot be read, a broken installation: noted, so that it is not tried without end.
                told = f"không khởi động được; xem {alone.child.log.name}"
                self._diary.end(self._diary.begin(alone.kind), "hong", told)
                Notices(self._space, self._diary).add(f"{NAMES[alone.kind]} không khởi động được.")

    def _put_aside(self) -> None:
        """A Prefect database that does not let its server start (a power cut) holds nothing that we need."""
        self._prefect.failures = 0
        for name in ("prefect.db", "prefect.db-wal", "prefect.db-shm"):
            place = self._home / name
            if place.exists():
                shutil.move(place, place.with_name(f"{name}.hong"))
        self._diary.say("Máy chủ Prefect không khởi động được ba lần liền: để cơ sở dữ liệu của nó sang bên, làm lại "
                        "từ đầu. Kho dữ liệu của rasoat không liên quan.")  # fmt: skip

    def _keep_state(self) -> None:
        self._diary.keep(STATE, {
            "pid": os.getpid(), "since": self._started.isoformat(timespec="seconds"), "beat": now(),
            "page": self._ports.page_url, "prefect": self._ports.prefect_url,
        })  # fmt: skip

    def _patience(self) -> float:
        """Seconds after which files of `moi` that are still not read are tried again: soon after a run that died."""
        failed = 0
        for entry in reversed(self._diary.entries("decree")):
            if entry.outcome in ("xong", "dang_chay"):
                break
            failed += 1
        return _AGAIN_S[min(failed, len(_AGAIN_S)) - 1]  # none failed: the last, longest one

    # --- runs ----------------------------------------------------------------------------------------

    def _idle(self) -> bool:
        """Whether no run is asked for or going on that `serve` started."""
        if self._alone is not None:
            return False
        if self._asked is None:
            return True
        asked = self._asked
        last = self._diary.last(asked.kind)
        if last is not None and last.started >= asked.stamp:
            self._asked = None
            return True
        if time.monotonic() - asked.when < _BEGIN_S and not self._given_up(asked):
            return False
        self._diary.say(f"{NAMES[asked.kind]}: Prefect không chạy được, chạy không qua Prefect")
        self._asked = None
        self._run_alone(asked.kind)
        return False

    def _given_up(self, asked: _Asked) -> bool:
        """Whether Prefect says that the run ended without one of ours having begun."""
        if time.monotonic() - asked.looked < 5.0:
            return False
        asked.looked = time.monotonic()
        return self._api.ended(asked.run)

    def _catch_up(self) -> None:
        if not self._idle():
            return
        moment = datetime.now(UTC)
        fresh = moment - self._started < _START_GRACE * 2
        clock = self._clock()
        found = catching_up.due(self._diary.entries(), clock, moment, _START_GRACE if fresh else _GRACE)
        if found is None or not self._can_ask():
            return
        self._diary.say(f"{NAMES[found.kind]}: chạy bây giờ ({found.reason})")
        if found.missed and found.kind == "nightly":
            Notices(self._space, self._diary).add(
                f"Lượt đêm {found.slot:%H:%M ngày %d/%m/%Y} không chạy đúng giờ; đang chạy bù.",
                f"missed {found.slot.isoformat()}",
            )
        self._run(found.kind, found.reason)

    def _clock(self) -> str:
        try:
            return load(self._space.corpus.parent / "rasoat.toml").night
        except SettingsError:
            return self._space.settings.night

    def _run(self, kind: Kind, reason: str) -> None:
        """Ask Prefect for a run; where it cannot be asked, run it without."""
        stamp = now()
        well = self._prefect.well and self._runner.well
        run = self._api.run_of(kind, reason) if well else None
        if run is not None:
            self._asked = _Asked(kind, run, stamp, time.monotonic())
        else:
            self._run_alone(kind)

    def _run_alone(self, kind: Kind) -> None:
        command = [sys.executable, "-m", "flows.cli", kind, *self._folders, "--no-prefect"]
        child = Child(NAMES[kind], command, self._diary.folder / "lich-chay.log", self._own, self._diary.say)
        self._alone = _Alone(kind, child, now())
        child.start()

    def _deliver(self) -> None:
        """Send what waits for longer than the night's own message, in the background."""
        if self._delivery is None or not self._delivery.is_alive():
            notices = Notices(self._space, self._diary)
            self._delivery = threading.Thread(target=notices.deliver, daemon=True, name="rasoat-thong-bao")
            self._delivery.start()


@dataclass(slots=True)
class _Asked:
    """A run that Prefect was asked for: its id there, and when (ISO, monotonic)."""

    kind: Kind
    run: str
    stamp: str
    when: float
    looked: float = 0.0


@dataclass(frozen=True, slots=True)
class _Alone:
    """A run without Prefect, and when it was started (ISO)."""

    kind: Kind
    child: Child
    stamp: str
