"""One finding: the commune's clause, the law beside it, the chain, the reason, the decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from corpus.library import side_of
from corpus.model import Decision, Document, Evidence, Finding, Handling, Place, Provision
from corpus.office import records
from corpus.office.decisions import VERDICTS, reasons
from corpus.store import StoredFinding
from outputs import words
from outputs.rule_notes import rule_note
from outputs.workbench.asked import asked
from outputs.workbench.decide import later
from outputs.workbench.law import acts_of, law_side
from outputs.workbench.site import Site
from outputs.workbench.wording import STANDINGS

AROUND = 700
LONGEST = 6000

@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place in its document: the unit around it in three parts, the quotation in the middle."""

    where: str
    page: int | None
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: day (None: not known), what happened, in which words, from where."""

    day: date | None
    said: str
    quote: str | None
    source: str | None


def one_finding(site: Site, request: Request, identity: str) -> Response:
    """The screen of one finding; 404 where there never was one of that id."""
    given = dict(request.query_params)
    view = asked(given)
    with site.door.reading() as store:
        stored = store.findings_of([identity]).get(identity)
        if stored is None:
            return site.page("sorry.html.j2", 404, title="Không có phát hiện này", here="",
                             said="Có thể đường dẫn đã sai. Hãy mở lại từ danh sách phát hiện.")  # fmt: skip
        index = site.index(store)
        place, total, before, following = index.around(index.matching(view.filters), identity)
        history = store.decision_history(identity)
        standing = store.decision_of(identity)
        handled = records.values(Handling, store.kept(records.kind_of(Handling)))
        runs = {run.number: run.as_of for run in store.runs()}
        i = index.position(identity)
        where_it_stands = index.value("xu_ly", i) if i is not None else "chua"
    finding = stored.finding
    document = site.door.document(finding.path)
    entry = site.entry(stored.document_key)
    on = _day(given.get("ngay", "")) or site.door.today()

    def has_text(symbol: str, provision: str | None) -> bool:
        return site.door.law(symbol, provision, on).text is not None

    # KH01 stands on the act that gives the duty: there is no clause of ours beside it.
    own = side_of(finding.path) != "trung_uong"
    acts = acts_of(finding, given, identity, has_text) if own else []
    chosen = next((act for act in acts if act.chosen), None)
    return site.page(
        "finding.html.j2", f=finding, rule_name=words.rule_name(finding.rule), view=view, here="phat-hien",
        note=rule_note(finding.rule),
        name=words.document_name(document, finding.path), entry=entry,
        places=[place_view(document, p) for p in finding.places], acts=acts, on=on,
        side=law_side(site.door, chosen, finding, document, on) if chosen else None,
        chain=chain_of(finding, document), place=place, total=total, before=before, following=following,
        history=history, decision=standing, standing=where_it_stands, standing_words=STANDINGS[where_it_stands],
        stored=stored, runs=runs, handled=next((h for h in handled if h.subject == identity), None),
        reasons=tuple(reasons().values()), verdicts=VERDICTS, units=site.door.settings.units,
        until=later(site.door.today()), done=given.get("bao", ""),
        pictured=_pictured(document), summary=summary(stored, runs), own=own, decision_words=decision_words,
    )  # fmt: skip


def summary(stored: StoredFinding, runs: Mapping[int, date]) -> str:
    """When it was first found, when last, in words."""
    first, last = runs.get(stored.first_run), runs.get(stored.last_run)
    said = f"Phát hiện lần đầu ở lượt {stored.first_run}"
    said += f" ({words.date_short(first)})" if first else ""
    if stored.gone_in_run is not None:
        gone = runs.get(stored.gone_in_run)
        return f"{said}; không còn từ lượt {stored.gone_in_run}" + (f" ({words.date_short(gone)})" if gone else "")
    said += f"; gần nhất ở lượt {stored.last_run}"
    return said + (f" ({words.date_short(last)})" if last else "")


def place_view(document: Document | None, place: Place) -> PlaceView:
    """A place with the unit around it, at most `AROUND` characters on each side of the quotation."""
    where = words.provision_words(place.provision) if place.provision else "ngoài các điều, mục"
    where = where[:1].upper() + where[1:]
    quote = place.quote
    if len(quote) > LONGEST:
        quote = f"{quote[: LONGEST // 2]} […] {quote[-LONGEST // 2 :]}"
    if document is None or document.text[place.start : place.end] != place.quote:
        return PlaceView(where, None, "", quote, "")
    unit = _unit(document, place)
    text = document.text
    low, high = (unit.start, unit.end) if unit else (0, len(text))
    around = AROUND if unit else AROUND // 3
    start, end = max(low, place.start - around), min(high, place.end + around)
    before, after = text[start : place.start], text[place.end : end]
    if start > low:
        before = "…" + before.partition(" ")[2]
    if end < high:
        after = after.rpartition(" ")[0] + "…"
    page = place.page if document.lines and document.lines[-1].page > 1 else None
    return PlaceView(where, page, before.lstrip("\n"), quote, after.rstrip())


def _unit(document: Document, place: Place) -> Provision | None:
    """The article around a place, or its outermost unit where the text has no articles."""
    around = [p for p in document.provisions if p.start <= place.start and place.end <= p.end]
    articles = [p for p in around if p.kind == "dieu"]
    return articles[-1] if articles else around[-1] if around else None


def chain_of(finding: Finding, document: Document | None) -> list[Link]:
    """Evidence in the order of days, with the issue of the commune's own document among them."""
    links = [_link(item) for item in finding.evidence]
    head = document.masthead if document else None
    if head and head.date:
        own = f"Ban hành {words.kind_name(head)} số {head.symbol}" if head.symbol else "Ban hành văn bản được rà soát"
        links.append(Link(head.date, own, None, None))
    return sorted(links, key=lambda one: (one.day is None, one.day or date.max))


def _link(item: Evidence) -> Link:
    act = words.act_words(item.symbol, item.provision) or "dữ kiện"
    does = words.EFFECTS.get(item.type or "")
    return Link(item.from_, f"{act[:1].upper()}{act[1:]}: {does or 'căn cứ đối chiếu'}", item.quote,
                words.source_words(item.source))  # fmt: skip


def _pictured(document: Document | None) -> bool:
    return document is not None and document.path.lower().endswith(".pdf")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def decision_words(decision: Decision) -> Sequence[str]:
    """What a decision says beside its verdict, in parts."""
    found = []
    if decision.proposal:
        found.append(f"kiến nghị: {words.PROPOSALS.get(decision.proposal, decision.proposal)}")
    if decision.reason:
        found.append(reasons()[decision.reason].name if decision.reason in reasons() else decision.reason)
    if decision.text:
        found.append(f"nội dung: {decision.text}")
    if decision.until:
        found.append(f"xem lại từ {words.date_short(decision.until)}")
    if decision.field:
        found.append(f"lĩnh vực {decision.field}")
    if decision.unit:
        found.append(f"giao {decision.unit}")
    if decision.due:
        found.append(f"hạn {words.date_short(decision.due)}")
    if decision.note:
        found.append(f"ghi chú: {decision.note}")
    return found
