"""Golden cases: a sentence, a line that marks each mention, and what each one means.

`golden/*.txt`: the sentence; `^` below each mention (`|` begins one that follows at once); then for each mention its
role and targets: symbol or name, year, date, `§` provision id; `this` is the document itself (a decree); `~` the
letters as read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import Citation, Masthead, Outline, Target, Text, TextLine
from corpus.register import NothingKnown
from extractors.citations import cite

GOLDEN = Path(__file__).parent / "golden"
DECREE = Masthead(symbol="1/2025/NĐ-CP", kind="nghi_dinh")


def read_cases() -> Iterator[tuple[str, str, str]]:
    """(where, sentence, everything below it)."""
    for path in sorted(GOLDEN.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if not line.startswith("#")]
            if lines:
                yield f"{path.stem}: {lines[0][:50]}", lines[0], "\n".join(lines[1:])


def cite_sentence(sentence: str) -> tuple[Citation, ...]:
    return cite(Text(sentence, (TextLine(0, len(sentence)),)), DECREE, Outline(()), NothingKnown())


def show(sentence: str, citations: tuple[Citation, ...]) -> str:
    """The lines that a golden file has below the sentence."""
    marks = [" "] * len(sentence)
    for one in citations:
        marks[one.start : one.end] = "^" * (one.end - one.start)
        if one.start and marks[one.start - 1] == "^":
            marks[one.start] = "|"
    if not citations:
        return "  none"
    return "\n".join(["".join(marks).rstrip(), *(show_one(one) for one in citations)])


def show_one(citation: Citation) -> str:
    mended = f"   ~ {citation.corrected_from}" if citation.corrected_from else ""
    return f"  {citation.role}: " + " | ".join(show_target(target) for target in citation.targets) + mended


def show_target(target: Target) -> str:
    if target.self_:
        words = "this"
    else:
        words = target.symbol or target.name or target.kind or "?"
        words += f" năm {target.year}" if target.year else ""
        words += f" {target.date}" if target.date else ""
    return words + (f" § {target.provision}" if target.provision else "")


CASES = list(read_cases())


@pytest.mark.parametrize(("sentence", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_sentence(sentence: str, expected: str) -> None:
    assert show(sentence, cite_sentence(sentence)) == expected
