"""Prefect's environment: nothing is sent out, its API is for this user alone, its notes may be broken."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from servers import WebServer, page, running

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


def test_what_the_last_server_left_is_closed_and_what_is_to_come_stays() -> None:
    server = WebServer()
    runs = {
        "RUNNING": [{"id": "r1", "expected_start_time": "2026-01-01T00:00:00Z"}],
        "SCHEDULED": [{"id": "s1", "expected_start_time": "2026-01-01T19:00:00Z"},
                      {"id": "s2", "expected_start_time": "2126-01-01T19:00:00Z"}],
    }  # fmt: skip

    def answer(value: object) -> Callable[[BaseHTTPRequestHandler], None]:
        return page(json.dumps(value).encode(), "application/json")

    def filtered(asked: BaseHTTPRequestHandler) -> None:
        wanted = json.loads(server.asked[-1][2])["flow_runs"]["state"]["type"]["any_"]
        answer([run for state, found in runs.items() if state in wanted for run in found])(asked)

    server.pages |= {
        "/api/flow_runs/filter": filtered, "/api/flow_runs/r1/set_state": answer({}), "/api/flow_runs/s1": answer({}),
        "/api/deployments/name/nightly/nightly": answer({"id": "d1"}),
        "/api/deployments/d1/create_flow_run": answer({"id": "new"}),
        "/api/flow_runs/new": answer({"state": {"type": "CRASHED"}}),
    }  # fmt: skip
    with running(server) as port:
        api = Api(f"http://127.0.0.1:{port}/api", "rasoat:x")
        assert api.settle() == 2
        assert (api.run_of("nightly", "thử"), api.ended("new")) == ("new", True)
        assert (api.offers("nightly"), api.offers("annual")) == (True, False)
    told = {path: json.loads(body) for path, _, body in server.asked if body}
    assert told["/api/flow_runs/r1/set_state"]["state"]["type"] == "CRASHED"
    assert "/api/flow_runs/s1" in server.paths
    assert "/api/flow_runs/s2" not in server.paths
    assert {headers["authorization"] for _, headers, _ in server.asked} == {"Basic cmFzb2F0Ong="}
