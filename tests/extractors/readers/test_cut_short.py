"""A file that takes too long or too much memory keeps what was read by then, and says so."""

from __future__ import annotations

import time

import pytest

from corpus.register import NothingKnown
from extractors import extract
from extractors.readers import doc, docx, limits, ocr, pdf

PAGES = [[(90.0, 760.0, 13.0, False, f"Điều {n}. Việc thứ {n} của xã")] for n in range(1, 6)]


@pytest.fixture
def trouble(monkeypatch):
    """`trouble(what)`: the PDF reader sleeps, or has no memory left, at its third page."""

    def set_up(what: str) -> None:
        drawn, seen = pdf._drawn, []

        def hard(page: object, inflating: object) -> object:
            seen.append(page)
            if len(seen) == 3:
                if what == "time":
                    time.sleep(30)
                raise MemoryError
            return drawn(page, inflating)

        monkeypatch.setattr(pdf, "_drawn", hard)

    return set_up


@pytest.mark.parametrize(("what", "outcome"), [("time", "timeout"), ("memory", "too_large")])
def test_the_pages_before_the_trouble_are_kept(write_pdf, trouble, what, outcome):
    trouble(what)
    path = write_pdf(PAGES)
    began = time.monotonic()
    found = extract(path, NothingKnown(), seconds=2.0)
    assert time.monotonic() - began < 10
    assert (found.outcome, found.readable) == (outcome, False)
    assert [(unit.id, unit.page) for unit in found.provisions] == [("art_1", 1), ("art_2", 2)]
    assert found.text == "Điều 1. Việc thứ 1 của xã\nĐiều 2. Việc thứ 2 của xã"
    assert "phần đã đọc (đến trang 2) được giữ lại" in (found.message or "")


def test_nothing_read_nothing_kept(write_pdf, monkeypatch):
    monkeypatch.setattr(pdf, "_scans", lambda document: time.sleep(30))
    found = extract(write_pdf(PAGES), NothingKnown(), seconds=0.5)
    assert (found.outcome, found.text, found.masthead) == ("timeout", "", None)
    assert "giữ lại" not in (found.message or "")


def test_a_secret_paper_keeps_nothing(write_pdf, trouble):
    trouble("memory")
    found = extract(write_pdf([[(90.0, 790.0, 13.0, True, "TỐI MẬT")], *PAGES]), NothingKnown(), seconds=5.0)
    assert (found.outcome, found.text) == ("restricted", "")


def test_pages_read_by_ocr_are_kept(write_pdf, monkeypatch):
    from corpus.model import Line

    def slow(path: object, numbers: list[int], found: dict[int, list[Line]]) -> None:
        found[1] = [Line("Điều 1. Đã đọc", 1, confidence=0.9)]
        time.sleep(30)

    monkeypatch.setattr(ocr, "read_pages", slow)
    found = extract(write_pdf([[], []], picture=True), NothingKnown(), seconds=2.0)
    assert (found.outcome, found.text) == ("timeout", "Điều 1. Đã đọc")


def test_an_old_word_file_names_itself(tmp_path, monkeypatch):
    """What LibreOffice made of it lies in a folder of its own, which the officer never saw."""
    from pathlib import Path

    def converted(command: list[str], seconds: float, cpu: int, env: dict[str, str]) -> limits.Ran:
        made = Path(command[command.index("--outdir") + 1])
        made.mkdir()
        (made / "input.docx").write_bytes(b"")
        return limits.Ran(b"", 0, False)

    monkeypatch.setattr(limits, "run", converted)
    monkeypatch.setattr(docx, "read", lambda path: limits.cut_short(path, MemoryError(), ()))
    source = tmp_path / "cũ.doc"
    source.write_bytes(b"x")
    reading = doc._by_libreoffice(source, "soffice")
    assert reading is not None
    assert (reading.outcome, (reading.message or "").startswith(f"{source}: ")) == ("too_large", True)


def test_the_alarm_is_off_afterwards():
    with limits.within(0.2):
        pass
    time.sleep(0.3)
    with pytest.raises(limits.Overtime), limits.within(0.05):
        time.sleep(5)
