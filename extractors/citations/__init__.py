"""The grammar of references: find → parse → expand → place (docs/citations.md)."""

from __future__ import annotations

from corpus.model import Citation, Known, Masthead, Outline, Text
from corpus.text import lowered
from extractors.citations.find import find
from extractors.citations.parse import parse
from extractors.citations.place import place


def cite(text: Text, head: Masthead, tree: Outline, known: Known) -> tuple[Citation, ...]:
    """All references of a text to documents and provisions, its own included, in text order, lists and ranges expanded.

    `head` and `tree` say where "này" points; `known` tells what a name meant on the day of the document. Never raises.
    """
    lower = lowered(text.text)
    mentions = parse(lower, find(text.text, lower))
    return _apart(place(text, lower, head, tree, known, tuple(mentions)))


def _apart(cited: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The mentions without those that a longer one overlaps: broken text can make two readings of the same words."""
    kept: list[Citation] = []
    for one in cited:
        while kept and one.start < kept[-1].end:
            if one.end - one.start <= kept[-1].end - kept[-1].start:
                break
            kept.pop()
        else:
            kept.append(one)
    return tuple(kept) if len(kept) < len(cited) else cited
