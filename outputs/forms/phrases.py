"""Values that many papers share: bodies, units, counts; recipients and who signs. Each says where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import LedgerEntry
from outputs.forms.cells import Cell, Placed, Source, known
from outputs.forms.listing import document_words
from outputs.forms.material import Material, is_council
from outputs.forms.paper import Paper, issuer_lines
from outputs.forms.texts import Filled, Wording, value

SETTINGS = Source("settings", "rasoat.toml", "Cấu hình của đơn vị")
# Since 2025-07-01 the office of council and committee helps a commune with justice matters (NĐ 150/2025/NĐ-CP).
JUSTICE = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"
JUSTICE_FIELD = "Tư pháp"
NUMBER = "          "
"""The gap before a symbol that the clerk numbers."""


def common(material: Material) -> dict[str, Placed]:
    """Places that any paper may fill: {uy_ban}, {hoi_dong}, {don_vi}, {tu_phap}, {tong_hop}, {nam}, {nam_sau}."""
    names, year = material.names, material.year
    given = "filled" if names.unit else "missing"
    return {
        "uy_ban": value("Ủy ban nhân dân", Cell(names.committee, (SETTINGS,), given)),  # type: ignore[arg-type]
        "hoi_dong": value("Hội đồng nhân dân", Cell(names.council, (SETTINGS,), given)),  # type: ignore[arg-type]
        "don_vi": value("Đơn vị hành chính", known(names.unit, SETTINGS)),
        "tu_phap": value("Đơn vị tổng hợp, trình", Cell(justice(material), (SETTINGS,))),
        "tong_hop": value("Cơ quan tổng hợp cấp trên", known(material.desk.settings.aggregator, SETTINGS)),
        "nam": value("Năm", Cell(str(year), (Source("input", "year", "Năm lập biểu"),))),
        "nam_sau": value("Năm sau", Cell(str(year + 1), (Source("input", "year", "Năm lập biểu"),))),
    }


def justice(material: Material) -> str:
    """The unit that gathers the results and presents the papers (NĐ 79/2025 Art. 35, 43.6)."""
    return material.desk.settings.units.get(JUSTICE_FIELD, JUSTICE)


def count(label: str, number: int, material: Material, kind: str = "Sổ văn bản") -> Placed:
    """A number counted from the register or the findings."""
    source = Source("ledger", "so-van-ban", kind, material.as_of)
    return value(label, Cell(str(number), (source,)))


def of_committee(
    wording: Wording, filled: Filled, material: Material, *, to: Sequence[str] = (), council: bool = False,
    number: str = "", signing: Sequence[str] = (), bare_recipients: bool = False,
) -> Paper:  # fmt: skip
    """A paper that the committee (or the council) issues, with its masthead, recipients and signature."""
    names, settings = material.names, material.desk.settings
    body = names.council if council else names.committee
    mine = [] if bare_recipients else [one.rstrip(";. ") for one in settings.recipients] or _usual(material)
    title = (settings.signer_title or "Chủ tịch").strip().upper()
    # A deputy signs for the chairman (NĐ 30/2020, appendix I).
    deputy = ("KT. CHỦ TỊCH", title) if title.startswith("PHÓ") else (title,)
    last = () if any(one.startswith("Lưu") for one in filled.recipients) else ("Lưu: VT",)
    signer = known(names.signer, SETTINGS)
    placed = filled.placed if council else (*filled.placed, Placed("Người ký", signer))
    symbol = f"{NUMBER}/{number or wording.number.replace('{vt}', short_name(justice(material)))}"
    return Paper(
        wording.code, issuer_lines(body), symbol, wording.kind, filled.subject, filled.body,
        (*filled.recipients, *(mine if last else ()), *last),
        tuple(signing) or (("CHỦ TỊCH",) if council else ("TM. ỦY BAN NHÂN DÂN", *deputy)),
        None if council else names.signer, to=tuple(to), notes=filled.notes, placed=placed,
    )  # fmt: skip


def of_unit(wording: Wording, filled: Filled, material: Material, unit: str, to: Sequence[str] = ()) -> Paper:
    """A paper that a unit below the committee signs."""
    symbol = f"{NUMBER}/{wording.number.replace('{vt}', short_name(unit))}"
    return Paper(
        wording.code, (unit,), symbol, wording.kind, filled.subject, filled.body, filled.recipients,
        head_of(unit), None, above=material.names.committee, to=tuple(to), notes=filled.notes,
        placed=filled.placed,
    )  # fmt: skip


def short_name(unit: str) -> str:
    """The letters of a unit in a symbol: VP for the office, else the first letters of its words.

    >>> short_name("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"), short_name("Phòng Kinh tế")
    ('VP', 'PKT')
    """
    if unit.casefold().startswith("văn phòng"):
        return "VP"
    return "".join(word[0] for word in unit.split() if word[0].isalpha()).upper() or "…"


def head_of(unit: str) -> tuple[str, ...]:
    """Who signs for a unit."""
    folded = unit.casefold()
    if folded.startswith("văn phòng"):
        return ("CHÁNH VĂN PHÒNG",)
    return ("TRƯỞNG PHÒNG",) if folded.startswith("phòng") else ("NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ",)


def spoken(entry: LedgerEntry) -> str:
    """ "Quyết định số 12/2024/QĐ-UBND ngày 14 tháng 5 năm 2024 của Ủy ban nhân dân xã X ban hành Quy chế …"."""
    said = document_words(entry)
    if entry.issuer:
        said += f" của {entry.issuer}"
    title = (entry.title or "").strip().rstrip(".")
    return f"{said} {title[:1].lower()}{title[1:]}" if title else said


def bodies(entries: Sequence[LedgerEntry]) -> tuple[int, int]:
    """How many documents are a council's and how many a committee's."""
    councils = sum(1 for entry in entries if is_council(entry))
    return councils, len(entries) - councils


def _usual(material: Material) -> list[str]:
    above = material.desk.settings.aggregator or "…"
    return [above, "Thường trực Đảng ủy; Thường trực HĐND", "Chủ tịch, các Phó Chủ tịch UBND"]
