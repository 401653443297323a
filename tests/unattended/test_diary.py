"""The diary of runs: who ran, how it ended, what a person reads."""

from __future__ import annotations

import json
import multiprocessing
import re
import subprocess
import sys
from pathlib import Path

from flows.unattended.diary import LOG, RUNS, Diary


def test_a_run_from_beginning_to_end(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    entry = diary.begin("nightly")
    assert [one.outcome for one in diary.entries()] == ["dang_chay"]
    diary.end(entry, "xong", "3 phát hiện", tmp_path / "luot-0001", {"findings": 3})
    last = diary.last("nightly", "xong")
    assert last is not None
    assert (last.message, last.counts) == ("3 phát hiện", {"findings": 3})
    lines = diary.log.read_text("utf-8").splitlines()
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d  Lượt đêm: bắt đầu", lines[0])
    assert lines[1].endswith("Lượt đêm: xong. 3 phát hiện")


def test_a_run_whose_process_is_gone_has_died(tmp_path: Path) -> None:
    code = "import sys, os; from pathlib import Path; from flows.unattended.diary import Diary; " \
           "Diary(Path(sys.argv[1])).begin('nightly'); os._exit(1)"  # fmt: skip
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    diary = Diary(tmp_path)
    assert [one.outcome for one in diary.entries()] == ["dut"]
    assert json.loads((diary.folder / RUNS).read_text("utf-8"))[0]["outcome"] == "dang_chay"
    diary.begin("decree")
    kept = json.loads((diary.folder / RUNS).read_text("utf-8"))
    assert [row["outcome"] for row in kept] == ["dut", "dang_chay"]
    assert "đứt giữa chừng" in diary.log.read_text("utf-8")


def test_another_process_with_the_same_number_is_not_taken_for_it(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    diary.begin("nightly")
    place = diary.folder / RUNS
    rows = json.loads(place.read_text("utf-8"))
    rows[0]["born"] = "1@another-boot"
    place.write_text(json.dumps(rows), "utf-8")
    assert diary.entries()[0].outcome == "dut"


def test_a_broken_file_is_an_empty_diary(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    diary.begin("nightly")
    for text in ("", "{", "[1, 2]", '{"a": 1}'):
        (diary.folder / RUNS).write_text(text, "utf-8")
        assert diary.entries() == []
    diary.begin("decree")
    assert [one.kind for one in diary.entries()] == ["decree"]


def test_the_diary_and_its_log_stay_small(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    for _ in range(60):
        diary.end(diary.begin("decree"), "xong")
    diary.end(diary.begin("nightly"), "xong")
    assert len(diary.entries("decree")) == 40
    assert len(diary.entries("nightly")) == 1
    for number in range(8):
        diary.log.write_text("x" * 1_100_000, "utf-8")
        diary.say(f"dòng {number}\nhai")
    assert len(list(diary.folder.glob("rasoat*.log"))) == 6
    assert (diary.folder / LOG).read_text("utf-8").endswith("  dòng 7 hai\n")


def _many(folder: str) -> None:
    diary = Diary(Path(folder))
    for _ in range(20):
        diary.end(diary.begin("decree"), "xong")
        with diary.changing("thu.json") as kept:
            kept["n"] = kept.get("n", 0) + 1


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    runners = [context.Process(target=_many, args=(str(tmp_path),)) for _ in range(4)]
    for one in runners:
        one.start()
    for one in runners:
        one.join(60)
    diary = Diary(tmp_path)
    assert diary.kept("thu.json")["n"] == 80
    assert {one.outcome for one in diary.entries()} == {"xong"}
    assert len(diary.log.read_text("utf-8").splitlines()) == 160
