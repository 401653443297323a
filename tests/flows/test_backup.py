"""Backup and restore: what was acknowledged is in it, what is there is never lost, what is broken is told."""

from __future__ import annotations

import json
import random
import sqlite3
import stat
import subprocess
import sys
import textwrap
import zipfile
from datetime import date
from pathlib import Path

import pytest

from corpus import store
from corpus.model import Decision, Finding, Place, Record, Run
from corpus.store import backup as copies
from flows import cli
from flows.opening import CannotRun
from flows.pipeline import review
from flows.safekeeping import backup, restoring
from flows.settings import Workspace, load
from tests.old_stores import first_schema

DAY = date(2026, 11, 24)


def decision(finding: str, by: str = "tư pháp") -> Decision:
    return Decision(finding, "dong_y", "xem_xet", None, "ghi chú", by, "2026-11-24T08:00:00")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace with a run, decisions, records, own register rows and a paper."""
    assert cli.main(["init", "--workspace", str(tmp_path / "xa")]) == 0
    made = Workspace(tmp_path / "xa" / "corpus", tmp_path / "xa" / "outputs")
    (made.corpus / "dia-phuong" / "a.txt").write_text("QUYẾT ĐỊNH\nĐiều 1. Nội dung.\n", "utf-8")
    (made.corpus / "danh-muc" / "van-ban.csv").write_text("so_ky_hieu\n", "utf-8")
    assert made.outputs is not None
    (made.outputs / "giay-to" / "2026").mkdir(parents=True)
    (made.outputs / "giay-to" / "2026" / "mau-01.docx").write_bytes(b"sua tay")
    found = Finding("VD01", "cao", "corpus/dia-phuong/a.txt", (Place("art_1", 0, 5, 1, "Điều"),), "Đã hết hiệu lực.",
                    "khoản 2 Điều 39", "xem_xet", "chac_chan", "45/2013/QH13", None, (), id="f1")  # fmt: skip
    with store.open(made.outputs / "rasoat.db", write=True) as one:
        one.save_run(Run(1, DAY, "2026-11-24T02:00:00", (found,), (), {}, (), None, None), "p", "2026-11-24T02:01:00")
        one.save_decisions([decision("f1"), decision("f2")])
        one.keep([Record("phan_cong", "a", {"unit": "Phòng Kinh tế"}, "tư pháp", "2026-11-24T08:00:00")])
    return made


def at(place: Path) -> Workspace:
    return Workspace(place / "corpus", place / "outputs", load(place / "rasoat.toml"))


def told(one: Workspace) -> tuple[object, ...]:
    assert one.outputs is not None
    with store.open(one.outputs / "rasoat.db") as opened:
        assert opened.audit_fault() is None
        audit = [row for row in opened.audit() if row["action"] != "phuc_hoi"]
        return (opened.standing(), opened.decisions(), opened.kept("phan_cong"), audit, opened.runs())


def test_what_is_restored_elsewhere_is_what_was_backed_up(space: Workspace, tmp_path: Path) -> None:
    users = space.corpus.parent / "nguoi-dung.json"
    users.write_text("[]", "utf-8")
    users.chmod(0o600)
    made = backup.make(space)
    assert space.outputs is not None
    assert made.path.parent == space.outputs / "sao-luu"
    assert (made.state.runs, made.state.decisions, made.state.records) == (1, 2, 1)
    done = restoring.restore(made.path, at(tmp_path / "moi"), by="tư pháp")
    assert told(at(tmp_path / "moi")) == told(space)
    assert done.kept is None
    assert (tmp_path / "moi" / "rasoat.toml").read_bytes() == (tmp_path / "xa" / "rasoat.toml").read_bytes()
    assert stat.S_IMODE((tmp_path / "moi" / "nguoi-dung.json").stat().st_mode) == 0o600
    assert (tmp_path / "moi/outputs/giay-to/2026/mau-01.docx").read_bytes() == b"sua tay"
    assert (tmp_path / "moi/corpus/danh-muc/van-ban.csv").is_file()
    assert not (tmp_path / "moi/corpus/dia-phuong/a.txt").exists(), "documents only with --whole"
    with store.open(tmp_path / "moi/outputs/rasoat.db") as opened:
        last = opened.audit()[-1]
    assert (last["action"], last["by"], last["subject"]) == ("phuc_hoi", "tư pháp", made.path.name)
    assert not list((tmp_path / "moi/outputs").glob(".*")), "nothing is left of the work"


def test_a_whole_workspace_goes_on_on_another_machine(tmp_path: Path) -> None:
    assert cli.main(["init", "--samples", "--workspace", str(tmp_path / "xa")]) == 0
    first = review(at(tmp_path / "xa"), DAY)
    made = backup.make(at(tmp_path / "xa"), tmp_path / "usb", whole=True)
    restoring.restore(made.path, at(tmp_path / "moi"))
    again = review(at(tmp_path / "moi"), DAY)
    assert not again.again, "nothing is read or judged again"
    assert {f.id for f in again.run.findings} == {f.id for f in first.run.findings}
    for name in ("findings.jsonl", "findings.xlsx", "report.html"):
        assert (again.folder / name).read_bytes() == (first.folder / name).read_bytes()


WRITER = """
    import sys
    from corpus import store
    from corpus.model import Decision
    with store.open(sys.argv[1], write=True) as opened:
        for number in range(100_000):
            opened.save_decision(Decision(f"f{number}", "dong_y", None, None, "x" * 2000, "tư pháp", "2026-11-24"))
            print(number, flush=True)
