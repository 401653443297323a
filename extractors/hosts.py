"""Which act, and which unit of it, a passage of an amending text speaks of.

An amending act changes one or more others: its title ("sửa đổi, bổ sung một số điều của Nghị định số …"), the heading
of an article or chapter ("Điều 2. Sửa đổi, bổ sung một số điều của Thông tư số …") or a clause says which, and the
units inside go on from there ("1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau: “…”", "b) Bãi bỏ khoản 3"). Inside the
quotation marks a unit of the amended act speaks: "Điều này" there is that act's. Source: NĐ 78/2025 Art. 70.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.model import Masthead, Outline, Provision, Quote, Target, Text
from corpus.model.quick import quick, replace
from corpus.text import lowered
from extractors.nesting import Nesting
from extractors.patterns import lazy

# Every branch begins with a letter, so that a scan can skip to one of them.
_VERBS = lazy(
    r"sửa\s{1,2}đổi|bổ\s{1,2}sung|bãi\s{1,2}bỏ|thay\s|b(?<!bãi\sb)(?<!\wb)ỏ\s|h(?:ủy|uỷ)\s{1,2}bỏ|đính\s{1,2}chính"
    r"|chuyển\s|đổi\s{1,2}tên"
)
_UNIT_START = lazy(
    r"[ \t]{0,4}[“\"«]?[ \t]{0,2}(?:Điều\s{1,2}(?P<art>\d{1,4}[a-zđ]?\d?)\s{0,2}[.:]"
    r"|(?P<cl>\d{1,3}[a-zđ]?\d?)\s{0,2}\.(?!\d)|(?P<pt>[a-zđ]\d?)\s{0,2}\))"
)
_AFTER = lazy(r"(?:sau|trước)\s{1,3}$")
_ANNOUNCES = lazy(r"(?:gồm|sau đây|như sau|sau)\s{0,2}:\s{0,3}$")
_INSERTS_AFTER = lazy(r"\s(?:sau|trước)\s")
# "… (đã được sửa đổi, bổ sung bởi Thông tư B)": B changed the unit before and is not changed now.
_AMENDED_BY = lazy(r"được\s(?:sửa đổi|bổ sung|thay thế)[\w\s,]{0,24}\s(?:bởi|theo|tại|bằng)\s{1,3}$")
_AND = lazy(r"[\s,;]{0,3}(?:và\s{1,3})?(?:bởi\s{1,3})?")
_ORDER = {"art": 0, "cl": 1, "pt": 2}
_HEADING_LIMIT = 1500


class Cited(Protocol):
    """A mention with its targets: a `Citation`, or what `citations` has before places are known."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def targets(self) -> tuple[Target, ...]: ...


@quick
@dataclass(frozen=True, slots=True)
class Host:
    """The amended act (`act`: a whole-document target) and the unit of it at hand.

    `unit` is an id in that act ("art_5__cl_2", "att_1" for the text issued with it), None for the whole act. `quoted`
    tells that the place lies inside quoted text, where the act itself speaks.
    """

    act: Target
    unit: str | None = None
    quoted: bool = False


class Hosts:
    """The hosts of a text, by place."""

    def __init__(
        self, scopes: Sequence[tuple[int, int, Host]] = (), quotes: Sequence[tuple[int, int, Host | None]] = ()
    ) -> None:
        self._scopes = Nesting(scopes)
        self._quotes = Nesting((start, end, (host,)) for start, end, host in quotes)

    def at(self, offset: int) -> Host | None:
        """The host of the place `offset` (a code point of the text), None where no act is being amended."""
        return self.in_quote(offset) if self.is_quoted(offset) else self.outside_quotes(offset)

    def is_quoted(self, offset: int) -> bool:
        """Whether the place lies inside a quotation."""
        return self._quotes.at(offset) is not None

    def in_quote(self, offset: int) -> Host | None:
        """The host inside a quotation, None outside all of them or where the amended act is not known."""
        found = self._quotes.at(offset)
        return found[0] if found else None

    def outside_quotes(self, offset: int) -> Host | None:
        """The host of an instruction at `offset`: that of the innermost unit that has one."""
        return self._scopes.at(offset)


def find_hosts(text: Text, head: Masthead, tree: Outline, cited: Sequence[Cited]) -> Hosts:
    """Hosts of a text. `cited`: its mentions in text order, targets as the words give them (units not completed)."""
    return _Finder(text.text, head, tree, cited).hosts()


