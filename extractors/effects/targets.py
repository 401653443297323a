"""Whom an instruction is done to: the documents and units named in a stretch of a clause.

Documents come from the citations (titles inside titles and chains "được sửa đổi, bổ sung bởi …" are no targets);
units come from the grammar of places. A unit named without its act belongs to the act that the instruction's
surroundings amend (`Context`).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Citation, Target
from corpus.model.quick import quick, replace
from corpus.symbols import normalise
from corpus.text import fold
from extractors.effects import places as effect_places
from extractors.effects.dates import ACT, When
from extractors.effects.places import Place
from extractors.patterns import lazy

_EXPLICIT = lazy(
    r"/|(?:luật|pháp lệnh|hiến pháp|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kế hoạch|công văn|văn bản)(?! này)"
)
_ATTACHED = lazy(r"(?:ban hành|công bố|phê duyệt|kèm)?\s*(?:kèm\s+)?theo\s*$")
_ATTACHED_TEXT = lazy(
    r"(?<!\w)(?:quy\s+định|quy\s+chế|điều\s+lệ|chương\s+trình|đề\s+án|phương\s+án|kế\s+hoạch|nội\s+quy|hướng\s+dẫn|"
    r"quy\s+chuẩn|chế\s+độ|tiêu\s+chí)"
)
_ANNEX = lazy(r"(?<!\w)(?:phụ\s+lục|danh\s+mục|biểu\s+mẫu|bảng|mẫu)(?!\w)")
_CHAIN = lazy(
    r"(?:được|bị)\s+(?:quốc hội\s+)?(?:sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính|hợp nhất)"
    r"(?:[\s,]{1,3}(?:và\s+)?(?:bổ sung|thay thế|bãi bỏ|một phần|một số điều|đính chính|sửa đổi)){0,5}"
    r"\s+(?:theo|bởi|tại|bằng|của|năm|số|lần)(?!\s+cụm)"
)
_CHAIN_END = lazy(
    r"\)|;|\n|\s+như sau|\s+(?:bằng|thành)\s+(?:cụm|từ|“|\")|\s+(?:tạm )?(?:hết|ngưng) hiệu lực|,\s+(?:trừ|bằng)|"
    r"\s+(?:kể\s+)?từ\s+ngày\s+(?:\d|nghị|luật|thông|quyết)|\.\s*$|\.\s+(?=\w)|:"
)
# Between two acts of a list; an act named right after words is part of the title of the one before.
_LISTED = lazy(
    r"(?:[;,:\n]|(?<!\w)(?:và|hoặc|cùng|bằng|với))\s*(?:(?:các|những|toàn bộ|một phần|tại|nội dung|quy định|"
    r"số)\s+){0,4}$"
)
_RANK = {"item": 0, "dash": 0, "pt": 1, "cl": 2, "art": 3}


@quick
@dataclass(frozen=True, slots=True)
class Context:
    """What the clauses above say: an open list's verb, the act amended, the unit in it, the time.

    `part`: of each unit listed only a content that the words describe ("bãi bỏ các nội dung quy định về tỷ giá tại:").
    """

    verb: str | None = None
    host: Target | None = None
    prefix: str | None = None
    time: When | None = None
    amends: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A target found at `[start, end)` of the clause's words. `open`: its path lacks the article."""

    target: Target | None
    path: str | None
    start: int
    end: int
    open: bool = False
    this: bool = False
    partial: bool = False


