"""The words that an officer reads for severities, certainties and proposals (docs/contract.md)."""

from __future__ import annotations

SEVERITY_WORDS = {"cao": "cao", "trung_binh": "trung bình", "thap": "thấp", "thong_tin": "thông tin"}
CERTAINTY_WORDS = {"chac_chan": "Có căn cứ rõ", "can_kiem_tra": "Cần xác minh", "goi_y": "Gợi ý"}
PROPOSAL_WORDS = {
    "bai_bo_toan_bo": "Bãi bỏ toàn bộ", "bai_bo_mot_phan": "Bãi bỏ một phần", "thay_the": "Thay thế",
    "sua_doi_bo_sung": "Sửa đổi, bổ sung", "ban_hanh_moi": "Ban hành mới",
    "ban_hanh_moi_va_bai_bo": "Ban hành văn bản mới và bãi bỏ văn bản này", "tam_ngung": "Tạm ngưng hiệu lực",
    "cong_bo_het_hieu_luc": "Công bố hết hiệu lực", "cong_bo_tiep_tuc": "Công bố tiếp tục có hiệu lực",
    "dua_vao_danh_muc": "Đưa vào danh mục công bố hằng năm", "dinh_chinh": "Đính chính",
    "tu_kiem_tra": "Tự kiểm tra, xử lý", "kien_nghi_kiem_tra": "Kiến nghị kiểm tra", "giu_nguyen": "Giữ nguyên",
    "xem_xet": "Đề nghị nghiên cứu, xem xét", "chua_xac_dinh": "Chưa xác định",
}  # fmt: skip
