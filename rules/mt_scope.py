"""MT03: conditions, papers, subjects or criteria added to a list of a higher text; a copy that differs.

Two lists meet by their leads ("Hồ sơ thửa đất đấu giá bao gồm:"); an item is foreign where the other list has few of
its words. A list that the higher text leaves open ("các trường hợp khác", "do Ủy ban nhân dân cấp tỉnh quy định") is
the local body's room.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from textwrap import shorten

from corpus import symbols
from corpus.model import Certainty, Document, Evidence, Finding, Provision
from rules.align import Sentence, grams, sentences
from rules.base import Context, finding, place, rule, signed, spoken_unit
from rules.conflicts.burdens import added_qualifications
from rules.conflicts.money import other_exemptions
from rules.grounds import higher, margin, may_be_ground
from rules.kept import kept_by_document
from rules.likeness import Grounds
from rules.norms import plain
from rules.own_text import foreign, layout
from rules.quantities import quantities

REVIEW = "Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP"
CHECK = "Điều 6, khoản 1 Điều 7, Điều 44 Nghị định số 79/2025/NĐ-CP"

SAME_LEAD, VERY_SAME_LEAD = 0.6, 0.85
"""Least weighted share of the shorter lead's words that the other has; from the second on no item need be shared."""
LEAST_LEAD, LONG_LEAD = 6, 14
"""Grams that two leads must share for that: "Thành phần hồ sơ" alone says nothing."""
FOREIGN, AT_HOME = 0.45, 0.6
"""An item with less than the first share of its words in the other list is foreign, from the second on it is there."""
_LISTED = re.compile(r"hồ sơ|điều kiện|tiêu chuẩn|đối tượng|giấy tờ|thành phần|trường hợp|yêu cầu|tiêu chí")
_NO_SUBJECT = re.compile(r"phạm vi điều chỉnh|đối tượng áp dụng|điều khoản|giải thích từ ngữ")
"""Leads that every act has: what stands below them is about the act itself."""
_ANNOUNCES = re.compile(r"(?:sau đây|sau|gồm|bao gồm)(?: \w{1,8}){0,2} ?: ?$")
_OPEN = re.compile(
    r"(?:các )?(?:trường hợp|đối tượng|giấy tờ|điều kiện|tài liệu) khác"
    r"|do (?:ủy ban|hội đồng) nhân dân [^.;]{0,30}quy định|quy định cụ thể|ít nhất|tối thiểu các"
)
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """A unit with its lead and its direct items (offsets and grams)."""

    document: Document
    unit: Provision
    kind: str
    lead: frozenset[str]
    items: tuple[tuple[int, int, frozenset[str]], ...]
    words: frozenset[str]
    open: bool


@rule("MT03", "Đối tượng, điều kiện, giấy tờ, phạm vi khác văn bản cấp trên", "trung_binh", REVIEW, "sua_doi_bo_sung")
def mt03(document: Document, context: Context) -> Iterator[Finding]:
    """A definition, subject, scope, condition or paper that differs.

    Tìm: danh sách điều kiện, hồ sơ, đối tượng, tiêu chuẩn có mục mà danh sách cùng việc của văn bản cấp trên không
    có; câu chép lại văn bản cấp trên nhưng thêm thời hạn, hoặc bớt một thành phần của câu liệt kê.
    Căn cứ: Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP; Điều 6, Điều 7, Điều 44 nếu đã có từ trước ngày ký
    Đối chiếu: Số: 99/2023/NĐ-CP; Điều 4. Hộ gia đình đăng ký tham gia làm đường thôn phải nộp phí bảo trì đường thôn,
    phí chiếu sáng đường thôn, phí vệ sinh đường thôn theo thỏa thuận của cuộc họp thôn.
    Ký ngày: 15/3/2024
    Có phát hiện: Hộ gia đình đăng ký tham gia làm đường thôn phải nộp phí bảo trì đường thôn, phí chiếu sáng đường thôn
    theo thỏa thuận của cuộc họp thôn trong thời hạn 05 ngày.
    Không phát hiện: Hộ gia đình đăng ký tham gia làm đường thôn phải nộp phí bảo trì đường thôn, phí chiếu sáng đường
    thôn, phí vệ sinh đường thôn theo thỏa thuận của cuộc họp thôn.
    Kiến nghị: sửa đổi, bổ sung; tự kiểm tra, xử lý nếu văn bản cấp trên có trước ngày ký.
    """
    grounds = higher(document, context)
    if grounds is None:
        return
    told: list[tuple[int, int]] = []
    everything = (
        *_longer_lists(document, context, grounds), *_changed_copies(document, context, grounds),
        *added_qualifications(document, context), *other_exemptions(document, context),
    )  # fmt: skip
    for found in everything:
        here = found.places[0]
        if not any(here.start < end and start < here.end for start, end in told):
            told.append((here.start, here.end))
            yield found


