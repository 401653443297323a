"""The gate: what may be opened, what is told when it may not; stamps of secrecy."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from corpus.model import Line
from corpus.register import NothingKnown
from extractors import cleaning, extract, intake
from extractors.readers import package


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def ole(*streams: str, flags: int = 0) -> bytes:
    """The outside of a compound file: signature, a WordDocument stream on the first sector, names of streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")
    fib = b"\xec\xa5\xc1\x00".ljust(11, b"\x00") + bytes([flags])
    return head + fib.ljust(512, b"\x00") + b"".join(name.encode("utf-16-le") for name in streams)


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


DOCUMENT = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.txt", "Điều 1. Phạm vi".encode(), "text"),
        ("a.txt", "Điều 1. Phạm vi điều chỉnh".encode("utf-16"), "text"),
        ("a.md", b"# LUAT", "markdown"),
        ("a.html", b"<p>Dieu 1</p>", "html"),
        ("a.pdf", b"%PDF-1.4\n", "pdf"),
        ("a.doc", ole("WordDocument"), "doc"),
        # what people save under the wrong name is read by its content
        ("a.doc", b"<html><body>x</body></html>", "html"),
        ("a.txt", b"%PDF-1.4\n", "pdf"),
        ("a.doc", b"{\\rtf1 x}", "office"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.tif", b"II*\x00", "image"),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "mht"),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "mht"),
    ],
)
def test_what_may_be_opened(tmp_path, name, content, format):
    gate = intake.inspect(written(tmp_path / name, content))
    assert (gate.outcome, gate.format, gate.message) == ("ok", format, None)


@pytest.mark.parametrize(
    ("name", "content", "outcome", "reason"),
    [
        ("a.txt", b"", "damaged", "rỗng"),
        ("a.txt", bytes(range(256)) * 20, "not_supported", "không phải chữ"),
        ("a.docx", b"Dieu 1. Pham vi", "damaged", "Word"),
        ("a.docx", b"PK\x03\x04cut off", "damaged", "giải nén"),
        ("a.pdf", b"Dieu 1", "damaged", "PDF"),
        ("a.docx", ole("EncryptedPackage"), "encrypted", "mật khẩu"),
        ("a.doc", ole("WordDocument", flags=1), "encrypted", "mật khẩu"),
        ("a.xls", ole("Workbook"), "not_supported", "Excel"),
        ("a.csv", b"a,b", "not_supported", ".csv"),
        ("a.jpg", b"no picture", "damaged", "ảnh"),
        ("a.rtf", b"no rich text", "damaged", "RTF"),
        ("a.gif", b"GIF89a", "not_supported", "GIF"),
    ],
)
def test_refusals_name_the_file_the_reason_and_what_to_do(tmp_path, name, content, outcome, reason):
    gate = intake.inspect(written(tmp_path / name, content))
    assert gate.outcome == outcome
    assert gate.message is not None
    assert name in gate.message
    assert reason in gate.message
    assert "hãy" in gate.message
    assert "\n" not in gate.message


def test_missing_file_and_folder(tmp_path):
    assert intake.inspect(tmp_path / "none.txt").outcome == "damaged"
    assert "không tìm thấy" in (intake.inspect(tmp_path / "none.txt").message or "")
    assert intake.inspect(tmp_path).outcome == "not_supported"


