"""The text of an act, or of one provision, on a date: instructions applied to the tree.

Applied are repeals, whole-unit replacements and insertions whose new text is quoted ("… như sau: “…”"). An instruction
that cannot be applied exactly leaves the text as it was and is told (docs: design §4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.events import CHANGES, Event
from corpus.locate import Path, covers, path_of
from corpus.model import By, Consolidation, Document, Piece, Provision
from corpus.resolve import Act
from corpus.text import fold

_ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_CLAUSE = re.compile(r"(?m)^[ \t“\"]*(\d{1,3}(?:\.\d{1,3}){0,3}[a-zđ]?\d?)\.(?=[ \t])")
_POINT = re.compile(r"(?m)^[ \t“\"]*([a-zđ]\d{0,2})\)")
_ARTICLE = re.compile(r"(?m)^[ \t“\"]*Điều (\d{1,4}(?:[a-zđ]{1,2}\d?|\. ?[a-zđ]{1,2}\d?(?=\.))?)(?=[.:\s])")
_QUOTES = "“”\"„‟«»'‘’"
_TAIL = re.compile(r"(?:quy định|hướng dẫn)[^\n]{0,300}Điều này[^\n]{0,40}$")


@dataclass(slots=True)
class Unit:
    """A unit of the text while it is being changed: text and units inside it, in order."""

    id: str
    parts: list[str | Unit] = field(default_factory=list)
    source: By | None = None
    gone: bool = False

    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)

    def units(self) -> Iterator[tuple[Unit, Unit]]:
        """(holder, unit) of every unit inside, in order."""
        for part in self.parts:
            if isinstance(part, Unit):
                yield self, part
                yield from part.units()


def consolidate(
    act: Act, events: Sequence[Event], as_of: date, provision: str | None = None
) -> Consolidation | None:  # fmt: skip
    """The text of an act of the corpus on a day; None where its text or the provision is not at hand.

    `events` as `corpus.timeline.Timeline.events` gives them. Their order does not matter; an event twice works once.
    """
    if act.document is None or not act.document.text:
        return None
    root = tree(act.document)
    missed: list[By] = []
    working = [event for event in sorted(events, key=lambda event: event.order) if event.works(as_of)]
    for event in _with_shared_texts(working):
        if event.type not in CHANGES or event.by is None or _of_the_whole(event):
            continue
        if not apply(root, event) and (provision is None or _touches(event, provision)):
            missed.append(event.by)
    unit = root if provision is None else _find(root, provision)
    if unit is None:
        return None
    pieces = tuple(_pieces(unit, act.symbol))
    return Consolidation(act.symbol, provision, as_of, _clean(unit.text()), pieces, tuple(missed))


def _with_shared_texts(events: Sequence[Event]) -> Iterator[Event]:
    """Events; a clause that quotes several units at once ("… như sau: “5. … 6. …”") gives each of them that text."""
    texts: dict[tuple[str | None, str | None], list[str]] = {}
    for event in events:
        if event.by and event.new_text and event.by.provision:
            texts.setdefault((event.by.path, event.by.provision), []).append(event.new_text)
    for event in events:
        if event.new_text or event.by is None or event.provision is None or event.type not in ("amend", "insert"):
            yield event
            continue
        shared = texts.get((event.by.path, event.by.provision), [])
        fitting = [text for text in shared if _named(units_of(text, event.provision), event.provision)]
        yield replace(event, new_text=fitting[0]) if fitting else event


def _of_the_whole(event: Event) -> bool:
    """An ending of the whole act, or the mere statement that it was amended: no instruction for its text."""
    return event.provision is None and (event.whole or (event.old_text is None and event.new_text is None))


def _touches(event: Event, provision: str) -> bool:
    return event.provision is None or covers(event.provision, provision) or covers(provision, event.provision)


# --- the tree -----------------------------------------------------------------------------------------


def tree(document: Document) -> Unit:
    """A document's text as nested units; joined again they give the very text."""
    root = Unit("")
    stack: list[tuple[Unit, int]] = [(root, len(document.text))]
    at = 0

    def close(until: int) -> None:
        nonlocal at
        while len(stack) > 1 and stack[-1][1] <= until:
            unit, end = stack.pop()
            unit.parts.append(document.text[at:end])
            at = max(at, end)

    for span in document.provisions:
        close(span.start)
        if span.start < at or span.end > stack[-1][1]:
            continue  # a unit across the bounds of its holder has no place in a tree
        stack[-1][0].parts.append(document.text[at : span.start])
        at = span.start
        unit = Unit(span.id if span.nth == 1 else f"{span.id}#{span.nth}")
        stack[-1][0].parts.append(unit)
        stack.append((unit, span.end))
    close(len(document.text))
    root.parts.append(document.text[at:])
    return root


