"""Clauses that speak of one matter: the sentence of a higher document that a local sentence is to be compared with.

Blocking by shared words weighted by their rarity (words that every clause has count for nothing), then likeness of the
words around the number. It finds candidates; whether two clauses say different things is the rule's question.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.model import Document, Provision
from corpus.text import tone_key
from rules.quantities import Quantity, quantities, weekdays


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause: its place, the words of the clause's headings above it, its numbers (own offsets)."""

    document: Document
    provision: Provision | None
    start: int
    end: int
    headings: str
    numbers: tuple[Quantity, ...]
    days: frozenset[str]
    grams: frozenset[str]
    heading_grams: frozenset[str]

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ\d“\"(-])|\n+|;\s*")
_TOKEN = re.compile(r"[^\W\d_]+")
_SKIPPED = frozenset(
    ("bases", "title", "issuer", "motto", "recipients", "signature", "signer", "symbol", "date", "kind")
)
_EMPTY = frozenset(
    ("và", "hoặc", "của", "các", "những", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi",
     "trăm", "nghìn", "triệu", "được", "thì", "là", "có", "theo", "quy", "định", "tại", "này", "cho", "trong", "với",
     "do", "về", "từ", "để", "phải", "khoản", "điểm", "điều", "như", "sau", "khi", "ở", "đã", "sẽ", "bằng", "việc",
     "người", "trường", "hợp", "ngày", "tháng", "đồng", "giờ", "tuổi", "lần", "không", "quá", "nhất", "ít", "tối",
     "thiểu", "đa", "chậm", "trên", "dưới", "trở", "lên", "đủ", "thời", "hạn", "kể")
)  # fmt: skip


def grams(text: str) -> frozenset[str]:
    """Content syllables and pairs of neighbouring syllables of a text, by the tone key."""
    words = _TOKEN.findall(tone_key(text))
    single = {word for word in words if word not in _EMPTY and len(word) > 1}
    pairs = {f"{a} {b}" for a, b in pairwise(words) if not (a in _EMPTY and b in _EMPTY)}
    return frozenset(single | pairs)


_EVERYWHERE = (
    "hồ sơ nhận hợp lệ cơ quan thẩm quyền tổ chức cá nhân thực hiện giải quyết kết quả đơn vị ủy ban dân hội đồng "
    "cấp tỉnh xã huyện thành phố phường thị trấn quản lý nhà nước văn bản định hành thông tư nghị luật số "
    "quy trình thủ tục trách nhiệm vụ hạn đối tượng áp dụng phạm vi điều chỉnh nội dung công tác phối "
    "báo cáo tổng tham mưu hướng dẫn kiểm tra theo dõi liên địa phương bàn thuộc các này căn cứ phù tình "
    "hình yêu cầu đề bộ sở ngành tiếp trả lời tin trong năm ngày tháng người kể từ đủ làm việc chính "
    "pháp hiện bảo đảm cần nhằm vào ra lên xuống qua bằng riêng chung toàn mọi từng"
)
GENERIC = frozenset(_EVERYWHERE.split())
"""Syllables that clauses of every subject have: two clauses that share nothing else share no matter."""


_FRAME = re.compile(
    r"(?<!\w)(?:(?:trong )?thời hạn|thời gian|ngày làm việc|kể từ (?:ngày|khi)|(?:tiếp )?nhận (?:được |đủ )*hồ sơ"
    r"|nhận được|đầy đủ|hồ sơ|hợp lệ|theo quy định|quy định|có kết quả|kết quả|cơ quan|có thẩm quyền|thẩm quyền|tổ chức"
    r"|cá nhân|thực hiện|giải quyết|đơn vị|(?:chủ tịch |phó chủ tịch )?(?:ủy ban|hội đồng) nhân dân"
    r"|cấp (?:tỉnh|xã|huyện)|thành phố|phường|thị trấn|tỉnh|huyện|xã|thôn|quản lý|nhà nước|văn bản|quyết định|ban hành"
    r"|thông tư|nghị định|nghị quyết|luật|pháp luật|quy trình|trình tự|thủ tục(?: hành chính)?|trách nhiệm|nhiệm vụ"
    r"|quyền hạn|đối tượng|áp dụng|phạm vi|điều chỉnh|nội dung|công tác|phối hợp|báo cáo|tổng hợp|tham mưu|hướng dẫn"
    r"|kiểm tra|theo dõi|liên quan|địa phương|địa bàn|căn cứ|phù hợp|tình hình|yêu cầu|đề nghị|sở|ngành|tiếp nhận"
    r"|trả lời|xem xét|hiện hành|bảo đảm|đảm bảo|công chức|người dân|cán bộ|trực tiếp|nộp|gửi|bưu chính|trực tuyến"
    r"|sau đây|như sau|trung tâm|phục vụ|hành chính|công ích|mẫu|đơn)(?!\w)"
)
"""Words that clauses of every subject have, the stock words of a time limit among them."""


