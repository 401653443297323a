"""Worn mastheads: scanned, wrapped, joined, with foreign words before them; and text that wants to hang the reader."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Line, Masthead
from extractors import cleaning
from extractors.issuers import own_body, proper_case, read_bodies, unit_name
from extractors.masthead import read
from extractors.masthead.letterhead import number_in_title

BASES = "Căn cứ Luật Tổ chức chính quyền địa phương;\nXét đề nghị của Văn phòng,"


def masthead(text: str) -> Masthead:
    return read(cleaning.clean([Line(line) for line in text.split("\n")]))


def test_a_scan_that_lost_its_marks() -> None:
    head = masthead(f"""ÚY BAN NHÂN DÂN
XÃ SƠN HÀ
CỘNG HOÀ XÃ HÔI CHÙ NGHĨA VIỆT NAM
Độc lâp - Tư do - Hạnh phúc
Sô: 12/2024/QĐ-UBND
Sơn Hà, ngày 12 tháng 3 năm 2024
QUYÉT ĐỊNH
Về việc ban hành quy chế
{BASES}
QUYÉT ĐỊNH:
Điều 1. Nội dung
Nơi nhận:
- Như trên;
TM. UỶ BAN NHÂN DÂN
:
CHỦ TỊCH
- Nguyễn Văn Mẫu""")
    assert (head.symbol, head.kind, head.issuer) == ("12/2024/QĐ-UBND", "quyet_dinh", "Ủy ban nhân dân xã Sơn Hà")
    assert (head.title, head.signer) == ("Về việc ban hành quy chế", "Nguyễn Văn Mẫu")


def test_everything_on_one_line() -> None:
    head = masthead(
        "ỦY BAN NHÂN DÂN XÃ SƠN HÀ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        f"Số: 12/QĐ-UBND Sơn Hà, ngày 12/3/2024\nQUYẾT ĐỊNH Về việc phê duyệt đề án\n{BASES}\nĐiều 1. Nội dung"
    )
    assert (head.symbol, head.issuer, head.date) == ("12/QĐ-UBND", "Ủy ban nhân dân xã Sơn Hà", date(2024, 3, 12))
    assert head.title == "Về việc phê duyệt đề án"


def test_an_acting_line_joined_to_the_title() -> None:
    head = masthead(f"""HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH LÂM
Số: 5/2025/NQ-HĐND
Bình Lâm, ngày 12 tháng 3 năm 2025
NGHỊ QUYẾT
VỀ VIỆC QUY ĐỊNH MỨC CHI HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH LÂM KHÓA X, KỲ HỌP THỨ 5
{BASES}
QUYẾT NGHỊ:
Điều 1. Nội dung""")
    assert (head.title, head.issuer) == ("VỀ VIỆC QUY ĐỊNH MỨC CHI", "Hội đồng nhân dân tỉnh Bình Lâm")


def test_a_body_that_belongs_to_the_title_stays_in_it() -> None:
    head = masthead(f"""ỦY BAN NHÂN DÂN
XÃ SƠN HÀ
Số: 3/QĐ-UBND
Sơn Hà, ngày 12 tháng 3 năm 2025
QUYẾT ĐỊNH
BAN HÀNH QUY CHẾ LÀM VIỆC CỦA
ỦY BAN NHÂN DÂN XÃ SƠN HÀ
{BASES}
Điều 1. Nội dung""")
    assert head.title == "BAN HÀNH QUY CHẾ LÀM VIỆC CỦA ỦY BAN NHÂN DÂN XÃ SƠN HÀ"
    assert head.authority is None


def test_the_body_is_named_again_after_of() -> None:
    head = masthead(f"""UBND XÃ SƠN HÀ
Số: 12/QĐ-UBND
Sơn Hà, 12/3/2024
QUYẾT ĐỊNH
Của Ủy ban nhân dân xã Sơn Hà
Về việc kiện toàn tổ công tác
{BASES}
QUYẾT ĐỊNH
Điều 1. Nội dung""")
    assert (head.title, head.date) == ("Về việc kiện toàn tổ công tác", date(2024, 3, 12))


def test_a_title_in_brackets_under_the_body() -> None:
    head = masthead(f"""HỘI ĐỒNG NHÂN DÂN
