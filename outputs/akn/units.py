"""Units of a text as the elements of Akoma Ntoso's hierarchy, each with the id of the contract as its `eId`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.model import Provision
from outputs.akn.inline import Writing, paragraphs, spans
from outputs.akn.xml import add

ELEMENTS = {
    "phan": "part", "chuong": "chapter", "muc": "section", "tieu_muc": "subsection", "dieu": "article",
    "khoan": "clause", "diem": "point", "gach_dau_dong": "indent",
}  # fmt: skip
"""Elements of units that Akoma Ntoso knows; all others are `hcontainer` with the kind as their name."""

_GROUPS = ("phan", "chuong", "muc", "tieu_muc")
_WORD = r"(?:phần|chương|mục|tiểu mục|điều|khoản|điểm|phụ lục|biểu|mẫu)(?: số)?\s+"
_NTH = re.compile(r"\W{0,3}(?:phần|chương|mục)\s+thứ\s+\w+[.:]?", re.IGNORECASE)
_DASH = re.compile(r"[-–—+•*·]")


@dataclass(slots=True)
class Node:
    """A unit and the units inside it."""

    unit: Provision
    children: list[Node] = field(default_factory=list)


def tree(units: Sequence[Provision]) -> list[Node]:
    """Units in reading order as a forest, by their ranges; a unit across the end of its holder stands beside it."""
    top: list[Node] = []
    open_: list[Node] = []
    for unit in units:
        while open_ and (unit.start >= open_[-1].unit.end or unit.end > open_[-1].unit.end):
            open_.pop()
        node = Node(unit)
        (open_[-1].children if open_ else top).append(node)
        open_.append(node)
    return top


def write_nodes(writing: Writing, parent: Any, nodes: Sequence[Node], start: int, end: int, prefix: str = "") -> int:
    """Elements of `nodes` in `text[start:end]`; text between them becomes a container. Returns where they end."""
    at = start
    for node in nodes:
        loose(writing, parent, at, node.unit.start, prefix)
        _write(writing, parent, node, prefix)
        at = max(at, node.unit.end)
    return at


def write_quoted(
    writing: Writing, parent: Any, units: tuple[Provision, ...], start: int, end: int, prefix: str
) -> None:
    """Units inside a quotation; words before the first and behind the last are paragraphs."""
    nodes = tree(units)
    at = start
    for node in nodes:
        paragraphs(writing, parent, at, node.unit.start, prefix)
        _write(writing, parent, node, prefix)
        at = max(at, node.unit.end)
    paragraphs(writing, parent, at, end, prefix)


def loose(writing: Writing, parent: Any, start: int, end: int, prefix: str, name: str = "doan") -> None:
    """Text that belongs to no unit, in a container of the hierarchy; nothing where there is none."""
    if start < end and writing.document.text[start:end].strip():
        eid = writing.count(f"{prefix}__hcontainer" if prefix else "hcontainer")
        box = add(parent, "hcontainer", name=name, eId=eid)
        paragraphs(writing, add(box, "content"), start, end, eid)


def _write(writing: Writing, parent: Any, node: Node, prefix: str) -> None:
    unit = node.unit
    wanted = unit.id if unit.nth == 1 else f"{unit.id}_{unit.nth}"
    eid = writing.claim(f"{prefix}__{wanted}" if prefix else wanted)
    tag = ELEMENTS.get(unit.kind, "hcontainer")
    about = {} if prefix else writing.period.get(unit.id, {})
    element = add(parent, tag, eId=eid, name=unit.kind if tag == "hcontainer" else None, **about)
    first = min((child.unit.start for child in node.children), default=unit.end)
    at = _label(writing, element, unit, first)
    if not node.children:
        if writing.document.text[at : unit.end].strip():
            paragraphs(writing, add(element, "content"), at, unit.end, eid)
        return
    if writing.document.text[at:first].strip():
        paragraphs(writing, add(element, "intro"), at, first, eid)
    last = write_nodes(writing, element, node.children, first, unit.end, prefix)
    if writing.document.text[last : unit.end].strip():
        paragraphs(writing, add(element, "wrapUp"), last, unit.end, eid)


def _label(writing: Writing, element: Any, unit: Provision, limit: int) -> int:
    """Number and heading of a unit; returns where its own text begins."""
    text = writing.document.text
    at = unit.start
    match = _number(unit).match(text, at, limit)
    if match is None and unit.kind in _GROUPS:
        match = _NTH.match(text, at, limit)
    if match is not None:
        add(element, "num", match[0].strip())
        at = match.end()
    heading = _heading(text, unit, at, limit)
    if heading is None:
        return at
    spans(writing, add(element, "heading"), *heading, [])
    return heading[1]


def _number(unit: Provision) -> re.Pattern[str]:
    if unit.kind == "gach_dau_dong" or unit.num is None:
        return _DASH
    return re.compile(rf"\s{{0,3}}\(?(?:{_WORD})?{re.escape(unit.num)}(?!\w)[.):/]{{0,2}}", re.IGNORECASE)


def _heading(text: str, unit: Provision, at: int, limit: int) -> tuple[int, int] | None:
    """Range of the heading: words that fill their line and have text below them.

    A line that ends in a sentence or announces what follows ("… như sau:") is text, whatever the outline took it for.
    """
    if not unit.heading:
        return None
    words = unit.heading.split()
    above = text[at:limit].split()
    if limit < unit.end and above == words[: len(above)]:
        # An outline may take the first unit inside for a part of the heading; it ends where that unit begins.
        words = above
    told = r"\s{1,4}".join(map(re.escape, words))
    match = (
        re.compile(rf"\s{{0,4}}((?:[.:–-]\s{{0,2}})?{told})[ \t.:;]{{0,3}}(?=\n|$)").match(text, at) if words else None
    )
    if match is None or match.end(1) > limit:
        return None
    end = text.find("\n", match.end(1))
    end = len(text) if end < 0 else end
    sentence = text[match.start(1) : end].rstrip().endswith((".", ";", ":"))
    if unit.kind not in _GROUPS and (sentence or not text[end : unit.end].strip()):
        return None
    return match.start(1), min(end, unit.end)
