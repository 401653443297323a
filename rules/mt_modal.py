"""MT02, MT04: what a clause allows, forbids or orders, and who is to act, against the higher clause on the same matter.

Two clauses are laid side by side by their words (rules/align.py); the rule then looks for one thing only: a "không" on
one side alone, or another body before the same verb. It is a sign; a person reads both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from textwrap import shorten

from corpus import symbols
from corpus.model import Certainty, Document, Evidence, Finding
from corpus.text import fold_words, tone_key
from rules.align import Sentence, grams, one_subject, sentences
from rules.base import Context, finding, place, rule, signed, spoken_unit
from rules.conflicts.duties import freed_duties
from rules.conflicts.further import passed_on
from rules.conflicts.money import collected_though_waived, other_payers
from rules.conflicts.opposites import opposite_ways
from rules.conflicts.words import spelled
from rules.grounds import higher, many, margin, may_be_ground
from rules.likeness import Candidate
from rules.mt_bodies import kept_matters, moved_deeds, same_part
from rules.own_text import foreign

REVIEW = "Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP"
CHECK = "Điều 6, khoản 1 Điều 7, Điều 44 Nghị định số 79/2025/NĐ-CP"

ALIKE, NEAR = 0.62, 0.42
"""Share of the local sentence's words that the higher one has: for "can_kiem_tra", and for "goi_y"."""


@rule("MT02", "Cho phép, cấm hoặc bắt buộc khác với văn bản cấp trên", "cao", REVIEW, "sua_doi_bo_sung")
def mt02(document: Document, context: Context) -> Iterator[Finding]:
    """A modality that differs: must, may, must not on the same action of the same subject.

    Tìm: câu của văn bản và câu của văn bản cấp trên về cùng một việc, một bên có “không”, bên kia thì không.
    Căn cứ: Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP; Điều 6, Điều 7, Điều 44 nếu đã có từ trước ngày ký
    Đối chiếu: Số: 99/2023/NĐ-CP; Điều 4. Ban quản lý đường thôn có con dấu và tài khoản riêng tại Kho bạc Nhà nước.
    Ký ngày: 15/3/2024
    Có phát hiện: Ban quản lý đường thôn không có con dấu và tài khoản riêng tại Kho bạc Nhà nước.
    Không phát hiện: Ban quản lý đường thôn có con dấu và tài khoản riêng tại Kho bạc Nhà nước.
    Kiến nghị: sửa đổi, bổ sung; tự kiểm tra, xử lý nếu văn bản cấp trên có trước ngày ký.
    """
    grounds = higher(document, context)
    if grounds is None:
        return
    yield from freed_duties(document, context)
    yield from collected_though_waived(document, context)
    for sentence in _own(document):
        candidates = grounds.candidates(sentence, 6)
        if not candidates:
            continue
        best = max(candidate.score for candidate in candidates)
        close = [candidate for candidate in candidates if candidate.score >= max(NEAR, 0.8 * best)]
        if any(_denied(sentence.text) & _denied(candidate.sentence.text) for candidate in close):
            continue
        for candidate in close:
            more = margin(candidate.sentence.document, document, grounds)
            if candidate.score < NEAR + more or "cụm từ" in tone_key(candidate.sentence.text):
                continue
            if not one_subject(sentence, candidate.sentence):
                continue
            differ = _differ(sentence.text, candidate.sentence.text)
            if differ and may_be_ground(candidate.sentence.document, document, context):
                sure = _sure(candidate, more, 0.15)
                if many(grounds) and sure == "goi_y":
                    continue
                yield _finding("MT02", document, sentence, candidate, differ, sure)
                break


def _differ(local: str, higher_text: str) -> str | None:
    """What two sentences differ in, as the message says it: an action that one denies, or another way of doing it."""
    if words := opposed(local, higher_text):
        return f"về việc “{matter(local, words)}”"
    if ways := opposite_ways(local, higher_text):
        return f"về cách làm: ở đây là “{spelled(ways[0])}”, văn bản cấp trên là “{spelled(ways[1])}”"
    return None


def _sure(candidate: Candidate, more: float, back: float) -> Certainty:
    return "can_kiem_tra" if candidate.score >= ALIKE + more and candidate.back >= back + more else "goi_y"


