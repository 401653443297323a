"""All that is known when rules judge: documents read, register, states over time. Is a `corpus.model.Library`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, cast

from corpus import symbols
from corpus.asking import Asking, Frame, Question, Watched, digest, plain
from corpus.chain import Link, chain
from corpus.consolidate import consolidate
from corpus.model import (
    By,
    Consolidation,
    Document,
    Effect,
    Known,
    KnownDocument,
    KnownEffect,
    KnownName,
    Masthead,
    Provision,
    Resolution,
    Side,
    State,
    Target,
)
from corpus.register.rows import Institution
from corpus.resolve import Act, Resolver, locate
from corpus.territory import same_body
from corpus.timeline import Event, Timeline

_GROUND_LEVELS = ("trung_uong", "tinh")


T = TypeVar("T")
_TODAY = ""  # in a question: the day of the run, whichever it is


class CorpusLibrary:
    """Documents by path with the side of the corpus they lie on, and what is known beside them.

    `documents` maps a path to (side, document); side None: the file lies in neither `dia-phuong/` nor `trung-uong/`, so
    its masthead decides (contract, "Reviewed or ground"). Documents that could not be read are left out.

    `identities`: a hash of each document by path. Where they are given, what is asked is noted in `asking` with the
    hash of its answer, so that the next run knows which answers are other ones (docs/decisions/0012).
    """

    def __init__(
        self, documents: Mapping[str, tuple[Side | None, Document]], known: Known,
        identities: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self._sides = {path: side for path, (side, document) in documents.items() if document.readable}
        self._documents = {
            path: document for path, (_, document) in sorted(documents.items()) if document.readable
        }
        self._known = known
        self.asking = Asking()
        self._identities = identities
        self._resolver = Resolver(self._documents, known, self.asking)
        self._timeline = Timeline(self._documents, known, self._resolver)
        self._reviewed = [d for path, d in self._documents.items() if is_reviewed(self._sides[path], d)]
        self._grounds = [d for path, d in self._documents.items() if is_ground(self._sides[path], d)]
        self._answers: dict[Question, tuple[Any, Frame, str]] = {}
        self._made: dict[Hashable, tuple[Any, Frame]] = {}
        self._passing: tuple[Document | None, dict[Hashable, tuple[Any, Frame]]] = (None, {})

    # --- asking ----------------------------------------------------------------------------------

    def gives(self, path: str) -> set[str]:
        """Names of the entries that a document has a part in: who looked at one of them may depend on it."""
        own = self._documents[path]
        kinds = {"documents"}
        if is_reviewed(self._sides[path], own):
            kinds.add("reviewed")
        if is_ground(self._sides[path], own):
            kinds.add("grounds")
        return self._resolver.gives.get(path, set()) | kinds

    def identity(self, documents: Sequence[Document]) -> str:
        """Hash of documents of the corpus, "" where nobody asks for it."""
        known = self._identities
        return "" if known is None else digest([(one.path, known.get(one.path)) for one in documents])

    def ask(
        self, question: Question, make: Callable[[], T], told: Callable[[T], object] | None = None, days: bool = True
    ) -> T:  # fmt: skip
        """An answer, worked out once for each question, and noted with its hash by whoever asks.

        `told`: what of the answer is hashed (all of it where None; it must print the same when it is the same).
        """
        found = self._answers.get(question)
        if found is None:
            with self.asking.frame() as frame:
                value = make()
                said = ""
                if self._identities is not None:
                    said = digest(told(value) if told else value)
            found = self._answers[question] = (value, frame, digest(said, frame.since, frame.until))
        answer, frame, mark = found
        top = self.asking.top
        if top is not None and self._identities is not None:
            top.keys |= frame.keys
            top.questions[question] = (mark, frame.keys)
            if days:
                top.between(frame.since, frame.until)
        return cast(T, answer)

    def note(self, key: str) -> None:
        """Something beside the documents was looked at."""
        self.asking.note(key)

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """What a rule makes once for the whole corpus; who uses it rests on all that was asked for it."""
        return self.asking.kept(self._made, name, make)

    def kept_for(self, document: Document, name: str, make: Callable[[], T]) -> T:
        """What rules make once for the document that is judged; gone with the next one."""
        if self._passing[0] is not document:
            self._passing = (document, {})
        return self.asking.kept(self._passing[1], name, make)

    def again(self, question: Question, as_of: date) -> tuple[str, set[str]] | None:
        """Hash of the answer to a question of an earlier run, and the entries behind it.

        None where the question cannot be asked any more: it is not one of the library, or its document is gone.
        """
        name, *given = question
        with self.asking.frame() as frame:
            if name == "documents":
                _ = self.documents
            elif name == "reviewed":
                self.reviewed()
            elif name == "grounds":
                self.grounds()
            elif name == "resolve":
                target, path = _target(given[0]), given[2]
                if path is None:
                    citing = Document("", "ok", masthead=_head(given[1]))
                elif path in self._documents:
                    citing = self._documents[path]
                else:
                    return None
                self.resolve(target, citing)
            elif name in ("state", "continued"):
                symbol, day, provision, issuer, issued, kind = given
                on = Watched.on(as_of, self.asking) if day == _TODAY else date.fromisoformat(day)
                if name == "state":
                    self.state(symbol, as_of=on, provision=provision, issuer=issuer, issued=_day(issued), kind=kind)
                else:
                    self.continued(symbol, as_of=on, issuer=issuer, issued=_day(issued), kind=kind)
            elif name == "find":
                self.find(given[0], issuer=given[1], issued=_day(given[2]))
            elif name == "known":
                self.known(given[0])
            elif name == "known_effects":
                self.known_effects(given[0])
            elif name == "changes_of":
                self.changes_of(given[0])
            elif name == "named":
                self.named(given[0], _day(given[1]), given[2])
            elif name == "institutions":
                self.institutions()
            else:
                return None
        return frame.questions[question]

    # --- documents -------------------------------------------------------------------------------

    @property
    def documents(self) -> Mapping[str, Document]:
        """Readable documents by path."""
        if self.asking.top is not None:
            self._all("documents", list(self._documents.values()))
        return self._documents

    def reviewed(self) -> Sequence[Document]:
        """Documents under review, sorted by path."""
        return self._all("reviewed", self._reviewed)

    def grounds(self) -> Sequence[Document]:
        """Documents that may serve as a ground, sorted by path: all but local ones whose level is not known."""
        return self._all("grounds", self._grounds)

    def under_review(self, document: Document) -> bool:
        """Whether this document of the corpus is under review: its own path and masthead say so."""
        return is_reviewed(self._sides[document.path], document)

    def _all(self, name: str, documents: list[Document]) -> list[Document]:
        if self.asking.top is None:
            return documents

        def made() -> list[Document]:
            self.asking.note(name)
            return documents

        return self.ask((name,), made, self.identity)

    # --- what is asked of it ---------------------------------------------------------------------

    def resolve(self, target: Target, citing: Document) -> Resolution:
        """The document that `target` means in `citing`, as of the citing document's date."""
        if self.asking.top is None:
            return self._resolver.resolve(target, citing)
        if target.self_:
            asked: Question = ("resolve", _words(target), None, citing.path)
            return self.ask(asked, lambda: self._resolver.resolve(target, citing))
        head = _head_words(citing.masthead)
        # What is not in the question can have no part in the answer.
        bare = Document("", "ok", masthead=_head(head))
        return self.ask(("resolve", _words(target), head, None), lambda: self._resolver.resolve(target, bare))

    def state(
        self, symbol: str, *, as_of: date, provision: str | None = None,
        issuer: str | None = None, issued: date | None = None, kind: str | None = None,
    ) -> State:  # fmt: skip
        """State of a document or of one of its provisions on a day; `khong_ro` where not known.

        Namesakes that issuer, day of issue and kind do not tell apart give `khong_ro` with `candidates`.
        """
        day, watched, said = self._on(as_of)
        asked = ("state", symbol, said, provision, issuer, _iso(issued), kind)
        found = self.ask(
            asked, lambda: self._state(symbol, watched, provision, issuer, issued, kind),
            lambda state: replace(state, as_of=date.min), days=said == _TODAY,
        )  # fmt: skip
        return replace(found, as_of=day)

    def _on(self, as_of: date) -> tuple[date, date, str]:
        """A day, the same as the day that is worked with, and how a question names it."""
        if isinstance(as_of, Watched):
            return as_of.plain, as_of, _TODAY
        return as_of, as_of, as_of.isoformat()

    def _state(
        self, symbol: str, as_of: date, provision: str | None, issuer: str | None, issued: date | None, kind: str | None
    ) -> State:
        acts = self.acts(symbol, issuer=issuer, issued=issued, kind=kind)
        if len(acts) == 1:
            return self._timeline.state(acts[0], as_of, provision)
        return State(
            symbols.normalise(symbol), provision, as_of, "khong_ro", candidates=tuple(act.label for act in acts),
            kind=kind or symbols.kind_of(symbol), issuer=issuer, issued=issued,
        )  # fmt: skip

    def acts(
        self, symbol: str, *, issuer: str | None = None, issued: date | None = None, kind: str | None = None
    ) -> tuple[Act, ...]:
        """Acts with that symbol that agree with issuer, day of issue and kind, those with a text first.

        One whose text and register row are both missing is there where a text of the corpus ends or changes it, or a
        central act takes it as its legal basis.
        """
        found = self._resolver.select(symbol, kind=kind, issued=issued, issuer=issuer)
        if found:
            return found
        named = self._timeline.named(symbol)
        return tuple(
            act for act in named
            if (issuer is None or act.issuer is None or same_body(act.issuer, issuer))
            and (issued is None or act.date is None or act.date == issued)
            and (kind is None or act.kind is None or act.kind == kind)
        )  # fmt: skip

    def consolidated(
        self, symbol: str, provision: str | None = None, *, as_of: date,
        issuer: str | None = None, issued: date | None = None, kind: str | None = None,
    ) -> Consolidation | None:  # fmt: skip
        """The text of a document or provision on a day; None where it is not known which, or its text is not here."""
        acts = [act for act in self.acts(symbol, issuer=issuer, issued=issued, kind=kind) if act.document is not None]
        if len(acts) != 1:
            return None
        return consolidate(acts[0], self._timeline.events(acts[0]), as_of, provision, self.documents)

    def events(self, act: Act) -> Sequence[Event]:
        """Everything that befell an act, in the order of days."""
        return self._timeline.events(act)

    def chain(self, act: Act, provision: str | None = None) -> Sequence[Link]:
        """Every event of an act (that touches the provision), what came to nothing and conflicts of sources too."""
        line = self._timeline
        return chain(act, line.stated(act), line.events(act), line.registered(act), provision)

    def continued(
        self, symbol: str, *, as_of: date,
        issuer: str | None = None, issued: date | None = None, kind: str | None = None,
    ) -> By | None:  # fmt: skip
        """The announcement, by that day, that a document stays in force though what it details has ended."""
        _, watched, said = self._on(as_of)

        def made() -> By | None:
            acts = self.acts(symbol, issuer=issuer, issued=issued, kind=kind)
            if len(acts) != 1:
                return None
            told = [e for e in self.events(acts[0]) if e.type == "declare_continuing" and e.works(watched)]
            return told[-1].by if told else None

        return self.ask(("continued", symbol, said, None, issuer, _iso(issued), kind), made, days=said == _TODAY)

    def find(
        self, symbol: str, *, issuer: str | None = None, issued: date | None = None
    ) -> Document | None:  # fmt: skip
        """The document of the corpus with that symbol (and issuer, date), None where it has none or several."""

        def made() -> Document | None:
            acts = self._resolver.select(symbol, issued=issued, issuer=issuer)
            found = [act.document for act in acts if act.document]
            return found[0] if len(found) == 1 else None

        told = ("find", symbol, issuer, _iso(issued))
        return self.ask(told, made, lambda found: None if found is None else self.identity([found]))

    def known(self, symbol: str) -> Sequence[KnownDocument]:
        """Rows of the register (the user's own win) for that symbol."""
        return self.ask(("known", symbol), lambda: self._known.documents(symbol))

    def known_effects(self, symbol: str) -> Sequence[KnownEffect]:
        """Effects of the register on that symbol, whole and by provision."""

        def made() -> Sequence[KnownEffect]:
            effects: Sequence[KnownEffect] = getattr(self._known, "effects", lambda _: ())(symbol)
            return effects

        return self.ask(("known_effects", symbol), made)

    def changes_of(self, symbol: str) -> Sequence[Effect]:
        """Effects of the corpus' documents on whatever has that symbol, in the order of paths."""
        return self.ask(("changes_of", symbol), lambda: tuple(self._timeline.changes_of(symbol)))

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        """As `Known.named`."""
        on = None if on is None else plain(on)
        return self.ask(("named", name, _iso(on), year), lambda: self._known.named(name, on, year))

    def institutions(self) -> Sequence[Institution]:
        """Bodies, units, posts, papers and terms that ended or changed their name."""

        def made() -> Sequence[Institution]:
            rows: Sequence[Institution] = getattr(self._known, "institutions", lambda: ())()
            return rows

        return self.ask(("institutions",), made)

    def locate(self, provision: str, document: Document) -> Provision | None:
        """The unit of a document's tree that an id means."""
        return locate(provision, document)

    def newest_central(self) -> date | None:
        """Day of issue of the newest document of the central side, None where there is none."""
        days = [
            document.masthead.date
            for path, document in self._documents.items()
            if document.masthead and document.masthead.date and not is_reviewed(self._sides[path], document)
        ]
        return max(days, default=None)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _words(target: Target) -> Question:
    """A target as a question names it."""
    return (
        target.symbol, target.kind, target.issuer, _iso(target.date), target.name, target.year, target.provision,
        target.self_, target.status,
    )  # fmt: skip


