"""Prefect's settings and server: the one place that knows how they are started.

Prefect reads its settings from the environment when it is imported, so `prepare` must be called first.
Nothing leaves the machine: analytics are off and the server listens on the loopback address only.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from pathlib import Path

from outputs.packing import write_whole

SERVER_FILE = "may-chu.json"
START_LIMIT_S = 180.0


def home_of(outputs: Path) -> Path:
    """Where Prefect keeps its own things for a workspace."""
    return outputs.resolve() / "prefect"


def environment(outputs: Path, api_url: str | None = None) -> dict[str, str]:
    """Prefect's settings as variables: home below `outputs`, nothing sent out, the server to use."""
    found = {
        "PREFECT_HOME": str(home_of(outputs)),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": os.environ.get("PREFECT_LOGGING_LEVEL", "WARNING"),
        "PREFECT_CLI_COLORS": "false",
            # The default of 20 s is too short for an old office machine that does other work in the night.
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(int(START_LIMIT_S)),
        # Its database would grow for years: runs are kept for 90 days (ours are in the store and the diary).
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(90 * 86400),
    }  # fmt: skip
    return found | ({"PREFECT_API_URL": api_url} if api_url else {})


def prepare(outputs: Path, api_url: str | None = None) -> None:
    """Set Prefect's environment for this process."""
    home_of(outputs).mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(outputs, api_url))


def remember(home: Path, api: str, pid: int) -> None:
    """Note where the server of `rasoat serve` answers, for runs by hand."""
    write_whole(home / SERVER_FILE, json.dumps({"api": api, "pid": pid}).encode())


def forget(home: Path) -> None:
    """The server is no longer there."""
    (home / SERVER_FILE).unlink(missing_ok=True)


def running_server(outputs: Path) -> str | None:
    """Address of a server that answers: the one of the environment, or the one that `serve` started here."""
    candidates = [os.environ.get("PREFECT_API_URL")]
    note = outputs / "prefect" / SERVER_FILE
    if note.is_file():
        try:
            candidates.append(json.loads(note.read_text("utf-8")).get("api"))
        except ValueError:  # half written by an older version, or emptied by a power cut: as if it were not there
            note.unlink(missing_ok=True)
    return next((url for url in candidates if url and _answers(url)), None)


def _answers(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
