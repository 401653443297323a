# ruff: noqa: E501  (a paragraph of an act is one line)
"""Small made-up acts, read by the real pipeline, for tests of states and texts."""

from __future__ import annotations

from datetime import date
from functools import cache

from corpus.library import CorpusLibrary
from corpus.model import Document, Known, Line
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading

CENTRAL = "corpus/trung-uong/"


def read(path: str, text: str, known: Known | None = None) -> Document:
    """One document from its text, as a TXT reader would give it."""
    lines = tuple(Line(line) for line in text.strip().split("\n"))
    return understand(path, Reading(lines), known or NothingKnown())


def decree(
    symbol: str, issued: date, body: str, effective: str = "", title: str = "Quy định về quản lý chợ mẫu"
) -> str:
    """The text of a decree with a masthead; `effective` in words ("01 tháng 7 năm 2031") makes its last article."""
    articles = body.strip()
    if effective:
        numbers = [int(line.split()[1].rstrip(".")) for line in articles.split("\n") if line.startswith("Điều ")]
        articles += f"\nĐiều {max(numbers, default=0) + 1}. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành kể từ ngày {effective}."
    return (
        "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {symbol}\nHà Nội, ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}\n"
        f"NGHỊ ĐỊNH\n{title}\nCăn cứ Luật Tổ chức Chính phủ;\nChính phủ ban hành Nghị định:\n{articles}\n"
    )


BASE = """Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về chợ mẫu.
Điều 2. Ban quản lý chợ
1. Ban quản lý chợ có từ 03 đến 05 người.
2. Trưởng ban do Ủy ban nhân dân huyện bổ nhiệm.
3. Ban quản lý chợ có trách nhiệm:
a) Thu tiền thuê điểm kinh doanh;
b) Giữ gìn vệ sinh;
c) Báo cáo hằng quý.
Bộ trưởng Bộ Công Thương quy định chi tiết Điều này.
Điều 3. Giờ mở cửa
Chợ mở cửa từ 05 giờ đến 18 giờ."""

AMENDING = """Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ quy định về quản lý chợ mẫu
1. Sửa đổi, bổ sung khoản 2 Điều 2 như sau:
“2. Trưởng ban do Ủy ban nhân dân cấp xã bổ nhiệm.”
2. Bổ sung khoản 2a vào sau khoản 2 Điều 2 như sau:
“2a. Nhiệm kỳ của trưởng ban là 05 năm.”
3. Bãi bỏ điểm c khoản 3 Điều 2.
4. Thay thế cụm từ “18 giờ” bằng cụm từ “20 giờ” tại Điều 3."""

ENDING = """Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về chợ mẫu kiểu mới.
Điều 2. Bãi bỏ
Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ quy định về quản lý chợ mẫu hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành."""


@cache
def base() -> Document:
    """In force from 2030-05-01."""
    return read(CENTRAL + "10-2030.txt", decree("10/2030/NĐ-CP", date(2030, 3, 2), BASE, "01 tháng 5 năm 2030"))


@cache
def amending() -> Document:
    """Changes the base from 2031-07-01."""
    return read(
        CENTRAL + "20-2031.txt",
        decree("20/2031/NĐ-CP", date(2031, 5, 10), AMENDING, "01 tháng 7 năm 2031",
               "Sửa đổi, bổ sung một số điều của Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ"),
    )  # fmt: skip


@cache
def ending() -> Document:
    """Ends the base from 2033-01-01."""
    return read(CENTRAL + "30-2032.txt", decree("30/2032/NĐ-CP", date(2032, 10, 3), ENDING, "01 tháng 01 năm 2033"))


def library(*documents: Document, known: Known | None = None) -> CorpusLibrary:
    """A library of central documents, without a register where none is given."""
    return CorpusLibrary({d.path: ("trung_uong", d) for d in documents}, known or NothingKnown())
