"""Commands that ask and change nothing: the library of a corpus, what a new document touches; and taking one in.

Documents that were read are kept in the workspace's store, or in a cache of the user's where no outputs are given.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import get_args

from corpus import register, store, symbols
from corpus.library import CorpusLibrary, is_reviewed, side_of
from corpus.model import Certainty, Document, Finding, Known, Severity
from corpus.store import Store
from flows.dependents import Stock, about_act, hashes_of, part_for, under_review
from flows.known import KnownFactory
from flows.opening import CannotRun, Session, not_lost, session, store_place, trouble_of
from flows.pipeline import Done, judge, rule_settings, unchanged, write
from flows.progress import Silent
from flows.reading import changed, corpus_files, hash_of, read, version_for
from flows.settings import CENTRAL, NEW_CENTRAL, Workspace
from outputs.packing import whole
from rules.catalogue import RULES, Context, RuleSettings
from rules.catalogue import judge as judge_document
from rules.identity import match


@dataclass(frozen=True, slots=True)
class Touched:
    """What a new `document` brings: findings on the corpus, and the documents by path.

    `whole` False: the corpus is so large that only documents linked with the new one were compared with it.
    """

    document: Document
    findings: tuple[Finding, ...]
    documents: Mapping[str, Document]
    whole: bool = True


# --- one document against the corpus --------------------------------------------------------------------


def impact(space: Workspace, file: Path, as_of: date) -> Touched:
    """Findings that a new document brings: those of the corpus with it, less those without it. Changes nothing.

    A finding counts where the document is its target, its evidence or its own place; what it ends or changes comes
    first, then what stands on it, details it, cites it, differs from it, is on its subject. Raises `CannotRun` where
    the file cannot be read.
    """
    path = f"{space.corpus.name}/{CENTRAL}/{NEW_CENTRAL}/{file.name}"
    document = replace(read_one(file, KnownFactory(own=space.own_register)), path=path)
    return impact_of(space, document, as_of)


def impact_of(space: Workspace, document: Document, as_of: date) -> Touched:
    """As `impact`, for a document that is read already; its `path` is the one that it would have in the corpus."""
    known = register.load(space.own_register)
    with stock_of(space) as stock:
        return impact_in(stock, document, as_of, known, rule_settings(space))


def impact_in(stock: Stock, document: Document, as_of: date, known: Known, settings: RuleSettings) -> Touched:
    """As `impact_of`, in an open store."""
    settings = replace(settings, off=settings.off | _OWN)
    part = part_for(stock, document, known, as_of)
    without = {p: other for p, other in part.documents.items() if not _same_act(other, document)}
    within = {**without, document.path: document}
    institutions = known.institutions() if isinstance(known, register.Register) else ()

    def judged(
        documents: Mapping[str, Document], paths: Iterable[str], settings: RuleSettings = settings
    ) -> list[Finding]:  # fmt: skip
        pairs = {p: (side_of(p), other) for p, other in documents.items()}
        context = Context(CorpusLibrary(pairs, known), as_of, institutions, settings)
        return [found for p in sorted(paths) if p in documents for found in judge_document(documents[p], context)]

    found = [f for f in judged(within, {*part.judged, document.path}) if touches(f, document)]
    if not part.whole and any(f.path == document.path for f in found):
        # A duty that nobody has done yet: all documents under review must be asked.
        own = [f for f in found if f.path == document.path]
        found = [f for f in found if f.path != document.path] + _undone(stock, document, own, judged)
    rules = _only({f.rule for f in found}, settings)
    before = match([], judged(without, {f.path for f in found}, rules), {}).findings if found else ()
    new = [f for f in match(before, found, {}).findings if f.state in ("new", "updated")]
    return Touched(document, tuple(sorted(new, key=lambda f: _rank(f, document))), within, part.whole)


_AT_ONCE = 200


def _undone(
    stock: Stock, new: Document, found: list[Finding],
    judged: Callable[[Mapping[str, Document], Iterable[str]], list[Finding]],
) -> list[Finding]:  # fmt: skip
    """Findings on the new document itself that stand beside each document under review; some are open at a time."""
    hashes = sorted(hashes_of(stock, under_review(stock)))
    for first in range(0, len(hashes), _AT_ONCE):
        if not found:
            break
        part = stock.load(set(hashes[first : first + _AT_ONCE]))
        reviewed = {p: other for p, other in part.items() if is_reviewed(side_of(p), other)}
        again = judged({**reviewed, new.path: new}, [new.path])
        found = [f for f in found if f in again]
    return found


_OWN = frozenset(("TT01", "TT02", "TT03", "MT05", "MT06", "KH02", "TL01"))
"""Rules that compare a document with itself or the commune's own: no new act from above brings such a finding; and
TL01: a clause with the very words of the new act agrees with it, nothing is to be done about it because of that act."""
_RIVALS = ("MT01", "MT02", "MT04", "TQ02", "TQ03", "TQ04")
_TOLD = ("VD05", "HL07")


def _only(codes: set[str], settings: RuleSettings) -> RuleSettings:
    """Settings in which no other rule speaks than these and those that they listen to (`rules.catalogue.judge`)."""
    if codes & {*_TOLD}:
        return settings
    needed = codes | {"HL01"} | ({*_RIVALS} if codes & {*_RIVALS} else set())
    return replace(settings, off=settings.off | {rule.code for rule in RULES} - needed)


TOUCH = ("sua_doi_truc_tiep", "can_cu", "quy_dinh_chi_tiet", "vien_dan", "noi_dung", "nhiem_vu_moi", "cung_chu_de")
"""How a new document touches a finding's place, the nearest first."""


