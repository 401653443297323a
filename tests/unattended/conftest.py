"""Workspaces for the tests of unattended work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # `servers` beside the tests

from flows.settings import Workspace, workspace

PLAN = (
    "ỦY BAN NHÂN DÂN\nXÃ MẪU SƠN\nSố: 01/QĐ-UBND\nMẫu Sơn, ngày 02 tháng 01 năm 2026\nQUYẾT ĐỊNH\nVề việc thử\n"
    "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;\nĐiều 1. Thử\nNội dung thử.\n"
)
DECREE = (
    "CHÍNH PHỦ\nSố: 999/2025/NĐ-CP\nHà Nội, ngày 05 tháng 01 năm 2025\nNGHỊ ĐỊNH\nVề việc thử\n"
    "Điều 1. Thử\nNghị định này có hiệu lực từ ngày 20 tháng 02 năm 2025.\n"
)


Make = Callable[[str], Workspace]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a workspace with the text of its settings."""
    return lambda settings: made(tmp_path / "xa", settings)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace with one local and one central document."""
    return made(tmp_path / "xa")


def made(base: Path, settings: str = "") -> Workspace:
    (base / "corpus" / "dia-phuong").mkdir(parents=True)
    (base / "corpus" / "trung-uong" / "moi").mkdir(parents=True)
    (base / "corpus" / "dia-phuong" / "01.txt").write_text(PLAN, "utf-8")
    (base / "corpus" / "trung-uong" / "ND.txt").write_text(DECREE, "utf-8")
    (base / "rasoat.toml").write_text(settings, "utf-8")
    return workspace(str(base), None, None)
