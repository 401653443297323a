"""A digit that a scan misread: set right only where the register has one document of that day and kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from corpus.model import Document, KnownDocument, Line, Unsure
from extractors import understand
from extractors.readers import Reading


class Shelf:
    """A register of some decrees."""

    def __init__(self, *rows: tuple[str, date]) -> None:
        self.rows = [
            KnownDocument(symbol, "nghi_dinh", "Chính phủ", day, None, None, "con_hieu_luc", None, "a", "", None, "cao")
            for symbol, day in rows
        ]  # fmt: skip

    def documents(self, symbol: str) -> Sequence[KnownDocument]:
        return [row for row in self.rows if row.symbol == symbol]

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[object]:
        return ()


DAY = date(2016, 5, 14)
MADE_UP = Shelf(("34/2016/NĐ-CP", DAY), ("84/2016/NĐ-CP", date(2016, 7, 1)))


def read(words: str, known: Shelf, confidence: float = 0.4) -> Document:
    """A scan of one article; its symbol was read with that confidence."""
    text = f"Thực hiện {words}."
    start = text.index("/") - 2
    unsure = (Unsure(start, start + 14, confidence),) if confidence < 0.6 else ()
    lines = (Line("Điều 1. Phạm vi", confidence=0.9, starts_paragraph=True),
             Line(text, confidence=confidence, starts_paragraph=True, unsure=unsure))  # fmt: skip
    return understand("a.pdf", Reading(lines), known)  # type: ignore[arg-type]


def test_one_document_of_that_day_fits():
    (cited,) = read("Nghị định số 84/2018/NĐ-CP ngày 01 tháng 7 năm 2016 của Chính phủ", MADE_UP).citations
    assert cited.targets[0].symbol == "84/2016/NĐ-CP"
    assert cited.corrected_from == cited.text


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("Nghị định số 84/2018/NĐ-CP của Chính phủ", MADE_UP),  # no day beside it
        ("Nghị định số 84/2018/NĐ-CP ngày 14 tháng 5 năm 2016", MADE_UP),  # of another day
        ("Quyết định số 84/2018/QĐ-TTg ngày 01 tháng 7 năm 2016", MADE_UP),  # of another kind
        ("Nghị định số 84/2016/NĐ-CP ngày 14 tháng 5 năm 2016", MADE_UP),  # known as it stands
        ("Nghị định số 30/2016/NĐ-CP ngày 14 tháng 5 năm 2016",
         Shelf(("36/2016/NĐ-CP", DAY), ("38/2016/NĐ-CP", DAY))),  # two fit
    ],
)  # fmt: skip
def test_else_the_symbol_stays_as_read(words, known):
    (cited,) = read(words, known).citations
    assert (cited.targets[0].symbol or "") in words
    assert cited.corrected_from is None


def test_what_was_read_well_is_the_fault_of_the_paper():
    (cited,) = read("Nghị định số 84/2018/NĐ-CP ngày 01 tháng 7 năm 2016", MADE_UP, confidence=0.95).citations
    assert cited.targets[0].symbol == "84/2018/NĐ-CP"
    assert cited.corrected_from is None