@lru_cache(maxsize=20_000)
def specific(text: str) -> frozenset[str]:
    """Syllables of a clause that name its subject: what is left without the words that clauses of every subject have.

    >>> sorted(specific("Thời hạn công nhận hương ước: 10 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ."))
    ['công', 'hương', 'nhận', 'ước']
    """
    return frozenset(g for g in grams(_FRAME.sub(" . ", " ".join(tone_key(text).split()))) if " " not in g)


def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of a document's body, with their numbers. Quotations count (an amending act's new text).

    The last few documents' sentences are kept: several rules ask for those of the document in hand.
    """
    kept = _KEPT.get(id(document))
    if kept is not None and kept[0] is document:
        return kept[1]
    made = tuple(_sentences(document))
    if len(_KEPT) >= KEPT_DOCUMENTS:
        _KEPT.clear()
    _KEPT[id(document)] = (document, made)
    return made


KEPT_DOCUMENTS = 8
_KEPT: dict[int, tuple[Document, tuple[Sentence, ...]]] = {}


def _sentences(document: Document) -> Iterator[Sentence]:
    head = document.masthead
    skipped = [span for name, span in (head.spans if head else {}).items() if name in _SKIPPED]
    units: dict[str, list[Provision]] = defaultdict(list)
    for unit in document.provisions:
        units[unit.id].append(unit)
    for start, end in _split(document.text):
        words = document.text[start:end]
        if len(words) < 12 or any(a <= start < b for a, b in skipped):
            continue
        here = document.provision_at(start)
        headings = _headings(document, here, start, units)
        yield Sentence(
            document, here, start, end, headings, tuple(quantities(words)), weekdays(words),
            grams(_before(document, here, start, end) + words), grams(headings),
        )  # fmt: skip


def _split(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
        yield at, len(text)


SHORT = 80
"""A sentence of fewer characters leans on what stands before it in its line ("Kết hôn: …; cần xác minh thì …")."""


def _before(document: Document, unit: Provision | None, start: int, end: int) -> str:
    """For a short sentence inside a line: the beginning of that line."""
    line = document.text.rfind("\n", 0, start) + 1
    if unit is None or end - start >= SHORT or line >= start:
        return ""
    return document.text[line : min(start, line + 120)] + " "


def _headings(
    document: Document, unit: Provision | None, start: int, units: Mapping[str, Sequence[Provision]]
) -> str:
    """Opening lines of the units around: what the clause is about when its own words do not say it."""
    if unit is None:
        return ""
    lines: list[str] = []
    parts = unit.id.split("__")
    for i in range(len(parts)):
        for other in units.get("__".join(parts[: i + 1]), ()):
            if other.start <= start < other.end and other.start < start - 1:
                line_end = document.text.find("\n", other.start)
                line = document.text[other.start : line_end if line_end > 0 else other.end]
                if not line.startswith(document.text[start : start + 30]):
                    lines.append(line[:250])
    return " ".join(lines)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may speak of the same matter. `score` 0–1: weighted share of the local words that it has."""

    sentence: Sentence
    score: float
    back: float


