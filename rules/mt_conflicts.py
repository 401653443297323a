"""MT: conflicts of content: a number that differs on the same matter, and a document that contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import symbols
from corpus.model import Certainty, Document, Evidence, Finding
from corpus.text import tone_key
from rules.align import Sentence, one_subject, says_enough, sentences, specific
from rules.align import around as words_around
from rules.base import Context, finding, place, rule, signed, spoken_unit
from rules.conflicts.dossiers import other_sets
from rules.conflicts.spans import other_spans
from rules.grounds import higher, many, margin, may_be_ground
from rules.likeness import Candidate, Grounds
from rules.own_text import foreign
from rules.parameters import Parameter, Values
from rules.quantities import Bound, Quantity

REVIEW = "Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP"
CHECK = "Điều 6, khoản 1 Điều 7, Điều 44 Nghị định số 79/2025/NĐ-CP"

SURE = Parameter("MT01", "giong_ro", 60, "%", 40, 100, "độ giống của hai câu để kết luận là “Cần xác minh”")
LIKELY = Parameter("MT01", "giong", 40, "%", 30, 100, "độ giống ít nhất của hai câu để nêu ra (“Gợi ý”)")
WHOLE = 0.75
"""Share of the higher sentence's words that a longer local one has: then it holds that sentence whole."""
SAME_MATTER = 0.76
"""A sentence with at least this share of the best score speaks of the matter as well: if it agrees, all is well."""

_COMPARED = frozenset(
    ("ngày", "ngày làm việc", "tháng", "giờ", "tuổi", "%", "đồng", "người", "hộ", "kỳ", "lần", "loại", "thành viên",
     "chu kỳ (tháng)", "ngày trong tháng", "ngày trong năm", "bản", "bộ hồ sơ", "đại biểu", "năm", "m2", "tiêu chí",
     "giờ trong ngày")
)  # fmt: skip
_THRESHOLDS = frozenset(("tuổi", "%"))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A local number and the number of a higher clause on the same matter that it does not agree with."""

    local: Sentence
    number: Quantity
    other: Candidate
    their: Quantity
    score: float
    sure: bool


@rule("MT01", "Số liệu, mức, thời hạn khác văn bản cấp trên về cùng một việc", "cao", REVIEW, "sua_doi_bo_sung",
      parameters=(LIKELY, SURE))  # fmt: skip
def mt01(document: Document, context: Context) -> Iterator[Finding]:
    """A number that differs on the same matter: amount, rate, time limit, age, headcount, threshold.

    Tìm: con số (mức tiền, tỷ lệ, thời hạn, độ tuổi, số lượng, ngày) khác với con số của văn bản cấp trên về cùng
    một việc. Cao hơn mức tối thiểu, thấp hơn mức tối đa của văn bản cấp trên thì không tính; hai bên luôn được
    trích cạnh nhau để người rà soát đọc lại.
    Căn cứ: Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP (văn bản cấp trên ban hành sau); Điều 6, Điều 7,
    Điều 44 (đã có từ trước ngày ký)
    Đối chiếu: Số: 99/2023/NĐ-CP; Điều 4. Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn ít nhất là 30
    ngày.
    Ký ngày: 15/3/2022
    Có phát hiện: Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn là 10 ngày.
    Không phát hiện: Thời gian niêm yết danh sách hộ được hỗ trợ làm đường thôn là 45 ngày.
    Kiến nghị: sửa đổi, bổ sung; nếu văn bản cấp trên có trước ngày ký thì tự kiểm tra, xử lý.
    """
    grounds = higher(document, context)
    if grounds is None:
        return
    yield from other_spans(document, context)
    yield from other_sets(document, context)
    done: set[tuple[int, int]] = set()
    for sentence in sentences(document):
        if not sentence.numbers or not says_enough(sentence) or not_a_rule(document, sentence):
            continue
        found = conflict_of(sentence, grounds, context.settings.values)
        if found is None or not may_be_ground(found.other.sentence.document, document, context):
            continue
        start, end = sentence.start + found.number.start, sentence.start + found.number.end
        if (start, end) in done:
            continue
        done.add((start, end))
        yield _finding(found, document, context)


def conflict_of(sentence: Sentence, grounds: Grounds, values: Values) -> Conflict | None:
    """The strongest conflict of a sentence's numbers with the higher clauses on its matter, None where they agree."""
    candidates = _on_its_subject(sentence, grounds)
    best: Conflict | None = None
    for number in sentence.numbers:
        if number.unit not in _COMPARED:
            continue
        rated = sorted(
            ((_score(sentence, number, candidate, their), candidate, their)
             for candidate in candidates for their in _beside(sentence, number, candidate.sentence)),
            key=lambda item: -item[0],
        )  # fmt: skip
        rated = _for_the_same(sentence, number, rated)
        if not rated:
            continue
        more = margin(rated[0][1].sentence.document, sentence.document, grounds)
        if rated[0][0] < LIKELY.share(values) + more:
            continue
        top = rated[0][0]
        most = max(candidate.score for _, candidate, _ in rated)
        close = [item for item in rated if item[0] >= SAME_MATTER * top or item[1].score >= 0.95 * most]
        close = [item for item in close if item[0] > top - APART or not _elsewhere(sentence, rated[0][1], item[1])]
        if any(agrees(number, their, candidate.sentence) for _, candidate, their in close):
            continue
        if any(_sooner(sentence, number, their) for _, _, their in close):
            continue
        score, candidate, their = rated[0]
        if best is None or score > best.score:
            sure = score >= SURE.share(values) + more and candidate.back >= 0.12 + more
            sure = sure or (candidate.back >= WHOLE + more and _same_frame(sentence, number, candidate.sentence, their))
            if many(grounds) and not sure:
                continue  # a hint on one of many documents that nobody cites is noise
            best = Conflict(sentence, number, candidate, their, score, sure)
    return best


