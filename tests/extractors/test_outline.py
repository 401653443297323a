"""The tree of provisions, on small texts that a lawyer can read."""

from __future__ import annotations

from corpus.model import Line, Masthead, Outline, Text
from corpus.nothing import NothingKnown
from extractors import understand
from extractors.cleaning import clean
from extractors.outline import outline
from extractors.readers import Reading
from extractors.readers.text import lines_of


def text_of(words: str, **style: object) -> Text:
    return clean([Line(line, starts_paragraph=True, **style) for line in words.strip().split("\n")])  # type: ignore[arg-type]


def read(words: str) -> tuple[Text, Outline]:
    text = text_of(words)
    return text, outline(text, Masthead())


def ids(words: str) -> list[str]:
    return [unit.id + (f"#{unit.nth}" if unit.nth > 1 else "") for unit in read(words)[1].provisions]


ACT = """
ỦY BAN NHÂN DÂN
XÃ ĐỒNG MẪU
QUYẾT ĐỊNH
Về quản lý chợ
CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ
Căn cứ Luật Tổ chức chính quyền địa phương;
QUYẾT ĐỊNH:
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định việc quản lý chợ.
Điều 2. Giải thích từ ngữ
1. Chợ là nơi mua bán, gồm:
a) Chợ hạng 1;
b) Chợ hạng 2;
c) Chợ hạng 3;
d) Chợ hạng 4;
đ) Chợ đêm.
2. Tiểu thương là người bán hàng.
Chương II
QUẢN LÝ CHỢ
Mục 1
THU TIỀN
Điều 3. Mức thu
1. Mức thu là
15.000 đồng một ngày, theo khoản
2. của bảng giá, tính đến
30/6/2025 và
1,5 triệu đồng một năm.
2. Hộ nghèo không nộp.
Mục 2
TRẬT TỰ
Điều 4. Trật tự
Quản lý chợ:
- Đo cân;
- Ghi sổ.
Điều 4a. Vệ sinh
Điều 5. Thi hành
Quyết định này có hiệu lực từ ngày ký./.
Nơi nhận:
- Như Điều 5;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Mẫu
"""


def test_act_with_chapters_sections_and_all_below() -> None:
    assert ids(ACT) == [
        "chp_I", "art_1", "art_2", "art_2__cl_1", "art_2__cl_1__pt_a", "art_2__cl_1__pt_b", "art_2__cl_1__pt_c",
        "art_2__cl_1__pt_d", "art_2__cl_1__pt_đ", "art_2__cl_2", "chp_II", "chp_II__sec_1", "art_3", "art_3__cl_1",
        "art_3__cl_2", "chp_II__sec_2", "art_4", "art_4__-1", "art_4__-2", "art_4a", "art_5",
    ]  # fmt: skip


def test_a_unit_spans_its_heading_and_all_below_it() -> None:
    text, tree = read(ACT)
    unit = {item.id: item for item in tree.provisions}
    words = {name: text.text[item.start : item.end] for name, item in unit.items()}
    assert words["art_2__cl_1"].startswith("1. Chợ là nơi")
    assert words["art_2__cl_1"].endswith("đ) Chợ đêm.")
    assert words["chp_I"].startswith("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1.")
    assert words["chp_I"].endswith("người bán hàng.")
    assert words["art_5"].endswith("từ ngày ký./.")
    assert words["chp_II"].endswith("từ ngày ký./.")
    assert unit["chp_II__sec_1"].heading == "THU TIỀN"
    assert unit["art_1"].heading == "Phạm vi điều chỉnh"
    assert (unit["art_2__cl_1__pt_đ"].kind, unit["art_2__cl_1__pt_đ"].num) == ("diem", "đ")
    assert {item.kind for item in tree.provisions} == {"chuong", "muc", "dieu", "khoan", "diem", "gach_dau_dong"}


def test_recitals_recipients_and_signature_are_outside() -> None:
    text, tree = read(ACT)
    for outside in ("Căn cứ Luật", "Nơi nhận", "- Lưu: VT", "TM. ỦY BAN"):
        at = text.text.index(outside)
        assert not any(unit.start <= at < unit.end for unit in tree.provisions), outside


