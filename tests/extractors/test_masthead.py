"""Mastheads of every kind, as a lawyer would read them. All texts and names are made up for the tests."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.model import Line, Masthead
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading

BASES = """Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Căn cứ Nghị định số 78/2025/NĐ-CP ngày 01 tháng 4 năm 2025 của Chính phủ;
Theo đề nghị của Trưởng phòng Kinh tế xã;"""


def masthead(text: str, title: str | None = None) -> Masthead:
    document = understand("sample.txt", Reading(tuple(map(Line, text.splitlines())), title), NothingKnown())
    assert document.masthead is not None
    for name, (start, end) in document.masthead.spans.items():
        assert 0 <= start <= end <= len(document.text), name
    return document.masthead


def span_text(text: str, name: str) -> str:
    document = understand("sample.txt", Reading(tuple(map(Line, text.splitlines()))), NothingKnown())
    assert document.masthead is not None
    start, end = document.masthead.spans[name]
    return document.text[start:end]


DECISION = f"""ỦY BAN NHÂN DÂN
XÃ SƠN HÀ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/2025/QĐ-UBND
Sơn Hà, ngày 05 tháng 9 năm 2025
QUYẾT ĐỊNH
Ban hành Quy chế quản lý chợ
trên địa bàn xã Sơn Hà
{BASES}
Ủy ban nhân dân ban hành Quyết định ban hành Quy chế quản lý chợ trên địa bàn xã Sơn Hà.
Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý chợ.
Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 9 năm 2025./.
Nơi nhận:
- Như Điều 2;
- UBND tỉnh (b/c);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lò Văn Mẫu
QUY CHẾ
Quản lý chợ
(Ban hành kèm theo Quyết định số 12/2025/QĐ-UBND)
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc quản lý chợ.
"""


def test_a_commune_decision_with_an_attached_text() -> None:
    head = masthead(DECISION)
    assert (head.symbol, head.symbol_as_written, head.kind) == ("12/2025/QĐ-UBND", None, "quyet_dinh")
    assert (head.issuer, head.authority, head.level) == ("Ủy ban nhân dân xã Sơn Hà", None, "xa")
    assert head.date == date(2025, 9, 5)
    assert head.title == "Ban hành Quy chế quản lý chợ trên địa bàn xã Sơn Hà"
    assert (head.signer, head.normative, head.territory) == ("Lò Văn Mẫu", True, ("xã Sơn Hà",))


def test_the_parts_of_a_decision_are_where_they_stand() -> None:
    assert span_text(DECISION, "symbol") == "12/2025/QĐ-UBND"
    assert span_text(DECISION, "date") == "ngày 05 tháng 9 năm 2025"
    assert span_text(DECISION, "kind") == "QUYẾT ĐỊNH"
    assert span_text(DECISION, "signer") == "Lò Văn Mẫu"
    assert span_text(DECISION, "motto") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert span_text(DECISION, "bases").startswith("Căn cứ Luật Tổ chức")
    assert span_text(DECISION, "bases").endswith("phòng Kinh tế xã;")
    recipients = span_text(DECISION, "recipients")
    assert recipients.startswith("Nơi nhận")
    assert recipients.endswith("Lưu: VT.")
    signature = span_text(DECISION, "signature")
    assert signature.startswith("TM. ỦY BAN NHÂN DÂN")
    assert signature.endswith("Lò Văn Mẫu")


def test_two_columns_read_as_one_line_each() -> None:
    head = masthead("""ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THỊ TRẤN SƠN HÀ          Độc lập - Tự do - Hạnh phúc
Số: 31/KH-UBND           Sơn Hà, ngày 07 tháng 02 năm 2024
KẾ HOẠCH
Thực hiện công tác tuyên truyền năm 2024
Thực hiện Kế hoạch số 10/KH-UBND ngày 05/01/2024 của UBND huyện Bình Lâm,
Ủy ban nhân dân thị trấn Sơn Hà xây dựng kế hoạch như sau:
I. MỤC ĐÍCH
1. Tuyên truyền sâu rộng.
Nơi nhận:                              TM. ỦY BAN NHÂN DÂN
- UBND huyện (b/c);                         CHỦ TỊCH
- Lưu: VT.                                  Hoàng Thị Ví Dụ
""")  # fmt: skip
    assert (head.symbol, head.kind, head.issuer) == ("31/KH-UBND", "ke_hoach", "Ủy ban nhân dân thị trấn Sơn Hà")
    assert (head.level, head.date, head.normative) == ("xa", date(2024, 2, 7), False)
    assert head.title == "Thực hiện công tác tuyên truyền năm 2024"
    assert head.territory == ("thị trấn Sơn Hà", "huyện Bình Lâm")
    assert head.signer == "Hoàng Thị Ví Dụ"


def test_a_plan_without_any_masthead() -> None:
    head = masthead("""Thực hiện Quyết định số 99/QĐ-UBND ngày 12/12/2023 của UBND huyện Bình Lâm về giao chỉ tiêu;
