"""Mẫu số 01 and 02 of NĐ 79/2025: what ended or was suspended, wholly or in part, in a year or before it (Art. 43)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.model import LedgerEntry
from corpus.words import provision_words
from outputs.forms.cells import Cell, Source
from outputs.forms.layout import forms
from outputs.forms.listing import (
    Listing,
    Part,
    Row,
    Section,
    day_cell,
    issued_by,
    ledger_source,
    named,
    numbered,
    titled,
)
from outputs.forms.material import Change, Material
from outputs.forms.reasons import reason, said_reason

ENDED = "het_hieu_luc_toan_bo"
_WHOLE = frozenset({"repeal", "replace", "declare_expired", "expire"})
# Only what takes something away ends a part of a document; a mere addition does not.
_PARTLY = _WHOLE | {"amend", "substitute", "delete_text"}


@dataclass(frozen=True, slots=True)
class Ended:
    """A document that a list of the year may name. `changes` are those that made it, of one kind (ended, suspended)."""

    entry: LedgerEntry
    suspended: bool
    on: date | None
    changes: tuple[Change, ...]
    certain: bool


def whole_list(material: Material) -> Listing:
    """Mẫu số 01."""
    rows = whole_endings(material)
    form = forms()["01"]
    year = material.year

    def row(one: Ended) -> Row:
        cells = (issued_by(one.entry), numbered(one.entry), titled(one.entry), _reason(one),
                 day_cell(one.on, one.certain, *_sources(one)))  # fmt: skip
        return Row(one.entry.key, cells, one.certain and one.on is not None)

    return _listing(material, "01", rows, [row(one) for one in rows], form.scope, year)


def part_list(material: Material) -> Listing:
    """Mẫu số 02."""
    rows = part_endings(material)
    form = forms()["02"]

    def row(one: Ended) -> Row:
        cells = (issued_by(one.entry), named(one.entry), _provisions(one), _reason(one),
                 day_cell(one.on, one.certain, *_sources(one)))  # fmt: skip
        return Row(one.entry.key, cells, one.certain and one.on is not None)

    return _listing(material, "02", rows, [row(one) for one in rows], form.scope, material.year)


def whole_endings(material: Material) -> tuple[Ended, ...]:
    """Documents that ended wholly by the end of the year, and suspensions of whole documents that began by then."""
    found: list[Ended] = []
    for entry in material.listed():
        changes = material.changes.get(entry.key, ())
        if entry.state == ENDED:
            # The surest, then the first ending counts: what comes later ends nothing any more.
            made = [c for c in changes if c.type in _WHOLE and c.provision is None and c.whole]
            same = [c for c in made if c.from_ == entry.state_since] or made[:1]
            found.append(Ended(entry, False, entry.state_since, tuple(same), entry.certain))
            continue
        stopped = [c for c in changes if c.type == "suspend" and c.provision is None and c.whole]
        if not stopped and entry.state == "tam_ngung":
            found.append(Ended(entry, True, entry.state_since, (), entry.certain))
        found += [Ended(entry, True, c.from_, (c,), c.certain) for c in stopped]
    return tuple(found)


def part_endings(material: Material) -> tuple[Ended, ...]:
    """Parts of documents that ended or were suspended, one row for each document, kind and day group (this year or
    before); none of a document that ended wholly, since its whole is listed."""
    found: list[Ended] = []
    for entry in material.listed():
        if entry.state == ENDED:
            continue
        changes = [c for c in material.changes.get(entry.key, ()) if c.provision is not None or not c.whole]
        ended = [c for c in changes if c.type in _PARTLY]
        stopped = [c for c in changes if c.type == "suspend"]
        for suspended, group in ((False, ended), (True, stopped)):
            for same in _by_day(group):
                certain = all(c.certain for c in same)
                found.append(Ended(entry, suspended, same[0].from_, tuple(same), certain))
        if entry.state == "het_hieu_luc_mot_phan" and not ended:
            found.append(Ended(entry, False, entry.state_since, (), False))
    return tuple(found)


def _by_day(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes of one day together, in the order of days; those without day last."""
    groups: dict[date | None, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.from_, []).append(change)
    return [groups[day] for day in sorted(groups, key=lambda day: (day is None, day or date.max))]


def _listing(
    material: Material, number: str, found: Sequence[Ended], rows: Sequence[Row], scope: str, year: int
) -> Listing:
    form = forms()[number]
    first, last = date(year, 1, 1), date(year, 12, 31)
    pairs = list(zip(found, rows, strict=True))
    # Without a day nothing says that it was due earlier: the doubtful row stands in the year's own table.
    now = [pair for pair in pairs if pair[0].on is None or first <= pair[0].on <= last]
    missed = [pair for pair in pairs if pair[0].on and pair[0].on < first and not _published(pair[0])]
    done = sum(1 for pair in pairs if pair[0].on and pair[0].on < first and _published(pair[0]))
    later = sum(1 for pair in pairs if pair[0].on and pair[0].on > last)
    parts = tuple(
        Part(
            table.heading.format(ky=f"NĂM {year}", nam=year), table.note,
            tuple(
                Section(heading, tuple(row for one, row in listed if one.suspended is suspended),
                        f"Không có văn bản {'tạm ngưng' if suspended else 'hết'} hiệu lực {scope}.")
                for heading, suspended in ((table.ended, False), (table.suspended, True))
            ),
        )
        for table, listed in zip(form.tables, (now, missed), strict=True)
    )  # fmt: skip
    notes = []
    if done:
        notes.append(f"{done} lượt văn bản hết hiệu lực, tạm ngưng hiệu lực trước ngày 01/01/{year} đã được công bố ở "
                     "các kỳ trước (theo sổ văn bản), không đưa vào mục B.")  # fmt: skip
    if later:
        notes.append(f"{later} lượt văn bản hết hiệu lực, tạm ngưng hiệu lực sau ngày 31/12/{year} để lại cho danh mục "
                     "của kỳ sau.")  # fmt: skip
    return Listing(form, f" năm {year}", parts, tuple(notes))


def _published(one: Ended) -> bool:
    return one.on is not None and any(listed.year >= one.on.year for listed in one.entry.published)


def _sources(one: Ended) -> tuple[Source, ...]:
    made = tuple(
        Source("event", c.by_symbol or one.entry.key, c.by_name or "chính văn bản", c.seen) for c in one.changes
    )
    return (*made, ledger_source(one.entry))


def _reason(one: Ended) -> Cell:
    """One of the legal cases; where none is known the gap says so."""
    said = list(dict.fromkeys(text for c in one.changes if (text := reason(c))))
    if said:
        joined = "; ".join([said[0], *(text[:1].lower() + text[1:] for text in said[1:])])
        return Cell(joined, _sources(one), "filled" if one.certain else "uncertain")
    if one.entry.state_reason:
        words, legal = said_reason(one.entry.state_reason, one.on)
        return Cell(words, (ledger_source(one.entry),), "filled" if legal and one.certain else "uncertain")
    return Cell("Chưa xác định được trường hợp hết hiệu lực", (ledger_source(one.entry),), "uncertain")


def _provisions(one: Ended) -> Cell:
    parts = list(dict.fromkeys(provision_words(c.provision) for c in one.changes if c.provision))
    if not parts:
        return Cell("Chưa xác định được điểm, khoản, điều", _sources(one), "uncertain")
    said = "; ".join(parts)
    return Cell(said[:1].upper() + said[1:], _sources(one), "filled" if one.certain else "uncertain")
