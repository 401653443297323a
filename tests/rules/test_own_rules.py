"""Rules that an office writes as data: what they find, how sure they may be, and how faults are told."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Finding
from rules.catalogue import PROPOSAL_WORDS, RuleSettings, prefixes
from rules.own_files import Loaded, load
from rules.patterns import MOST_WAYS, PatternFault, expression, phrase

Review = Callable[..., tuple[Finding, ...]]

TERM = """
[[thuat_ngu]]
ma = "XA01"
cu = ["dân phòng"]
nay = "lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở"
can_cu = "Điều 32 Luật số 30/2023/QH15"
tu_ngay = 2024-07-01
tru = ["trước đây"]
"""
PATTERN = """
[[quy_tac]]
ma = "XA02"
ten = "Đóng dấu giáp lai vào đơn"
can_cu = "khoản 2 Điều 4 Nghị định số 99/2023/NĐ-CP"
loi_nhan = "đơn của hộ gia đình không phải đóng dấu giáp lai"
cum_tu = ["đơn … dấu giáp lai"]
phai_bat = ["Đơn của hộ phải có dấu giáp lai."]
khong_bat = ["Đơn của hộ."]
"""


def read(tmp_path: Path, text: str, name: str = "xa.toml") -> Loaded:
    folder = tmp_path / "quy-tac"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return load(folder, prefixes(), PROPOSAL_WORDS)


def own(tmp_path: Path, text: str) -> RuleSettings:
    loaded = read(tmp_path, text)
    assert loaded.faults == ()
    return RuleSettings(own=loaded.rules)


def found(review: Review, settings: RuleSettings, words: str, day: date, make, central=(), **more) -> list[Finding]:
    """Findings of the office's own rules on a decision with these words."""
    return [f for f in review([make(words, day)], [*central], settings=settings, **more) if f.rule.startswith("XA")]


def test_an_old_term_is_told_with_what_it_is_now(tmp_path: Path, review: Review, make) -> None:
    [one] = found(review, own(tmp_path, TERM), "Đội dân phòng tuần tra.\nDân phòng trực đêm.", date(2022, 3, 15), make)
    assert (one.rule, one.severity, one.proposal, one.certainty) == ("XA01", "thap", "giu_nguyen", "can_kiem_tra")
    assert [place.quote for place in one.places] == ["dân phòng", "Dân phòng"]
    assert "nay là lực lượng tham gia bảo vệ an ninh" in one.message
    assert "từ ngày 01/7/2024" in one.message
    assert one.legal_basis == "Điều 32 Luật số 30/2023/QH15"
    assert one.evidence[0].source == "quy-tac/xa.toml"


def test_a_document_signed_after_the_day_has_a_sign_of_its_own_time(tmp_path: Path, review: Review, make) -> None:
    [one] = found(review, own(tmp_path, TERM), "Đội dân phòng tuần tra.", date(2025, 8, 15), make)
    assert "có dấu hiệu không phù hợp tại thời điểm ban hành" in one.message


@pytest.mark.parametrize(
    "words",
    [
        "Đội dân phòng trước đây nay là tổ bảo vệ.",
        "Người dân phòng ngừa dịch bệnh ở nhà.".replace("dân phòng ngừa", "dân chủ động phòng ngừa"),
        "Thực hiện Quyết định số 12/2021/QĐ-UBND ngày 05 tháng 02 năm 2021 của Ủy ban nhân dân tỉnh về dân phòng;",
    ],
)
def test_exceptions_and_titles_of_others_are_left_alone(tmp_path: Path, review: Review, make, words: str) -> None:
    assert found(review, own(tmp_path, TERM), words, date(2022, 3, 15), make) == []


def test_nothing_is_said_before_the_ground_counts(tmp_path: Path, review: Review, make) -> None:
    settings = own(tmp_path, TERM)
    assert found(review, settings, "Đội dân phòng tuần tra.", date(2022, 3, 15), make, as_of=date(2024, 6, 30)) == []


