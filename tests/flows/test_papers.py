"""`rasoat forms` on the sample commune: files, traces, counts, wrong calls; a decision reaches Mẫu số 04; PDF."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document as open_docx
from pypdfium2 import PdfDocument

from flows.cli import main
from flows.office.forms_options import CODES, GROUNDS
from flows.office.papers import usual_year
from outputs.forms.acts import GROUND_WORDS
from outputs.forms.catalogue import NAMES, YEARLY


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("giay-to") / "xa"
    assert main(["init", "--samples", "--workspace", str(folder)]) == 0
    assert main(["review", "--workspace", str(folder), "--as-of", "2026-11-24"]) == 0
    return folder


def forms(space: Path, *arguments: str) -> int:
    return main(["forms", *arguments, "--workspace", str(space), "--as-of", "2026-12-20"])


def test_codes_of_the_command_are_those_of_the_papers() -> None:
    assert set(CODES) == {"list", "tat-ca", *NAMES}
    assert set(GROUNDS) == set(GROUND_WORDS)


def test_all_papers_of_a_year(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert forms(space, "tat-ca", "--year", "2026") == 0
    told = capsys.readouterr()
    paths = [Path(line) for line in told.out.splitlines()]
    assert all(path.is_file() for path in paths)
    assert len([path for path in paths if path.suffix == ".docx"]) == len(YEARLY)
    assert "Đã điền" in told.err
    assert "cần xác minh" in told.err
    assert "còn thiếu" in told.err
    assert "chưa đối chiếu Nghị định số 187/2025/NĐ-CP" in told.err
    for path in paths:
        if path.name.endswith(".nguon.json"):
            record = json.loads(path.read_text("utf-8"))
            assert sum(record["counts"].values()) == len(record["cells"])


def test_what_ended_is_listed_with_the_act_that_ended_it(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert forms(space, "mau-01", "--year", "2026") == 0
    path = next(Path(p) for p in capsys.readouterr().out.splitlines() if p.endswith(".docx"))
    said = [[cell.text for cell in row.cells] for row in open_docx(str(path)).tables[0].rows]
    row = next(row for row in said if "11/2019/QĐ-UBND" in row[2])
    assert row[4].startswith("Bị bãi bỏ bằng Điều 1 Quyết định số 40/2026/QĐ-UBND")
    assert row[5] == "01/4/2026"


def test_a_decision_reaches_mau_04(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = next((space / "outputs").glob("luot-*/findings.jsonl")).read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    still = "15/2023/QĐ-UBND"  # in force, nothing has dealt with it yet
    one = next(f for f in found if f["proposal"] == "sua_doi_bo_sung" and f["document"]["symbol"] == still)
    assert main(["decide", one["id"], "--verdict", "dong_y", "--unit", "Phòng Kinh tế", "--due", "2027-03-01",
                 "--workspace", str(space)]) == 0  # fmt: skip
    capsys.readouterr()
    assert forms(space, "mau-04", "--year", "2026") == 0
    path = next(Path(p) for p in capsys.readouterr().out.splitlines() if p.endswith(".nguon.json"))
    record = json.loads(path.read_text("utf-8"))
    cells = {cell["place"].split(", ")[-1]: cell for cell in record["cells"]}
    assert cells["Cơ quan/đơn vị chủ trì soạn thảo"]["text"] == "Phòng Kinh tế"
    assert cells["Thời hạn phải xử lý"]["text"] == "01/3/2027"
    ids = {source["id"] for source in cells["Kiến nghị hình thức xử lý văn bản"]["sources"]}
    assert one["id"] in ids
    assert forms(space, "xu-ly", "--year", "2026") == 0
    assert forms(space, "lay-y-kien", "--unit", "Phòng Kinh tế", "--year", "2026") == 0


def test_wrong_calls(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert forms(space, "tu-kiem-tra", "--document", "99/2099/QĐ-UBND") == 1
    assert "99/2099/QĐ-UBND" in capsys.readouterr().err
    assert forms(space, "tiep-nhan") == 1, "no proposal came in"
    assert main(["forms", "list"]) == 0
    assert "mau-05" in capsys.readouterr().out


def test_usual_year() -> None:
    from datetime import date

    assert usual_year(date(2027, 1, 31)) == 2026
    assert usual_year(date(2027, 2, 1)) == 2027


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_pdf_through_libreoffice(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert forms(space, "mau-05", "--year", "2026", "--pdf") == 0
    path = next(Path(p) for p in capsys.readouterr().out.splitlines() if p.endswith(".pdf"))
    pdf = PdfDocument(str(path))
    assert len(pdf) > 3, "cover, table, full texts"
    assert "TẬP HỆ THỐNG HÓA" in pdf[0].get_textpage().get_text_range()
