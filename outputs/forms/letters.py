"""Papers on single documents: letter for opinions, notice of a proposal, report of a self-check, review sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from corpus.model import Finding, LedgerEntry, ReviewRequest
from corpus.words import date_short, date_words, provision_words
from outputs import words
from outputs.forms import phrases
from outputs.forms.cells import Cell, Placed, Source, known
from outputs.forms.due import CHECKED
from outputs.forms.listing import document_words, ledger_source
from outputs.forms.material import Material
from outputs.forms.paper import Grid, Paper
from outputs.forms.texts import fill, value, wordings
from outputs.forms.to_handle import content, proposal, sources_of, to_handle

INTERNAL = "Mẫu nội bộ, không phải biểu mẫu của Nghị định số 79/2025/NĐ-CP"
# What a self-check looks at: signs of unlawfulness, and faults of bases and form that are corrected (Art. 7, 23).
_SELF_CHECK = CHECKED | {"dinh_chinh"}
_STATES = {
    "con_hieu_luc": "Còn hiệu lực", "chua_hieu_luc": "Chưa có hiệu lực", "tam_ngung": "Tạm ngưng hiệu lực",
    "het_hieu_luc_mot_phan": "Hết hiệu lực một phần", "het_hieu_luc_toan_bo": "Hết hiệu lực toàn bộ",
}  # fmt: skip


def opinion_letters(material: Material) -> tuple[Paper, ...]:
    """One letter for each unit in charge, on the documents with proposals that it has not answered yet (Art. 42)."""
    groups: dict[str, list[LedgerEntry]] = {}
    answered = {(one.document, one.unit) for one in material.desk.opinions if one.answered}
    for entry in material.listed():
        pairs = to_handle(material, entry)
        unit = next(filter(None, (material.unit_of(entry, decision) for _, decision in pairs)), None)
        if pairs and unit and (entry.key, unit) not in answered:
            groups.setdefault(unit, []).append(entry)
    return tuple(_opinion_letter(material, unit, entries) for unit, entries in sorted(groups.items()))


def _opinion_letter(material: Material, unit: str, entries: list[LedgerEntry]) -> Paper:
    rows, placed = [], []
    for n, entry in enumerate(entries, 1):
        pairs = to_handle(material, entry)
        sources = tuple(source for pair in pairs for source in sources_of(material, *pair))
        status = "filled" if all(decision for _, decision in pairs) else "uncertain"
        cells = (
            Cell(phrases.spoken(entry), (ledger_source(entry),)),
            Cell("\n".join(content(*pair) for pair in pairs), sources, status),  # type: ignore[arg-type]
            Cell("; ".join(dict.fromkeys(words.PROPOSALS[proposal(*pair)] for pair in pairs)), sources, status),  # type: ignore[arg-type]
        )
        rows.append((str(n), *(cell.shown for cell in cells), ""))
        placed += [Placed(f"Bảng, {n}, {name}", cell) for name, cell in zip(_ASKED[1:4], cells, strict=True)]
    asked = [one.due for one in material.desk.opinions if one.unit == unit and one.due and not one.answered]
    until = max(asked) if asked else material.as_of + timedelta(days=material.desk.settings.opinion_days)
    wording = wordings()["lay-y-kien"]
    filled = fill(wording, {
        **phrases.common(material), "don_vi_nhan": value("Đơn vị được lấy ý kiến", Cell(unit, (phrases.SETTINGS,))),
        "so_van_ban": phrases.count("Số văn bản lấy ý kiến", len(entries), material),
        "han_tra_loi": value("Hạn trả lời", Cell(date_words(until), (phrases.SETTINGS,))),
    }, blocks={"bang": (Grid(_ASKED, (1.4, 4.6, 5.4, 2.4, 2.2), tuple(rows)),)})  # fmt: skip
    paper = phrases.of_committee(wording, filled, material, to=(unit,))
    return replace(paper, code=f"lay-y-kien {unit}", placed=(*paper.placed, *placed))


_ASKED = ("STT", "Văn bản", "Nội dung, lý do", "Kiến nghị xử lý", "Ý kiến của đơn vị")


def receipt(material: Material, request: ReviewRequest) -> Paper:
    """The answer to who proposed a review: taken up, or passed on (Art. 36)."""
    entry = next((one for one in material.desk.ledger if request.document in (one.key, one.symbol)), None)
    source = Source("input", request.number, f"Kiến nghị số {request.number}", request.received)
    named = phrases.spoken(entry) if entry else request.document
    wording = wordings()["tiep-nhan"]
    filled = fill(wording, {
        **phrases.common(material),
        "viec": value("Việc", Cell("chuyển" if request.passed_to else "tiếp nhận", (source,))),
        "ngay_nhan": value("Ngày nhận", Cell(date_words(request.received).removeprefix("ngày "), (source,))),
        "nguoi_kien_nghi": value("Người kiến nghị", known(request.sender, source)),
        "van_ban": value("Văn bản được kiến nghị", known(named, source)),
        "noi_dung": value("Nội dung kiến nghị", known(request.about.rstrip(". "), source)),
        "noi_chuyen": value("Nơi chuyển đến", known(request.passed_to, source)),
    }, {"chuyen"} if request.passed_to else ())  # fmt: skip
    return replace(phrases.of_committee(wording, filled, material), code=f"tiep-nhan {request.number}")


def self_check(material: Material, entry: LedgerEntry) -> Paper:
    """The report of a self-check (Art. 12, contents of Art. 17.2)."""
    found = [f for f in material.findings_of(entry) if f.proposal in _SELF_CHECK and f.certainty != "goi_y"]
    kept = [f for f in found if not ((one := material.decision(f)) and one.verdict == "khong_dong_y")]
    check = material.desk.self_checks.get(entry.key)
    row = ledger_source(entry)
    days = "05 ngày làm việc" if check and check.shortened else "10 ngày"
    limit = f"{days} kể từ ngày được thông qua hoặc ký ban hành (khoản 2 Điều 12)"
    rows, placed = _faults(material, kept)
    wording = wordings()["tu-kiem-tra"]
    proposals = "; ".join(dict.fromkeys(words.PROPOSALS[proposal(f, material.decision(f))] for f in kept))
    decided = all(material.decision(f) for f in kept)
    sources = tuple(source for f in kept for source in sources_of(material, f, material.decision(f)))
    filled = fill(wording, {
        **phrases.common(material),
        "van_ban": value("Văn bản được kiểm tra", Cell(phrases.spoken(entry), (row,))),
        "van_ban_ngan": value("Văn bản được kiểm tra", Cell(document_words(entry), (row,))),
        "co_quan": value("Cơ quan ban hành", known(entry.issuer, row)),
        "thoi_han": value("Thời hạn", Cell(limit, (row,))),
        "ngay_xong": value("Ngày hoàn thành", known(date_short(check.done) if check and check.done else None, row)),
        "so_dau_hieu": phrases.count("Số nội dung có dấu hiệu", len(kept), material, "Phát hiện"),
        "y_kien": value("Ý kiến, đề xuất",
                        Cell(f"Đề xuất: {proposals}.", sources, "filled" if decided else "uncertain")),
    }, {"sai"} if kept else (), {"bang": (Grid(_FOUND, (1.4, 3.2, 6.6, 4.8), rows),)})  # fmt: skip
    paper = phrases.of_unit(wording, filled, material, phrases.justice(material), ())
    return replace(paper, code=f"tu-kiem-tra {entry.symbol or entry.key}", placed=(*paper.placed, *placed))


_FOUND = ("STT", "Điều, khoản, điểm", "Nội dung có dấu hiệu trái pháp luật hoặc sai sót", "Căn cứ pháp lý")


def review_sheet(material: Material, entry: LedgerEntry) -> Paper:
    """The sheet of one document's review. The decree has no form for it, and the sheet says so."""
    found = [f for f in material.findings_of(entry) if f.certainty != "goi_y"]
    row = ledger_source(entry)
    rows, placed = _faults(material, found)
    decided = [(f, one) for f in found if (one := material.decision(f))]
    agreed = [(f, one) for f, one in decided if one.verdict in ("dong_y", "sua")]
    said = "; ".join(dict.fromkeys(words.PROPOSALS[proposal(*pair)] for pair in agreed))
    who = "; ".join(dict.fromkeys(one.by for _, one in decided))
    sources = tuple(source for pair in decided for source in sources_of(material, *pair))
    opinions = [one for one in material.desk.opinions if one.document == entry.key]
    state = _STATES.get(entry.state)
    since = f" từ ngày {date_short(entry.state_since)}" if state and entry.state_since else ""
    effect = Cell(f"{state or 'Chưa xác định'}{since}.", (row,), "filled" if entry.certain and state else "uncertain")
    wording = wordings()["phieu-ra-soat"]
    filled = fill(wording, {
        "van_ban": value("Văn bản được rà soát", Cell(phrases.spoken(entry), (row,))),
        "van_ban_ngan": value("Văn bản được rà soát", Cell(document_words(entry), (row,))),
        "nguoi_ra_soat": value("Người rà soát", known(who, *sources)),
        "ngay_lap": value("Thời điểm rà soát", date_words(material.as_of)),
        "hieu_luc": value("Hiệu lực", effect),
        "de_xuat": value("Đề xuất", known(f"{said}." if said else None, *sources)),
        "y_kien": value("Ý kiến của đơn vị", known("\n".join(_opinions(material, entry)) if opinions else None, row)),
    }, blocks={"bang": (Grid(_SHEET, (1.4, 3.2, 6.6, 4.8), rows, "Chưa có phát hiện."),)})  # fmt: skip
    return Paper(
        f"phieu-ra-soat {entry.symbol or entry.key}", (), "", wording.kind, filled.subject, filled.body, (),
        ("NGƯỜI RÀ SOÁT",), None, notes=filled.notes, placed=(*filled.placed, *placed), internal=INTERNAL, bare=True,
    )  # fmt: skip


