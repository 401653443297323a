"""Words: every value of the contract's vocabularies has its official word, every id its place in words."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Certainty, EffectType, FindingState, Outcome, Severity
from corpus.words import date_short, date_words, provision_words
from outputs import words


@pytest.mark.parametrize(
    ("vocabulary", "said"),
    [(Certainty, words.CERTAINTIES), (Severity, words.SEVERITIES), (FindingState, words.STATES),
     (Outcome, words.OUTCOMES), (EffectType, words.EFFECTS)],
)  # fmt: skip
def test_every_value_has_its_word(vocabulary: object, said: dict[str, str]) -> None:
    assert set(get_args(vocabulary)) == set(said)


def test_proposals_agree_with_the_rules() -> None:
    from rules.catalogue import table

    assert {proposal for *_, proposal, _ in table()} <= set(words.PROPOSALS)
    assert words.PROPOSALS["tu_kiem_tra"] == "Tự kiểm tra, xử lý"


def test_rule_names_come_from_the_catalogue() -> None:
    from rules.catalogue import table

    for code, name, *_ in table():
        assert words.rule_name(code) == name
    assert words.rule_name("VD99") == "Viện dẫn"
    assert words.rule_name("ZZ01") == "Quy tắc riêng (ZZ)"


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("art_5", "Điều 5"),
        ("art_5__cl_2__pt_a", "điểm a khoản 2 Điều 5"),
        ("art_51a__cl_2a__pt_đ", "điểm đ khoản 2a Điều 51a"),
        ("art_3__cl_1__-2", "gạch đầu dòng thứ 2 khoản 1 Điều 3"),
        ("art_3__para_1", "đoạn 1 Điều 3"),
        ("chp_II__sec_1__subsec_2", "Tiểu mục 2 Mục 1 Chương II"),
        ("out_II", "Mục II"),
        ("out_II__1__pt_a", "điểm a khoản 1 Mục II"),
        ("out_II__2__2.1", "điểm 2.1 khoản 2 Mục II"),
        ("out_II__2__2.1__-3", "gạch đầu dòng thứ 3 điểm 2.1 khoản 2 Mục II"),
        ("out_A__I__1", "khoản 1 Mục I Phần A"),
        ("out_1", "Mục 1"),
        ("att_1", "văn bản kèm theo"),
        ("att_1__art_3", "Điều 3 (văn bản kèm theo)"),
        ("att_2__art_1__cl_1", "khoản 1 Điều 1 (văn bản kèm theo thứ 2)"),
        ("att_1__app_II", "Phụ lục II (văn bản kèm theo)"),
        ("att_1__part_II__cl_5", "khoản 5 Phần II (văn bản kèm theo)"),
        ("app_II", "Phụ lục II"),
        ("app_I__item_4", "số thứ tự 4 Phụ lục I"),
        ("art_2__pt_a__item_i", "tiết i điểm a Điều 2"),
        ("form_01", "Mẫu số 01"),
    ],
)
def test_places_in_words(id: str, said: str) -> None:
    assert provision_words(id) == said


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_id_gives_words(text: str) -> None:
    assert isinstance(provision_words(text), str)


def test_dates_as_official_papers_write_them() -> None:
    assert date_words(date(2025, 4, 1)) == "ngày 01 tháng 4 năm 2025"
    assert date_words(date(2025, 2, 14)) == "ngày 14 tháng 02 năm 2025"
    assert date_short(date(2024, 8, 1)) == "01/8/2024"
    assert date_short(date(2025, 1, 1)) == "01/01/2025"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(10, 80))
def test_shorten_keeps_its_length(text: str, length: int) -> None:
    made = words.shorten(text, length)
    assert len(made) <= length
    assert "\n" not in made


def test_printable_drops_what_no_file_may_carry() -> None:
    assert words.printable("a\x00b\x1b\u202ec\ud800\ufffe d\te\n") == "abc d\te\n"


def test_a_resolution_of_the_assembly_is_not_called_a_law() -> None:
    assert words.act_words("202/2025/QH15", None, {"202/2025/QH15": "nghi_quyet"}) == "Nghị quyết số 202/2025/QH15"
    assert words.act_words("64/2025/QH15", "art_54__cl_2") == "khoản 2 Điều 54 Luật số 64/2025/QH15"
