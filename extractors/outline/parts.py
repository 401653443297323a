"""The texts that one file holds: the act itself, what is issued with it, appendices and forms.

Each starts its own numbering. Between the act and what follows stand the recipients and the signature
(Nghị định 30/2020/NĐ-CP, Phụ lục I): they belong to no provision.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.model import Masthead
from extractors.outline.grammar import Mark

_APP_LINE = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?: (?:số|SỐ|Số))?(?: *([IVXLC]{1,7}|\d{1,3})([a-zđA-Z]?(?:[.\-]\d{1,2})?)(?!\w))?"
    r"[\s.:\-–]*(.*)"
)
# The first group names acts that issue something, the second one what they issue.
_ACT_WORDS = re.compile(
    r"(?i)(quyết định|nghị quyết|nghị định|thông tư|luật|pháp lệnh|công văn|chỉ thị|kế hoạch|văn bản|tờ trình|báo cáo)"
    r"|quy chế|quy định|chương trình|đề án|điều lệ|hướng dẫn|quy trình|phương án"
)
_MASTHEAD = re.compile(
    r"(?i)ủy ban|uỷ ban|cộng hòa|cộng hoà|độc lập|hội đồng nhân dân|số ?:|-{3}|_{3}|\*{3}"
    r"|bộ |tỉnh |thành phố |huyện |xã |phường "
)
_WITH = re.compile(r"(?i)kèm theo")
_SHORTEST_FORM = 180
_DEPTH = {"att": 0, "app": 1, "form": 2}


@dataclass(frozen=True, slots=True)
class Part:
    """One text of the file. `prefix` is its id ("" for the act itself); its units lie in `[body, end)`.

    `start` is the first character of the part's own heading, `close` the end of the part itself (an
    attached text may have a signature after its last unit, and appendices of its own).
    """

    prefix: str
    level: str
    num: str | None
    heading: str | None
    start: int
    body: int
    end: int
    close: int


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an attached text begins. `own`: issued with the act itself, not with another attached text."""

    at: int
    level: str
    num: str | None = None
    own: bool = True

    @property
    def ends_all(self) -> bool:
        """Whether it lies in no other attached text."""
        return self.level == "att" or (self.level == "app" and self.own)


def parts(text: str, head: Masthead, found: Sequence[Mark]) -> list[Part]:
    """The act and what is attached to it, in order; the act comes first and has prefix "".

    `found` are the marks outside quotations.
    """
    starts = _starts(text, found)
    closes = _closes(starts, len(text))
    bounds = [start.at for start in starts] + [len(text)]
    units = _Units(found)
    out = [Part("", "act", None, None, 0, 0, _main_end(text, head, bounds[0], units), bounds[0])]
    open_: list[tuple[int, str]] = []
    attached = 0
    counts: dict[str, int] = {}
    for start, close, next_ in zip(starts, closes, bounds[1:], strict=True):
        depth = _DEPTH[start.level]
        open_ = [] if start.ends_all else [(other, name) for other, name in open_ if other < depth]
        above = open_[-1][1] if open_ else ""
        if start.level == "att":
            attached += 1
            own = f"att_{attached}"
        else:
            place = f"{above}/{start.level}"
            counts[place] = counts.get(place, 0) + 1
            own = f"{start.level}_{start.num or counts[place]}"
        prefix = f"{above}__{own}" if above else own
        open_.append((depth, prefix))
        body = _line_end(text, start.at)
        end = trim(text, body, units.tail(body, next_))
        title = _title(text, start.at)
        out.append(Part(prefix, start.level, start.num, title, start.at, body, end, trim(text, start.at, close)))
    return out


def _closes(starts: Sequence[_Start], size: int) -> list[int]:
    """Where each attached text ends: at the next one that does not lie in it."""
    closes = [size] * len(starts)
    open_: list[int] = []
    for i, start in enumerate(starts):
        while open_ and (start.ends_all or _DEPTH[starts[open_[-1]].level] >= _DEPTH[start.level]):
            closes[open_.pop()] = start.at
        open_.append(i)
    return closes


class _Units:
    """Where the headings of units and the tails stand, for questions by range."""

    def __init__(self, found: Sequence[Mark]) -> None:
        self.heads = [mark.start for mark in found if mark.kind in ("art", "roman")]
        self.tails = [mark.start for mark in found if mark.kind == "tail"]

    def last_head(self, start: int, end: int) -> int:
        """The last article or Roman section in a range; `start` where it has none."""
        i = bisect_left(self.heads, end)
        return max(self.heads[i - 1], start) if i else start

    def tail(self, start: int, end: int) -> int:
        """Where the units of a text end: before recipients, signature or the formula of adoption."""
        i = bisect_right(self.tails, self.last_head(start, end))
        return min(self.tails[i], end) if i < len(self.tails) else end


def _main_end(text: str, head: Masthead, end: int, units: _Units) -> int:
    last = units.last_head(0, end)
    known = [span[0] for name, span in head.spans.items() if name in ("recipients", "signature")]
    return trim(text, 0, min([units.tail(0, end), *(at for at in known if last < at < end)]))