def _beside(sentence: Sentence, number: Quantity, other: Sentence) -> list[Quantity]:
    """Numbers of the higher sentence that may be meant: of the same unit, and where both have as many, in their turn.

    "từ 02 tiêu chí trở lên trong 05 tiêu chí": the second is no answer to the first. The same numbers in another order
    are the same numbers.
    """
    own = [q for q in sentence.numbers if q.unit == number.unit]
    theirs = [q for q in other.numbers if q.unit == number.unit]
    if len(own) < 2 or len(own) != len(theirs) or sorted(q.value for q in own) == sorted(q.value for q in theirs):
        return theirs
    return [theirs[own.index(number)]]


APART = 0.08
"""A sentence this much less like than the best one, and on another subject by its headings, does not answer for it."""


def _elsewhere(sentence: Sentence, best: Candidate, other: Candidate) -> bool:
    """Whether the best sentence has words of this one's subject – headings and own – that the other one lacks."""
    if other.sentence.provision is None or best.sentence is other.sentence:
        return False
    own = specific(f"{sentence.headings} {sentence.text}")
    near, far = (specific(f"{one.sentence.headings} {one.sentence.text}") for one in (best, other))
    return len((own & near) - far) > len((own & far) - near)


def _on_its_subject(sentence: Sentence, grounds: Grounds) -> list[Candidate]:
    """The nearest sentences that have a number of a unit that is compared, and share the sentence's own subject."""
    units = {number.unit for number in sentence.numbers} & _COMPARED
    return [
        candidate for candidate in grounds.candidates(sentence, 24)
        if any(number.unit in units for number in candidate.sentence.numbers)
        and one_subject(sentence, candidate.sentence)
    ][:12]  # fmt: skip


_EACH = re.compile(r"\s?/\s?(?:\d{1,2} )?\w{1,9}(?: \w{1,9})?(?:\s?/\s?(?:\d{1,2} )?(\w{1,9}))?")


def _for_the_same(
    sentence: Sentence, number: Quantity, rated: list[tuple[float, Candidate, Quantity]]
) -> list[tuple[float, Candidate, Quantity]]:
    """Without amounts for another time ("đồng/người/năm" beside "đồng/người/lần"), where some are for the same."""
    def time(clause: Sentence, quantity: Quantity) -> str | None:
        found = _EACH.match(tone_key(clause.text[quantity.end :]))
        return found[1] if found else None

    own = time(sentence, number)
    same = [item for item in rated if time(item[1].sentence, item[2]) == own]
    return same if own and same else rated


_BOUND_BEFORE = re.compile(
    r"(?:\s(?:từ|có từ|gồm|là|ít nhất|tối thiểu|không quá|tối đa|không dưới|đủ|trên|dưới)){0,3}\s?$"
)


