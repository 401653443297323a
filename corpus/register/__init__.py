"""Facts that ship with the program: central documents, who amended or ended what, laws by name, units that are gone.

`load()` gives a `Register`; rows of the user's own `danh-muc/` folder (the same CSV files and columns) win over
the shipped ones. `NothingKnown` is what `--no-register` hands in. How to read and correct the files: README.md here.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from corpus import symbols
from corpus.model import KnownDocument, KnownEffect, KnownName
from corpus.nothing import NothingKnown
from corpus.register import rows
from corpus.register.index import HERE, keys_of, open_index, read_csv, select
from corpus.register.rows import COLUMNS, Institution
from corpus.text import fold

__all__ = ["Institution", "NothingKnown", "Register", "load"]

T = TypeVar("T")
_ENDINGS = ("repeal", "replace", "declare_expired")
_YEAR_AT_END = re.compile(r"(?:,?\s+(?:số\s+)?(?:năm\s+)?(\d{4})|\s+\(sửa đổi\))\s*$", re.IGNORECASE)


_WRITTEN_OUT = {
    "HĐND": "Hội đồng nhân dân", "UBND": "Ủy ban nhân dân", "QPPL": "quy phạm pháp luật",
    "CQĐP": "chính quyền địa phương", "NSNN": "ngân sách nhà nước", "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế", "VPHC": "vi phạm hành chính", "PCCC": "Phòng cháy và chữa cháy",
    "phòng cháy chữa cháy": "phòng cháy và chữa cháy", "Phòng cháy chữa cháy": "Phòng cháy và chữa cháy",
    "Phòng cháy, chữa cháy": "Phòng cháy và chữa cháy", "phòng cháy, chữa cháy": "phòng cháy và chữa cháy",
}  # fmt: skip
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:HĐND|UBND|QPPL|CQĐP|NSNN|BHXH|BHYT|VPHC|PCCC)(?!\w)|[Pp]hòng cháy,? chữa cháy(?! và cứu)"
)
"""Short forms of names of laws, and a law whose "và" is often left out ("Luật Phòng cháy chữa cháy")."""


def load(own: Path | None = None, folder: Path = HERE) -> Register:
    """The register with the user's own rows (`danh-muc/`), which win. A missing `own` folder is no error.

    Rows of `own` that cannot be read are left out and told in `Register.faults` (Vietnamese, one line each).
    """
    return Register(folder, own)


class Register:
    """The shipped register and the user's own rows. Is a `corpus.model.Known`; can be pickled and forked."""

    def __init__(self, folder: Path = HERE, own: Path | None = None) -> None:
        self._folder = folder
        self._own_folder = own
        self._connection: sqlite3.Connection | None = None
        self._pid = 0
        self._cache: dict[tuple[str, str], Sequence[object]] = {}
        self._own = _OwnRows(own) if own is not None and own.is_dir() else None

    def __reduce__(self) -> tuple[Callable[..., Register], tuple[Path, Path | None]]:
        return Register, (self._folder, self._own_folder)

    @property
    def faults(self) -> Sequence[str]:
        """What could not be read in the user's own rows."""
        return self._own.faults if self._own else ()

    def documents(self, symbol: str) -> Sequence[KnownDocument]:
        """All documents with this symbol (leading zeros, letter case and marks ignored); empty if unknown.

        A symbol can be that of a law and of a resolution, and administrative numbers come back every year: compare
        kind, issuer and date.
        """
        key = symbols.key(symbol)
        return self._cached("documents", key, lambda: self._documents(key))

    def effects(self, symbol: str) -> Sequence[KnownEffect]:
        """What was done to this document, whole or by provision. Of a law and a resolution, the law is meant."""
        key = symbols.key(symbol)
        return self._cached("effects", key, lambda: self._effects(key))

    def effects_by(self, symbol: str) -> Sequence[KnownEffect]:
        """What this document did to others."""
        key = symbols.key(symbol)
        return self._cached("effects_by", key, lambda: self._effects_by(key))

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        """Laws that this name meant on that day, or that have that year (a year wins over a day).

        The name is compared by its letters alone, the usual abbreviations written out ("Luật Tổ chức HĐND và UBND").
        A year at its end ("Luật Đất đai năm 2013") counts as `year`.
        Several rows: ambiguous. Without day and year: all laws that ever had the name.
        """
        match = _YEAR_AT_END.search(name)
        if match and fold(name[: match.start()]):
            year = year or (int(match[1]) if match[1] else None)
            name = name[: match.start()]
        key = fold(_ABBREVIATED.sub(lambda m: _WRITTEN_OUT[m[0]], name))
        found = self._cached("names", key, lambda: self._names(key))
        if year is not None:
            return tuple(row for row in found if row.year == year)
        return meant_on(found, on) if on is not None else found

    def institutions(self) -> Sequence[Institution]:
        """Bodies, units, posts, papers and terms that ended or changed their name."""
        return self._cached("institutional_changes", "", self._institutions)

    # --- reading -----------------------------------------------------------------------------

    def _cached(self, table: str, key: str, read: Callable[[], Sequence[T]]) -> Sequence[T]:
        place = (table, key)
        if place not in self._cache:
            self._cache[place] = read()
        return self._cache[place]  # type: ignore[return-value]  # one type for each table

    def _index(self) -> sqlite3.Connection:
        if self._connection is None or self._pid != os.getpid():  # a connection must not cross a fork
            self._connection, self._pid = open_index(self._folder), os.getpid()
        return self._connection

    def _documents(self, key: str) -> Sequence[KnownDocument]:
        shipped = [rows.known_document(row) for row in select(self._index(), "documents", key)]
        own = self._own.documents.get(key, []) if self._own else []
        return (*own, *(row for row in shipped if not any(_same_document(row, mine) for mine in own)))

    def _effects(self, key: str) -> Sequence[KnownEffect]:
        shipped = [rows.known_effect(row) for row in select(self._index(), "effects", key)]
        if self._own is None:
            return tuple(shipped)
        own = self._own.effects.get(key, [])
        taken = {_effect_key(row) for row in own}
        kept = [row for row in shipped if _effect_key(row) not in taken]
        if key in self._own.documents:
            # The user states this document's fate: a shipped ending of the whole must not speak against it.
            kept = [row for row in kept if row.affected_provision or row.type not in _ENDINGS or row.scope == "part"]
        return (*own, *kept)

    def _effects_by(self, key: str) -> Sequence[KnownEffect]:
        shipped = [rows.known_effect(row) for row in select(self._index(), "effects", key, by="by_key")]
        own = self._own.effects_by.get(key, []) if self._own else []
        taken = {_effect_key(row) for row in own}
        return (*own, *(row for row in shipped if _effect_key(row) not in taken))

    def _names(self, key: str) -> Sequence[KnownName]:
        shipped = [rows.known_name(row) for row in select(self._index(), "names", key)]
        own = self._own.names.get(key, []) if self._own else []
        taken = {(row.year, symbols.key(row.symbol)) for row in own}
        years = {row.year for row in own}
        kept = [r for r in shipped if (r.year, symbols.key(r.symbol)) not in taken and r.year not in years]
        return (*own, *kept)

    def _institutions(self) -> Sequence[Institution]:
        shipped = [rows.institution(row) for row in select(self._index(), "institutional_changes")]
        own = self._own.institutions if self._own else []
        taken = {row.id for row in own}
        return (*own, *(row for row in shipped if row.id not in taken))


