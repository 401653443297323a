"""Commands that ask and change nothing: the library of a corpus, what a new document touches; and taking one in.

Documents that were read are kept in the workspace's store, or in a cache of the user's where no outputs are given.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus import register, store, symbols
from corpus.library import CorpusLibrary, side_of
from corpus.model import Document, Finding, Side
from corpus.store import Store
from flows.known import KnownFactory
from flows.pipeline import (
    CannotRun,
    Done,
    Session,
    changed,
    corpus_files,
    documents_of,
    hash_of,
    read,
    review,
    rule_settings,
    store_place,
    version_for,
)
from flows.progress import Silent
from flows.settings import CENTRAL, Workspace
from rules.catalogue import Context
from rules.catalogue import judge as judge_document
from rules.identity import match

NEW_CENTRAL = "moi"


@dataclass(frozen=True, slots=True)
class Touched:
    """What a new document brings: findings on the corpus, and all documents by path."""

    findings: tuple[Finding, ...]
    documents: Mapping[str, Document]


# --- one document against the corpus --------------------------------------------------------------------


def impact(space: Workspace, file: Path, as_of: date) -> Touched:
    """Findings that a new document brings: those of the corpus with it, less those without it. Changes nothing.

    A finding counts where the document is its target, its evidence or its own place. Raises `CannotRun` where
    the file cannot be read.
    """
    path = f"{space.corpus.name}/{CENTRAL}/{NEW_CENTRAL}/{file.name}"
    document = replace(read_one(file, KnownFactory(own=space.own_register)), path=path)
    known = register.load(space.own_register)
    sides = {p: (side_of(p), doc) for p, doc in documents_for_reading(space).items()}
    without = {p: pair for p, pair in sides.items() if not _same_act(pair[1], document)}
    within = {**without, path: (side_of(path), document)}

    def judged(pairs: Mapping[str, tuple[Side | None, Document]]) -> list[Finding]:
        context = Context(CorpusLibrary(pairs, known), as_of, known.institutions(), rule_settings(space))
        return [finding for _, (_, doc) in sorted(pairs.items()) for finding in judge_document(doc, context)]

    before = match([], judged(without), {}).findings
    after = match(before, judged(within), {}).findings
    touched = tuple(f for f in after if f.state in ("new", "updated") and (f.path == path or _names(f, document)))
    return Touched(touched, {p: doc for p, (_, doc) in within.items()})


def _names(finding: Finding, document: Document) -> bool:
    symbol = document.masthead.symbol if document.masthead else None
    if not symbol:
        return True
    named = [finding.target_symbol, *(item.symbol for item in finding.evidence)]
    return any(other and symbols.key(other) == symbols.key(symbol) for other in named)


def _same_act(one: Document, other: Document) -> bool:
    a, b = one.masthead, other.masthead
    return bool(
        a and b and a.symbol and b.symbol and symbols.key(a.symbol) == symbols.key(b.symbol) and a.date == b.date
    )


def read_one(file: Path, known: KnownFactory) -> Document:
    """Read one file outside any store. Raises `CannotRun` with the reason where it cannot be read."""
    from extractors.sandbox import extract_many

    document = next(iter(extract_many([str(file)], known)))
    if not document.readable:
        raise CannotRun(document.message or f"{file}: không đọc được ({document.outcome}).")
    return document


def take_in(space: Workspace, file: Path, as_of: date) -> Done:
    """Copy a document into `trung-uong/moi/` and review. A file of that name with other bytes is kept beside it."""
    read_one(file, KnownFactory(own=space.own_register))
    target = space.corpus / CENTRAL / NEW_CENTRAL / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and hash_of(target) != hash_of(file):
        target = target.with_stem(f"{target.stem}-{hash_of(file)[:8]}")
    if not target.exists():
        partial = target.with_name(f".{target.name}.part")
        shutil.copyfile(file, partial)
        partial.replace(target)
    return review(space, as_of)


# --- reading commands: status, text, impact ------------------------------------------------------------


def documents_for_reading(space: Workspace, light: bool = False, with_register: bool = True) -> dict[str, Document]:
    """Documents of the corpus, read and kept in the workspace's store, or in a cache of the user's.

    Waits while another command reads the same corpus for the first time.
    """
    place = store_place(space) if space.outputs is not None or space.settings.store else _cache_place(space)
    known = KnownFactory(register=with_register, own=space.own_register if with_register else None)
    with store.open(place) as opened:
        found = _up_to_date(space, opened, known, light)
    if found is not None:
        return found
    with store.open(place, write=True, wait=600.0) as opened:
        reading = Session(space, opened, dict(opened.files()), known, register.load(space.own_register))
        read(reading, changed(reading), Silent())
        return documents_of(reading)


def _up_to_date(space: Workspace, opened: Store, known: KnownFactory, light: bool) -> dict[str, Document] | None:
    """What the store has, where no file or reader has changed; None else."""
    rows = opened.files()
    present = corpus_files(space.corpus)
    if set(rows) != set(present):
        return None
    for path, place in present.items():
        row, stat = rows[path], place.stat()
        if (row.size, row.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
            return None
    readable = [(row.path, row.content_hash) for row in rows.values() if row.outcome == "ok"]
    found = opened.cached_documents(readable, version_for(space, known), light=light)
    return found if len(found) == len(readable) else None


def _cache_place(space: Workspace) -> Path:
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rasoat"
    return base / hashlib.sha256(str(space.corpus.resolve()).encode()).hexdigest()[:24] / "rasoat.db"


def library_for_reading(space: Workspace | None, light: bool = True, with_register: bool = True) -> CorpusLibrary:
    """The library of a corpus for a command that only asks; None: the register alone. `light`: states only."""
    documents = documents_for_reading(space, light, with_register) if space else {}
    known: register.Register | register.NothingKnown
    known = register.load(space.own_register if space else None) if with_register else register.NothingKnown()
    return CorpusLibrary({path: (side_of(path), doc) for path, doc in documents.items()}, known)
