"""The law at the size of a province: a million provisions and 300,000 effects on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench import postgres
from corpus import store
from corpus.library import CorpusLibrary, side_of
from corpus.model import Citation, Document, Effect, Masthead, Provision, Target
from corpus.nothing import NothingKnown
from corpus.store import FileRow
from flows import dependents
from flows.dependents import Stock, about_act, states_for
from flows.lookup import impact_in
from rules.catalogue import RuleSettings

PROVISIONS, EFFECTS, LOCAL = 100, 30, 10
"""Provisions and effects of one document (a local one has no effects); every tenth document is a local one."""
DOCUMENTS = 11_000
VERSION, DAY = "bench", date(2026, 11, 24)
_BATCH = 500


def law(folder: Path) -> Iterator[str]:
    """Load, states and impact at a tenth of the size and at the whole of it, each in a process of its own."""
    for documents in (DOCUMENTS // 10, DOCUMENTS):
        yield from _told(f"sqlite, {documents * PROVISIONS:,} provisions", documents, str(folder / f"{documents}.db"))
    if lacking := postgres.missing():
        yield f"law: postgresql skipped: {lacking}"
        return
    with postgres.cluster() as url:
        yield from _told(f"postgresql, {DOCUMENTS * PROVISIONS:,} provisions", DOCUMENTS, url)


def _told(name: str, documents: int, place: str) -> Iterator[str]:
    done = subprocess.run([sys.executable, "-m", "bench.law", str(documents), place], check=True, capture_output=True)
    for line in done.stdout.decode().splitlines():
        yield f"law: {name}: {line}"


def measure(documents: int, place: str) -> Iterator[str]:
    """The figures of one size on one store; all documents are found by their links, as in a large corpus."""
    dependents.SMALL = 0
    watch = Watch()
    load(documents, place)
    yield f"load {watch.wall():.0f} s, {watch.cpu():.0f} s of CPU, {_peak():.0f} MiB"
    with store.open(place) as opened:
        files = [(row.path, row.content_hash) for row in opened.files().values()]
        stock = Stock(opened, files, VERSION)
        dice = random.Random(1)

        watch, asked = Watch(), 20
        for _ in range(asked):
            symbol = _symbol(11 * dice.randrange(documents // 22))
            pairs = {p: (side_of(p), d) for p, d in about_act(stock, symbol, NothingKnown(), light=True).items()}
            assert CorpusLibrary(pairs, NothingKnown()).state(symbol, as_of=DAY).state != "khong_ro"
        wall, cpu = 1000 * watch.wall() / asked, 1000 * watch.cpu() / asked
        yield f"state of a document {wall:.0f} ms, {cpu:.0f} ms of CPU, {_peak():.0f} MiB"

        watch = Watch()
        local = [digest for path, digest in files if "dia-phuong" in path][-20:]
        states = sum(1 for _ in states_for(stock, local, NothingKnown(), DAY, at_once=10))
        yield (f"states of cited provisions {states / watch.wall():,.0f} a second, {states / watch.cpu():,.0f} a "
               f"second of CPU, {_peak():.0f} MiB")  # fmt: skip

        watch, tries, found = Watch(), 3, 0
        for number in range(tries):
            settings = RuleSettings(frozenset(), {}, frozenset())
            found += len(impact_in(stock, _decree(documents, number), DAY, NothingKnown(), settings).findings)
        assert found
        wall, cpu = watch.wall() / tries, watch.cpu() / tries
        yield (f"impact of a decree {wall:.2f} s, {cpu:.2f} s of CPU (goal ≤ 2 s), {found / tries:.0f} findings, "
               f"{_peak():.0f} MiB")  # fmt: skip


class Watch:
    """Seconds since it was made; `cpu`: of this process alone, without a database server's."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def wall(self) -> float:
        return time.perf_counter() - self._wall

    def cpu(self) -> float:
        return time.process_time() - self._cpu


