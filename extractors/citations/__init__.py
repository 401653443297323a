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
    return place(text, lower, head, tree, known, tuple(mentions))
