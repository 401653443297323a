"""The first screen: what changed, what is due, how far the year is, what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from corpus.model import Clock, Handling, Progress
from corpus.office import records
from corpus.store import Store
from outputs import words
from outputs.workbench.door import Check
from outputs.workbench.index import Filters, Index
from outputs.workbench.queue import lines_of
from outputs.workbench.site import Site, link

_ELSEWHERE = ("van_ban_trung_uong", "chua_doc_duoc", "phuc_vu")
"""Checks of `Door.health` that the first screen shows in a place of their own, or that only `rasoat health` tells."""
_SHOWN = 6
_SOON = 60


@dataclass(frozen=True, slots=True)
class News:
    """What a run brought, of one kind: how many, where to see them, the first of them."""

    name: str
    count: int
    href: str
    lines: Sequence[object]


@dataclass(frozen=True, slots=True)
class Due:
    """A clock with the name of its document and where it leads."""

    clock: Clock
    name: str
    href: str


def first_screen(site: Site, request: Request) -> Response:
    """What the officer sees in the morning."""
    with site.door.reading() as store:
        run = store.last_run()
        index = site.index(store)
        news = _news(store, index, run.number) if run else []
        gone = store.gone_in(run.number, 200) if run else []
        unread = store.unread()
        noted = store.noted()
        unread_again = run is not None and store.usual_version() == ""
        handled = records.values(Handling, store.kept(records.kind_of(Handling)))
    done = progress_of(index, sum(1 for one in handled if index.position(one.subject) is None))
    clocks = site.door.clocks()
    due = [_due(site, clock) for clock in clocks if clock.days_left <= _SOON]
    newest = site.door.newest_central()
    age = (site.door.today() - newest).days if newest else None
    open_ones = index.counted(Filters({"loai": "can_xu_ly", "xu_ly": "mo"}), ("muc_do",))["muc_do"]
    return site.page(
        "first.html.j2", run=run, news=news, gone=gone, gone_names=index.names, unread=unread, noted=noted,
        progress=done, troubles=_troubles(site), upgraded=unread_again, newest=newest,
        due=due[:12], later=len(clocks) - min(len(due), 12),
        age=age if age is not None and age > words.CENTRAL_STALE_DAYS else None,
        open_ones=open_ones, open_total=sum(open_ones.values()), here="", outcomes=words.OUTCOMES,
        share=round(100 * done.done / done.total) if done.total else 100, done=request.query_params.get("bao", ""),
    )  # fmt: skip


def _troubles(site: Site) -> list[Check]:
    """What is not well, worst first: what never happened (no night yet, no backup yet) is no trouble of the day."""
    found = [one for one in site.door.health() if one.level != "tot" and one.code not in _ELSEWHERE]
    usual = [one for one in found if one.value is not None or one.code not in ("luot_dem", "sao_luu")]
    return sorted(usual, key=lambda one: one.level != "hong")


def progress_of(index: Index, gone_and_handled: int = 0) -> Progress:
    """How far the work is, as `corpus.office.decisions.progress` counts it, from the index."""
    counts = index.counted(Filters({"viec": "co"}), ("xu_ly",))["xu_ly"]
    handled = index.counted(Filters({"xu_ly": "da_xu_ly"}), ("loai",))["loai"]
    return Progress(
        handled=sum(handled.values()) + gone_and_handled,
        proposed=counts.get("dong_y", 0) + counts.get("sua", 0),
        rejected=counts.get("khong_dong_y", 0),
        postponed=counts.get("hoan", 0),
        open=sum(counts.get(one, 0) for one in ("chua", "hoi_lai", "chua_xac_dinh")),
    )  # fmt: skip


def _news(store: Store, index: Index, run: int) -> list[News]:
    found = []
    for state, name in (("new", "Mới"), ("updated", "Có thay đổi"), ("reopened", "Phát sinh lại")):
        filters = Filters({"loai": "can_xu_ly", "tinh_trang": state})
        mask = index.matching(filters)
        given = {"tinh_trang": state, "xu_ly": "tat_ca"}
        lines = lines_of(store, index, index.page(mask, 0, _SHOWN), given)
        found.append(News(name, int(mask.sum()), link("/phat-hien", given), lines))
    return found


def _due(site: Site, clock: Clock) -> Due:
    entry = site.entry(clock.document)
    name = entry.symbol or entry.title or "" if entry else clock.name or ""
    href = link("/van-ban/mot", tep=entry.path) if entry and entry.path else ""
    if clock.finding:
        href = f"/phat-hien/{clock.finding}"
    if clock.code == "danh_muc_nam":
        href, name = "/giay-to", ""
    return Due(clock, name, href)

