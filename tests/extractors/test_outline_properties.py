"""A random outline, written as text and read back, is the same tree; no text whatever breaks the reading."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Line, Masthead, Outline, Text, TextLine
from extractors.cleaning import clean
from extractors.outline import outline
from extractors.outline.grammar import LETTERS, roman

SENTENCE = st.sampled_from(
    ["Nội dung của quy định này.", "Ủy ban nhân dân xã chịu trách nhiệm.", "Hộ nghèo được hỗ trợ 1.500.000 đồng.",
     "Việc này làm theo khoản 2 Điều 3 và điểm a khoản 1 Điều 4.", "Thời hạn là 15 ngày, kể từ ngày 01/7/2025."]
)  # fmt: skip
SHAPE = st.lists(st.lists(st.integers(0, 4), max_size=4), min_size=1, max_size=8)


def read(lines: list[str]) -> Outline:
    return outline(clean([Line(line, starts_paragraph=True) for line in lines]), Masthead())


@settings(max_examples=120, deadline=None)
@given(shape=SHAPE, chapters=st.sets(st.integers(0, 7)), data=st.data())
def test_articles_clauses_and_points_are_read_back(shape: list[list[int]], chapters: set[int], data: Any) -> None:
    lines, expected = ["QUYẾT ĐỊNH", "Quản lý chợ"], []
    chapter = 0
    for i, clauses in enumerate(shape):
        if i in chapters:
            chapter += 1
            lines += [f"Chương {roman(chapter)}", "QUY ĐỊNH"]
            expected.append(f"chp_{roman(chapter)}")
        article = f"art_{i + 1}"
        lines.append(f"Điều {i + 1}. Tên điều")
        expected.append(article)
        if data.draw(st.booleans()):
            lines.append(data.draw(SENTENCE))
        for j, points in enumerate(clauses):
            lines.append(f"{j + 1}. {data.draw(SENTENCE)}")
            expected.append(f"{article}__cl_{j + 1}")
            for k in range(points):
                lines.append(f"{LETTERS[k]}) {data.draw(SENTENCE)}")
                expected.append(f"{article}__cl_{j + 1}__pt_{LETTERS[k]}")
    tree = read(lines)
    assert [unit.id for unit in tree.provisions] == expected
    assert_nested(tree)


@settings(max_examples=120, deadline=None)
@given(
    shape=st.lists(st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=4), min_size=1, max_size=6),
    data=st.data(),
)
def test_plans_are_read_back(shape: list[list[list[int]]], data: Any) -> None:
    lines, expected = ["KẾ HOẠCH", "Thực hiện nhiệm vụ"], []
    for i, numbers in enumerate(shape):
        top = f"out_{roman(i + 1)}"
        lines.append(f"{roman(i + 1)}. NHIỆM VỤ")
        expected.append(top)
        for j, decimals in enumerate(numbers):
            lines.append(f"{j + 1}. {data.draw(SENTENCE)}")
            expected.append(f"{top}__{j + 1}")
            for k, dashes in enumerate(decimals):
                lines.append(f"{j + 1}.{k + 1}. {data.draw(SENTENCE)}")
                expected.append(f"{top}__{j + 1}__{j + 1}.{k + 1}")
                for n in range(dashes):
                    lines.append(f"- {data.draw(SENTENCE)}")
                    expected.append(f"{top}__{j + 1}__{j + 1}.{k + 1}__-{n + 1}")
    tree = read(lines)
    assert [unit.id for unit in tree.provisions] == expected
    assert_nested(tree)


@settings(max_examples=60, deadline=None)
@given(units=st.lists(st.tuples(st.booleans(), st.integers(1, 5)), min_size=1, max_size=6))
def test_what_is_quoted_never_becomes_a_unit(units: list[tuple[bool, int]]) -> None:
    lines, expected = ["Điều 1. Sửa đổi, bổ sung một số điều"], ["art_1"]
    for i, (closed, clauses) in enumerate(units):
        lines.append(f"{i + 1}. Sửa đổi, bổ sung Điều {i + 20} như sau:")
        expected.append(f"art_1__cl_{i + 1}")
        lines.append(f"“Điều {i + 20}. Nội dung")
        lines += [f"{j + 1}. Quy định mới." for j in range(clauses)]
        if closed:
            lines[-1] += "”."
    lines += ["Điều 2. Hiệu lực thi hành", "Quyết định này có hiệu lực từ ngày ký."]
    tree = read(lines)
    assert [unit.id for unit in tree.provisions] == [*expected, "art_2"]
    assert [quote.units[0].id for quote in tree.quotes] == [f"art_{i + 20}" for i in range(len(units))]
    assert [len(quote.units) for quote in tree.quotes] == [clauses + 1 for _, clauses in units]


PIECES = st.sampled_from(
    ["Điều 1. ", "Điều 2.", "1. ", "2.", "a) ", "b)", "I. ", "II- ", "A. ", "1.1. ", "- ", "“", "”", '"',
    "như sau:", "\n", "\n\n", "# ",
     "PHỤ LỤC I", "Phụ lục", "Mẫu số 01", "(Ban hành kèm theo Quyết định số 1/QĐ-UBND)", "QUY CHẾ", "Nơi nhận:",
     "TM. ỦY BAN",
     "Sửa đổi, bổ sung khoản 1 ", "chữ", " ", ".", ";", "Chương I", "Chương IQUY", "Mục 1", "Phần thứ nhất", "5",
     "đ1) "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(PIECES, max_size=40))
def test_any_text_gives_ordered_nested_units(pieces: list[str]) -> None:
    words = "".join(pieces)
    tree = outline(bare(words), Masthead())
    assert_nested(tree)
    for unit in tree.provisions:
        assert 0 <= unit.start < unit.end <= len(words)
    for quote in tree.quotes:
        assert 0 < quote.start <= quote.end <= len(words)
        for unit in quote.units:
            assert quote.start <= unit.start <= unit.end <= quote.end


@pytest.mark.parametrize(
    "piece",
    ["“", "như sau: “Điều 1. A\n", "\n1. Sửa đổi khoản 1 như sau:\n“1. A", "\nPHỤ LỤC\nA",
    "\n(Kèm theo Quyết định 1)", "\n- a", "\n##",
     "\nMỤC 1\nA", "\nNơi nhận:\n", "\nĐiều 1", "\n1.1.1.1", "IVXLC", "\nMẫu số 01\nA", "\nKT. CHỦ TỊCH",
     "\nQUY CHẾ\nA", " ", "\nA) "],
)  # fmt: skip
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    words = piece * (200_000 // len(piece))
    text = bare(words)
    start = time.process_time()
    outline(text, Masthead())
    assert time.process_time() - start < 5


def bare(words: str) -> Text:
    lines, at = [], 0
    for line in words.split("\n"):
        lines.append(TextLine(at, at + len(line)))
        at += len(line) + 1
    return Text(words, tuple(lines))


def assert_nested(tree: Outline) -> None:
    """Reading order, parents before children, and children inside their parents."""
    open_: list[int] = []
    last = 0
    for unit in tree.provisions:
        assert unit.start >= last, unit
        last = unit.start
        while open_ and open_[-1] <= unit.start:
            open_.pop()
        assert not open_ or unit.end <= open_[-1], unit
        open_.append(unit.end)