def touch(finding: Finding, new: Document) -> str:
    """One of `TOUCH`: what the place of a finding has to do with the new document."""
    if finding.rule == "HL07":
        return "cung_chu_de"
    if finding.path == new.path:
        return "nhiem_vu_moi"
    if finding.rule == "HL04":
        return "quy_dinh_chi_tiet"
    if finding.rule.startswith("CC"):
        return "can_cu"
    if finding.rule.startswith("HL"):
        return "sua_doi_truc_tiep"
    return "vien_dan" if finding.rule.startswith(("VD", "TN")) else "noi_dung"


def _rank(finding: Finding, new: Document) -> tuple[object, ...]:
    place = finding.places[0]
    return (
        TOUCH.index(touch(finding, new)), get_args(Certainty).index(finding.certainty),
        get_args(Severity).index(finding.severity), finding.path, place.start, finding.rule,
    )  # fmt: skip


def touches(finding: Finding, document: Document) -> bool:
    """Whether a finding is in a document, aims at it or rests on it."""
    if finding.path == document.path:
        return True
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


def take_in(space: Workspace, file: Path, as_of: date, touched: Touched | None = None) -> Done:
    """Copy a document into `trung-uong/moi/` and review. A file of that name with other bytes is kept beside it.

    `touched`: what `impact` said of it, for which it was read already. Judged again is what rests on something that the
    document changes.
    """
    if touched is None:
        read_one(file, KnownFactory(own=space.own_register))
    with session(space) as now:
        rule_settings(space)
        copied(file, space.corpus / CENTRAL / NEW_CENTRAL)
        read(now, changed(now), Silent())
        return unchanged(now, as_of) or write(now, judge(now, as_of, Silent()))


def copied(file: Path, folder: Path) -> Path:
    """Copy a file into a folder, whole or not at all; one of that name with other bytes is kept beside it."""
    target = folder / file.name
    folder.mkdir(parents=True, exist_ok=True)
    if target.exists() and hash_of(target) != hash_of(file):
        target = target.with_stem(f"{target.stem}-{hash_of(file)[:8]}")
    if not target.exists():
        with whole(target) as out, file.open("rb") as source:
            shutil.copyfileobj(source, out)
    return target


# --- reading commands: status, text, impact ------------------------------------------------------------


def documents_for_reading(space: Workspace, light: bool = False, with_register: bool = True) -> dict[str, Document]:
    """Documents of the corpus, read and kept in the workspace's store, or in a cache of the user's.

    Waits while another command reads the same corpus for the first time.
    """
    with stock_of(space, with_register) as stock:
        return stock.load(light=light)


@contextmanager
def stock_of(space: Workspace, with_register: bool = True) -> Iterator[Stock]:
    """The store with every file of the corpus read; what is new or changed is read first."""
    if space.outputs is not None:
        not_lost(space)
    place = store_place(space) if space.outputs is not None or space.settings.store else _cache_place(space)
    known = KnownFactory(register=with_register, own=space.own_register if with_register else None)
    version = version_for(space, known)
    try:
        with store.open(place) as opened:
            files = _up_to_date(space, opened, version)
            if files is not None:
                yield Stock(opened, files, version)
                return
        with store.open(place, write=True, wait=600.0) as opened:
            reading = Session(space, opened, dict(opened.files()), known, register.load(space.own_register))
            read(reading, changed(reading), Silent())
            files = [(row.path, row.content_hash) for row in reading.files.values() if row.outcome == "ok"]
            yield Stock(opened, sorted(files), version)
    except store.StoreError as error:
        raise CannotRun(trouble_of(space, error)) from error


def _up_to_date(space: Workspace, opened: Store, version: str) -> list[tuple[str, str]] | None:
    """Path and content hash of the readable files, where no file or reader has changed; None else."""
    rows = opened.files()
    present = corpus_files(space.corpus)
    if set(rows) != set(present):
        return None
    for path, place in present.items():
        row, stat = rows[path], place.stat()
        if (row.size, row.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
            return None
    readable = sorted((row.path, row.content_hash) for row in rows.values() if row.outcome == "ok")
    return readable if opened.has_documents([digest for _, digest in readable], version) else None


def _cache_place(space: Workspace) -> Path:
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rasoat"
    return base / hashlib.sha256(str(space.corpus.resolve()).encode()).hexdigest()[:24] / "rasoat.db"


def library_for_reading(
    space: Workspace | None, light: bool = True, with_register: bool = True, about: str | None = None
) -> CorpusLibrary:
    """The library of a corpus for a command that only asks; None: the register alone. `light`: states only.

    `about`: the number of the one act that is asked for; of a large corpus only what its state needs is loaded.
    """
    known: register.Register | register.NothingKnown
    known = register.load(space.own_register if space else None) if with_register else register.NothingKnown()
    documents: dict[str, Document] = {}
    if space is not None:
        with stock_of(space, with_register) as stock:
            documents = stock.load(light=light) if about is None else about_act(stock, about, known, light)
    return CorpusLibrary({path: (side_of(path), doc) for path, doc in documents.items()}, known)
