"""One loaded program and one undisturbed workspace for all tests of torture."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `harness`, beside the tests that use it

from harness import Zygote, make_workspace


@pytest.fixture(scope="session")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    with Zygote(tmp_path_factory.mktemp("zygote")) as one:
        yield one


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace before its first run."""
    return make_workspace(tmp_path_factory.mktemp("fresh") / "xa")