def test_mistakes_of_numbering_stay() -> None:
    words = """
Điều 1. Một
1. Thứ nhất.
3. Thứ ba.
3. Lại thứ ba.
4. Thứ tư:
a) Một;
c) Ba.
Điều 3. Ba
Điều 3. Lại ba
"""
    assert ids(words) == [
        "art_1", "art_1__cl_1", "art_1__cl_3", "art_1__cl_3#2", "art_1__cl_4", "art_1__cl_4__pt_a",
        "art_1__cl_4__pt_c",
        "art_3", "art_3#2",
    ]  # fmt: skip


def test_a_list_that_goes_on_over_articles() -> None:
    words = "Điều 1. Bãi bỏ\n1. Văn bản A.\n2. Văn bản B.\nĐiều 2. Bãi bỏ một phần\n3. Văn bản C.\n4. Văn bản D."
    assert ids(words) == ["art_1", "art_1__cl_1", "art_1__cl_2", "art_2", "art_2__cl_3", "art_2__cl_4"]


def test_parts_of_a_point_are_no_points_but_inserted_points_are() -> None:
    parts = "Điều 1. Một\n1. Gồm:\na) Một;\nb) Hai, gồm:\nb1) Phần một;\nb2) Phần hai;\nc) Ba."
    _, tree = read(parts)
    assert [(u.id, u.kind) for u in tree.provisions][3:] == [
        ("art_1__cl_1__pt_b", "diem"), ("art_1__cl_1__pt_b1", "muc_so"), ("art_1__cl_1__pt_b2", "muc_so"),
        ("art_1__cl_1__pt_c", "diem"),
    ]  # fmt: skip
    inserted = "Điều 1. Một\n1. Gồm:\na) Một;\na1) Chèn một;\nb) Hai."
    _, tree = read(inserted)
    assert [(u.id, u.kind) for u in tree.provisions][2:] == [
        ("art_1__cl_1__pt_a", "diem"), ("art_1__cl_1__pt_a1", "diem"), ("art_1__cl_1__pt_b", "diem"),
    ]  # fmt: skip


def test_a_number_and_its_word_on_two_lines() -> None:
    assert ids("Điều\n1. Một\nNội dung.\nĐiều\n2. Hai\nNội dung.") == ["art_1", "art_2"]


ISSUED = """
QUYẾT ĐỊNH
Ban hành Quy chế làm việc
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.
Điều 2. Quyết định này có hiệu lực từ ngày ký./.
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Nguyễn Văn Mẫu
QUY CHẾ
Làm việc của Ủy ban nhân dân xã Đồng Mẫu
(Ban hành kèm theo Quyết định số 01/2026/QĐ-UBND)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Một.
2. Hai.
Điều 2. Thi hành
Nội dung.
PHỤ LỤC I
DANH MỤC VIỆC
(Kèm theo Quy chế làm việc)
1. Việc một.
2. Việc hai.
Phụ lục II
BIỂU MẪU
Mẫu số 01
ĐƠN ĐỀ NGHỊ
Điều 1. Chỗ trống để điền.
"""


def test_an_attached_text_restarts_and_holds_its_appendices() -> None:
    _, tree = read(ISSUED)
    assert [unit.id for unit in tree.provisions] == [
        "art_1", "art_2", "att_1", "att_1__chp_I", "att_1__art_1", "att_1__art_1__cl_1", "att_1__art_1__cl_2",
        "att_1__art_2",
        "att_1__app_I", "att_1__app_I__out_1", "att_1__app_I__out_2", "att_1__app_II", "att_1__app_II__form_01",
    ]  # fmt: skip
    units = {unit.id: unit for unit in tree.provisions}
    assert units["att_1"].heading == "QUY CHẾ"
    assert units["att_1"].end == units["att_1__app_II__form_01"].end
    assert units["att_1"].kind == units["att_1__app_I"].kind == "phu_luc"
    assert units["att_1__app_I"].end < units["att_1__app_II"].start


