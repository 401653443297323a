"""The official forms as data (`mau.toml`): headings, columns, sections and footnotes of NĐ 79/2025, appendix."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parent / "mau.toml"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in centimetres, number of the footnote behind the heading (0: none), or `after` the
    first words of it."""

    name: str
    width: float
    note: int = 0
    after: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """Table A or B of a list: its heading with {ky} or {nam}, and the headings of its two sections."""

    heading: str
    note: int
    ended: str
    suspended: str


@dataclass(frozen=True, slots=True)
class Form:
    """One official list. `scope` is "toàn bộ", "một phần" or ""; `tables` is empty for a list with one table."""

    number: str
    title: str
    title_note: int
    scope: str
    total: Literal["center", "left"]
    columns: tuple[Column, ...]
    tables: tuple[FormTable, ...]
    footnotes: tuple[str, ...]


@lru_cache(maxsize=1)
def forms() -> dict[str, Form]:
    """All forms by number ("01" to "05")."""
    with DATA.open("rb") as source:
        tables = tomllib.load(source)
    return {
        number: Form(
            row["number"], row["title"], row["title_note"], row["scope"], row["total"],
            tuple(Column(**column) for column in row["columns"]),
            tuple(FormTable(**table) for table in row.get("tables", ())), tuple(row["footnotes"]),
        )
        for number, row in tables.items()
    }  # fmt: skip
