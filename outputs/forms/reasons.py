"""The reason that a list may give for an ending: one of the legal cases (`ly-do.toml`), with the act that made it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from corpus.words import provision_words
from outputs.forms.material import Change

DATA = Path(__file__).parent / "ly-do.toml"


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the law: the effects that mean it, its words with {by}, its article by the day it holds from, and what
    people write for it in a list of their own."""

    code: str
    types: tuple[str, ...]
    words: str
    grounds: Mapping[date, str]
    say: tuple[str, ...]

    def ground(self, on: date | None) -> str:
        """The article that counts on a day; "" where none is known."""
        held = [day for day in self.grounds if on is not None and day <= on]
        return self.grounds[max(held)] if held else ""


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """The closed list, in the order of the data."""
    with DATA.open("rb") as source:
        table = tomllib.load(source)
    return tuple(
        Case(code, tuple(row["types"]), row["words"],
             {date.fromisoformat(day): ground for day, ground in row["grounds"].items()}, tuple(row["say"]))
        for code, row in table.items()
    )  # fmt: skip


def reason(change: Change) -> str | None:
    """The legal case of a change in words, with its article; None where its type is no such case.

    "Được thay thế bằng Quyết định số 12/2026/QĐ-UBND ngày 14 tháng 5 năm 2026 (điểm b khoản 1 Điều 57 Luật số …)".
    """
    case = next((case for case in cases() if change.type in case.types), None)
    if case is None:
        return None
    return _worded(case, _by(change), change.from_)


def said_reason(text: str, on: date | None) -> tuple[str, bool]:
    """What a list of an earlier period or a book says as the reason, and whether it names one case of the law.

    The words are kept as they stand (they name the act); the case that they mean gives the article.
    """
    clean = " ".join(text.split()).rstrip(". ")
    lower = clean.casefold()
    # "Văn bản được quy định chi tiết bị thay thế" means the fall of the parent, not a replacement: long words win.
    meant = [(len(words), case) for case in cases() for words in case.say if words in lower]
    if not meant:
        return clean, False
    ground = max(meant, key=lambda pair: pair[0])[1].ground(on)
    return f"{clean} ({ground})" if ground and "Điều" not in clean else clean, True


def _worded(case: Case, by: str | None, on: date | None) -> str:
    ground = case.ground(on)
    said = case.words.replace("{by}", by or "văn bản chưa rõ số, ký hiệu")
    return f"{said} ({ground})" if ground else said


def _by(change: Change) -> str | None:
    if not change.by_name:
        return None
    where = f"{provision_words(change.by_provision)} " if change.by_provision else ""
    return f"{where}{change.by_name}"
