"""Histories of provisions of real acts, day by day, as a lawyer would write them down (`histories.txt`).

Each block names a provision, what happened to it and by which clause, and its state before and from each of those days.
The facts stand in the register that ships with the program: Bộ pháp điển and the amending acts themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from corpus.events import Event
from corpus.library import CorpusLibrary
from corpus.register import load
from corpus.words import provision_words

_DOES = {
    "commence": "có hiệu lực", "expire": "hết hiệu lực", "repeal": "bãi bỏ", "replace": "thay thế",
    "amend": "sửa đổi, bổ sung", "insert": "bổ sung",
}  # fmt: skip
GOLDEN = Path(__file__).with_name("histories.txt")
_STATES = {
    "chua_hieu_luc": "chưa có hiệu lực", "con_hieu_luc": "còn hiệu lực", "da_sua_doi": "đã được sửa đổi",
    "bi_bai_bo": "bị bãi bỏ", "het_hieu_luc_toan_bo": "hết hiệu lực", "khong_ro": "không rõ",
    "het_hieu_luc_mot_phan": "hết hiệu lực một phần", "tam_ngung": "tạm ngưng",
}  # fmt: skip


@cache
def _library() -> CorpusLibrary:
    return CorpusLibrary({}, load())


def history(symbol: str, provision: str) -> Iterator[str]:
    """The lines of one block of the golden file."""
    yield f"{symbol} · {provision_words(provision)} [{provision}]"
    days: dict[date, dict[str, set[str]]] = {}
    (act,) = _library().acts(symbol)
    for link in _library().chain(act, provision):
        event: Event = link.event
        if event.from_ is None or link.void or (event.provision is None and not event.whole):
            continue
        who = ""
        if event.by and event.type != "commence":
            where = f"{provision_words(event.by.provision)} " if event.by.provision else ""
            who = f" theo {where}{event.by.symbol}"
        does = _DOES[event.type] + (" một phần" if event.type == "repeal" and not event.whole else "")
        days.setdefault(event.from_, {}).setdefault(who, set()).add(does)
    for day in sorted(days):
        for who, does_ in sorted(days[day].items()):
            if "sửa đổi, bổ sung" in does_:
                does_ = does_ - {"bổ sung"}
            yield f"  {day:%d/%m/%Y}  {'; '.join(sorted(does_, reverse=True))}{who}"
        before, after = (_state(symbol, provision, when) for when in (day - timedelta(days=1), day))
        yield f"              hôm trước: {before} · từ ngày ấy: {after}"


def _state(symbol: str, provision: str, day: date) -> str:
    return _STATES[_library().state(symbol, provision=provision, as_of=day).state]


def _blocks() -> list[tuple[str, str, str]]:
    """Symbol, provision and text of each block."""
    found = []
    for block in GOLDEN.read_text(encoding="utf-8").strip().split("\n\n"):
        if block.startswith("#"):
            continue
        head = block.split("\n", 1)[0]
        found.append((head.split(" · ")[0], head.rpartition("[")[2].rstrip("]"), block))
    return found


@pytest.mark.parametrize(("symbol", "provision", "block"), _blocks(), ids=lambda value: value.split("\n")[0][:40])
def test_history(symbol: str, provision: str, block: str) -> None:
    assert "\n".join(history(symbol, provision)) == block


def test_there_are_enough_of_them() -> None:
    assert len(_blocks()) >= 12
    assert len({symbol for symbol, _, _ in _blocks()}) >= 8
