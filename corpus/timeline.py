"""Effects → the state of any document or provision on any date.

Nothing stores "in force": a state is folded from dated events, read in the texts of the corpus or known to the register
(docs/contract.md, `rasoat status`). The order in which events are found never matters, an event never works before its
day, and the same event twice works once. An ending does not go stale; an "in force" of the register may be
repeated for 90 days after the day it was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus import symbols
from corpus.locate import covers, locate
from corpus.model import (
    By,
    Certainty,
    Document,
    Effect,
    Known,
    KnownEffect,
    Resolution,
    State,
    StateCertainty,
    StateName,
    Target,
)
from corpus.register.rows import fresh
from corpus.resolve import Act, Resolver, law_name
from corpus.territory import same_body

KNOWLEDGE_DAY = date(2026, 11, 24)
"""The day of the shipped register: what it says without a date holds from then on."""

ENDINGS = ("repeal", "replace", "declare_expired", "expire")
CHANGES = (*ENDINGS, "amend", "insert", "substitute", "insert_text", "delete_text")
ADDITIONS = ("insert", "insert_text")
"""Changes after which all that was there still holds: they do not make an act "in force in part"."""
_ORDER = {"insert": 0, "amend": 1, "substitute": 2, "insert_text": 3, "delete_text": 4, "replace": 5}
_STRENGTHS: tuple[Certainty, ...] = ("goi_y", "can_kiem_tra", "chac_chan")
_CERTAINTIES: tuple[StateCertainty, ...] = ("chua_xac_minh", "danh_muc", "van_ban")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that befell an act or one of its provisions (None: the act).

    `from_` None: the day is not known; then `not_before` (day of the acting document) is the earliest possible.
    `whole`: the named unit itself is meant, else something inside it. `by` None: not known by whom.
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


class Timeline:
    """Events of a corpus and the register, and the states that follow from them."""

    def __init__(self, documents: Mapping[str, Document], known: Known, resolver: Resolver) -> None:
        self._known = known
        self._resolver = resolver
        self._by_symbol: dict[str, list[tuple[Document, Effect]]] = {}
        self._by_name: dict[str, list[tuple[Document, Effect]]] = {}
        self._own: dict[str, list[Effect]] = {}
        self._bases: dict[str, list[tuple[date, Document, Target]]] = {}
        self._events: dict[tuple[str, str, str, str], tuple[Event, ...]] = {}
        for path in sorted(documents):
            document = documents[path]
            self._add_bases(document)
            for stated in document.effects:
                effect = self._of_its_day(stated)
                if effect.target.self_:
                    self._own.setdefault(path, []).append(effect)
                elif effect.target.symbol:
                    key = symbols.key(effect.target.symbol)
                    self._by_symbol.setdefault(key, []).append((document, effect))
                elif effect.target.name:
                    self._by_name.setdefault(law_name(effect.target.name), []).append((document, effect))

    def _of_its_day(self, effect: Effect) -> Effect:
        """A change of a law that is dead on its day means the law that has the name then.

        An act of June 2018 names "Luật Đường sắt" and changes it from 2019: the law of 2017, in force from July 2018.
        """
        target, day = effect.target, effect.from_
        if target.self_ or not target.symbol or not target.name or day is None or effect.type in ENDINGS:
            return effect
        key = symbols.key(target.symbol)
        if not any(symbols.key(row.symbol) == key for row in self._known.named(target.name, on=None, year=target.year)):
            return effect
        then = self._known.named(target.name, on=day, year=target.year)
        if len(then) != 1 or not then[0].symbol or symbols.key(then[0].symbol) == key:
            return effect
        return replace(effect, target=replace(target, symbol=then[0].symbol, date=None))

    def _add_bases(self, document: Document) -> None:
        """Legal bases of central acts: on the day of the act they were in force. A local act's basis proves nothing."""
        head = document.masthead
        if head is None or head.level != "trung_uong" or head.date is None:
            return
        for citation in document.citations:
            if citation.role == "basis":
                for target in citation.targets:
                    if target.symbol and not target.self_:
                        key = symbols.key(target.symbol)
                        self._bases.setdefault(key, []).append((head.date, document, target))

    # --- events ----------------------------------------------------------------------------------

    def events(self, act: Act) -> tuple[Event, ...]:
        """Everything that befell an act, in the order of days; texts first where the register says the same."""
        if act.key not in self._events:
            self._events[act.key] = joined((*self._read(act), *self._registered(act)))
        return self._events[act.key]

    def named(self, symbol: str) -> tuple[Act, ...]:
        """Acts that effects and legal bases of the corpus name, without a text or a row of the register at hand."""
        key = symbols.key(symbol)
        mentions = [(document, effect.target) for document, effect in self._by_symbol.get(key, ())]
        mentions += [(document, target) for _, document, target in self._bases.get(key, ())]
        found: dict[tuple[str, str, str, str], Act] = {}
        for document, target in mentions:
            meant = self._resolver.resolve(target, document)
            if meant.symbol and meant.path is None and not meant.in_register and meant.status != "ambiguous":
                act = Act(
                    meant.symbol, meant.kind, meant.issuer, meant.date, level=symbols.level_of(meant.symbol)
                )  # fmt: skip
                found.setdefault(act.key, act)
        return _merged(list(found.values()))

    def _read(self, act: Act) -> list[Event]:
        found: list[Event] = []
        pairs = [*self._by_symbol.get(symbols.key(act.symbol), ())]
        if act.title:
            pairs += self._by_name.get(law_name(act.title), ())
        for document, effect in pairs:
            if document.path == act.path or effect.type in ("implement", "delegate", "transition", "commence"):
                continue
            meant = self._resolver.resolve(effect.target, document)
            if _means(meant, act) and _may_change(document, act):
                found.append(_event(document, effect))
        if act.document is not None:
            found += [
                _event(act.document, effect)
                for effect in self._own.get(act.document.path, ())
                if effect.type in ("extend", "expire") and (effect.target.provision or effect.type == "extend")
            ]
        return found

    def _registered(self, act: Act) -> list[Event]:
        if act.kind == "nghi_quyet" and "/QH" in act.symbol and len(self._resolver.acts(act.symbol)) > 1:
            return []  # of a law and a resolution with one number, the register's effects mean the law
        effects: Sequence[KnownEffect] = getattr(self._known, "effects", lambda symbol: ())(act.symbol)
        return [_known_event(effect, self._day_of(effect.by_symbol)) for effect in effects]

    def _day_of(self, symbol: str) -> date | None:
        acts = self._resolver.acts(symbol)
        days = [act.date for act in acts if act.date]
        if days:
            return min(days)
        parts = symbols.parse(symbol)
        return date(parts.year, 12, 31) if parts and parts.year and 1900 < parts.year < 2100 else None

    def basis_on(self, act: Act, as_of: date) -> tuple[date, str] | None:
        """Day and symbol of the newest central act by that day that has this act as a legal basis."""
        days = [
            (day, (document.masthead.symbol if document.masthead else None) or document.path)
            for day, document, target in self._bases.get(symbols.key(act.symbol), ())
            if day <= as_of and _means(self._resolver.resolve(target, document), act)
        ]
        return max(days, default=None)

    # --- states ----------------------------------------------------------------------------------

    def state(self, act: Act, as_of: date, provision: str | None = None) -> State:
        """State of an act, or of one of its provisions, on a day."""
        whole = _whole(act, self.events(act), as_of)
        if act.document is None and whole.state in ("khong_ro", "con_hieu_luc") and whole.certainty == "chua_xac_minh":
            whole = _by_basis(whole, self.basis_on(act, as_of))
        if provision is None or whole.state in ("chua_hieu_luc", "het_hieu_luc_toan_bo", "tam_ngung"):
            return replace(whole, provision=provision)
        return _part(act, self.events(act), as_of, provision, whole)


