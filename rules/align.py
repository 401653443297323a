"""Clauses that speak of one matter: the sentence of a higher document that a local sentence is to be compared with.

Blocking by shared words weighted by their rarity (words that every clause has count for nothing), then likeness of the
words around the number. It finds candidates; whether two clauses say different things is the rule's question.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
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


def sentences(document: Document) -> Iterator[Sentence]:
    """All sentences of a document's body, with their numbers. Quotations count (an amending act's new text)."""
    head = document.masthead
    skipped = [span for name, span in (head.spans if head else {}).items() if name in _SKIPPED]
    for start, end in _split(document.text):
        words = document.text[start:end]
        if len(words) < 12 or any(a <= start < b for a, b in skipped):
            continue
        unit = document.provision_at(start)
        headings = _headings(document, unit, start)
        yield Sentence(
            document, unit, start, end, headings, tuple(quantities(words)), weekdays(words),
            grams(_before(document, unit, start, end) + words), grams(headings),
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


def _headings(document: Document, unit: Provision | None, start: int) -> str:
    """Opening lines of the units around: what the clause is about when its own words do not say it."""
    if unit is None:
        return ""
    lines: list[str] = []
    parts = unit.id.split("__")
    wanted = {"__".join(parts[: i + 1]) for i in range(len(parts))}
    for other in document.provisions:
        if other.id in wanted and other.start <= start < other.end:
            line_end = document.text.find("\n", other.start)
            line = document.text[other.start : line_end if line_end > 0 else other.end]
            if other.start < start - 1 and not line.startswith(document.text[start : start + 30]):
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
        self.sentences = [sentence for document in documents for sentence in sentences(document)]
        frequency: Counter[str] = Counter()
        for sentence in self.sentences:
            frequency.update(sentence.grams | sentence.heading_grams)
        total = max(1, len(self.sentences))
        self._weight = {gram: math.log(1 + total / count) for gram, count in frequency.items()}
        self._unseen = math.log(1 + total)
        self._by_gram: dict[str, list[int]] = defaultdict(list)
        for i, sentence in enumerate(self.sentences):
            for gram in sentence.grams:
                if frequency[gram] <= max(40, total // 12):
                    self._by_gram[gram].append(i)

    def weight(self, found: frozenset[str]) -> float:
        return sum(self._weight.get(gram, self._unseen) for gram in found)

    def candidates(self, local: Sentence, limit: int = 12) -> list[Candidate]:
        """Sentences with most of the local sentence's words, best first."""
        hits: Counter[int] = Counter()
        for gram in local.grams:
            for i in self._by_gram.get(gram, ()):
                hits[i] += 1
        best = [
            self.compare(local, self.sentences[i]) for i, _ in hits.most_common(60)
            if self.sentences[i].document is not local.document
        ]  # fmt: skip
        best.sort(key=lambda c: -(c.score + 0.5 * c.back))
        return best[:limit]

    def compare(self, local: Sentence, other: Sentence) -> Candidate:
        """How much of each sentence's words the other has; headings count where the sentence lacks the word."""
        wide_other, wide_local = other.grams | other.heading_grams, local.grams | local.heading_grams
        own, back = self.weight(local.grams), self.weight(other.grams)
        score = self.weight(local.grams & wide_other) / own if own else 0.0
        shared_heading = self.weight((local.heading_grams - local.grams) & wide_other)
        score = (score * own + 0.5 * shared_heading) / (own + 0.5 * shared_heading) if own else 0.0
        return Candidate(other, score, self.weight(other.grams & wide_local) / back if back else 0.0)


def around(sentence: Sentence, number: Quantity, reach: int = 70) -> frozenset[str]:
    """Words near a number, inside its sentence."""
    words = sentence.text
    return grams(words[max(0, number.start - reach) : number.start]) | grams(words[number.end : number.end + reach])


def nearest(starts: Sequence[int], offset: int) -> int:
    """Index of the last start at or before `offset`."""
    return max(0, bisect_right(starts, offset) - 1)