_NEGATION = re.compile(
    r"\bkhông(?: (?:được|phải|cần|có thể|bắt buộc|có|có quyền|được phép))?"
    r"(?!\s?(?:quá|ít|dưới|thấp|cao|vượt|sớm|còn|nhiều|chỉ|những|kể|thuộc|đúng|bảo đảm|đủ|thể|đáp))\s+"
    r"(?P<what>[^\W\d_]{1,8}(?:[\s,]{1,2}[^\W\d_]{1,8}){1,3})"
)
_CONDITION = re.compile(r"\b(?:trường hợp|nếu|khi|mà|nơi|đối với)\b(?:(?! thì )[^,;.])*$")
_SUBJECT = re.compile(r"\b(?:hộ|người)(?: [^\W\d_]{1,8}){0,4} $")
_MODAL = re.compile(r"không (?:được|phải|cần|bắt buộc)")
"""After a subject only these deny what it does: "hộ không có …" says which household is meant."""
_ASKS = re.compile(
    r"không (?:yêu cầu|đặt ra yêu cầu|đòi hỏi|buộc|bắt)(?: [^\W\d_]{1,8}){0,7}? (?:phải )?"
    r"(?=(?:nộp|xuất trình|cung cấp|có|làm|kê khai|đăng ký|trả|đóng)[ ,])"
    r"|(?:được )?miễn(?= (?:nộp|xuất trình|cung cấp|làm|kê khai|đăng ký|trả|đóng)[ ,])"
)


@lru_cache(maxsize=8_000)
def _one_way(key: str) -> str:
    """A clause in which "không yêu cầu người dân nộp", "được miễn nộp" read "không phải nộp"."""
    return re.sub(r" {2,}", " ", _ASKS.sub("không phải ", key))


def opposed(local: str, higher_text: str) -> str | None:
    """The action that one sentence denies and the other has without a denial, as its words; None where none is.

    >>> opposed("Ban không có con dấu, tài khoản riêng.", "Ban có con dấu, tài khoản, trụ sở riêng.")
    'con dấu'
    """
    a, b = _one_way(tone_key(local)), _one_way(tone_key(higher_text))
    for one, other in ((a, b), (b, a)):
        denied = _denials(one)
        for pair in sorted(denied.keys() - _denied(other)):
            if denied[pair] and not any(re.search(rf"(?<!\w){word}(?!\w)", other) for word in denied[pair]):
                continue  # another object of the same verb
            bare = re.search(rf"(?<!\w){re.escape(pair)}(?!\w)", other)
            if bare is None or _STOP_PAIR.search(pair):
                continue
            if _CONDITION.search(other[max(0, bare.start() - 120) : bare.start()]):
                continue  # "trường hợp cùng lúc yêu cầu chứng thực": who is meant, not what is allowed
            if "không" not in other[max(0, bare.start() - 25) : bare.start()]:
                return pair
    return None


MATTER = 14
"""Most syllables of a sentence by which a message names the matter."""


def matter(text: str, pair: str) -> str:
    """What a denied action of two syllables is about: the clause from it on, or up to it where it ends the clause.

    >>> matter("Kết quả bình xét không công khai, chỉ lưu tại thôn.", "công khai")
    'Kết quả bình xét không công khai'
    >>> matter("Quỹ không được dùng để chi tiếp khách của thôn.", "dùng để")
    'dùng để chi tiếp khách của thôn'
    """
    words = " ".join(text.split())
    at = re.search(rf"(?<!\w){re.escape(pair)}(?!\w)", tone_key(words))
    if at is None:
        return pair
    after = re.split(r"[,;.:(]", words[at.start() :])[0].split()
    if len(after) > 3:
        return " ".join(after[:MATTER]) + ("…" if len(after) > MATTER else "")
    before = re.split(r"[,;.:()]", words[: at.start()])[-1].split()
    return " ".join([*before[-(MATTER - len(after)) :], *after])


@lru_cache(maxsize=8_000)
def _denied(text: str) -> frozenset[str]:
    """The first two syllables after each "không" that denies an action; conditions ("hộ không có …") left out."""
    return frozenset(_denials(tone_key(text)))


@lru_cache(maxsize=8_000)
def _denials(key: str) -> Mapping[str, list[str]]:
    """The same, each with the syllables that follow (what is not done)."""
    found: dict[str, list[str]] = {}
    for match in _NEGATION.finditer(_one_way(key)):
        before = match.string[max(0, match.start() - 120) : match.start()]
        if not _CONDITION.search(before) and not (_SUBJECT.search(before) and not _MODAL.match(match[0])):
            said = match["what"].replace(",", " ").split()
            found[" ".join(said[:2])] = said[2:]
    return found


_STOP_PAIR = re.compile(
    r"^(?:các|những|của|theo|quy định|pháp luật|hồ sơ|thực hiện|có thể|và|do|về|để (?:xảy|cho|lại)|nhân dân)\b"
)


# --- MT04: who acts --------------------------------------------------------------------------------


@rule("MT04", "Cơ quan, người có thẩm quyền, bước thủ tục khác với văn bản cấp trên", "trung_binh", REVIEW,
      "sua_doi_bo_sung")  # fmt: skip