def test_appendices_of_the_act_itself_are_not_below_the_attached_text() -> None:
    words = ISSUED.replace("(Kèm theo Quy chế làm việc)", "(Kèm theo Quyết định số 01/2026/QĐ-UBND)")
    assert "app_I" in ids(words)
    assert "att_1__app_I" not in ids(words)


def test_two_attached_texts() -> None:
    words = """
Điều 1. Ban hành hai văn bản kèm theo.
Điều 2. Thi hành./.
Nơi nhận:
- Lưu.
QUY ĐỊNH
(Ban hành kèm theo Quyết định số 2/QĐ-UBND)
Điều 1. Một
Nội dung thứ nhất của quy định này có nhiều chữ.
KẾ HOẠCH
(Ban hành kèm theo Quyết định số 2/QĐ-UBND)
I. MỤC TIÊU
1. Một.
a) Nhỏ.
"""
    assert ids(words) == [
        "art_1", "art_2", "att_1", "att_1__art_1", "att_2", "att_2__out_I", "att_2__out_I__1",
        "att_2__out_I__1__pt_a",
    ]  # fmt: skip


PLAN = """
KẾ HOẠCH
Cải cách hành chính năm 2026
Thực hiện Kế hoạch của tỉnh, Ủy ban nhân dân xã xây dựng kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
Tiếp tục cải cách.
2. Yêu cầu:
Rút ngắn thời gian.
II. NHIỆM VỤ
1. Chỉ tiêu
1.1. 100% hồ sơ đúng hạn;
1.2. 80% trực tuyến.
2. Giải pháp
2.1. Chỉ đạo
- Họp hằng tháng;
- Báo cáo hằng quý;
2.2. Thể chế công chức nhà nước
2.3. Thủ tục
a) Rà soát;
b) Cắt giảm.
III. TỔ CHỨC THỰC HIỆN
1. Văn phòng
2. Công an
Nơi nhận:
- Lưu: VT.
"""


def test_plan_keeps_the_number_that_stands_where_the_first_is_missing() -> None:
    assert ids(PLAN) == [
        "out_I", "out_I__2", "out_II", "out_II__1", "out_II__1__1.1", "out_II__1__1.2", "out_II__2", "out_II__2__2.1",
        "out_II__2__2.1__-1", "out_II__2__2.1__-2", "out_II__2__2.2", "out_II__2__2.3", "out_II__2__2.3__pt_a",
        "out_II__2__2.3__pt_b", "out_III", "out_III__1", "out_III__2",
    ]  # fmt: skip
    text, tree = read(PLAN)
    at = text.text.index("Tiếp tục cải cách")
    assert [unit.id for unit in tree.provisions if unit.start <= at < unit.end] == ["out_I"]
    assert {unit.kind for unit in tree.provisions} == {"muc_la_ma", "muc_so", "gach_dau_dong", "diem"}


def test_plan_without_roman_numerals() -> None:
    assert ids("THÔNG BÁO\n1. Lịch\n1.1. Sáng\n1.2. Chiều\n2. Nơi tiếp\n- Trụ sở;\n- Nhà văn hóa.") == [
        "out_1", "out_1__1.1", "out_1__1.2", "out_2", "out_2__-1", "out_2__-2",
    ]  # fmt: skip


def test_capital_letters_above_roman_numerals() -> None:
    words = "BÁO CÁO\nA. KẾT QUẢ\nI. Mặt được\nII. Tồn tại\nB. PHƯƠNG HƯỚNG\nI. Mục tiêu\nC. KIẾN NGHỊ\nD. KHÁC"
    assert ids(words) == ["out_A", "out_A__I", "out_A__II", "out_B", "out_B__I", "out_C", "out_D"]


def test_cells_of_a_table_are_no_clauses() -> None:
    lines = [Line("Điều 1. Phân công"), Line("1. Phân công như sau:")]
    lines += [Line(cell, region="table") for cell in ("STT", "Việc", "1.", "Họp", "2.", "Báo cáo", "3. Ghi chú")]
    lines += [Line("2. Thời hạn là ba tháng.")]
    tree = outline(clean([Line(x.text, region=x.region, starts_paragraph=True) for x in lines]), Masthead())
    assert [unit.id for unit in tree.provisions] == ["art_1", "art_1__cl_1", "art_1__cl_2"]


