"""Which documents of a corpus a new one may touch, found by the links of the store, and what is needed to judge them.

A document depends on a new act where it names it or an act that it changes; stands on, details or cites an act whose
own basis the new one ends; or shares a basis with it that is not everybody's. A corpus of a commune is small: there
everything is loaded and compared, so that contradictions are found without any link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from corpus import symbols
from corpus.events import ENDINGS
from corpus.library import CorpusLibrary, is_reviewed, side_of
from corpus.links import Role, links_of, name_key, names_of, target_keys
from corpus.model import Citation, Document, Effect, Known, KnownEffect, State, Target
from corpus.store import Store
from corpus.told import told_amendments
from flows.office.mending import mended

SMALL = 3000
"""Documents up to which a corpus is loaded whole."""
COMMON = 100
"""Documents above which a shared basis says nothing of the subject (the laws of organisation, of legal documents)."""
_ROUNDS = 3  # law → decree → circular → ours
_NAMING: tuple[Role, ...] = get_args(Role)
_IDLE = ("commence", "expire", "implement", "delegate", "transition")


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

    def light(self, hashes: Collection[str]) -> dict[str, Document]:
        """Light documents by path (`Store.cached_documents`) of these content hashes."""
        return self.load(hashes, light=True) if hashes else {}

    def placed(self, cut: Mapping[str, Document]) -> dict[str, Document]:
        """Documents of the store by hash → by path, with the officer's corrections."""
        found = {path: replace(cut[digest], path=path) for path, digest in self.files if digest in cut}
        return mended(found, None, self.store)

    def heads(self, hashes: Iterable[str]) -> dict[str, Document]:
        """Documents by path, their mastheads alone."""
        return self.placed(self.store.heads(hashes, self.version))

    def naming(self, keys: Iterable[str], roles: Iterable[Role]) -> set[str]:
        """Content hashes of the documents that have one of these links."""
        return {one for found in self.store.naming(keys, roles, self.version).values() for one in found}


@dataclass(frozen=True, slots=True)
class Part:
    """What is needed to judge: `documents` by path, `judged` the paths whose findings may change.

    `whole`: all documents are here. Where not, those that are not judged are light ones (`Store.cached_documents`) or
    have nothing but what they do to the acts in question (`around`).
    """

    documents: Mapping[str, Document]
    judged: frozenset[str]
    whole: bool


def part_for(stock: Stock, new: Document, known: Known, as_of: date) -> Part:
    """The documents under review that a new one may touch, with all that their states need."""
    if len(stock.files) <= SMALL:
        found = stock.load()
        return Part(found, frozenset(p for p, document in found.items() if is_reviewed(side_of(p), document)), True)
    hashes, touched = _dependent(stock, new, known)
    judged = under_review(stock, hashes)
    kept = {path: document for path, document in stock.load(hashes_of(stock, judged)).items() if path in judged}
    # Only findings that rest on the new document are asked for: states of what it does not touch play no part.
    near = around(stock, touched | _names([*kept.values(), new]), known, as_of)
    return Part({**near, **kept}, frozenset(kept), False)


def linked(stock: Stock, new: Document, known: Known) -> frozenset[str]:
    """Paths of the documents under review that depend on a new one by their links."""
    return under_review(stock, _dependent(stock, new, known)[0])


def under_review(stock: Stock, hashes: Collection[str] | None = None) -> frozenset[str]:
    """Paths under review, of all documents or of those with these content hashes. Opens none of them."""
    sides = [(p, digest, side_of(p)) for p, digest in stock.files if hashes is None or digest in hashes]
    doubtful = stock.heads({digest for _, digest, side in sides if side is None})
    sure = {path for path, _, side in sides if side == "dia_phuong"}
    return frozenset(sure | {path for path, document in doubtful.items() if is_reviewed(side_of(path), document)})


def hashes_of(stock: Stock, paths: Collection[str]) -> set[str]:
    """Content hashes of the documents at these paths."""
    return {digest for path, digest in stock.files if path in paths}


def about_act(stock: Stock, symbol: str, known: Known, light: bool) -> dict[str, Document]:
    """Documents by path from which the states and texts of the acts with this number follow; all of a small corpus."""
    if len(stock.files) <= SMALL:
        return stock.load(light=light)
    found = around(stock, {symbols.key(symbol)}, known)
    return found if light else stock.load(hashes_of(stock, found))


