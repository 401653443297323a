"""Sentences on one matter: shared words weighted by how rare they are in the higher document, and in no other."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Document, Line
from corpus.nothing import NothingKnown
from extractors import understand
from extractors.readers import Reading
from rules.align import Sentence, grams, sentences
from rules.kept import kept_by_document
from rules.likeness import MOST, Grounds, Index, numbered

ROAD = (
    "Điều 1. Đường thôn\n1. Hộ gia đình ở hai bên đường thôn có trách nhiệm dọn cỏ vào ngày cuối tuần.\n"
    "2. Trưởng thôn ghi sổ theo dõi việc dọn cỏ của từng hộ gia đình.\n"
    "Điều 2. Chợ\n1. Ban quản lý chợ thu tiền thuê điểm bán hàng vào ngày đầu tháng.\n"
    "2. Người bán hàng nộp tiền thuê điểm bán hàng cho Ban quản lý chợ."
)


def text(words: str, path: str = "a.txt") -> Document:
    lines = tuple(Line(line, starts_paragraph=True) for line in words.split("\n"))
    return understand(path, Reading(lines), NothingKnown())


def test_the_sentence_on_the_same_matter_comes_first() -> None:
    own = text(
        "Điều 1. Hộ gia đình dọn cỏ hai bên đường thôn mỗi tháng một lần.\n"
        "Điều 2. Tiền thuê điểm bán hàng ở chợ nộp hằng quý."
    )
    higher = text(ROAD, "b.txt")
    grounds = Grounds(own, [higher])
    first = {one.text[:6]: grounds.candidates(one, 1)[0].sentence.text for one in sentences(own)}
    assert "dọn cỏ vào ngày cuối tuần" in first["Hộ gia"]
    assert "thuê điểm bán hàng" in first["Tiền t"]


def test_a_third_document_changes_no_likeness() -> None:
    own, higher = text("Điều 1. Hộ gia đình dọn cỏ hai bên đường thôn mỗi tháng một lần."), text(ROAD, "b.txt")
    third = text("\n".join(f"Điều {n}. Hộ gia đình dọn cỏ đường thôn lần thứ {n}." for n in range(1, 40)), "c.txt")
    (sentence,) = sentences(own)

    def said(grounds: Grounds) -> list[tuple[str, float, float]]:
        found = grounds.candidates(sentence, MOST)
        return [(c.sentence.text, c.score, c.back) for c in found if c.sentence.document is higher]

    alone = said(Grounds(own, [higher]))
    assert alone
    assert said(Grounds(own, [third, higher])) == alone[: len(said(Grounds(own, [third, higher])))]
    assert Grounds(own, [higher]).weight(frozenset(["dọn cỏ"]), higher) == pytest.approx(
        Grounds(own, [third, higher]).weight(frozenset(["dọn cỏ"]), higher)
    )


def test_a_document_is_no_candidate_for_itself() -> None:
    own = text(ROAD)
    assert all(not Grounds(own, [own]).candidates(one, MOST) for one in sentences(own))


def test_words_are_numbered_as_they_are_told() -> None:
    words = "Hộ gia đình phải dọn cỏ, dọn rác ở hai bên đường thôn."
    assert len(numbered(words)) == len(grams(words))


WORDS = ("dọn", "cỏ", "đường", "thôn", "chợ", "thu", "tiền", "hàng", "bán", "hộ", "gia", "đình", "nước", "rác")
CLAUSES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(" ".join), min_size=1, max_size=8
).map(lambda lines: "\n".join(f"Điều {n}. {line.capitalize()}." for n, line in enumerate(lines, 1)))


@settings(max_examples=60, deadline=None)
@given(CLAUSES, CLAUSES)
def test_shares_are_those_of_the_definition(own_words: str, higher_words: str) -> None:
    """Against the definition, sentence by sentence, with sets of words."""
    own, higher = text(own_words), text(higher_words, "b.txt")
    theirs = sentences(higher)
    often = Counter(gram for one in theirs for gram in one.grams | one.heading_grams)

    def weight(found: frozenset[str]) -> float:
        return sum(math.log1p(len(theirs) / often[gram] if gram in often else len(theirs)) for gram in found)

    def shares(one: Sentence, other: Sentence) -> tuple[float, float]:
        wide = other.grams | other.heading_grams
        above = 0.5 * weight((one.heading_grams - one.grams) & wide)
        whole = weight(one.grams) + above
        back = weight(other.grams & (one.grams | one.heading_grams)) / (weight(other.grams) or 1)
        return (weight(one.grams & wide) + above) / (whole or 1), back

    grounds = Grounds(own, [higher])
    for one in sentences(own):
        expected = sorted(
            (shares(one, other) for other in theirs if one.grams & (other.grams | other.heading_grams)),
            key=lambda pair: -(pair[0] + 0.5 * pair[1]),
        )  # fmt: skip
        found = [(c.score, c.back) for c in grounds.candidates(one, MOST)]
        assert len(found) == len(expected)
        assert [s + 0.5 * b for s, b in found] == pytest.approx([s + 0.5 * b for s, b in expected])


def test_large_documents_are_compared_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    own, higher = text(ROAD), text(ROAD.replace("cuối tuần", "đầu tháng"), "b.txt")
    whole = [[(c.sentence.start, c.score) for c in Grounds(own, [higher]).candidates(s, 5)] for s in sentences(own)]
    monkeypatch.setattr("rules.likeness._CELLS", 3)
    assert [
        [(c.sentence.start, c.score) for c in Grounds(own, [higher]).candidates(s, 5)] for s in sentences(own)
    ] == whole


def test_an_empty_document_has_no_candidates() -> None:
    own = text(ROAD)
    assert len(Index(Document("leer.txt", "ok", text=""))) == 0
    assert Grounds(own, [Document("leer.txt", "ok", text="")]).candidates(sentences(own)[0], 3) == []


def test_what_is_kept_is_bounded_by_letters_and_by_the_object() -> None:
    asked: list[str] = []

    @kept_by_document(letters=10)
    def length(document: Document) -> int:
        asked.append(document.path)
        return len(document.text)

    a, b, c = (Document(name, "ok", text=name * 4) for name in "abc")
    assert [length(one) for one in (a, b, a, b)] == [4, 4, 4, 4]
    assert asked == ["a", "b"]
    length(c)  # together 12 letters: the one asked longest ago goes
    length(b)
    length(a)
    assert asked == ["a", "b", "c", "a"]
    length(Document("a", "ok", text="aaaa"))
    assert asked[-1] == "a"
    assert len(asked) == 5
