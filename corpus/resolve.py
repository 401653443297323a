"""A target → the document it means, and an id → the unit of the tree it means.

An act is told from its namesakes by kind, date, issuer and territory: a law and a resolution can share a QH number,
every commune has its 05/2020/QĐ-UBND, and numbers without a year come back every year. A law named without its number
is the law that had the name on the citing document's day (docs: design §4.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus import symbols
from corpus.acts import Act, act_of, distinct, fuller, one_document, same_act, with_row
from corpus.asking import Asking, Frame, Index
from corpus.locate import locate
from corpus.model import Document, Known, Resolution, Target
from corpus.territory import full_name, has_unit, in_territory, same_body
from corpus.text import fold_words

__all__ = ["Act", "Resolver", "day_of", "law_name", "locate"]

_LAWS = ("hien_phap", "luat", "phap_lenh")
_LAW_WORD = re.compile(r"^(?:bo luat|luat|phap lenh|hien phap)\b ?")


class Resolver:
    """Finds acts among the documents read and the register. Documents without a symbol are no acts.

    `asking` notes which entries an answer rests on, `gives` by path which of them a document has a part in.
    """

    def __init__(self, documents: Mapping[str, Document], known: Known, asking: Asking | None = None) -> None:
        self._known = known
        self.asking = asking or Asking()
        self.gives: dict[str, set[str]] = {}
        self._own = Index("act", self.asking, self.gives)
        self._laws = Index("law", self.asking, self.gives)
        self._days = Index("day", self.asking, self.gives)
        for path in sorted(documents):
            self._add(documents[path])
        self._index()
        self._acts: dict[str, tuple[tuple[Act, ...], Frame]] = {}

    def _add(self, document: Document) -> None:
        head = document.masthead
        if head is None or head.symbol is None:
            return
        act, key = act_of(document, head), symbols.key(head.symbol)
        if act.title and _is_law(act):
            self._laws.given(law_name(act.title), document.path)
        if act.date:
            self._days.given(act.date.isoformat(), document.path)
        twins = self._own.entries().get(key, [])
        for i, other in enumerate(twins):
            if one_document(other, act):
                twins[i] = fuller(other, act)
                self._own.given(key, document.path)
                return
        self._own.put(key, act, document.path)

    def _index(self) -> None:
        for twins in self._own.entries().values():
            for act in twins:
                if act.title and _is_law(act):
                    self._laws.put(law_name(act.title), act, act.path or "")
                if act.date:
                    self._days.put(act.date.isoformat(), act, act.path or "")

    def act_of(self, document: Document) -> Act | None:
        """The act of a document of the corpus, None where it has no symbol."""
        head = document.masthead
        if head is None or head.symbol is None:
            return None
        own = act_of(document, head)
        return next((act for act in self.acts(head.symbol) if act.document and one_document(act, own)), None)

    def acts(self, symbol: str) -> tuple[Act, ...]:
        """All acts with this symbol: those with a text first, each joined with its row of the register."""
        key = symbols.key(symbol)
        return self.asking.kept(self._acts, key, lambda: self._joined(key, symbol))

    def _joined(self, key: str, symbol: str) -> tuple[Act, ...]:
        rows = distinct(self._known.documents(symbol))
        found: list[Act] = []
        for act in self._own.at(key):
            same = [row for row in rows if same_act(act, row)]
            row = next((row for row in same if row.date == act.date), same[0] if same else None)
            if row is not None:
                rows.remove(row)
            found.append(with_row(act, row))
        found += [
            Act(
                row.symbol, row.kind if row.kind != "khac" else symbols.kind_of(row.symbol),
                row.issuer or symbols.issuer_of(row.symbol), row.date, row.title, symbols.level_of(row.symbol),
                row=row,
            )
            for row in rows
        ]  # fmt: skip
        return tuple(found)

    def select(
        self, symbol: str, *, kind: str | None = None, issued: date | None = None, issuer: str | None = None
    ) -> tuple[Act, ...]:
        """Acts with this symbol that agree with what is said of them; what an act does not tell agrees with all."""
        found = self.acts(symbol)
        if kind is not None:
            found = _agreeing(found, lambda act: act.kind is None or act.kind in (kind, "khac"))
        if issuer is not None:
            name = issuer
            found = tuple(act for act in found if act.issuer is None or same_body(act.issuer, name))
        if issued is not None:
            exact = tuple(act for act in found if act.date == issued)
            found = exact or tuple(act for act in found if act.date is None)
        return found

    def resolve(self, target: Target, citing: Document) -> Resolution:
        """The document that `target` means in `citing`, as of the citing document's date."""
        if target.self_:
            own = self.act_of(citing)
            found = own.resolution() if own else Resolution(None, status="resolved")
            return replace(found, path=citing.path)
        if target.symbol:
            return self._by_symbol(target.symbol, target, citing)
        if target.name:
            return self._by_name(target.name, target, citing)
        return self._by_date(target, citing)

    # --- by number -------------------------------------------------------------------------------

    def _by_symbol(self, symbol: str, target: Target, citing: Document) -> Resolution:
        found = list(self.acts(symbol))
        parts = symbols.parse(symbol)
        yearless = parts is not None and parts.year is None and not re.search(r"/QH\d+$", symbols.key(symbol))
        if target.kind:
            found = list(_agreeing(found, lambda act: act.kind is None or act.kind in (target.kind, "khac")))
        exact = [act for act in found if target.date and act.date == target.date]
        local = symbols.is_local(symbol)
        name = _issuer_meant(target, citing) if local else target.issuer
        if name:
            agreeing = [act for act in found if act.issuer is None or same_body(act.issuer, name)]
            # An issuer tells local namesakes apart; of a central number it can only be wrong (rule VD04).
            found = agreeing if agreeing or local else found
        elif local:
            found = exact or _near(found, citing)
        if target.date:
            exact = [act for act in found if act.date == target.date]
            dateless = [act for act in found if act.date is None]
            wrong_day = [act for act in found if not local or _of_that_body(act, name, citing)]
            found = exact or dateless or ([] if yearless else wrong_day)
        elif target.year:
            found = list(_agreeing(found, lambda act: act.date is None or act.date.year == target.year))
        signed = citing.masthead.date if citing.masthead else None
        if len(found) > 1 and signed:
            found = list(_agreeing(found, lambda act: act.date is None or act.date <= signed))
        if len(found) > 1:
            found = _joined_dates(found)
        if len(found) == 1:
            dated = target.date is not None and found[0].date is not None
            sure = not yearless or found[0].document is not None or dated
            answer = found[0].resolution()
            return answer if sure else _unsure(answer, target)
        if found:
            return Resolution(
                symbol, _one(act.kind for act in found) or target.kind,
                _one(act.issuer for act in found) or name, target.date,
                in_register=any(act.row for act in found), status="ambiguous",
                candidates=tuple(act.label for act in found),
            )  # fmt: skip
        return Resolution(
            symbol, target.kind or symbols.kind_of(symbol),
            name or symbols.issuer_of(symbol) or _own_issuer(symbol, citing), target.date,
            status="resolved",
        )  # fmt: skip

    # --- by name ---------------------------------------------------------------------------------

    def _by_name(self, name: str, target: Target, citing: Document) -> Resolution:
        """The law of that name on the citing document's day; its own text in the corpus counts as the register does."""
        on, year = day_of(citing), target.year
        spans: dict[str, tuple[Act, date | None, date | None]] = {}
        for row in self._known.named(name, on if year is None else None, year):
            if row.symbol:
                act = self._law(row.symbol)
                spans[symbols.key(row.symbol)] = (act, row.from_, row.until)
        for act in self._laws.at(law_name(name)):
            self._own.at(symbols.key(act.symbol))  # what it is depends on its twins too
            if year is not None and (act.date is None or act.date.year != year):
                continue
            if on is not None and act.date is not None and act.date > on:
                continue
            head = act.document.masthead if act.document else None
            first = (head.effective if head else None) or act.date
            spans.setdefault(symbols.key(act.symbol), (act, first, head.expires if head else None))
        found = _on_day(spans.values(), on) if on and year is None else [act for act, _, _ in spans.values()]
        if len(found) == 1:
            return found[0].resolution()
        if found:
            return Resolution(
                None, target.kind, target.issuer, target.date, name, status="ambiguous",
                candidates=tuple(act.label for act in found),
            )  # fmt: skip
        return Resolution(None, target.kind, target.issuer, target.date, name, status="named")

    def _law(self, symbol: str) -> Act:
        acts = [act for act in self.acts(symbol) if act.kind != "nghi_quyet"]
        return acts[0] if acts else Act(symbol, "luat", symbols.issuer_of(symbol), None, level="trung_uong")

    # --- by kind, date and issuer ----------------------------------------------------------------

    def _by_date(self, target: Target, citing: Document) -> Resolution:
        """"Quyết định ngày 05/3/2020 của UBND tỉnh": one document of the corpus with that kind, day and issuer."""
        found: list[Act] = []
        if target.date and target.kind:
            issuer = target.issuer
            found = [
                act for act in self._days.at(target.date.isoformat())
                if act.kind == target.kind and (issuer is None or (act.issuer and same_body(act.issuer, issuer)))
            ]  # fmt: skip
            for act in found:
                self._own.at(symbols.key(act.symbol))
        if target.issuer is None:
            found = _near(found, citing)
        if len(found) == 1:
            return found[0].resolution()
        return Resolution(
            None, target.kind, target.issuer, target.date, target.name, status="ambiguous" if found else "named",
            candidates=tuple(act.label for act in found),
        )  # fmt: skip


