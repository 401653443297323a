"""Builds the sample commune (corpus/samples/corpus) from the plain sources in scripts/samples.

The commune, its province, its documents and signers are made up. The central samples bear real numbers
and dates; their few clauses are in the project's own words and say so. Run after a change of the
sources: `python scripts/build_samples.py` (needs LibreOffice for the PDF files).

Source format: `key: value` lines, then the body. `#` is an article, `##` a clause, `###` a point; in DOCX
their numbers are made by Word's automatic numbering, as most offices do; `manual-numbers` turns that off.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

HERE = Path(__file__).parent / "samples"
TARGET = Path(__file__).parent.parent / "corpus" / "samples" / "corpus"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
LETTERS = "abcdđeghiklmn"
KEYS = {"issuer", "number", "place", "kind", "title", "authority", "basis", "enact", "lead", "recipients", "sign",
        "attach", "attach-title", "attach-note", "note"}  # fmt: skip


@dataclass
class Source:
    """A parsed source: fields, the body lines of the main text and of the attached text."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    manual: bool = False

    def one(self, key: str) -> str:
        return self.fields.get(key, [""])[0]

    def many(self, key: str) -> list[str]:
        return [part for value in self.fields.get(key, []) for part in value.split("|")]


def parse(path: Path) -> Source:
    source = Source()
    for line in path.read_text("utf-8").splitlines():
        key, _, value = line.partition(": ")
        if line == "manual-numbers":
            source.manual = True
        elif key in KEYS:
            source.fields.setdefault(key, []).append(value if key != "number" else value.rstrip())
        elif line.strip():
            (source.attached if "attach" in source.fields else source.body).append(line)
    return source


def numbered(lines: list[str]) -> list[str]:
    """Body lines with their numbers written out, as plain formats need them."""
    out, article, clause, point = [], 0, 0, 0
    for line in lines:
        if line.startswith("### "):
            out.append(f"{LETTERS[point]}) {line[4:]}")
            point += 1
        elif line.startswith("## "):
            clause, point = clause + 1, 0
            out.append(f"{clause}. {line[3:]}")
        elif line.startswith("# "):
            article, clause, point = article + 1, 0, 0
            out.append(f"Điều {article}. {line[2:]}")
        else:
            out.append(line)
    return out


def plain_lines(source: Source) -> list[str]:
    """The whole document as lines, the way a typist would write it."""
    number = source.one("number")
    out = [*source.many("issuer"), "-------", *MOTTO, "---------------",
           number if number.startswith("Luật") else f"Số: {number}", source.one("place"), "",
           source.one("kind"), source.one("title"), *source.fields.get("note", []), *source.many("authority"),
           *source.fields.get("basis", []), *source.fields.get("enact", []), *source.fields.get("lead", []),
           *numbered(source.body)]  # fmt: skip
    if "recipients" in source.fields:
        out += ["", "Nơi nhận:", *source.many("recipients")]
    out += ["", *source.many("sign")]
    if source.attached:
        out += [
            "",
            source.one("attach"),
            source.one("attach-title"),
            source.one("attach-note"),
            *numbered(source.attached),
        ]
    return [line for line in out if line is not None]


def write_text(source: Source, path: Path) -> None:
    """Hard-wrapped, as text that was copied out of a PDF."""
    wrapped: list[str] = []
    for line in plain_lines(source):
        wrapped += textwrap.wrap(line, 78, break_on_hyphens=False) or [""]
    path.write_text("\n".join(wrapped) + "\n", "utf-8")


def write_markdown(source: Source, path: Path) -> None:
    """The masthead as a pipe table, as converters write it."""
    issuer = "<br>".join(source.many("issuer"))
    rows = ["| | |", "|---|---|", f"| **{issuer}** | **{MOTTO[0]}**<br>**{MOTTO[1]}** |",
            f"| Số: {source.one('number')} | *{source.one('place')}* |", "",
            f"**{source.one('kind')}**", "", f"**{source.one('title')}**", ""]  # fmt: skip
    rest = [
        *source.fields.get("note", []),
        *source.fields.get("basis", []),
        *numbered(source.body),
        *source.many("sign"),
    ]
    body = [line for item in rest for line in (re.sub(r"^(\d+)\. ", r"\1\\. ", item), "")]
    path.write_text("\n".join([*rows, *body]) + "\n", "utf-8")


def write_html(source: Source, path: Path) -> None:
    """A plain saved page with the masthead in a two-column table."""
    number = source.one("number")
    number = number if number.startswith("Luật") else f"Số: {number}"
    cell = lambda *lines: "<td><p>" + "<br>".join(html.escape(line) for line in lines) + "</p></td>"  # noqa: E731
    title = f"{source.one('kind').capitalize()} {number} {source.one('title')}"
    parts = ["<!DOCTYPE html>", '<html lang="vi"><head><meta charset="utf-8">',
             f"<title>{html.escape(title)}</title></head><body>",
             "<table><tr>", cell(*source.many("issuer"), "-------"), cell(*MOTTO, "---------------"), "</tr><tr>",
             cell(number), cell(source.one("place")), "</tr></table>",
             f'<p align="center"><strong>{source.one("kind")}</strong></p>',
             f'<p align="center"><strong>{html.escape(source.one("title"))}</strong></p>']  # fmt: skip
    rest = [
        *source.fields.get("note", []),
        *source.fields.get("basis", []),
        *numbered(source.body),
        *source.many("sign"),
    ]
    parts += [f"<p>{html.escape(line)}</p>" for line in rest]
    path.write_text("\n".join([*parts, "</body></html>"]) + "\n", "utf-8")