def _dependent(stock: Stock, new: Document, known: Known) -> tuple[set[str], set[str]]:
    """Content hashes of all that depends on a new document, and the keys of the acts through which it does."""
    touched = set(names_of(new.masthead)) if new.masthead else set()
    ended: set[str] = set()
    for effect in new.effects:
        if effect.type not in _IDLE:
            touched.update(target_keys(effect.target))
            if effect.type in ENDINGS and effect.target.provision is None and not effect.partial:
                ended.update(target_keys(effect.target))
    touched |= _by_name((effect.target for effect in new.effects if effect.type not in _IDLE), known)
    touched |= _other_names(stock, touched, known)
    found = stock.naming(touched, _NAMING)
    above = ended | _other_names(stock, ended, known)
    for _ in range(_ROUNDS - 1):
        below = stock.naming(above, ("basis", "implements"))
        above = _names(stock.heads(below).values()) - above
        if not above:
            break
        touched |= above
        found |= stock.naming(above, ("is", "basis", "implements", "cites"))
    subject = {key for role, key in links_of(new) if role in ("basis", "implements")}
    shared = stock.store.naming(subject, ("basis", "implements", "cites"), stock.version)
    return found.union(*(hashes for hashes in shared.values() if len(hashes) <= COMMON)), touched


def _other_names(stock: Stock, keys: Collection[str], known: Known) -> set[str]:
    """Other keys of the acts that have these: names of laws in the register, all of those whose text is here."""
    numbers = [key for key in keys if not key.startswith(("name:", "day:"))]
    found: set[str] = set()
    for number in numbers:
        for row in known.documents(number):
            if row.title and (row.kind in ("luat", "phap_lenh") or symbols.kind_of(row.symbol) is None):
                found.add(name_key(row.title))
    return found | _names(stock.heads(stock.naming(keys, ("is",))).values())


def _by_name(targets: Iterable[Target], known: Known) -> set[str]:
    """Keys of the laws that ever had the names of these targets, as the register knows them."""
    names = {target.name for target in targets if target.name and not target.self_}
    return {symbols.key(row.symbol) for name in names for row in known.named(name) if row.symbol}


def _names(documents: Iterable[Document]) -> set[str]:
    return {key for document in documents if document.masthead for key in names_of(document.masthead)}


def around(stock: Stock, keys: Collection[str], known: Known, as_of: date | None = None) -> dict[str, Document]:
    """Documents by path from which the states (on that day, None: on any) of the acts with these keys follow.

    The acts themselves are light ones. Of all others there is no more than what they do to these acts or say of them,
    and of what ended those, no more than that.
    """
    wanted = set(keys) | _other_names(stock, keys, known)
    store, version = stock.store, stock.version
    whole = stock.light(stock.naming(wanted, ("is",)) | store.telling(wanted, version))
    changing = store.acting(wanted, version)
    acting = {**stock.heads(changing.keys()), **whole}
    told = {symbols.key(told.by.symbol) for one in whole.values() for told in told_amendments(one) if told.by.symbol}
    by_register = {symbols.key(row.by_symbol) for key in wanted for row in _effects(known, key)}
    # Who changed them may have come to nothing before its day.
    names = (_names(acting.values()) | told) - wanted
    ending = store.acting(names, version, ENDINGS)
    ended = {key for effects in ending.values() for effect in effects for key in target_keys(effect.target)}
    namesakes = stock.light(stock.naming((ended & names) | told | by_register, ("is",)))
    bases = store.standing_on(wanted, version, as_of)
    cut = _joined(store.heads({*changing, *ending, *bases}, version), (changing, ending), bases)
    return {**stock.placed(cut), **namesakes, **whole}


def _effects(known: Known, key: str) -> Sequence[KnownEffect]:
    found: Sequence[KnownEffect] = getattr(known, "effects", lambda _: ())(key)
    return found


def _joined(
    heads: Mapping[str, Document], effects: Sequence[Mapping[str, tuple[Effect, ...]]],
    bases: Mapping[str, tuple[Citation, ...]],
) -> dict[str, Document]:  # fmt: skip
    return {
        digest: replace(
            head, effects=tuple(effect for some in effects for effect in some.get(digest, ())),
            citations=bases.get(digest, ()),
        )
        for digest, head in heads.items()
    }  # fmt: skip


def states_for(stock: Stock, hashes: Sequence[str], known: Known, as_of: date, at_once: int = 50) -> Iterator[State]:
    """States of all acts and units that these documents cite, some documents at a time: memory stays flat."""
    for first in range(0, len(hashes), at_once):
        citing = stock.load(set(hashes[first : first + at_once]))
        targets = [target for document in citing.values() for target in _cited(document)]
        named = {key for target in targets for key in target_keys(target)} | _by_name(targets, known)
        near = around(stock, named, known, as_of)
        library = CorpusLibrary({p: (side_of(p), d) for p, d in {**near, **citing}.items()}, known)
        for document in citing.values():
            for target in _cited(document):
                meant = library.resolve(target, document)
                if meant.symbol is not None:
                    yield library.state(
                        meant.symbol, as_of=as_of, provision=target.provision, issuer=meant.issuer, issued=meant.date,
                        kind=meant.kind,
                    )  # fmt: skip


def _cited(document: Document) -> Iterator[Target]:
    return (target for citation in document.citations for target in citation.targets if not target.self_)
