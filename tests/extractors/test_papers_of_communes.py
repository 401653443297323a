"""Whole small papers as communes and old ministries wrote them: what the masthead says and which units the text has."""

from __future__ import annotations

from corpus.model import Document, Line
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def paper(text: str) -> Document:
    return understand("vb.txt", Reading(tuple(Line(line) for line in text.strip().split("\n"))), NothingKnown())


def units(document: Document) -> list[str]:
    return [one.id for one in document.provisions]


def test_points_with_a_stroke_below_clauses_with_a_dash() -> None:
    document = paper(f"""
UBND XÃ VĨNH LỘC - UBMTTQ VIỆT NAM XÃ
Số: 03/QCPH-UBND-MTTQ
{MOTTO}
Vĩnh Lộc, ngày 02 tháng 10 năm 2025
QUY CHẾ PHỐI HỢP
Giữa Ủy ban nhân dân xã và Ủy ban Mặt trận Tổ quốc Việt Nam xã
Điều 1: Nguyên tắc
1- Tôn trọng lẫn nhau.
2- Ủy ban nhân dân xã:
a/ Cung cấp thông tin;
b/ Mời dự họp.
Điều 2: Hiệu lực
""")
    assert units(document) == ["art_1", "art_1__cl_1", "art_1__cl_2", "art_1__cl_2__pt_a", "art_1__cl_2__pt_b", "art_2"]
    assert document.masthead is not None
    assert document.masthead.issuer == "Ủy ban nhân dân xã Vĩnh Lộc"
    assert document.masthead.symbol == "03/QCPH-UBND-MTTQ"


def test_capital_letters_below_roman_numerals_in_an_old_circular() -> None:
    document = paper(f"""
BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI
Số: 06-LĐTBXH/TT
{MOTTO}
Hà Nội, ngày 12 tháng 4 năm 1997
THÔNG TƯ
CỦA BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI SỐ 06-LĐTBXH/TT NGÀY 12 THÁNG 4 NĂM 1997 HƯỚNG DẪN THỰC HIỆN MỘT NGHỊ ĐỊNH
Thi hành Nghị định số 196/CP ngày 31/12/1994 của Chính phủ, Bộ hướng dẫn như sau:
I- ĐỐI TƯỢNG
1- Doanh nghiệp nhà nước;
II- NỘI DUNG
A. Về thời hạn
1. Một tháng;
B. Về thủ tục
III- TỔ CHỨC THỰC HIỆN
Thông tư này có hiệu lực từ ngày ký.
KT. BỘ TRƯỞNG
""")
    assert units(document) == ["out_I", "out_I__1", "out_II", "out_II__A", "out_II__A__1", "out_II__B", "out_III"]
    head = document.masthead
    assert head is not None
    assert head.title == "HƯỚNG DẪN THỰC HIỆN MỘT NGHỊ ĐỊNH"
    assert head.normative is True  # a number of before 1997 has no year


def test_capital_letters_above_roman_numerals_in_a_report() -> None:
    document = paper(f"""
UỶ BAN NHÂN DÂN
XÃ VĨNH LỘC
Số: 210/BC-UBND
{MOTTO}
Vĩnh Lộc, ngày 30/11/2025
BÁO CÁO
Kết quả thực hiện nhiệm vụ năm 2025
Phần thứ nhất
KẾT QUẢ
A. VỀ KINH TẾ
I. Nông nghiệp
1. Trồng trọt
II. Thu ngân sách
B. VỀ VĂN HÓA - XÃ HỘI
I. Giáo dục
Phần thứ hai
NHIỆM VỤ
I. Mục tiêu
""")
    assert units(document) == [
        "part_I", "part_I__out_A", "part_I__out_A__I", "part_I__out_A__I__1", "part_I__out_A__II", "part_I__out_B",
        "part_I__out_B__I", "part_II", "part_II__out_I",
    ]  # fmt: skip