def _target(words: Question) -> Target:
    symbol, kind, issuer, day, name, year, provision, self_, status = words
    return Target(symbol=symbol, kind=kind, issuer=issuer, date=_day(day), name=name, year=year, provision=provision,
                  self_=self_, status=status)  # fmt: skip


def _head_words(head: Masthead | None) -> Question | None:
    """What of a masthead may tell what its document means by a target."""
    if head is None:
        return None
    days = (head.date, head.effective, head.expires)
    return (head.symbol, head.kind, head.issuer, head.authority, head.level, *map(_iso, days), head.normative,
            tuple(head.territory))  # fmt: skip


def _head(words: Question | None) -> Masthead | None:
    if words is None:
        return None
    symbol, kind, issuer, authority, level, day, effective, expires, normative, territory = words
    return Masthead(
        symbol=symbol, kind=kind, issuer=issuer, authority=authority, level=level, date=_day(day),
        effective=_day(effective), expires=_day(expires), normative=normative, territory=tuple(territory),
    )  # fmt: skip


def side_of(path: str) -> Side | None:
    """Side of a path by its folders: below `dia-phuong/` or `trung-uong/`; None elsewhere."""
    parts = path.replace("\\", "/").split("/")[:-1]
    for part in parts:
        if part == "dia-phuong":
            return "dia_phuong"
        if part == "trung-uong":
            return "trung_uong"
    return None


def is_reviewed(side: Side | None, document: Document) -> bool:
    """Whether a document is under review: by its folder, else by its level (unknown is reviewed)."""
    if side is not None:
        return side == "dia_phuong"
    head = document.masthead
    return head is None or head.level not in _GROUND_LEVELS


def is_ground(side: Side | None, document: Document) -> bool:
    """Whether a document may be a ground for others: central and provincial ones, and local ones for their equals."""
    if side is not None:
        return True
    head = document.masthead
    return head is not None and head.level is not None
