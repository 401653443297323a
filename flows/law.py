"""Commands about the law in time: `diff`, `chain`, `check`, `register`. Each gives the exit code."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus import symbols
from corpus.chain import Link
from corpus.coverage import CitedAct, coverage
from corpus.events import Event
from corpus.library import CorpusLibrary, side_of
from corpus.model import Consolidation, Document
from flows import lookup, opening
from flows.commands import note, space_of
from flows.settings import LOCAL, OWN_REGISTER, Workspace, today

Json = dict[str, Any]
MOST_TO_VERIFY = 50


# --- diff ---------------------------------------------------------------------------------------------


def diff(options: Namespace) -> int:
    """What changed in the text of an act or provision between two days, word by word."""
    from corpus.compare import changed, compare, marked
    from corpus.records import by_record, iso

    space = space_of(options)
    if space is None:
        return 2
    if options.start > options.until:
        note("--from phải là ngày trước --to.")
        return 2
    library = lookup.library_for_reading(
        space, light=False, with_register=options.register, about=options.symbol
    )  # fmt: skip
    before, after = (_text(library, options, day) for day in (options.start, options.until))
    if before is None and after is None:
        where = f", {options.provision}" if options.provision else ""
        note(f"Không có nội dung của {options.symbol}{where} trong kho văn bản {space.corpus}.")
        return 1
    changes = compare(before.text if before else "", after.text if after else "")
    made = _between(library, options)
    missed = after.not_applied if after else ()
    if options.json:
        _print({
            "schema": 1, "symbol": options.symbol, "provision": options.provision, "from": iso(options.start),
            "to": iso(options.until),
            "changes": [{"type": change.type, "old": change.old, "new": change.new} for change in changes],
            "by": [{**by_record(event.by), "quote": event.by.quote} for event in made if event.by],
            "not_applied": [{**by_record(by), "quote": by.quote} for by in missed],
        })  # fmt: skip
        return 0
    if changed(changes):
        print(marked(changes))
    else:
        note("Không có thay đổi trong nội dung giữa hai ngày này.")
    for by in missed:
        note(f"Chưa áp dụng được: {by.symbol} {by.provision or ''}: {(by.quote or '').strip()[:200]}")
    return 0


def _text(library: CorpusLibrary, options: Namespace, day: date) -> Consolidation | None:
    return library.consolidated(options.symbol, provision=options.provision, issuer=options.issuer,
                                issued=options.date, as_of=day)  # fmt: skip


def _between(library: CorpusLibrary, options: Namespace) -> list[Event]:
    """Events after the first day, up to the second, that touch what is asked."""
    acts = library.acts(options.symbol, issuer=options.issuer, issued=options.date)
    if len(acts) != 1:
        return []
    links = library.chain(acts[0], options.provision)
    return [
        link.event for link in links
        if link.void is None and link.event.works(options.until) and not link.event.works(options.start)
    ]  # fmt: skip


# --- chain --------------------------------------------------------------------------------------------


def chain(options: Namespace) -> int:
    """Every dated event of an act or provision, one JSON object a line, in the order of days."""
    space = space_of(options)
    if space is None:
        return 2
    library = lookup.library_for_reading(
        space, light=False, with_register=options.register, about=options.symbol
    )  # fmt: skip
    acts = library.acts(options.symbol, issuer=options.issuer, issued=options.date)
    if len(acts) > 1:
        note("Nhiều văn bản trùng số; hãy thêm --issuer hoặc --date: " + "; ".join(act.label for act in acts))
        return 1
    if not acts:
        note(f"Chưa biết văn bản {options.symbol}.")
        return 1
    for link in library.chain(acts[0], options.provision):
        _print(_link(link))
    return 0


def _link(link: Link) -> Json:
    from corpus.records import iso

    event, by = link.event, link.event.by
    return {
        "schema": 1, "from": iso(event.from_), "until": iso(event.until), "type": event.type,
        "provision": event.provision, "whole": event.whole,
        "by": {"symbol": by.symbol, "provision": by.provision} if by else None,
        "quote": by.quote if by else None, "source": event.source, "certainty": event.certainty,
        "strength": event.sure, "seen": iso(event.seen), "conflicts": list(link.conflicts), "void": link.void,
    }  # fmt: skip


# --- check --------------------------------------------------------------------------------------------


def check(options: Namespace) -> int:
    """Findings on one document that is not yet in the corpus, as JSON Lines. Changes nothing."""
    from corpus.records import finding_record

    space = space_of(options)
    if space is None:
        return 2
    try:
        touched = judged_alone(space, Path(options.file), options.as_of or today())
    except opening.CannotRun as error:
        note(str(error))
        return 1
    for finding in touched.findings:
        print(json.dumps(finding_record(finding, touched.documents), ensure_ascii=False))
    note(f"{options.file}: {len(touched.findings)} phát hiện. Máy đề xuất, công chức quyết định.")
    return 0


def judged_alone(space: Workspace, file: Path, as_of: date) -> lookup.Touched:
    """Findings on a document as if it lay among the documents under review. Raises `CannotRun` if it cannot be read."""
    from corpus import register
    from flows.known import KnownFactory
    from flows.pipeline import rule_settings
    from rules.catalogue import Context, judge
    from rules.identity import match

    path = f"{space.corpus.name}/{LOCAL}/{file.name}"
    document = replace(lookup.read_one(file, KnownFactory(own=space.own_register)), path=path)
    known = register.load(space.own_register)
    pairs = {
        p: (side_of(p), other) for p, other in lookup.documents_for_reading(space).items()
        if not _same_document(other, document)
    }  # fmt: skip
    pairs[path] = (side_of(path), document)
    context = Context(CorpusLibrary(pairs, known), as_of, known.institutions(), rule_settings(space))
    findings = match([], list(judge(document, context)), {}).findings
    return lookup.Touched(document, tuple(findings), {p: doc for p, (_, doc) in pairs.items()})


def _same_document(one: Document, other: Document) -> bool:
    """Whether a file of the corpus holds the document that is being checked: same number and day."""
    a, b = one.masthead, other.masthead
    if a is None or b is None or a.symbol is None or b.symbol is None:
        return False
    return symbols.key(a.symbol) == symbols.key(b.symbol) and a.date == b.date


# --- register -----------------------------------------------------------------------------------------


def register(options: Namespace) -> int:
    """Coverage of the acts that the corpus cites, as one JSON object; `--import` takes corrections in first."""
    from corpus.records import iso

    space = space_of(options)
    if space is None:
        return 2
    if options.seen and options.seen > today():
        note("--seen là ngày đã lưu trang, không thể sau hôm nay.")
        return 2
    if options.import_ and not _taken_in(space, Path(options.import_), options.seen):
        return 1
    as_of = options.as_of or today()
    found = coverage(lookup.library_for_reading(space, light=False), as_of)
    known = [act for act in found.acts if act.known]
    verified = [act for act in found.acts if act.verified]
    seen = sorted(act.state.seen for act in found.acts if act.state.seen)
    _print({
        "schema": 1, "as_of": iso(as_of), "cited": len(found.acts), "known": len(known), "verified": len(verified),
        "in_corpus": sum(act.in_corpus for act in found.acts), "citations_without_symbol": found.unnamed,
        "share_known": round(found.share(known), 3), "share_verified": round(found.share(verified), 3),
        "oldest_seen": iso(seen[0]) if seen else None, "newest_seen": iso(seen[-1]) if seen else None,
        "to_verify": [_cited(act) for act in found.to_verify[:MOST_TO_VERIFY]],
    })  # fmt: skip
    for act in found.to_verify[:10]:
        note(f"Cần xác minh: {act.symbol} ({act.citations} viện dẫn) {act.title or ''}".rstrip())
    return 0


def _cited(act: CitedAct) -> Json:
    from corpus.records import iso

    return {
        "symbol": act.symbol, "title": act.title, "citations": act.citations, "documents": act.documents,
        "state": act.state.state, "certainty": act.state.certainty, "seen": iso(act.state.seen),
    }  # fmt: skip


def _taken_in(space: Workspace, file: Path, seen: date | None) -> bool:
    from corpus.register.importing import ImportFault, take_in

    try:
        done = take_in(file, space.corpus / OWN_REGISTER, seen)
    except ImportFault as error:
        for fault in error.faults:
            note(fault)
        note("Chưa ghi gì vào danh mục.")
        return False
    for one in done:
        note(f"Đã ghi {OWN_REGISTER}/{one.table}.csv: thêm {one.added} dòng, thay {one.replaced} dòng.")
    return True


def _print(record: Json) -> None:
    print(json.dumps(record, ensure_ascii=False))
