"""Saved pages of vbpl.vn: what is read from their words, in the layouts of 2026 and before; what is refused and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus import register
from corpus.library import CorpusLibrary
from corpus.register.importing import Imported, ImportFault, take_in
from corpus.register.pages import NotUnderstood, read_page

NEW = """<!DOCTYPE html><html><head><title>Văn bản</title><style>.x{{}}</style><script>var n = "99/2099/NĐ-CP";</script>
<link rel="canonical" href="https://vbpl.vn/van-ban/chi-tiet/1"></head><body>
<div>Trang chủ</div><div>&gt;</div><div>Nghị định số 7010/2030/NĐ-CP Quy định về chợ mẫu</div>
<div>Nội dung</div><div>Thuộc tính</div><div>Lược đồ</div>
<h1>Nghị định số 7010/2030/NĐ-CP Quy định về chợ mẫu</h1><div>
<div>{state}</div><div>Ngày có hiệu lực:</div><div>01/05/2030</div>
{ended}<div>Ngày cập nhật:</div><div>17/06/2034</div></div>
<div>Số: 7010/2030/NĐ-CP</div><div>Hà Nội, ngày 02 tháng 3 năm 2030</div>
<p>Căn cứ Luật số <span>11/2029/</span><b>QH18</b>;</p>
<p>Điều 1. Nghị định này thay thế Nghị định số 7001/2020/NĐ-CP.</p>
{diagram}</body></html>"""
DIAGRAM = """<div>Văn bản căn cứ (1)</div><div>Luật Chợ số 11/2029/QH18</div>
<div>Văn bản bị thay thế (1)</div><a>Nghị định số 7001/2020/NĐ-CP quy định về chợ</a><div>Hết hiệu lực toàn bộ</div>
<div>Văn bản sửa đổi, bổ sung (2)</div><a>Nghị định số 7020/2032/NĐ-CP</a><div>01/05/2032</div>
<a>Nghị định số 7021/2033/NĐ-CP</a>
<div>Văn bản bị hết hiệu lực một phần</div><a>Thông tư số 7003/2021/TT-BTC</a>
<div>Văn bản liên quan khác</div><a>Nghị định số 7099/2020/NĐ-CP</a>"""
OLD = """<html><body><table><tr><td>Số ký hiệu</td><td>7010/2030/NĐ-CP</td>
<td>Ngày ban hành</td><td>02/03/2030</td></tr>
<tr><td>Loại văn bản</td><td>Nghị định</td><td>Ngày có hiệu lực</td><td>01/05/2030</td></tr>
<tr><td>Cơ quan ban hành</td><td>Chính phủ</td></tr><tr><td>Tình trạng hiệu lực:</td><td>Hết hiệu lực toàn bộ</td></tr>
<tr><td>Ngày hết hiệu lực</td><td>15/06/2033</td></tr></table></body></html>"""


def page(folder: Path, state: str = "Còn hiệu lực", ended: str = "", diagram: str = "", name: str = "a.html") -> Path:
    file = folder / name
    file.write_text(NEW.format(state=state, ended=ended, diagram=diagram), "utf-8")
    return file


def test_the_act_of_a_page(tmp_path):
    row = read_page(page(tmp_path)).document
    assert (row["symbol"], row["kind"], row["issuer"]) == ("7010/2030/NĐ-CP", "nghi_dinh", "Chính phủ")
    assert (row["date"], row["effective"], row["ended"]) == ("2030-03-02", "2030-05-01", "")
    assert (row["state"], row["seen"], row["title"]) == ("con_hieu_luc", "2034-06-17", "Quy định về chợ mẫu")
    assert row["source_ref"] == "https://vbpl.vn/van-ban/chi-tiet/1"
    assert read_page(page(tmp_path), date(2034, 7, 1)).document["seen"] == "2034-07-01"


def test_a_page_of_an_ended_act(tmp_path):
    ended = "<div>Ngày hết hiệu lực:</div><div>15/06/2033</div>"
    row = read_page(page(tmp_path, "Hết hiệu lực toàn bộ", ended)).document
    assert (row["state"], row["ended"]) == ("het_hieu_luc_toan_bo", "2033-06-15")


def test_the_table_of_attributes_alone(tmp_path):
    file = tmp_path / "thuoc-tinh.htm"
    file.write_text(OLD, "utf-8")
    row = read_page(file).document
    assert (row["symbol"], row["kind"], row["date"]) == ("7010/2030/NĐ-CP", "nghi_dinh", "2030-03-02")
    assert (row["state"], row["ended"], row["seen"]) == ("het_hieu_luc_toan_bo", "2033-06-15", "")


def test_related_acts_say_who_did_what_to_whom(tmp_path):
    rows = read_page(page(tmp_path, diagram=DIAGRAM)).effects
    assert [(r["affected_symbol"], r["type"], r["scope"], r["by_symbol"]) for r in rows] == [
        ("7001/2020/NĐ-CP", "replace", "whole", "7010/2030/NĐ-CP"),
        ("7010/2030/NĐ-CP", "amend", "part", "7020/2032/NĐ-CP"),
        ("7010/2030/NĐ-CP", "amend", "part", "7021/2033/NĐ-CP"),
        ("7003/2021/TT-BTC", "repeal", "part", "7010/2030/NĐ-CP"),
    ]
    assert {r["certainty"] for r in rows} == {"trung_binh"}
    assert {r["from"] for r in rows} == {""}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<html><body><p>Điều 1. Phạm vi</p></body></html>", "không thấy tiêu đề văn bản"),
        (OLD.replace("Hết hiệu lực toàn bộ", "Đang cập nhật"), "“Đang cập nhật” không thuộc"),
        (OLD.replace("15/06/2033", "31/02/2033"), "“31/02/2033” không có trong lịch"),
        (OLD.replace("15/06/2033", "15/06/2029"), "trước ngày có hiệu lực"),
    ],
)
def test_a_page_that_is_not_understood_is_told(tmp_path, content, why):
    file = tmp_path / "x.html"
    file.write_text(content, "utf-8")
    with pytest.raises(NotUnderstood, match=why):
        read_page(file)


def test_bytes_that_are_no_text(tmp_path):
    file = tmp_path / "x.html"
    file.write_bytes(b"\xff\xfe\x00<html>")
    with pytest.raises(NotUnderstood, match="không đọc được"):
        read_page(file)


def test_a_folder_of_pages_is_taken_in_whole_or_not_at_all(tmp_path):
    folder, own = tmp_path / "trang", tmp_path / "danh-muc"
    folder.mkdir()
    page(folder, diagram=DIAGRAM)
    bad = folder / "b.html"
    bad.write_text("<html>", "utf-8")
    with pytest.raises(ImportFault, match=r"b\.html"):
        take_in(folder, own)
    assert not own.exists()
    bad.unlink()
    assert take_in(folder, own) == [Imported("documents", 1, 0), Imported("effects", 4, 0)]
    assert take_in(folder, own) == [Imported("documents", 0, 1), Imported("effects", 0, 4)]


def test_what_a_page_says_is_known_and_grows_old(tmp_path):
    own = tmp_path / "danh-muc"
    take_in(page(tmp_path), own)
    library = CorpusLibrary({}, register.load(own))
    fresh = library.state("7010/2030/NĐ-CP", as_of=date(2034, 8, 1))
    assert (fresh.state, fresh.certainty) == ("con_hieu_luc", "danh_muc")
    assert library.state("7010/2030/NĐ-CP", as_of=date(2034, 12, 1)).certainty == "chua_xac_minh"


def test_undated_relations_never_speak_with_certainty(tmp_path):
    own = tmp_path / "danh-muc"
    take_in(page(tmp_path, diagram=DIAGRAM), own)
    library = CorpusLibrary({}, register.load(own))
    state = library.state("7001/2020/NĐ-CP", as_of=date(2035, 1, 1))
    assert state.strength != "chac_chan"
