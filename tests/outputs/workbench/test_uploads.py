"""What may be sent to the page: what it says beforehand, what is refused and why, what is left of that (nothing).

And files of the corpus that could not be read: on the first screen, and when they are tried again.
"""

from __future__ import annotations

import tempfile
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from extractors import intake
from flows import cli, reading
from flows.pipeline import review
from flows.settings import workspace
from flows.workbench import WorkbenchDoor
from tests.fuzz.bombs.pdf import paged
from tests.outputs.workbench.conftest import Page

DAY = date(2026, 11, 20)
GOOD = (
    "ỦY BAN NHÂN DÂN\nXÃ BẾN GIANG\nSố: 78/KH-UBND\nBến Giang, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nVề thử nghiệm\n"
    "1. Nội dung thử.\n"
)
SECRET = "TỐI MẬT\n" + GOOD


def package(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        named = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **parts}
        for name, content in named.items():
            archive.writestr(name, content)
    return out.getvalue()


WITH_SCRIPT = paged(page=b"/AA << /O << /S /JavaScript /JS (x) >> >>")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A page over a commune of its own, and the folder that temporary files go to."""
    folder, spare = tmp_path / "xa", tmp_path / "tam"
    spare.mkdir()
    monkeypatch.setenv("TMPDIR", str(spare))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert cli.main(["init", "--workspace", str(folder)]) == 0
    (folder / "corpus" / "dia-phuong" / "co-san.txt").write_text(GOOD.replace("78", "77"), "utf-8")
    space = workspace(str(folder), None, None)
    review(space, DAY)
    page = Page(WorkbenchDoor(space, "Cán bộ Mẫu"))
    with page.client:
        yield page, folder, spare


def everywhere(folder: Path, spare: Path, word: bytes) -> list[str]:
    """Files that hold these bytes, in the workspace and among the temporary ones."""
    found = [*folder.rglob("*"), *spare.rglob("*")]
    return [path.name for path in found if path.is_file() and word in path.read_bytes()]


def test_the_page_says_what_must_not_be_sent(own) -> None:
    text = own[0].get("/giay-to")
    at = text.index('id="tai-len"')
    part = text[at : text.index("</form>", at)]
    assert "Không tải lên tài liệu bí mật nhà nước" in part
    assert "MẬT, TỐI MẬT, TUYỆT MẬT" in part
    assert "64 MB" in part
    assert 'name="khong_mat" value="1" required' in part


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("mat.txt", SECRET.encode(), "văn bản đóng dấu mật; rasoat không đọc và không lưu nội dung"),
        ("mat.html", f"<p>TUYỆT MẬT<p>{GOOD}".encode(), "văn bản đóng dấu mật"),
        ("macro.docx", package(**{"word/vbaProject.bin": b"x"}), "tệp có macro nên không mở"),
        ("bom.docx", package(**{"word/media/a.xml": bytes(200_000_000)}), "tệp nén lớn bất thường"),
        ("doctype.docx", package(**{"word/styles.xml": b"<!DOCTYPE a><a/>"}), "khai báo không an toàn"),
        ("khoa.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "tệp có mật khẩu"),
        ("hong.pdf", b"%PDF-1.4\nkhong co gi", "tệp PDF bị hỏng"),
        ("chay.exe", b"MZ\x90\x00", "chưa đọc được định dạng"),
        ("gia.pdf", b"MZ\x90\x00", "nội dung không phải tệp PDF hợp lệ"),
        ("rong.txt", b"", "tệp rỗng"),
    ],
)
def test_what_is_refused_says_why_and_leaves_no_copy(own, name: str, data: bytes, told: str) -> None:
    page, folder, spare = own
    send = {"ma": page.token, "ben": "dia_phuong", "khong_mat": "1"}
    answer = page.client.post("/tai-len", data=send, files={"tep": (name, data)})
    assert answer.status_code == 422
    assert told in answer.text
    assert "tam/" not in answer.text
    assert name in answer.text
    assert [path.name for path in (folder / "corpus" / "dia-phuong").iterdir()] == ["co-san.txt"]
    assert list(spare.iterdir()) == []
    if "mat" in name:
        assert everywhere(folder, spare, b"78/KH-UBND") == []


def test_a_text_or_a_body_that_is_too_large_is_refused(own) -> None:
    page, folder, spare = own
    send = {"ma": page.token, "ben": "dia_phuong", "khong_mat": "1"}
    answer = page.client.post("/tai-len", data=send, files={"tep": ("a.txt", b"a " * (intake.MAX_TEXT_BYTES // 2 + 9))})
    assert (answer.status_code, "quá giới hạn 24 MB" in answer.text) == (422, True)
    answer = page.client.post("/tai-len", headers={"content-length": str(65 * 1024 * 1024)}, content=b"")
    assert (answer.status_code, "tối đa 64 MB" in answer.text, "hãy chia nhỏ tệp" in answer.text) == (413, True, True)
    assert [path.name for path in (folder / "corpus" / "dia-phuong").iterdir()] == ["co-san.txt"]
    assert list(spare.iterdir()) == []


def test_the_first_screen_lists_what_could_not_be_read_and_what_must_be_known(own) -> None:
    page, folder, _ = own
    local = folder / "corpus" / "dia-phuong"
    (local / "hong.docx").write_bytes(package(**{"word/vbaProject.bin": b"x"}))
    (local / "mat.txt").write_text(SECRET, "utf-8")
    (local / "lenh.pdf").write_bytes(WITH_SCRIPT)
    done = review(page.door.space, DAY)
    assert [(one.path, one.outcome) for one in done.run.unread] == [
        ("corpus/dia-phuong/hong.docx", "not_supported"), ("corpus/dia-phuong/mat.txt", "restricted"),
    ]  # fmt: skip
    assert [one.path for one in done.run.noted] == ["corpus/dia-phuong/lenh.pdf"]
    text = page.get("/")
    assert "Tệp chưa đọc được: 2" in text
    assert "corpus/dia-phuong/hong.docx: tệp có macro nên không mở; hãy lưu thành DOCX không có macro" in text
    assert "corpus/dia-phuong/mat.txt: văn bản đóng dấu mật" in text
    assert "Đã đọc, cần chú ý: 1" in text
    assert "Tệp PDF có mã lệnh (JavaScript)" in text
    assert "Tệp PDF có mã lệnh" in page.get("/van-ban/mot?tep=corpus/dia-phuong/lenh.pdf")
    report = (done.folder / "report.html").read_text("utf-8")
    assert "Tệp đã đọc, cần chú ý (1)" in report
    assert "78/KH-UBND" not in report
    assert everywhere(folder / "outputs", folder / "outputs", b"78/KH-UBND") == []


def test_an_unreadable_file_is_tried_again_only_when_it_or_the_reader_changes(own, monkeypatch) -> None:
    page, folder, _ = own
    place = folder / "corpus" / "dia-phuong" / "hong.docx"
    place.write_bytes(package(**{"word/vbaProject.bin": b"x"}))
    tried: list[list[str]] = []
    real = reading.read

    def noted(session, paths, progress):
        tried.append(list(paths))
        return real(session, paths, progress)

    monkeypatch.setattr("flows.pipeline.read", noted)
    for _ in range(2):
        review(page.door.space, DAY)
    place.touch()  # another time, the same bytes
    review(page.door.space, DAY)
    assert tried == [["corpus/dia-phuong/hong.docx"], [], []]
    place.write_bytes(package(**{"word/vbaProject.bin": b"y"}))
    review(page.door.space, DAY)
    assert tried[-1] == ["corpus/dia-phuong/hong.docx"]
    monkeypatch.setattr(reading, "reader_version", lambda: "another")
    review(page.door.space, DAY)
    assert tried[-1] == ["corpus/dia-phuong/co-san.txt", "corpus/dia-phuong/hong.docx"]
    # A copy, or the file under another name, is not read again, and is told of by its own name.
    place.rename(place.with_name("ten-khac.docx"))
    done = review(page.door.space, DAY)
    assert done.run.read_again == 0
    assert [one.message for one in done.run.unread] == [
        "corpus/dia-phuong/ten-khac.docx: tệp có macro nên không mở; hãy lưu thành DOCX không có macro."
    ]
