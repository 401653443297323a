"""Whether what the office decided and kept is what its audit says: the chain, and the rows that the lines speak of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.model import Record
from corpus.office.records import KINDS
from corpus.store.chaining import first_break


@dataclass(frozen=True, slots=True)
class AuditFault:
    """The first thing that does not hold. `number`: line of the audit, None where rows have no line; `what`: in
    Vietnamese, for the officer."""

    number: int | None
    what: str


def digest(records: Iterable[Record]) -> str:
    """Hash (SHA-256, hex) of records kept in one go, which one line of the audit speaks for."""
    rows = [[one.kind, one.subject, one.value, one.by, one.at] for one in records]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def first_fault(
    audit: Sequence[Mapping[str, Any]], decisions: Sequence[Mapping[str, Any]], records: Sequence[Record],
    runs: Iterable[int] = (),
) -> AuditFault | None:  # fmt: skip
    """The first line whose hash, decision or records do not hold, None where all do. All in the order they were kept.

    `decisions` as their lines tell them: columns that are not empty, days ISO. `runs`: numbers of the store's runs.
    """
    broken = first_break(audit)
    if broken is not None:
        return AuditFault(broken, "không khớp chuỗi băm")
    kinds = KINDS | {one.kind for one in records}
    decided = kept = 0
    for line in audit:
        action, subject, detail = line["action"], line["subject"], line["detail"]
        if action == "decision":
            row = decisions[decided] if decided < len(decisions) else {}
            if any(row.get(name) != value for name, value in detail.items()) or row.get("finding") != subject:
                return AuditFault(line["number"], f"không khớp quyết định đã ghi cho phát hiện {subject}")
            decided += 1
        elif subject in kinds and action != subject and "rows" in detail:
            rows = records[kept : kept + int(detail["rows"])]
            if len(rows) != detail["rows"] or detail.get("digest", digest(rows)) != digest(rows):
                return AuditFault(line["number"], f"không khớp {detail['rows']} dòng đã ghi cùng lúc ({action})")
            kept += len(rows)
        elif action in kinds:
            one = records[kept] if kept < len(records) else None
            if one is None or (one.kind, one.subject, one.value, one.by) != (action, subject, detail, line["by"]):
                return AuditFault(line["number"], f"không khớp dòng đã ghi ({action}, {subject})")
            kept += 1
    if not {str(number) for number in runs} <= {line["subject"] for line in audit if line["action"] == "run"}:
        return AuditFault(None, "có lượt rà soát không có trong nhật ký")
    if decided < len(decisions) or kept < len(records):
        return AuditFault(None, "có quyết định hoặc dòng đã ghi không có trong nhật ký")
    return None
