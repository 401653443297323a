"""One document of the world: its text in the corpus, its row in the register, or both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus import symbols
from corpus.model import Document, KnownDocument, Level, Masthead, Resolution
from corpus.territory import same_body
from corpus.text import fold


@dataclass(frozen=True, slots=True)
class Act:
    """One document of the world: its text in the corpus (`document`), its row in the register, or both."""

    symbol: str
    kind: str | None
    issuer: str | None
    date: date | None
    title: str | None = None
    level: Level | None = None
    document: Document | None = None
    row: KnownDocument | None = None

    @property
    def path(self) -> str | None:
        return self.document.path if self.document else None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Tells acts apart; equal for two files of one document."""
        day = self.date.isoformat() if self.date else ""
        return symbols.key(self.symbol), self.kind or "", fold(self.issuer or ""), day

    @property
    def label(self) -> str:
        """How a list of candidates shows it: "Luật số 24/2008/QH12 ngày 13/11/2008 (Quốc hội)"."""
        day = f" ngày {self.date.day:02d}/{self.date.month}/{self.date.year}" if self.date else ""
        return symbols.spoken(self.symbol, self.kind) + day + (f" ({self.issuer})" if self.issuer else "")

    def resolution(self, candidates: Iterable[str] = ()) -> Resolution:
        return Resolution(
            symbol=self.symbol, kind=self.kind, issuer=self.issuer, date=self.date, title=self.title, path=self.path,
            in_register=self.row is not None, status="resolved", candidates=tuple(candidates),
        )  # fmt: skip


def act_of(document: Document, head: Masthead) -> Act:
    symbol = head.symbol or ""
    return Act(
        symbol, head.kind or symbols.kind_of(symbol), head.issuer or symbols.issuer_of(symbol), head.date, head.title,
        head.level or symbols.level_of(symbol), document,
    )  # fmt: skip


def one_document(a: Act, b: Act) -> bool:
    """Whether two files with one symbol hold one document: what both tell agrees.

    A day must be told by both, unless the number has a year.
    """
    parts = symbols.parse(a.symbol)
    yearly = parts is not None and parts.year is not None
    return (
        (a.date == b.date if (a.date and b.date) or not yearly else True)
        and (a.kind is None or b.kind is None or "khac" in (a.kind, b.kind) or a.kind == b.kind)
        and (a.issuer is None or b.issuer is None or same_body(a.issuer, b.issuer))
    )


def fuller(a: Act, b: Act) -> Act:
    """Of two files of one document, the one that tells more; the first of equals."""

    def told(act: Act) -> tuple[bool, bool, int]:
        head = act.document.masthead if act.document else None
        return bool(head and head.effective), act.date is not None, len(act.document.text) if act.document else 0

    best, other = (b, a) if told(b) > told(a) else (a, b)
    return replace(
        best, issuer=best.issuer or other.issuer, date=best.date or other.date, title=best.title or other.title
    )  # fmt: skip


def same_act(act: Act, row: KnownDocument) -> bool:
    """Whether a text of the corpus and a row of the register are one document."""
    if act.kind and row.kind not in (act.kind, "khac") and act.kind != "khac":
        return False
    if act.date and row.date and act.date != row.date:
        # A number with a year is given once, so the day was read or noted wrong; one without comes back.
        parts = symbols.parse(act.symbol)
        if parts is None or parts.year is None or symbols.is_local(act.symbol):
            return False
    if act.issuer is None or row.issuer is None or not symbols.is_local(act.symbol):
        return True
    return same_body(act.issuer, row.issuer)


def with_row(act: Act, row: KnownDocument | None) -> Act:
    if row is None:
        return act
    return Act(
        act.symbol, act.kind if act.kind not in (None, "khac") else row.kind, act.issuer or row.issuer,
        act.date or row.date, act.title or row.title, act.level, act.document, row,
    )  # fmt: skip


def distinct(rows: Sequence[KnownDocument]) -> list[KnownDocument]:
    """Rows of one symbol, a document told twice joined: once by its day of issue, once by its first day in force."""
    kept = [row for row in rows if row.date is not None]
    for row in rows:
        if row.date is not None:
            continue
        days = [
            i for i, other in enumerate(kept)
            if other.kind == row.kind and row.effective in (other.date, other.effective)
        ]  # fmt: skip
        if row.effective is None or len(days) != 1:
            kept.append(row)
            continue
        other = kept[days[0]]
        surer = row if other.state == "khong_ro" or (other.certainty == "thap" and row.certainty != "thap") else other
        kept[days[0]] = replace(
            surer, date=other.date, effective=other.effective or row.effective, title=other.title or row.title
        )  # fmt: skip
    return kept
