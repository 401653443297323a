"""Effects of central acts that are hard to read: chapters, exceptions, several acts. The acts are made up."""

from __future__ import annotations

from corpus.model import Document, Effect
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading
from extractors.readers.text import lines_of

DECREE = """CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 31/2026/NĐ-CP
Hà Nội, ngày 05 tháng 01 năm 2026
NGHỊ ĐỊNH
{title}
Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;
Chính phủ ban hành Nghị định.
{clauses}
Nơi nhận:
- Như trên;
- Lưu: VT.
"""


def read(clauses: str, title: str) -> Document:
    """The document that a decree with these clauses is read as."""
    text = DECREE.format(title=title, clauses=clauses.strip())
    return understand("nd.txt", Reading(tuple(lines_of(text))), NothingKnown())


def told(clauses: str, title: str = "Quy định một số nội dung về phí") -> list[tuple[str, str | None, str | None]]:
    """(type, act, unit) of every effect but those on the decree itself."""
    return [
        (effect.type, effect.target.symbol or effect.target.name, effect.target.provision)
        for effect in read(clauses, title).effects if not effect.target.self_
    ]  # fmt: skip


def own(clauses: str, title: str = "Quy định một số nội dung về phí") -> list[Effect]:
    """The effects on the decree itself."""
    return [effect for effect in read(clauses, title).effects if effect.target.self_ and effect.type != "delegate"]


def test_the_heading_of_a_chapter_runs_over_lines() -> None:
    clauses = """
Chương I
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA NGHỊ ĐỊNH SỐ
96/2020/NĐ-CP NGÀY 24 THÁNG 7 NĂM 2020 CỦA CHÍNH PHỦ
QUY ĐỊNH CHI TIẾT MỘT SỐ ĐIỀU CỦA LUẬT NHÀ Ở
Điều 1. Sửa đổi, bổ sung Điều 9
Bãi bỏ khoản 6.
Chương II
HIỆU LỰC THI HÀNH
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2026.
"""
    title = "Sửa đổi, bổ sung một số điều của các Nghị định trong lĩnh vực nhà ở"
    assert told(clauses, title) == [("repeal", "96/2020/NĐ-CP", "art_9__cl_6")]


def test_an_article_that_repeats_the_list_of_the_title_amends_the_act_of_its_place() -> None:
    title = "Sửa đổi, bổ sung một số điều của Nghị định số 11/2019/NĐ-CP, Nghị định số 12/2019/NĐ-CP"
    clauses = f"""
Điều 1. {title}
1. Bãi bỏ khoản 2 Điều 5.
Điều 2. {title}
1. Bãi bỏ khoản 3 Điều 7.
"""
    assert told(clauses, title) == [
        ("repeal", "11/2019/NĐ-CP", "art_5__cl_2"), ("repeal", "12/2019/NĐ-CP", "art_7__cl_3"),
    ]  # fmt: skip


def test_what_is_spared_from_a_repeal_is_not_repealed() -> None:
    clauses = """
Điều 1. Bãi bỏ một phần văn bản
1. Bãi bỏ Nghị định số 09/2015/NĐ-CP, trừ các nội dung sau:
a) Điểm a khoản 3 Điều 1;
b) Khoản 2 Điều 4.
2. Bãi bỏ khoản 3 Điều 4 Nghị định số 57/2024/NĐ-CP.
"""
    assert told(clauses) == [
        ("repeal", "09/2015/NĐ-CP", None), ("repeal", "57/2024/NĐ-CP", "art_4__cl_3"),
    ]  # fmt: skip
    effect = read(clauses, "Bãi bỏ một số văn bản").effects[0]
    assert effect.partial


def test_a_unit_of_which_some_is_spared_is_repealed_in_part() -> None:
    clauses = """
Điều 1. Điều khoản thi hành
1. Bãi bỏ các quy định sau đây của Nghị định số 51/2024/NĐ-CP:
a) Điều 5, trừ điểm i khoản 1;
b) Phụ lục I, trừ các nội dung sau:
Khoản 6 Mục I Phần III;
Phần IV; Phần VI.
c) Phụ lục II.
"""
    effects = read(clauses, "Quy định về phí").effects
    assert [(e.target.provision, e.partial) for e in effects] == [("art_5", True), ("app_I", True), ("app_II", False)]


def test_new_words_of_a_unit_are_no_phrase_to_delete() -> None:
    clauses = """
Điều 1. Sửa đổi khoản 3 Điều 7, bãi bỏ khoản 4 Điều 7
1. “3. Thương nhân nhập khẩu phải công bố hợp quy”.
2. Bãi bỏ khoản 4 Điều 7
"""
    kinds = {kind for kind, _, _ in told(clauses, "Sửa đổi, bổ sung một số điều của Nghị định số 37/2013/NĐ-CP")}
    assert kinds == {"amend", "repeal"}


def test_something_added_to_an_annex_is_words_not_an_annex() -> None:
    title = "Sửa đổi, bổ sung một số điều của Nghị định số 12/2021/NĐ-CP"
    clauses = "Điều 1. Bổ sung định mức dự toán một số công tác tại Phụ lục II Nghị định số 12/2021/NĐ-CP."
    assert told(clauses, title) == [("insert_text", "12/2021/NĐ-CP", "app_II")]


def test_a_thing_added_under_a_provision_changes_no_law() -> None:
    clauses = """
Điều 1. Giá đất
1. Bổ sung giá đất tại nơi tái định cư quy định tại khoản 6 Điều 3 của Nghị định số 54/2025/NĐ-CP.
"""
    assert told(clauses) == []


def test_units_in_force_on_their_own_day_are_named_by_what_they_amend() -> None:
    title = "Sửa đổi, bổ sung một số điều của Nghị định số 12/2021/NĐ-CP"
    clauses = """
Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 12/2021/NĐ-CP
1. Bãi bỏ khoản 1 Điều 15.
2. Bãi bỏ khoản 3 Điều 16.
Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2026, trừ trường hợp quy định tại khoản 2 Điều này.
2. Quy định tại khoản 1 Điều 15 của Nghị định số 12/2021/NĐ-CP (được sửa đổi, bổ sung tại khoản 1 Điều 1 của Nghị định này) có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2026.
"""  # noqa: E501
    found = [(effect.target.provision, str(effect.from_)) for effect in own(clauses, title)]
    assert found == [(None, "2026-03-01"), ("art_1__cl_1", "2026-07-01")]
    days = [str(effect.from_) for effect in read(clauses, title).effects if effect.type == "repeal"]
    assert days == ["2026-07-01", "2026-03-01"]


def test_only_the_unit_of_this_text_comes_into_force() -> None:
    clauses = """
Điều 2. Hiệu lực thi hành
1. Khoản 2 Điều 1 Nghị định này sửa đổi khoản 3 Điều 5 Nghị định số 12/2021/NĐ-CP có hiệu lực từ ngày 01/4/2026.
"""
    assert [effect.target.provision for effect in own(clauses)] == ["art_1__cl_2"]
