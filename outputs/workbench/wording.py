"""Vietnamese words of the page for the values of its filters."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.office.decisions import VERDICTS
from outputs import words

FACET_NAMES: Mapping[str, str] = {
    "loai": "Loại", "xu_ly": "Quyết định", "nhom": "Nhóm quy tắc", "muc_do": "Mức độ", "do_chac": "Độ chắc chắn",
    "tinh_trang": "So với lượt trước", "don_vi": "Đơn vị chủ trì", "linh_vuc": "Lĩnh vực", "quy_tac": "Quy tắc",
    "van_ban": "Văn bản", "nguyen_nhan": "Nguyên nhân",
}  # fmt: skip

STANDINGS: Mapping[str, str] = {
    "mo": "Cần quyết định", "chua": "Chưa quyết định", "hoi_lai": "Cần xem lại", "dong_y": VERDICTS["dong_y"],
    "sua": VERDICTS["sua"], "khong_dong_y": VERDICTS["khong_dong_y"], "hoan": VERDICTS["hoan"],
    "chua_xac_dinh": VERDICTS["chua_xac_dinh"], "da_xu_ly": "Đã xử lý bằng văn bản",
}  # fmt: skip

VALUE_NAMES: Mapping[str, Mapping[str, str]] = {
    "loai": {
        "can_xu_ly": "Cần xử lý", "ghi_nhan": "Ghi nhận khác", "truoc_sap_xep": "Văn bản trước sắp xếp",
        "chua_xac_minh": "Viện dẫn chưa xác minh",
    },
    "xu_ly": STANDINGS, "nhom": words.FAMILIES, "muc_do": words.SEVERITIES, "do_chac": words.CERTAINTIES,
    "tinh_trang": words.STATES, "don_vi": {"": "Chưa giao"}, "linh_vuc": {"": "Chưa xếp"},
}  # fmt: skip


def days_left(days: int) -> str:
    """ "còn 12 ngày", "hôm nay", "quá hạn 3 ngày"."""
    if days == 0:
        return "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"
