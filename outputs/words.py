"""Official Vietnamese words for the vocabularies of the contract: what the officer reads in their place.

Proposals are the forms of handling of NĐ 79/2025 Art. 38 and the check chapters; certainties and
proposals are worded as docs/contract.md has them. Every output takes its words from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.model import Document, Masthead
from corpus.symbols import KIND_NAMES, key, kind_of, spoken
from corpus.words import date_short, date_words, provision_words

__all__ = [
    "CERTAINTIES", "CERTAINTY_NOTES", "EFFECTS", "FAMILIES", "KIND_NAMES", "NOTED", "OUTCOMES", "PROPOSALS",
    "SEVERITIES", "SIDES", "STATES", "act_words", "date_short", "date_words", "document_name", "family_of", "kind_name",
    "printable", "provision_words", "rule_name", "shorten", "source_words",
]  # fmt: skip

PROPOSALS = {
    "bai_bo_toan_bo": "Bãi bỏ toàn bộ",
    "bai_bo_mot_phan": "Bãi bỏ một phần",
    "thay_the": "Thay thế",
    "sua_doi_bo_sung": "Sửa đổi, bổ sung",
    "ban_hanh_moi": "Ban hành mới",
    "ban_hanh_moi_va_bai_bo": "Ban hành văn bản mới và bãi bỏ văn bản này",
    "tam_ngung": "Tạm ngưng hiệu lực",
    "cong_bo_het_hieu_luc": "Công bố hết hiệu lực",
    "cong_bo_tiep_tuc": "Công bố tiếp tục có hiệu lực",
    "dua_vao_danh_muc": "Đưa vào danh mục công bố hằng năm",
    "dinh_chinh": "Đính chính",
    "tu_kiem_tra": "Tự kiểm tra, xử lý",
    "kien_nghi_kiem_tra": "Kiến nghị kiểm tra",
    "giu_nguyen": "Giữ nguyên",
    "xem_xet": "Đề nghị nghiên cứu, xem xét",
    "chua_xac_dinh": "Chưa xác định",
}
CERTAINTIES = {"chac_chan": "Có căn cứ rõ", "can_kiem_tra": "Cần xác minh", "goi_y": "Gợi ý"}
CERTAINTY_NOTES = {
    "chac_chan": "suy ra từ văn bản hoặc dữ kiện có nguồn, nêu ngay tại phát hiện",
    "can_kiem_tra": "văn bản có nêu, nhưng một dữ kiện còn thiếu hoặc chưa được xác minh",
    "goi_y": "dựa vào sự tương đồng hoặc cách diễn đạt; cần người đọc đối chiếu hai văn bản",
}
SEVERITIES = {"cao": "Cao", "trung_binh": "Trung bình", "thap": "Thấp", "thong_tin": "Thông tin"}
CENTRAL_STALE_DAYS = 30
"""A pile of central texts whose newest is older than this is told: silence must be seen."""
STATES = {"new": "Mới", "unchanged": "Không đổi", "updated": "Có thay đổi", "reopened": "Phát sinh lại"}
OUTCOMES = {
    "ok": "Đã đọc",
    "no_text_layer": "Bản quét, chưa đọc được chữ",
    "encrypted": "Tệp có mật khẩu",
    "too_large": "Tệp quá lớn",
    "timeout": "Quá thời gian đọc",
    "crashed": "Lỗi khi đọc",
    "not_supported": "Định dạng chưa được hỗ trợ",
    "damaged": "Tệp hỏng hoặc không có nội dung",
    "restricted": "Có dấu chỉ độ mật, không xử lý",
}
NOTED = "Đã đọc, cần chú ý"
SOURCES = {
    "van_ban": "đọc trong văn bản",
    "vbpl": "trang vbpl.vn",
    "phap_dien": "Bộ pháp điển",
    "trich_dan": "theo văn bản viện dẫn",
    "chua_ro": "nguồn thứ cấp, nên đối chiếu lại",
}
EFFECTS = {
    "commence": "có hiệu lực",
    "expire": "hết hiệu lực",
    "repeal": "bãi bỏ",
    "replace": "thay thế",
    "amend": "sửa đổi, bổ sung",
    "insert": "bổ sung",
    "substitute": "thay cụm từ",
    "insert_text": "bổ sung cụm từ",
    "delete_text": "bỏ cụm từ",
    "suspend": "tạm ngưng hiệu lực",
    "extend": "kéo dài thời hạn",
    "declare_expired": "công bố hết hiệu lực",
    "declare_continuing": "công bố tiếp tục có hiệu lực",
    "correct": "đính chính",
    "implement": "quy định chi tiết, hướng dẫn thi hành",
    "delegate": "giao quy định",
    "transition": "quy định chuyển tiếp",
}
FAMILIES = {
    "CC": "Căn cứ ban hành",
    "VD": "Viện dẫn",
    "HL": "Hiệu lực của văn bản",
    "TQ": "Thẩm quyền",
    "MT": "Mâu thuẫn về nội dung",
    "TN": "Tên gọi, cơ quan, địa danh",
    "TT": "Thể thức, kỹ thuật trình bày",
    "TL": "Trùng lặp",
    "KH": "Khoảng trống pháp luật",
}
SIDES = {True: "Văn bản quy phạm pháp luật", False: "Văn bản hành chính", None: "Chưa xác định loại"}

# Control characters break XML and sheets; marks that turn the writing direction can make a quotation lie;
# surrogates and non-characters cannot be written as UTF-8 or XML.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def printable(text: str) -> str:
    """`text` without characters that no page, sheet or form may carry."""
    return _UNPRINTABLE.sub("", text)


def shorten(text: str, length: int) -> str:
    """`text` on one line, cut at a word so that it has at most `length` characters and an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def family_of(rule: str) -> str:
    """Family of a rule code (or its letters) in words, those of the office's own rules included."""
    letters = rule.rstrip("0123456789")
    return FAMILIES.get(letters) or f"Quy tắc riêng ({letters})"


