"""Nothing is sent outside the machine: no process of a night run tries to reach another host."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.generate import write_corpus

GUARD = Path(__file__).parent / "guard"


def guarded(log: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environment |= {"PYTHONPATH": str(GUARD), "GUARD_LOG": str(log)}
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, timeout=240)


def test_the_guard_sees_an_attempt(tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = guarded(log, "-c", "import urllib.request; urllib.request.urlopen('http://example.invalid/', timeout=1)")
    assert done.returncode != 0
    assert "example.invalid" in log.read_text("utf-8")


@pytest.mark.slow
def test_a_night_reaches_for_no_other_host(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", 3, articles=2)
    log = tmp_path / "log"
    done = guarded(log, "-m", "flows.cli", "nightly", "--workspace", str(tmp_path), "--as-of", "2026-01-15")
    assert done.returncode == 0, done.stderr[-2000:]
    assert Path(done.stdout.strip().splitlines()[-1]).is_dir()
    assert not log.exists(), log.read_text("utf-8")
