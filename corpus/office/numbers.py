"""Gaps in the numbering of documents: numbers of one issuer, kind and year that nothing knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import symbols
from corpus.model import CompleteYear, LedgerEntry
from corpus.territory import body_key

DENSE = 0.8
"""Share of the numbers up to the highest that must be known, in a year not declared whole, for a gap to be told."""
ENOUGH = 5
"""Fewest known numbers for that."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document by the parts of its number. `name`: what the caller knows it by (a path, a key)."""

    issuer: str
    mark: str
    year: int
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers missing in a row just before a known one (`before`). `declared`: the year is said to be whole."""

    issuer: str
    mark: str
    year: int
    missing: tuple[int, ...]
    before: Numbered
    declared: bool

    @property
    def symbols(self) -> tuple[str, ...]:
        """The missing symbols as they would be written: "07/2019/QĐ-UBND"."""
        return tuple(f"{number:02d}/{self.year}/{self.mark}" for number in self.missing)


def numbered(symbol: str | None, issuer: str | None, name: str) -> Numbered | None:
    """The parts of a symbol with a year; None for one without, whose numbers no register of ours follows."""
    parsed = symbols.parse(symbol) if symbol else None
    if parsed is None or parsed.year is None or parsed.number is None or not parsed.kind or not issuer:
        return None
    digits = re.fullmatch(r"\d+", parsed.number)
    mark = f"{parsed.kind}-{parsed.body}" if parsed.body else parsed.kind
    return Numbered(issuer, mark, parsed.year, int(digits[0]), name) if digits else None


def gaps(
    known: Iterable[Numbered], whole: Sequence[CompleteYear] = (), dense: float = DENSE, enough: float = ENOUGH
) -> tuple[Gap, ...]:
    """Every gap between known numbers and below the lowest, of years that are whole or nearly known.

    Nothing is said of numbers above the highest known one: nobody knows where a year ended.
    """
    series: dict[tuple[str, str, int], dict[int, Numbered]] = {}
    for one in known:
        series.setdefault((body_key(one.issuer), one.mark, one.year), {}).setdefault(one.number, one)
    found: list[Gap] = []
    for (_, mark, year), have in sorted(series.items()):
        numbers = sorted(number for number in have if number > 0)
        if not numbers:
            continue
        first = have[numbers[0]]
        declared = any(_covers(one, first) for one in whole)
        if not declared and (len(numbers) < enough or len(numbers) < dense * numbers[-1]):
            continue
        last = 0
        for number in numbers:
            if number > last + 1:
                missing = tuple(range(last + 1, number))
                found.append(Gap(first.issuer, mark, year, missing, have[number], declared))
            last = number
    return tuple(found)


def of_ledger(entries: Iterable[LedgerEntry]) -> list[Numbered]:
    """Numbers that the register of documents knows, by key."""
    return [one for entry in entries if (one := numbered(entry.symbol, entry.issuer, entry.key))]


def _covers(whole: CompleteYear, one: Numbered) -> bool:
    kind = symbols.KIND_OF_ABBREVIATION.get(one.mark.split("-")[0])
    return (
        whole.year == one.year and (whole.issuer is None or body_key(whole.issuer) == body_key(one.issuer))
        and (whole.kind is None or whole.kind == kind)
    )  # fmt: skip
