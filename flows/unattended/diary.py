"""The diary of runs: which started, how it ended, and a log that a person can read.

Two files below `outputs/nhat-ky/`: `lan-chay.json` (the last runs of each kind, what health and catching up ask) and
`rasoat.log` (one Vietnamese line an event, kept small). Prefect's own database is not asked: it may be gone, and a run
by hand or by a timer never saw it. A run that died is known by its process, which is no longer there.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from flows.settings import TIME_ZONE
from flows.terminal import plain
from outputs.packing import write_whole

Kind = Literal["nightly", "decree", "annual", "maintenance"]
Outcome = Literal["dang_chay", "xong", "hong", "ban", "dut"]
"""Running; done; failed; another run had the store; died (killed, power cut, ended after its limit)."""

NAMES: Mapping[str, str] = {
    "nightly": "Lượt đêm", "decree": "Văn bản mới", "annual": "Hồ sơ năm", "maintenance": "Bảo trì",
}  # fmt: skip
FOLDER, LOG, RUNS = "nhat-ky", "rasoat.log", "lan-chay.json"
_KEPT, _LOG_BYTES, _LOGS_KEPT = 40, 1_000_000, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One run. Moments are ISO, UTC; `pid` and `born` (clock ticks since boot, and the boot) name its process."""

    kind: str
    started: str
    pid: int
    born: str
    outcome: str = "dang_chay"
    ended: str | None = None
    message: str | None = None
    folder: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def began(self) -> datetime:
        return datetime.fromisoformat(self.started)


class Diary:
    """The diary of one workspace; safe to use from several processes at once."""

    def __init__(self, outputs: Path) -> None:
        self.folder = outputs / FOLDER

    @property
    def log(self) -> Path:
        return self.folder / LOG

    def entries(self, kind: str | None = None) -> list[Entry]:
        """Runs, oldest first; one whose process is gone has `dut` as its outcome, whether that was noted yet or not."""
        found = [_settled(Entry(**row)) for row in self._read()]
        return [one for one in found if kind is None or one.kind == kind]

    def last(self, kind: str, outcome: str | None = None) -> Entry | None:
        """The newest run of a kind, or the newest that ended in one way."""
        return next((one for one in reversed(self.entries(kind)) if outcome in (None, one.outcome)), None)

    def begin(self, kind: Kind) -> Entry:
        """Note that this process starts a run; tells of runs that died since."""
        made = Entry(kind, now(), os.getpid(), _born(os.getpid()))
        dead = []
        with self._changing() as rows:
            for number, row in enumerate(rows):
                old = Entry(**row)
                if _settled(old).outcome != old.outcome:
                    dead.append(old)
                    rows[number] = asdict(replace(old, outcome="dut", ended=made.started, message=DIED))
            rows.append(asdict(made))
        for one in dead:
            self.say(f"{NAMES[one.kind]} bắt đầu lúc {shown(one.started)}: {DIED}")
        self.say(f"{NAMES[kind]}: bắt đầu")
        return made

    def end(
        self, entry: Entry, outcome: Outcome, message: str | None = None, folder: Path | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> Entry:  # fmt: skip
        """Note how a run ended."""
        done = replace(entry, outcome=outcome, ended=now(), message=message,
                       folder=str(folder) if folder else None, counts=dict(counts or {}))  # fmt: skip
        with self._changing() as rows:
            for number, row in enumerate(rows):
                if (row["kind"], row["started"], row["pid"]) == (entry.kind, entry.started, entry.pid):
                    rows[number] = asdict(done)
        words = {"xong": "xong", "hong": "HỎNG", "ban": "không chạy được"}.get(outcome, outcome)
        self.say(f"{NAMES[entry.kind]}: {words}{f'. {message}' if message else ''}")
        return done

    def say(self, message: str) -> None:
        """One line in the log, with the Vietnamese civil time. A full disk costs the line, not who says it."""
        try:
            self._say(message)
        except OSError as error:
            print(f"{message} (không ghi được nhật ký: {error.strerror})", file=sys.stderr)

    def _say(self, message: str) -> None:
        line = f"{datetime.now(TIME_ZONE):%d/%m/%Y %H:%M:%S}  {plain(' '.join(message.split()))}\n"
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
                for number in range(_LOGS_KEPT - 1, 0, -1):
                    older = self.log.with_suffix(f".{number}.log")
                    if older.exists():
                        older.replace(self.log.with_suffix(f".{number + 1}.log"))
                self.log.replace(self.log.with_suffix(".1.log"))
            with self.log.open("a", encoding="utf-8") as log:
                log.write(line)

    def keep(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep a small JSON object beside the diary (what notices, sources and the server remember)."""
        write_whole(self.folder / name, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def kept(self, name: str) -> dict[str, Any]:
        """What was kept under a name; empty where there is nothing, or nothing that can be read."""
        return _json(self.folder / name, {})  # type: ignore[no-any-return]

    @contextmanager
    def changing(self, name: str) -> Iterator[dict[str, Any]]:
        """What was kept under a name, to be changed: kept again at the end, no other process between."""
        with self._locked():
            value = self.kept(name)
            yield value
            self.keep(name, value)

    def _read(self) -> list[dict[str, Any]]:
        rows = _json(self.folder / RUNS, [])
        names = {"kind", "started", "pid", "born"}
        return [row for row in rows if isinstance(row, dict) and names <= row.keys()] if isinstance(rows, list) else []

    @contextmanager
    def _changing(self) -> Iterator[list[dict[str, Any]]]:
        with self._locked():
            rows = self._read()
            yield rows
            kept = []
            for kind in NAMES:
                kept += [row for row in rows if row["kind"] == kind][-_KEPT:]
            kept.sort(key=lambda row: row["started"])
            write_whole(self.folder / RUNS, json.dumps(kept, ensure_ascii=False, indent=1).encode())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / ".khoa", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


DIED = "đã đứt giữa chừng (máy tắt, bị dừng hoặc quá giờ); lượt sau làm tiếp phần còn lại"


def now() -> str:
    """This moment, ISO, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def shown(moment: str) -> str:
    """A moment as the officer reads it, in Vietnamese civil time: "02:00 ngày 24/11/2026"."""
    return f"{datetime.fromisoformat(moment).astimezone(TIME_ZONE):%H:%M ngày %d/%m/%Y}"


def last_slot(clock: str, moment: datetime) -> datetime:
    """The last time before `moment` at which a night was due; `clock` as "02:00", Vietnamese civil time."""
    hour, minute = (int(part) for part in clock.split(":"))
    due = moment.astimezone(TIME_ZONE).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return due if due <= moment else due - timedelta(days=1)


def _settled(entry: Entry) -> Entry:
    if entry.outcome != "dang_chay" or (entry.born and _born(entry.pid) == entry.born):
        return entry
    return replace(entry, outcome="dut", message=DIED)


def _born(pid: int) -> str:
    """When a process started, so that another that got its number is not taken for it; "" where it is not there."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
    return "" if stat[0] in "ZX" else f"{stat[19]}@{boot}"


def _json(path: Path, otherwise: Any) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return otherwise
