"""What an instruction is read with: its clause, the clauses above it, and its own stretch of words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.model.quick import quick
from extractors.effects import targets as targets
from extractors.effects.calls import Call
from extractors.effects.clauses import Clause
from extractors.effects.dates import When, when
from extractors.effects.targets import Context, Hit, Mentions
from extractors.patterns import lazy

_SPARE = lazy(r",\s*trừ\s")


@quick
@dataclass(frozen=True, slots=True)
class Scope:
    """A clause with all that its instructions are read with. `words`: lower case, chains blanked; `text`: the whole."""

    clause: Clause
    words: str
    context: Context
    mentions: Mentions
    text: str
    signed: date | None

    def hits(self, start: int, end: int) -> list[Hit]:
        """Targets named in `words[start:end]`."""
        return targets.find(self.words, start, end, self.clause.start, self.mentions)


class Stretch:
    """One governing verb and its part of the clause, `words[floor:bound]`. `quotes`: offsets of the words."""

    def __init__(self, scope: Scope, call: Call, floor: int, bound: int) -> None:
        self.scope, self.call, self.floor, self.bound = scope, call, floor, bound
        self.clause, self.words, self.context = scope.clause, scope.words, scope.context
        self.quotes = self.quotes_from(call.start)
        self._time: When | None = None

    def quotes_from(self, start: int) -> list[tuple[int, int]]:
        """The quotations of the stretch that begin at `start` or later."""
        base = self.clause.start
        return [(a - base, b - base) for a, b in self.clause.quotes if start <= a - base < self.bound]

    @property
    def time(self) -> When:
        """The day that the instruction gives, else that of the clauses above it."""
        if self._time is None:
            spared = _SPARE.search(self.words, self.call.end, self.bound)
            end = spared.start() if spared else self.bound  # "…, trừ Điều 4 tiếp tục có hiệu lực đến ngày …"
            own = when(self.words, self.call.end, end, self.scope.signed)
            self._time = own if own.found else self.context.time or own
        return self._time

    def piece(self, span: tuple[int, int] | None) -> str | None:
        """The text, as it is written, of a span of the words."""
        base = self.clause.start
        return self.scope.text[base + span[0] : base + span[1]].strip() if span else None
