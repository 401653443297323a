"""Which of many nested ranges is the innermost around a place, in the time of one look-up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Nesting(Generic[T]):
    """Ranges `[start, end)` with a value each, laid flat: every place belongs to the innermost range that holds it.

    >>> around = Nesting([(0, 10, "article"), (2, 5, "clause")])
    >>> around.at(1), around.at(3), around.at(5), around.at(10)
    ('article', 'clause', 'article', None)
    """

    def __init__(self, ranges: Iterable[tuple[int, int, T]]) -> None:
        self._starts: list[int] = []
        self._values: list[T | None] = []
        open_: list[tuple[int, T]] = []
        for start, end, value in sorted(ranges, key=lambda item: (item[0], -item[1])):
            self._close(open_, start)
            if end > start:
                open_.append((end, value))
                self._set(start, value)
        self._close(open_, None)

    def at(self, offset: int) -> T | None:
        """The value of the innermost range around `offset`, None outside all."""
        i = bisect_right(self._starts, offset) - 1
        return self._values[i] if i >= 0 else None

    def _close(self, open_: list[tuple[int, T]], until: int | None) -> None:
        """Close what ends before `until` (None: everything); what lies around it goes on behind it."""
        while open_ and (until is None or open_[-1][0] <= until):
            end, _ = open_.pop()
            while open_ and open_[-1][0] <= end:
                open_.pop()
            self._set(end, open_[-1][1] if open_ else None)

    def _set(self, start: int, value: T | None) -> None:
        if self._starts and self._starts[-1] == start:
            self._values[-1] = value
        else:
            self._starts.append(start)
            self._values.append(value)
