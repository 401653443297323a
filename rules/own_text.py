"""Whose words a quotation holds: another act's, or the new text that a local amending act itself gives.

"Khoản 2 Điều 16 được sửa đổi như sau: “2. Chi phí … do ngân sách huyện chi trả.”": the words in the marks are that
decision's own norm, and are judged as the text that it will insert. A central act's quoted text is never a local norm.
"""

from __future__ import annotations

from corpus import symbols
from corpus.model import Document, Provision, Target
from rules.kept import kept_by_document

_LOCAL = frozenset(("tinh", "huyen", "xa"))
_GIVES = frozenset(("amend", "insert", "replace", "substitute"))
OPENING = 24
"""Characters at the beginning of a new text by which the quotation that holds it is known."""

Span = tuple[int, int]
Given = tuple[Span, Target]


def foreign(document: Document, offset: int) -> bool:
    """Whether the words at `offset` are quoted from someone else's text."""
    if not any(quote.start <= offset < quote.end for quote in document.quotes):
        return False
    return inserted_at(document, offset) is None


def inserted_at(document: Document, offset: int) -> Target | None:
    """The provision of the local act that the new text at `offset` goes into; None where it is no new text."""
    return next((target for (start, end), target in _given(document) if start <= offset < end), None)


def layout(document: Document) -> tuple[Provision, ...]:
    """The units of a document and, inside quotations of an amending act, those of the text that it quotes, in order.

    Ids of the latter are relative to the quoted act.
    """
    inside = [unit for quote in document.quotes for unit in quote.units]
    if not inside:
        return document.provisions
    return tuple(sorted((*document.provisions, *inside), key=lambda unit: (unit.start, -unit.end)))


@kept_by_document(letters=4_000_000)
def _given(document: Document) -> tuple[Given, ...]:
    head = document.masthead
    if head is None or head.level not in _LOCAL or not document.quotes:
        return ()
    found: list[Given] = []
    for effect in document.effects:
        if effect.type not in _GIVES or not effect.new_text or effect.by is not None:
            continue
        if not effect.target.symbol or not symbols.is_local(effect.target.symbol):
            continue
        opening = effect.new_text.strip()[:OPENING]
        for quote in document.quotes:
            if document.text[quote.start : quote.end].strip().startswith(opening):
                found.append(((quote.start, quote.end), effect.target))
    return tuple(found)
