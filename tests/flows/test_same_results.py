"""A run that judges only what rests on a change finds what a run that judges everything finds."""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.generate import World
from corpus.model import Finding
from flows import judging, opening, pipeline, reading
from flows.cli import main
from flows.progress import Silent
from flows.settings import Settings, Workspace
from rules import subjects

SEEDS, CHANGES = int(os.environ.get("SAME_SEEDS", "2")), int(os.environ.get("SAME_CHANGES", "5"))
"""How many made-up years and changes in each; `make same` tries many more."""
DAY = date(2026, 11, 24)
WORLD = World(60, articles=2)
FACTS = "symbol,kind,issuer,date,effective,ended,state,title,source_kind,source_ref,seen,certainty\n"
TERM = """ỦY BAN NHÂN DÂN
XÃ MẪU SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 91/2026/QĐ-UBND
Mẫu Sơn, ngày 05 tháng 01 năm 2026
QUYẾT ĐỊNH
Ban hành Quy định thí điểm về chợ phiên
Căn cứ Luật số {law} của Quốc hội;
QUYẾT ĐỊNH:
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định thí điểm về chợ phiên theo khoản 1 Điều 2 Luật số {law}.
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 15 tháng 01 năm 2026 đến hết ngày {last}.
"""


def bare(findings: tuple[Finding, ...]) -> list[Finding]:
    """Findings without what tells their history."""
    return [replace(finding, id="", state="new") for finding in findings]


def both(space: Workspace, day: date) -> tuple[list[Finding], list[Finding], int]:
    """What the next run finds, what one finds that judges everything, and how many documents the first judged."""
    with opening.session(space) as session:
        reading.read(session, reading.changed(session), Silent())
        part = pipeline.judge(session, day, Silent())
        whole = pipeline.judge(session, day, Silent(), everything=True)
        pipeline.write(session, part)
    return bare(part.run.findings), bare(whole.run.findings), part.run.judged_again


class Office:
    """A workspace, and the changes that befall it in a year."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.space = Workspace(folder / "corpus", folder / "outputs", Settings(workers=1))
        self.dice = random.Random(seed)
        self.day = DAY
        self.numbers = set(range(40))
        WORLD.write(self.space.corpus, range(40))

    def change(self) -> str:
        """One change of a random kind; its name."""
        kinds = ("add", "add", "remove", "alter", "alter", "decree", "decree", "term", "day", "day", "long",
                 "register", "rename")  # fmt: skip
        kind = self.dice.choice(kinds)
        getattr(self, f"_{kind}")()
        return kind

    def _some(self) -> int:
        return self.dice.choice(sorted(self.numbers))

    def _place(self, number: int) -> Path:
        return self.space.corpus / WORLD.path(number)

    def _add(self) -> None:
        number = self.dice.randrange(WORLD.documents)
        self.numbers.add(number)
        WORLD.write(self.space.corpus, [number])

    def _remove(self) -> None:
        number = self._some()
        self._place(number).unlink(missing_ok=True)
        self.numbers.discard(number)

    def _alter(self) -> None:
        WORLD.write(self.space.corpus, [self._some()], version=self.dice.randint(1, 9))

    def _rename(self) -> None:
        number = self._some()
        place = self._place(number)
        if place.exists():
            place.rename(place.with_stem(f"{place.stem}-{self.dice.randint(1, 99)}"))
            self.numbers.discard(number)

    def _decree(self) -> None:
        place = self.space.corpus / "trung-uong" / "moi" / f"nd-{self.dice.randint(1, 5)}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        since = self.day + timedelta(days=self.dice.randint(-30, 200))
        place.write_text(WORLD.decree(self.dice.randint(1, 5), self.dice.randint(1, 3), since), "utf-8")

    def _term(self) -> None:
        place = self.space.corpus / "dia-phuong" / f"thi-diem-{self.dice.randint(1, 3)}.txt"
        last, law = self.day + timedelta(days=self.dice.randint(-30, 200)), 10 * self.dice.randrange(4)
        place.write_text(TERM.format(last=f"{last:%d tháng %m năm %Y}", law=WORLD.symbol(law)), "utf-8")

    def _day(self) -> None:
        self.day += timedelta(days=self.dice.randint(1, 40))

    def _long(self) -> None:
        self.day += timedelta(days=self.dice.randint(100, 500))

    def _register(self) -> None:
        folder = self.space.corpus / "danh-muc"
        folder.mkdir(exist_ok=True)
        symbol, ended = WORLD.symbol(10 * self.dice.randrange(4) + 1), date(2026, self.dice.randint(1, 12), 1)
        row = f"{symbol},nghi_dinh,Chính phủ,,,{ended.isoformat()},het_hieu_luc_toan_bo,,quan_sat,,2026-11-01,cao\n"
        (folder / "documents.csv").write_text(FACTS + row, "utf-8")


@pytest.fixture
def _years(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any day may follow the last one: the history does not end with the machine's clock."""
    monkeypatch.setattr(pipeline, "today", lambda: date(2099, 1, 1))


