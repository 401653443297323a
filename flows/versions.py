"""Which code read or judged: the hash of its own source files, so that no number has to be raised by hand."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def reader_version() -> str:
    """Version of everything that shapes what is read from a file, the register included."""
    shaping = ("extractors", "corpus.model", "corpus.text", "corpus.symbols", "corpus.records", "corpus.links",
               "corpus.told", "corpus.store.blobs", "corpus.store.values")  # fmt: skip
    return _digest(*shaping) + register_version()


@cache
def judging_version() -> str:
    """Version of everything that shapes findings and outputs."""
    return _digest("extractors", "corpus", "rules", "outputs", "flows") + register_version()


def _digest(*names: str) -> str:
    total = hashlib.sha256()
    for name in names:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        origin = Path(spec.origin)
        paths = sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]
        for path in paths:
            total.update(path.name.encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


@cache
def register_version() -> str:
    """Hash (hex) of the facts that ship with the program."""
    spec = find_spec("corpus.register")
    assert spec is not None
    assert spec.origin is not None
    total = hashlib.sha256()
    for path in sorted(Path(spec.origin).parent.glob("*.csv")):
        total.update(path.read_bytes())
    return total.hexdigest()[:8]
