"""The register, as workers need it: a callable that can be pickled and loads on first use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.model import Known


@dataclass(frozen=True, slots=True)
class KnownFactory:
    """Call it to get the `Known` for reading: the shipped register (with the user's rows), or nothing."""

    register: bool = True
    own: Path | None = None

    def __call__(self) -> Known:
        if not self.register:
            from corpus.nothing import NothingKnown

            return NothingKnown()
        from corpus import register

        return register.load(self.own)
