"""Where every cell of a paper comes from: as JSON beside the paper, as the second sheet of a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from corpus.words import date_short
from outputs.forms.cells import KIND_WORDS, STATUS_WORDS, Placed, Source, tally

TRACE_COLUMNS = (
    ("STT", 6), ("Vị trí", 46), ("Nội dung", 60), ("Tình trạng", 16), ("Loại nguồn", 24), ("Mã", 34),
    ("Nguồn", 60), ("Ngày nguồn được thấy lần cuối", 18),
)  # fmt: skip


def trace_json(code: str, placed: Sequence[Placed], as_of: date) -> bytes:
    """{"schema", "paper", "as_of", "counts": {"filled", "uncertain", "missing"}, "cells": [{"place", "text", "status",
    "sources": [{"kind", "id", "name", "seen"}]}]}; days ISO, null where not known."""
    record = {
        "schema": 1, "paper": code, "as_of": as_of.isoformat(), "counts": tally(placed),
        "cells": [
            {
                "place": item.place, "text": item.cell.text, "status": item.cell.status,
                "sources": [_source(one) for one in item.cell.sources],
            }
            for item in placed
        ],
    }  # fmt: skip
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _source(one: Source) -> dict[str, str | None]:
    return {"kind": one.kind, "id": one.id, "name": one.name, "seen": one.seen.isoformat() if one.seen else None}


def trace_rows(placed: Sequence[Placed]) -> Iterator[tuple[object, ...]]:
    """Rows of the sheet "Nguồn": one for each cell, its sources one a line in each column."""
    for number, item in enumerate(placed, 1):
        cell, sources = item.cell, item.cell.sources
        yield (
            number, item.place, cell.text or None, STATUS_WORDS[cell.status],
            _lines(KIND_WORDS[one.kind] for one in sources), _lines(one.id for one in sources),
            _lines(one.name for one in sources),
            _lines(date_short(one.seen) if one.seen else "…" for one in sources),
        )  # fmt: skip


def _lines(texts: Iterable[str]) -> str | None:
    return "\n".join(texts) or None