def test_rows_of_an_attached_list_are_items() -> None:
    lines = [
        Line("Điều 1. Công bố danh mục."),
        Line("Nơi nhận:"),
        Line("DANH MỤC"),
        Line("(Kèm theo Quyết định số 3/QĐ-UBND)"),
    ]
    cells = ("STT", "Tên", "Mức", "1", "Thủ tục A", "50", "2", "Thủ tục B", "9", "3", "Thủ tục C", "7")
    lines += [Line(cell, region="table") for cell in cells]
    text = clean([Line(x.text, region=x.region, starts_paragraph=True) for x in lines])
    tree = outline(text, Masthead())
    assert [unit.id for unit in tree.provisions] == [
        "art_1",
        "att_1",
        "att_1__item_1",
        "att_1__item_2",
        "att_1__item_3",
    ]
    assert text.text[tree.provisions[3].start : tree.provisions[3].end] == "2\nThủ tục B\n9"


def test_pages_are_those_of_the_heading_lines() -> None:
    lines = [Line("Điều 1. Một", page=1), Line("1. Đầu.", page=1), Line("2. Sau.", page=2), Line("Điều 2. Hai", page=3)]
    tree = outline(clean(lines), Masthead())
    assert [(unit.id, unit.page) for unit in tree.provisions] == [
        ("art_1", 1), ("art_1__cl_1", 1), ("art_1__cl_2", 2), ("art_2", 3),
    ]  # fmt: skip


def test_the_masthead_tells_where_the_signature_is() -> None:
    text = text_of("Điều 1. Một\nNội dung.\nNgười ký ở dòng này")
    at = text.text.index("Người ký")
    tree = outline(text, Masthead(spans={"signature": (at, len(text.text))}))
    assert text.text[tree.provisions[0].start : tree.provisions[0].end].endswith("Nội dung.")


def test_nothing_from_nothing() -> None:
    assert outline(Text("", ()), Masthead()) == Outline(())
    assert ids("Chào bạn.") == []


def test_an_outline_below_an_article_of_a_resolution() -> None:
    words = """
NGHỊ QUYẾT
Điều 1. Thông qua quy hoạch với nội dung sau:
I. Quan điểm
1. Một.
2. Hai:
a) Nhỏ.
Ii. Mục tiêu
1. Ba.
Điều 2. Thi hành
1. Bốn.
"""
    assert ids(words) == [
        "art_1", "art_1__out_I", "art_1__out_I__1", "art_1__out_I__2", "art_1__out_I__2__pt_a", "art_1__out_II",
        "art_1__out_II__1", "art_2", "art_2__cl_1",
    ]  # fmt: skip


def test_a_first_article_needs_no_full_stop_before_it() -> None:
    head = "BỘ TÀI CHÍNH\nSố: 10/2023/TT-BTC\nTHÔNG TƯ\nQuy định về phí mẫu\n"
    for first in ("Điều 1 Phạm vi điều chỉnh", "Điều 1\nPhạm vi điều chỉnh"):
        lines = tuple(lines_of(f"{head}{first}\nThông tư này quy định phí.\n"))
        found = understand("t.txt", Reading(lines), NothingKnown())
        assert [unit.id for unit in found.provisions] == ["art_1"]


def test_an_inserted_chapter_keeps_its_letter() -> None:
    text = "NGHỊ ĐỊNH\nVề chợ\nChương II\nCHỢ\nĐiều 1. Một\nNội dung.\nChương IIa\nPHIÊN CHỢ\nĐiều 2. Hai\nNội dung.\n"
    found = understand("t.txt", Reading(tuple(lines_of(text))), NothingKnown())
    assert [unit.id for unit in found.provisions if unit.kind == "chuong"] == ["chp_II", "chp_IIa"]
