"""What Word lays over the words: tracked changes, fields, content controls, text boxes, notes, signs, sections."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.model import Line
from corpus.register import NothingKnown
from extractors import cleaning, extract, readers

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def r(text: str, more: str = "") -> str:
    return f'<w:r><w:rPr>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inside: str, mark: str = "") -> str:
    runs = "".join(one if one.startswith("<") else r(one) for one in inside)
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{runs}</w:p>"


def fld(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str) -> str:
    return f"{fld('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{fld('separate')}{r(result)}{fld('end')}"


def tc(*blocks: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{''.join(blocks)}</w:tc>"


def tr(*cells: str, more: str = "") -> str:
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def box(*blocks: str) -> str:
    """A text box as Word saves it: drawn twice, for new and for old readers."""
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent {MC}><mc:Choice><w:drawing>{inside}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


MOVED = "<w:moveFromRangeStart/><w:moveFrom>{}</w:moveFrom><w:moveFromRangeEnd/>"
PICTURE = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
SIGN = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
CONTENTS = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'

CASES = {
    "words taken out, words put in": (
        p("Mức chi ", "<w:del>" + r("100") + "</w:del>", "<w:ins>" + r("200") + "</w:ins>", " đồng."),
        ["Mức chi 200 đồng."]),
    "put in by one, taken out by another": (
        p("Một ", "<w:ins><w:del>" + r("hai") + "</w:del>" + r("ba") + "</w:ins>"), ["Một ba"]),
    "a sentence moved to the end": (
        p(MOVED.format(r("Câu dời.")), mark="<w:moveFrom/>") + p("Ở lại.")
        + p("<w:moveTo>" + r("Câu dời.") + "</w:moveTo>"), ["Ở lại.", "Câu dời."]),
    "the marks of three paragraphs taken out": (
        p("Một ", mark="<w:del/>") + p("hai ", mark="<w:del/>") + p("ba.") + p("Bốn."), ["Một hai ba.", "Bốn."]),
    "a mark taken out in front of a table": (
        p("Trước bảng", mark="<w:del/>") + tbl(tr(tc(p("Ô")), tc(p("Ô hai")))), ["Trước bảng", "Ô", "Ô hai"]),
    "a row and a cell taken out, a row put in": (
        tbl(tr(tc(p("A")), tc(p("B"), more="<w:cellDel/>")), tr(tc(p("C")), more="<w:del/>"),
            tr(tc(p("D")), more="<w:ins/>")), ["A", "D"]),
    "formatting that was changed is no change of words": (
        p(r("Một", "<w:b/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")), ["Một"]),
    "a reference and a link": (
        p("Theo ", field(" REF _Ref1 ", "Điều 5"), " và ", "<w:hyperlink>" + r("Điều 6") + "</w:hyperlink>"),
        ["Theo Điều 5 và Điều 6"]),
    "a field in the instruction of a field": (
        p("Số ", fld("begin"), "<w:r><w:instrText> IF </w:instrText></w:r>", field(" PAGE ", "7"), fld("separate"),
          r("12"), fld("end"), " xong"), ["Số 12 xong"]),
    "a field whose end is missing hides nothing": (
        p("Một ", fld("begin"), "<w:r><w:instrText> REF x </w:instrText></w:r>") + p("Hai"), ["Một ", "Hai"]),
    "a field half of which a tracked change took out": (
        p("Một ", fld("begin"), "<w:r><w:instrText> REF x </w:instrText></w:r>", "<w:del>" + fld("end") + "</w:del>",
          " hai") + p("Ba"), ["Một  hai", "Ba"]),
    "a table of contents as a field": (
        p("MỤC LỤC") + p(fld("begin"), '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>', fld("separate"),
                         r("Điều 1. Phạm vi"), "<w:r><w:tab/></w:r>", field(" PAGEREF _1 ", "2"))
        + p("Điều 2. Đối tượng") + p(fld("end")) + p("Điều 1. Phạm vi"), ["MỤC LỤC", "Điều 1. Phạm vi"]),
    "a table of contents as a content control": (
        sdt(p("Mục lục") + p("Điều 1. Phạm vi 2"), CONTENTS) + p("Điều 1. Phạm vi"), ["Điều 1. Phạm vi"]),
    "content controls around blocks, words, rows and cells": (
        sdt(p("Khối")) + p("Ngày ", sdt(r("14/5/2024"), "<w:date/>"), ".")
        + tbl(sdt(tr(sdt(tc(p("Ô một"))), tc(sdt(p("Ô hai")))))),
        ["Khối", "Ngày 14/5/2024.", "Ô một", "Ô hai"]),
    "a table in a cell": (
        tbl(tr(tc(p("Trái"), tbl(tr(tc(p("trong 1")), tc(p("trong 2")))), p("dưới")), tc(p("Phải")))),
        ["Trái", "trong 1", "trong 2", "dưới", "Phải"]),
    "a text box is read once, behind its paragraph": (p(box(p("DỰ THẢO")), "Thân"), ["Thân", "DỰ THẢO"]),
    "a text box in a text box": (p(box(p("Ngoài", box(p("Trong")))), "Thân"), ["Thân", "Ngoài", "Trong"]),
    "an old text box": (
        p("<w:r><w:pict><w:txbxContent>" + p("HỎA TỐC") + "</w:txbxContent></w:pict></w:r>", "Thân"),
        ["Thân", "HỎA TỐC"]),
    "signs of picture fonts": (p(PICTURE, " Đồng ý; số hộ ", SIGN, " 10"), ["☑ Đồng ý; số hộ ≥ 10"]),
    "hyphens, soft and hard, tabs and breaks": (
        p("12", "<w:r><w:noBreakHyphen/><w:t>NQ/TW</w:t><w:softHyphen/><w:t>x</w:t></w:r>",
          "<w:r><w:tab/><w:t>y</w:t></w:r>"), ["12-NQ/TWx\ty"]),
    "capitals by format, small capitals stay letters": (
        p(r("quyết định", "<w:caps/>"), r(" này", "<w:smallCaps/>")), ["QUYẾT ĐỊNH này"]),
    "hidden words, and hidden switched off": (
        p(r("ẩn", "<w:vanish/>"), r("hiện", '<w:vanish w:val="0"/>')), ["hiện"]),
    "simple fields, smart tags, direction": (
        p('<w:fldSimple w:instr="DATE">' + r("14/5") + "</w:fldSimple>",
          "<w:smartTag>" + r(" Hà Nội") + "</w:smartTag>", "<w:bdo>" + r(" a") + "</w:bdo>"), ["14/5 Hà Nội a"]),
}  # fmt: skip


def lines(path: Path) -> tuple[Line, ...]:
    return readers.read(path, "docx").lines


@pytest.mark.parametrize("name", CASES)
def test_what_the_paper_shows(write_docx, name):
    body, expected = CASES[name]
    assert [line.text for line in lines(write_docx(body))] == expected


def test_notes_at_the_foot_and_at_the_end(write_docx):
    def note(kind: str, number: int, words: str) -> str:
        return f'<w:{kind} w:id="{number}">{p(f"<w:r><w:{kind}Ref/></w:r>", words)}</w:{kind}>'

    def mark(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    body = p("Điều 1. Một", mark("footnote", 4)) + p("Hai", mark("endnote", 2)) + p("Ba", mark("footnote", 3))
    path = write_docx(
        body,
        footnotes=note("footnote", 3, "sau") + note("footnote", 4, "đầu") + note("footnote", 9, "không ai gọi"),
        endnotes=note("endnote", 2, "cuối"),
    )
    assert [line.text for line in lines(path)] == [
        "Điều 1. Một [1]", "Hai [2]", "Ba [3]", "[1] đầu", "[3] sau", "[2] cuối",
    ]  # fmt: skip
    assert [line.region for line in lines(path)][3:] == ["footnote"] * 3


def test_a_masthead_of_nested_tables(write_docx):
    inner = tbl(tr(tc(p("ỦY BAN NHÂN DÂN"))), tr(tc(p("XÃ MẪU SƠN"))))
    motto = (p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), p("Độc lập - Tự do - Hạnh phúc"))
    body = tbl(
        tr(tc(inner, p("")), tc(*motto)),
        tr(tc(p("Số: 12/2024/QĐ-UBND")), tc(p("Mẫu Sơn, ngày 14 tháng 5 năm 2024"))),
    ) + p("QUYẾT ĐỊNH") + p("Về việc quản lý chợ") + p("Điều 1. Phạm vi")  # fmt: skip
    path = write_docx(body)
    assert {line.region for line in lines(path)[:6]} == {"masthead"}
    head = extract(path, NothingKnown()).masthead
    assert head is not None
    assert (head.symbol, head.issuer, str(head.date)) == (
        "12/2024/QĐ-UBND", "Ủy ban nhân dân xã Mẫu Sơn", "2024-05-14")  # fmt: skip


def test_a_masthead_in_the_header_of_the_first_page(write_docx):
    header = tbl(tr(tc(p("ỦY BAN NHÂN DÂN XÃ MẪU SƠN")), tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))))
    path = write_docx(p("QUYẾT ĐỊNH") + p("Điều 1. Phạm vi"), header1=header)
    assert [line.region for line in lines(path)] == ["masthead", "masthead", "body", "body"]


def test_sections_are_one_text(write_docx):
    turned = '<w:sectPr><w:pgSz w:orient="landscape"/></w:sectPr>'
    body = p("Điều 1. Một") + f"<w:p><w:pPr>{turned}</w:pPr></w:p>" + p("PHỤ LỤC") + turned
    assert cleaning.clean(lines(write_docx(body))).text == "Điều 1. Một\nPHỤ LỤC"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_document_as_libreoffice_saves_it(write_docx, tmp_path):
    """The same words after LibreOffice has opened the file and saved it in its own way."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="Điều %1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>'
        '<w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )

    def numbered(words: str, at: int) -> str:
        place = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>'
        return f"<w:p><w:pPr>{place}</w:pPr>{r(words)}</w:p>"

    body = (
        tbl(tr(tc(p("ỦY BAN NHÂN DÂN"), p("XÃ MẪU SƠN")), tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))))
        + numbered("Phạm vi", 0) + numbered("Một", 1) + numbered("Hai", 1) + numbered("Đối tượng", 0)
        + numbered("Ba", 1) + p("Mức chi ", "<w:del>" + r("100") + "</w:del>", "<w:ins>" + r("200") + "</w:ins>")
    )  # fmt: skip
    # LibreOffice wants a package with its relationships; the small writer's files have none.
    source = write_docx(body, numbering=numbering, mark="1", name="in.docx")
    expected = [line.text for line in lines(source)]
    _with_content_types(source)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "docx",
         "--outdir", str(tmp_path / "out"), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert [line.text for line in lines(tmp_path / "out" / "in.docx")] == expected
    assert "Mức chi 200" in expected


def _with_content_types(path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document1.xml" ContentType="{word}.document.main+xml"/>'
        f'<Override PartName="/word/numbering1.xml" ContentType="{word}.numbering+xml"/></Types>'
    ).encode()
    links = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<Relationships>", links))
