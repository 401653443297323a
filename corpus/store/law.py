"""The part of the store's door for states: who did what to an act, without unpacking whole documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from corpus.model import Citation, Document, Effect
from corpus.store import tables, values
from corpus.store.blobs import many_objects

_PART = 500  # bound values a database takes at once
_NO_EFFECTS = ("basis", "told")


class LawDoor:
    """Queries on events; a base of `Store`. Documents by content hash, cut down to what was asked, with path ""."""

    def _rows(self, query: Any) -> Sequence[Any]:
        raise NotImplementedError

    def heads(self, hashes: Iterable[str], reader_version: str) -> dict[str, Document]:
        """Documents that have nothing but their mastheads."""
        table = tables.document
        query = select(table.c.content_hash, table.c.outcome, table.c.masthead).where(
            table.c.reader_version == reader_version
        )
        return {
            row.content_hash: Document("", row.outcome, masthead=values.masthead_from(row.masthead))
            for part in _parts(hashes)
            for row in self._rows(query.where(table.c.content_hash.in_(part)))
        }

    def acting(
        self, keys: Iterable[str], reader_version: str, types: Collection[str] | None = None
    ) -> dict[str, tuple[Effect, ...]]:
        """Effects on the acts with these keys (of these types, None: all) by the hash of the document that has them."""
        table = tables.event
        kinds = table.c.type.not_in(_NO_EFFECTS) if types is None else table.c.type.in_(types)
        found: dict[str, dict[int, Effect]] = {}
        with many_objects():
            for row in self._events(keys, reader_version, kinds):
                found.setdefault(row.content_hash, {})[row.number] = values.effect_from(row)
        return {digest: tuple(effects[n] for n in sorted(effects)) for digest, effects in found.items()}

    def standing_on(
        self, keys: Iterable[str], reader_version: str, until: date | None = None
    ) -> dict[str, tuple[Citation, ...]]:
        """Newest central acts that have these acts as a legal basis: their hashes and the bases.

        One for each writing of a basis (namesakes are told apart by what is said of them), and of those issued by the
        day `until` one too.
        """
        table = tables.event
        found: dict[str, list[Citation]] = {}
        for part in _parts(keys):
            # Those of one day are all kept: which of them is told is not for the database to choose.
            place = [table.c.key, table.c.record] + ([table.c.since <= until] if until is not None else [])
            newest = func.rank().over(partition_by=place, order_by=table.c.since.desc())
            kept = [table.c.reader_version == reader_version, table.c.type == "basis", table.c.key.in_(part)]
            columns = (table.c.content_hash, table.c.clause, table.c.start, table.c.end, table.c.record)
            ranked = select(*columns, newest.label("place")).where(*kept).subquery()
            for row in self._rows(select(ranked).where(ranked.c.place == 1)):
                found.setdefault(row.content_hash, []).append(values.basis_from(row))
        return {digest: tuple(sorted(bases, key=lambda basis: basis.start)) for digest, bases in found.items()}

    def telling(self, keys: Iterable[str], reader_version: str) -> set[str]:
        """Content hashes of the documents whose bases or title tell that these acts were amended."""
        return {row.content_hash for row in self._events(keys, reader_version, tables.event.c.type == "told")}

    def _events(self, keys: Iterable[str], reader_version: str, kinds: ColumnElement[bool]) -> Iterator[Any]:
        table = tables.event
        query = select(table).where(table.c.reader_version == reader_version, kinds)
        for part in _parts(keys):
            yield from self._rows(query.where(table.c.key.in_(part)))


def _parts(wanted: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(set(wanted))
    for i in range(0, len(ordered), _PART):
        yield ordered[i : i + _PART]
