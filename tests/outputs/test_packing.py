"""Files are whole or absent, whoever dies or looks meanwhile."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from outputs.packing import sweep, whole, write_whole


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    write_whole(place, "cũ".encode())
    with pytest.raises(TypeError), whole(place) as out:
        out.writelines([b"half", None])  # type: ignore[list-item]
    assert place.read_bytes() == "cũ".encode()
    assert list(tmp_path.iterdir()) == [place]


def test_a_reader_sees_the_old_or_the_new(tmp_path: Path) -> None:
    place, stop, seen = tmp_path / "a.bin", threading.Event(), set()
    write_whole(place, b"0" * 100_000)

    def read() -> None:
        while not stop.is_set():
            seen.add(bytes(set(place.read_bytes())) + str(place.stat().st_size).encode())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        write_whole(place, str(number % 10).encode() * 100_000)
    stop.set()
    reader.join()
    assert all(one[1:] == b"100000" for one in seen), seen


def test_half_files_of_the_dead_are_swept_and_those_of_the_living_are_not(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from outputs.packing import whole\n"
        "with whole(Path(sys.argv[1])) as out:\n    out.write(b'x'); out.flush(); print('ready', flush=True); input()\n"
    )
    search = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "sub" / "a.txt")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env=os.environ | {"PYTHONPATH": search},
    ) as writer:  # fmt: skip
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        assert sweep(tmp_path) == 0
        writer.kill()
        writer.wait()
    assert sweep(tmp_path, deep=False) == 0
    assert sweep(tmp_path) == 1
    assert list((tmp_path / "sub").iterdir()) == []


def test_links_and_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_bytes(b"x")
    (tmp_path / ".a.tmp").symlink_to(tmp_path / "own.txt")
    (tmp_path / "b.tmp").write_bytes(b"x")
    assert sweep(tmp_path) == 0
    assert (tmp_path / "own.txt").exists()
    assert (tmp_path / "b.tmp").exists()


def test_names_as_long_as_a_file_system_allows(tmp_path: Path) -> None:
    place = tmp_path / ("a" * 250 + ".txt")
    write_whole(place, b"x", 0o600)
    assert place.read_bytes() == b"x"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    vietnamese = tmp_path / ("ế" * 80 + ".txt")  # 240 bytes
    write_whole(vietnamese, b"x")
    assert vietnamese.read_bytes() == b"x"
