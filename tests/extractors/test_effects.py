"""What a clause does to other clauses: every type, every form of date, and what is no effect. Acts are made up."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Document, Masthead, Outline, Provision, Text, TextLine
from corpus.register import NothingKnown
from extractors import understand
from extractors.effects import find as effects_of
from extractors.readers import Reading
from extractors.readers.text import lines_of

DECISION = """ỦY BAN NHÂN DÂN
XÃ AN HẠ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 14/2025/QĐ-UBND
An Hạ, ngày 20 tháng 11 năm 2025
QUYẾT ĐỊNH
{title}
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Ủy ban nhân dân xã ban hành Quyết định.
{clauses}
Nơi nhận:
- Như trên;
- Lưu: VT.
"""


def document(clauses: str, title: str = "Quy định một số nội dung trên địa bàn xã An Hạ") -> Document:
    """The document that a commune's decision with these clauses is read as."""
    text = DECISION.format(title=title, clauses=clauses.strip())
    return understand("qd.txt", Reading(tuple(lines_of(text))), NothingKnown())


def effects(clauses: str, title: str = "Quy định một số nội dung trên địa bàn xã An Hạ") -> list[str]:
    """Effects as a lawyer would note them: "type act path from–until", the text's own act as "SELF"."""
    return [
        " ".join(
            part
            for part in (
                effect.type,
                "SELF" if effect.target.self_ else effect.target.symbol or effect.target.name or "?",
                effect.target.provision,
                f"from {effect.from_}" if effect.from_ else None,
                f"until {effect.until}" if effect.until else None,
            )
            if part
        )
        for effect in document(clauses, title).effects
    ]


OLD = "Quyết định số 05/2020/QĐ-UBND ngày 02/3/2020 của Ủy ban nhân dân huyện Bình Sơn"
FIRST = "Điều 1. Nội dung\nMức hỗ trợ thực hiện theo quy định của tỉnh.\nĐiều 2. Hiệu lực thi hành\n"

# --- the text's own validity

OWN = [
    ("Quyết định này có hiệu lực kể từ ngày 01 tháng 12 năm 2025.", ["commence SELF from 2025-12-01"]),
    ("Quyết định này có hiệu lực thi hành từ ngày 01/12/2025.", ["commence SELF from 2025-12-01"]),
    ("Quyết định có hiệu lực thi hành kể từ ngày 1-12-2025.", ["commence SELF from 2025-12-01"]),
    ("Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành.", ["commence SELF from 2025-11-20"]),
    ("Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký.", ["commence SELF from 2025-11-30"]),
    (
        "Quyết định này có hiệu lực sau 45 (bốn mươi lăm) ngày, kể từ ngày ký ban hành.",
        ["commence SELF from 2026-01-04"],
    ),
    ("Quyết định này áp dụng từ năm ngân sách 2026 và có hiệu lực kể từ ngày ký.", ["commence SELF from 2025-11-20"]),
    ("Quyết định này có hiệu lực từ năm ngân sách 2026.", ["commence SELF from 2026-01-01"]),
    (
        "Quyết định này đã được Hội đồng nhân dân xã khóa II, kỳ họp thứ 5 thông qua ngày 19 tháng 11 năm 2025 và "
        "có hiệu lực "
        "từ ngày 30 tháng 11 năm 2025.",
        ["commence SELF from 2025-11-30"],
    ),
    (
        "Quyết định này có hiệu lực từ ngày 01/12/2025 đến hết ngày 31/12/2026.",
        ["commence SELF from 2025-12-01 until 2026-12-31", "expire SELF from 2027-01-01"],
    ),
    ("Quyết định này hết hiệu lực kể từ ngày 01/3/2027.", ["expire SELF from 2027-03-01"]),
    ("Quyết định này được thực hiện đến hết ngày 28/02/2027.", ["expire SELF from 2027-03-01"]),
    (
        "Thời hạn ủy quyền: từ ngày Quyết định này có hiệu lực đến hết ngày 28 tháng 02 năm 2027.",
        ["expire SELF from 2027-03-01"],
    ),
    (
        "1. Quyết định này có hiệu lực từ ngày 01/01/2026, trừ quy định tại khoản 2 Điều này.\n"
        "2. Quy định tại khoản 1 Điều 1 của Quyết định này có hiệu lực từ ngày 01/7/2026.",
        ["commence SELF from 2026-01-01", "commence SELF art_1__cl_1 from 2026-07-01"],
    ),
    # The day of another act is not known here: the effect is, its day is not.
    ("Quyết định này có hiệu lực kể từ ngày Nghị định số 99/2025/NĐ-CP có hiệu lực.", ["commence SELF"]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "expected"), OWN)
