"""The sentences of the higher documents of a corpus, made once for each library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus import symbols
from corpus.model import Document, Masthead
from rules.align import Grounds
from rules.asked import asked, made_once
from rules.base import Context

__all__ = ["higher", "made_once", "many", "margin", "may_be_ground"]

LARGEST_CORPUS = 6_000_000
"""Characters of central text up to which all of it is compared; above, only what the reviewed documents cite."""


def higher(context: Context) -> Grounds | None:
    """Sentences of the documents that are grounds only; None where the corpus has none."""
    return made_once(
        "grounds", context, lambda: Grounds(found, at_hand(context)) if (found := higher_documents(context)) else None
    )


@asked("at_hand")
def at_hand(context: Context) -> int:
    """How many higher documents the corpus has, counted up to one more than few: a large one is not chosen by hand."""
    reviewed = {document.path for document in context.library.reviewed()}
    found = sum(document.path not in reviewed for document in context.library.grounds())
    return min(found, FEW_DOCUMENTS + 1)


def _same(context: Context, documents: Sequence[Document]) -> object:
    return context.library.identity(documents)


@asked("higher", _same)
def higher_documents(context: Context) -> Sequence[Document]:
    """The documents that are grounds only and are compared with those under review, by path."""
    library = context.library
    reviewed = {document.path for document in library.reviewed()}
    grounds = [document for document in library.grounds() if document.path not in reviewed]
    if sum(len(document.text) for document in grounds) > LARGEST_CORPUS:
        cited = {
            symbols.key(target.symbol) for document in library.reviewed() for citation in document.citations
            for target in citation.targets if target.symbol
        }  # fmt: skip
        grounds = [d for d in grounds if d.masthead and d.masthead.symbol and symbols.key(d.masthead.symbol) in cited]
    return _small_enough(grounds)


def _small_enough(documents: list[Document]) -> list[Document]:
    kept: list[Document] = []
    total = 0
    for document in documents:
        total += len(document.text)
        if total > 3 * LARGEST_CORPUS:
            break
        kept.append(document)
    return kept


FEW_DOCUMENTS = 8
"""Higher documents up to which the officer has chosen the grounds by hand; among more, chance likeness is likely."""
UNLINKED = 0.18
"""How much more alike a clause of a document must be that the reviewed one does not cite."""


def margin(document: Document, of: Document, grounds: Grounds) -> float:
    """How much more two clauses must be alike than usual: 0 where `of` cites the higher document or there are few."""
    head = document.masthead
    if grounds.documents <= FEW_DOCUMENTS or head is None or head.symbol is None:
        return 0.0
    key = symbols.key(head.symbol)
    cited = any(t.symbol and symbols.key(t.symbol) == key for c in of.citations for t in c.targets)
    return 0.0 if cited else UNLINKED


def many(grounds: Grounds) -> bool:
    """Whether there are so many higher documents that a mere hint is noise (read: 19 of 19 hints wrong)."""
    return grounds.documents > FEW_DOCUMENTS


def may_be_ground(document: Document, of: Document, context: Context) -> bool:
    """Whether a higher document stands above `of`, and is in force on the as-of date or was when `of` was signed.

    What `of` contradicted on the day of its issue stays a matter of checking, though the higher text has since ended
    (NĐ 79/2025 Art. 44).
    """
    theirs, own = document.masthead, of.masthead
    if theirs is None or theirs.symbol is None:
        return False
    high = symbols.rank(theirs.kind, theirs.level, theirs.issuer)
    low = symbols.rank(own.kind, own.level, own.issuer) if own else None
    if high is not None and low is not None and high >= low:
        return False
    if _in_force(theirs, context, context.as_of):
        return True
    day = own.date if own else None
    return bool(day and theirs.date and theirs.date <= day and _in_force(theirs, context, day))


def _in_force(head: Masthead, context: Context, day: date) -> bool:
    assert head.symbol is not None
    state = context.library.state(head.symbol, as_of=day, issuer=head.issuer, issued=head.date, kind=head.kind)
    return state.state not in ("het_hieu_luc_toan_bo", "chua_hieu_luc")
