"""Runs without Prefect: recorded, patient, bounded; the commands that look at them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus import store
from flows import cli, pipeline
from flows.opening import CannotRun, store_place
from flows.settings import Workspace, today
from flows.unattended import arrivals, health, upkeep, work
from flows.unattended.diary import Diary

DECREE = (
    "CHÍNH PHỦ\nSố: 998/2025/NĐ-CP\nHà Nội, ngày 06 tháng 01 năm 2025\nNGHỊ ĐỊNH\nVề việc thử\n"
    "Điều 1. Bãi bỏ\nBãi bỏ Nghị định số 34/2016/NĐ-CP.\n"
    "Điều 2. Hiệu lực\nNghị định này có hiệu lực từ ngày 20 tháng 02 năm 2025.\n"
)


def run(space: Workspace, *argv: str) -> int:
    return cli.main([argv[0], "--corpus", str(space.corpus), "--outputs", str(space.outputs), *argv[1:]])


def diary(space: Workspace) -> Diary:
    assert space.outputs is not None
    return Diary(space.outputs)


def test_a_night_without_prefect_gives_what_review_gives(
    space: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    assert run(space, "nightly", "--no-prefect", "--as-of", "2026-11-24") == 0
    folder = Path(capsys.readouterr().out.strip())
    plain = pipeline.review(Workspace(space.corpus, tmp_path / "tay"), date(2026, 11, 24))
    assert (folder / "findings.jsonl").read_bytes() == (plain.folder / "findings.jsonl").read_bytes()
    last = diary(space).last("nightly")
    assert last is not None
    assert (last.outcome, last.folder, last.counts["changed"]) == ("xong", str(folder), 2)
    assert run(space, "nightly", "--no-prefect", "--as-of", "2026-11-24") == 0
    again = diary(space).last("nightly")
    assert again is not None
    assert "không có gì thay đổi" in (again.message or "")
    capsys.readouterr()
    for options, why in ((["--explain"], "không đổi\tkhông đổi"), (["--explain", "--all"], "không đổi\t")):
        assert run(space, "nightly", "--no-prefect", "--as-of", "2026-11-24", *options) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "tệp\tđọc\trà soát"
        assert any(line.startswith(f"corpus/dia-phuong/01.txt\t{why}") for line in lines), lines


def test_a_second_run_on_the_same_store_is_refused(
    space: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(work, "STORE_WAIT_S", 0.0)
    monkeypatch.setattr(work.night, "__defaults__", (False, 0.0))
    with store.open(store_place(space), write=True):
        assert run(space, "nightly", "--no-prefect") == 2
    assert "một lượt chạy khác" in capsys.readouterr().err
    last = diary(space).last("nightly")
    assert last is not None
    assert last.outcome == "ban"


def test_a_run_waits_for_another_one_that_is_short(space: Workspace) -> None:
    held, let_go = threading.Event(), threading.Event()

    def other() -> None:
        with store.open(store_place(space), write=True):
            held.set()
            let_go.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    held.wait(10)
    threading.Timer(0.4, let_go.set).start()
    start = time.monotonic()
    with work.patient_session(space, wait=10.0):
        assert time.monotonic() - start >= 0.3
    thread.join()


def test_what_goes_wrong_is_written_down(space: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), work.recorded(space, "nightly"):
        raise ZeroDivisionError("thử")
    last = diary(space).last("nightly")
    assert last is not None
    assert (last.outcome, last.message) == ("hong", "ZeroDivisionError: thử")
    assert "Lượt đêm: HỎNG" in diary(space).log.read_text("utf-8")


def test_a_run_without_a_corpus_folder_fails_with_its_reason(space: Workspace, tmp_path: Path) -> None:
    gone = Workspace(tmp_path / "khong-co" / "corpus", space.outputs)
    with pytest.raises(CannotRun), work.recorded(gone, "nightly") as note:
        work.night(gone, today(), work.Plain(), note, note.say)
    last = diary(space).last("nightly")
    assert last is not None
    assert last.outcome == "hong"


# --- new documents ---------------------------------------------------------------------------------


def test_a_file_in_moi_is_seen_when_it_has_stopped_growing_and_once(space: Workspace) -> None:
    watch = arrivals.Watch(space)
    moi = space.corpus / "trung-uong" / "moi"
    assert watch.arrived(0.0) == []
    (moi / "ND.txt").write_text("CHÍNH", "utf-8")
    assert watch.arrived(1.0) == []
    (moi / "ND.txt").write_text(DECREE, "utf-8")
    assert watch.arrived(7.0) == []  # it grew: wait again
    assert watch.arrived(9.0) == []
    assert [one.name for one in watch.arrived(13.0)] == ["ND.txt"]
    assert watch.arrived(20.0) == []
    assert [one.name for one in watch.arrived(1000.0)] == ["ND.txt"]  # still not read: asked again
    with work.recorded(space, "decree") as note:
        done = arrivals.take_in(space, None, date(2026, 11, 24), work.Plain(), note)
    assert "corpus/trung-uong/moi/ND.txt" in done.run.documents
    assert (moi / "ND.txt").is_file()
    assert arrivals.waiting(space) == []
    assert watch.arrived(3000.0) == []
    for name in (".an.txt", "~$tam.docx", ".ND.txt.part"):
        (moi / name).write_text("x", "utf-8")
    assert watch.arrived(3001.0) == []
    assert watch.arrived(3010.0) == []


def test_what_a_new_document_touches_is_told(space: Workspace) -> None:
    with work.recorded(space, "nightly") as note:
        work.night(space, date(2026, 11, 24), work.Plain(), note, note.say)
    (space.corpus / "trung-uong" / "moi" / "ND.txt").write_text(DECREE, "utf-8")
    (space.corpus / "trung-uong" / "moi" / "rong.txt").write_bytes(b"")
    assert run(space, "decree", "--no-prefect", "--as-of", "2026-11-24") == 0
    text = diary(space).log.read_text("utf-8")
    assert "Văn bản mới ND.txt: " in text
    last = diary(space).last("decree")
    assert last is not None
    assert last.counts["touched"] >= 1
    assert "rong.txt" in text  # what cannot be read is told with its reason
    assert arrivals.waiting(space) == []  # and not tried again until its bytes change


def test_a_document_by_hand(space: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ND-998.txt").write_text(DECREE, "utf-8")
    assert run(space, "decree", str(tmp_path / "ND-998.txt"), "--no-prefect", "--as-of", "2026-11-24") == 0
    assert (space.corpus / "trung-uong" / "moi" / "ND-998.txt").read_text("utf-8") == DECREE
    assert run(space, "decree", str(tmp_path / "khong-co.txt"), "--no-prefect") == 1


# --- the year, maintenance -----------------------------------------------------------------------------


def test_the_drafts_of_the_year(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(space, "annual", "--no-prefect", "--as-of", "2026-12-15") == 0
    made = [Path(line) for line in capsys.readouterr().out.split("\n") if line]
    assert made
    assert all(path.is_file() and "2026" in str(path) for path in made)
    last = diary(space).last("annual")
    assert last is not None
    assert last.outcome == "xong"


def test_maintenance_checks_backs_up_and_cleans(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    pipeline.review(space, today())
    assert run(space, "maintenance", "--no-prefect") == 0
    assert Path(capsys.readouterr().out.strip()).is_file()
    last = diary(space).last("maintenance")
    assert last is not None
    assert "kho toàn vẹn" in (last.message or "")


def test_nothing_is_backed_up_or_removed_where_the_store_has_a_fault(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    from flows.safekeeping import backup

    pipeline.review(space, today())
    monkeypatch.setattr(backup, "check", lambda _: ("dòng 3 không khớp chuỗi băm",))
    monkeypatch.setattr(backup, "make", lambda _: pytest.fail("backed up"))
    assert run(space, "maintenance", "--no-prefect") == 1
    assert health.worst(health.look(space)) == "hong"
    assert "dòng 3" in diary(space).log.read_text("utf-8")


def test_old_runs_go_but_the_last_of_a_month_stays(tmp_path: Path) -> None:
    day = date(2026, 11, 24)
    ages = (900, 899, 898, 500, 399, 10, 0)
    for number, age in enumerate(ages, 1):
        (tmp_path / f"luot-{number:04d}_{day - timedelta(days=age)}").mkdir()
    for other in ("giay-to", "sao-luu", "luot-la", ".xoa-luot-0000_2020-01-01"):
        (tmp_path / other).mkdir()
    upkeep.clean(tmp_path, 400, day)
    left = sorted(place.name for place in tmp_path.iterdir())
    assert [name[:9] for name in left if name.startswith("luot-0")] == [
        "luot-0003", "luot-0004", "luot-0005", "luot-0006", "luot-0007"]  # fmt: skip
    assert left[:2] == ["giay-to", "luot-0003_" + str(day - timedelta(days=898))]
    assert not [name for name in left if name.startswith(".xoa")]


def test_logs_of_programs_are_shortened(tmp_path: Path) -> None:
    folder = tmp_path / "nhat-ky"
    folder.mkdir()
    log = folder / "lich-chay.log"
    log.write_bytes(b"".join(b"%09d\n" % n for n in range(600_000)))
    with log.open("ab") as writer:  # whoever appends to it goes on at its new end
        upkeep.shorten_logs(tmp_path)
        writer.write(b"sau\n")
    lines = log.read_bytes().splitlines()
    assert 200_000 < len(lines) < 300_000
    assert lines[-2:] == [b"000599999", b"sau"]


# --- health ------------------------------------------------------------------------------------------------


def test_health_of_a_workspace(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(space, "health") == 0
    assert "chưa có lượt đêm nào" in capsys.readouterr().out
    run(space, "nightly", "--no-prefect", "--as-of", "2026-11-24")
    capsys.readouterr()
    assert run(space, "health", "--json", "--deep") == 0
    told = json.loads(capsys.readouterr().out)
    checks = {one["code"]: one for one in told["checks"]}
    assert checks["luot_dem"]["level"] == "tot"
    assert checks["kho"]["level"] == "tot"
    assert checks["van_ban_trung_uong"]["value"] == "2025-01-05"
    assert "văn bản trung ương mới nhất: ngày 05/01/2025" in checks["van_ban_trung_uong"]["text"]
    assert checks["van_ban_trung_uong"]["level"] == "chu_y"
    assert checks["phuc_vu"]["level"] == "chu_y"


@pytest.mark.parametrize(
    ("newest", "level"), [(None, "chu_y"), (date(2026, 10, 25), "tot"), (date(2026, 10, 24), "chu_y")]
)
def test_central_law_older_than_thirty_days_is_told(newest: date | None, level: str) -> None:
    assert health.central(newest, date(2026, 11, 24)).level == level


def test_health_tells_a_damaged_store(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    pipeline.review(space, today())
    place = store_place(space)
    assert isinstance(place, Path)
    for beside in (place.with_name(place.name + "-wal"), place.with_name(place.name + "-shm")):
        beside.unlink(missing_ok=True)
    place.write_bytes(b"hong" * 5000)
    assert run(space, "health") == 1
    done = capsys.readouterr()
    assert "HỎNG" in done.out
    assert "Traceback" not in done.err


def test_nights_that_stopped_are_told(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    run(space, "nightly", "--no-prefect")
    entry = diary(space).last("nightly")
    assert entry is not None
    for days, level in ((0.5, "tot"), (1.5, "chu_y"), (5.0, "hong")):
        moved = json.loads((diary(space).folder / "lan-chay.json").read_text("utf-8"))
        for row in moved:
            row["ended"] = (health.datetime.now(health.UTC) - timedelta(days=days)).isoformat()
        (diary(space).folder / "lan-chay.json").write_text(json.dumps(moved), "utf-8")
        found = {one.code: one for one in health.look(space)}
        assert found["luot_dem"].level == level


# --- other commands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "parts"), [("serve", 1), ("hen-gio", 6)])
def test_units_for_systemd(space: Workspace, kind: str, parts: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(space, "serve", "--systemd", kind) == 0
    text = capsys.readouterr().out
    assert text.count("# /etc/systemd/system/") == parts
    assert str(space.corpus.resolve()) in text
    assert ("Persistent=true" in text) is (kind == "hen-gio")
    assert ("--no-prefect" in text) is (kind == "hen-gio")


def test_notices_and_sources_say_what_is_set(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(space, "notices") == 0
    assert "chưa đặt địa chỉ nhận" in capsys.readouterr().err
    assert run(space, "notices", "--test") == 1
    assert run(space, "sources") == 0
    assert "moi" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [("[thong_bao]\nmail = 1", "không có mục “mail”"), ("[nguon]\nbat = true", "phải có trang"),
     ("[nguon]\ncach_giay = 0", "từ 1 đến 3600"), ("[chay_dem]\ngioi_han_gio = 0", "từ 0.1 đến 48"),
     ("[thong_bao]\ntep = 3", "phải là chữ"), ('[nguon]\ntrang = "x"', "danh sách chữ"),
     ("nguon = 1", "phải là một mục")],
)  # fmt: skip
def test_wrong_settings_are_named(
    make: Callable[[str], Workspace], text: str, said: str, tmp_path: Path
) -> None:  # fmt: skip
    from flows.settings import SettingsError

    with pytest.raises(SettingsError, match=said):
        make(text)