def meant_on(found: Sequence[KnownName], on: date) -> Sequence[KnownName]:
    """Of laws with one name, those that the name meant on a day.

    A law whose first day is not known is possible from its year on; it gives way to a later law of that name that
    was surely in force.
    """
    sure = [row for row in found if row.from_ and row.from_ <= on and not _over(row, on)]
    newest = max((row.year or 0 for row in sure), default=0)
    maybe = [
        row
        for row in found
        if row.from_ is None and row.year is not None and newest < row.year <= on.year and not _over(row, on)
    ]
    return (*sure, *maybe)


def _over(row: KnownName, on: date) -> bool:
    return row.until is not None and row.until <= on


def _same_document(shipped: KnownDocument, own: KnownDocument) -> bool:
    """Whether a user's row with the same symbol speaks of the shipped row's document."""
    if own.date and shipped.date and own.date != shipped.date:
        return False
    if own.issuer and shipped.issuer and fold(own.issuer) != fold(shipped.issuer) and not own.date:
        return False
    return own.kind in (shipped.kind, "khac") or shipped.kind == "khac"


def _effect_key(row: KnownEffect) -> tuple[str, str | None, str, str]:
    return symbols.key(row.affected_symbol), row.affected_provision, row.type, symbols.key(row.by_symbol)


class _OwnRows:
    """The rows of a `danh-muc/` folder, by key; rows that cannot be read are told in `faults`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.faults: list[str] = []
        self.documents: dict[str, list[KnownDocument]] = {}
        self.effects: dict[str, list[KnownEffect]] = {}
        self.effects_by: dict[str, list[KnownEffect]] = {}
        self.names: dict[str, list[KnownName]] = {}
        self.institutions: list[Institution] = []
        for keys, document in self._read("documents", rows.known_document):
            self.documents.setdefault(keys[0], []).append(document)
        for keys, effect in self._read("effects", rows.known_effect):
            self.effects.setdefault(keys[0], []).append(effect)
            self.effects_by.setdefault(keys[1], []).append(effect)
        for keys, name in self._read("names", rows.known_name):
            self.names.setdefault(keys[0], []).append(name)
        self.institutions += [row for _, row in self._read("institutional_changes", rows.institution)]

    def _read(self, table: str, value: Callable[[rows.Row], T]) -> list[tuple[tuple[str, ...], T]]:
        found: list[tuple[tuple[str, ...], T]] = []
        path = self._folder / f"{table}.csv"
        try:
            lines = list(read_csv(self._folder, table))
        except (OSError, UnicodeDecodeError) as error:
            self.faults.append(f"{path}: không đọc được danh mục ({type(error).__name__}); hãy lưu lại dạng CSV UTF-8.")
            return found
        for number, row in enumerate(lines, 2):
            try:
                if not row[COLUMNS[table][0]]:
                    raise ValueError("thiếu " + COLUMNS[table][0])
                found.append((keys_of(table, row), value(row)))
            except ValueError as error:
                self.faults.append(f"{path}: dòng {number} không dùng được ({error}); dòng này bị bỏ qua.")
        return found
