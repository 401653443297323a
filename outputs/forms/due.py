"""Which documents are due for review in a year, why, by whom and until when: the annex of the yearly plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.model import LedgerEntry
from corpus.words import date_short
from outputs import words
from outputs.forms.cells import Cell, Source, known
from outputs.forms.listing import ledger_source, named
from outputs.forms.material import Material
from outputs.forms.to_handle import sources_of

PREDECESSOR = "HL05"
CHECKED = frozenset({"tu_kiem_tra", "kien_nghi_kiem_tra"})
# Luật 72/2025/QH15: local documents are to agree with it by then.
LAW_72 = date(2027, 3, 1)


@dataclass(frozen=True, slots=True)
class Due:
    """A document that the plan names: cells in the order of the annex."""

    entry: LedgerEntry
    name: Cell
    why: Cell
    unit: Cell
    until: Cell


def due(material: Material) -> tuple[Due, ...]:
    """Documents to review or check in the year, in the order of Art. 52; none that surely ended, none all handled."""
    found = []
    for entry in material.listed():
        if entry.state == "het_hieu_luc_toan_bo" and entry.certain:
            continue
        why = reasons(material, entry)
        if why.text:
            found.append(_due(material, entry, why))
    return tuple(found)


def reasons(material: Material, entry: LedgerEntry) -> Cell:
    """Why a document is due: its findings by their ground, its former issuer, its unknown state. "" where it is not."""
    said: dict[str, list[Source]] = {}
    doubtful = False
    for finding in material.findings_of(entry):
        decision = material.decision(finding)
        settled = decision is not None and decision.verdict == "khong_dong_y"
        done = finding.id in material.desk.handled or entry.key in material.desk.handled
        if settled or done or finding.severity == "thong_tin" or finding.certainty == "goi_y":
            continue
        if entry.predecessor and finding.rule == PREDECESSOR:
            continue  # told below, with its own ground
        if finding.proposal in CHECKED:
            text = "Có dấu hiệu phải tự kiểm tra (Điều 44 Nghị định số 79/2025/NĐ-CP)"
        else:
            ground = f" ({finding.legal_basis})" if finding.legal_basis not in ("", "–") else ""
            text = f"{words.rule_name(finding.rule)}{ground}"
        doubtful = doubtful or (decision is None and finding.certainty != "chac_chan")
        said.setdefault(text, []).extend(sources_of(material, finding, decision))
    row = ledger_source(entry)
    if entry.predecessor:
        text = "Văn bản của đơn vị hành chính trước sắp xếp (khoản 4 Điều 35 Nghị định số 79/2025/NĐ-CP)"
        said.setdefault(text, []).append(row)
    if entry.state == "khong_ro":
        said.setdefault("Chưa xác định được tình trạng hiệu lực", []).append(row)
    if not said:
        return Cell("")
    sources = tuple(dict.fromkeys(source for group in said.values() for source in group))
    return Cell(";\n".join(said), sources, "uncertain" if doubtful else "filled")


def rows(items: tuple[Due, ...]) -> tuple[tuple[str, ...], ...]:
    """The annex' rows as texts."""
    return tuple(
        (str(n), one.name.shown, one.why.shown, one.unit.shown, one.until.shown) for n, one in enumerate(items, 1)
    )


def _due(material: Material, entry: LedgerEntry, why: Cell) -> Due:
    decisions = [one for f in material.findings_of(entry) if (one := material.decision(f))]
    unit = next(filter(None, (material.unit_of(entry, one) for one in decisions)), material.unit_of(entry))
    days = [one.due for one in decisions if one.due]
    until = known(date_short(min(days)) if days else None, ledger_source(entry))
    return Due(entry, named(entry), why, known(unit, ledger_source(entry)), until)
