"""Running text of a document as paragraphs: citations as `ref`, instructions as `mod`, quotations of other acts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.locate import locate
from corpus.model import Citation, Document, Effect, Provision, Quote, Resolution, Target
from outputs.akn import uri
from outputs.akn.xml import add, write

Resolve = Callable[[Target], Resolution]

TEXTUAL = {
    "amend": "substitution", "replace": "replacement", "insert": "insertion", "repeal": "repeal",
    "substitute": "substitution", "insert_text": "insertion", "delete_text": "repeal", "correct": "substitution",
}  # fmt: skip
"""Effects that change wording, by the name Akoma Ntoso has for them."""

_OPENING = "“\"„‟«‘'"
_CLOSING = "”\"“»’'"


@dataclass(slots=True)
class Writing:
    """What is known while one document is written, and where its instructions were put.

    `period` gives attributes of a unit by its id (a consolidated text says which units are newer). `mods` maps the
    index of an effect to the id of its `mod`; `old`/`new` to the ids of the quotations in it.
    """

    document: Document
    work: str
    resolve: Resolve | None = None
    period: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mods: dict[int, str] = field(default_factory=dict)
    old: dict[int, str] = field(default_factory=dict)
    new: dict[int, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    counted: dict[str, int] = field(default_factory=dict)
    open: list[Quote] = field(default_factory=list)
    stated: list[tuple[int, int]] = field(default_factory=list)
    write_units: Callable[[Writing, Any, tuple[Provision, ...], int, int, str], None] | None = None

    def claim(self, wanted: str) -> str:
        """An id that no element has yet: the wanted one, or that with a number behind it."""
        eid, i = wanted, 1
        while eid in self.used:
            i += 1
            eid = f"{wanted}_{i}"
        self.used.add(eid)
        return eid

    def count(self, name: str) -> str:
        """The next free id of a series: `art_1__mod_1`, `art_1__mod_2`."""
        i = self.counted.get(name, 0) + 1
        while f"{name}_{i}" in self.used:
            i += 1
        self.counted[name] = i
        return self.claim(f"{name}_{i}")


def href(writing: Writing, target: Target, quoted: bool = False) -> str | None:
    """Address of what a citation means: in this document by its id, else by the work's URI; None where not told."""
    if target.self_:
        if quoted:
            return None  # "Luật này" in quoted text is the other act
        unit = locate(target.provision, writing.document) if target.provision else None
        if unit is not None:
            return f"#{unit.id}" if unit.nth == 1 else f"#{unit.id}_{unit.nth}"
        return uri.portion(writing.work, target.provision)
    name = uri.target_name(target)
    if writing.resolve is not None and (not target.symbol or not target.kind or not target.issuer):
        found = writing.resolve(target)
        if found.symbol and found.status == "resolved":
            name = uri.Name(found.symbol, found.kind or name.kind, found.issuer or name.issuer, found.date, found.title)
    work = uri.work(name)
    return uri.portion(work, target.provision) if work else None


def paragraphs(writing: Writing, parent: Any, start: int, end: int, owner: str) -> None:
    """`text[start:end]` as one `p` for each line; a line that announces quoted text and the quotation are one."""
    for a, b in lines(writing, start, end):
        paragraph(writing, add(parent, "p"), a, b, owner)


