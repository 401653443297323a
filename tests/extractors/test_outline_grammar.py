"""Numbers of units: exhaustive over Roman numerals and the letters of points."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.outline.grammar import LETTERS, follows, marks, order, plain, roman, roman_value


def test_every_roman_numeral_is_read_back_and_follows_the_one_before() -> None:
    for value in range(1, 400):
        assert roman_value(roman(value)) == value
        assert follows(roman(value), roman(value - 1) if value > 1 else None)
        assert not follows(roman(value), roman(value))


@pytest.mark.parametrize("numeral", ["", "IIII", "VX", "IIX", "XIIX", "ABC", "ix", "IVI"])
def test_irregular_roman_numerals_are_none(numeral: str) -> None:
    assert roman_value(numeral) is None


def test_the_letters_of_points_follow_each_other_and_nothing_else() -> None:
    assert LETTERS == "abcdđeghiklmnopqrstuvxy"
    assert follows("a", None)
    assert not follows("b", None)
    for first, second in pairwise(LETTERS):
        assert follows(second, first), (first, second)
        assert not follows(first, second), (second, first)
    for i, first in enumerate(LETTERS):
        for j, second in enumerate(LETTERS):
            if j > i + 1 and (first, second) not in (("e", "h"), ("i", "l")):
                assert not follows(second, first), (first, second)


@pytest.mark.parametrize(("num", "last"), [("f", "e"), ("j", "i"), ("z", "y"), ("ư", "u"), ("w", "v")])
def test_letters_that_no_rule_knows_but_texts_use(num: str, last: str) -> None:
    assert follows(num, last)


@pytest.mark.parametrize(
    ("num", "last", "expected"),
    [
        ("2a", "2", True), ("2b", "2a", True), ("3", "2b", True), ("51a", "51", True), ("g1", "g", True), ("g2",
        "g1", True),
        ("h", "g2", True), ("2b", "2", False), ("3a", "2", False), ("12", "11a", True), ("5", "3", False), ("2",
        "2", False),
        ("01", None, True), ("nhất", None, True), ("hai", "nhất", True), ("B", "A", True),
    ],
)  # fmt: skip
def test_inserted_units_run_on(num: str, last: str | None, expected: bool) -> None:
    assert follows(num, last) is expected


def test_order_sorts_inserted_units_between_their_neighbours() -> None:
    for sequence in (["2", "2a", "2b", "3"], ["d", "đ", "đ1", "e", "g"], ["I", "II", "IV", "IX", "XII"]):
        places = [order(num) for num in sequence]
        assert None not in places
        assert places == sorted(places, key=lambda place: place or (0, 0))
    assert order("?") is None


def test_ids_have_no_leading_zeros() -> None:
    assert [plain(num) for num in ("07", "7", "0", "10", "05a", "II")] == ["7", "7", "0", "10", "5a", "II"]


@pytest.mark.parametrize(
    ("line", "kind", "num"),
    [
        ("Điều 5. Phạm vi", "art", "5"), ("ĐIỀU 5: Phạm vi", "art", "5"), ("Điều 51a. Bổ sung", "art", "51a"),
        ("Chương II", "chp", "II"), ("CHƯƠNG 3", "chp", "3"), ("Mục 1. CHUNG", "sec", "1"), ("Tiểu mục 2",
        "subsec", "2"),
        ("Phần thứ nhất", "part", "nhất"), ("1. Nội dung", "num", "1"), ("1.Nội dung", "num", "1"),
        ("2a. Nội dung", "num", "2a"),
        ("1 . Nội dung", "num", "1"), ("đ) Nội dung", "letter", "đ"), ("g1) Nội dung", "letter", "g1"),
        ("a. Nội dung", "letter", "a"),
        ("II. MỤC TIÊU", "roman", "II"), ("IV- TỔ CHỨC", "roman", "IV"), ("A. PHẦN CHUNG", "upper", "A"),
        ("1.1. Nội dung", "dec", "1.1"),
        ("2.1.3 Nội dung", "dec", "2.1.3"), ("- Nội dung", "dash", "-"), ("– Nội dung", "dash", "–"),
        ("Phụ lục II", "app", "Phụ lục"),
        ("Mẫu số 01", "form", "01"), ("Nơi nhận:", "tail", "Nơi nhận"), ("TM. ỦY BAN NHÂN DÂN", "tail",
        "TM. ỦY BAN NHÂN DÂN"),
        ("(Ban hành kèm theo Quyết định số 1/QĐ-UBND)", "with", "Ban hành kèm theo"),
    ],
)  # fmt: skip
def test_line_starts(line: str, kind: str, num: str) -> None:
    found = list(marks(line))
    assert [(mark.kind, mark.num) for mark in found] == [(kind, num)]
    assert found[0].start == 0
    assert found[0].end == len(line)


@pytest.mark.parametrize(
    "line",
    [
        "15/8/2024 là ngày họp", "2024 là năm cuối", "1,5 triệu đồng", "Điều 5, Điều 6 Nghị định này",
        "Phần lớn hộ dân",
        "Mục tiêu chung", "Chương trình số 5", "Điều kiện 1", "100% hồ sơ", "-----------",
        "Ban hành kèm theo Quyết định này Quy chế",
        "Mẫu đơn đề nghị", "Quyết định này", "IV",
    ],
)  # fmt: skip
def test_lines_that_only_look_like_a_unit(line: str) -> None:
    assert list(marks(line)) == []