class _Finder:
    def __init__(self, text: str, head: Masthead, tree: Outline, cited: Sequence[Cited]) -> None:
        self.text, self.lower, self.head, self.tree = text, lowered(text), head, tree
        self.cited = [item for item in cited if item.targets]
        self.starts = [item.start for item in self.cited]
        self.quote_starts = [quote.start for quote in tree.quotes]

    def hosts(self) -> Hosts:
        default = self._of_title()
        scopes: list[tuple[int, int, Host]] = []
        stack: list[tuple[Provision, Host | None]] = []
        units = [unit for unit in self.tree.provisions if unit.kind in ("chuong", "muc", "dieu", "khoan", "diem")]
        for i, unit in enumerate(units):
            while stack and stack[-1][0].end <= unit.start:
                stack.pop()
            parent = stack[-1][1] if stack else None
            after = units[i + 1].start if i + 1 < len(units) and units[i + 1].start < unit.end else unit.end
            host = self._of_unit(unit, after, parent, default, inside=bool(stack))
            if host is not None:
                scopes.append((unit.start, unit.end, host))
            stack.append((unit, host))
        found = Hosts(scopes)
        return Hosts(scopes, [part for quote in self.tree.quotes for part in self._of_quote(quote, found, default)])

    # --- the act ---------------------------------------------------------------------------------

    def _of_title(self) -> Host | None:
        span = self.head.spans.get("title")
        if span is None:
            return None
        verb = _VERBS.search(self.lower, span[0], span[1])
        return self._act_in(verb.end(), span[1]) if verb else None

    def _cites(self, start: int, end: int) -> bool:
        """Whether something is cited in the range."""
        i = bisect_left(self.starts, start)
        return i < len(self.starts) and self.starts[i] < end

    def _between(self, start: int, end: int) -> list[Cited]:
        i = bisect_right(self.starts, start - 1)
        found: list[Cited] = []
        while i < len(self.cited) and self.starts[i] < end:
            found.append(self.cited[i])
            i += 1
        return found

    def _act_in(self, start: int, end: int) -> Host | None:
        """The act that the words of an instruction name: the first that is not the amender in a chain."""
        amender: Cited | None = None
        for item in self._between(start, end):
            first = item.targets[0]
            if first.self_ or not (first.symbol or first.name or first.date):
                continue
            if _AMENDED_BY.search(self.lower, max(start, item.start - 60), item.start) or (
                amender is not None and _AND.fullmatch(self.lower, amender.end, item.start)
            ):
                amender = item
                continue
            if first.provision and not first.provision.startswith(("att_", "app_")):
                units = [target.provision for target in item.targets]
                unit = units[0] if len(units) == 1 else _common([u for u in units if u])
            else:
                unit = first.provision if first.provision and first.provision.startswith("att_") else None
            return Host(replace(first, provision=None), unit)
        return None

    def _of_unit(
        self, unit: Provision, after: int, parent: Host | None, default: Host | None, *, inside: bool
    ) -> Host | None:
        """Host of one unit: what its own words say, else what its parent's or the title's said."""
        base = parent or (default if not inside or unit.kind == "dieu" else None)
        if base is None and not self._cites(unit.start, after):
            return None
        end = min(after, self._next_quote(unit.start), unit.start + _HEADING_LIMIT, unit.end)
        line = self.text.find("\n", unit.start, end)
        if unit.kind == "dieu" and line >= 0 and _VERBS.search(self.lower, unit.start, line):
            end = line  # the heading tells; what follows are instructions inside it
        verb = _VERBS.search(self.lower, unit.start, min(end, unit.start + 200))
        if unit.kind in ("chuong", "muc"):
            return self._act_in(unit.start, end) if verb else None
        if verb is None and (listed := self._announced(unit.start, after)) is not None:
            return listed
        if verb is None:
            if parent is None and unit.kind != "dieu":
                return None
            if base is None or (unit.kind == "dieu" and parent is None):
                return None
            return self._with_units(base, unit.start, end)
        named = self._act_in(unit.start, end)
        if named is not None:
            return named
        return self._with_units(base, unit.start, end) if base else None

    def _announced(self, start: int, after: int) -> Host | None:
        """The act whose units the lines below list: "… quy định chi tiết một số điều của Luật A, gồm:"."""
        end = self.text.find("\n", start, min(after, start + _HEADING_LIMIT))
        if end < 0 or not _ANNOUNCES.search(self.lower, max(start, end - 40), end):
            return None
        return self._act_in(start, end)

    def _with_units(self, base: Host, start: int, end: int) -> Host:
        """`base`, gone down to the unit that the words between name ("Sửa đổi, bổ sung khoản 2 Điều 12")."""
        units = self._units_between(start, end, base)
        return replace(base, unit=units) if units else base

    def _units_between(self, start: int, end: int, base: Host) -> str | None:
        named = [
            target.provision
            for item in self._between(start, end)
            if not _AFTER.search(self.lower, max(start, item.start - 12), item.start)
            for target in item.targets[: 1 if _INSERTS_AFTER.search(self.lower, item.start, item.end) else None]
            if target.provision and not target.symbol and not target.name
        ]
        if not named:
            return None
        full = [complete_in(unit, base.unit) for unit in named]
        return full[0] if len(full) == 1 else _common(full)

    def _next_quote(self, at: int) -> int:
        i = bisect_right(self.quote_starts, at)
        return self.quote_starts[i] if i < len(self.quote_starts) else len(self.text)

    # --- quotations -------------------------------------------------------------------------------

    def _of_quote(self, quote: Quote, found: Hosts, default: Host | None) -> list[tuple[int, int, Host | None]]:
        """The quoted text in pieces, each with the unit of the amended act that it is."""
        outer = found.outside_quotes(max(quote.start - 1, 0)) or default
        if outer is None:
            return [(quote.start, quote.end, None)]
        base = self._instructed(quote, outer)
        path = [part for part in (base or "").split("__") if part]
        pieces: list[tuple[int, int, Host | None]] = []
        at, here = quote.start, list(path)
        top: int | None = None
        for start, level, number in self._unit_starts(quote):
            if level == "cl" and top is None and path and path[-1] == f"art_{number}":
                level = "art"  # “14a. Phân cấp …”: the heading of an article without its word
            if start > at:
                pieces.append((at, start, Host(outer.act, "__".join(here) or None, quoted=True)))
            if top is None:
                top = _ORDER[level]
            if _ORDER[level] <= top:
                # The first quoted unit tells at what level the instruction's place is cut.
                here = [part for part in path if _order_of(part) < _ORDER[level]]
                top = min(top, _ORDER[level])
            else:
                here = [part for part in here if _order_of(part) < _ORDER[level]]
            here.append(f"{level}_{number}")
            at = start
        pieces.append((at, quote.end, Host(outer.act, "__".join(here) or None, quoted=True)))
        return pieces

    def _instructed(self, quote: Quote, outer: Host) -> str | None:
        """The unit that the words right before the quotation name, completed by its host."""
        line = self.text.rfind("\n", 0, max(quote.start - 2, 0)) + 1
        named = self._units_between(line, quote.start, outer)
        return named or outer.unit

    def _unit_starts(self, quote: Quote) -> list[tuple[int, str, str]]:
        out: list[tuple[int, str, str]] = []
        at = quote.start
        while at < quote.end:
            match = _UNIT_START.match(self.text, at, quote.end)
            if match:
                level = match.lastgroup or "cl"
                out.append((at, level, match[level]))
            line = self.text.find("\n", at, quote.end)
            if line < 0:
                break
            at = line + 1
        return out


def _order_of(part: str) -> int:
    level = part.partition("_")[0]
    return _ORDER.get(level, -1 if level in ("att", "app") else 3)


def complete_in(unit: str, base: str | None) -> str:
    """`unit` with the units above it that only `base` names: "cl_1" in "art_85__cl_3" is "art_85__cl_1"."""
    if not base:
        return unit
    order = _order_of(unit.split("__", 1)[0])
    if order >= 3:
        return unit
    above = [part for part in base.split("__") if _order_of(part) < order]
    return "__".join([*above, unit]) if order >= 0 else unit


def _common(units: Sequence[str]) -> str | None:
    """The longest unit that holds all of `units`."""
    split = [unit.split("__") for unit in units]
    out: list[str] = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        out.append(parts[0])
    return "__".join(out) or None
