"""A full disk, a folder that only reads, a store that another holds, a clock set back: told in one line, nothing lost.

The full disk is a real one where this machine lets us mount a small file system (in a mount namespace of our own);
beside it the n-th file operation is refused, and files may not grow beyond a size.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness import (
    DAY,
    Done,
    Zygote,
    assert_no_half_file,
    assert_whole,
    copy,
    files,
    left_over,
    points,
    rows,
    seed,
)

from corpus import store
from corpus.store.lock import FileLock

FEW = points(0.07)


@dataclass(frozen=True)
class Quiet:
    """An undisturbed run on a fresh workspace."""

    done: Done
    files: dict[str, bytes]
    rows: dict[str, list[tuple[object, ...]]]
    place: Path


@pytest.fixture(scope="module")
def quiet(zygote: Zygote, fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Quiet:
    place = copy(fresh, tmp_path_factory.mktemp("quiet") / "xa")
    done = zygote.run(place, review(place))
    assert [code for _, code in done.acknowledged] == [0]
    return Quiet(done, files(place / "outputs"), rows(place / "outputs"), place)


def review(place: Path, outputs: Path | None = None) -> list[str]:
    where = ["--corpus", str(place / "corpus"), "--outputs", str(outputs)] if outputs else ["--workspace", str(place)]
    return ["review", *where, "--as-of", DAY]


def told_in_a_line(done: Done, *words: str) -> bool:
    """No traceback; the last line says what is wrong; the exit code is that of a command that could not be done."""
    last = done.err.strip().splitlines()[-1]
    told = (
        not done.killed and "Traceback" not in done.err and done.acknowledged[-1][1] in (1, 2)
        and any(word in last for word in words)
    )  # fmt: skip
    if not told:
        print(done)
    return told


@pytest.mark.parametrize("number", FEW)
def test_the_disk_is_full_at_an_operation(
    number: int, zygote: Zygote, fresh: Path, quiet: Quiet, tmp_path: Path
) -> None:
    place = copy(fresh, tmp_path / "xa")
    at = random.Random(f"{seed()}-day-{number}").randint(1, quiet.done.fails)
    done = zygote.run(tmp_path, review(place), point={"fail": at})
    assert told_in_a_line(done, "hết chỗ", "ổ đĩa")
    assert goes_on(zygote, place, quiet) == quiet.done.acknowledged


@pytest.mark.parametrize("number", FEW)
def test_no_file_may_grow(number: int, zygote: Zygote, fresh: Path, quiet: Quiet, tmp_path: Path) -> None:
    place = copy(fresh, tmp_path / "xa")
    largest = max(len(data) for data in quiet.files.values())
    limit = random.Random(f"{seed()}-co-{number}").randint(4096, largest - 1)
    done = zygote.run(tmp_path, review(place), file_size=limit)
    assert told_in_a_line(done, "ổ đĩa", "quá lớn", "chỗ trống", "File too large")
    assert goes_on(zygote, place, quiet) == quiet.done.acknowledged


def goes_on(zygote: Zygote, place: Path, quiet: Quiet) -> list[tuple[int, int]]:
    """The next run: everything is whole before it and as in a quiet office after it. Gives what it acknowledged."""
    assert_whole(place / "outputs")
    assert_no_half_file(place / "outputs", quiet.files)
    again = zygote.run(place, review(place))
    assert files(place / "outputs") == quiet.files, again.err
    assert rows(place / "outputs") == quiet.rows
    assert left_over(place / "outputs") == []
    return again.acknowledged


# --- a file system of our own ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mounting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    """The program in a mount namespace of its own."""
    prefix = ["unshare", "-Urm"]
    there = shutil.which("unshare") is not None
    if not there or subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no mount namespaces (unshare -Urm)")
    with Zygote(tmp_path_factory.mktemp("mounting"), prefix) as one:
        yield one


@pytest.mark.parametrize("number", FEW)
def test_a_small_disk_fills_up(number: int, mounting: Zygote, fresh: Path, quiet: Quiet, tmp_path: Path) -> None:
    place = copy(fresh, tmp_path / "xa")
    disk = tmp_path / "dia"
    disk.mkdir()
    needed = sum(path.stat().st_size for path in (quiet.place / "outputs").rglob("*") if path.is_file()) // 1024
    room = random.Random(f"{seed()}-dia-{number}").randint(16, int(needed * 0.9))
    assert mounting.shell("mount", "-t", "tmpfs", "-o", f"size={room}k", "tmpfs", str(disk)) == 0
    done = mounting.run(tmp_path, review(place, disk / "outputs"))
    assert told_in_a_line(done, "hết chỗ", "ổ đĩa", "không mở được")
    outputs = mounting.seen(disk / "outputs")
    if outputs.exists():
        assert_whole(copied(outputs, tmp_path / "xem"))
        assert_no_half_file(outputs, quiet.files)
    assert mounting.shell("mount", "-o", "remount,size=64m", str(disk)) == 0
    again = mounting.run(tmp_path, review(place, disk / "outputs"))
    assert again.acknowledged == quiet.done.acknowledged, again.err
    assert files(outputs) == quiet.files
    assert left_over(outputs) == []
    assert mounting.shell("umount", str(disk)) == 0


def test_a_decision_on_a_full_disk_is_not_acknowledged(mounting: Zygote, quiet: Quiet, tmp_path: Path) -> None:
    disk = tmp_path / "dia"
    disk.mkdir()
    assert mounting.shell("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)) == 0
    assert mounting.shell("cp", "-r", str(quiet.place / "outputs"), str(disk)) == 0
    outputs = mounting.seen(disk / "outputs")
    used = sum(path.stat().st_size for path in outputs.rglob("*") if path.is_file()) // 1024
    assert mounting.shell("mount", "-o", f"remount,size={used + 200}k", str(disk)) == 0
    ids = ids_of(outputs)
    long = "x" * 20_000
    calls = [["decide", ids[i % len(ids)], "--verdict", "hoan", "--until", "2027-01-01", "--note", long,
              "--corpus", str(quiet.place / "corpus"), "--outputs", str(disk / "outputs")]
             for i in range(40)]  # fmt: skip
    done = mounting.run(tmp_path, *calls)
    assert "Traceback" not in done.err
    kept = [number for number, code in done.acknowledged if code == 0]
    assert kept, "some fitted"
    assert len(kept) < len(calls), "the disk was full in the end"
    place = copied(outputs, tmp_path / "xem")
    assert_whole(place)
    assert len(rows(place)["decision"]) == len(kept)
    assert mounting.shell("umount", str(disk)) == 0


def test_a_folder_that_only_reads(mounting: Zygote, quiet: Quiet, tmp_path: Path) -> None:
    """Nothing can be written there; what only reads still answers."""
    place = copy(quiet.place, tmp_path / "xa")
    (place / "corpus" / "dia-phuong" / "moi.txt").write_text("QUYẾT ĐỊNH\nĐiều 1. Nội dung.\n", "utf-8")
    outputs = place / "outputs"
    assert mounting.shell("mount", "--bind", str(outputs), str(outputs)) == 0
    assert mounting.shell("mount", "-o", "remount,ro,bind", str(outputs)) == 0
    before = {path: path.read_bytes() for path in outputs.rglob("*") if path.is_file()}
    assert told_in_a_line(mounting.run(tmp_path, review(place)), "chỉ cho đọc", "không có quyền")
    assert told_in_a_line(mounting.run(tmp_path, ["backup", "--workspace", str(place)]), "chỉ cho đọc")
    assert told_in_a_line(mounting.run(tmp_path, ["forms", "bo-31-01", "--workspace", str(place)]), "chỉ cho đọc")
    where = ["--workspace", str(place)]
    reading = mounting.run(tmp_path, ["decisions", *where], ["audit", "verify", *where])
    assert [code for _, code in reading.acknowledged] == [0, 0], reading.err
    assert before == {path: path.read_bytes() for path in outputs.rglob("*") if path.is_file()}
    assert mounting.shell("umount", str(outputs)) == 0


def ids_of(outputs: Path) -> list[str]:
    lines = next(outputs.glob("luot-*/findings.jsonl")).read_text("utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines]


def copied(outputs: Path, to: Path) -> Path:
    shutil.copytree(outputs, to)
    return to


# --- held by another, and clocks ------------------------------------------------------------------------------


def test_a_store_that_another_run_holds(zygote: Zygote, fresh: Path, quiet: Quiet, tmp_path: Path) -> None:
    place = copy(fresh, tmp_path / "xa")
    (place / "outputs").mkdir(exist_ok=True)
    with FileLock(place / "outputs" / "rasoat.db.lock", "kho", 0.0):
        assert told_in_a_line(zygote.run(tmp_path, review(place)), "một lượt chạy khác")
    assert goes_on(zygote, place, quiet) == quiet.done.acknowledged


def test_a_store_that_another_program_has_locked(zygote: Zygote, quiet: Quiet, tmp_path: Path) -> None:
    """Somebody looks at the database with a tool that holds it: told after the wait, and then it goes on."""
    import sqlite3

    place = copy(quiet.place, tmp_path / "xa")
    (place / "corpus" / "dia-phuong" / "moi.txt").write_text("QUYẾT ĐỊNH\nĐiều 1. Nội dung.\n", "utf-8")
    other = sqlite3.connect(place / "outputs" / "rasoat.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert told_in_a_line(zygote.run(tmp_path, review(place), patience=0.2), "một lượt chạy khác")
    other.rollback()
    other.close()
    assert zygote.run(tmp_path, review(place)).acknowledged == [(0, 0)]
    assert_whole(place / "outputs")


def test_a_clock_set_back_and_right_again(zygote: Zygote, quiet: Quiet, tmp_path: Path) -> None:
    """Days before the last run are a preview; decisions are kept in the order in which they were taken."""
    place = copy(quiet.place, tmp_path / "xa")
    id_ = ids_of(place / "outputs")[0]
    where = ["--workspace", str(place)]
    wrong = "2019-01-01T02:00:00+00:00"
    back = zygote.run(
        tmp_path, ["review", *where], ["decide", id_, "--verdict", "dong_y", *where], ["decisions", *where],
        ["backup", *where], ["forms", "list"], ["clocks", *where], now=wrong,
    )  # fmt: skip
    assert "Traceback" not in back.err, back.err
    assert [code for _, code in back.acknowledged[:4]] == [0, 0, 0, 0], back.err
    assert_whole(place / "outputs")
    assert rows(place / "outputs")["run"] == quiet.rows["run"], "the history does not have the preview"
    right = zygote.run(tmp_path, ["review", *where, "--as-of", DAY], ["decide", id_, "--undo", *where])
    assert [code for _, code in right.acknowledged] == [0, 0], right.err
    assert_whole(place / "outputs")
    with store.open(place / "outputs" / "rasoat.db") as opened:
        assert [one.verdict for one in opened.decision_history(id_)] == ["dong_y", "rut_lai"]
    done = {name: data for name, data in files(place / "outputs").items() if name.startswith("luot-")}
    assert done == quiet.files
