"""Clauses of decrees, circulars, resolutions and commune decisions, and what is read in them (golden/hieu-luc.txt)."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Effect, Line
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
HEADS = {
    "nd": ("CHÍNH PHỦ", "Số: 200/2026/NĐ-CP", "Hà Nội", "NGHỊ ĐỊNH"),
    "tt": ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Số: 45/2026/TT-BNNMT", "Hà Nội", "THÔNG TƯ"),
    "nq": ("HỘI ĐỒNG NHÂN DÂN\nTỈNH AN GIANG", "Số: 12/2026/NQ-HĐND", "An Giang", "NGHỊ QUYẾT"),
    "qd": ("ỦY BAN NHÂN DÂN\nXÃ BÌNH AN", "Số: 07/2026/QĐ-UBND", "Bình An", "QUYẾT ĐỊNH"),
    "luat": ("QUỐC HỘI", "Luật số: 99/2026/QH16", "Hà Nội", "LUẬT"),
}  # fmt: skip


def cases() -> list[tuple[str, str, str, list[str]]]:
    """(kind, title, body, lines that must be read) of each paragraph of the file."""
    text = (Path(__file__).parent / "golden" / "hieu-luc.txt").read_text(encoding="utf-8")
    found = []
    for block in text.strip().split("\n\n")[1:]:
        head, *lines = block.split("\n")
        kind, _, title = head.removeprefix("# ").partition(" | ")
        expected = [line for line in lines if line.startswith("=> ")]
        body = "\n".join(line for line in lines if not line.startswith("=> "))
        found.append((kind, title, body, expected))
    return found


@pytest.mark.parametrize(("kind", "title", "body", "expected"), cases())
def test_what_clauses_do(kind: str, title: str, body: str, expected: list[str]) -> None:
    issuer, number, place, word = HEADS[kind]
    text = f"{issuer}\n{MOTTO}\n{number}\n{place}, ngày 10 tháng 6 năm 2026\n{word}\n{title}\n{body}\n"
    document = understand("x.txt", Reading(tuple(Line(line) for line in text.split("\n"))), NothingKnown())
    assert [told(effect) for effect in document.effects] == expected


def told(effect: Effect) -> str:
    act = effect.target
    whom = "này" if act.self_ else act.symbol or act.name
    when = f"{effect.from_ or ''}..{effect.until}" if effect.until else str(effect.from_ or "?")
    new = (effect.new_text or "").split("\n")[0][: None if effect.old_text else 40]
    words = ""
    if effect.old_text:
        words = f' | "{effect.old_text}" ->' + (f' "{new}"' if effect.new_text else "")
    elif effect.new_text:
        words = f' | -> "{new}"'
    part = " (một phần)" if effect.partial else ""
    return f"=> {effect.in_}: {effect.type} {whom} {act.provision or '-'} {when}{part}{words}"
