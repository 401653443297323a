"""Markdown: marks taken off, tables read cell by cell, hard-wrapped paragraphs joined."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from corpus.model import Line
from extractors.readers import Reading
from extractors.readers.text import decode

_GRID = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_PIPE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")
_SIMPLE_RULE = re.compile(r"\s*-{3,}(?:\s+-{3,})+\s*")
_DASHES = re.compile(r"\s*-{5,}\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = re.compile(r"\s*(?:[-*_]\s?){3,}\s*")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~\"'$@^:/&])")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3}(?=\S))|(?<=\S)_{1,3}(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^()\n]{0,400}\)")
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,3}\\?[.)]|[a-zđ]\\?\))\s+")
_BREAK = re.compile(r"(?:\\|\s{2,}|<br\s?/?>)$", re.IGNORECASE)
_MOTTO = re.compile(r"(?i)độc\s+lập|cộng\s+h[òo][aà]\s+xã|chủ\s+nghĩa\s+việt")
_ESCAPED = {"*": "\ue000", "_": "\ue001"}


Region = Literal["body", "masthead", "table"]


def read(path: Path) -> Reading:
    """Lines of a Markdown file. A blank line, a list mark or a hard break begins a new line."""
    return Reading(tuple(lines_of(decode(path.read_bytes()))))


def lines_of(text: str) -> list[Line]:
    """Walk over the blocks: tables are handed to `_table`, the rest goes line by line."""
    rows = text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    out: list[Line] = []
    state = _Emphasis()
    new = True
    i = 0
    while i < len(rows):
        end = _table_end(rows, i)
        if end > i:
            out += _table(rows[i:end])
            i, new, state = end, True, _Emphasis()
            continue
        row = rows[i]
        i += 1
        if not row.strip():
            new, state = True, _Emphasis()
            continue
        heading = _HEADING.fullmatch(row)
        if heading:
            out.append(_line(heading[2], state, True, bold=True))
            new = True
            continue
        if _RULE.fullmatch(row) or row.lstrip().startswith(("```", "~~~")):
            new = True
            continue
        row = row.lstrip("> ") if row.startswith(">") else row
        starts = new or _ITEM.match(row) is not None
        # Only these ends can be a hard break; two spaces are as often left over from the page.
        hard = _BREAK.search(row) if row[-1:] in "\\>" or row[-1:].isspace() else None
        out.append(_line(row[: hard.start()] if hard else row, state, starts))
        new = bool(hard and hard[0].strip())
    return [line for line in out if line.text]


class _Emphasis:
    """Which marks of emphasis are open (they run over the lines of a paragraph)."""

    def __init__(self) -> None:
        self.bold = self.italic = False

    def toggle(self, marks: int) -> None:
        if marks >= 2:
            self.bold = not self.bold
        if marks in (1, 3):
            self.italic = not self.italic


def _line(row: str, state: _Emphasis, starts: bool, *, bold: bool = False, region: Region = "body") -> Line:
    """One line without its marks; bold or italic where all its letters are."""
    if "](" in row:
        row = _LINK.sub(r"\1", row)
    if "\\" in row:
        row = _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), row)
    if "*" not in row and "_" not in row:
        blank = not row or row.isspace()
        row = row.replace("\ue000", "*").replace("\ue001", "_").strip()
        return Line(row, bold=bold or blank or state.bold, italic=blank or state.italic, starts_paragraph=starts,
                    region=region)  # fmt: skip
    parts: list[str] = []
    all_bold = all_italic = True
    at = 0
    for match in [*_EMPHASIS.finditer(row), None]:
        piece = row[at : match.start()] if match else row[at:]
        parts.append(piece)
        if not piece.isspace() and piece:
            all_bold, all_italic = all_bold and state.bold, all_italic and state.italic
        if match is None:
            break
        state.toggle(len(match[0]))
        at = match.end()
        between = row[match.start() - 1 : match.start()].isalpha() and row[at : at + 1].isalpha()
        if between and (state.bold or state.italic):
            parts.append(" ")  # converters lose the space before emphasis: "tên gọi là**xã …"
    words = "".join(parts).replace("\ue000", "*").replace("\ue001", "_").strip()
    return Line(words, bold=bold or all_bold, italic=all_italic, starts_paragraph=starts, region=region)


# --- tables ---------------------------------------------------------------------------------------


def _table_end(rows: list[str], at: int) -> int:
    """Index after the table that begins at row `at`; `at` itself where none does."""
    row = rows[at]
    if _GRID.fullmatch(row):
        end = at + 1
        while end < len(rows) and rows[end].lstrip()[:1] in ("|", "+") and rows[end].strip():
            end += 1
        return end
    if "|" in row and at + 1 < len(rows) and "|" in rows[at + 1] and _PIPE_RULE.fullmatch(rows[at + 1]):
        end = at + 2
        while end < len(rows) and "|" in rows[end] and rows[end].strip():
            end += 1
        return end
    if _SIMPLE_RULE.fullmatch(row) or (_DASHES.fullmatch(row) and at + 2 < len(rows)):
        for end in range(at + 1, min(len(rows), at + 200)):
            if (_SIMPLE_RULE.fullmatch(rows[end]) or _DASHES.fullmatch(rows[end])) and _closes(rows, end):
                return end + 1
            if _DASHES.fullmatch(row) and not rows[end].strip() and not rows[end - 1].strip():
                return at
    return at


def _closes(rows: list[str], at: int) -> bool:
    """A rule of dashes ends a simple table where an empty line (or nothing) follows."""
    return at + 1 >= len(rows) or not rows[at + 1].strip()


def _table(rows: list[str]) -> list[Line]:
    """Cells of a table in reading order: row by row, the left cell's lines before the right one's."""
    if "|" in rows[0] or _GRID.fullmatch(rows[0]):
        pipes = [[_pipe_cells(row)] for row in rows if not _PIPE_RULE.fullmatch(row)]
        groups = _grid_rows(rows) if _GRID.fullmatch(rows[0]) else pipes
    else:
        groups = _simple_rows(rows)
    words = " ".join(" ".join(line) for group in groups for line in group)
    region: Region = "masthead" if _MOTTO.search(words) else "table"
    out: list[Line] = []
    for group in groups:
        for column in range(max((len(line) for line in group), default=0)):
            state = _Emphasis()
            starts = True
            for line in group:
                cell = line[column].strip() if column < len(line) else ""
                for part in re.split(r"<br\s?/?>", cell) if cell else ():
                    starts = starts or _ITEM.match(part) is not None
                    one = _line(_BREAK.sub("", part), state, starts, region=region)
                    if one.text:
                        out.append(one)
                        starts = False
                    # In a masthead every printed line stands for itself; elsewhere a cell's lines run on.
                    starts = starts or region == "masthead" or part.endswith("\\") or "<br" in cell
                starts = starts or not cell
    return out


def _pipe_cells(row: str) -> list[str]:
    return [cell.replace("\ue002", "\\|") for cell in row.strip().strip("|").replace("\\|", "\ue002").split("|")]


def _grid_rows(rows: list[str]) -> list[list[list[str]]]:
    """Rows of a grid table, each the list of its printed lines, each the list of its cells."""
    groups: list[list[list[str]]] = []
    group: list[list[str]] = []
    for row in rows:
        if _GRID.fullmatch(row):
            if group:
                groups.append(group)
            group = []
        else:
            group.append(_pipe_cells(row))
    return [*groups, group] if group else groups


def _simple_rows(rows: list[str]) -> list[list[list[str]]]:
    """Rows of a table whose columns are drawn by a rule of dashes; an empty line separates rows."""
    rule = next(row for row in rows if _SIMPLE_RULE.fullmatch(row) or _DASHES.fullmatch(row))
    for row in rows:
        if _SIMPLE_RULE.fullmatch(row):
            rule = row
            break
    columns = [(match.start(), match.end()) for match in re.finditer(r"-+", rule)]
    groups: list[list[list[str]]] = []
    group: list[list[str]] = []
    for row in rows:
        if _SIMPLE_RULE.fullmatch(row) or _DASHES.fullmatch(row):
            continue
        if not row.strip():
            if group:
                groups.append(group)
            group = []
            continue
        ends = [start for start, _ in columns[1:]] + [max(len(row), columns[-1][1])]
        begins = [0, *[start for start, _ in columns[1:]]]
        group.append([row[begin:end] for begin, end in zip(begins, ends, strict=True)])
    return [*groups, group] if group else groups
