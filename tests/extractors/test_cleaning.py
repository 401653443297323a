"""Lines → text: what is joined, what is not, and that nothing is lost."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Line, Text
from corpus.text import fold
from extractors import cleaning
from extractors.readers.text import lines_of


def cleaned(text: str) -> list[str]:
    return cleaning.clean(lines_of(text)).text.split("\n")


def whole(text: Text) -> None:
    """Offsets are exact: the lines, one break between them, are the text."""
    assert "\n".join(text.text[line.start : line.end] for line in text.lines) == text.text


# --- what goes on

GOES_ON = [
    ("Căn cứ Luật Viễn thông số\n24/2023/QH15;", "Căn cứ Luật Viễn thông số 24/2023/QH15;"),
    ("Số:\n122/2025/QĐ-UBND", "Số: 122/2025/QĐ-UBND"),
    ("Quyết định số 12/2024/QĐ-\nUBND ngày 01/3/2024", "Quyết định số 12/2024/QĐ-UBND ngày 01/3/2024"),
    ("ỦY BAN NHÂN\nDÂN", "ỦY BAN NHÂN DÂN"),
    ("CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("Ủy ban nhân dân xã xây dựng kế hoạch với một số\nnội dung chủ yếu sau:",
     "Ủy ban nhân dân xã xây dựng kế hoạch với một số nội dung chủ yếu sau:"),
    ("thu hút nguồn lực giai đoạn 2021\n- 2025 của tỉnh", "thu hút nguồn lực giai đoạn 2021 - 2025 của tỉnh"),
]  # fmt: skip
STAYS = [
    "Điều 1. Phạm vi điều chỉnh\nĐiều 2. Đối tượng áp dụng",
    "1. Thẩm quyền quyết định\n2. Trình tự",
    "a) Tên gọi\nb) Địa chỉ",
    "II. NHIỆM VỤ\n1. Mục tiêu chung",
    "QUYẾT ĐỊNH\nVề việc ban hành Quy chế",
    "NGHỊ QUYẾT\nQUY ĐỊNH MỨC CHI HỖ TRỢ",
    "ỦY BAN NHÂN DÂN\nXÃ MẪU",
    "CHỦ TỊCH\nTrần Văn Mẫu",
    "Chương I\nQUY ĐỊNH CHUNG",
    "Ủy ban nhân dân xã;\nCăn cứ Luật số 1/2020/QH14;",
    "chịu trách nhiệm thi hành./.\nNơi nhận:",
    "- Lưu: VT\n- Các thôn",
    "đồng\ntháng",
]


@pytest.mark.parametrize(("raw", "expected"), GOES_ON, ids=[raw[:24] for raw, _ in GOES_ON])
def test_a_broken_sentence_or_symbol_is_mended(raw, expected):
    assert cleaned(raw) == [expected]


@pytest.mark.parametrize("raw", STAYS, ids=[raw[:24] for raw in STAYS])
def test_a_new_unit_is_never_joined(raw):
    assert cleaned(raw) == raw.split("\n")


# --- hard-wrapped files

PARAGRAPHS = [
    "I. MỤC ĐÍCH, YÊU CẦU:",
    "Tiếp tục đẩy mạnh triển khai các nhiệm vụ và giải pháp chủ yếu trong Chương trình tổng thể cải cách "
    "hành chính nhà "
    "nước, giai đoạn 2021 - 2030 của Chính phủ; kế hoạch của huyện về nâng cao chất lượng phục vụ người "
    "dân và tổ chức.",
    "1. Nâng cao nhận thức về vai trò, vị trí, tầm quan trọng của công tác này, gắn với cụ thể hóa các "
    "nội dung trong từng lĩnh vực;",
    "2. Xác định rõ trách nhiệm của cơ quan chủ trì, cơ quan phối hợp theo Quyết định số 06/QĐ-TTg ngày "
    "06/01/2022 của Thủ tướng "
    "Chính phủ phê duyệt Đề án phát triển ứng dụng dữ liệu về dân cư;",
    "II. TỔ CHỨC THỰC HIỆN",
    "- Bộ phận chuyên môn tham mưu, đề xuất Ủy ban nhân dân xã thực hiện các nhiệm vụ được giao, báo cáo "
    "kết quả trước ngày 25 "
    "hằng tháng để tổng hợp.",
    "- Các thôn phối hợp tuyên truyền, vận động Nhân dân cùng tham gia thực hiện.",
]


@pytest.mark.parametrize("width", [60, 75, 90])
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["single", "double"])
def test_wrapped_paragraphs_come_back(width, between):
    raw = between.join(
        row for paragraph in PARAGRAPHS for row in textwrap.wrap(paragraph, width, break_on_hyphens=False)
    )
    assert cleaned(raw) == PARAGRAPHS


def test_blank_lines_between_all_lines_change_nothing():
    rows = [row for paragraph in PARAGRAPHS for row in textwrap.wrap(paragraph, 80)]
    assert cleaned("\n".join(rows)) == cleaned("\n\n".join(rows)) == cleaned("\n \n".join(f"{row} " for row in rows))


def test_one_sentence_a_line_stays_so():
    sentences = [
        f"Căn cứ Nghị định số {n}/2012/NĐ-CP ngày 16 tháng 02 năm 2012 của Chính phủ quy định chức năng và nhiệm vụ"
        for n in range(30)
    ]
    assert cleaned("\n\n".join(sentences)) == sentences


SENTENCE = "quản lý nhà nước về văn hóa thể thao trên địa bàn xã theo quy định của pháp luật hiện hành và"
WORDS = st.sampled_from(sorted(set(SENTENCE.split(" "))))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(WORDS, min_size=24, max_size=70), min_size=4, max_size=9),
    st.integers(50, 100), st.sampled_from(["\n", "\n\n"]),
)  # fmt: skip
def test_random_paragraphs_come_back(paragraphs, width, between):
    expected = [f"{n}. Việc {' '.join(words)}." for n, words in enumerate(paragraphs, 1)]
    raw = between.join(row for paragraph in expected for row in textwrap.wrap(paragraph, width))
    assert cleaned(raw) == expected


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(alphabet="aàáĐđ1. -–/()“”;:,\u00a0\u200b\tABÂ", max_size=40), max_size=30))
def test_offsets_are_exact_and_no_letter_is_lost(rows):
    text = cleaning.clean([Line(row) for row in rows])
    whole(text)
    assert fold(text.text) == fold("".join(rows))
    assert all(text.text[line.start : line.end] for line in text.lines)


# --- marks


def test_word_segmentation_is_undone():
    raw = "\n".join(
        ["Căn_cứ Luật Tổ_chức HĐND và UBND năm 2003 ;", "Điều 1 . Ban_hành kèm theo Quyết_định này Quy_định về hỗ_trợ",
         "Mức 70.000 đồng / người / tháng ( một lần ) ."] * 3
    )  # fmt: skip
    assert cleaned(raw)[:3] == [
        "Căn cứ Luật Tổ chức HĐND và UBND năm 2003;", "Điều 1. Ban hành kèm theo Quyết định này Quy định về hỗ trợ",
        "Mức 70.000 đồng/người/tháng (một lần).",
    ]  # fmt: skip


def test_an_underscore_in_an_address_stays():
    assert cleaned("Gửi về hộp thư van_phong@xa.gov.vn trước ngày 05.") == [
        "Gửi về hộp thư van_phong@xa.gov.vn trước ngày 05."
    ]


def test_spaces_marks_and_rules():
    text = cleaning.clean(
        [Line("Số:\u00a01/2024/\u200bQĐ-UBND"), Line("-------"), Line("\uf0b7 Ý  một "), Line("3", region="header")]
    )
    assert text.text == "Số: 1/2024/QĐ-UBND\n• Ý một"


def test_a_joined_line_keeps_the_first_page_and_the_lowest_confidence():
    text = cleaning.clean(
        [
            Line("Ủy ban nhân dân xã chịu trách nhiệm", 1, confidence=0.9),
            Line("thi hành quyết định này", 2, confidence=0.5),
        ]
    )
    assert [(line.page, line.confidence) for line in text.lines] == [(1, 0.5)]
    whole(text)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Điều", "3. Mức hỗ trợ", "1. Một."], ["Điều 3. Mức hỗ trợ", "1. Một."]),
        (["Chương", "", "III", "TỔ CHỨC THỰC HIỆN"], ["Chương III", "TỔ CHỨC THỰC HIỆN"]),
        (["Mục", "2. THU, CHI"], ["Mục 2. THU, CHI"]),
        (["Phần thứ", "hai", "NHIỆM VỤ"], ["Phần thứ hai", "NHIỆM VỤ"]),
        (["Điều", "Ước quốc tế"], ["Điều", "Ước quốc tế"]),
    ],
)
def test_a_unit_is_joined_to_its_number(lines: list[str], expected: list[str]) -> None:
    assert cleaning.clean([Line(line) for line in lines]).text.split("\n") == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Nghị định số __165/2024/NĐ-CP__ của Chính phủ", "Nghị định số 165/2024/NĐ-CP của Chính phủ"),
        ("**Điều 1.** Phạm vi", "Điều 1. Phạm vi"),
        ("Số: __/QĐ-UBND, ngày __ tháng __ năm 2025", "Số: __/QĐ-UBND, ngày __ tháng __ năm 2025"),
        ("__/__/2025", "__/__/2025"),
        ("Hệ số a**b**c", "Hệ số a**b**c"),
    ],
)
def test_emphasis_that_a_crawler_left_is_no_text(raw: str, expected: str) -> None:
    assert cleaning.clean([Line(raw)]).text == expected


def test_the_eth_of_old_converters_is_read_as_the_vietnamese_letter() -> None:
    text = cleaning.clean([Line("Quyết định số 15/2023/QÐ-UBND; Ðiều 5, ðiểm a")])
    assert text.text == "Quyết định số 15/2023/QĐ-UBND; Điều 5, điểm a"
