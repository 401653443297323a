"""A run of a commune that does not exist: seven documents, findings of many rules, one file not read.

Written for the tests of the outputs; the documents hold just enough text for every quotation.
"""

# A finding reads as one row, however long.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.model import (
    Document,
    Effect,
    Evidence,
    Finding,
    Masthead,
    Place,
    Provision,
    Run,
    Target,
    TextLine,
    UnreadFile,
)

UNIT = "Ủy ban nhân dân xã Đồng Lúa"
LOCAL, CENTRAL = "corpus/dia-phuong", "corpus/trung-uong"


def document(path: str, text: str, *, pages: int = 1, units: tuple[tuple[str, str], ...] = (), **head: object) -> Document:
    """A document whose provisions begin at the given words and end where the next begins."""
    starts = [(unit, text.index(words)) for unit, words in units]
    ends = [*(start for _, start in starts[1:]), len(text)][: len(starts)]
    provisions = tuple(
        Provision(unit, "dieu" if "__" not in unit else "khoan", None, None, start, end)
        for (unit, start), end in zip(starts, ends, strict=True)
    )
    lines, at = [], 0
    rows = text.split("\n")
    for i, row in enumerate(rows):
        lines.append(TextLine(at, at + len(row), page=1 + i * pages // len(rows)))
        at += len(row) + 1
    return Document(path, "ok", masthead=Masthead(**head), text=text, lines=tuple(lines), provisions=provisions)  # type: ignore[arg-type]


def place(source: Document, quote: str, provision: str | None = None, nth: int = 0) -> Place:
    """The place of the `nth` occurrence of `quote`."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(quote, start + 1)
    return Place(provision, start, start + len(quote), source.page_at(start), quote)


QC = document(
    f"{LOCAL}/QD-03-2023-quy-che-cho.docx",
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG LÚA\nQUYẾT ĐỊNH\nBan hành Quy chế quản lý chợ Đồng Lúa\n"
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
    "Căn cứ Nghị định số 02/2003/NĐ-CP ngày 14 tháng 01 năm 2003 của Chính phủ về phát triển và quản lý chợ;\n"
    "Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý chợ Đồng Lúa.\n"
    "Điều 2. Hộ kinh doanh nộp hồ sơ tại Phòng Kinh tế và Hạ tầng huyện trước ngày 15 hằng tháng.\n"
    "1. Mức thu thực hiện theo khoản 2 Điều 5 Nghị định số 02/2003/NĐ-CP.\n"
    "2. Việc xử lý vi phạm thực hiện theo quy định tại Nghị định số 02/2003/NĐ-CP; hộ kinh doanh chịu trách nhiệm về phòng cháy.\n"
    "Điều 3. Phòng Kinh tế và Hạ tầng huyện hướng dẫn, kiểm tra việc thực hiện Quy chế.\n"
    "Điều 4. Quyết định này có hiệu lực kể từ ngày ký.",
    pages=3,
    units=(("art_1", "Điều 1."), ("art_2", "Điều 2."), ("art_2__cl_1", "1. Mức thu"), ("art_2__cl_2", "2. Việc xử lý"),
           ("art_3", "Điều 3."), ("art_4", "Điều 4.")),
    symbol="03/2023/QĐ-UBND", kind="quyet_dinh", issuer=UNIT, level="xa", date=date(2023, 3, 9),
    effective=date(2023, 3, 9), title="Ban hành Quy chế quản lý chợ Đồng Lúa", signer="Người Ký Mẫu", normative=True,
)  # fmt: skip
NQ = document(
    f"{LOCAL}/NQ-07-2019.pdf",
    "HỘI ĐỒNG NHÂN DÂN\nXÃ ĐỒNG LÚA\nNGHỊ QUYẾT\nVề mức hỗ trợ thu gom rác thải giai đoạn 2020 - 2022\n"
    "Điều 1. Hỗ trợ 200.000 đồng/tháng cho mỗi tổ thu gom; tổng kinh phí hỗ trợ là 250.000 đồng/tháng.\n"
    "Điều 2. Nghị quyết này áp dụng trong giai đoạn 2020 - 2022.",
    units=(("art_1", "Điều 1."), ("art_2", "Điều 2.")),
    symbol="07/2019/NQ-HĐND", kind="nghi_quyet", issuer="Hội đồng nhân dân xã Đồng Lúa", level="xa",
    date=date(2019, 12, 20), title="Về mức hỗ trợ thu gom rác thải giai đoạn 2020 - 2022", normative=True,
)  # fmt: skip
CHO = document(
    f"{LOCAL}/QD-11-2021.docx",
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG LÚA\nQUYẾT ĐỊNH\nBan hành Quy định về nghĩa trang nhân dân\n"
    "Điều 1. Phạm vi điều chỉnh.\nĐiều 2. Diện tích mộ tối đa là 5 m2.\n1. Thời hạn sử dụng đất là 20 năm.",
    units=(("art_1", "Điều 1."), ("art_2", "Điều 2."), ("art_2__cl_1", "1. Thời hạn")),
    symbol="11/2021/QĐ-UBND", kind="quyet_dinh", issuer=UNIT, level="xa", date=date(2021, 8, 2),
    title="Ban hành Quy định về nghĩa trang nhân dân", normative=True,
)  # fmt: skip
OLD = document(
    f"{LOCAL}/cu/CT-02-2012.txt",
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG CŨ\nCHỈ THỊ\nVề tăng cường quản lý vũ khí thô sơ\n"
    "Ban Công an xã kiểm tra, lập danh sách trước ngày 30/6/2012. Xuất trình Chứng minh nhân dân khi kê khai.",
    symbol="02/2012/CT-UBND", kind="chi_thi", issuer="Ủy ban nhân dân xã Đồng Cũ", level="xa", date=date(2012, 5, 4),
    title="Về tăng cường quản lý vũ khí thô sơ", normative=True,
)  # fmt: skip
KH = document(
    f"{LOCAL}/KH-15-cchc.docx",
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG LÚA\nKẾ HOẠCH\nCải cách hành chính năm 2024\n"
    "Căn cứ Quyết định số 06/QĐ-TTg ngày 06 tháng 01 năm 2021;\nI. MỤC TIÊU\n1. Tối thiểu 80% hồ sơ đúng hạn.\n"
    "II. NHIỆM VỤ\n1. Rà soát thủ tục.\n2. Đào tạo.\n2.1. Phòng Nội vụ huyện tập huấn cho công chức.",
    units=(("out_I", "I. MỤC TIÊU"), ("out_I__1", "1. Tối thiểu"), ("out_II", "II. NHIỆM VỤ"), ("out_II__1", "1. Rà soát"),
           ("out_II__2", "2. Đào tạo"), ("out_II__2__2.1", "2.1. Phòng")),
    symbol="15/KH-UBND", kind="ke_hoach", issuer=UNIT, level="xa", date=date(2024, 1, 25),
    title="Cải cách hành chính năm 2024", normative=False,
)  # fmt: skip
DRAFT = document(
    f"{LOCAL}/du-thao.txt", "DỰ THẢO\nQUYẾT ĐỊNH\nVề việc thành lập Tổ công tác", kind="quyet_dinh",
    title="Về việc thành lập Tổ công tác", level=None, normative=False,
)  # fmt: skip
CLEAN = document(
    f"{LOCAL}/QD-20-2026.docx", "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG LÚA\nQUYẾT ĐỊNH\nBan hành Quy chế làm việc\nĐiều 1. Phạm vi.",
    units=(("art_1", "Điều 1."),), symbol="20/2026/QĐ-UBND", kind="quyet_dinh", issuer=UNIT, level="xa",
    date=date(2026, 4, 1), title="Ban hành Quy chế làm việc", normative=True,
)  # fmt: skip
LATER = document(
    f"{LOCAL}/QD-09-2026.docx",
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG LÚA\nQUYẾT ĐỊNH\nSửa đổi, bổ sung một số điều của Quy định về nghĩa trang nhân dân\n"
    "Điều 1. Bãi bỏ khoản 1 Điều 2 Quy định ban hành kèm theo Quyết định số 11/2021/QĐ-UBND.",
    units=(("art_1", "Điều 1."),), symbol="09/2026/QĐ-UBND", kind="quyet_dinh", issuer=UNIT, level="xa",
    date=date(2026, 6, 1), title="Sửa đổi, bổ sung một số điều của Quy định về nghĩa trang nhân dân", normative=True,
)  # fmt: skip
LATER = replace(LATER, effects=(Effect(
    "repeal", "art_1", LATER.text.index("Bãi bỏ khoản"), len(LATER.text),
    Target("11/2021/QĐ-UBND", "quyet_dinh", provision="art_2__cl_1"), date(2026, 6, 11)),))  # fmt: skip
LAW = document(
    f"{CENTRAL}/luat-mau.txt",
    "LUẬT\nVí dụ về chợ\nĐiều 9. Trách nhiệm của Ủy ban nhân dân cấp xã\n1. Ủy ban nhân dân cấp xã ban hành nội quy chợ.",
    units=(("art_9", "Điều 9."), ("art_9__cl_1", "1. Ủy ban")), symbol="999/2026/QH15", kind="luat", issuer="Quốc hội",
    level="trung_uong", date=date(2026, 5, 20), title="Ví dụ về chợ", normative=True,
)  # fmt: skip

DOCUMENTS = (QC, NQ, CHO, OLD, KH, DRAFT, CLEAN, LATER, LAW)

ART_39_2 = "khoản 2 Điều 39 Nghị định số 79/2025/NĐ-CP"
ART_39_3 = "khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP"
ART_39_4 = "khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP"
MARKETS = Evidence("60/2024/NĐ-CP", "art_24__cl_2", "Nghị định này thay thế Nghị định số 02/2003/NĐ-CP", "replace", date(2024, 8, 1))
CITED = "Nghị định số 02/2003/NĐ-CP"


def finding(id: str, rule: str, severity: str, source: Document, places: tuple[Place, ...], message: str, basis: str,
            proposal: str, certainty: str, **more: object) -> Finding:  # fmt: skip
    return Finding(rule, severity, source.path, places, message, basis, proposal, certainty, id=id, **more)  # type: ignore[arg-type]


FINDINGS = (
    finding("a01", "CC01", "cao", QC, (place(QC, f"{CITED} ngày 14 tháng 01 năm 2003"),),
            "Căn cứ Nghị định số 02/2003/NĐ-CP đã hết hiệu lực toàn bộ từ ngày 01/8/2024, được thay thế bởi Nghị định số 60/2024/NĐ-CP.",
            ART_39_2, "thay_the", "chac_chan", target_symbol="02/2003/NĐ-CP", evidence=(MARKETS,), state="unchanged"),
    finding("a02", "CC01", "thap", QC, (place(QC, "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"),),
            "Căn cứ về thẩm quyền đã được thay thế; sửa cùng lần sửa đổi văn bản tới.", ART_39_2, "giu_nguyen", "chac_chan",
            target_symbol="77/2015/QH13", evidence=(Evidence("72/2025/QH15", None, None, "replace", date(2025, 7, 1)),), state="unchanged"),
    finding("a03", "VD01", "cao", QC,
            (place(QC, f"khoản 2 Điều 5 {CITED}", "art_2__cl_1"), place(QC, CITED, "art_2__cl_2", nth=2)),
            "Viện dẫn Nghị định số 02/2003/NĐ-CP, văn bản đã hết hiệu lực toàn bộ từ ngày 01/8/2024.", ART_39_3,
            "sua_doi_bo_sung", "chac_chan", target_symbol="02/2003/NĐ-CP", target_provision="art_5__cl_2", evidence=(MARKETS,), state="new"),
    finding("a04", "TN01", "cao", QC,
            (place(QC, "Phòng Kinh tế và Hạ tầng huyện", "art_2"), place(QC, "Phòng Kinh tế và Hạ tầng huyện", "art_3", nth=1)),
            "Giao nhiệm vụ cho Phòng Kinh tế và Hạ tầng huyện; cấp huyện đã kết thúc hoạt động từ ngày 01/7/2025.",
            ART_39_4, "xem_xet", "can_kiem_tra", target_symbol="72/2025/QH15",
            evidence=(Evidence("72/2025/QH15", "art_1", "Đơn vị hành chính gồm cấp tỉnh và cấp xã", "repeal", date(2025, 7, 1),
                               "danh mục thay đổi tổ chức"),), state="updated"),
    finding("a05", "HL03", "trung_binh", QC, (place(QC, "có hiệu lực kể từ ngày ký", "art_4"),),
            "Ngày có hiệu lực sớm hơn 07 ngày kể từ ngày ký; có dấu hiệu trái quy định tại thời điểm ban hành.",
            "khoản 1 Điều 151 Luật số 80/2015/QH13", "tu_kiem_tra", "can_kiem_tra", state="unchanged"),
    finding("a06", "VD05", "thong_tin", QC, (place(QC, "phòng cháy", "art_2__cl_2"),),
            "Chưa xác minh được hiệu lực của văn bản được viện dẫn.", "–", "xem_xet", "goi_y", state="unchanged"),
    finding("a07", "MT01", "cao", QC, (place(QC, "trước ngày 15 hằng tháng", "art_2"),),
            "Thời hạn nộp hồ sơ khác với thời hạn tại khoản 1 Điều 9.", ART_39_4, "sua_doi_bo_sung", "goi_y", state="reopened"),
    finding("b01", "HL01", "cao", NQ, (place(NQ, "giai đoạn 2020 - 2022", "art_2", nth=1),),
            "Văn bản quy định áp dụng trong giai đoạn 2020 - 2022; thời hạn này đã hết từ ngày 01/01/2023.",
            "khoản 1 Điều 57 Luật số 64/2025/QH15", "dua_vao_danh_muc", "chac_chan",
            evidence=(Evidence("07/2019/NQ-HĐND", "art_2", "áp dụng trong giai đoạn 2020 - 2022", "expire", date(2023, 1, 1)),), state="unchanged"),
    finding("b02", "MT05", "trung_binh", NQ, (place(NQ, "200.000 đồng/tháng", "art_1"), place(NQ, "250.000 đồng/tháng", "art_1")),
            "Hai mức hỗ trợ trong cùng một điều không thống nhất.", "–", "xem_xet", "can_kiem_tra", folded=True, state="unchanged"),
    finding("b03", "TT03", "thap", NQ, (place(NQ, "Điều 2.", "art_2"),), "Đánh số điều không liên tục.",
            "Nghị định số 78/2025/NĐ-CP", "dinh_chinh", "can_kiem_tra", folded=True, state="unchanged"),
    finding("c01", "HL02", "cao", CHO, (place(CHO, "Ban hành Quy định về nghĩa trang nhân dân"),),
            "Khoản 1 Điều 2 bị bãi bỏ bởi Quyết định số 09/2026/QĐ-UBND từ ngày 11/6/2026.",
            "khoản 1 Điều 39 Nghị định số 79/2025/NĐ-CP", "dua_vao_danh_muc", "chac_chan", target_symbol="09/2026/QĐ-UBND",
            evidence=(Evidence("09/2026/QĐ-UBND", "art_1", "Bãi bỏ khoản 1 Điều 2 Quy định", "repeal", date(2026, 6, 11)),), state="new"),
    finding("c02", "MT01", "cao", CHO, (place(CHO, "Diện tích mộ tối đa là 5 m2", "art_2"),),
            "Mức tối đa 5 m2 khác mức tối đa 3 m2 của văn bản cấp trên có hiệu lực sau.", ART_39_4, "sua_doi_bo_sung",
            "can_kiem_tra", state="unchanged"),
    finding("c03", "TT02", "thap", CHO, (place(CHO, "Ban hành Quy định về nghĩa trang nhân dân"),), "Thiếu nơi nhận.",
            "Nghị định số 78/2025/NĐ-CP", "dinh_chinh", "can_kiem_tra", state="unchanged"),
    finding("d01", "HL05", "thong_tin", OLD, (place(OLD, "XÃ ĐỒNG CŨ"),),
            "Do Ủy ban nhân dân xã Đồng Cũ ban hành; xã này đã sáp nhập vào xã Đồng Lúa từ ngày 01/7/2025.",
            "khoản 2 Điều 54 Luật số 64/2025/QH15", "xem_xet", "chac_chan", state="unchanged"),
    finding("d02", "HL04", "cao", OLD, (place(OLD, "Về tăng cường quản lý vũ khí thô sơ"),),
            "Văn bản được quy định chi tiết đã hết hiệu lực từ ngày 01/7/2018.", "khoản 4 Điều 154 Luật số 80/2015/QH13",
            "dua_vao_danh_muc", "can_kiem_tra", target_symbol="16/2011/UBTVQH12",
            evidence=(Evidence("14/2017/QH14", "art_76", None, "repeal", date(2018, 7, 1), "danh mục văn bản"),), state="unchanged"),
    finding("d03", "TN01", "cao", OLD, (place(OLD, "Ban Công an xã"),), "Ban Công an xã không còn.", ART_39_4, "xem_xet",
            "can_kiem_tra", state="unchanged"),
    finding("d04", "TN03", "trung_binh", OLD, (place(OLD, "Chứng minh nhân dân"),),
            "Chứng minh nhân dân hết giá trị sử dụng từ ngày 01/01/2025.", "khoản 2 Điều 46 Luật số 26/2023/QH15",
            "sua_doi_bo_sung", "chac_chan", state="unchanged"),
    finding("e01", "HL01", "thong_tin", KH, (place(KH, "năm 2024"),), "Năm thực hiện kế hoạch đã qua.",
            "khoản 1 Điều 57 Luật số 64/2025/QH15", "dua_vao_danh_muc", "chac_chan", state="unchanged"),
    finding("e02", "VD04", "trung_binh", KH, (place(KH, "Quyết định số 06/QĐ-TTg ngày 06 tháng 01 năm 2021"),),
            "Ngày ghi trong văn bản không khớp: Quyết định số 06/QĐ-TTg ban hành ngày 06/01/2022.",
            "Điều 62 Nghị định số 78/2025/NĐ-CP", "dinh_chinh", "can_kiem_tra", folded=True, state="unchanged"),
    finding("e03", "TN01", "cao", KH, (place(KH, "Phòng Nội vụ huyện", "out_II__2__2.1"),), "Phòng Nội vụ huyện không còn.",
            ART_39_4, "xem_xet", "chac_chan", folded=True, state="unchanged"),
    finding("e04", "VD05", "thong_tin", KH, (place(KH, "Quyết định số 06/QĐ-TTg"), place(KH, "Rà soát thủ tục", "out_II__1")),
            "Chưa xác minh được hiệu lực của văn bản được viện dẫn.", "–", "xem_xet", "goi_y", folded=True, state="unchanged"),
    finding("f01", "HL08", "thong_tin", DRAFT, (place(DRAFT, "DỰ THẢO"),), "Có thể là dự thảo: không có số, ngày, chữ ký.",
            "–", "xem_xet", "can_kiem_tra", state="unchanged"),
    finding("g01", "KH01", "cao", LAW, (place(LAW, "Ủy ban nhân dân cấp xã ban hành nội quy chợ", "art_9__cl_1"),),
            "Luật giao Ủy ban nhân dân cấp xã ban hành nội quy chợ; kho chưa có văn bản nào.",
            "khoản 4 Điều 38 Nghị định số 79/2025/NĐ-CP", "ban_hanh_moi", "can_kiem_tra", target_symbol="999/2026/QH15", state="new"),
    finding("a08", "TT01", "thap", QC, (place(QC, "QUYẾT ĐỊNH"),), "Số, ký hiệu viết chưa đúng mẫu.",
            "Nghị định số 78/2025/NĐ-CP", "dinh_chinh", "chac_chan", state="unchanged"),
    finding("a09", "TN02", "thap", QC, (place(QC, "ỦY BAN NHÂN DÂN"),), "Tên gọi cũ, nhiệm vụ không đổi.", ART_39_4,
            "giu_nguyen", "can_kiem_tra", state="unchanged"),
)  # fmt: skip

GONE = (
    finding("z01", "CC02", "trung_binh", NQ, (place(NQ, "XÃ ĐỒNG LÚA"),), "Căn cứ được sửa đổi một phần.", ART_39_2, "xem_xet", "chac_chan"),
)  # fmt: skip

RUN = Run(
    number=4, as_of=date(2026, 11, 24), started="2026-11-24T02:00:00+07:00", findings=FINDINGS, gone=GONE,
    documents={d.path: d for d in DOCUMENTS},
    unread=(UnreadFile(f"{LOCAL}/scan-2009.pdf", "no_text_layer", "Bản quét chưa có lớp chữ; cài đặt tesseract-ocr-vie để nhận dạng."),),
    unit=UNIT, newest_central=date(2026, 5, 20), read_again=2, judged_again=5,
)  # fmt: skip
