"""The part of the store's door for the review page: small questions, asked at every click."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from corpus.model import Decision
from corpus.store import tables, values
from corpus.store.values import StoredFinding

_PART = 500  # bound values a database takes at once


class PageDoor:
    """Queries of the review page; a base of `Store`."""

    def _rows(self, query: Any) -> Sequence[Any]:
        raise NotImplementedError

    def marks(self) -> tuple[int, int, int]:
        """Newest run, decision and record of the office (0: none): equal marks mean that nothing changed since."""
        newest = [
            select(func.coalesce(func.max(table.c.number), 0)).scalar_subquery()
            for table in (tables.run, tables.decision, tables.office)
        ]
        run, decision, record = self._rows(select(*newest))[0]
        return int(run), int(decision), int(record)

    def finding_records(self) -> Iterator[tuple[str, str | None, int, Mapping[str, Any]]]:
        """Findings that stand, as (id, document key, first run, `corpus.records.finding_record`), by path and id."""
        columns = (tables.finding.c.id, tables.finding.c.document_key, tables.finding.c.first_run,
                   tables.finding.c.state, tables.finding.c.record)  # fmt: skip
        query = select(*columns).where(tables.finding.c.gone_in_run.is_(None))
        for row in self._rows(query.order_by(tables.finding.c.path, tables.finding.c.id)):
            yield row.id, row.document_key, row.first_run, {**json.loads(row.record), "state": row.state}

    def findings_of(self, ids: Iterable[str]) -> dict[str, StoredFinding]:
        """Findings by id, standing or gone; those that never were are missing."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, StoredFinding] = {}
        for i in range(0, len(wanted), _PART):
            query = select(tables.finding).where(tables.finding.c.id.in_(wanted[i : i + _PART]))
            found.update((row.id, values.stored_finding(row)) for row in self._rows(query))
        return found

    def gone_in(self, run: int, limit: int) -> Sequence[StoredFinding]:
        """Findings that a run no longer found, at most `limit`, by path."""
        query = select(tables.finding).where(tables.finding.c.gone_in_run == run)
        return [values.stored_finding(row) for row in self._rows(query.order_by(tables.finding.c.path).limit(limit))]

    def decisions_after(self, number: int) -> tuple[int, list[Decision]]:
        """Decisions newer than that number, oldest first, and the number of the newest (`number` where none is)."""
        query = select(tables.decision).where(tables.decision.c.number > number).order_by(tables.decision.c.number)
        rows = self._rows(query)
        return (rows[-1].number if rows else number), [values.decision_of(row) for row in rows]