def mt04(document: Document, context: Context) -> Iterator[Finding]:
    """The competent body that differs: another body before the same verb on the same matter.

    Tìm: cùng một việc (quyết định, bổ nhiệm, thành lập, ký, kiêm nhiệm…) nhưng văn bản này giao cho cơ quan, người
    khác với văn bản cấp trên, kể cả khi cơ quan chỉ có ở tên điều; việc văn bản cấp trên để cho cơ quan khác quy
    định (mức thu, chế độ chi, điều kiện…) mà văn bản này tự quy định.
    Căn cứ: Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP; Điều 6, Điều 7, Điều 44 nếu đã có từ trước ngày ký
    Đối chiếu: Số: 99/2023/NĐ-CP; Điều 4. Chủ tịch Ủy ban nhân dân cấp xã quyết định thành lập Tổ quản lý đường thôn.
    Ký ngày: 15/3/2024
    Có phát hiện: Trưởng thôn quyết định thành lập Tổ quản lý đường thôn.
    Không phát hiện: Chủ tịch Ủy ban nhân dân xã quyết định thành lập Tổ quản lý đường thôn.
    Kiến nghị: sửa đổi, bổ sung; tự kiểm tra, xử lý nếu văn bản cấp trên có trước ngày ký.
    """
    grounds = higher(document, context)
    if grounds is None:
        return
    told = [
        *moved_deeds(document, context), *kept_matters(document, context), *other_payers(document, context),
        *passed_on(document, context),
    ]  # fmt: skip
    yield from told
    for sentence in _own(document):
        acts = deeds(sentence.text)
        if not acts or any(f.places[0].start < sentence.end and sentence.start < f.places[0].end for f in told):
            continue
        candidates = [c for c in grounds.candidates(sentence, 6) if same_part(sentence.text, c.sentence.text)]
        found = _other_actor(acts, candidates)
        if found and may_be_ground(found[0].sentence.document, document, context):
            candidate, own_deed, theirs = found
            more = margin(candidate.sentence.document, document, grounds)
            if candidate.score < NEAR + more:
                continue
            what = f"về việc “{own_deed.verb}”: ở đây là {own_deed.actor}, văn bản cấp trên là {theirs.actor}"
            sure = _sure(candidate, more, 0.2)
            if many(grounds) and sure == "goi_y":
                continue
            yield _finding("MT04", document, sentence, candidate, what, sure)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what: the acting body, the verb, the words of the object."""

    actor: str
    verb: str
    object: frozenset[str]


_ACTOR = (
    r"(?:thường trực )?hội đồng nhân dân(?: cấp \w{1,4}| xã| phường| tỉnh)?|(?:chủ tịch |phó chủ tịch )?ủy ban nhân dân"
    r"(?: cấp \w{1,4}| xã| phường| tỉnh)?|ủy ban mặt trận tổ quốc(?: việt nam)?(?: cấp \w{1,4}| các cấp| xã| phường)?"
    r"|bộ trưởng bộ [^\W\d_]{1,8}(?: [^\W\d_]{1,8}){0,3}|thủ tướng chính phủ|chính phủ|sở [^\W\d_]{1,8}(?: "
    r"[^\W\d_]{1,8}){0,2}"
    r"|trưởng phòng(?: [^\W\d_]{1,8}(?: - | )[^\W\d_]{1,8}(?: [^\W\d_]{1,8}){0,2})?|tổ trưởng tổ dân phố"
    r"|trưởng (?:ban nhân dân )?(?:thôn|ấp|bản|buôn|khóm|làng|xóm|khu phố)"
    r"|công chức(?: [^\W\d_]{1,8}){1,2}(?: - [^\W\d_]{1,8}(?: [^\W\d_]{1,8})?)?|bí thư(?: chi bộ| đảng ủy)?(?: "
    r"\w{1,6})?"
    r"|chủ tịch hội đồng nhân dân(?: \w{1,6})?|trưởng ban công tác mặt trận|ban công tác mặt trận|người đứng đầu"
    r"|thường trực đảng ủy|chủ tịch"
)
_VERB = (
    r"quyết định|bổ nhiệm|thành lập|ký|kiêm nhiệm|phê duyệt|công nhận|ban hành|chấp thuận|làm tổ trưởng|chủ trì|xác "
    r"nhận|chủ tọa|triệu tập"
)
_ACTIVE = re.compile(
    rf"(?P<actor>{_ACTOR})(?:,? (?:xem xét|tổ chức|ký|ban hành|có trách nhiệm|chịu trách nhiệm"
    rf"|có thẩm quyền|có quyền|,)){{0,2}} "
    rf"(?P<verb>{_VERB})(?P<object>[^.;\n]{{3,160}})"
)
_PASSIVE = re.compile(rf"(?P<object>[^.;\n:]{{3,120}}?) do (?P<actor>{_ACTOR}) (?P<verb>{_VERB})")


def deeds(text: str) -> list[Deed]:
    """Acting bodies with verb and object in a sentence, active or passive ("do … bổ nhiệm")."""
    key = re.sub(r"\s+", " ", tone_key(text))
    found = [
        Deed(" ".join(m["actor"].split()), m["verb"], grams(m["object"]))
        for pattern in (_ACTIVE, _PASSIVE) for m in pattern.finditer(key)
    ]  # fmt: skip
    return [deed for deed in found if deed.object]


def _other_actor(acts: list[Deed], candidates: list[Candidate]) -> tuple[Candidate, Deed, Deed] | None:
    """The higher clause that gives the same deed to another body, None where one gives it to the same."""
    best: tuple[float, Candidate, Deed, Deed] | None = None
    for candidate in candidates:
        if candidate.score < NEAR:
            continue
        for theirs in deeds(candidate.sentence.text):
            for own in acts:
                if own.verb != theirs.verb:
                    continue
                shared = len(own.object & theirs.object) / max(1, min(len(own.object), len(theirs.object)))
                if shared < 0.5:
                    continue
                if _same_actor(own.actor, theirs.actor):
                    return None
                value = candidate.score + shared
                if best is None or value > best[0]:
                    best = (value, candidate, own, theirs)
    return best[1:] if best else None


def _same_actor(a: str, b: str) -> bool:
    """Whether two actors may be one: equal but for the level's name, or one is said with less."""
    def bare(words: str) -> str:
        return re.sub(r" (?:cap xa|cap tinh|cac cap|xa|phuong|viet nam)$", "", fold_words(words))

    one, two = bare(a), bare(b)
    return one == two or ((one in two or two in one) and one.split()[0] == two.split()[0])


