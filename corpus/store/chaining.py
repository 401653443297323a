"""The chain of the audit: each row's hash covers the row and the hash before it, so that no row can be changed,
left out or put in between without every later hash telling."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

GENESIS = "0" * 64
"""What stands before the first row."""


def chained(before: str, at: str, by: str, action: str, subject: str, detail: Mapping[str, Any]) -> str:
    """Hash (SHA-256, hex) of a row behind the row whose hash is `before`.

    >>> chained(GENESIS, "2026-01-31", "tư pháp", "decision", "f1", {})[:8]
    'c9ed3e9f'
    """
    row = [before, at, by, action, subject, detail]
    canonical = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_break(rows: Iterable[Mapping[str, Any]]) -> int | None:
    """Number of the first row that the chain does not bear out, None where all of it holds. `rows` in order."""
    before = GENESIS
    for row in rows:
        before = chained(before, row["at"], row["by"], row["action"], row["subject"], row["detail"])
        if row["hash"] != before:
            return int(row["number"])
    return None
