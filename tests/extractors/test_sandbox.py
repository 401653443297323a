"""Worker processes: a bad file costs itself."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from corpus.model import Known
from corpus.register import NothingKnown
from extractors import sandbox
from extractors.sandbox import Limits, extract_many, extract_safely

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path: Path, text: str) -> Path:
    import zipfile

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return path


def known() -> Known:
    return NothingKnown()


class Faulty:
    """A `Known` factory that does harm in the child that reads, not in the worker that it is forked from, nor here."""

    def __init__(self, harm: str) -> None:
        self.harm = harm
        self.parent = os.getpid()

    def __call__(self) -> Known:
        if self.harm == "load slowly" and os.getppid() == self.parent:
            time.sleep(4)
        if self.parent not in (os.getpid(), os.getppid()):
            if self.harm == "die":
                os.abort()
            if self.harm == "hang":
                time.sleep(60)
            if self.harm == "eat":
                block = bytearray(1 << 31)
                assert block
            if self.harm == "raise":
                raise RuntimeError("broken")
            if self.harm == "slow":
                from extractors.readers.docx.walk import Walk

                paragraph = Walk.paragraph

                def slowly(walk: Walk, element: object) -> None:
                    time.sleep(5 if len(walk.out) > 2 else 0)
                    paragraph(walk, element)

                Walk.paragraph = slowly  # type: ignore[method-assign]
        return NothingKnown()


@pytest.fixture
def factory(tmp_path, monkeypatch):
    """Faulty as a module that workers can import, wherever the tests lie."""
    import sys

    source = Path(__file__).read_text("utf-8")
    (tmp_path / "faulty_known.py").write_text(source.replace("@pytest.fixture", "").split("def factory")[0], "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import importlib

    module = importlib.import_module("faulty_known")
    yield module.Faulty
    sys.modules.pop("faulty_known")


@pytest.mark.parametrize("jobs", [1, 2])
def test_documents_come_in_the_order_given(tmp_path, jobs):
    paths = []
    for n in range(6):
        text = f"Điều {n + 1}. Việc số {n + 1}"
        if n % 2:
            (tmp_path / f"{n}.txt").write_text(text, "utf-8")
            paths.append(tmp_path / f"{n}.txt")
        else:
            paths.append(docx(tmp_path / f"{n}.docx", text))
    paths.append(tmp_path / "none.txt")
    found = list(extract_many(paths, NothingKnown, jobs=jobs))
    assert [document.path for document in found] == [str(path) for path in paths]
    assert [document.text for document in found[:6]] == [f"Điều {n}. Việc số {n}" for n in range(1, 7)]
    assert found[6].outcome == "damaged"


def test_light_files_start_no_process(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Điều 1. Phạm vi", "utf-8")
    monkeypatch.setattr(sandbox.subprocess, "Popen", lambda *a, **k: pytest.fail("a process was started"))
    assert extract_safely(tmp_path / "a.txt", NothingKnown).outcome == "ok"


@pytest.mark.parametrize(
    ("harm", "outcome"),
    [("die", "crashed"), ("raise", "crashed"), ("eat", "too_large"), ("hang", "timeout")],
)
def test_the_guilty_file_pays_and_the_next_is_read(tmp_path, factory, harm, outcome):
    bad, good = docx(tmp_path / "bad.docx", "Một"), tmp_path / "good.txt"
    good.write_text("Điều 1. Phạm vi", "utf-8")
    limits = Limits(seconds=2.5, seconds_a_page=0)
    found = list(extract_many([bad, good], factory(harm), limits=limits))
    assert [document.outcome for document in found] == [outcome, "ok"]
    assert "bad.docx" in (found[0].message or "")
    assert "hãy" in (found[0].message or "")


def test_loading_a_reader_is_charged_to_no_file(tmp_path, factory):
    """On a busy machine libraries take seconds to load: the first file must not be said to be slow."""
    good = docx(tmp_path / "good.docx", "Điều 1. Phạm vi")
    found = extract_safely(good, factory("load slowly"), Limits(seconds=2, seconds_a_page=0))
    assert found.outcome == "ok"


def test_what_was_read_in_time_is_kept(tmp_path, factory):
    """The reader gets slow behind the third paragraph: the three before it are understood, and marked."""
    parts = ["Điều 1. Một", "1. Khoản một.", "2. Khoản hai.", *["3. Chậm."] * 9]
    body = "</w:t></w:r></w:p><w:p><w:r><w:t>".join(parts)
    slow = docx(tmp_path / "cham.docx", body)
    found = extract_safely(slow, factory("slow"), Limits(seconds=6, seconds_a_page=0))
    assert found.outcome == "timeout"
    assert [unit.id for unit in found.provisions][:3] == ["art_1", "art_1__cl_1", "art_1__cl_2"]
    assert found.text.startswith("Điều 1. Một\n1. Khoản một.")
    assert found.text.count("Chậm") < 9
    assert "phần đã đọc (đến trang 1) được giữ lại" in (found.message or "")


def test_what_a_reader_raises_is_charged_to_the_file(tmp_path, monkeypatch):
    import extractors

    def broken(path: str, known: Known) -> None:
        raise RecursionError

    monkeypatch.setattr(extractors, "extract", broken)
    (tmp_path / "a.txt").write_text("x", "utf-8")
    assert extract_safely(tmp_path / "a.txt", NothingKnown).outcome == "crashed"


def test_stopping_early_leaves_no_process(tmp_path):
    paths = [docx(tmp_path / f"{n}.docx", "Một") for n in range(30)]
    documents = extract_many(paths, NothingKnown, jobs=2)
    assert next(documents).outcome == "ok"
    documents.close()  # type: ignore[attr-defined]
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    assert "extractors.sandbox" not in "".join(Path(f"/proc/{pid}/cmdline").read_text() for pid in children.split())
