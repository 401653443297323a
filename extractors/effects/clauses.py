"""The clauses in which effects are looked for: paragraphs of the text with their place in the tree.

Most of a text does nothing to other texts. A cheap trigger finds the units worth reading; a clause then knows its
words (lower case, quotations masked so that what they say is not taken for the act's own
word), its quotations, and where its unit stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Outline, Provision
from corpus.model.quick import quick
from corpus.text import lowered
from extractors.patterns import lazy

MASK = "¤"
# What every effect has one of: "hiệu lực", "bỏ", "thay", "sửa" …. Each is looked for at its rarest letter, so that the
# scan stops at one letter in ten only.
_TRIGGER = lazy(
    r"ệu lực(?<=hiệu lực)|ỏ(?<=bỏ)|ửa(?<=sửa)|ổ sung(?<=bổ sung)|ụm từ(?<=cụm từ)|ưng(?<=ngưng)"
    r"|ỉ(?:(?<=đình chỉ)|nh(?<=điều chỉnh))|éo dài(?<=kéo dài)|ạn(?<=gia hạn)|ính chính(?<=đính chính)"
    r"|ịnh(?<=quy định) (?:c|việc)|ày(?<=này) (?:hướng|quy|chi tiết)|ẫn(?<=hướng dẫn) chi tiết|ến hết(?<=đến hết)"
    r"|ớc (?<=trước )(?:ngày|thời điểm)"
)
_PLAIN_TRIGGERS = ("thay", "giao ")  # without a rare letter: plain look-ups run at the speed of memory
_INLINE = lazy(r"[“\"«‘](?:([^“”\"«»‘’]{1,1200}?)[”\"»’]|(?<=“)((?:[^“”]|“[^“”]{0,300}”){1,1200}?)”)")
_OPEN_END = lazy(
    r"(?:như sau|cụm từ|:)[\s.:]{0,6}[“\"]|[“\"](?=\s{0,2}(?:điều|chương)\s\d)"
    r"|như sau\s{0,2}:\s{0,4}['‘](?=\s{0,2}(?:điều\s\d|\d{1,3}[a-zđ]?\.|[a-zđ]\)))"
)
LABEL = lazy(
    r"\s*[“\"]?\s*(?:(?:điều\s+\d{1,3}[a-zđ]?\d?\s*[.:]|(?:chương|mục|phần)\s+[ivxlc\d]{1,6}[.:]?\s|"
    r"\d{1,3}(?:\.\d{1,3}){1,3}\.?\s|"
    r"\d{1,3}[a-zđ]?\d?\s*[.)/]|[a-zđ]\d?\s*\)|[ivxlc]{1,6}\s*[.)]|[-–+•*])\s*){1,3}"
)


_LEVELS = (
    (lazy(r"\s*[“\"]?\s*(?:điều|chương|mục|phần)\s|\s*[ivxlc]{1,6}\s*\."), 1), (lazy(r"\s*[“\"]?\s*\d"), 2),
    (lazy(r"\s*[a-zđ]\d?\s*\)"), 3), (lazy(r"\s*[-–+•*]"), 4),
)  # fmt: skip


@quick
@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph: `words[i]` is `text[start + i]` in lower case, masked inside quotations.

    `label` is the length of its number or dash. `quotes` are ranges inside the quotation marks, as offsets of the
    whole text. `unit` is the innermost unit (None outside all), `first` whether it begins that unit. `level`: how deep
    its number or dash says it is: 1 article, 2 clause, 3 point, 4 dash; 0 without.
    """

    start: int
    words: str
    label: int
    quotes: tuple[tuple[int, int], ...]
    unit: Provision | None
    depth: int
    first: bool
    level: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    def quotes_before(self, at: int) -> bool:
        """Whether a quotation stands before `words[at]`."""
        return bool(self.quotes) and self.quotes[0][0] < self.start + at


@quick
@dataclass(frozen=True, slots=True)
class Segment:
    """The own text of a unit (without the units below it), or a stretch outside all units (`unit` None)."""

    unit: Provision | None
    depth: int
    start: int
    end: int


def segments(length: int, tree: Outline) -> Iterator[Segment]:
    """The whole text cut into own texts of units, in reading order. Depth 0 is outside, 1 a top unit."""
    stack: list[Provision] = []
    at = 0
    for following in (*tree.provisions, None):
        stop = length if following is None else following.start
        while stack and stack[-1].end <= stop:
            unit = stack[-1]
            if at < unit.end:
                yield Segment(unit, len(stack), at, unit.end)
                at = unit.end
            stack.pop()
        if at < stop:
            yield Segment(stack[-1] if stack else None, len(stack), at, stop)
            at = stop
        if following is not None:
            stack.append(following)


