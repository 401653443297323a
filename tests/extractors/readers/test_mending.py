"""What a scan misread, set right where the grammar makes it certain; the rest stays as it was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Line, Unsure
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading, mending


def read(*lines: str) -> list[str]:
    return [line.text for line in mending.mended([[Line(line, confidence=0.9) for line in lines]])[0]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Điều 30. Quyền hạn", "Điêu 31. Trách nhiệm"], "Điều 31. Trách nhiệm"),
        (["Điều 53. Quan hệ", "_ Điều 54. Chế độ"], "Điều 54. Chế độ"),
        (["Điều 2. Giải thích", "1, Ủy ban nhân dân"], "1. Ủy ban nhân dân"),
        (["1. Xã", "2. Thôn", ".3. Tổ dân phố"], "3. Tổ dân phố"),
        (["1. Xã", "2. Thôn", "3. Tổ", "Á. Tập các danh mục"], "4. Tập các danh mục"),
        (["1. Xã", "2. Thôn", "3. Tổ", "Á, lập các danh mục"], "4. lập các danh mục"),
        (["1. Xã", "2. Thôn", ".4. Tổ dân phố"], "4. Tổ dân phố"),
        (["1. Xã", "a) Một", "b) Hai", "_©)Ba"], "c) Ba"),
        (["1. Xã", "a) Một", "b) Hai", "c) Ba", "đ) Bốn"], "d) Bốn"),
        (["1. Xã", "a) Một", "b) Hai", "c) Ba", "d) Bốn", "d) Năm"], "đ) Năm"),
        (["Chương]"], "Chương I"),
        (["Chương I", "Chương H"], "Chương II"),
        (["Mục 4", "Mục S"], "Mục 5"),
        (["I. MỤC ĐÍCH", "IL NỘI DUNG"], "II. NỘI DUNG"),
        (["IL NỘI DUNG"], "I. NỘI DUNG"),
        (["I.THỜI HẠN"], "I. THỜI HẠN"),
        (["I. PHẠM VI", "II. HỒ SƠ", "II. LỆ PHÍ"], "III. LỆ PHÍ"),
        (["1.Phạm vi"], "1. Phạm vi"),
        (["1. Sửa đổi khoản 2 như sau:", "2. Xã có quỹ.”"], "“2. Xã có quỹ.”"),
        (["IL. NỘI DUNG"], "I. NỘI DUNG"),
        (["I. NỘI DUNG", "II TỔ CHỨC"], "II. TỔ CHỨC"),
        (["I. A", "I. THỜI HẠN", "II. HỒ SƠ", "HI. LỆ PHÍ"], "III. LỆ PHÍ"),
    ],
)  # fmt: skip
def test_heads_in_their_sequence(lines, expected):
    assert read(*lines)[-1] == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["Điều 3. Xã", "Điều 4 Luật Đất đai"],  # a line that goes on: no head
        ["Điều 3. Xã", "Điều 9. Thôn"],  # a gap is told, not closed
        ["1. Xã", "a) Một", "d) Bốn"],  # a lost letter is not guessed
        ["1. Xã", "A. Phần chung"],
        ["Mục 4", "Mục 7"],
        ["I. MỘT SỐ VIỆC", "I. NỘI DUNG"],  # an attached text begins anew
        ["1. Nội dung như sau:", "a) Lập quỹ “Vì trẻ em”;"],  # a quotation with both its marks
        ["Thẩm quyền", "thâm quyên xử lý"],
    ],
)
def test_what_is_not_certain_stays(lines):
    assert read(*lines) == lines


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        ("Luật số 143/2025/QHI5", "Luật số 143/2025/QH15"),
        ("Nghị quyết số 101/2025/UBTVQHl5;", "Nghị quyết số 101/2025/UBTVQH15;"),
        ("Nghị định số 126/2020/NĐ-C:P ngày", "Nghị định số 126/2020/NĐ-CP ngày"),
        ("Nghị định số 34/2016/ND-CP", "Nghị định số 34/2016/NĐ-CP"),
        ("§ố: 122/2025QĐ-UBND", "Số: 122/2025/QĐ-UBND"),
        ("theo luật sõ 10/2022/QH15", "theo luật số 10/2022/QH15"),
        ("Nghị quyết 20/2025/NQ-HĐDND", "Nghị quyết 20/2025/NQ-HĐND"),
        ("Pháp lệnh số 34/2007/PL-UBTVQHII", "Pháp lệnh số 34/2007/PL-UBTVQH11"),
        ("Quyết định số 22/2018/QĐ-TTE", "Quyết định số 22/2018/QĐ-TTg"),
        ("Tờ trình số 478/TIr-SNV", "Tờ trình số 478/TTr-SNV"),
        ("điểm e và điểm ø khoản 1", "điểm e và điểm g khoản 1"),
        ("Độc lập Tự do - Hạnh phúc", "Độc lập - Tự do - Hạnh phúc"),
        ("Mẫu Sơn. ngày 28 tháng 11", "Mẫu Sơn, ngày 28 tháng 11"),
        ("tại khoản 2 Điêu", "tại khoản 2 Điều"),
        ("của Quyết định số. 05⁄2025QĐ-UBND", "của Quyết định số 05/2025/QĐ-UBND"),
        ("Quyết định số 85/QĐĐ-UBND", "Quyết định số 85/QĐ-UBND"),
        ("Số: 07/ÑNQ-HĐND", "Số: 07/NQ-HĐND"),
        ("Kế hoạch số 12/KH-ĐĐU", "Kế hoạch số 12/KH-ĐU"),
        ("quy định chỉ tiết thi hành", "quy định chi tiết thi hành"),
        ("PHO CHU TỊCH", "PHÓ CHỦ TỊCH"),
        ("năm 2025 của.Chính phủ", "năm 2025 của Chính phủ"),
    ],
)
def test_what_only_one_thing_can_stand_for(read_as, right):
    assert read(read_as) == [right]
    assert read(right) == [right]


@pytest.mark.parametrize(
    "text", ["Công văn số 12/QHXD-KT", "Điêu khắc", "12/2020/QĐ-BNV", "5/QĐ-TTg", "tính toán", "Số 5 phố Mẫu", "H15/QH"]
)
def test_what_may_be_several_things_stays(text):
    assert read(text) == [text]


@pytest.mark.parametrize(
    "text", ["chỉ tiết kiệm được", "chỉ trả một lần", "địa chỉ cũ", "mức chỉ tiêu", "KẾ HOẠCH TỈNH"]
)
def test_only_stays_only(text):
    assert read(text) == [text]


def test_a_numeral_with_a_speck_is_told_by_the_one_behind_it():
    assert read("Chương ÏI", "Điều 1. Phạm vi", "Chương II", "Điều 2. Thôn")[0] == "Chương I"
    assert read("II. NỘI DUNG", "1. Xã", "II. TỔ CHỨC")[0] == "I. NỘI DUNG"
    assert read("Chương II", "Điều 1. Phạm vi", "Chương III")[0] == "Chương II"  # a chapter may have been left out


def test_a_number_that_was_read_well_is_the_fault_of_the_paper():
    def head(text: str, poor: bool) -> str:
        unsure = (Unsure(4, len(text), 0.4),) if poor else ()
        line = Line(text, confidence=0.9, region="masthead", unsure=unsure)
        return mending.mended([[line]])[0][0].text

    for read_as, right in (("Số: 32/QĐ.UBND", "Số: 32/QĐ-UBND"), ("Số: 85QĐ-UBND", "Số: 85/QĐ-UBND")):
        assert head(read_as, poor=False) == read_as
        assert head(read_as, poor=True) == right


def test_a_letterhead_names_a_province():
    lines = [Line("TÍNH MẪU", confidence=0.9, region="masthead"), Line("TÍNH MẪU", confidence=0.9)]
    assert [line.text for line in mending.mended([lines])[0]] == ["TỈNH MẪU", "TÍNH MẪU"]


def test_a_page_with_a_text_layer_is_not_touched():
    lines = [Line("Điều 30. Quyền hạn"), Line("Điêu 31. Trách nhiệm")]
    assert mending.mended([lines]) == [lines]


def test_citations_tell_what_was_mended_and_what_is_doubtful():
    lines = mending.mended([[
        Line("Điều 1. Phạm vi", confidence=0.9, starts_paragraph=True),
        Line("Thực hiện khoán 2 Điêu 15 Nghị đinh số 34/2016/NĐ: CP.", confidence=0.9, starts_paragraph=True),
    ]])[0]  # fmt: skip
    document = understand("a.pdf", Reading(tuple(lines)), NothingKnown())
    (cited,) = [one for one in document.citations if one.targets[0].symbol == "34/2016/NĐ-CP"]
    assert cited.targets[0].provision == "art_15__cl_2"
    assert cited.corrected_from == "khoán 2 Điêu 15 Nghị đinh số 34/2016/NĐ: CP"


def test_a_masthead_tells_what_was_read_badly():
    words = ("ỦY BAN NHÂN DÂN", "XÃ MẪU", "Số: 12/2025/QĐ-UBND")
    lines = [Line(text, confidence=0.9, starts_paragraph=True, region="masthead") for text in words]
    lines[2] = replace(lines[2], unsure=(Unsure(4, 19, 0.4),))
    lines.append(Line("QUYẾT ĐỊNH", confidence=0.9, starts_paragraph=True))
    head = understand("a.pdf", Reading(tuple(lines)), NothingKnown()).masthead
    assert head is not None
    assert head.doubts["symbol"] == "bản quét đọc chưa chắc: “12/2025/QĐ-UBND”"
    assert "date" not in head.doubts


def test_a_badly_read_number_is_doubted():
    from extractors.readers import layout

    places = ((20, "Theo", 0.9), (60, "Luật", 0.9), (95, "số", 0.95), (120, "60/2014/QH13", 0.4))
    words = [layout.Glyph(text, x, x + 6 * len(text), 100, 112, 112, 12, "", sure) for x, text, sure in places]
    lines = layout.lines_of(layout.group(words), 595, 1, first_page=False)
    (cited,) = understand("a.pdf", Reading(tuple(lines)), NothingKnown()).citations
    assert cited.doubt == "bản quét đọc chưa chắc: “60/2014/QH13”"
    assert cited.corrected_from is None