# --- making events ---------------------------------------------------------------------------------


def _event(document: Document, effect: Effect) -> Event:
    head = document.masthead
    start = effect.from_ or (head.effective if head else None)
    symbol = (head.symbol if head else None) or ""
    quote = document.text[effect.start : effect.end] or None
    whole = (effect.target.provision is None and effect.type in ENDINGS) or (effect.target.provision is not None and (
        effect.type in ("repeal", "replace", "insert", "declare_expired", "expire") or (effect.new_text is not None
        and effect.type == "amend")
    ))
    return Event(
        provision=effect.target.provision, type=effect.type, from_=start,
        by=By(symbol, effect.in_, effect.type, start, quote, document.path), whole=whole, until=effect.until,
        not_before=(head.date if head else None), in_text=True, sure="chac_chan" if start else "can_kiem_tra",
        source=symbol or document.path, seen=start or (head.date if head else None),
        old_text=effect.old_text, new_text=effect.new_text,
    )  # fmt: skip


def _known_event(effect: KnownEffect, acting_day: date | None) -> Event:
    sure: Certainty = "goi_y" if effect.certainty == "thap" else "can_kiem_tra"
    if effect.certainty == "cao" and effect.from_:
        sure = "chac_chan"
    ref = f": {effect.source_ref}" if effect.source_ref else ""
    return Event(
        provision=effect.affected_provision, type=effect.type, from_=effect.from_,
        by=By(effect.by_symbol, effect.by_provision, effect.type, effect.from_), whole=effect.scope == "whole",
        not_before=acting_day or KNOWLEDGE_DAY, in_text=False, sure=sure,
        source=f"danh mục ({effect.source_kind}{ref})", seen=effect.from_,
    )  # fmt: skip