def test_own_validity(clause: str, expected: list[str]) -> None:
    assert effects(FIRST + clause) == expected


def test_masthead_knows_when_the_text_is_in_force() -> None:
    head = document(FIRST + "Quyết định này có hiệu lực từ ngày 01/12/2025 đến hết ngày 31/12/2026.").masthead
    assert head is not None
    assert (str(head.effective), str(head.expires)) == ("2025-12-01", "2027-01-01")


# --- other acts, whole

OTHERS = [
    (f"Bãi bỏ toàn bộ {OLD} ban hành Quy định quản lý chợ.", ["repeal 05/2020/QĐ-UBND"]),
    (f"Hủy bỏ {OLD}.", ["repeal 05/2020/QĐ-UBND"]),
    (f"{OLD} hết hiệu lực từ ngày 01/01/2026.", ["repeal 05/2020/QĐ-UBND from 2026-01-01"]),
    (
        f"Quyết định này có hiệu lực kể từ ngày 01/12/2025 và thay thế {OLD}.",
        ["commence SELF from 2025-12-01", "replace 05/2020/QĐ-UBND from 2025-12-01"],
    ),
    # A clause without a day takes the day on which the text itself takes effect.
    (
        f"1. Quyết định này có hiệu lực từ ngày 01/12/2025.\n2. {OLD} hết hiệu lực kể từ ngày Quyết định này có "
        f"hiệu lực.",
        ["commence SELF from 2025-12-01", "repeal 05/2020/QĐ-UBND from 2025-12-01"],
    ),
    (
        f"Các Quyết định sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực:\na) {OLD};\n"
        "b) Quyết định số 06/2021/QĐ-UBND ngày 03/4/2021 của Ủy ban nhân dân huyện Bình Sơn về việc sửa đổi Quyết định "
        "số 05/2020/QĐ-UBND.",
        ["repeal 05/2020/QĐ-UBND", "repeal 06/2021/QĐ-UBND"],
    ),
    (
        f"Quyết định này bãi bỏ:\n- {OLD};\n- Chỉ thị số 03/2015/CT-UBND ngày 04/5/2015 của Ủy ban nhân dân huyện "
        f"Bình Sơn.",
        ["repeal 05/2020/QĐ-UBND", "repeal 03/2015/CT-UBND"],
    ),
    # "trừ …": the effect stands, its exception is not one.
    (f"{OLD} hết hiệu lực từ ngày 01/01/2026, trừ Điều 4 và Chương III.", ["repeal 05/2020/QĐ-UBND from 2026-01-01"]),
    (
        "Luật Quản lý chợ số 19/2010/QH12 đã được sửa đổi, bổ sung một số điều theo Luật số 20/2015/QH13 hết hiệu "
        "lực từ ngày "
        "01/01/2026.",
        ["repeal 19/2010/QH12 from 2026-01-01"],
    ),
    (
        f"Tạm ngưng hiệu lực Điều 5 {OLD} từ ngày 01/01/2026 đến hết ngày 30/6/2026.",
        ["suspend 05/2020/QĐ-UBND art_5 from 2026-01-01 until 2026-06-30"],
    ),
    (f"Đình chỉ việc thi hành {OLD}.", ["suspend 05/2020/QĐ-UBND"]),
    (f"Kéo dài thời hạn áp dụng {OLD} đến hết ngày 31/12/2026.", ["extend 05/2020/QĐ-UBND until 2026-12-31"]),
    (f"Công bố {OLD} hết hiệu lực toàn bộ từ ngày 01/7/2025.", ["declare_expired 05/2020/QĐ-UBND from 2025-07-01"]),
    (f"Công bố {OLD} tiếp tục có hiệu lực.", ["declare_continuing 05/2020/QĐ-UBND"]),
    (f"Đính chính khoản 2 Điều 3 {OLD} như sau: “2. Mức thu là 5.000 đồng.”", ["correct 05/2020/QĐ-UBND art_3__cl_2"]),
    (
        f"Hồ sơ đã nộp trước ngày Quyết định này có hiệu lực thì tiếp tục thực hiện theo quy định tại {OLD}.",
        ["transition 05/2020/QĐ-UBND"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "expected"), OTHERS)
def test_effects_on_other_acts(clause: str, expected: list[str]) -> None:
    assert effects(FIRST + clause) == expected


NONE = [
    "Những quy định trước đây trái với Quyết định này đều bị bãi bỏ.",
    "Trường hợp văn bản dẫn chiếu tại Quyết định này được sửa đổi, bổ sung hoặc thay thế thì thực hiện theo văn bản "
    "mới.",
    f"Áp dụng {OLD} trên địa bàn xã An Hạ.",
    "Giao Trưởng phòng Kinh tế hướng dẫn, tổ chức thực hiện Quyết định này.",
    f"Hồ sơ gồm: đơn đề nghị sửa đổi, bổ sung giấy phép theo mẫu tại Phụ lục I {OLD}.",
    f"{OLD} được ban hành trước ngày Nghị định số 99/2021/NĐ-CP hết hiệu lực.",
    "Ủy ban nhân dân xã có quyền đình chỉ việc thi hành, bãi bỏ một phần hoặc toàn bộ văn bản quy định tại khoản 1 "
    "Điều 4 Luật "
    "Tổ chức chính quyền địa phương số 72/2025/QH15.",
    "Giấy phép này có hiệu lực từ ngày 01/12/2025.",
    "Trong thời gian Quyết định này có hiệu lực, nếu luật có quy định khác thì thực hiện theo luật.",
    "Giấy xác nhận cấp theo mẫu ban hành kèm theo Quyết định này có hiệu lực 12 tháng.",
    "Gia hạn thời gian quá cảnh quy định tại khoản 2 Điều 44 Luật Quản lý ngoại thương số 05/2017/QH14.",
    "Hộ gia đình sửa chữa nhà ở theo Nghị định số 99/2021/NĐ-CP được hỗ trợ.",
]  # fmt: skip


@pytest.mark.parametrize("clause", NONE)
def test_what_is_no_effect(clause: str) -> None:
    assert effects(FIRST + clause) == []


def test_acts_listed_in_one_paragraph() -> None:
    found = document(
        f"Điều 1. Bãi bỏ\nBãi bỏ các văn bản sau: {OLD}; Chỉ thị số 03/2015/CT-UBND ngày 04/5/2015 về quản lý đất đai."
    ).effects
    assert [(e.type, e.target.symbol, e.partial) for e in found] == [
        ("repeal", "05/2020/QĐ-UBND", False), ("repeal", "03/2015/CT-UBND", False),
    ]  # fmt: skip
    [part] = document(f"Điều 1. Bãi bỏ một phần {OLD} về quản lý chợ.").effects
    assert part.partial


def test_acts_listed_in_an_annex_are_repealed_row_by_row() -> None:
    assert effects(
        "Điều 1. Bãi bỏ toàn bộ 02 văn bản quy phạm pháp luật tại Phụ lục ban hành kèm theo Quyết định này.\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\nPHỤ LỤC\nDANH MỤC VĂN BẢN BÃI BỎ\n"
        f"1. {OLD} ban hành Quy định quản lý chợ.\n"
        "2. Chỉ thị số 03/2015/CT-UBND ngày 04/5/2015 về thực hiện Quyết định số 11/2010/QĐ-UBND."
    ) == [
        "commence SELF from 2025-11-20", "repeal 05/2020/QĐ-UBND from 2025-11-20",
        "repeal 03/2015/CT-UBND from 2025-11-20",
    ]  # fmt: skip


def test_lists_of_procedures_in_annexes_do_nothing() -> None:
    assert effects(
        "Điều 1. Công bố kèm theo Quyết định này Danh mục thủ tục hành chính bị bãi bỏ.\nPHỤ LỤC\n"
        f"DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ\n1. Thủ tục cấp thẻ\n- {OLD};\n- Nghị định số 99/2021/NĐ-CP."
    ) == []  # fmt: skip


def test_some_rows_of_a_published_list_are_a_part() -> None:
    found = document(
        "Điều 1. Hiệu lực\nQuyết định này có hiệu lực kể từ ngày ký và thay thế ba (03) thủ tục hành chính (số thứ "
        "tự 03, 04, 05) "
        f"được công bố tại {OLD} về việc công bố Danh mục thủ tục hành chính."
    ).effects
    assert [(e.type, e.target.symbol, e.target.provision, e.partial) for e in found if not e.target.self_] == [
        ("replace", "05/2020/QĐ-UBND", None, True)
    ]


def test_procedures_in_the_title_of_an_act_make_no_part() -> None:
    found = document(
        "Điều 1. Hiệu lực\nQuyết định này có hiệu lực kể từ ngày ký và thay thế "
        f"{OLD} về việc công bố Danh mục thủ tục hành chính được sửa đổi, bổ sung."
    ).effects
    assert [(e.type, e.target.symbol, e.target.provision, e.partial) for e in found if not e.target.self_] == [
        ("replace", "05/2020/QĐ-UBND", None, False)
    ]


# --- words of other acts

TITLE = f"Sửa đổi, bổ sung một số điều của Quy định quản lý chợ ban hành kèm theo {OLD}"
HEADING = f"Điều 1. Sửa đổi, bổ sung một số điều của Quy định quản lý chợ ban hành kèm theo {OLD}\n"


def changes(clauses: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """(type, path, old text, new text) of the effects on the decision that `HEADING` names."""
    found = document(HEADING + clauses, TITLE).effects
    assert {effect.target.symbol for effect in found} <= {"05/2020/QĐ-UBND"}
    return [(e.type, (e.target.provision or "").removeprefix("att_1__"), e.old_text, e.new_text) for e in found]


def test_units_are_changed_inserted_repealed() -> None:
    assert changes(
        "1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:\n“2. Mức thu là 10.000 đồng.”\n"
        "2. Bổ sung Điều 5a vào sau Điều 5 như sau:\n“Điều 5a. Miễn thu\n1. Người già.\n2. Trẻ em.”\n"
        "3. Bãi bỏ điểm a, b khoản 1 và khoản 3 Điều 7."
    ) == [
        ("amend", "art_5__cl_2", None, "2. Mức thu là 10.000 đồng."),
        ("insert", "art_5a", None, "Điều 5a. Miễn thu\n1. Người già.\n2. Trẻ em."),
        ("repeal", "art_7__cl_1__pt_a", None, None),
        ("repeal", "art_7__cl_1__pt_b", None, None),
        ("repeal", "art_7__cl_3", None, None),
    ]


def test_what_a_clause_announces_its_points_carry_out() -> None:
    assert changes(
        "1. Sửa đổi, bổ sung Điều 8 như sau:\na) Sửa đổi khoản 1 như sau:\n“1. Một.”\n"
        "b) Bổ sung khoản 4 vào sau khoản 3 như sau:\n“4. Bốn.”\nc) Bãi bỏ khoản 2."
    ) == [
        ("amend", "art_8__cl_1", None, "1. Một."), ("insert", "art_8__cl_4", None, "4. Bốn."),
        ("repeal", "art_8__cl_2", None, None),
    ]  # fmt: skip


def test_one_quotation_for_several_units_is_cut_by_their_numbers() -> None:
    assert changes(
        "1. Sửa đổi, bổ sung điểm a và bổ sung điểm a1 vào sau điểm a khoản 2 Điều 5 như sau:\n“a) Một;\na1) Một a;”"
    ) == [
        ("amend", "art_5__cl_2__pt_a", None, "a) Một;"), ("insert", "art_5__cl_2__pt_a1", None, "a1) Một a;"),
    ]  # fmt: skip


def test_passive_instructions() -> None:
    assert changes(
        "1. Khoản 3 Điều 4 được sửa đổi, bổ sung như sau:\n“3. Ba.”\n2. Điều 6 được bổ sung khoản 5 như sau:\n“5. Năm.”"
    ) == [("amend", "art_4__cl_3", None, "3. Ba."), ("insert", "art_6__cl_5", None, "5. Năm.")]


PHRASES = [
    (
        "Thay thế cụm từ “huyện” bằng cụm từ “xã” tại khoản 1 Điều 3, Điều 5; cụm từ “Phòng Tài chính” bằng cụm từ "
        "“Phòng Kinh "
        "tế” tại Điều 9.",
        [("substitute", "art_3__cl_1", "huyện", "xã"), ("substitute", "art_5", "huyện", "xã"),
         ("substitute", "art_9", "Phòng Tài chính", "Phòng Kinh tế")],
    ),
    ("Thay thế cụm từ “huyện” tại Điều 3 bằng cụm từ “xã”.", [("substitute", "art_3", "huyện", "xã")]),
    (
        "Thay thế các cụm từ “huyện, xã”, “cấp huyện” bằng cụm từ “xã” tại Điều 3.",
        [("substitute", "art_3", "huyện, xã", "xã"), ("substitute", "art_3", "cấp huyện", "xã")],
    ),
    ("Bỏ cụm từ “và cấp huyện” tại khoản 2 Điều 6.", [("delete_text", "art_6__cl_2", "và cấp huyện", None)]),
    ("Bãi bỏ cụm từ “và cấp huyện” tại khoản 2 Điều 6.", [("delete_text", "art_6__cl_2", "và cấp huyện", None)]),
    (
        "Bổ sung cụm từ “, đặc khu” vào sau cụm từ “xã, phường” tại Điều 1.",
        [("insert_text", "art_1", None, ", đặc khu")],
    ),
    # A phrase that cites is a phrase, not a place.
    (
        "Thay thế cụm từ “khoản 11” bằng cụm từ “khoản 7” tại Điều 20.",
        [("substitute", "art_20", "khoản 11", "khoản 7")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "expected"), PHRASES)
def test_phrases(clause: str, expected: list[tuple[str, str, str | None, str | None]]) -> None:
    assert changes("1. " + clause) == expected


def test_items_share_the_verb_above_them() -> None:
    assert changes(
        "1. Thay thế các cụm từ sau đây:\na) Cụm từ “huyện” bằng cụm từ “xã” tại Điều 3;\n2. Bãi bỏ một số khoản, "
        "cụm từ:\n"
        "a) Khoản 2 Điều 15;\nb) Cụm từ “và cấp huyện” tại Điều 2."
    ) == [
        ("substitute", "art_3", "huyện", "xã"), ("repeal", "art_15__cl_2", None, None),
        ("delete_text", "art_2", "và cấp huyện", None),
    ]  # fmt: skip


def test_a_line_that_the_paper_broke_is_one_line() -> None:
    """Readers join wrapped lines where they can; a position cut off from its number is joined here."""
    assert changes("1. Bãi bỏ Điều\n12.\n2. Bãi bỏ khoản 2 Mục I\nPhụ lục II.") == [
        ("repeal", "art_12", None, None), ("repeal", "app_II__sec_I__cl_2", None, None),
    ]  # fmt: skip


def test_annexes_and_forms() -> None:
    found = document(
        HEADING + "1. Thay thế Phụ lục II bằng Phụ lục ban hành kèm theo Quyết định này.\n"
        "2. Bãi bỏ Mẫu số 02 tại Phụ lục III.",
        TITLE,
    ).effects
    assert [(e.type, e.target.provision) for e in found] == [("replace", "app_II"), ("repeal", "app_III__form_02")]


def test_quoted_text_speaks_for_another_act() -> None:
    assert changes(
        "1. Sửa đổi, bổ sung Điều 9 như sau:\n“Điều 9. Hiệu lực\n1. Quy định này có hiệu lực từ ngày 01/01/2021.\n"
        "2. Bãi bỏ Quyết định số 01/2001/QĐ-UBND ngày 02/02/2001 của Ủy ban nhân dân huyện Bình Sơn.”"
    ) == [(
        "amend", "art_9", None,
        "Điều 9. Hiệu lực\n1. Quy định này có hiệu lực từ ngày 01/01/2021.\n"
        "2. Bãi bỏ Quyết định số 01/2001/QĐ-UBND ngày 02/02/2001 của Ủy ban nhân dân huyện Bình Sơn.",
    )]  # fmt: skip


# --- duties


def test_details_and_delegations() -> None:
    found = document(
        "Điều 1. Phạm vi điều chỉnh\nQuyết định này quy định chi tiết khoản 2 Điều 5, Điều 7 Luật Đất đai số "
        "31/2024/QH15.\n"
        "Điều 2. Trách nhiệm\n1. Bộ trưởng Bộ Tài chính quy định chi tiết Điều này.\n"
        "2. Giao Ủy ban nhân dân cấp xã quy định thời gian họp chợ."
    ).effects
    assert [(e.type, e.target.symbol, e.target.provision, e.to) for e in found] == [
        ("implement", "31/2024/QH15", "art_5__cl_2", None),
        ("implement", "31/2024/QH15", "art_7", None),
        ("delegate", "14/2025/QĐ-UBND", "art_2", "Bộ trưởng Bộ Tài chính"),
        ("delegate", "14/2025/QĐ-UBND", "art_2__cl_2", "Ủy ban nhân dân cấp xã"),
    ]


# --- properties

_CLAUSES = [clause for clause, _ in (*OWN, *OTHERS)] + NONE


@given(clause=st.sampled_from(_CLAUSES), after=st.sampled_from([*_CLAUSES, "Chánh Văn phòng chịu trách nhiệm."]))
@settings(max_examples=60, deadline=None)
def test_effects_never_depend_on_what_follows(clause: str, after: str) -> None:
    """Types and targets of a clause are the same whatever article stands behind it (days may come from there)."""
    alone = document(FIRST + clause).effects
    followed = document(FIRST + clause + "\nĐiều 3. Tổ chức thực hiện\n" + after).effects
    end = max((e.end for e in alone), default=0)
    here = [e for e in followed if (e.in_ or "").startswith("art_2")]
    assert [(e.type, e.target, e.start) for e in here if e.start <= end or not alone] == [
        (e.type, e.target, e.start) for e in alone
    ]


@given(st.text(alphabet="Đđiềukhonảbỏsungthayếcmừ“”\"0123456789/.,;: \nQUYẾTĐỊNHnày", max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_text_is_read(noise: str) -> None:
    """Whatever stands there, effects lie in the text and in text order."""
    found = document(FIRST + noise)
    starts = [effect.start for effect in found.effects]
    assert starts == sorted(starts)
    assert all(0 <= effect.start <= effect.end <= len(found.text) for effect in found.effects)


HOSTILE = ["bãi bỏ ", "luật này có hiệu lực ", "luật hết hiệu lực ", "cụm từ “a” ", "“ ", "khoản 1, "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_paragraphs_end_soon(piece: str) -> None:
    """A paragraph of 60,000 letters made of one trigger is read in time that grows with its length only."""
    text = "Điều 1. " + piece * (60_000 // len(piece))
    whole = Text(text, (TextLine(0, len(text)),))
    tree = Outline((Provision("art_1", "dieu", "1", None, 0, len(text)),))
    begun = time.process_time()
    effects_of(whole, Masthead(), tree, ())
    assert time.process_time() - begun < 3
