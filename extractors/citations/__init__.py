"""The grammar of references: find → parse → expand → place (docs/citations.md)."""

from __future__ import annotations

from corpus.model import Citation, Known, Masthead, Outline, Text
from corpus.text import lower
from extractors.citations.find import find
from extractors.citations.parse import parse
from extractors.citations.place import place


def cite(text: Text, head: Masthead, tree: Outline, known: Known) -> tuple[Citation, ...]:
    """All references of a text to documents and provisions, its own included, in text order, lists and ranges expanded.

    `head` and `tree` say where "này" points; `known` tells what a name meant on the day of the document. Never raises.
    """
    lowered = lower(text.text)
    mentions = parse(lowered, find(text.text, lowered))
    return place(text, lowered, head, tree, known, tuple(mentions))
