"""`kill -9` at seeded points of everything that writes: nothing acknowledged is lost, nothing half written stays, and
the next run ends where an undisturbed one ends, byte for byte.

`make torture` breaks 30 points and more (`TORTURE_POINTS`, `TORTURE_SEED`); the whole suite a few.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness import (
    DAY,
    Done,
    Zygote,
    assert_no_half_file,
    assert_nobody_left,
    assert_whole,
    copy,
    files,
    left_over,
    point_of,
    points,
    rows,
    seed,
)

from corpus import store
from flows.safekeeping import restoring
from tests.old_stores import first_schema

Calls = list[list[str]]
ORDER = ("review", "decide", "forms", "backup", "review", "restore", "impact", "migrate", "review", "decide")

DECREE = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 9281/2026/NĐ-CP
Hà Nội, ngày 10 tháng 11 năm 2026
NGHỊ ĐỊNH
Về việc mẫu (văn bản giả định để thử)
Điều 1. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 20 tháng 11 năm 2026.
2. Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015 của Chính phủ hết hiệu lực kể từ ngày Nghị định này có hiệu lực.
TM. CHÍNH PHỦ
THỦ TƯỚNG
"""


@dataclass(frozen=True)
class Scene:
    """A place to start from, the commands that are broken, and how it ends undisturbed."""

    start: Path
    calls: Callable[[Path], Calls]
    done: Done
    files: dict[str, bytes]
    rows: dict[str, list[tuple[object, ...]]]


class Stage:
    """Makes each scene once."""

    def __init__(self, zygote: Zygote, fresh: Path, folder: Path) -> None:
        self.zygote, self._fresh, self.folder = zygote, fresh, folder
        self._scenes: dict[str, Scene] = {}

    def scene(self, name: str) -> Scene:
        if name not in self._scenes:
            start, calls = getattr(self, f"_{name}")()
            end = copy(start, self.folder / f"{name}-yen")
            done = self.zygote.run(self.folder, *calls(end))
            assert not done.killed
            assert all(code in (0, 1) for _, code in done.acknowledged), done.err
            self._scenes[name] = Scene(start, calls, done, files(end / "outputs"), rows(end / "outputs"))
        return self._scenes[name]

    def _review(self) -> tuple[Path, Callable[[Path], Calls]]:
        return self._fresh, lambda at: [review(at)]

    def _reviewed(self) -> Path:
        place = self.folder / "da-ra-soat"
        if not place.exists():
            copy(self._fresh, place)
            assert self.zygote.run(self.folder, review(place)).acknowledged
        return place

    def _decide(self) -> tuple[Path, Callable[[Path], Calls]]:
        start = self._reviewed()
        ids = sorted(json.loads(line)["id"] for line in newest(start, "findings.jsonl").read_text("utf-8").splitlines())

        def calls(at: Path) -> Calls:
            one = [["decide", id, "--verdict", "dong_y", "--by", "tư pháp", "--workspace", str(at)] for id in ids[:8]]
            book = [["ledger", "complete", "--year", str(year), "--by", "tư pháp", "--workspace", str(at)]
                    for year in (2021, 2022)]  # fmt: skip
            return [*one, *book]

        return start, calls

    def _decided(self) -> Path:
        start, calls = self._decide()
        place = self.folder / "da-quyet-dinh"
        if not place.exists():
            copy(start, place)
            self.zygote.run(self.folder, *calls(place))
        return place

    def _forms(self) -> tuple[Path, Callable[[Path], Calls]]:
        def calls(at: Path) -> Calls:
            return [["forms", paper, "--year", "2026", "--as-of", DAY, "--undecided", "--workspace", str(at)]
                    for paper in ("bo-31-01", "mau-04")]  # fmt: skip

        return self._decided(), calls

    def _backup(self) -> tuple[Path, Callable[[Path], Calls]]:
        return self._decided(), lambda at: [["backup", "--whole", "--keep", "2", "--workspace", str(at)]] * 3

    def _restore(self) -> tuple[Path, Callable[[Path], Calls]]:
        """A backup of the decided place goes over the reviewed one."""
        place = self.folder / "ban-sao-luu"
        if not place.exists():
            self.zygote.run(self.folder, ["backup", "--to", str(place), "--workspace", str(self._decided())])
        (file,) = place.glob("*.zip")
        return self._reviewed(), lambda at: [
            ["restore", str(file), "--force", "--by", "tư pháp", "--workspace", str(at)]
        ]

    def _impact(self) -> tuple[Path, Callable[[Path], Calls]]:
        decree = self.folder / "9281.txt"
        decree.write_text(DECREE, "utf-8")
        return self._reviewed(), lambda at: [
            ["impact", str(decree), "--apply", "--as-of", DAY, "--workspace", str(at)], review(at)
        ]  # fmt: skip

    def _migrate(self) -> tuple[Path, Callable[[Path], Calls]]:
        """A store of the first schema, with decisions, meets this version."""
        place = self.folder / "ban-cu"
        if not place.exists():
            copy(self._fresh, place)
            first_schema(place / "outputs" / "rasoat.db", 40)
        return place, lambda at: [review(at)]


