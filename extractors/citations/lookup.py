"""Which document the words of an act mean: by number, by name, by a short name that the text itself defines.

Asked in this order: is it the document itself; does the text give the name with a number elsewhere, or define it ("sau
đây gọi là Luật"); what did the register know of that name on that day. Several answers are several candidates; none
leaves the name as it is, without a number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from corpus import symbols
from corpus.model import Known, KnownDocument, Masthead, Target, TargetStatus
from corpus.model.quick import replace
from corpus.text import fold
from extractors.citations.roles import Drafted
from extractors.citations.tokens import Act, Mention
from extractors.patterns import lazy, line_start, spaced

_DEFINED = lazy(
    r"\((?:[^()\n]{0,40}?\s)?(?:gọi|viết)\s(?:tắt\s|chung\s){0,2}là\s?:?\s?[“\"]?(?P<name>[^()”\"\n]{2,160}?)[”\"]?\s?\)"
)
_KIND_WORDS = {"luật": "luat", "bộ luật": "luat", "nghị định": "nghi_dinh", "thông tư": "thong_tu",
               "quyết định": "quyet_dinh", "nghị quyết": "nghi_quyet", "pháp lệnh": "phap_lenh"}  # fmt: skip
_AMENDED_IN = spaced(
    r"\s{0,2},?\s{0,2}\(?(?:đã )?được sửa đổi,? bổ sung(?: một số điều)?(?: vào)?"
    r"(?:,?(?: và)? (?:các )?năm \d{4}){1,5}\)?"
)
_DEFINED_WITHIN = 900


class Lookup:
    """Answers for one text. Acts are kept in order, for what refers back to them."""

    def __init__(self, head: Masthead, known: Known, mentions: Sequence[Mention]) -> None:
        self.head, self.known = head, known
        self.own_key = symbols.key(head.symbol) if head.symbol else None
        self.itself = Target(head.symbol, head.kind, head.date, head.issuer, self_=True,
                             status="resolved" if head.symbol else "named")  # fmt: skip
        self._met: dict[str, tuple[list[int], list[Target]]] = {}
        self._by_short: dict[tuple[str, str], dict[str, Target]] = {}
        self.defined: dict[str, Target] = {}
        self._cache: dict[tuple[object, ...], tuple[Target, ...]] = {}
        self._numbered: dict[str, set[str]] = {}
        for mention in mentions:
            act = mention.act
            if act is not None and act.symbol and act.name and act.complete:
                self._numbered.setdefault(fold(act.name), set()).add(act.symbol)

    def of(self, act: Act, start: int) -> tuple[Target, ...]:
        """The document that an act at `start` means: one target, several candidates, or () for a blank number."""
        if act.number_only:
            return self._short_number(act)
        key = (act.symbol, act.name, act.kind, act.date, act.year, act.issuer)
        if key not in self._cache:
            self._cache[key] = self._look_up(act)
        found = self._cache[key]
        if found and (act.symbol or act.name) and not found[0].self_:
            starts, targets = self._met.setdefault(act.kind, ([], []))
            starts.append(start)
            targets.append(found[0])
            if symbol := found[0].symbol:
                number = symbol.partition("/")[0].lstrip("0")
                self._by_short.setdefault((act.kind, number), {})[symbol] = found[0]
        return found

    def before(self, kind: str, start: int, since: int = 0) -> Target | None:
        """The act of that kind named last before `start` (and from `since` on)."""
        starts, targets = self._met.get(kind, ((), ()))
        i = bisect_left(starts, start) - 1
        return targets[i] if i >= 0 and starts[i] >= since else None

    def after(self, kind: str, start: int, until: int) -> Target | None:
        """The act of that kind named next after `start`, up to `until`."""
        starts, targets = self._met.get(kind, ((), ()))
        i = bisect_right(starts, start)
        return targets[i] if i < len(starts) and starts[i] < until else None

    def read_definitions(self, text: str, lower: str, drafts: Sequence[Drafted]) -> None:
        """Short names: "(sau đây gọi là Luật)" stands for the act before the bracket, of that kind if it names one."""
        if "gọi" not in lower and "viết tắt" not in lower:
            return
        starts = [draft.start for draft in drafts]
        for match in _DEFINED.finditer(lower):
            name = match["name"].strip()
            kind = next((kind for word, kind in _KIND_WORDS.items() if name.startswith(word)), None)
            line = line_start(text, match.start(), _DEFINED_WITHIN)
            i = bisect_right(starts, match.start()) - 1
            while i >= 0 and starts[i] >= line:
                act, target = drafts[i].mention.act, drafts[i].targets[0]
                if act is not None and not target.self_ and not act.bare and kind in (None, act.kind):
                    key = name if name in _KIND_WORDS else fold(name)
                    self.defined.setdefault(key, replace(target, provision=None))
                    break
                i -= 1

    def amended_in(self, act: Act, text: str, at: int) -> tuple[tuple[Target, ...], int]:
        """The acts behind "(được sửa đổi, bổ sung năm 2020)" at `at` and its end, as far as the register knows them."""
        match = _AMENDED_IN.match(text, at) if act.name and act.kind == "luat" else None
        if match is None:
            return (), at
        found: list[Target] = []
        for year in re.findall(r"\d{4}", match[0]):
            name = f"Luật sửa đổi, bổ sung một số điều của {act.name}"
            targets = self._by_name(replace(act, name=name, symbol=None, date=None, year=int(year)), name)
            found += [target for target in targets if target.symbol]
        return tuple(found), match.end() if found else at

    # --- one act ----------------------------------------------------------------------------------

    def _look_up(self, act: Act) -> tuple[Target, ...]:
        if self._is_own(act):
            return (self.itself,)
        if act.symbol:
            return () if act.symbol.startswith("/") else (self._by_number(act, act.symbol),)
        if act.name:
            return self._by_name(act, act.name)
        return (Target(None, act.kind, act.date, act.issuer),)

    def _is_own(self, act: Act) -> bool:
        """A document's own number, also heading its annexes. Numbers without a year come back: dates are compared."""
        if not act.symbol:
            return False
        if act.symbol.startswith("/"):
            return self.head.symbol is None and act.kind == self.head.kind
        if self.own_key is None or symbols.key(act.symbol) != self.own_key:
            return False
        same_day = not act.date or not self.head.date or act.date == self.head.date
        return same_day or bool(re.search(r"/\d{4}/", act.symbol))

    def _by_number(self, act: Act, symbol: str) -> Target:
        day, issuer = act.date, act.issuer
        rows: Sequence[KnownDocument] = [row for row in self.known.documents(symbol) if row.kind == act.kind]
        if day:
            rows = [row for row in rows if row.date in (None, day)]
        if len(rows) == 1:
            day, issuer = day or rows[0].date, issuer or rows[0].issuer
        status: TargetStatus = "resolved" if act.complete else "named"
        return Target(symbol, act.kind, day, issuer or symbols.issuer_of(symbol), act.name, act.year, status=status)

    def _by_name(self, act: Act, name: str) -> tuple[Target, ...]:
        inside = self._numbered.get(fold(name), set())
        if len(inside) == 1:
            symbol = next(iter(inside))
            years = {act.year, act.date.year if act.date else None} - {None}
            if all(f"/{year}/" in symbol for year in years):
                return (replace(self._by_number(act, symbol), year=act.year),)
        meant = self.defined.get(fold(name))
        if meant is not None and act.year is None and act.date is None:
            return (meant,)
        issuer = act.issuer or ("Ủy ban Thường vụ Quốc hội" if act.kind == "phap_lenh" else "Quốc hội")
        plain = Target(None, act.kind, act.date, issuer, name, act.year)
        # A date beside a name is the day of issue: on that day an older law of the name may still have been in force.
        if act.date:
            rows = [row for row in self.known.named(name) if self._issued(row.symbol, act.date)]
            rows = rows or list(self.known.named(name, None, act.date.year))
        else:
            rows = list(self.known.named(name, self.head.date, act.year))
        if not rows:
            return (plain,)
        status: TargetStatus = "resolved" if len(rows) == 1 else "ambiguous"
        days = [act.date or self._day_of(row.symbol, act.kind) for row in rows]
        return tuple(replace(plain, symbol=row.symbol, date=day, status=status)
                     for row, day in zip(rows, days, strict=True))  # fmt: skip

    def _day_of(self, symbol: str, kind: str) -> date | None:
        papers = [paper for paper in self.known.documents(symbol) if paper.kind == kind]
        return papers[0].date if len(papers) == 1 else None

    def _issued(self, symbol: str, day: date) -> bool:
        return any(paper.date == day for paper in self.known.documents(symbol))

    def _short_number(self, act: Act) -> tuple[Target, ...]:
        """"Nghị định 34": the decree with that number that the text named before; several are told as such."""
        seen = self._by_short.get((act.kind, (act.number_only or "").lstrip("0"))) or {}
        if act.date:
            seen = {symbol: target for symbol, target in seen.items() if target.date in (None, act.date)}
        if not seen:
            return (Target(None, act.kind, act.date, act.issuer, act.name),)
        status: TargetStatus = "resolved" if len(seen) == 1 else "ambiguous"
        return tuple(replace(target, provision=None, status=status) for target in seen.values())
