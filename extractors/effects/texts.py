"""The new text of a unit: the quotation that follows an instruction, cut by units where it gives several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model.quick import replace
from extractors.effects.clauses import Clause
from extractors.effects.drafts import Draft

_UNIT_START = {"art": r"Điều\s+{}\s*\.", "cl": r"{}\s*\.", "pt": r"{}\s*\)", "chp": r"Chương\s+{}"}
_TAKES_TEXT = ("amend", "insert", "insert_text", "replace")


def with_texts(drafts: Sequence[Draft], clause: Clause, text: str) -> list[Draft]:
    """The drafts of a clause with the quotation behind them: each unit its own part, by the number that begins it.

    Where a part cannot be told from the others, every unit gets the whole quotation.
    """
    out = list(drafts)
    taking = [i for i, d in enumerate(out) if d.type in _TAKES_TEXT and d.new_text is None and d.old_text is None]
    end = max((out[i].end for i in taking), default=0)
    whole = "\n".join(filter(None, (text[a:b].strip() for a, b in clause.quotes if b > end)))
    if not taking or not whole:
        return out
    starts = _starts(whole, out, taking) if len(taking) > 1 else {}
    for i in taking:
        part = whole
        if len(starts) == len(taking):
            after = min((at for at in starts.values() if at > starts[i]), default=len(whole))
            part = whole[starts[i] : after].strip(" \n“”\"")
        out[i] = replace(out[i], new_text=part or None)
    return out


def _starts(whole: str, drafts: Sequence[Draft], taking: Sequence[int]) -> dict[int, int]:
    """Where each unit begins in the quotation; a unit not found, or found where another begins, is left out."""
    found: dict[int, int] = {}
    for i in taking:
        unit, _, number = (drafts[i].path or "").rpartition("__")[2].partition("_")
        if pattern := _UNIT_START.get(unit):
            match = re.search(rf"(?m)^[“\"\s]{{0,4}}{pattern.format(re.escape(number))}", whole)
            if match and match.start() not in found.values():
                found[i] = match.start()
    return found
