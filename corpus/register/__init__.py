"""Facts that ship with the program (first version)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.model import KnownDocument, KnownName


class NothingKnown:
    """A `Known` that knows nothing: what `--no-register` hands in."""

    def documents(self, symbol: str) -> Sequence[KnownDocument]:
        return ()

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        return ()
