"""Keys by which documents are told apart: one that findings hang on, one that books and lists are matched by."""

from __future__ import annotations

from datetime import date

from corpus import symbols
from corpus.text import fold


def full_key(issuer: str | None, symbol: str | None, issued: date | None) -> str | None:
    """Issuer + symbol + date of a document that has all three, None else: what findings hang on.

    >>> full_key("Ủy ban nhân dân xã A", "07/2024/QĐ-UBND", date(2024, 5, 14))
    'uybannhandanxaa|7/2024/QĐ-UBND|2024-05-14'
    """
    if not (symbol and issuer and issued):
        return None
    return f"{fold(issuer)}|{symbols.key(symbol)}|{issued.isoformat()}"


def book_key(symbol: str | None, issued: date | None) -> str | None:
    """What a line of a book and a file have in common; issuers are compared besides (`corpus.territory.same_body`).

    A symbol with a year needs no date (one issuer has one "07/2024/QĐ-UBND"); one without comes back every year and
    needs it. None: too little to find the document again.
    """
    if not symbol:
        return None
    parsed = symbols.parse(symbol)
    if parsed is not None and parsed.year:
        return symbols.key(symbol)
    return f"{symbols.key(symbol)}|{issued.isoformat()}" if issued is not None else None
