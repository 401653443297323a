"""Word-level comparison of two texts: what stayed, went and came.

Words are compared as they are written, with their marks, and never cut: "34/2016/NĐ-CP", "1.000.000" and "01/4/2025"
are one word each. Paragraphs are matched first, words inside those that changed after that, so that a long act costs
what its changes cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

ChangeType = Literal["equal", "delete", "insert", "replace"]

_WORD = re.compile(r"(?:\w+(?:[./\-–,]\w+)*|[^\w\s])\s*|\s+")
_MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the old text and what stands in its place. `equal` stretches may differ in white space only."""

    type: ChangeType
    old: str
    new: str


def compare(old: str, new: str) -> tuple[Change, ...]:
    """Changes from `old` to `new` (both as NFC), in order.

    The `old` parts joined give the old text, the `new` parts the new one; equal texts give one `equal` change, two
    empty texts none.
    """
    before, after = _paragraphs(_nfc(old)), _paragraphs(_nfc(new))
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        a, b = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "replace":
            found += _by_words(a, b)
        else:
            found.append(Change(tag, a, b))
    return tuple(_merged([_of_words(change) for change in found]))


def _of_words(change: Change) -> Change:
    """White space alone is no change."""
    return Change("equal", change.old, change.new) if change.old.split() == change.new.split() else change


def changed(changes: Sequence[Change]) -> bool:
    """Whether anything went or came."""
    return any(change.type != "equal" for change in changes)


def marked(changes: Sequence[Change], context: int = 8) -> str:
    """The changed places as people read them: `[-cũ-]{+mới+}`, with some words around, "…" where text is left out."""
    parts: list[str] = []
    for i, change in enumerate(changes):
        if change.type == "equal":
            parts.append(_around(change.new, i > 0, i + 1 < len(changes), context))
            continue
        if change.old:
            parts.append(_wrapped(change.old.rstrip() if change.new else change.old, "[-", "-]"))
        if change.new:
            parts.append(_wrapped(change.new, "{+", "+}"))
    return "".join(parts).strip()


def _by_words(old: str, new: str) -> Iterator[Change]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) > _MOST_WORDS or len(after) > _MOST_WORDS:
        yield Change("replace", old, new)
        return
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        yield Change(tag, "".join(before[i1:i2]), "".join(after[j1:j2]))


def _opcodes(before: Sequence[str], after: Sequence[str]) -> list[tuple[ChangeType, int, int, int, int]]:
    keys = [" ".join(part.split()) for part in before], [" ".join(part.split()) for part in after]
    return SequenceMatcher(None, *keys, autojunk=False).get_opcodes()


def _paragraphs(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _merged(changes: Sequence[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one; a deletion beside an insertion is a replacement."""
    kept: Change | None = None
    for change in changes:
        if kept is None:
            kept = change
        elif (kept.type == "equal") == (change.type == "equal"):
            old, new = kept.old + change.old, kept.new + change.new
            both: ChangeType = "replace" if old and new else "delete" if old else "insert"
            kept = Change("equal" if kept.type == "equal" else both, old, new)
        else:
            yield kept
            kept = change
    if kept is not None:
        yield kept


def _around(text: str, before: bool, after: bool, context: int) -> str:
    """The ends of an unchanged stretch that touch a change."""
    words = _WORD.findall(text)
    if len(words) <= 2 * context + 2:
        return text
    head = "".join(words[:context]) if before else ""
    tail = "".join(words[-context:]) if after else ""
    return f"{head}{'… ' if before else '…'}{tail}"


def _wrapped(text: str, left: str, right: str) -> str:
    inner = text.strip()
    return text.replace(inner, f"{left}{inner}{right}", 1) if inner else text
