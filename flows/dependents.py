"""Which documents of a corpus a new one may touch, found by the links of the store, and what is needed to judge them.

A document depends on a new act where it names it or an act that it changes; stands on, details or cites an act whose
own basis the new one ends; or shares a basis with it that is not everybody's. A corpus of a commune is small: there
everything is loaded and compared, so that contradictions are found without any link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from corpus import symbols
from corpus.events import ENDINGS
from corpus.library import CorpusLibrary, is_reviewed, side_of
from corpus.links import Role, links_of, name_key, names_of, target_keys
from corpus.model import Document, Known, State
from corpus.store import Store
from flows.mending import mended

SMALL = 3000
"""Documents up to which a corpus is loaded whole."""
COMMON = 100
"""Documents above which a shared basis says nothing of the subject (the laws of organisation, of legal documents)."""
_ROUNDS = 3  # law → decree → circular → ours
_NAMING: tuple[Role, ...] = get_args(Role)
_IDLE = ("commence", "expire", "implement", "delegate", "transition", "declare_continuing")


@dataclass(frozen=True, slots=True)
class Stock:
    """Documents of an open store: `files` are (path, content hash), `version` the one of the readers."""

    store: Store
    files: Sequence[tuple[str, str]]
    version: str

    def load(self, hashes: Collection[str] | None = None, light: bool = False) -> dict[str, Document]:
        """Documents by path, all or those of these content hashes."""
        wanted = self.files if hashes is None else [(path, digest) for path, digest in self.files if digest in hashes]
        return mended(self.store.cached_documents(wanted, self.version, light), None, self.store)

    def naming(self, keys: Iterable[str], roles: Iterable[Role]) -> set[str]:
        """Content hashes of the documents that have one of these links."""
        return {one for found in self.store.naming(keys, roles, self.version).values() for one in found}


@dataclass(frozen=True, slots=True)
class Part:
    """What is needed to judge: `documents` by path, `judged` the paths whose findings may change.

    `whole`: all documents are here. Where not, those that are not judged are light ones (`Store.cached_documents`).
    """

    documents: Mapping[str, Document]
    judged: frozenset[str]
    whole: bool


def part_for(stock: Stock, new: Document, known: Known) -> Part:
    """The documents under review that a new one may touch, with all that their states need."""
    if len(stock.files) <= SMALL:
        found = stock.load()
        return Part(found, frozenset(p for p, document in found.items() if is_reviewed(side_of(p), document)), True)
    hashes, touched = _dependent(stock, new, known)
    full = stock.load(hashes)
    judged = {path for path, document in full.items() if is_reviewed(side_of(path), document)}
    kept = {path: full[path] for path in judged}
    # Only findings that rest on the new document are asked for: states of what it does not touch play no part.
    light = stock.load(_closure(stock, touched | _names([*kept.values(), new])), light=True)
    return Part({**light, **kept}, frozenset(judged), False)


def linked(stock: Stock, new: Document, known: Known) -> frozenset[str]:
    """Paths of the documents under review that depend on a new one by their links."""
    light = stock.load(_dependent(stock, new, known)[0], light=True)
    return frozenset(path for path, document in light.items() if is_reviewed(side_of(path), document))


def about_act(stock: Stock, symbol: str, known: Known, light: bool) -> dict[str, Document]:
    """Documents by path from which the states and texts of the acts with this number follow; all of a small corpus."""
    if len(stock.files) <= SMALL:
        return stock.load(light=light)
    own = {symbols.key(symbol)}
    keys = own | set(_other_names(stock, own, known))
    hashes = stock.naming(keys, ("is", "acts", "basis"))
    return stock.load(hashes | _closure(stock, keys), light)


def _dependent(stock: Stock, new: Document, known: Known) -> tuple[set[str], set[str]]:
    """Content hashes of all that depends on a new document, and the keys of the acts through which it does."""
    touched = set(names_of(new.masthead)) if new.masthead else set()
    ended: set[str] = set()
    for effect in new.effects:
        if effect.type not in _IDLE:
            touched.update(target_keys(effect.target))
            if effect.type in ENDINGS and effect.target.provision is None and not effect.partial:
                ended.update(target_keys(effect.target))
    touched |= set(_other_names(stock, touched, known))
    found = stock.naming(touched, _NAMING)
    above = ended | set(_other_names(stock, ended, known))
    for _ in range(_ROUNDS - 1):
        below = stock.naming(above, ("basis", "implements"))
        above = _names(stock.load(below, light=True).values()) - above
        if not above:
            break
        touched |= above
        found |= stock.naming(above, ("is", "basis", "implements", "cites"))
    subject = {key for role, key in links_of(new) if role in ("basis", "implements")}
    shared = stock.store.naming(subject, ("basis", "implements", "cites"), stock.version)
    return found.union(*(hashes for hashes in shared.values() if len(hashes) <= COMMON)), touched


def _other_names(stock: Stock, keys: set[str], known: Known) -> Iterator[str]:
    """Names of the laws that have these symbols, as the register and the texts at hand have them."""
    numbers = [key for key in keys if not key.startswith(("name:", "day:"))]
    for number in numbers:
        for row in known.documents(number):
            if row.title and (row.kind in ("luat", "phap_lenh") or symbols.kind_of(row.symbol) is None):
                yield name_key(row.title)
    yield from _names(stock.load(stock.naming(numbers, ("is",)), light=True).values())


def _names(documents: Iterable[Document]) -> set[str]:
    return {key for document in documents if document.masthead for key in names_of(document.masthead)}


def _closure(stock: Stock, wanted: set[str]) -> set[str]:
    """Content hashes of the acts that have these keys, of all that changed them, and of what ended those."""
    found = stock.naming(wanted, ("is", "acts"))
    asked, fresh = set(wanted), set(found)
    for _ in range(_ROUNDS - 1):
        # Who changed them may have come to nothing.
        wanted = _names(stock.load(fresh, light=True).values()) - asked
        if not wanted:
            break
        asked |= wanted
        fresh = stock.naming(wanted, ("ends",)) - found
        found |= fresh
    return found


def states_for(stock: Stock, hashes: Sequence[str], known: Known, as_of: date, at_once: int = 50) -> Iterator[State]:
    """States of all acts and units that these documents cite, some documents at a time: memory stays flat."""
    for first in range(0, len(hashes), at_once):
        citing = stock.load(set(hashes[first : first + at_once]))
        named = {key for document in citing.values() for _, key in links_of(document)}
        around = stock.load(_closure(stock, named), light=True)
        library = CorpusLibrary({p: (side_of(p), d) for p, d in {**around, **citing}.items()}, known)
        for document in citing.values():
            for target in (t for citation in document.citations for t in citation.targets if not t.self_):
                meant = library.resolve(target, document)
                if meant.symbol is not None:
                    yield library.state(
                        meant.symbol, as_of=as_of, provision=target.provision, issuer=meant.issuer, issued=meant.date,
                        kind=meant.kind,
                    )  # fmt: skip
