"""What stands in the lists: which documents ended, wholly or in part, and which need an act (NĐ 79/2025 Art. 38, 43).

Only normative documents enter; findings that another one folds, and mere suggestions (`goi_y`), do not. A row
that rests on anything less than `chac_chan` is marked, so that no doubt is ever printed as a fact. Đính chính,
kiểm tra and "giữ nguyên" are no forms of handling of Art. 38 and never enter Mẫu số 04.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.model import Document, Effect, Evidence, Finding, Run
from corpus.symbols import key
from outputs import words
from outputs.report_view import document_order

LISTED = frozenset({"dua_vao_danh_muc", "cong_bo_het_hieu_luc"})
# The forms of handling of Art. 38 that Mẫu số 04 names, in the order of its title; the announcement of an
# ending is the business of Mẫu số 01 and 02.
HANDLED = (
    "tam_ngung", "sua_doi_bo_sung", "thay_the", "bai_bo_toan_bo", "bai_bo_mot_phan", "ban_hanh_moi_va_bai_bo",
    "ban_hanh_moi",
)  # fmt: skip
DOUBT = "(cần xác minh)"
_WHOLE = frozenset({"repeal", "replace", "declare_expired", "expire"})
_ENDING = _WHOLE | {"amend", "insert", "substitute", "insert_text", "delete_text", "suspend"}
_BY = {
    "replace": "Được thay thế bằng", "repeal": "Bị bãi bỏ bằng", "declare_expired": "Được công bố hết hiệu lực tại",
    "amend": "Được sửa đổi, bổ sung bằng", "insert": "Được bổ sung bằng", "substitute": "Được sửa đổi, bổ sung bằng",
    "insert_text": "Được sửa đổi, bổ sung bằng", "delete_text": "Được sửa đổi, bổ sung bằng",
    "suspend": "Bị tạm ngưng hiệu lực bằng",
}  # fmt: skip
Acts = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Ending:
    """A row of Mẫu số 01 (`whole`) or 02. `on`: first day without effect; `what`: the provisions concerned."""

    document: Document
    whole: bool
    suspended: bool
    what: str
    reason: str
    on: date | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Handling:
    """A row of Mẫu số 04. `document` is None where a new document is proposed."""

    document: Document | None
    how: tuple[str, ...]
    what: tuple[str, ...]
    certain: bool


def endings(run: Run) -> tuple[Ending, ...]:
    """Documents that ended, one row for each document, scope and kind of ending, in the order of Art. 52."""
    acts = _by_symbol(run)
    rows: list[Ending] = []
    for document, findings in _normative(run, LISTED):
        surely_gone = False
        for whole, suspended in ((True, False), (True, True), (False, False), (False, True)):
            found = [f for f in findings if scope(f, document, acts)[:2] == (whole, suspended)]
            # Of a document that has surely ended, no part can still end.
            if found and (whole or not surely_gone):
                rows.append(_ending(document, found, acts, whole, suspended, run.kinds))
                surely_gone = surely_gone or (whole and not suspended and rows[-1].certain)
    return tuple(rows)


def handlings(run: Run) -> tuple[Handling, ...]:
    """Documents for which an act of Art. 38 is proposed; new documents last. None that has surely ended."""
    gone = {row.document.path for row in endings(run) if row.whole and row.certain and not row.suspended}
    rows: list[Handling] = []
    new: list[Handling] = []
    for document, findings in _normative(run, frozenset(HANDLED)):
        for finding in findings:
            if finding.proposal == "ban_hanh_moi":
                certain = finding.certainty == "chac_chan"
                new.append(Handling(None, (_marked(words.PROPOSALS["ban_hanh_moi"], certain),),
                                    (_content(finding, "", document),), certain))  # fmt: skip
        own = [f for f in findings if f.proposal != "ban_hanh_moi"]
        if own and document.path not in gone:
            how = []
            for proposal in HANDLED:
                same = [f for f in own if f.proposal == proposal]
                if same:
                    how.append(_marked(words.PROPOSALS[proposal], any(f.certainty == "chac_chan" for f in same)))
            bullet = "- " if len(own) > 1 else ""
            rows.append(Handling(document, tuple(how), tuple(_content(f, bullet, None) for f in own),
                                 any(f.certainty == "chac_chan" for f in own)))  # fmt: skip
    return (*rows, *new)


def scope(finding: Finding, document: Document, acts: Acts) -> tuple[bool, bool, tuple[str, ...]]:
    """(whole, suspended, provisions) of an ending: read from the act that made it, else from what the finding says.

    A term that is over, or a parent that ended, ends the whole document. Otherwise the acting clause is looked
    up in its own document; where only the register knows it, an amendment touches a part, and a repeal or
    replacement the place on which the finding stands.
    """
    if finding.rule != "HL02":
        return True, False, ()
    effects = list(_effects(finding, document, acts))
    if effects:
        parts = tuple(dict.fromkeys(effect.target.provision for effect in effects if effect.target.provision))
        suspended = all(effect.type == "suspend" for effect in effects)
        whole = any(effect.target.provision is None and effect.type in _WHOLE | {"suspend"} for effect in effects)
        return whole, suspended, () if whole else parts
    types = {item.type for item in finding.evidence if item.type in _ENDING}
    parts = tuple(dict.fromkeys(p.provision for p in finding.places if p.provision))
    suspended = types == {"suspend"}
    # The state that the rule words is then all that is known: "một phần" beats the type of the acting clause.
    whole = not parts and bool(types & (_WHOLE | {"suspend"})) and "một phần" not in finding.message
    return whole, suspended, () if whole else parts


def _effects(finding: Finding, document: Document, acts: Acts) -> Iterator[Effect]:
    """Effects on `document` in the clauses that the finding gives as evidence."""
    own = document.masthead.symbol if document.masthead else None
    if own is None:
        return
    for item in finding.evidence:
        acting = acts.get(key(item.symbol)) if item.symbol else None
        for effect in acting.effects if acting else ():
            same = effect.target.symbol is not None and key(effect.target.symbol) == key(own)
            if same and effect.type in _ENDING and item.provision in (None, effect.in_):
                yield effect


def _by_symbol(run: Run) -> Acts:
    """Documents of the corpus by the key of their symbol.

    Two documents with one symbol (two communes' "01/2020/QĐ-UBND") prove nothing about either: left out.
    """
    found: dict[str, list[Document]] = {}
    for document in run.documents.values():
        if document.masthead and document.masthead.symbol:
            found.setdefault(key(document.masthead.symbol), []).append(document)
    return {symbol: same[0] for symbol, same in found.items() if len(same) == 1}


def _normative(run: Run, proposals: frozenset[str]) -> Iterator[tuple[Document, list[Finding]]]:
    """Normative documents with their findings of these proposals, in the order of Art. 52."""
    by_path: dict[str, list[Finding]] = {}
    for finding in run.findings:
        listed = finding.proposal in proposals and finding.certainty != "goi_y"
        if listed and not finding.folded and finding.places:
            by_path.setdefault(finding.path, []).append(finding)
    for path in sorted(by_path, key=lambda p: document_order(run.documents.get(p), p)):
        document = run.documents.get(path)
        if document and document.masthead and document.masthead.normative:
            yield document, sorted(by_path[path], key=lambda f: (f.places[0].start, f.rule, f.id))


def _ending(
    document: Document, findings: Sequence[Finding], acts: Acts, whole: bool, suspended: bool, kinds: Mapping[str, str]
) -> Ending:  # fmt: skip
    certain = any(f.certainty == "chac_chan" for f in findings)
    # Where one finding is sure, the doubtful ones add nothing to a list of facts.
    kept = [f for f in findings if f.certainty == "chac_chan"] or list(findings)
    days = [day for f in kept if (day := _day(f, document))]
    parts = dict.fromkeys(part for f in kept for part in scope(f, document, acts)[2])
    return Ending(
        document, whole, suspended, "; ".join(words.provision_words(part) for part in parts),
        _joined(_reason(f, acts, kinds) for f in kept), min(days) if days else None, certain,
    )  # fmt: skip


def _day(finding: Finding, document: Document) -> date | None:
    days = [item.from_ for item in finding.evidence if item.from_ and item.type in _ENDING]
    if days:
        return min(days)
    if finding.rule == "HL01":
        if document.masthead and document.masthead.expires:
            return document.masthead.expires
        # The rule stands on the period itself: "giai đoạn 2020 - 2022" is over on 1 January 2023.
        years = [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", finding.places[0].quote)]
        return date(max(years) + 1, 1, 1) if years else None
    return next((item.from_ for item in finding.evidence if item.from_), None)


def _reason(finding: Finding, acts: Acts, kinds: Mapping[str, str]) -> str:
    basis = f" ({finding.legal_basis})" if finding.legal_basis not in ("", "–") else ""
    if finding.rule == "HL01":
        return f"Hết thời hạn có hiệu lực đã được quy định trong văn bản{basis}"
    if finding.rule == "HL04":
        ended = words.act_words(finding.target_symbol, finding.target_provision, kinds)
        named = f" là {ended}" if ended else ""
        return f"Văn bản được quy định chi tiết, hướng dẫn thi hành{named} hết hiệu lực{basis}"
    reasons = [_act(item, acts, kinds) for item in finding.evidence if item.type in _BY and item.symbol]
    return (_joined(reasons) or finding.message.rstrip(". ")) + basis


def _act(item: Evidence, acts: Acts, kinds: Mapping[str, str]) -> str:
    document = acts.get(key(item.symbol)) if item.symbol else None
    name = words.document_name(document, document.path) if document else words.act_words(item.symbol, None, kinds)
    where = f"{words.provision_words(item.provision)} " if item.provision else ""
    return f"{_BY[item.type or '']} {where}{name}"


def _content(finding: Finding, bullet: str, duty: Document | None) -> str:
    """What to do and why. `duty`: the document that assigns it, where the finding stands on another's text."""
    places = dict.fromkeys(words.provision_words(p.provision) for p in finding.places if p.provision)
    where = ", ".join(places)
    if duty is not None:
        where = " ".join(part for part in (where, words.document_name(duty, duty.path)) if part)
    named = finding.message.lower().startswith(where.lower())
    said = finding.message if named else f"{where[:1].upper()}{where[1:]}: {finding.message}"
    basis = f" ({finding.legal_basis})" if finding.legal_basis not in ("", "–") else ""
    return _marked(bullet + said.rstrip(". ") + basis, finding.certainty == "chac_chan")


def _marked(text: str, certain: bool) -> str:
    return text if certain else f"{text} {DOUBT}"


def _joined(parts: Iterable[str]) -> str:
    """One sentence of several: only the first keeps its capital."""
    kept = list(dict.fromkeys(part for part in parts if part))
    return "; ".join([*kept[:1], *(part[:1].lower() + part[1:] for part in kept[1:])])
