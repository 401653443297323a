"""A store that a bad disk left damaged: told, never worked on; the backup brings back all that was decided."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from harness import DAY, Zygote, assert_whole, copy, files, points, rows, seed

PAGE = 4096
DAMAGES = ("cut", "zeros", "noise", "other", "empty", "gone", "log")


@pytest.fixture(scope="module")
def kept(zygote: Zygote, fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a run, a decision and a backup."""
    place = copy(fresh, tmp_path_factory.mktemp("kept") / "xa")
    where = ["--workspace", str(place)]
    done = zygote.run(place, ["review", *where, "--as-of", DAY],
                      ["decide", "--rule", "CC01", "--verdict", "dong_y", "--by", "tư pháp", *where],
                      ["backup", *where])  # fmt: skip
    assert [code for _, code in done.acknowledged] == [0, 0, 0], done.err
    return place


def damage(place: Path, kind: str, chance: random.Random) -> None:
    """What disks do: files cut short, pages of zeros or noise, pages of another file, half a log, nothing at all."""
    data = bytearray(place.read_bytes())
    pages = len(data) // PAGE
    at = chance.randrange(pages) * PAGE
    run = chance.randint(1, max(1, pages // 8)) * PAGE
    match kind:
        case "cut":
            del data[chance.randrange(1, len(data)) :]
        case "zeros":
            data[at : at + run] = bytes(len(data[at : at + run]))
        case "noise":
            data[at : at + run] = chance.randbytes(len(data[at : at + run]))
        case "other":
            data[at : at + PAGE] = data[:PAGE]
        case "log":
            place.with_name(place.name + "-wal").write_bytes(chance.randbytes(3 * PAGE))
        case "empty":
            data.clear()
        case "gone":
            place.unlink()
            return
    place.write_bytes(data)


@pytest.mark.parametrize("number", points(0.2))
def test_damaged(number: int, zygote: Zygote, kept: Path, tmp_path: Path) -> None:
    kind = DAMAGES[number % len(DAMAGES)]
    place = copy(kept, tmp_path / "xa")
    outputs, where = place / "outputs", ["--workspace", str(place)]
    whole, decided = files(outputs), rows(outputs)["decision"]
    damage(outputs / "rasoat.db", kind, random.Random(f"{seed()}-hong-{number}"))

    reading = zygote.run(tmp_path, ["status", "23/2015/NĐ-CP", *where], ["text", "72/2025/QH15", *where],
                         ["ledger", *where], ["clocks", *where], ["forms", "bo-31-01", *where])  # fmt: skip
    assert "Traceback" not in reading.err, reading.err
    done = zygote.run(tmp_path, ["decisions", *where], ["audit", "verify", *where], ["backup", "--keep", "0", *where],
                      ["review", *where, "--as-of", DAY])  # fmt: skip
    assert "Traceback" not in done.err, done.err
    codes = [code for _, code in done.acknowledged]
    told = [line for line in done.err.splitlines() if "rasoat restore" in line or "thay đổi" in line]
    if codes != [0, 0, 0, 0]:  # else the damage lay where nothing was, or SQLite mended it
        assert told, done.err
    (first, *later) = sorted((outputs / "sao-luu").glob("*.zip"))
    assert len(later) == (codes[2] == 0)
    for made in later:
        check = zygote.run(tmp_path, ["restore", str(made), "--check"])
        assert check.acknowledged == [(0, 0)], "it was made, so it is whole"
    back = zygote.run(tmp_path, ["restore", str(first), "--force", *where])
    assert back.acknowledged == [(0, 0)], back.err
    assert_whole(outputs)
    assert rows(outputs)["decision"] == decided
    assert "Dữ liệu cũ được giữ" in back.err or kind == "gone"
    for folder in outputs.glob("truoc-phuc-hoi-*"):
        shutil.rmtree(folder)
    again = zygote.run(tmp_path, ["review", *where, "--as-of", DAY])
    assert again.acknowledged == [(0, 0)], again.err
    now = files(outputs)
    assert {name: data for name, data in now.items() if name in whole} == whole
