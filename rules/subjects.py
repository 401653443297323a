"""What a document is about, by the words of its title and those that it uses most, and which documents are nearest."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corpus import symbols
from corpus.model import Document
from corpus.text import tone_key
from rules.align import EMPTY, GENERIC, TOKEN
from rules.kept import kept_by_document

OF_TITLE = 3.0
"""What a word of the reviewed document's title weighs beside one of its text."""
MOST_USED = 60
"""Words of a document's text that tell its subject. Of 13 communes' papers among 80 other acts each, the act that a
paper goes against was among the eight nearest (or cited) for 5 papers more than by the words of headings."""
_NO_SUBJECT = GENERIC | EMPTY


@dataclass(frozen=True, slots=True)
class Subject:
    """Pairs of syllables that name what a document is about: of its title, and the most frequent of its text alone."""

    title: tuple[str, ...]
    text: tuple[str, ...]


@kept_by_document(letters=40_000_000)
def subject_of(document: Document) -> Subject:
    """The subject of a document."""
    title = _pairs((document.masthead.title if document.masthead else None) or "")
    used = _pairs(document.text).most_common(MOST_USED)
    return Subject(tuple(sorted(title)), tuple(sorted(pair for pair, count in used if count > 1 and pair not in title)))


def _pairs(words: str) -> Counter[str]:
    """Neighbouring syllables that both name a subject, by the tone key, with their numbers."""
    syllables = TOKEN.findall(tone_key(words))
    met = Counter(
        (a, b) for a, b in pairwise(syllables) if a not in _NO_SUBJECT and b not in _NO_SUBJECT and len(a) > 1 < len(b)
    )  # fmt: skip
    return Counter({f"{a} {b}": count for (a, b), count in met.items()})


class Subjects:
    """Documents by the words of their subjects and by symbol."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = sorted(documents, key=lambda document: document.path)
        called: dict[str, list[int]] = defaultdict(list)
        having: dict[str, list[int]] = defaultdict(list)
        for i, document in enumerate(self._documents):
            subject = subject_of(document)
            for pair in (*subject.title, *subject.text):
                having[pair].append(i)
            if document.masthead and document.masthead.symbol:
                called[symbols.key(document.masthead.symbol)].append(i)
        self._called = called
        self._having = {pair: np.array(found, np.int32) for pair, found in having.items()}

    def near(
        self, cited: Sequence[str], title: Sequence[str], text: Sequence[str], few: int, most: int
    ) -> Sequence[Document]:
        """The documents cited (keys of symbols) and the `most` nearest others, by path; all where there are `few`."""
        total = len(self._documents)
        if total <= few:
            return self._documents
        chosen = {i for key in cited for i in self._called.get(key, ())}
        met = [(self._having[pair], OF_TITLE) for pair in title if pair in self._having]
        met += [(self._having[pair], 1.0) for pair in text if pair in self._having]
        if met:
            weights = [weight * math.log(total / len(found)) for found, weight in met]
            alike = np.bincount(
                np.concatenate([found for found, _ in met]), np.repeat(weights, [len(found) for found, _ in met]),
                minlength=total,
            )  # fmt: skip
            alike[sorted(chosen)] = 0.0
            chosen |= {i for i in np.argsort(-alike, kind="stable")[:most].tolist() if alike[i] > 0}
        return [self._documents[i] for i in sorted(chosen)]
