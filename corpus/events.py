"""Events: what befell an act or one of its provisions, read in a text or known to the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus import symbols
from corpus.model import By, Certainty, Document, Effect, KnownEffect, Level, Resolution, StateCertainty
from corpus.resolve import Act
from corpus.territory import same_body

KNOWLEDGE_DAY = date(2026, 11, 24)
"""The day of the shipped register: what it says without a date holds from then on."""

ENDINGS = ("repeal", "replace", "declare_expired", "expire")
CHANGES = (*ENDINGS, "amend", "insert", "substitute", "insert_text", "delete_text")
ANNOUNCEMENTS = ("declare_expired", "declare_continuing")
"""They change nothing: a committee may announce what befell its council's documents too (NĐ 79/2025 Art. 43)."""
ADDITIONS = ("insert", "insert_text")
"""Changes after which all that was there still holds: they do not make an act "in force in part"."""
STRENGTHS: tuple[Certainty, ...] = ("goi_y", "can_kiem_tra", "chac_chan")
_ORDER = {"insert": 0, "amend": 1, "substitute": 2, "insert_text": 3, "delete_text": 4, "replace": 5}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that befell an act or one of its provisions (None: the act).

    `from_` None: the day is not known; then `not_before` (day of the acting document) is the earliest possible.
    `whole`: the named unit itself is meant, else something inside it. `by` None: not known by whom.
    `told`: a text tells of it that did not make it (a footnote of a văn bản hợp nhất, a legal basis). `powerless`: the
    acting document stands below the act and cannot change it (`over`): shown in the chain, never folded.
    """

    provision: str | None
    type: str
    from_: date | None
    by: By | None
    whole: bool = True
    until: date | None = None
    not_before: date | None = None
    in_text: bool = True
    sure: Certainty = "chac_chan"
    source: str | None = None
    seen: date | None = None
    old_text: str | None = None
    new_text: str | None = None
    told: bool = False
    powerless: bool = False

    @property
    def certainty(self) -> StateCertainty:
        return "van_ban" if self.in_text else "chua_xac_minh" if self.sure == "goi_y" else "danh_muc"

    def works(self, as_of: date) -> bool:
        """Whether the event has taken effect by that day. One without a date has once its acting document is there."""
        if self.from_ is not None:
            return self.from_ <= as_of
        return self.not_before is not None and self.not_before <= as_of

    @property
    def fact(self) -> tuple[str, str, str]:
        """What happened to what by whom: two sources that agree in it tell one event."""
        by = symbols.key(self.by.symbol) if self.by else ""
        return self.provision or "", self.type, by

    @property
    def order(self) -> tuple[object, ...]:
        """Total order: by day, on one day insertions first and repeals last."""
        day = self.from_ or self.not_before or date.min
        by = self.by.symbol if self.by else ""
        clause = (self.by.provision or "") if self.by else ""
        return (
            day, _ORDER.get(self.type, 9), by, clause, self.provision or "", self.type, self.old_text or "",
            self.new_text or "", not self.in_text,
        )  # fmt: skip


def event_of(document: Document, effect: Effect) -> Event:
    """What one effect of a text did. One that means only a part which no id can say never ends its whole target."""
    head = document.masthead
    start = effect.from_ or (head.effective if head else None)
    symbol, clause = (head.symbol if head else None) or "", effect.in_
    path: str | None = document.path
    if effect.by is not None:
        symbol, clause, path = effect.by.symbol or "", effect.by.provision, None
        start = effect.from_  # the first day of the text that tells of it is not that of the act that did it
    quote = document.text[effect.start : effect.end] or None
    named = effect.target.provision is not None
    whole = not effect.partial and (
        effect.type in ENDINGS or (named and (effect.type == "insert" or (
            effect.type == "amend" and effect.new_text is not None)))
    )  # fmt: skip
    return Event(
        provision=effect.target.provision, type=effect.type, from_=start,
        by=By(symbol, clause, effect.type, start, quote, path), whole=whole, until=effect.until,
        not_before=(head.date if head else None), in_text=True, sure="chac_chan" if start else "can_kiem_tra",
        source=(head.symbol if head else None) or document.path, seen=start or (head.date if head else None),
        old_text=effect.old_text, new_text=effect.new_text, told=effect.by is not None,
    )  # fmt: skip


def known_event(effect: KnownEffect, acting_day: date | None, powerless: bool = False) -> Event:
    """What one row of the register did; no more than a hint where its act stands below and could not.

    `acting_day`: the day of issue of its act, for an undated row the latest that it can have been.
    """
    sure: Certainty = "goi_y" if effect.certainty == "thap" else "can_kiem_tra"
    if effect.certainty == "cao" and effect.from_:
        sure = "chac_chan"
    if sure == "chac_chan" and effect.from_ and acting_day and effect.from_ < acting_day:
        sure = "can_kiem_tra"  # from before its act was issued: seldom true, most often a wrong year
    if powerless:
        sure = "goi_y"
    ref = f": {effect.source_ref}" if effect.source_ref else ""
    return Event(
        provision=effect.affected_provision, type=effect.type, from_=effect.from_,
        by=By(effect.by_symbol, effect.by_provision, effect.type, effect.from_), whole=effect.scope == "whole",
        not_before=acting_day or (None if effect.from_ else KNOWLEDGE_DAY), in_text=False, sure=sure,
        source=f"danh mục ({effect.source_kind}{ref})", seen=effect.from_,
    )  # fmt: skip


def joined(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events in the order of days, each once. What a text tells, the register need not tell again.

    One act may change several phrases of one unit: such events differ in their texts and are all kept.
    """
    found: dict[tuple[object, ...], Event] = {}
    told: set[tuple[str, str, str]] = set()
    for event in sorted(events, key=_preference):
        if (event.told or not event.in_text) and event.fact in told:
            continue
        told.add(event.fact)
        found.setdefault((*event.fact, event.old_text, event.new_text), event)
    return tuple(sorted(found.values(), key=lambda event: event.order))


