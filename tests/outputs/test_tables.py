"""findings.jsonl and findings.xlsx: the contract's rows, and cells that no sheet can mistake for a formula."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from corpus.model import Run
from corpus.records import finding_of
from outputs import spreadsheet, tables
from outputs.report_view import is_alarm
from outputs.tables import (
    CELL,
    DOCUMENT_COLUMNS,
    FINDING_COLUMNS,
    UNREAD_COLUMNS,
    cell_text,
    findings_jsonl,
    findings_xlsx,
)


@pytest.fixture(scope="module")
def book(run: Run) -> Workbook:
    return load_workbook(BytesIO(findings_xlsx(run)))


def test_jsonl_has_one_row_for_each_finding_and_reads_back(run: Run) -> None:
    rows = [json.loads(line) for line in findings_jsonl(run).decode().splitlines()]
    assert sorted(row["id"] for row in rows) == sorted(f.id for f in run.findings)
    assert {f.id: f for f in map(finding_of, rows)} == {f.id: f for f in run.findings}
    for row in rows:
        assert row["quote"] == row["places"][0]["quote"]
        assert row["document"]["path"].startswith("corpus/")


def test_jsonl_of_nothing_is_empty(run: Run) -> None:
    assert findings_jsonl(replace(run, findings=())) == b""


def test_sheets_columns_and_rows(book: Workbook, run: Run) -> None:
    assert book.sheetnames == ["Phát hiện", "Ghi nhận", "Văn bản", "Tệp chưa đọc được"]
    alarms = sum(1 for finding in run.findings if is_alarm(finding))
    assert 0 < alarms < len(run.findings)
    for sheet, columns, count in zip(
        book.worksheets, (FINDING_COLUMNS, FINDING_COLUMNS, DOCUMENT_COLUMNS, UNREAD_COLUMNS),
        (alarms, len(run.findings) - alarms, len(run.documents), len(run.unread)), strict=True,
    ):  # fmt: skip
        assert [cell.value for cell in sheet[1]] == [name for name, _ in columns]
        assert sheet.max_row == count + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
    first = {cell.value: book.worksheets[0].cell(2, cell.column).value for cell in book.worksheets[0][1]}
    assert first["Mức độ"]
    assert first["Trích dẫn"].startswith("“")


def test_no_cell_is_a_formula(run: Run) -> None:
    evil = replace(run.findings[0], message="=HYPERLINK(1)", path="+x", legal_basis="@SUM(A1)", id="-1")
    book = load_workbook(BytesIO(findings_xlsx(replace(run, findings=(evil,), unit="=1"))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]


_RISKY = st.one_of(st.sampled_from("=+-@＝\t\r\n \x00\x1f\u202e_x'"), st.characters())


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=_RISKY))
def test_every_text_becomes_a_harmless_cell(text: str) -> None:
    made = cell_text(text)
    assert len(made) <= CELL
    assert not made.lstrip(" \u00a0\u3000").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"))
    cell = Workbook().worksheets[0].cell(1, 1)
    cell.value = made
    assert cell.data_type != "f"


@settings(max_examples=1, deadline=None)
@given(st.lists(st.text(alphabet=_RISKY, min_size=1), min_size=200, max_size=300))
def test_cells_come_back_as_they_were_written(texts: list[str]) -> None:
    made = [text for text in map(cell_text, texts) if text]
    book = Workbook()
    for n, text in enumerate(made, 1):
        book.worksheets[0].cell(n, 1).value = text
    out = BytesIO()
    book.save(out)
    assert [row[0].value for row in load_workbook(out).worksheets[0].iter_rows(max_row=len(made))] == made


def test_plain_text_is_left_alone() -> None:
    assert cell_text("khoản 2 Điều 5 – 100%") == "khoản 2 Điều 5 – 100%"
    assert len(cell_text("a" * 40_000)) == CELL


def test_a_long_table_goes_on_on_a_second_sheet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "ROWS", 4)
    few = tuple(finding for finding in run.findings if is_alarm(finding))[:5]
    bare = replace(run, findings=few, documents={}, unread=(), noted=())
    book = load_workbook(BytesIO(findings_xlsx(bare)))
    assert book.sheetnames[:3] == ["Phát hiện", "Phát hiện (2)", "Ghi nhận"]
    numbers = [row[0].value for name in book.sheetnames[:2] for row in book[name].iter_rows(min_row=2)]
    assert numbers == [1, 2, 3, 4, 5]


def test_rows_look_as_a_table_of_openpyxl_does(run: Run) -> None:
    ours = load_workbook(BytesIO(findings_xlsx(run))).worksheets[3]
    theirs = Workbook()
    tables.sheet(theirs, "Tệp", UNREAD_COLUMNS, [(1, "a", None, "b")])
    out = BytesIO()
    theirs.save(out)
    model = load_workbook(out).worksheets[1]["C2"]
    for cell in ours[2]:
        assert repr((cell.font, cell.border, cell.alignment)) == repr((model.font, model.border, model.alignment))


def test_a_table_that_has_not_the_rows_it_said_is_no_workbook() -> None:
    for count in (0, 2):
        with pytest.raises(ValueError, match="1 rows"):
            spreadsheet.write(BytesIO(), [spreadsheet.Table("A", (("a", 5),), count, [("x",)])], "A", "2026-11-24")