Nhằm nâng cao hiệu quả công tác. UBND xã Sơn Hà xây dựng kế hoạch thực hiện với các nội dung sau:
I. MỤC ĐÍCH
Nâng cao nhận thức.
Nơi nhận:
- UBND huyện Bình Lâm;
- Lưu VP.
CHỦ TỊCH
Hoàng Văn Mẫu
""")
    assert (head.symbol, head.date, head.title, head.normative) == (None, None, None, None)
    assert (head.kind, head.issuer, head.level) == ("ke_hoach", "Ủy ban nhân dân xã Sơn Hà", "xa")
    assert (head.signer, head.territory) == ("Hoàng Văn Mẫu", ("xã Sơn Hà", "huyện Bình Lâm"))


def test_the_chairman_acts_by_the_line_under_the_title() -> None:
    head = masthead(f"""ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM
Số: 1450/QĐ-UBND
Bình Lâm, ngày 03 tháng 3 năm 2025
QUYẾT ĐỊNH
VỀ VIỆC CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA
SỞ TƯ PHÁP
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM
{BASES}
QUYẾT ĐỊNH:
Điều 1. Công bố danh mục.
""")
    assert head.issuer == "Ủy ban nhân dân tỉnh Bình Lâm"
    assert head.authority == "Chủ tịch Ủy ban nhân dân tỉnh Bình Lâm"
    assert head.title == "VỀ VIỆC CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA SỞ TƯ PHÁP"
    assert (head.level, head.normative) == ("tinh", False)


def test_the_chairman_acts_by_the_letters_of_the_number() -> None:
    head = masthead(f"""CHỦ TỊCH
ỦY BAN NHÂN DÂN
PHƯỜNG AN BÌNH
Số: 07/2026/QĐ-CTUBND
An Bình, ngày 11 tháng 3 năm 2026
QUYẾT ĐỊNH
Quy định việc sử dụng vỉa hè
{BASES}
Điều 1. Phạm vi.
""")
    assert (head.issuer, head.authority) == (
        "Ủy ban nhân dân phường An Bình",
        "Chủ tịch Ủy ban nhân dân phường An Bình",
    )
    assert (head.level, head.normative) == ("xa", True)


def test_a_resolution_of_a_peoples_council_with_its_session() -> None:
    head = masthead(f"""HỘI ĐỒNG NHÂN DÂN
XÃ SƠN HÀ
Số: 05/NQ-HĐND
Sơn Hà, ngày 20 tháng 7 năm 2023
NGHỊ QUYẾT
Về mức hỗ trợ thôn văn hóa
HỘI ĐỒNG NHÂN DÂN XÃ SƠN HÀ
KHÓA XIX, KỲ HỌP THỨ 8
{BASES}
QUYẾT NGHỊ:
Điều 1. Mức hỗ trợ.
""")
    assert (head.kind, head.issuer, head.title) == (
        "nghi_quyet",
        "Hội đồng nhân dân xã Sơn Hà",
        "Về mức hỗ trợ thôn văn hóa",
    )
    assert head.normative is False


def test_a_resolution_without_a_date_line_is_dated_by_its_adoption() -> None:
    head = masthead("""HỘI ĐỒNG NHÂN DÂN
XÃ SƠN HÀ
Số: 05/2025/NQ-HĐND
NGHỊ QUYẾT
Về mức hỗ trợ
Căn cứ Luật Ngân sách nhà nước;
Điều 1. Mức hỗ trợ.
Nghị quyết này được Hội đồng nhân dân xã Sơn Hà khóa I, kỳ họp thứ 2 thông qua ngày 28 tháng 9 năm 2025.
""")
    assert head.date == date(2025, 9, 28)


def test_a_law() -> None:
    head = masthead("""QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Luật số: 61/2030/QH17
