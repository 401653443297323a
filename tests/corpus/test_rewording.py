# ruff: noqa: E501  (a paragraph of an act is one line)
"""Changes of words, headings, opening words and annexes: an instruction as printed, and the text that follows from it."""

from __future__ import annotations

from datetime import date
from functools import cache

import acts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.compare import compare
from corpus.consolidate import apply, consolidate, tree
from corpus.events import Event
from corpus.model import By
from corpus.unit_tree import Unit

BASE = """Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về chợ mẫu do Ủy ban nhân dân huyện quản lý.
Chương II
QUẢN LÝ CHỢ
Điều 2. Ban quản lý chợ
1. Ban quản lý chợ có từ 03 đến 05 người do Ủy ban nhân dân huyện bổ nhiệm.
2. Ủy ban nhân dân huyện, Ủy ban nhân dân xã kiểm tra chợ.
3. Ban quản lý chợ có trách nhiệm:
a) Thu tiền thuê điểm kinh doanh, tiền gửi xe;
b) Giữ gìn vệ sinh.
Điều 3. Giờ mở cửa
Chợ mở cửa từ 05 giờ đến 18 giờ."""
SIGNED = "Nơi nhận:\n- Như trên.\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\nNguyễn Văn Mẫu\n"
ANNEXES = """PHỤ LỤC I
GIÁ THUÊ
(Kèm theo Nghị định số {symbol})
Loại 1: {price} đồng
"""
SECOND = """PHỤ LỤC II
GIÁ GỬI XE
(Kèm theo Nghị định số 10/2030/NĐ-CP)
Xe đạp: 2.000 đồng
"""
HOST = "Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ"


@cache
def base():
    text = acts.decree("10/2030/NĐ-CP", date(2030, 3, 2), BASE, "01 tháng 5 năm 2030")
    return acts.read(acts.CENTRAL + "10-2030.txt", text + SIGNED + ANNEXES.format(symbol="10/2030/NĐ-CP", price="100.000") + SECOND)


@cache
def after(clauses: str, annexes: str = ""):
    """The consolidated base after an amending decree with these clauses."""
    body = f"Điều 1. Sửa đổi, bổ sung một số điều của {HOST} quy định về quản lý chợ mẫu\n{clauses}"
    text = acts.decree("20/2031/NĐ-CP", date(2031, 5, 10), body, "01 tháng 7 năm 2031", f"Sửa đổi, bổ sung một số điều của {HOST}")
    library = acts.library(base(), acts.read(acts.CENTRAL + "20-2031.txt", text + SIGNED + annexes))
    return library.consolidated("10/2030/NĐ-CP", as_of=date(2032, 1, 1))


def changes(clauses: str, annexes: str = "") -> list[tuple[str, str]]:
    """(old line, new line) of every paragraph that is not as it was."""
    before = consolidate(acts.library(base()).acts("10/2030/NĐ-CP")[0], (), date(2032, 1, 1)).text.split("\n")
    now = after(clauses, annexes).text.split("\n")
    gone, come = [line for line in before if line not in now], [line for line in now if line not in before]
    width = max(len(gone), len(come))
    return list(zip(gone + [""] * (width - len(gone)), come + [""] * (width - len(come)), strict=True))


