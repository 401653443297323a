"""A document as Akoma Ntoso 3.0 (OASIS LegalDocML): the text as issued, or as it was on a day.

What goes where, and what is not carried over, stands in docs/akoma-ntoso.md. Every character of the text comes out
once, in the order of the document; only the marks around quotations become attributes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from corpus.events import Event
from corpus.model import By, Document, Masthead, Piece, Provision, State
from outputs.akn import meta as akn_meta
from outputs.akn import parts as akn_parts
from outputs.akn import units as akn_units
from outputs.akn import uri
from outputs.akn.inline import Resolve, Writing
from outputs.akn.units import Node
from outputs.akn.xml import add, root, to_bytes


@dataclass(frozen=True, slots=True)
class History:
    """What is known of an act beyond its own text.

    `events` are all that befell it, in the order of days; `texts` are documents by path, to name the acts that did it.
    For a text on a day: `as_of`, the `pieces` of that text with their sources, the instructions that could not be
    applied, and the `states` of the act and of its changed provisions.
    """

    events: Sequence[Event] = ()
    as_of: date | None = None
    pieces: Sequence[Piece] = ()
    not_applied: Sequence[By] = ()
    texts: Mapping[str, Document] = field(default_factory=dict)
    states: Sequence[State] = ()


def akoma_ntoso(document: Document, history: History | None = None, *, resolve: Resolve | None = None) -> bytes:
    """The document as UTF-8 XML that is valid against `akomantoso30.xsd`.

    `resolve` tells which act a citation without number means; without it such citations stay plain text. With
    `history.as_of`, `document` is the text of that day, read again. The same arguments give the same bytes. Raises
    `ValueError` for a document that could not be read.
    """
    if not document.readable:
        raise ValueError(document.message or f"{document.path}: {document.outcome}")
    known = history or History()
    document = replace(document, provisions=_bounded(document, known.pieces))
    head = document.masthead or Masthead()
    writing = Writing(document, uri.work_of(document), resolve, write_units=akn_units.write_quoted)
    writing.used.update(("ro", "issuer", "signer", "rasoat", "unknown", "author", "editor", "commencement", "inForce"))
    meta = akn_meta.Meta(
        writing, head, known.events, _version(head, known), known.as_of, known.not_applied, known.texts, known.states
    )
    writing.period = _periods(meta, head, known)
    outer = root()
    name = uri.name_of(document)
    act = add(
        outer, uri.document_type(name.kind, name.symbol), name=(name.kind or "van_ban"),
        contains="singleVersion" if known.as_of else "originalVersion",
    )  # fmt: skip
    box = add(act, "meta")
    akn_parts.write_parts(writing, act, lambda doc, node: _attached_meta(meta, doc, node))
    akn_meta.identification(meta, box)
    akn_meta.rest(meta, box)
    return to_bytes(outer)


def _attached_meta(meta: akn_meta.Meta, doc: Any, node: Node) -> None:
    akn_meta.identification(meta, add(doc, "meta"), node.unit.id, node.unit.heading or "Phụ lục")


def _version(head: Masthead, known: History) -> date | None:
    """Day of the version: that of the last change the text carries, else the day of issue."""
    days = [piece.from_ for piece in known.pieces if piece.from_]
    return max(days) if days else head.date


def _periods(meta: akn_meta.Meta, head: Masthead, known: History) -> dict[str, dict[str, str]]:
    """Attributes of units whose text comes from another act: since when, and whether it was taken away."""
    found: dict[str, dict[str, str]] = {}
    for piece in known.pieces:
        if piece.provision and piece.source_symbol != head.symbol and piece.from_:
            period = akn_meta.period_of(meta, piece.from_)
            if period:
                gone = piece.text.rstrip().endswith("(được bãi bỏ)")
                found[piece.provision] = {"period": period, "status": "removed" if gone else "edited"}
    return found


def _bounded(document: Document, pieces: Sequence[Piece]) -> tuple[Provision, ...]:
    """Units, those from another act no longer than the text that act gave them.

    Read again, the closing sentence of an article hangs in its last point; a repealed point must not take it along.
    """
    symbol = document.masthead.symbol if document.masthead else None
    ends: list[tuple[int, int, str]] = []
    units = {unit.id: unit for unit in document.provisions if unit.nth == 1}
    for piece in pieces:
        unit = units.get(piece.provision or "")
        if unit is not None and piece.source_symbol != symbol and document.text.startswith(piece.text, unit.start):
            ends.append((unit.start, unit.start + len(piece.text), unit.id))
    if not ends:
        return document.provisions
    bounded = []
    for unit in document.provisions:
        for start, end, holder in ends:
            if start <= unit.start < end < unit.end and (unit.id + "__").startswith(holder + "__"):
                unit = replace(unit, end=end)
        bounded.append(unit)
    return tuple(bounded)
