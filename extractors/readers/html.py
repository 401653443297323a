"""Saved pages (first version): every block a line."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from corpus.model import Line
from extractors.readers import Reading

_BLOCKS = {"p", "div", "tr", "td", "th", "li", "h1", "h2", "h3", "h4", "table", "br", "body"}


def read(path: Path) -> Reading:
    tree = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    title = tree.findtext(".//title")
    for junk in tree.xpath("//script|//style|//head"):
        junk.drop_tree()
    parts: list[str] = []
    for event, node in _walk(tree):
        if event == "text":
            parts.append(node)
        else:
            parts.append("\n")
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    return Reading(tuple(Line(line, starts_paragraph=True) for line in lines if line), title)


def _walk(node):  # type: ignore[no-untyped-def]
    block = node.tag in _BLOCKS
    if block:
        yield "break", None
    if node.text:
        yield "text", node.text.replace("\n", " ")
    for child in node:
        yield from _walk(child)
        if child.tail:
            yield "text", child.tail.replace("\n", " ")
    if block:
        yield "break", None
