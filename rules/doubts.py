"""What rests on badly read words of a scan is never certain: somebody looks at the paper first.

A finding is lowered where its quotation, what it cites, or the day or issuer that decide about it were read with
little confidence; and where the clause of a higher act that proves it was. Contract, "what a fact may carry": the
letters of a scan are no better than their reading (docs/decisions/0018).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter

from corpus.model import Document, Evidence, Finding, Library

_END = attrgetter("end")
_DECIDING = ("date", "issuer")  # every judgement asks what was in force that day, and what this body may do


def doubted(finding: Finding, document: Document, library: Library) -> Finding:
    """The finding as it is, or no longer certain and saying why, where badly read words decide about it."""
    if finding.certainty == "goi_y":
        return finding
    grounds = (_in_ground(evidence, library) for evidence in finding.evidence)
    words = _in_document(finding, document) or next(filter(None, grounds), None)
    if words is None:
        return finding
    end = "" if finding.message.rstrip().endswith((".", "!", "?", "…")) else "."
    why = f"Bản quét đọc chưa chắc (“{words}”), cần đối chiếu bản giấy."
    return replace(finding, certainty="can_kiem_tra", message=f"{finding.message.rstrip()}{end} {why}")


def unread(document: Document, start: int, end: int) -> str | None:
    """The first word read badly in `[start, end)` of a document's text; None where there is none."""
    for one in document.unsure[bisect_left(document.unsure, start + 1, key=_END) :]:
        if one.start >= end:
            return None
        if one.read_as is None:
            return document.text[one.start : one.end]
    return None


def _in_document(finding: Finding, document: Document) -> str | None:
    """Badly read words that decide about a finding: of its places, its citations, the day and the issuer."""
    if not document.unsure:
        return None
    for place in finding.places:
        if words := unread(document, place.start, place.end):
            return words
    for cited in document.citations:
        if cited.doubt and any(place.start < cited.end and cited.start < place.end for place in finding.places):
            return cited.text
    return _in_head(document)


def _in_head(document: Document) -> str | None:
    """The day or the issuer, where it was read badly."""
    head = document.masthead
    for part in _DECIDING:
        if head and part in head.doubts and part in head.spans:
            return " ".join(document.text[slice(*head.spans[part])].split())
    return None


def _in_ground(evidence: Evidence, library: Library) -> str | None:
    """Badly read words of the clause that is the evidence, where the corpus has its act as a scan."""
    act = library.find(evidence.symbol) if evidence.symbol else None
    if act is None or not act.unsure:
        return None
    start = act.text.find(evidence.quote) if evidence.quote else -1
    if start >= 0 and evidence.quote:
        return unread(act, start, start + len(evidence.quote)) or _in_head(act)
    unit = next((unit for unit in act.provisions if unit.id == evidence.provision), None)
    return (unread(act, unit.start, unit.end) if unit else None) or _in_head(act)