class Mentions:
    """The citations that can be targets, sorted, with look-up by offset."""

    def __init__(self, citations: Sequence[Citation], low: str = "") -> None:
        able = (c for c in citations if c.role not in ("quoted", "recipients", "basis"))
        self._all = sorted(able, key=lambda c: c.start)
        self._starts = [c.start for c in self._all]
        self._low = low
        self._numbers: dict[str, str] | None = None
        self.title_host = _title_host(citations)
        self.title_hosts = _title_hosts(self.within(0, sys.maxsize), low)

    def within(self, start: int, end: int) -> list[Citation]:
        """Citations that begin in the range."""
        return self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def first_after(self, start: int) -> int:
        """Where the first citation at or behind `start` begins; far behind all text where there is none."""
        i = bisect_left(self._starts, start)
        return self._starts[i] if i < len(self._starts) else sys.maxsize

    def host_near(self, start: int, end: int, words: str, offset: int) -> Target | None:
        """The act that the units cited in the range were found to belong to, where they say none themselves.

        `words` stand at `offset`, chains blanked: an act that only tells of an earlier change is none.
        """
        for citation in self.within(start, end):
            if not words[citation.start - offset : citation.end - offset].strip():
                continue
            for target in citation.targets:
                if not target.self_ and (target.symbol or target.name) and target.provision:
                    lead = target.provision.split("__")[0]
                    return replace(target, provision=lead if lead.startswith("att_") else None)
        return None

    def numbered(self, target: Target) -> Target:
        """A law by name, with the number that this text itself gives it elsewhere."""
        if target.symbol is not None or not target.name:
            return target
        if self._numbers is None:
            self._numbers = _numbers_of_names(self._low)
        symbol = self._numbers.get(fold(target.name))
        return replace(target, symbol=symbol, status="resolved") if symbol else target


_NAMED_AND_NUMBERED = lazy(
    r"(?<!\w)(?P<name>(?:bộ\s+luật|luật|pháp\s+lệnh)\s+(?!số|này|sửa đổi|"
    r"bổ sung)[^\W\d_][^\d,;()/.“”]{1,120}?)\s+số\s*:?\s*"
    r"(?P<symbol>\d{1,3}[a-z]?/\d{4}/(?:ub\s?tv)?qh\d{1,2})(?!\w)"
)


def _numbers_of_names(low: str) -> dict[str, str]:
    """Folded names of laws → the number first given with the name ("Luật Giá số 16/2023/QH15").

    An amending law says the number in its recitals; a namesake that it replaced comes later, in transitions.
    """
    found: dict[str, str] = {}
    for match in _NAMED_AND_NUMBERED.finditer(low):
        name = re.split(r"(?<!\w)(?=(?:bộ\s+luật|luật|pháp\s+lệnh)\s)", match["name"])[-1]
        found.setdefault(fold(name), normalise(match["symbol"]))
    return found


def _title_host(citations: Sequence[Citation]) -> Target | None:
    """The act that the title of an amending act names first, where it does not list several."""
    acts = [c for c in citations if c.role == "title" and any(not t.self_ and (t.symbol or t.name) for t in c.targets)]
    if not acts:
        return None
    first = acts[0]
    near = [c for c in acts[1:] if c.start - first.end <= 8]
    listed = any(t.symbol != first.targets[0].symbol for c in near for t in c.targets)
    target = next(t for t in first.targets if not t.self_)
    lead = (target.provision or "").split("__")[0]
    return None if listed else replace(target, provision=lead if lead.startswith("att_") else None)


def _title_hosts(citations: Sequence[Citation], low: str) -> tuple[Target, ...]:
    """The acts that the title of an amending act lists, in order; acts named in their titles are not among them."""
    found: list[Target] = []
    for citation in citations:
        target = citation.targets[0] if citation.role == "title" else None
        if target is None or target.self_ or not (target.symbol or target.name):
            continue
        if not found or _LISTED.search(low, max(0, citation.start - 40), citation.start):
            lead = (target.provision or "").split("__")[0]
            found.append(replace(target, provision=lead if lead.startswith("att_") else None))
    return tuple(found)


def without_chains(words: str) -> str:
    """`words` with "(đã) được sửa đổi, bổ sung bởi …" blanked: the acts named there are not acted upon."""
    if "được" not in words and "bị" not in words:
        return words
    pieces: list[str] = []
    at = 0
    while match := _CHAIN.search(words, at):
        end = _CHAIN_END.search(words, match.end())
        stop = end.start() if end else len(words)
        head = words[at : match.start()].rstrip(" ,(")
        head = head[:-2].rstrip(" ,(") if head.endswith(" đã") else head
        pieces += [head, " " * (stop - at - len(head))]
        at = stop
    return "".join(pieces) + words[at:]