XÃ SƠN HÀ
Số: 5/2010/NQ-HĐND
Sơn Hà, ngày 12 tháng 3 năm 2010
NGHỊ QUYẾT CỦA HỘI ĐỒNG NHÂN DÂN XÃ SƠN HÀ
(Về việc phê chuẩn quyết toán)
{BASES}
QUYẾT NGHỊ:
Điều 1. Nội dung""")
    assert (head.title, head.issuer) == ("Về việc phê chuẩn quyết toán", "Hội đồng nhân dân xã Sơn Hà")


def test_the_date_of_the_act_that_an_appendix_belongs_to_is_not_its_own() -> None:
    head = masthead(
        "Phụ lục I\nTHỂ THỨC\n(Kèm theo Nghị định số 30/2020/NĐ-CP\nngày 05 tháng 3 năm 2020 của Chính phủ)\nI. CHUNG"
    )
    assert (head.symbol, head.date) == (None, None)


def test_a_sites_own_words_before_the_letterhead() -> None:
    news = "\n".join(f"- Tin số {n} của trang tin điện tử" for n in range(14))
    head = masthead(f"""Ngày 2/12/2025, Chính phủ ban hành Nghị quyết 99/NQ-CP về cửa khẩu
{news}
CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 99/NQ-CP
Hà Nội, ngày 02 tháng 12 năm 2025
NGHỊ QUYẾT
VỀ CỬA KHẨU
Căn cứ Luật Tổ chức Chính phủ;
QUYẾT NGHỊ:
Điều 1. Nội dung""")
    assert (head.symbol, head.kind, head.title, head.issuer) == ("99/NQ-CP", "nghi_quyet", "VỀ CỬA KHẨU", "Chính phủ")


def test_no_district_stands_above_a_commune_after_2025_07_01() -> None:
    def text(day: str) -> str:
        return f"""ỦY BAN NHÂN DÂN
