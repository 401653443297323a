"""Where the time of reading goes: each stage by itself, and what hostile text costs when it doubles."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from bench.generate import decision
from corpus.model import Line
from corpus.nothing import NothingKnown
from extractors import cleaning, effects, masthead, outline, understand
from extractors.citations import cite
from extractors.readers import Reading, text

T = TypeVar("T")
# What the grammars must look at again and again: beginnings without an end, lists without a stop.
_HOSTILE = (
    "khoản 1, ", "Điều 1 và ", "“", "Luật Phòng, ", "sửa đổi, bổ sung ", "số 1/2025/NĐ-", "[1] ", "a) ", "Điều 1. ",
    "từ ngày 1 tháng 1 ", "Phụ lục I ", "được sửa đổi bởi ", "căn cứ\n", "- ", "(",
)  # fmt: skip
_SIGNS = 40_000


class _Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._since = 0.0

    def start(self) -> None:
        self._since = time.process_time()

    def stop(self, stage: str, value: T) -> T:
        """Charge the stage with the time since the last `start` or `stop`, and hand on what it gave."""
        now = time.process_time()
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self._since
        self._since = now
        return value


def stages(folder: Path) -> Iterator[str]:
    """MB/s of CPU of each stage in this process, and of all (goal ≥ 8), over decisions with dense citations."""
    clock, size = _Clock(), 0
    understand("warm-up", Reading(tuple(text.lines_of(decision(0, 4)))), NothingKnown())
    for seed in range(40):
        path = folder / f"{seed}.txt"
        path.write_text(decision(seed, 40), "utf-8")
        size += path.stat().st_size
        clock.start()
        lines = clock.stop("read", text.read(path).lines)
        whole = clock.stop("clean", cleaning.clean(lines))
        head = clock.stop("masthead", masthead.read(whole, None))
        tree = clock.stop("outline", outline.outline(whole, head))
        cited = clock.stop("cite", cite(whole, head, tree, NothingKnown()))
        clock.stop("effects", effects.find(whole, head, tree, cited))
    total = sum(clock.spent.values())
    for stage, seconds in clock.spent.items():
        yield f"stages: {stage} {size / 1e6 / seconds:.1f} MB/s, {100 * seconds / total:.0f} %"
    yield f"stages: all {size / 1e6 / total:.2f} MB/s of CPU over {size / 1e6:.1f} MB"


def hostile(folder: Path) -> Iterator[str]:
    """How many times longer twice the text takes (linear: 2): the worst of many kinds of hostile text."""
    worst = 0.0, ""
    for piece in _HOSTILE:
        once, twice = (_cost(piece * (signs // len(piece))) for signs in (_SIGNS, 2 * _SIGNS))
        worst = max(worst, (twice / once, piece))
        yield f"hostile: {twice / once:.1f} × for twice the text, {_SIGNS / 1e3 / once:.0f} kB/s, {piece!r}"
    yield f"hostile: worst {worst[0]:.1f} × ({worst[1]!r})"


def _cost(words: str) -> float:
    """CPU seconds of understanding a text of one hostile line: the cheapest of three."""
    spent: list[float] = []
    for _ in range(3):
        started = time.process_time()
        understand("hostile", Reading((Line("Điều 1. Phạm vi"), Line(words))), NothingKnown())
        spent.append(time.process_time() - started)
    return max(min(spent), 1e-4)
