"""A run's folder: complete, whole files, the same bytes for the same run, nothing sent anywhere."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import outputs.report
from corpus.model import Run
from outputs import write_run
from outputs.packing import write_whole

FILES = ["findings.jsonl", "findings.xlsx", "report.html"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_everything_is_there_and_nothing_else(run: Run, tmp_path: Path) -> None:
    write_run(run, tmp_path / "luot-0004")
    assert list(contents(tmp_path / "luot-0004")) == FILES


def test_same_run_same_bytes(run: Run, tmp_path: Path) -> None:
    write_run(run, tmp_path / "a")
    # ZIP entries keep even seconds: the clock must have moved by more than that.
    time.sleep(2.1)
    write_run(run, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_office_files_carry_no_clock(run: Run, tmp_path: Path) -> None:
    write_run(run, tmp_path)
    for path in (*tmp_path.rglob("*.docx"), *tmp_path.rglob("*.xlsx")):
        with ZipFile(BytesIO(path.read_bytes())) as parts:
            assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert parts.namelist()[0] == "[Content_Types].xml"
            assert parts.read("docProps/core.xml").count(b"2026-11-24T00:00:00Z") == 2


def test_a_report_that_fails_leaves_the_old_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_run(run, tmp_path)
    before = contents(tmp_path)

    def broken(_: Run) -> str:
        raise RuntimeError("no")

    monkeypatch.setattr(outputs.report, "render", broken)
    with pytest.raises(RuntimeError):
        write_run(run, tmp_path)
    assert contents(tmp_path) == before


def test_no_half_file_stays(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