_SHEET = ("STT", "Điều, khoản, điểm", "Nội dung, lý do phát hiện", "Căn cứ")


def _faults(material: Material, found: list[Finding]) -> tuple[tuple[tuple[str, ...], ...], list[Placed]]:
    rows, placed = [], []
    for n, finding in enumerate(found, 1):
        decision = material.decision(finding)
        sources = sources_of(material, finding, decision)
        status = "filled" if decision or finding.certainty == "chac_chan" else "uncertain"
        where = "; ".join(dict.fromkeys(provision_words(p.provision) for p in finding.places if p.provision))
        cells = (
            Cell(where or "Toàn văn bản", sources), Cell(finding.message, sources, status),  # type: ignore[arg-type]
            known("" if finding.legal_basis == "–" else finding.legal_basis, *sources),
        )
        rows.append((str(n), *(cell.shown for cell in cells)))
        placed += [Placed(f"Bảng, {n}, {name}", cell) for name, cell in zip(_SHEET[1:], cells, strict=True)]
    return tuple(rows), placed


def _opinions(material: Material, entry: LedgerEntry) -> Iterator[str]:
    stances = {"dong_y": "nhất trí", "khong_dong_y": "không nhất trí", "khac": "ý kiến khác"}
    for one in material.desk.opinions:
        if one.document == entry.key:
            said = stances.get(one.stance or "", "chưa trả lời")
            day = f" ({date_short(one.answered)})" if one.answered else ""
            yield f"- {one.unit}: {said}{day}{': ' + one.text if one.text else ''}."
