"""Asking Prefect's server on this machine, over its HTTP interface: whoever looks after it must not import it."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flows.unattended.diary import Kind

_TROUBLE = (urllib.error.URLError, OSError, ValueError, KeyError, TypeError)
_WAIT_S = 20.0


@dataclass(frozen=True, slots=True)
class Api:
    """The server at an address ("http://127.0.0.1:4200/api"), with the password that it asks for (NAME:SECRET)."""

    url: str
    password: str

    def run_of(self, kind: Kind, reason: str) -> str | None:
        """Ask for a run of a deployment, with its own parameters; gives its id, None where that cannot be done."""
        try:
            found = self._call(f"deployments/name/{kind}/{kind}")
            asked = {"state": {"type": "SCHEDULED", "message": reason}, "parameters": {}}
            return str(self._call(f"deployments/{found['id']}/create_flow_run", asked)["id"])
        except _TROUBLE:
            return None

    def offers(self, kind: Kind) -> bool:
        """Whether the runner has registered a deployment, so that its runs will be carried out."""
        try:
            return bool(self._call(f"deployments/name/{kind}/{kind}"))
        except _TROUBLE:
            return False

    def ended(self, run: str) -> bool:
        """Whether a run has ended, as Prefect sees it; False where it cannot be asked."""
        try:
            state = self._call(f"flow_runs/{run}")["state"]["type"]
        except _TROUBLE:
            return False
        return state in ("CRASHED", "FAILED", "CANCELLED", "COMPLETED")

    def settle(self) -> int:
        """Close what the last `rasoat serve` left behind, before anything runs; gives how many runs.

        Runs that died are marked as crashed; runs that were due while the machine was off are taken away: what is
        missing is caught up once.
        """
        count = 0
        try:
            for run in self._runs(["RUNNING", "PENDING", "CANCELLING"]):
                state = {"state": {"type": "CRASHED", "message": "rasoat serve đã dừng giữa chừng"}, "force": True}
                self._call(f"flow_runs/{run['id']}/set_state", state)
                count += 1
            for run in self._runs(["SCHEDULED"]):
                if datetime.fromisoformat(run["expected_start_time"].replace("Z", "+00:00")) < datetime.now(UTC):
                    self._call(f"flow_runs/{run['id']}", method="DELETE")
                    count += 1
        except _TROUBLE:
            return count
        return count

    def _runs(self, states: list[str]) -> list[dict[str, Any]]:
        asked = {"flow_runs": {"state": {"type": {"any_": states}}}, "limit": 200, "sort": "EXPECTED_START_TIME_ASC"}
        found: list[dict[str, Any]] = self._call("flow_runs/filter", asked)
        return found

    def _call(self, path: str, sent: Any = None, method: str | None = None) -> Any:
        data = json.dumps(sent).encode() if sent is not None else None
        token = base64.b64encode(self.password.encode()).decode("ascii")
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {token}"}
        request = urllib.request.Request(f"{self.url}/{path}", data, headers, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=_WAIT_S) as answer:
            body = answer.read()
        return json.loads(body) if body else None
