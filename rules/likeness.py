"""Which sentences of higher documents speak of the matter of a local sentence: shared words, weighted by their rarity.

Each document weighs words by itself: a word that every sentence of it has tells nothing there. So the likeness of two
sentences rests on their two documents alone, and a change of a third one changes nothing (docs/decisions/0012). It
finds candidates; whether two clauses say different things is the rule's question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np

from corpus.model import Document
from corpus.text import tone_key
from rules.align import EMPTY, TOKEN, Sentence, each_sentence, sentences
from rules.kept import kept_by_document

Numbers = np.ndarray[Any, Any]

MOST = 30
"""Candidates that are kept for a sentence."""
_CELLS = 2_000_000
"""Pairs of sentences that are compared at once."""
_HEADING = 0.5
"""What a word of the headings above a local sentence weighs beside one of its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may speak of the same matter.

    `score` 0–1: weighted share of the local words that it (or its headings) has; `back`: of its words that the local
    sentence (or its headings) has.
    """

    sentence: Sentence
    score: float
    back: float


@lru_cache(maxsize=50_000)
def _number(syllable: str) -> int:
    """The same number in every process, so that sums are made in one order."""
    return crc32(syllable.encode())


def numbered(text: str) -> frozenset[int]:
    """`rules.align.grams` of a text as 64-bit numbers: the lower half alone for a syllable, both for a pair."""
    words = TOKEN.findall(tone_key(text))
    found = {_number(word) for word in words if word not in EMPTY and len(word) > 1}
    found |= {
        _number(a) << 32 | _number(b) for a, b in pairwise(words) if not (a in EMPTY and b in EMPTY)
    }  # fmt: skip
    return frozenset(found)


def _of_gram(gram: str) -> int:
    first, _, second = gram.partition(" ")
    return _number(first) << 32 | _number(second) if second else _number(first)


_heading_numbers = lru_cache(maxsize=2_000)(numbered)


class Lists:
    """Which sentences have a word: `of[at[k] : at[k + 1]]` for the word at place k."""

    __slots__ = ("at", "of")

    def __init__(self, rows: Sequence[frozenset[int]], words: Numbers) -> None:
        entries = np.fromiter((word for row in rows for word in row), np.uint64)
        sentence = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in rows])
        place = np.searchsorted(words, entries)
        order = np.lexsort((sentence, place))
        self.of: Numbers = sentence[order]
        self.at: Numbers = np.searchsorted(place[order], np.arange(len(words) + 1)).astype(np.int32)


class Index:
    """The sentences of one document by their words. `wide`: with those of their headings."""

    def __init__(self, document: Document) -> None:
        self.document = document
        made: list[tuple[int, int, str, str]] = []
        own: list[frozenset[int]] = []
        wide: list[frozenset[int]] = []
        for sentence in each_sentence(document):
            made.append((sentence.start, sentence.end, sentence.headings, sentence.before))
            own.append(numbered(sentence.before + sentence.text))
            wide.append(own[-1] | _heading_numbers(sentence.headings))
        self._made = made
        self._asked: dict[int, Sentence] = {}
        self.words: Numbers = np.unique(np.fromiter((word for row in wide for word in row), np.uint64))
        self.own, self.wide = Lists(own, self.words), Lists(wide, self.words)
        total = max(1, len(made))
        often = np.diff(self.wide.at)
        self.weights: Numbers = np.log1p(total / np.maximum(often, 1))
        self.unseen = float(np.log1p(total))
        self.whole: Numbers = np.bincount(
            self.own.of, np.repeat(self.weights, np.diff(self.own.at)), minlength=len(made)
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._made)

    def sentence(self, i: int) -> Sentence:
        """The i-th sentence, the same object as long as it is asked for now and then."""
        found = self._asked.get(i)
        if found is None:
            if len(self._asked) > 300:
                self._asked.clear()
            start, end, headings, before = self._made[i]
            unit = self.document.provision_at(start)
            found = self._asked[i] = Sentence(self.document, unit, start, end, headings, before)
        return found

    def weight(self, found: frozenset[str]) -> float:
        """What words weigh in this document; those that it lacks weigh most."""
        return float(self.weighed(np.fromiter(map(_of_gram, sorted(found)), np.uint64)).sum())

    def weighed(self, words: Numbers) -> Numbers:
        """The weight of each word."""
        place, there = self.places(words)
        weights = np.full(len(words), self.unseen)
        weights[there] = self.weights[place[there]]
        return weights

    def places(self, words: Numbers) -> tuple[Numbers, Numbers]:
        """Where each word stands in `self.words`, and whether it does."""
        if not len(self.words):
            return np.zeros(len(words), np.int64), np.zeros(len(words), bool)
        place = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
        return place, self.words[place] == words


@kept_by_document(letters=40_000_000)
def index_of(document: Document) -> Index:
    """The sentences of a document by their words: some five bytes a letter."""
    return Index(document)


class Grounds:
    """The sentences of some documents, as the candidates for those of `local`. `among`: how many there were to choose.

    Worked out document by document, when a sentence is first asked for.
    """

    def __init__(self, local: Document, documents: Sequence[Document], among: int = 0) -> None:
        self.local = local
        self.documents = tuple(documents)
        self.among = max(len(documents), among)
        self._rows: dict[tuple[int, int], int] = {}
        self._met: list[_Met] | None = None
        self._asked: dict[int, list[Candidate]] = {}

    def weight(self, found: frozenset[str], of: Document) -> float:
        """What words weigh in one of the documents."""
        return index_of(of).weight(found)

    def candidates(self, sentence: Sentence, limit: int) -> list[Candidate]:
        """Sentences (`MOST` at most) with most of the words of a sentence of `local`, best first."""
        assert sentence.document is self.local
        if self._met is None:
            asked = sentences(self.local)
            self._rows = {(one.start, one.end): i for i, one in enumerate(asked)}
            self._met = _compared(asked, [document for document in self.documents if document is not self.local])
        row = self._rows[sentence.start, sentence.end]
        if row not in self._asked:
            self._asked[row] = self._best(row, self._met)
        return self._asked[row][:limit]

    def _best(self, row: int, met: Sequence[_Met]) -> list[Candidate]:
        """The best of what the documents have for one sentence; where two are alike, in the order of the documents."""
        found = [(one, k) for one in met for k in range(one.which.shape[1])]
        rank = np.concatenate([one.rank[row] for one in met]) if met else np.zeros(0)
        order = np.argsort(-rank, kind="stable")[:MOST]
        best = []
        for at in order.tolist():
            one, k = found[at]
            if rank[at] > 0:
                sentence = one.index.sentence(int(one.which[row, k]))
                best.append(Candidate(sentence, float(one.score[row, k]), float(one.back[row, k])))
        return best


@dataclass(frozen=True, slots=True)
class _Met:
    """For each local sentence (rows) the nearest sentences of one document: which, rank (0: no word shared), shares."""

    index: Index
    which: Numbers
    rank: Numbers
    score: Numbers
    back: Numbers


def _compared(asked: Sequence[Sentence], documents: Sequence[Document]) -> list[_Met]:
    rows = [_Row(sentence) for sentence in asked]
    found: list[_Met] = []
    for index in map(index_of, documents):
        if len(index) and rows:
            step = max(1, _CELLS // len(index))
            parts = [_meet(rows[first : first + step], index) for first in range(0, len(rows), step)]
            found.append(_Met(index, *map(np.concatenate, zip(*parts, strict=True))))
    return found


class _Row:
    """The words of a local sentence: its own, those that only its headings have."""

    __slots__ = ("above", "own")

    def __init__(self, sentence: Sentence) -> None:
        own = numbered(sentence.before + sentence.text)
        self.own: Numbers = np.fromiter(sorted(own), np.uint64)
        self.above: Numbers = np.fromiter(sorted(_heading_numbers(sentence.headings) - own), np.uint64)


def _meet(rows: Sequence[_Row], index: Index) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """`which`, `rank`, `score` and `back` of `_Met` for some local sentences."""
    shape = (len(rows), len(index))
    own, own_row = _flat([row.own for row in rows])
    above, above_row = _flat([row.above for row in rows])
    has = _shared(own, own_row, index, index.wide, shape)
    headings = _HEADING * _shared(above, above_row, index, index.wide, shape)
    back = _shared(own, own_row, index, index.own, shape) + _shared(above, above_row, index, index.own, shape)
    whole = np.bincount(own_row, index.weighed(own), minlength=len(rows))[:, None] + headings
    score = np.divide(has + headings, whole, out=np.zeros(shape), where=whole > 0)
    back = np.divide(back, index.whole[None, :], out=np.zeros(shape), where=index.whole[None, :] > 0)
    rank = np.where(has > 0, score + 0.5 * back, 0.0)
    which = np.sort(np.argpartition(-rank, MOST, axis=1)[:, :MOST]) if shape[1] > MOST else np.tile(
        np.arange(shape[1]), (shape[0], 1))  # fmt: skip
    nearest = [np.take_along_axis(values, which, 1) for values in (rank, score, back)]
    return which, nearest[0], nearest[1], nearest[2]


def _flat(rows: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Words of all rows behind each other, and the row of each."""
    return np.concatenate(rows), np.repeat(np.arange(len(rows)), [len(row) for row in rows])


def _shared(words: Numbers, rows: Numbers, index: Index, lists: Lists, shape: tuple[int, int]) -> Numbers:
    """For each pair of sentences the weight of the words that both have."""
    place, there = index.places(words)
    place, rows = place[there], rows[there]
    begins, often = lists.at[place], np.diff(lists.at)[place]
    # The stretches of all words behind each other, as one list of places in `lists.of`.
    ends = np.cumsum(often)
    at = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - often, often) + np.repeat(begins, often)
    cells = np.repeat(rows, often) * shape[1] + lists.of[at]
    weights = np.repeat(index.weights[place], often)
    return np.bincount(cells, weights, minlength=shape[0] * shape[1]).reshape(shape)
