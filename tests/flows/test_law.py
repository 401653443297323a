
"""`diff`, `chain`, `check`, `register`: what is printed, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import main

ACT = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {symbol}
Hà Nội, ngày 02 tháng 3 năm {year}
NGHỊ ĐỊNH
{title}
Chính phủ ban hành Nghị định:
{body}
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm {year}.
"""
AMENDING = """Điều 1. Sửa đổi Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ quy định về chợ mẫu
1. Sửa đổi, bổ sung khoản 1 Điều 1 như sau:
“1. Chợ mở cửa lúc 06 giờ.”"""
DRAFT = """ỦY BAN NHÂN DÂN
XÃ THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 03/2034/QĐ-UBND
Thử Nghiệm, ngày 02 tháng 6 năm 2034
QUYẾT ĐỊNH
Quy định về chợ
Căn cứ Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ quy định về chợ mẫu;
Căn cứ Nghị định số 08/2028/NĐ-CP ngày 02 tháng 3 năm 2028 của Chính phủ quy định về phố mẫu;
ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM
QUYẾT ĐỊNH:
Điều 1. Nội dung
Chợ mở cửa theo giờ.
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 15 tháng 6 năm 2034.
"""


def act(folder: Path, symbol: str, year: int, title: str, body: str) -> None:
    name = symbol.split("/")[0] + f"-{year}.txt"
    (folder / "trung-uong" / name).write_text(ACT.format(symbol=symbol, year=year, title=title, body=body), "utf-8")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "corpus"
    (folder / "trung-uong").mkdir(parents=True)
    (folder / "dia-phuong").mkdir()
    act(
        folder,
        "10/2030/NĐ-CP",
        2030,
        "Quy định về chợ mẫu",
        "Điều 1. Giờ mở cửa\n1. Chợ mở cửa lúc 05 giờ.\n2. Chợ đóng cửa lúc 18 giờ.",
    )
    act(
        folder,
        "20/2032/NĐ-CP",
        2032,
        "Sửa đổi, bổ sung một số điều của Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ",
        AMENDING,
    )
    act(
        folder,
        "30/2033/NĐ-CP",
        2033,
        "Quy định về phố mẫu",
        "Điều 1. Bãi bỏ\nBãi bỏ Nghị định số 08/2028/NĐ-CP ngày 02 tháng 3 năm 2028 của Chính phủ quy định về phố mẫu.",
    )
    return folder


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_diff_shows_the_words_and_who_changed_them(corpus, capsys):
    call = [
        "diff",
        "10/2030/NĐ-CP",
        "--from",
        "2031-01-01",
        "--to",
        "2032-05-01",
        "--corpus",
        str(corpus),
        "--no-register",
    ]
    assert main(call) == 0
    assert "[-05-]{+06+} giờ" in capsys.readouterr().out
    assert main([*call, "--provision", "art_1__cl_1", "--json"]) == 0
    (record,) = printed(capsys)
    assert [c["new"].strip() for c in record["changes"] if c["type"] != "equal"] == ["06"]
    assert [(by["symbol"], by["provision"], by["from"]) for by in record["by"]] == [
        ("20/2032/NĐ-CP", "art_1__cl_1", "2032-05-01")
    ]
    assert main([*call, "--provision", "art_1__cl_2"]) == 0
    assert capsys.readouterr().out == ""


def test_diff_of_what_is_not_there(corpus, capsys):
    days = ["--from", "2031-01-01", "--to", "2032-05-01", "--corpus", str(corpus)]
    assert main(["diff", "99/2030/NĐ-CP", *days]) == 1
    assert main(["diff", "10/2030/NĐ-CP", "--from", "2032-05-01", "--to", "2031-01-01", "--corpus", str(corpus)]) == 2
    assert capsys.readouterr().out == ""


def test_chain_of_an_act_and_of_a_clause(corpus, capsys):
    call = ["chain", "10/2030/NĐ-CP", "--corpus", str(corpus), "--no-register"]
    assert main(call) == 0
    links = printed(capsys)
    assert [(link["type"], link["provision"], link["from"]) for link in links] == [
        ("commence", None, "2030-05-01"), ("amend", "art_1__cl_1", "2032-05-01"),
    ]  # fmt: skip
    assert links[1]["by"] == {"symbol": "20/2032/NĐ-CP", "provision": "art_1__cl_1"}
    assert links[1]["quote"]
    assert (links[1]["certainty"], links[1]["conflicts"], links[1]["void"]) == ("van_ban", [], None)
    assert main([*call, "--provision", "art_1__cl_2"]) == 0
    assert [link["type"] for link in printed(capsys)] == ["commence"]
    assert main(["chain", "99/2030/NĐ-CP", "--corpus", str(corpus), "--no-register"]) == 1


def test_check_judges_a_draft_and_changes_nothing(corpus, tmp_path, capsys):
    draft = tmp_path / "du-thao.txt"
    draft.write_text(DRAFT, "utf-8")
    before = sorted(path for path in corpus.rglob("*") if path.is_file())
    assert main(["check", str(draft), "--corpus", str(corpus), "--as-of", "2034-06-01"]) == 0
    found = printed(capsys)
    dead = [f for f in found if f["target"]["symbol"] == "08/2028/NĐ-CP"]
    assert dead
    assert all(f["document"]["symbol"] == "03/2034/QĐ-UBND" and f["id"] for f in found)
    assert {e["symbol"] for f in dead for e in f["evidence"]} >= {"30/2033/NĐ-CP"}
    assert sorted(path for path in corpus.rglob("*") if path.is_file()) == before
    assert main(["check", str(tmp_path / "khong-co.txt"), "--corpus", str(corpus)]) == 1


def test_register_tells_coverage_and_takes_corrections_in(corpus, tmp_path, capsys):
    (corpus / "dia-phuong" / "a.txt").write_text(DRAFT.replace("10/2030/NĐ-CP", "11/2031/NĐ-CP"), "utf-8")
    call = ["register", "--corpus", str(corpus), "--as-of", "2034-07-01"]
    assert main(call) == 0
    (record,) = printed(capsys)
    assert [row["symbol"] for row in record["to_verify"]] == ["11/2031/NĐ-CP"]
    assert (record["cited"], record["known"]) == (2, 1)
    file = tmp_path / "sua.csv"
    file.write_text(
        "symbol,kind,date,effective,state,source_kind,seen,certainty\n11/2031/NĐ-CP,nghi_dinh,2030-03-02,2030-05-01,con_hieu_luc,van_ban,2034-06-01,cao\n",
        "utf-8",
    )
    assert main([*call, "--import", str(file)]) == 0
    (record,) = printed(capsys)
    assert (record["known"], record["verified"], record["to_verify"]) == (2, 2, [])
    file.write_text("symbol,state\n11/2031/NĐ-CP,sai\n", "utf-8")
    assert main([*call, "--import", str(file)]) == 1
    assert capsys.readouterr().out == ""