def units_of(text: str, target: str) -> list[Unit]:
    """Quoted new text as units beside one another, of the level of `target` ("art", "cl" or "pt").

    Each holds its own clauses and points. Text before the first unit is left out; no unit: an empty list.
    """
    level = _level(target)
    mark = {"art": _ARTICLE, "cl": _CLAUSE, "pt": _POINT}.get(level)
    if mark is None:
        return []
    holder = target.rpartition("__")[0]
    text = "\n".join(line.strip() for line in text.strip().split("\n"))
    text = text.strip(_QUOTES + " \n")
    starts = [(match.start(), _number(match)) for match in _in_order(list(mark.finditer(text)), level)]
    units = []
    for i, (start, number) in enumerate(starts):
        end = starts[i + 1][0] if i + 1 < len(starts) else len(text)
        name = f"{level}_{number}"
        body = text[start:end].strip().strip(_QUOTES).strip()
        units.append(_with_inner(Unit(f"{holder}__{name}" if holder else name), body, level))
    return units


def _with_inner(unit: Unit, body: str, level: str) -> Unit:
    inner = {"art": ("cl", _CLAUSE), "cl": ("pt", _POINT)}.get(level)
    marks = _in_order(list(inner[1].finditer(body)), inner[0]) if inner else []
    if inner and not marks and level == "art":
        inner = ("pt", _POINT)
        marks = _in_order(list(_POINT.finditer(body)), "pt")
    if not inner or not marks:
        unit.parts = [body]
        return unit
    unit.parts = [body[: marks[0].start()]]
    for i, match in enumerate(marks):
        end = marks[i + 1].start() if i + 1 < len(marks) else len(body)
        unit.parts.append(_with_inner(Unit(f"{unit.id}__{inner[0]}_{match[1]}"), body[match.start() : end], inner[0]))
    return unit


def _number(match: re.Match[str]) -> str:
    """A number as ids have it; some print "Điều 7. b." for Điều 7b."""
    return match[1].replace(". ", "").replace(".", "") if match.re is _ARTICLE else match[1]


def _in_order(matches: list[re.Match[str]], level: str) -> list[re.Match[str]]:
    """Marks that count upwards; a line that only looks like one ("1. 000 đồng") falls out."""
    kept: list[re.Match[str]] = []
    for match in matches:
        if not kept or number_key(_number(match)) > number_key(_number(kept[-1])):
            kept.append(match)
    return kept


def number_key(number: str) -> tuple[tuple[int, ...], ...]:
    """Order of printed numbers: 2 < 2a < 3, a < a1 < b, d < đ < e, 51 < 51a < 52."""
    parts = re.findall(r"\d+|[a-zăâđêôơư]", number.lower())
    return tuple((0, int(part)) if part.isdigit() else (1, _ALPHABET.find(part)) for part in parts)


def _level(provision: str) -> str:
    return provision.rpartition("__")[2].rpartition("_")[0]


def _find(root: Unit, provision: str) -> Unit | None:
    pair = _find_pair(root, provision)
    return pair[1] if pair else None


def _find_pair(root: Unit, provision: str) -> tuple[Unit, Unit] | None:
    wanted = path_of(provision)
    first: dict[Path, tuple[Unit, Unit]] = {}
    for holder, unit in root.units():
        first.setdefault(path_of(unit.id), (holder, unit))
    if wanted in first:
        return first[wanted]
    if wanted and wanted[0][0] not in ("att", "app"):
        return first.get((("att", "1"), *wanted))  # a decision that only issues its attached text
    return None


# --- instructions -------------------------------------------------------------------------------------


def apply(root: Unit, event: Event) -> bool:
    """Apply one event to the tree; False where it cannot be applied exactly (then nothing is changed)."""
    if event.provision is None or event.by is None or not event.in_text:
        return False
    if event.type in ("repeal", "declare_expired", "expire") and event.whole:
        return _repeal(root, event.provision, event.by)
    if event.type == "insert" and event.new_text:
        return _insert(root, event.provision, event.new_text, event.by)
    if event.type in ("amend", "replace") and event.new_text:
        return _replace(root, event.provision, event.new_text, event.by)
    return False


def _repeal(root: Unit, provision: str, by: By) -> bool:
    """A repealed unit keeps its number and says so, as consolidated texts do (Pháp lệnh 01/2012/UBTVQH13)."""
    pair = _find_pair(root, provision)
    if pair is None:
        return False
    holder, unit = pair
    if unit.gone:
        return True
    label = _label(unit)
    if label is None:
        return False
    tail = _tail(unit)
    gone = Unit(unit.id, [f"{label} (được bãi bỏ)"], by, gone=True)
    _end_line(gone, unit)
    i = _place(holder, unit)
    holder.parts[i : i + 1] = [gone, tail] if tail else [gone]
    return True


def _label(unit: Unit) -> str | None:
    """The number of a unit as it stands in the text, with its mark: "Điều 5.", "2.", "a)"."""
    match = re.match(r"\s*((?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\w.]{1,12}?(?=[.:\s])\.?|[\w.]{1,8}?[.)])", unit.text())
    return match[1] if match else None