def find(words: str, start: int, end: int, offset: int, mentions: Mentions) -> list[Hit]:
    """Targets of `words[start:end]` (chains blanked) in reading order; `offset` is where `words` begins in the text."""
    within = mentions.within(offset + start, offset + end)
    acts = [c for c in within if words[c.start - offset : c.end - offset].strip()]
    titled = [c for c in acts if c.role in ("in_title", "title") and not _goes_on(words, start, c.start - offset)]
    named = [c for c in acts if c not in titled and _is_explicit(c, words, offset)]
    places = [p for p in effect_places.read(words, start, end) if not _in_title(p, titled, offset)]
    if not named:
        return [Hit(None, p.path, p.start, p.end, p.open, p.this) for p in places]
    hits: list[Hit] = []
    floor, rows = start, False
    for citation in named:
        begin, stop = citation.start - offset, citation.end - offset
        # Procedures count where the instruction names them, not in the title of an act that ends as a whole.
        part = start if floor == start else words.rfind(";", floor, begin)
        rows = rows or bool(_ROWS.search(words, part if part >= 0 else begin, stop))
        before = [p for p in places if floor <= p.start < begin]
        joined = next((p.start for p in before if _near(words, p.end, begin)), begin)
        if hits and not _LISTED.search(words, floor, joined):
            continue  # named in the title of the act before it
        if floor > start:
            semicolon = words.rfind(";", floor, begin)
            before = [p for p in before if p.start > semicolon] if semicolon >= 0 else before
            before = [p for p in before if _near(words, p.end, begin)]
        found = _of_act(citation, before, words, offset, floor)
        hits += _annexes_of(found) if rows else found
        floor = stop
    return hits


# Procedures and rows of a published list are finer than an id can say: the annex, or the act, is meant in part.
_ROWS = lazy(r"(?<!\w)(?:thứ tự|thủ tục(?: hành chính)?|tthc|quy trình nội bộ)(?!\w)")


def _annexes_of(hits: Sequence[Hit]) -> list[Hit]:
    """Hits with nothing finer than the annex; each once."""
    kept: dict[tuple[Target | None, str | None], Hit] = {}
    for hit in hits:
        first = (hit.path or "").split("__")[0]
        path = first if first.startswith(("att_", "app_")) else hit.path if first.startswith("art_") else None
        act = replace(hit.target, provision=None) if hit.target else None
        partial = not (path or "").startswith("art_")
        kept.setdefault((act, path), replace(hit, path=path, open=False, partial=partial))
    named = {act for act, path in kept if path}
    return [hit for (act, path), hit in kept.items() if path or act not in named]


def _goes_on(words: str, start: int, at: int) -> bool:
    """"…, Điều 2 Thông tư số …" goes on with the list of targets, whatever title stands before it."""
    return bool(_UNIT_BEGINS.match(words, at)) and bool(_AFTER_MARK.search(words, max(start, at - 6), at))


_UNIT_BEGINS = lazy(r"(?:các\s+)?(?:điều|khoản|điểm|chương)\s+\w")
_AFTER_MARK = lazy(r"[;,]\s+(?:và\s+)?$")


def _is_explicit(citation: Citation, words: str, offset: int) -> bool:
    text = words[citation.start - offset : citation.end - offset]
    return bool(_EXPLICIT.search(text)) and any(not t.self_ for t in citation.targets)


def _in_title(place: Place, acts: Sequence[Citation], offset: int) -> bool:
    return any(c.start - offset <= place.start < c.end - offset for c in acts)


def _near(words: str, start: int, end: int) -> bool:
    gap = words[start:end]
    return len(gap) < 30 or (len(gap) < 400 and bool(_ATTACHED.search(gap)) and ";" not in gap)


