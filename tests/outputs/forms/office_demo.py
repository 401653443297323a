"""The desk of a commune that does not exist, for the tests of the papers: every state that a list can show."""

# A row reads as one line, however long.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date

from corpus.model import (
    Conclusion,
    Decision,
    Desk,
    Evidence,
    Finding,
    LedgerEntry,
    OfficeSettings,
    Opinion,
    Place,
    Publication,
    ReviewRequest,
    SelfCheck,
)
from outputs.forms.material import Change, Material

UNIT = "Ủy ban nhân dân xã Đồng Lúa, tỉnh Mẫu"
COMMITTEE, COUNCIL = "Ủy ban nhân dân xã Đồng Lúa", "Hội đồng nhân dân xã Đồng Lúa"
OLD = "Ủy ban nhân dân xã Đồng Cũ"
SEEN = date(2026, 12, 20)
PATH = "corpus/dia-phuong"


def entry(key: str, symbol: str, issued: date, title: str, **more: object) -> LedgerEntry:
    """A row of the register with what most rows share."""
    council = symbol.endswith("HĐND")
    usual: dict[str, object] = {
        "kind": "nghi_quyet" if council else "quyet_dinh", "issuer": COUNCIL if council else COMMITTEE,
        "normative": True, "level": "xa", "effective": issued, "state": "con_hieu_luc", "certain": True,
        "path": f"{PATH}/{key}.docx", "seen": SEEN,
    }  # fmt: skip
    return LedgerEntry(key=key, symbol=symbol, date=issued, title=title, **(usual | more))  # type: ignore[arg-type]


LEDGER = (
    entry("nq07", "07/2019/NQ-HĐND", date(2019, 12, 20), "Quy định mức hỗ trợ thu gom rác thải giai đoạn 2020 - 2025", field="Môi trường", state="het_hieu_luc_toan_bo", state_since=date(2026, 1, 1)),
    entry("qd05", "05/2018/QĐ-UBND", date(2018, 6, 11), "Ban hành Quy chế thực hiện dân chủ ở cơ sở", field="Tư pháp", state="het_hieu_luc_toan_bo", state_since=date(2026, 7, 10)),
    entry("qd02", "02/2014/QĐ-UBND", date(2014, 3, 3), "Ban hành Quy định quản lý nhà văn hóa thôn", field="Văn hóa", issuer=OLD, predecessor=True, state="het_hieu_luc_toan_bo", state_since=date(2024, 5, 1), state_reason="Được thay thế bằng Quyết định số 04/2024/QĐ-UBND", path=None, source="so_van_ban", source_name="so-van-ban-2014.xlsx, dòng 12"),
    entry("qd03", "03/2015/QĐ-UBND", date(2015, 4, 4), "Ban hành Quy định quản lý nghĩa trang", field="Môi trường", state="het_hieu_luc_toan_bo", state_since=date(2023, 2, 1), state_reason="Bị bãi bỏ", published=(Publication("15/QĐ-UBND", 2023),)),
    entry("qd09", "09/2016/QĐ-UBND", date(2016, 9, 9), "Ban hành Quy định phòng cháy, chữa cháy", field="Quốc phòng, an ninh", state="het_hieu_luc_toan_bo", state_since=date(2026, 3, 1), certain=False),
    entry("qd12", "12/2022/QĐ-UBND", date(2022, 8, 8), "Ban hành Quy định tiếp nhận hồ sơ tại bộ phận một cửa", field="Tư pháp", state="het_hieu_luc_mot_phan", state_since=date(2026, 6, 11)),
    entry("qd13", "13/2021/QĐ-UBND", date(2021, 8, 8), "Ban hành Quy định về đất công ích", field="Đất đai", state="het_hieu_luc_mot_phan", state_since=date(2025, 2, 1)),
    entry("qd14", "14/2023/QĐ-UBND", date(2023, 5, 5), "Ban hành Quy định thu phí chợ", field="Tài chính", state="tam_ngung", state_since=date(2026, 9, 1)),
    entry("nq01", "01/2024/NQ-HĐND", date(2024, 7, 1), "Quy định mức chi hòa giải ở cơ sở", field="Tài chính"),
    entry("qd31", "31/2026/QĐ-UBND", date(2026, 12, 5), "Ban hành Quy chế làm việc", field="Nội vụ", state="chua_hieu_luc", effective=date(2027, 1, 10)),
    entry("qd20", "20/2020/QĐ-UBND", date(2020, 1, 15), "Ban hành Quy định hỗ trợ hộ nghèo", state="con_hieu_luc", certain=False),
    entry("qd21", "21/2012/QĐ-UBND", date(2012, 2, 2), "Ban hành Quy ước văn hóa", issuer=OLD, predecessor=True, state="khong_ro", certain=False, effective=None),
    entry("qd22", "22/2017/QĐ-UBND", date(2017, 2, 2), "Về chế độ với ông Trần Mẫu", state="het_hieu_luc_toan_bo", state_since=date(2026, 2, 2), personal=True),
    entry("kh15", "15/KH-UBND", date(2026, 1, 25), "Cải cách hành chính năm 2026", kind="ke_hoach", normative=False),
)  # fmt: skip

