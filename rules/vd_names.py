"""Name, issuer and day of a cited document that cannot be right: what VD04 asks beside number, kind and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from corpus import symbols
from corpus.model import Certainty, Citation, Document, Evidence, KnownDocument, Target
from corpus.resolve import law_name
from corpus.text import fold, fold_words
from rules.base import Context, spoken_date
from rules.standing import cited_title

Fault = tuple[str, Certainty, list[Evidence]]

UNLIKE_LAW = 60
"""Likeness (rapidfuzz `token_set_ratio`, 0–100) below which a law's name is another law's."""
MISREAD = 90
"""Likeness from which two names of issuers are one with a slip of the pen ("Thủ tớng")."""
LEAST_WORDS = 3
"""Syllables of its matter that a title must have to be compared."""


def row_evidence(row: KnownDocument) -> Evidence:
    """A row of the register as evidence."""
    return Evidence(row.symbol, None, row.title, "register", row.date, row.source_ref or row.source_kind)


def no_such_day(citation: Citation, document: Document) -> Fault | None:
    """A day of issue that no calendar has, in the words of the citation or right behind its number."""
    match = _DAY.search(citation.text) or _DAY.match(document.text[citation.end : citation.end + 60])
    if match is None:
        return None
    day, month, year = (int(group) for group in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        words = " ".join(match[0].split()).strip(" ,")
        return f"“{citation.text}”: “{words}” không có trong lịch.", "chac_chan", []
    return None


_DAY = re.compile(
    r"[\s,]{0,3}ngày\s{1,3}(\d{1,2})\s{0,3}(?:tháng\s{1,3}|/|-)\s{0,2}(\d{1,2})\s{0,3}(?:năm\s{1,3}|/|-)\s{0,2}(\d{4})"
)
_NO_TERM = re.compile(r"\d{1,4}\s?/\s?\d{4}\s?/\s?(?:UBTV)?QH(?!\s?\d)")


def without_term(citation: Citation, symbol: str) -> Fault | None:
    """A number of the National Assembly whose term was left out (72/2025/QH)."""
    if not _NO_TERM.search(citation.text):
        return None
    return f"“{citation.text}”: số hiệu thiếu khóa Quốc hội; theo danh mục là {symbol}.", "chac_chan", []


_NATIONAL = ("Bộ ", "Chính phủ", "Thủ tướng", "Ủy ban Thường vụ Quốc hội")


def wrong_issuer(citation: Citation, target: Target, symbol: str, context: Context) -> Fault | None:
    """An issuer that the symbol cannot have: a minister's circular "của Bộ trưởng" of another ministry."""
    written = target.issuer
    if not written or fold(written) not in fold(citation.text):
        return None
    if symbols.is_local(symbol):
        return _other_local_body(citation, written, symbol)
    right = symbols.issuer_of(symbol)
    if right is None or "," in right or "," in written or not right.startswith(_NATIONAL):
        return None
    from rapidfuzz import fuzz

    own, said = fold_words(right), fold_words(written)
    if fuzz.ratio(own, said.removeprefix("bo truong ")) > MISREAD:
        return None
    if own == said or (right.startswith("Bộ ") and own in said) or "van phong" in said or said.startswith(own + " "):
        return None
    if right.startswith("Bộ ") and not said.startswith(("bo ", "chinh phu", "thu tuong")):
        return None
    if any(fold(own) in fold(" ".join(row.names)) and fold(said.removeprefix("bo truong ")) in fold(row.new_name or "")
           for row in context.institutions if row.kind == "bo"):
        return None  # cited by the ministry that took over
    return (f"“{citation.text}”: số hiệu {symbol} là của {right}, không phải của {written}.", "chac_chan",
            [Evidence(symbol)])  # fmt: skip


def _other_local_body(citation: Citation, written: str, symbol: str) -> Fault | None:
    body = "HĐND" if "HĐND" in symbols.normalise(symbol).upper() else "UBND"
    said = fold_words(written)
    council, committee = "hoi dong nhan dan" in said or "hdnd" in said, "uy ban nhan dan" in said or "ubnd" in said
    if council is committee or (body == "HĐND") is council:
        return None
    name = "Hội đồng nhân dân" if body == "HĐND" else "Ủy ban nhân dân"
    said_wrong = f"“{citation.text}”: số hiệu {symbol} là của {name}, không phải của {written}."
    return said_wrong, "chac_chan", [Evidence(symbol)]


