"""Instructions that reach only a content of a unit, units that an earlier amender names, torn codes."""

from __future__ import annotations

import pytest

from corpus.model import Effect
from corpus.nothing import NothingKnown
from extractors import understand
from extractors.readers import Reading
from extractors.readers.text import lines_of

_HEAD = "BỘ TÀI CHÍNH\nSố: 10/2023/TT-BTC\nTHÔNG TƯ\nSửa đổi, bổ sung một số điều của các văn bản\n"


def _effects(clauses: str) -> list[Effect]:
    return list(understand("t.txt", Reading(tuple(lines_of(_HEAD + clauses))), NothingKnown()).effects)


def test_a_content_of_a_unit_does_not_end_the_unit() -> None:
    found = _effects(
        "Điều 4. Bãi bỏ\n1. Bãi bỏ các nội dung quy định về mức thu tại:\n"
        "a) Điều 8 và khoản 3 Điều 9 của Nghị định số 12/2019/NĐ-CP;\n"
        "b) Khoản 2 Điều 4 của Nghị định số 15/2020/NĐ-CP.\n"
        "2. Bãi bỏ các quy định liên quan đến hộ khẩu tại khoản 1 Điều 19 của Nghị định số 20/2018/NĐ-CP.\n"
        "3. Bãi bỏ quy định tại khoản 5 Điều 6 của Nghị định số 21/2018/NĐ-CP.\n"
    )
    assert [(e.target.provision, e.partial) for e in found] == [
        ("art_8", True), ("art_9__cl_3", True), ("art_4__cl_2", True), ("art_19__cl_1", True), ("art_6__cl_5", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "by",
    ["bởi khoản 12 Điều 1 Thông tư số 28/2016/TT-BTC", "theo Thông tư số 28/2016/TT-BTC và Thông tư số 3/2018/TT-BTC"],
)
def test_who_changed_a_unit_before_is_not_changed_now(by: str) -> None:
    found = _effects(
        "Điều 1. Sửa đổi, bổ sung các văn bản về phí\n"
        f"2. Sửa đổi, bổ sung khoản 1 Điều 12 (đã được sửa đổi, bổ sung {by}) như sau: “1. Mức thu là 5%.”\n"
    )
    assert [(e.target.symbol, e.target.provision) for e in found] == [(None, "art_12__cl_1")]


def test_a_code_torn_in_two_and_single_quotes() -> None:
    found = _effects(
        "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 69/2010/NĐ-C P như sau:\n"
        "1. Sửa đổi khoản 4 Điều 1 như sau: '4. Sửa đổi Điều 12 như sau: Điều 12. Hồ sơ.'\n"
    )
    assert [(e.target.symbol, e.target.provision) for e in found] == [("69/2010/NĐ-CP", "art_1__cl_4")]
