"""What a document is called by, and which acts it names: the keys by which the store finds who depends on whom.

A key is a symbol's (`symbols.key`), or, where the text gives no number, "name:" and the law's name or "day:" with the
day of issue and the kind. Several acts may share a key: the store only finds what may depend, the resolver decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from corpus import symbols
from corpus.events import ENDINGS
from corpus.model import Document, Masthead, Target
from corpus.resolve import law_name
from corpus.told import ROLES

Role = Literal["is", "acts", "ends", "implements", "basis", "cites"]
"""`is`: a name of the document itself. `acts`: an effect of it changes that act; `ends`: it also ends it or a part.
`implements`: it details that act. `basis`: it stands on that act (legal basis or title). `cites`: any other one."""

_DETAILS = ("implement", "delegate")


def links_of(document: Document) -> frozenset[tuple[Role, str]]:
    """All links of a document, each once; those to itself and to nothing that has a key left out."""
    head = document.masthead
    own = frozenset(names_of(head)) if head else frozenset()
    found: set[tuple[Role, str]] = set()
    for effect in document.effects:
        if effect.type in ("commence", "expire", "transition"):
            continue
        role: Role = "implements" if effect.type in _DETAILS else "acts"
        found.update((role, key) for key in target_keys(effect.target))
        if effect.type in ENDINGS:
            found.update(("ends", key) for key in target_keys(effect.target))
    for citation in document.citations:
        role = "basis" if citation.role in ROLES else "cites"
        found.update((role, key) for target in citation.targets for key in target_keys(target))
    return frozenset({("is", key) for key in own} | {(role, key) for role, key in found if key not in own})


def names_of(head: Masthead) -> Iterator[str]:
    """Keys under which others may name this document."""
    if head.symbol:
        yield symbols.key(head.symbol)
    if head.title and head.kind in ("luat", "phap_lenh", "hien_phap"):
        yield name_key(head.title)
    if head.date and head.kind:
        yield f"day:{head.date.isoformat()}:{head.kind}"


def target_keys(target: Target) -> Iterator[str]:
    """Keys of the act that a target means; none for the document itself."""
    if target.self_:
        return
    if target.symbol:
        yield symbols.key(target.symbol)
    elif target.name:
        yield name_key(target.name)
    elif target.date and target.kind:
        yield f"day:{target.date.isoformat()}:{target.kind}"


def name_key(name: str) -> str:
    """Key of a law by its name or title."""
    return f"name:{law_name(name)}"
