"""Books and lists as entries: columns found by their headings, every row taken or told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Publication
from corpus.office.imports import Book, Imported, day_of, read_book

SEEN = date(2026, 11, 24)
BOOK = Book("so-2024.xlsx", "so_van_ban", SEEN, issuer="Ủy ban nhân dân xã Đồng Lúa", year=2024)
LIST = Book("danh-muc.xlsx", "danh_muc", SEEN, year=2023, published="15/QĐ-UBND")


def read(book: Book, *rows: Sequence[object]) -> Imported:
    return read_book(list(enumerate(rows, 1)), book)


HEAD = ("Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký", "Ghi chú")


def test_the_book_of_outgoing_documents() -> None:
    found = read(
        BOOK, ("SỔ VĂN BẢN ĐI NĂM 2024",), HEAD, ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("12/2024/QĐ-UBND", datetime(2024, 5, 14), "Quyết định ban hành Quy chế chợ", "A", None),
        ("77/QĐ-UBND", "15/6/2024", "Quyết định thành lập Ban quản lý chợ", "A", None),
        ("Tổng số: 2 văn bản", None, None, None, None),
    )  # fmt: skip
    assert found.faults == ()
    assert [(one.symbol, one.date, one.normative) for one in found.entries] == [
        ("12/2024/QĐ-UBND", date(2024, 5, 14), True), ("77/QĐ-UBND", date(2024, 6, 15), False),
    ]  # fmt: skip
    first = found.entries[0]
    assert (first.issuer, first.kind, first.state, first.source, first.path) == (
        "Ủy ban nhân dân xã Đồng Lúa", "quyet_dinh", "khong_ro", "so_van_ban", None)  # fmt: skip


def test_number_and_mark_in_two_columns() -> None:
    found = read(BOOK, ("STT", "Số", "Ký hiệu", "Ngày", "Trích yếu"), (1, 12, "QĐ-UBND", "14/5", "Về chợ"))
    assert [(one.symbol, one.date) for one in found.entries] == [("12/QĐ-UBND", date(2024, 5, 14))]


def test_the_list_of_ended_documents() -> None:
    found = read(
        LIST, ("STT", "Tên loại văn bản", "Số, ký hiệu; ngày, tháng, năm ban hành văn bản", "Tên gọi của văn bản",
               "Lý do hết hiệu lực, ngưng hiệu lực", "Ngày hết hiệu lực, ngưng hiệu lực"),
        ("I. LĨNH VỰC ĐẤT ĐAI", None, None, None, None, None),
        (1, "Quyết định", "05/2016/QĐ-UBND ngày 12/3/2016", "Về đất công ích", "Bị bãi bỏ", "01/7/2023"),
    )  # fmt: skip
    (one,) = found.entries
    assert (one.symbol, one.date, one.field) == ("05/2016/QĐ-UBND", date(2016, 3, 12), "Đất đai")
    assert (one.state, one.state_since, one.state_reason) == ("het_hieu_luc_toan_bo", date(2023, 7, 1), "Bị bãi bỏ")
    assert one.published == (Publication("15/QĐ-UBND", 2023),)
    assert one.certain is False


def test_the_list_of_documents_ended_in_part_has_all_in_one_column() -> None:
    found = read(
        LIST, ("STT", "Tên loại văn bản", "Số, ký hiệu; ngày, tháng, năm ban hành; tên gọi của văn bản",
               "Nội dung, quy định hết hiệu lực", "Lý do hết hiệu lực", "Ngày hết hiệu lực"),
        (1, "Quyết định", "05/2016/QĐ-UBND ngày 12 tháng 3 năm 2016 về việc quản lý đất công", "Điều 3", "Bị bãi bỏ",
         "01/7/2023"),
    )  # fmt: skip
    (one,) = found.entries
    assert (one.state, one.title) == ("het_hieu_luc_mot_phan", "về việc quản lý đất công")
    assert one.state_reason == "Điều 3: Bị bãi bỏ"


def test_two_tables_on_a_sheet_and_kind_and_issuer_in_one_column() -> None:
    head = ("STT", "Tên loại văn bản; cơ quan ban hành", "Số, ký hiệu; ngày, tháng, năm ban hành", "Tên gọi",
            "Lý do hết hiệu lực", "Ngày hết hiệu lực")  # fmt: skip
    found = read(
        LIST, ("A. VĂN BẢN HẾT HIỆU LỰC NĂM 2023",), head,
        (1, "Nghị quyết; Hội đồng nhân dân xã Đồng Lúa", "03/2016/NQ-HĐND, ngày 12/3/2016", "Về đất", "x", "01/7/2023"),
        ("B. VĂN BẢN HẾT HIỆU LỰC TRƯỚC NĂM 2023",), head,
        (1, "Quyết định; Ủy ban nhân dân xã Đồng Lúa", "05/2016/QĐ-UBND, ngày 12/3/2016", "Về chợ", "x", "01/7/2022"),
    )  # fmt: skip
    assert found.faults == ()
    assert [(one.symbol, one.issuer) for one in found.entries] == [
        ("03/2016/NQ-HĐND", "Hội đồng nhân dân xã Đồng Lúa"), ("05/2016/QĐ-UBND", "Ủy ban nhân dân xã Đồng Lúa"),
    ]  # fmt: skip


def test_the_list_in_force_of_the_last_period() -> None:
    head = ("STT", "Tên loại", "Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Thời điểm có hiệu lực", "Ghi chú")
    found = read(
        replace(LIST, source="con_hieu_luc", predecessor=True), head,
        (1, "Nghị quyết", "03/2019/NQ-HĐND", "20/12/2019", "Về hỗ trợ", "01/01/2020", ""),
        (2, "Quyết định", "05/2016/QĐ-UBND", "12/3/2016", "Về đất", "22/3/2016", "Hết hiệu lực một phần"),
    )  # fmt: skip
    assert [(one.state, one.effective, one.predecessor) for one in found.entries] == [
        ("con_hieu_luc", date(2020, 1, 1), True), ("het_hieu_luc_mot_phan", date(2016, 3, 22), True),
    ]  # fmt: skip
    assert all(one.published == () for one in found.entries)


@pytest.mark.parametrize(("row", "told"), [
    (("", "14/5/2024", "Về chợ"), "thiếu số, ký hiệu"),
    (("12", "14/5/2024", "Về chợ"), "chưa phải số, ký hiệu đầy đủ"),
    (("12/2024/QĐ-UBND", "34/5/2024", "Về chợ"), "không đọc được ngày"),
    (("12/QĐ-UBND", "", "Về chợ"), "cần có cột ngày ban hành"),
    (("12/2023/QĐ-UBND", "14/5/2024", "Về chợ"), "khác năm của ngày ban hành"),
    (("12/2027/QĐ-UBND", "14/5/2027", "Về chợ"), "không hợp lý"),
])  # fmt: skip
def test_wrong_rows_are_told_with_file_row_and_what_to_do(row: Sequence[object], told: str) -> None:
    found = read(BOOK, HEAD, ("11/2024/QĐ-UBND", "10/5/2024", "Về rác"), row)
    assert [one.symbol for one in found.entries] == ["11/2024/QĐ-UBND"]
    (fault,) = found.faults
    assert fault.row == 3
    assert told in str(fault)
    assert str(fault).startswith("so-2024.xlsx, dòng 3: ")


def test_a_row_that_comes_twice_is_told() -> None:
    row = ("12/2024/QĐ-UBND", "14/5/2024", "Về chợ")
    found = read(BOOK, HEAD, row, row)
    assert len(found.entries) == 1
    assert "trùng với dòng 2" in str(found.faults[0])


def test_a_sheet_without_headings_is_told() -> None:
    found = read(BOOK, ("12/2024/QĐ-UBND", "14/5/2024"))
    assert found.entries == ()
    assert "không tìm thấy dòng tiêu đề" in str(found.faults[0])


@pytest.mark.parametrize(("cell", "day"), [
    ("14/5/2024", date(2024, 5, 14)), ("14.05.2024", date(2024, 5, 14)), ("2024-05-14", date(2024, 5, 14)),
    ("ngày 14 tháng 5 năm 2024", date(2024, 5, 14)), (datetime(2024, 5, 14, 7), date(2024, 5, 14)),
    ("31/02/2024", None), ("", None), (45426, None),
])  # fmt: skip
def test_days(cell: object, day: date | None) -> None:
    assert day_of(cell) == day


_CELLS = st.one_of(st.none(), st.text(max_size=30), st.integers(-5, 10**6), st.floats(allow_nan=False), st.dates(),
                   st.sampled_from(["12/2024/QĐ-UBND", "=1+1", "I. Lĩnh vực Đất đai", "Tổng số", "(1)"]))  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.lists(_CELLS, max_size=5), max_size=12), st.sampled_from(["so_van_ban", "danh_muc", "con_hieu_luc"]))
def test_whatever_the_cells_every_row_with_a_number_is_taken_or_told(rows: list[list[object]], source: str) -> None:
    found = read_book(list(enumerate([HEAD, *rows], 1)), replace(BOOK, source=source))  # type: ignore[arg-type]
    told = {fault.row for fault in found.faults}
    assert len(found.entries) + len(told) <= len(rows)
    for number, row in enumerate(rows, 2):
        if row and row[0] == "12/2024/QĐ-UBND" and len([cell for cell in row if cell not in (None, "")]) > 1:
            assert number in told or any(one.symbol == "12/2024/QĐ-UBND" for one in found.entries)