CHANGES = {
    "nq07": (Change("expire", None, date(2026, 1, 1), None, seen=date(2026, 1, 1)),),
    "qd05": (Change("replace", None, date(2026, 7, 10), "Quyết định số 40/2026/QĐ-UBND ngày 30 tháng 6 năm 2026", "40/2026/QĐ-UBND", "art_2", seen=date(2026, 7, 10)),),
    "qd09": (Change("repeal", None, date(2026, 3, 1), "Quyết định số 41/2026/QĐ-UBND ngày 20 tháng 2 năm 2026", "41/2026/QĐ-UBND", "art_1", certain=False, seen=date(2026, 3, 1)),),
    "qd12": (Change("repeal", "art_2__cl_1", date(2026, 6, 11), "Quyết định số 09/2026/QĐ-UBND ngày 01 tháng 6 năm 2026", "09/2026/QĐ-UBND", "art_1", seen=date(2026, 6, 11)),
             Change("insert", "art_4a", date(2026, 6, 11), "Quyết định số 09/2026/QĐ-UBND ngày 01 tháng 6 năm 2026", "09/2026/QĐ-UBND", "art_2", seen=date(2026, 6, 11))),
    "qd13": (Change("amend", "art_3", date(2025, 2, 1), "Quyết định số 02/2025/QĐ-UBND ngày 15 tháng 01 năm 2025", "02/2025/QĐ-UBND", "art_1", seen=date(2025, 2, 1)),),
    "qd14": (Change("suspend", None, date(2026, 9, 1), "Quyết định số 44/2026/QĐ-UBND ngày 25 tháng 8 năm 2026", "44/2026/QĐ-UBND", "art_1", until=date(2027, 2, 28), seen=date(2026, 9, 1)),),
}  # fmt: skip


def finding(id: str, key: str, rule: str, proposal: str, message: str, **more: object) -> Finding:
    usual: dict[str, object] = {
        "severity": "cao", "places": (Place("art_2", 0, 10, 1, "nguyên văn"),), "certainty": "chac_chan",
        "legal_basis": "khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP",
        "evidence": (Evidence("31/2024/QH15", "art_10", None, "repeal", date(2025, 8, 1)),), "id": id,
    }  # fmt: skip
    return Finding(rule=rule, path=f"{PATH}/{key}.docx", proposal=proposal, message=message, **(usual | more))  # type: ignore[arg-type]


FINDINGS = (
    finding("f1", "qd12", "VD02", "sua_doi_bo_sung", "Điều 2 viện dẫn quy định đã hết hiệu lực từ ngày 01/8/2025."),
    finding("f2", "qd13", "HL04", "bai_bo_toan_bo", "Văn bản được quy định chi tiết đã hết hiệu lực."),
    finding("f3", "nq01", "CC01", "thay_the", "Căn cứ ban hành đã được thay thế."),
    finding("f4", "qd20", "VD01", "sua_doi_bo_sung", "Điều 2 viện dẫn văn bản đã được sửa đổi.", certainty="can_kiem_tra"),
    finding("f5", "qd20", "KH01", "ban_hanh_moi", "Luật giao Ủy ban nhân dân cấp xã quy định mức hỗ trợ nhưng chưa có văn bản."),
    finding("f6", "qd31", "TQ01", "tu_kiem_tra", "Điều 2 có dấu hiệu vượt thẩm quyền."),
    finding("f7", "qd21", "HL05", "bai_bo_toan_bo", "Văn bản của đơn vị hành chính trước sắp xếp chưa được xử lý."),
)  # fmt: skip


def decided(id: str, verdict: str = "dong_y", **more: object) -> Decision:
    usual: dict[str, object] = {"proposal": None, "reason": None, "note": None, "by": "công chức Mẫu", "at": "2026-12-18T08:00:00+00:00"}
    return Decision(finding=id, verdict=verdict, **(usual | more))  # type: ignore[arg-type]


DECISIONS = {
    "f1": decided("f1", unit="Văn phòng HĐND và UBND", due=date(2027, 3, 1)),
    "f2": decided("f2", "sua", proposal="bai_bo_toan_bo", text="Bãi bỏ toàn bộ Quyết định, không ban hành văn bản thay thế"),
    "f3": decided("f3"),
    "f5": decided("f5", unit="Phòng Kinh tế", due=date(2027, 6, 30)),
    "f6": decided("f6"),
    "f7": decided("f7"),
}  # fmt: skip

SETTINGS = OfficeSettings(
    units={"Tư pháp": "Văn phòng HĐND và UBND", "Đất đai": "Phòng Kinh tế", "Tài chính": "Phòng Kinh tế", "Môi trường": "Phòng Kinh tế"},
    place=None, signer="Người Ký Mẫu", aggregator="Sở Tư pháp tỉnh Mẫu",
)  # fmt: skip


def desk(**more: object) -> Desk:
    usual: dict[str, object] = {
        "as_of": date(2026, 12, 21), "unit": UNIT, "findings": FINDINGS, "ledger": LEDGER,
        "keys": {f"{PATH}/{e.key}.docx": e.key for e in LEDGER}, "decisions": DECISIONS, "settings": SETTINGS,
        "opinions": (Opinion("qd12", "Phòng Kinh tế", date(2026, 12, 1), date(2026, 12, 11), date(2026, 12, 9), "dong_y"),),
        "conclusions": (Conclusion("qd31", "Sở Tư pháp tỉnh Mẫu", "12/KL-STP", date(2026, 12, 15), "Bãi bỏ Điều 2"),),
        "requests": (ReviewRequest("1", "Ông Lê Mẫu", date(2026, 12, 2), "qd12", "Điều 2 không còn phù hợp"),),
        "self_checks": {"qd31": SelfCheck("qd31", done=date(2026, 12, 12), unlawful=True)},
    }  # fmt: skip
    return Desk(**(usual | more))  # type: ignore[arg-type]


def material(**more: object) -> Material:
    return Material(**({"desk": desk(), "year": 2026, "changes": CHANGES} | more))  # type: ignore[arg-type]
