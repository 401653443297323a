"""A few nights leave no open file behind, and no decision is lost."""

from __future__ import annotations

import re
from pathlib import Path

from bench.soak import soak


def test_a_few_nights(tmp_path: Path) -> None:
    first, second = soak(tmp_path, documents=12, nights=4)
    assert "none lost" in first
    opened = re.search(r"open files (\d+) → (\d+)", second)
    assert opened is not None
    assert opened[1] == opened[2]
