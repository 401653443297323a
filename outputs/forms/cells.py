"""A filled place of a paper: its text, how sure it is, and the finding or register row that it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

DOUBT = "(cần xác minh)"
BLANK = "…"
Status = Literal["filled", "uncertain", "missing"]
Kind = Literal["finding", "decision", "ledger", "event", "opinion", "conclusion", "settings", "input"]
KIND_WORDS: dict[Kind, str] = {
    "finding": "Phát hiện", "decision": "Quyết định của công chức", "ledger": "Sổ văn bản",
    "event": "Văn bản tác động", "opinion": "Ý kiến của đơn vị", "conclusion": "Kết luận kiểm tra",
    "settings": "Cấu hình", "input": "Người lập biểu nhập",
}  # fmt: skip
STATUS_WORDS: dict[Status, str] = {"filled": "Đã điền", "uncertain": "Cần xác minh", "missing": "Còn thiếu"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from. `id`: the finding's identity or the register's key; `seen`: the day it was last seen."""

    kind: Kind
    id: str
    name: str
    seen: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with its sources. One that is `uncertain` is always shown with `DOUBT`, a `missing` one as `BLANK`."""

    text: str
    sources: tuple[Source, ...] = ()
    status: Status = "filled"

    @property
    def shown(self) -> str:
        """The text as a paper may print it: no doubt as a fact, no gap as nothing.

        >>> Cell("01/7/2018", status="uncertain").shown, Cell("", status="missing").shown
        ('01/7/2018 (cần xác minh)', '…')
        """
        if self.status == "missing":
            return self.text or BLANK
        if self.status == "uncertain" and DOUBT not in self.text:
            return f"{self.text or BLANK} {DOUBT}"
        return self.text


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and where it stands in its paper: "A.I.2, cột 5" or the name of a place to fill in."""

    place: str
    cell: Cell


@dataclass(slots=True)
class Filler:
    """Notes every place that a running text fills, so that the paper can be traced; `put` gives the text to print."""

    placed: list[Placed] = field(default_factory=list)

    def put(self, place: str, cell: Cell) -> str:
        self.placed.append(Placed(place, cell))
        return cell.shown

    def given(self, place: str, text: str | None, source: Source) -> str:
        """`text` as it is known, or a gap."""
        return self.put(place, known(text, source))


def known(text: str | None, *sources: Source) -> Cell:
    """A cell with this text, or a gap where there is none."""
    clean = text.strip() if text else ""
    return Cell(clean, sources) if clean else Cell("", sources, "missing")


def tally(placed: Iterable[Placed]) -> dict[Status, int]:
    """How many places are filled, uncertain and missing."""
    found = Counter(item.cell.status for item in placed)
    return {"filled": found["filled"], "uncertain": found["uncertain"], "missing": found["missing"]}


def placed_words(placed: Sequence[Placed]) -> str:
    """ "Đã điền 120 ô; cần xác minh 4 ô; còn thiếu 7 ô"."""
    found = tally(placed)
    return f"Đã điền {found['filled']} ô; cần xác minh {found['uncertain']} ô; còn thiếu {found['missing']} ô"
