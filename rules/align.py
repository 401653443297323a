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

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = len(documents)
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


def around(sentence: Sentence, number: Quantity, reach: int = 70) -> frozenset[str]:
    """Words near a number, inside its sentence."""
    words = sentence.text
    return grams(words[max(0, number.start - reach) : number.start]) | grams(words[number.end : number.end + reach])
