"""Instructions that change words: "Thay thế cụm từ “A” bằng cụm từ “B” tại khoản 2 Điều 5", "Bỏ cụm từ “A”"."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.effects.calls import PHRASE_SIGN, STARTS_AT
from extractors.effects.drafts import Draft
from extractors.effects.phrases import Phrase, phrases
from extractors.effects.scope import Stretch
from extractors.effects.targets import Hit
from extractors.patterns import lazy

_PHRASE_AT = lazy(r"\s*(?:tại|ở|trong)\s[^:“\"]{1,200}?(?:cụm\s+từ|từ)\s+[“\"]¤")
_PHRASE_FIRST = lazy(
    r"\s*(?:(?:tại|ở|trong)\s[^“\"¤;]{1,120},\s*)?(?:các\s+)?(?:cụm\s+từ|từ|chữ|đoạn|câu)\s*[“\"«]\s*¤"
)
_TYPES_OF_WORDS = ("amend", "insert", "repeal", "replace", "mixed")
_UNIT_NUMBER = lazy(r"(?:khoản|điều|điểm)\s+\d")


def is_wording(at: Stretch) -> bool:
    """Whether the verb governs words, and not units."""
    if at.call.kind not in _TYPES_OF_WORDS:
        return False
    head = at.words[at.call.end : min(at.bound, at.call.end + 60)]
    sign = PHRASE_SIGN.search(head)
    if not sign:
        return bool(_PHRASE_AT.match(at.words, at.call.end, at.bound))
    between = head[: sign.start()]
    return "như sau" not in between and ":" not in between and not _UNIT_NUMBER.search(between)


def worded(at: Stretch) -> list[Draft]:
    """Changes of words that stand behind their verb."""
    before = at.words[at.floor : at.call.start].lstrip(" .;,")
    lead = at.scope.hits(at.floor, at.call.start) if STARTS_AT.match(before + " ") else []
    drafts: list[Draft] = []
    for group in phrases(at.call.kind, at.words, at.call.end, at.bound, at.quotes):
        hits = [hit for a, b in group.places for hit in at.scope.hits(a, b)] or lead
        if hits or at.context.host is not None or at.context.amends:
            drafts += _of_group(at, group, hits, group.start if drafts else at.call.start)
    return drafts


def worded_before(at: Stretch) -> list[Draft]:
    """"Cụm từ “A” tại Điều 8 được thay thế bằng cụm từ “B”"."""
    start = max(at.words.rfind(mark, at.floor, at.call.start) + 2 for mark in (". ", "; "))
    start = max(start, at.floor)
    if at.call.kind not in _TYPES_OF_WORDS or not _PHRASE_FIRST.match(at.words, start, at.call.start):
        return []
    quotes = at.quotes_from(start)
    drafts: list[Draft] = []
    for group in phrases(at.call.kind, at.words, start, at.bound, quotes):
        hits = [hit for a, b in group.places for hit in at.scope.hits(a, b)]
        if hits or at.context.host is not None or at.context.amends:
            drafts += _of_group(at, group, hits, group.start)
    return drafts


def _of_group(at: Stretch, group: Phrase, hits: Sequence[Hit], start: int) -> list[Draft]:
    act = next((hit.target for hit in hits if hit.target), None)
    base = at.clause.start
    return [
        Draft(
            group.type, base + start, base + group.end, hit.target or act, hit.path, hit.open, at.time,
            old_text=at.piece(old), new_text=at.piece(new),
        )
        for old, new in group.pairs for hit in hits or [Hit(None, at.context.prefix, 0, 0)]
    ]  # fmt: skip
