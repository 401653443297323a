"""What a document is called by, and which acts it names: the keys by which the store finds who depends on whom.

A key is a symbol's (`symbols.key`), or, where the text gives no number, "name:" and the law's name or "day:" with the
day of issue and the kind. Several acts may share a key: the store only finds what may depend, the resolver decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus import symbols
from corpus.events import ENDINGS
from corpus.model import Citation, Document, Effect, Masthead, Target
from corpus.resolve import law_name
from corpus.told import ROLES, told_amendments

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


@dataclass(frozen=True, slots=True)
class Happening:
    """What one document does to the act with this key, or says of it; `number` tells apart those of one document.

    `said`: an effect, without its texts ("" for a new one, as in a light document); or a legal basis of a central act,
    which was in force that day; None: the bases or the title tell that others have amended it (`corpus.told`).
    """

    key: str
    number: int
    said: Effect | Citation | None


def happenings(document: Document) -> Iterator[Happening]:
    """All that a document tells of other acts from which their states follow, in its own order."""
    number = 0
    for effect in document.effects:
        bare = replace(effect, old_text=None, new_text=None if effect.new_text is None else "")
        for key in _all_keys(effect.target):
            yield Happening(key, number, bare)
        number += 1
    head = document.masthead
    if head is None or head.level != "trung_uong" or head.date is None:
        return
    based: set[Target] = set()
    for citation in document.citations:
        for target in citation.targets if citation.role == "basis" else ():
            whole = replace(target, provision=None)
            if target.symbol and not target.self_ and whole not in based:
                based.add(whole)
                number += 1
                yield Happening(symbols.key(target.symbol), number, replace(citation, text="", targets=(whole,)))
    for key in sorted({symbols.key(told.amended.symbol or "") for told in told_amendments(document)}):
        number += 1
        yield Happening(key, number, None)


def _all_keys(target: Target) -> Iterator[str]:
    """The number and the name: a law's name may mean another law on the day of the effect (`corpus.timeline`)."""
    yield from target_keys(target)
    if target.symbol and target.name and not target.self_:
        yield name_key(target.name)


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
