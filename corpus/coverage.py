"""What is known of the acts that a corpus cites: known at all, verified, when last seen; what to verify first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus import symbols
from corpus.library import CorpusLibrary
from corpus.model import Document, State

IGNORED_ROLES = ("recipients", "quoted")
LIFELESS = ("to_trinh", "cong_van", "cong_dien", "bao_cao", "thong_bao")
"""Kinds of document that are never in force or out of force: there is nothing to verify."""


@dataclass(frozen=True, slots=True)
class CitedAct:
    """One act outside the reviewed documents. `citations`: how often they cite it; `documents`: how many of them."""

    symbol: str
    title: str | None
    citations: int
    documents: int
    state: State
    in_corpus: bool

    @property
    def known(self) -> bool:
        """Whether its state on that day is known at all."""
        return self.state.state != "khong_ro"

    @property
    def verified(self) -> bool:
        """Whether a finding that rests on its state may be more than a hint."""
        return self.known and self.state.certainty != "chua_xac_minh"


@dataclass(frozen=True, slots=True)
class Coverage:
    """`acts`: most cited first. `unnamed`: citations of acts that no symbol is known for."""

    as_of: date
    acts: tuple[CitedAct, ...]
    unnamed: int

    @property
    def to_verify(self) -> tuple[CitedAct, ...]:
        """Acts whose state is not known or not verified, most cited first."""
        return tuple(act for act in self.acts if not act.verified)

    def share(self, acts: Sequence[CitedAct]) -> float:
        """Share of these acts' citations among all citations of acts with a symbol (1.0 where there is none)."""
        total = sum(act.citations for act in self.acts)
        return sum(act.citations for act in acts) / total if total else 1.0


@dataclass(slots=True)
class _Count:
    symbol: str
    issuer: str | None
    issued: date | None
    kind: str | None
    title: str | None
    path: str | None
    times: int = 0
    by: set[str] = field(default_factory=set)


def coverage(library: CorpusLibrary, as_of: date) -> Coverage:
    """Acts that the documents under review cite, as they stand on a day."""
    counts: dict[tuple[str, str, str], _Count] = {}
    unnamed = 0
    reviewed: Mapping[str, Document] = {document.path: document for document in library.reviewed()}
    for document in reviewed.values():
        for citation in document.citations:
            if citation.role in IGNORED_ROLES:
                continue
            for target in {(t.symbol, t.name, t.kind, t.date, t.issuer, t.year): t for t in citation.targets}.values():
                if target.self_:
                    continue
                meant = library.resolve(target, document)
                if meant.symbol is None:
                    unnamed += target.name is not None
                    continue
                if meant.path in reviewed or (meant.kind or symbols.kind_of(meant.symbol)) in LIFELESS:
                    continue
                local = meant.issuer if symbols.is_local(meant.symbol) else None
                place = (symbols.key(meant.symbol), meant.kind or "", local or "")
                count = counts.setdefault(
                    place, _Count(meant.symbol, local, meant.date, meant.kind, meant.title, meant.path)
                )
                count.times += 1
                count.by.add(document.path)
    acts = [
        CitedAct(
            count.symbol, count.title, count.times, len(count.by),
            library.state(count.symbol, as_of=as_of, issuer=count.issuer, issued=count.issued, kind=count.kind),
            count.path is not None,
        )
        for count in counts.values()
    ]  # fmt: skip
    return Coverage(as_of, tuple(sorted(acts, key=lambda act: (-act.citations, act.symbol))), unnamed)
