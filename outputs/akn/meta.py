"""The `meta` of an Akoma Ntoso document: identification, life cycle, modifications, intervals, references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corpus import symbols
from corpus.events import Event
from corpus.locate import locate
from corpus.model import By, Document, Effect, Masthead, State, Target
from outputs.akn import uri
from outputs.akn.inline import TEXTUAL, Writing, href
from outputs.akn.parts import prescriptive
from outputs.akn.xml import add, add_own

_EDITOR = "#rasoat"
# Effects that change no wording: element, its type.
_OTHER = {
    "commence": ("forceMod", "entryIntoForce"), "expire": ("forceMod", "endOfEnactment"),
    "declare_expired": ("forceMod", "endOfEnactment"), "extend": ("forceMod", "prorogationOfForce"),
    "suspend": ("efficacyMod", "inapplication"), "declare_continuing": ("efficacyMod", "prorogationOfEfficacy"),
    "implement": ("legalSystemMod", "implementation"), "delegate": ("legalSystemMod", "legislativeDelegation"),
    "transition": ("legalSystemMod", "coordination"),
}  # fmt: skip


@dataclass(slots=True)
class Meta:
    """What one document's `meta` says beyond its own text.

    `events` befell the act (in the order of days); `version` is the day of the expression, `viewed` the day it was
    asked for; `missed` are instructions that the text does not carry; `texts` are documents by path;
    `states` those of the act and of its changed provisions on the day.
    """

    writing: Writing
    head: Masthead
    events: Sequence[Event] = ()
    version: date | None = None
    viewed: date | None = None
    missed: Sequence[By] = ()
    texts: Mapping[str, Document] = field(default_factory=dict)
    states: Sequence[State] = ()
    days: dict[tuple[date, str | None, str], str] = field(default_factory=dict)
    acts: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    groups: dict[tuple[date, date | None], str] = field(default_factory=dict)


def identification(meta: Meta, element: Any, component: str = "main", title: str | None = None) -> None:
    """Work, expression, manifestation. `component` names the main text or one attached to it."""
    head, work = meta.head, meta.writing.work
    name = uri.name_of(meta.writing.document)
    box = add(element, "identification", source=_EDITOR)
    expression = uri.expression(work, meta.version or head.date)
    one = add(box, "FRBRWork")
    _names(one, f"{work}/!{component}", work)
    _day(one, head.date, "issued")
    add(one, "FRBRauthor", href="#issuer" if head.issuer else "#unknown", as_="#author")
    add(one, "FRBRcountry", value="vn")
    if name.kind:
        add(one, "FRBRsubtype", value=name.kind.replace("_", "-"))
    if head.symbol and component == "main":
        add(one, "FRBRnumber", value=head.symbol)
    if title or head.title:
        add(one, "FRBRname", value=title or head.title)
    normative = prescriptive(head)
    if normative is not None:
        add(one, "FRBRprescriptive", value="true" if normative else "false")
    one = add(box, "FRBRExpression")
    _names(one, f"{expression}/!{component}", expression)
    if meta.viewed is not None:
        add(one, "FRBRalias", name="viewed", value=f"{work}/{uri.LANGUAGE}:{meta.viewed.isoformat()}")
    _day(one, meta.version or head.date, "version")
    add(one, "FRBRauthor", href=_EDITOR if meta.viewed else ("#issuer" if head.issuer else "#unknown"), as_="#editor")
    if meta.viewed is not None:
        add(one, "FRBRauthoritative", value="false")
    add(one, "FRBRlanguage", language=uri.LANGUAGE)
    one = add(box, "FRBRManifestation")
    _names(one, f"{expression}/!{component}.xml", f"{expression}.akn")
    _day(one, meta.version or head.date, "version")  # no clock: the same text gives the same bytes
    add(one, "FRBRauthor", href=_EDITOR, as_="#editor")
    add(one, "FRBRformat", value="application/akn+xml")


def _names(element: Any, this: str, name: str) -> None:
    add(element, "FRBRthis", value=this)
    add(element, "FRBRuri", value=name)


def _day(element: Any, day: date | None, name: str) -> None:
    add(element, "FRBRdate", date=(day or uri.UNKNOWN_DAY).isoformat(), name=name if day else "khong-ro")


def rest(meta: Meta, element: Any) -> None:
    """Life cycle, analysis, intervals and references: all that follows from the text and from what befell it."""
    own = meta.head.date
    if own:
        meta.days[(own, None, "generation")] = "eref_1"
    active = [_active(meta, i, effect) for i, effect in enumerate(meta.writing.document.effects)]
    passive = [_passive(meta, event) for event in meta.events]
    _lifecycle(meta, element)
    changes = [change for change in active if change is not None]
    if changes or passive:
        box = add(element, "analysis", source=_EDITOR)
        for tag, found in (("activeModifications", changes), ("passiveModifications", passive)):
            if found:
                list_ = add(box, tag)
                for i, change in enumerate(found, 1):
                    _write_change(list_, change, f"{'am' if tag[0] == 'a' else 'pm'}_{i}")
    _intervals(meta, element)
    _references(meta, element)
    _states(meta, element)


# --- modifications ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One modification, ready to be written."""

    tag: str
    type: str
    source: str
    destination: str
    period: str | None = None
    old: str | None = None
    new: str | None = None
    exact: bool = True
    position: str | None = None
    about: tuple[tuple[str, str | None], ...] = ()