def test_certain_only_where_the_text_of_the_ground_is_at_hand_and_in_force(
    tmp_path: Path, review: Review, make, make_decree
) -> None:
    settings = own(tmp_path, PATTERN + 'do_chac = "chac_chan"\n')
    words, day = "Đơn của hộ có đóng dấu giáp lai.", date(2022, 3, 15)
    [unknown] = found(review, settings, words, day, make)
    assert unknown.certainty == "can_kiem_tra"
    law = make_decree("Điều 4. Đơn\n1. Đơn theo mẫu.\n2. Đơn của hộ gia đình không phải đóng dấu giáp lai.")
    [known] = found(review, settings, words, day, make, [law])
    assert known.certainty == "chac_chan"
    end = make_decree("Điều 1. Bãi bỏ Nghị định số 99/2023/NĐ-CP ngày 10 tháng 5 năm 2023.").replace(
        "Số: 99/2023/NĐ-CP", "Số: 12/2024/NĐ-CP").replace("năm 2023\n\nNGHỊ ĐỊNH", "năm 2024\n\nNGHỊ ĐỊNH")
    [doubtful] = found(review, settings, words, day, make, [law, end])
    assert doubtful.certainty == "goi_y"
    assert "cần xem lại quy tắc của đơn vị" in doubtful.message


def test_scope_by_kind_and_part(tmp_path: Path, review: Review, make) -> None:
    only = own(tmp_path, PATTERN + 'loai_van_ban = ["Kế hoạch"]\n')
    words, day = "Đơn của hộ có đóng dấu giáp lai.", date(2022, 3, 15)
    assert found(review, only, words, day, make) == []
    decisions = own(tmp_path, PATTERN + 'loai_van_ban = ["Quyết định"]\nquy_pham = true\n')
    assert len(found(review, decisions, words, day, make)) == 1
    title = own(tmp_path, PATTERN + 'phan = ["ten_goi"]\n')
    assert found(review, title, words, day, make) == []


def test_a_rule_can_be_switched_off_or_weighed_like_any_other(tmp_path: Path, review: Review, make) -> None:
    loaded = read(tmp_path, PATTERN)
    words, day = "Đơn của hộ có đóng dấu giáp lai.", date(2022, 3, 15)
    off = RuleSettings(off=frozenset({"XA02"}), own=loaded.rules)
    assert found(review, off, words, day, make) == []
    high = RuleSettings(severity={"XA02": "cao"}, own=loaded.rules)
    assert [f.severity for f in found(review, high, words, day, make)] == ["cao"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TERM.replace("cu = ", "cuu = "), r"dòng 4: quy tắc XA01, mục cuu: không có mục này \(có phải “cu”\?"),
        (TERM.replace("XA01", "TN01"), "dòng 3: quy tắc TN01, mục ma: các chữ .* là mã của chương trình"),
        (TERM.replace("XA01", "xa-1"), "mục ma: mã gồm 2 đến 4 chữ in hoa"),
        (TERM.replace("Điều 32 Luật số 30/2023/QH15", "luật mới"), "mục can_cu: phải có số, ký hiệu"),
        (TERM.replace('can_cu = "Điều 32 Luật số 30/2023/QH15"\n', ""), "mục can_cu: còn thiếu"),
        (TERM.replace("2024-07-01", '"01/7/2024"'), "dòng 7: .*mục tu_ngay: phải là ngày dạng 2025-07-01"),
        (TERM + 'muc = "rat_cao"\n', "mục muc: “rat_cao” không dùng được.*có thể ghi: cao"),
        (TERM + 'kien_nghi = "thaythe"\n', r"mục kien_nghi: .*có phải “thay_the”\?"),
        (TERM + 'loai_van_ban = ["Quyết địn"]\n', r"không có loại “Quyết địn” \(có phải “Quyết định”\?\)"),
        (TERM.replace("[[thuat_ngu]]", "[thuat_ngu]"), "phải ghi dạng"),
        (PATTERN.replace('"Đơn của hộ."', '"Đơn có dấu giáp lai."'), "mục khong_bat: câu .* không được bắt"),
        (PATTERN.replace("Đơn của hộ phải có dấu", "Giấy phải có dấu"), "mục phai_bat: câu .* mà quy tắc không bắt"),
        (PATTERN + "mau = ['đơn.*dấu']\n", "mục mau: dấu \\*, \\+ và .* không có giới hạn trên"),
        (PATTERN + "mau = ['(đơn']\n", "mục mau: .* không phải biểu thức chính quy đúng"),
        (PATTERN.replace("đơn của hộ gia đình không", "đơn vi phạm, không"), "mục loi_nhan: không viết “vi phạm”"),
        ("[[thuat_ngu]\nma = 1", "dòng 1, cột .*: viết chưa đúng"),
        ("[[quy_tacs]]\nma = 1", r"dòng 1: không có mục “quy_tacs” \(có phải “quy_tac”\?\)"),
    ],
)
def test_a_fault_names_file_line_and_field_and_the_others_go_on(tmp_path: Path, text: str, said: str) -> None:
    read(tmp_path, PATTERN.replace("XA02", "XB09"), "khac.toml")
    loaded = read(tmp_path, text)
    assert [rule.code for rule in loaded.rules] == ["XB09"]
    assert len(loaded.faults) == 1
    assert re.search(rf"^quy-tac/xa.toml.*{said}", loaded.faults[0]), loaded.faults[0]


