"""Word files: what the paper shows, not what the XML happens to hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Line
from extractors import cleaning, readers
from extractors.readers.docx import numbering


def paragraph(text: str, num: tuple[int, int] | None = None, more: str = "") -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    return f"<w:p><w:pPr>{numbered}{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(at: int, format: str, text: str, more: str = "") -> str:
    counted = f'<w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{counted}{more}</w:lvl>'


LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "Điều %1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.")
    + level(3, "bullet", "-")
    + '</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)  # fmt: skip


def shown(path: Path) -> list[str]:
    text = cleaning.clean(readers.read(path, "docx").lines)
    return text.text.split("\n")


def lines(path: Path) -> tuple[Line, ...]:
    return readers.read(path, "docx").lines


def test_articles_clauses_and_points_count_as_word_does(write_docx):
    body = "".join(
        paragraph(text, (1, at))
        for text, at in (
            ("Phạm vi", 0),
            ("Một", 1),
            ("Hai", 1),
            ("Ý đầu", 2),
            ("Ý sau", 2),
            ("Đối tượng", 0),
            ("Ba", 1),
        )
    )
    assert shown(write_docx(body, numbering=LISTS)) == [
        "Điều 1. Phạm vi", "1. Một", "2. Hai", "a) Ý đầu", "b) Ý sau", "Điều 2. Đối tượng", "1. Ba",
    ]  # fmt: skip


def test_outline_of_a_plan(write_docx):
    body = "".join(
        paragraph(text, (2, at))
        for text, at in (
            ("MỤC ĐÍCH", 0),
            ("Yêu cầu", 1),
            ("Cụ thể", 2),
            ("gạch", 3),
            ("Sau", 2),
            ("NHIỆM VỤ", 0),
            ("Việc", 1),
        )
    )
    assert shown(write_docx(body, numbering=LISTS)) == [
        "I. MỤC ĐÍCH", "1. Yêu cầu", "1.1. Cụ thể", "- gạch", "1.2. Sau", "II. NHIỆM VỤ", "1. Việc",
    ]  # fmt: skip


def test_an_attached_text_starts_again(write_docx):
    body = (
        paragraph("Ban hành", (1, 0))
        + paragraph("Hiệu lực", (1, 0))
        + paragraph("Phạm vi", (3, 0))
        + paragraph("Khác", (3, 0))
    )
    assert shown(write_docx(body, numbering=LISTS)) == [
        "Điều 1. Ban hành",
        "Điều 2. Hiệu lực",
        "Điều 1. Phạm vi",
        "Điều 2. Khác",
    ]


def test_number_by_style_and_number_taken_away(write_docx):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
    )
    body = paragraph("Phạm vi", more='<w:pStyle w:val="Dieu"/>') + paragraph(
        "Không số", more='<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    path = write_docx(body, numbering=LISTS, styles=styles)
    assert shown(path) == ["Điều 1. Phạm vi", "Không số"]
    assert all(line.bold for line in lines(path))


def test_masthead_table_reads_left_cell_then_right_cell(write_docx):
    def cell(*texts: str) -> str:
        return "<w:tc>" + "".join(paragraph(text) for text in texts) + "</w:tc>"

    body = (
        f"<w:tbl><w:tr>{cell('ỦY BAN NHÂN DÂN', 'XÃ MẪU')}"
        f"{cell('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc')}</w:tr>"
        f"<w:tr>{cell('Số: 1/QĐ-UBND')}{cell('Xã Mẫu, ngày 01 tháng 02 năm 2026')}</w:tr></w:tbl>"
    )
    path = write_docx(body + paragraph("QUYẾT ĐỊNH"))
    assert shown(path) == [
        "ỦY BAN NHÂN DÂN", "XÃ MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 1/QĐ-UBND", "Xã Mẫu, ngày 01 tháng 02 năm 2026", "QUYẾT ĐỊNH",
    ]  # fmt: skip
    assert [line.region for line in lines(path)] == ["masthead"] * 6 + ["body"]


def test_tracked_changes_are_read_as_accepted(write_docx):
    body = (
        "<w:p><w:r><w:t>Mức chi </w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>200</w:t></w:r></w:ins><w:r><w:t> đồng.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Câu bị </w:t></w:r></w:p>" + paragraph("nối lại.")
    )
    assert shown(write_docx(body)) == ["Mức chi 200 đồng.", "Câu bị nối lại."]


def test_fields_show_their_result_only(write_docx):
    body = (
        '<w:p><w:r><w:t>Xem </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> REF x </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Điều 5</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>, trang 3</w:t></w:r></w:fldSimple></w:p>'
    )
    assert shown(write_docx(body)) == ["Xem Điều 5, trang 3"]


def test_a_footnote_mark_does_not_glue_to_a_number(write_docx):
    notes = (
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Được sửa đổi.</w:t></w:r></w:p></w:footnote>'
    )
    body = (
        '<w:p><w:r><w:t>Nghị định số 1/2020/NĐ-CP</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + paragraph("Điều 1. Phạm vi")
    )
    path = write_docx(body, footnotes=notes)
    assert lines(path)[0].text == "Nghị định số 1/2020/NĐ-CP [1]"
    assert shown(path) == ["Nghị định số 1/2020/NĐ-CP [1]", "Điều 1. Phạm vi", "[1] Được sửa đổi."]
    assert lines(path)[-1].region == "footnote"


def test_header_only_where_it_matters(write_docx):
    assert shown(write_docx(paragraph("Thân"), header1=paragraph("2"))) == ["Thân"]
    assert shown(write_docx(paragraph("Thân"), header1=paragraph("TỐI MẬT"))) == ["TỐI MẬT", "Thân"]


def test_text_box_once_symbols_and_hidden_text(write_docx):
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:drawing><w:txbxContent>" + paragraph("DỰ THẢO") + "</w:txbxContent></w:drawing>"
    fall = "<w:pict><w:txbxContent>" + paragraph("DỰ THẢO") + "</w:txbxContent></w:pict>"
    body = (
        f"<w:p><w:r><w:t>Thân</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{fall}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t></w:r></w:p>"
    )
    assert shown(write_docx(body)) == ["Thân", "DỰ THẢO", "12-NQ/TW"]


def test_soft_break_ends_a_heading_but_not_a_sentence(write_docx):
    body = (
        "<w:p><w:r><w:t>Chương I</w:t><w:br/><w:t>QUY ĐỊNH CHUNG</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Văn bản này quy định việc quản lý và</w:t><w:br/><w:t>sử dụng nhà văn hóa.</w:t></w:r></w:p>"
    )
    assert shown(write_docx(body)) == [
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Văn bản này quy định việc quản lý và sử dụng nhà văn hóa.",
    ]


def test_pages_follow_the_breaks(write_docx):
    body = paragraph("Một") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph("Hai")
    assert [line.page for line in lines(write_docx(body))] == [1, 2]
    rendered = paragraph("Một") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Hai</w:t></w:r></w:p>"
    assert [line.page for line in lines(write_docx(rendered))] == [1, 2]


def test_legacy_font_is_decoded_run_by_run(write_docx):
    body = (
        '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>Céng hßa </w:t></w:r>'
        "<w:r><w:t>xã hội</w:t></w:r></w:p>"
    )
    assert shown(write_docx(body)) == ["Cộng hòa xã hội"]


def test_python_docx_files_are_read(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Điều 1. Phạm vi")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Trái", "Phải"
    document.save(tmp_path / "b.docx")
    assert shown(tmp_path / "b.docx") == ["Điều 1. Phạm vi", "Trái", "Phải"]


def test_broken_xml_is_damage(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:document><unclosed>")
    reading = readers.read(tmp_path / "b.docx", "docx")
    assert reading.outcome == "damaged"
    assert "b.docx" in (reading.message or "")


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("lowerLetter", ["a", "b", "c", "d", "e", "f", "g"]),
        ("upperRoman", ["I", "II", "III", "IV", "V", "VI", "VII"]),
        ("decimalZero", ["01", "02", "03", "04", "05", "06", "07"]),
        ("vietnameseCounting", ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy"]),
    ],
)
def test_formats_of_numbers(format, expected):
    assert [numbering.formatted(n, format) for n in range(1, 8)] == expected
    assert numbering.formatted(21, "vietnameseCounting") == "hai mươi mốt"
    assert numbering.formatted(7, "decimal", pad=3) == "007"