class Reader:
    """Cuts segments into clauses. Holds the lowered text and the sorted quotations of one document."""

    def __init__(self, text: str, tree: Outline) -> None:
        self.text = text
        self.low = _plain(text)
        self._quotes = sorted((quote.start, quote.end) for quote in tree.quotes)
        self._starts = [start for start, _ in self._quotes]
        hits = [match.start() for match in _TRIGGER.finditer(self.low)]
        for word in _PLAIN_TRIGGERS:
            hits += _occurrences(self.low, word)
        self._hits = sorted(hits)

    def blank(self, segment: Segment) -> bool:
        """Whether a segment is but the line break between two units."""
        return segment.end - segment.start < 40 and not self.text[segment.start : segment.end].strip()

    def triggered(self, start: int, end: int) -> bool:
        """Whether a trigger stands in the range, inside quotations or not."""
        i = bisect_left(self._hits, start)
        return i < len(self._hits) and self._hits[i] < end

    def clauses(self, segment: Segment) -> Iterator[Clause]:
        """The paragraphs of a segment; a paragraph goes on through the quotation that it opens."""
        words, quotes = self._masked(segment.start, segment.end)
        words = _unwrapped(words, self.text[segment.start : segment.end])
        if segment.unit is not None and segment.unit.kind in _TITLED:
            words = _HEADING_BREAK.sub(" ", words)
        at = 0
        for piece in words.split("\n"):
            begin, at = at, at + len(piece) + 1
            if not piece.strip():
                continue
            start, end = segment.start + begin, segment.start + begin + len(piece)
            match = LABEL.match(piece)
            label = match.end() if match else 0
            first = segment.unit is not None and start <= segment.unit.start + 1
            inside = tuple([quote for quote in quotes if start <= quote[0] <= end]) if quotes else ()
            level = _level(piece) if label else 0
            yield Clause(start, piece, label, inside, segment.unit, segment.depth, first, level)

    def _masked(self, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
        """Words of a range with quotations masked, and the quotations. Lists of characters keep long texts linear."""
        i = bisect_left(self._starts, start)
        if i and self._quotes[i - 1][1] > start:
            i -= 1
        words = self.low[start:end]
        marked = "“" in words or '"' in words or ": '" in words or ": ‘" in words
        inline = marked or "«" in words or "‘" in words
        if not inline and not (i < len(self._quotes) and self._quotes[i][0] < end):
            return words, []
        chars = list(words)
        found: list[tuple[int, int]] = []
        while i < len(self._quotes) and self._quotes[i][0] < end:
            inner = max(self._quotes[i][0], start), min(self._quotes[i][1], end)
            if inner[1] > inner[0]:
                # "… như sau:" and its quotation are one instruction, even on two lines.
                at = inner[0] - start - 1
                while at >= 0 and chars[at] in " \n\t“\"«":
                    chars[at] = " " if chars[at] == "\n" else chars[at]
                    at -= 1
                chars[inner[0] - start : inner[1] - start] = MASK * (inner[1] - inner[0])
                found.append(inner)
            i += 1
        words = "".join(chars)
        for match in _INLINE.finditer(words) if inline else ():
            group = 1 if match[1] is not None else 2
            if MASK not in match[0]:
                chars[match.start(group) : match.end(group)] = MASK * (match.end(group) - match.start(group))
                found.append((start + match.start(group), start + match.end(group)))
        words = "".join(chars)
        if marked and (opened := _OPEN_END.search(words)) and MASK not in words[opened.end() : opened.end() + 1]:
            words = words[: opened.end()] + MASK * (len(words) - opened.end())
            found.append((start + opened.end(), end))
        return words, sorted(found)


# The heading of a chapter runs over lines ("CHƯƠNG II" / "SỬA ĐỔI … CỦA NGHỊ ĐỊNH SỐ …" / "QUY ĐỊNH CHI TIẾT …").
_TITLED = ("phan", "chuong", "muc", "tieu_muc")
_HEADING_BREAK = lazy(r"(?<![.;:!?”\"\n])\n(?!\s*(?:\n|\d|[a-zđ]\)|[-–+•*]))")
# A word that cannot end a paragraph, or a position that goes on with what holds it ("Mục I" / "Phụ lục kèm theo").
_HANGS = lazy(
    r"(?<!\w)(?:(?P<number>điều|khoản|điểm|mục|số|ngày|tháng|năm)"
    r"|(?:của|tại|và|thành|theo|về|ban hành|nghị|quyết|thông|ủy ban|nhân dân)"
    r"|(?P<place>(?:mục|khoản|điểm|điều|phần)\s(?:[\da-zđ]{1,4})))$"
)
_GOES_ON = lazy(r"(?:phụ lục|điều|chương|của|ban hành|luật|nghị|quyết|thông)\s")
_ENDS = ".;:!?”\"/)…"


def _level(piece: str) -> int:
    first = piece[0]
    if "0" <= first <= "9":
        return 2
    if first in "-–+•*":
        return 4
    return next((level for pattern, level in _LEVELS if pattern.match(piece)), 0)


def _unwrapped(words: str, text: str) -> str:
    """`words` without the line breaks that only the paper's width made, of the same length; `text` is as written."""
    joined: list[int] = []
    at = words.find("\n")
    while 0 <= at < len(words) - 1:
        if words[at - 1 : at] not in _ENDS and words[at - 1 : at] != "\n":
            hangs = _HANGS.search(words, max(0, at - 24), at)
            label = LABEL.match(words, at + 1)
            if hangs and hangs["number"]:
                joins = True
            elif hangs and not label:
                joins = not hangs["place"] or bool(_GOES_ON.match(words, at + 1))
            else:
                joins = text[at + 1].islower() and not label
            if joins:
                joined.append(at)
        at = words.find("\n", at + 1)
    if not joined:
        return words
    chars = list(words)
    for at in joined:
        chars[at] = " "
    return "".join(chars)


def _plain(text: str) -> str:
    """Lower case of the same length, with one placement of tones in words that the grammar reads (huỷ, uỷ, xoá …)."""
    low = lowered(text)
    for old, new in (("uỷ", "ủy"), ("xoá ", "xóa "), ("hoá ", "hóa "), ("toà ", "tòa ")):
        low = low.replace(old, new)
    return low


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