def test_size_limit_is_settable(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_BYTES", 10)
    assert intake.inspect(written(tmp_path / "a.txt", b"x" * 11)).outcome == "too_large"


def test_office_packages(tmp_path):
    assert intake.inspect(zipped(tmp_path / "a.docx", DOCUMENT)).format == "docx"
    assert intake.inspect(zipped(tmp_path / "b.docx", {"[Content_Types].xml": b""})).outcome == "damaged"
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
    assert intake.inspect(zipped(tmp_path / "a.odt", odt)).format == "office"
    sheet = odt | {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    assert intake.inspect(zipped(tmp_path / "a.ods", sheet)).outcome == "not_supported"
    locked = odt | {"META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>"}
    assert intake.inspect(zipped(tmp_path / "b.odt", locked)).outcome == "encrypted"
    assert intake.inspect(zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": b""})).outcome == "not_supported"


def test_bombs_and_declarations_are_not_opened(tmp_path, monkeypatch):
    bomb = DOCUMENT | {"word/media/x.bin": b"\x00" * (24 << 20)}
    assert intake.inspect(zipped(tmp_path / "bomb.docx", bomb)).outcome == "too_large"
    entity = DOCUMENT | {"word/document.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><w:document/>'}
    assert intake.inspect(zipped(tmp_path / "entity.docx", entity)).outcome == "damaged"
    monkeypatch.setattr(package, "MAX_ENTRIES", 5)
    many = DOCUMENT | {f"word/x{n}.bin": b"" for n in range(9)}
    assert intake.inspect(zipped(tmp_path / "many.docx", many)).outcome == "too_large"


@pytest.mark.parametrize(
    ("parts", "outcome", "reason"),
    [
        ({"word/vbaProject.bin": b"x"}, "not_supported", "macro"),
        ({"../../etc/x.xml": b"<x/>"}, "damaged", "bất thường"),
        ({"/abs.xml": b"<x/>"}, "damaged", "bất thường"),
        ({"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}, "damaged", "DOCTYPE"),
        ({"word/styles.xml": b" " * 3000 + b"<!DOCTYPE x><x/>"}, "damaged", "DOCTYPE"),
    ],
)
def test_packages_that_could_hurt(tmp_path, parts, outcome, reason):
    gate = intake.inspect(zipped(tmp_path / "a.docx", DOCUMENT | parts))
    assert gate.outcome == outcome
    assert reason in (gate.message or "")


def test_two_parts_of_one_name(tmp_path):
    zipped(tmp_path / "a.docx", DOCUMENT)
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", b"<other/>")
    assert intake.inspect(tmp_path / "a.docx").outcome == "damaged"


def secret(*lines: str) -> bool:
    return intake.is_secret(cleaning.clean([Line(line, starts_paragraph=True) for line in lines]))


@pytest.mark.parametrize("stamp", ["MẬT", "MÂT", "TỐI MẠT", "TÔI MẬT.", "TUYÊT MÂT"])
def test_a_stamp_that_a_scan_misread(stamp):
    words = ("Số: 05/BC-UBND", stamp, "BÁO CÁO")
    lines = [Line(text, confidence=0.4, starts_paragraph=True) for text in words]
    assert intake.is_secret(cleaning.clean(lines))
    assert not intake.is_secret(cleaning.clean([Line("MÁT", starts_paragraph=True)]))


HEAD = ("ỦY BAN NHÂN DÂN", "XÃ MẪU", "Số: 05/BC-UBND")


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "[MẬT]", "M Ậ T", "Độ mật: Mật", "Độ mật: Tối mật"])
def test_a_stamp_at_the_head_is_secret(stamp):
    assert secret(*HEAD, stamp, "BÁO CÁO", "Tình hình")
    assert secret(stamp, *HEAD, "BÁO CÁO")


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Luật Bảo vệ bí mật nhà nước số 29/2018/QH14;",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Về việc xác định tài liệu độ Tối mật",
        "Độ mật: Không",
        "Mật ong thôn Mẫu",
        "MẬT ĐỘ DÂN SỐ",
    ],
)
def test_words_about_secrets_are_none(line):
    assert not secret(*HEAD, line, "Điều 1. Phạm vi")


def test_a_model_stamp_in_an_appendix_is_none():
    assert not secret(*HEAD, "Căn cứ Luật số 1/2020/QH14;", "Điều 1. Mẫu dấu", "TỐI MẬT")


def test_nothing_of_a_secret_paper_is_kept(tmp_path):
    path = written(tmp_path / "a.txt", "UBND XÃ MẪU\nTỐI MẬT\nSố: 1/BC-UBND\nNội dung kín\n".encode())
    document = extract(path, NothingKnown())
    assert document.outcome == "restricted"
    assert document.text == ""
    assert document.masthead is None
    assert "Nội dung kín" not in repr(document)