@pytest.fixture
def _without_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text is laid beside another: the made-up ones are alike, and that would hide what else is overlooked."""
    monkeypatch.setattr(subjects.Subjects, "near", lambda *_: ())


# --- a part and the whole -------------------------------------------------------------------------------


def live(office: Office, changes: int) -> tuple[list[object], int, int]:
    """Some changes, each followed by a run that judges a part and one that judges all.

    Gives the changes after which the two differed, the number of runs that judged less than all, and of those that
    found something else than the first.
    """
    first, again, judged = both(office.space, office.day)
    differed: list[object] = [] if first == again and judged == len(office.numbers) else ["the first run"]
    saved = found = 0
    for _ in range(changes):
        what = [office.change() for _ in range(office.dice.randint(1, 2))]
        part, whole, judged = both(office.space, office.day)
        differed += [what] if part != whole else []
        saved += judged < len(office.numbers)
        found += part != first
    return differed, saved, found


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.usefixtures("_years", "_without_texts")
def test_a_part_is_judged_as_the_whole_is(tmp_path: Path, seed: int) -> None:
    differed, saved, found = live(Office(tmp_path, seed), CHANGES)
    assert differed == []
    assert saved, "everything was judged every time"
    assert found, "nothing that was found ever changed"


@pytest.mark.parametrize("seed", range(100, 100 + SEEDS // 2))
@pytest.mark.usefixtures("_years")
def test_a_part_is_judged_as_the_whole_is_where_texts_are_compared(tmp_path: Path, seed: int) -> None:
    differed, saved, found = live(Office(tmp_path, seed), CHANGES // 2)
    assert differed == []
    assert saved, "everything was judged every time"
    assert found, "nothing that was found ever changed"


@pytest.mark.usefixtures("_without_texts")
def test_each_change_touches_what_rests_on_it_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(tmp_path, 1)
    both(office.space, DAY)

    def why(space: Workspace, day: date = DAY) -> dict[str, int]:
        with opening.session(space) as session:
            reading.read(session, reading.changed(session), Silent())
            reasons = list(pipeline.judge(session, day, Silent()).why.values())
        return {reason: reasons.count(reason) for reason in reasons}

    assert why(office.space) == {judging.SAME: 40}
    assert why(office.space, DAY + timedelta(days=1)) == {judging.SAME: 40}
    off = replace(office.space, settings=replace(office.space.settings, rules={"CC01": "tat"}))
    assert why(off) == {judging.RULES: 40}
    WORLD.write(office.space.corpus, [13], version=3)
    assert why(office.space)[judging.OTHER] == 1
    monkeypatch.setattr(judging, "judging_version", lambda: "khác")
    assert why(office.space) == {judging.RULES: 39, judging.OTHER: 1}


@pytest.mark.usefixtures("_years", "_without_texts")
def test_what_a_new_decree_will_end_is_judged_on_the_day_that_it_ends(tmp_path: Path) -> None:
    space = Workspace(tmp_path / "corpus", tmp_path / "outputs", Settings(workers=1))
    WORLD.write(space.corpus, range(16))
    before, _, _ = both(space, DAY)
    decree = space.corpus / "trung-uong" / "nd-moi.txt"
    decree.write_text(WORLD.decree(1, 4, DAY + timedelta(days=60)), "utf-8")
    both(space, DAY)
    part, whole, judged = both(space, DAY + timedelta(days=59))
    assert (part, judged) == (whole, 0)
    part, whole, judged = both(space, DAY + timedelta(days=60))
    assert part == whole
    assert len(part) > len(before)
    assert 0 < judged < 17


def test_rules_keep_nothing_for_a_corpus_in_memos_of_their_own() -> None:
    rules = Path(__file__).parents[2] / "rules"
    memo = re.compile(r"is not (?:context\.)?library\b|cache\b.*\ndef \w+\(context")
    hidden = [path.name for path in rules.rglob("*.py") if memo.search(path.read_text("utf-8"))]
    assert not hidden, f"{hidden}: rules.asked.made_once keeps it, and who uses it rests on what it was made from"


# --- the same corpus, otherwise arranged ---------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_the_order_of_files_their_times_and_the_workers_change_nothing(tmp_path: Path, workers: int) -> None:
    written = {}
    for name, order in (("mot", 0), ("hai", workers)):
        numbers = list(range(20))
        random.Random(order).shuffle(numbers)
        folder = tmp_path / name
        for number in numbers:
            WORLD.write(folder / "corpus", [number])
            os.utime(folder / "corpus" / WORLD.path(number), (1, 1_000_000_000 + order * numbers.index(number)))
        space = Workspace(folder / "corpus", folder / "outputs", Settings(workers=workers if order else 1))
        done = pipeline.review(space, DAY)
        papers = [main(["forms", paper, "--workspace", str(folder), "--as-of", DAY.isoformat(), "--undecided"])
                  for paper in ("bo-31-01", "mau-04")]  # fmt: skip
        assert papers[0] == 0
        written[name] = {
            path.relative_to(space.outputs or folder): path.read_bytes()
            for path in sorted((space.outputs or folder).rglob("*"))
            if path.is_file() and ".db" not in path.name and path.name != "report.html"
        }
        assert done.run.findings
    assert written["mot"] == written["hai"]
