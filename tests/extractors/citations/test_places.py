"""What "này" and a bare "Điều 5" mean: from the tree, in attached texts, in amending acts, in plans."""

from __future__ import annotations

from datetime import date

from corpus.model import Document, KnownDocument, KnownName, Line
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading


def document(text: str) -> Document:
    """A text as the TXT reader would hand it over: one line, one paragraph."""
    lines = tuple(Line(line, starts_paragraph=True) for line in text.strip().split("\n"))
    return understand("a.txt", Reading(lines), NothingKnown())


def meant(read: Document, words: str) -> list[str]:
    """Targets of the mention with these words: "this § art_5" or "79/2025/NĐ-CP § art_5"."""
    found = [citation for citation in read.citations if citation.text == words]
    assert found, (words, [citation.text for citation in read.citations])
    return [
        f"{'this' if target.self_ else target.symbol or target.name} § {target.provision or '-'}"
        for target in found[-1].targets
    ]


HEAD = """ỦY BAN NHÂN DÂN
XÃ SƠN VÂN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {symbol}
Sơn Vân, ngày 05 tháng 8 năm 2025
{kind}
{title}
"""
DECISION = HEAD.format(symbol="12/2025/QĐ-UBND", kind="QUYẾT ĐỊNH", title="Ban hành Quy chế quản lý chợ")
AMENDING = HEAD.format(
    symbol="15/2025/QĐ-UBND", kind="QUYẾT ĐỊNH",
    title="Sửa đổi, bổ sung một số điều của Quyết định số 8/2024/QĐ-UBND",
)  # fmt: skip


def test_relative_units_are_those_around_them() -> None:
    read = document(DECISION + """Điều 1. Phạm vi
1. Quyết định này quy định về chợ.
2. Trường hợp khác theo khoản 1 Điều này:
a) Hộ kinh doanh;
b) Người nêu tại điểm a khoản này và các điểm a, b khoản 2 Điều này.
Điều 2. Hiệu lực
Quyết định này có hiệu lực kể từ ngày ký. Điều 1 và khoản 2 Điều 1 Quyết định này áp dụng từ năm 2026.
""")
    assert meant(read, "khoản 1 Điều này") == ["this § art_1__cl_1"]
    assert meant(read, "điểm a khoản này") == ["this § art_1__cl_2__pt_a"]
    assert meant(read, "điểm a, b khoản 2 Điều này") == ["this § art_1__cl_2__pt_a", "this § art_1__cl_2__pt_b"]
    assert meant(read, "Quyết định này") == ["this § -"]
    assert meant(read, "Điều 1 và khoản 2 Điều 1 Quyết định này") == ["this § art_1", "this § art_1__cl_2"]


def test_an_own_heading_and_the_own_number_line_are_no_citations() -> None:
    read = document(DECISION + "Điều 1. Phạm vi\n1. Nội dung.\n2. Nội dung khác.\nĐiều 2. Hiệu lực\nNội dung.\n")
    assert read.citations == ()


def test_articles_of_an_attached_text() -> None:
    read = document(DECISION + """Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý chợ.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
QUY CHẾ
Quản lý chợ
(Ban hành kèm theo Quyết định số 12/2025/QĐ-UBND ngày 05 tháng 8 năm 2025 của Ủy ban nhân dân xã)
Điều 1. Phạm vi
1. Quy chế này quy định về chợ.
2. Theo khoản 1 Điều này, Điều 2 và Điều 2 Quy chế này.
Điều 2. Tổ chức
Thực hiện Điều 2 Quyết định này.
""")
    assert meant(read, "khoản 1 Điều này") == ["this § att_1__art_1__cl_1"]
    assert meant(read, "Điều 2 và Điều 2 Quy chế này") == ["this § att_1__art_2"]
    assert meant(read, "Quy chế này") == ["this § att_1"]
    assert meant(read, "Điều 2 Quyết định này") == ["this § art_2"]
    own = next(c for c in read.citations if c.text.startswith("Quyết định số 12/2025/QĐ-UBND"))
    assert [target.self_ for target in own.targets] == [True]