def test_a_committee_below_the_name_of_the_party_committee_still_reports_itself() -> None:
    document = paper(f"""
ĐẢNG ỦY XÃ VĨNH LỘC
UỶ BAN NHÂN DÂN XÃ
Số: 210/BC-UBND
{MOTTO}
Vĩnh Lộc, ngày 30/11/2025
BÁO CÁO
Kết quả thực hiện nhiệm vụ năm 2025
1. Kết quả
""")
    assert document.masthead is not None
    assert document.masthead.kind == "bao_cao"


def test_inserted_appendices_without_a_signature_before_them() -> None:
    document = paper(f"""
ỦY BAN NHÂN DÂN
XÃ YÊN TRƯỜNG
HUYỆN YÊN ĐỊNH
Số:      /2025/QĐ-UBND
{MOTTO}
Yên Trường, ngày      tháng 9 năm 2025
QUYẾT ĐỊNH
Ban hành mức thu
Điều 1. Ban hành mức thu tại Phụ lục I và Phụ lục IIa.
Điều 2. Hiệu lực thi hành
PHỤ LỤC I
MỨC THU
Phụ lục IIa
MẪU ĐƠN ĐĂNG KÝ
Kính gửi: Ủy ban nhân dân xã
PHỤ LỤC IIb
MẪU BIÊN BẢN
""")
    assert units(document) == ["art_1", "art_2", "app_I", "app_IIa", "app_IIb"]
    head = document.masthead
    assert head is not None
    start, end = head.spans["issuer"]
    assert document.text[start:end] == "ỦY BAN NHÂN DÂN\nXÃ YÊN TRƯỜNG\nHUYỆN YÊN ĐỊNH"
    assert head.symbol is None
    assert head.date is None


def test_the_session_of_a_council_is_no_part_of_its_name() -> None:
    document = paper(f"""
HỘI ĐỒNG NHÂN DÂN
XÃ QUÝ LỘC
KHÓA XX, KỲ HỌP THỨ 4
{MOTTO}
Số: 08/2025/NQ-HĐND
Quý Lộc, ngày 24 tháng 12 năm 2025
NGHỊ QUYẾT
Về việc bãi bỏ nghị quyết
Điều 1. Bãi bỏ
""")
    head = document.masthead
    assert head is not None
    assert document.text[slice(*head.spans["issuer"])] == "HỘI ĐỒNG NHÂN DÂN\nXÃ QUÝ LỘC"


def test_a_list_of_forms_opens_no_forms() -> None:
    document = paper(f"""
ỦY BAN NHÂN DÂN
XÃ QUÝ LỘC
{MOTTO}
Số: 80/QĐ-UBND
Quý Lộc, ngày 24 tháng 12 năm 2025
QUYẾT ĐỊNH
Ban hành Quy trình nội bộ
Điều 1. Ban hành kèm theo Quyết định này Quy trình nội bộ.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
QUY TRÌNH NỘI BỘ
(Kèm theo Quyết định số 80/QĐ-UBND)
1. Biểu mẫu
Mẫu 01
Giấy tiếp nhận hồ sơ
Mẫu 02
Phiếu yêu cầu bổ sung
Mẫu 03
Sổ theo dõi
2. Hồ sơ lưu
Lưu 05 năm.
Mẫu 01
GIẤY TIẾP NHẬN HỒ SƠ
{"Nội dung cần điền ghi ở đây. " * 12}
""")
    assert units(document) == ["art_1", "att_1", "att_1__out_1", "att_1__out_2", "att_1__form_01"]


