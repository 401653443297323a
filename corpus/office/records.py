"""Value objects of the office as the records that the store keeps, and back.

A record is one row: kind, subject, value (JSON: the object's fields, dates ISO), who, when. The newest row of a subject
counts; an empty value takes the one before it back. Nothing is ever changed or deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from corpus.model import (
    Assignment,
    CompleteYear,
    Conclusion,
    Correction,
    Handling,
    LedgerEntry,
    Opinion,
    Publication,
    Record,
    ReviewRequest,
    SelfCheck,
)
from corpus.text import fold

T = TypeVar("T")

_SUBJECTS: dict[type, tuple[str, Callable[[Any], str]]] = {
    Correction: ("dinh_chinh", lambda v: v.document),
    Opinion: ("y_kien", lambda v: f"{v.document}|{fold(v.unit)}"),
    Conclusion: ("ket_luan", lambda v: f"{v.document}|{fold(v.symbol or '')}|{v.date.isoformat()}"),
    Handling: ("xu_ly", lambda v: v.subject),
    SelfCheck: ("tu_kiem_tra", lambda v: v.document),
    ReviewRequest: ("kien_nghi", lambda v: v.number),
    Assignment: ("phan_cong", lambda v: v.subject),
    CompleteYear: ("nam_du", lambda v: f"{v.year}|{fold(v.issuer or '')}|{v.kind or ''}"),
    LedgerEntry: ("so_van_ban", lambda v: f"{v.source}|{fold(v.source_name or '')}|{v.key}"),
}
KINDS = frozenset(kind for kind, _ in _SUBJECTS.values())
"""Every kind of record."""


def kind_of(what: type) -> str:
    """The kind under which the store keeps values of a type, for `Store.kept`."""
    return _SUBJECTS[what][0]


def record(value: object, by: str, at: str) -> Record:
    """The row that keeps `value`; `by` whom, `at` when (ISO 8601). Raises `KeyError` for a type that is not kept."""
    kind, subject = _SUBJECTS[type(value)]
    return Record(kind, subject(value), _plain(value), by, at)


def withdrawn(value: object, by: str, at: str) -> Record:
    """The row that takes `value` back: its subject has none any more. The rows before it stay."""
    kind, subject = _SUBJECTS[type(value)]
    return Record(kind, subject(value), {}, by, at)


def values(what: type[T], kept: Mapping[str, Record] | Iterable[Record]) -> tuple[T, ...]:
    """The values that stand, from `Store.kept(kind_of(what))`; those taken back are left out."""
    rows = kept.values() if isinstance(kept, Mapping) else kept
    return tuple(_made(what, row.value) for row in rows if row.value)


def _plain(value: object) -> dict[str, object]:
    assert is_dataclass(value)
    return {one.name: _json(getattr(value, one.name)) for one in fields(value)}


def _json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return _plain(value) if isinstance(value, Publication) else value


def _made(what: type[T], value: Mapping[str, Any]) -> T:
    """The object of a row. Fields that a newer version kept and this one does not know are left out."""
    known = _hints(what)  # type: ignore[arg-type]  # a class is hashable
    return what(**{name: _field(known[name], item) for name, item in value.items() if name in known})


def _field(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if hint is date or date in get_args(hint):
        return date.fromisoformat(value)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_made(Publication, item) if inner is Publication else item for item in value)
    return value


@lru_cache(maxsize=32)
def _hints(what: type) -> dict[str, Any]:
    return get_type_hints(what)
