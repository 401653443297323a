"""Standing findings as columns of small numbers: filters, counts of every choice, search and pages without a query.

The store keeps the truth; this index is made from it when a run has been added and follows each decision. A page then
asks the store for the fifty findings that it shows (docs/decisions/0017; `python -m bench workbench`).
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import repeat
from operator import contains
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.model import Decision
from corpus.office.decisions import ACCEPTED
from corpus.records import finding_of
from outputs import words
from outputs.report_view import UNKNOWNS, WORKLIST
from rules.identity import evidence_hash

Row = tuple[str, str | None, int, Mapping[str, Any]]
Mask = NDArray[np.bool_]

KINDS = ("can_xu_ly", "ghi_nhan", "truoc_sap_xep", "chua_xac_minh")
"""What a finding is in the work: an alarm, a quiet note, a line of the worklist HL05, an unverified citation VD05."""
STANDINGS = ("chua", "hoi_lai", "dong_y", "sua", "khong_dong_y", "hoan", "chua_xac_dinh", "da_xu_ly")
"""Where the work on a finding stands: not decided, asked again, the verdict that stands, dealt with by a document."""
FACETS = (
    "loai", "xu_ly", "nhom", "muc_do", "do_chac", "tinh_trang", "don_vi", "linh_vuc", "quy_tac", "van_ban",
    "nguyen_nhan", "viec",
)  # fmt: skip
FIXED = ("loai", "nhom", "muc_do", "do_chac", "tinh_trang", "quy_tac", "van_ban", "nguyen_nhan")
"""Facets that only a run changes."""
OPEN = "mo"
"""A value of `xu_ly` that means two: not decided, or asked again."""
_PLAIN = bytes(c if chr(c).isalnum() else 32 for c in range(128)) + b" " * 128


@dataclass(frozen=True, slots=True)
class Filters:
    """What the officer asked for: one value for each facet (no key: any), and words."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(slots=True)