Hà Nội, ngày 20 tháng 11 năm 2030
LUẬT
TRỒNG CÂY XANH
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Trồng cây xanh.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
CHỦ TỊCH QUỐC HỘI
(Đã ký)
Phan Thị Ví Dụ
""")
    assert (head.symbol, head.kind, head.issuer, head.level) == ("61/2030/QH17", "luat", "Quốc hội", "trung_uong")
    assert (head.title, head.signer, head.normative) == ("TRỒNG CÂY XANH", "Phan Thị Ví Dụ", True)


def test_a_circular_is_its_ministers() -> None:
    head = masthead("""BỘ
TÀI CHÍNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:
77/2030/TT-BTC
Hà Nội, ngày 02 tháng 01 năm 2030
THÔNG TƯ
Quy định mức thu phí;
chế độ thu phí
Căn cứ Luật Phí và lệ phí;
Bộ trưởng Bộ Tài chính ban hành Thông tư quy định mức thu phí.
Điều 1. Phạm vi
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
(Đã ký)
Thiếu tướng Đỗ Văn Mẫu
""")
    assert (head.symbol, head.issuer, head.authority) == ("77/2030/TT-BTC", "Bộ Tài chính", "Bộ trưởng Bộ Tài chính")
    assert (head.title, head.signer) == ("Quy định mức thu phí; chế độ thu phí", "Đỗ Văn Mẫu")


def test_a_joint_circular_names_both_ministries() -> None:
    head = masthead("""BỘ TÀI CHÍNH - BỘ TƯ PHÁP
Số: 12/2014/TTLT-BTC-BTP
Hà Nội, ngày 02 tháng 01 năm 2014
THÔNG TƯ LIÊN TỊCH
Hướng dẫn quản lý kinh phí
Căn cứ Luật Ngân sách nhà nước;
Điều 1. Phạm vi
""")
    assert (head.kind, head.issuer, head.level) == ("thong_tu_lien_tich", "Bộ Tài chính, Bộ Tư pháp", "trung_uong")
    assert head.normative is True


def test_an_official_letter_of_a_department() -> None:
    head = masthead("""UBND TỈNH BÌNH LÂM
SỞ NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 415/SNV-CCVC
V/v hướng dẫn đánh giá
công chức năm 2024
Bình Lâm, ngày 02 tháng 12 năm 2024
Kính gửi: Ủy ban nhân dân các huyện
Căn cứ Nghị định số 90/2020/NĐ-CP, Sở Nội vụ hướng dẫn như sau:
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Nông Văn Mẫu
""")
    assert (head.symbol, head.kind, head.issuer) == ("415/SNV-CCVC", "cong_van", "Sở Nội vụ tỉnh Bình Lâm")
    assert (head.title, head.level, head.normative) == ("hướng dẫn đánh giá công chức năm 2024", "tinh", False)
    assert (head.signer, head.date) == ("Nông Văn Mẫu", date(2024, 12, 2))


def test_a_party_document() -> None:
    head = masthead("""ĐẢNG BỘ TỈNH BÌNH LÂM
ĐẢNG ỦY XÃ SƠN HÀ
*
Số 12-NQ/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Sơn Hà, ngày 03 tháng 4 năm 2025
NGHỊ QUYẾT
về công tác dân vận
I. TÌNH HÌNH
""")
    assert (head.symbol, head.kind, head.issuer, head.level) == ("12-NQ/ĐU", "van_ban_dang", "Đảng ủy xã Sơn Hà", "xa")
    assert (head.title, head.normative) == ("về công tác dân vận", False)


def test_a_consolidated_text() -> None:
    head = masthead("""BỘ TƯ PHÁP
