"""Effects → the state of any document or provision on any date.

Nothing stores "in force": a state is folded from dated events, read in the texts of the corpus or known to the register
(docs/contract.md, `rasoat status`). The order in which events are found never matters, an event never works before its
day, and the same event twice works once. An ending does not go stale; an "in force" of the register may be
repeated for 90 days after the day it was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus import symbols
from corpus.asking import Frame, Index
from corpus.events import ENDINGS, Event, event_of, joined, known_event, may_change, means, over
from corpus.locate import covers
from corpus.model import By, Document, Effect, Known, KnownEffect, State
from corpus.resolve import Act, Resolver, law_name
from corpus.states import by_basis, first_day, part_state, whole_state
from corpus.territory import same_body
from corpus.told import told_amendments

__all__ = ["Event", "Timeline"]


class Timeline:
    """Events of a corpus and the register, and the states that follow from them."""

    def __init__(self, documents: Mapping[str, Document], known: Known, resolver: Resolver) -> None:
        self._known = known
        self._resolver = resolver
        self._documents = documents
        self._asking = resolver.asking
        self._by_symbol, self._by_name, self._bases, self._told = (
            Index(name, resolver.asking, resolver.gives) for name in ("does", "named", "basis", "told")
        )
        self._own: dict[str, list[Effect]] = {}
        self._events: dict[tuple[str, str, str, str], tuple[tuple[Event, ...], Frame]] = {}
        self._stated: dict[tuple[str, str, str, str], tuple[tuple[Event, ...], Frame]] = {}
        for path in sorted(documents):
            document = documents[path]
            self._add_bases(document)
            for stated in document.effects:
                effect = self._of_its_day(stated)
                if effect.target.self_:
                    self._own.setdefault(path, []).append(effect)
                elif effect.target.symbol:
                    key = symbols.key(effect.target.symbol)
                    self._by_symbol.put(key, (document, effect), path)
                elif effect.target.name:
                    self._by_name.put(law_name(effect.target.name), (document, effect), path)

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
        """Legal bases of central acts: on that day they were in force, and amended by what the act says.

        A local act's basis proves nothing.
        """
        head = document.masthead
        if head is None or head.level != "trung_uong" or head.date is None:
            return
        for told in told_amendments(document):
            self._told.put(symbols.key(told.amended.symbol or ""), (document, told), document.path)
        for citation in document.citations:
            if citation.role == "basis":
                for target in citation.targets:
                    if target.symbol and not target.self_:
                        key = symbols.key(target.symbol)
                        self._bases.put(key, (head.date, document, target), document.path)

    # --- events ----------------------------------------------------------------------------------

    def events(self, act: Act) -> tuple[Event, ...]:
        """Everything that befell an act, in the order of days; texts first where the register says the same.

        Without what came to nothing: instructions of an act (or of a unit of it) that was itself repealed before their
        day, which never worked on what it was to change; and those of an act that stands below this one.
        """
        return self._asking.kept(self._events, act.key, lambda: tuple(
            e for e in self.stated(act) if not e.powerless and not self._came_to_nothing(e)
        ))  # fmt: skip

    def stated(self, act: Act) -> tuple[Event, ...]:
        """All that texts and the register say befell an act, what came to nothing included."""
        return self._asking.kept(self._stated, act.key, lambda: self._joined(act))

    def _joined(self, act: Act) -> tuple[Event, ...]:
        found = joined((*self._read(act), *self.registered(act)))
        known = {symbols.key(event.by.symbol) for event in found if event.by}
        told = [event for event in self._amended(act) if event.by and symbols.key(event.by.symbol) not in known]
        return joined((*found, *told)) if told else found

    def changes_of(self, symbol: str) -> Iterator[Effect]:
        """Effects of the corpus whose target has this symbol, whoever it means, in the order of paths."""
        return (effect for _, effect in self._by_symbol.at(symbols.key(symbol)))

    def _came_to_nothing(self, event: Event) -> bool:
        """Whether the clause that made the event had ended for certain before the event's day."""
        by = event.by
        if by is None or by.path is None or event.from_ is None or by.path not in self._documents:
            return False
        acting = self._resolver.act_of(self._documents[by.path])
        if acting is None or acting.document is None or event.source == acting.path:
            return False
        expires = acting.document.masthead.expires if acting.document.masthead else None
        if expires is not None and expires < event.from_:
            return True
        return any(
            ending.type in ENDINGS and ending.whole and ending.sure == "chac_chan" and ending.from_ is not None
            and ending.from_ <= event.from_
            and (ending.provision is None or (by.provision is not None and covers(ending.provision, by.provision)))
            for ending in self.stated(acting)
            if ending.by is None or symbols.key(ending.by.symbol) != symbols.key(acting.symbol)
        )  # fmt: skip

    def named(self, symbol: str) -> tuple[Act, ...]:
        """Acts that effects and legal bases of the corpus name, without a text or a row of the register at hand."""
        key = symbols.key(symbol)
        mentions = [(document, effect.target) for document, effect in self._by_symbol.at(key)]
        mentions += [(document, target) for _, document, target in self._bases.at(key)]
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
        pairs: list[tuple[Document, Effect]] = [*self._by_symbol.at(symbols.key(act.symbol))]
        if act.title:
            pairs += self._by_name.at(law_name(act.title))
        for document, effect in pairs:
            if document.path == act.path or effect.type in ("implement", "delegate", "transition", "commence"):
                continue
            meant = self._resolver.resolve(effect.target, document)
            if not means(meant, act):
                continue
            by = effect.by
            allowed = (
                may_change(document, act, effect.type) if by is None
                else over(by.symbol or "", act, by.kind, None, by.issuer)
            )  # fmt: skip
            event = event_of(document, effect)
            found.append(event if allowed else replace(event, sure="goi_y", powerless=True))
        if act.document is not None:
            found += [
                event_of(act.document, effect)
                for effect in self._own.get(act.document.path, ())
                if effect.type == "extend" or (effect.type in ("commence", "expire") and effect.target.provision)
            ]
        return found

    def _amended(self, act: Act) -> Iterator[Event]:
        """Amendments that other texts tell of. Their day is the amending act's first, where that is known."""
        for document, told in self._told.at(symbols.key(act.symbol)):
            head, by = document.masthead, told.by
            if by.symbol is None or document.path == act.path or symbols.key(by.symbol) == symbols.key(act.symbol):
                continue
            if not means(self._resolver.resolve(told.amended, document), act):
                continue
            meant = self._resolver.resolve(by, document)
            own, other = symbols.rank(by.kind, symbols.level_of(by.symbol)), symbols.rank(act.kind, act.level)
            if own is not None and other is not None and own > other:
                continue
            acting = self._resolver.select(by.symbol, kind=meant.kind, issued=meant.date)
            first = first_day(acting[0])[0] if len(acting) == 1 else None
            quote = document.text[told.start : told.end]
            yield Event(
                told.amended.provision, "amend", first,
                By(by.symbol, by.provision, "amend", first, quote, acting[0].path if len(acting) == 1 else None),
                whole=False, not_before=head.date if head else None, sure="chac_chan" if first else "can_kiem_tra",
                source=(head.symbol if head else None) or document.path, seen=first or (head.date if head else None),
                told=True,
            )

    def registered(self, act: Act) -> list[Event]:
        """What the register says befell an act, whether a text tells the same or not."""
        if act.kind == "nghi_quyet" and "/QH" in act.symbol and len(self._resolver.acts(act.symbol)) > 1:
            return []  # of a law and a resolution with one number, the register's effects mean the law
        effects: Sequence[KnownEffect] = getattr(self._known, "effects", lambda symbol: ())(act.symbol)
        return [
            known_event(e, self._day_of(e.by_symbol, guess=e.from_ is None), not self._could(e.by_symbol, act))
            for e in effects
        ]

    def _could(self, symbol: str, act: Act) -> bool:
        """Whether an act with that symbol (any of those that have it) may change this one."""
        acting = self._resolver.acts(symbol)
        return any(over(symbol, act, a.kind, a.level, a.issuer) for a in acting) if acting else over(symbol, act)

    def _day_of(self, symbol: str, guess: bool) -> date | None:
        """Day of issue; where it is not known and may be guessed, the last day of the number's year."""
        acts = self._resolver.acts(symbol)
        days = [act.date for act in acts if act.date]
        if days or not guess:
            return min(days, default=None)
        parts = symbols.parse(symbol)
        return date(parts.year, 12, 31) if parts and parts.year and 1900 < parts.year < 2100 else None

    def basis_on(self, act: Act, as_of: date) -> tuple[date, str] | None:
        """Day and symbol of the newest central act by that day that has this act as a legal basis."""
        days = [
            (day, (document.masthead.symbol if document.masthead else None) or document.path)
            for day, document, target in self._bases.at(symbols.key(act.symbol))
            if day <= as_of and means(self._resolver.resolve(target, document), act)
        ]
        return max(days, default=None)

    # --- states ----------------------------------------------------------------------------------

    def state(self, act: Act, as_of: date, provision: str | None = None) -> State:
        """State of an act, or of one of its provisions, on a day."""
        whole = whole_state(act, self.events(act), as_of)
        if act.document is None and whole.state in ("khong_ro", "con_hieu_luc") and whole.certainty == "chua_xac_minh":
            whole = by_basis(whole, self.basis_on(act, as_of))
        if provision is None or whole.state in ("het_hieu_luc_toan_bo", "tam_ngung"):
            return replace(whole, provision=provision)
        return part_state(act, self.events(act), as_of, provision, whole)


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
