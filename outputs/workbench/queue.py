"""The queue: what is to be decided, filtered, counted, searched, grouped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from corpus.model import Finding
from corpus.office.decisions import reasons
from corpus.store import Store
from outputs import words
from outputs.workbench.asked import ANY, DEFAULTS, NONE, Asked, asked
from outputs.workbench.index import STANDINGS, Filters, Index
from outputs.workbench.site import Site, link
from outputs.workbench.wording import FACET_NAMES, VALUE_NAMES
from outputs.workbench.wording import STANDINGS as STANDING_WORDS

SIZE = 50
MOST_VALUES, MOST_COUNTED = 12, 60
SIDE = ("xu_ly", "loai", "muc_do", "do_chac", "nhom", "tinh_trang", "don_vi", "linh_vuc", "quy_tac", "van_ban")
_ORDER: Mapping[str, Sequence[str]] = {
    "xu_ly": ("mo", *STANDINGS), "muc_do": tuple(words.SEVERITIES), "do_chac": tuple(words.CERTAINTIES),
    "loai": tuple(VALUE_NAMES["loai"]), "tinh_trang": tuple(words.STATES), "nhom": tuple(words.FAMILIES),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its words, how many findings it would give, where it leads, whether it is chosen."""

    name: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values; `more`: there are values that are not shown."""

    code: str
    name: str
    choices: tuple[Choice, ...]
    more: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as a line of the queue."""

    id: str
    rule: str
    rule_name: str
    severity: str
    certainty: str
    state: str
    standing: str
    standing_words: str
    document: str
    where: str
    brief: str
    quote: str
    proposal: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one document or one cause."""

    name: str
    note: str
    count: int
    href: str


def queue(site: Site, request: Request) -> Response:
    """The queue, as the address asks."""
    view = asked(dict(request.query_params))
    with site.door.reading() as store:
        index = site.index(store)
        mask = index.matching(view.filters)
        total = int(mask.sum())
        pages = max((total + SIZE - 1) // SIZE, 1)
        page = min(view.page, pages)
        lines: list[Line] = []
        groups: list[Group] = []
        if view.grouping:
            page = view.page
            number, found = index.groups(mask, view.grouping, (page - 1) * SIZE, SIZE)
            pages = max((number + SIZE - 1) // SIZE, 1)
            groups = [_group(index, view, *one) for one in found]
        else:
            lines = lines_of(store, index, index.page(mask, (page - 1) * SIZE, SIZE), view.given)
        facets = _facets(index, view)
    return site.page(
        "queue.html.j2", view=view, total=total, page_number=page, pages=pages, lines=lines, groups=groups,
        facets=facets, reasons=tuple(reasons().values()), focused=request.query_params.get("chon", ""),
        done=request.query_params.get("bao", ""), here="phat-hien", whole=len(index),
    )  # fmt: skip


def lines_of(store: Store, index: Index, ids: Sequence[str], given: Mapping[str, object]) -> list[Line]:
    """Lines of these findings, in this order."""
    stored = store.findings_of(ids)
    return [_line(stored[one].finding, index, given) for one in ids if one in stored]


def _line(finding: Finding, index: Index, given: Mapping[str, object]) -> Line:
    place, i = finding.places[0], index.position(finding.id)
    standing = index.value("xu_ly", i) if i is not None else "chua"
    where = words.provision_words(place.provision) if place.provision else ""
    if len(finding.places) > 1:
        where = f"{where} và {len(finding.places) - 1} chỗ khác" if where else f"{len(finding.places)} chỗ"
    return Line(
        finding.id, finding.rule, words.rule_name(finding.rule), finding.severity, finding.certainty, finding.state,
        standing, STANDING_WORDS[standing], index.names.get(finding.path, finding.path),
        where, words.shorten(finding.message, 210), words.shorten(place.quote, 120),
        words.PROPOSALS.get(finding.proposal, finding.proposal), link(f"/phat-hien/{finding.id}", given),
    )  # fmt: skip


def _facets(index: Index, view: Asked) -> list[Facet]:
    counted = index.counted(view.filters, SIDE, MOST_COUNTED)
    return [facet for facet in (_facet(index, name, counted[name], view) for name in SIDE) if facet.choices]


def _facet(index: Index, name: str, counts: dict[str, int], view: Asked) -> Facet:
    chosen = view.filters.chosen.get(name)
    if name == "xu_ly":
        counts = {"mo": counts.get("chua", 0) + counts.get("hoi_lai", 0), **counts}
    order = _ORDER.get(name)
    if order:
        listed = [value for value in order if value in counts or value == chosen]
        if name == "nhom":
            listed += sorted(value for value in counts if value not in order)
    else:
        listed = sorted(counts, key=lambda value: (-counts[value], value))
        if chosen is not None and chosen not in listed:
            listed.insert(0, chosen)
    shown = listed[:MOST_VALUES]
    if chosen is not None and chosen not in shown:
        shown = [chosen, *shown[:-1]]
    choices = [
        Choice(_name(index, name, value), counts.get(value, 0),
               _href(view, name, ANY if value == chosen else value or NONE), value == chosen)
        for value in shown
    ]  # fmt: skip
    if len(choices) == 1 and choices[0].count == 0 and not choices[0].chosen:
        choices = []
    if name in ("don_vi", "linh_vuc") and set(counts) <= {""} and chosen is None:
        choices = []
    return Facet(name, FACET_NAMES[name], tuple(choices), len(listed) > len(shown), chosen is not None)


def _name(index: Index, facet: str, value: str) -> str:
    if facet == "van_ban":
        return index.names.get(value, value)
    if facet == "quy_tac":
        return f"{value} {words.rule_name(value)}"
    if facet == "nhom":
        return words.family_of(value)
    return VALUE_NAMES.get(facet, {}).get(value, value)


def _href(view: Asked, name: str, value: str) -> str:
    """The same view with another value; a default that is asked for by name is left out of the address."""
    plain = "" if value == DEFAULTS.get(name) or (value == ANY and name not in DEFAULTS) else value
    return link("/phat-hien", view.given, **{name: plain, "trang": ""})


def _group(index: Index, view: Asked, value: str, count: int) -> Group:
    if view.grouping == "van_ban":
        name, note = index.names.get(value, value), value
    else:
        rule, _, rest = value.partition(" ")
        symbol, _, provision = rest.partition(" ")
        name = words.act_words(symbol or None, provision or None) or "Không có văn bản đối chiếu"
        note = f"{rule} · {words.rule_name(rule)}"
    return Group(name[:1].upper() + name[1:], note, count,
                 link("/phat-hien", view.given, **{view.grouping: value, "theo": "", "trang": ""}))  # fmt: skip


def open_only(filters: Filters) -> bool:
    """Whether a finding leaves the view when it is decided."""
    return filters.chosen.get("xu_ly") in ("mo", "chua", "hoi_lai")
