"""What an amending act quotes is no provision of it."""

from __future__ import annotations

from corpus.model import Line, Masthead
from extractors.cleaning import clean
from extractors.outline import outline


def read(words: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Ids of the provisions; start of each quotation with the ids of the units inside it."""
    text = clean([Line(line, starts_paragraph=True) for line in words.strip().split("\n")])
    tree = outline(text, Masthead())
    quoted = [(text.text[quote.start : quote.end], [unit.id for unit in quote.units]) for quote in tree.quotes]
    return [unit.id for unit in tree.provisions], quoted


AMENDING = """
Điều 1. Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Quyết định số 01/2020/QĐ-UBND
1. Sửa đổi, bổ sung Điều 5 như sau:
“Điều 5. Mức hỗ trợ
1. Mức hỗ trợ gồm:
a) Hộ nghèo;
b) “Hộ cận nghèo” theo chuẩn.
2. Thời hạn là một năm.”.
2. Bổ sung khoản 3a vào sau khoản 3 Điều 6 như sau: “3a. Người cao tuổi được ưu tiên.”
3. Bãi bỏ Điều 7.
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày ký.
"""
OWN = ["art_1", "art_1__cl_1", "art_1__cl_2", "art_1__cl_3", "art_2"]


def test_quoted_articles_are_no_provisions() -> None:
    own, quoted = read(AMENDING)
    assert own == OWN
    assert [units for _, units in quoted] == [
        ["art_5", "art_5__cl_1", "art_5__cl_1__pt_a", "art_5__cl_1__pt_b", "art_5__cl_2"],
        ["cl_3a"],
    ]
    assert quoted[0][0].startswith("Điều 5. Mức hỗ trợ")
    assert quoted[0][0].endswith("một năm.")
    assert quoted[1][0] == "3a. Người cao tuổi được ưu tiên."


def test_straight_marks() -> None:
    own, quoted = read(AMENDING.replace("“", '"').replace("”", '"'))
    assert own == OWN
    assert len(quoted) == 2


def test_closing_mark_is_missing() -> None:
    own, quoted = read(AMENDING.replace("một năm.”.", "một năm."))
    assert own == OWN
    assert quoted[0][0].endswith("một năm.")


def test_closing_mark_stands_too_early() -> None:
    own, quoted = read(AMENDING.replace("a) Hộ nghèo;", "a) Hộ nghèo;”"))
    assert own == OWN
    assert quoted[0][0].endswith("một năm.")


def test_closing_mark_is_missing_before_the_last_article() -> None:
    words = """
Điều 1. Sửa đổi, bổ sung Điều 3 như sau:
“Điều 3. Mức thu
1. Một.
2. Hai.
Điều 2. Hiệu lực thi hành
Nội dung.
"""
    own, quoted = read(words)
    assert own == ["art_1", "art_2"]
    assert [units for _, units in quoted] == [["art_3", "art_3__cl_1", "art_3__cl_2"]]


def test_every_paragraph_has_an_opening_mark() -> None:
    words = """
Điều 1. Sửa đổi khoản 1 và khoản 2 Điều 4 như sau:
“1. Một.
“2. Hai.”
Điều 2. Thi hành
Nội dung.
"""
    own, quoted = read(words)
    assert own == ["art_1", "art_2"]
    assert [units for _, units in quoted] == [["cl_1"], ["cl_2"]]


def test_a_quoted_word_is_no_quotation_of_an_act() -> None:
    words = """
Điều 1. Giải thích từ ngữ
1. “Chợ” là nơi mua bán.
2. Thay thế cụm từ “Phòng Nội vụ” bằng cụm từ “Phòng Văn hóa - Xã hội” tại Điều 3.
3. Khẩu hiệu: “Sạch và đẹp”.
Điều 2. Thi hành
Nội dung.
"""
    own, quoted = read(words)
    assert own == ["art_1", "art_1__cl_1", "art_1__cl_2", "art_1__cl_3", "art_2"]
    assert quoted == []


def test_points_of_an_instruction_go_on_after_each_quotation() -> None:
    words = """
Điều 1. Sửa đổi, bổ sung một số điều
1. Sửa đổi, bổ sung Điều 5 như sau:
a) Sửa đổi khoản 1 như sau:
“1. Nội dung mới.”;
b) Sửa đổi khoản 2 như sau:
“2. Nội dung mới khác.”.
2. Bãi bỏ Điều 8.
"""
    own, quoted = read(words)
    assert own == ["art_1", "art_1__cl_1", "art_1__cl_1__pt_a", "art_1__cl_1__pt_b", "art_1__cl_2"]
    assert [units for _, units in quoted] == [["cl_1"], ["cl_2"]]


def test_a_quoted_rule_that_begins_like_an_instruction() -> None:
    words = """
Điều 1. Sửa đổi, bổ sung một số điều
1. Sửa đổi, bổ sung Điều 14 như sau:
“1. Phù hợp với quy hoạch.
2. Chuyển mục đích sử dụng theo khoản này.
3. Bổ sung nguồn vốn cho mục tiêu chung.”.
2. Bãi bỏ Điều 15.
"""
    own, quoted = read(words)
    assert own == ["art_1", "art_1__cl_1", "art_1__cl_2"]
    assert [units for _, units in quoted] == [["cl_1", "cl_2", "cl_3"]]