# --- shared ----------------------------------------------------------------------------------------

_LABEL = re.compile(
    r"^[\W\d]{0,8}(?:thủ tục |(?:đối với )?trường hợp (?:(?! thì | phải | được |, ).){0,300}$)", re.DOTALL
)
"""The name of a procedure, and a case that is only named: they allow, forbid and order nothing."""
LEAST_BELOW = 12
"""Letters below an article's first line from which on that line is its heading and not all that it says."""
_SKIP = re.compile(r"có hiệu lực|hết hiệu lực|chịu trách nhiệm thi hành|thay thế|bãi bỏ")


def _own(document: Document) -> Iterator[Sentence]:
    for sentence in sentences(document):
        if len(sentence.grams) < 5 or len(sentence.text.split()) < 7 or _SKIP.search(tone_key(sentence.text)):
            continue
        if foreign(document, sentence.start) or _LABEL.match(tone_key(sentence.text)) or _only_heads(sentence):
            continue
        yield sentence


def _only_heads(sentence: Sentence) -> bool:
    """Whether a sentence is the heading of an article with text below: it names the matter and orders nothing."""
    unit = sentence.provision
    if unit is None or unit.kind != "dieu" or not unit.heading:
        return False
    return sentence.text.strip(" .") in unit.heading and unit.end - sentence.end > LEAST_BELOW


def _finding(
    code: str, document: Document, sentence: Sentence, candidate: Candidate, what: str, certainty: Certainty
) -> Finding:
    clause = candidate.sentence
    theirs = clause.document.masthead
    assert theirs is not None
    assert theirs.symbol is not None
    day = signed(document)
    check = bool(day and theirs.date and (theirs.effective or theirs.date) <= day)
    unit = clause.provision.id if clause.provision else None
    sign = "có dấu hiệu không phù hợp tại thời điểm ban hành" if check else "không còn phù hợp"
    their_words = " ".join(clause.text.split())
    return finding(
        (code, "cao" if code == "MT02" else "trung_binh", CHECK if check else REVIEW), document,
        [place(document, sentence.start, sentence.end)],
        f"Câu này khác với {spoken_unit(unit) + ' ' if unit else ''}{symbols.spoken(theirs.symbol, theirs.kind)} "
        f"{what}. Văn bản "
        f"cấp trên ghi: “{shorten(their_words, 220, placeholder='…')}”. Nếu là cùng một việc thì quy định này {sign}.",
        certainty=certainty, proposal="tu_kiem_tra" if check else "sua_doi_bo_sung", target=(theirs.symbol, unit),
        evidence=[Evidence(theirs.symbol, unit, clause.text[:500], "conflict", theirs.effective or theirs.date,
                           clause.document.path)],
    )  # fmt: skip
