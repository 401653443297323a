"""Prefect's settings and server: the one place that knows how they are started.

Prefect reads its settings from the environment when it is imported, so `prepare` must be called first.
Nothing leaves the machine: analytics are off and the server listens on the loopback address only.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from flows.unattended.children import answers
from outputs.packing import write_whole

SERVER_FILE, PASSWORD_FILE = "may-chu.json", "mat-khau"
START_LIMIT_S = 180.0


def home_of(outputs: Path) -> Path:
    """Where Prefect keeps its own things for a workspace."""
    return outputs.resolve() / "prefect"


def password(outputs: Path) -> str:
    """What Prefect's API asks for, made once and kept where only this user can read it.

    Without it, any page of the web in the officer's browser, and any other user of the machine, could start runs: the
    server takes requests of every origin and name.
    """
    place = home_of(outputs) / PASSWORD_FILE
    if not place.is_file():
        write_whole(place, f"rasoat:{secrets.token_urlsafe(18)}".encode("ascii"), 0o600)
    return place.read_text("ascii").strip()


def environment(outputs: Path, api_url: str | None = None) -> dict[str, str]:
    """Prefect's settings as variables: home below `outputs`, nothing sent out, the server to use and its password."""
    secret = password(outputs)
    own = (api_url or "http://127.0.0.1:4200/api").removesuffix("/api")
    found = {
        "PREFECT_SERVER_API_AUTH_STRING": secret,
        "PREFECT_API_AUTH_STRING": secret,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": own,
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
    """Set Prefect's environment for this process. A server of the user's own keeps its own password."""
    home_of(outputs).mkdir(parents=True, exist_ok=True)
    found = environment(outputs, api_url)
    if api_url is not None and api_url == os.environ.get("PREFECT_API_URL"):
        found = {name: value for name, value in found.items() if "AUTH_STRING" not in name}
    os.environ.update(found)


def remember(home: Path, api: str, pid: int) -> None:
    """Note where the server of `rasoat serve` answers, for runs by hand."""
    write_whole(home / SERVER_FILE, json.dumps({"api": api, "pid": pid}).encode())


def forget(home: Path) -> None:
    """The server is no longer there."""
    (home / SERVER_FILE).unlink(missing_ok=True)


def running_server(outputs: Path) -> str | None:
    """Address of a server that answers: the one of the environment, or the one that `serve` started here."""
    candidates: list[object] = [os.environ.get("PREFECT_API_URL")]
    note = home_of(outputs) / SERVER_FILE
    if note.is_file():
        try:
            candidates.append(json.loads(note.read_text("utf-8"))["api"])
        except (ValueError, KeyError, TypeError):  # emptied by a power cut: as if it were not there
            note.unlink(missing_ok=True)
    found = (url for url in candidates if isinstance(url, str) and url)
    return next((url for url in found if answers(f"{url}/health")), None)