def joined(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events in the order of days, each once. What a text tells, the register need not tell again.

    One act may change several phrases of one unit: such events differ in their texts and are all kept.
    """
    found: dict[tuple[object, ...], Event] = {}
    told: set[tuple[str, str, str]] = set()
    for event in sorted(events, key=_preference):
        if not event.in_text and event.fact in told:
            continue
        told.add(event.fact)
        found.setdefault((*event.fact, event.old_text, event.new_text), event)
    return tuple(sorted(found.values(), key=lambda event: event.order))


def _preference(event: Event) -> tuple[object, ...]:
    """Of two tellings of one event: the text, then the dated one, then the surest, then the earliest."""
    return (
        not event.in_text, event.from_ is None, -_STRENGTHS.index(event.sure), event.from_ or date.max, not event.whole,
        event.by.provision or "" if event.by else "", event.new_text or "", event.source or "",
    )  # fmt: skip


def _means(meant: Resolution, act: Act) -> bool:
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


def _may_change(document: Document, act: Act) -> bool:
    """Whether the document's rank lets it change the act: a decree cannot repeal a law's clause (Luật 64/2025 Art. 8).

    A clause that seems to say so was misread. Resolutions may be given the power (206/2025/QH15), so they are let be.
    """
    head = document.masthead
    if head is None or head.kind == "nghi_quyet" or head.symbol is None:
        return True
    own = symbols.rank(head.kind, head.level or symbols.level_of(head.symbol), head.issuer)
    other = symbols.rank(act.kind, act.level or symbols.level_of(act.symbol), act.issuer)
    return own is None or other is None or min(own, 8 if own == 9 else own) <= other


def _merged(acts: list[Act]) -> tuple[Act, ...]:
    """Acts that differ only in what one of them does not tell are one."""
    kept: list[Act] = []
    for act in sorted(acts, key=lambda act: (act.date is None, act.issuer is None, act.key)):
        same = any(
            (act.date is None or act.date == other.date or symbols.parse(act.symbol) is not None)
            and (act.issuer is None or other.issuer is None or same_body(act.issuer, other.issuer))
            and (act.kind is None or other.kind is None or act.kind == other.kind)
            and (act.date is None or other.date is None or act.date == other.date or _yearly(act.symbol))
            for other in kept
        )
        if not same:
            kept.append(act)
    return tuple(kept)


def _yearly(symbol: str) -> bool:
    parts = symbols.parse(symbol)
    return parts is not None and parts.year is not None


# --- folding ---------------------------------------------------------------------------------------


def _whole(act: Act, events: Sequence[Event], as_of: date) -> State:
    """State of the act: ended, not yet, suspended, changed in part, in force, or not known: the first that holds."""
    base = State(
        act.symbol, None, as_of, "khong_ro", kind=act.kind, issuer=act.issuer, issued=act.date, title=act.title
    )
    ended = _ended(act, events, as_of)
    if ended:
        return _from_events(base, "het_hieu_luc_toan_bo", ended)
    first, from_text = _first_day(act)
    if (first and as_of < first) or (act.date and as_of < act.date) or _numbered_after(act, as_of):
        certainty: StateCertainty = "van_ban" if from_text and first else "danh_muc"
        strength: Certainty = "chac_chan" if from_text and first else "can_kiem_tra"
        if not first and not act.date:
            certainty, strength = "chua_xac_minh", "goi_y"
        return replace(base, state="chua_hieu_luc", certainty=certainty, strength=strength, source=_source(act))
    suspended = [
        event for event in events
        if event.type == "suspend" and event.provision is None and event.works(as_of)
        and (event.until is None or as_of <= event.until)
    ]  # fmt: skip
    if suspended:
        return _from_events(base, "tam_ngung", suspended[-1:])
    changed = [event for event in events if _changes_part(event) and event.works(as_of)]
    row = act.row
    if row is not None and act.document is None and row.state == "khong_ro":
        changed = [event for event in changed if event.in_text]
    if changed:
        return _from_events(base, "het_hieu_luc_mot_phan", changed)
    return _in_force(act, base, first, as_of, any(_changes_part(event) for event in events))


def _ended(act: Act, events: Sequence[Event], as_of: date) -> list[Event]:
    """The endings that have worked by that day, the one that counts first: texts before the register, then by day."""
    found = [e for e in events if e.type in ENDINGS and e.provision is None and e.whole]
    head = act.document.masthead if act.document else None
    if head and head.expires and head.symbol:
        until = [e.until + timedelta(days=1) for e in events if e.type == "extend" and e.until and e.works(as_of)]
        last = max([head.expires, *until])
        found.append(Event(None, "expire", last, By(head.symbol, None, "expire", last), source=head.symbol, seen=last))
    row = act.row
    if row is not None and (row.ended or row.state == "het_hieu_luc_toan_bo"):
        told = [event for event in found if event.from_ and event.from_ == row.ended]
        sure: Certainty = "goi_y" if row.certainty == "thap" else "can_kiem_tra"
        if row.certainty == "cao" and row.ended:
            sure = "chac_chan"
        if not told:
            found.append(
                Event(
                    None, "expire", row.ended, None, not_before=row.seen or KNOWLEDGE_DAY, in_text=False, sure=sure,
                    source=_row_source(act), seen=row.seen,
                )
            )  # fmt: skip
    working = [event for event in found if event.works(as_of)]
    working.sort(
        key=lambda e: (not e.in_text, e.from_ is None, e.from_ or date.max, -_STRENGTHS.index(e.sure), e.order)
    )
    return working


def _first_day(act: Act) -> tuple[date | None, bool]:
    head = act.document.masthead if act.document else None
    if head and head.effective:
        return head.effective, True
    return (act.row.effective, False) if act.row and act.row.effective else (None, False)


def _numbered_after(act: Act, as_of: date) -> bool:
    """Whether the year of the symbol lies ahead of the day."""
    parts = symbols.parse(act.symbol)
    return act.date is None and parts is not None and parts.year is not None and parts.year > as_of.year


def _changes_part(event: Event) -> bool:
    if event.type not in CHANGES or event.type in ADDITIONS:
        return False
    return event.provision is not None or not event.whole or event.type not in ENDINGS


def _by_basis(state: State, basis: tuple[date, str] | None) -> State:
    """In force because a central act took it as its legal basis; not verified any more once that day is long past."""
    if basis is None or state.candidates or (state.seen and state.seen >= basis[0]):
        return state
    day, symbol = basis
    new = fresh(day, state.as_of)
    return replace(
        state, state="con_hieu_luc", certainty="van_ban" if new else "chua_xac_minh",
        strength="can_kiem_tra" if new else "goi_y", seen=day, source=f"căn cứ ban hành {symbol}",
    )  # fmt: skip


def _in_force(act: Act, base: State, first: date | None, as_of: date, told: bool) -> State:
    """Nothing has ended or changed it by that day: in force, if it is known at all that it came into force."""
    row = act.row
    if act.document is not None:
        if first is None and not _old_enough(act, as_of):
            return replace(base, source=_source(act))
        seen = row.seen if row and fresh(row.seen, as_of) and row.state == "con_hieu_luc" else None
        return replace(
            base, state="con_hieu_luc", since=first, certainty="van_ban", strength="can_kiem_tra", seen=seen or first,
            source=_source(act),
        )  # fmt: skip
    if row is None or row.state == "khong_ro":
        return replace(base, seen=row.seen if row else None, source=_source(act))
    since_seen = row.seen or KNOWLEDGE_DAY
    if row.state == "chua_hieu_luc" and first is None:
        return replace(base, state="chua_hieu_luc", certainty="danh_muc", strength="can_kiem_tra", source=_source(act))
    if row.state == "tam_ngung" and as_of >= since_seen:
        return replace(base, state="tam_ngung", certainty="danh_muc", strength="can_kiem_tra", seen=row.seen,
                       source=_source(act))  # fmt: skip
    if row.state == "het_hieu_luc_mot_phan" and not told:
        if as_of < since_seen:
            return replace(base, seen=row.seen, source=_source(act))
        sure: Certainty = {"cao": "chac_chan", "trung_binh": "can_kiem_tra"}.get(row.certainty, "goi_y")  # type: ignore[assignment]
        return replace(
            base, state="het_hieu_luc_mot_phan", certainty="chua_xac_minh" if sure == "goi_y" else "danh_muc",
            strength=sure, seen=row.seen, source=_source(act),
        )  # fmt: skip
    if row.state == "het_hieu_luc_toan_bo" and row.ended is None:
        return replace(base, seen=row.seen, source=_source(act))  # it ended, but on which side of that day?
    believed = row.certainty != "thap" and (fresh(row.seen, as_of) or (row.ended is not None and as_of < row.ended))
    return replace(
        base, state="con_hieu_luc", since=first, certainty="danh_muc" if believed else "chua_xac_minh",
        strength="can_kiem_tra" if believed else "goi_y", seen=row.seen, source=_source(act),
    )  # fmt: skip


def _old_enough(act: Act, as_of: date) -> bool:
    """A text whose first day was not read: no law waits longer than a year after signing (45 days are usual)."""
    if act.date:
        normative = act.document is not None and act.document.masthead is not None and act.document.masthead.normative
        return (as_of - act.date).days > (365 if normative else 0)
    parts = symbols.parse(act.symbol)
    return parts is not None and parts.year is not None and as_of.year > parts.year + 1


def _from_events(base: State, state: StateName, events: Sequence[Event]) -> State:
    """A state that events made. For an ending the first one counts; a change in part is as sure as its surest event."""
    first = events[0]
    best = first if state == "het_hieu_luc_toan_bo" else max(
        events, key=lambda e: (_CERTAINTIES.index(e.certainty), _STRENGTHS.index(e.sure), e.order)
    )
    strength, source = best.sure, best.source
    if state == "het_hieu_luc_toan_bo":
        others = [e for e in events[1:] if e.from_ and first.from_ and e.from_ < first.from_ and not e.in_text]
        if others and first.in_text:
            # Two sources, two days: the text counts, and the officer is told.
            days = ", ".join(sorted({f"{e.from_:%d/%m/%Y}" for e in others if e.from_}))
            source = f"{source}; danh mục ghi ngày {days}"
    since = min((e.from_ for e in events if e.from_), default=None) if state == "het_hieu_luc_mot_phan" else first.from_
    return replace(
        base, state=state, since=since, by=tuple(_by(e) for e in events if e.by), certainty=best.certainty,
        strength=strength, seen=best.seen, source=source,
    )  # fmt: skip


def _by(event: Event) -> By:
    assert event.by is not None
    return event.by


def _part(act: Act, events: Sequence[Event], as_of: date, provision: str, whole: State) -> State:
    """State of one provision of an act that is in force."""
    asked = _unit(act, provision)
    state: StateName | None = None
    made: list[Event] = []
    doubtful: list[Event] = []
    born: Event | None = None
    for event in events:
        if event.provision is None or event.type not in CHANGES:
            continue
        unit = _unit(act, event.provision)
        over, inside = covers(unit, asked), covers(asked, unit)
        if not (over or inside):
            continue
        exact = over and inside
        if event.type == "insert" and exact and event.whole and born is None:
            born = event
        if not event.works(as_of):
            continue
        if over and event.type in ("repeal", "declare_expired", "expire") and event.whole:
            state, made = "bi_bai_bo", [event]
        elif exact and event.type == "insert" and event.whole:
            state, made = ("da_sua_doi", [event]) if state == "bi_bai_bo" else ("con_hieu_luc", [event])
        elif (exact or inside or event.whole) and (state != "bi_bai_bo" or (over and event.whole)):
            made = [*made, event] if state == "da_sua_doi" else [event]
            state = "da_sua_doi"
        elif not event.whole and state != "bi_bai_bo":
            doubtful.append(event)  # something inside a larger unit changed: perhaps this
    if born is not None and not born.works(as_of):
        earlier = state is not None
        if not earlier and not _exists(act, provision):
            return replace(_from_events(whole, "chua_hieu_luc", [born]), provision=provision, since=born.from_)
    if state is None and doubtful:
        return replace(
            _from_events(whole, "khong_ro", doubtful), provision=provision, since=None, certainty="chua_xac_minh",
            strength="goi_y",
        )  # fmt: skip
    if state is None:
        known = "con_hieu_luc" if whole.state in ("con_hieu_luc", "het_hieu_luc_mot_phan") else whole.state
        return _untouched(act, whole, provision, known)
    last = made[-1]
    return replace(_from_events(whole, state, made), provision=provision, since=last.from_)


def _untouched(act: Act, whole: State, provision: str, state: StateName) -> State:
    """A provision that no event names, in an act that is in force: as sure as the act's being in force is."""
    if whole.state == "het_hieu_luc_mot_phan":
        text = act.document is not None
        return replace(
            whole, provision=provision, state=state, since=None, by=(), seen=None, source=_source(act),
            certainty="van_ban" if text else "chua_xac_minh", strength="can_kiem_tra" if text else "goi_y",
        )  # fmt: skip
    return replace(whole, provision=provision, state=state)


def _unit(act: Act, provision: str) -> str:
    """The id of the tree where the text is at hand, so that `app_V` and `att_5` meet."""
    found = locate(provision, act.document) if act.document else None
    return found.id if found else provision


def _exists(act: Act, provision: str) -> bool:
    return act.document is not None and locate(provision, act.document) is not None


def _row_source(act: Act) -> str | None:
    if act.row is None:
        return None
    return f"danh mục ({act.row.source_kind}{': ' + act.row.source_ref if act.row.source_ref else ''})"


def _source(act: Act) -> str | None:
    return act.path or _row_source(act)
