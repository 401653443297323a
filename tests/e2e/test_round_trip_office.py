"""The same documents as Word file and as the PDF that LibreOffice prints of it: the same units, numbers and words.

What the PDF adds is what real ones have: pages, running heads, page numbers, two columns at the head, filled lines
with kerned letters, notes at the foot, ruled tables, pages on their side. All files are printed in one run.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from corpus.model import Document
from corpus.register import NothingKnown
from extractors import extract

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LONG = (
    "Kinh phí thực hiện được bố trí trong dự toán chi thường xuyên hằng năm của ngân sách cấp xã, nguồn xã hội hóa và "
    "các nguồn kinh phí hợp pháp khác theo quy định tại khoản 2 Điều 3 Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm "
    "2021 của Chính phủ và điểm a khoản 1 Điều 4 Quyết định số 05/2018/QĐ-UBND ngày 02 tháng 3 năm 2018."
)
SHORT = "Trưởng thôn mở cửa nhà văn hóa vào các ngày thứ Bảy và Chủ nhật hằng tuần."
LEVELS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:suff w:val="space"/><w:lvlText w:val="Điều %1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
    '<w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
)
SMALL = '<w:rPr><w:sz w:val="20"/></w:rPr>'


def p(words: str, *, centered: bool = False, bold: bool = False, list_level: int | None = None, more: str = "") -> str:
    number = f'<w:numPr><w:ilvl w:val="{list_level}"/><w:numId w:val="1"/></w:numPr>' if list_level is not None else ""
    place = '<w:jc w:val="center"/>' if centered else '<w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    weight = "<w:b/>" if bold else ""
    text = f'<w:r><w:rPr>{weight}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
    return f"<w:p><w:pPr>{number}{place}</w:pPr>{text}{more}</w:p>"


def table(*rows: tuple[str, ...], ruled: bool = True, widths: tuple[int, ...] = ()) -> str:
    rule = 'w:val="single" w:sz="4"' if ruled else 'w:val="none"'
    sides = "".join(f"<w:{side} {rule}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    widths = widths or (9000 // len(rows[0]),) * len(rows[0])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>" + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            + "".join(p(line, centered=not ruled) for line in cell.split("|")) + "</w:tc>"
            for cell, width in zip(row, widths, strict=True)
        ) + "</w:tr>" for row in rows
    )  # fmt: skip
    return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>' \
           f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"  # fmt: skip


def masthead(kind: str, title: str) -> str:
    head = table(
        ("ỦY BAN NHÂN DÂN|XÃ MẪU SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc"),
        ("Số: 12/2024/QĐ-UBND", "Mẫu Sơn, ngày 14 tháng 5 năm 2024"), ruled=False, widths=(3400, 5600),
    )  # fmt: skip
    return head + p(kind, centered=True, bold=True) + p(title, centered=True, bold=True)


def note(number: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


HEADER = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE'
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
PAGE = '<w:headerReference w:type="default" r:id="h"/><w:pgSz w:w="11907" w:h="16840"/>'
MARGINS = '<w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="1134" w:header="567" w:footer="567"/>'
SIDEWAYS = '<w:headerReference w:type="default" r:id="h"/><w:pgSz w:w="16840" w:h="11907" w:orient="landscape"/>'


def ends_section(page: str = PAGE) -> str:
    return f"<w:p><w:pPr><w:sectPr>{page}{MARGINS}</w:sectPr></w:pPr></w:p>"


@dataclass(frozen=True)
class Printed:
    """One document: the body, its notes, the last section's page."""

    body: str
    notes: str = ""
    page: str = PAGE

    def write(self, path: Path) -> None:
        parts = {
            "document": ("document.main", f"<w:document {W}><w:body>{self.body}<w:sectPr>{self.page}{MARGINS}"
                                          "</w:sectPr></w:body></w:document>"),
            "numbering": ("numbering", f"<w:numbering {W}>{LEVELS}</w:numbering>"),
            "header1": ("header", f"<w:hdr {W}>{HEADER}</w:hdr>"),
            "footnotes": ("footnotes", f"<w:footnotes {W}>{self.notes}</w:footnotes>"),
            "styles": ("styles", f"<w:styles {W}>{STYLES}</w:styles>"),
        }  # fmt: skip
        types = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>'
            for name, (kind, _) in parts.items()
        )
        links = "".join(
            f'<Relationship Id="{name[0]}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>'
            for name, (kind, _) in parts.items() if name != "document"
        )  # fmt: skip
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
                'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                f"{types}</Types>",
            )
            main = f'<Relationship Id="d" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
            archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>')
            archive.writestr(
                "word/_rels/document.xml.rels",
                f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
            )
            for name, (_, content) in parts.items():
                archive.writestr(f"word/{name}.xml", content)


