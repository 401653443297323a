"""The wording of papers as data (`texts/*.toml`), filled with traced cells: what a lawyer may read and amend.

One paragraph a line. `> ` a legal basis, `= ` an enacting line, `# `, `## `, `### ` headings, `" ` quoted text, `@name`
blocks that the program makes, `?flag ` and `!flag ` a line only with or without a flag, `{name}` a place to fill. Marks
are read before places are filled, so no text from a document can become one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from outputs.forms.cells import Cell, Placed
from outputs.forms.paper import Block, Para, Style

FOLDER = Path(__file__).parent / "texts"
_STYLES: tuple[tuple[str, Style], ...] = (
    ("> ", "base"), ("= ", "enact"), ("### ", "h3"), ("## ", "h2"), ("# ", "h1"), ('" ', "quote"),
)  # fmt: skip
_FLAG = re.compile(r"([?!])([a-z_0-9]{1,30}) ")
_LEAD = re.compile(r"(Điều \d{1,3}\.|[IVX]{1,5}\.) ")
_PLACE = re.compile(r"\{([a-z_0-9]{1,40})\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one paper, places not filled yet. `number` is the symbol behind the number ("QĐ-UBND")."""

    code: str
    name: str
    kind: str
    number: str
    subject: str
    lines: tuple[str, ...]
    recipients: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """The wording with its places filled, and what was filled."""

    subject: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    notes: tuple[str, ...]
    placed: tuple[Placed, ...]


@lru_cache(maxsize=1)
def wordings() -> Mapping[str, Wording]:
    """All wordings by code."""
    found: dict[str, Wording] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        with path.open("rb") as source:
            table: dict[str, Any] = tomllib.load(source)
        for code, row in table.items():
            lines = tuple(line.strip() for line in row["body"].strip().split("\n") if line.strip())
            found[code] = Wording(code, row["name"], row["kind"], row["number"], row["subject"], lines,
                                  tuple(row.get("recipients", ())), tuple(row.get("notes", ())))  # fmt: skip
    return found


def fill(
    wording: Wording, values: Mapping[str, Placed], flags: Collection[str] = (),
    blocks: Mapping[str, Sequence[Block]] | None = None,
) -> Filled:  # fmt: skip
    """Fill the places of a wording. Raises `KeyError` for a place or blocks that nobody gave."""
    used: dict[str, Placed] = {}

    def put(text: str) -> str:
        def one(match: re.Match[str]) -> str:
            item = used[match[1]] = values[match[1]]
            return item.cell.shown

        return _PLACE.sub(one, text)

    body: list[Block] = []
    for line in wording.lines:
        while match := _FLAG.match(line):
            if (match[2] in flags) is not (match[1] == "?"):
                line = ""
                break
            line = line[match.end() :]
        if line.startswith("@"):
            body += (blocks or {})[line[1:]]
        elif line:
            body.append(_para(line, put))
    subject = put(wording.subject)
    recipients = tuple(put(line) for line in wording.recipients)
    notes = tuple(put(line) for line in wording.notes)
    return Filled(subject, tuple(body), recipients, notes, tuple(used.values()))


def value(label: str, text: str | Cell) -> Placed:
    """A value for a place, by the name under which the trace shows it."""
    return Placed(label, text if isinstance(text, Cell) else Cell(text))


def _para(line: str, put: Any) -> Para:
    style: Style = "body"
    for mark, meant in _STYLES:
        if line.startswith(mark):
            style, line = meant, line[len(mark) :]
            break
    lead = _LEAD.match(line)
    if lead:
        return Para(put(line[lead.end() :]), style, lead[1])
    return Para(put(line), style)
