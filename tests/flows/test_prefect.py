"""The flows under Prefect: the same result as without it, and what they leave for the person who looks."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from bench.generate import write_corpus
from flows import pipeline
from flows.settings import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect_harness")]


def test_nightly_gives_what_review_gives_and_leaves_artifacts(tmp_path: Path) -> None:
    from prefect.artifacts import Artifact

    from flows.nightly import nightly

    write_corpus(tmp_path / "corpus", 4, articles=2)
    folder = Path(nightly(str(tmp_path / "corpus"), str(tmp_path / "dem"), "2026-01-15"))
    plain = pipeline.review(Workspace(tmp_path / "corpus", tmp_path / "tay"), date(2026, 1, 15))
    assert (folder / "findings.jsonl").read_bytes() == (plain.folder / "findings.jsonl").read_bytes()
    for key in ("phat-hien", "chua-doc-duoc", "bao-cao"):
        assert asyncio.run(Artifact.aget(key)) is not None


def test_decree_takes_a_document_in(tmp_path: Path) -> None:
    from flows.decree import decree

    write_corpus(tmp_path / "corpus", 2, articles=1)
    new = tmp_path / "ND-999.txt"
    text = (
        "CHÍNH PHỦ\nSố: 999/2025/NĐ-CP\nHà Nội, ngày 05 tháng 01 năm 2025\nNGHỊ ĐỊNH\nVề việc thử\n"
        "Điều 1. Thử\nNghị định này có hiệu lực từ ngày 20 tháng 02 năm 2025.\n"
    )
    new.write_text(text, "utf-8")
    folder = Path(decree(str(tmp_path / "corpus"), str(tmp_path / "ra"), str(new), "2026-01-15"))
    assert (folder / "report.html").is_file()
    assert (tmp_path / "corpus" / "trung-uong" / "moi" / "ND-999.txt").is_file()
