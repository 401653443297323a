"""The lists against the forms of NĐ 79/2025: headings, columns, sections, footnotes, totals; who may stand in them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from docx import Document as open_docx
from docx.document import Document as Docx
from docx.shared import Cm

from corpus.model import Evidence, Finding, Run
from outputs.forms import lists
from outputs.forms.rows import endings, handlings
from outputs.forms.yearly import period

COLUMNS = {
    "Mau-so-01.docx": [
        "STT", "Tên loại văn bản; cơ quan ban hành", "Số, ký hiệu; ngày, tháng, năm ban hành văn bản",
        "Tên gọi của văn bản", "Lý do hết hiệu lực, tạm ngưng hiệu lực", "Ngày hết hiệu lực, tạm ngưng hiệu lực",
    ],
    "Mau-so-02.docx": [
        "STT", "Tên loại văn bản; cơ quan ban hành", "Số, ký hiệu; ngày, tháng, năm ban hành; tên gọi của văn bản",
        "Nội dung, quy định hết hiệu lực, tạm ngưng hiệu lực", "Lý do hết hiệu lực, tạm ngưng hiệu lực",
        "Ngày hết hiệu lực, tạm ngưng hiệu lực",
    ],
    "Mau-so-04.docx": [
        "STT", "Tên loại văn bản; cơ quan ban hành", "Số, ký hiệu; ngày, tháng, năm ban hành; tên gọi của văn bản",
        "Kiến nghị hình thức xử lý văn bản", "Nội dung kiến nghị xử lý/Lý do kiến nghị",
        "Cơ quan/đơn vị chủ trì soạn thảo", "Thời hạn phải xử lý",
    ],
}  # fmt: skip
SHARED = Path(__file__).parents[3] / "shared" / "domain" / "forms_columns.csv"


@pytest.fixture(scope="module")
def files(run: Run) -> Mapping[str, bytes]:
    return lists(run)


def opened(data: bytes) -> Docx:
    return open_docx(BytesIO(data))


def rows(docx: Docx, table: int = 0) -> list[list[str]]:
    """Texts of a table's rows, a merged cell once."""
    found = []
    for row in docx.tables[table].rows:
        cells = list(row.cells)
        found.append([cell.text for n, cell in enumerate(cells) if n == 0 or cell._tc is not cells[n - 1]._tc])
    return found


def test_columns_are_those_of_the_decree(files: Mapping[str, bytes]) -> None:
    assert list(files) == list(COLUMNS)
    for name, columns in COLUMNS.items():
        for table in range(1 if name == "Mau-so-04.docx" else 2):
            assert rows(opened(files[name]), table)[0] == columns


@pytest.mark.skipif(not SHARED.exists(), reason="the project's table of forms is not beside the checkout")
def test_columns_are_those_of_the_projects_table() -> None:
    with SHARED.open(encoding="utf-8") as source:
        listed = list(csv.DictReader(source))
    for name, columns in COLUMNS.items():
        form = f"Mẫu số {name[7:9]}"
        own = [row for row in listed if row["mau"] == form and row["che_do"] == "79/2025/NĐ-CP"]
        assert columns == [row["cot"] for row in sorted(own, key=lambda row: int(row["thu_tu"]))]