def lines(writing: Writing, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of the paragraphs of `text[start:end]`, without white space around them."""
    text = writing.document.text
    ranges: list[tuple[int, int]] = []
    at = start
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        if stripped:
            a = at + line.index(stripped)
            ranges.append((a, a + len(stripped)))
        at += len(line) + 1
    for quote in _quotes(writing, start, end):
        ranges = _around(ranges, *_marks(text, quote))
    return ranges


def _quotes(writing: Writing, start: int, end: int) -> list[Quote]:
    """Quotations of a range, without the one that is just being written."""
    quotes = writing.document.quotes
    first = bisect_left(quotes, start, key=lambda quote: quote.start)
    last = bisect_left(quotes, end, lo=first, key=lambda quote: quote.start)
    return [q for q in quotes[first:last] if q.end <= end and q not in writing.open]


def _around(ranges: list[tuple[int, int]], a: int, b: int) -> list[tuple[int, int]]:
    """Ranges with those that touch [a, b) made one, together with the line before a quotation that starts a line."""
    inside = [i for i, (x, y) in enumerate(ranges) if x < b and a < y]
    if not inside:
        return ranges
    first, last = inside[0], inside[-1]
    if ranges[first][0] == a and first > 0:
        first -= 1
    return [*ranges[:first], (ranges[first][0], ranges[last][1]), *ranges[last + 1 :]]


def _marks(text: str, quote: Quote) -> tuple[int, int]:
    """Range of a quotation with its marks."""
    a, b = quote.start, quote.end
    return a - (a > 0 and text[a - 1] in _OPENING), b + (b < len(text) and text[b] in _CLOSING)


# --- one paragraph ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A range of the text that is written as an element of its own."""

    start: int
    end: int
    write: Callable[[Any], None]


def paragraph(writing: Writing, p: Any, start: int, end: int, owner: str) -> None:
    """`text[start:end]` inside `p`. Where it holds an instruction, all of it is a `mod` of the unit `owner`."""
    effects = _effects(writing, start, end)
    quotes = _quotes(writing, start, end)
    place, mod = p, None
    if effects:
        mod = writing.count(f"{owner}__mod" if owner else "mod")
        place = add(p, "mod", eId=mod)
        for i, _ in effects:
            writing.mods[i] = mod
    runs = [_quotation(writing, quote, mod, effects) for quote in quotes]
    if mod:
        runs += _phrases(writing, start, end, mod, effects, runs)
    taken = _sorted(runs)
    runs += [run for run in references(writing, start, end) if not any(run.start < y and x < run.end for x, y in taken)]
    _write(writing.document.text, place, start, end, runs)


def references(writing: Writing, start: int, end: int) -> list[Run]:
    """Citations of `text[start:end]` that say which act they mean."""
    found: list[Run] = []
    citations = writing.document.citations
    for i in range(bisect_left(citations, start, key=lambda c: c.start), len(citations)):
        citation = citations[i]
        if citation.start >= end:
            break
        if citation.end > end or (found and citation.start < found[-1].end):
            continue
        addresses = _addresses(writing, citation)
        if addresses:
            found.append(Run(citation.start, citation.end, _reference(writing, citation, addresses)))
    return found


def _addresses(writing: Writing, citation: Citation) -> list[str]:
    found = (href(writing, target, citation.role == "quoted") for target in citation.targets)
    return list(dict.fromkeys(address for address in found if address))


def _reference(writing: Writing, citation: Citation, addresses: list[str]) -> Callable[[Any], None]:
    text = writing.document.text[citation.start : citation.end]

    def put(parent: Any) -> None:
        place = add(parent, "mref") if len(addresses) > 1 else parent
        write(add(place, "ref", href=addresses[0]), text)
        for address in addresses[1:]:
            add(place, "ref", href=address)

    return put


def _effects(writing: Writing, start: int, end: int) -> list[tuple[int, Effect]]:
    """Effects stated in a range that change wording, with their places in the document's list."""
    if not writing.stated:
        effects = writing.document.effects
        writing.stated = sorted((effect.start, i) for i, effect in enumerate(effects) if effect.type in TEXTUAL)
    first = bisect_left(writing.stated, (start, -1))
    last = bisect_left(writing.stated, (end, -1), lo=first)
    return [(i, writing.document.effects[i]) for i in sorted(i for _, i in writing.stated[first:last])]


def _quotation(writing: Writing, quote: Quote, mod: str | None, effects: list[tuple[int, Effect]]) -> Run:
    """New text of another act: `quotedStructure` in an instruction, `embeddedStructure` outside one."""
    text = writing.document.text
    a, b = _marks(text, quote)
    opening = text[a : quote.start] or None
    closing = text[quote.end : b] or None

    def put(parent: Any) -> None:
        tag = "quotedStructure" if mod else "embeddedStructure"
        eid = writing.count(f"{mod}__qstr" if mod else "estr")
        element = add(parent, tag, eId=eid, startQuote=opening, endQuote=closing)
        for i, effect in effects:
            if effect.start <= quote.start and effect.type in ("amend", "insert", "replace", "correct"):
                writing.new.setdefault(i, eid)
        writing.open.append(quote)
        if quote.units and writing.write_units is not None:
            writing.write_units(writing, element, quote.units, quote.start, quote.end, eid)
        else:
            paragraphs(writing, element, quote.start, quote.end, eid)
        writing.open.pop()
        if not len(element):
            add(element, "p")

    return Run(a, b, put)


def _phrases(
    writing: Writing, start: int, end: int, mod: str, effects: list[tuple[int, Effect]], others: list[Run]
) -> list[Run]:
    """Words that an instruction replaces, inserts or takes out, in their quotation marks."""
    text = writing.document.text
    places: dict[tuple[int, int], list[tuple[dict[int, str], int]]] = {}
    for i, effect in effects:
        at = effect.start
        for words, ids in ((effect.old_text, writing.old), (effect.new_text, writing.new)):
            found = _find_quoted(text, words, at, end) if words else None
            if found and not any(found[0] < run.end and run.start < found[1] for run in others):
                places.setdefault(found, []).append((ids, i))
                at = found[1]
    runs: list[Run] = []
    for (a, b), owners in sorted(places.items()):
        if a < start or (runs and a < runs[-1].end):
            continue
        runs.append(Run(a, b, _phrase(writing, a, b, mod, owners)))
    return runs


def _find_quoted(text: str, words: str, start: int, end: int) -> tuple[int, int] | None:
    at = text.find(words, start, end)
    while at > 0:
        b = at + len(words)
        if text[at - 1] in _OPENING and b < end and text[b] in _CLOSING:
            return at - 1, b + 1
        at = text.find(words, at + 1, end)
    return None


def _phrase(
    writing: Writing, a: int, b: int, mod: str, owners: list[tuple[dict[int, str], int]]
) -> Callable[[Any], None]:
    text = writing.document.text

    def put(parent: Any) -> None:
        eid = writing.count(f"{mod}__qtext")
        for ids, i in owners:
            ids[i] = eid
        element = add(parent, "quotedText", eId=eid, startQuote=text[a], endQuote=text[b - 1])
        write(element, text[a + 1 : b - 1])

    return put


def _sorted(runs: list[Run]) -> list[tuple[int, int]]:
    return sorted((run.start, run.end) for run in runs)


def _write(text: str, parent: Any, start: int, end: int, runs: list[Run]) -> None:
    """Text and runs in their order; line breaks around a quotation are no part of the text."""
    at = start
    for run in sorted(runs, key=lambda run: run.start):
        if run.start < at:
            continue
        write(parent, text[at : run.start].rstrip("\n"))
        run.write(parent)
        at = run.end
    write(parent, text[at:end].lstrip("\n") if at > start else text[at:end])


def spans(writing: Writing, parent: Any, start: int, end: int, marked: list[Run]) -> None:
    """`text[start:end]` with marked runs and references between them."""
    taken = _sorted(marked)
    free = [run for run in references(writing, start, end) if not any(run.start < y and x < run.end for x, y in taken)]
    _write(writing.document.text, parent, start, end, [*marked, *free])
