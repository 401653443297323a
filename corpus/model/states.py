"""States over time, consolidated text, resolution, and the protocol of all that is known when rules judge."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from corpus.model.document import Document, Effect, Target
from corpus.model.known import KnownDocument, KnownEffect, KnownName
from corpus.model.vocabulary import Certainty, StateCertainty, StateName, TargetStatus

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class By:
    """One act (and clause) that made a state. `quote`/`path` where its text is in the corpus."""

    symbol: str
    provision: str | None
    type: str
    from_: date | None
    quote: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """State of a document or provision on a day, as `rasoat status` prints it.

    `strength` is the strongest certainty that a finding resting on this state may carry (table in
    the contract): "chac_chan", "can_kiem_tra" or "goi_y".
    """

    symbol: str
    provision: str | None
    as_of: date
    state: StateName
    since: date | None = None
    by: tuple[By, ...] = ()
    certainty: StateCertainty = "chua_xac_minh"
    strength: Certainty = "goi_y"
    seen: date | None = None
    source: str | None = None
    candidates: tuple[str, ...] = ()
    kind: str | None = None
    issuer: str | None = None
    issued: date | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a consolidated text with the act and provision it comes from."""

    provision: str | None
    text: str
    source_symbol: str
    source_provision: str | None
    from_: date | None = None


@dataclass(frozen=True, slots=True)
class Consolidation:
    """Text on a date. `not_applied`: instructions that could not be applied exactly, as `By` with quote."""

    symbol: str
    provision: str | None
    as_of: date
    text: str
    pieces: tuple[Piece, ...]
    not_applied: tuple[By, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which document a target means. `path` where its text is in the corpus."""

    symbol: str | None
    kind: str | None = None
    issuer: str | None = None
    date: date | None = None
    title: str | None = None
    path: str | None = None
    in_register: bool = False
    status: TargetStatus = "named"
    candidates: tuple[str, ...] = ()


class Library(Protocol):
    """All that is known when rules judge: the documents read, the register, states over time.

    `corpus.library.CorpusLibrary` is the one of the program; tests may hand in a small one.
    """

    @property
    def documents(self) -> Mapping[str, Document]:
        """Readable documents by path (`corpus/dia-phuong/…`, as in findings)."""
        ...

    def reviewed(self) -> Sequence[Document]:
        """Documents under review, sorted by path."""
        ...

    def under_review(self, document: Document) -> bool:
        """Whether this document of the corpus is under review."""
        ...

    def grounds(self) -> Sequence[Document]:
        """Documents that may serve as a ground (central, provincial; local ones too), sorted by path."""
        ...

    def resolve(self, target: Target, citing: Document) -> Resolution:
        """The document that `target` means in `citing`, as of the citing document's date."""
        ...

    def state(
        self, symbol: str, *, as_of: date, provision: str | None = None,
        issuer: str | None = None, issued: date | None = None, kind: str | None = None,
    ) -> State:  # fmt: skip
        """State of a document or of one of its provisions on a day; `khong_ro` where not known."""
        ...

    def continued(
        self, symbol: str, *, as_of: date,
        issuer: str | None = None, issued: date | None = None, kind: str | None = None,
    ) -> By | None:  # fmt: skip
        """The announcement, by that day, that a document stays in force though what it details has ended."""
        ...

    def find(self, symbol: str, *, issuer: str | None = None, issued: date | None = None) -> Document | None:
        """The document of the corpus with that symbol (and issuer, date), None where it has none."""
        ...

    def known(self, symbol: str) -> Sequence[KnownDocument]:
        """Rows of the register (the user's own win) for that symbol."""
        ...

    def known_effects(self, symbol: str) -> Sequence[KnownEffect]:
        """Effects of the register on that symbol, whole and by provision."""
        ...

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        """As `Known.named`."""
        ...

    def changes_of(self, symbol: str) -> Sequence[Effect]:
        """Effects of the corpus' documents on whatever has that symbol, in the order of paths."""
        ...

    def ask(
        self, question: tuple[Any, ...], make: Callable[[], T], told: Callable[[T], object] | None = None
    ) -> T:  # fmt: skip
        """An answer that a rule works out over the whole corpus, once for each question (`rules.asked`)."""
        ...

    def note(self, key: str) -> None:
        """Something beside the documents was looked at (`rules.asked`)."""
        ...

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """What a rule makes once for the whole corpus (`rules.asked.made_once`)."""
        ...

    def kept_for(self, document: Document, name: str, make: Callable[[], T]) -> T:
        """What rules make once for the document that is judged (`rules.grounds`)."""
        ...

    def identity(self, documents: Sequence[Document]) -> str:
        """Hash of documents of the corpus, "" where nobody asks for it."""
        ...
