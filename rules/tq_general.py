"""TQ05: general rules in a document that is not issued as a normative one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import symbols
from corpus.model import Document, Finding
from corpus.text import tone_key
from rules.base import Context, finding, place, rule
from rules.norms import clauses, plain
from rules.own_text import foreign

ART_7 = "Điều 7 Nghị định số 79/2025/NĐ-CP"
_LEVY = r"(?:đơn giá|bảng giá|khung giá|giá|mức thu|hạn mức|mức học phí)"
_SETS = re.compile(
    rf"(?:quy định|ban hành)(?: về| cụ thể| mức| các mức| các| chi tiết)? {_LEVY}"
    r"(?! (?:khởi điểm|gói thầu|trúng|trị|dự toán))"
)
_ONE_CASE = re.compile(
    r"(?:theo|căn cứ|thực hiện) (?:các )?quy định|phê duyệt|công bố|dự toán"
    r"|(?<!\w)(?:ông|bà|gói thầu|lô đất|thửa đất số)(?!\w)"
)


@rule("TQ05", "Đặt quy tắc chung trong văn bản không phải văn bản quy phạm pháp luật", "trung_binh", ART_7,
      "tu_kiem_tra")  # fmt: skip
def tq05(document: Document, context: Context) -> Iterator[Finding]:
    """General rules in a document that is not issued as a normative one.

    Tìm: quyết định, nghị quyết hành chính (số không có năm) đặt giá, mức thu, hạn mức áp dụng chung trên địa bàn.
    Việc nội bộ của cơ quan, việc của một người, một dự án, giá phê duyệt hoặc công bố không tính.
    Căn cứ: Điều 7 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 15/3/2022
    Có phát hiện: Số: 45/QĐ-UBND / Điều 1. Quy định đơn giá bồi thường cây trồng trên địa bàn xã là 50.000 đồng/m2.
    Không phát hiện: Số: 45/2022/QĐ-UBND / Điều 1. Quy định đơn giá bồi thường cây trồng trên địa bàn xã là 50.000
    đồng/m2.
    Kiến nghị: tự kiểm tra, xử lý.
    """
    head = document.masthead
    if head is None or head.normative or head.kind not in ("quyet_dinh", "nghi_quyet") or not head.symbol:
        return
    parts = symbols.parse(head.symbol)
    if parts is None or parts.year is not None or not symbols.is_local(head.symbol):
        return
    if _ONE_CASE.search(tone_key(head.title or "")):
        return
    for clause in clauses(document):
        key = plain(clause.text)[:160]
        match = _SETS.search(key)
        if match is None or _ONE_CASE.search(key):
            continue
        if foreign(document, clause.start):
            continue
        yield finding(
            ("TQ05", "trung_binh", ART_7), document, [place(document, clause.start, clause.end)],
            f"Văn bản số {head.symbol} không được ban hành dưới hình thức văn bản quy phạm pháp luật nhưng đặt quy tắc "
            f"áp dụng chung (“{match[0]}”); có dấu hiệu không đúng hình thức tại thời điểm ban hành.",
            certainty="can_kiem_tra", proposal="tu_kiem_tra",
        )  # fmt: skip
        return
