"""The state of an act or a provision on a day, folded from its events (docs/contract.md, `rasoat status`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus import symbols
from corpus.events import ADDITIONS, CHANGES, ENDINGS, KNOWLEDGE_DAY, STRENGTHS, Event
from corpus.locate import covers, locate
from corpus.model import By, Certainty, State, StateCertainty, StateName
from corpus.register.rows import fresh
from corpus.resolve import Act

CERTAINTIES: tuple[StateCertainty, ...] = ("chua_xac_minh", "danh_muc", "van_ban")


def whole_state(act: Act, events: Sequence[Event], as_of: date) -> State:
    """State of the act: ended, not yet, suspended, changed in part, in force, or not known: the first that holds."""
    base = State(
        act.symbol, None, as_of, "khong_ro", kind=act.kind, issuer=act.issuer, issued=act.date, title=act.title
    )
    ended = _ended(act, events, as_of)
    if ended:
        return _from_events(base, "het_hieu_luc_toan_bo", ended)
    first, from_text = first_day(act)
    if (first and as_of < first) or (act.date and as_of < act.date) or _numbered_after(act, as_of):
        certainty: StateCertainty = "van_ban" if from_text and first else "danh_muc"
        strength: Certainty = "chac_chan" if from_text and first else "can_kiem_tra"
        if not first and not act.date:
            certainty, strength = "chua_xac_minh", "goi_y"
        source, noted = _source(act), act.row.effective if act.row else None
        if from_text and noted and noted <= as_of:
            # Two sources, two first days, and the day lies between them: the text counts, and the officer is told.
            strength, source = "can_kiem_tra", f"{source}; danh mục ghi có hiệu lực từ ngày {noted:%d/%m/%Y}"
        return replace(base, state="chua_hieu_luc", certainty=certainty, strength=strength, source=source)
    suspended = [
        event for event in events
        if event.type == "suspend" and event.provision is None and event.works(as_of)
        and (event.until is None or as_of <= event.until)
    ]  # fmt: skip
    if suspended:
        return _from_events(base, "tam_ngung", suspended[-1:])
    row = act.row
    changed = [
        event for event in events
        if _changes_part(event) and event.works(as_of) and not (event.from_ is None and _seen_unchanged(act, as_of))
    ]  # fmt: skip
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
        key=lambda e: (not e.in_text, e.from_ is None, e.from_ or date.max, -STRENGTHS.index(e.sure), e.order)
    )
    return working


def first_day(act: Act) -> tuple[date | None, bool]:
    """First day in force, and whether the act's own text says so.

    A text whose first day lies before its day of issue was misprinted or misread where the register has a later one.
    """
    head = act.document.masthead if act.document else None
    noted = act.row.effective if act.row else None
    if head and head.effective and not (noted and head.effective < (issued_by(act) or head.effective) <= noted):
        return head.effective, True
    return noted, False


def issued_by(act: Act) -> date | None:
    """The day of issue, else the first day of the year that the number shows; None where neither is known."""
    parts = symbols.parse(act.symbol)
    if act.date or parts is None or parts.year is None or not 1900 < parts.year < 2100:
        return act.date
    return date(parts.year, 1, 1)


def _numbered_after(act: Act, as_of: date) -> bool:
    """Whether the year of the symbol lies ahead of the day."""
    parts = symbols.parse(act.symbol)
    return act.date is None and parts is not None and parts.year is not None and parts.year > as_of.year


def _seen_unchanged(act: Act, as_of: date) -> bool:
    """Whether the register surely saw the act in force, unchanged, on that day or later: undated events came after."""
    row = act.row
    return row is not None and row.state == "con_hieu_luc" and row.certainty == "cao" and row.seen is not None and (
        as_of <= row.seen
    )  # fmt: skip


def _changes_part(event: Event) -> bool:
    if event.type not in CHANGES or event.type in ADDITIONS:
        return False
    return event.provision is not None or not event.whole or event.type not in ENDINGS


def by_basis(state: State, basis: tuple[date, str] | None) -> State:
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
    changed = _seen_changed(act, base, as_of) if not told else None
    if changed is not None:
        return changed
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
        return replace(base, seen=row.seen, source=_source(act))
    if row.state == "het_hieu_luc_toan_bo" and row.ended is None:
        return replace(base, seen=row.seen, source=_source(act))  # it ended, but on which side of that day?
    believed = row.certainty != "thap" and (fresh(row.seen, as_of) or (row.ended is not None and as_of < row.ended))
    return replace(
        base, state="con_hieu_luc", since=first, certainty="danh_muc" if believed else "chua_xac_minh",
        strength="can_kiem_tra" if believed else "goi_y", seen=row.seen, source=_source(act),
    )  # fmt: skip


def _seen_changed(act: Act, base: State, as_of: date) -> State | None:
    """In force in part by the register alone, from the day on which it was seen so; None where it says no such thing.

    It speaks for an act whose text is at hand too (what changed it may not be), but then only where it is sure.
    """
    row = act.row
    if row is None or row.state != "het_hieu_luc_mot_phan" or as_of < (row.seen or KNOWLEDGE_DAY):
        return None
    if act.document is not None and row.certainty != "cao":
        return None
    strengths: dict[str, Certainty] = {"cao": "chac_chan", "trung_binh": "can_kiem_tra"}
    sure = strengths.get(row.certainty, "goi_y")
    return replace(
        base, state="het_hieu_luc_mot_phan", certainty="chua_xac_minh" if sure == "goi_y" else "danh_muc",
        strength=sure, seen=row.seen, source=_row_source(act),
    )  # fmt: skip


def _old_enough(act: Act, as_of: date) -> bool:
    """A text whose first day was not read: no law waits longer than a year after signing (45 days are usual)."""
    if act.date:
        normative = act.document is not None and act.document.masthead is not None and act.document.masthead.normative
        return as_of > act.date + timedelta(days=365 if normative else 0)
    parts = symbols.parse(act.symbol)
    return parts is not None and parts.year is not None and as_of.year > parts.year + 1


def _from_events(base: State, state: StateName, events: Sequence[Event]) -> State:
    """A state that events made. For an ending the first one counts; a change in part is as sure as its surest event."""
    first = events[0]
    best = first if state == "het_hieu_luc_toan_bo" else max(
        events, key=lambda e: (CERTAINTIES.index(e.certainty), STRENGTHS.index(e.sure), e.order)
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


def part_state(act: Act, events: Sequence[Event], as_of: date, provision: str, whole: State) -> State:
    """State of one provision of an act that is in force (or that has provisions which are, ahead of the rest)."""
    asked = _unit(act, provision)
    own = _own_term(act, events, as_of, asked, whole)
    if own is not None:
        return replace(own, provision=provision)
    if whole.state == "chua_hieu_luc":
        first = _first_of(act, events, asked)
        if first is None or not first.works(as_of):
            return replace(whole, provision=provision)
        whole = replace(whole, state="con_hieu_luc", since=first.from_)
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
        if event.type == "insert" and over and event.whole and born is None:
            born = event
        if not event.works(as_of):
            continue
        if over and event.type in ("repeal", "declare_expired", "expire") and event.whole:
            state, made = "bi_bai_bo", [event]
        elif over and event.type == "insert" and event.whole:
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


def _own_term(act: Act, events: Sequence[Event], as_of: date, asked: str, whole: State) -> State | None:
    """A provision that comes into force later than the act, or is suspended; None for all others."""
    first = _first_of(act, events, asked)
    if first is not None and not first.works(as_of):
        return replace(_from_events(whole, "chua_hieu_luc", [first]), since=first.from_)
    held = [
        event for event in events
        if event.type == "suspend" and event.provision is not None and event.works(as_of)
        and (event.until is None or as_of <= event.until) and covers(_unit(act, event.provision), asked)
    ]  # fmt: skip
    return _from_events(whole, "tam_ngung", held[-1:]) if held else None


def _first_of(act: Act, events: Sequence[Event], asked: str) -> Event | None:
    """The act's own clause that gives this provision (the smallest unit around it) a first day of its own."""
    own = [event for event in events if event.type == "commence" and event.provision is not None and event.from_]
    around = [event for event in own if covers(_unit(act, event.provision or ""), asked)]
    return max(around, key=lambda event: (len(event.provision or ""), event.order), default=None)


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
