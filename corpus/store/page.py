"""The part of the store's door for the review page: small questions, asked at every click."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import func, select

from corpus.model import Decision, Finding
from corpus.store import tables, values
from corpus.store.values import FileRow, StoredFinding

_PART = 500  # bound values a database takes at once
_CHUNK = 2_000


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
        """Findings that stand, as (id, document key, first run, `corpus.records.finding_record`), by id.

        Some at a time: 100,000 findings at once would take half a gigabyte.
        """
        columns = (tables.finding.c.id, tables.finding.c.document_key, tables.finding.c.first_run,
                   tables.finding.c.state, tables.finding.c.record)  # fmt: skip
        query = select(*columns).where(tables.finding.c.gone_in_run.is_(None)).order_by(tables.finding.c.id)
        last = ""
        while rows := self._rows(query.where(tables.finding.c.id > last).limit(_CHUNK)):
            for row in rows:
                yield row.id, row.document_key, row.first_run, {**orjson.loads(row.record), "state": row.state}
            last = rows[-1].id

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

    def standing_of(self, rule: str) -> Sequence[Finding]:
        """Findings of one rule that stand, by path."""
        query = select(tables.finding).where(tables.finding.c.rule == rule, tables.finding.c.gone_in_run.is_(None))
        return [values.stored_finding(row).finding for row in self._rows(query.order_by(tables.finding.c.path))]

    def timed_decisions(self) -> dict[str, Decision]:
        """Decisions that stand and have a day (due, or until), by finding id: what clocks are made of."""
        table = tables.decision
        timed = select(table.c.finding).where(table.c.due.is_not(None) | table.c.until.is_not(None)).distinct()
        standing: dict[str, list[Decision]] = {}
        for row in self._rows(select(table).where(table.c.finding.in_(timed)).order_by(table.c.number)):
            apply(standing.setdefault(row.finding, []), values.decision_of(row))
        return {finding: taken[-1] for finding, taken in standing.items() if taken}

    def file_of(self, path: str) -> FileRow | None:
        """One file of the corpus as the last run saw it."""
        rows = self._rows(select(tables.file).where(tables.file.c.path == path))
        return _file(rows[0]) if rows else None

    def files_holding(self, hashes: Iterable[str]) -> list[FileRow]:
        """Files with these bytes, by path."""
        wanted = sorted(set(hashes))
        found: list[FileRow] = []
        for i in range(0, len(wanted), _PART):
            query = select(tables.file).where(tables.file.c.content_hash.in_(wanted[i : i + _PART]))
            found += [_file(row) for row in self._rows(query)]
        return sorted(found, key=lambda row: row.path)

    def usual_version(self) -> str:
        """The version of the readers that read most of the files, "" where there are none."""
        query = select(tables.file.c.reader_version).where(tables.file.c.outcome == "ok")
        query = query.group_by(tables.file.c.reader_version).order_by(func.count().desc()).limit(1)
        rows = self._rows(query)
        return str(rows[0][0]) if rows else ""

    def unread(self) -> Sequence[FileRow]:
        """Files that could not be read, by path."""
        query = select(tables.file).where(tables.file.c.outcome != "ok").order_by(tables.file.c.path)
        return [_file(row) for row in self._rows(query)]

    def noted(self) -> Sequence[FileRow]:
        """Files that were read and of which the officer must know something (`message`), by path."""
        told = tables.file.c.outcome == "ok", tables.file.c.message.is_not(None)
        return [_file(row) for row in self._rows(select(tables.file).where(*told).order_by(tables.file.c.path))]


def apply(taken: list[Decision], decision: Decision) -> None:
    """Put a decision on the pile of those that stand; `rut_lai` takes the top one away."""
    if decision.verdict != "rut_lai":
        taken.append(decision)
    elif taken:
        taken.pop()


def _file(row: Any) -> FileRow:
    return FileRow(row.path, row.content_hash, row.size, int(row.mtime_ns), row.reader_version, row.outcome,
                   row.message, row.document_key, row.seen_in_run)  # fmt: skip
