"""The grammar of references: find → parse → expand → place (first version)."""

from __future__ import annotations

from corpus.model import Citation, Known, Masthead, Outline, Text


def cite(text: Text, head: Masthead, tree: Outline, known: Known) -> tuple[Citation, ...]:
    return ()
