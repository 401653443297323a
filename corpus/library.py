"""All that is known when rules judge: documents read, register, states over time. Is a `corpus.model.Library`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from corpus import symbols
from corpus.chain import Link, chain
from corpus.consolidate import consolidate
from corpus.model import (
    By,
    Consolidation,
    Document,
    Known,
    KnownDocument,
    KnownEffect,
    KnownName,
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


class CorpusLibrary:
    """Documents by path with the side of the corpus they lie on, and what is known beside them.

    `documents` maps a path to (side, document); side None: the file lies in neither `dia-phuong/` nor `trung-uong/`, so
    its masthead decides (contract, "Reviewed or ground"). Documents that could not be read are left out.
    """

    def __init__(self, documents: Mapping[str, tuple[Side | None, Document]], known: Known) -> None:
        self._sides = {path: side for path, (side, document) in documents.items() if document.readable}
        self._documents = {
            path: document for path, (_, document) in sorted(documents.items()) if document.readable
        }
        self._known = known
        self._resolver = Resolver(self._documents, known)
        self._timeline = Timeline(self._documents, known, self._resolver)
        self._states: dict[tuple[object, ...], State] = {}

    @property
    def documents(self) -> Mapping[str, Document]:
        """Readable documents by path."""
        return self._documents

    def reviewed(self) -> Sequence[Document]:
        """Documents under review, sorted by path."""
        return [document for path, document in self._documents.items() if is_reviewed(self._sides[path], document)]

    def grounds(self) -> Sequence[Document]:
        """Documents that may serve as a ground, sorted by path: all but local ones whose level is not known."""
        return [document for path, document in self._documents.items() if is_ground(self._sides[path], document)]

    def resolve(self, target: Target, citing: Document) -> Resolution:
        """The document that `target` means in `citing`, as of the citing document's date."""
        return self._resolver.resolve(target, citing)

    def state(
        self, symbol: str, *, as_of: date, provision: str | None = None,
        issuer: str | None = None, issued: date | None = None, kind: str | None = None,
    ) -> State:  # fmt: skip
        """State of a document or of one of its provisions on a day; `khong_ro` where not known.

        Namesakes that issuer, day of issue and kind do not tell apart give `khong_ro` with `candidates`.
        """
        question = (symbols.key(symbol), as_of, provision, issuer, issued, kind)
        if question not in self._states:
            self._states[question] = self._state(symbol, as_of, provision, issuer, issued, kind)
        return self._states[question]

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
        acts = self.acts(symbol, issuer=issuer, issued=issued, kind=kind)
        if len(acts) != 1:
            return None
        told = [event for event in self.events(acts[0]) if event.type == "declare_continuing" and event.works(as_of)]
        return told[-1].by if told else None

    def find(
        self, symbol: str, *, issuer: str | None = None, issued: date | None = None
    ) -> Document | None:  # fmt: skip
        """The document of the corpus with that symbol (and issuer, date), None where it has none or several."""
        found = [act.document for act in self._resolver.select(symbol, issued=issued, issuer=issuer) if act.document]
        return found[0] if len(found) == 1 else None

    def known(self, symbol: str) -> Sequence[KnownDocument]:
        """Rows of the register (the user's own win) for that symbol."""
        return self._known.documents(symbol)

    def known_effects(self, symbol: str) -> Sequence[KnownEffect]:
        """Effects of the register on that symbol, whole and by provision."""
        effects: Sequence[KnownEffect] = getattr(self._known, "effects", lambda _: ())(symbol)
        return effects

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        """As `Known.named`."""
        return self._known.named(name, on, year)

    def institutions(self) -> Sequence[Institution]:
        """Bodies, units, posts, papers and terms that ended or changed their name."""
        rows: Sequence[Institution] = getattr(self._known, "institutions", lambda: ())()
        return rows

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