def rule_name(code: str) -> str:
    """Name of a rule as the catalogue has it, its family's name where the catalogue has not the code."""
    from rules.catalogue import by_code

    try:
        return by_code(code).name
    except KeyError:
        return family_of(code)


def kind_name(head: Masthead | None) -> str:
    """Kind of a document in words, "Văn bản" where it is not known."""
    if head is None:
        return "Văn bản"
    kind = head.kind or (kind_of(head.symbol) if head.symbol else None)
    return KIND_NAMES.get(kind or "", "Văn bản")


def document_name(document: Document | None, path: str) -> str:
    """ "Quyết định số 12/2024/QĐ-UBND ngày 14 tháng 5 năm 2024"; the file's name where there is no symbol."""
    head = document.masthead if document else None
    if head is None:
        return path.rsplit("/", 1)[-1]
    if head.symbol:
        name = f"{kind_name(head)} số {head.symbol}"
    elif head.kind:
        name = f"{kind_name(head)} (chưa rõ số)"
    else:
        name = path.rsplit("/", 1)[-1]
    return f"{name} {date_words(head.date)}" if head.date else name


def act_words(symbol: str | None, provision: str | None = None, kinds: Mapping[str, str] | None = None) -> str:
    """ "khoản 2 Điều 60 Nghị định số 79/2025/NĐ-CP"; "" where neither is known.

    `kinds` (`Run.kinds`) tells a law from a resolution of the National Assembly, whose numbers look alike.
    """
    parts = [provision_words(provision)] if provision else []
    if symbol:
        parts.append(spoken(symbol, (kinds or {}).get(key(symbol))))
    return " ".join(parts)


def source_words(source: str | None) -> str | None:
    """Where a fact comes from, for the officer: "danh mục (chua_ro: 64/2025/QH15)" → its words.

    >>> source_words("danh mục (phap_dien: Đất đai)")
    'danh mục kèm theo chương trình (Bộ pháp điển: Đất đai)'
    """
    match = re.fullmatch(r"danh mục \((\w+)(?:: (.*))?\)", source or "")
    if not match:
        return source
    kind = SOURCES.get(match[1], match[1])
    return f"danh mục kèm theo chương trình ({kind}{': ' + match[2] if match[2] else ''})"
