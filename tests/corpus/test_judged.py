"""What a judgement rests on: what is touched is found without making the rest."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.store.judged import Answered, JudgedRow, packed

_KEYS = st.frozensets(st.sampled_from(("act:1", "does:1", "law:a", "documents", "grounds")), max_size=4)
_ASKED = st.lists(st.builds(
    Answered, st.tuples(st.just("state"), st.integers(0, 9), st.tuples(st.none(), st.text(max_size=3))),
    st.sampled_from(("ab", "cd")), _KEYS,
), max_size=8)  # fmt: skip


def row(asked: list[Answered]) -> JudgedRow:
    return JudgedRow("a.txt", "h", "r", "f", date.min, date.max, frozenset(), packed(asked))


@given(_ASKED, _KEYS)
def test_touched_are_those_with_one_of_the_entries_behind_them(asked: list[Answered], entries: frozenset[str]) -> None:
    found = list(row(asked).touched(entries))
    assert found == [(place, one) for place, one in enumerate(asked) if one.keys & entries]


@given(_ASKED)
def test_all_are_touched_where_anything_may_have_changed(asked: list[Answered]) -> None:
    assert list(row(asked).touched(None)) == list(enumerate(row(asked).asked())) == list(enumerate(asked))
