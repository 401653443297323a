"""Small alphabets in full, the rest at random: what is said in words comes back as ids; nothing raises or runs away."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.model import Masthead, Outline, Text, TextLine
from corpus.register import NothingKnown
from extractors.citations import cite
from extractors.citations.expand import LETTERS, between_numbers, complete, roman, roman_value
from extractors.citations.names import law_name, vocabulary
from extractors.citations.numbers import read_number, term_of
from extractors.nesting import Nesting

DECREE = Masthead(symbol="1/2025/NĐ-CP", kind="nghi_dinh")


def provisions(sentence: str) -> list[str | None]:
    text = Text(sentence, (TextLine(0, len(sentence)),))
    return [target.provision for one in cite(text, DECREE, Outline(()), NothingKnown()) for target in one.targets]


def test_every_range_of_letters() -> None:
    """The alphabet of points in full: a b c d đ e g h i k … (NĐ 78/2025 Art. 63)."""
    for i, first in enumerate(LETTERS):
        for j, last in enumerate(LETTERS):
            between = between_numbers("pt", first, last)
            assert between == (list(LETTERS[i + 1 : j + 1]) if i < j else [])


def test_every_letter_of_a_point() -> None:
    for letter in LETTERS:
        assert provisions(f"điểm {letter} khoản 2 Điều 5 Luật Giá") == [f"art_5__cl_2__pt_{letter}"]


@given(st.integers(1, 300), st.integers(1, 40))
def test_ranges_of_articles(first: int, length: int) -> None:
    wanted = [f"art_{n}" for n in range(first, first + length + 1)]
    assert provisions(f"từ Điều {first} đến Điều {first + length} Luật Giá") == wanted


POINT = st.sampled_from(list(LETTERS))
UNIT = st.tuples(st.integers(1, 250), st.one_of(st.none(), st.integers(1, 30)), st.one_of(st.none(), POINT)).map(
    lambda unit: unit if unit[1] is not None else (unit[0], None, None)
)


def in_words(unit: tuple[int, int | None, str | None]) -> str:
    article, clause, point = unit
    words = f"Điều {article}"
    words = f"khoản {clause} {words}" if clause else words
    return f"điểm {point} {words}" if point else words


def as_id(unit: tuple[int, int | None, str | None]) -> str:
    article, clause, point = unit
    return f"art_{article}" + (f"__cl_{clause}" if clause else "") + (f"__pt_{point}" if point else "")


@settings(max_examples=80)
@given(st.lists(UNIT, min_size=1, max_size=7, unique=True), st.sampled_from([", ", "; ", " và ", ", và "]))
def test_a_list_of_units_that_shares_the_act(units: list[tuple[int, int | None, str | None]], sign: str) -> None:
    assert provisions(sign.join(map(in_words, units)) + " của Luật Giá") == [as_id(unit) for unit in units]


NUMBER = st.from_regex(
    r"[1-9][0-9]{0,3}/(19[5-9][0-9]|20[0-4][0-9])/(NĐ-CP|QĐ-TTg|QĐ-UBND|NQ-HĐND|TT-BTC|TTLT-BTC-BTP)", fullmatch=True
)
SPACES = st.sampled_from(["", " ", "\n", "  "])


@given(NUMBER, SPACES, SPACES)
def test_a_symbol_survives_blanks_and_line_breaks(symbol: str, before: str, after: str) -> None:
    number = read_number(symbol.replace("/", f"{before}/{after}").replace("-", f"{after}-{before}") + " ngày", 0)
    assert number is not None
    assert number.symbol == symbol


@given(st.integers(1, 89))
def test_roman_numerals(value: int) -> None:
    assert roman_value(roman(value)) == value


def test_terms_of_the_national_assembly() -> None:
    """Only a year without an election tells the term (1997, 2002, 2007, 2011, 2016, 2021, 2026)."""
    assert [term_of(year) for year in (2004, 2009, 2013, 2018, 2023, 2025)] == [11, 12, 13, 14, 15, 15]
    assert {term_of(year) for year in (2002, 2007, 2011, 2016, 2021, 2026)} == {None}


def test_every_name_of_the_vocabulary_ends_where_it_ends() -> None:
    names = []

    def walk(node: object, words: tuple[str, ...]) -> None:
        assert isinstance(node, dict)
        for word, rest in node.items():
            if word:
                walk(rest, (*words, word))
            else:
                names.append(" ".join(words))

    walk(vocabulary(), ())
    assert len(names) > 300
    for name in names:
        found = law_name(name + " được ban hành", 0)
        assert found is not None
        assert found[0] == len(name)


def test_complete_keeps_what_is_said() -> None:
    here = (("art", "5"), ("cl", "2"), ("pt", "b"))
    assert complete((("art", "7"), ("cl", "1")), here) == (("art", "7"), ("cl", "1"))
    assert complete((("pt", "a"),), here) == (("art", "5"), ("cl", "2"), ("pt", "a"))
    assert complete((("art", "@"), ("cl", "1")), here) == (("art", "5"), ("cl", "1"))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=6))
def test_nesting_is_the_smallest_range_around(pairs: list[tuple[int, int]]) -> None:
    """Against the plain search, on ranges cut so that they nest."""
    ranges: list[tuple[int, int, int]] = []
    for i, (start, length) in enumerate(sorted(set(pairs), key=lambda pair: (pair[0], -pair[1]))):
        end = min([start + length, *(outer_end for outer, outer_end, _ in ranges if outer <= start < outer_end)])
        if not any(outer == start for outer, _, _ in ranges):
            ranges.append((start, end, i))
    flat = Nesting(ranges)
    for offset in range(-1, 70):
        around = [(end - start, value) for start, end, value in ranges if start <= offset < end]
        assert flat.at(offset) == (min(around)[1] if around else None)


PIECES = """điểm a|khoản|khoản 1|Điều|Điều 5|Điều này|và|,|;|của|các|từ|đến|Luật|Luật Đất đai|Luật này|số|này
15/2019/QĐ-UBND|Nghị định số 1/2020/NĐ-CP|ngày 1/1/2020|ngày|kèm theo|Quy chế|ban hành|(|)|“|”|.
Phụ lục|Phụ lục I|Mẫu số 1
Chương II|Mục 1|được sửa đổi, bổ sung bởi|sau đây gọi là|năm 2013|1|a|đ|–|/|QĐ-UBND|Căn cứ|Sửa đổi, bổ sung|Hiến pháp"""
WORDS = st.sampled_from(["\n", *PIECES.replace("\n", "|").split("|")])


@settings(max_examples=150, deadline=None)
@example(["điểm a", "Phụ lục I", "khoản", "kèm theo", "Luật Đất đai"])
@given(st.lists(WORDS, max_size=40))
@example(["điểm a", "Phụ lục I", "khoản", "Luật Đất đai", "kèm theo", "Luật Đất đai"])
def test_any_words_give_citations_in_order_inside_the_text(words: list[str]) -> None:
    sentence = " ".join(words)
    text = Text(sentence, (TextLine(0, len(sentence)),))
    end = 0
    for one in cite(text, DECREE, Outline(()), NothingKnown()):
        assert end <= one.start < one.end <= len(sentence)
        assert one.text == sentence[one.start : one.end]
        assert one.targets
        assert len(set(one.targets)) == len(one.targets)
        end = one.end


HOSTILE = [
    "khoản 1, ", "Điều 5 và ", "điểm a khoản 1 Điều 2, ", "số 1/2025/NĐ-", "(gọi tắt là ", "Quy định kèm theo ",
    "Luật sửa đổi, bổ sung một số điều của Luật Giá, ", "Luật Phòng, ", "1/1/1/", "A-A-", "Luật này và ",
    "Nghị định số 1/2025/NĐ-CP về ", "“Điều 1.\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repetition_stays_linear(piece: str) -> None:
    """100,000 signs of one phrase: 8 s is twenty times what the slowest of these takes."""
    sentence = piece * (100_000 // len(piece))
    started = time.process_time()
    cite(Text(sentence, (TextLine(0, len(sentence)),)), DECREE, Outline(()), NothingKnown())
    assert time.process_time() - started < 8
