"""Spreadsheets that the office keeps, as rows of cells: XLSX through openpyxl, CSV with comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from corpus.office.imports import Cell, Row

MOST_BYTES = 50_000_000
MOST_UNPACKED = 400_000_000
MOST_ROWS = 100_000
MOST_CELLS = 60


class BadSheet(Exception):
    """The file is no spreadsheet that can be read; the message (Vietnamese) says what to do."""


def sheets(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Name and rows of each sheet; a CSV file is one sheet without a name. Raises `BadSheet`."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise BadSheet(f"{path}: không mở được tệp ({error.strerror}).") from error
    if size > MOST_BYTES:
        raise BadSheet(f"{path}: tệp lớn hơn {MOST_BYTES // 1_000_000} MB; hãy chia thành nhiều tệp.")
    kind = path.suffix.lower()
    if kind in (".xlsx", ".xlsm"):
        yield from _of_workbook(path)
    elif kind in (".csv", ".tsv", ".txt"):
        yield "", _of_text(path)
    else:
        raise BadSheet(f"{path}: chỉ nhập được tệp XLSX hoặc CSV; hãy mở bằng Excel rồi lưu lại dạng .xlsx.")


def _of_workbook(path: Path) -> Iterator[tuple[str, list[Row]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise BadSheet(f"{path}: nội dung giải nén quá lớn; hãy chia thành nhiều tệp.")
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise BadSheet(f"{path}: không đọc được tệp XLSX; hãy mở bằng Excel rồi lưu lại.") from error
    try:
        for sheet in book.worksheets:
            rows: list[Row] = []
            for number, cells in enumerate(sheet.iter_rows(max_col=MOST_CELLS, values_only=True), 1):
                if number > MOST_ROWS:
                    raise BadSheet(f"{path}: trang tính “{sheet.title}” có hơn {MOST_ROWS:,} dòng; hãy chia nhỏ tệp.")
                if any(cell is not None for cell in cells):
                    rows.append((number, tuple(cells)))
            if rows:
                yield str(sheet.title), rows
    finally:
        book.close()


def _of_text(path: Path) -> list[Row]:
    data = path.read_bytes()
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1258"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BadSheet(f"{path}: không rõ bảng mã; hãy lưu lại dạng CSV UTF-8.")
    first = text[:5000]
    delimiter = max((";", "\t", ","), key=first.count)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for found in reader:
            if len(rows) >= MOST_ROWS:
                raise BadSheet(f"{path}: tệp có hơn {MOST_ROWS:,} dòng; hãy chia nhỏ tệp.")
            cells: list[Cell] = [cell.strip() or None for cell in found[:MOST_CELLS]]
            if any(cells):
                rows.append((reader.line_num, cells))
    except csv.Error as error:
        raise BadSheet(f"{path}, dòng {reader.line_num}: không đọc được CSV; hãy lưu lại dạng CSV UTF-8.") from error
    return rows
