"""What a clause does to other clauses: effects in text order, each at the finest level that the text names.

The journey: cut the text into clauses and keep those with a trigger word; read in each the validity of the text
itself, instructions to other acts, duties; fill in the act under amendment, the article and the day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.model import Citation, Effect, Masthead, Outline, Target, Text, innermost
from corpus.model.quick import replace
from extractors.effects import targets as targets
from extractors.effects.clauses import Clause, Reader, Segment, segments
from extractors.effects.drafts import Draft
from extractors.effects.duties import duties
from extractors.effects.grammar import instructions
from extractors.effects.notes import told as told_in_notes
from extractors.effects.scope import Scope
from extractors.effects.targets import Context, Mentions
from extractors.effects.validity import validity
from extractors.patterns import lazy

__all__ = ["Effect", "find"]

_AMENDING_TITLE = lazy(r"(?i)sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính")
# Annexes, forms and lists of procedures name acts and changes, but do nothing to them.
_ANNEXED = ("app_", "form_", "__app_", "__form_")
_SELF_WORDS = lazy(r"\snày(?!\w)|hiệu lực")


def find(text: Text, head: Masthead, tree: Outline, citations: Sequence[Citation]) -> tuple[Effect, ...]:
    """All effects of a document, in text order.

    `citations` are those of the same text: their acts are the targets. `from_` is the day that a clause gives,
    else the first day in force that the document states (not for commence and expire).
    """
    source = Reader(text.text, tree)
    mentions = Mentions(citations, source.low)
    drafts = list(_drafts(source, head, tree, mentions))
    if head.kind == "van_ban_hop_nhat":  # its notes repeat clauses of others, which do nothing here
        notes = min((mark.note for mark in text.notes if mark.note is not None), default=len(text.text))
        drafts = [draft for draft in drafts if draft.start < notes]
    drafts = _finest(drafts, text.text, tree)
    drafts = [listed for draft in drafts for listed in _annexed(draft, text.text, tree, citations)]
    own_days = (d.time.first for d in drafts if d.type == "commence" and d.path is None and d.time)
    effective = next((day for day in own_days if day), head.effective)
    split = _split_days(drafts, tree)
    effects = [_effect(draft, head, tree, effective, split) for draft in drafts]
    effects += told_in_notes(text, head, tree, citations)
    return tuple(_distinct(sorted(effects, key=lambda e: (e.start, e.end))))


@dataclass(frozen=True, slots=True)
class _Open:
    depth: int
    context: Context
    where: str | None = None


def _drafts(source: Reader, head: Masthead, tree: Outline, mentions: Mentions) -> Iterator[Draft]:
    """Read the clauses in order; what a clause opens holds for the units below it."""
    amends = bool(head.title and _AMENDING_TITLE.search(head.title))
    base = Context(host=mentions.title_host, amends=amends)
    stack: list[_Open] = []
    begin = tree.provisions[0].start if tree.provisions else _after_masthead(head)
    for segment in segments(len(source.text), tree):
        if source.blank(segment):
            continue
        while stack and stack[-1].depth >= segment.depth:
            stack.pop()
        above = stack[-1].context if stack else base
        triggered = source.triggered(segment.start, segment.end)
        if segment.unit is None:
            if triggered and segment.end > begin:
                yield from _outside(source, segment, begin, base, head, mentions)
            continue
        if (not triggered and not above.verb) or _is_annexed(segment.unit.id):
            continue
        if segment.unit.id.startswith("att_"):
            if "__art_" not in segment.unit.id:
                continue
            above = above if stack else Context()
        base_place = stack[-1].where if stack else None
        found, context, where = _in_segment(source.clauses(segment), above, base_place, source, head, mentions)
        yield from found
        stack.append(_Open(segment.depth, context, where))


def _is_annexed(unit: str) -> bool:
    """Whether a unit is an annex or a form, or lies in one."""
    return unit.startswith(_ANNEXED[:2]) or any(part in unit for part in _ANNEXED[2:])


def _after_masthead(head: Masthead) -> int:
    """Where the text proper may begin in a text without units: after number, kind and bases."""
    names = ("symbol", "kind", "bases", "motto")
    return max((head.spans[name][1] for name in names if name in head.spans), default=0)


def _in_segment(
    clauses: Iterable[Clause], above: Context, place: str | None, source: Reader, head: Masthead, mentions: Mentions
) -> tuple[list[Draft], Context, str | None]:
    """Effects of clauses in a row, and the context for the units below. Numbers and dashes nest even without units."""
    found: list[Draft] = []
    opened: list[_Open] = []
    for clause in clauses:
        while opened and clause.level and opened[-1].depth >= clause.level:
            opened.pop()
        parent = opened[-1].context if opened else above
        where = _printed_place(clause, opened[-1].where if opened else None, place)
        below = parent
        if parent.verb or source.triggered(clause.start, clause.end):
            drafts, below = _read(clause, parent, mentions, source, head)
            found += [replace(draft, where=where) for draft in drafts]
        if clause.level or not opened:
            opened.append(_Open(clause.level, below, where))
        elif below is not parent:
            opened[-1] = replace(opened[-1], context=below)
    return found, opened[-1].context if opened else above, opened[-1].where if opened else place


def _printed_place(clause: Clause, above: str | None, holder: str | None) -> str | None:
    """The unit of a clause; a numbered line of an article that the outline left open is named as it is printed."""
    if clause.unit is None:
        return None
    if clause.first or not clause.level:
        parent, _, last = clause.unit.id.rpartition("__")
        if above is None and holder and last.startswith("pt_") and holder.rpartition("__cl_")[0] == parent:
            return f"{holder}__{last}"
        return above or clause.unit.id
    number = clause.words[: clause.label].strip(" .)/“\"").split()[-1:] or [""]
    base = above or clause.unit.id
    if clause.level == 2 and re.fullmatch(r"\d{1,3}[a-zđ]?", number[0]) and base.rpartition("__")[2].startswith("art_"):
        return f"{base}__cl_{number[0]}"
    if clause.level == 3 and base.rpartition("__")[2].startswith(("cl_", "art_")):
        return f"{base}__pt_{number[0]}"
    return base


def _read(
    clause: Clause, parent: Context, mentions: Mentions, source: Reader, head: Masthead
) -> tuple[list[Draft], Context]:
    """Effects of one clause, and the context for what stands below it (`parent` itself where it opens nothing)."""
    words = targets.without_chains(clause.words)
    scope = Scope(clause, words, parent, mentions, source.text, head.date)
    found, below = validity(scope, head.kind)
    told, after = instructions(scope)
    drafts = [_hosted(draft, parent, mentions, words, clause.start) for draft in (*found, *told)]
    return [*drafts, *duties(scope)], after if after is not parent else below


def _hosted(draft: Draft, context: Context, mentions: Mentions, words: str, offset: int) -> Draft:
    """A unit named without its act belongs to the act that the clauses above amend, else to the one cited there."""
    if draft.self_ or draft.annex:
        return draft
    if draft.target is not None:
        return replace(draft, target=mentions.numbered(draft.target))
    host = context.host or mentions.host_near(draft.start, draft.end, words, offset)
    if host is None:
        return draft
    path = draft.path
    if host.provision and not (path or "").startswith(("att_", "app_")):
        path = targets.join(host.provision, path)
    return replace(draft, target=mentions.numbered(replace(host, provision=None)), path=path)


def _outside(
    source: Reader, segment: Segment, begin: int, base: Context, head: Masthead, mentions: Mentions
) -> Iterator[Draft]:
    """Lines outside all units: what the text says of itself ("Kế hoạch này thay thế …"), and lines with a number."""
    title = head.spans.get("title", (0, 0))
    wanted = [
        clause for clause in source.clauses(segment)
        if clause.end > begin and not source.text[clause.start : clause.end].isupper()
        and (_SELF_WORDS.search(clause.words) or (clause.level and not title[0] <= clause.start < title[1]))
    ]  # fmt: skip
    found, _, _ = _in_segment(wanted, base, None, source, head, mentions)
    yield from found


def _finest(drafts: list[Draft], text: str, tree: Outline) -> list[Draft]:
    """Without announcements that later paragraphs of the same unit carry out.

    "Sửa đổi một số điều của X" is one, and a heading whose very changes stand below it ("Điều 2. Sửa đổi điểm a và bãi
    bỏ điểm c khoản 1 Điều 5").
    """
    starts = sorted(d.start for d in drafts if not d.self_)
    last = {_change(draft): draft.start for draft in drafts if not draft.self_}
    kept: list[Draft] = []
    for draft in drafts:
        said = draft.new_text is None and draft.old_text is None and draft.path is not None and not draft.self_
        again = said and last[_change(draft)] > draft.start
        unit = innermost(tree.provisions, draft.start) if draft.announces or again else None
        if unit:
            paragraph = text.find("\n", draft.start)
            paragraph = paragraph if paragraph >= 0 else len(text)
            after = bisect_left(starts, paragraph)
            if draft.announces and after < len(starts) and starts[after] < unit.end:
                continue
            if again and paragraph <= last[_change(draft)] < unit.end:
                continue
        kept.append(draft)
    return kept


def _change(draft: Draft) -> tuple[object, ...]:
    act = draft.target
    return draft.type, act.symbol if act else None, act.name if act else None, draft.path


_ROW = lazy(
    r"[\s\d.|)\-–]{0,12}(?:(?:quyết định|nghị quyết|chỉ thị|thông tư|nghị định|văn bản|"
    r"kế hoạch)\s*\|?\s*)?(?:số\s*:?\s*)?$"
)


def _annexed(draft: Draft, text: str, tree: Outline, citations: Sequence[Citation]) -> list[Draft]:
    """"Bãi bỏ 12 văn bản tại Phụ lục": one draft for each row of that annex that begins with an act."""
    if not draft.annex:
        return [draft]
    units = [u for u in tree.provisions if u.id.split("__")[-1] == f"app_{draft.annex}"] or [
        u for u in tree.provisions if u.kind == "phu_luc" or re.fullmatch(r"att_\d+", u.id)
    ][:1]
    rows: list[Draft] = []
    for unit in units[:1]:
        for item in citations:
            if not unit.start <= item.start < unit.end or item.role != "body":
                continue
            line = text.rfind("\n", 0, item.start) + 1
            if not _ROW.fullmatch(text[max(line, unit.start) : item.start].lower()):
                continue
            rows += [
                replace(draft, start=item.start, end=item.end, target=t, path=t.provision, annex=None, where=None)
                for t in item.targets if not t.self_
            ]  # fmt: skip
    return rows


@dataclass(frozen=True, slots=True)
class _OwnDay:
    """A unit that comes into force on a day of its own, and its range in the text."""

    path: str
    first: date
    start: int
    end: int

    def holds(self, place: str | None, offset: int) -> bool:
        named = place is not None and (place == self.path or place.startswith(f"{self.path}__"))
        return named or self.start <= offset < self.end


def _split_days(drafts: Iterable[Draft], tree: Outline) -> list[_OwnDay]:
    """Units that come into force on a day of their own; none that would have two of them."""
    days: dict[str, set[date]] = {}
    for draft in drafts:
        if draft.type == "commence" and draft.self_ and draft.path and draft.time and draft.time.first:
            days.setdefault(draft.path, set()).add(draft.time.first)
    single = {path: found.pop() for path, found in days.items() if len(found) == 1}
    if not single:
        return []
    spans = {unit.id: (unit.start, unit.end) for unit in reversed(tree.provisions) if unit.id in single}
    return [_OwnDay(path, day, *spans.get(path, (0, 0))) for path, day in single.items()]


def _effect(
    draft: Draft, head: Masthead, tree: Outline, effective: date | None, split: Sequence[_OwnDay]
) -> Effect:
    """`split`: units that come into force on days of their own; a clause in one works from then."""
    target = draft.target
    if draft.self_:
        target = Target(
            head.symbol, head.kind, head.date, head.issuer, provision=draft.path, self_=True,
            status="resolved" if head.symbol else "named",
        )  # fmt: skip
    else:
        target = replace(target or Target(), provision=draft.path, self_=False)
    first = draft.time.first if draft.time else None
    unit = innermost(tree.provisions, draft.start)
    place = draft.where or (unit.id if unit else None)
    if draft.type not in ("commence", "expire") and first is None:
        around = [own for own in split if own.holds(place, draft.start)]
        first = max(around, key=lambda own: own.path.count("_")).first if around else effective
    return Effect(
        type=draft.type, in_=place, start=draft.start, end=draft.end,
        target=target, from_=first, until=draft.time.last if draft.time else None,
        old_text=draft.old_text, new_text=draft.new_text, to=draft.to, partial=draft.partial,
    )  # fmt: skip


def _distinct(effects: Sequence[Effect]) -> Iterator[Effect]:
    """The same effect said twice in one place is one."""
    seen: set[tuple[object, ...]] = set()
    for effect in effects:
        act = effect.target
        key = (effect.type, effect.in_, act.symbol, act.name, act.provision, act.self_, effect.old_text,
               effect.new_text, effect.to)  # fmt: skip
        if key not in seen:
            seen.add(key)
            yield effect
