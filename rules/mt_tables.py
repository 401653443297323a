"""Sums of tables: a total row that is not the sum of the rows above it (MT05)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from corpus.model import Certainty, Document
from corpus.text import tone_key
from rules.quantities import number, said

Fault = tuple[list[tuple[int, int]], str, Certainty]


_CELL = re.compile(r"\d{1,3}(?:\.\d{3}){0,4}(?:,\d{1,2})?|\d{1,9}")
SUM_ROW = re.compile(r"^(?:tổng(?: cộng| số| thu| chi| kinh phí)?|cộng)\b")


def wrong_totals(document: Document, tolerance: float = 0.0) -> Iterator[Fault]:
    """A total row of a table that is not the sum of the rows since the last total; `tolerance`: share that may lack."""
    rows = table_rows(document, 0, len(document.text))
    pending: list[list[tuple[Fraction, int, int]]] = []
    for label, cells in rows:
        if not cells:
            pending = []
            continue
        if not SUM_ROW.match(tone_key(label)):
            pending.append(cells)
            continue
        width = len(cells)
        group = [row for row in pending if len(row) == width]
        if len(group) == len(pending) and len(group) >= 2:
            for column, (total, start, end) in enumerate(cells):
                summed = sum((row[column][0] for row in group), Fraction(0))
                if abs(summed - total) > total * Fraction(tolerance) and _near(summed, total):
                    yield [(start, end)], (
                        f"{label.strip()}: các dòng cộng lại là {said(summed)}, nhưng ghi {said(total)}."
                    ), "chac_chan"  # fmt: skip
        pending = []


def _near(summed: Fraction, total: Fraction) -> bool:
    """Far apart means that the rows are not its parts (sub-totals, other units), not that the sum is wrong."""
    return total > 0 and abs(summed - total) <= total * Fraction(3, 10)


def table_rows(document: Document, start: int, end: int) -> list[tuple[str, list[tuple[Fraction, int, int]]]]:
    """Rows of the tables in `[start, end)`: a label and the number cells after it, one cell a line or tab-separated."""
    rows: list[tuple[str, list[tuple[Fraction, int, int]]]] = []
    for line in document.lines:
        if not start <= line.start < end:
            continue
        at = line.start
        for cell in re.split(r"(\t|\s{3,}|\s?\|\s?)", document.text[line.start : line.end]):
            words, begin = cell.strip(), at + len(cell) - len(cell.lstrip())
            at += len(cell)
            if not words or words == "|":
                continue
            value = number(words) if _CELL.fullmatch(words) else None
            if value is None or (not rows):
                rows.append((words, []))
            elif len(words) <= 2 and not rows[-1][1] and words.isdigit():
                continue  # the running number of a row
            else:
                rows[-1][1].append((value, begin, begin + len(words)))
    return rows