"""


def test_a_backup_taken_while_another_process_writes(space: Workspace, tmp_path: Path) -> None:
    """All that was acknowledged before the backup began is in it, and the copy is whole."""
    assert space.outputs is not None
    place = str(space.outputs / "rasoat.db")
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), place], stdout=subprocess.PIPE, text=True
    ) as writer:
        try:
            assert writer.stdout is not None
            for round_ in range(4):
                acknowledged = [int(writer.stdout.readline()) for _ in range(40)][-1]
                made = backup.make(space)
                to = at(tmp_path / f"moi-{round_}")
                restoring.restore(made.path, to)
                assert to.outputs is not None
                with store.open(to.outputs / "rasoat.db") as opened:
                    kept = {one.finding for one in opened.decisions().values()}
                assert {f"f{number}" for number in range(acknowledged + 1)} <= kept
            assert writer.poll() is None, "the writer was never held up"
        finally:
            writer.kill()


def test_nothing_is_overwritten_unasked_and_what_gives_way_is_kept(space: Workspace) -> None:
    made = backup.make(space)
    assert space.outputs is not None
    with store.open(space.outputs / "rasoat.db", write=True) as opened:
        opened.save_decision(decision("f3"))
    (space.outputs / "giay-to/2026/mau-01.docx").write_bytes(b"sua tiep")
    after = told(space)
    with pytest.raises(CannotRun, match="đã có dữ liệu"):
        restoring.restore(made.path, space)
    assert told(space) == after
    done = restoring.restore(made.path, space, force=True)
    assert done.kept is not None
    assert "f3" not in told(space)[1]  # type: ignore[operator]
    with store.open(done.kept / "rasoat.db") as opened:
        assert "f3" in opened.decisions()
    assert (done.kept / "outputs/giay-to/2026/mau-01.docx").read_bytes() == b"sua tiep"
    assert (space.outputs / "giay-to/2026/mau-01.docx").read_bytes() == b"sua tay"


def test_settings_of_the_place_stay(space: Workspace, tmp_path: Path) -> None:
    made = backup.make(space)
    moi = tmp_path / "moi"
    moi.mkdir()
    (moi / "rasoat.toml").write_text('don_vi = "Ủy ban nhân dân xã Khác"\n', "utf-8")
    done = restoring.restore(made.path, at(moi))
    assert "xã Khác" in (moi / "rasoat.toml").read_text("utf-8")
    assert done.settings_beside == moi / "rasoat.toml.ban-sao-luu"


def test_a_run_that_writes_is_not_restored_over(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backup.make(space)
    monkeypatch.setattr(restoring, "WAIT_S", 0.0)
    assert space.outputs is not None
    with (
        store.open(space.outputs / "rasoat.db", write=True),
        pytest.raises(CannotRun, match="một lượt chạy khác"),
    ):
        restoring.restore(made.path, space, force=True)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_backup_is_told_and_changes_nothing(space: Workspace, tmp_path: Path, seed: int) -> None:
    data = bytearray(backup.make(space).path.read_bytes())
    chance = random.Random(seed)
    if seed < 4:
        del data[chance.randrange(len(data)) :]
    else:
        start = chance.randrange(40, len(data) - 200)
        data[start : start + 60] = chance.randbytes(60)
    bad = tmp_path / "hong.zip"
    bad.write_bytes(data)
    with pytest.raises(restoring.NotWhole, match=r"hỏng|không khớp|thay đổi"):
        restoring.restore(bad, at(tmp_path / "moi"))
    assert not [path for path in (tmp_path / "moi").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", [
    "../ngoai.txt", "/etc/ngoai", "corpus/../../ngoai.txt", "outputs/rasoat.db-wal", "outputs\\..\\x", "ngoai.txt",
])  # fmt: skip
def test_a_backup_with_names_that_lead_elsewhere_is_refused(space: Workspace, tmp_path: Path, name: str) -> None:
    good, bad = backup.make(space).path, tmp_path / "la.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as made:
        manifest = json.loads(source.read("manifest.json"))
        for entry in manifest["files"]:
            made.writestr(entry["name"], source.read(entry["name"]))
        made.writestr(name, b"x")
        digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        manifest["files"].append({"name": name, "size": 1, "mtime_ns": 0, "sha256": digest})
        made.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(restoring.NotWhole):
        restoring.restore(bad, at(tmp_path / "moi"))
    assert not list(tmp_path.rglob("ngoai*"))


def test_a_decision_changed_in_a_backup_is_found(space: Workspace, tmp_path: Path) -> None:
    """Someone who changes the store in the file and its hash in the manifest still meets the chain of the audit."""
    import hashlib

    good, bad = backup.make(space).path, tmp_path / "sua.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as made:
        manifest = json.loads(source.read("manifest.json"))
        place = tmp_path / "kho.db"
        place.write_bytes(source.read(backup.STORE))
        raw = sqlite3.connect(place)
        raw.execute("DROP TRIGGER decision_no_update")
        raw.execute("UPDATE decision SET verdict = 'khong_dong_y' WHERE finding = 'f1'")
        raw.commit()
        raw.close()
        for entry in manifest["files"]:
            data = place.read_bytes() if entry["name"] == backup.STORE else source.read(entry["name"])
            entry |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            made.writestr(entry["name"], data)
        made.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(restoring.NotWhole, match="f1"):
        restoring.restore(bad, at(tmp_path / "moi"))


def test_so_many_are_kept_and_never_the_newest_removed(space: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    for name in ("20990101-020000", "20990102-020000", "20990102-020000-2"):  # made with the clock set wrong
        (folder / f"rasoat-sao-luu-{name}.zip").write_bytes(b"")
    (folder / "khac.zip").write_bytes(b"")
    made = backup.make(space, folder, keep=2)
    assert [path.name for path in made.removed] == [
        "rasoat-sao-luu-20990101-020000.zip", "rasoat-sao-luu-20990102-020000.zip"
    ]  # fmt: skip
    assert made.path.exists()
    assert (folder / "khac.zip").exists()
    assert len(backup.make(space, folder, keep=0).removed) == 0


def test_a_damaged_store_is_told_with_the_backup_that_helps(space: Workspace) -> None:
    made = backup.make(space)
    assert space.outputs is not None
    place = space.outputs / "rasoat.db"
    data = bytearray(place.read_bytes())
    data[4096 * 2 :] = random.Random(5).randbytes(len(data) - 4096 * 2)
    place.write_bytes(data)
    with pytest.raises(CannotRun, match=made.path.name):
        backup.make(space)
    assert made.path.name in backup.check(space)[0]
    with pytest.raises(CannotRun, match=made.path.name):
        review(space, DAY)
    restoring.restore(made.path, space, force=True)
    assert backup.check(space) == ()


def test_check_finds_a_changed_decision(space: Workspace) -> None:
    assert backup.check(space) == ()
    assert space.outputs is not None
    raw = sqlite3.connect(space.outputs / "rasoat.db")
    raw.execute("DROP TRIGGER decision_no_update")
    raw.execute("UPDATE decision SET note = 'khác'")
    raw.commit()
    raw.close()
    assert "thay đổi" in backup.check(space)[0]


def test_a_backup_and_the_store_are_for_their_owner_alone(space: Workspace) -> None:
    made = backup.make(space)
    assert space.outputs is not None
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    for path in space.outputs.glob("rasoat.db*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    done = restoring.restore(made.path, space, force=True)
    assert done.kept is not None
    assert stat.S_IMODE((space.outputs / "rasoat.db").stat().st_mode) == 0o600


def test_what_killed_ones_left_is_cleared(space: Workspace, tmp_path: Path) -> None:
    assert space.outputs is not None
    for left in (space.outputs / "sao-luu/.dang-lam-999999", space.outputs / ".phuc-hoi-abcd"):
        left.mkdir(parents=True)
        (left / "kho.db").write_bytes(b"x")
    (space.outputs / "giay-to/.mau-01.docx.abcd.tmp").write_bytes(b"x")
    made = backup.make(space)
    restoring.restore(made.path, space, force=True)
    assert backup.sweep(space) == 1
    assert not list(space.outputs.rglob(".*"))


def test_a_backup_of_an_older_schema_is_brought_up(space: Workspace, tmp_path: Path) -> None:
    first_schema(tmp_path / "cu" / "outputs" / "rasoat.db")
    (tmp_path / "cu" / "corpus").mkdir()
    made = backup.make(at(tmp_path / "cu"))
    assert made.state.schema == "0001"
    done = restoring.restore(made.path, at(tmp_path / "moi"))
    assert done.state.decisions == 1
    assert backup.check(at(tmp_path / "moi")) == ()


def test_the_commands(space: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(space.corpus.parent)
    capsys.readouterr()
    assert cli.main(["backup", "--workspace", folder, "--whole"]) == 0
    made = capsys.readouterr().out.strip()
    assert cli.main(["restore", made, "--check"]) == 0
    done = capsys.readouterr()
    assert done.out == ""
    assert "nguyên vẹn" in done.err
    assert cli.main(["restore", made, "--workspace", folder]) == 2
    assert "--force" in capsys.readouterr().err
    assert cli.main(["restore", made, "--workspace", str(tmp_path / "moi")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "moi" / "outputs")
    assert cli.main(["restore", str(tmp_path / "khong-co.zip")]) == 1
    no_folder = str(space.corpus / "danh-muc" / "van-ban.csv")
    assert cli.main(["backup", "--workspace", str(tmp_path / "moi"), "--to", no_folder]) == 2


def test_an_empty_workspace_has_nothing_to_back_up(tmp_path: Path) -> None:
    cli.main(["init", "--workspace", str(tmp_path)])
    with pytest.raises(CannotRun, match="rasoat review"):
        backup.make(at(tmp_path))
    assert backup.check(at(tmp_path)) == ()
    assert backup.newest(at(tmp_path)) is None


def test_the_folder_of_the_settings(space: Workspace, tmp_path: Path) -> None:
    toml = space.corpus.parent / "rasoat.toml"
    toml.write_text('[sao_luu]\nthu_muc = "../usb"\ngiu = 1\n', "utf-8")
    one = at(space.corpus.parent)
    first, second = backup.make(one), backup.make(one)
    assert first.path.parent.resolve() == (tmp_path / "usb").resolve()
    assert second.removed == (first.path,)
    assert backup.newest(one) == second.path


def test_a_copy_says_what_it_holds(space: Workspace, tmp_path: Path) -> None:
    assert space.outputs is not None
    state = copies.copy_of(space.outputs / "rasoat.db", tmp_path / "ban-sao.db")
    assert state == copies.state_of(tmp_path / "ban-sao.db")
    assert not list(tmp_path.glob("ban-sao.db-*"))


def test_strange_manifests_are_told(space: Workspace, tmp_path: Path) -> None:
    """Whatever a manifest says, the answer is a line, not a traceback."""
    with zipfile.ZipFile(backup.make(space).path) as source:
        held = {name: source.read(name) for name in source.namelist()}
    manifest, chance, accepted = json.loads(held.pop("manifest.json")), random.Random(7), 0
    odd: list[object] = [None, [], {}, "x", 3, {"format": 1}, {"format": "1"}, {"format": 99, "files": []}]
    for _ in range(60):
        one = json.loads(json.dumps(manifest))
        part = chance.choice([one, one["store"], chance.choice(one["files"])])
        part[chance.choice(sorted(part))] = chance.choice([None, -1, 10**30, "x", [], {}, True, 1.5, "../../x"])
        odd.append(one)
    bad = tmp_path / "la.zip"
    for one in odd:
        with zipfile.ZipFile(bad, "w") as made:
            for name, data in held.items():
                made.writestr(name, data)
            made.writestr("manifest.json", json.dumps(one))
        try:
            restoring.look(bad)
            accepted += 1
        except (restoring.NotWhole, CannotRun):
            continue
    assert 0 < accepted < len(odd), "some say nothing that matters (the program's version), most do"
