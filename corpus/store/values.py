"""What the store hands out, and how documents, findings and runs become rows and come back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson

from corpus import symbols
from corpus.links import Happening, happenings, links_of
from corpus.model import Citation, Decision, Document, Effect, Finding, Masthead, Outcome, Record, Run, Target
from corpus.records import (
    finding_of,
    finding_record,
    masthead_of,
    masthead_record,
    target_of,
    target_record,
)
from corpus.store import blobs


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the corpus as last seen. `path` from the corpus folder's own name on; `mtime_ns` as `os.stat` gives it.

    Same size and mtime: the bytes need no new hash. `document_key` as `rules.identity` makes it; `seen_in_run` is the
    last run that found the file. `message`: why it could not be read, or what must be known of a file that was.
    """

    path: str
    content_hash: str
    size: int
    mtime_ns: int
    reader_version: str
    outcome: Outcome
    message: str | None = None
    document_key: str | None = None
    seen_in_run: int | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A finished run. `fingerprint` is the hash of everything it judged from; equal: nothing to do."""

    number: int
    as_of: date
    started: str
    finished: str
    fingerprint: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding and its history. It stands where `gone_in_run` is None."""

    finding: Finding
    document_key: str | None
    first_run: int
    last_run: int
    gone_in_run: int | None


def document_row(content_hash: str, reader_version: str, document: Document) -> dict[str, Any]:
    head = document.masthead
    symbol = head.symbol if head else None
    return {
        "content_hash": content_hash, "reader_version": reader_version, "outcome": document.outcome,
        "symbol": symbol, "symbol_key": symbols.key(symbol) if symbol else None,
        "kind": head.kind if head else None, "issuer": head.issuer if head else None,
        "level": head.level if head else None, "date": head.date if head else None,
        "masthead": _json(masthead_record(head) | {"spans": {}}) if head else None,
        "head": blobs.pack_light(document), "body": blobs.pack(document),
    }  # fmt: skip


def link_rows(content_hash: str, reader_version: str, document: Document) -> list[dict[str, Any]]:
    return [
        {"content_hash": content_hash, "reader_version": reader_version, "role": role, "key": key}
        for role, key in sorted(links_of(document))
    ]


def event_rows(content_hash: str, reader_version: str, document: Document) -> list[dict[str, Any]]:
    same = {"content_hash": content_hash, "reader_version": reader_version}
    return [same | _event_row(happening, document) for happening in happenings(document)]


def _event_row(happening: Happening, document: Document) -> dict[str, Any]:
    said = happening.said
    row = {"key": happening.key, "number": happening.number, "clause": None, "provision": None, "whole": True,
           "since": None, "until": None, "start": 0, "end": 0}  # fmt: skip
    if said is None:
        return row | {"type": "told", "record": ""}
    row |= {"clause": said.in_, "start": said.start, "end": said.end}
    if isinstance(said, Citation):
        day = document.masthead.date if document.masthead else None
        return row | {"type": "basis", "since": day, "record": _packed(said.targets[0])}
    return row | {
        "type": said.type, "provision": said.target.provision, "whole": not said.partial, "since": said.from_,
        "until": said.until, "record": _packed(replace(said.target, provision=None), **_said_too(said)),
    }  # fmt: skip


def _said_too(effect: Effect) -> dict[str, Any]:
    """What an effect says beside its target and what the columns have; a new text is only said to be there."""
    by = _full(effect.by) if effect.by else None
    found = {"to": effect.to, "by": by, "new": effect.new_text is not None or None}
    return {name: value for name, value in found.items() if value is not None}


def _packed(target: Target, **more: Any) -> str:
    return _json({"target": _full(target), **more})


def _full(target: Target) -> dict[str, Any]:
    """Record of a target without the fields that say nothing."""
    return {name: value for name, value in target_record(target).items() if value not in (None, False)}


_SILENT = target_record(Target())


def _target(record: Mapping[str, Any]) -> Target:
    return target_of({**_SILENT, **record})


def _json(record: Any) -> str:
    return orjson.dumps(record).decode()


def masthead_from(record: str | None) -> Masthead | None:
    return masthead_of(orjson.loads(record)) if record else None


def effect_from(row: Any) -> Effect:
    """An effect without its texts ("" for a new one)."""
    record = orjson.loads(row.record)
    target = _target({**record["target"], "provision": row.provision})
    return Effect(
        row.type, row.clause, row.start, row.end, target, row.since, row.until, None, "" if "new" in record else None,
        record.get("to"), not row.whole, _target(record["by"]) if "by" in record else None,
    )  # fmt: skip


def basis_from(row: Any) -> Citation:
    """A legal basis without its words."""
    return Citation(row.start, row.end, "", 1, row.clause, "basis", (_target(orjson.loads(row.record)["target"]),))


def finding_row(finding: Finding, run: Run, document_key: str | None) -> dict[str, Any]:
    return {
        "id": finding.id, "rule": finding.rule, "path": finding.path, "document_key": document_key,
        "target_symbol": finding.target_symbol, "target_provision": finding.target_provision,
        "record": json.dumps(finding_record(finding, run.documents), ensure_ascii=False), "state": finding.state,
        "last_run": run.number, "gone_in_run": None,
    }  # fmt: skip


def stored_finding(row: Any) -> StoredFinding:
    finding = finding_of(orjson.loads(row.record))
    return StoredFinding(finding, row.document_key, row.first_run, row.last_run, row.gone_in_run)


def run_of(row: Any) -> RunRow:
    return RunRow(row.number, row.as_of, row.started, row.finished, row.fingerprint, json.loads(row.counts))


def decision_of(row: Any) -> Decision:
    return Decision(
        row.finding, row.verdict, row.proposal, row.reason, row.note, row.by, row.at, row.text, row.field, row.unit,
        row.due, row.until, row.batch, row.evidence_hash,
    )  # fmt: skip


def decision_row(decision: Decision) -> dict[str, Any]:
    names = (
        "finding", "verdict", "proposal", "reason", "note", "by", "at", "text", "field", "unit", "due", "until",
        "batch", "evidence_hash",
    )  # fmt: skip
    return {name: getattr(decision, name) for name in names}


def office_row(record: Record) -> dict[str, Any]:
    return {
        "kind": record.kind, "subject": record.subject, "by": record.by, "at": record.at,
        "value": json.dumps(record.value, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip


def record_of(row: Any) -> Record:
    return Record(row.kind, row.subject, json.loads(row.value), row.by, row.at)