def _preference(event: Event) -> tuple[object, ...]:
    """Of two tellings of one event: the text that made it, then one that tells of it; the dated, surest, earliest."""
    return (
        not event.in_text, event.told, event.from_ is None, -STRENGTHS.index(event.sure), event.from_ or date.max,
        not event.whole, event.by.provision or "" if event.by else "", event.new_text or "", event.source or "",
    )  # fmt: skip


def means(meant: Resolution, act: Act) -> bool:
    """Whether a resolved target is this act."""
    if meant.symbol is None or meant.status == "ambiguous" or symbols.key(meant.symbol) != symbols.key(act.symbol):
        return False
    if meant.path is not None or act.path is not None:
        if meant.path != act.path:
            return False
    elif meant.in_register != (act.row is not None):
        return False
    if meant.kind and act.kind and "khac" not in (meant.kind, act.kind) and meant.kind != act.kind:
        return act.path is not None or act.row is not None
    if meant.issuer and act.issuer and symbols.is_local(act.symbol) and not same_body(meant.issuer, act.issuer):
        return False
    if meant.date and act.date and meant.date != act.date:
        parts = symbols.parse(act.symbol)
        return parts is not None and parts.year is not None
    return True


def may_change(document: Document, act: Act, kind: str | None = None) -> bool:
    """Whether the document's rank lets it do that (the type of an effect) to the act: `over`, by its masthead."""
    head = document.masthead
    if head is None or head.symbol is None:
        return True
    level = head.level or symbols.level_of(head.symbol)
    if kind in ANNOUNCEMENTS and level is not None and level == (act.level or symbols.level_of(act.symbol)):
        return True
    return over(head.symbol, act, head.kind, head.level, head.issuer)


def over(symbol: str, act: Act, kind: str | None = None, level: Level | None = None, issuer: str | None = None) -> bool:
    """Whether an act of that rank may change `act`: a decree cannot repeal a law's clause (Luật 64/2025 Art. 8).

    A clause or a row that seems to say so was misread. Resolutions may be given the power (206/2025/QH15), so they are
    let be; what ministers issued jointly they may end singly and the other way round (ranks 8 and 9).
    """
    kind = kind or symbols.kind_of(symbol)
    if kind == "nghi_quyet":
        return True
    own = symbols.rank(kind, level or symbols.level_of(symbol), issuer or symbols.issuer_of(symbol))
    other = symbols.rank(act.kind, act.level or symbols.level_of(act.symbol), act.issuer)
    return own is None or other is None or min(own, 8 if own == 9 else own) <= other
