"""TL: provisions that repeat a higher document word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import symbols
from corpus.model import Document, Evidence, Finding
from corpus.text import fold_words, tone_key
from rules.align import Sentence, sentences
from rules.base import Context, finding, place, rule, spoken_unit
from rules.grounds import higher
from rules.parameters import Parameter

ART_8 = "Điều 8 Luật số 64/2025/QH15"
LEAST_WORDS = Parameter("TL01", "so_tu", 25, "từ", 10, 200, "số từ ít nhất của một câu bị coi là chép lại")
ALIKE = Parameter("TL01", "giong", 90, "%", 70, 100, "độ giống ít nhất với câu của văn bản cấp trên")
SHORT_WORDS = Parameter("TL01", "so_tu_nguyen_van", 18, "từ", 8, 200,
                        "số từ ít nhất của một câu ngắn hơn so_tu, chỉ tính khi gần như giống hệt")  # fmt: skip
EXACT = 97
"""Likeness, in percent, of a short copy that counts."""
_STANDARD = re.compile(r"có hiệu lực|chịu trách nhiệm thi hành|thi hành quyết định này|nơi nhận")


@rule("TL01", "Nhắc lại nguyên văn quy định của văn bản cấp trên", "thap", ART_8, "bai_bo_mot_phan",
      parameters=(LEAST_WORDS, ALIKE, SHORT_WORDS))  # fmt: skip
def tl01(document: Document, context: Context) -> Iterator[Finding]:
    """Provisions that repeat a higher document in force (near duplicates).

    Tìm: câu, khoản chép lại gần như nguyên văn quy định của văn bản cấp trên (từ 25 từ, giống từ 90 % trở lên),
    ngoài phần căn cứ, trích dẫn và câu khuôn mẫu.
    Căn cứ: Điều 8 Luật số 64/2025/QH15
    Đối chiếu: Số: 99/2023/NĐ-CP; Điều 4. Hộ gia đình có trách nhiệm giữ gìn đường thôn, không đổ vật liệu xây dựng
    ra lòng đường, kịp thời báo cho Trưởng thôn khi đường bị hư hỏng và tham gia dọn vệ sinh đường thôn vào ngày
    cuối tuần.
    Ký ngày: 15/3/2024
    Có phát hiện: Hộ gia đình có trách nhiệm giữ gìn đường thôn, không đổ vật liệu xây dựng ra lòng đường, kịp thời
    báo cho Trưởng thôn khi đường bị hư hỏng và tham gia dọn vệ sinh đường thôn vào ngày cuối tuần.
    Không phát hiện: Hộ gia đình giữ gìn đường thôn theo Điều 4 Nghị định số 99/2023/NĐ-CP.
    Kiến nghị: bãi bỏ một phần, chỉ dẫn chiếu.
    """
    grounds = higher(context)
    if grounds is None:
        return
    from rapidfuzz import fuzz

    done: set[str] = set()
    values = context.settings.values
    least, short = LEAST_WORDS.chosen(values), SHORT_WORDS.chosen(values)
    usual = ALIKE.chosen(values)
    for sentence in sentences(document):
        words = fold_words(sentence.text)
        count = len(words.split())
        if count < min(least, short) or _STANDARD.search(tone_key(sentence.text)):
            continue
        if _cites(document, sentence) or _quoted(document, sentence):
            continue
        for candidate in grounds.candidates(sentence, 3):
            if candidate.score < 0.75:
                continue
            alike = fuzz.partial_ratio(words, fold_words(candidate.sentence.text))
            if len(fold_words(candidate.sentence.text)) < 0.8 * len(words) or not _copied(sentence, candidate.sentence):
                continue
            if alike >= (usual if count >= least else max(usual, EXACT)):
                unit = sentence.provision.id if sentence.provision else ""
                if unit not in done:
                    done.add(unit)
                    yield _finding(document, sentence, candidate.sentence)
                break


def _copied(sentence: Sentence, other: Sentence) -> bool:
    """Whether the higher text was there to be copied, and says the same numbers (other numbers are MT01)."""
    own, theirs = sentence.document.masthead, other.document.masthead
    if own and theirs and own.date and theirs.date and theirs.date > own.date:
        return False
    said = {(number.value, number.unit) for number in other.numbers}
    return all((number.value, number.unit) in said for number in sentence.numbers)


def _finding(document: Document, sentence: Sentence, other: Sentence) -> Finding:
    theirs = other.document.masthead
    symbol = theirs.symbol if theirs else None
    unit = other.provision.id if other.provision else None
    act = symbols.spoken(symbol, theirs.kind) if symbol and theirs else "văn bản cấp trên"
    return finding(
        ("TL01", "thap", ART_8), document, [place(document, sentence.start, sentence.end)],
        f"Câu này chép lại gần như nguyên văn {spoken_unit(unit) + ' ' if unit else ''}{act}; văn bản cấp dưới không "
        f"nhắc lại "
        f"quy định của văn bản cấp trên.",
        certainty="can_kiem_tra", proposal="bai_bo_mot_phan", target=(symbol, unit),
        evidence=[Evidence(symbol, unit, other.text[:500], "duplicate", theirs.date if theirs else None,
                           other.document.path)],
    )  # fmt: skip


_ACT_FIRST = re.compile(r"\W{0,4}(?:\d{1,2}[.)]\s?)?(?:luật|nghị định|thông tư|nghị quyết|quyết định)\b")


def _cites(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence is mostly the name of a document (a list of bases): names are rightly the same."""
    if _ACT_FIRST.match(tone_key(sentence.text)):
        return True
    cited = sum(
        min(c.end, sentence.end) - max(c.start, sentence.start) for c in document.citations
        if c.start < sentence.end and sentence.start < c.end
    )  # fmt: skip
    return cited > 0.4 * (sentence.end - sentence.start)


def _quoted(document: Document, sentence: Sentence) -> bool:
    if any(quote.start <= sentence.start < quote.end for quote in document.quotes):
        return True
    marked = [m.span() for m in re.finditer(r"“[^”\n]{1,2000}”", document.text)]
    return any(min(b, sentence.end) - max(a, sentence.start) > 0.5 * (sentence.end - sentence.start) for a, b in marked)