class Grounds:
    """Sentences of some documents, indexed by their words."""

    def __init__(self, documents: Sequence[Document], among: int = 0) -> None:
        """`among`: how many documents they were chosen from, where that is known."""
        self.documents = max(len(documents), among)
        self.sentences = [sentence for document in documents for sentence in _sentences(document)]
        frequency: Counter[str] = Counter()
        for sentence in self.sentences:
            frequency.update(sentence.grams | sentence.heading_grams)
        total = max(1, len(self.sentences))
        self._weight = {gram: math.log(1 + total / count) for gram, count in frequency.items()}
        self._unseen = math.log(1 + total)
        self._by_gram: dict[str, list[int]] = defaultdict(list)
        most = max(40, min(total // 12, 400))
        for i, sentence in enumerate(self.sentences):
            for gram in sentence.grams:
                if frequency[gram] <= most:
                    self._by_gram[gram].append(i)
        self._own = [self.weight(sentence.grams) for sentence in self.sentences]
        self._asked: dict[int, tuple[Sentence, list[Candidate]]] = {}

    def weight(self, found: frozenset[str]) -> float:
        return sum(self._weight.get(gram, self._unseen) for gram in found)

    def candidates(self, local: Sentence, limit: int = 12) -> list[Candidate]:
        """Sentences with most of the local sentence's words, best first."""
        asked = self._asked.get(id(local))
        if asked is not None and asked[0] is local:
            return asked[1][:limit]
        hits: dict[int, float] = defaultdict(float)
        for gram in local.grams:
            weight = self._weight.get(gram, 0.0)
            for i in self._by_gram.get(gram, ()):
                hits[i] += weight
        nearest = heapq.nlargest(MOST_COMPARED, hits, key=lambda i: hits[i])
        best = [self._compare(local, i) for i in nearest if self.sentences[i].document is not local.document]
        best.sort(key=lambda c: -(c.score + 0.5 * c.back))
        if len(self._asked) > 20_000:
            self._asked.clear()
        self._asked[id(local)] = (local, best[:12])
        return best[:limit]

    def _compare(self, local: Sentence, i: int) -> Candidate:
        """How much of each sentence's words the other has; headings count where the sentence lacks the word."""
        other = self.sentences[i]
        wide_other, wide_local = other.grams | other.heading_grams, local.grams | local.heading_grams
        own, back = self.weight(local.grams), self._own[i]
        score = self.weight(local.grams & wide_other) / own if own else 0.0
        shared_heading = self.weight((local.heading_grams - local.grams) & wide_other)
        score = (score * own + 0.5 * shared_heading) / (own + 0.5 * shared_heading) if own else 0.0
        return Candidate(other, score, self.weight(other.grams & wide_local) / back if back else 0.0)


MOST_COMPARED = 40
"""Sentences with the most shared weight that are compared whole."""
LEAST_WORDS = 4
"""Content syllables that a sentence needs before its likeness to another says anything (a table cell has none)."""


def says_enough(sentence: Sentence) -> bool:
    """Whether a sentence has words enough of its own to be laid beside another."""
    own = sum(" " not in gram and gram != "làm" for gram in sentence.grams)
    return own >= 2 and own + sum(" " not in gram for gram in sentence.heading_grams - sentence.grams) >= LEAST_WORDS


def one_subject(one: Sentence, two: Sentence) -> bool:
    """Whether two sentences, with headings and the first one's title, share syllables of a subject of their own.

    The title of a published list of procedures tells the subject of none of them.
    """
    title = (one.document.masthead.title if one.document.masthead else None) or ""
    listed = bool(_PUBLISHED.search(tone_key(title)))
    above = "" if _LIST.search(tone_key(one.headings)) else one.headings
    own = specific(f"{above} {one.text} {'' if listed else title}")
    theirs = specific(f"{two.headings} {two.text}")
    return len(own & theirs) >= LEAST_SHARED


_PUBLISHED = re.compile(r"công bố[^.;\n]{0,60}thủ tục hành chính|quy trình nội bộ|phê duyệt[^.;\n]{0,40}quy trình")
_LIST = re.compile(r"danh mục (?:các )?thủ tục hành chính")
LEAST_SHARED = 2
"""Syllables of their own subject that two sentences must share before their likeness says anything."""


def around(sentence: Sentence, number: Quantity, reach: int = 70) -> frozenset[str]:
    """Words near a number, inside its sentence."""
    words = sentence.text
    return grams(words[max(0, number.start - reach) : number.start]) | grams(words[number.end : number.end + reach])
