"""The text of an act on a day."""

from __future__ import annotations

from datetime import date

import acts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.consolidate import apply, consolidate, number_key, tree, units_of
from corpus.events import Event
from corpus.model import By

BASE = "10/2030/NĐ-CP"
AFTER = date(2032, 1, 1)


@pytest.fixture(scope="module")
def library():
    return acts.library(acts.base(), acts.amending(), acts.ending())


def test_before_the_amendment_the_text_is_as_it_was_issued(library):
    found = library.consolidated(BASE, "art_2", as_of=date(2031, 6, 30))
    assert found.text.startswith("Điều 2. Ban quản lý chợ\n1. Ban quản lý")
    assert "Ủy ban nhân dân huyện" in found.text
    assert [piece.source_symbol for piece in found.pieces] == [BASE]


def test_after_it_the_text_is_the_new_one(library):
    found = library.consolidated(BASE, "art_2", as_of=AFTER)
    assert found.text == (
        "Điều 2. Ban quản lý chợ\n1. Ban quản lý chợ có từ 03 đến 05 người.\n"
        "2. Trưởng ban do Ủy ban nhân dân cấp xã bổ nhiệm.\n2a. Nhiệm kỳ của trưởng ban là 05 năm.\n"
        "3. Ban quản lý chợ có trách nhiệm:\na) Thu tiền thuê điểm kinh doanh;\nb) Giữ gìn vệ sinh;\nc) (được bãi bỏ)\n"
        "Bộ trưởng Bộ Công Thương quy định chi tiết Điều này."
    )
    assert found.not_applied == ()
    new = [(piece.text, piece.source_provision) for piece in found.pieces if piece.source_symbol == "20/2031/NĐ-CP"]
    assert new == [
        ("2. Trưởng ban do Ủy ban nhân dân cấp xã bổ nhiệm.", "art_1__cl_1"),
        ("2a. Nhiệm kỳ của trưởng ban là 05 năm.", "art_1__cl_2"),
        ("c) (được bãi bỏ)", "art_1__cl_3"),
    ]


def test_a_clause_alone(library):
    assert library.consolidated(BASE, "art_2__cl_2a", as_of=AFTER).text == "2a. Nhiệm kỳ của trưởng ban là 05 năm."
    assert library.consolidated(BASE, "art_2__cl_2a", as_of=date(2031, 6, 30)) is None


def test_a_phrase_is_replaced_where_the_clause_says(library):
    found = library.consolidated(BASE, "art_3", as_of=AFTER)
    assert found.text == "Điều 3. Giờ mở cửa\nChợ mở cửa từ 05 giờ đến 20 giờ."
    assert [piece.source_symbol for piece in found.pieces] == ["20/2031/NĐ-CP"]
    assert [piece.source_provision for piece in found.pieces] == ["art_1__cl_4"]
    assert found.not_applied == ()


def test_the_whole_text_holds_all_changes(library):
    text = library.consolidated(BASE, as_of=AFTER).text
    assert "Điều 1. Phạm vi điều chỉnh" in text
    assert "2a. Nhiệm kỳ" in text
    assert "Điều 4. Hiệu lực thi hành" in text


def test_no_text_at_hand(library):
    assert library.consolidated("99/2031/NĐ-CP", as_of=AFTER) is None
    assert library.consolidated(BASE, "art_77", as_of=AFTER) is None


# --- instructions one by one ---------------------------------------------------------------------


def event(type_, provision, text=None, day=date(2031, 7, 1)):
    return Event(provision, type_, day, By("20/2031/NĐ-CP", "art_1", type_, day), True, None, day, new_text=text)


def text_after(*events, provision="art_2"):
    base = acts.base()
    act = acts.library(base).acts(BASE)[0]
    return consolidate(act, events, AFTER, provision)


def test_a_whole_article_is_replaced_with_its_clauses():
    found = text_after(event("amend", "art_2", "“Điều 2. Ban quản lý\n1. Một người.\na) Là trưởng ban.”"))
    assert found.text == "Điều 2. Ban quản lý\n1. Một người.\na) Là trưởng ban."
    inner = text_after(event("amend", "art_2", "Điều 2. Ban quản lý\n1. Một người."), provision="art_2__cl_1")
    assert inner.text == "1. Một người."


def test_an_article_is_inserted_in_its_place():
    found = text_after(event("insert", "art_2a", "Điều 2a. Nội quy\nChợ có nội quy."), provision=None)
    lines = found.text.split("\n")
    assert lines.index("Điều 2a. Nội quy") < lines.index("Điều 3. Giờ mở cửa")
    assert lines.index("Điều 2a. Nội quy") > lines.index("Bộ trưởng Bộ Công Thương quy định chi tiết Điều này.")


def test_a_last_clause_goes_before_the_closing_sentence():
    lines = text_after(event("insert", "art_2__cl_4", "4. Ban quản lý họp hằng tháng.")).text.split("\n")
    assert lines[-2:] == ["4. Ban quản lý họp hằng tháng.", "Bộ trưởng Bộ Công Thương quy định chi tiết Điều này."]