def long_act() -> Printed:
    body = masthead("QUYẾT ĐỊNH", "Ban hành Quy chế quản lý nhà văn hóa trên địa bàn xã Mẫu Sơn")
    body += p("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")
    body += p("QUYẾT ĐỊNH:", centered=True, bold=True)
    for article in range(1, 9):
        body += p(f"Việc thứ {article}", bold=True, list_level=0)
        for clause in range(1, 5):
            body += p(LONG if (article + clause) % 2 else SHORT, list_level=1)
            if clause == 2:
                body += "".join(p(f"{letter}) {SHORT}") for letter in "abcdđe")
    return Printed(body)


def with_notes() -> Printed:
    """A văn bản hợp nhất: marks behind headings and clauses, notes at the foot of several pages."""
    told = "{} này được sửa đổi theo quy định tại khoản {} Điều 1 Nghị định số 5/2020/NĐ-CP ngày 03 tháng 01 năm 2020."
    body = masthead("NGHỊ ĐỊNH", "Về quản lý nhà văn hóa")
    notes = ""
    for article in range(1, 9):
        body += p(f"Điều {article}. Việc thứ {article}", bold=True, more=note(article))
        body += "".join(p(f"{clause}. {LONG}") for clause in range(1, 4))
        notes += (
            f'<w:footnote w:id="{article}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="20"/>'
            f'</w:rPr><w:footnoteRef/></w:r><w:r>{SMALL}<w:t xml:space="preserve"> {told.format("Điều", article)}</w:t>'
            "</w:r></w:p></w:footnote>"
        )
    return Printed(body, notes)


def with_appendix() -> Printed:
    """A table over the width of a page that lies on its side, behind the signature."""
    body = masthead("QUYẾT ĐỊNH", "Phê duyệt danh mục nhà văn hóa")
    body += p("Điều 1. Phê duyệt danh mục kèm theo.") + p("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.")
    body += table(("Nơi nhận:|- Như Điều 2;|- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH|Nguyễn Văn Mẫu"), ruled=False)
    body += ends_section()
    body += p("PHỤ LỤC I", centered=True, bold=True) + p("DANH MỤC NHÀ VĂN HÓA", centered=True, bold=True)
    body += p("(Kèm theo Quyết định số 12/2024/QĐ-UBND ngày 14 tháng 5 năm 2024 của UBND xã Mẫu Sơn)", centered=True)
    rows = [
        (f"Nhà văn hóa thôn {n}", f"Thôn {n}, xã Mẫu Sơn", f"{n}00 m2", LONG if n == 3 else SHORT) for n in range(1, 9)
    ]
    body += table(("Tên công trình", "Địa điểm", "Diện tích", "Ghi chú"), *rows, widths=(2000, 2500, 1500, 3000))
    return Printed(body, page=SIDEWAYS)


PAPERS = {"act": long_act, "notes": with_notes, "appendix": with_appendix}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Document, Document]]:
    """For each paper what was read of the Word file and of the PDF."""
    folder = tmp_path_factory.mktemp("printed")
    for name, make in PAPERS.items():
        make().write(folder / f"{name}.docx")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir",
         str(folder), *(str(folder / f"{name}.docx") for name in PAPERS)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {
        name: (extract(folder / f"{name}.docx", NothingKnown()), extract(folder / f"{name}.pdf", NothingKnown()))
        for name in PAPERS
    }


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_masthead_and_units(read, name):
    word, pdf = read[name]
    assert (word.outcome, pdf.outcome) == ("ok", "ok")
    assert word.masthead is not None
    assert pdf.masthead is not None
    for field in ("symbol", "kind", "issuer", "date", "title", "signer"):
        assert getattr(pdf.masthead, field) == getattr(word.masthead, field), field
    assert [(unit.id, unit.num, unit.heading) for unit in pdf.provisions] == [
        (unit.id, unit.num, unit.heading) for unit in word.provisions]  # fmt: skip
    assert len(pdf.provisions) >= {"act": 88, "notes": 32, "appendix": 3}[name]


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_words_in_each_paragraph(read, name):
    word, pdf = read[name]
    assert _below_the_head(pdf) == _below_the_head(word)
    assert sorted(pdf.text.split("\n")) == sorted(word.text.split("\n"))  # the head is read column by column
    assert [(item.text, item.in_, item.targets) for item in pdf.citations] == [
        (item.text, item.in_, item.targets) for item in word.citations]  # fmt: skip


def _below_the_head(document: Document) -> list[str]:
    lines = document.text.split("\n")
    return lines[6:]


def test_pages_are_those_of_the_print(read):
    pdf = read["appendix"][1]
    assert [unit.page for unit in pdf.provisions if unit.id in ("art_1", "art_2", "app_I")] == [1, 1, 2]
    pages = [unit.page for unit in read["act"][1].provisions]
    assert pages == sorted(pages)
    assert pages[-1] >= 5
