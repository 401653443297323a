"""The part of the store's door for what the office decides and keeps. Rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from corpus.model import Decision, Record
from corpus.store import tables, values
from corpus.store.chaining import GENESIS, chained
from corpus.store.checking import AuditFault, digest, first_fault
from corpus.store.page import PageDoor, apply

_AT_ONCE = 500


class OfficeDoor(PageDoor):
    """Queries on decisions, records of the office and the audit; a base of `Store`."""

    _connection: Connection

    def transaction(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def _rows(self, query: Any) -> Sequence[Any]:
        raise NotImplementedError

    # --- decisions -----------------------------------------------------------------------------

    def decisions(self) -> Mapping[str, Decision]:
        """The decision that stands on each finding, by the finding's id; one taken back leaves the one before it."""
        standing: dict[str, list[Decision]] = {}
        for row in self._rows(select(tables.decision).order_by(tables.decision.c.number)):
            apply(standing.setdefault(row.finding, []), values.decision_of(row))
        return {finding: taken[-1] for finding, taken in standing.items() if taken}

    def decision_of(self, finding: str) -> Decision | None:
        """The decision that stands on one finding."""
        taken: list[Decision] = []
        for decision in self.decision_history(finding):
            apply(taken, decision)
        return taken[-1] if taken else None

    def decision_history(self, finding: str) -> Sequence[Decision]:
        """All decisions on a finding, oldest first, those taken back and the taking back too."""
        query = select(tables.decision).where(tables.decision.c.finding == finding).order_by(tables.decision.c.number)
        return [values.decision_of(row) for row in self._rows(query)]

    def save_decision(self, decision: Decision, evidence_hash: str | None = None) -> None:
        """Add a decision (older ones are kept) and its line in the audit."""
        self.save_decisions([replace(decision, evidence_hash=evidence_hash or decision.evidence_hash)])

    def save_decisions(self, decisions: Iterable[Decision]) -> None:
        """Add decisions taken in one go: all of them or none."""
        with self.transaction():
            for decision in decisions:
                value = values.decision_row(decision)
                self._connection.execute(insert(tables.decision).values(**value))
                self.append_audit(decision.by, "decision", decision.finding, _told(value), decision.at)

    def last_batch(self, by: str) -> Sequence[Decision]:
        """The decisions that `by` took last in one go and that still stand: what an undo takes back."""
        taken: list[list[Decision]] = []
        undone = 0
        for decision in self._latest(by):
            if decision.verdict == "rut_lai":
                undone += 1
            elif undone:
                undone -= 1
            elif taken and (decision.batch is None or taken[0][0].batch != decision.batch):
                break
            elif taken:
                taken[0].append(decision)
            else:
                taken.append([decision])
        return taken[0] if taken else []

    def _latest(self, by: str) -> Iterator[Decision]:
        """Decisions of one person, newest first, some at a time: the last batch is asked for among years of them."""
        table = tables.decision
        query = select(table).where(table.c.by == by).order_by(table.c.number.desc()).limit(_AT_ONCE)
        rows = self._rows(query)
        while rows:
            yield from map(values.decision_of, rows)
            rows = self._rows(query.where(table.c.number < rows[-1].number))

    # --- records -------------------------------------------------------------------------------

    def keep(self, records: Iterable[Record], action: str | None = None) -> None:
        """Add records, in one transaction; `action`: one line in the audit for all, else a line for each."""
        found = list(records)
        if not found:
            return
        with self.transaction():
            self._connection.execute(insert(tables.office), [values.office_row(record) for record in found])
            if action is not None:
                first = found[0]
                self.append_audit(first.by, action, first.kind, {"rows": len(found), "digest": digest(found)}, first.at)
                return
            for record in found:
                self.append_audit(record.by, record.kind, record.subject, record.value, record.at)

    def kept(self, kind: str) -> Mapping[str, Record]:
        """The newest record of each subject of one kind, by subject."""
        query = select(tables.office).where(tables.office.c.kind == kind).order_by(tables.office.c.number)
        return {row.subject: values.record_of(row) for row in self._rows(query)}

    def kept_history(self, kind: str, subject: str | None = None) -> Sequence[Record]:
        """All records of one kind (of one subject), oldest first."""
        query = select(tables.office).where(tables.office.c.kind == kind).order_by(tables.office.c.number)
        if subject is not None:
            query = query.where(tables.office.c.subject == subject)
        return [values.record_of(row) for row in self._rows(query)]

    # --- audit ---------------------------------------------------------------------------------

    def append_audit(
        self, by: str, action: str, subject: str, detail: Mapping[str, object], at: str | None = None
    ) -> None:
        """Add a line to the audit; the database refuses to change or delete one. `at` ISO 8601, now where not given."""
        moment = at or datetime.now(UTC).isoformat(timespec="seconds")
        with self.transaction():
            newest = select(func.max(tables.audit.c.number)).scalar_subquery()
            before = self._connection.execute(
                select(tables.audit.c.hash).where(tables.audit.c.number == newest)
            ).scalar()
            self._connection.execute(
                insert(tables.audit).values(
                    at=moment, by=by, action=action, subject=subject,
                    detail=json.dumps(dict(detail), ensure_ascii=False, sort_keys=True),
                    hash=chained(before or GENESIS, moment, by, action, subject, dict(detail)),
                )
            )  # fmt: skip

    def audit_fault(self) -> AuditFault | None:
        """The first line of the audit that does not hold, or not with what was decided and kept; None: all holds."""
        decided = map(values.decision_of, self._rows(select(tables.decision).order_by(tables.decision.c.number)))
        records = [values.record_of(row) for row in self._rows(select(tables.office).order_by(tables.office.c.number))]
        told = [_told(values.decision_row(one)) for one in decided]
        runs = [row.number for row in self._rows(select(tables.run.c.number))]
        return first_fault(self.audit(), told, records, runs)

    def audit_head(self) -> int:
        """Number of the last line of the audit, 0 where there is none."""
        return int(self._rows(select(func.max(tables.audit.c.number)))[0][0] or 0)

    def audit(self) -> Sequence[Mapping[str, Any]]:
        """All lines of the audit, oldest first: number, at, by, action, subject, detail, hash."""
        rows = self._rows(select(tables.audit).order_by(tables.audit.c.number))
        return [{**row._mapping, "detail": json.loads(row.detail)} for row in rows]


def _told(row: Mapping[str, Any]) -> dict[str, object]:
    """A decision's row as its line of the audit tells it: columns that are not empty, days ISO."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items() if v is not None}
