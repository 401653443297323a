"""MT01, continued: from–to of one subject ("học sinh lớp 12 … từ ngày nhập học đến ngày 30/9") that differs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Document, Finding
from rules.align import GENERIC
from rules.base import Context
from rules.conflicts.sides import chosen, own_clauses, run
from rules.conflicts.words import against, quoted
from rules.norms import Clause, plain

SUBJECT = 5
"""Least number of words in a row that both clauses say before the span, three of them not of every subject."""
_POINT = r"(?:hết )?(?:ngày|tháng|thời điểm|khi|lúc|năm|qúy)(?: [\w/]{1,9}){1,6}?"
_STOP = r"(?=[,.;:)]| (?:hằng|hàng|của|đối|thì|theo|mà|và)|$)"
_SPAN = re.compile(rf"(?<!\w)từ (?P<begin>{_POINT}) đến (?P<end>{_POINT}){_STOP}")
_WORD = re.compile(r"[\w/%]+")


@dataclass(frozen=True, slots=True)
class Span:
    """From–to in a clause, in the words of `plain`; `before`: the words of the sentence before it."""

    clause: Clause
    begin: str
    end: str
    before: tuple[str, ...]


def spans(clause: Clause) -> list[Span]:
    """All from–to of a clause that are told in words of time."""
    key = plain(clause.text)
    found: list[Span] = []
    for match in _SPAN.finditer(key):
        sentence = re.split(r"[.;]", key[max(0, match.start() - 240) : match.start()])[-1]
        found.append(Span(clause, match["begin"], match["end"], tuple(_WORD.findall(sentence))))
    return found


def other_spans(document: Document, context: Context) -> Iterator[Finding]:
    """Spans of time that begin or end elsewhere than those of a higher clause on the same subject."""
    sides = chosen(context, document)
    if sides is None:
        return
    theirs = [span for clause in sides[1] for span in spans(clause)]
    if not theirs:
        return
    for clause in own_clauses(document):
        for span in spans(clause):
            same = [other for other in theirs if _one_subject(span, other)]
            if not same or any((o.begin, o.end) == (span.begin, span.end) for o in same):
                continue
            other = next((o for o in same if _differ(o.begin, span.begin) or _differ(o.end, span.end)), None)
            if other is None:
                continue
            yield against(
                ("MT01", "cao"), document, (clause.start, clause.end), other.clause.document, other.clause.provision,
                f"Ở đây ghi {quoted(f'từ {span.begin} đến {span.end}')}; {{where}} ghi "
                f"{quoted(f'từ {other.begin} đến {other.end}')} về cùng đối tượng",
                other.clause.text,
            )  # fmt: skip
            break


def _one_subject(one: Span, two: Span) -> bool:
    start, _, shared = run(one.before, two.before)
    stretch = one.before[start : start + shared]
    return shared >= SUBJECT and sum(word not in GENERIC for word in stretch) >= 3


def _differ(one: str, two: str) -> bool:
    """Whether two points in time share no word that tells which one they are."""
    own = {word for word in one.split() if word not in _TIME}
    others = {word for word in two.split() if word not in _TIME}
    return bool(own and others and not own & others)


_TIME = frozenset(("ngày", "tháng", "năm", "hết", "thời", "điểm", "khi", "lúc", "qúy", "của", "đó", "này"))
