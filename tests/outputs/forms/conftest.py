"""The demo desk for the tests of the papers, and a paper as text that a lawyer can read."""

from __future__ import annotations

import importlib.util
import re
from io import BytesIO
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from docx import Document as open_docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from outputs.forms.material import Material


@pytest.fixture(scope="session")
def office() -> ModuleType:
    spec = importlib.util.spec_from_file_location("office_demo", Path(__file__).with_name("office_demo.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def material(office: ModuleType) -> Material:
    found: Material = office.material()
    return found


def rows_of(table: Table) -> list[list[str]]:
    """Texts of a table's rows, a merged cell once."""
    found = []
    for row in table.rows:
        cells = list(row.cells)
        found.append([c.text for n, c in enumerate(cells) if n == 0 or c._tc is not cells[n - 1]._tc])
    return found


def as_text(data: bytes) -> str:
    """Paragraphs and tables of a DOCX in reading order, footnotes last."""
    docx = open_docx(BytesIO(data))
    lines: list[str] = []
    for element in docx.element.body.iterchildren():
        if element.tag.endswith("}p"):
            made = Paragraph(element, docx._body)
            if made.text.strip():
                lines.append(made.text)
            if element.xpath(".//w:sectPr"):
                lines.append("--- trang mới ---")
        elif element.tag.endswith("}tbl"):
            for row in rows_of(Table(element, docx._body)):
                lines.append("| " + " | ".join(cell.replace("\n", " / ").strip(" /") for cell in row))
    with ZipFile(BytesIO(data)) as parts:
        if "word/footnotes.xml" in parts.namelist():
            notes = parts.read("word/footnotes.xml").decode()
            texts = re.findall(r"<w:t xml:space='preserve'>([^<]*)</w:t>", notes)
            lines += [f"[{n}]{text}" for n, text in enumerate(texts, 1)]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def text() -> object:
    return as_text


@pytest.fixture(scope="session")
def rows() -> object:
    return rows_of