@pytest.fixture(scope="module")
def stage(zygote: Zygote, fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(zygote, fresh, tmp_path_factory.mktemp("scenes"))


@pytest.mark.parametrize("number", points(0.6))
def test_killed_at(number: int, stage: Stage, tmp_path: Path) -> None:
    name = ORDER[number % len(ORDER)]
    scene = stage.scene(name)
    chance = random.Random(f"{seed()}-{number}")
    point = point_of(chance, scene.done)
    place = copy(scene.start, tmp_path / "xa")
    before = rows(place / "outputs") if (place / "outputs" / "rasoat.db").exists() else {}
    killed = stage.zygote.run(tmp_path, *scene.calls(place), point=point)
    assert "Traceback" not in killed.err, killed.err
    outputs = place / "outputs"
    assert_nobody_left(killed)
    assert_whole(outputs)
    if name not in ("restore",):
        assert_no_half_file(outputs, scene.files)
    CHECKS.get(name, nothing)(scene, place, killed, before)

    again = stage.zygote.run(tmp_path, *scene.calls(place))
    assert "Traceback" not in again.err, again.err
    assert [code for _, code in again.acknowledged] == [code for _, code in scene.done.acknowledged], again.err
    assert_whole(outputs)
    assert left_over(outputs) == []
    if name == "restore":
        assert rows(outputs)["decision"] == scene.rows["decision"]
        return
    assert files(outputs) == scene.files
    if name != "decide":  # decided once more: more rows, the same standing decisions
        assert rows(outputs) == scene.rows
    shutil.rmtree(place)


# --- what else holds after a kill ----------------------------------------------------------------------------


def nothing(scene: Scene, place: Path, killed: Done, before: dict[str, list[tuple[object, ...]]]) -> None:
    """Nothing more than what every scene is asked."""


def all_that_was_acknowledged(
    scene: Scene, place: Path, killed: Done, before: dict[str, list[tuple[object, ...]]]
) -> None:
    """Every call that said it was done is in the store; of the one under way all rows or none."""
    calls = scene.calls(place)
    with store.open(place / "outputs" / "rasoat.db") as opened:
        kept = len(opened.decisions()) + len(opened.kept_history("nam_du"))
        decided = set(opened.decisions())
    said = [calls[number] for number, code in killed.acknowledged if code == 0]
    assert {call[1] for call in said if call[0] == "decide"} <= decided
    assert len(said) <= kept <= len(said) + 1


def every_backup_is_whole(
    scene: Scene, place: Path, killed: Done, before: dict[str, list[tuple[object, ...]]]
) -> None:
    made = list((place / "outputs" / "sao-luu").glob("*.zip"))
    assert len(made) >= min(2, len(killed.acknowledged))
    for file in made:
        assert restoring.look(file).state.decisions == len(before["decision"])
    assert rows(place / "outputs") == before


def the_old_store_or_the_new_one(
    scene: Scene, place: Path, killed: Done, before: dict[str, list[tuple[object, ...]]]
) -> None:
    now = rows(place / "outputs")
    assert now["decision"] in (before["decision"], scene.rows["decision"])
    kept = (place / "outputs").glob("truoc-phuc-hoi-*/rasoat.db")
    if now["decision"] != before["decision"]:
        assert any(rows(one.parent)["run"] == before["run"] for one in kept), "what gave way is kept"


def old_decisions_are_there(
    scene: Scene, place: Path, killed: Done, before: dict[str, list[tuple[object, ...]]]
) -> None:
    import sqlite3

    raw = sqlite3.connect(place / "outputs" / "rasoat.db")
    assert raw.execute("SELECT count(*) FROM decision").fetchone() == (40,)
    raw.close()


CHECKS = {
    "decide": all_that_was_acknowledged, "backup": every_backup_is_whole, "restore": the_old_store_or_the_new_one,
    "migrate": old_decisions_are_there,
}  # fmt: skip


def review(at: Path) -> list[str]:
    return ["review", "--workspace", str(at), "--as-of", DAY]


def newest(place: Path, name: str) -> Path:
    return max((place / "outputs").glob("luot-*")) / name