def test_instructions_and_quoted_text_speak_of_the_amended_act() -> None:
    read = document(AMENDING + """Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 8/2024/QĐ-UBND
1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:
“2. Trường hợp quy định tại khoản 1 Điều này và Điều 9 Quyết định này do xã quyết định theo Luật Đất đai.”
2. Bãi bỏ Điều 7; khoản 3, điểm b khoản 4 Điều 8.
Điều 2. Hiệu lực
Quyết định này có hiệu lực kể từ ngày ký. Thực hiện theo Điều 1 Quyết định này.
""")
    act = "8/2024/QĐ-UBND"
    assert meant(read, "khoản 2 Điều 5") == [f"{act} § art_5__cl_2"]
    assert meant(read, "khoản 1 Điều này") == [f"{act} § art_5__cl_1"]
    assert meant(read, "Điều 9 Quyết định này") == [f"{act} § art_9"]
    assert meant(read, "Điều 7; khoản 3, điểm b khoản 4 Điều 8") == [
        f"{act} § art_7", f"{act} § art_8__cl_3", f"{act} § art_8__cl_4__pt_b",
    ]  # fmt: skip
    assert meant(read, "Điều 1 Quyết định này") == ["this § art_1"]
    roles = {citation.text: citation.role for citation in read.citations}
    assert roles["khoản 1 Điều này"] == roles["Luật Đất đai"] == "quoted"
    assert roles["khoản 2 Điều 5"] == "body"


def test_units_that_only_the_instruction_above_names() -> None:
    read = document(AMENDING + """Điều 1. Sửa đổi, bổ sung Điều 85
1. Sửa đổi, bổ sung khoản 1 như sau:
“1. Gửi hồ sơ theo khoản 2 Điều này.”
2. Bổ sung khoản 4 vào Điều 7:
“4. Số lượng gồm:
a) Một bản chính;
b) Bản sao theo điểm a khoản này.”
3. Bổ sung Điều 14a vào sau Điều 14 như sau:
“Điều 14a. Phân cấp
1. Nội dung.
2. Theo khoản 1 Điều này.”
Điều 2. Hiệu lực
Quyết định này có hiệu lực kể từ ngày ký.
""")
    act = "8/2024/QĐ-UBND"
    assert meant(read, "khoản 1") == [f"{act} § art_85__cl_1"]
    assert meant(read, "khoản 2 Điều này") == [f"{act} § art_85__cl_2"]
    assert meant(read, "điểm a khoản này") == [f"{act} § art_7__cl_4__pt_a"]
    assert meant(read, "khoản 1 Điều này") == [f"{act} § art_14a__cl_1"]


def test_amended_text_that_was_issued_with_a_decision() -> None:
    read = document(AMENDING + """Điều 1. Sửa đổi Quy định về chợ ban hành kèm theo Quyết định số 8/2024/QĐ-UBND
1. Sửa đổi khoản 2 Điều 5 như sau:
“2. Theo khoản 1 Điều này.”
Điều 2. Hiệu lực
Quyết định này có hiệu lực kể từ ngày ký.
""")
    assert meant(read, "khoản 2 Điều 5") == ["8/2024/QĐ-UBND § att_1__art_5__cl_2"]
    assert meant(read, "khoản 1 Điều này") == ["8/2024/QĐ-UBND § att_1__art_5__cl_1"]


def test_outline_of_a_plan() -> None:
    head = HEAD.format(symbol="25/KH-UBND", kind="KẾ HOẠCH", title="Cải cách hành chính năm 2025")
    read = document(head + """I. MỤC TIÊU
1. Mục tiêu chung
Nội dung chung.
2. Mục tiêu cụ thể
Theo điểm 2.2 khoản 2 Mục II Kế hoạch này.
II. NHIỆM VỤ
1. Nhiệm vụ chung
2. Nhiệm vụ cụ thể
2.1. Rà soát
2.2. Báo cáo
""")
    assert meant(read, "điểm 2.2 khoản 2 Mục II Kế hoạch này") == ["this § out_II__2__2.2"]


