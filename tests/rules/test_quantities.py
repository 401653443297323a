"""Numbers in words and figures are one value, and the words around them say floor or ceiling."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quantities import number, quantities, weekdays


@pytest.mark.parametrize(("words", "unit", "value", "bound"), [
    ("từ đủ bảy mươi lăm tuổi trở lên", "tuổi", 75, "min"),
    ("mức hưởng 0,5 triệu đồng mỗi tháng", "đồng", 500_000, "exact"),
    ("không quá ba triệu đồng/người/năm", "đồng", 3_000_000, "max"),
    ("trong thời hạn 05 (năm) ngày làm việc", "ngày làm việc", 5, "limit"),
    ("khi có ít nhất hai phần ba tổng số thành viên", "%", Fraction(200, 3), "min"),
    ("quá nửa tổng số thành viên tán thành", "%", 50, "min"),
    ("chậm nhất mười ngày trước ngày họp", "ngày", 10, "min"),
    ("chậm nhất là 15 ngày làm việc kể từ ngày nhận", "ngày làm việc", 15, "max"),
    ("mức thấp nhất là 5.000.000 đồng", "đồng", 5_000_000, "min"),
    ("trong thời hạn 15 ngày trước ngày hết hạn", "ngày", 15, "limit"),
    ("trước 23 giờ của ngày bắt đầu lưu trú", "giờ trong ngày", 23, "exact"),
    ("trong thời hạn 24 giờ kể từ khi nhận tin", "giờ", 24, "limit"),
    ("khi có từ 03 tiêu chí trở lên", "tiêu chí", 3, "min"),
    ("họp ba tháng một lần", "chu kỳ (tháng)", 3, "exact"),
    ("họp mỗi tháng 01 lần", "chu kỳ (tháng)", 1, "exact"),
    ("trước ngày 25 hằng tháng", "ngày trong tháng", 25, "max"),
    ("chậm nhất ngày 25 tháng 11 hằng năm", "ngày trong năm", 1125, "max"),
])  # fmt: skip
def test_one_quantity(words: str, unit: str, value: Fraction, bound: str) -> None:
    found = quantities(words)
    assert [(q.unit, q.value, q.bound) for q in found] == [(unit, value, bound)]
    assert words[found[0].start : found[0].end].strip()


def test_range_has_both_ends() -> None:
    (found,) = quantities("Ban kiểm phiếu có từ 03 đến 05 người")
    assert (found.value, found.high) == (3, 5)


@pytest.mark.parametrize(
    "words", ["ngày 15 tháng 3 năm 2022", "Điều 5 khoản 2", "Nghị định số 61/2023/NĐ-CP", "năm 2026"]
)
def test_dates_and_citations_are_no_quantities(words: str) -> None:
    assert quantities(words) == []


def test_weekdays() -> None:
    assert weekdays("vào thứ Hai, thứ Năm hằng tuần") == {"hai", "năm"}


@given(st.integers(min_value=1, max_value=999_999_999))
def test_figures_are_read_as_they_are_written(value: int) -> None:
    assert number(f"{value:,}".replace(",", ".")) == value


@given(st.text(max_size=200))
def test_any_text_gives_ranges_inside_it(text: str) -> None:
    for found in quantities(text):
        assert 0 <= found.start < found.end <= len(text)
