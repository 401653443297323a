"""Places of an instruction: the smaller unit first, one larger unit for all that stand before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.effects.places import read
from extractors.effects.targets import complete

PLACES = [
    ("điểm b khoản 1, khoản 2 Điều 14; Điều 15", ["art_14__cl_1__pt_b", "art_14__cl_2", "art_15"]),
    ("khoản 1 và khoản 2 Điều 3, khoản 3 Điều 8", ["art_3__cl_1", "art_3__cl_2", "art_8__cl_3"]),
    ("các điều 17, 30 và 47", ["art_17", "art_30", "art_47"]),
    ("các điểm a, b và đ khoản 2 Điều 5", ["art_5__cl_2__pt_a", "art_5__cl_2__pt_b", "art_5__cl_2__pt_đ"]),
    ("từ Điều 14 đến Điều 16", ["art_14", "art_15", "art_16"]),
    ("Điều 1; khoản 1, điểm b khoản 2 Điều 13", ["art_1", "art_13__cl_1", "art_13__cl_2__pt_b"]),
    ("điểm g1 khoản 2a Điều 51a", ["art_51a__cl_2a__pt_g1"]),
    ("điểm a(iv) khoản 1 Điều 64", ["art_64__cl_1__pt_a__item_iv"]),
    ("tên Chương VII và Điều 10", ["chp_VII", "art_10"]),
    ("Phụ lục số 34, 37", ["app_34", "app_37"]),
    ("Mẫu số 02 tại Phụ lục II", ["app_II__form_02"]),
    ("khoản 1 Mục I của Phụ lục ban hành kèm theo", ["app_1__sec_I__cl_1"]),
    ("số thứ tự 12, 13 Mục I Phụ lục II", ["app_II"]),
    # What is no unit: a list's name, a count, an ordinary word.
    ("danh mục 01 thủ tục", []),
    ("một phần 05 văn bản", []),
    ("điều kiện và khoản chi", []),
]


@pytest.mark.parametrize(("words", "paths"), PLACES)
def test_places(words: str, paths: list[str]) -> None:
    assert [place.path for place in read(words.lower())] == paths


def test_units_of_the_text_at_hand_are_marked() -> None:
    assert [(place.path, place.this) for place in read("khoản 2 điều này")] == [("cl_2", True)]


def test_an_open_path_is_closed_by_its_surroundings() -> None:
    assert complete("cl_3", ["art_41__cl_2"]) == "art_41__cl_3"
    assert complete("pt_b", ["cl_3__pt_b1", "art_109"]) == "art_109__cl_3__pt_b"
    assert complete("pt_b", ["art_5"]) == "art_5__pt_b"
    assert complete("cl_3", [None]) == "cl_3"


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 99)), min_size=1, max_size=6))
def test_any_list_of_clauses_is_read(pairs: list[tuple[int, int]]) -> None:
    words = "; ".join(f"khoản {clause} điều {article}" for clause, article in pairs)
    assert [place.path for place in read(words)] == [f"art_{article}__cl_{clause}" for clause, article in pairs]


@given(st.text(alphabet="điềukhoảnmụcphầlụ ,;và0123456789()ivx", max_size=200))
def test_any_text_is_read(noise: str) -> None:
    assert all(0 <= place.start <= place.end <= len(noise) for place in read(noise))
