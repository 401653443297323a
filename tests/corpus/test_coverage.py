# ruff: noqa: E501
"""How much is known of what a corpus cites, and corrections taken in from a CSV file."""

from __future__ import annotations

from datetime import date

import acts
import pytest

from corpus.coverage import coverage
from corpus.library import CorpusLibrary
from corpus.register import NothingKnown, load
from corpus.register.importing import Imported, ImportFault, take_in

TODAY = date(2034, 1, 1)


def test_coverage_counts_known_and_verified():
    text = acts.decree(
        "12/2032/NĐ-CP", date(2032, 5, 4),
        "Điều 1. Căn cứ\nThực hiện theo Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 và Thông tư số 77/2031/TT-BCT;"
        " nhắc lại Thông tư số 77/2031/TT-BCT; theo Tờ trình số 05/TTr-BCT.", "01 tháng 7 năm 2032",
    )  # fmt: skip
    own = acts.read("corpus/dia-phuong/a.txt", text)
    found = coverage(
        CorpusLibrary({own.path: ("dia_phuong", own), acts.base().path: ("trung_uong", acts.base())}, NothingKnown()),
        TODAY,
    )  # fmt: skip
    cited = {act.symbol: (act.citations, act.known, act.verified, act.in_corpus) for act in found.acts}
    assert cited == {"77/2031/TT-BCT": (2, False, False, False), "10/2030/NĐ-CP": (1, True, True, True)}
    assert [act.symbol for act in found.to_verify] == ["77/2031/TT-BCT"]
    assert round(found.share([act for act in found.acts if act.known]), 2) == 0.33


ROW = "symbol,kind,issuer,date,effective,ended,state,source_kind,source_ref,seen,certainty\n"


def test_a_correction_is_added_then_replaced(tmp_path):
    own, file = tmp_path / "danh-muc", tmp_path / "sua.csv"
    file.write_text(ROW + "77/2031/TT-BCT,thong_tu,,2031-02-03,2031-04-01,,con_hieu_luc,van_ban,77/2031/TT-BCT,2033-12-01,cao\n", "utf-8")
    assert take_in(file, own) == [Imported("documents", 1, 0)]
    file.write_text(ROW + "77/2031/TT-BCT,thong_tu,,2031-02-03,2031-04-01,2033-12-15,het_hieu_luc_toan_bo,van_ban,x,2033-12-15,cao\n", "utf-8")
    assert take_in(file, own) == [Imported("documents", 0, 1)]
    known = load(own)
    assert not known.faults
    assert [row.ended for row in known.documents("77/2031/TT-BCT")] == [date(2033, 12, 15)]


@pytest.mark.parametrize(("text", "fault"), [
    (ROW + "77/2031/TT-BCT,thong_tu,,03/02/2031,,,con_hieu_luc,,,,\n", "dòng 2"),
    (ROW + "77/2031/TT-BCT,thong_tu,,,,,dang_hieu_luc,,,,\n", "dang_hieu_luc"),
    (ROW + "77/2031/TT-BCT,thong_tu,,,2031-04-01,2031-03-01,het_hieu_luc_toan_bo,,,,\n", "trước ngày có hiệu lực"),
    (ROW + ",thong_tu,,,,,con_hieu_luc,,,,\n", "thiếu symbol"), (ROW, "không có dòng nào"),
    ("so,trang_thai\n1,2\n", "thiếu cột"), ("symbol,state,la\n1/2020/TT-BCT,con_hieu_luc,x\n", "không có cột la"),
    ("affected_symbol,type,by_symbol\n1/2020/TT-BCT,xoa,2/2021/TT-BCT\n", "xoa"),
])  # fmt: skip
def test_one_wrong_row_changes_nothing(tmp_path, text, fault):
    own, file = tmp_path / "danh-muc", tmp_path / "sua.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(ImportFault, match=fault):
        take_in(file, own)
    assert not own.exists()