# --- DOCX --------------------------------------------------------------------------------------------


def numbering(document: docx.document.Document, restart: bool) -> str:
    """A multi-level list "Điều %1." / "%2." / "a)"; a new instance restarts at Điều 1. Gives its id."""
    root = document.part.numbering_part.element
    abstract_id = "90"
    if not root.xpath(f'./w:abstractNum[@w:abstractNumId="{abstract_id}"]'):
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), abstract_id)
        for level, (fmt, text) in enumerate((("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"))):
            lvl = OxmlElement("w:lvl")
            lvl.set(qn("w:ilvl"), str(level))
            for tag, value in (("w:start", "1"), ("w:numFmt", fmt), ("w:lvlText", text)):
                child = OxmlElement(tag)
                child.set(qn("w:val"), value)
                lvl.append(child)
            abstract.append(lvl)
        root.insert(0, abstract)
    number_id = str(100 + len(root.xpath("./w:num")))
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), number_id)
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), abstract_id)
    num.append(link)
    if restart:
        override = OxmlElement("w:lvlOverride")
        override.set(qn("w:ilvl"), "0")
        start = OxmlElement("w:startOverride")
        start.set(qn("w:val"), "1")
        override.append(start)
        num.append(override)
    root.append(num)
    return number_id


def paragraph(where: object, text: str, *, bold: bool = False, italic: bool = False, center: bool = False) -> object:
    item = where.add_paragraph()
    run = item.add_run(text)
    run.bold, run.italic = bold, italic
    if center:
        item.alignment = WD_ALIGN_PARAGRAPH.CENTER
    item.paragraph_format.space_after = Pt(4)
    return item


def number_it(item: object, level: int, number_id: str) -> None:
    properties = item._p.get_or_add_pPr()
    num = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", str(level)), ("w:numId", number_id)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        num.append(child)
    properties.append(num)


def add_body(document: docx.document.Document, lines: list[str], manual: bool, restart: bool) -> None:
    if manual or not any(line.startswith("# ") for line in lines):
        for line in numbered(lines):
            paragraph(document, line, bold=bool(re.match(r"(Điều \d+\.|[IVX]+\.) ", line)))
        return
    number_id = numbering(document, restart)
    for line in lines:
        marks, _, words = line.partition(" ")
        if set(marks) == {"#"}:
            item = paragraph(document, words, bold=marks == "#")
            number_it(item, len(marks) - 1, number_id)
        else:
            paragraph(document, line)


def write_docx(source: Source, path: Path) -> None:
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    head = document.add_table(rows=2, cols=2)
    number = source.one("number")
    number = number if number.startswith("Luật") else f"Số: {number}"
    cells = (
        (head.cell(0, 0), source.many("issuer"), True),
        (head.cell(0, 1), list(MOTTO), True),
        (head.cell(1, 0), [number], False),
        (head.cell(1, 1), [source.one("place")], False),
    )
    for cell, lines, bold in cells:
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        for line in lines:
            paragraph(cell, line, bold=bold, italic=line == source.one("place"), center=True)
    paragraph(document, source.one("kind"), bold=True, center=True)
    paragraph(document, source.one("title"), bold=True, center=True)
    for line in source.fields.get("note", []):
        paragraph(document, line, italic=True, center=True)
    for line in source.many("authority"):
        paragraph(document, line, bold=True, center=True)
    for line in source.fields.get("basis", []):
        paragraph(document, line, italic=True)
    for line in source.fields.get("enact", []):
        paragraph(document, line, bold=line.isupper(), center=line.isupper())
    for line in source.fields.get("lead", []):
        paragraph(document, line)
    add_body(document, source.body, source.manual, restart=False)
    tail = document.add_table(rows=1, cols=2)
    recipients = ["Nơi nhận:", *source.many("recipients")] if "recipients" in source.fields else []
    for cell, lines in ((tail.cell(0, 0), recipients), (tail.cell(0, 1), source.many("sign"))):
        for line in lines:
            paragraph(
                cell, line, bold=cell is not tail.cell(0, 0), center=lines is not None and line in source.many("sign")
            )
    if source.attached:
        document.add_page_break()
        for line, italic in (
            (source.one("attach"), False),
            (source.one("attach-title"), False),
            (source.one("attach-note"), True),
        ):
            paragraph(document, line, bold=not italic, italic=italic, center=True)
        add_body(document, source.attached, source.manual, restart=True)
    document.core_properties.author = "rasoat"
    document.save(path)


def write_pdf(source: Source, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"{path.stem}.docx"
        write_docx(source, made)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                   "--outdir", folder, str(made)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shutil.copy(made.with_suffix(".pdf"), path)


WRITERS = {".txt": write_text, ".md": write_markdown, ".html": write_html, ".docx": write_docx, ".pdf": write_pdf}


def main() -> None:
    """Write every sample; sources are named after the file that they become, plus `.txt`."""
    for folder, name in ((HERE, "dia-phuong"), (HERE / "trung-uong", "trung-uong")):
        target = TARGET / name
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.glob("*.txt")):
            made = target / path.name.removesuffix(".txt")
            WRITERS[made.suffix](parse(path), made)
            print(made.relative_to(TARGET))


if __name__ == "__main__":
    main()
