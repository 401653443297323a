"""Wrong calls and bad files: one clear Vietnamese line each, the rest is still done, the right exit code."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from flows import cli

GOOD = (
    "ỦY BAN NHÂN DÂN\nXÃ MẪU SƠN\nSố: 01/KH-UBND\nMẫu Sơn, ngày 02 tháng 01 năm 2026\n"
    "KẾ HOẠCH\nVề việc thử\n1. Nội dung.\n"
)


@pytest.fixture
def space(tmp_path: Path) -> Path:
    assert cli.main(["init", "--workspace", str(tmp_path / "xa")]) == 0
    (tmp_path / "xa" / "corpus" / "dia-phuong" / "tot.txt").write_text(GOOD, "utf-8")
    return tmp_path / "xa"


def one_line(err: str, *words: str) -> bool:
    return any(all(word in line for word in words) for line in err.splitlines())


def test_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "--workspace", str(tmp_path / "khong-co")]) == 2
    done = capsys.readouterr()
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert one_line(done.err, "Không có thư mục văn bản", str(tmp_path / "khong-co"), "rasoat init")


@pytest.mark.parametrize(
    "argv", [["review", "--as-of", "31/12/2026"], ["khong-co-lenh"], ["extract"], ["explain", "XX99"]]
)
def test_wrong_call_exits_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = cli.main(argv)
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert code == 2
    assert capsys.readouterr().out == ""


def bad_files(folder: Path) -> dict[str, str]:
    """Bad files by name with the outcome that each must get."""
    (folder / "rong.txt").write_bytes(b"")
    (folder / "hong.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    with zipfile.ZipFile(folder / "khong-phai-word.docx", "w") as made:
        made.writestr("abc.txt", "x")
    (folder / "may.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "la.xyz").write_text("abc", "utf-8")
    encrypted = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
                 b"3 0 obj<</Filter/Standard/V 1/R 2/O(" + b"a" * 32 + b")/U(" + b"b" * 32 + b")/P -4>>endobj\n"
                 b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(12)(12)]>>\n%%EOF\n")  # fmt: skip
    (folder / "mat-khau.pdf").write_bytes(encrypted)
    (folder / "mat.txt").write_text("TUYỆT MẬT\n" + GOOD, "utf-8")
    return {
        "rong.txt": "damaged",
        "hong.docx": "damaged",
        "khong-phai-word.docx": "not_supported",
        "may.txt": "not_supported",
        "la.xyz": "not_supported",
        "mat-khau.pdf": "encrypted",
        "mat.txt": "restricted",
    }


def test_extract_gives_each_bad_file_its_outcome(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = bad_files(tmp_path)
    (tmp_path / "tot.txt").write_text(GOOD, "utf-8")
    names = [*wanted, "khong-co.txt", "tot.txt"]
    assert cli.main(["extract", "--no-register", *(str(tmp_path / name) for name in names)]) == 1
    done = capsys.readouterr()
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [Path(record["path"]).name for record in records] == names
    found = {Path(record["path"]).name: record for record in records}
    assert {name: found[name]["outcome"] for name in wanted} == wanted
    assert found["khong-co.txt"]["outcome"] == "damaged"
    assert found["tot.txt"]["outcome"] == "ok"
    for name in wanted:
        record = found[name]
        assert (record["document"], record["text"], record["provisions"]) == (None, "", []), name
        assert one_line(done.err, name), name
        assert name in record["message"]


def test_a_review_goes_on_past_bad_files(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = bad_files(space / "corpus" / "dia-phuong")
    assert cli.main(["review", "--workspace", str(space), "--as-of", "2026-11-24"]) == 1
    done = capsys.readouterr()
    folder = Path(done.out.strip())
    assert (folder / "findings.jsonl").is_file()
    report = (folder / "report.html").read_text("utf-8")
    squeezed = "".join(done.err.split())
    for name in wanted:
        assert name in squeezed, name
        assert name in report, name
    assert "TUYỆT MẬT" not in report


def test_a_folder_without_central_texts_is_still_reviewed(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "--workspace", str(space), "--as-of", "2026-11-24"]) == 0
    done = capsys.readouterr()
    assert Path(done.out.strip()).is_dir()
    assert one_line(done.err, "trung-uong", "chưa có văn bản")


def test_an_unknown_rule_in_the_settings_is_told(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "rasoat.toml").write_text('[quy_tac]\nXX99 = "tat"\n', "utf-8")
    assert cli.main(["review", "--workspace", str(space), "--as-of", "2026-11-24"]) == 2
    assert one_line(capsys.readouterr().err, "XX99", "rasoat rules")


def test_init_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tep").write_text("x", "utf-8")
    assert cli.main(["init", "--workspace", str(tmp_path / "tep")]) == 2
    assert one_line(capsys.readouterr().err, "Không tạo được", str(tmp_path / "tep"))


def test_a_decree_that_is_not_there_gives_one_line(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["decree", str(space / "khong-co.pdf"), "--workspace", str(space)]) == 1
    done = capsys.readouterr()
    assert done.out == ""
    assert one_line(done.err, "khong-co.pdf")
    assert "Traceback" not in done.err


def test_text_of_an_unknown_document_prints_nothing(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["text", "999/2031/NĐ-CP", "--workspace", str(space)]) == 1
    done = capsys.readouterr()
    assert done.out == ""
    assert one_line(done.err, "999/2031/NĐ-CP")


def test_status_of_an_unknown_document_is_unknown(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", "999/2031/NĐ-CP", "--workspace", str(space)]) == 0
    state = json.loads(capsys.readouterr().out)
    assert (state["state"], state["certainty"]) == ("khong_ro", "chua_xac_minh")


def test_status_without_a_workspace_asks_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["status", "61/2018/NĐ-CP", "--as-of", "2026-11-24"]) == 0
    state = json.loads(capsys.readouterr().out)
    assert (state["state"], state["since"]) == ("het_hieu_luc_toan_bo", "2025-07-01")


def test_impact_of_an_unreadable_file(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["impact", str(space / "khong-co.pdf"), "--workspace", str(space)]) == 1
    done = capsys.readouterr()
    assert done.out == ""
    assert one_line(done.err, "khong-co.pdf")


def test_a_wrong_row_of_the_own_register_is_told(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = space / "corpus" / "danh-muc" / "documents.csv"
    head = "symbol,kind,issuer,date,effective,ended,state,title,source_kind,source_ref,seen,certainty,speaks"
    own.write_text(f"{head}\n01/2020/NĐ-CP,nghi_dinh,Chính phủ,ngày mai,,,con_hieu_luc,,,,,cao,\n", "utf-8")
    assert cli.main(["review", "--workspace", str(space), "--as-of", "2026-11-24"]) == 0
    assert one_line(capsys.readouterr().err, "documents.csv", "ngày mai")
