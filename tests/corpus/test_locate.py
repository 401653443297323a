"""An id of a citation finds the unit it means in the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.locate import covers, locate, path_of
from corpus.model import Document, Provision


def document(*ids: str) -> Document:
    return Document(
        "a.txt", "ok", provisions=tuple(Provision(id_, "dieu", None, None, i, i + 1) for i, id_ in enumerate(ids))
    )


@pytest.mark.parametrize(
    ("cited", "tree", "found"),
    [
        ("art_5__cl_2", ("art_5", "art_5__cl_2"), "art_5__cl_2"),
        ("part_II__cl_5", ("out_II", "out_II__5"), "out_II__5"),
        ("out_II__5", ("part_II", "part_II__cl_5"), "part_II__cl_5"),
        ("att_1__part_II__cl_5", ("art_1", "att_1", "att_1__out_II", "att_1__out_II__5"), "att_1__out_II__5"),
        ("out_II__2__2.1", ("out_II__2", "out_II__2__2.1"), "out_II__2__2.1"),
        ("part_II__cl_2.1", ("out_II__2", "out_II__2__2.1"), "out_II__2__2.1"),
        ("out_1__1.2", ("out_1", "out_1__1.2"), "out_1__1.2"),
        ("cl_1.2", ("out_1", "out_1__1.2"), "out_1__1.2"),
        ("out_I__1__a", ("out_I", "out_I__1", "out_I__1__a"), "out_I__1__a"),
        ("part_I__cl_1__pt_a", ("out_I", "out_I__1", "out_I__1__a"), "out_I__1__a"),
        # a decision that only issues its attached text, and the other way round
        ("art_12", ("art_1", "art_2", "art_3", "att_1", "att_1__art_12"), "att_1__art_12"),
        ("att_1__art_3", ("art_1", "art_3"), "art_3"),
        ("art_2", ("art_1", "art_2", "att_1", "att_1__art_2"), "art_2"),
        # annexes
        ("app_V", ("art_1", "app_5"), "app_5"),
        ("att_2", ("art_1", "app_II"), "app_II"),
        ("app_II", ("att_1", "att_1__app_II"), "att_1__app_II"),
        ("att_1", ("art_1", "app_1"), "app_1"),
        # chapters are no part of an article's address
        ("chp_II__art_5", ("chp_II", "art_5"), "art_5"),
        # inserted units
        ("art_51a__cl_2a", ("art_51", "art_51a", "art_51a__cl_2a"), "art_51a__cl_2a"),
        # what is not there
        ("art_9", ("art_1", "att_1", "att_1__art_1"), None),
        ("art_1__cl_3", ("art_1", "art_1__cl_1"), None),
        ("pt_a", ("art_1", "art_1__pt_a"), None),
        ("chp_5", ("art_5",), None),
    ],
)
def test_locate(cited, tree, found):
    unit = locate(cited, document(*tree))
    assert (unit.id if unit else None) == found


def test_the_first_of_units_with_one_number():
    first, second = Provision("art_1", "dieu", "1", None, 0, 5), Provision("art_1", "dieu", "1", None, 5, 9, nth=2)
    assert locate("art_1", Document("a", "ok", provisions=(first, second))) is first


def test_covering():
    assert covers("art_5", "art_5__cl_2")
    assert covers("art_5", "art_5")
    assert not covers("art_5__cl_2", "art_5")
    assert not covers("art_5", "art_50__cl_2")
    assert covers("part_II", "out_II__5")


STEPS = st.sampled_from(
    ["art_1", "cl_2", "cl_2a", "pt_đ", "part_IV", "out_II", "2", "2.1", "a", "-3", "app_V", "att_1", "para_1", ""]
)


@given(st.lists(STEPS, max_size=5).map("__".join))
def test_any_id_has_a_path_and_finds_itself(id_):
    path_of(id_)
    unit = locate(id_, document(id_))
    assert unit is None or unit.id == id_
    assert (unit is None) == (path_of(id_) == ())
