"""Small documents read through the public functions, and a library of them with the shipped register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus import register
from corpus.library import CorpusLibrary
from corpus.model import Document, Finding
from extractors import extract
from rules.catalogue import Context, RuleSettings, judge_all

AS_OF = date(2026, 11, 24)
LOCAL, CENTRAL = "corpus/dia-phuong", "corpus/trung-uong"


@pytest.fixture(scope="session")
def facts() -> register.Register:
    return register.load()


def decision(example: str, day: date, *, issuer: str = "XÃ AN HÒA", number: str | None = None) -> str:
    """A decision of a commune around some words: bases go to the bases, articles and clauses to the body."""
    lines = [line.strip() for line in example.splitlines() if line.strip() and not line.startswith("(")]
    if lines and lines[0] == "ỦY BAN NHÂN DÂN":
        issuer, lines = lines[1], lines[2:]
    if lines and lines[0].startswith("Số:"):
        number, lines = lines[0].removeprefix("Số:").strip(), lines[1:]
    number = number or f"07/{day.year}/QĐ-UBND"
    bases = [line for line in lines if line.startswith("Căn cứ")]
    body = [line for line in lines if line not in bases] or ["Quy định này về việc quản lý đường thôn."]
    articles = [] if body[0].startswith("Điều 1.") else ["Điều 1. Phạm vi điều chỉnh"]
    if body[0].startswith(("Điều 1.", "Điều 2.")):
        articles += body
    else:
        articles += [f"Điều {len(articles) + 1}. {body[0]}", *body[1:]]
    count = sum(line.startswith("Điều ") for line in articles)
    if not any("hiệu lực từ" in line for line in articles):
        begin = day + timedelta(days=20)
        first = f"ngày {begin.day:02d} tháng {begin.month:02d} năm {begin.year}"
        articles.append(f"Điều {count + 1}. Quyết định này có hiệu lực từ {first}.")
    else:
        articles.append(f"Điều {count + 1}. Các thôn chịu trách nhiệm thi hành Quyết định này.")
    place = issuer.title().replace("Xã ", "").replace("Thị Trấn ", "")
    return "\n".join([
        "ỦY BAN NHÂN DÂN", issuer, "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "",
        f"Số: {number}", f"{place}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}", "", "QUYẾT ĐỊNH",
        "Ban hành Quy định quản lý đường thôn", "", f"ỦY BAN NHÂN DÂN {issuer}",
        *(bases or ["Căn cứ Luật Cư trú số 68/2020/QH14 ngày 13 tháng 11 năm 2020;"]), "QUYẾT ĐỊNH:", *articles, "",
        "Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu", "",
    ])  # fmt: skip


def decree(example: str) -> str:
    """A made-up decree, 99/2023/NĐ-CP, with the given articles."""
    body = example.split(";", 1)[1].strip() if example.startswith("Số:") else example
    return "\n".join([
        "CHÍNH PHỦ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "", "Số: 99/2023/NĐ-CP",
        "Hà Nội, ngày 10 tháng 5 năm 2023", "", "NGHỊ ĐỊNH", "Quy định về đường thôn", "",
        "Chính phủ ban hành Nghị định quy định về đường thôn.", *body.splitlines(), "",
    ])  # fmt: skip


Review = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def review(tmp_path: Path, facts: register.Register) -> Review:
    """`review(local texts, central texts, as_of=…, settings=…)` → findings, paths `corpus/dia-phuong/0.txt` and on."""

    def run(
        local: list[str], central: list[str] | None = None, *, as_of: date = AS_OF, settings: RuleSettings | None = None
    ) -> tuple[Finding, ...]:
        documents: dict[str, tuple[str, Document]] = {}
        for folder, side, texts in ((LOCAL, "dia_phuong", local), (CENTRAL, "trung_uong", central or [])):
            for i, text in enumerate(texts):
                file = tmp_path / f"{side}-{i}.txt"
                file.write_text(text, encoding="utf-8")
                read = replace(extract(file, facts), path=f"{folder}/{i}.txt")
                assert read.readable, read.message
                documents[read.path] = (side, read)
        library = CorpusLibrary(documents, facts)  # type: ignore[arg-type]
        context = Context(library, as_of, facts.institutions(), settings or RuleSettings())
        return judge_all(context)

    return run


@pytest.fixture
def make() -> Callable[..., str]:
    """`decision` for the tests."""
    return decision


@pytest.fixture
def make_decree() -> Callable[[str], str]:
    """`decree` for the tests."""
    return decree
