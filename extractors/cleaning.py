"""From a reader's lines to the text that every offset points into (first version)."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Line, Text, TextLine
from corpus.text import nfc, squeeze


def clean(lines: Sequence[Line]) -> Text:
    """Joined text and its lines."""
    parts: list[str] = []
    out: list[TextLine] = []
    at = 0
    for line in lines:
        words = squeeze(nfc(line.text))
        if not words:
            continue
        out.append(TextLine(at, at + len(words), line.page, line.bold, line.italic, line.centered, line.region))
        parts.append(words)
        at += len(words) + 1
    return Text("\n".join(parts), tuple(out))