def _active(meta: Meta, i: int, effect: Effect) -> Change | None:
    """What the document does to others; None where it does not say which act it means."""
    writing = meta.writing
    target = href(writing, effect.target)
    if target is None:
        return None
    tag, type_ = _kind(effect.type, effect.target.provision)
    work = target.partition("/~")[0]
    if not effect.target.self_ and not target.startswith("#"):
        shown = _show(effect.target.symbol or effect.target.name, effect.target.kind)
        meta.acts.setdefault(work, ("activeRef", f"ar_{len(meta.acts) + 1}", shown))
    start = effect.from_ or meta.head.effective
    source = "#" + (writing.mods.get(i) or _own_eid(writing, effect.in_))
    if source == "#":
        source = writing.work
    if effect.type in ("commence", "expire") and effect.target.self_ and start:
        _event(meta, start, None, "commencement" if effect.type == "commence" else "repeal")
    return Change(
        tag, type_, source, target, _period(meta, start, effect.until), _ref(writing.old.get(i)),
        _ref(writing.new.get(i)), not effect.partial, about=(("own_type", effect.type),),
    )  # fmt: skip


def _passive(meta: Meta, event: Event) -> Change:
    """What befell the document. An event that only the register knows says so, with how sure it is."""
    tag, type_ = _kind(event.type, event.provision)
    by = event.by
    work = _work_of(meta, by) if by is not None else None
    source = uri.portion(work, by.provision) if work and by else "#unknown"
    ending = event.provision is None and event.type in ("repeal", "replace", "declare_expired", "expire")
    if work and by:
        meta.acts.setdefault(work, ("passiveRef", f"pr_{len(meta.acts) + 1}", _show(by.symbol, None)))
    if event.from_:
        _event(meta, event.from_, work, "repeal" if ending else "amendment")
    unit = locate(event.provision, meta.writing.document) if event.provision else None
    destination = f"#{unit.id}" if unit else uri.portion(meta.writing.work, event.provision)
    missed = by is not None and by in meta.missed
    return Change(
        tag, type_, source, destination, _period(meta, event.from_, event.until), exact=not missed,
        about=(("own_type", event.type), ("own_certainty", event.sure), ("own_known_from", event.source),
               ("own_applied", _applied(meta, event, missed)),
               ("own_not_before", event.not_before.isoformat() if event.from_ is None and event.not_before else None)),
    )  # fmt: skip


def _work_of(meta: Meta, by: By) -> str | None:
    """The acting act: by its text in the corpus, else by what is known of its symbol."""
    document = meta.texts.get(by.path or "")
    if document is not None:
        return uri.work_of(document)
    target = Target(symbol=by.symbol, kind=symbols.kind_of(by.symbol), issuer=symbols.issuer_of(by.symbol))
    address = href(meta.writing, target)
    return address.partition("/~")[0] if address else None


def _applied(meta: Meta, event: Event, missed: bool) -> str | None:
    """Whether the text of a day carries an instruction for it; None for other events, and for a text as issued."""
    if meta.viewed is None or event.type not in TEXTUAL or event.provision is None:
        return None
    return "true" if event.in_text and event.works(meta.viewed) and not missed else "false"


def _kind(type_: str, provision: str | None) -> tuple[str, str]:
    if type_ in ("repeal", "replace") and provision is None:
        return "forceMod", "endOfEnactment"
    if type_ in TEXTUAL:
        return "textualMod", TEXTUAL[type_]
    return _OTHER[type_]


def _own_eid(writing: Writing, provision: str | None) -> str:
    unit = locate(provision, writing.document) if provision else None
    return unit.id if unit else ""


def _ref(eid: str | None) -> str | None:
    return f"#{eid}" if eid else None


def _show(symbol: str | None, kind: str | None) -> str:
    if symbol is None:
        return "Văn bản"
    return symbols.spoken(symbol, kind) if symbols.parse(symbol) else symbol


def _write_change(parent: Any, change: Change, eid: str) -> None:
    one = add(
        parent, change.tag, type=change.type, eId=eid, incomplete=None if change.exact else "true", **dict(change.about)
    )
    add(one, "source", href=change.source)
    add(one, "destination", href=change.destination, pos=change.position)
    if change.period:
        add(one, "force", period=change.period)
    if change.tag == "textualMod":
        for tag, ref in (("old", change.old), ("new", change.new)):
            if ref:
                add(one, tag, href=ref)


