"""What the review page needs from the rest of the program; `flows.workbench` hands it in."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from corpus.model import Clock, Consolidation, Document, LedgerEntry, OfficeSettings, State
from corpus.store import Store

Level = Literal["tot", "chu_y", "hong"]
JobState = Literal["cho", "dang_chay", "xong", "hong"]


@dataclass(frozen=True, slots=True)
class Job:
    """Something that takes longer than a click: `what` is "ra_soat" (a review) or "giay_to" (a paper of `year`).

    `documents`: keys of the documents that the paper is for, none: all that it applies to.
    """

    what: str
    year: int | None = None
    paper: str | None = None
    pdf: bool = False
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobReport:
    """How a job is doing: the step it is in, how much of it is done (0–1, None: not known), what it made and told."""

    job: Job
    state: JobState
    step: str = ""
    part: float | None = None
    message: str | None = None
    files: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that can be made: `code`, its name, what it holds, the work that it belongs to."""

    code: str
    name: str
    note: str
    group: str


@dataclass(frozen=True, slots=True)
class LawText:
    """A provision of an act on a day: its text (None: not in the corpus) and the state of the act or provision."""

    text: Consolidation | None
    state: State | None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: a code, how it is, what the officer reads, and the figure behind it (None: there is
    none yet)."""

    code: str
    level: Level
    text: str
    value: str | int | float | None = None


class Door(Protocol):
    """The world outside the page."""

    @property
    def unit(self) -> str | None:
        """Whose documents they are."""
        ...

    @property
    def unit_guessed(self) -> bool:
        """Whether nobody named the unit: it is then the issuer of the newest document under review."""
        ...

    @property
    def officer(self) -> str:
        """In whose name decisions are kept."""
        ...

    @property
    def settings(self) -> OfficeSettings: ...

    def today(self) -> date: ...

    def reading(self) -> AbstractContextManager[Store]:
        """The store for reading: never waits."""
        ...

    def writing(self) -> AbstractContextManager[Store]:
        """The store for writing. Raises `StoreBusy` where a run holds it for longer than a few seconds."""
        ...

    def document(self, path: str) -> Document | None:
        """A document of the corpus as it was read, with the officer's corrections."""
        ...

    def law(self, symbol: str, provision: str | None, on: date) -> LawText:
        """The text and state of a provision of any act on a day."""
        ...

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """The register of documents, as of today."""
        ...

    def clocks(self) -> tuple[Clock, ...]:
        """What is due, soonest first."""
        ...

    def newest_central(self) -> date | None: ...

    def health(self) -> tuple[Check, ...]:
        """How everything that runs unattended is doing; some seconds old at most. Never raises."""
        ...

    def page_image(self, path: str, page: int) -> bytes | None:
        """A page of a PDF of the corpus as PNG; None where the file has no such page or is no PDF."""
        ...

    def original(self, path: str) -> bytes | None:
        """The bytes of a file of the corpus."""
        ...

    def take_in(self, side: str, name: str, data: bytes) -> str:
        """Put an uploaded file into the corpus; gives its path. Raises `ValueError` (Vietnamese) where it may not."""
        ...

    def submit(self, job: Job) -> None:
        """Start a job, unless one is running (`ValueError`, Vietnamese)."""
        ...

    def job(self) -> JobReport | None:
        """The job that is running, or the last one."""
        ...

    def papers(self) -> tuple[Paper, ...]:
        """The papers that can be made."""
        ...

    def made(self) -> Mapping[str, int]:
        """Papers that lie in the outputs: name below `outputs/` and size in bytes, the newest first."""
        ...

    def paper(self, name: str) -> bytes | None:
        """The bytes of one of `made`."""
        ...
