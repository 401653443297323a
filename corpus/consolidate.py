"""The text of an act, or of one provision, on a date: instructions applied to the tree.

Applied are repeals; new text of whole units, quoted ("… như sau: “…”") or given as an annex of the amending act; new
units; new headings and opening words; phrases replaced, added and deleted. An instruction that cannot be applied
exactly leaves the text as it was and is told (docs: design §4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus.events import CHANGES, Event
from corpus.locate import covers, locate, path_of
from corpus.model import By, Consolidation, Document, Piece, Provision
from corpus.resolve import Act
from corpus.rewording import inside, opens, rename, renames, reopen, reword
from corpus.text import fold
from corpus.unit_tree import CLAUSE, POINT, Reworded, Unit, find, find_pair, level_of, number_key, tree, units_of

__all__ = ["apply", "consolidate", "number_key", "provision_text", "tree", "units_of"]

_TAIL = re.compile(r"(?:quy định|hướng dẫn)[^\n]{0,300}Điều này[^\n]{0,40}$")


def consolidate(
    act: Act, events: Sequence[Event], as_of: date, provision: str | None = None,
    documents: Mapping[str, Document] | None = None,
) -> Consolidation | None:  # fmt: skip
    """The text of an act of the corpus on a day; None where its text or the provision is not at hand.

    `events` as `corpus.timeline.Timeline.events` gives them. Their order does not matter; an event twice works once.
    `documents` by path, where the annexes are that an amending act gives in place of old ones.
    """
    if act.document is None or not act.document.text:
        return None
    root = tree(act.document)
    missed: list[By] = []
    working = [event for event in sorted(dict.fromkeys(events), key=lambda event: event.order) if event.works(as_of)]
    for event in _with_shared_texts(working):
        if event.type not in CHANGES or event.by is None or _of_the_whole(event):
            continue
        if not apply(root, event, documents or {}) and (provision is None or _touches(event, provision)):
            missed.append(event.by)
    unit = root if provision is None else find(root, provision)
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


# --- instructions -------------------------------------------------------------------------------------


def apply(root: Unit, event: Event, documents: Mapping[str, Document] | None = None) -> bool:
    """Apply one event to the tree; False where it cannot be applied exactly (then nothing is changed)."""
    provision, by, new = event.provision, event.by, event.new_text
    if by is None or not event.in_text:
        return False
    if event.type in ("substitute", "insert_text", "delete_text"):
        unit = root if provision is None else find(root, provision)
        return unit is not None and reword(unit, event.type, event.old_text, new, by, whole=provision is None)
    if provision is None:
        return False
    if event.type in ("repeal", "declare_expired", "expire") and event.whole:
        return _repeal(root, provision, by)
    if event.type == "insert" and new:
        return _insert(root, provision, new, by)
    if event.type in ("amend", "replace") and new:
        return _amend(root, provision, new, by)
    if event.type in ("amend", "replace", "insert") and level_of(provision) in ("app", "form"):
        return _annex(root, event.type, provision, by, documents or {})
    return False


def _amend(root: Unit, provision: str, text: str, by: By) -> bool:
    """New text: of the whole unit, or of its heading or opening words where the instruction says so."""
    unit = find(root, provision)
    if unit is None:
        return False
    if renames(by.quote, provision):
        return rename(unit, text, by)
    if opens(by.quote, provision):
        return reopen(unit, text, by)
    if inside(by.quote, provision):
        return False
    return _replace(root, provision, text, by)


_ANNEX_OF_THIS = re.compile(
    r"(?:bằng|theo|tại|như)\s+(?:các\s+)?(?:phụ lục|mẫu|biểu mẫu|danh mục)"
    r"(?:\s+(?:số\s+)?(?P<number>[IVXLC]{1,6}|\d{1,3}[\w./-]{0,12}))?[^.;]{0,120}(?:này|kèm theo)", re.IGNORECASE,
)  # fmt: skip
_WITH_THIS = re.compile(r"kèm theo[^.;]{0,60}(?<!\w)này(?!\w)", re.IGNORECASE)


def _annex(root: Unit, kind: str, provision: str, by: By, documents: Mapping[str, Document]) -> bool:
    """An annex or form that the amending act gives anew, in an annex of its own with a number it names, or the same."""
    acting = documents.get(by.path or "")
    match = _ANNEX_OF_THIS.search(by.quote or "")
    if acting is None or (match is None and not (kind == "insert" and _WITH_THIS.search(by.quote or ""))):
        return False
    level, _, number = provision.rpartition("__")[2].partition("_")
    named = match["number"] if match else None
    given = locate(f"{level}_{named or number}", acting)
    if given is None and named is None:
        annexes = [unit for unit in acting.provisions if unit.kind == "phu_luc"]
        given = annexes[0] if len(annexes) == 1 else None
    if given is None:
        return False
    new = Unit(provision, [acting.text[given.start : given.end]], by)
    pair = find_pair(root, provision)
    if pair is None:
        if kind != "insert":
            return False
        root.parts += ["\n", new]
        return True
    if kind == "insert":
        return fold(pair[1].text()) == fold(new.text())
    holder, unit = pair
    new.id = unit.id
    _end_line(new, unit)
    holder.parts[_place(holder, unit)] = new
    return True


def _repeal(root: Unit, provision: str, by: By) -> bool:
    """A repealed unit keeps its number and says so, as consolidated texts do (Pháp lệnh 01/2012/UBTVQH13)."""
    pair = find_pair(root, provision)
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
    match = re.match(
        r"\s*((?i:Điều|Chương|Mục|Phần|Phụ lục|Mẫu số)\s+[\w.]{1,12}?(?=[.:\s])\.?|[\w.]{1,8}?[.)])", unit.text()
    )  # fmt: skip
    return match[1] if match else None


def _replace(root: Unit, provision: str, text: str, by: By) -> bool:
    pair = find_pair(root, provision)
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
    there = find(root, provision)
    if there is not None and there.gone:
        return _replace(root, provision, text, by)
    if there is not None:
        return fold(there.text()) == fold(new.text())
    new.source = by
    level, number = level_of(provision), provision.rpartition("_")[2]
    siblings = [
        (holder, unit)
        for holder, unit in root.units()
        if level_of(unit.id) == level and "#" not in unit.id and path_of(unit.id)[:-1] == path_of(provision)[:-1]
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
    parent = find(root, provision.rpartition("__")[0]) if "__" in provision else None
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
    if level_of(unit.id) not in ("cl", "pt"):
        return ""
    lines = unit.text().rstrip().split("\n")
    if len(lines) < 2 or not _TAIL.search(lines[-1]) or CLAUSE.match(lines[-1]) or POINT.match(lines[-1]):
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
        if isinstance(part, Reworded):
            if text.strip():
                yield start, text, source
            text = ""
            yield provision, part, part.by
            continue
        if isinstance(part, str):
            text += part
            continue
        inner = part.source or source
        changed = inner is not source or part.reworded() or any(
            below.source not in (None, source) or below.reworded() for _, below in part.units()
        )  # fmt: skip
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