def wrong_name(
    citation: Citation, target: Target, symbol: str, known: Sequence[KnownDocument], document: Document,
    context: Context,
) -> Fault | None:  # fmt: skip
    """A name or title that is another document's: "Luật Bảo hiểm xã hội số 59/2014/QH13"."""
    rows = [row for row in known if row.title]
    if not rows or symbols.is_local(symbol):
        return None
    if target.name and re.search(r"/(?:PL-)?(?:UBTV)?QH\d+$", symbol):
        return _other_law(citation, target, symbol, rows, context)
    parts = symbols.parse(symbol)
    if parts and parts.year is None and not any(row.date and row.date == target.date for row in rows):
        return None  # a number without a year comes back: with another day it is another document
    title = cited_title(citation, document)
    return _other_title(citation, title, rows) if len(rows) == 1 else None


def _other_law(
    citation: Citation, target: Target, symbol: str, rows: Sequence[KnownDocument], context: Context
) -> Fault | None:
    from rapidfuzz import fuzz

    name = target.name or ""
    own = [row.symbol for row in context.library.named(name)]
    if any(symbols.key(one) == symbols.key(symbol) for one in own) or not own:
        return None
    said = fold_words(name)
    if any(law_name(row.title or "") == law_name(name) or fuzz.token_set_ratio(said, fold_words(row.title or ""))
           >= UNLIKE_LAW for row in rows):
        return None
    number = symbols.parse(symbol)
    same = [one for one in own if number and (parts := symbols.parse(one)) and parts.number == number.number]
    right = (same or own)[-1]
    return (
        f"“{citation.text}”: số hiệu không khớp với tên; theo danh mục, {symbols.spoken(symbol, rows[0].kind)} là "
        f"“{rows[0].title}”, còn {name} là {symbols.spoken(right, 'luat')}.",
        "chac_chan" if rows[0].certainty == "cao" else "can_kiem_tra", [row_evidence(rows[0]), Evidence(right)],
    )  # fmt: skip


def _other_title(citation: Citation, title: str, rows: Sequence[KnownDocument]) -> Fault | None:
    row = rows[0]
    said, known = _matter(title), _matter(row.title or "")
    if min(len(said), len(known)) < LEAST_WORDS or _pairs(said) & _pairs(known):
        return None
    return (
        f"“{citation.text}”: tên gọi được dẫn không khớp với số, ký hiệu; theo danh mục, văn bản này là "
        f"“{row.title}”.",
        "can_kiem_tra", [row_evidence(row)],
    )  # fmt: skip


def _pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    """Neighbouring syllables: two titles of one document share some, those of two seldom do."""
    return set(pairwise(words))


_STOCK = re.compile(
    r"\b(?:ve|viec|quy dinh|chi tiet|huong dan|thi hanh|thuc hien|mot so|dieu|noi dung|bien phap|va|cua|cac|cho|trong"
    r"|chinh phu|thu tuong|luat|nghi dinh|thong tu|quyet dinh|sua doi|bo sung|ban hanh|phe duyet|de to chuc)\b"
)


def _matter(title: str) -> list[str]:
    """What a title is about: its syllables without those that every title has."""
    return _STOCK.sub(" ", fold_words(title)).split()


def other_day_of_law(citation: Citation, target: Target, context: Context) -> Fault | None:
    """A law by name and day where the register knows that name, but of another day of that month, or of that year."""
    if not target.name or target.date is None:
        return None
    wanted = target.date
    rows = [row for name in context.library.named(target.name) for row in context.library.known(name.symbol)
            if row.date and row.kind in ("luat", "phap_lenh", "hien_phap")]  # fmt: skip
    if not rows or any(row.date == wanted for row in rows):
        return None
    near = [row for row in rows if row.date and (
        row.date.year == wanted.year or (row.date.day, row.date.month) == (wanted.day, wanted.month))]
    if not near:
        return None
    row = near[-1]
    return (
        f"“{citation.text}”: ngày ban hành ghi {spoken_date(wanted)}, theo danh mục "
        f"{symbols.spoken(row.symbol, row.kind)} ban hành ngày {spoken_date(row.date)}.",
        "can_kiem_tra", [row_evidence(row)],
    )  # fmt: skip
