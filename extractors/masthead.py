"""Issuer, number and symbol, kind, date, title, signer (first version)."""

from __future__ import annotations

from corpus.model import Masthead, Text


def read(text: Text, title: str | None = None) -> Masthead:
    return Masthead()