def _of_act(citation: Citation, before: Sequence[Place], words: str, offset: int, floor: int) -> list[Hit]:
    """Targets of one mention: its own, or the places before it in the act it names."""
    begin, stop = citation.start - offset, citation.end - offset
    targets = [_without_unnumbered_annex(t, words[begin:stop]) for t in citation.targets if not t.self_]
    outer = [p for p in before if p.end <= begin]
    attached = _attached(words, floor, begin) if all(t.provision is None for t in targets) else None
    if outer and (all(t.provision is None for t in targets) or attached):
        act = replace(targets[-1], provision=None)
        lead = attached if attached != "app_1" else None
        return [
            Hit(act, p.path if p.path.startswith("app_") else join(lead, p.path), p.start, stop, p.open) for p in outer
        ]
    if _SOME_FORMS.search(words, max(floor, begin - 60), min(begin + 30, stop)):
        targets = [replace(t, provision=None) if t.provision in ("att_1", "app_1") else t for t in targets]
        attached = None
    hits = [Hit(t, join(attached, t.provision), begin, stop) for t in targets]
    if outer:
        act = replace(targets[0], provision=None)
        hits = [Hit(act, p.path, p.start, p.end, p.open) for p in outer] + hits
    return hits


_SOME_FORMS = lazy(r"(?<!\w)các\s+(?:biểu\s+mẫu|mẫu|phụ\s+lục|biểu)\s+(?:ban hành|kèm|đính)")


def _without_unnumbered_annex(target: Target, words: str) -> Target:
    """A form "tại Phụ lục kèm theo": which annex that is, only the other act's text can tell."""
    if (target.provision or "").startswith("app_1__form_") and not re.search(r"phụ lục\s+(?:số\s+)?[\divx]", words):
        return replace(target, provision=(target.provision or "").removeprefix("app_1__"))
    return target


def _attached(words: str, floor: int, begin: int) -> str | None:
    """`att_1` where the mention is "(Quy định …) ban hành kèm theo" it, `app_1` for an unnumbered annex."""
    if not _ATTACHED.search(words, max(floor, begin - 40), begin):
        return None
    lead = words[max(floor, begin - 500) : begin]
    text, annex = None, None
    for match in _ATTACHED_TEXT.finditer(lead):
        text = match
        break
    for match in _ANNEX.finditer(lead):
        annex = match
    if text and not (annex and annex.start() < text.start()):
        return "att_1"
    return "app_1" if annex else "att_1" if "kèm" in lead[-24:] else None


def join(*parts: str | None) -> str | None:
    """Path of the parts that are there."""
    return "__".join(part for part in parts if part) or None


def complete(path: str, candidates: Sequence[str | None]) -> str:
    """An open path ("pt_a") below the first candidate that has what it lacks.

    >>> complete("cl_3", [None, "art_41__cl_2"]), complete("pt_b", ["art_5__cl_2"])
    ('art_41__cl_3', 'art_5__cl_2__pt_b')
    """
    holder = next((c for c in candidates if c), None) or ""
    if path.startswith(("sec_", "part_", "item_")) and re.fullmatch(r"(?:att_\d+__)?app_\w+?", holder):
        return f"{holder}__{path}"
    lead, bare = ("att_1__", path.removeprefix("att_1__")) if path.startswith("att_1__") else ("", path)
    rank = _rank(bare.split("__")[0])
    for level in (rank, 1, 2) if rank is not None else ():
        if rank is None or level < rank or level > 2:
            continue
        if above := _above(candidates, level):
            whole = above.removeprefix("att_1__") + "__" + bare
            if level == rank and (_rank(above.removeprefix("att_1__").split("__")[0]) or 9) < 3:
                return complete(lead + whole, candidates)
            return lead + whole
    return path


def _above(candidates: Sequence[str | None], rank: int) -> str | None:
    """The part of a candidate that lies above `rank`, if its last part is the next rank (or an annex, a section)."""
    for candidate in candidates:
        kept: list[str] = []
        for part in (candidate or "").split("__"):
            value = _rank(part)
            if value is not None and value <= rank:
                break
            kept.append(part)
        last = kept[-1] if kept else ""
        if last and (_rank(last) == rank + 1 or (rank == 2 and last.startswith(("sec_", "part_", "app_")))):
            return "__".join(kept)
    return None


def _rank(part: str) -> int | None:
    return _RANK.get(part.partition("_")[0])


THIS_ACT = lazy(rf"(?<!\w){ACT}\s+này(?!\w)")
