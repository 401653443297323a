"""The finding that lays a local clause beside a higher one, with dates, ground and the place that new text goes to."""

from __future__ import annotations

import re
from textwrap import shorten

from corpus import symbols
from corpus.model import Certainty, Document, Evidence, Finding, Provision, Severity
from rules.base import finding, place, signed, spoken_unit
from rules.own_text import inserted_at

REVIEW = "Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP"
CHECK = "Điều 6, khoản 1 Điều 7, Điều 44 Nghị định số 79/2025/NĐ-CP"
LONGEST = 180
"""Characters of a quotation inside a message; the finding itself holds the whole clauses."""


_KEYED = str.maketrans({"ú": "uý", "ù": "uỳ", "ủ": "uỷ", "ũ": "uỹ", "ụ": "uỵ"})


def spelled(words: str) -> str:
    """Words of a tone key as they are written: "ký qũy" → "ký quỹ"."""
    return re.sub(r"(?<=[qQ])([úùủũụ])y(?!\w)", lambda m: m[1].translate(_KEYED), words)


def quoted(words: str, limit: int = LONGEST) -> str:
    """A clause as a message quotes it: in Vietnamese marks, on one line, cut at a word."""
    return f"“{shorten(' '.join(words.split()), limit, placeholder='…')}”"


def against(
    rule: tuple[str, Severity],
    document: Document,
    span: tuple[int, int],
    other: Document,
    unit: Provision | None,
    said: str,
    their_words: str,
    certainty: Certainty = "can_kiem_tra",
) -> Finding:
    """A finding of `rule` at `span`. `said` holds `{where}` for the higher provision and ends without a full stop.

    The higher document was in force at signing: a matter of checking (NĐ 79/2025 Art. 44); later: of review (Art. 38).
    """
    theirs = other.masthead
    assert theirs is not None
    assert theirs.symbol is not None
    day = signed(document)
    check = bool(day and theirs.date and (theirs.effective or theirs.date) <= day)
    name = unit.id if unit else None
    where = f"{spoken_unit(name) + ' ' if name else ''}{symbols.spoken(theirs.symbol, theirs.kind)}"
    told = spelled(said.replace("{where}", where))
    sign = "có dấu hiệu không phù hợp tại thời điểm ban hành" if check else "không còn phù hợp"
    return finding(
        (rule[0], rule[1], CHECK if check else REVIEW), document, [place(document, *span)],
        f"{told[:1].upper()}{told[1:]}{_goes_into(document, span[0])}. Nếu là cùng một việc thì quy định này {sign}.",
        certainty=certainty, proposal="tu_kiem_tra" if check else "sua_doi_bo_sung", target=(theirs.symbol, name),
        evidence=[Evidence(theirs.symbol, name, their_words[:500], "conflict", theirs.effective or theirs.date,
                           other.path)],
    )  # fmt: skip


def _goes_into(document: Document, offset: int) -> str:
    target = inserted_at(document, offset)
    if target is None or not target.symbol:
        return ""
    unit = f"{spoken_unit(target.provision)} " if target.provision else ""
    return f" (nội dung mới của {unit}{symbols.spoken(target.symbol, target.kind)})"