def day_of(document: Document) -> date | None:
    """Day on which a document speaks: its date of issue, else the last day of the year in its symbol."""
    head = document.masthead
    if head is None:
        return None
    if head.date:
        return head.date
    parts = symbols.parse(head.symbol) if head.symbol else None
    return date(parts.year, 12, 31) if parts and parts.year and 1900 < parts.year < 2100 else None


def law_name(name: str) -> str:
    """Key of a law's name or title: "LUẬT ĐẤT ĐAI", "Luật Đất đai năm 2024" and "Đất đai" are one."""
    words = _LAW_WORD.sub("", fold_words(name))
    words = re.sub(r" (?:nam \d{4}|\d{4}|so \d.*|sua doi)$", "", words)
    return words.replace(" ", "")


def _is_law(act: Act) -> bool:
    return act.kind in _LAWS or bool(re.search(r"/(?:PL-UBTV)?QH\d+$", symbols.key(act.symbol)))


def _agreeing(found: Sequence[Act], agrees: object) -> tuple[Act, ...]:
    """Those that agree; all of them where none does (a wrong detail must not hide the act)."""
    assert callable(agrees)
    kept = tuple(act for act in found if agrees(act))
    return kept or tuple(found)


def _near(found: Sequence[Act], citing: Document) -> list[Act]:
    """Of local namesakes without a named issuer: the citing body's own, else the nearest unit above it."""
    head = citing.masthead
    if head is None or len(found) < 1:
        return list(found)
    own = [act for act in found if head.issuer and act.issuer and same_body(act.issuer, head.issuer)]
    if own:
        return own
    placed = [(in_territory(act.issuer, head.territory), act) for act in found if act.issuer]
    ranks = [rank for rank, _ in placed if rank is not None]
    if ranks:
        return [act for rank, act in placed if rank == min(ranks)]
    if head.level == "tinh" and head.territory:  # its own numbers, not those of another province
        return [act for act in found if act.issuer is None or not has_unit(act.issuer)]
    return list(found)