# --- lists ---------------------------------------------------------------------------------------


@kept_by_document(letters=4_000_000)
def _listings(document: Document) -> tuple[Listing, ...]:
    return tuple(listings(document))


def listings(document: Document) -> Iterator[Listing]:
    """Units whose lead speaks of papers, conditions, subjects … and that have items: two, or one that it announces."""
    below: dict[str, list[Provision]] = defaultdict(list)
    for unit in layout(document):
        parent, _, _ = unit.id.rpartition("__")
        if parent:
            below[parent].append(unit)
    for unit in layout(document):
        items = [(item.start, item.end) for item in below.get(unit.id, ()) if unit.start <= item.start < unit.end]
        items = items or _marked_lines(document, unit) or _in_one_sentence(document, unit)
        if not items or items[0][0] - unit.start > 700:
            continue
        lead = plain(document.text[unit.start : items[0][0]])
        if len(lead.split()) < SHORT_LEAD:
            lead = f"{_heading_above(document, unit)} {lead}"
        kind = _LISTED.search(lead)
        if kind is None or _NO_SUBJECT.search(lead) or (len(items) < 2 and not _ANNOUNCES.search(lead)):
            continue
        texts = [plain(document.text[start:end]) for start, end in items]
        made = tuple((start, end, grams(text)) for (start, end), text in zip(items, texts, strict=True))
        yield Listing(
            document, unit, kind[0], grams(lead), made, frozenset().union(*(words for *_, words in made), grams(lead)),
            bool(_OPEN.search(lead)) or bool(_OPEN.search(texts[-1])),
        )  # fmt: skip


SHORT_LEAD = 7
"""A lead of fewer words ("d) Hồ sơ gồm:") is read with the heading above it, which tells what the papers are for."""


def _heading_above(document: Document, unit: Provision) -> str:
    parent, _, _ = unit.id.rpartition("__")
    above = next((one for one in layout(document) if one.id == parent and one.start <= unit.start < one.end), None)
    if above is None:
        return ""
    end = document.text.find("\n", above.start, unit.start)
    return plain(document.text[above.start : end if end > 0 else unit.start])[:200]


_MARK = re.compile(r"\s{0,3}(?:[-–+*•]\s|[a-zđ]{1,2}[.)]\s)")


def _marked_lines(document: Document, unit: Provision) -> list[tuple[int, int]]:
    """Lines of a unit without units below that begin with the mark of an item."""
    return [
        (line.start, line.end) for line in document.lines
        if unit.start < line.start < unit.end and _MARK.match(document.text, line.start, line.end)
    ]  # fmt: skip


_INLINE = re.compile(r"(?:[Hh]ồ sơ|[Tt]hành phần|[Gg]iấy tờ)[^:;\n]{0,200}?(?:gồm|gồm có|bao gồm)(?: [^:;\n]{0,30})?:")


def _in_one_sentence(document: Document, unit: Provision) -> list[tuple[int, int]]:
    """Papers that one sentence lists between semicolons ("Hồ sơ gồm: đơn …; bản sao …; bản cam kết …")."""
    lead = _INLINE.search(document.text, unit.start, unit.end)
    if lead is None:
        return []
    end = next((at for at in (document.text.find("\n", lead.end(), unit.end),) if at > 0), unit.end)
    items: list[tuple[int, int]] = []
    start = lead.end()
    for piece in document.text[start:end].split(";"):
        items.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        start += len(piece) + 1
    return [item for item in items if item[1] > item[0]] if len(items) > 1 else []


