"""A short run of the mutants; `make fuzz` runs five thousand. What once failed is kept below."""

from __future__ import annotations

import pytest

from tests.fuzz import run
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