def load(documents: int, place: str) -> None:
    """Fill a store, some documents at a time."""
    with store.open(place, write=True) as opened:
        for first in range(0, documents, _BATCH):
            made = [_document(i, documents) for i in range(first, min(first + _BATCH, documents))]
            opened.save_documents([(f"h{first + n}", document) for n, document in enumerate(made)], VERSION)
            opened.save_files([FileRow(d.path, f"h{first + n}", 1, 1, VERSION, "ok") for n, d in enumerate(made)])


def _symbol(number: int) -> str:
    return f"{number % 400 + 1}/{1990 + number // 400}/NĐ-CP"


def _document(number: int, documents: int) -> Document:
    """An act that changes thirty units of earlier ones, or a local one that cites ten units of them."""
    dice = random.Random(number)
    local = number % 11 == 10
    day = date(1990 + number // 400, 1, 1) + timedelta(days=number % 360)
    body = "Ủy ban nhân dân xã Thử Nghiệm" if local else "Chính phủ"
    symbol = f"{number}/{day.year}/QĐ-UBND" if local else _symbol(number)
    head = Masthead(symbol=symbol, kind="quyet_dinh" if local else "nghi_dinh", issuer=body,
                    level="xa" if local else "trung_uong", date=day, effective=day + timedelta(days=45),
                    title=f"Quy định về việc mẫu số {number}", normative=True)  # fmt: skip
    lines, units, at = [], [], 0
    for article in range(1, PROVISIONS // 5 + 1):
        first = at
        for clause in range(5):
            line = f"{clause}. Nội dung mẫu thứ {article} của văn bản số {number}.\n"
            end = at + len(line)
            if clause:
                units.append(Provision(f"art_{article}__cl_{clause}", "khoan", str(clause), None, at, end, 1))
            lines.append(line)
            at = end
        units.append(Provision(f"art_{article}", "dieu", str(article), None, first, at, 1))
    below = max(1, min(number, documents))
    effects, citations = [], []
    for _ in range(0 if local else EFFECTS * 11 // 10):
        other = dice.randrange(below)
        if other % 11 != 10 and other < number:
            effects.append(Effect("amend", "art_1", 0, 20, _target(other, dice), head.effective, new_text="mới"))
    for n in range(LOCAL if local else 2):
        other = dice.randrange(below)
        if other % 11 != 10 and other < number:
            citations.append(Citation(5 * n, 5 * n + 5, "văn bản"[:5], 1, "art_1", "body" if n else "basis",
                                      (_target(other, dice),)))  # fmt: skip
    side = "dia-phuong" if local else "trung-uong"
    units.sort(key=lambda unit: (unit.start, -unit.end))
    return Document(f"corpus/{side}/{number}.txt", "ok", masthead=head, text="".join(lines), provisions=tuple(units),
                    citations=tuple(citations), effects=tuple(effects))  # fmt: skip


def _target(number: int, dice: random.Random) -> Target:
    unit = f"art_{dice.randint(1, PROVISIONS // 5)}__cl_{dice.randint(1, 4)}"
    return Target(symbol=_symbol(number), kind="nghi_dinh", provision=unit, status="resolved")


def _decree(documents: int, number: int) -> Document:
    """A decree that ends ten acts and changes units of twenty."""
    base = _document(documents + 11 * number + 1, documents)
    assert base.masthead is not None
    dice = random.Random(-number)
    day = date(2026, 11, 1)
    head = replace(base.masthead, symbol=f"{900 + number}/2026/NĐ-CP", date=day, effective=day)
    numbers = [n for n in (dice.randrange(documents) for _ in range(40)) if n % 11 != 10][:30]
    effects = tuple(
        Effect("repeal", "art_1", 0, 20, replace(_target(n, dice), provision=None), day) if i < 10
        else Effect("amend", "art_1", 0, 20, _target(n, dice), day, new_text="mới")
        for i, n in enumerate(numbers)
    )  # fmt: skip
    return replace(base, path="corpus/trung-uong/moi/moi.txt", masthead=head, effects=effects, citations=())


def _peak() -> float:
    """Peak memory of this process so far, in MiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if os.uname().sysname == "Linux" else 1024**2)


def main() -> None:
    for line in measure(int(sys.argv[1]), sys.argv[2]):
        print(line, flush=True)


if __name__ == "__main__":
    main()
