"""The register of documents (sổ văn bản): files of the corpus and lines of imported books and lists, as one.

A document is one entry, however many sources know it: a file first, then the outgoing-document book, then earlier
lists. A line that no file bears out stays as an entry of its own, so that what is missing in the corpus is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus import symbols
from corpus.model import Assignment, Correction, Document, LedgerEntry, Library, Masthead, OfficeSettings, State
from corpus.office.keys import book_key
from corpus.territory import same_body, unit_key
from corpus.text import fold_words
from corpus.words import date_short, provision_words

_SOURCES = ("tep", "so_van_ban", "danh_muc", "con_hieu_luc")
_ONE_PERSON = re.compile(
    r"\b(?:bo nhiem|mien nhiem|dieu dong|nghi huu|nghi viec|thoi viec|nang (?:bac )?luong|ky luat|khen thuong|"
    r"tro cap (?:xa hoi )?(?:hang thang|mai tang|mot lan) (?:cho|doi voi) (?:ong|ba)|xu phat vi pham hanh chinh|"
    r"cong nhan ket qua bau cu|chuyen nhuong|cap giay chung nhan|dang ky khai tu|cai chinh ho tich|"
    r"(?:cho|doi voi|cua) (?:ong|ba|chau|anh|chi) \w+)\b"
)
_WORDS = {
    "repeal": "bị bãi bỏ bởi", "replace": "được thay thế bởi", "declare_expired": "được công bố hết hiệu lực tại",
    "expire": "hết thời hạn có hiệu lực", "amend": "được sửa đổi, bổ sung bởi", "insert": "được bổ sung bởi",
    "substitute": "được sửa đổi bởi", "insert_text": "được bổ sung bởi", "delete_text": "được sửa đổi bởi",
    "suspend": "bị tạm ngưng hiệu lực bởi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """What the office knows beside the files: settings, lines of books, assignments, corrections.

    `unit`: whose office it is. `predecessors`: paths of documents whose unit was merged away, as rule HL05 says.
    """

    unit: str | None = None
    settings: OfficeSettings = field(default_factory=OfficeSettings)
    lines: tuple[LedgerEntry, ...] = ()
    assigned: Mapping[str, Assignment] = field(default_factory=dict)
    corrected: Mapping[str, Correction] = field(default_factory=dict)
    predecessors: frozenset[str] = frozenset()


def ledger(
    documents: Sequence[Document], keys: Mapping[str, str], library: Library, as_of: date, office: Office
) -> tuple[LedgerEntry, ...]:
    """All local documents, in the order of NĐ 79/2025 Art. 52: field, legal force from high to low, date of issue.

    `documents` are those under review; `keys` gives a document's key by path (its path where it has none).
    """
    entries = [_of_file(one, keys.get(one.path, one.path), library, as_of, office) for one in documents]
    entries = _one_each(entries)
    shelf: dict[str | None, list[int]] = {}
    for i, entry in enumerate(entries):
        shelf.setdefault(book_key(entry.symbol, entry.date), []).append(i)
    for line in sorted(office.lines, key=lambda one: _SOURCES.index(one.source)):
        key = book_key(line.symbol, line.date)
        at = _same(line, [(i, entries[i]) for i in shelf.get(key, ())]) if key else None
        if at is not None:
            entries[at] = joined(entries[at], line)
            continue
        shelf.setdefault(key, []).append(len(entries))
        entries.append(_of_line(line, library, as_of, office))
    return ordered([_assigned(entry, office) for entry in entries], office.settings)


def joined(entry: LedgerEntry, line: LedgerEntry) -> LedgerEntry:
    """An entry with what a line of a book adds: fields that were empty, and where the document was published."""
    filled = {
        name: getattr(line, name)
        for name in ("kind", "issuer", "date", "title", "normative", "effective", "field", "unit")
        if getattr(entry, name) is None and getattr(line, name) is not None
    }  # fmt: skip
    published = tuple(dict.fromkeys((*entry.published, *line.published)))
    if entry.state == "khong_ro" and line.state != "khong_ro":
        filled |= {"state": line.state, "state_since": line.state_since, "state_reason": line.state_reason,
                   "certain": False, "seen": line.seen}  # fmt: skip
    return replace(entry, published=tuple(sorted(published, key=lambda p: (p.year, p.symbol))), **filled)


def ordered(entries: Iterable[LedgerEntry], settings: OfficeSettings) -> tuple[LedgerEntry, ...]:
    """Art. 52: field (in the order of the settings, then by name, none last), legal force, date of issue, number."""
    fields = {fold_words(name): i for i, name in enumerate(settings.units)}

    def place(entry: LedgerEntry) -> tuple[object, ...]:
        name = fold_words(entry.field or "")
        rank = symbols.rank(entry.kind, entry.level or "xa", entry.issuer) if entry.normative is not False else None
        return (
            not name, fields.get(name, len(fields)), name, 99 if rank is None else rank, entry.date or date.max,
            symbols.key(entry.symbol) if entry.symbol else "~", entry.key,
        )  # fmt: skip

    return tuple(sorted(entries, key=place))


def field_of(title: str | None, settings: OfficeSettings) -> str | None:
    """The field of the settings whose name stands in a title; None where none or several do.

    >>> field_of("Về quản lý đất đai", OfficeSettings(units={"Đất đai": "Phòng Kinh tế", "Y tế": "Trạm y tế"}))
    'Đất đai'
    """
    words = f" {fold_words(title or '')} "
    found = [name for name in settings.units if f" {fold_words(name)} " in words]
    return found[0] if len(found) == 1 else None


def on_one_person(head: Masthead) -> bool:
    """Whether a document is on one person or case by its title: kept out of lists by default. Never a normative one."""
    return head.normative is not True and bool(_ONE_PERSON.search(fold_words(head.title or "")))


def _of_file(document: Document, key: str, library: Library, as_of: date, office: Office) -> LedgerEntry:
    head = document.masthead or Masthead()
    state = _state(head.symbol, head.issuer, head.date, head.kind, library, as_of)
    mended = office.corrected.get(key)
    return LedgerEntry(
        key=key, symbol=head.symbol, kind=head.kind, issuer=head.issuer, date=head.date, title=head.title,
        normative=head.normative, level=head.level, effective=head.effective,
        state=state.state if state else "khong_ro", state_since=state.since if state else None,
        state_reason=_reason(state), certain=_certain(state), territory=head.territory,
        predecessor=document.path in office.predecessors or _of_old_unit(head.issuer, head.date, office.unit),
        personal=on_one_person(head), path=document.path, source="tep",
        seen=(state.seen if state else None), corrected=tuple(mended.fields) if mended else (),
    )  # fmt: skip


def _of_line(line: LedgerEntry, library: Library, as_of: date, office: Office) -> LedgerEntry:
    """A line without a file; what the corpus or the register knows of its state wins over what an old list said."""
    state = _state(line.symbol, line.issuer, line.date, line.kind, library, as_of) if line.symbol else None
    predecessor = line.predecessor or _of_old_unit(line.issuer, line.date, office.unit)
    if state is None or state.state == "khong_ro":
        return replace(line, certain=False, predecessor=predecessor)
    return replace(
        line, state=state.state, state_since=state.since, state_reason=_reason(state), certain=_certain(state),
        predecessor=predecessor, seen=state.seen or line.seen,
    )  # fmt: skip


def _state(
    symbol: str | None, issuer: str | None, issued: date | None, kind: str | None, library: Library, as_of: date
) -> State | None:
    if symbol is None:
        return None
    return library.state(symbol, as_of=as_of, issuer=issuer, issued=issued, kind=kind)


def _certain(state: State | None) -> bool:
    """Whether a list may print the state as a fact: only one that rests on a text, or on a sure row of the register."""
    return state is not None and state.state != "khong_ro" and state.strength == "chac_chan"


def _reason(state: State | None) -> str | None:
    """What made the state, in words: "bị bãi bỏ bởi Quyết định số …, có hiệu lực từ ngày …"."""
    if state is None or not state.by:
        return None
    parts = []
    for by in state.by:
        word = _WORDS.get(by.type)
        if word is None:
            continue
        where = f"{provision_words(by.provision)} " if by.provision else ""
        act = f" {where}{symbols.spoken(by.symbol)}" if by.symbol and by.type != "expire" else ""
        since = f" từ ngày {date_short(by.from_)}" if by.from_ else ""
        parts.append(f"{word}{act}{since}")
    return "; ".join(dict.fromkeys(parts)) or None


def _of_old_unit(issuer: str | None, issued: date | None, unit: str | None) -> bool:
    """Whether an issuer's unit is not the office's own (both known): a unit before it, or one that was merged away."""
    if not issuer or not unit:
        return False
    theirs, own = unit_key(issuer), unit_key(unit)
    if theirs is None or own is None or issued is None or issued >= date(2025, 7, 1):
        return False
    return not (theirs == own or theirs.startswith(own + " ") or own.startswith(theirs + " "))


def _one_each(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Copies of one document (the same key at several paths) are one entry, that of the first path."""
    kept: dict[str, LedgerEntry] = {}
    for entry in entries:
        kept.setdefault(entry.key, entry)
    return list(kept.values())


def _same(line: LedgerEntry, shelf: Sequence[tuple[int, LedgerEntry]]) -> int | None:
    """Which entry of the same number a line means: that of its issuer; a book of one issuer need not name it.

    None where none or several could be meant: the line is then an entry of its own.
    """
    found = [(i, one) for i, one in shelf if not (line.issuer and one.issuer) or same_body(line.issuer, one.issuer)]
    for name in ("date", "title"):
        if len(found) > 1:
            found = [(i, one) for i, one in found if getattr(one, name) == getattr(line, name)]
    return found[0][0] if len(found) == 1 else None


def _assigned(entry: LedgerEntry, office: Office) -> LedgerEntry:
    """Field and unit: as the officer assigned them, else as the book says, else by the settings and the title."""
    given = office.assigned.get(entry.key)
    field = (given.field if given else None) or entry.field or field_of(entry.title, office.settings)
    units = {fold_words(name): unit for name, unit in office.settings.units.items()}
    unit = (given.unit if given else None) or entry.unit or units.get(fold_words(field or ""))
    return replace(entry, field=field, unit=unit)
