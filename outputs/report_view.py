"""A run as the report shows it: what comes first, what is folded, what is only counted.

Quiet by default (design §4.8): alarms are the findings of severity `thap` or more that no other
finding folds; HL05 is a worklist, VD05 a count, the rest is told below a fold. Nothing here is HTML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from corpus.model import Document, Evidence, Finding, Place, Run
from corpus.symbols import rank
from outputs import words
from outputs.charts import Chart, stacked
from outputs.rule_notes import RuleNote, rule_note

WORKLIST, UNKNOWNS = "HL05", "VD05"
FIRST_LINES, FIRST_OF_ONE_DOCUMENT = 12, 4
CONTEXT, LONGEST_QUOTE = 200, 1200

_PARTS = {
    "symbol": "số, ký hiệu", "date": "ngày ban hành", "issuer": "cơ quan ban hành", "motto": "quốc hiệu, tiêu ngữ",
    "title": "tên gọi, trích yếu", "bases": "phần căn cứ ban hành", "signature": "phần ký", "signer": "phần ký",
    "recipients": "nơi nhận",
}  # fmt: skip
_SEVERITY = {name: i for i, name in enumerate(words.SEVERITIES)}
_CERTAINTY = {name: i for i, name in enumerate(words.CERTAINTIES)}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place with up to 200 characters of its document on both sides. `page` only where there are several.

    `where` names the provision, or the part of the document around it; `provision` only the former.
    """

    where: str
    provision: str | None
    page: int | None
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One link of the chain: who, what it does, since when, in which words, from which source."""

    act: str
    does: str | None
    since: str | None
    quote: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding ready to be shown. `anchor` is unique in the page and safe as an HTML id."""

    anchor: str
    rule: str
    rule_name: str
    severity: str
    severity_words: str
    certainty: str
    certainty_words: str
    state: str
    state_words: str
    message: str
    brief: str
    legal_basis: str
    proposal: str
    places: tuple[PlaceView, ...]
    evidence: tuple[EvidenceView, ...]
    document: str
    document_anchor: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its findings: alarms first, the quiet ones apart, unresolved citations as a count.

    `over` is the one line that a finished plan has (HL01); everything else found in it is quiet.
    """

    anchor: str
    name: str
    title: str | None
    issuer: str | None
    path: str
    side: str
    over: tuple[FindingView, ...]
    alarms: tuple[FindingView, ...]
    quiet: tuple[FindingView, ...]
    counts: tuple[int, int, int]
    unknowns: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything the template asks for."""

    unit: str
    as_of: str
    number: int
    started: str
    newest_central: str | None
    newest_short: str | None
    central_age: int | None
    reviewed: int
    normative: int
    alarms: int
    quiet: int
    unknowns: int
    first: tuple[FindingView, ...]
    later: int
    first_run: bool
    news: tuple[tuple[str, tuple[FindingView, ...]], ...]
    gone: tuple[FindingView, ...]
    matrix: tuple[tuple[str, str, tuple[int, ...], int], ...]
    charts: tuple[Chart, ...]
    unread: tuple[tuple[str, str, str], ...]
    noted: tuple[tuple[str, str], ...]
    documents: tuple[DocumentView, ...]
    clean: tuple[DocumentView, ...]
    worklist: tuple[FindingView, ...]
    rules: tuple[tuple[str, str], ...]
    notes: tuple[RuleNote, ...]
    unit_guessed: bool


