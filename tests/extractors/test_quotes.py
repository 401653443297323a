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


# --- new words without quotation marks, as many acts before 2010 have them ---------------------------------------


def units_and_quotes(*lines: str) -> tuple[list[str], list[str]]:
    text = clean([Line(line, starts_paragraph=True) for line in lines])
    tree = outline(text, Masthead())
    return [unit.id for unit in tree.provisions], [text.text[quote.start : quote.end] for quote in tree.quotes]


def test_bare_new_clauses_are_no_units_of_the_instruction():
    units, quotes = units_and_quotes(
        "Điều 1. Sửa đổi, bổ sung một số điều của Quy định kèm theo Quyết định số 10/2007/QĐ-UBND như sau:",
        "1. Sửa đổi, bổ sung khoản 1 và khoản 4, Điều 1 như sau:",
        "1. Nhà đầu tư được hưởng ưu đãi.",
        "4. Dự án trên 200 tỷ đồng được hỗ trợ.",
        "2. Bổ sung thêm khoản 4, Điều 4 như sau:",
        "4. Được hỗ trợ kinh phí bồi thường.",
        "3. Điều 6 được sửa đổi như sau:",
        "Nhà đầu tư tiếp nhận từ 30 lao động được hỗ trợ.",
        "Điều 2. Áp dụng các nội dung tại Điều 1.",
    )
    assert units == ["art_1", "art_1__cl_1", "art_1__cl_2", "art_1__cl_3", "art_2"]
    assert quotes == [
        "1. Nhà đầu tư được hưởng ưu đãi.\n4. Dự án trên 200 tỷ đồng được hỗ trợ.",
        "4. Được hỗ trợ kinh phí bồi thường.",
        "Nhà đầu tư tiếp nhận từ 30 lao động được hỗ trợ.",
    ]


def test_bare_new_articles_end_before_the_next_instruction_and_the_last_articles():
    units, quotes = units_and_quotes(
        "Điều 1. Sửa đổi một số điều của Quy định kèm theo Quyết định số 10/2007/QĐ-UBND như sau:",
        "1. Điều 2 được sửa đổi, bổ sung như sau:",
        "Điều 2. Nguồn vốn",
        "1. Vốn ngân sách.",
        "2. Vốn khác.",
        "2. Điều 3 được sửa đổi như sau:",
        "Điều 3. Lập kế hoạch",
        "1. Lập hằng năm.",
        "Điều 2. Hiệu lực thi hành",
        "Quyết định này có hiệu lực từ ngày ký.",
    )
    assert units == ["art_1", "art_1__cl_1", "art_1__cl_2", "art_2"]
    assert quotes == ["Điều 2. Nguồn vốn\n1. Vốn ngân sách.\n2. Vốn khác.", "Điều 3. Lập kế hoạch\n1. Lập hằng năm."]


def test_instructions_below_an_instruction_stay_units():
    units, quotes = units_and_quotes(
        "Điều 1. Sửa đổi Điều 8 Nghị định số 72/2020/NĐ-CP như sau:",
        "a) Bổ sung tên điều như sau: “Điều 8. Trình tự”;",
        "b) Sửa đổi khoản 1.",
        "Điều 2. Bổ sung mức chi tại Điều 3 như sau:",
        "1. Tại khoản 2 của Điều này, mức chi được sửa đổi thành 50.000 đồng.",
        "Điều 3. Hiệu lực thi hành.",
    )
    assert units == ["art_1", "art_1__pt_a", "art_1__pt_b", "art_2", "art_2__cl_1", "art_3"]
    assert quotes == ["Điều 8. Trình tự"]
