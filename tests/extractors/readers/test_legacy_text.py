"""Text of before Unicode that no font name tells: decided by what letters stand inside words."""

from __future__ import annotations

import pytest

from extractors import readers
from extractors.readers.legacy_fonts import by_statistics, decoded_lines

TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam\nQuyÕt ®Þnh sè 12/1999/Q§-UB vÒ viÖc ban hµnh quy ­íc cña lµng"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nQuyeát ñònh veà vieäc ban haønh quy öôùc cuûa laøng"
TODAY = "Cộng hòa xã hội chủ nghĩa Việt Nam\nQuyết định về việc ban hành quy ước của làng"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (TCVN3.encode("latin-1"), TODAY.replace("định", "định số 12/1999/QĐ-UB")),
        (VNI.encode("latin-1"), TODAY),
        (TCVN3.encode(), TODAY.replace("định", "định số 12/1999/QĐ-UB")),
        (VNI.encode("utf-16"), TODAY),
        (TODAY.encode("utf-8-sig"), TODAY),
        (TODAY.encode("utf-16-le"), TODAY),
    ],
)
def test_text_files(tmp_path, raw, expected):
    (tmp_path / "a.txt").write_bytes(raw)
    lines = readers.read(tmp_path / "a.txt", "text").lines
    assert "\n".join(line.text for line in lines) == expected


def test_windows_1258_is_no_old_font(tmp_path):
    # Tone marks as combining letters, as Windows wrote them.
    text = "Quyê\u0301t đi\u0323nh vê\u0300 viê\u0323c ban ha\u0300nh quy ươ\u0301c cu\u0309a xa\u0303"
    (tmp_path / "a.txt").write_bytes(text.encode("cp1258"))
    assert readers.read(tmp_path / "a.txt", "text").lines[0].text == "Quyết định về việc ban hành quy ước của xã"


@pytest.mark.parametrize(
    "text",
    [
        TODAY, "Diện tích 30 m², nồng độ 5 µg/m³, ® và © giữ nguyên", "Señor Núñez đến thăm",
        "Naïve, façade, Citroën, Noël",
        "- 1/2 ¾ ½ ¼ kg", "Cong hoa xa hoi chu nghia Viet Nam", "", "12 µm 15 µm 20 µm 30 µg",
    ],
)  # fmt: skip
def test_what_is_left_alone(text):
    assert by_statistics(text) is None
    assert decoded_lines(text.split("\n")) is None


def test_in_a_mixed_file_only_old_lines_change():
    lines = ["Ủy ban nhân dân xã", "QuyÕt ®Þnh vÒ viÖc ban hµnh quy ­íc", "Công an xã phối hợp"]
    assert decoded_lines(lines) == ["Ủy ban nhân dân xã", "Quyết định về việc ban hành quy ước", "Công an xã phối hợp"]


def test_capitals_of_a_tcvn3_text_are_capitals_again():
    # The encoding has no capital with a mark: a font of capitals drew the small ones large.
    lines = [
        "ñY BAN NH©N D©N X·",
        "QUYÕT §ÞNH ban hµnh quy chÕ cña x· Hµ An",
        "§iÒu 1. Ban hµnh kÌm theo QuyÕt ®Þnh nµy",
    ]
    assert decoded_lines(lines) == [
        "ỦY BAN NHÂN DÂN XÃ", "QUYẾT ĐỊNH ban hành quy chế của xã Hà An",
        "Điều 1. Ban hành kèm theo Quyết định này",
    ]  # fmt: skip