def view(run: Run) -> ReportView:
    """The report of `run`. Findings on a path that `run.documents` has not are shown without context."""
    ordered = sorted(run.findings, key=finding_order)
    shown = _views(ordered, run)
    alarms = [f for f in ordered if is_alarm(f)]
    documents = _documents(run, ordered, shown)
    first_run = not run.gone and all(f.state == "new" for f in ordered)
    dated = run.newest_central
    to_handle, noted, unverified = counts(run)
    return ReportView(
        unit=run.unit or "Đơn vị chưa xác định", as_of=words.date_words(run.as_of), number=run.number,
        started=_moment(run.started), newest_central=words.date_words(dated) if dated else None,
        newest_short=words.date_short(dated) if dated else None,
        central_age=age if dated and (age := (run.as_of - dated).days) > words.CENTRAL_STALE_DAYS else None,
        reviewed=sum(1 for d in run.documents.values() if is_reviewed(d)),
        normative=sum(1 for d in run.documents.values() if is_reviewed(d) and d.masthead and d.masthead.normative),
        alarms=to_handle, quiet=noted, unknowns=unverified,
        first=_first_lines(alarms, ordered, shown), later=max(len(alarms) - FIRST_LINES, 0),
        first_run=first_run,
        news=() if first_run else tuple(
            (words.STATES[state], tuple(shown[id(f)] for f in ordered if f.state == state and f.rule != UNKNOWNS))
            for state in ("new", "updated", "reopened")
        ),
        gone=_gone(run),
        matrix=_matrix(alarms), charts=_charts(alarms, run),
        unread=tuple((u.path, words.OUTCOMES.get(u.outcome, u.outcome), u.message)
                     for u in sorted(run.unread, key=lambda u: u.path)),
        noted=tuple((one.path, one.message) for one in sorted(run.noted, key=lambda one: one.path)),
        documents=tuple(d for d in documents if d.over or d.alarms or d.quiet),
        clean=tuple(d for d in documents if not (d.over or d.alarms or d.quiet)),
        worklist=tuple(shown[id(f)] for f in ordered if f.rule == WORKLIST),
        rules=tuple((code, words.rule_name(code)) for code in sorted({f.rule for f in ordered})),
        notes=tuple(note for code in sorted({f.rule for f in ordered}) if (note := rule_note(code))),
        unit_guessed=run.unit_guessed and run.unit is not None,
    )  # fmt: skip


def counts(run: Run) -> tuple[int, int, int]:
    """(to handle, noted, unverified): alarms, other findings of documents, places of VD05; HL05 is in none."""
    alarms = sum(1 for f in run.findings if is_alarm(f))
    noted = sum(1 for f in run.findings if not is_alarm(f) and f.rule not in (WORKLIST, UNKNOWNS))
    return alarms, noted, sum(len(f.places) for f in run.findings if f.rule == UNKNOWNS)


def is_alarm(finding: Finding) -> bool:
    """Whether a finding counts as an alarm: not folded, not information, not a worklist or a count."""
    return not finding.folded and finding.severity != "thong_tin" and finding.rule not in (WORKLIST, UNKNOWNS)


def _is_over(finding: Finding) -> bool:
    return finding.rule == "HL01" and finding.severity == "thong_tin" and not finding.folded


def is_reviewed(document: Document) -> bool:
    """Whether a document is under review (docs/contract.md, "Reviewed or ground")."""
    folders = document.path.split("/")[:-1]
    if "dia-phuong" in folders:
        return True
    if "trung-uong" in folders:
        return False
    return document.masthead is None or document.masthead.level in (None, "xa", "huyen")


def finding_order(finding: Finding) -> tuple[int, int, str, int, str, str, str]:
    """Weightiest first; then path and place, so that the order never depends on who judged first."""
    start = finding.places[0].start if finding.places else 0
    return (
        _SEVERITY.get(finding.severity, 9), _CERTAINTY.get(finding.certainty, 9), finding.path, start,
        finding.rule, finding.target_symbol or "", finding.id,
    )  # fmt: skip


def document_order(document: Document | None, path: str) -> tuple[bool, int, str, str, str]:
    """Order of NĐ 79/2025 Art. 52 as far as it is known: legal force, then date of issue; normative ones first."""
    head = document.masthead if document else None
    if head is None:
        return (True, 99, "", "", path)
    force = rank(head.kind, head.level, head.issuer)
    return (not head.normative, force or 99, head.date.isoformat() if head.date else "9999", head.symbol or "", path)


def context(document: Document | None, place: Place, around: int = CONTEXT) -> tuple[str, str, str]:
    """Text before, quotation, text after, cut at words; no context where the quotation is not at its place."""
    quote = place.quote
    before = after = ""
    if document is not None and document.text[place.start : place.end] == quote:
        text = document.text
        before = text[max(0, place.start - around) : place.start]
        if place.start > around:
            before = "…" + re.sub(r"^\S{0,40}\s?", "", before)
        after = text[place.end : place.end + around]
        if place.end + around < len(text):
            after = re.sub(r"\s?\S{0,40}$", "", after) + "…"
    if len(quote) > LONGEST_QUOTE:
        quote = f"{quote[: LONGEST_QUOTE // 2]} […] {quote[-LONGEST_QUOTE // 2 :]}"
    return before, quote, after


