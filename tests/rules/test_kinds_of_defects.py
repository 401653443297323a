"""Defects of the kinds that commune documents have, one small text each, and their lawful neighbours.

Each row: what is wrong, the rules that may tell it, the text, its day. The texts were written for the rules'
catalogue, not for the code: what a rule misses here it would miss in a file of an office.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Finding

Review = Callable[..., tuple[Finding, ...]]
OLD, NEW = date(2022, 3, 15), date(2026, 1, 6)
TITLE = "Ban hành Quy định quản lý đường thôn"
LONG = (
    "Hộ gia đình có trách nhiệm giữ gìn đường thôn, không đổ vật liệu xây dựng ra lòng đường, kịp thời báo cho Trưởng "
    "thôn khi đường bị hư hỏng và tham gia dọn vệ sinh đường thôn vào ngày cuối tuần."
)
LAW = (
    "Điều 1. Phạm vi\n1. Nghị định này quy định về đường thôn.\n2. Không áp dụng với đường tỉnh.\nĐiều 2. Nội dung\n"
    "1. Ủy ban nhân dân cấp xã quản lý đường thôn.\na) Lập sổ đường;\nb) Kiểm tra.\nĐiều 3. Hiệu lực thi hành\n"
    "Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2023."
)
ATTACHED = "\nQUY ĐỊNH\nVề quản lý đường thôn\n(Ban hành kèm theo Quyết định số 07/2024/QĐ-UBND)\n"

FLAGGED: list[tuple[str, str, str, date]] = [
    # VD04: number, name, issuer, kind, day
    ("tên luật khác", "VD04", "Căn cứ Luật Bảo hiểm xã hội số 59/2014/QH13 ngày 20 tháng 11 năm 2014;", OLD),
    ("số của luật khác", "VD04", "Thực hiện theo Luật Đất đai số 58/2014/QH13.", OLD),
    ("tên nghị định khác", "VD04",
     "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ về công tác văn thư;", OLD),
    ("bộ khác", "VD04",
     "Căn cứ Thông tư số 338/2016/TT-BTC ngày 28 tháng 12 năm 2016 của Bộ trưởng Bộ Tư pháp;", OLD),
    ("Thủ tướng ra nghị định", "VD04",
     "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Thủ tướng Chính phủ;", OLD),
    ("hội đồng ra quyết định", "VD04",
     "Theo Quyết định số 05/2021/QĐ-UBND ngày 10 tháng 5 năm 2021 của Hội đồng nhân dân tỉnh.", OLD),
    ("tên loại khác", "VD04", "Thực hiện Nghị quyết số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020.", OLD),
    ("ngày sai", "VD04", "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 15 tháng 3 năm 2020 của Chính phủ;", OLD),
    ("ngày không có", "VD04", "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 31 tháng 02 năm 2020 của Chính phủ;", OLD),
    ("thiếu khóa", "VD04", "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH ngày 16 tháng 6 năm 2025;", NEW),
    ("năm của số sai", "VD04", "Căn cứ Luật Phí và lệ phí số 97/2025/QH13;", NEW),
    ("ngày của luật sai", "VD04", "Căn cứ Luật Cư trú ngày 13 tháng 12 năm 2020;", OLD),
    # CC03, CC04
    ("căn cứ chưa có hiệu lực", "CC03", "Căn cứ Luật Hộ tịch số 03/2026/QH16;", date(2026, 5, 20)),
    ("căn cứ đã hết", "CC03", "Căn cứ Luật Đất đai số 45/2013/QH13 ngày 29 tháng 11 năm 2013;", date(2025, 9, 20)),
    ("nghị quyết tỉnh ủy", "CC04", "Căn cứ Nghị quyết số 05-NQ/TU ngày 10 tháng 9 năm 2021 của Tỉnh ủy;", OLD),
    ("nghị quyết đại hội", "CC04", "Căn cứ Nghị quyết Đại hội Đảng bộ xã lần thứ XXI, nhiệm kỳ 2020 - 2025;", OLD),
    ("quyết định hành chính", "CC04",
     "Căn cứ Quyết định số 1234/QĐ-UBND ngày 10 tháng 9 năm 2021 của Chủ tịch Ủy ban nhân dân tỉnh;", OLD),
    ("văn bản hợp nhất", "CC04", "Căn cứ Văn bản hợp nhất số 03/VBHN-VPQH ngày 10 tháng 9 năm 2021;", OLD),
    ("kế hoạch tỉnh", "CC04", "Căn cứ Kế hoạch số 12/KH-UBND ngày 10 tháng 9 năm 2021 của Ủy ban nhân dân tỉnh;", OLD),
    # HL01, HL03, HL06
    ("hết hiệu lực từ ngày", "HL01",
     "Quyết định này có hiệu lực từ ngày 25 tháng 3 năm 2022 và hết hiệu lực kể từ ngày 01 tháng 01 năm 2025.", OLD),
    ("năm ngân sách", "HL01",
     "Quyết định này có hiệu lực từ ngày 25 tháng 3 năm 2022, áp dụng cho năm ngân sách 2022.", OLD),
    ("giai đoạn", "HL01",
     "Điều 1. Mức hỗ trợ tại Quyết định này áp dụng cho giai đoạn 2022 - 2025.\nĐiều 2. Quyết định này có hiệu lực từ "
     "ngày 25 tháng 3 năm 2022.", OLD),
    ("ba năm", "HL01", "Quyết định này có hiệu lực trong 03 năm kể từ ngày 25 tháng 3 năm 2022.", OLD),
    ("năm học", "HL01", "Quy định này áp dụng đối với các trường trong các năm học 2022-2023 và 2023-2024.", OLD),
    ("trở về trước", "HL03",
     "Điều 1. Mức hỗ trợ được áp dụng kể từ ngày 01 tháng 01 năm 2026.\nĐiều 2. Quyết định này có hiệu lực từ ngày 30 "
     "tháng 3 năm 2026.", date(2026, 3, 15)),
    ("sau 5 ngày", "HL03", "Quyết định này có hiệu lực sau 05 ngày kể từ ngày ký.", NEW),
    ("bãi bỏ chung (a)", "HL06", "Điều 2. Bãi bỏ các văn bản đã ban hành trước đây trái với Quy định này.", OLD),
    ("bãi bỏ chung (b)", "HL06", "Điều 2. Các quy định khác trái với Quyết định này đều không còn giá trị.", OLD),
    ("thay thế chung", "HL06", "Điều 2. Quyết định này thay thế các quyết định trước đây về cùng nội dung.", OLD),
    # TT03, VD03 of the document itself
    ("điểm f", "TT03",
     "Điều 2. Trách nhiệm\n1. Trưởng thôn:\na) Họp;\nb) Ghi;\nc) Báo;\nd) Nhắc;\nđ) Thu;\ne) Chi;\nf) Dán.", NEW),
    ("nhảy điểm", "TT03", "Điều 2. Trách nhiệm\n1. Trưởng thôn:\na) Họp;\nb) Ghi;\nd) Báo.\n2. Hộ dân.", NEW),
    ("sai thứ tự khoản", "TT03", "Điều 2. Trách nhiệm\n1. Trưởng thôn.\n3. Hộ dân.\n2. Công an.", NEW),
    ("khoản của mình không có", "VD03",
     "Điều 2. Trách nhiệm\n1. Thực hiện theo khoản 5 Điều 1 Quyết định này.\n2. Hộ dân chấp hành.", NEW),
    # TN
    ("tỉnh đã nhập", "TN01 TN02", "Điều 2. Hằng năm báo cáo Ủy ban nhân dân tỉnh Hà Giang kết quả thực hiện.", OLD),
    ("trình cấp huyện", "TN01", "Điều 2. Ủy ban nhân dân xã lập danh sách trình cấp huyện phê duyệt.", OLD),
    ("mặt trận huyện", "TN01 TN02", "Điều 2. Mặt trận Tổ quốc huyện giám sát việc thực hiện.", OLD),
    ("công an huyện", "TN01", "Điều 2. Trưởng Công an huyện chỉ đạo lực lượng.", OLD),
    ("ngân sách huyện", "TN01 TN02", "Điều 2. Ngân sách huyện hỗ trợ 50% kinh phí.", OLD),
    ("chứng minh nhân dân", "TN03", "Điều 2. Xuất trình CMND khi làm thủ tục.", NEW),
]

LAWFUL: list[tuple[str, str, str, date]] = [
    ("tên đúng", "VD04",
     "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;", OLD),
    ("bộ, không phải bộ trưởng", "VD04",
     "Căn cứ Thông tư số 338/2016/TT-BTC ngày 28 tháng 12 năm 2016 của Bộ Tài chính;", OLD),
    ("nghị quyết của Quốc hội", "CC04", "Căn cứ Nghị quyết số 1686/NQ-UBTVQH15 ngày 16 tháng 6 năm 2025;", NEW),
    ("nghị quyết của hội đồng xã", "CC04",
     "Căn cứ Nghị quyết số 05/2025/NQ-HĐND ngày 10 tháng 9 năm 2025 của Hội đồng nhân dân xã An Hòa;", NEW),
    ("còn thời hạn", "HL01",
     "Quyết định này có hiệu lực từ ngày 25 tháng 3 năm 2022 đến hết ngày 31 tháng 12 năm 2030.", OLD),
    ("chuẩn của một năm", "HL01", "Quyết định này áp dụng đối với hộ nghèo theo chuẩn năm 2022.", OLD),
    ("áp dụng từ năm", "HL01", "Quyết định này được áp dụng từ năm ngân sách 2023.", OLD),
    ("bãi bỏ có tên", "HL06", "Điều 2. Quyết định này thay thế Quyết định số 03/2018/QĐ-UBND.", OLD),
    ("sau e là g", "TT03",
     "Điều 2. Trách nhiệm\n1. Trưởng thôn:\na) Họp;\nb) Ghi;\nc) Báo;\nd) Nhắc;\nđ) Thu;\ne) Chi;\ng) Dán.", NEW),
    ("mốc ngày của luật cũ", "VD01",
     "Điều 2. Nhà đưa vào sử dụng trước khi Luật Phòng cháy và chữa cháy số 27/2001/QH10 có hiệu lực.", OLD),
    ("căn cước bên cạnh", "TN03", "Điều 2. Xuất trình căn cước công dân hoặc thẻ căn cước khi làm thủ tục.", NEW),
    ("chi nhánh đất đai", "TN", "Điều 2. Chi nhánh VPĐKĐĐ chỉnh lý hồ sơ.", NEW),
    ("văn bản của cơ quan cũ", "TN",
     "Điều 2. Các Quyết định của Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang, Chủ tịch Ủy ban nhân dân tỉnh Sóc Trăng "
     "(trước đây) liên quan đến nội dung này hết hiệu lực.", NEW),
    ("địa chỉ của cơ quan cũ", "TN",
     "Điều 2. Bãi bỏ Quyết định số 03/2023/QĐ-UBND ngày 05 tháng 5 năm 2023 của Ủy ban nhân dân xã Thụy Hùng, huyện "
     "Cao Lộc, tỉnh Lạng Sơn về đường thôn.", NEW),
    ("huyện của cơ quan cũ", "TN",
     "Điều 2. Bãi bỏ Quyết định số 03/2023/QĐ-UBND ngày 10 tháng 5 năm 2023 của Ủy ban nhân dân xã Thụy Hùng, huyện "
     "Cao Lộc.", NEW),
]


@pytest.mark.parametrize(("rule", "text", "day"), [row[1:] for row in FLAGGED], ids=[row[0] for row in FLAGGED])
def test_told(review: Review, make, rule: str, text: str, day: date) -> None:
    assert {f.rule for f in review([make(text, day)])} & set(rule.split())


@pytest.mark.parametrize(("rule", "text", "day"), [row[1:] for row in LAWFUL], ids=[row[0] for row in LAWFUL])
def test_left_alone(review: Review, make, rule: str, text: str, day: date) -> None:
    assert [f.message for f in review([make(text, day)]) if f.rule.startswith(rule)] == []


@pytest.mark.parametrize(("day", "days", "early"), [
    (date(2026, 1, 5), 9, True), (date(2026, 1, 5), 10, False), (date(2025, 4, 1), 8, True),
    (date(2025, 3, 31), 7, False), (date(2020, 1, 6), 6, True), (date(2020, 1, 6), 7, False),
    (date(2016, 7, 1), 5, True), (date(2016, 6, 30), 5, False), (date(2010, 1, 5), 4, True),
    (date(2010, 1, 5), 5, False),
])  # fmt: skip
def test_days_to_the_first_day_at_each_time(review: Review, make, day: date, days: int, early: bool) -> None:
    first = date.fromordinal(day.toordinal() + days)
    text = f"Quyết định này có hiệu lực từ ngày {first.day:02d} tháng {first.month:02d} năm {first.year}."
    assert ("HL03" in {f.rule for f in review([make(text, day)])}) is early


@pytest.mark.parametrize(("title", "over"), [
    ("Quy định mức hỗ trợ làm đường thôn giai đoạn 2021 - 2025", True),
    ("Quy định mức thu thủy lợi phí năm 2022", True),
    ("Quy định mức hỗ trợ làm đường thôn giai đoạn 2021 - 2025, tầm nhìn đến năm 2030", False),
    ("Sửa đổi Quyết định số 05/2019/QĐ-UBND ngày 10 tháng 5 năm 2019 về đường thôn", False),
])  # fmt: skip
def test_periods_in_titles(review: Review, make, title: str, over: bool) -> None:
    text = make("Quyết định này có hiệu lực từ ngày 25 tháng 3 năm 2022.", OLD).replace(TITLE, title)
    assert ("HL01" in {f.rule for f in review([text])}) is over


@pytest.mark.parametrize(("cited", "missing"), [
    ("Điều 9", True), ("khoản 3 Điều 1", True), ("điểm d khoản 1 Điều 2", True), ("điểm a khoản 2 Điều 1", True),
    ("khoản 2 Điều 3", True), ("Chương IV", True), ("Phụ lục III", True), ("điểm b khoản 1 Điều 2", False),
])  # fmt: skip
def test_units_that_the_cited_act_lacks(review: Review, make, make_decree, cited: str, missing: bool) -> None:
    text = make(f"Thực hiện theo {cited} Nghị định số 99/2023/NĐ-CP.", date(2024, 3, 15))
    assert ("VD03" in {f.rule for f in review([text], [make_decree(LAW)])}) is missing


@pytest.mark.parametrize(("number", "faulty"), [
    ("07/2025/QĐ-UBND", True), ("07/QĐ.UBND", True), ("07/QĐ-UBND/2026", True), ("07/2026/QĐ-UB", True),
    ("07/2026/UBND-QĐ", True), ("07/2026/NQ-HĐND", True), ("07/KH-UBND", True), ("07/2026/QĐ-UBND", False),
    ("07/QĐ-UBND", False),
])  # fmt: skip
def test_numbers_and_symbols(review: Review, make, number: str, faulty: bool) -> None:
    text = make("Điều 1. Phạm vi\nQuy định về đường.", NEW, number=number)
    assert ("TT01" in {f.rule for f in review([text])}) is faulty


@pytest.mark.parametrize("lost", [
    "Độc lập - Tự do - Hạnh phúc\n", "An Hòa, ngày 06 tháng 01 năm 2026\n", "Trần Văn Mẫu\n", f"{TITLE}\n",
    "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n", "Số: 07/2026/QĐ-UBND\n",
])  # fmt: skip
def test_parts_that_are_missing(review: Review, make, lost: str) -> None:
    whole = make("Điều 1. Phạm vi\nQuy định về đường.", NEW)
    assert "TT02" not in {f.rule for f in review([whole])}
    assert "TT02" in {f.rule for f in review([whole.replace(lost, "", 1)])}


def test_a_chapter_that_is_missing(review: Review, make) -> None:
    text = make("Quy định.", date(2024, 5, 10)) + ATTACHED + (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nA.\nChương III\nTỔ CHỨC THỰC HIỆN\nĐiều 2. Đối tượng\nB.\n"
    )
    assert "TT03" in {f.rule for f in review([text])}


def test_a_decision_of_another_province_is_not_meant(review: Review, make) -> None:
    def province(text: str, name: str, day: date, number: str) -> str:
        return make(text, day, issuer=f"TỈNH {name.upper()}", number=number)

    cited = "Thực hiện khoản 2 Điều 12 Quyết định số 30/2025/QĐ-UBND của Ủy ban nhân dân tỉnh."
    texts = [
        province(cited, "Bắc Ninh", date(2025, 11, 22), "41/2025/QĐ-UBND"),
        province("Quy định về rừng.", "Đắk Lắk", date(2025, 11, 19), "30/2025/QĐ-UBND"),
        province("Điều 1. Bãi bỏ Quyết định số 30/2025/QĐ-UBND ngày 02 tháng 9 năm 2025 của Ủy ban nhân dân tỉnh.",
                 "Lai Châu", date(2025, 11, 28), "12/2025/QĐ-UBND"),
    ]  # fmt: skip
    assert {f.rule for f in review(texts)} & {"VD03", "HL02", "CC03", "VD01"} == set()


@pytest.mark.parametrize(("central", "local", "told"), [
    (f"Điều 4. Trách nhiệm\n{LONG}", LONG, True),
    (f"Điều 4. Trách nhiệm\n{LONG}", f"Nghị định quy định: “{LONG}”.", False),
    (f"Điều 4. Trách nhiệm\n{LONG.replace('cuối tuần', '20 hằng tháng')}", LONG.replace("cuối tuần", "15 hằng tháng"),
     False),
])  # fmt: skip
def test_copies(review: Review, make, make_decree, central: str, local: str, told: bool) -> None:
    text = make(f"Điều 2. Trách nhiệm\n{local}", date(2024, 3, 15))
    assert ("TL01" in {f.rule for f in review([text], [make_decree(central)])}) is told


@pytest.mark.parametrize("replaced", [False, True])
def test_copies_of_the_own_documents(review: Review, make, replaced: bool) -> None:
    old = make(f"Điều 2. Trách nhiệm\n{LONG}", OLD, number="03/2022/QĐ-UBND")
    end = "\nĐiều 3. Quyết định này thay thế Quyết định số 03/2022/QĐ-UBND ngày 15 tháng 3 năm 2022."
    new = make(f"Điều 2. Trách nhiệm\n{LONG}{end if replaced else ''}", date(2024, 3, 15))
    assert ("TL01" in {f.rule for f in review([new, old])}) is not replaced


@pytest.mark.parametrize(("duty", "told"), [
    ("Hội đồng nhân dân cấp xã quy định mức hỗ trợ cụ thể cho người trực đường trên địa bàn.", True),
    ("Giao Ủy ban nhân dân cấp xã quy định chi tiết về quản lý chợ.", True),
    ("Hội đồng nhân dân cấp xã quyết định biện pháp bảo đảm vệ sinh môi trường tại địa phương.", True),
    ("Chậm nhất ngày 31 tháng 12 năm 2025, Ủy ban nhân dân cấp xã phải ban hành nội quy tiếp công dân.", True),
    ("Ủy ban nhân dân cấp xã có thẩm quyền ban hành danh mục đường thôn.", True),
    ("Ủy ban nhân dân cấp xã ban hành quy định thu gom rác thải sinh hoạt trên địa bàn.", True),
    ("Ủy ban nhân dân cấp xã quyết định hỗ trợ đối với từng trường hợp.", False),
    ("Ủy ban nhân dân cấp xã quyết định biện pháp, mức hỗ trợ khác đối với từng dự án cụ thể.", False),
    ("Ủy ban nhân dân cấp tỉnh quy định mức hỗ trợ.", False),
])  # fmt: skip
def test_duties_of_the_commune(review: Review, make, make_decree, duty: str, told: bool) -> None:
    local = make("Quy định này về việc nuôi cá.", OLD).replace(TITLE, "Quy định về nuôi cá lồng")
    decree = make_decree(f"Điều 1. Phạm vi\nNghị định này về đường.\nĐiều 2. Trách nhiệm\n1. {duty}\n2. Chủ tịch.")
    assert ("KH01" in {f.rule for f in review([local], [decree])}) is told


@pytest.mark.parametrize(("title", "told"), [
    (TITLE, True), ("Quyết định dự toán thu, chi ngân sách xã năm 2026", False),
])  # fmt: skip
def test_a_basis_that_begins_with_the_year_that_is_governed(review: Review, make, title: str, told: bool) -> None:
    text = make("Căn cứ Luật Ngân sách nhà nước số 89/2025/QH15;\nĐiều 1. Dự toán.\nĐiều 2. Quyết định này có hiệu lực "
                "từ ngày 22 tháng 12 năm 2025.", date(2025, 12, 10)).replace(TITLE, title)  # fmt: skip
    assert ("CC03" in {f.rule for f in review([text]) if f.certainty != "goi_y"}) is told


def test_same_fault_is_told_once_with_all_places(review: Review, make) -> None:
    wrong = "Nghị định số 30/2020/NĐ-CP ngày 15 tháng 3 năm 2020"
    text = make(f"Điều 2. Thực hiện\n1. Theo Điều 3 {wrong}.\n2. Theo Điều 4 {wrong}.", OLD)
    found = [f for f in review([text]) if f.rule == "VD04"]
    assert [len(f.places) for f in found] == [2]


@pytest.mark.parametrize(("title", "over"), [
    ("Quy định giấy tờ về đất lập trước ngày 15 tháng 10 năm 1993", False),
    ("Quy định định mức phân bổ dự toán năm 2022 và các năm tiếp theo", False),
    ("Quy định mức thu dịch vụ từ năm học 2022-2023", False),
    ("Ban hành danh mục bổ sung dự án cần thu hồi đất năm 2022", True),
    ("Sửa đổi, bổ sung Quy định và Bảng giá đất áp dụng giai đoạn 2020 - 2024", True),
    ("Hủy bỏ danh mục dự án năm 2019 đã ban hành", False),
])  # fmt: skip
def test_years_of_titles_that_are_and_are_no_term(review: Review, make, title: str, over: bool) -> None:
    text = make("Quyết định này có hiệu lực từ ngày 25 tháng 3 năm 2022.", OLD).replace(TITLE, title)
    assert ("HL01" in {f.rule for f in review([text])}) is over


@pytest.mark.parametrize(("day", "told"), [(date(2022, 3, 15), True), (date(2025, 6, 25), True), (NEW, False)])
def test_a_province_that_was_merged(review: Review, make, day: date, told: bool) -> None:
    text = make("Quy định về chợ.", day, issuer="TỈNH KIÊN GIANG")
    assert ("HL05" in {f.rule for f in review([text])}) is told
