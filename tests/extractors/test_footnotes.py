"""Footnotes of a văn bản hợp nhất: a clean text, the notes behind it, and where each mark stood."""

from __future__ import annotations

from corpus.model import Line, Text
from corpus.register import NothingKnown
from extractors import understand
from extractors.cleaning import clean
from extractors.readers import Reading

BODY = [
    "VĂN PHÒNG QUỐC HỘI", "Số: 01/VBHN-VPQH", "LUẬT", "HÒA GIẢI Ở CƠ SỞ", "Căn cứ Hiến pháp[1];",
    "Điều 1. Phạm vi điều chỉnh", "1. Luật này quy định về hòa giải ở cơ sở.",
    "2.[2] Hòa giải viên do Ủy ban nhân dân cấp xã[3] công nhận.", "Điều 2a[4]. Kinh phí", "a[5]) Nguồn chi.",
    "Điều 3 [6]. (được bãi bỏ)",
]  # fmt: skip
NOTES = [
    "[1] Luật số 02/2024/QH15 có căn cứ ban hành như sau:", "“Căn cứ Hiến pháp;”.",
    "[2] Khoản này được sửa đổi theo Luật số 02/2024/QH15. [3] Cụm từ “cấp xã” được bỏ.",
    "[4] Điều này được bổ sung theo quy định tại khoản 2 Điều 1 của Luật số 02/2024/QH15.",
    "[5] Điểm này được sửa đổi.", "[6] Điều này bị bãi bỏ.",
]  # fmt: skip


def read(*lines: str) -> Text:
    return clean([Line(line) for line in lines])


def test_marks_leave_the_text_and_notes_stand_behind_it():
    text = read(*BODY, *NOTES)
    lines = text.text.split("\n")
    assert "2. Hòa giải viên do Ủy ban nhân dân cấp xã công nhận." in lines
    assert "Điều 2a. Kinh phí" in lines
    assert "a) Nguồn chi." in lines
    assert "Điều 3. (được bãi bỏ)" in lines
    notes = [text.text[line.start : line.end] for line in text.lines if line.region == "footnote"]
    assert notes[0].startswith("[1] Luật số 02/2024/QH15")
    assert [note[:3] for note in notes if note.startswith("[")] == ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]"]


def test_each_mark_knows_its_place_and_its_note():
    text = read(*BODY, *NOTES)
    assert [mark.num for mark in text.notes] == ["1", "2", "3", "4", "5", "6"]
    seen = {mark.num: text.text[: mark.at].rsplit("\n", 1)[-1] for mark in text.notes}
    assert seen["2"] == "2."
    assert seen["3"] == "2. Hòa giải viên do Ủy ban nhân dân cấp xã"
    assert seen["4"] == "Điều 2a"
    for mark in text.notes:
        assert mark.note is not None
        assert text.text.startswith(f"[{mark.num}] ", mark.note)


def test_units_are_read_through_the_marks_and_notes_are_no_units():
    document = understand("vbhn.txt", Reading(tuple(Line(line) for line in [*BODY, *NOTES])), NothingKnown())
    assert [unit.id for unit in document.provisions] == [
        "art_1", "art_1__cl_1", "art_1__cl_2", "art_2a", "art_2a__pt_a", "art_3",
    ]  # fmt: skip


def test_the_notes_of_a_reader_and_pages_that_number_anew():
    text = clean([
        Line("Luật[1] này quy định về chợ.", page=1, starts_paragraph=True),
        Line("Nghị định[1] này hướng dẫn.", page=2, starts_paragraph=True),
        Line("[1] Luật số 1/2024/QH15.", page=1, starts_paragraph=True, region="footnote"),
        Line("[1] Nghị định số 2/2024/NĐ-CP.", page=2, starts_paragraph=True, region="footnote"),
    ])  # fmt: skip
    # No văn bản hợp nhất: the marks stay, as printed.
    assert text.text.startswith("Luật[1] này quy định về chợ.\nNghị định[1] này hướng dẫn.\n[1] Luật")
    assert [text.text[mark.at :][:3] for mark in text.notes] == ["[1]", "[1]"]
    notes = [text.text[mark.note :].split("\n")[0] for mark in text.notes if mark.note is not None]
    assert notes == ["[1] Luật số 1/2024/QH15.", "[1] Nghị định số 2/2024/NĐ-CP."]


def test_what_only_looks_like_a_mark_stays():
    lines = ["Theo tài liệu [1] và [2].", "Điều 1. Áp dụng [3]."]
    assert read(*lines).text == "\n".join(lines)
    # A list of literature is no list of notes to the text: nothing before it bears its marks.
    assert read("Tài liệu tham khảo", "[1] Sách một.", "[2] Sách hai.").notes == ()


def test_a_mark_in_a_line_that_is_joined():
    text = clean([
        Line("Ủy ban nhân dân cấp xã[1] tổ chức", starts_paragraph=True),
        Line("thực hiện quy định[2] này.", starts_paragraph=False),
        Line("[1] Cụm từ “xã” được thay thế theo quy định tại Điều 2.", region="footnote"),
        Line("[2] Hai.", region="footnote", starts_paragraph=True),
    ])  # fmt: skip
    assert text.text.startswith("Ủy ban nhân dân cấp xã tổ chức thực hiện quy định này.\n")
    assert [text.text[mark.at - 6 : mark.at] for mark in text.notes] == ["cấp xã", "y định"]
