"""The demo run, for every test of the outputs."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from corpus.model import Run


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outputs_demo", Path(__file__).with_name("demo.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def demo() -> ModuleType:
    return _load()


@pytest.fixture(scope="session")
def run(demo: ModuleType) -> Run:
    found: Run = demo.RUN
    return found
