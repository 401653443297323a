"""Prefect's settings and server: the one place that knows how they are started.

Prefect reads its settings from the environment when it is imported, so `prepare` must be called first.
Nothing leaves the machine: analytics are off and the server listens on the loopback address only.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_FILE = "may-chu.json"
START_LIMIT_S = 180.0


def prepare(outputs: Path, api_url: str | None = None) -> None:
    """Set Prefect's environment for this process: home below `outputs`, no analytics, the server to use."""
    home = outputs.resolve() / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update({
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": os.environ.get("PREFECT_LOGGING_LEVEL", "WARNING"),
        "PREFECT_CLI_COLORS": "false",
            # The default of 20 s is too short for an old office machine that does other work in the night.
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(int(START_LIMIT_S)),
    })  # fmt: skip
    if api_url:
        os.environ["PREFECT_API_URL"] = api_url


def running_server(outputs: Path) -> str | None:
    """Address of a server that answers: the one of the environment, or the one that `serve` started here."""
    candidates = [os.environ.get("PREFECT_API_URL")]
    note = outputs / "prefect" / SERVER_FILE
    if note.is_file():
        candidates.append(json.loads(note.read_text("utf-8")).get("api"))
    return next((url for url in candidates if url and _answers(url)), None)


def _answers(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def server(outputs: Path, port: int) -> Iterator[str]:
    """A Prefect server on the loopback address; gives its API address. Stopped, with its children, at the end.

    Raises `RuntimeError` (Vietnamese) where it does not come up in time or the port is taken.
    """
    api = f"http://127.0.0.1:{port}/api"
    if _answers(api):
        raise RuntimeError(f"Cổng {port} đã có một máy chủ Prefect khác; hãy chọn cổng khác bằng --port.")
    prepare(outputs, api)
    home = outputs.resolve() / "prefect"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "PREFECT_UI_API_URL": api, "PREFECT_API_URL": api}
    with (home / "may-chu.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    note = home / SERVER_FILE
    try:
        _wait(process, api, home)
        note.write_text(json.dumps({"api": api, "pid": process.pid}), "utf-8")
        yield api
    finally:
        note.unlink(missing_ok=True)
        _stop(process)


def _wait(process: subprocess.Popen[bytes], api: str, home: Path) -> None:
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"Máy chủ Prefect dừng ngay khi khởi động; xem {home / 'may-chu.log'}.")
        if _answers(api):
            return
        time.sleep(0.2)
    raise RuntimeError(f"Máy chủ Prefect chưa trả lời sau {START_LIMIT_S:.0f} giây; xem {home / 'may-chu.log'}.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server's whole process group, first politely."""
    for signal_, limit in ((signal.SIGINT, 10.0), (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        if process.poll() is not None:
            return
        try:
            os.killpg(process.pid, signal_)
        except ProcessLookupError:
            return
        try:
            process.wait(limit)
            return
        except subprocess.TimeoutExpired:
            continue