class SmallRegister(NothingKnown):
    """Two land laws, and a decree with its date."""

    def documents(self, symbol: str) -> tuple[KnownDocument, ...]:
        if symbol != "79/2025/NĐ-CP":
            return ()
        day = date(2025, 4, 1)
        in_force = ("con_hieu_luc", None, "van_ban", "", None, "cao")
        return (KnownDocument(symbol, "nghi_dinh", "Chính phủ", day, day, None, *in_force),)  # type: ignore[arg-type]

    def named(self, name: str, on: object = None, year: int | None = None) -> tuple[KnownName, ...]:
        old = KnownName("Luật Đất đai", 2013, "45/2013/QH13", date(2014, 7, 1), date(2024, 8, 1))
        new = KnownName("Luật Đất đai", 2024, "31/2024/QH15", date(2024, 8, 1), None)
        if name != "Luật Đất đai":
            return ()
        if year:
            return tuple(law for law in (old, new) if law.year == year)
        return (new,) if on else (old, new)


def test_the_register_fills_in_what_the_text_leaves_out() -> None:
    text = HEAD.format(symbol="25/KH-UBND", kind="KẾ HOẠCH", title="Rà soát") + (
        "Thực hiện Nghị định số 79/2025/NĐ-CP; Luật Đất đai; Luật Đất đai năm 2013; Luật Nhà ở.\n"
    )
    lines = tuple(Line(line, starts_paragraph=True) for line in text.strip().split("\n"))
    read = understand("a.txt", Reading(lines), SmallRegister())
    by_words = {citation.text: citation.targets[0] for citation in read.citations}
    assert str(by_words["Nghị định số 79/2025/NĐ-CP"].date) == "2025-04-01"
    assert (by_words["Luật Đất đai"].symbol, by_words["Luật Đất đai"].status) == ("31/2024/QH15", "resolved")
    assert by_words["Luật Đất đai năm 2013"].symbol == "45/2013/QH13"
    assert (by_words["Luật Nhà ở"].symbol, by_words["Luật Nhà ở"].status) == (None, "named")


def test_a_list_does_not_run_into_the_number_of_the_next_clause() -> None:
    read = document(DECISION + """Điều 1. Thay thế
8. Mức thu quy định tại khoản 2 Điều 4;
9. Mức thu quy định tại khoản 4 Điều 4.
""")
    assert meant(read, "khoản 2 Điều 4") == ["this § art_4__cl_2"]
    assert meant(read, "khoản 4 Điều 4") == ["this § art_4__cl_4"]


def test_a_list_of_decrees_goes_on_in_the_next_line() -> None:
    read = document(DECISION + """Căn cứ các Nghị định của Chính phủ: số 63/2010/NĐ-CP ngày 08/6/2010 về kiểm soát;
số 118/2025/NĐ-CP ngày 09/6/2025 về cơ chế một cửa;
Điều 1. Phạm vi
Nội dung.
""")
    assert meant(read, "số 118/2025/NĐ-CP ngày 09/6/2025") == ["118/2025/NĐ-CP § -"]


def test_an_appendix_that_comes_with_the_text_is_its_own_even_where_another_act_is_changed() -> None:
    read = document(AMENDING + """Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 8/2024/QĐ-UBND
1. Sửa đổi mức thu tại Điều 5 (chi tiết tại Phụ lục I kèm theo).
2. Sửa đổi, bổ sung Phụ lục II kèm theo.
3. Thực hiện theo Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ về thực hiện thủ tục hành chính trên
môi trường điện tử (chi tiết tại Phụ lục III kèm theo).
Điều 2. Hiệu lực
Quyết định này có hiệu lực kể từ ngày ký.
""")
    assert meant(read, "Phụ lục I") == ["this § app_I"]
    assert meant(read, "Phụ lục II") == ["8/2024/QĐ-UBND § app_II"]
    assert meant(read, "Phụ lục III") == ["this § app_III"]
    assert {c.role for c in read.citations if c.text.startswith("Phụ lục")} == {"body"}
