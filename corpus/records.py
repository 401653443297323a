"""Documents, findings and states as the JSON of the machine contract (docs/contract.md), and back.

Plain dicts of JSON types, so that `orjson` or `json` can write them. Every key is always present.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.model import (
    By,
    Citation,
    Document,
    Effect,
    Evidence,
    Finding,
    Masthead,
    Place,
    Provision,
    Quote,
    State,
    Target,
    TextLine,
    Unsure,
)

SCHEMA = 1
Json = dict[str, Any]


def document_record(document: Document) -> Json:
    """One line of `rasoat extract`."""
    return {
        "schema": SCHEMA,
        "path": document.path,
        "outcome": document.outcome,
        "message": document.message,
        "warnings": list(document.warnings),
        "document": masthead_record(document.masthead) if document.masthead else None,
        "text": document.text,
        "provisions": [provision_record(unit) for unit in document.provisions],
        "citations": [citation_record(item) for item in document.citations],
        "effects": [effect_record(item) for item in document.effects],
    }


def masthead_record(head: Masthead) -> Json:
    return {
        "symbol": head.symbol, "kind": head.kind, "issuer": head.issuer,
        "authority": head.authority, "level": head.level, "date": iso(head.date),
        "effective": iso(head.effective), "expires": iso(head.expires), "title": head.title,
        "signer": head.signer, "normative": head.normative,
        "symbol_as_written": head.symbol_as_written, "territory": list(head.territory),
        "spans": {name: list(span) for name, span in head.spans.items()},
        "doubts": dict(head.doubts),
    }  # fmt: skip


def provision_record(unit: Provision) -> Json:
    record: Json = {
        "id": unit.id, "kind": unit.kind, "num": unit.num, "heading": unit.heading,
        "start": unit.start, "end": unit.end, "page": unit.page,
    }  # fmt: skip
    if unit.nth > 1:
        record["nth"] = unit.nth
    return record


def citation_record(item: Citation) -> Json:
    return {
        "start": item.start, "end": item.end, "text": item.text, "page": item.page, "in": item.in_,
        "role": item.role, "doubt": item.doubt, "corrected_from": item.corrected_from,
        "targets": [target_record(target) for target in item.targets],
    }  # fmt: skip


def target_record(target: Target) -> Json:
    return {
        "symbol": target.symbol, "kind": target.kind, "date": iso(target.date),
        "issuer": target.issuer, "name": target.name, "year": target.year,
        "provision": target.provision, "self": target.self_, "status": target.status,
    }  # fmt: skip


def effect_record(item: Effect) -> Json:
    record: Json = {
        "type": item.type, "in": item.in_, "start": item.start, "end": item.end,
        "target": target_record(item.target), "from": iso(item.from_), "until": iso(item.until),
        "old_text": item.old_text, "new_text": item.new_text,
    }  # fmt: skip
    if item.to is not None:
        record["to"] = item.to
    if item.partial:
        record["partial"] = True
    if item.by is not None:
        record["by"] = target_record(item.by)
    return record


def finding_record(finding: Finding, documents: Mapping[str, Document]) -> Json:
    """One line of `findings.jsonl` or of `rasoat impact`. `documents` gives the masthead."""
    head = documents[finding.path].masthead if finding.path in documents else None
    main = finding.places[0]
    return {
        "schema": SCHEMA, "id": finding.id, "rule": finding.rule, "severity": finding.severity,
        "state": finding.state,
        "document": {
            "path": finding.path, "symbol": head.symbol if head else None,
            "issuer": head.issuer if head else None, "date": iso(head.date) if head else None,
            "normative": head.normative if head else None,
        },
        **place_record(main),
        "places": [place_record(place) for place in finding.places],
        "target": {"symbol": finding.target_symbol, "provision": finding.target_provision},
        "evidence": [evidence_record(item) for item in finding.evidence],
        "message": finding.message, "legal_basis": finding.legal_basis,
        "proposal": finding.proposal, "certainty": finding.certainty, "folded": finding.folded,
    }  # fmt: skip


def place_record(place: Place) -> Json:
    return {
        "provision": place.provision, "start": place.start, "end": place.end, "page": place.page,
        "quote": place.quote,
    }  # fmt: skip


def evidence_record(item: Evidence) -> Json:
    return {
        "symbol": item.symbol, "provision": item.provision, "quote": item.quote,
        "type": item.type, "from": iso(item.from_), "source": item.source,
    }  # fmt: skip


def state_record(state: State) -> Json:
    """The object of `rasoat status`."""
    return {
        "schema": SCHEMA, "symbol": state.symbol, "provision": state.provision,
        "as_of": iso(state.as_of), "state": state.state, "since": iso(state.since),
        "by": [by_record(item) for item in state.by], "certainty": state.certainty,
        "seen": iso(state.seen), "source": state.source, "candidates": list(state.candidates),
    }  # fmt: skip


def by_record(item: By) -> Json:
    return {"symbol": item.symbol, "provision": item.provision, "type": item.type,
            "from": iso(item.from_)}  # fmt: skip


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    """A date from ISO `YYYY-MM-DD`; None stays None. Anything else raises `ValueError`."""
    return date.fromisoformat(text) if text else None


# --- back: what the store keeps ------------------------------------------------------------------


def stored_document(document: Document) -> Json:
    """`document_record` plus what only the program needs: lines, quotations, what a scan left in doubt."""
    record = document_record(document)
    record["lines"] = [
        [line.start, line.end, line.page, line.bold, line.italic, line.centered, line.region, line.confidence]
        for line in document.lines
    ]
    record["quotes"] = [
        [quote.start, quote.end, [provision_record(unit) for unit in quote.units]] for quote in document.quotes
    ]
    record["unsure"] = [[one.start, one.end, one.confidence, one.read_as] for one in document.unsure]
    return record


def document_of(record: Json) -> Document:
    """A `Document` from `stored_document`."""
    head = record["document"]
    return Document(
        path=record["path"], outcome=record["outcome"], message=record["message"],
        masthead=masthead_of(head) if head else None, text=record["text"],
        lines=tuple(TextLine(*line) for line in record["lines"]),
        provisions=tuple(map(provision_of, record["provisions"])),
        quotes=tuple(Quote(start, end, tuple(map(provision_of, units))) for start, end, units in record["quotes"]),
        citations=tuple(map(citation_of, record["citations"])),
        effects=tuple(map(effect_of, record["effects"])),
        unsure=tuple(Unsure(*one) for one in record.get("unsure", ())), warnings=tuple(record.get("warnings", ())),
    )  # fmt: skip


def masthead_of(head: Json) -> Masthead:
    return Masthead(
        symbol=head["symbol"], kind=head["kind"], issuer=head["issuer"],
        authority=head["authority"], level=head["level"], date=day(head["date"]),
        effective=day(head["effective"]), expires=day(head["expires"]), title=head["title"],
        signer=head["signer"], normative=head["normative"],
        symbol_as_written=head["symbol_as_written"], territory=tuple(head["territory"]),
        spans={name: (span[0], span[1]) for name, span in head["spans"].items()},
        doubts=head.get("doubts", {}),
    )  # fmt: skip


def provision_of(unit: Json) -> Provision:
    return Provision(
        unit["id"], unit["kind"], unit["num"], unit["heading"], unit["start"], unit["end"],
        unit["page"], unit.get("nth", 1),
    )  # fmt: skip


def citation_of(item: Json) -> Citation:
    return Citation(
        item["start"], item["end"], item["text"], item["page"], item["in"], item["role"],
        tuple(map(target_of, item["targets"])), item["doubt"], item["corrected_from"],
    )  # fmt: skip


def target_of(item: Json) -> Target:
    return Target(
        symbol=item["symbol"], kind=item["kind"], date=day(item["date"]), issuer=item["issuer"],
        name=item["name"], year=item["year"], provision=item["provision"], self_=item["self"],
        status=item["status"],
    )  # fmt: skip


def effect_of(item: Json) -> Effect:
    return Effect(
        item["type"], item["in"], item["start"], item["end"], target_of(item["target"]),
        day(item["from"]), day(item["until"]), item["old_text"], item["new_text"], item.get("to"),
        item.get("partial", False), target_of(item["by"]) if item.get("by") else None,
    )  # fmt: skip


def finding_of(record: Json) -> Finding:
    """A `Finding` from `finding_record`."""
    target = record["target"]
    return Finding(
        rule=record["rule"], severity=record["severity"], path=record["document"]["path"],
        places=tuple(Place(**place) for place in record["places"]), message=record["message"],
        legal_basis=record["legal_basis"], proposal=record["proposal"],
        certainty=record["certainty"], target_symbol=target["symbol"],
        target_provision=target["provision"],
        evidence=tuple(
            Evidence(e["symbol"], e["provision"], e["quote"], e["type"], day(e["from"]), e["source"])
            for e in record["evidence"]
        ),
        id=record["id"], state=record["state"], folded=record["folded"],
    )  # fmt: skip
