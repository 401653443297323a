"""The part of the store's door that keeps on what the judgement of each document rests (docs/decisions/0012)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from corpus.asking import Question
from corpus.store import tables

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was asked, the hash of its answer, and the entries of the indexes behind the answer."""

    question: Question
    mark: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """What the judgement of the document at `path` rests on. It holds on the days `since` ≤ day < `until`.

    `identity`: hash of the document as it was judged; `rules`: of the code, the settings and the institutions; `facts`:
    of the register. `gives`: entries of the indexes that the document has a part in. `packed`: what was asked.
    """

    path: str
    identity: str
    rules: str
    facts: str
    since: date
    until: date
    gives: frozenset[str]
    packed: bytes

    def asked(self) -> list[Answered]:
        """All that was asked while the document was judged."""
        return unpacked(self.packed)

    def touched(self, entries: Set[str] | None) -> Iterator[tuple[int, Answered]]:
        """What was asked that has one of these entries behind it (all of it where None), with its place in `asked()`.

        Of a row that they do not touch nothing is made: a night goes through every row, and few are touched.
        """
        names, rows = orjson.loads(zlib.decompress(self.packed))
        if entries is None:
            yield from enumerate(self.asked())
            return
        hit = {number for number, name in enumerate(names) if name in entries}
        if not hit:
            return
        for place, (question, mark, numbers) in enumerate(rows):
            if not hit.isdisjoint(numbers):
                yield place, Answered(_tuple(question), mark, frozenset([names[i] for i in numbers]))


def packed(asked: Sequence[Answered]) -> bytes:
    """Bytes of what was asked; each entry is written once."""
    numbers: dict[str, int] = {}
    rows = [
        (one.question, one.mark, [numbers.setdefault(key, len(numbers)) for key in sorted(one.keys)]) for one in asked
    ]
    return zlib.compress(orjson.dumps((list(numbers), rows)), 1)


def unpacked(data: bytes) -> list[Answered]:
    """What `packed` was made from."""
    names, rows = orjson.loads(zlib.decompress(data))
    return [
        Answered(_tuple(question), mark, frozenset([names[i] for i in numbers])) for question, mark, numbers in rows
    ]


def _tuple(value: Any) -> Any:
    """Lists of JSON as the tuples that they were."""
    return tuple([_tuple(one) for one in value]) if isinstance(value, list) else value


class JudgedDoor:
    """Queries of what judgements rest on; a base of `Store`."""

    _connection: Connection

    def _rows(self, query: Any) -> Sequence[Any]:
        raise NotImplementedError

    def transaction(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def judged(self) -> Iterator[JudgedRow]:
        """What the last run's judgement of each document rests on, by path."""
        table = tables.judged
        last = ""
        while rows := self._rows(select(table).where(table.c.path > last).order_by(table.c.path).limit(_AT_ONCE)):
            for row in rows:
                yield JudgedRow(row.path, row.identity, row.rules, row.facts, row.since, row.until,
                                frozenset(orjson.loads(row.gives)), row.asked)  # fmt: skip
            last = rows[-1].path

    def holds_on(self, day: date) -> bool:
        """Whether the judgement of every document that was judged holds on a day."""
        table = tables.judged
        return not self._rows(select(table.c.path).where((table.c.since > day) | (table.c.until <= day)).limit(1))

    def save_judged(self, rows: Iterable[JudgedRow], gone: Iterable[str] = (), facts: str | None = None) -> None:
        """Keep rows in place of those of the same paths, drop those of paths that are gone.

        `facts`: the register that all other rows agree with now.
        """
        found = [
            {"path": row.path, "identity": row.identity, "rules": row.rules, "facts": row.facts, "since": row.since,
             "until": row.until, "gives": orjson.dumps(sorted(row.gives)).decode(), "asked": row.packed}
            for row in rows
        ]  # fmt: skip
        paths = [str(row["path"]) for row in found] + list(gone)
        with self.transaction():
            for i in range(0, len(paths), _AT_ONCE):
                part = paths[i : i + _AT_ONCE]
                self._connection.execute(delete(tables.judged).where(tables.judged.c.path.in_(part)))
            if found:
                self._connection.execute(insert(tables.judged), found)
            if facts is not None:
                table = tables.judged
                self._connection.execute(update(table).where(table.c.facts != facts).values(facts=facts))
