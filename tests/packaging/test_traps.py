"""What newer libraries broke once, as small tests: run with the lock, and by `make test-latest` with newer versions.

Each says which bound of pyproject.toml it watches (docs/decisions/0016).
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest


@pytest.mark.skipif("TRAPS" not in os.environ, reason="make test-latest; else tests/flows/test_prefect.py")
def test_prefects_server_and_its_scheduler_work(tmp_path: Path) -> None:
    """fastapi<0.142, starlette<1.7, pydantic<2.14: newer ones break Prefect's server while its routes are made.
    sqlalchemy<2.1: newer ones break the queries of its scheduler."""
    code = """
        import asyncio
        from prefect.server.api.server import create_app
        from prefect.server.database import provide_database_interface
        from prefect.server.models.deployments import read_deployments
        from prefect.server.services import scheduler

        async def main():
            assert len(create_app().routes) >= 3
            database = provide_database_interface()
            await database.create_db()
            async with database.session_context() as session:
                assert list(await read_deployments(session)) == []
            if hasattr(scheduler, "schedule_deployments"):
                await scheduler.schedule_deployments()
        asyncio.run(main())
    """
    quiet = {"PREFECT_HOME": str(tmp_path), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], env=os.environ | quiet, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


def test_text_of_a_pdf_keeps_its_letters() -> None:
    """pdfplumber<0.12, pypdfium2<6: the same words with the same places."""
    import pdfplumber
    import pypdfium2

    data = _pdf("Khoan 2 Dieu 5")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        words = pdf.pages[0].extract_words()
    assert [word["text"] for word in words] == ["Khoan", "2", "Dieu", "5"]
    assert words[0]["x0"] < words[1]["x0"]
    page = pypdfium2.PdfDocument(data)[0]
    assert "Khoan" in page.get_textpage().get_text_range()
    assert page.render(scale=1).to_numpy().shape[0] > 100


def test_word_and_excel_files_can_be_written_and_read_back() -> None:
    """python-docx<2, openpyxl<4."""
    import docx
    import openpyxl

    made = docx.Document()
    made.add_paragraph("Điều 1. Phạm vi điều chỉnh")
    made.add_table(1, 2).cell(0, 1).text = "ô"
    held = io.BytesIO()
    made.save(held)
    again = docx.Document(io.BytesIO(held.getvalue()))
    assert [again.paragraphs[0].text, again.tables[0].cell(0, 1).text] == ["Điều 1. Phạm vi điều chỉnh", "ô"]
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Số", "Ký hiệu"])
    held = io.BytesIO()
    book.save(held)
    assert openpyxl.load_workbook(io.BytesIO(held.getvalue())).active["B1"].value == "Ký hiệu"


def test_spacy_keeps_a_symbol_as_one_word() -> None:
    """spacy<3.9: `token_match` of a blank pipeline."""
    import re

    import spacy

    nlp = spacy.blank("xx")
    nlp.tokenizer.token_match = re.compile(r"^\d+/\d{4}/[\w-]+$").match
    assert "34/2016/NĐ-CP" in [token.text for token in nlp("Nghị định số 34/2016/NĐ-CP")]


def test_underthesea_splits_words() -> None:
    """underthesea<10."""
    from underthesea import word_tokenize

    words = word_tokenize("Công chức chịu trách nhiệm tiếp nhận hồ sơ")
    assert {"trách nhiệm", "hồ sơ"} <= set(words), words


@pytest.mark.parametrize("name", ["Điều 5", "Ủy ban", "hoà"])
def test_rapidfuzz_counts_letters(name: str) -> None:
    """rapidfuzz<4: a ratio between 0 and 100."""
    from rapidfuzz import fuzz

    assert fuzz.ratio(name, name) == 100
    assert 0 < fuzz.ratio(name, name + "x") < 100


def _pdf(words: str) -> bytes:
    """A page with one line of text, made by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table)
    return bytes(out)
