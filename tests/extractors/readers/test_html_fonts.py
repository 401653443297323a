"""Pages whose fonts are of before Unicode: the name of the font decides, run by run; statistics where none is named."""

from __future__ import annotations

import time

import pytest

from corpus.nothing import NothingKnown
from extractors import extract, readers

TCVN3 = "QuyÕt ®Þnh vÒ viÖc ban hµnh quy ­íc cña x·"
VNI = "Quyeát ñònh veà vieäc ban haønh quy öôùc cuûa xaõ"
TODAY = "Quyết định về việc ban hành quy ước của xã"


def lines(tmp_path, page: str, encoding: str = "utf-8") -> list[str]:
    path = tmp_path / "a.html"
    path.write_bytes(page.encode(encoding))
    reading = readers.read(path, "html")
    assert reading.outcome == "ok"
    return [line.text for line in reading.lines]


@pytest.mark.parametrize(
    ("before", "behind", "text"),
    [
        ('<p><font face=".VnTime">', "</font></p>", TCVN3),
        ('<p><font face="VNI-Times, serif" size=3><b>', "</b></font></p>", VNI),
        ("<p style='font-family:\".VnTime\",\"serif\";text-align:justify'>", "</p>", TCVN3),
        ('<div style="font-family: VNI-Times; mso-bidi-font-family: Arial"><p><span>', "</span></p></div>", VNI),
        ('<p style="font: 13pt .VnTime">', "</p>", TCVN3),
        ("<p style='font: 13pt \".VnTime\"'>", "</p>", TCVN3),
        ('<style>.chu { font-family: ".VnTime"; }</style><p class="x chu">', "</p>", TCVN3),
        ('<style><!-- /* chữ */ p.MsoNormal, li.MsoNormal {margin:0; font-family:".VnTime";} --></style>'
         '<p class=MsoNormal><span lang=VI>', "</span></p>", TCVN3),
        ("<style>@media print { p { font-family: VNI-Times } }</style><table><tr><td><p>", "</table>", VNI),
        ("<style>body {font-family:.VnTime}</style><h1>Tin</h1><p>", "</p>", TCVN3),
        ("<style>#a td {font-family:'VNI-Times'}</style><div id=a><table><tr><td>", "</table></div>", VNI),
        ("<style>#noi-dung {font-family:'VNI-Times'}</style><div id=noi-dung>", "</div>", VNI),
        ('<style>p {font-family:Arial} .a {font-family:".VnTime"}</style><p class=a>', "</p>", TCVN3),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_font_is_named(tmp_path, before, behind, text, encoding):
    if encoding != "utf-8":
        before = before.replace("chữ", "chu")
    assert lines(tmp_path, f"<html><body>{before}{text}{behind}</body></html>", encoding)[-1] == TODAY


def test_few_letters_suffice_where_the_font_is_named(tmp_path):
    # By statistics there is too little to tell.
    page = '<p><font face=".VnTimeH">x·</font> <font face=".VnTime">x·</font> <font face="VNI-Times">xaõ</font> x·</p>'
    assert lines(tmp_path, page) == ["XÃ xã xã x·"]
    assert lines(tmp_path, page, "cp1252") == ["XÃ xã xã x·"]


def test_each_run_by_its_own_font(tmp_path):
    page = (
        "<div style='font-family:.VnTime'>QuyÕt ®Þnh <span style='font-family:\"Times New Roman\"'>của Ủy ban "
        "<font face=VNI-Times>nhaân daân</font> xã</span> vÒ viÖc<p>ban hµnh</p>quy ­íc</div><p>Điều 1. Thực hiện</p>"
    )
    assert lines(tmp_path, page) == [
        "Quyết định của Ủy ban nhân dân xã về việc", "ban hành", "quy ước", "Điều 1. Thực hiện",
    ]  # fmt: skip


def test_letters_of_another_code_page_are_bytes_again(tmp_path):
    # The page says windows-1258, where some of these bytes are combining marks; the font knows bytes only.
    head = b'<meta charset="windows-1258"><p>\xd0i\xea\xcc\x80u 1</p>'
    today = "<p>Ủy ban</p>".encode("cp1258", "xmlcharrefreplace") * 60
    page = head + f'<p><font face=".VnTime">{TCVN3}</font></p>'.encode("cp1252") + today
    path = tmp_path / "a.html"
    path.write_bytes(page)
    assert TODAY in [line.text for line in readers.read(path, "html").lines]


def test_references_are_letters_of_the_font(tmp_path):
    page = '<p><font face=".VnTime">Quy&#213;t &reg;&THORN;nh c&ntilde;a x&middot;</font></p>'
    assert lines(tmp_path, page, "ascii") == ["Quyết định của xã"]


def test_font_faces_that_are_only_listed_change_nothing(tmp_path):
    sheet = '<style>@font-face {font-family:".VnTime"; panose-1:2 11;} p {font-family:Arial}</style>'
    page = f"{sheet}<p>{TODAY} ®</p>"
    assert lines(tmp_path, page) == [f"{TODAY} ®"]


def test_an_address_is_no_font(tmp_path):
    page = f'<p><a href="http://bao.vnexpress.vn/">VNI - {TODAY}</a> 5 µg</p>'
    assert lines(tmp_path, page) == [f"VNI - {TODAY} 5 µg"]


def test_an_act_is_read_to_its_symbol(tmp_path):
    body = ["ñy ban nh©n d©n", "x· MÉu S¬n", "Sè: 12/1999/Q§-UB", "MÉu S¬n, ngµy 14 th¸ng 5 n¨m 1999", "quyÕt ®Þnh",
            "VÒ viÖc ban hµnh quy ­íc", "§iÒu 1. Ban hµnh kÌm theo QuyÕt ®Þnh nµy b¶n quy ­íc."]  # fmt: skip
    page = "".join(f"<p class=MsoNormal>{line}</p>" for line in body)
    sheet = '<style>p.MsoNormal {font-family:".VnTime"}</style>'
    path = tmp_path / "a.doc"  # as Word saved pages
    path.write_bytes(f"<html><head>{sheet}</head><body>{page}</body></html>".encode("cp1252"))
    document = extract(path, NothingKnown())
    assert document.masthead is not None
    assert document.masthead.symbol == "12/1999/QĐ-UB"
    assert [unit.id for unit in document.provisions] == ["art_1"]


def test_a_hostile_sheet_costs_little(tmp_path):
    sheet = "a" * 300_000 + "{" * 300_000 + 'p{font-family:".VnTime"}' * 20_000 + "font:" * 100_000
    started = time.process_time()
    assert lines(tmp_path, f"<style>{sheet}</style><p>x</p>") == ["x"]
    assert time.process_time() - started < 2


def test_a_page_of_frames_says_where_its_text_lies(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html><head><title>x</title></head><frameset cols='9,*'><frame src=b.html></frameset></html>")
    reading = readers.read(path, "html")
    assert reading.outcome == "damaged"
    assert "nội dung nằm ở tệp khác" in (reading.message or "")
