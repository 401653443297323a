"""Which documents a reviewed one is laid beside: all of few; of many those that it cites and the nearest by subject."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.library import CorpusLibrary, side_of
from corpus.model import Document, Line
from corpus.nothing import NothingKnown
from extractors import understand
from extractors.readers import Reading
from rules.base import Context
from rules.grounds import FEW_DOCUMENTS, NEAREST, higher_documents, local
from rules.subjects import subject_of

SUBJECTS = (
    "chợ truyền thống", "cây xanh", "đường thôn", "nghĩa trang", "nước sạch", "chó mèo thả rông", "thư viện",
    "nhà văn hóa", "chiếu sáng", "hồ chứa nước", "bến đò ngang", "pháo hoa", "karaoke gia đình", "lò giết mổ",
)  # fmt: skip


def read(path: str, symbol: str, kind: str, issuer: str, subject: str, day: str, more: str = "") -> Document:
    words = (
        f"{issuer}\nSố: {symbol}\nHà Nội, ngày {day}\n{kind}\nQuy định về {subject}\n{more}"
        f"Điều 1. Phạm vi\nVăn bản này quy định việc quản lý {subject}.\n"
        f"Điều 2. Trách nhiệm\nNgười sử dụng {subject} giữ gìn {subject} và báo khi {subject} bị hư hỏng."
    )
    lines = tuple(Line(line, starts_paragraph=True) for line in words.split("\n"))
    return understand(path, Reading(lines), NothingKnown())


def decree(number: int, subject: str) -> Document:
    return read(f"trung-uong/{number}.txt", f"{number}/2024/NĐ-CP", "NGHỊ ĐỊNH", "CHÍNH PHỦ", subject,
                "10 tháng 5 năm 2024")  # fmt: skip


def decision(number: int, subject: str, more: str = "") -> Document:
    issuer, day = "ỦY BAN NHÂN DÂN\nXÃ AN HÒA", "15 tháng 6 năm 2024"
    return read(f"dia-phuong/{number}.txt", f"{number}/2024/QĐ-UBND", "QUYẾT ĐỊNH", issuer, subject, day, more)


def context(*documents: Document) -> Context:
    library = CorpusLibrary({one.path: (side_of(one.path), one) for one in documents}, NothingKnown())
    return Context(library, date(2026, 11, 24))


DECREES = [decree(number, subject) for number, subject in enumerate(SUBJECTS, 1)]


@pytest.mark.parametrize("count", [1, FEW_DOCUMENTS])
def test_all_of_few_are_compared(count: int) -> None:
    own = decision(1, "việc cưới")
    assert len(higher_documents(own, context(own, *DECREES[:count]))) == count


def test_of_many_the_cited_and_the_nearest() -> None:
    own = decision(1, "nghĩa trang", "Căn cứ Nghị định số 8/2024/NĐ-CP ngày 10 tháng 5 năm 2024 của Chính phủ;\n")
    found = {one.path for one in higher_documents(own, context(own, *DECREES))}
    assert "trung-uong/4.txt" in found  # nghĩa trang
    assert "trung-uong/8.txt" in found  # cited
    assert len(found) <= NEAREST + 1


def test_a_change_elsewhere_touches_nothing() -> None:
    own = decision(1, "nghĩa trang")
    before = higher_documents(own, context(own, *DECREES))
    assert higher_documents(own, context(own, *DECREES, decree(50, "thuyền bè"))) == before
    nearer = higher_documents(own, context(own, *DECREES, decree(51, "nghĩa trang nhân dân")))
    assert {one.path for one in nearer} - {one.path for one in before} == {"trung-uong/51.txt"}


def test_of_its_own_kind_a_document_is_laid_beside_the_others_only() -> None:
    documents = [decision(number, subject) for number, subject in enumerate(SUBJECTS, 1)]
    twin = decision(40, "nghĩa trang", "")
    found = local(documents[3], context(*documents, twin))
    assert found is not None
    paths = {one.path for one in found.documents}
    assert "dia-phuong/40.txt" in paths
    assert documents[3].path not in paths
    assert local(documents[3], context(documents[3], *DECREES)) is None


def test_the_subject_is_told_by_title_and_by_what_the_text_says_most() -> None:
    subject = subject_of(decision(1, "nghĩa trang"))
    assert subject.title == ("nghĩa trang",)
    assert "giữ gìn" not in subject.text  # said once
    assert not {"quy định", "trách nhiệm"} & {*subject.title, *subject.text}