def _views(findings: Iterable[Finding], run: Run, prefix: str = "f") -> dict[int, FindingView]:
    """By `id()` of the finding: two findings may be equal until identity has named them."""
    anchors: Counter[str] = Counter()
    made = {}
    for finding in findings:
        anchor = f"{prefix}-{_slug(finding.id or finding.rule)}"
        anchors[anchor] += 1
        if anchors[anchor] > 1:
            anchor = f"{anchor}-{anchors[anchor]}"
        made[id(finding)] = _finding_view(finding, run, anchor)
    return made


def _finding_view(finding: Finding, run: Run, anchor: str) -> FindingView:
    document = run.documents.get(finding.path)
    return FindingView(
        anchor=anchor, rule=finding.rule, rule_name=words.rule_name(finding.rule),
        severity=finding.severity, severity_words=words.SEVERITIES.get(finding.severity, finding.severity),
        certainty=finding.certainty, certainty_words=words.CERTAINTIES.get(finding.certainty, finding.certainty),
        state=finding.state, state_words=words.STATES.get(finding.state, finding.state),
        message=finding.message, brief=words.shorten(finding.message, 190), legal_basis=finding.legal_basis,
        proposal=words.PROPOSALS.get(finding.proposal, finding.proposal),
        places=tuple(_place_view(document, place) for place in finding.places),
        evidence=tuple(_evidence_view(item, run) for item in finding.evidence),
        document=words.document_name(document, finding.path), document_anchor=_document_anchor(finding.path),
    )  # fmt: skip


def _place_view(document: Document | None, place: Place) -> PlaceView:
    provision = words.provision_words(place.provision) if place.provision else None
    where = provision or _part_of(document, place)
    paged = document is not None and bool(document.lines) and document.lines[-1].page > 1
    before, quote, after = context(document, place)
    return PlaceView(where[:1].upper() + where[1:], provision, place.page if paged else None, before, quote, after)


def _part_of(document: Document | None, place: Place) -> str:
    """The part of the document around a place outside all provisions."""
    spans = document.masthead.spans if document and document.masthead else {}
    for name, said in _PARTS.items():
        span = spans.get(name)
        if span and span[0] <= place.start < span[1]:
            return said
    return "ngoài các điều, mục"


def _evidence_view(item: Evidence, run: Run) -> EvidenceView:
    act = words.act_words(item.symbol, item.provision, run.kinds) or "dữ kiện"
    return EvidenceView(
        act=act[:1].upper() + act[1:],
        does=words.EFFECTS.get(item.type or ""), since=words.date_short(item.from_) if item.from_ else None,
        quote=item.quote, source=words.source_words(item.source),
    )  # fmt: skip


def _documents(run: Run, ordered: Sequence[Finding], shown: dict[int, FindingView]) -> list[DocumentView]:
    """Every document under review and every other one that a finding stands on (KH01), in the order of Art. 52."""
    by_path: dict[str, list[Finding]] = {d.path: [] for d in run.documents.values() if is_reviewed(d)}
    for finding in ordered:
        by_path.setdefault(finding.path, []).append(finding)
    made = []
    for path in sorted(by_path, key=lambda p: _shown_order(run.documents.get(p), p)):
        document, findings = run.documents.get(path), by_path[path]
        head = document.masthead if document else None
        alarms = [f for f in findings if is_alarm(f)]
        per = Counter(f.severity for f in alarms)
        made.append(DocumentView(
            anchor=_document_anchor(path), name=words.document_name(document, path),
            title=head.title if head else None, issuer=head.issuer if head else None, path=path,
            side=words.SIDES[head.normative if head else None],
            over=tuple(shown[id(f)] for f in findings if _is_over(f)),
            alarms=tuple(shown[id(f)] for f in alarms),
            quiet=tuple(shown[id(f)] for f in findings if not (is_alarm(f) or _is_over(f) or f.rule == WORKLIST)),
            counts=(per["cao"], per["trung_binh"], per["thap"]),
            unknowns=sum(len(f.places) for f in findings if f.rule == UNKNOWNS),
        ))  # fmt: skip
    return made


def _shown_order(document: Document | None, path: str) -> tuple[bool, tuple[bool, int, str, str, str]]:
    """Documents under review before the grounds that give a duty (KH01)."""
    return document is not None and not is_reviewed(document), document_order(document, path)


