"""What must not be kept is nowhere, and what is kept is for its owner alone."""

from __future__ import annotations

import os
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flows import cli

WORD = "zqbimat"
SECRET = f"""MẬT
ỦY BAN NHÂN DÂN
XÃ BẾN GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 01/BC-UBND
Bến Giang, ngày 02 tháng 3 năm 2026
BÁO CÁO
Về việc {WORD}
1. Nội dung {WORD} theo Nghị định số 23/2015/NĐ-CP.
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace with a paper that must not be there, run with home and temporary folder of its own."""
    folder = tmp_path_factory.mktemp("phong")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("home", "tam"):
            (folder / name).mkdir()
        patch.setenv("HOME", str(folder / "home"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "home" / "cache"))
        patch.setenv("TMPDIR", str(folder / "tam"))
        patch.setattr("tempfile.tempdir", None)
        old = os.umask(0o022)
        space = folder / "xa"
        where = ["--workspace", str(space), "--as-of", "2026-11-20"]
        try:
            assert cli.main(["init", "--samples", "--workspace", str(space)]) == 0
            (space / "corpus" / "dia-phuong" / "bao-cao.txt").write_text(SECRET, "utf-8")
            cli.main(["review", *where])
            cli.main(["forms", "bo-31-01", *where, "--undecided", "--year", "2026"])
            cli.main(["backup", "--workspace", str(space)])
            cli.main(["backup", "--workspace", str(space), "--whole"])
            cli.main(["status", "23/2015/NĐ-CP", "--corpus", str(space / "corpus")])
            yield folder
        finally:
            os.umask(old)


def held(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what is packed in it."""
    data = path.read_bytes()
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                inner = packed.read(name)
                yield inner
                if inner.startswith(b"SQLite"):
                    copy = path.with_suffix(".xem")
                    copy.write_bytes(inner)
                    yield from cells(copy)
                    copy.unlink()
    if data.startswith(b"SQLite"):
        yield from cells(path)


def cells(place: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(place)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in raw.execute(f"SELECT * FROM {name}"):
                for value in row:
                    if isinstance(value, bytes):
                        try:
                            yield zlib.decompress(value)
                        except zlib.error:
                            yield value
                    else:
                        yield str(value).encode()


def test_nothing_of_a_secret_paper_is_kept_anywhere(office: Path) -> None:
    """Not in the store, its log, outputs, backups, caches or temporary files: only the officer's own file has it."""
    own = office / "xa" / "corpus" / "dia-phuong" / "bao-cao.txt"
    found = [path for path in office.rglob("*") if path.is_file() and path != own
             and any(WORD.encode() in data for data in held(path))]  # fmt: skip
    assert found == []
    store = office / "xa" / "outputs" / "rasoat.db"
    assert any(b"bao-cao.txt" in data for data in held(store)), "it is told by its name"


def test_nothing_is_left_in_the_temporary_folder(office: Path) -> None:
    assert list((office / "tam").iterdir()) == []


def test_store_and_backups_are_for_their_owner(office: Path) -> None:
    for path in [*(office / "xa" / "outputs").glob("rasoat.db*"), *(office / "xa" / "outputs" / "sao-luu").iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_the_cache_of_reading_commands_is_for_its_owner(office: Path) -> None:
    stores = list((office / "home" / "cache").rglob("rasoat.db"))
    assert stores
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in stores)


def test_addresses_with_passwords_are_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A password in the store's address reaches no message."""
    assert cli.main(["init", "--workspace", str(tmp_path)]) == 0
    (tmp_path / "rasoat.toml").write_text('kho = "postgresql://ten:zqmatkhau@127.0.0.1:1/kho"\n', "utf-8")
    for call in (["review"], ["decisions"], ["backup"], ["audit", "verify"]):
        assert cli.main([*call, "--workspace", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "zqmatkhau" not in said.out + said.err
    assert "127.0.0.1" in said.err
