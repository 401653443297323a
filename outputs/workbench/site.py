"""What all screens share: the door to the program, the index of findings, the templates, what can be undone."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from corpus.model import Decision, Handling, LedgerEntry
from corpus.office import records
from corpus.store import Store
from outputs import words
from outputs.workbench.door import Door
from outputs.workbench.guard import Token
from outputs.workbench.index import Index
from outputs.workbench.signin import current
from outputs.workbench.wording import FACET_NAMES, VALUE_NAMES, days_left

HERE = Path(__file__).parent
_MANY = 2000
_LARGE = 20_000
"""Findings from which an index takes longer to make than a click may (some 60 µs a finding)."""


@dataclass(slots=True)
class Site:
    """One running page. Requests come in several threads; the index is changed by one of them at a time."""

    door: Door
    token: Token = field(default_factory=Token)
    _undo: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    _index: Index | None = None
    _marks: tuple[int, int, int] = (0, 0, 0)
    _renewing: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def officer(self) -> str:
        """In whose name the request that is being answered decides."""
        session = current()
        return session.user.name if session else self.door.officer

    @property
    def undo(self) -> list[tuple[str, ...]]:
        """Ids of the findings that this officer decided in each go since the page was started, the newest last."""
        return self._undo.setdefault(self.officer, [])

    def index(self, store: Store) -> Index:
        """The index, made again after a run and brought up to date after decisions of others."""
        marks = store.marks()
        today = self.door.today()
        with self._lock:
            made = self._index
            stale = made is None or (marks[0], marks[2]) != (self._marks[0], self._marks[2]) or made.today != today
            if stale and made is not None and len(made) > _LARGE:
                self._renew()
                return made
            if made is None or stale:
                made = self._made(store, today)
            elif marks[1] != self._marks[1]:
                _, fresh = store.decisions_after(self._marks[1])
                if len(fresh) > _MANY:
                    made = self._made(store, today)
                else:
                    follow(made, store, {one.finding for one in fresh})
            self._index, self._marks = made, marks
            return made

    def _renew(self) -> None:
        """Make a large index again in the background; until it is there, the old one answers."""
        if self._renewing:
            return
        self._renewing = True

        def work() -> None:
            try:
                with self.door.reading() as store:
                    marks = store.marks()
                    made = self._made(store, self.door.today())
                with self._lock:
                    self._index, self._marks = made, marks
            finally:
                self._renewing = False

        threading.Thread(target=work, daemon=True, name="rasoat-index").start()

    def warm(self) -> None:
        """Make the index before the first page is asked for."""

        def work() -> None:
            with self.door.reading() as store:
                self.index(store)

        threading.Thread(target=work, daemon=True, name="rasoat-index").start()

    def _made(self, store: Store, today: date) -> Index:
        handled = records.values(Handling, store.kept(records.kind_of(Handling)))
        owners = {entry.key: (entry.field or "", entry.unit or "") for entry in self.door.ledger()}
        return Index(
            store.finding_records(), store.decisions(), (one.subject for one in handled), today,
            lambda path, key: owners.get(key or path, ("", "")),
        )  # fmt: skip

    def entry(self, key: str | None) -> LedgerEntry | None:
        """The line of the register of documents with that key."""
        return next((entry for entry in self.door.ledger() if entry.key == key), None) if key else None

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A screen. Everything in `values` is text: the templates escape it."""
        shared = {
            "token": self.token.value, "unit": self.door.unit, "guessed": self.door.unit_guessed,
            "officer": self.officer, "signed_in": current() is not None,
            "today": self.door.today(), "job": self.door.job(),
            "can_undo": bool(self.undo), "all_new": self._index is not None and self._index.all_new,
        }  # fmt: skip
        text = environment().get_template(template).render(shared, **values)
        return HTMLResponse(text, status)


def follow(index: Index, store: Store, ids: set[str]) -> None:
    """Take the decisions that stand on these findings into the index."""
    found = store.findings_of(ids)
    from corpus.records import finding_record

    for identity, stored in found.items():
        decision: Decision | None = store.decision_of(identity)
        index.decided(identity, decision, finding_record(stored.finding, {}))


def link(path: str, given: Mapping[str, object] | None = None, **more: object) -> str:
    """`path` with a query: `given`, changed by `more`; empty values are left out."""
    merged = {**(given or {}), **more}
    query = urlencode({name: str(value) for name, value in merged.items() if value not in (None, "")})
    return f"{path}?{query}" if query else path


def _printable(value: Any) -> Any:
    return words.printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_MADE: list[Environment] = []


def environment() -> Environment:
    """The templates."""
    if not _MADE:
        made = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, finalize=_printable, auto_reload=False,
        )  # fmt: skip
        made.globals.update(link=link, words=words, facet_names=FACET_NAMES, value_names=VALUE_NAMES,
                            days_left=days_left)  # fmt: skip
        made.filters.update(day=words.date_short, short=words.shorten, number=number)
        _MADE.append(made)
    return _MADE[0]


def number(value: int) -> str:
    """A number as it is written in Vietnamese: 12.345."""
    return f"{value:,}".replace(",", ".")
