"""Accuracy on the labelled data may not fall below the floors. Skipped where the data is not beside the checkout."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("accuracy_score", Path(__file__).parent / "score.py")
assert _SPEC is not None
assert _SPEC.loader is not None
score = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(score)

SHARED = Path(os.environ.get("RASOAT_SHARED", score.DEFAULT_SHARED))
needs_data = pytest.mark.skipif(
    not (SHARED / "eval" / "score.py").is_file(), reason="the labelled data does not lie beside the checkout"
)


@needs_data
@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("task", sorted(score.floors()))
def test_no_figure_below_its_floor(task: str) -> None:
    found = score.figures(task, SHARED.resolve())
    assert score.below(task, found, score.floors()[task]) == []


def test_below_names_every_figure_on_the_wrong_side() -> None:
    faults = score.below("t", {"r": 0.3, "p": 0.9, "alarms": 2}, {"r": 0.4, "p": 0.9, "worst": {"alarms": 1}})
    assert faults == ["t r = 0.3 < 0.4", "t alarms = 2 > 1"]
