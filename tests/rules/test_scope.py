"""MT03: items added to a list of a higher text, and copies that add a limit or leave out a member."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Finding
from rules.mt_scope import difference

Review = Callable[..., tuple[Finding, ...]]
DAY = date(2024, 3, 15)
HIGHER = (
    "Số: 99/2023/NĐ-CP; Điều 4. Hồ sơ đề nghị hỗ trợ làm đường thôn\n"
    "1. Hồ sơ đề nghị hỗ trợ kinh phí làm đường thôn gồm:\n"
    "a) Đơn đề nghị hỗ trợ của Trưởng thôn;\nb) Biên bản họp thôn về mức đóng góp;\nc) Bản vẽ mặt cắt đường."
)
OWN = (
    "Điều 2. Hồ sơ đề nghị hỗ trợ làm đường thôn\n1. Hồ sơ đề nghị hỗ trợ kinh phí làm đường thôn gồm:\n"
    "a) Đơn đề nghị hỗ trợ của Trưởng thôn;\nb) Biên bản họp thôn về mức đóng góp;\n"
)


def told(found: tuple[Finding, ...]) -> list[Finding]:
    return [f for f in found if f.rule == "MT03" and f.path.endswith("dia-phuong/0.txt")]


def test_a_paper_that_the_higher_list_has_not(review: Review, make, make_decree) -> None:
    own = OWN + "c) Giấy xác nhận tạm trú, tài khoản ngân hàng từng nhân khẩu."
    found = told(review([make(own, DAY)], [make_decree(HIGHER)]))
    assert len(found) == 1
    assert "tài khoản ngân hàng" in found[0].message
    assert found[0].places[0].quote.startswith("c) Giấy xác nhận")
    assert found[0].target_symbol == "99/2023/NĐ-CP"


@pytest.mark.parametrize(
    "higher",
    [HIGHER, HIGHER + "\nd) Các giấy tờ khác do Ủy ban nhân dân cấp xã quy định."],
)
def test_the_same_papers_or_an_open_list(review: Review, make, make_decree, higher: str) -> None:
    third = "c) Bản vẽ mặt cắt đường." if higher == HIGHER else "c) Giấy xác nhận tài khoản ngân hàng từng nhân khẩu."
    assert told(review([make(OWN + third, DAY)], [make_decree(higher)])) == []


COPY = "phải nộp phí bảo trì , phí chiếu sáng , phí vệ sinh đường thôn theo thỏa thuận của cuộc họp thôn"


@pytest.mark.parametrize(
    ("own", "theirs", "words"),
    [
        (COPY.replace(", phí chiếu sáng ", ""), COPY, "không có “phí chiếu sáng”"),
        (COPY, COPY.replace(", phí chiếu sáng ", ""), "thêm “phí chiếu sáng”"),
        (COPY, COPY, None),
        (COPY, COPY.replace("cuộc họp thôn", "cuộc họp thôn , tổ dân phố"), None),
        ("trưởng thôn đọc kết quả kiểm phiếu tại nhà văn hóa vào buổi sáng hôm sau của cuộc họp", COPY, None),
    ],
)
def test_what_a_copy_changes(own: str, theirs: str, words: str | None) -> None:
    assert difference(own.split(), theirs.split()) == words
