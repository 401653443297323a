"""What is handed in where nothing shall be known (`--no-register`): it opens no file and loads no library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from corpus.model import KnownDocument, KnownEffect, KnownName

if TYPE_CHECKING:
    from corpus.register.rows import Institution


class NothingKnown:
    """A `Known` that knows nothing."""

    faults: Sequence[str] = ()

    def documents(self, symbol: str) -> Sequence[KnownDocument]:
        return ()

    def effects(self, symbol: str) -> Sequence[KnownEffect]:
        return ()

    def effects_by(self, symbol: str) -> Sequence[KnownEffect]:
        return ()

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        return ()

    def institutions(self) -> Sequence[Institution]:
        return ()
