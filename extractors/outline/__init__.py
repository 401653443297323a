"""Lines → the tree of provisions: articles, or the outline of a plan; and what is quoted from other acts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corpus.model import Masthead, Outline, Provision, Quote, Text
from extractors.outline import quotes
from extractors.outline.grammar import Mark, marks
from extractors.outline.parts import Part, parts
from extractors.outline.tree import Tree, provisions


def outline(text: Text, head: Masthead) -> Outline:
    """Provisions in reading order with the ids of the contract, and the quoted passages with their inner units.

    Ranges are code points of `text.text`. A unit spans its heading line and all below it; recitals,
    recipients and signature lie outside all units. Never raises, whatever the text.
    """
    words = text.text
    aside = {line.start for line in text.lines if line.region not in ("body", "table")}
    tables = frozenset(line.start for line in text.lines if line.region == "table")
    found = [mark for mark in marks(words) if mark.start not in aside]
    quoted = quotes.blocks(words, found)
    starts = [start for start, _ in quoted]
    own = [mark for mark in found if not mark.quoted and not _inside(mark.start, quoted, starts)] if quoted else [
        mark for mark in found if not mark.quoted]  # fmt: skip
    counts: dict[str, int] = {}
    units: list[Provision] = []
    for part in parts(words, head, own):
        units += _part(text, part, own, counts, starts, tables)
    return Outline(tuple(units), tuple(_quote(text, start, end) for start, end in quoted))


def _part(
    text: Text, part: Part, own: Sequence[Mark], counts: dict[str, int], starts: Sequence[int], tables: frozenset[int]
) -> list[Provision]:
    """The units of one text of the file, below the unit that this text itself is."""
    units: list[Provision] = []
    if part.prefix:
        nth = counts[part.prefix] = counts.get(part.prefix, 0) + 1
        page = text.page_at(part.start)
        units.append(Provision(part.prefix, "phu_luc", part.num, part.heading, part.start, part.close, page, nth))
    if part.level == "form":
        return units  # what a form holds is to be filled in; it is no rule of the act
    first = bisect_left(own, part.body, key=_start)
    here = own[first : bisect_left(own, part.end, lo=first, key=_start)]
    articles = any(mark.kind == "art" for mark in here)
    tree = Tree(text.text, part.prefix, articles, counts, starts, tables)
    for mark in here:
        tree.add(mark)
    return units + provisions(tree.finish(part.end), text)


def _quote(text: Text, start: int, end: int) -> Quote:
    """A quoted passage and the units in it. Its first unit stands behind the opening mark, mostly within a line."""
    tree = Tree(text.text, "", True, {}, excerpt=True)
    for mark in marks(text.text[start:end]):
        tree.add(mark._replace(start=mark.start + start, rest=mark.rest + start, end=mark.end + start))
    return Quote(start, end, tuple(provisions(tree.finish(end), text)))


def _start(mark: Mark) -> int:
    return mark.start


def _inside(offset: int, ranges: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < ranges[at][1]
