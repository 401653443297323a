"""What a careful reader met as false or noisy on real documents: each case in a few own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.library import CorpusLibrary
from corpus.model import By, Finding
from corpus.register import Register
from rules.base import Context, spoken_by

Review = Callable[..., tuple[Finding, ...]]
DAY = date(2025, 11, 24)
OLD = "Quyết định số 07/2022/QĐ-UBND ngày 17 tháng 02 năm 2022 của Ủy ban nhân dân xã An Hòa"


def found(review: Review, text: str, *codes: str) -> list[Finding]:
    return [f for f in review([text]) if f.rule in codes]


# --- the document that ends another one ------------------------------------------------------------


def test_what_the_document_itself_ends_is_no_finding_elsewhere_in_it(review: Review, make) -> None:
    words = (
        f"Điều 1. Bãi bỏ\nBãi bỏ {OLD} về quản lý đường thôn.\n"
        f"Điều 2. Chuyển tiếp\nHồ sơ đã nhận làm theo mẫu tại {OLD}."
    )
    assert found(review, make(words, DAY, number="12/2025/QĐ-UBND"), "VD01", "VD02", "CC01", "CC02", "CC03") == []


def test_a_second_act_far_behind_the_word_that_ends_it(review: Review, make) -> None:
    matter = " ".join(["về quản lý, sử dụng và bảo trì đường thôn, ngõ xóm và công trình phụ trợ trên địa bàn"] * 4)
    words = (
        f"Ủy ban nhân dân xã ban hành Quyết định bãi bỏ Quyết định số 05/2019/QĐ-UBND {matter} và {OLD}.\n"
        f"Điều 2. Bãi bỏ\nBãi bỏ {OLD}."
    )
    assert found(review, make(words, DAY, number="12/2025/QĐ-UBND"), "VD01", "VD02") == []


def test_what_another_document_ended_is_found(review: Review, make) -> None:
    ending = make(f"Điều 1. Bãi bỏ {OLD}.", DAY, number="12/2025/QĐ-UBND")
    citing = make(f"Mức hỗ trợ thực hiện theo {OLD}.", date(2023, 5, 4), number="03/2023/QĐ-UBND")
    assert [(f.rule, f.target_symbol) for f in review([ending, citing]) if f.rule == "VD01"] == [
        ("VD01", "07/2022/QĐ-UBND")
    ]


def test_a_resolution_of_the_assembly_is_no_law(facts: Register) -> None:
    context = Context(CorpusLibrary({}, facts), date(2026, 11, 24), facts.institutions())
    assert spoken_by([By("202/2025/QH15", None, "replace", date(2025, 6, 12))], context) == (
        "bị thay thế bởi Nghị quyết số 202/2025/QH15"
    )


# --- former names that are no fault ------------------------------------------------------------------


@pytest.mark.parametrize("words", [
    "Điều 2. Hồ sơ\n1. Hồ sơ kèm theo.\n2. Quyết định số 119/QĐ-UBND ngày 01/8/2023 của Chủ tịch UBND tỉnh Lam Sơn "
    "công bố thủ tục mới thuộc thẩm quyền quyết định của UBND cấp tỉnh; UBND cấp huyện trên địa bàn tỉnh Bắc Giang",
    "Điều 2. Hồ sơ\nKèm theo gồm:\n- 431/QĐ-UBND ngày 23/3/2025 của UBND tỉnh Bắc Giang công bố thủ tục hành chính",
    "Từ ngày 01/7/2025 không còn chính quyền cấp huyện nên hồ sơ nộp tại xã.",
    "Tiếp nhận hồ sơ thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp huyện nhưng chưa bàn giao.",
    "Việc này chỉ áp dụng trên địa bàn tỉnh Bắc Giang (cũ).",
    "Số liệu của Sở Nội vụ tỉnh Bình Thuận (trước sắp xếp) được dùng lại.",
    "Việc sắp xếp tỉnh Đắk Nông, tỉnh Bình Thuận và tỉnh Lâm Đồng thành tỉnh Lâm Đồng đã hoàn thành.",
    "Mời Hội Làm vườn tỉnh Bình Thuận tham gia góp ý.",
    "Mời Liên đoàn Bóng đá tỉnh Bình Thuận tham gia góp ý.",
])  # fmt: skip
def test_former_names_in_titles_histories_and_associations(review: Review, make, words: str) -> None:
    assert [(f.rule, f.places[0].quote) for f in found(review, make(words, DAY), "TN01", "TN02")] == []


@pytest.mark.parametrize("words", [
    "Thực hiện Quyết định số 19/QĐ-UBND ngày 01/8/2023; Phòng Tư pháp huyện chủ trì việc này.",
    "Khi không còn nhu cầu, các hộ báo cáo UBND huyện.",
    "Sở Nội vụ tỉnh Bình Thuận hướng dẫn việc này.",
    "Hội đồng thẩm định tỉnh Bình Thuận họp vào tháng 6.",
])  # fmt: skip
def test_names_beside_such_words_are_still_found(review: Review, make, words: str) -> None:
    assert found(review, make(words, DAY), "TN01", "TN02")


def test_places_of_one_finding_are_of_one_institution(review: Review, make) -> None:
    words = "Điều 2. Số liệu\n1. Biểu của tỉnh Hậu Giang.\n2. Biểu của tỉnh Sóc Trăng.\n3. Biểu của tỉnh Hậu Giang."
    assert sorted([p.quote for p in f.places] for f in found(review, make(words, DAY), "TN02")) == [
        ["tỉnh Hậu Giang", "tỉnh Hậu Giang"], ["tỉnh Sóc Trăng"],
    ]  # fmt: skip


def test_a_body_without_its_place_is_that_of_the_only_place_named(review: Review, make) -> None:
    words = "Điều 2. Báo cáo\n1. Hằng quý báo cáo UBND huyện Yên Định.\n2. Hằng năm trình UBND huyện phê duyệt."
    assert [len(f.places) for f in found(review, make(words, DAY), "TN01")] == [2]


def test_a_named_body_beats_its_place(review: Review, make) -> None:
    [one] = found(review, make("Hằng tháng báo cáo Thanh tra huyện Vĩnh Lộc.", date(2022, 3, 15)), "TN01")
    assert (one.places[0].quote, one.target_symbol, one.certainty) == (
        "Thanh tra huyện Vĩnh Lộc", "84/2025/QH15", "can_kiem_tra",
    )  # fmt: skip
    assert one.message.endswith("Hiện nay: Thanh tra tỉnh.")


def test_where_the_duties_of_the_ended_level_went(review: Review, make) -> None:
    [one] = found(review, make("Hằng năm báo cáo Ban Chỉ đạo giảm nghèo huyện.", date(2022, 3, 15)), "TN01")
    assert "Hiện nay nhiệm vụ chia về cấp tỉnh hoặc cấp xã theo từng nghị định" in one.message


# --- plans by their own title ------------------------------------------------------------------------

SCHEME = "Quyết định số 1213/QĐ-TTg ngày 01 tháng 3 năm 2021 của Thủ tướng Chính phủ"


@pytest.mark.parametrize(("title", "ends"), [
    ("phê duyệt Chương trình phát triển chợ giai đoạn 2021 - 2025", True),
    ("về việc ban hành Kế hoạch phát triển chợ năm 2024", True),
    ("phê duyệt chủ trương đầu tư Chương trình phát triển chợ giai đoạn 2021-2025", True),
    ("về Chương trình phát triển chợ năm 2025 và 2026", False),
    ("phê duyệt Chiến lược phát triển chợ giai đoạn 2021-2025, tầm nhìn đến năm 2030", False),
    ("ban hành Quy định hỗ trợ thuộc Chương trình phát triển chợ giai đoạn 2021 - 2025", False),
    ("về việc phân bổ dự toán thuộc Chương trình phát triển chợ năm 2025", False),
    ("phê duyệt Đề án kiểm kê chợ và kết quả kiểm kê hằng năm (năm 2025) của các chợ", False),
    ("phê duyệt Đề án kiểm kê chợ theo quy định tại Luật Kế toán năm 2015", False),
    ("ban hành Kế hoạch thi hành Luật Kế toán năm 2015", False),
    ("ban hành Chương trình phổ biến pháp luật giai đoạn 2021 - 2025", True),
])  # fmt: skip
def test_only_a_plan_runs_out_by_its_title(review: Review, make, title: str, ends: bool) -> None:
    body = found(review, make(f"Thực hiện {SCHEME} {title}.", DAY), "VD01")
    basis = found(review, make(f"Căn cứ {SCHEME} {title};\nQuy định này về chợ.", DAY), "CC01")
    assert (bool(body), bool(basis)) == (ends, ends)


def test_a_plan_that_is_over_is_no_matter_of_the_law_on_normative_documents(review: Review) -> None:
    plan = "\n".join([
        "ỦY BAN NHÂN DÂN", "XÃ AN HÒA", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "",
        "Số: 12/KH-UBND", "An Hòa, ngày 10 tháng 01 năm 2024", "", "KẾ HOẠCH", "Phát triển chợ năm 2024", "",
        "I. MỤC TIÊU", "1. Các thôn giữ vệ sinh chợ.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu", "",
    ])  # fmt: skip
    [one] = found(review, plan, "HL01")
    assert (one.severity, one.proposal, one.legal_basis) == (
        "thong_tin", "giu_nguyen", "thời hạn ghi trong chính văn bản",
    )  # fmt: skip


@pytest.mark.parametrize(("words", "plan"), [
    ("Tiếp tục thực hiện rà soát, nâng cấp chợ theo", True),
    ("Các dự án dở dang tiếp tục thực hiện theo quy định tại", False),
])  # fmt: skip
def test_a_task_that_goes_on_is_no_transition(review: Review, make, words: str, plan: bool) -> None:
    text = make(f"{words} {SCHEME} phê duyệt Chương trình phát triển chợ giai đoạn 2021 - 2025.", DAY)
    assert bool(found(review, text, "VD01")) == plan


# --- what is a draft, what details a law ---------------------------------------------------------------


def test_no_number_and_no_day_is_a_draft_though_a_name_is_printed(review: Review, make) -> None:
    text = make("Các thôn giữ vệ sinh chợ.", date(2025, 3, 10)).replace("07/2025/QĐ-UBND", "       /QĐ-UBND")
    draft = text.replace("ngày 10 tháng 03 năm 2025", "ngày      tháng 3 năm 2025")
    assert [f.severity for f in found(review, draft, "HL08")] == ["thong_tin"]
    assert found(review, text, "HL08") == []


LAW = "Luật An ninh mạng số 24/2018/QH14"


def certainty_of_hl04(review: Review, make: Callable[..., str], title: str, basis: str, scope: str) -> list[str]:
    text = make(f"Căn cứ {basis};\nĐiều 1. Phạm vi điều chỉnh\n{scope}", date(2025, 8, 20))
    text = text.replace("Ban hành Quy định quản lý đường thôn", title)
    return [f.certainty for f in found(review, text, "HL04")]


def test_a_law_only_among_the_bases_of_working_rules_is_no_parent(review: Review, make) -> None:
    title = "Ban hành Quy chế vận hành hệ thống thư điện tử và an ninh mạng"
    titles = f"{LAW};\nCăn cứ Nghị định số 53/2022/NĐ-CP quy định chi tiết một số điều của Luật An ninh mạng"
    assert certainty_of_hl04(review, make, title, titles, "Quy chế này về thư điện tử.") == []


def test_a_document_that_says_what_it_details_has_a_parent(review: Review, make) -> None:
    scope = f"Quyết định này quy định chi tiết một số điều của {LAW}."
    assert certainty_of_hl04(review, make, "Quy định về mạng của xã", LAW, scope) == ["can_kiem_tra"]


def test_the_same_matter_alone_is_a_hint(review: Review, make) -> None:
    assert certainty_of_hl04(review, make, "Quy định bảo đảm an ninh mạng", LAW, "Quy định này về mạng.") == ["goi_y"]


# --- one cause, one finding ------------------------------------------------------------------------------


def test_acts_of_one_sentence_ended_by_one_later_act_are_one_finding(review: Review, make, make_decree) -> None:
    ending = make_decree(
        "Số: 99/2023/NĐ-CP; Điều 1. Bãi bỏ\nNghị định số 31/2010/NĐ-CP ngày 29 tháng 3 năm 2010 và Nghị định số "
        "32/2011/NĐ-CP ngày 11 tháng 5 năm 2011 hết hiệu lực kể từ ngày 01 tháng 7 năm 2023."
    )
    one, two = "Nghị định số 31/2010/NĐ-CP ngày 29/3/2010", "Nghị định số 32/2011/NĐ-CP ngày 11/5/2011"
    text = make(f"Thực hiện theo {one} (được sửa đổi bởi {two}).", date(2022, 3, 15))
    grouped = [f for f in review([text], [ending]) if f.rule == "VD01"]
    assert [[p.quote for p in f.places] for f in grouped] == [[one, two]]
    assert (grouped[0].target_symbol, "32/2011/NĐ-CP" in {e.symbol for e in grouped[0].evidence}) == (
        "31/2010/NĐ-CP", True,
    )  # fmt: skip
    assert f"“{one}” và “{two}” đã hết hiệu lực" in grouped[0].message


def test_acts_ended_by_different_acts_stay_apart(review: Review, make) -> None:
    words = "Thực hiện Luật Bảo hiểm xã hội số 58/2014/QH13 và Luật An ninh mạng số 24/2018/QH14."
    assert len(found(review, make(words, date(2022, 3, 15)), "VD01")) == 2


# --- VD05 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "count"), [
    ("Xét Tờ trình số 136/TTr-SVHTT ngày 11 tháng 11 năm 2024 của Sở Văn hóa", 0),
    ("Thực hiện Công văn số 775/UBND-NC ngày 04 tháng 02 năm 2024 của UBND tỉnh", 0),
    ("Thực hiện Kế hoạch số 92/KH-UBND ngày 15/9/2024 của UBND tỉnh", 0),
    ("Thực hiện Thông báo số 55/TB-VPCP ngày 13 tháng 10 năm 2024 của Văn phòng Chính phủ", 0),
    ("Thực hiện Chỉ thị số 41-CT/TW ngày 26/12/2024 của Bộ Chính trị", 0),
    ("Thực hiện Quyết định số 412/QĐ-UBND ngày 15/8/2024 của UBND tỉnh", 0),
    ("Thực hiện Quyết định số 412/QĐ-UBND của UBND tỉnh", 1),
    ("Thực hiện Quyết định số 44/2022/QĐ-UBND ngày 24 tháng 11 năm 2022 của UBND tỉnh", 1),
    ("Thực hiện Quyết định số 9437/QĐ-TTg ngày 04/11/2024 của Thủ tướng Chính phủ", 1),
    ("Thực hiện Thông tư số 94/2023/TT-BTC của Bộ Tài chính", 1),
    ("Thực hiện Quyết định số       /2024/QĐ-UBND của UBND tỉnh", 1),
])  # fmt: skip
def test_only_what_a_register_could_hold_is_unclear(review: Review, make, words: str, count: int) -> None:
    assert [len(f.places) for f in found(review, make(f"{words}.", DAY), "VD05")] == [count][:count]


def test_what_another_finding_says_is_not_said_again(review: Review, make) -> None:
    text = make(f"Thực hiện {SCHEME} phê duyệt Chương trình phát triển chợ giai đoạn 2021 - 2025.", DAY)
    assert [f.rule for f in found(review, text, "VD01", "VD05")] == ["VD01"]


# --- wording -----------------------------------------------------------------------------------------------


def test_mt02_names_the_matter(review: Review, make, make_decree) -> None:
    higher = make_decree("Số: 99/2023/NĐ-CP; Điều 4. Ban quản lý đường thôn có con dấu và tài khoản riêng tại Kho bạc.")
    text = make("Ban quản lý đường thôn không có con dấu và tài khoản riêng tại Kho bạc.", date(2022, 3, 15))
    [one] = [f for f in review([text], [higher]) if f.rule == "MT02"]
    assert "về việc “con dấu và tài khoản riêng tại Kho bạc”" in one.message


def test_tq02_quotes_without_the_mark_of_the_item(review: Review, make) -> None:
    words = "Hồ sơ gồm:\n- Bản sao giấy khai sinh có chứng thực.\nb) Bản sao hộ chiếu có công chứng."
    quotes = [f.places[0].quote for f in found(review, make(words, date(2022, 3, 15)), "TQ02")]
    assert quotes == ["Bản sao giấy khai sinh có chứng thực", "Bản sao hộ chiếu có công chứng"]


def test_hl05_quotes_the_unit_too(review: Review, make) -> None:
    text = make("Các thôn giữ vệ sinh chợ.", date(2022, 3, 15), issuer="THỊ TRẤN VĨNH LỘC")
    assert ["THỊ TRẤN VĨNH LỘC" in f.places[0].quote for f in found(review, text, "HL05")] == [True]