def _same_frame(local: Sentence, number: Quantity, other: Sentence, their: Quantity) -> bool:
    """Whether the same three words lead up to both numbers ("Hội đồng có từ 13 đến 15 thành viên")."""
    def before(sentence: Sentence, quantity: Quantity) -> list[str]:
        return _BOUND_BEFORE.sub("", tone_key(sentence.text[max(0, quantity.start - 60) : quantity.start])).split()[-3:]

    mine, yours = before(local, number), before(other, their)
    return len(mine) >= 2 and mine == yours[-len(mine) :]


def _score(sentence: Sentence, number: Quantity, candidate: Candidate, their: Quantity) -> float:
    """Likeness of the sentences, helped by likeness of the words around the two numbers."""
    near, far = words_around(sentence, number), words_around(candidate.sentence, their)
    shared = len(near & far) / max(1, min(len(near), len(far)))
    return 0.7 * candidate.score + 0.15 * candidate.back + 0.15 * shared


def agrees(local: Quantity, their: Quantity, clause: Sentence) -> bool:
    """Whether a local number stays inside what the higher clause says or leaves open.

    Above a floor and below a ceiling is the commune's room; ages and shares are thresholds, where every difference
    changes who is meant.
    """
    if local.high is not None or their.high is not None:
        low, high = their.value, their.high or their.value
        return low <= local.value and (local.high or local.value) <= high
    if local.value == their.value:
        return True
    bound = their.bound
    if their.unit == "đồng" and bound == "exact":
        bound = _said_after(clause) or ("max" if _ceiling(clause) else "exact")
    if their.unit == "chu kỳ (tháng)":
        return local.value < their.value
    if their.unit in _THRESHOLDS or (their.unit in ("năm", "tháng") and _of_a_person(clause, their)):
        return False
    if bound == "min":
        return local.value > their.value
    if bound == "max":
        return local.value < their.value and local.bound != "min"
    return False


def _sooner(sentence: Sentence, number: Quantity, their: Quantity) -> bool:
    """Whether a body only promises to be quicker than its time limit; a limit on people may not be made shorter."""
    if number.value >= their.value or their.bound not in ("limit", "max") or their.unit not in _TIMES:
        return False
    return bool(_DONE_BY.search(tone_key(sentence.text))) or (their.bound == "limit" and not _for_citizens(sentence))


_TIMES = frozenset(("ngày", "ngày làm việc", "tháng", "giờ", "năm", "ngày trong năm", "ngày trong tháng", "phút"))
_DONE_BY = re.compile(r"(?:làm |tiến hành |tổ chức )?(?:xong|hoàn thành|hoàn tất)(?!\w)")


_ABOVE_ARE = re.compile(
    r"mức (?:chi |quà |hỗ trợ |thưởng )?(?:nêu trên|trên đây|này|quy định tại[^.;]{0,60}) là (?:các )?mức "
    r"(?P<least>tối thiểu|thấp nhất)?(?P<most>tối đa|cao nhất)?"
)
LOOKED_AFTER = 700
"""Characters after an amount within which a clause may say what it is ("Mức chi nêu trên là mức tối thiểu")."""


def _said_after(clause: Sentence) -> Bound | None:
    after = _ABOVE_ARE.search(tone_key(clause.document.text[clause.end : clause.end + LOOKED_AFTER]))
    return None if after is None else "min" if after["least"] else "max" if after["most"] else None


_SERVED = re.compile(r"(?:thời gian|thâm niên|kinh nghiệm)[^.;:]{0,40}? (?:công tác|làm việc|kinh nghiệm)|thâm niên")


def _of_a_person(clause: Sentence, number: Quantity) -> bool:
    """Whether a span of time is a qualification ("thời gian công tác ít nhất 02 năm"): who asks for more bars some."""
    return bool(_SERVED.search(tone_key(clause.text[max(0, number.start - 80) : number.start])))


_CEILING = re.compile(r"mức chi|tối đa|không quá|không vượt quá")
_FOR_PEOPLE = re.compile(
    r"hỗ trợ (?:tiền (?:ăn|ở|học|đi lại)|học phí|sinh hoạt phí|mai táng)|trợ cấp (?:xã hội|hằng tháng|hàng tháng|mai)"
)