# --- days ---------------------------------------------------------------------------------------------


def _event(meta: Meta, day: date, work: str | None, type_: str) -> str:
    return meta.days.setdefault((day, work, type_), f"eref_{len(meta.days) + 1}")


def _period(meta: Meta, start: date | None, until: date | None) -> str | None:
    """A reference to the interval from `start`, the first day, to `until`, the last."""
    if start is None:
        return None
    return "#" + meta.groups.setdefault((start, until), f"tmpg_{len(meta.groups) + 1}")


def period_of(meta: Meta, start: date | None) -> str | None:
    """The interval in which a piece of a consolidated text holds."""
    return _period(meta, start, None)


def _lifecycle(meta: Meta, element: Any) -> None:
    """Days of issue, commencement, amendments and endings; days of intervals that none of them is."""
    for start, until in meta.groups:
        for day in (start, until):
            if day and not any(known == day for known, _, _ in meta.days):
                _event(meta, day, None, "day")
    if not meta.days:
        return
    box = add(element, "lifecycle", source=_EDITOR)
    for (day, work, type_), eid in sorted(meta.days.items(), key=lambda item: (item[0][0], int(item[1][5:]))):
        source = "#" + meta.acts[work][1] if work else "#ro"
        add(
            box, "eventRef", date=day.isoformat(), source=source, eId=eid,
            type=type_ if type_ in ("generation", "amendment", "repeal") else None,
            refersTo="#commencement" if type_ == "commencement" else None,
        )  # fmt: skip


def _intervals(meta: Meta, element: Any) -> None:
    if not meta.groups:
        return
    box = add(element, "temporalData", source=_EDITOR)
    for (start, until), eid in meta.groups.items():
        group = add(box, "temporalGroup", eId=eid)
        add(group, "timeInterval", start=_on(meta, start), end=_on(meta, until), refersTo="#inForce")


def _on(meta: Meta, day: date | None) -> str | None:
    if day is None:
        return None
    return "#" + min((eid for (known, _, _), eid in meta.days.items() if known == day), key=lambda eid: int(eid[5:]))


# --- references ---------------------------------------------------------------------------------------


def _references(meta: Meta, element: Any) -> None:
    head = meta.head
    box = add(element, "references", source=_EDITOR)
    add(box, "original", eId="ro", href=uri.expression(meta.writing.work, head.date), showAs=_title(meta))
    for work, (tag, eid, shown) in meta.acts.items():
        add(box, tag, eId=eid, href=work, showAs=shown)
    if head.issuer:
        add(box, "TLCOrganization", eId="issuer", href=f"/akn/ontology/organization/vn/{uri.slug(head.issuer)}",
            showAs=head.issuer)  # fmt: skip
    add(box, "TLCOrganization", eId="rasoat", href="/akn/ontology/organization/vn/rasoat", showAs="rasoat")
    add(box, "TLCOrganization", eId="unknown", href="/akn/ontology/organization/vn/khong-ro", showAs="không rõ")
    if head.signer:
        add(box, "TLCPerson", eId="signer", href=f"/akn/ontology/person/vn/{uri.slug(head.signer)}", showAs=head.signer)
    add(box, "TLCRole", eId="author", href="/akn/ontology/role/author", showAs="cơ quan ban hành")
    add(box, "TLCRole", eId="editor", href="/akn/ontology/role/editor", showAs="biên tập")
    add(box, "TLCEvent", eId="commencement", href="/akn/ontology/event/commencement", showAs="có hiệu lực")
    add(box, "TLCConcept", eId="inForce", href="/akn/ontology/concept/in-force", showAs="hiệu lực")


def _states(meta: Meta, element: Any) -> None:
    """States on the day, in the words of the contract: Akoma Ntoso tells events, not what follows from them."""
    if not meta.states:
        return
    box = add(element, "proprietary", source=_EDITOR)
    for one in meta.states:
        unit = locate(one.provision, meta.writing.document) if one.provision else None
        add_own(
            box, "state", href=f"#{unit.id}" if unit else uri.portion(meta.writing.work, one.provision),
            as_of=one.as_of.isoformat(), state=one.state, since=one.since.isoformat() if one.since else None,
            certainty=one.certainty, strength=one.strength,
            by=" ".join(dict.fromkeys(by.symbol for by in one.by)) or None,
        )  # fmt: skip


def _title(meta: Meta) -> str:
    head = meta.head
    if head.symbol:
        return symbols.spoken(head.symbol, head.kind)
    return head.title or meta.writing.document.path.rpartition("/")[2]
