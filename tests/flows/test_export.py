"""`rasoat akn`: what is printed, and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from flows.cli import main

BASE = """ỦY BAN NHÂN DÂN
XÃ THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/{year}/QĐ-UBND
Thử Nghiệm, ngày 02 tháng 3 năm {year}
QUYẾT ĐỊNH
{title}
ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM
QUYẾT ĐỊNH:
Điều 1. Nội dung
{text}
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 15 tháng 3 năm {year}.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Mẫu
"""
CHANGE = (
    "1. Sửa đổi khoản 1 Điều 1 Quyết định số 12/2030/QĐ-UBND ngày 02 tháng 3 năm 2030 của Ủy ban nhân dân xã "
    "Thử Nghiệm như sau:\n“1. Chợ mở cửa lúc 06 giờ.”"
)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "corpus" / "dia-phuong"
    folder.mkdir(parents=True)
    first = BASE.format(
        number=12, year=2030, title="Quy định về chợ", text="1. Chợ mở cửa lúc 05 giờ.\n2. Chợ nghỉ Tết."
    )
    second = BASE.format(number=20, year=2031, title="Sửa đổi Quy định về chợ", text=CHANGE)
    (folder / "goc.txt").write_text(first, "utf-8")
    (folder / "sua-doi.txt").write_text(second, "utf-8")
    return tmp_path / "corpus"


def clause(data: str) -> str:
    tree = etree.fromstring(data.encode())
    (found,) = tree.iterfind(".//{*}clause[@eId='art_1__cl_1']")
    return "".join(found.itertext()).strip()


def test_a_document_of_the_corpus(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["akn", "12/2030/QĐ-UBND", "--corpus", str(corpus)]) == 0
    assert "05 giờ" in clause(capsys.readouterr().out)
    assert main(["akn", "12/2030/QĐ-UBND", "--corpus", str(corpus), "--as-of", "2031-03-15"]) == 0
    assert "06 giờ" in clause(capsys.readouterr().out)
    assert main(["akn", "12/2030/QĐ-UBND", "--corpus", str(corpus), "--as-of", "2031-03-14"]) == 0
    assert "05 giờ" in clause(capsys.readouterr().out)


def test_a_file_alone_and_with_what_befell_it(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = corpus / "dia-phuong" / "goc.txt"
    assert main(["akn", str(file)]) == 0
    assert "passiveModifications" not in capsys.readouterr().out
    assert main(["akn", str(file), "--corpus", str(corpus)]) == 0
    assert "/2031/20-qd-ubnd/~art_1__cl_1" in capsys.readouterr().out


def test_to_a_file(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "xuat" / "goc.xml"
    assert main(["akn", "12/2030/QĐ-UBND", "--corpus", str(corpus), "--output", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert "05 giờ" in clause(out.read_text("utf-8"))


def test_what_is_not_there(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "hong.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    assert main(["akn", "99/2030/QĐ-UBND", "--corpus", str(corpus)]) == 1
    assert main(["akn", str(broken)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "99/2030/QĐ-UBND" in captured.err


def test_a_file_has_no_days(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(corpus / "dia-phuong" / "goc.txt")
    assert main(["akn", file, "--as-of", "2031-01-01"]) == 2
    assert main(["akn", "12/2030/QĐ-UBND", "--corpus", str(corpus / "khong-co")]) == 2
    assert capsys.readouterr().out == ""
