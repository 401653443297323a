"""`rasoat serve` itself, with Prefect: `make test-serve` (a few minutes; in `make test` only what is short).

Everything is done to it that happens in an office: a new file, kill -9 of the whole and of its parts in the middle of a
run, a stop in the middle of a run, a start after missed nights.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.generate import write_corpus
from flows.settings import Workspace
from flows.unattended.diary import Diary
from flows.unattended.limits import alive
from flows.unattended.serving import CannotServe, Ports, _Server, running, serve

GUARD = Path(__file__).parent.parent / "e2e" / "guard"
long = pytest.mark.skipif("RASOAT_LONG" not in os.environ, reason="minutes with Prefect: make test-serve")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until(condition: Callable[[], Any], seconds: float, what: str) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.2)
    pytest.fail(f"not within {seconds} s: {what}")


class Served:
    """One `rasoat serve` and what can be asked about it."""

    def __init__(self, space: Workspace, folder: Path) -> None:
        assert space.outputs is not None
        self.space, self.diary, self.guard = space, Diary(space.outputs), folder / "guard.log"
        self.ports = Ports(free_port(), free_port())
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "flows.cli", "serve"]
        command += ["--corpus", str(self.space.corpus), "--outputs", str(self.space.outputs)]
        command += ["--port", str(self.ports.prefect), "--page-port", str(self.ports.page)]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environment |= {"PYTHONPATH": str(GUARD), "GUARD_LOG": str(self.guard)}
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    def family(self) -> set[int]:
        """Every process below it."""
        found = {self.process.pid} if self.process else set()
        rows = [(int(p.name), p) for p in Path("/proc").iterdir() if p.name.isdigit()]
        for _ in range(6):
            for pid, place in rows:
                try:
                    parent = int((place / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1])
                except (OSError, IndexError):
                    continue
                if parent in found:
                    found.add(pid)
        return found

    def kill(self, sign: signal.Signals) -> None:
        """End it and see that nothing of it is left."""
        assert self.process is not None
        family = self.family()
        self.process.send_signal(sign)
        self.process.wait(60)
        until(lambda: not any(alive(pid) for pid in family), 20, "all processes gone")

    def ended(self, kind: str, count: int = 1) -> list[Any]:
        return [one for one in self.diary.entries(kind) if one.outcome == "xong"][count - 1 :]

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"{self.ports.page_url}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def served(space: Workspace, tmp_path: Path) -> Iterator[Served]:
    one = Served(space, tmp_path)
    yield one
    for log in sorted(one.diary.folder.glob("*.log")):  # shown where a test fails
        print(log.name, log.read_text("utf-8", "replace")[-6000:], sep="\n")
    if one.process is not None and one.process.poll() is None:
        one.kill(signal.SIGTERM)


@long
def test_a_day_and_its_accidents(served: Served) -> None:
    write_corpus(served.space.corpus, 400, articles=6)
    served.start()
    until(lambda: served.diary.last("nightly"), 240, "the first night begins by itself")
    until(lambda: served.diary.log.read_text("utf-8").count("Tệp mới"), 60, "reading")
    served.kill(signal.SIGKILL)
    assert [one.outcome for one in served.diary.entries("nightly")] == ["dut"]

    served.start()  # resumed
    until(lambda: served.ended("nightly"), 400, "the night is resumed")
    assert "làm tiếp" in served.diary.log.read_text("utf-8")
    until(lambda: served.ended("maintenance"), 240, "maintenance")
    status, text = served.get("health")
    assert status == 200
    assert {one["code"]: one["level"] for one in json.loads(text)["checks"]}["luot_dem"] == "tot"
    assert running(served.diary) is not None

    # Prefect's API is for this user alone.
    request = urllib.request.Request(
        f"{served.ports.prefect_url}/api/flow_runs/filter", b"{}", {"Content-Type": "application/json"}
    )
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(request, timeout=10)

    with pytest.raises(CannotServe, match="đang chạy cho thư mục này"):
        serve(served.space, Ports(free_port(), free_port()), (), print)

    # Prefect's server goes away in the middle of a run: the run is finished all the same.
    moi = served.space.corpus / "trung-uong" / "moi"
    (moi / "ND-1.txt").write_text(DECREE.format(1), "utf-8")
    until(lambda: served.diary.last("decree"), 120, "the decree begins")
    for pid in served.family():
        if b"\0server\0start\0" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
    until(lambda: served.ended("decree"), 240, "the decree is taken in without the server")
    assert (moi / "ND-1.txt").is_file()
    until(lambda: "Máy chủ Prefect đã dừng" in served.diary.log.read_text("utf-8"), 10, "told")
    until(lambda: served.get("health")[0] == 200, 60, "the page answers")

    # A stop in the middle of a run.
    write_corpus(served.space.corpus, 800, articles=6)
    (moi / "ND-2.txt").write_text(DECREE.format(2), "utf-8")
    until(lambda: len(served.diary.entries("decree")) == 2, 240, "the second decree begins")
    served.kill(signal.SIGTERM)
    assert running(served.diary) is None
    assert served.diary.log.read_text("utf-8").rstrip().endswith("Đã dừng")
    assert served.diary.entries("decree")[-1].outcome in ("dut", "hong")

    served.start()  # what had come is taken in at the start
    until(lambda: served.ended("decree", 2), 400, "the second decree is taken in")
    served.kill(signal.SIGTERM)
    assert not served.guard.exists(), served.guard.read_text("utf-8")


@long
def test_three_missed_nights_are_one_run(served: Served) -> None:
    served.start()
    until(lambda: served.ended("maintenance"), 240, "the first day")
    served.kill(signal.SIGKILL)
    place = served.diary.folder / "lan-chay.json"
    text = place.read_text("utf-8")
    rows = json.loads(text)
    for row in rows:
        row["started"] = row["ended"] = "2026-01-02T19:00:01.000+00:00"
    place.write_text(json.dumps(rows), "utf-8")
    served.start()
    until(lambda: served.ended("maintenance", 2), 300, "caught up")
    time.sleep(30)
    assert len(served.diary.entries("nightly")) == 2
    assert "chưa chạy" in served.diary.log.read_text("utf-8")


def test_a_run_that_cannot_even_begin_is_noted_once(space: Workspace) -> None:
    assert space.outputs is not None
    diary = Diary(space.outputs)
    server = _Server(space, Ports(free_port(), free_port()), (), diary, print)
    (space.corpus.parent / "rasoat.toml").write_text("[chay_dem", "utf-8")
    server._run_alone("nightly")
    assert not server._idle()
    until(lambda: (server._look_after_alone(), server._idle())[1], 60, "noted")
    assert [(one.kind, one.outcome) for one in diary.entries()] == [("nightly", "hong")]
    assert "rasoat.toml" in (diary.folder / "lich-chay.log").read_text("utf-8")


def test_a_full_disk_costs_lines_of_the_log_and_not_the_server(
    space: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    assert space.outputs is not None
    server = _Server(space, Ports(free_port(), free_port()), (), Diary(space.outputs), print)
    ticks: list[float] = []

    def full(moment: float) -> None:
        ticks.append(moment)
        if len(ticks) == 3:
            server._stop.set()
        raise OSError(28, "No space left on device")

    def no_log(message: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server, "_tick", full)
    monkeypatch.setattr(server._diary, "_say", no_log)
    monkeypatch.setattr(server._stop, "wait", lambda seconds: None)
    server._look_after()
    assert len(ticks) == 3
    assert "không ghi được nhật ký" in capsys.readouterr().err


def test_ports_that_are_taken_are_told(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.unattended.serving._PORT_S", 0.3)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = int(other.getsockname()[1])
        with pytest.raises(CannotServe, match=f"Cổng {taken} .* --page-port"):
            serve(space, Ports(taken, free_port()), (), print)
        with pytest.raises(CannotServe, match=f"Cổng {taken} .* --port"):
            serve(space, Ports(free_port(), taken), (), print)
    assert space.outputs is not None
    assert running(Diary(space.outputs)) is None


DECREE = (
    "CHÍNH PHỦ\nSố: {0}/2025/NĐ-CP\nHà Nội, ngày 05 tháng 01 năm 2025\nNGHỊ ĐỊNH\nVề việc thử\n"
    "Điều 1. Thử\nNghị định này có hiệu lực từ ngày 20 tháng 02 năm 2025.\n"
)
