"""Who issued the document that is cited: the body behind "của", and no word of the title or sentence after it."""

from __future__ import annotations

import pytest

from corpus.model import Masthead, Outline, Text, TextLine
from corpus.register import NothingKnown
from extractors.citations import cite

CASES = [
    ("Nghị định số 1/2020/NĐ-CP của Chính phủ về chợ", "Chính phủ"),
    ("Thông tư số 1/2020/TT-BTC của Bộ trưởng Bộ Tài chính hướng dẫn", "Bộ trưởng Bộ Tài chính"),
    ("Thông tư số 1/2020/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch, quy định",
     "Bộ Văn hóa, Thể thao và Du lịch"),
    ("Quyết định số 1/QĐ-UBND ngày 1/2/2024 của UBND tỉnh Sơn Vân về chợ", "UBND tỉnh Sơn Vân"),
    ("Quyết định số 1/QĐ-UBND của Chủ tịch Ủy ban nhân dân quận 5 phê duyệt",
     "Chủ tịch Ủy ban nhân dân quận 5"),
    ("Quyết định số 1/QĐ-UBND của UBND tỉnh\n1. Bổ sung Điều 6a", "UBND tỉnh"),
    ("Quyết định số 1/QĐ-UBND của UBND tỉnh Thành lập trạm y tế", "UBND tỉnh"),
    ("Quyết định số 1/QĐ-UBND của UBND huyện\nVĩnh Lộc, về chợ", "UBND huyện Vĩnh Lộc"),
    ("BÃI BỎ QUYẾT ĐỊNH SỐ 1/QĐ-UBND NGÀY 1/2/2024 CỦA UBND TỈNH SƠN VÂN VỀ CHỢ", "UBND tỉnh Sơn Vân"),
    ("BÃI BỎ NGHỊ QUYẾT SỐ 1/2020/NQ-HĐND CỦA HỘI ĐỒNG NHÂN DÂN XÃ SƠN VÂN QUY ĐỊNH MỨC CHI",
     "Hội đồng nhân dân xã Sơn Vân"),
    ("SỬA ĐỔI QUYẾT ĐỊNH SỐ 1/QĐ-UBND CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH VỀ CHỢ", "Chủ tịch Ủy ban nhân dân tỉnh"),
    ("THỰC HIỆN CHỈ THỊ SỐ 1/CT-TTG CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ CHỢ", "Thủ tướng Chính phủ"),
    ("SỬA ĐỔI THÔNG TƯ SỐ 1/2020/TT-BNV CỦA BỘ TRƯỞNG BỘ NỘI VỤ", "Bộ trưởng Bộ Nội vụ"),
    ("Quyết định số 1/QĐ-UBND ngày 1/2/2024 của của UBND tỉnh Sơn Vân về chợ", "UBND tỉnh Sơn Vân"),
    ("Kết luận số 1-KL/TU của Ban Thường vụ Tỉnh ủy về chợ", "Ban Thường vụ Tỉnh ủy"),
    ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 1/TTr-SNV", "Sở Nội vụ"),
    ("các Thông tư của Bộ trưởng Bộ Tư pháp: số 1/2020/TT-BTP", "Bộ trưởng Bộ Tư pháp"),
    ("Nghị định số 1/2020/NĐ-CP", "Chính phủ"),
    ("Quyết định số 1/QĐ-UBND của Nghị định số 2/2020/NĐ-CP", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "issuer"), CASES)
def test_issuer(sentence: str, issuer: str | None) -> None:
    text = Text(sentence, (TextLine(0, len(sentence)),))
    first = cite(text, Masthead(symbol="9/2025/NĐ-CP", kind="nghi_dinh"), Outline(()), NothingKnown())[0]
    assert first.targets[0].issuer == issuer
