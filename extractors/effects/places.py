"""Places of an instruction: "điểm b khoản 1, khoản 2 Điều 14; Điều 15 và Phụ lục II" → provision paths.

Vietnamese law goes from the smaller unit to the larger one, and one larger unit serves all smaller ones
listed before it. A path without its article ("cl_3") is open: the instruction's surroundings complete it.
Source: Nghị định 78/2025/NĐ-CP, Điều 68 (how positions are cited) and Điều 69 (marks of inserted units).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.model.quick import quick
from extractors.citations import units
from extractors.citations.tokens import HERE
from extractors.patterns import lazy

# Rank of a unit: smaller units come first in a citation. Units of an annex hang below it, not below articles.
_RANK = {"item": 0, "dash": 0, "pt": 1, "cl": 2, "art": 3, "subsec": 4, "sec": 5, "chp": 6, "part": 7, "form": 8,
         "app": 9}  # fmt: skip
_HEAD = lazy(
    r"(?<!\w)(?<!danh )(?<!một )(?P<many>các\s+|những\s+)?"
    r"(?P<unit>tiểu\s+mục|biểu\s+mẫu|phụ\s+lục|số\s+thứ\s+tự|tiết|điểm|kho[ảá]n|điều|mục|chương|phần|mẫu)(?!\w)"
)
_JOINS = lazy(r"[\s,)]{0,6}(?:(?:của|tại|thuộc|trong|ở|bản|các|những|,)\s{0,3}){0,5}")
_LISTS = lazy(
    r"[\s,;)]{0,6}(?:(?:và|hoặc|hay|,|;|tại|tên|nội dung|quy định|các|những|đoạn|(?:mở )?đầu|cuối|tiêu đề|"
    r"của)\s{0,3}){0,8}"
)
_THIS = lazy(
    r"\s*(?:của\s+)?(?:điểm|khoản|điều|mục|chương|phụ\s+lục|(?:bộ\s+)?luật|nghị\s+định|nghị\s+quyết|thông\s+tư|"
    r"quyết\s+định|pháp\s+lệnh|quy\s+định|quy\s+chế|kế\s+hoạch)\s+này(?!\w)"
)


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """A unit that an instruction names, and its range there. `open`: nothing names its article or annex.

    `this`: it is said of the text at hand ("Điều này"), so it is no place of another act.
    """

    path: str
    open: bool
    start: int
    end: int
    this: bool = False


@dataclass(slots=True)
class _Item:
    parts: dict[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    this: bool = False
    rows: bool = False


@quick
@dataclass(frozen=True, slots=True)
class _Group:
    unit: str
    numbers: tuple[str, ...]
    start: int
    end: int
    this: bool
    rows: bool


def read(text: str, start: int = 0, end: int | None = None) -> list[Place]:
    """Places of `text[start:end]` (lower case, quotations masked) in reading order; a list gives one each.

    >>> [place.path for place in read("điểm b khoản 1, khoản 2 điều 14; điều 15")]
    ['art_14__cl_1__pt_b', 'art_14__cl_2', 'art_15']
    """
    stop = len(text) if end is None else end
    done: list[_Item] = []
    waiting: list[_Item] = []
    last: _Group | None = None
    for group in _groups(text, start, stop):
        between = text[last.end : group.start] if last else ""
        listed = bool(last) and not _JOINS.fullmatch(between)
        if last and not _LISTS.fullmatch(between):
            done += waiting
            waiting = []
            last = None
        taken = [] if listed or not waiting else _below(waiting, group.unit)
        if taken:
            last = group
            _lift(waiting, taken, group)
        elif last and not listed and "," not in between and _RANK[group.unit] < _RANK[last.unit] and waiting:
            _descend(waiting, group)
            last = group
        else:
            waiting += [
                _Item({group.unit: number}, group.start, group.end, group.this, group.rows) for number in group.numbers
            ]
            last = group
    done += waiting
    return [place for item in done if (place := _place(item))]


def _groups(text: str, start: int, stop: int) -> Iterator[_Group]:
    """Each unit word with its numbers: "các điểm a, b và c", "từ Điều 14 đến Điều 18"."""
    at, rows = start, False
    while match := _HEAD.search(text, at, stop):
        at = match.end()
        word = " ".join(match["unit"].split())
        found = units.read_units(text, match.start("unit"), word, match.end())
        if found and found.end > stop:
            found = None
        near = max(start, match.start() - 24)
        if found and found.level in ("row", "sec") and _ROWS.search(text, near, found.start + 14):
            # Numbered rows ("số thứ tự 12 Mục I Phụ lục II") are finer than an id can say: the annex is meant in part.
            rows, at = True, found.end
            continue
        if found and found.level in _RANK:
            at = found.end
            here = HERE in found.numbers
            if not here:
                this = bool(_THIS.match(text, at, stop))
                yield _Group(found.level, found.numbers, match.start(), at, this, rows)
        elif found is None and word == "phụ lục" and not match["many"] and _UNNUMBERED.match(text, at, stop):
            yield _Group("app", ("1",), match.start(), at, False, rows)


_UNNUMBERED = lazy(r"\s*(?:[.,;:)]|$|(?:ban hành|kèm|đính|theo|của\s+(?:nghị|thông|quyết|luật|quy|bộ luật))\s?)")
_ROWS = lazy(r"số thứ tự|(?:^|\s)(?:stt|tt|dòng|hàng)\s")


def _below(waiting: list[_Item], unit: str) -> list[_Item]:
    """The items at the end of the list that this larger unit may hold."""
    taken: list[_Item] = []
    for item in reversed(waiting):
        highest = max(_RANK[part] for part in item.parts)
        if highest >= _RANK[unit] or (unit in ("chp", "sec", "subsec", "part") and "art" in item.parts):
            break
        if unit in ("form", "app") and "art" in item.parts:
            break
        taken.append(item)
    return taken


def _lift(waiting: list[_Item], taken: list[_Item], group: _Group) -> None:
    """Hang `taken` below each number of `group` (usually one)."""
    first, *others = group.numbers
    copies = [
        _Item({**item.parts, group.unit: number}, item.start, group.end, group.this)
        for number in others for item in reversed(taken)
    ]  # fmt: skip
    if others:
        # "khoản 1 Điều 3, 4": the list goes on with whole articles.
        copies = [_Item({group.unit: number}, group.start, group.end, group.this) for number in others]
    for item in taken:
        item.parts[group.unit] = first
        item.end, item.this = group.end, item.this or group.this
    waiting += copies


def _descend(waiting: list[_Item], group: _Group) -> None:
    """"Điều 5 khoản 2 điểm a": some old texts go from the larger to the smaller."""
    above = waiting.pop()
    waiting += [
        _Item({**above.parts, group.unit: number}, above.start, group.end, above.this or group.this)
        for number in group.numbers
    ]  # fmt: skip


def _place(item: _Item) -> Place | None:
    parts = item.parts
    if "app" in parts or "form" in parts:
        path = [f"app_{parts['app']}"] if "app" in parts else []
        if "form" in parts:
            path.append(f"form_{parts['form']}")
        # Numbered rows ("số thứ tự 12, 13 Mục I Phụ lục II") are finer than an id can say: the annex is meant in part.
        if not item.rows:
            path += [_unit(unit, parts[unit]) for unit in ("part", "sec", "cl", "pt", "item") if unit in parts]
        opened = False
    elif "art" in parts or "cl" in parts or "pt" in parts or "item" in parts:
        path = [_unit(unit, parts[unit]) for unit in ("art", "cl", "pt", "item") if unit in parts]
        opened = "art" not in parts
        if opened and ("sec" in parts or "part" in parts):
            path = [_unit(unit, parts[unit]) for unit in ("part", "sec") if unit in parts] + path
    else:
        path = [_unit(unit, parts[unit]) for unit in ("part", "chp", "sec", "subsec") if unit in parts]
        opened = "chp" not in parts and "part" not in parts
    return Place("__".join(path), opened, item.start, item.end, item.this)


def _unit(unit: str, number: str) -> str:
    return f"{unit}_{number}"

