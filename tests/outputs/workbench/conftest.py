"""The review page over the sample commune, asked without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from flows import cli
from flows.settings import workspace
from flows.workbench import WorkbenchDoor
from outputs.workbench.app import application

BASE = "http://127.0.0.1"


class Page:
    """A browser of the poor: gets screens, sends forms with the token of the page."""

    def __init__(self, door: WorkbenchDoor) -> None:
        self.door = door
        self.client = TestClient(application(door), base_url=BASE, raise_server_exceptions=False)
        self.token = re.findall(r'name="ma" value="([^"]+)"', self.get("/giay-to"))[0]

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def post(self, path: str, status: int = 200, **fields: object) -> str:
        answer = self.client.post(path, data={"ma": self.token, **fields})
        assert answer.status_code == status, answer.text
        return answer.text

    def ids(self, query: str = "") -> list[str]:
        return re.findall(r'data-id="([0-9a-f]+)"', self.get(f"/phat-hien{query}"))


@pytest.fixture(scope="session")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("xa")
    assert cli.main(["init", "--samples", "--workspace", str(folder)]) == 0
    assert cli.main(["review", "--workspace", str(folder), "--as-of", "2026-11-20"]) == 0
    return folder


@pytest.fixture
def page(commune: Path) -> Iterator[Page]:
    """A page that starts anew; what a test decides it also takes back."""
    made = Page(WorkbenchDoor(workspace(str(commune), None, None), "Cán bộ Mẫu"))
    with made.client:
        yield made
        while "Không còn quyết định" not in made.post("/hoan-tac", ve="", tu="danh_sach"):
            pass
