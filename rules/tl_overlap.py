"""TL: provisions that repeat a higher document word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus import symbols
from corpus.model import Document, Evidence, Finding
from corpus.text import fold_words, tone_key
from rules.align import Sentence, sentences
from rules.base import Context, finding, is_normative, place, rule, spoken_unit
from rules.grounds import higher, local
from rules.likeness import Grounds
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

    Tìm: câu, khoản chép lại gần như nguyên văn quy định của văn bản cấp trên, hoặc của văn bản quy phạm pháp luật khác
    của chính địa phương còn hiệu lực (từ 25 từ, giống từ 90 % trở lên), ngoài phần căn cứ, trích dẫn, câu khuôn mẫu và
    danh mục, quy trình thủ tục hành chính phải chép lại.
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
    if _PUBLISHES.search(tone_key((document.masthead.title if document.masthead else None) or "")):
        return
    done: set[str] = set()
    for grounds, copied in ((higher(document, context), _copied), (_own(document, context), _repeats(context))):
        if grounds is not None:
            yield from _copies(document, grounds, copied, done, context)


# A list of procedures for the public must say what the higher text says (NĐ 63/2010 Art. 15).
_PUBLISHES = re.compile(r"(?:công bố|danh mục|quy trình|phê duyệt)[^.;]{0,80}(?:thủ tục hành chính|tthc|dịch vụ công)")


def _copies(
    document: Document, grounds: Grounds, copied: Callable[[Sentence, Sentence], bool], done: set[str], context: Context
) -> Iterator[Finding]:
    """Findings on sentences that are those of `grounds`, one for each unit."""
    from rapidfuzz import fuzz

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
            if len(fold_words(candidate.sentence.text)) < 0.8 * len(words) or not copied(sentence, candidate.sentence):
                continue
            if alike >= (usual if count >= least else max(usual, EXACT)):
                unit = sentence.provision.id if sentence.provision else ""
                if unit not in done:
                    done.add(unit)
                    yield _finding(document, sentence, candidate.sentence)
                break


def _copied(sentence: Sentence, other: Sentence) -> bool:
    """Whether the higher text is normative, was there to be copied, and says the same numbers (other numbers are MT01).

    Only what a normative document says need not be said again (Luật 64/2025 Art. 8): a published list of procedures or
    a notice of conclusions is carried out by repeating it.

    "bằng 50%" where the higher text says "không thấp hơn 50%" is what it left to the locality, not a copy.
    """
    own, theirs = sentence.document.masthead, other.document.masthead
    if theirs is not None and theirs.normative is False:
        return False
    if own and theirs and own.date and theirs.date and theirs.date > own.date:
        return False
    return _same_numbers(sentence, other)


_FIGURE = re.compile(r"\d{1,9}(?:[.,]\d{1,3})*")


def _same_numbers(sentence: Sentence, other: Sentence) -> bool:
    said = {(number.value, number.unit, number.bound == "min", number.bound == "max") for number in other.numbers}
    if any((n.value, n.unit, n.bound == "min", n.bound == "max") not in said for n in sentence.numbers):
        return False
    return set(_FIGURE.findall(_LABEL.sub("", sentence.text))) <= set(_FIGURE.findall(other.text))


_LABEL = re.compile(r"^\W{0,4}(?:điều )?\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s", re.IGNORECASE)


def _own(document: Document, context: Context) -> Grounds | None:
    """Sentences of the locality's own documents, where this one sets rules."""
    if not is_normative(document):
        return None
    return local(document, context)


# Clauses on carrying out, which every text of one council has.
_OF_EVERY_TEXT = re.compile(
    r"tổ chức thực hiện|điều khoản thi hành|hiệu lực thi hành|khó khăn, vướng mắc|giám sát việc (?:tổ chức )?thực hiện"
    r"|triển khai thực hiện (?:nghị quyết|quyết định)|kinh phí thực hiện|phạm vi điều chỉnh|đối tượng áp dụng"
)


def _repeats(context: Context) -> Callable[[Sentence, Sentence], bool]:
    """Whether a sentence repeats one of an earlier normative document of the same unit that is still in force."""

    def repeats(sentence: Sentence, other: Sentence) -> bool:
        if _OF_EVERY_TEXT.search(tone_key(f"{sentence.headings} {sentence.text}")):
            return False
        own, theirs = sentence.document.masthead, other.document.masthead
        if own is None or theirs is None or theirs.symbol is None or not theirs.normative:
            return False
        if own.date is None or theirs.date is None or theirs.date >= own.date or own.territory != theirs.territory:
            return False
        state = context.library.state(
            theirs.symbol, as_of=context.as_of, issuer=theirs.issuer, issued=theirs.date, kind=theirs.kind
        )  # fmt: skip
        return state.state not in ("het_hieu_luc_toan_bo", "chua_hieu_luc") and _same_numbers(sentence, other)

    return repeats


def _finding(document: Document, sentence: Sentence, other: Sentence) -> Finding:
    theirs = other.document.masthead
    symbol = theirs.symbol if theirs else None
    unit = other.provision.id if other.provision else None
    act = symbols.spoken(symbol, theirs.kind) if symbol and theirs else "văn bản cấp trên"
    own = document.masthead
    local = bool(theirs and own and theirs.level == own.level)
    why = "không lặp lại quy định của văn bản khác còn hiệu lực" if local else (
        "văn bản cấp dưới không nhắc lại quy định của văn bản cấp trên")
    return finding(
        ("TL01", "thap", ART_8), document, [place(document, sentence.start, sentence.end)],
        f"Câu này chép lại gần như nguyên văn {spoken_unit(unit) + ' ' if unit else ''}{act}; {why}.",
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