class Column:
    """One facet: `codes[i]` is the number in `values` of finding i."""

    values: list[str]
    codes: NDArray[np.int32]

    def set(self, i: int, value: str) -> None:
        if value not in self.values:
            self.values.append(value)
        self.codes[i] = self.values.index(value)

    def mask(self, value: str) -> Mask:
        if value == OPEN:
            return self.mask("chua") | self.mask("hoi_lai")
        if value not in self.values:
            return np.zeros(len(self.codes), bool)
        found: Mask = self.codes == self.values.index(value)
        return found

    def ranked(self, mask: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Numbers of the values that are met, the most frequent first, and how often each is."""
        numbers = np.bincount(self.codes[mask], minlength=len(self.values))
        met = np.flatnonzero(numbers)
        order = met[np.argsort(-numbers[met], kind="stable")]
        return order, numbers[order]

    def counts(self, mask: Mask, most: int | None = None) -> dict[str, int]:
        """How often each value is met; at most `most` of them, the most frequent ones."""
        order, numbers = self.ranked(mask)
        return {self.values[int(i)]: int(n) for i, n in zip(order[:most], numbers[:most], strict=True)}


class Index:
    """Findings in the order of weight: severity, certainty, document, place."""

    def __init__(
        self, rows: Iterable[Row], decisions: Mapping[str, Decision], handled: Iterable[str], today: date,
        owner: Callable[[str, str | None], tuple[str, str]],
    ) -> None:  # fmt: skip
        """`owner(path, document key)` gives field and unit, "" where not known; `handled`: ids and keys dealt with."""
        self.today = today
        self._dealt = frozenset(handled)
        self._owner = owner
        self.names: dict[str, str] = {}
        self._hashes: dict[str, str] = {}
        read = [self._read(*row, decisions.get(row[0])) for row in rows]
        read.sort(key=lambda one: one.order)
        self.ids = [one.order[-1] for one in read]
        self._at = {identity: i for i, identity in enumerate(self.ids)}
        self._homes = [one.home for one in read]
        self._counts = [one.counts for one in read]
        self._texts = [one.text for one in read]
        standings = [
            self._mutable(identity, one.home, one.counts, decisions.get(identity))
            for identity, one in zip(self.ids, read, strict=True)
        ]
        self.columns = {name: _column([one.facts[i] for one in read]) for i, name in enumerate(FIXED)}
        self.columns |= {name: _column([one[name] for one in standings]) for name in FACETS if name not in FIXED}
        self._found: dict[bytes, Mask] = {}

    @property
    def all_new(self) -> bool:
        """Whether every finding is new, as after a first run: then being new says nothing."""
        return self.columns["tinh_trang"].values in ([], ["new"])

    def __len__(self) -> int:
        return len(self.ids)

    def position(self, identity: str) -> int | None:
        return self._at.get(identity)

    def value(self, facet: str, i: int) -> str:
        column = self.columns[facet]
        return column.values[int(column.codes[i])]

    # --- asking --------------------------------------------------------------------------------------

    def matching(self, filters: Filters) -> Mask:
        """Which findings the filters let through."""
        return self._all(self._masks(filters), None)

    def counted(self, filters: Filters, facets: Sequence[str], most: int | None = None) -> dict[str, dict[str, int]]:
        """For each facet, how many findings each of its values would give while the other filters stay.

        At most `most` values of each, the most frequent ones.
        """
        masks = self._masks(filters)
        return {name: self.columns[name].counts(self._all(masks, name), most) for name in facets}

    def page(self, mask: Mask, start: int, size: int) -> list[str]:
        """Ids of the findings at [start, start + size) of those that match, in order."""
        return [self.ids[i] for i in np.flatnonzero(mask)[start : start + size]]

    def around(self, mask: Mask, identity: str) -> tuple[int, int, str | None, str | None]:
        """Place (1-based; 0: it does not match) of a finding among those that match, their number, neighbours' ids."""
        found = np.flatnonzero(mask)
        here = self._at.get(identity, -1)
        left = int(np.searchsorted(found, here))
        inside = left < len(found) and found[left] == here
        before = self.ids[found[left - 1]] if left > 0 else None
        after = left + 1 if inside else left
        following = self.ids[found[after]] if after < len(found) else None
        return (left + 1 if inside else 0), len(found), before, following

    def groups(self, mask: Mask, facet: str, start: int, size: int) -> tuple[int, list[tuple[str, int]]]:
        """How many values of a facet are met, and those at [start, start + size) with their counts, largest first."""
        column = self.columns[facet]
        order, numbers = column.ranked(mask)
        part = slice(start, start + size)
        return len(order), [(column.values[i], int(n)) for i, n in zip(order[part], numbers[part], strict=True)]

    def _masks(self, filters: Filters) -> dict[str, Mask]:
        masks = {name: self.columns[name].mask(value) for name, value in filters.chosen.items() if name in self.columns}
        if filters.text.strip():
            masks["tim"] = self._search(filters.text)
        return masks

    def _all(self, masks: Mapping[str, Mask], but: str | None) -> Mask:
        whole: Mask = np.ones(len(self.ids), bool)
        for name, mask in masks.items():
            if name != but:
                whole &= mask
        return whole

    def _search(self, text: str) -> Mask:
        """Findings that hold the words as they stand; where none does, those that hold each of them."""
        phrase = plain(text)
        found = self._holding(phrase)
        if not found.any() and b" " in phrase:
            found = np.ones(len(self.ids), bool)
            for word in phrase.split():
                found = found & self._holding(word)
        return found

    def _holding(self, phrase: bytes) -> Mask:
        if phrase in self._found:
            return self._found[phrase]
        # `map` over `contains` never leaves C: 60 ms for 100,000 texts, however many of them match.
        mask: Mask = np.fromiter(map(contains, self._texts, repeat(phrase)), bool, len(self._texts))
        if len(self._found) > 64:
            self._found.clear()
        self._found[phrase] = mask
        return mask

    # --- following the store -------------------------------------------------------------------------

    def decided(self, identity: str, decision: Decision | None, record: Mapping[str, Any]) -> None:
        """Take in the decision that now stands on a finding (None: taken back)."""
        i = self._at.get(identity)
        if i is None:
            return
        self._hashes[identity] = evidence_hash(finding_of(dict(record)))
        for name, value in self._mutable(identity, self._homes[i], self._counts[i], decision).items():
            self.columns[name].set(i, value)

    def _read(
        self, identity: str, key: str | None, first_run: int, record: Mapping[str, Any], decision: Decision | None
    ) -> _Read:
        """What the index keeps of a finding; the record itself is let go."""
        path = sys.intern(str(record["document"]["path"]))
        self.names.setdefault(path, name_of(record))
        if decision is not None:
            self._hashes[identity] = evidence_hash(finding_of(dict(record)))
        rule = sys.intern(str(record["rule"]))
        target = record["target"]
        cause = " ".join(filter(None, (rule, target["symbol"], target["provision"])))
        facts = (
            _kind(record), rule.rstrip("0123456789"), record["severity"], record["certainty"], record["state"], rule,
            path, cause,
        )  # fmt: skip
        kept = tuple(map(sys.intern, facts))
        return _Read(_order(identity, record), (path, key), kept, _counts(record), _searched(record, self.names))

    def _mutable(
        self, identity: str, home: tuple[str, str | None], counts: bool, decision: Decision | None
    ) -> dict[str, str]:
        """Facts that change with decisions: where the work stands, field and unit, whether it counts."""
        path, key = home
        dealt = identity in self._dealt or (key or path) in self._dealt
        field_, unit = self._owner(path, key)
        return {
            "viec": "co" if counts or (decision and decision.verdict in ACCEPTED) else "",
            "xu_ly": standing(decision, self._hashes.get(identity), dealt, self.today),
            "linh_vuc": (decision.field if decision else None) or field_,
            "don_vi": (decision.unit if decision else None) or unit,
        }


@dataclass(frozen=True, slots=True)
class _Read:
    """A finding as the index reads it; `facts` in the order of `FIXED`."""

    order: tuple[int, int, str, int, str]
    home: tuple[str, str | None]
    facts: tuple[str, ...]
    counts: bool
    text: bytes


def standing(decision: Decision | None, evidence: str | None, dealt: bool, today: date) -> str:
    """One of `STANDINGS`; `evidence` is the hash of what the finding rests on now."""
    if dealt:
        return "da_xu_ly"
    if decision is None:
        return "chua"
    changed = decision.evidence_hash is not None and evidence is not None and decision.evidence_hash != evidence
    if changed or (decision.until is not None and decision.until <= today):
        return "hoi_lai"
    return decision.verdict


def is_open(standing: str) -> bool:
    """Whether the officer still has to decide."""
    return standing in ("chua", "hoi_lai")


def is_proposed(standing: str) -> bool:
    """Whether the decision that stands on a finding carries its handling forward: agreed, or with a proposal mended."""
    return standing in ACCEPTED


def plain(text: str) -> bytes:
    """Small base letters, digits and single spaces: what search compares. All of it at the speed of C."""
    folded = unicodedata.normalize("NFD", text).lower().replace("đ", "d")
    return b" ".join(folded.encode("ascii", "ignore").translate(_PLAIN).split())


def name_of(record: Mapping[str, Any]) -> str:
    """Name of a finding's document: its number and day, else its file's name."""
    head = record["document"]
    if not head["symbol"]:
        return str(head["path"]).rsplit("/", 1)[-1]
    day = f" ngày {words.date_short(date.fromisoformat(head['date']))}" if head["date"] else ""
    return f"{head['symbol']}{day}"


def _order(identity: str, record: Mapping[str, Any]) -> tuple[int, int, str, int, str]:
    severity = list(words.SEVERITIES).index(record["severity"])
    certainty = list(words.CERTAINTIES).index(record["certainty"])
    return severity, certainty, sys.intern(record["document"]["path"]), record["start"], identity


def _kind(record: Mapping[str, Any]) -> str:
    if record["rule"] == WORKLIST:
        return "truoc_sap_xep"
    if record["rule"] == UNKNOWNS:
        return "chua_xac_minh"
    return "ghi_nhan" if record["folded"] or record["severity"] == "thong_tin" else "can_xu_ly"


def _counts(record: Mapping[str, Any]) -> bool:
    """Whether it counts in the work before any decision, as `corpus.office.decisions.needs_handling` has it."""
    return not record["folded"] and record["severity"] != "thong_tin" and record["certainty"] != "goi_y"


def _column(values: list[str]) -> Column:
    numbers: dict[str, int] = {}
    codes = np.fromiter((numbers.setdefault(value, len(numbers)) for value in values), np.int32, len(values))
    return Column(list(numbers), codes)


def _searched(record: Mapping[str, Any], names: Mapping[str, str]) -> bytes:
    path = record["document"]["path"]
    target = record["target"]["symbol"] or ""
    rule = record["rule"]
    parts = (rule, _rule_name(rule), names[path], path, record["quote"], record["message"], target)
    return plain(" ".join(parts))


_rule_name = lru_cache(maxsize=256)(words.rule_name)