def _ceiling(clause: Sentence) -> bool:
    """Whether amounts of this document are ceilings (a circular on spending levels says so once for all)."""
    words = tone_key(clause.text + " " + clause.headings)
    title = tone_key((clause.document.masthead.title if clause.document.masthead else None) or "")
    own = tone_key(clause.text)
    if _FOR_PEOPLE.search(own) and not _CEILING.search(own):
        return False  # what people are to get is a due of theirs, not a ceiling of spending
    return bool(_CEILING.search(words) or _CEILING.search(title)) and "tối đa" in tone_key(clause.document.text)


_OWN_EFFECT = re.compile(r"có hiệu lực|hết hiệu lực|ban hành kèm theo|thông qua ngày|kỳ họp thứ")
_TARGETS = re.compile(r"phấn đấu|chỉ tiêu|mục tiêu|đạt (?:tỷ lệ|trên|từ)|hoàn thành")


def not_a_rule(document: Document, sentence: Sentence) -> bool:
    """Effect clauses, the plan's own targets and quoted text are no rules that a higher number could meet."""
    key = tone_key(sentence.text)
    if _OWN_EFFECT.search(key) or _TARGETS.search(key):
        return True
    return foreign(document, sentence.start)


def _finding(found: Conflict, document: Document, context: Context) -> Finding:
    clause = found.other.sentence
    theirs = clause.document.masthead
    assert theirs is not None
    assert theirs.symbol is not None
    day = signed(document)
    check = bool(day and theirs.date and (theirs.effective or theirs.date) <= day)
    certainty: Certainty = "can_kiem_tra" if found.sure else "goi_y"
    unit = clause.provision
    where = f"{spoken_unit(unit.id)} " if unit else ""
    act = symbols.spoken(theirs.symbol, theirs.kind)
    own_words = " ".join(_with_bound(found.local, found.number).split())
    their_words = " ".join(_with_bound(clause, found.their).split())
    sign = "có dấu hiệu không phù hợp tại thời điểm ban hành" if check else "không còn phù hợp"
    start, end = found.local.start, found.local.end
    return finding(
        ("MT01", "cao", CHECK if check else REVIEW), document, [place(document, start, end)],
        f"Ở đây ghi “{own_words}”; {where}{act} ghi “{their_words}” về việc có lời văn gần giống. Nếu là cùng một "
        f"việc thì "
        f"con số này {sign}.",
        certainty=certainty, proposal="tu_kiem_tra" if check else "sua_doi_bo_sung",
        target=(theirs.symbol, unit.id if unit else None),
        evidence=[Evidence(theirs.symbol, unit.id if unit else None, clause.text[:500], "conflict",
                           theirs.effective or theirs.date, clause.document.path)],
    )  # fmt: skip


_BOUND_WORDS = re.compile(
    r"(?:ít nhất|tối thiểu|không ít hơn|không dưới|không quá|tối đa|không vượt quá|chậm nhất|muộn nhất|trong thời hạn"
    r"|trong vòng|từ đủ|từ|trên|dưới|trước|chưa đủ|đủ|mỗi)(?: là| sau)?\s$"
)


def _with_bound(clause: Sentence, number: Quantity) -> str:
    """The number with the words before and after it that say floor or ceiling."""
    words = clause.text
    bound = _BOUND_WORDS.search(tone_key(words[max(0, number.start - 24) : number.start]))
    start = number.start - len(bound[0]) if bound else number.start
    after = re.match(r"\s?(?:trở lên|trước ngày)", tone_key(words[number.end :]))
    return words[start : number.end + (after.end() if after else 0)]


_CITIZENS = re.compile(
    r"(?:công dân|người dân|cha,? (?:hoặc )?mẹ|cha mẹ|hộ gia đình|người đề nghị|tổ chức, cá nhân)"
    r" (?:phải|có trách nhiệm)|đi đăng ký|sinh con|đăng ký khai|niêm yết|công khai|lấy ý kiến|truyền thanh"
    r"|(?<!kể từ ngày )(?<!nhận được )(?<!có )thông báo"
)


def _for_citizens(sentence: Sentence) -> bool:
    """A limit on people: making it shorter takes something from them."""
    return bool(_CITIZENS.search(tone_key(sentence.text)))
