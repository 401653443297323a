"""Pages saved with their parts in one file."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from extractors import readers

PAGE = "<html><head><meta charset='iso-8859-1'></head><body><p>Căn cứ Luật Đất đai;</p></body></html>"


def test_the_page_inside_is_read(tmp_path):
    message = MIMEMultipart("related")
    message.attach(MIMEText("Bản chữ", "plain", "utf-8"))
    message.attach(MIMEText(PAGE, "html", "utf-8"))
    (tmp_path / "a.mht").write_bytes(message.as_bytes())
    assert [line.text for line in readers.read(tmp_path / "a.mht", "mht").lines] == ["Căn cứ Luật Đất đai;"]


def test_plain_text_where_there_is_no_page(tmp_path):
    message = MIMEMultipart("related")
    message.attach(MIMEText("Điều 1. Phạm vi", "plain", "utf-8"))
    (tmp_path / "a.mht").write_bytes(message.as_bytes())
    assert readers.read(tmp_path / "a.mht", "mht").lines[0].text == "Điều 1. Phạm vi"


def test_an_empty_one_is_damaged(tmp_path):
    (tmp_path / "a.mht").write_bytes(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n")
    reading = readers.read(tmp_path / "a.mht", "mht")
    assert reading.outcome == "damaged"
    assert "hãy" in (reading.message or "")
