"""From the lines of all pages to one flow of text: without running heads, notes last, paragraphs told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from corpus.model import Line
from extractors.readers.layout import PAGE_NUMBER
from extractors.wrapping import ended, starts_lower, starts_unit

_NOTE = re.compile(r"\[?(\d{1,3})\]?\s(?=\D)")
_DIGITS = re.compile(r"\d+")


def one_flow(per_page: Sequence[Sequence[Line]]) -> list[Line]:
    """Lines of a document from those of its pages, each saying whether it begins a paragraph where that is clear."""
    return with_paragraphs(with_notes_last(without_running_heads(per_page)))


def without_running_heads(per_page: Sequence[Sequence[Line]]) -> list[Line]:
    """Lines of all pages without page numbers and the lines that come back at the edge of most pages."""
    edges: Counter[str] = Counter()
    for lines in per_page:
        edges.update({_shape(line.text) for line in (*lines[:2], *lines[-2:])})
    # Digits alone are the end of a sentence ("… năm" | "2020.") as likely as anything else.
    worded = (shape for shape in edges if any(sign.isalpha() for sign in shape))
    often = {shape for shape in worded if edges[shape] >= 3 and edges[shape] * 5 >= 2 * len(per_page)}
    out: list[Line] = []
    for lines in per_page:
        for position, line in enumerate(lines):
            at_edge = position < 2 or position >= len(lines) - 2
            number = position in (0, len(lines) - 1) and PAGE_NUMBER.fullmatch(line.text)
            # A sentence that goes on from the page before is no running head, however often its words come back.
            running = at_edge and _shape(line.text) in often and not starts_lower(line.text)
            if number or (running and not starts_unit(line.text)):
                out.append(replace(line, region="header"))
            else:
                out.append(line)
    return out


def with_notes_last(lines: Sequence[Line]) -> list[Line]:
    """Footnotes behind the body, so that a sentence may go on over the page: small lines at a page's foot, numbered."""
    sizes = [line.size for line in lines if line.region == "body" and line.size and len(line.text) > 40]
    if len(sizes) < 4:
        return list(lines)
    small = 0.86 * median(sizes)
    body: list[Line] = []
    notes: list[Line] = []
    for page in sorted({line.page for line in lines}):
        of_page = [line for line in lines if line.page == page]
        at = len(of_page)
        while at and _is_small(of_page[at - 1], small):
            at -= 1
        # What stands above the first note is the rest of one that began on the page before, or none.
        rest_of_one = bool(notes) and notes[-1].page == page - 1 and not ended(notes[-1].text)
        while at < len(of_page) and not rest_of_one and not _NOTE.match(of_page[at].text):
            at += 1
        body += of_page[:at]
        for line in of_page[at:]:
            marked = _NOTE.match(line.text)
            text = f"[{marked[1]}] {line.text[marked.end() :]}" if marked else line.text
            notes.append(replace(line, text=text, region="footnote", starts_paragraph=marked is not None))
    return body + notes


def _is_small(line: Line, size: float) -> bool:
    return line.region in ("body", "header") and line.confidence is None and line.size is not None and line.size <= size


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text)


def with_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Say where paragraphs begin, as far as the places of the lines tell."""
    body = [line for line in lines if line.region == "body" and line.box and not line.centered]
    wide = [line for line in body if line.box and len(line.text) > 40]
    if len(wide) < 4:
        return list(lines)
    right = median(sorted((line.box[2] for line in wide if line.box), reverse=True)[: max(3, len(wide) // 2)])
    left = _flush([line.box[0] for line in body if line.box])
    indented = sum(left + 8 < line.box[0] < left + 70 for line in body if line.box)
    by_indent = indented * 8 > len(body)
    out: list[Line] = []
    last: Line | None = None
    for line in lines:
        if line.region == "header" or line.box is None or line.starts_paragraph is not None:
            out.append(line)
            continue
        starts: bool | None = None
        if line.region == "body" and last is not None and last.region == "body":
            starts = _starts(last, line, left, right, by_indent)
        elif line.region == "body":
            starts = True
        out.append(replace(line, starts_paragraph=starts))
        last = line
    return out


def _flush(edges: list[float]) -> float:
    """The left edge that wrapped lines share: the leftmost one used often."""
    counts = Counter(round(edge) for edge in edges)
    return float(min(x for x, count in counts.items() if count * 12 >= len(edges) or count == max(counts.values())))


def _starts(last: Line, line: Line, left: float, right: float, by_indent: bool) -> bool | None:
    """Whether `line` begins a paragraph; None where only the text can tell."""
    if last.box is None or line.box is None:
        return None
    if last.centered or line.centered:
        return None
    first_word = line.text.split(" ", 1)[0]
    letter = (line.box[2] - line.box[0]) / max(len(line.text), 1)
    room = right - last.box[2] > (len(first_word) + 1.5) * letter
    goes_on = starts_lower(line.text) and not ended(last.text) and not starts_unit(line.text)
    if room:
        return None if goes_on else True
    if last.bold and line.bold and not ended(last.text) and not starts_unit(line.text):
        return False  # a heading that fills its line
    if line.box[0] > left + 8:
        return None if goes_on else True
    return False if by_indent else None