def _starts(text: str, found: Sequence[Mark]) -> list[_Start]:
    """Where attached texts begin, in order."""
    first = next((mark.start for mark in found if mark.kind in ("art", "roman", "num")), 0)
    after = next((mark.start for mark in found if mark.kind == "tail" and mark.start > first), len(text))
    articles = any(mark.kind == "art" and mark.start < after for mark in found)
    listed = _listed_forms(found)
    starts: dict[int, _Start] = {}
    latest = -1000  # where the last of them begins, or its line "(Kèm theo …)" stands
    for i, mark in enumerate(found):
        kind = mark.kind
        if kind == "app":
            match = _APP_LINE.match(text, mark.start, mark.end)
            line = text[mark.start : mark.end]
            if match and (mark.start > after or (mark.start > first and _stands_alone(text, line, match))):
                if not _heads(match):
                    continue
                num = (match[1] or "") + (match[2] or "") or None
                starts[mark.start] = _Start(mark.start, "app", num, _own(text, found, i))
                latest = mark.start
        elif kind == "form" and mark.start > after and mark.start not in listed:
            line = text[mark.start : mark.end]
            if len(line) <= 60 and line[-1] not in ";," and "theo" not in line:
                starts[mark.start] = _Start(mark.start, "form", mark.num, False)
                latest = mark.start
        elif kind == "with" and (mark.start > after or (articles and mark.start > first)):
            at = _block(text, mark.start, found, i)
            if at is not None and at > latest and (at - latest > 400 or _holds_units(found, i, latest, at)):
                starts[at] = _Start(at, "att")
                latest = mark.start
        elif kind == "title" and mark.start > after and mark.start - latest > 900 and _restarts(found, i):
            starts[mark.start] = _Start(mark.start, "att")
            latest = mark.start
    return [starts[at] for at in sorted(starts)]


def _holds_units(found: Sequence[Mark], i: int, start: int, end: int) -> bool:
    """Whether a unit begins in a range that ends before mark `i`: then a title in it belongs to another text."""
    near = found[max(i - 40, 0) : i]
    kinds = ("art", "num", "roman", "letter", "dash", "row")
    return any(start < mark.start < end and mark.kind in kinds for mark in near)


def _listed_forms(found: Sequence[Mark]) -> frozenset[int]:
    """Where forms are only named, one close below the other, as the rows of a list do: no form is that short."""
    marks = [mark for mark in found if mark.kind not in ("row", "title", "dash", "with")]
    near = [
        (one.start, other.start) for one, other in pairwise(marks)
        if one.kind == other.kind == "form" and other.start - one.start < _SHORTEST_FORM and one.num != other.num
    ]  # fmt: skip
    return frozenset(at for pair in near for at in pair)


def _stands_alone(text: str, line: str, match: re.Match[str]) -> bool:
    """Whether an appendix's heading is one without a signature before it: "PHỤ LỤC IIa", "Phụ lục IIa" over a title."""
    if _capitals(line) or (_capitals(line[:7]) and not match[3]):
        return True
    below = text[match.end() + 1 : _line_end(text, match.end() + 1)].strip(" #")
    return not match[3] and (_capitals(below) or below.startswith(("(Kèm theo", "(Ban hành kèm")))


def _heads(match: re.Match[str]) -> bool:
    """ "Phụ lục II" alone, or with a title in capitals; not a sentence that speaks of an appendix."""
    rest = match[3]
    if _capitals(match[0][:7]):
        return len(match[0]) < 300
    return not rest or (_capitals(rest) and len(match[0]) < 300) or rest.startswith("(")


def _own(text: str, found: Sequence[Mark], i: int) -> bool:
    """Whether an appendix is issued with the act itself, as the line "(Kèm theo Quyết định …)" says."""
    limit = found[i].start + 900
    for mark in found[i : i + 6]:
        if mark.start > limit:
            break
        at = mark.start if mark.kind == "with" else -1
        if mark.kind == "app" and (inline := _WITH.search(text, mark.start, mark.end)):
            at = inline.start()
        if at >= 0:
            match = _ACT_WORDS.search(text, at, min(at + 60, len(text)))
            return bool(match and match[1])
    return False


def _block(text: str, at: int, found: Sequence[Mark], i: int) -> int | None:
    """The first line of the title above a line "(Ban hành kèm theo …)", None where no title stands there."""
    near = found[max(i - 12, 0) : i]
    floor = max((mark.end for mark in near if mark.kind in ("tail", "art", "num", "letter", "dash")), default=0)
    best, end = None, at - 1
    for _ in range(12):
        start = text.rfind("\n", 0, max(end, 0)) + 1
        line = text[start:end].strip(" #")
        if start < floor or end <= 0 or not line:
            break
        if _capitals(line):
            if _MASTHEAD.match(line):
                break
            best = start
        elif line[-1] in ".;" or best is not None:
            break
        end = start - 1
    return best


def _restarts(found: Sequence[Mark], i: int) -> bool:
    """Whether the first unit after a title is the first of a new numbering."""
    for mark in found[i + 1 : i + 8]:
        if mark.kind in ("art", "chp", "roman", "num", "part"):
            return mark.start - found[i].start < 1200 and mark.num in ("1", "I")
    return False


def _capitals(line: str) -> bool:
    return line.upper() == line and any(char.isalpha() for char in line)


def _title(text: str, start: int) -> str | None:
    """The lines of capitals with which a part begins, as one line of at most 300 characters."""
    lines: list[str] = []
    at = start
    for _ in range(6):
        end = _line_end(text, at)
        line = text[at:end].strip(" #")
        if not line or (lines and not _capitals(line)):
            break
        lines.append(line)
        at = end + 1
        if at >= len(text):
            break
    return " ".join(lines)[:300] or None


def trim(text: str, start: int, end: int) -> int:
    """`end` without the white space before it, not below `start`."""
    while end > start and text[end - 1] in "\n #":
        end -= 1
    return end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
