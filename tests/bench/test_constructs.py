"""The table of constructs: every mention in one row of "named by", shares that follow from what is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench import constructs
from corpus.model import Citation, Document, KnownDocument, Line, Target
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading

DAY = date(2026, 1, 1)

TEXT = """ỦY BAN NHÂN DÂN
XÃ SƠN VÂN
Số: 05/2025/QĐ-UBND
Sơn Vân, ngày 03 tháng 11 năm 2025
QUYẾT ĐỊNH
Ban hành Quy chế quản lý chợ
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Căn cứ Luật Đất đai năm 2024;
Căn cứ Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ;
Căn cứ Kết luận số 127-KL/TW ngày 28 tháng 02 năm 2025 của Bộ Chính trị.
QUYẾT ĐỊNH:
Điều 1. Mức thu
1. Mức thu theo các khoản 1, 2 và 3 Điều 7 Nghị định số 60/2024/NĐ-CP.
2. Người quản lý chợ lập danh sách theo Phụ lục II Thông tư số 09/2024/TT-BCT.
3. Các chợ quy định tại khoản 1 Điều này do Ủy ban nhân dân xã quản lý.
Điều 2. Quyết định này thay thế Quyết định số 31/QĐ-UBND ngày 02 tháng 4 năm 2019.
"""


class OneDecree(NothingKnown):
    """Knows one decree, in force, seen on the day."""

    def documents(self, symbol: str) -> list[KnownDocument]:
        if symbol != "60/2024/NĐ-CP":
            return []
        day = date(2024, 6, 5)
        row = KnownDocument(
            symbol,
            "nghi_dinh",
            "Chính phủ",
            day,
            date(2024, 8, 1),
            None,
            "con_hieu_luc",
            "Chợ",
            "danh_muc",
            "x",
            DAY,
            "cao",
        )
        return [row]


@pytest.fixture(scope="module")
def read() -> Document:
    lines = tuple(Line(line, starts_paragraph=True) for line in TEXT.strip().split("\n"))
    return understand("a.txt", Reading(lines), NothingKnown())


def test_each_way_of_naming(read: Document) -> None:
    found = {" ".join(c.text.split()): constructs.named_by(c) for c in read.citations if c.targets}
    assert found["Luật Tổ chức chính quyền địa phương số 72/2025/QH15"] == "law: number"
    assert found["Luật Đất đai năm 2024"] == "law: name and year"
    assert found["Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ"] == "number with year, date"
    assert found["khoản 1, 2 và 3 Điều 7 Nghị định số 60/2024/NĐ-CP"] == "number with year, no date"
    assert found["Kết luận số 127-KL/TW ngày 28 tháng 02 năm 2025 của Bộ Chính trị"] == "Party document"
    assert found["khoản 1 Điều này"] == "own text: này"
    assert found["Quyết định số 31/QĐ-UBND ngày 02 tháng 4 năm 2019"] == "number without year, date"


def test_every_mention_stands_in_one_row_of_a_group(read: Document) -> None:
    rows = constructs.table([read], NothingKnown(), DAY)
    total = rows[0].mentions
    assert total == sum(1 for citation in read.citations if citation.targets) > 8
    for group in ("named by", "units"):
        assert sum(row.mentions for row in rows if row.group == group) == total
    assert all(0 <= count <= row.mentions for row in rows for count in (row.symbol, row.register, row.state))


def test_shares_follow_the_register(read: Document) -> None:
    def row(known: NothingKnown, construct: str) -> constructs.Row:
        return next(row for row in constructs.table([read], known, DAY) if row.construct == construct)

    nothing, decree = row(NothingKnown(), "number with year, date"), row(OneDecree(), "number with year, date")
    assert (nothing.mentions, nothing.symbol, nothing.register, nothing.state) == (1, 1, 0, 0)
    assert (decree.mentions, decree.symbol, decree.register, decree.state) == (1, 1, 1, 1)
    assert row(NothingKnown(), "own text: này").register == row(NothingKnown(), "own text: này").mentions


def test_unknown_documents_are_counted_once_a_mention(read: Document) -> None:
    found = {name: mentions for name, mentions, _ in constructs.unknown([read], NothingKnown())}
    assert found["60/2024/NĐ-CP"] == 2  # the list of three clauses is one mention
    assert "05/2025/QĐ-UBND" not in found
    assert "60/2024/NĐ-CP" not in {name for name, _, _ in constructs.unknown([read], OneDecree())}
    assert constructs.stateless([read], OneDecree(), DAY) == []


@pytest.mark.parametrize(
    ("text", "provisions", "construct"),
    [
        ("Nghị định số 1/2024/NĐ-CP", (None,), "no unit"),
        ("từ Điều 3 đến Điều 5 Nghị định số 1/2024/NĐ-CP", ("art_3", "art_4", "art_5"), "range of units"),
        ("Điều 3 và Điều 9 Nghị định số 1/2024/NĐ-CP", ("art_3", "art_9"), "list of units"),
        ("Điều 4 Quy định kèm theo Quyết định số 8/2019/QĐ-UBND", ("att_1__art_4",), "attached text"),
        ("Mẫu số 17 Phụ lục III Nghị định số 1/2024/NĐ-CP", ("app_III__form_17",), "annex or form"),
    ],
)
def test_units(text: str, provisions: tuple[str | None, ...], construct: str) -> None:
    targets = tuple(Target("1/2024/NĐ-CP", "nghi_dinh", provision=one, status="resolved") for one in provisions)
    assert constructs.units_of(Citation(0, len(text), text, 1, None, "body", targets)) == construct


def test_both_ends_of_a_chain() -> None:
    text = "Nghị định số 1/2020/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 2/2024/NĐ-CP; Thông tư số 3/2021/TT-BTC"
    for words, expected in (("1/2020/NĐ-CP", True), ("Nghị định số 2/2024/NĐ-CP", True), ("3/2021/TT-BTC", False)):
        start = text.index(words)
        citation = Citation(start, start + len(words), words, 1, None, "body", (Target("x"),))
        assert constructs.in_chain(citation, text) is expected


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert constructs.main([str(tmp_path), "--as-of", "2026-01-01", "--unknown", "2"]) == 0
    out = capsys.readouterr().out
    assert "1 of 1 files read; states on 2026-01-01" in out
    assert "| all | all mentions |" in out
    assert "| Party document |" in out
    with pytest.raises(SystemExit):
        constructs.main([str(tmp_path / "không-có")])
