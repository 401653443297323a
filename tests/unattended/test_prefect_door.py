"""Prefect's environment: nothing is sent out, its API is for this user alone, its notes may be broken."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from flows import prefect_door
from flows.unattended.asking import Api


def test_nothing_is_sent_out_and_the_api_asks_for_a_password(tmp_path: Path) -> None:
    found = prefect_door.environment(tmp_path, "http://127.0.0.1:4321/api")
    assert (found["PREFECT_SERVER_ANALYTICS_ENABLED"], found["DO_NOT_TRACK"]) == ("false", "1")
    assert found["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4321"
    assert found["PREFECT_SERVER_API_AUTH_STRING"] == found["PREFECT_API_AUTH_STRING"]
    place = prefect_door.home_of(tmp_path) / prefect_door.PASSWORD_FILE
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert prefect_door.environment(tmp_path) == prefect_door.environment(tmp_path)
    assert prefect_door.environment(tmp_path / "khac")["PREFECT_API_AUTH_STRING"] != found["PREFECT_API_AUTH_STRING"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"api": "http://127.0.0.1:9/api"}', '{"api": 3}'])
def test_a_broken_or_old_note_of_a_server_is_no_server(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    place = prefect_door.home_of(tmp_path) / prefect_door.SERVER_FILE
    place.parent.mkdir(parents=True)
    place.write_text(text, "utf-8")
    assert prefect_door.running_server(tmp_path) is None


def test_a_server_that_is_not_there_cannot_be_asked() -> None:
    api = Api("http://127.0.0.1:9/api", "rasoat:x")
    assert (api.run_of("nightly", "thử"), api.ended("1"), api.settle()) == (None, False, 0)