def test_headings_sections_and_totals(files: Mapping[str, bytes]) -> None:
    first, second, fourth = (opened(files[name]) for name in COLUMNS)
    said = [p.text for p in first.paragraphs]
    assert said[:2] == ["Mẫu số 01", "DANH MỤC"]
    assert said[2].split("\n")[0] == "Văn bản quy phạm pháp luật hết hiệu lực, tạm ngưng hiệu lực toàn bộ"
    assert "A. VĂN BẢN HẾT HIỆU LỰC, TẠM NGƯNG HIỆU LỰC TOÀN BỘ NĂM 2026" in said
    assert "B. VĂN BẢN HẾT HIỆU LỰC, TẠM NGƯNG HIỆU LỰC TOÀN BỘ TRƯỚC NGÀY 01/01/2026" in said
    assert rows(first, 0)[1:] == [
        ["I. VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ"], ["Không có văn bản hết hiệu lực toàn bộ."],
        ["II. VĂN BẢN NGƯNG HIỆU LỰC TOÀN BỘ"], ["Không có văn bản tạm ngưng hiệu lực toàn bộ."],
        ["Tổng số: 0 văn bản"],
    ]  # fmt: skip
    assert rows(first, 1)[1] == ["I. VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ"]
    assert ["II. VĂN BẢN TẠM NGƯNG HIỆU LỰC TOÀN BỘ"] in rows(first, 1)
    assert rows(first, 1)[-1] == ["Tổng số: 2 văn bản (trong đó 1 văn bản cần xác minh)"]
    headings = [p.text for p in second.paragraphs]
    assert "B. VĂN BẢN HẾT HIỆU LỰC, NGƯNG HIỆU LỰC MỘT PHẦN TRƯỚC NGÀY 01/01/2026" in headings
    assert rows(fourth)[-1][0].startswith("Tổng số: 4 văn bản")


def test_footnotes_are_real_and_complete(files: Mapping[str, bytes]) -> None:
    for name, count in (("Mau-so-01.docx", 5), ("Mau-so-02.docx", 5), ("Mau-so-04.docx", 3)):
        with ZipFile(BytesIO(files[name])) as parts:
            notes, body = parts.read("word/footnotes.xml").decode(), parts.read("word/document.xml").decode()
            assert "/word/footnotes.xml" in parts.read("[Content_Types].xml").decode()
        for n in range(1, count + 1):
            assert f"<w:footnote w:id='{n}'>" in notes
            assert body.count(f'<w:footnoteReference w:id="{n}"/>') == 1
        assert "Tên danh mục có thể thay đổi căn cứ vào mục đích, phạm vi" in notes


def test_page_is_official(files: Mapping[str, bytes]) -> None:
    for data in files.values():
        docx = opened(data)
        section, font = docx.sections[0], docx.styles["Normal"].font  # type: ignore[attr-defined]
        assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
        assert Cm(2) <= section.top_margin <= Cm(2.5)
        assert Cm(3) <= section.left_margin <= Cm(3.5)
        assert font.name == "Times New Roman"
        assert 13 <= font.size.pt <= 14
        widths = sum(cell.width.cm for cell in docx.tables[0].rows[0].cells)
        assert widths == pytest.approx(29.7 - 3 - 2, abs=0.1)


def test_whole_endings_with_reason_and_day(files: Mapping[str, bytes]) -> None:
    certain, doubtful = rows(opened(files["Mau-so-01.docx"]), 1)[2:4]
    assert certain == [
        "1", "Nghị quyết; Hội đồng nhân dân xã Đồng Lúa", "Số 07/2019/NQ-HĐND; ngày 20 tháng 12 năm 2019",
        "Về mức hỗ trợ thu gom rác thải giai đoạn 2020 - 2022",
        "Hết thời hạn có hiệu lực đã được quy định trong văn bản (khoản 1 Điều 57 Luật số 64/2025/QH15)", "01/01/2023",
    ]  # fmt: skip
    assert doubtful[4].endswith("(cần xác minh)")
    assert doubtful[5] == "01/7/2018 (cần xác minh)"


def test_part_endings_name_the_provisions(files: Mapping[str, bytes]) -> None:
    row = rows(opened(files["Mau-so-02.docx"]), 0)[2]
    assert row[3] == "Khoản 1 Điều 2"
    assert row[5] == "11/6/2026"
    assert row[4].startswith("Bị bãi bỏ bằng Điều 1 Quyết định số 09/2026/QĐ-UBND ngày 01 tháng 6 năm 2026")


def test_mau_04_holds_only_forms_of_handling_of_article_38(files: Mapping[str, bytes], run: Run) -> None:
    said = "\n".join("|".join(row) for row in rows(opened(files["Mau-so-04.docx"])))
    for never in ("Đính chính", "Tự kiểm tra", "Kiến nghị kiểm tra", "Giữ nguyên", "Đề nghị nghiên cứu"):
        assert never not in said
    assert "Sửa đổi, bổ sung" in said
    assert "Thay thế" in said
    assert "Ban hành mới (cần xác minh)" in said
    # A new document has no number yet, and who drafts it by when is not for a program to say.
    assert rows(opened(files["Mau-so-04.docx"]))[-2][1:3] == ["…", ""]
    assert all(row[5:] == ["", ""] for row in rows(opened(files["Mau-so-04.docx"]))[1:-1])
    # A plan is no normative document.
    assert "15/KH-UBND" not in "".join(str(opened(data).element.xml) for data in files.values())


