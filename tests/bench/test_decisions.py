"""Review decisions of provinces: which documents a row names, its outcome, and what is said of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bench import decisions

ROWS = [
    {"bang": "NQ HDND da xu ly", "hinh_thuc_xu_ly": ["het_hieu_luc_theo_thoi_gian"], "van_ban":
     "Nghị quyết số 03/2021/NQ-HĐND ngày 22/7/2021 của Hội đồng nhân dân tỉnh Kiên Giang quy định mức chi giai đoạn "
     "2021 - 2025"},
    {"bang": "QD UBND can xu ly", "hinh_thuc_xu_ly": ["thay_the"], "van_ban":
     "Quyết định về khuyến nông (thay thế Quyết định số 42/2023/QĐ-UBND ngày 17/11/2023 của Ủy ban nhân dân tỉnh An "
     "Giang về định mức khuyến nông)"},
    {"trang_thai": "dang_xu_ly", "tinh": "Phú Yên", "hinh_thuc_xu_ly": "Giữ nguyên tiếp tục áp dụng", "van_ban":
     "Quyết định số 07/2024/QĐ-UBND ngày 26/8/2024 của UBND tỉnh quy định mức chi năm 2024"},
]  # fmt: skip


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), "utf-8")
    return file


def test_rows_name_their_documents(rows: Path) -> None:
    found = decisions.decided([rows])
    assert [(one.symbol, one.issuer, one.outcome, one.done) for one in found] == [
        ("03/2021/NQ-HĐND", "Hội đồng nhân dân tỉnh Kiên Giang", "term over", True),
        ("42/2023/QĐ-UBND", "Ủy ban nhân dân tỉnh An Giang", "replace", False),
        ("07/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Phú Yên", "kept", False),
    ]


def test_titles_alone_tell_of_terms_and_units(rows: Path) -> None:
    answers = decisions.answers(decisions.decided([rows]), [], date(2026, 11, 24))
    assert [{f.rule for f in answer.findings} for answer in answers] == [{"HL01", "HL05"}, {"HL05"}, {"HL01", "HL05"}]
    assert [answer.held for answer in answers] == ["unknown"] * 3
    assert any(line.startswith("| kept |") for line in decisions.table(answers))
    assert [line.split(" |")[1].strip() for line in decisions.disagreements(answers)] == ["kept"]
