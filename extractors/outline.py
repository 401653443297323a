"""Lines → the tree of provisions: articles, or the outline of a plan; and what is quoted from other acts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corpus.model import Masthead, Outline, Provision, Quote, Text
from extractors import quotes
from extractors.outline_grammar import Mark, marks
from extractors.outline_parts import Part, parts
from extractors.outline_tree import Tree, provisions


def outline(text: Text, head: Masthead) -> Outline:
    """Provisions in reading order with the ids of the contract, and the quoted passages with their inner units.

    Ranges are code points of `text.text`. A unit spans its heading line and all below it; recitals,
    recipients and signature lie outside all units.
    """
    words = text.text
    found = list(marks(words))
    quoted = quotes.blocks(words, 0, len(words))
    own = [mark for mark in found if not mark.quoted and not _inside(mark.start, quoted)]
    units: list[Provision] = []
    for part in parts(words, head, found, quoted):
        units += _part(text, part, own)
    return Outline(tuple(units), tuple(_quote(text, start, end, found) for start, end in quoted))


def _part(text: Text, part: Part, own: Sequence[Mark]) -> list[Provision]:
    first = bisect_left(own, part.body, key=lambda mark: mark.start)
    last = bisect_left(own, part.end, key=lambda mark: mark.start)
    here = own[first:last]
    if "form_" in part.prefix:
        here = []  # what a form holds is to be filled in, and no rule of the act
    tree = Tree(text.text, part.prefix, any(mark.kind == "art" for mark in here))
    for mark in here:
        tree.add(mark)
    units = provisions(tree.finish(part.end), text)
    if not part.prefix:
        return units
    root = Provision(part.prefix, part.kind, part.num, part.heading, part.start, part.close, text.page_at(part.start))
    return [root, *units]


def _quote(text: Text, start: int, end: int, found: Sequence[Mark]) -> Quote:
    here = [mark for mark in found if start - 1 <= mark.rest and start <= mark.rest and mark.end <= end + 3 and mark.start >= start - 1]
    tree = Tree(text.text, "", True)
    tree.free = True  # type: ignore[attr-defined]
    for mark in here:
        tree.add(mark)
    return Quote(start, end, tuple(provisions(tree.finish(end), text)))


def _inside(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, (offset, offset)) - 1
    return at >= 0 and ranges[at][0] <= offset < ranges[at][1]