def test_drafts_say_what_they_were_not_compared_with(files: Mapping[str, bytes]) -> None:
    for data in files.values():
        assert any("chưa đối chiếu Nghị định số 187/2025/NĐ-CP" in p.text for p in opened(data).paragraphs)


def test_nothing_uncertain_is_printed_as_a_fact(run: Run, files: Mapping[str, bytes]) -> None:
    doubtful = replace(run, findings=tuple(replace(f, certainty="goi_y") for f in run.findings))
    for data in lists(doubtful).values():
        docx = opened(data)
        for table in range(len(docx.tables)):
            for row in rows(docx, table)[1:]:
                if row[0].isdigit():
                    assert "(cần xác minh)" in " ".join(row)


def test_nil_lists(run: Run) -> None:
    files = lists(replace(run, findings=(), unit=None))
    nil = rows(opened(files["Mau-so-04.docx"]))[1][0]
    assert nil.startswith("Không có văn bản quy phạm pháp luật cần tạm ngưng hiệu lực, sửa đổi, bổ sung, thay thế")
    assert rows(opened(files["Mau-so-04.docx"]))[-1] == ["Tổng số: 0 văn bản"]
    assert ["Không có văn bản hết hiệu lực một phần."] in rows(opened(files["Mau-so-02.docx"]), 1)


def test_a_document_that_surely_ended_needs_no_amendment(run: Run) -> None:
    ended = next(f for f in run.findings if f.id == "b01")
    amend = replace(ended, id="b09", rule="VD01", proposal="sua_doi_bo_sung")
    assert ended.path in {h.document.path for h in handlings(replace(run, findings=(amend,))) if h.document}
    assert handlings(replace(run, findings=(ended, amend))) == ()


def ended_by(demo: ModuleType, **change: object) -> Finding:
    found: Finding = next(f for f in demo.FINDINGS if f.id == "c01")
    return replace(found, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type", "message", "whole", "suspended"),
    [
        ("repeal", "Văn bản này đã hết hiệu lực toàn bộ.", True, False),
        ("repeal", "Văn bản này đã hết hiệu lực hoặc thay đổi một phần.", False, False),
        ("amend", "Văn bản này đã hết hiệu lực hoặc thay đổi một phần.", False, False),
        ("suspend", "Văn bản này bị tạm ngưng hiệu lực.", True, True),
    ],
)
def test_scope_where_only_the_register_knows_the_act(
    demo: ModuleType, run: Run, type: str, message: str, whole: bool, suspended: bool
) -> None:
    found = ended_by(demo, message=message, evidence=(Evidence("77/2026/QĐ-UBND", None, None, type, date(2026, 2, 1)),))
    (row,) = endings(replace(run, findings=(found,)))
    assert (row.whole, row.suspended, row.on) == (whole, suspended, date(2026, 2, 1))


def test_the_end_of_a_period_is_the_first_day_after_it(demo: ModuleType, run: Run) -> None:
    found = replace(next(f for f in demo.FINDINGS if f.id == "b01"), evidence=())
    (row,) = endings(replace(run, findings=(found,)))
    assert row.on == date(2023, 1, 1)


def test_period_of_the_yearly_list() -> None:
    assert period(date(2026, 11, 24)) == 2026
    assert period(date(2027, 1, 31)) == 2026, "the list of 2026 is announced by 31 January 2027 (Art. 43.1)"
    assert period(date(2027, 2, 1)) == 2027


def test_sorted_by_legal_force_then_date(run: Run) -> None:
    symbols = [row.document.masthead.symbol for row in endings(run) if row.document.masthead and row.whole]
    assert symbols == ["07/2019/NQ-HĐND", "02/2012/CT-UBND"]