XÃ SƠN HÀ
Số: 3/QĐ-UBND
Sơn Hà, {day}
QUYẾT ĐỊNH
Về việc mẫu
Căn cứ Quyết định số 1/QĐ-UBND ngày 05/01/2024 của UBND huyện Bình Lâm;
Điều 1. Nội dung"""

    assert masthead(text("ngày 12 tháng 3 năm 2025")).territory == ("xã Sơn Hà", "huyện Bình Lâm")
    assert masthead(text("ngày 12 tháng 8 năm 2025")).territory == ("xã Sơn Hà",)


@pytest.mark.parametrize(
    ("letterhead", "name", "level"),
    [
        ("ỦY BAN NHÂN\nDÂN\nTỈNH BÌNH LÂM", "Ủy ban nhân dân tỉnh Bình Lâm", "tinh"),
        ("UBND HUYỆN BÌNH LÂM\nUBND XÃ SƠN HÀ", "Ủy ban nhân dân xã Sơn Hà", "xa"),
        ("UBND HUYỆN BÌNH LÂM\nPHÒNG NỘI VỤ", "Phòng Nội vụ huyện Bình Lâm", "huyen"),
        ("ỦY BAN NHÂN DÂN\nXÃ SƠN HÀ\nPHÒNG VĂN HÓA - XÃ HỘI", "Phòng Văn hóa - Xã hội xã Sơn Hà", "xa"),
        ("ỦY BAN NHÂN DÂN XÃ SƠN HÀ\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân xã Sơn Hà", "xa"),
        ("HỘI ĐỒNG NHÂN DÂN XÃ SƠN HÀ\nTHƯỜNG TRỰC", "Thường trực Hội đồng nhân dân xã Sơn Hà", "xa"),
        ("UBND TỈNH BÌNH LÂM SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch tỉnh Bình Lâm", "tinh"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG", "Ủy ban nhân dân thành phố Hải Phòng", "tinh"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ SƠN HÀ", "Ủy ban nhân dân thành phố Sơn Hà", "huyen"),
        ("ỦY BAN NHÂN DÂN\nXÃ TRƯỜNG XUÂN", "Ủy ban nhân dân xã Trường Xuân", "xa"),
        ("ỦY BAN NHÂN DÂN\nXÃ EA H'LEO", "Ủy ban nhân dân xã Ea H'leo", "xa"),
        ("UBND QUẬN 5", "Ủy ban nhân dân quận 5", "huyen"),
        ("BỘ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG", "Bộ Nông nghiệp và Môi trường", "trung_uong"),
        ("NGÂN HÀNG NHÀ NƯỚC\nVIỆT NAM", "Ngân hàng Nhà nước Việt Nam", "trung_uong"),
        ("ỦY BAN THƯỜNG VỤ\nQUỐC HỘI", "Ủy ban Thường vụ Quốc hội", "trung_uong"),
    ],
)
def test_bodies_in_capitals(letterhead: str, name: str, level: str) -> None:
    body = own_body(read_bodies(letterhead))
    assert body is not None
    assert (body.name, body.level) == (name, level)


def test_names_of_units_and_bodies() -> None:
    assert unit_name("TỈNH BÀ RỊA - VŨNG TÀU") == "tỉnh Bà Rịa - Vũng Tàu"
    assert unit_name("TP. HỒ CHÍ MINH") == "Thành phố Hồ Chí Minh"
    assert proper_case("BAN QUẢN LÝ CHỢ MỚI", "do Ban Quản lý chợ Mới lập") == "Ban Quản lý chợ Mới"


def test_numbers_in_titles() -> None:
    found = number_in_title("Thông tư số 03/2030/TT-BTC sửa đổi Thông tư số 01/2020/TT-BTC")
    assert found is not None
    assert found.symbol == "03/2030/TT-BTC"
    assert number_in_title("Nghị quyết về sửa đổi Nghị quyết số 01/2020/QH14") is None
    assert number_in_title("Hướng dẫn Luật Cây xanh số 61/2030/QH17") is None


HOSTILE = (
    "Căn cứ ", "Số: ", "ngày tháng ", "CỘNG HÒA ", "A ", "V/v ", "UBND XÃ ", "CHỦ TỊCH\n", "Nơi nhận:\n", "KT. \n",
    "1/", "- \n", "QUYẾT ĐỊNH\n", "Ủy ban nhân dân ", "Nguyễn ", "....", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n",
    "số 1/2025/QĐ-UBND ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("ahead", ["", "ỦY BAN NHÂN DÂN XÃ SƠN HÀ\nSố: 1/QĐ-UBND\nQUYẾT ĐỊNH\n"])
def test_hostile_text_is_read_in_a_moment(piece: str, ahead: str) -> None:
    text = cleaning.clean([Line(line) for line in (ahead + piece * (200_000 // len(piece))).split("\n")])
    begin = time.process_time()
    read(text)
    assert time.process_time() - begin < 1.0


PIECES = st.sampled_from(
    ["ỦY BAN NHÂN DÂN", "XÃ SƠN HÀ", "Số: 12/QĐ-UBND", "Số:    /2025/NQ-HĐND", "QUYẾT ĐỊNH", "NGHỊ QUYẾT",
     "Về việc mẫu", "Căn cứ Luật X;",
     "Sơn Hà, ngày 5 tháng 9 năm 2025", "ngày   tháng   năm 2025", "Nơi nhận:",
     "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lò Văn Mẫu",
     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Điều 1. A", "(Đã ký)",
     "V/v mẫu", "Kính gửi: Sở X", "x", "."]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=30), st.one_of(st.none(), st.text(max_size=60)))
def test_whatever_the_text_its_spans_lie_in_it(lines: list[str], title: str | None) -> None:
    text = cleaning.clean([Line(line) for line in lines])
    head = read(text, title)
    for start, end in head.spans.values():
        assert 0 <= start <= end <= len(text.text)
    if head.signer and "signer" in head.spans:
        assert text.text[slice(*head.spans["signer"])].split()[0].lower() == head.signer.split()[0].lower()
