"""Changes of words: "Thay thế cụm từ “A” bằng cụm từ “B” tại …", "Bỏ cụm từ “A” tại …", "Bổ sung cụm từ “A” vào sau …".

Places may stand before or after "bằng"; several pairs may share the places that follow; a new phrase after
places begins a new group.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from corpus.model import EffectType
from extractors.effects import places as effect_places
from extractors.patterns import lazy

_TOKEN = lazy(
    r"[“\"«‘]?(?P<quote>¤+)[”\"»’]?|(?<!\w)(?P<by>bằng|thành|bởi)(?!\w)|"
    r"(?<!\w)(?P<after>(?:vào\s+)?(?:ngay\s+)?(?:sau|trước))(?!\w)(?!\s+đây)"
)
Span = tuple[int, int]
_MOST = 400


@dataclass(slots=True)
class Phrase:
    """A group of word changes that share places. Spans are offsets of the clause's words."""

    type: EffectType
    start: int
    end: int
    pairs: list[tuple[Span | None, Span | None]] = field(default_factory=list)
    places: list[Span] = field(default_factory=list)


def phrases(kind: str, words: str, start: int, end: int, quotes: list[Span]) -> list[Phrase]:
    """The groups of `words[start:end]` after a verb of `kind` ("replace", "amend", "repeal", "insert")."""
    effect: EffectType = "delete_text" if kind == "repeal" else "insert_text" if kind == "insert" else "substitute"
    groups: list[Phrase] = []
    group = Phrase(effect, start, end)
    olds: list[Span] = []
    state, at, first = "", start, True
    for match in islice(_TOKEN.finditer(words, start, end), _MOST):
        stretch = (at, match.start())
        placed = bool(effect_places.read(words, *stretch)) or "/" in words[slice(*stretch)]
        if (placed and not first) or placed:
            group.places.append(stretch)
        at = match.end()
        if match["by"]:
            state = "by" if olds else state
            continue
        if match["after"]:
            state = "after" if effect == "insert_text" and group.pairs else state
            continue
        first = False
        span = next((q for q in quotes if q[0] <= match.start("quote") <= q[1]), match.span("quote"))
        if state == "by" and olds:
            group.pairs += [(old, span) for old in olds]
            olds, state = [], ""
        elif state == "after":
            state = ""
        else:
            if group.pairs and group.places and not olds:
                group.end = match.start()
                groups.append(group)
                group = Phrase(effect, match.start(), end)
            if effect == "substitute":
                olds.append(span)
            else:
                group.pairs.append((span, None) if effect == "delete_text" else (None, span))
    if at < end:
        group.places.append((at, end))
    groups.append(group)
    return [g for g in groups if g.pairs]
