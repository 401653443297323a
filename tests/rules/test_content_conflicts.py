"""Pairs of a local clause and a higher clause: those in conflict are told, near misses are not.

Every text is made up. Kinds follow what checking bodies found: duties that the law frees from, exemptions, payers,
qualifications that the law lacks, spans of time, powers passed on, measures that no law knows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Finding
from rules.conflicts.words import spelled

Review = Callable[..., tuple[Finding, ...]]
DAY = date(2024, 3, 15)
ALL = ("MT01", "MT02", "MT03", "MT04")


def told(found: tuple[Finding, ...], *codes: str) -> list[Finding]:
    return [
        f for f in found
        if f.path.endswith("dia-phuong/0.txt") and f.certainty != "goi_y" and f.rule in (codes or ALL)
    ]  # fmt: skip


FREED = (
    "Điều 4. Tham gia bến thuyền\n3. Hợp tác xã đã có bến thuyền thì được thả thêm lồng cá mà không nhất thiết phải "
    "thành lập tổ chức vận tải mới."
)
WAIVED = (
    "Điều 4. Miễn tiền thuê đất\nMiễn tiền thuê đất trong những trường hợp sau đây:\n1. Hộ nghèo ở thôn ven sông;\n"
    "2. Đất xây dựng trạm bơm của hợp tác xã."
)
WAIVED_TAX = "Điều 4. Miễn thuế sử dụng đất nông nghiệp đối với diện tích trồng lúa của hộ gia đình."
PAID = "Điều 4. Ủy ban nhân dân cấp tỉnh bố trí kinh phí thực hiện việc tháo dỡ cầu phao hết hạn."
TEACHERS = "Điều 4. Người dạy bơi phải có chứng chỉ dạy bơi và bằng tốt nghiệp trung cấp thể dục."
CARDS = (
    "Điều 4. Thẻ đò\nĐối với học sinh lớp cuối cấp học xa nhà, thời hạn ghi trên thẻ đò từ ngày 01 tháng 01 đến ngày "
    "31 tháng 12 của năm đó."
)
CHARGED = "Điều 4. Ủy ban nhân dân cấp xã quy định chi tiết mức đóng góp sửa chữa bến đò ngang."
FLAGS = (
    "Điều 4. Cờ thi đua bến đò\n1. Cờ thi đua bến đò được xét tặng cho bến đạt các tiêu chuẩn sau:\n"
    "a) Hoàn thành vượt mức kế hoạch chở khách an toàn trong năm;"
)

CONFLICTS = [
    ("freed: to found", "MT02", FREED,
     "Điều 2. Trách nhiệm của hợp tác xã\n1. Thành lập tổ chức vận tải tại xã An Hòa để thả lồng cá."),
    ("freed: procedure", "MT02",
     "Điều 4. Các trường hợp không phải thực hiện thủ tục cấp giấy chứng nhận bến đò: bến của hộ gia đình.",
     "Điều 2. Trách nhiệm của chủ bến\n1. Thực hiện thủ tục để được cấp giấy chứng nhận bến đò, cắm biển báo."),
    ("freed: paper", "MT02", "Điều 4. Người gửi đò không phải nộp bản vẽ hoàn công bến đò cũ.",
     "Điều 2. Hồ sơ\nNgười gửi đò phải nộp bản vẽ hoàn công bến đò cũ."),
    ("freed: not needed", "MT02", "Điều 4. Hộ nuôi cá không cần lắp đặt phao tiêu báo hiệu ban đêm.",
     "Điều 2. Hộ nuôi cá có trách nhiệm lắp đặt phao tiêu báo hiệu ban đêm."),
    ("exemption: others", "MT03", WAIVED,
     "Điều 2. Ưu đãi\nMiễn tiền thuê đất 10 năm đối với doanh nghiệp mở khu vui chơi, chợ đêm."),
    ("exemption: share", "MT03", WAIVED, "Điều 2. Giảm 50% tiền thuê đất cho nhà hàng nổi, khách sạn."),
    ("exemption: tax", "MT03", "Điều 4. Miễn thuế thu nhập doanh nghiệp cho cơ sở dạy nghề đan lưới.",
     "Điều 2. Chủ đầu tư chợ nổi được miễn thuế thu nhập doanh nghiệp trong 4 năm."),
    ("levy", "MT02", WAIVED_TAX, "Điều 2. Quy định giá lúa thu thuế sử dụng đất nông nghiệp là 5.000 đồng/kg."),
    ("levy: collected", "MT02", WAIVED_TAX, "Điều 2. Trưởng thôn thu thuế sử dụng đất nông nghiệp vào tháng 6."),
    ("payer: another budget", "MT04", PAID, "Điều 2. Chi phí tháo dỡ cầu phao do ngân sách cấp xã chi trả."),
    ("payer: people", "MT04", PAID, "Điều 2. Chi phí tháo dỡ cầu phao do hộ gia đình chi trả."),
    ("payer: new text of an amending act", "MT04", PAID,
     "Điều 1. Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Quyết định số 05/2022/QĐ-UBND ngày 10 tháng "
     "01 năm 2022 của Ủy ban nhân dân xã An Hòa\n1. Khoản 2 Điều 6 được sửa đổi như sau:\n“2. Chi phí tháo dỡ cầu phao "
     "do ngân sách cấp xã chi trả.”"),
    ("qualification: course", "MT03", TEACHERS,
     "Điều 2. Người dạy bơi phải có bằng tốt nghiệp trung cấp thể dục hệ chính quy."),
    ("qualification: mark", "MT03", TEACHERS,
     "Điều 2. Chỉ nhận người dạy bơi có bằng tốt nghiệp trung cấp thể dục xếp loại khá trở lên."),
    ("qualification: household book", "MT03", TEACHERS,
     "Điều 2. Người dạy bơi phải có chứng chỉ dạy bơi và hộ khẩu thường trú tại xã An Hòa."),
    ("qualification: certified copy", "MT03", TEACHERS,
     "Điều 2. Người dạy bơi phải nộp chứng chỉ dạy bơi có chứng thực."),
    ("qualification: seat", "MT03", "Điều 4. Đơn vị thu gom lưới cũ phải có xe chở và kho chứa lưới cũ.",
     "Điều 2. Đơn vị thu gom lưới cũ phải có kho chứa lưới cũ và trụ sở tại xã An Hòa."),
    ("qualification: deposit", "MT03", "Điều 4. Đơn vị thu gom lưới cũ phải có xe chở và kho chứa lưới cũ.",
     "Điều 2. Đơn vị thu gom lưới cũ phải ký quỹ trước khi nhận kho chứa lưới cũ."),
    ("span: begins elsewhere", "MT01", CARDS,
     "Điều 2. Thẻ đò của học sinh lớp cuối cấp học xa nhà có giá trị từ ngày nhập học đến ngày 31 tháng 12 hằng năm."),
    ("power passed on", "MT04", CHARGED,
     "Điều 2. Giao Trưởng thôn quy định chi tiết mức đóng góp sửa chữa bến đò ngang của thôn."),
    ("one criterion that the law gives", "MT03", FLAGS,
     "Điều 2. Cờ thi đua bến đò\n1. Cờ thi đua bến đò được xét tặng cho bến đạt các tiêu chuẩn sau:\n"
     "a) Hoàn thành vượt mức kế hoạch chở khách an toàn trong năm;\n"
     "b) Phải được hội nghị cụm thôn phía đông bình bầu suy tôn dẫn đầu."),
    ("denial in other words", "MT02",
     "Điều 4. Trường hợp học sinh không ăn trưa tại trường thì không được hưởng chính sách bữa ăn.",
     "Điều 2. Học sinh không ăn trưa tại trường vẫn được hưởng chính sách bữa ăn."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "higher", "own"), [row[1:] for row in CONFLICTS],
                         ids=[row[0] for row in CONFLICTS])  # fmt: skip
def test_a_conflict_is_told(review: Review, make, make_decree, code: str, higher: str, own: str) -> None:
    found = told(review([make(own, DAY)], [make_decree(higher)]), code)
    assert found
    assert found[0].target_symbol == "99/2023/NĐ-CP"
    assert "có dấu hiệu" in found[0].message
    assert found[0].evidence[0].quote


AGREE = [
    ("freed: here too", FREED,
     "Điều 2. Trách nhiệm của hợp tác xã\n1. Hợp tác xã không phải thành lập tổ chức vận tải mới."),
    ("freed: only where the law asks", FREED,
     "Điều 2. Trách nhiệm\n1. Thành lập tổ chức vận tải trong trường hợp pháp luật quy định."),
    ("freed: another deed", FREED, "Điều 2. Trách nhiệm của hợp tác xã\n1. Thành lập đội cứu hộ tại bến thuyền."),
    ("exemption: one of the cases", WAIVED, "Điều 2. Miễn tiền thuê đất cho hộ nghèo ở thôn ven sông."),
    ("exemption: left to the law", WAIVED, "Điều 2. Việc miễn tiền thuê đất thực hiện theo quy định của pháp luật."),
    ("levy: spares", WAIVED_TAX,
     "Điều 2. Trưởng thôn thu thuế sử dụng đất nông nghiệp, trừ diện tích trồng lúa được miễn."),
    ("payer: the same", PAID, "Điều 2. Chi phí tháo dỡ cầu phao do ngân sách cấp tỉnh chi trả."),
    ("payer: another purpose", PAID, "Điều 2. Chi phí sơn kẻ biển báo do ngân sách cấp xã chi trả."),
    ("qualification: the law has it", TEACHERS + " Bằng hệ chính quy được ưu tiên.",
     "Điều 2. Người dạy bơi phải có bằng tốt nghiệp trung cấp thể dục hệ chính quy."),
    ("qualification: for a favour", TEACHERS,
     "Điều 2. Khuyến khích người dạy bơi có bằng tốt nghiệp trung cấp thể dục hệ chính quy."),
    ("qualification: room", TEACHERS + "\n2. Ủy ban nhân dân cấp xã quy định cụ thể tiêu chuẩn người dạy bơi.",
     "Điều 2. Người dạy bơi phải có hộ khẩu thường trú tại xã An Hòa và chứng chỉ dạy bơi."),
    ("span: the same", CARDS,
     "Điều 2. Thẻ đò của học sinh lớp cuối cấp học xa nhà có giá trị từ ngày 01 tháng 01 đến ngày 31 tháng 12 hằng "
     "năm."),
    ("span: others", CARDS, "Điều 2. Thẻ đò của khách du lịch có giá trị từ ngày mua vé đến ngày trả phòng."),
    ("one denial in two wordings, two deeds",
     "Điều 4. Không yêu cầu người yêu cầu chứng thực nộp, xuất trình bản chính giấy tờ bến đò đã có trong kho dữ liệu.",
     "Điều 2. Người yêu cầu chứng thực không phải nộp bản chính giấy tờ bến đò đã có trong kho dữ liệu."),
    ("one denial in two wordings", "Điều 4. Không yêu cầu người gửi đò nộp bản vẽ hoàn công bến đò cũ.",
     "Điều 2. Người gửi đò không phải nộp bản vẽ hoàn công bến đò cũ."),
    ("sooner than the longest time", "Điều 4. Việc lấy ý kiến về bến đò phải tiến hành xong trong thời hạn 10 ngày.",
     "Điều 2. Việc lấy ý kiến về bến đò phải xong trong thời hạn 07 ngày."),
    ("stock words of a time limit",
     "Điều 4. Trong thời hạn 05 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ, cơ quan có thẩm quyền giải quyết "
     "việc mai táng.",
     "Điều 2. Trong thời hạn 22 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ, Ủy ban nhân dân xã giải quyết."),
    ("what every act begins with",
     "Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng\n1. Nghị định này quy định về bến đò.\n"
     "2. Nghị định này áp dụng đối với chủ bến, khách đi đò.",
     "Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng\n1. Quyết định này quy định về bến đò.\n"
     "2. Cơ quan thuế, kho bạc, bưu điện, trường học trên địa bàn xã."),
    ("a decision carried out", "Điều 4. Chủ tịch Ủy ban nhân dân cấp xã quyết định thành lập Tổ tự quản bến đò ngang.",
     "Điều 2. Trưởng thôn tổ chức thực hiện quyết định thành lập Tổ tự quản bến đò ngang."),
]  # fmt: skip


@pytest.mark.parametrize(("higher", "own"), [row[1:] for row in AGREE], ids=[row[0] for row in AGREE])
def test_a_near_miss_is_not(review: Review, make, make_decree, higher: str, own: str) -> None:
    assert [(f.rule, f.message) for f in told(review([make(own, DAY)], [make_decree(higher)]))] == []


def test_words_of_the_tone_key_are_shown_as_they_are_written() -> None:
    assert spelled("ký qũy tại ban quản lý qũy, mỗi qúy") == "ký quỹ tại ban quản lý quỹ, mỗi quý"