def test_one_quotation_for_several_units():
    both = "“2. Do xã bổ nhiệm.\n4. Họp hằng tháng.”"
    found = text_after(event("amend", "art_2__cl_2"), event("insert", "art_2__cl_4", both))
    assert "2. Do xã bổ nhiệm." in found.text
    assert "4. Họp hằng tháng." in found.text
    assert found.not_applied == ()


def test_a_repealed_unit_keeps_its_number_and_can_come_back():
    gone = event("repeal", "art_2__cl_1")
    assert "1. (được bãi bỏ)\n2. Trưởng ban" in text_after(gone).text
    back = event("insert", "art_2__cl_1", "1. Có 07 người.", date(2031, 9, 1))
    assert "1. Có 07 người.\n2. Trưởng ban" in text_after(back, gone).text


@pytest.mark.parametrize(
    "wrong",
    [
        event("amend", "art_9", "Điều 9. Không có ở đây"),
        event("amend", "art_2__cl_2", "Trưởng ban do cấp xã bổ nhiệm."),  # no unit in the quotation
        event("amend", "art_2__cl_2", "3. Khoản khác."),
        event("insert", "art_2__cl_2", "2. Khoản đã có."),
        event("amend", "art_2__cl_2"),
        event("substitute", "art_2__cl_2", "xã"),
        event("repeal", "art_2__cl_9"),
    ],
)
def test_what_does_not_fit_changes_nothing(wrong):
    before, after = text_after(provision=None), text_after(wrong, provision=None)
    assert after.text == before.text
    assert after.not_applied == (wrong.by,)


def test_a_tree_gives_back_its_text():
    document = acts.base()
    assert tree(document).text() == document.text


INSTRUCTIONS = st.sampled_from(
    [
        event("amend", "art_2__cl_2", "“2. Do xã bổ nhiệm.”"),
        event("insert", "art_2__cl_2a", "2a. Nhiệm kỳ 05 năm."),
        event("insert", "art_2__cl_4", "4. Họp."),
        event("repeal", "art_2__cl_3__pt_b"),
        event("repeal", "art_3"),
        event("amend", "art_1", "Điều 1. Phạm vi\n1. Chợ.\n2. Bến."),
        event("insert", "art_3a", "Điều 3a. Nội quy\nCó nội quy."),
        event("insert", "art_2__cl_3__pt_d", "d) Trông xe."),
        event("amend", "art_9", "Điều 9. Không có"),
    ]
)


@given(st.lists(INSTRUCTIONS, max_size=6))
def test_an_instruction_twice_changes_nothing(found):
    once, twice = text_after(*found, provision=None), text_after(*found, *found, provision=None)
    assert once.text == twice.text


@given(st.lists(INSTRUCTIONS, max_size=6, unique_by=lambda e: e.provision), st.randoms(use_true_random=False))
def test_the_order_of_finding_instructions_does_not_matter(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert text_after(*found, provision=None) == text_after(*shuffled, provision=None)


@given(st.lists(INSTRUCTIONS, max_size=6))
def test_only_the_named_units_change(found):
    text = text_after(*found, provision="art_2__cl_1").text
    assert text == "1. Ban quản lý chợ có từ 03 đến 05 người."


@pytest.mark.parametrize(
    ("text", "target", "numbers"),
    [
        ("“1. Một.\n2. Hai.”", "art_1__cl_1", ["art_1__cl_1", "art_1__cl_2"]),
        ("2a. Hai a.\na) Điểm.", "art_1__cl_2a", ["art_1__cl_2a"]),
        ("đ) Điểm đ;\ne) Điểm e.", "art_1__cl_1__pt_đ", ["art_1__cl_1__pt_đ", "art_1__cl_1__pt_e"]),
        ("“Điều 7a. Một\n1. Hai\n“Điều 7. b. Ba", "art_7a", ["art_7a", "art_7b"]),
        ("1. Phạt 500.000 đồng\n1. 000 đồng", "art_1__cl_1", ["art_1__cl_1"]),
        ("không có đơn vị nào", "art_1__cl_1", []),
    ],
)
def test_units_of_a_quotation(text, target, numbers):
    assert [unit.id for unit in units_of(text, target)] == numbers


def test_printed_numbers_in_order():
    printed = ["1", "2", "2a", "2b", "3", "10", "10a"]
    assert sorted(printed, key=number_key) == printed
    points = ["a", "a1", "b", "c", "d", "đ", "e", "g", "h", "i", "k"]
    assert sorted(points, key=number_key) == points


def test_an_event_of_the_register_changes_no_text():
    known = Event("art_2__cl_1", "repeal", date(2031, 7, 1), By("20/2031/NĐ-CP", None, "repeal", None), in_text=False)
    assert not apply(tree(acts.base()), known)