def _issuer_meant(target: Target, citing: Document) -> str | None:
    """The issuer that the text names; a body named by its level alone ("UBND tỉnh") is that of the citing unit."""
    territory = citing.masthead.territory if citing.masthead else ()
    return full_name(target.issuer, territory) if target.issuer else None


def _own_issuer(symbol: str, citing: Document) -> str | None:
    """Whose a local number is that no issuer stands with: of a province's own council or committee."""
    head = citing.masthead
    if head is None or head.level != "tinh" or len(head.territory) != 1 or not symbols.is_local(symbol):
        return None
    body = "Hội đồng nhân dân" if "HĐND" in symbols.normalise(symbol).upper() else "Ủy ban nhân dân"
    return f"{body} {head.territory[0]}"


def _of_that_body(act: Act, name: str | None, citing: Document) -> bool:
    """Whether a local act is surely of the body meant, so that another day of issue can only be a wrong one.

    Every province and commune has a decision of that number each year: one of another day is another's.
    """
    if act.issuer is None:
        return False
    if name is not None and has_unit(name):
        return same_body(act.issuer, name)
    return citing.masthead is not None and in_territory(act.issuer, citing.masthead.territory) is not None


def _joined_dates(found: list[Act]) -> list[Act]:
    """Drops rows without a date beside one with a date: the register may know one document twice."""
    dated = [act for act in found if act.date or act.document]
    kinds = {act.kind for act in found}
    return dated if dated and len(kinds) == 1 else found


def _unsure(answer: Resolution, target: Target) -> Resolution:
    return Resolution(
        answer.symbol, answer.kind, answer.issuer, target.date or answer.date, answer.title, answer.path,
        answer.in_register, "named",
    )  # fmt: skip


def _one(values: Iterable[str | None]) -> str | None:
    kept = {value for value in values if value}
    return kept.pop() if len(kept) == 1 else None


def _on_day(spans: Iterable[tuple[Act, date | None, date | None]], on: date) -> list[Act]:
    """Acts whose name they had on that day; of several, the one that took the name last."""
    living = [
        (first, act) for act, first, until in spans if (first is None or first <= on) and not (until and until <= on)
    ]  # fmt: skip
    dated = [(first, act) for first, act in living if first is not None]
    if len(dated) == len(living) and living:
        newest = max(first for first, _ in dated)
        return [act for first, act in dated if first == newest]
    return [act for _, act in living]
