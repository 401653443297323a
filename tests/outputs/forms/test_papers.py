"""Every paper against its golden text, which a lawyer can read: `REWRITE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from docx import Document as open_docx
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook

from corpus.model import Desk
from outputs.forms.catalogue import LISTS, NAMES, YEARLY, Choice, files, safe_name
from outputs.forms.cells import DOUBT
from outputs.forms.layout import forms
from outputs.forms.listing import placed
from outputs.forms.material import Material
from outputs.forms.reasons import cases, reason, said_reason

GOLDEN = Path(__file__).with_name("golden")
SHARED = Path(__file__).parents[4] / "shared" / "domain" / "forms_columns.csv"
Text = Callable[[bytes], str]


@pytest.mark.parametrize("code", sorted(NAMES))
def test_paper_reads_as_the_golden_one(code: str, material: Material, text: Text) -> None:
    made = [one for one in files(code, material) if one.name.endswith(".docx")]
    assert made
    for one in made:
        golden = GOLDEN / f"{one.name.removesuffix('.docx')}.txt"
        said = text(one.data)
        if os.environ.get("REWRITE_GOLDEN"):
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(said, "utf-8")
        assert said == golden.read_text("utf-8"), golden.name


@pytest.mark.skipif(not SHARED.exists(), reason="the project's table of forms is not beside the checkout")
def test_columns_of_all_five_forms_are_those_of_the_decree() -> None:
    with SHARED.open(encoding="utf-8") as source:
        listed = [row for row in csv.DictReader(source) if row["che_do"] == "79/2025/NĐ-CP"]
    for number, form in forms().items():
        own = sorted((row for row in listed if row["mau"] == f"Mẫu số {number}"), key=lambda row: int(row["thu_tu"]))
        assert [column.name for column in form.columns] == [row["cot"] for row in own], number


def test_only_normative_documents_and_none_on_one_person(material: Material, text: Text) -> None:
    for code in YEARLY:
        for one in files(code, material):
            if one.name.endswith(".docx"):
                said = text(one.data)
                assert "15/KH-UBND" not in said
                assert "Trần Mẫu" not in said
    shown = next(iter(files("mau-01", replace(material, personal_too=True)))).data
    assert "Trần Mẫu" in text(shown)


def test_what_an_earlier_list_missed_is_in_part_b_and_what_it_had_is_not(material: Material) -> None:
    listing = LISTS["mau-01"](material)
    now, before = listing.parts
    assert [row.key for row in now.sections[0].rows] == ["qd05", "nq07", "qd09"]
    assert [row.key for row in now.sections[1].rows] == ["qd14"]
    assert [row.key for row in before.rows] == ["qd02"], "qd03 was in the list of 2023"


def test_a_mere_addition_ends_nothing(material: Material) -> None:
    (row,) = LISTS["mau-02"](material).parts[0].rows
    assert row.cells[2].text == "Khoản 1 Điều 2"


def test_reasons_are_cases_of_the_law(material: Material) -> None:
    starts = tuple(case.words.split("{")[0] for case in cases())
    for code in ("mau-01", "mau-02"):
        for item in placed(LISTS[code](material)):
            if "Lý do" in item.place and item.cell.status == "filled":
                assert item.cell.text.startswith(starts), item.cell.text


def test_the_law_of_the_day_counts(office: ModuleType) -> None:
    change = office.Change("repeal", None, date(2026, 3, 1), "Quyết định số 1/2026/QĐ-UBND")
    assert reason(change) == "Bị bãi bỏ bằng Quyết định số 1/2026/QĐ-UBND (điểm c khoản 1 Điều 57 Luật số 64/2025/QH15)"
    old = replace(change, from_=date(2020, 3, 1))
    assert "khoản 3 Điều 154 Luật số 80/2015/QH13" in str(reason(old))
    older = replace(change, from_=date(2012, 3, 1))
    assert reason(older) == "Bị bãi bỏ bằng Quyết định số 1/2026/QĐ-UBND", "no article that was not in force then"
    assert reason(replace(change, type="implement")) is None


def test_reasons_that_people_wrote_are_recognised_or_doubted() -> None:
    assert said_reason("Bị thay thế bởi QĐ 05/2024", date(2024, 5, 1))[1]
    assert said_reason("Văn bản được quy định chi tiết bị thay thế", date(2020, 5, 1)) == (
        "Văn bản được quy định chi tiết bị thay thế (khoản 4 Điều 154 Luật số 80/2015/QH13)", True,
    )  # fmt: skip
    assert said_reason("không rõ", None) == ("không rõ", False)


def test_nothing_uncertain_is_printed_as_a_fact(material: Material) -> None:
    for make in LISTS.values():
        for row in make(material).rows:
            if not row.certain:
                assert any(DOUBT in cell.shown for cell in row.cells), row.key


def test_nil_year(office: ModuleType, text: Text) -> None:
    empty = office.material(desk=office.desk(ledger=(), findings=(), decisions={}), changes={})
    said = text(files("bo-31-01", empty)[0].data)
    assert "không có văn bản quy phạm pháp luật của Hội đồng nhân dân xã Đồng Lúa" in said
    assert "Mẫu số 01" not in said.split("TỜ TRÌNH")[0], "no list is attached to a nil year"
    nil = text(files("mau-01", empty)[0].data)
    assert nil.count("Không có văn bản hết hiệu lực toàn bộ.") == 2
    assert nil.count("Tổng số: 0 văn bản") == 2


def test_traces_name_finding_or_row_and_the_day(material: Material) -> None:
    for code in NAMES:
        made = files(code, material)
        papers = {one.name.removesuffix(".docx"): one for one in made if one.name.endswith(".docx")}
        traces = {one.name.removesuffix(".nguon.json"): one for one in made if one.name.endswith(".nguon.json")}
        assert papers.keys() == traces.keys()
        for name, one in traces.items():
            record = json.loads(one.data)
            assert len(record["cells"]) == len(papers[name].cells)
            assert sum(record["counts"].values()) == len(record["cells"])
            for cell in record["cells"]:
                for source in cell["sources"]:
                    assert source["kind"]
                    assert source["id"]
    trace = json.loads(files("mau-04", material)[1].data)
    how = next(cell for cell in trace["cells"] if "Kiến nghị hình thức" in cell["place"])
    assert {(one["kind"], one["id"], one["seen"]) for one in how["sources"]} == {
        ("finding", "f1", "2026-12-21"), ("decision", "f1", "2026-12-18"),
    }  # fmt: skip


def test_workbook_has_form_trace_and_notes(material: Material) -> None:
    book = load_workbook(BytesIO(files("mau-01", material)[2].data))
    assert book.sheetnames == ["Mẫu số 01", "Nguồn", "Ghi chú"]
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "Tổng số: 4 văn bản (trong đó 1 văn bản cần xác minh)" in values
    assert book.worksheets[1].max_row > 20


def test_the_187_note_goes_when_the_setting_says_so(office: ModuleType, text: Text) -> None:
    note = "chưa đối chiếu Nghị định số 187/2025/NĐ-CP"
    settings = replace(office.SETTINGS, nd187_compared=True)
    compared = office.material(desk=office.desk(settings=settings))
    for code in ("mau-03", "mau-05", "bo-31-01", "ke-hoach", "tiep-nhan"):
        open_ones = [one for one in files(code, office.material()) if one.name.endswith(".docx")]
        closed = [one for one in files(code, compared) if one.name.endswith(".docx")]
        assert all(note in text(one.data) for one in open_ones), code
        assert not any(note in text(one.data) for one in closed), code


def test_the_set_says_when_it_is_too_early(office: ModuleType, text: Text) -> None:
    early: Desk = office.desk(as_of=date(2026, 12, 1))
    assert "chưa dùng để trình" in text(files("bo-31-01", office.material(desk=early))[0].data)
    late: Desk = office.desk(as_of=date(2027, 1, 10))
    said = text(files("bo-31-01", office.material(desk=late))[0].data)
    assert "chưa dùng để trình" not in said
    assert "lập lại sau ngày 31/12/2026" not in said


def test_pages_are_official(material: Material) -> None:
    docx = open_docx(BytesIO(files("bo-31-01", material)[0].data))
    assert {section.orientation for section in docx.sections} == {WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE}
    for section in docx.sections:
        short, long = sorted((round(section.page_width.cm, 1), round(section.page_height.cm, 1)))
        assert (short, long) == (21.0, 29.7)
        assert 2.0 <= round(section.top_margin.cm, 2) <= 2.5
        assert 3.0 <= round(section.left_margin.cm, 2) <= 3.5
        assert 1.5 <= round(section.right_margin.cm, 2) <= 2.0
    assert docx.styles["Normal"].font.name == "Times New Roman"  # type: ignore[attr-defined]


def test_hdnd_repeals_hdnd_and_only_a_repeal_may_be_administrative(office: ModuleType, text: Text) -> None:
    material = office.material()
    papers = {one.name: text(one.data) for one in files("xu-ly", material) if one.name.endswith(".docx")}
    council = [said for name, said in papers.items() if "hdnd" in name]
    assert council
    assert all("NGHỊ QUYẾT" in said for said in council)
    assert all("01/2024/NQ-HĐND" not in said for name, said in papers.items() if "ubnd-" in name and "hdnd" not in name)
    old = next(said for name, said in papers.items() if "hanh-chinh" in name)
    assert "21/2012/QĐ-UBND" in old, "a former unit's document: Luật 64/2025 Art. 54.2"
    assert "/QĐ-UBND |" in old.split("QUYẾT ĐỊNH")[0]
    assert "13/2021/QĐ-UBND" not in old
    asked = Choice(documents=("13/2021/QĐ-UBND",), grounds={"13/2021/QĐ-UBND": "sap_xep"})
    (made, _) = files("xu-ly", material, asked)
    assert "hanh-chinh" in made.name
    amended = Choice(documents=("12/2022/QĐ-UBND",), grounds={"12/2022/QĐ-UBND": "sap_xep"})
    (made, _) = files("xu-ly", material, amended)
    assert "hanh-chinh" not in made.name, "an amendment is always a normative text"


def test_review_sheet_says_that_it_is_no_form_of_the_decree(material: Material, text: Text) -> None:
    for one in files("phieu-ra-soat", material):
        if one.name.endswith(".docx"):
            first = text(one.data).split("\n")[0]
            assert first == "Mẫu nội bộ, không phải biểu mẫu của Nghị định số 79/2025/NĐ-CP"


def test_what_is_asked_for_and_is_not_there(material: Material) -> None:
    with pytest.raises(LookupError, match="99/2099/QĐ-UBND"):
        files("tu-kiem-tra", material, Choice(documents=("99/2099/QĐ-UBND",)))
    with pytest.raises(LookupError, match="Phòng Không Có"):
        files("lay-y-kien", material, Choice(units=("Phòng Không Có",)))
    with pytest.raises(KeyError):
        files("khong-co", material)


def test_handled_findings_need_no_act_any_more(office: ModuleType) -> None:
    from corpus.model import Handling

    done = {"f1": Handling("f1", "44/2026/QĐ-UBND", date(2026, 12, 19), "công chức Mẫu", "2026-12-19T00:00:00+00:00")}
    material = office.material(desk=office.desk(handled=done))
    assert "qd12" not in {row.key for row in LISTS["mau-04"](material).rows}
    assert "qd12" in {row.key for row in LISTS["mau-04"](office.material()).rows}


def test_names_of_files_are_safe() -> None:
    assert safe_name("") == "tep"
    assert safe_name("../../etc/passwd") == "etc-passwd"
    assert safe_name("Lấy ý kiến: Phòng Kinh tế\x00\n") == "lay-y-kien-phong-kinh-te"


def test_the_same_desk_gives_the_same_bytes(material: Material) -> None:
    for code in ("mau-01", "tiep-nhan"):
        assert [one.data for one in files(code, material)] == [one.data for one in files(code, material)]
