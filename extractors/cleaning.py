"""From a reader's lines to the text that every offset points into.

What is taken away: marks without meaning (no-break spaces, soft hyphens, rules of dashes), running
heads and page numbers, the line breaks that only the paper's width made. No letter is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Line, Text, TextLine, Unsure
from corpus.text import nfc
from extractors import footnotes, scanned
from extractors.footnotes import Piece
from extractors.wrapping import Wrapping, glue, goes_on, wrapping_of

_RULE = re.compile(r"[-_=*~–—\s]{2,}")
# White space but for the blank: looked for in UTF-8, where it takes a tenth of a search through the letters.
_CONTROLS = bytes((*range(9, 14), *range(28, 32)))
_WIDE_SPACE = re.compile(rb"\xe2(?:\x80[\x80-\x8a\xa8\xa9\xaf]|\x81\x9f)")
_OTHER_SPACES = tuple(space.encode() for space in "\x85\xa0\u1680\u3000")
_RULE_SIGNS = "-_=*~–—"
_SEGMENTED = re.compile(r"[^\W\d_]_[^\W\d_]")
_SPACE_BEFORE = re.compile(r" +(?=[,.;:!?)\]”](?:\s|$|\x00|[,.;:)]))")
_SPACE_AFTER = re.compile(r"(?<=[(\[“]) +")
_SPACED_SLASH = re.compile(r"(?<=\w) / (?=\w)")
# Emphasis that a crawler left in plain text: "__165/2024/NĐ-CP__"; a gap to be filled in ("__/__/2025") is none.
# The first mark stands before its look-behind, so that a scan can skip to it.
_EMPHASIS = re.compile(
    r"(_(?<![\w*]_)_|\*(?<![\w*]\*)\*)(?=[\w“(])([^\x00]{1,300}?)(?<=[^\s_*])\1(?![_*])"
)
# Bullets of Symbol and Wingdings lie in the private use area; read as the marks that they draw.
_BULLETS = {0xF02D: "-", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF02B: "+", 0xF0FC: "✓", 0xF076: "❖"}
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def clean(lines: Sequence[Line]) -> Text:
    """Paragraphs joined by one line break; each `TextLine` is one of them, offsets in code points."""
    if not lines:
        return Text("", ())
    texts = _normalised([line.text for line in lines])
    kept: list[Piece] = []
    blank = False
    for words, line in zip(texts, lines, strict=True):
        if not words or line.region in ("header", "footer"):
            blank = blank or not words
            continue
        if words[0] in _RULE_SIGNS and _RULE.fullmatch(words):
            continue
        kept.append(Piece(words, line, blank))
        blank = False
    return _joined([piece for piece in footnotes.set_apart(kept) if piece.words])


def _normalised(texts: list[str]) -> list[str]:
    """NFC, single spaces, none at the ends; one pass over the whole file, which is many times faster than by line."""
    whole = nfc("\x00".join(texts))
    if whole.count("\x00") != max(len(texts) - 1, 0):
        whole = nfc("\x00".join(text.replace("\x00", " ") for text in texts))
    raw = whole.encode("utf-8", "surrogatepass")
    if b"\xef" in raw and _PRIVATE.search(whole):
        whole = whole.translate(_BULLETS)
    if "__" in whole or "**" in whole:
        whole = _EMPHASIS.sub(r"\2", whole)
    many = max(8, whole.count(" ") // 25)
    if whole.count("_") > many and len(_SEGMENTED.findall(whole)) > many:
        whole = _desegmented(whole)
    uneven = "  " in whole or " \x00" in whole or "\x00 " in whole or whole[:1] == " " or whole[-1:] == " "
    if not uneven and not _has_other_space(raw):
        return whole.split("\x00")
    return [" ".join(part.split()) for part in whole.split("\x00")]


def _has_other_space(raw: bytes) -> bool:
    """Whether white space but for the blank stands in the text whose UTF-8 is `raw`."""
    if len(raw.translate(None, _CONTROLS)) != len(raw) or any(space in raw for space in _OTHER_SPACES):
        return True
    return _WIDE_SPACE.search(raw) is not None


def _desegmented(text: str) -> str:
    """Undo word segmentation: `Căn_cứ Luật Đất_đai ;` → `Căn cứ Luật Đất đai;` (letters stay as they are)."""
    text = _SEGMENTED.sub(lambda match: match[0].replace("_", " "), text)
    text = _SEGMENTED.sub(lambda match: match[0].replace("_", " "), text)
    return _SPACED_SLASH.sub("/", _SPACE_AFTER.sub("", _SPACE_BEFORE.sub("", text)))


def _joined(kept: list[Piece]) -> Text:
    """Paragraphs from lines; a line whose reader does not know joins the one before it on evidence."""
    open_ended = [piece for piece in kept if piece.line.starts_paragraph is None]
    wrapping = Wrapping(None, True)
    if len(open_ended) * 2 > len(kept):
        wrapping = wrapping_of([piece.words for piece in open_ended], [piece.blank for piece in open_ended])
    parts: list[str] = []
    out: list[TextLine] = []
    marks: list[tuple[int, str]] = []
    unsure: list[Unsure] = []
    at = 0
    last = ""
    for piece in kept:
        words, line = piece.words, piece.line
        starts = line.starts_paragraph
        if starts is not True and out:
            same_part = out[-1].region == line.region
            if starts is False or (same_part and goes_on(last, words, wrapping, piece.blank)):
                between = glue(last, words)
                parts[-1] += between + words
                first = out[-1]
                if piece.marks:
                    marks += [(at - 1 + len(between) + place, num) for place, num in piece.marks]
                if line.unsure:
                    unsure += scanned.moved(line, words, at - 1 + len(between))
                at += len(between) + len(words)
                out[-1] = TextLine(
                    first.start, at - 1, first.page, first.bold and line.bold, first.italic and line.italic,
                    first.centered and line.centered, first.region, _lower(first.confidence, line.confidence),
                )  # fmt: skip
                last = words
                continue
        end = at + len(words)
        out.append(TextLine(at, end, line.page, line.bold, line.italic, line.centered, line.region, line.confidence))
        parts.append(words)
        if piece.marks:
            marks += [(at + place, num) for place, num in piece.marks]
        if line.unsure:
            unsure += scanned.moved(line, words, at)
        at = end + 1
        last = words
    text = "\n".join(parts)
    return Text(text, tuple(out), footnotes.joined(marks, text, out) if marks else (), tuple(unsure))


def _lower(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else min(one, other)