def test_a_rule_read_twice_is_the_same_and_a_changed_one_is_not(tmp_path: Path) -> None:
    """What documents were judged with is compared by these words (flows.judging)."""
    text = PATTERN + f"mau = ['đơn {'a' * 250}']\n"
    one, two = read(tmp_path, text), read(tmp_path, text)
    assert repr(one) == repr(two)
    assert " at 0x" not in repr(one)
    assert repr(read(tmp_path, text.replace("aaa'", "aab'"))) != repr(one)


def test_a_code_is_used_once(tmp_path: Path) -> None:
    read(tmp_path, PATTERN, "a.toml")
    loaded = read(tmp_path, PATTERN)
    assert [rule.code for rule in loaded.rules] == ["XA02"]
    assert "mã XA02 đã dùng cho một quy tắc khác (quy-tac/a.toml)" in loaded.faults[0]


@pytest.mark.parametrize(
    "text",
    ["(a|a)*b", "(?:a{1,30}){1,30}b", "a{0,90}a{0,90}b", "(.{0,9}){0,9}x", r"(a)\1", "(?P<x>a)b", "(?i)đơn", "a{0,3}",
     "[^.]{0,600}x"],
)  # fmt: skip
def test_expressions_that_could_be_slow_are_refused(text: str) -> None:
    with pytest.raises(PatternFault):
        expression(text)


def test_what_is_allowed_is_quick_on_hostile_text() -> None:
    slow = expression("a[^.;]{0,60}a[^.;]{0,60}b")
    begin = time.process_time()
    assert slow.search("a" * 20_000) is None
    assert time.process_time() - begin < 10
    assert MOST_WAYS < 5000


@given(st.text(max_size=40))
def test_any_expression_is_refused_or_compiled(text: str) -> None:
    for make in (expression, phrase):
        with suppress(PatternFault):
            assert make(text).search("") is None


def test_phrases_forgive_case_tones_and_words_between() -> None:
    assert phrase("nộp … bản sao").search("hộ nộp thêm 01 (một) bản sao")
    assert not phrase("nộp … bản sao").search("nộp một hai ba bốn năm sáu bảy tám bản sao")
    assert not phrase("thôn xã").search("thôn xãa")
