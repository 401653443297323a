"""The two yearly reports: on checking (NĐ 79/2025 Art. 32) and on review (Art. 54). Figures and cut-offs are data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.model import LedgerEntry
from corpus.words import date_short
from outputs.forms import phrases
from outputs.forms.cells import Cell, Placed, Source, Status, known
from outputs.forms.figures import figures
from outputs.forms.in_force import in_force, period_of
from outputs.forms.january import opinions_cell
from outputs.forms.listing import ledger_source
from outputs.forms.material import Material, is_council
from outputs.forms.paper import Grid, Paper
from outputs.forms.texts import fill, value, wordings

DATA = Path(__file__).parent / "bao-cao.toml"
_STATES = frozenset({"het_toan_bo", "het_mot_phan", "tam_ngung"})
_HEADINGS = ("STT", "Chỉ tiêu", "Của HĐND", "Của UBND", "Tổng số")
_JUDGED = {
    "bao-cao-kiem-tra": ("Công tác kiểm tra", "Quy định pháp luật", "Tổ chức, cán bộ, kinh phí", "Khó khăn, kiến nghị"),
    "bao-cao-ra-soat": ("Chất lượng xây dựng văn bản", "Quy định pháp luật, tổ chức, kinh phí", "Phối hợp, tập huấn",
                        "Khó khăn, kiến nghị", "Vấn đề khác"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of the figures; day of sending and the ground that fixed them, where known."""

    start: date
    end: date
    send: str | None
    ground: str | None


def check_report(material: Material) -> Paper:
    """Art. 32: what was checked by the commune itself, found, concluded, handled."""
    found = figures(material, *_days(material))
    unlawful = found["trai_phap_luat"]
    rows = tuple((str(n), phrases.spoken(entry)) for n, entry in enumerate(unlawful, 1))
    grid = Grid(("STT", "Văn bản"), (1.4, 14.6), rows, "Không có văn bản.")
    placed = [
        Placed(f"Danh mục, {n}", Cell(phrases.spoken(entry), (ledger_source(entry),)))
        for n, entry in enumerate(unlawful, 1)
    ]
    above = Cell("không thuộc thẩm quyền của cấp xã theo dữ liệu hiện có", (phrases.SETTINGS,), "uncertain")
    return _report(material, "bao-cao-kiem-tra", {"theo_tham_quyen": value("Kiểm tra theo thẩm quyền", above)},
                   {"danh_muc": grid}, placed)  # fmt: skip


def review_report(material: Material) -> Paper:
    """Art. 54: how many had to be reviewed, were, with what result, how they were handled."""
    first, last = period_of(material.year)
    held = len(in_force(material))
    said = (
        f"trong kỳ {first} - {last}, thời điểm hệ thống hóa ngày 31/12/{last}; sổ văn bản hiện có {held} văn bản "
        "còn hiệu lực, chưa có hiệu lực hoặc tạm ngưng hiệu lực"
    )
    source = Source("ledger", "so-van-ban", "Sổ văn bản", material.as_of)
    progress = material.desk.progress
    return _report(material, "bao-cao-ra-soat", {
        "he_thong_hoa": value("Kết quả hệ thống hóa", Cell(said, (source,))),
        "chuyen_de": value("Rà soát theo chuyên đề", Cell("", (), "missing")),
        "y_kien": value("Kết quả lấy ý kiến", opinions_cell(material)),
        "so_da_xu_ly": phrases.count("Số phát hiện đã xử lý hoặc kiến nghị", progress.done, material, "Phát hiện"),
        "so_phai_xu_ly": phrases.count("Số phát hiện phải xử lý", progress.total, material, "Phát hiện"),
    }, {}, [])  # fmt: skip


def period(year: int) -> Period:
    """Period of a year's reports as the data have it."""
    row = _data()["ky"]
    return Period(
        date.fromisoformat(f"{year}-{row['dau']}"), date.fromisoformat(f"{year}-{row['cuoi']}"), row["han_gui"] or None,
        row["can_cu"] or None,
    )  # fmt: skip


def _days(material: Material) -> tuple[date, date]:
    one = period(material.year)
    return one.start, one.end


def _report(
    material: Material, code: str, own: dict[str, Placed], grids: dict[str, Grid], placed: list[Placed]
) -> Paper:
    table, counted = _table(material, code)
    span = period(material.year)
    settings = Source("settings", "bao-cao.toml", "Kỳ báo cáo")
    fixed: Status = "filled" if span.ground else "uncertain"
    said = f"từ ngày {date_short(span.start)} đến ngày {date_short(span.end)}"
    judged = {
        f"danh_gia_{n}": value(label, Cell("", (), "missing")) for n, label in enumerate(_JUDGED[code], 1)
    }  # fmt: skip
    values = {
        **phrases.common(material), **judged, **own,
        "ky_so_lieu": value("Kỳ số liệu", Cell(said, (settings,), fixed)),
        "han_gui": value("Hạn gửi", known(span.send, settings)),
    }  # fmt: skip
    wording = wordings()[code]
    filled = fill(wording, values, blocks={"bang": (table,), **{name: (grid,) for name, grid in grids.items()}})
    paper = phrases.of_committee(wording, filled, material)
    return replace(paper, placed=(*paper.placed, *counted, *placed))


def _table(material: Material, code: str) -> tuple[Grid, list[Placed]]:
    found = figures(material, *_days(material))
    rows, placed = [], []
    for n, row in enumerate(_data()[code]["chi_tieu"], 1):
        entries = found[row["ma"]]
        councils = tuple(entry for entry in entries if is_council(entry))
        others = tuple(entry for entry in entries if not is_council(entry))
        cells = [_counted(part, row["ma"] in _STATES) for part in (councils, others, entries)]
        rows.append((str(n), row["ten"], *(cell.shown for cell in cells)))
        placed += [
            Placed(f"Số liệu, {n}. {row['ten']}, {name}", cell) for name, cell in zip(_HEADINGS[2:], cells, strict=True)
        ]
    return Grid(_HEADINGS, (1.4, 8.6, 2.0, 2.0, 2.0), tuple(rows)), placed


def _counted(entries: tuple[LedgerEntry, ...], state: bool) -> Cell:
    """A number with the rows that it counts as its sources; of states, the doubtful ones are counted apart."""
    sources = tuple(ledger_source(entry) for entry in entries)
    doubtful = sum(1 for entry in entries if state and not entry.certain)
    if doubtful:
        return Cell(f"{len(entries)}, trong đó {doubtful}", sources, "uncertain")
    return Cell(str(len(entries)), sources)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    with DATA.open("rb") as source:
        return tomllib.load(source)
