"""Footnotes: their words behind the running text, and which mark belongs to which note.

In a văn bản hợp nhất every change is told in a footnote ("Khoản này được bổ sung theo …"): what "này" means is
where the mark stood (Pháp lệnh 01/2012/UBTVQH13, Điều 4). Its marks are no words of the law, so they are taken out
("Điều 8[7]." is "Điều 8."); in other documents they stay, as printed. Readers give marks as "[3]" and notes as lines
that begin with "[3]"; in plain text the notes are found by their numbering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.model import Line, NoteMark, TextLine
from corpus.model.quick import quick

_NOTE = re.compile(r"\[(\d{1,3})\](?=\s?\S)")
_MARK = re.compile(r" ?\[(\d{1,3})\]")
_NUMBER = re.compile(r"\d/VBHN-[A-ZĐ]")
_CHANGE = re.compile(
    r"(?:này|“[^”]{1,200}”) (?:đã )?(?:được|bị) (?:sửa|bổ sung|thay|bãi|hủy|huỷ)[^\n]{0,60} theo quy định (?:tại|của)"
)
# A note that stands in the middle of a line, behind the end of the one before it.
_NEXT_NOTE = re.compile(r"(?<=[.;”\"]) \[(\d{1,3})\] (?=[A-ZĐ“\"ÀÁẢÃẠÂĂÊÔƠƯ])")


@quick
@dataclass(frozen=True, slots=True)
class Piece:
    """A line on its way to the text. `marks`: (place in `words`, number) of the marks that stand or stood there."""

    words: str
    line: Line
    blank: bool
    marks: tuple[tuple[int, str], ...] = ()


def set_apart(pieces: list[Piece]) -> list[Piece]:
    """`pieces`, the notes with their region; in a văn bản hợp nhất without the marks of the notes that it holds."""
    if not any("[" in piece.words for piece in pieces):
        return pieces
    pieces = list(_told(pieces))
    known = {match[1] for piece in pieces if piece.line.region == "footnote" and (match := _NOTE.match(piece.words))}
    if not known:
        return pieces
    take_out = _is_consolidated(pieces)
    return [_marked(piece, known, take_out) for piece in pieces]


def _is_consolidated(pieces: list[Piece]) -> bool:
    """Whether the number of a văn bản hợp nhất stands at the head, or the notes tell changes of units."""
    head = any(_NUMBER.search(piece.words) for piece in pieces[:40])
    return head or any(_CHANGE.search(piece.words) for piece in pieces if piece.line.region == "footnote")


def joined(marks: Sequence[tuple[int, str]], text: str, lines: Iterable[TextLine]) -> tuple[NoteMark, ...]:
    """The marks with the notes that they belong to; where pages number anew, the first with the first of a number."""
    notes: dict[str, list[int]] = {}
    for line in lines:
        if line.region == "footnote" and (match := _NOTE.match(text, line.start, line.end)):
            notes.setdefault(match[1], []).append(line.start)
    out: list[NoteMark] = []
    used: dict[str, int] = {}
    for at, num in marks:
        nth = used.get(num, 0)
        used[num] = nth + 1
        places = notes.get(num, [])
        out.append(NoteMark(num, at, places[min(nth, len(places) - 1)] if places else None))
    return tuple(out)


def _told(pieces: list[Piece]) -> Iterator[Piece]:
    """`pieces`, the notes among them with their region. Where no reader told: a run [1], [2] … after the body."""
    if any(piece.line.region == "footnote" for piece in pieces):
        yield from pieces
        return
    first = _first_note(pieces)
    for position, piece in enumerate(pieces):
        if first is None or position < first:
            yield piece
            continue
        at = 0
        cuts = [match.start() for match in _NEXT_NOTE.finditer(piece.words)]
        for cut in [*cuts, len(piece.words)]:
            words = piece.words[at:cut].strip()
            starts = True if _NOTE.match(words) else piece.line.starts_paragraph
            yield Piece(words, replace(piece.line, region="footnote", starts_paragraph=starts), piece.blank and not at)
            at = cut


def _first_note(pieces: list[Piece]) -> int | None:
    """Where the notes begin: a line "[1] …" behind the running text that bears the mark [1], and no unit below it."""
    for position, piece in enumerate(pieces):
        if not piece.words.startswith("[1]") or not _NOTE.match(piece.words):
            continue
        marked = any("[1]" in before.words[1:] for before in pieces[:position])
        numbered = [match[1] for one in pieces[position:] if (match := _NOTE.match(one.words))]
        in_order = all(int(a) < int(b) for a, b in pairwise(numbered))
        return position if marked and in_order else None
    return None


def _marked(piece: Piece, known: set[str], take_out: bool) -> Piece:
    if piece.line.region == "footnote" or "[" not in piece.words:
        return piece
    out: list[str] = []
    marks: list[tuple[int, str]] = []
    at = length = 0
    for match in _MARK.finditer(piece.words):
        if match[1] not in known:
            continue
        before = piece.words[at : match.start() if take_out else match.end()]
        out.append(before)
        marks.append((length + match.start() - at, match[1]))
        length += len(before)
        at = match.end()
    if not marks:
        return piece
    out.append(piece.words[at:])
    return replace(piece, words="".join(out), marks=tuple(marks))