Số: 15/VBHN-BTP
Hà Nội, ngày 03 tháng 4 năm 2025
THÔNG TƯ
Quy định về lý lịch tư pháp
Thông tư số 01/2020/TT-BTP ngày 03 tháng 3 năm 2020 của Bộ trưởng Bộ Tư pháp được sửa đổi bởi:
Căn cứ Luật Lý lịch tư pháp;
Điều 1. Phạm vi
""")
    assert (head.kind, head.symbol, head.normative) == ("van_ban_hop_nhat", "15/VBHN-BTP", False)


@pytest.mark.parametrize(
    ("written", "symbol", "as_written"),
    [
        ("Số:      /QĐ-UBND", None, "/QĐ-UBND"),
        ("Số: ……/2025/QĐ-UBND", None, "/2025/QĐ-UBND"),
        ("Số: 08/QĐ.UBND", "08/QĐ-UBND", "08/QĐ.UBND"),
        ("Số: O8/QĐ – UBND", "08/QĐ-UBND", "O8/QĐ – UBND"),
        ("Số: l2/2025/QĐ-UBND", "12/2025/QĐ-UBND", "l2/2025/QĐ-UBND"),
        ("Số: 156 /QĐ-UBND", "156/QĐ-UBND", None),
        ("Số: 066/QĐ-UBND", "066/QĐ-UBND", None),
        ("Số: 12/2025/QĐ-UВND", "12/2025/QĐ-UBND", "12/2025/QĐ-UВND"),
    ],
)
def test_numbers_as_they_are_written(written: str, symbol: str | None, as_written: str | None) -> None:
    head = masthead(
        f"ỦY BAN NHÂN DÂN\nXÃ SƠN HÀ\n{written}\nSơn Hà, ngày    tháng 9 năm 2025\nQUYẾT ĐỊNH\nVề việc "
        f"mẫu\n{BASES}\nĐiều 1. A"
    )
    assert (head.symbol, head.symbol_as_written, head.kind) == (symbol, as_written, "quyet_dinh")
    assert head.date is None, "a date with a blank is no date"
    assert {"symbol", "date"} <= set(head.spans)


def test_a_number_that_stands_only_in_the_title() -> None:
    body = "QUỐC HỘI\nLUẬT\nTRỒNG CÂY\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi"
    assert masthead(body, "LUẬT TRỒNG CÂY SỐ 100/2030/QH17").symbol == "100/2030/QH17"
    assert masthead("LUẬT TRỒNG CÂY SỐ 100/2030/QH17\nĐiều 1. Phạm vi").symbol == "100/2030/QH17"


def test_the_number_of_an_amended_act_is_not_the_documents_own() -> None:
    head = masthead("""NGHỊ ĐỊNH
Sửa đổi, bổ sung một số điều của Nghị định số 85/2025/NĐ-CP ngày 08 tháng 4 năm 2025 của Chính phủ
Căn cứ Luật Đầu tư công;
Điều 1. Sửa đổi
""")
    assert (head.symbol, head.date) == (None, None)


def test_a_blank_number_is_filled_from_the_title_of_the_page() -> None:
    text = "BỘ Y TẾ\nSố:    /2030/TT-BYT\nHà Nội, ngày 02/01/2030\nTHÔNG TƯ\nQuy định mẫu\nCăn cứ Luật Mẫu;\nĐiều 1. A"
    head = masthead(text, "Thông tư số 45/2030/TT-BYT Quy định mẫu")
    assert (head.symbol, head.symbol_as_written) == ("45/2030/TT-BYT", "/2030/TT-BYT")


def test_an_old_text_in_small_letters_without_number() -> None:
    head = masthead(
        """Quyết_định về việc ban_hành quy_định quản_lý tài_nguyên nước trên địa_bàn tỉnh tây ninh
Ủy ban nhân_dân tỉnh tây ninh
Căn_cứ Luật Tài_nguyên nước số 08/1998/QH10 ngày 20/5/1998 ;
Quyết_định :
Điều 1 . Ban_hành quy_định .
""".replace("_", " ")
    )
    assert (head.symbol, head.kind, head.issuer) == (None, "quyet_dinh", "Ủy ban nhân dân tỉnh Tây Ninh")
    assert head.title == "về việc ban hành quy định quản lý tài nguyên nước trên địa bàn tỉnh tây ninh"
    assert (head.level, head.date, head.signer, head.normative) == ("tinh", None, None, None)


def test_a_form_is_not_a_signature() -> None:
    head = masthead(DECISION.replace("Lò Văn Mẫu", "(Ký, ghi rõ họ tên)"))
    assert head.signer is None


def test_an_attached_text_alone_follows_its_act() -> None:
    head = masthead(
        "QUY CHẾ\nQuản lý chợ\n(Ban hành kèm theo Quyết định số 12/2025/QĐ-UBND ngày 05/9/2025 của UBND xã Sơn "
        "Hà)\nĐiều 1. Phạm vi"
    )
    assert (head.kind, head.symbol, head.normative, head.title) == ("quy_che", None, True, "Quản lý chợ")


def test_nothing_to_read_gives_nothing() -> None:
    head = masthead("Một dòng chữ không phải văn bản.")
    assert head == Masthead(spans=head.spans)
