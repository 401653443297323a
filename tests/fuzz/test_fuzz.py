"""A short run of the mutants; `make fuzz` runs five thousand. What once failed is kept below."""

from __future__ import annotations

import pytest

from corpus.nothing import NothingKnown
from extractors.sandbox import extract_safely
from tests.fuzz import run
from tests.fuzz.bombs import pdf
from tests.fuzz.mutants import SHARES, mutant
from tests.fuzz.seeds import seeds

PLAIN = (".txt", ".md", ".html", ".mht", ".docx", ".pdf")  # what needs no program


@pytest.fixture(scope="module")
def plain():
    return {suffix: files for suffix, files in seeds(programs=False).items() if suffix in PLAIN}


def test_a_number_names_a_mutant_for_good(plain):
    assert [mutant(plain, 7), mutant(plain, 8)] == [mutant(plain, 7), mutant(plain, 8)]
    assert len({mutant(plain, number)[1] for number in range(40)}) > 35


def test_every_format_has_its_share():
    assert set(SHARES) == {*PLAIN, ".doc", ".rtf", ".odt", ".png", ".jpg", ".tif"}


def test_mutants_end_with_a_typed_outcome(plain):
    report = run.run(100, good=plain)
    assert sum(report.outcomes.values()) == 100
    assert not report.failed
    assert report.grown < 64 * 1024 * 1024
    outcomes = {what.split()[1] for what in report.outcomes}
    assert {"ok", "damaged"} <= outcomes


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        # Once a crash: pdfplumber has an error of its own for a box that is none.
        (b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 /a /b 842]", "damaged"),
    ],
)
def test_what_once_failed(tmp_path, old, new, outcome):
    (tmp_path / "a.pdf").write_bytes(pdf.paged().replace(old, new))
    assert extract_safely(tmp_path / "a.pdf", NothingKnown).outcome == outcome
