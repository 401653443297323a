"""The figures of the yearly reports: which documents each counts, so that every number can be traced to its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from corpus.model import LedgerEntry
from outputs.forms.due import CHECKED, reasons
from outputs.forms.ended import part_endings, whole_endings
from outputs.forms.material import Material
from outputs.forms.to_handle import proposal

Documents = tuple[LedgerEntry, ...]
_REVIEWED = ("HL", "CC", "VD", "MT", "TL", "TN")


def figures(material: Material, start: date, end: date) -> Mapping[str, Documents]:
    """Documents that each figure counts, by its code in `bao-cao.toml`; the period's days included."""
    listed = material.listed()
    desk = material.desk

    def those(test: Callable[[LedgerEntry], bool]) -> Documents:
        return tuple(entry for entry in listed if test(entry))

    def within(day: date | None) -> bool:
        return day is not None and start <= day <= end

    def checked(entry: LedgerEntry) -> bool:
        one = desk.self_checks.get(entry.key)
        return one is not None and within(one.done)

    def unlawful(entry: LedgerEntry) -> bool:
        one = desk.self_checks.get(entry.key)
        return checked(entry) and one is not None and one.unlawful is True

    def mended(entry: LedgerEntry) -> bool:
        one = desk.self_checks.get(entry.key)
        return unlawful(entry) and one is not None and one.handled is not None

    signs = those(lambda e: _open(material, e, CHECKED))
    concluded = {one.document: one for one in desk.conclusions if within(one.date)}
    finished = {key for key, one in concluded.items() if one.done}
    agreed = {entry.key: frozenset(proposal(*pair) for pair in material.accepted(entry)) for entry in listed}
    whole = [one for one in whole_endings(material) if within(one.on)]
    partly = [one for one in part_endings(material) if within(one.on)]
    handled = those(lambda e: _handled(material, e))
    proposed = those(lambda e: bool(agreed[e.key]))

    def proposes(*codes: str) -> Documents:
        return those(lambda e: bool(agreed[e.key] & set(codes)))

    return {
        "ban_hanh": those(lambda e: within(e.date) and not e.predecessor),
        "da_tu_kiem_tra": those(checked),
        "dau_hieu": signs,
        "trai_phap_luat": those(unlawful),
        "da_xu_ly_tkt": those(mended),
        "dinh_chinh": proposes("dinh_chinh"),
        "bi_ket_luan": those(lambda e: e.key in concluded),
        "ket_luan_xong": those(lambda e: e.key in finished),
        "phai_ra_soat": those(lambda e: _due(material, e)),
        "da_ra_soat": those(lambda e: _due(material, e) and _reviewed(material, e)),
        "het_toan_bo": _of(listed, {one.entry.key for one in whole if not one.suspended}),
        "het_mot_phan": _of(listed, {one.entry.key for one in partly if not one.suspended}),
        "tam_ngung": _of(listed, {one.entry.key for one in (*whole, *partly) if one.suspended}),
        "kn_bai_bo": proposes("bai_bo_toan_bo", "bai_bo_mot_phan"),
        "kn_thay_the": proposes("thay_the"),
        "kn_sua_doi": proposes("sua_doi_bo_sung"),
        "kn_ban_hanh": proposes("ban_hanh_moi", "ban_hanh_moi_va_bai_bo"),
        "kn_khac": proposes("tam_ngung", "cong_bo_het_hieu_luc"),
        "da_xu_ly": handled,
        "chua_xu_ly": tuple(entry for entry in proposed if entry not in handled),
        "don_vi_cu": those(lambda e: e.predecessor and e.state != "het_hieu_luc_toan_bo"),
        "chua_ro": those(lambda e: e.state == "khong_ro"),
    }


def _of(listed: Documents, keys: set[str]) -> Documents:
    return tuple(entry for entry in listed if entry.key in keys)


def _open(material: Material, entry: LedgerEntry, proposals: frozenset[str]) -> bool:
    """Whether a finding with such a proposal stands that the officer did not reject; mere hints do not count."""
    for finding in material.findings_of(entry):
        decision = material.decision(finding)
        if finding.certainty == "goi_y" and decision is None:
            continue
        if proposal(finding, decision) in proposals and not (decision and decision.verdict == "khong_dong_y"):
            return True
    return False


def _due(material: Material, entry: LedgerEntry) -> bool:
    """Had to be reviewed: a ground stands, or stood and was decided."""
    return bool(reasons(material, entry).text) or _handled(material, entry) or any(
        material.decision(f) for f in material.findings_of(entry) if f.rule.startswith(_REVIEWED)
    )  # fmt: skip


def _reviewed(material: Material, entry: LedgerEntry) -> bool:
    """Reviewed: every finding on it that is no mere hint or notice was decided (not put off), or it was handled."""
    if _handled(material, entry):
        return True
    open_ones = [f for f in material.findings_of(entry) if f.certainty != "goi_y" and f.severity != "thong_tin"]
    done = ("dong_y", "sua", "khong_dong_y")
    decided = [one for f in open_ones if (one := material.decision(f)) and one.verdict in done]
    return bool(open_ones) and len(decided) == len(open_ones)


def _handled(material: Material, entry: LedgerEntry) -> bool:
    handled = material.desk.handled
    return entry.key in handled or any(f.id in handled for f in material.findings_of(entry))
