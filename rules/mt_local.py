"""MT06: two documents of one commune in force on the same matter that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import symbols
from corpus.model import Certainty, Document, Evidence, Finding
from corpus.text import tone_key
from rules.align import Sentence, sentences
from rules.base import Context, finding, place, rule, spoken_unit
from rules.grounds import local
from rules.likeness import Candidate
from rules.mt_conflicts import not_a_rule
from rules.parameters import Parameter, Values
from rules.quantities import Quantity

ART_37 = "điểm a khoản 1 Điều 37, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP"
ALIKE, NEAR = 0.42, 0.32
SAME_NUMBERS = Parameter("MT06", "giong", 72, "%", 50, 100,
                         "độ giống ít nhất của hai câu để coi số liệu khác nhau là mâu thuẫn")  # fmt: skip


@rule("MT06", "Hai văn bản của cùng một xã còn hiệu lực quy định khác nhau về cùng một việc", "cao", ART_37,
      "sua_doi_bo_sung", parameters=(SAME_NUMBERS,))  # fmt: skip
def mt06(document: Document, context: Context) -> Iterator[Finding]:
    """Two documents of the same commune (or of units that it succeeded) in force on the same matter that differ.

    Tìm: ngày trong tuần, con số khác nhau giữa hai văn bản còn hiệu lực của xã (kể cả văn bản của đơn vị cũ) về
    cùng một việc.
    Căn cứ: điểm a khoản 1 Điều 37, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP
    Đối chiếu: Điều 1. Rác thải sinh hoạt được thu gom vào thứ Hai, thứ Năm hằng tuần tại điểm tập kết của thôn.
    Ký ngày: 15/3/2024
    Có phát hiện: Rác thải sinh hoạt được thu gom vào thứ Ba, thứ Sáu hằng tuần tại điểm tập kết của thôn.
    Không phát hiện: Rác thải sinh hoạt được thu gom vào thứ Hai, thứ Năm hằng tuần tại điểm tập kết của thôn.
    Kiến nghị: sửa đổi, bổ sung một trong hai văn bản.
    """
    if not _stands(document, context):
        return
    grounds = local(document, context)
    if grounds is None:
        return
    for sentence in sentences(document):
        if not (sentence.days or sentence.numbers) or not_a_rule(document, sentence):
            continue
        for candidate in grounds.candidates(sentence, 5):
            other = candidate.sentence.document
            if other.path == document.path or not _stands(other, context):
                continue
            words = _differs(sentence, candidate, context.settings.values)
            if words:
                yield _finding(document, sentence, candidate, words)
                break


def _differs(sentence: Sentence, candidate: Candidate, values: Values) -> tuple[str, str] | None:
    """What the two sentences say differently, as a pair of words; None where nothing shows."""
    other = candidate.sentence
    likeness = max(candidate.score, candidate.back) if min(candidate.score, candidate.back) >= 0.2 else 0.0
    if sentence.days and other.days and likeness >= NEAR and not sentence.days & other.days:
        return _days(sentence.days), _days(other.days)
    spans = _span(sentence), _span(other)
    if spans[0] and spans[1] and likeness >= ALIKE and spans[0][1] != spans[1][1]:
        return spans[0][0], spans[1][0]
    if min(candidate.score, candidate.back) < SAME_NUMBERS.share(values):
        return None
    for number in sentence.numbers:
        same = [their for their in other.numbers if their.unit == number.unit]
        if same and all(their.value != number.value for their in same) and number.bound == same[0].bound:
            return _said(sentence, number), _said(other, same[0])
    return None


_DAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)"
_FROM_TO = re.compile(rf"từ (?:sáng |chiều )?({_DAY}) đến (?:hết |sáng |chiều |ngày ){{0,2}}({_DAY})")


def _span(sentence: Sentence) -> tuple[str, tuple[str, str]] | None:
    """From which day of the week to which a clause says, as it is written, and the two days."""
    found = _FROM_TO.search(tone_key(sentence.text))
    return (sentence.text[found.start() : found.end()], (found[1], found[2])) if found else None


def _days(days: frozenset[str]) -> str:
    order = ("hai", "ba", "tư", "năm", "sáu", "bảy", "chủ nhật")
    return ", ".join(day if day == "chủ nhật" else f"thứ {day.capitalize()}" for day in order if day in days)


def _said(sentence: Sentence, number: Quantity) -> str:
    return " ".join(sentence.text[number.start : number.end].split())


def _stands(document: Document, context: Context) -> bool:
    """Whether a document is a commune's, tells its number, is no amending text, and has not ended or run out."""
    head = document.masthead
    if head is None or head.level not in ("xa", "huyen") or head.symbol is None:
        return False
    if head.expires and head.expires <= context.as_of:
        return False
    if "sửa đổi" in tone_key(head.title or ""):
        return False
    state = context.library.state(
        head.symbol, as_of=context.as_of, issuer=head.issuer, issued=head.date, kind=head.kind
    )  # fmt: skip
    return state.state != "het_hieu_luc_toan_bo"


def _finding(document: Document, sentence: Sentence, candidate: Candidate, words: tuple[str, str]) -> Finding:
    other = candidate.sentence
    head = other.document.masthead
    symbol = head.symbol if head else None
    unit = other.provision.id if other.provision else None
    where = f"{spoken_unit(unit)} " if unit else ""
    act = symbols.spoken(symbol, head.kind) if symbol and head else other.document.path
    sure: Certainty = "can_kiem_tra" if max(candidate.score, candidate.back) >= ALIKE else "goi_y"
    return finding(
        ("MT06", "cao", ART_37), document, [place(document, sentence.start, sentence.end)],
        f"Ở đây ghi {words[0]}; {where}{act} của {head.issuer if head else 'đơn vị'} ghi {words[1]} về việc có lời "
        f"văn gần "
        f"giống. Hai văn bản còn hiệu lực cần được thống nhất.",
        certainty=sure, proposal="sua_doi_bo_sung", target=(symbol, unit),
        evidence=[Evidence(symbol, unit, other.text[:500], "conflict", head.date if head else None,
                           other.document.path)],
    )  # fmt: skip
