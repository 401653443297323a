"""What the office keeps, laid over what was read: corrections of mastheads, years that are whole, numbers of books."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from corpus import asking
from corpus.model import CompleteYear, Correction, Document, LedgerEntry
from corpus.office import numbers, records
from corpus.office.corrections import corrected
from corpus.store import Store
from rules.catalogue import RuleSettings

JUDGED_FROM = ("dinh_chinh", "nam_du", "so_van_ban")
"""Kinds of records that findings depend on."""


def mended(
    documents: dict[str, Document], keys: Mapping[str, str] | None, opened: Store
) -> dict[str, Document]:  # fmt: skip
    """Documents by path with the officer's corrections; `keys` by path, as read; None: those of the store."""
    found = {one.document: one for one in records.values(Correction, opened.kept(records.kind_of(Correction)))}
    if not found:
        return documents
    if keys is None:
        keys = {path: row.document_key or path for path, row in opened.files().items()}
    return {path: corrected(one, found.get(keys.get(path, path))) for path, one in documents.items()}


def marks(opened: Store) -> dict[str, str]:
    """A hash of the officer's correction by the key of the document that it corrects."""
    kept = opened.kept(records.kind_of(Correction))
    return {subject: asking.digest(record.value) for subject, record in kept.items()}


def with_books(settings: RuleSettings, opened: Store) -> RuleSettings:
    """Settings of the rules with what the office declared whole and the numbers that its books know."""
    years = records.values(CompleteYear, opened.kept(records.kind_of(CompleteYear)))
    lines = records.values(LedgerEntry, opened.kept(records.kind_of(LedgerEntry)))
    everything = {one.year for one in years if one.issuer is None and one.kind is None}
    return replace(
        settings, complete_years=settings.complete_years | everything, whole=(*settings.whole, *years),
        numbered=tuple(numbers.of_ledger(lines)),
    )  # fmt: skip


def digest(opened: Store) -> str:
    """Hash (hex) of the records that findings depend on, "" where there are none."""
    kept = [
        (kind, subject, record.value) for kind in JUDGED_FROM for subject, record in sorted(opened.kept(kind).items())
    ]
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest() if kept else ""