GOLDEN = [
    ("1. Thay thế cụm từ “Ủy ban nhân dân huyện” bằng cụm từ “Ủy ban nhân dân cấp xã” tại Điều 1 và khoản 1 Điều 2.", [
        ("Nghị định này quy định về chợ mẫu do Ủy ban nhân dân huyện quản lý.", "Nghị định này quy định về chợ mẫu do Ủy ban nhân dân cấp xã quản lý."),
        ("1. Ban quản lý chợ có từ 03 đến 05 người do Ủy ban nhân dân huyện bổ nhiệm.", "1. Ban quản lý chợ có từ 03 đến 05 người do Ủy ban nhân dân cấp xã bổ nhiệm."),
    ]),
    ("1. Bổ sung cụm từ “, vệ sinh, an toàn” vào sau cụm từ “kiểm tra chợ” tại khoản 2 Điều 2.", [
        ("2. Ủy ban nhân dân huyện, Ủy ban nhân dân xã kiểm tra chợ.", "2. Ủy ban nhân dân huyện, Ủy ban nhân dân xã kiểm tra chợ, vệ sinh, an toàn."),
    ]),
    ("1. Bổ sung cụm từ “thường xuyên” trước cụm từ “kiểm tra chợ” tại khoản 2 Điều 2.", [
        ("2. Ủy ban nhân dân huyện, Ủy ban nhân dân xã kiểm tra chợ.", "2. Ủy ban nhân dân huyện, Ủy ban nhân dân xã thường xuyên kiểm tra chợ."),
    ]),
    ("1. Bãi bỏ cụm từ “, tiền gửi xe” tại điểm a khoản 3 Điều 2.", [
        ("a) Thu tiền thuê điểm kinh doanh, tiền gửi xe;", "a) Thu tiền thuê điểm kinh doanh;"),
    ]),
    ("1. Bỏ cụm từ “Ủy ban nhân dân huyện,” tại khoản 2 Điều 2.", [
        ("2. Ủy ban nhân dân huyện, Ủy ban nhân dân xã kiểm tra chợ.", "2. Ủy ban nhân dân xã kiểm tra chợ."),
    ]),
    ("1. Thay cụm từ “từ 03 đến 05 người” thành “từ 05 đến 07 người” tại khoản 1; bỏ cụm từ “Ủy ban nhân dân huyện,” tại khoản 2 Điều 2.", [
        ("1. Ban quản lý chợ có từ 03 đến 05 người do Ủy ban nhân dân huyện bổ nhiệm.", "1. Ban quản lý chợ có từ 05 đến 07 người do Ủy ban nhân dân huyện bổ nhiệm."),
        ("2. Ủy ban nhân dân huyện, Ủy ban nhân dân xã kiểm tra chợ.", "2. Ủy ban nhân dân xã kiểm tra chợ."),
    ]),
    ("1. Sửa đổi tên Điều 2 như sau:\n“Điều 2. Tổ quản lý chợ”", [("Điều 2. Ban quản lý chợ", "Điều 2. Tổ quản lý chợ")]),
    ("1. Tên Điều 2 được sửa đổi như sau:\n“Điều 2. Tổ quản lý chợ”", [("Điều 2. Ban quản lý chợ", "Điều 2. Tổ quản lý chợ")]),
    ("1. Sửa đổi tên Chương II như sau:\n“Chương II\nTỔ CHỨC CHỢ”", [("QUẢN LÝ CHỢ", "TỔ CHỨC CHỢ")]),
    ("1. Sửa đổi, bổ sung đoạn mở đầu khoản 3 Điều 2 như sau:\n“3. Ban quản lý chợ có nhiệm vụ:”", [
        ("3. Ban quản lý chợ có trách nhiệm:", "3. Ban quản lý chợ có nhiệm vụ:"),
    ]),
    ("1. Bổ sung đoạn vào cuối khoản 2 Điều 2 như sau: “Việc kiểm tra làm hằng quý.”", [("", "Việc kiểm tra làm hằng quý.")]),
    ("1. Sửa đổi, bổ sung điểm a, điểm b khoản 3 và bổ sung khoản 4 vào sau khoản 3 Điều 2 như sau:\n“a) Thu tiền;\nb) Dọn chợ;\n4. Họp hằng tháng.”", [
        ("a) Thu tiền thuê điểm kinh doanh, tiền gửi xe;", "a) Thu tiền;"), ("b) Giữ gìn vệ sinh.", "b) Dọn chợ;"), ("", "4. Họp hằng tháng."),
    ]),
    ("1. Bổ sung khoản 2a, khoản 2b vào sau khoản 2 Điều 2 như sau:\n“2a. Hai a.\n2b. Hai b.”", [("", "2a. Hai a."), ("", "2b. Hai b.")]),
    ("1. Bãi bỏ Phụ lục II.", [
        ("PHỤ LỤC II", "PHỤ LỤC II (được bãi bỏ)"), ("GIÁ GỬI XE", ""), ("(Kèm theo Nghị định số 10/2030/NĐ-CP)", ""), ("Xe đạp: 2.000 đồng", ""),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "expected"), GOLDEN)
def test_an_instruction_and_what_becomes_of_the_text(clauses, expected):
    found = changes(clauses)
    if "Bãi bỏ Phụ lục" in clauses:  # the other annex says the same about what it comes with
        expected = [pair for pair in expected if not pair[0].startswith("(Kèm")]
    assert found == expected
    assert after(clauses).not_applied == ()


def test_a_phrase_of_the_whole_act_leaves_masthead_and_signature_of_the_text_alone():
    found = after("1. Thay thế cụm từ “Chính phủ” bằng cụm từ “Chính quyền” tại các điều, khoản của Nghị định.")
    assert "CHÍNH PHỦ\n" in found.text
    assert "Căn cứ Luật Tổ chức Chính phủ;" in found.text
    assert len(found.not_applied) == 1


def test_inserted_units_stand_in_the_order_of_their_numbers():
    text = after("1. Bổ sung Điều 2b vào sau Điều 2 như sau:\n“Điều 2b. Bến xe\nChợ có bến xe.”\n2. Bổ sung Điều 2a vào sau Điều 2 như sau:\n“Điều 2a. Nội quy\nChợ có nội quy.”").text
    heads = [line[:8] for line in text.split("\n") if line.startswith("Điều ")]
    assert heads == ["Điều 1. ", "Điều 2. ", "Điều 2a.", "Điều 2b.", "Điều 3. ", "Điều 4. "]


@pytest.mark.parametrize(
    "clause",
    [
        "1. Thay thế Phụ lục I ban hành kèm theo Nghị định số 10/2030/NĐ-CP bằng Phụ lục I ban hành kèm theo Nghị định này.",
        "1. Thay thế Phụ lục I bằng Phụ lục I kèm theo Nghị định này.",
        "1. Sửa đổi, bổ sung Phụ lục I như Phụ lục I kèm theo Nghị định này.",
    ],
)
def test_an_annex_given_anew(clause):
    found = after(clause, ANNEXES.format(symbol="20/2031/NĐ-CP", price="200.000"))
    assert "Loại 1: 200.000 đồng" in found.text
    assert "100.000" not in found.text
    assert found.text.index("PHỤ LỤC II") > found.text.index("200.000")
    assert found.not_applied == ()


def test_a_new_annex_comes_behind_the_others():
    new = "PHỤ LỤC III\nGIÁ KHO\n(Kèm theo Nghị định số 20/2031/NĐ-CP)\nKho: 5.000 đồng\n"
    found = after("1. Bổ sung Phụ lục III ban hành kèm theo Nghị định này.", new)
    assert found.text.endswith("Kho: 5.000 đồng")


@pytest.mark.parametrize(
    "clause",
    [
        "1. Thay thế cụm từ “cấp huyện” bằng cụm từ “cấp xã” tại khoản 1 Điều 2.",  # not there
        "1. Thay thế cụm từ “BAN QUẢN LÝ” bằng cụm từ “Tổ quản lý” tại khoản 1 Điều 2.",  # other capitals
        "1. Thay thế cụm từ “an quản lý” bằng cụm từ “tổ” tại khoản 1 Điều 2.",  # no whole words
        "1. Bổ sung cụm từ “thường xuyên” tại khoản 2 Điều 2.",  # nobody says where
        "1. Sửa đổi, bổ sung câu thứ hai điểm a khoản 3 Điều 2 như sau: “a) Thu tiền.”",  # a piece without a number
        "1. Sửa đổi, bổ sung đoạn mở đầu khoản 1 Điều 2 như sau:\n“1. Ban có:”",  # nothing stands below it
        "1. Thay thế Phụ lục I bằng Phụ lục V kèm theo Nghị định này.",  # not at hand
    ],
)
def test_what_cannot_be_applied_exactly_stays_and_is_told(clause):
    assert changes(clause) == []
    assert [by.symbol for by in after(clause).not_applied] == ["20/2031/NĐ-CP"]


# --- properties -----------------------------------------------------------------------------------


def event(type_, provision, old=None, new=None, quote=None):
    day = date(2031, 7, 1)
    return Event(
        provision, type_, day, By("20/2031/NĐ-CP", "art_1", type_, day, quote), False, None, day, old_text=old, new_text=new,
    )  # fmt: skip


ALONE = [
    event("substitute", "art_2__cl_1", "huyện", "huyện, xã"),
    event("substitute", None, "Ban quản lý chợ", "Ban quản lý chợ và bến"),
    event("delete_text", "art_2__cl_3__pt_a", ", tiền gửi xe"),
    event("insert_text", "art_2__cl_2", None, "thường xuyên", "bổ sung cụm từ “thường xuyên” vào trước cụm từ “kiểm tra”"),
    event("insert_text", "art_3", None, "Ngày lễ chợ nghỉ.", "bổ sung đoạn vào cuối Điều 3"),
    event("amend", "art_2", None, "Điều 2. Tổ quản lý", "Sửa đổi tên Điều 2"),
    event("amend", "art_2__cl_3", None, "3. Ban có nhiệm vụ:", "Sửa đổi đoạn mở đầu khoản 3 Điều 2"),
    event("insert", "art_2__cl_4", None, "4. Họp."),
    event("repeal", "art_2__cl_3__pt_b"),
]


@pytest.mark.parametrize("instruction", ALONE)
def test_an_instruction_applied_twice_changes_nothing_more(instruction):
    root = tree(base())
    if instruction.type == "repeal":
        instruction = Event("art_3", "repeal", instruction.from_, instruction.by)
    assert apply(root, instruction)
    once = root.text()
    assert once != base().text
    apply(root, instruction)
    assert root.text() == once


@given(st.lists(st.sampled_from(ALONE), max_size=6), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_the_events_matters(found, chance):
    act = acts.library(base()).acts("10/2030/NĐ-CP")[0]
    shuffled = [*found, *found]
    chance.shuffle(shuffled)
    assert consolidate(act, found, date(2032, 1, 1)) == consolidate(act, shuffled, date(2032, 1, 1))


@given(st.lists(st.sampled_from(ALONE), max_size=4))
def test_comparing_two_days_gives_both_texts_back(found):
    act = acts.library(base()).acts("10/2030/NĐ-CP")[0]
    old, new = consolidate(act, found, date(2031, 6, 30)).text, consolidate(act, found, date(2031, 7, 1)).text
    differences = compare(old, new)
    assert "".join(change.old for change in differences) == old
    assert "".join(change.new for change in differences) == new
    assert any(change.type != "equal" for change in differences) == (old.split() != new.split())


@given(st.text(alphabet="ab ủyỦ.,\n", max_size=60), st.text(alphabet="abủ ", min_size=1, max_size=8), st.text(alphabet="abủ ", max_size=8))
def test_any_phrase_in_any_text_ends_and_is_stable(text, old, new):
    unit = Unit("art_1", [text])
    apply_to = event("substitute", "art_1", old, new)
    root = Unit("", [unit])
    if apply(root, apply_to):
        once = root.text()
        apply(root, apply_to)
        assert root.text() == once
    else:
        assert root.text() == text
