"""What the register knows, and the protocol by which extraction asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from corpus.model.vocabulary import Day


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A row of the register. `ended` is the first day no longer in force, possibly in the future."""

    symbol: str
    kind: str
    issuer: str | None
    date: date | None
    effective: Day | None
    ended: Day | None
    state: str
    title: str | None
    source_kind: str
    source_ref: str
    seen: Day | None
    certainty: Literal["cao", "trung_binh", "thap"]


@dataclass(frozen=True, slots=True)
class KnownEffect:
    """A row of the register's effects: `by_symbol` did `type` to a provision, since `from_`."""

    affected_symbol: str
    affected_provision: str | None
    type: str
    scope: Literal["whole", "part"]
    by_symbol: str
    by_provision: str | None
    from_: date | None
    source_kind: str
    source_ref: str
    certainty: Literal["cao", "trung_binh", "thap"]


@dataclass(frozen=True, slots=True)
class KnownName:
    """A law by name; `from_`/`until` bound the days on which the name meant this symbol."""

    name: str
    year: int | None
    symbol: str
    from_: date | None
    until: date | None


class Known(Protocol):
    """What extraction may ask about the world: `corpus.register.Register`, or `NothingKnown` beside it."""

    def documents(self, symbol: str) -> Sequence[KnownDocument]:
        """All documents with this symbol (leading zeros and letter case ignored); empty if unknown."""
        ...

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        """Documents that this name meant on that day (or that have that year); several if ambiguous."""
        ...
