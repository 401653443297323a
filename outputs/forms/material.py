"""What papers are made from: the office's desk, the year of the paper, what befell each document, full texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from corpus import symbols
from corpus.model import Decision, Desk, Finding, LedgerEntry

NOT_COMPARED = "chưa đối chiếu Nghị định số 187/2025/NĐ-CP"
_BODY = re.compile(r"^(?:(?:Ủy|Uỷ) ban|Hội đồng) nhân dân\s+", re.IGNORECASE)
_UNIT_TYPE = re.compile(r"^(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)\s+", re.IGNORECASE)
_COUNCIL = re.compile(r"^Hội đồng nhân dân\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """What ended, changed or suspended a local document or a provision of it (None: the whole).

    `from_`: first day of the effect; `until`: last day of a suspension. `by_name`: the act in words ("Quyết định số
    … ngày …"). `certain` is False where no list may print it as a fact. `seen`: day its source was last seen.
    """

    type: str
    provision: str | None
    from_: date | None
    by_name: str | None
    by_symbol: str | None = None
    by_provision: str | None = None
    until: date | None = None
    certain: bool = True
    whole: bool = True
    seen: date | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """How the unit and its bodies are named in papers; "…" where the settings have no unit."""

    unit: str | None
    province: str | None
    where: str
    signer: str | None = None

    @property
    def committee(self) -> str:
        return f"Ủy ban nhân dân {self.unit or '…'}"

    @property
    def council(self) -> str:
        return f"Hội đồng nhân dân {self.unit or '…'}"


@dataclass(frozen=True, slots=True)
class Material:
    """All that a paper needs. `changes` and `texts` (full texts, for Mẫu số 05 alone) by key of the register.

    `personal_too`: documents on one person, which stay out by default, may be named. `undecided_too`: findings that the
    officer has not decided yet enter Mẫu số 04 as doubtful rows.
    """

    desk: Desk
    year: int
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    personal_too: bool = False
    undecided_too: bool = False
    _found: Mapping[str, tuple[Finding, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for every document by every paper: 2,000 findings on 500 documents would be a million looks each.
        groups: dict[str, list[Finding]] = {}
        for finding in self.desk.findings:
            if not finding.folded and finding.places:
                groups.setdefault(self.desk.keys.get(finding.path, finding.path), []).append(finding)
        order = {key: tuple(sorted(own, key=_reading)) for key, own in groups.items()}
        object.__setattr__(self, "_found", order)

    @property
    def as_of(self) -> date:
        return self.desk.as_of

    @property
    def compared_187(self) -> bool:
        return self.desk.settings.nd187_compared

    @property
    def names(self) -> Names:
        settings = self.desk.settings
        unit, province = split_unit(self.desk.unit)
        where = settings.place or (_UNIT_TYPE.sub("", unit) if unit else "…")
        return Names(unit, province, where, settings.signer)

    def listed(self) -> tuple[LedgerEntry, ...]:
        """Normative documents that lists may name, in the order of Art. 52: field, legal force, day of issue.

        Not those without number and day: a draft has no effect to list.
        """
        issued = (e for e in self.desk.ledger if e.normative and (e.symbol or e.date))
        kept = (e for e in issued if self.personal_too or not e.personal)
        fields = {name: n for n, name in enumerate(self.desk.settings.units)}
        return tuple(sorted(kept, key=lambda entry: article_52(entry, fields)))

    def left_out(self) -> tuple[LedgerEntry, ...]:
        """Normative documents on one person, which stay out of lists."""
        return () if self.personal_too else tuple(e for e in self.desk.ledger if e.normative and e.personal)

    def unnumbered(self) -> tuple[LedgerEntry, ...]:
        """Normative documents without number and day of issue: drafts, or files that were read too badly."""
        return tuple(e for e in self.desk.ledger if e.normative and not (e.symbol or e.date))

    def unsorted(self) -> tuple[LedgerEntry, ...]:
        """Documents of which nobody knows yet whether they are normative."""
        return tuple(e for e in self.desk.ledger if e.normative is None)

    def findings_of(self, entry: LedgerEntry) -> tuple[Finding, ...]:
        """Findings on a document that count by themselves (none that another one folds), in reading order."""
        own = self._found.get(entry.key, ())
        by_path = self._found.get(entry.path, ()) if entry.path and entry.path != entry.key else ()
        return tuple(sorted((*own, *by_path), key=_reading)) if by_path else own

    def apart(self) -> tuple[Finding, ...]:
        """Findings that stand on no document of the register: what a central act demands and nobody has issued."""
        paths = {entry.path for entry in self.desk.ledger if entry.path}
        keys = {entry.key for entry in self.desk.ledger}
        return tuple(
            f for f in self.desk.findings
            if not f.folded and f.places and f.path not in paths and self.desk.keys.get(f.path) not in keys
        )  # fmt: skip

    def decision(self, finding: Finding) -> Decision | None:
        """The decision that stands on a finding; none where the finding changed since (the officer is asked again)."""
        return None if finding.id in self.desk.again else self.desk.decisions.get(finding.id)

    def accepted(self, entry: LedgerEntry) -> tuple[tuple[Finding, Decision], ...]:
        """Findings on a document whose handling the officer agreed to propose, with the decisions."""
        pairs = ((finding, self.decision(finding)) for finding in self.findings_of(entry))
        return tuple((finding, one) for finding, one in pairs if one and one.verdict in ("dong_y", "sua"))

    def unit_of(self, entry: LedgerEntry, decision: Decision | None = None) -> str | None:
        """Unit in charge: as decided, as the register has it, as the settings have it for the field."""
        chosen = (decision.unit if decision else None) or entry.unit
        what = (decision.field if decision else None) or entry.field
        return chosen or (self.desk.settings.units.get(what) if what else None)


def _reading(finding: Finding) -> tuple[int, str, str]:
    return finding.places[0].start, finding.rule, finding.id


def split_unit(name: str | None) -> tuple[str | None, str | None]:
    """Unit and province in the name of one of its bodies.

    >>> split_unit("Ủy ban nhân dân xã Đồng Lúa, tỉnh Y")
    ('xã Đồng Lúa', 'tỉnh Y')
    """
    parts = [part.strip() for part in _BODY.sub("", (name or "").strip()).split(",")]
    province = next((p for p in parts[1:] if re.match(r"(?:tỉnh|thành phố)\s", p, re.IGNORECASE)), None)
    return parts[0] or None, province


def article_52(entry: LedgerEntry, fields: Mapping[str, int]) -> tuple[object, ...]:
    """Order of NĐ 79/2025 Art. 52; documents without field come last, without day of issue after the dated ones."""
    rank = symbols.rank(entry.kind, entry.level, entry.issuer)
    return (
        entry.field is None, fields.get(entry.field or "", len(fields)), (entry.field or "").casefold(),
        rank if rank is not None else 99, entry.date is None, entry.date or date.max,
        symbols.key(entry.symbol) if entry.symbol else "", entry.key,
    )  # fmt: skip


def is_council(entry: LedgerEntry) -> bool:
    """Issued by a people's council: only a council repeals its documents (Luật 64/2025 Art. 8)."""
    if entry.issuer:
        return bool(_COUNCIL.match(entry.issuer.strip()))
    return bool(entry.symbol and entry.symbol.upper().endswith("HĐND"))