def _longer_lists(document: Document, context: Context, grounds: Grounds) -> Iterator[Finding]:
    higher_lists = [found for other in grounds.documents for found in _listings(other)]
    for own in _listings(document):
        if foreign(document, own.unit.start) or len(own.items) < 2:
            continue
        best: tuple[float, Listing] | None = None
        for other in higher_lists:
            shared = own.lead & other.lead
            if other.kind != own.kind or len(shared) < LEAST_LEAD:
                continue
            least = min(grounds.weight(lead, other.document) for lead in (own.lead, other.lead))
            score = grounds.weight(shared, other.document) / (least or 1)
            if best is None or score > best[0]:
                best = (score, other)
        if best is None or best[0] < SAME_LEAD + margin(best[1].document, document, grounds) or best[1].open:
            continue
        other = best[1]
        very_same = best[0] >= VERY_SAME_LEAD and len(own.lead & other.lead) >= LONG_LEAD
        if not may_be_ground(other.document, document, context):
            continue
        shares = [(_share(words, other, grounds), a, b) for a, b, words in own.items if len(words) >= 5]
        strange = [(a, b) for share, a, b in shares if share < FOREIGN and not _cites(document, a, b)]
        if strange and (very_same or any(share >= AT_HOME for share, *_ in shares)):
            names = "; ".join(
                f"“{shorten(' '.join(document.text[a:b].split()), 90, placeholder='…')}”"
                for a, b in strange[:MOST_SHOWN]
            )  # fmt: skip
            yield _finding(
                document, strange[0], other.document, other.unit,
                f"Danh sách về {own.kind} ở đây có mục mà danh sách về cùng việc của {{where}} không có: {names}",
            )  # fmt: skip


def _share(words: frozenset[str], other: Listing, grounds: Grounds) -> float:
    weight = grounds.weight(words, other.document)
    return grounds.weight(words & other.words, other.document) / weight if weight else 1.0


def _cites(document: Document, start: int, end: int) -> bool:
    return any(start <= c.start < end and c.role == "body" for c in document.citations)


# --- copies --------------------------------------------------------------------------------------

COPY = 0.62
"""Least share of the longer sentence's words that stand in the same order in both."""
LEAST_WORDS = 14
LONG_COPY = 22
"""Words in common before an added time limit is laid at the copy's door and not at another clause of the same act."""
_WORD = re.compile(r"[\w/%]+|,")


def _changed_copies(document: Document, context: Context, grounds: Grounds) -> Iterator[Finding]:
    """Sentences that repeat a higher one and add a time limit, or leave out or add a member of an enumeration."""
    for sentence in sentences(document):
        if foreign(document, sentence.start):
            continue
        own = _WORD.findall(plain(sentence.text))
        if len(own) < LEAST_WORDS:
            continue
        for candidate in grounds.candidates(sentence, 3):
            if candidate.score < 0.5:
                continue
            other = candidate.sentence
            theirs = _WORD.findall(plain(other.text))
            words = difference(own, theirs) if len(theirs) <= 400 and len(own) <= 400 else None
            if words is None or not may_be_ground(other.document, document, context) or other.provision is None:
                continue
            if margin(other.document, document, grounds):
                continue
            yield _finding(
                document, (sentence.start, sentence.end), other.document, other.provision,
                f"Câu này gần như chép lại {{where}} nhưng {words}", other,
            )  # fmt: skip
            break


