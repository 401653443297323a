"""A run that hangs is ended; what was started ends with who started it, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from flows.unattended.children import Child, answers
from flows.unattended.limits import alive


def waits(condition: object, seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_a_run_that_hangs_is_ended_and_where_it_hung_is_written(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom flows.unattended.limits import ended_after\n"
        "def hangs():\n    time.sleep(60)\n"
        "with ended_after(0.5 / 3600, Path(sys.argv[1])):\n    hangs()\n"
    )
    trace = tmp_path / "treo.log"
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, str(trace)], check=False, timeout=30)
    assert done.returncode == 1
    assert time.monotonic() - start < 20
    assert "hangs" in trace.read_text("utf-8")


PARENT = """
import os, sys, time
from pathlib import Path
from flows.unattended.children import Child
command = [sys.executable, "-c", "import time; time.sleep(60)"]
child = Child("con", command, Path(sys.argv[1]) / "con.log", os.environ, print)
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""
RUN = """
import os, subprocess, sys, time
code = "import time; from flows.unattended.limits import end_with_parent; end_with_parent(); time.sleep(60)"
# A process between: a run's own parent is Prefect's runner, not `rasoat serve`.
between = f"import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', {code!r}]); "
between += "print(p.pid, flush=True); time.sleep(60)"
subprocess.Popen([sys.executable, "-c", between], env={**os.environ, "RASOAT_CHA": str(os.getpid())})
time.sleep(60)
"""


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert waits(lambda: b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes())
    time.sleep(0.3)
    parent.kill()
    parent.wait()
    assert waits(lambda: not alive(pid))


def test_a_run_ends_with_the_server_that_it_belongs_to() -> None:
    top = subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert top.stdout is not None
    pid = int(top.stdout.readline())
    try:
        time.sleep(1.0)
        assert alive(pid)
        os.kill(top.pid, signal.SIGKILL)
        top.wait()
        assert waits(lambda: not alive(pid))
    finally:
        os.killpg(top.pid, signal.SIGKILL)


def test_a_child_that_crashes_is_started_again_and_stopped_at_the_end(tmp_path: Path) -> None:
    told: list[str] = []
    mark = tmp_path / "lan"
    code = (
        f"import pathlib, sys, time\np = pathlib.Path({str(mark)!r})\n"
        "p.write_text(p.read_text() + 'x' if p.exists() else 'x')\n"
        "sys.exit(3) if len(p.read_text()) == 1 else time.sleep(60)\n"
    )
    child = Child("Thử", [sys.executable, "-c", code], tmp_path / "thu.log", os.environ, told.append)

    def twice() -> bool:
        child.look()
        return mark.exists() and mark.read_text() == "xx"

    assert waits(twice)
    assert child.well
    assert told == ["Thử đã dừng (mã 3); khởi động lại sau 1 giây. Chi tiết: thu.log"]
    assert child.process is not None
    pid = child.process.pid
    child.stop()
    assert not alive(pid)


def test_a_child_that_does_not_want_to_stop_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    code = (
        "import signal, subprocess, sys, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\nprint(p.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    child = Child("Thử", [sys.executable, "-c", code], tmp_path / "thu.log", os.environ, print)
    child.start()
    assert waits(lambda: (tmp_path / "thu.log").read_text().strip())
    grandchild = int((tmp_path / "thu.log").read_text())
    child.stop(0.5)
    assert waits(lambda: not alive(grandchild), 5)


def test_an_address_without_anybody_does_not_answer() -> None:
    assert not answers("http://127.0.0.1:9/", 1.0)
