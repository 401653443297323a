"""What extraction gives: masthead, provisions, citations, effects, and the document of them all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from corpus.model.lines import Text, TextLine, Unsure
from corpus.model.quick import quick
from corpus.model.vocabulary import Day, EffectType, Level, Outcome, Role, TargetStatus

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who issued what, when: the `document` part of the contract, and where it was read.

    `spans` maps a field name ("symbol", "date", "title", "issuer", "signer", "motto", "recipients",
    "signature", "bases", "effect") to its range in the text; a part that is not there has no entry.
    `territory` is the chain of unit names from the smallest up, with their kind, as printed
    ("thị trấn Vĩnh Lộc", "huyện Vĩnh Lộc", "tỉnh Thanh Hóa"). `symbol_as_written` keeps the letters
    of a symbol that had to be normalised.
    """

    symbol: str | None = None
    kind: str | None = None
    issuer: str | None = None
    authority: str | None = None
    level: Level | None = None
    date: date | None = None
    effective: Day | None = None
    expires: Day | None = None
    title: str | None = None
    signer: str | None = None
    normative: bool | None = None
    symbol_as_written: str | None = None
    territory: tuple[str, ...] = ()
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)  # by part, as `spans`: what OCR read badly in it


@quick
@dataclass(frozen=True, slots=True)
class Provision:
    """A unit of the text: its own heading line and everything below it.

    `id` as in the contract (`art_5__cl_2__pt_a`, `out_II__2__2.1`, `att_1__art_3`); `num` as printed
    ("5", "a", "II"); `nth` is 2, 3 … for a unit whose number was used before, else 1.
    """

    id: str
    kind: str
    num: str | None
    heading: str | None
    start: int
    end: int
    page: int = 1
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Text that an amending act quotes: it belongs to another act.

    `start`/`end` lie inside the quotation marks. `units` are the units seen inside (ids relative to
    the quoted act, as far as the quotation itself tells); they are never provisions of the document.
    """

    start: int
    end: int
    units: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a text, in reading order (a unit comes before the units inside it), and quotations."""

    provisions: tuple[Provision, ...]
    quotes: tuple[Quote, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Target:
    """One provision or document that a citation means."""

    symbol: str | None = None
    kind: str | None = None
    date: date | None = None
    issuer: str | None = None
    name: str | None = None
    year: int | None = None
    provision: str | None = None
    self_: bool = False
    status: TargetStatus = "named"


@quick
@dataclass(frozen=True, slots=True)
class Citation:
    """One mention, expanded: one target for each provision or document it means."""

    start: int
    end: int
    text: str
    page: int
    in_: str | None
    role: Role
    targets: tuple[Target, ...]
    doubt: str | None = None
    corrected_from: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Effect:
    """What a clause does to another clause or document. `target.self_` for the document itself.

    `from_` is the first day of the effect (of `expire`: the first day no longer in force); `until`
    the last day of a term, suspension or extension. `to` is the body of a `delegate`. `partial`: only a
    part of the target that an id cannot say is meant (some procedures of a published list, "một phần X").
    `by`: the act (and clause) that did it, where this text only tells of it (the footnote of a văn bản hợp nhất);
    None: the document itself.
    """

    type: EffectType
    in_: str | None
    start: int
    end: int
    target: Target
    from_: date | None = None
    until: date | None = None
    old_text: str | None = None
    new_text: str | None = None
    to: str | None = None
    partial: bool = False
    by: Target | None = None


@quick
@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. Where `outcome` is not "ok", `masthead` is None and the rest mostly empty.

    `unsure`: the places of the text that OCR read badly or that were mended, in reading order; only on scans.
    `warnings`: what the officer must know of a file that was read (Vietnamese sentences, without the path): pages that
    could not be read, what the file would do where a program obeyed it.
    """

    path: str
    outcome: Outcome
    message: str | None = None
    masthead: Masthead | None = None
    text: str = ""
    lines: tuple[TextLine, ...] = ()
    provisions: tuple[Provision, ...] = ()
    quotes: tuple[Quote, ...] = ()
    citations: tuple[Citation, ...] = ()
    effects: tuple[Effect, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        return self.outcome == "ok"

    def page_at(self, offset: int) -> int:
        """Page (1-based) of the character at `offset`."""
        return Text(self.text, self.lines).page_at(offset)

    def provision_at(self, offset: int) -> Provision | None:
        """Innermost provision around `offset`, None outside all."""
        return innermost(self.provisions, offset)


def innermost(provisions: Sequence[Provision], offset: int) -> Provision | None:
    """Innermost of `provisions` (in reading order) around `offset`, None outside all."""
    best: Provision | None = None
    for i in range(bisect_right(provisions, offset, key=_START) - 1, -1, -1):
        unit = provisions[i]
        if offset < unit.end and (best is None or unit.end - unit.start < best.end - best.start):
            best = unit
        if unit.kind in ("dieu", "muc_la_ma") and best is not None:
            break
    return best