def test_the_chairman_of_the_council_signs_and_a_numbered_table_is_a_form() -> None:
    document = paper(f"""
HỘI ĐỒNG NHÂN DÂN
XÃ ĐÔNG THÀNH
Số: 21/NQ-HĐND
{MOTTO}
Đông Thành, ngày 25 tháng 12 năm 2025
NGHỊ QUYẾT
Về dự toán thu, chi ngân sách xã năm 2026
Điều 1. Thông qua dự toán
1. Tổng thu: 12.500.000.000 đồng, trong đó:
a. Thu trên địa bàn: 2.500.000.000 đồng;
2. Tổng chi: 12.500.000.000 đồng.
2.1. Chi thường xuyên: 10.000.000.000 đồng.
(Chi tiết tại Biểu số 01 kèm theo)
Điều 2. Giao Ủy ban nhân dân xã tổ chức thực hiện.
CHỦ TỌA KỲ HỌP
CHỦ TỊCH HĐND XÃ
Đặng Văn Thử
Biểu số 01
DỰ TOÁN THU NGÂN SÁCH XÃ NĂM 2026
(Kèm theo Nghị quyết số 21/NQ-HĐND ngày 25/12/2025 của HĐND xã)
STT
Nội dung
""")
    assert units(document) == [
        "art_1", "art_1__cl_1", "art_1__cl_1__pt_a", "art_1__cl_2", "art_1__cl_2__2.1", "art_2", "form_01",
    ]  # fmt: skip
    assert document.masthead is not None
    assert document.masthead.signer == "Đặng Văn Thử"
    cited = next(one for one in document.citations if "Biểu" in document.text[one.start : one.end])
    assert [target.provision for target in cited.targets] == ["form_01"]


def test_a_decision_of_the_chairman_of_1998() -> None:
    document = paper(f"""
UỶ BAN NHÂN DÂN TỈNH THANH HOÁ
Số: 1234/1998/QĐ-UB
{MOTTO}
Thanh Hoá, ngày 3 tháng 4 năm 1998
QUYẾT ĐỊNH CỦA CHỦ TỊCH UBND TỈNH
Về việc ban hành bản quy định quản lý đất đai
CHỦ TỊCH UỶ BAN NHÂN DÂN TỈNH THANH HOÁ
- Căn cứ Luật Đất đai ngày 14/7/1993;
QUYẾT ĐỊNH
Điều 1: Nay ban hành kèm theo quyết định này bản quy định về quản lý đất đai.
CHỦ TỊCH UBND TỈNH THANH HOÁ
Mai Văn Thử
BẢN QUY ĐỊNH
VỀ QUẢN LÝ ĐẤT ĐAI
(Ban hành kèm theo Quyết định số 1234/1998/QĐ-UB ngày 3/4/1998 của Chủ tịch UBND tỉnh)
CHƯƠNG I: QUY ĐỊNH CHUNG
Điều 1: Phạm vi
1/ Một
2/ Hai:
- Ba;
""")
    assert units(document) == [
        "art_1", "att_1", "att_1__chp_I", "att_1__art_1", "att_1__art_1__cl_1", "att_1__art_1__cl_2",
        "att_1__art_1__cl_2__-1",
    ]  # fmt: skip
    head = document.masthead
    assert head is not None
    assert head.title == "Về việc ban hành bản quy định quản lý đất đai"
    assert head.signer == "Mai Văn Thử"
    assert head.authority == "Chủ tịch Ủy ban nhân dân tỉnh Thanh Hoá"


def test_a_letterhead_whose_columns_ran_together() -> None:
    document = paper("""
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HOẰNG GIANG Độc lập - Tự do - Hạnh phúc
Số: 31/2026/QĐ-UBND Hoằng Giang, ngày 9 tháng 2 năm 2026
QUYẾT ĐỊNH
Về việc ban hành Quy chế quản lý chợ
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
QUYẾT ĐỊNH:
Điều 1. Ban hành Quy chế quản lý chợ.
""")
    head = document.masthead
    assert head is not None
    assert (head.symbol, head.issuer) == ("31/2026/QĐ-UBND", "Ủy ban nhân dân xã Hoằng Giang")
    assert document.text[slice(*head.spans["issuer"])] == "ỦY BAN NHÂN DÂN"