def _replace(root: Unit, provision: str, text: str, by: By) -> bool:
    pair = _find_pair(root, provision)
    new = _named(units_of(text, provision), provision)
    if pair is None or new is None:
        return False
    holder, unit = pair
    tail = _tail(unit)
    new.source = by
    _end_line(new, unit)
    if tail and fold(tail) not in fold(new.text()):
        holder.parts[_place(holder, unit)] = new
        holder.parts.insert(_place(holder, new) + 1, tail)
    else:
        holder.parts[_place(holder, unit)] = new
    return True


def _insert(root: Unit, provision: str, text: str, by: By) -> bool:
    new = _named(units_of(text, provision), provision)
    if new is None:
        return False
    there = _find(root, provision)
    if there is not None and there.gone:
        return _replace(root, provision, text, by)
    if there is not None:
        return fold(there.text()) == fold(new.text())
    new.source = by
    level, number = _level(provision), provision.rpartition("_")[2]
    siblings = [
        (holder, unit)
        for holder, unit in root.units()
        if _level(unit.id) == level and "#" not in unit.id and path_of(unit.id)[:-1] == path_of(provision)[:-1]
    ]
    before = [pair for pair in siblings if number_key(pair[1].id.rpartition("_")[2]) < number_key(number)]
    if before:
        holder, neighbour = max(before, key=lambda pair: number_key(pair[1].id.rpartition("_")[2]))
        tail = _tail(neighbour) if (holder, neighbour) == siblings[-1] and level != "art" else ""
        if tail:
            _cut(neighbour, tail)
        _end_line(new, neighbour)
        holder.parts[_place(holder, neighbour) + 1 : _place(holder, neighbour) + 1] = [new, tail] if tail else [new]
        return True
    if siblings:
        holder, neighbour = siblings[0]
        holder.parts[_place(holder, neighbour) : _place(holder, neighbour)] = [new, "\n"]
        return True
    parent = _find(root, provision.rpartition("__")[0]) if "__" in provision else None
    if parent is None:
        return False
    # The first clause or point of a unit that had none: behind its words.
    parent.parts += ["\n", new, "\n"]
    return True


def _named(units: list[Unit], provision: str) -> Unit | None:
    """The one of several quoted units that the instruction names; text that holds only others is of no use."""
    wanted = path_of(provision)[-1:]
    return next((unit for unit in units if path_of(unit.id)[-1:] == wanted), None)


def _place(holder: Unit, unit: Unit) -> int:
    return next(i for i, part in enumerate(holder.parts) if part is unit)


def _end_line(new: Unit, old: Unit) -> None:
    """Units are paragraphs: whatever stood before or comes after, the new one has lines of its own."""
    if not old.text().endswith("\n"):
        new.parts.insert(0, "\n")
    if not new.text().endswith("\n"):
        new.parts.append("\n")


def _tail(unit: Unit) -> str:
    """The closing sentence of the article that stands behind its last clause ("Chính phủ quy định chi tiết Điều này.").

    A tree hangs it in the last clause; it belongs to the article and outlives the clause.
    """
    if _level(unit.id) not in ("cl", "pt"):
        return ""
    lines = unit.text().rstrip().split("\n")
    if len(lines) < 2 or not _TAIL.search(lines[-1]) or _CLAUSE.match(lines[-1]) or _POINT.match(lines[-1]):
        return ""
    return lines[-1].strip() + "\n"


def _cut(unit: Unit, tail: str) -> None:
    """Take the closing sentence off the end of a unit (or of the last unit inside it)."""
    for i in range(len(unit.parts) - 1, -1, -1):
        part = unit.parts[i]
        if isinstance(part, Unit):
            _cut(part, tail)
            return
        at = part.rfind(tail.strip())
        if at >= 0:
            unit.parts[i] = part[:at]
            return


# --- what comes out -----------------------------------------------------------------------------------


def _pieces(unit: Unit, symbol: str) -> Iterator[Piece]:
    """Runs of text with one source, in order."""
    for provision, text, source in _runs(unit, unit.id, unit.source):
        cleaned = _clean(text)
        if cleaned:
            place = provision or None
            if source is None:
                yield Piece(place, cleaned, symbol, place)
            else:
                yield Piece(place, cleaned, source.symbol, source.provision, source.from_)


def _runs(unit: Unit, provision: str, source: By | None) -> Iterator[tuple[str, str, By | None]]:
    start, text = provision, ""
    for part in unit.parts:
        if isinstance(part, str):
            text += part
            continue
        inner = part.source or source
        changed = inner is not source or any(below.source not in (None, source) for _, below in part.units())
        if not changed:
            text += part.text()
            continue
        if text.strip():
            yield start, text, source
        text = ""
        yield from _runs(part, part.id, inner)
    if text.strip():
        yield start, text, source


def _clean(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def provision_text(document: Document, unit: Provision) -> str:
    """The text of a unit as it stands in its own document."""
    return _clean(document.text[unit.start : unit.end])
