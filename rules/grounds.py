"""The documents that a reviewed one is laid beside: those that it cites and those nearest to it by subject.

A small corpus was chosen by hand: there all of it is compared. In a larger one a document is compared with the higher
texts that it cites and the nearest others, never with all, so that what a changed text touches stays small and the
cost of a document does not grow with the corpus (docs/decisions/0012).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus import symbols
from corpus.model import Document, Masthead
from rules.asked import asked, made_once
from rules.base import Context
from rules.likeness import Grounds
from rules.subjects import Subjects, subject_of

__all__ = ["higher", "higher_documents", "local", "many", "margin", "may_be_ground"]

FEW_DOCUMENTS = 8
"""Higher documents up to which the officer has chosen the grounds by hand; among more, chance likeness is likely."""
NEAREST = 8
"""Higher documents that a document is compared with beside those it cites: the nearest by subject."""
FEW_OWN, NEAREST_OWN = 12, 8
"""Documents of the commune up to which all are compared with each other; among more, the nearest by subject."""


def higher(document: Document, context: Context) -> Grounds | None:
    """Sentences of the higher documents that `document` is compared with; None where there is none."""

    def made() -> Grounds | None:
        found = higher_documents(document, context)
        return Grounds(document, found, at_hand(context)) if found else None

    return context.library.kept_for(document, "higher", made)


def local(document: Document, context: Context) -> Grounds | None:
    """Sentences of the other documents under review that `document` is compared with; None where there is none."""

    def made() -> Grounds | None:
        found = [other for other in _near_own(context, *_asked_of(document)) if other.path != document.path]
        return Grounds(document, found) if found else None

    return context.library.kept_for(document, "local", made)


def higher_documents(document: Document, context: Context) -> Sequence[Document]:
    """The documents that are grounds only and are compared with `document`, by path."""
    return _near_higher(context, *_asked_of(document))


@asked("at_hand")
def at_hand(context: Context) -> int:
    """How many higher documents the corpus has, counted up to one more than few: a large one is not chosen by hand."""
    return min(len(_only_grounds(context)), FEW_DOCUMENTS + 1)


def _only_grounds(context: Context) -> list[Document]:
    reviewed = {document.path for document in context.library.reviewed()}
    return [document for document in context.library.grounds() if document.path not in reviewed]


def _same(context: Context, documents: Sequence[Document]) -> object:
    return context.library.identity(documents)


Asked = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _asked_of(document: Document) -> Asked:
    """What tells which documents are near: keys of the acts that it cites, words of its title, of its text."""
    cited = {symbols.key(target.symbol) for c in document.citations for target in c.targets if target.symbol}
    subject = subject_of(document)
    return tuple(sorted(cited)), subject.title, subject.text


@asked("higher", _same)
def _near_higher(
    context: Context, cited: tuple[str, ...], title: tuple[str, ...], text: tuple[str, ...]
) -> Sequence[Document]:
    subjects = made_once("higher", context, lambda: Subjects(_only_grounds(context)))
    return subjects.near(cited, title, text, FEW_DOCUMENTS, NEAREST)


@asked("local", _same)
def _near_own(
    context: Context, cited: tuple[str, ...], title: tuple[str, ...], text: tuple[str, ...]
) -> Sequence[Document]:
    subjects = made_once("local", context, lambda: Subjects(context.library.reviewed()))
    return subjects.near(cited, title, text, FEW_OWN, NEAREST_OWN + 1)  # itself among them


UNLINKED = 0.18
"""How much more alike a clause of a document must be that the reviewed one does not cite."""


def margin(document: Document, of: Document, grounds: Grounds) -> float:
    """How much more two clauses must be alike than usual: 0 where `of` cites the higher document or there are few."""
    head = document.masthead
    if grounds.among <= FEW_DOCUMENTS or head is None or head.symbol is None:
        return 0.0
    key = symbols.key(head.symbol)
    cited = any(t.symbol and symbols.key(t.symbol) == key for c in of.citations for t in c.targets)
    return 0.0 if cited else UNLINKED


def many(grounds: Grounds) -> bool:
    """Whether there are so many higher documents that a mere hint is noise (read: 19 of 19 hints wrong)."""
    return grounds.among > FEW_DOCUMENTS


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
