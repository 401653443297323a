"""What a clause does to other clauses (first version)."""

from __future__ import annotations

from corpus.model import Citation, Effect, Masthead, Outline, Text


def find(text: Text, head: Masthead, tree: Outline, citations: tuple[Citation, ...]) -> tuple[Effect, ...]:
    return ()
