"""What a scan leaves in doubt: badly read words and mended places, carried from the page to the citations on them.

A symbol that no document has is held against the register, whose keys are exact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from corpus.model import Citation, Known, Line, Masthead, Target, Text, Unsure

_MANY = 3
_TAKEN_FOR = {"0": "689", "1": "47", "2": "7", "3": "589", "4": "19", "5": "36", "6": "058", "7": "12", "8": "0369",
              "9": "0348"}  # fmt: skip
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


def keyed(citations: tuple[Citation, ...], known: Known) -> tuple[Citation, ...]:
    """The citations, a misread digit of a symbol set right where only one document of the register fits.

    The words were read badly, the symbol as read is of no known document, and with one digit read otherwise it is that
    of one, and of only one, which is of the day and the kind stated beside it. What was read well stays: the paper
    itself may be wrong, and that is a finding. `corrected_from` keeps the words as read.
    """
    return tuple(_keyed(cited, known) if cited.doubt and not cited.corrected_from else cited for cited in citations)


def _keyed(cited: Citation, known: Known) -> Citation:
    targets = tuple(_meant(target, known) for target in cited.targets)
    return cited if targets == cited.targets else replace(cited, targets=targets, corrected_from=cited.text)


def _meant(target: Target, known: Known) -> Target:
    """The target with the symbol of the one document that fits; as it is where none or several do."""
    if target.symbol is None or target.date is None or target.self_ or known.documents(target.symbol):
        return target
    fitting = {
        row.symbol
        for symbol in _near(target.symbol)
        for row in known.documents(symbol)
        if row.date == target.date and row.kind == target.kind
    }
    return replace(target, symbol=fitting.pop()) if len(fitting) == 1 else target


def _near(symbol: str) -> Iterator[str]:
    """The symbol with one digit of its number or its year as scans take one for another."""
    end = symbol.rfind("/")
    for at, sign in enumerate(symbol[:end]):
        for other in _TAKEN_FOR.get(sign, ""):
            yield symbol[:at] + other + symbol[at + 1 :]


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
