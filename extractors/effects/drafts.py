"""An effect on its way: what a clause says, before its act, its article and its day are filled in."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import EffectType, Target
from corpus.model.quick import quick
from extractors.effects.dates import When


@quick
@dataclass(frozen=True, slots=True)
class Draft:
    """`start`/`end` are offsets of the whole text. `target` is the act (its `provision` is not used), `path` the unit.

    `open`: the path lacks its article. `self_`: the text itself is meant. `announces`: clauses below it say more
    ("sửa đổi một số điều của X"). `annex`: the acts are the rows of this annex of the text. `where`: the unit that
    holds the clause, as printed. `partial` as in the model.
    """

    type: EffectType
    start: int
    end: int
    target: Target | None
    path: str | None = None
    open: bool = False
    time: When | None = None
    old_text: str | None = None
    new_text: str | None = None
    to: str | None = None
    self_: bool = False
    announces: bool = False
    annex: str | None = None
    where: str | None = None
    partial: bool = False