def difference(own: list[str], theirs: list[str]) -> str | None:
    """What a copied sentence adds or leaves out, in words; None where it is no copy or nothing that counts differs.

    >>> own = "phải nộp phí bảo trì , phí vệ sinh đường thôn theo thỏa thuận của cuộc họp"
    >>> difference(own.split(), own.replace(", phí vệ", ", phí chiếu sáng , phí vệ").split())
    'không có “phí chiếu sáng”'
    """
    matcher = SequenceMatcher(None, own, theirs, autojunk=False)
    steps = matcher.get_opcodes()
    same = sum(i2 - i1 for tag, i1, i2, _, _ in steps if tag == "equal")
    if same < COPY * min(len(own), len(theirs)) or same < LEAST_WORDS - 4:
        return None
    for tag, i1, i2, j1, j2 in steps:
        mine, yours = " ".join(own[i1:i2]), " ".join(theirs[j1:j2])
        if tag == "insert" and 2 <= len(yours.strip(" ,").split()) <= 6 and _member(theirs, j1, j2):
            return f"không có “{yours.strip(' ,')}”"
        if tag == "delete" and 2 <= len(mine.strip(" ,").split()) <= 6 and _member(own, i1, i2):
            return f"thêm “{mine.strip(' ,')}”"
        if i1 and mine and same >= LONG_COPY and _LIMIT.search(mine) and not quantities(" ".join(theirs)):
            return f"thêm “{shorten(mine, 120, placeholder='…')}”"
    return None


_LIMIT = re.compile(
    r"(?:tối đa|không quá|chậm nhất|trong (?:thời gian|thời hạn|vòng))[^.;]{0,20}\d{1,3}[^.;]{0,16}(?:ngày|tháng|năm)"
)


def _member(words: list[str], start: int, end: int) -> bool:
    """Whether words that only one sentence has are one member of an enumeration.

    A comma closes it on one side, and it begins with the word with which its neighbour begins ("bảo hiểm y tế, bảo hiểm
    xã hội"): else it is as well a lawful choice ("thôn, tổ dân phố").
    """
    piece = words[start:end]
    if piece.count(",") != 1 or "," not in (piece[0], piece[-1]) or set(piece) & _NO_MEMBER:
        return False
    if _VIRTUE.search(" ".join(piece)):
        return False
    head = next(word for word in piece if word != ",")
    before = words[max(0, start - 8) : start]
    last = max((i for i, word in enumerate(before) if word == ","), default=-1)
    after = words[end + (words[end : end + 1] == [","]) : end + 2]
    return head in (*before[last + 1 : last + 2], *after[:1])


_VIRTUE = re.compile(r"công (?:khai|bằng|tâm)|minh bạch|khách quan|kịp thời|chính xác|dân chủ|đúng ")
"""How a thing is to be done: one adjective more or less changes no rule."""
_NO_MEMBER = frozenset(
    ("khoản", "điểm", "điều", "sau", "đây", "là", "theo", "và", "hoặc", "được", "có", "của", "phố", "thôn",
     "bản", "ấp", "phường", "trấn", "huyện", "tỉnh")
)  # fmt: skip


def _finding(
    document: Document, span: tuple[int, int], other: Document, unit: Provision, words: str,
    clause: Sentence | None = None,
) -> Finding:  # fmt: skip
    theirs = other.masthead
    assert theirs is not None
    assert theirs.symbol is not None
    day = signed(document)
    check = bool(day and theirs.date and (theirs.effective or theirs.date) <= day)
    where = f"{spoken_unit(unit.id)} {symbols.spoken(theirs.symbol, theirs.kind)}"
    sign = "có dấu hiệu không phù hợp tại thời điểm ban hành" if check else "không còn phù hợp"
    quote = clause.text if clause else other.text[unit.start : unit.end]
    certainty: Certainty = "can_kiem_tra"
    return finding(
        ("MT03", "trung_binh", CHECK if check else REVIEW), document, [place(document, *span)],
        f"{words.replace('{where}', where)}. Nếu là cùng một việc thì quy định này {sign}.",
        certainty=certainty, proposal="tu_kiem_tra" if check else "sua_doi_bo_sung", target=(theirs.symbol, unit.id),
        evidence=[Evidence(theirs.symbol, unit.id, quote[:500], "conflict", theirs.effective or theirs.date,
                           other.path)],
    )  # fmt: skip