def _first_lines(
    alarms: Sequence[Finding], ordered: Sequence[Finding], shown: dict[int, FindingView]
) -> tuple[FindingView, ...]:  # fmt: skip
    """The weightiest alarms and, where there is room, the line of each finished plan with what it folds."""
    folded = Counter(f.path for f in ordered if f.folded and f.rule not in (WORKLIST, UNKNOWNS))
    lines = [shown[id(f)] for f in _first(alarms)]
    for finding in ordered:
        if _is_over(finding) and len(lines) < FIRST_LINES:
            line, more = shown[id(finding)], folded[finding.path]
            lines.append(replace(line, brief=f"{line.brief} Gộp dưới dòng này: {more} phát hiện.") if more else line)
    return tuple(lines)


def _gone(run: Run) -> tuple[FindingView, ...]:
    """Findings that no longer stand; a file that is away or cannot be read is said to be the cause."""
    ordered = sorted((f for f in run.gone if f.rule != UNKNOWNS), key=finding_order)
    unread = {item.path for item in run.unread}
    made = []
    for finding, shown in zip(ordered, _views(ordered, run, prefix="g").values(), strict=True):
        if finding.path in unread:
            shown = replace(shown, brief=f"{shown.brief} (Tệp lần này không đọc được.)")
        elif finding.path not in run.documents:
            shown = replace(shown, brief=f"{shown.brief} (Tệp không còn trong kho.)")
        made.append(shown)
    return tuple(made)


def _moment(started: str) -> str:
    """An ISO moment as the clock in Viet Nam shows it; anything else as it stands."""
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return started
    if moment.tzinfo:
        moment = moment.astimezone(timezone(timedelta(hours=7)))
    return f"{moment:%H} giờ {moment:%M} {words.date_words(moment.date())}"


def _first(alarms: Sequence[Finding]) -> list[Finding]:
    """The twelve weightiest alarms; of one severity, a document's fifth and later ones wait for those of others."""
    per: Counter[str] = Counter()
    waiting: dict[int, bool] = {}
    for finding in alarms:
        per[finding.path] += 1
        waiting[id(finding)] = per[finding.path] > FIRST_OF_ONE_DOCUMENT
    chosen = sorted(alarms, key=lambda f: (_SEVERITY[f.severity], waiting[id(f)], *finding_order(f)))[:FIRST_LINES]
    return sorted(chosen, key=finding_order)


def _matrix(alarms: Sequence[Finding]) -> tuple[tuple[str, str, tuple[int, ...], int], ...]:
    """Severity by certainty: (severity, words, counts in the order of the certainties, sum)."""
    counts: Counter[tuple[str, str]] = Counter((f.severity, f.certainty) for f in alarms)
    rows = []
    for severity in ("cao", "trung_binh", "thap"):
        row = tuple(counts[severity, certainty] for certainty in words.CERTAINTIES)
        rows.append((severity, words.SEVERITIES[severity], row, sum(row)))
    return tuple(rows)


def _charts(alarms: Sequence[Finding], run: Run) -> tuple[Chart, ...]:
    certainties = [(f"c-{name}", said) for name, said in words.CERTAINTIES.items()]
    severities = [(f"s-{name}", words.SEVERITIES[name]) for name in ("cao", "trung_binh", "thap")]
    families = Counter(f.rule.rstrip("0123456789") for f in alarms)
    per_document: dict[str, Counter[str]] = {}
    for finding in alarms:
        per_document.setdefault(finding.path, Counter())[finding.severity] += 1
    worst = sorted(per_document.items(), key=lambda item: (-item[1].total(), -item[1]["cao"], item[0]))[:10]
    return (
        stacked("muc-do", "Theo mức độ và độ chắc chắn", certainties, [(r[1], r[2]) for r in _matrix(alarms)]),
        stacked("nhom", "Theo nhóm quy tắc", [("family", "Phát hiện")],
                [(words.family_of(code), [families[code]])
                 for code in (*words.FAMILIES, *sorted(families.keys() - words.FAMILIES.keys())) if families[code]]),
        stacked("van-ban", "Theo văn bản (nhiều nhất)", severities,
                [(_short_name(run.documents.get(path), path), [n["cao"], n["trung_binh"], n["thap"]])
                 for path, n in worst]),
    )  # fmt: skip


def _short_name(document: Document | None, path: str) -> str:
    head = document.masthead if document else None
    return words.shorten(head.symbol if head and head.symbol else path.rsplit("/", 1)[-1], 22)


def _document_anchor(path: str) -> str:
    return "d-" + _slug(path)


def _slug(text: str) -> str:
    """Letters that are safe and unique in an id: every other character as its code point in hex."""
    return re.sub(r"[^A-Za-z0-9-]", lambda m: f"_{ord(m[0]):x}", text)
