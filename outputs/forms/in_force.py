"""Mẫu số 03 (documents in force) and the table of Mẫu số 05 (the collection), by field (NĐ 79/2025 Art. 51, 52)."""

from __future__ import annotations

from datetime import date

from corpus.model import LedgerEntry
from corpus.words import date_short
from outputs.forms.cells import Cell, Source
from outputs.forms.ended import whole_endings
from outputs.forms.layout import forms
from outputs.forms.listing import (
    Listing,
    Part,
    Row,
    Section,
    issued_by,
    ledger_source,
    numbered,
    sections_by_field,
    titled,
)
from outputs.forms.material import Material

# Of the years that end a period: 2013, 2018, 2023, 2028 (Art. 49).
_LAST_PERIOD, _YEARS = 2023, 5


def in_force_list(material: Material) -> Listing:
    """Mẫu số 03. Documents whose state is not known at all are no rows; the notes count them."""
    return _listing(material, "03", f" tính đến ngày {date_short(material.as_of)}")


def collection_list(material: Material) -> Listing:
    """The table of Mẫu số 05, for the period of systematization that holds the year."""
    return _listing(material, "05", "")


def in_force(material: Material) -> tuple[LedgerEntry, ...]:
    """Documents that the list holds: in force (also in part), not yet in force, suspended."""
    held = ("con_hieu_luc", "het_hieu_luc_mot_phan", "chua_hieu_luc", "tam_ngung")
    return tuple(entry for entry in material.listed() if entry.state in held)


def period_of(year: int) -> tuple[int, int]:
    """First and last year of the period of systematization that holds a year.

    >>> period_of(2026), period_of(2023)
    ((2024, 2028), (2019, 2023))
    """
    last = _LAST_PERIOD + -(-(year - _LAST_PERIOD) // _YEARS) * _YEARS
    return last - _YEARS + 1, last


def _listing(material: Material, number: str, subtitle: str) -> Listing:
    rows = [(entry, _row(material, entry)) for entry in in_force(material)]
    sections = sections_by_field(rows) or (Section("", (), "Không có văn bản quy phạm pháp luật còn hiệu lực."),)
    unknown = sum(1 for entry in material.listed() if entry.state == "khong_ro")
    notes = []
    if unknown:
        notes.append(f"{unknown} văn bản chưa xác định được tình trạng hiệu lực, chưa đưa vào danh mục nào; xem sổ văn "
                     "bản.")  # fmt: skip
    if any(not entry.field for entry, _ in rows):
        notes.append("Văn bản chưa có lĩnh vực xếp cuối; ghi lĩnh vực trong sổ văn bản rồi lập lại danh mục.")
    return Listing(forms()[number], subtitle, (Part("", 0, sections),), tuple(notes))


def _row(material: Material, entry: LedgerEntry) -> Row:
    first = (
        Cell(date_short(entry.effective), (ledger_source(entry),)) if entry.effective
        else Cell("", (ledger_source(entry),), "missing")
    )  # fmt: skip
    note = _note(material, entry)
    return Row(entry.key, (issued_by(entry), numbered(entry), titled(entry), first, note), entry.certain)


def _note(material: Material, entry: LedgerEntry) -> Cell:
    """The remark of footnote 3, in its words; a state that is not sure says so."""
    sources: tuple[Source, ...] = (ledger_source(entry),)
    said = {"chua_hieu_luc": "Chưa có hiệu lực", "het_hieu_luc_mot_phan": "Hết hiệu lực một phần"}.get(entry.state, "")
    if entry.state == "tam_ngung":
        stops = [one for one in whole_endings(material) if one.entry.key == entry.key and one.suspended]
        said = f"Tạm ngưng hiệu lực {_span(stops[-1].on, stops[-1].changes[-1].until if stops[-1].changes else None)}"
    if entry.certain:
        return Cell(said, sources)
    return Cell(said or "Tình trạng hiệu lực", sources, "uncertain")


def _span(start: date | None, until: date | None) -> str:
    first = date_short(start) if start else "…"
    return f"từ ngày {first} đến ngày {date_short(until)}" if until else f"từ ngày {first}"
