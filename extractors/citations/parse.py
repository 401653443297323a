"""Second pass: units and acts that stand together become one mention.

"điểm a khoản 1 và khoản 2 Điều 72 của Luật này": units go from small to large (NĐ 78/2025 Art. 68); a larger unit
takes in the smaller ones before it that still lack one; the act at the end takes in all. What stands between two
tokens ("của", ",", "và", "ban hành kèm theo") says how they belong together.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace

from extractors.citations.tokens import HERE, RANK, Act, Mention, Path, Units
from extractors.patterns import lazy, spaced

_NEST = spaced(
    r"\s{0,4}(?:và một số (?:điểm|khoản|điểm, khoản|khoản, điểm) )?"
    r"(?:(?:quy định )?(?:của|tại|thuộc|trong|ở|nêu tại|vào) )?(?:các |từ )?"
)
_COMMA = spaced(r"\s{0,3},\s{0,4}(?:các )?")
_LIST = spaced(
    r"\s{0,3}(?:[,;]\s{0,4})?(?:(?:và|hoặc|cùng|cũng như|cùng với) )?"
    r"(?:(?:tại|từ|theo|của|quy định tại|vào sau|sau|vào trước|trước) )?(?:các )?(?:(?:tại|từ) )?"
    r"(?:(?:đoạn mở đầu|phần mở đầu|đoạn đầu|đoạn cuối|câu dẫn|tên|tiêu đề)(?: của| tại)? )?"
)
_TO_ACT = spaced(
    r"\s{0,4},?\s{0,3}(?:\(\s{0,2})?(?:(?:quy định )?(?:của|tại|trong|thuộc|theo|ở) )?(?:các |bản )?"
)
_ATTACHED = spaced(
    r"[\s,]{0,4}(?:(?:được|đã) ){0,2}(?:(?:ban hành|phê duyệt|công bố) )?(?:đính )?kèm(?: theo)? (?:các |tại |theo )?"
    r"|[\s,]{0,4}ban hành theo (?:các )?"
)
_NOUN = spaced(
    r"(?<!\w)(?:qu[yi] định|qu[yi] chế|điều lệ|danh mục|chương trình|kế hoạch|đề án|phương án|nội quy|hướng dẫn"
    r"|bảng giá|quy trình|phụ lục|bộ đơn giá|đơn giá|định mức|chiến lược|bộ tiêu chí|quy hoạch|bảng|biểu|tiêu chí"
    r"|quy ước|quy chuẩn)(?!\w)"
)
_COMPRISES = spaced(r",?\s{0,3}(?:bao gồm|gồm)\s{0,2}:?\s{0,3}(?:các )?")
_EXCEPT = spaced(r"\s{0,2},? \(?trừ (?:các )?")
_AND_CHANGES = spaced(r"\s{0,2}[,;]? (?:và )?(?:sửa đổi(?:,? bổ sung)?|bổ sung|bãi bỏ|thay thế) (?:các )?")
_BREAK = lazy(r"[.;:(\n“”](?=\s|[“(\w]|$)")
_KEM_THEO = spaced(r"kèm(?: theo)? (?:các )?$|ban hành theo $")
_VERB = spaced(
    r"(?:^|[\s“(])(?:ban hành|công bố|phê duyệt|đính)?\s{0,3}kèm(?: theo)? (?:các )?$|ban hành theo $"
)
_BEFORE_NOUN = spaced(r"\s{0,4}(?:của|tại|trong|thuộc)?\s{0,3}(?:bản )?")
_STANDARD = spaced(r"\s{0,3}(?:(?:của|thuộc) )?(?:qcvn|tcvn)(?!\w)")
_TITLED_FORM = spaced(r"[.:] [^\n;]{3,220}, (?:được )?ban hành kèm theo ")
_LOOK_BACK = 420
_LONGEST_LIST = 200
# "khoản 1, Điều 11": between these a comma does not separate.
_OVER_COMMA = frozenset((
    ("pt", "cl"), ("pt", "art"), ("cl", "art"), ("form", "app"), ("pt", "sec"), ("cl", "sec"), ("sec", "chp"),
    ("subsec", "sec"),
))  # fmt: skip


@dataclass(slots=True)
class _Open:
    """Units read so far that still wait for a larger unit or an act."""

    start: int
    end: int
    paths: list[list[tuple[str, str]]] = field(default_factory=list)
    rows: bool = False

    def add(self, token: Units) -> None:
        self.end = token.end
        if token.level == "row":
            self.rows = True
            return
        self.paths += [[(token.level, number)] for number in token.numbers]

    def adopt(self, token: Units) -> bool:
        """Put the smaller units that lack it below `token`; False where none does."""
        rank = RANK[token.level]
        orphans = [path for path in self.paths if RANK[path[0][0]] > rank and _holds(token.level, path[0][0])]
        if token.level == "app":
            orphans = [path for path in orphans if path[0][0] == self.top]
        elif token.level != "art" and self.top != "art":
            orphans = [path for path in orphans if path[0][0] != "art"]  # "Điều 13 và Mục 2 Chương III"
        if not orphans:
            return False
        rest = [path for path in self.paths if path not in orphans]
        adopted = [[(token.level, number), *path] for path in orphans for number in token.numbers]
        if HERE in token.numbers:
            adopted = [[(token.level, HERE), *path] for path in orphans]
        self.paths = rest + adopted
        self.end = token.end
        return True

    @property
    def top(self) -> str:
        return self.paths[-1][0][0] if self.paths else "row"

    @property
    def relative(self) -> bool:
        return any(number == HERE for path in self.paths for _, number in path)

    @property
    def last(self) -> str:
        return self.paths[-1][-1][0] if self.paths else "row"


def _holds(outer: str, inner: str) -> bool:
    """Whether a unit of level `outer` can be the next larger one around `inner`."""
    if outer == "art":
        return inner in ("cl", "pt", "item", "para", "dash")
    if outer == "cl":
        return inner in ("pt", "item", "para", "dash")
    if outer == "pt":
        return inner in ("item", "para", "dash")
    if outer == "app":
        return inner in ("part", "sec", "subsec", "cl", "pt", "form", "chp", "art", "row", "item")
    if outer == "sec":
        return inner in ("art", "cl", "pt", "subsec", "item", "para", "dash", "row")
    if outer == "subsec":
        return inner in ("art", "cl", "pt", "item", "para", "dash")
    if outer == "part":
        return inner in ("sec", "cl", "chp", "pt", "row")
    if outer == "chp":
        return inner in ("art", "sec")
    return False


def _in_table(open_: _Open, token: Units) -> bool:
    """Whether `token` holds what is open in a published list: "số thứ tự 9, mục A, Phụ lục 1", "Mục B, Phụ lục"."""
    section = open_.paths[-1][0][1] if open_.top == "sec" else token.numbers[0] if token.level == "sec" else ""
    lettered = re.fullmatch("[a-e]", section, re.IGNORECASE) is not None
    return token.level in ("sec", "part", "app") and _holds(token.level, open_.top) and (open_.rows or lettered)


def parse(lower: str, tokens: Iterable[Units | Act]) -> Iterator[Mention]:
    """Mentions in order of their place. `tokens` in order, not overlapping."""
    held: list[Mention] = []
    last: Act | None = None
    before: Mention | None = None
    for mention in _parse(lower, tokens):
        if mention.act is None and _STANDARD.match(lower, mention.end):
            continue  # "Phụ lục H QCVN 06:2022/BXD": standards are not read
        if mention.act is not None:
            last = mention.act
        elif last is not None and not last.this and _lists(lower, last, mention):
            mention = replace(mention, act=last)
        elif before is not None and _excepted(lower, before, mention):
            mention = _with_article_of(mention, before)
        before = mention
        if held and not _shares(lower, held[-1], mention):
            yield from held
            held = []
        elif held:
            held = [_with_article_of(one, mention) for one in held]
        held.append(mention)
    yield from held


def _lists(lower: str, act: Act, units: Mention) -> bool:
    """Whether the units are those that "một số điều của Nghị định A, gồm:" announces."""
    return units.start - act.end <= 20 and bool(_COMPRISES.fullmatch(lower[act.end : units.start]))


def _shares(lower: str, one: Mention, other: Mention) -> bool:
    """Whether two instructions share the article: "bổ sung khoản 3a vào sau khoản 3; sửa đổi khoản 4 Điều 114"."""
    if one.act is not None or not other.paths or other.paths[0][0][0] not in ("art", "cl"):
        return False
    near = other.act is not None and one.paths and other.start - one.end <= 14
    if near and _EXCEPT.fullmatch(lower[one.end : other.start]):
        return True  # "từ Điều 10 đến Điều 15, trừ khoản 2 Điều 12, Nghị định A"
    if not one.paths or any(path[0][0] not in ("cl", "pt") or HERE in dict(path).values() for path in one.paths):
        return False
    return other.start - one.end <= 50 and bool(_AND_CHANGES.fullmatch(lower[one.end : other.start]))


def _excepted(lower: str, one: Mention, other: Mention) -> bool:
    """Whether `other` is cut out of `one`: "Điều 5, trừ điểm i khoản 1"."""
    if one.act is not None or not one.paths or one.paths[-1][0][0] != "art" or one.paths[-1][0][1] == HERE:
        return False
    inside = all(path[0][0] in ("cl", "pt") and HERE not in dict(path).values() for path in other.paths)
    return inside and other.start - one.end <= 14 and bool(_EXCEPT.fullmatch(lower[one.end : other.start]))


def _with_article_of(one: Mention, other: Mention) -> Mention:
    """`one` with the larger units (and the act) that only `other` names."""
    nearest = other.paths[-1 if other.start < one.start else 0]
    paths = tuple(
        path if path[0][0] == "art" else (*(unit for unit in nearest if RANK[unit[0]] < RANK[path[0][0]]), *path)
        for path in one.paths
    )
    return replace(one, paths=paths, act=other.act)


def _parse(lower: str, tokens: Iterable[Units | Act]) -> Iterator[Mention]:
    open_: _Open | None = None
    last_mention: Mention | None = None
    for token in tokens:
        if isinstance(token, Units):
            open_ = yield from _take_units(lower, open_, token)
            continue
        if open_ is not None:
            how = _joined(lower, open_, token)
            if how is None:
                if token.bare:
                    continue
                yield _closed(open_)
            else:
                attached = how == "attached" and not any(path[0][0] in ("app", "form") for path in open_.paths)
                yield Mention(open_.start, token.end, token, _paths(open_), attached)
                open_ = None
                continue
            open_ = None
        if token.bare:
            continue
        if last_mention is not None and _goes_on(lower, last_mention, token):
            last_mention = Mention(token.start, token.end, token, (), attached=True)
        else:
            last_mention = _alone(lower, token)
        yield last_mention
    if open_ is not None:
        yield _closed(open_)


def _goes_on(lower: str, before: Mention, act: Act) -> bool:
    """Whether `act` is one more of "Quy định kèm theo các Quyết định số …, số … và số …"."""
    if not before.attached or before.paths or before.act is None or before.act.kind != act.kind:
        return False
    gap = lower[before.end : act.start]
    if lower.startswith((" sửa đổi", " bổ sung", " bãi bỏ", " thay thế"), act.end):
        return False  # an act that changes the one before has its own title
    return len(gap) <= 8 and gap.strip() in (",", ";", "và", ", và")


def _take_units(lower: str, open_: _Open | None, token: Units) -> Generator[Mention, None, _Open]:
    """Join `token` to what is open, or close that and begin anew; returns what is then open."""
    if open_ is not None:
        gap = lower[open_.end : token.start] if token.start - open_.end <= 300 else None
        if gap is not None and gap.lstrip().startswith("(") and ")" in gap:
            gap = gap[gap.index(")") + 1 :]  # "điểm c (phần được để lại), điểm đ khoản 1"
        if gap is not None and open_.last == "pt":
            gap = gap.removeprefix(")")  # "điểm a), điểm b) khoản 3"
        if gap is not None and "\n" in gap and gap.strip() and lower[token.end : token.end + 1] in (".", ":"):
            gap = None  # "…khoản 1 Điều 3;" and, on the next line, the heading "Điều 4. …"
        if gap is not None and (len(gap) > 60 or len(open_.paths) > _LONGEST_LIST):
            gap = None
        if gap is not None and open_.paths and open_.paths[-1][0][1] != HERE:
            nested = gap == " " or bool(_NEST.fullmatch(gap))
            comma = ((open_.top, token.level) in _OVER_COMMA or _in_table(open_, token)) and bool(_COMMA.fullmatch(gap))
            if (nested or comma) and open_.adopt(token):
                return open_
            if nested and not gap.strip() and _holds(open_.last, token.level):
                base = open_.paths.pop()
                open_.paths += [[*base, (token.level, number)] for number in token.numbers]
                open_.end = token.end
                return open_
        if gap is not None and open_.rows and not open_.paths and _NEST.fullmatch(gap):
            open_.add(token)
            return open_
        if gap is not None and not open_.relative and (_LIST.fullmatch(gap) or _NEST.fullmatch(gap)):
            open_.add(token)
            return open_
        yield _closed(open_)
    begin = _Open(token.start, token.end)
    begin.add(token)
    return begin


def _joined(lower: str, open_: _Open, act: Act) -> str | None:
    """How the open units belong to `act`: "plain", "attached" (to a text issued with it), None: they do not."""
    if act.start - open_.end > 300 or open_.relative:
        return None
    gap = lower[open_.end : act.start]
    if _TO_ACT.fullmatch(gap):
        return "plain"
    if _ATTACHED.fullmatch(gap) or (open_.top == "form" and _TITLED_FORM.fullmatch(gap)):
        return "plain"
    if "\n" in gap.strip() or not (kem := _KEM_THEO.search(gap)):
        return None
    noun = _BEFORE_NOUN.match(gap)
    if noun and (found := _NOUN.match(gap, noun.end())):
        if _BREAK.search(gap, found.end(), kem.start()):
            return None
        return "plain" if "phụ" in found[0] else "attached"
    return None


def _closed(open_: _Open) -> Mention:
    return Mention(open_.start, open_.end, None, _paths(open_))


def _paths(open_: _Open) -> tuple[Path, ...]:
    """The units as paths; numbered rows of a list are not addressed, the unit that holds them is."""
    paths = open_.paths
    if open_.rows:
        paths = [[unit for unit in path if unit[0] == "app"] or path for path in paths]
    return tuple(dict.fromkeys(tuple(path) for path in paths))


def _alone(lower: str, act: Act) -> Mention:
    """A mention of an act without units; a text or appendix issued with it is cited where one is named before it."""
    before = max(0, act.start - 40)
    near = "kèm" in (words := lower[before : act.start]) or "hành" in words
    verb = _VERB.search(lower, before, act.start) if near else None
    if verb is None:
        return Mention(act.start, act.end, act, ())
    begin = max(0, verb.start() - _LOOK_BACK)
    breaks = [m.end() for m in _BREAK.finditer(lower, begin, verb.start())]
    begin = breaks[-1] if breaks else begin
    nouns = list(_NOUN.finditer(lower, begin, verb.start()))
    if not nouns:
        return Mention(act.start, act.end, act, ())
    noun = nouns[-1] if nouns[-1][0].startswith("phụ") else nouns[0]
    if noun[0].startswith("phụ"):
        return Mention(noun.start(), act.end, act, ((("app", "1"),),))
    near = lower[noun.end() : verb.start()].strip() in ("", "được", "đã được")
    return Mention(noun.start() if near else act.start, act.end, act, (), attached=True)
