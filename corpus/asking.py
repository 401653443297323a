"""What an answer rests on: which entries of the indexes were looked at, what was asked, on which days it holds.

While a document is judged, everything that its rules ask of the library is noted with the hash of the answer
(docs/decisions/0012). The next run asks again only those questions whose entries have changed since, and judges only
the documents that got another answer. Nothing has to be declared by a rule: the indexes, the questions and the day note
by themselves that they were used.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

Question = tuple[Any, ...]
"""Name and arguments: strings, numbers, None and tuples of them, so that it can be kept as JSON and asked again."""


class Frame:
    """What was used while something was worked out. It holds on the days `since` ≤ day < `until`."""

    __slots__ = ("keys", "questions", "since", "until")

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.questions: dict[Question, tuple[str, set[str]]] = {}  # hash of the answer, keys behind it
        self.since = date.min
        self.until = date.max

    def between(self, since: date, until: date) -> None:
        """Narrow the days on which the answer holds."""
        self.since, self.until = max(self.since, since), min(self.until, until)


class Asking:
    """The frames that are open, the innermost last."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        self._open: list[Frame] = []

    @property
    def top(self) -> Frame | None:
        return self._open[-1] if self._open else None

    def note(self, key: str) -> None:
        """An entry of an index was looked at, whether anything was there or not."""
        if self._open:
            self._open[-1].keys.add(key)

    @contextmanager
    def frame(self) -> Iterator[Frame]:
        """What is used inside is noted in this frame, not in those around it."""
        made = Frame()
        self._open.append(made)
        try:
            yield made
        finally:
            self._open.pop()

    def join(self, frame: Frame, days: bool = True) -> None:
        """What was worked out in `frame` is used now. Without `days`: for another day than the run's."""
        if self._open:
            top = self._open[-1]
            top.keys |= frame.keys
            top.questions.update(frame.questions)
            if days:
                top.between(frame.since, frame.until)

    def kept(self, memo: dict[K, tuple[Any, Frame]], key: K, make: Callable[[], T], days: bool = True) -> T:
        """The value in `memo`, made once; who uses it later uses all that it was made from too."""
        found = memo.get(key)
        if found is None:
            with self.frame() as frame:
                value = make()
            found = memo[key] = (value, frame)
        self.join(found[1], days)
        made: T = found[0]
        return made


class Index:
    """Lists of what is known under a key; who looks a key up notes it, who fills it in is remembered by its path."""

    def __init__(self, name: str, asking: Asking, gives: dict[str, set[str]]) -> None:
        self._name, self._asking, self._gives = name, asking, gives
        self._entries: dict[str, list[Any]] = {}

    def put(self, key: str, value: Any, path: str) -> None:
        """Add to the list of a key what the document at `path` says."""
        self._entries.setdefault(key, []).append(value)
        self.given(key, path)

    def given(self, key: str, path: str) -> None:
        """What the key has depends on the document at `path`."""
        self._gives.setdefault(path, set()).add(f"{self._name}:{key}")

    def at(self, key: str) -> list[Any]:
        """What was put under a key."""
        self._asking.note(f"{self._name}:{key}")
        return self._entries.get(key, [])

    def entries(self) -> dict[str, list[Any]]:
        """All lists by key, to be filled in; nothing is noted."""
        return self._entries


def digest(*values: object) -> str:
    """Short hash of values: dataclasses, dates, numbers, strings, sets and mappings of them."""
    words = repr(values)
    if "{" in words:  # sets print in another order in every process
        words = repr(_ordered(values))
    return blake2b(words.encode(), digest_size=8).hexdigest()


def _ordered(value: object) -> object:
    """A value with its sets and mappings as sorted lists."""
    if isinstance(value, Mapping):
        return sorted(((repr(_ordered(k)), _ordered(v)) for k, v in value.items()), key=lambda pair: pair[0])
    if isinstance(value, (set, frozenset)):
        return sorted(repr(_ordered(one)) for one in value)
    if isinstance(value, (tuple, list)):
        return [_ordered(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(_ordered(getattr(value, field.name)) for field in fields(value))]
    return value


class Watched(date):
    """The day of a run, which notes what it is compared with: between which days the comparison ends the same way.

    A comparison with another day narrows the frame to that side of it, `year` to the year; anything else that tells the
    day (its text, a difference, a hash) to the day itself.
    """

    _asking: Asking

    @classmethod
    def on(cls, day: date, asking: Asking) -> Watched:
        made = cls(day.year, day.month, day.day)
        made._asking = asking
        return made

    @property
    def plain(self) -> date:
        """The same day, which notes nothing."""
        return date.fromordinal(date.toordinal(self))

    def _after(self, other: date, is_after: bool) -> bool:
        """Narrow to the days from `other` on, or before it."""
        top = self._asking.top
        if top is not None:
            top.between(other if is_after else date.min, date.max if is_after else other)
        return is_after

    def _only(self) -> date:
        day = self.plain
        top = self._asking.top
        if top is not None:
            top.between(day, _next(day))
        return day

    def __ge__(self, other: object) -> bool:
        if not isinstance(other, date):
            return NotImplemented
        other = _plain(other)
        return self._after(other, self.plain >= other)

    def __gt__(self, other: object) -> bool:
        if not isinstance(other, date):
            return NotImplemented
        other = _plain(other)
        return self._after(_next(other), self.plain > other) if other < date.max else False

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, date):
            return NotImplemented
        return not self >= other

    def __le__(self, other: object) -> bool:
        if not isinstance(other, date):
            return NotImplemented
        return not self > other

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, date):
            return NotImplemented
        return self >= other and self <= other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._only())

    def __sub__(self, other: Any) -> Any:
        return self._only() - _plain(other) if isinstance(other, date) else self._only() - other

    def __rsub__(self, other: Any) -> Any:
        return other - self._only()

    def __add__(self, other: Any) -> Any:
        return self._only() + other

    def __radd__(self, other: Any) -> Any:
        return self._only() + other

    @property
    def year(self) -> int:
        year = self.plain.year
        top = self._asking.top
        if top is not None:
            top.between(date(year, 1, 1), date(year + 1, 1, 1) if year < date.max.year else date.max)
        return year

    @property
    def month(self) -> int:
        return self._only().month

    @property
    def day(self) -> int:
        return self._only().day

    def toordinal(self) -> int:
        return self._only().toordinal()

    def isoformat(self) -> str:
        return self._only().isoformat()

    def strftime(self, format: str) -> str:
        return self._only().strftime(format)

    def __format__(self, format: str) -> str:
        return self._only().__format__(format)

    def __str__(self) -> str:
        return str(self._only())

    def __repr__(self) -> str:
        return repr(self._only())

    def weekday(self) -> int:
        return self._only().weekday()

    def isoweekday(self) -> int:
        return self._only().isoweekday()

    def timetuple(self) -> Any:
        return self._only().timetuple()

    def isocalendar(self) -> Any:
        return self._only().isocalendar()

    def ctime(self) -> str:
        return self._only().ctime()

    def replace(self, *arguments: Any, **changes: Any) -> Any:
        return self._only().replace(*arguments, **changes)

    def __reduce__(self) -> Any:
        return date, (self._only().year, self._only().month, self._only().day)


def plain(day: date) -> date:
    """A day that notes nothing."""
    return _plain(day)


def _plain(day: date) -> date:
    return day.plain if isinstance(day, Watched) else day


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
