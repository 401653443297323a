"""What a scan leaves in doubt: badly read words and mended places, carried from the page to the citations on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from corpus.model import Citation, Line, Masthead, Text, Unsure

_MANY = 3
_PARTS = ("symbol", "issuer", "date", "title", "signer")


def moved(line: Line, words: str, at: int) -> Iterator[Unsure]:
    """The line's unsure places in the text, where the line stands as `words` from offset `at` on.

    Cleaning may have taken letters out of a line: a place is then looked for by its own letters.
    """
    behind = 0
    for one in line.unsure:
        letters = line.text[one.start : one.end]
        found = one.start if words[one.start : one.end] == letters else words.find(letters, behind)
        if found >= 0:
            behind = found + len(letters)
            yield replace(one, start=at + found, end=at + behind)


def told(text: Text, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The citations with `doubt` and `corrected_from` where words of theirs were read badly or were mended."""
    if not text.unsure:
        return citations
    ends = [one.end for one in text.unsure]
    out: list[Citation] = []
    for cited in citations:
        within = _within(text, ends, cited.start, cited.end)
        out.append(_told(text.text, cited, within) if within else cited)
    return tuple(out)


def headed(text: Text, head: Masthead) -> Masthead:
    """The masthead, telling which of its parts hold words that were read badly."""
    if not text.unsure:
        return head
    ends = [one.end for one in text.unsure]
    doubts = {}
    for part in _PARTS:
        if part in head.spans and (doubt := _doubt(text.text, _within(text, ends, *head.spans[part]))):
            doubts[part] = doubt
    return replace(head, doubts=doubts) if doubts else head


def _within(text: Text, ends: list[int], start: int, end: int) -> list[Unsure]:
    """The unsure places that reach into `[start, end)`."""
    at = bisect_left(ends, start + 1)
    found = []
    while at < len(ends) and text.unsure[at].start < end:
        found.append(text.unsure[at])
        at += 1
    return found


def _doubt(text: str, within: list[Unsure]) -> str | None:
    """What the officer is told of words that were read badly; None where there are none."""
    unread = [text[one.start : one.end] for one in within if one.read_as is None]
    more = "…" if len(unread) > _MANY else ""
    told = ", ".join(f"“{word}”" for word in unread[:_MANY])
    return f"bản quét đọc chưa chắc: {told}{more}" if unread else None


def _told(text: str, cited: Citation, within: list[Unsure]) -> Citation:
    doubt = cited.doubt or _doubt(text, within)
    corrected = cited.corrected_from
    if corrected is None and any(one.read_as is not None for one in within):
        corrected = _as_read(text, cited, within)
    return replace(cited, doubt=doubt, corrected_from=corrected)


def _as_read(text: str, cited: Citation, within: list[Unsure]) -> str:
    """The words of a citation as they were read, before anything was mended."""
    parts: list[str] = []
    at = cited.start
    for one in within:
        if one.read_as is not None:
            parts += [text[at : max(one.start, at)], one.read_as]
            at = max(one.end, at)
    return "".join([*parts, text[at : cited.end]])
