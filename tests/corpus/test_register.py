"""Look-ups in the register, and the user's own rows."""

from __future__ import annotations

import pickle
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from corpus.register import NothingKnown, load
from corpus.register.index import HERE, build, fingerprint, open_index


@pytest.mark.parametrize(("short", "whole"), [
    ("Luật Tổ chức HĐND và UBND", "Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân"),
    ("Luật Ban hành văn bản QPPL", "Luật Ban hành văn bản quy phạm pháp luật"),
    ("Luật Phòng cháy chữa cháy", "Luật Phòng cháy và chữa cháy"),
])  # fmt: skip
def test_a_name_with_its_usual_abbreviations_is_that_name(short: str, whole: str) -> None:
    assert load().named(short) == load().named(whole) != ()


def test_a_symbol_is_found_however_it_is_written():
    register = load()
    for written in ("05/2025/TT-BTC", "5/2025/tt-btc", "5 /2025/ TT–BTC"):
        assert [row.symbol for row in register.documents(written)] == ["05/2025/TT-BTC"]
    assert register.documents("999/2031/NĐ-CP") == ()


def test_a_law_and_a_resolution_may_share_a_number():
    kinds = {row.kind for row in load().documents("24/2008/QH12")}
    assert kinds == {"luat", "nghi_quyet"}


@pytest.mark.parametrize(
    ("day", "symbol"),
    [(date(2014, 6, 30), "13/2003/QH11"), (date(2014, 7, 1), "45/2013/QH13"), (date(2024, 8, 1), "31/2024/QH15")],
)
def test_a_name_means_the_law_of_that_day(day, symbol):
    assert [row.symbol for row in load().named("luật đất đai", on=day)] == [symbol]


def test_a_year_in_the_text_wins_over_the_day():
    register = load()
    assert [row.symbol for row in register.named("Luật Đất đai", on=date(2025, 1, 1), year=2013)] == ["45/2013/QH13"]
    assert [row.symbol for row in register.named("Luật Đất đai năm 2013")] == ["45/2013/QH13"]
    assert register.named("Luật Đất đai", year=1987) == ()


def test_names_forgive_the_place_of_tones():
    assert load().named("Luật Hoà giải ở cơ sở") == load().named("LUẬT HÒA GIẢI Ở CƠ SỞ") != ()


def test_a_name_never_means_two_laws_that_are_surely_known():
    register = load()
    day = date(2026, 11, 24)
    for name in ("Luật Đất đai", "Luật Ngân sách nhà nước", "Luật Tổ chức chính quyền địa phương"):
        assert len(register.named(name, on=day)) == 1, name


def test_own_rows_win(tmp_path):
    (tmp_path / "documents.csv").write_text(
        "symbol,kind,issuer,date,effective,ended,state,certainty\n"
        "5/2025/TT-BTC,thong_tu,Bộ Tài chính,,2025-01-24,2026-02-01,het_hieu_luc_toan_bo,cao\n"
        "01/2026/QĐ-UBND,quyet_dinh,Ủy ban nhân dân xã Mẫu,2026-02-30,,,con_hieu_luc,cao\n",
        encoding="utf-8",
    )
    (tmp_path / "names.csv").write_text("name,year,symbol,from\nLuật Mẫu,2030,1/2030/QH17,2030-01-01\n", "utf-8")
    register = load(tmp_path)
    (row,) = register.documents("05/2025/TT-BTC")
    assert row.ended == date(2026, 2, 1)
    assert [name.symbol for name in register.named("Luật Mẫu")] == ["1/2030/QH17"]
    assert len(register.faults) == 1
    assert "dòng 3" in register.faults[0]
    assert register.documents("01/2026/QĐ-UBND") == ()


def test_an_own_row_silences_a_shipped_ending(tmp_path):
    shipped = [e for e in load().effects("45/2013/QH13") if e.affected_provision is None and e.scope == "whole"]
    assert shipped
    (tmp_path / "documents.csv").write_text("symbol,kind,state\n45/2013/QH13,luat,con_hieu_luc\n", encoding="utf-8")
    kept = [e for e in load(tmp_path).effects("45/2013/QH13") if e.affected_provision is None and e.scope == "whole"]
    assert kept == []


def test_a_missing_folder_of_own_rows_is_no_error(tmp_path):
    assert load(tmp_path / "danh-muc").documents("31/2024/QH15") == load().documents("31/2024/QH15")


def test_it_can_be_sent_to_a_worker():
    copy = pickle.loads(pickle.dumps(load()))
    assert copy.documents("31/2024/QH15") == load().documents("31/2024/QH15")


def test_the_index_follows_the_csv(tmp_path):
    folder = tmp_path / "register"
    folder.mkdir()
    for path in HERE.glob("*.csv"):
        shutil.copy(path, folder)
    build(folder)
    before = fingerprint(folder)
    with (folder / "names.csv").open("a", encoding="utf-8") as stream:
        stream.write("Luật Mẫu,2030,1/2030/QH17,2030-01-01,,,chua_ro,\n")
    assert fingerprint(folder) != before
    register = load(folder=folder)
    assert [row.symbol for row in register.named("Luật Mẫu")] == ["1/2030/QH17"]


def test_a_broken_index_is_built_again(tmp_path):
    shutil.copy(HERE / "names.csv", tmp_path)
    (tmp_path / ".index").mkdir()
    (tmp_path / ".index" / "register.sqlite").write_bytes(b"SQLite format 3\0 broken" * 50)
    assert load(folder=tmp_path).named("Luật Đất đai") != ()


def test_a_folder_that_cannot_be_written_uses_the_cache(tmp_path, monkeypatch):
    folder = tmp_path / "register"
    folder.mkdir()
    shutil.copy(HERE / "names.csv", folder)
    (folder / ".index").write_text("a file stands where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert open_index(folder).execute("SELECT count(*) FROM names").fetchone()[0] > 500
        assert list((tmp_path / "cache" / "rasoat").glob("register-*.sqlite"))
    finally:
        folder.chmod(stat.S_IRWXU)


def test_nothing_known_knows_nothing():
    nothing = NothingKnown()
    assert nothing.documents("31/2024/QH15") == nothing.named("Luật Đất đai") == nothing.effects("31/2024/QH15") == ()


def test_loading_and_a_look_up_take_little_time():
    """50 ms; the limit leaves room for a slow machine (CPU time, least of five)."""
    script = (
        "import corpus.model, time; t = time.process_time()\n"
        "from corpus.register import load; load().documents('31/2024/QH15'); print(time.process_time() - t)"
    )
    open_index()
    root = Path(__file__).parents[2]
    spent = [float(subprocess.check_output([sys.executable, "-c", script], cwd=root)) for _ in range(5)]
    assert min(spent) < 0.1
