"""Mẫu số 04 of NĐ 79/2025: documents to be suspended, amended, replaced, repealed or newly issued (Art. 38)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.model import Decision, Finding, LedgerEntry
from corpus.words import date_short, provision_words
from outputs import words
from outputs.forms.cells import Cell, Source, known
from outputs.forms.layout import forms
from outputs.forms.listing import Listing, Part, Row, Section, issued_by, ledger_source, named
from outputs.forms.material import Material

# The forms of handling of Art. 38 in the order of the form's title; announcing an end belongs to Mẫu số 01 and 02.
HANDLED = (
    "tam_ngung", "sua_doi_bo_sung", "thay_the", "bai_bo_toan_bo", "bai_bo_mot_phan", "ban_hanh_moi_va_bai_bo",
    "ban_hanh_moi",
)  # fmt: skip
_VERDICTS = {"dong_y": "đồng ý", "sua": "sửa kiến nghị"}
Decided = tuple[Finding, Decision | None]


def handling_list(material: Material) -> Listing:
    """Mẫu số 04: what the officer agreed to propose and is not handled yet; new documents last."""
    rows: list[Row] = []
    new: list[Row] = []
    waiting = 0
    for entry in material.listed():
        pairs = to_handle(material, entry)
        open_ones = () if entry.state == "het_hieu_luc_toan_bo" and entry.certain else material.findings_of(entry)
        waiting += sum(1 for f in open_ones if material.decision(f) is None and _handles(f, None))
        own = [pair for pair in pairs if proposal(*pair) != "ban_hanh_moi"]
        if own:
            rows.append(_row(material, entry, own))
        new += [_row(material, entry, [pair], fresh=True) for pair in pairs if pair not in own]
    for finding in material.apart():
        decision = material.decision(finding)
        if finding.proposal != "ban_hanh_moi" or finding.id in material.desk.handled:
            continue
        waiting += decision is None
        if _enters(material, finding, decision):
            new.append(_new_row(material, finding, decision))
    form = forms()["04"]
    nil = f"Không có {form.title[:1].lower()}{form.title[1:]}."
    notes = []
    if waiting and not material.undecided_too:
        notes.append(f"{waiting} phát hiện có kiến nghị xử lý chưa được quyết định, không đưa vào danh mục này.")
    if waiting and material.undecided_too:
        notes.append("Hàng có chữ “cần xác minh” dựa trên phát hiện mà công chức chưa quyết định.")
    return Listing(form, "", (Part("", 0, (Section("", (*rows, *new), nil),)),), tuple(notes))


def to_handle(material: Material, entry: LedgerEntry) -> tuple[Decided, ...]:
    """Findings on a document whose handling is proposed and not done, with the decision (None: not decided yet).

    None of a document that surely ended: nothing is left to amend or repeal.
    """
    found: list[Decided] = []
    if entry.state == "het_hieu_luc_toan_bo" and entry.certain:
        return ()
    for finding in material.findings_of(entry):
        decision = material.decision(finding)
        if finding.id in material.desk.handled or entry.key in material.desk.handled:
            continue
        if _enters(material, finding, decision) and _handles(finding, decision):
            found.append((finding, decision))
    return tuple(found)


def _enters(material: Material, finding: Finding, decision: Decision | None) -> bool:
    """Whether the officer agreed; where undecided ones are asked for too, whether the finding is more than a hint."""
    if decision is None:
        return material.undecided_too and finding.certainty != "goi_y"
    return decision.verdict in _VERDICTS


def proposal(finding: Finding, decision: Decision | None) -> str:
    """The form of handling that stands: the officer's, else the finding's."""
    return (decision.proposal if decision else None) or finding.proposal


def content(finding: Finding, decision: Decision | None, place: bool = True) -> str:
    """What to do and why: the officer's own words first, then the finding's message and its ground.

    `place`: begin with the clause; not where the finding stands on another's text.
    """
    places = list(dict.fromkeys(provision_words(p.provision) for p in finding.places if p.provision and place))
    where = ", ".join(places)
    named_already = finding.message.casefold().startswith(where.casefold())
    said = finding.message if named_already else f"{where[:1].upper()}{where[1:]}: {finding.message}"
    basis = f" ({finding.legal_basis})" if finding.legal_basis not in ("", "–") else ""
    reason = said.rstrip(". ") + basis
    own = decision.text.strip().rstrip(". ") if decision and decision.text else ""
    return f"{own}. Lý do: {reason}" if own else reason


def _handles(finding: Finding, decision: Decision | None) -> bool:
    return proposal(finding, decision) in HANDLED


def _row(material: Material, entry: LedgerEntry, pairs: Sequence[Decided], fresh: bool = False) -> Row:
    certain = all(decision is not None for _, decision in pairs)
    status = "filled" if certain else "uncertain"
    sources = tuple(source for pair in pairs for source in sources_of(material, *pair))
    chosen = {proposal(*pair) for pair in pairs}
    how = Cell(";\n".join(words.PROPOSALS[code] for code in HANDLED if code in chosen), sources, status)  # type: ignore[arg-type]
    bullet = "- " if len(pairs) > 1 else ""
    what = Cell("\n".join(bullet + content(*pair) for pair in pairs), sources, status)  # type: ignore[arg-type]
    units = dict.fromkeys(filter(None, (material.unit_of(entry, decision) for _, decision in pairs)))
    dues = [decision.due for _, decision in pairs if decision and decision.due]
    unit = known("; ".join(units), *sources, ledger_source(entry))
    due = known(date_short(min(dues)) if dues else None, *sources)
    if fresh:
        # A document that is still to be made has no number (footnote 2); its kind follows the one that lacks it.
        return Row(entry.key, (Cell(issued_by(entry).text, sources), Cell("", sources), how, what, unit, due), certain)
    return Row(entry.key, (issued_by(entry), named(entry), how, what, unit, due), certain)


def _new_row(material: Material, finding: Finding, decision: Decision | None) -> Row:
    """A document that a central act demands: who issues it and its kind are for the officer to say."""
    sources = sources_of(material, finding, decision)
    status = "filled" if decision else "uncertain"
    unit = decision.unit or material.desk.settings.units.get(decision.field or "") if decision else None
    due = date_short(decision.due) if decision and decision.due else None
    how = Cell(words.PROPOSALS["ban_hanh_moi"], sources, status)  # type: ignore[arg-type]
    what = Cell(content(finding, decision, place=False), sources, status)  # type: ignore[arg-type]
    return Row(finding.id, (Cell("", sources, "missing"), Cell("", sources), how, what, known(unit, *sources),
                            known(due, *sources)), decision is not None)  # fmt: skip


def sources_of(material: Material, finding: Finding, decision: Decision | None) -> tuple[Source, ...]:
    """The finding (last seen in the run that the paper is made of) and the decision on it."""
    found = Source("finding", finding.id, f"{finding.rule} {words.rule_name(finding.rule)}", material.as_of)
    if decision is None:
        return (found,)
    said = f"{_VERDICTS.get(decision.verdict, decision.verdict)} – {decision.by}"
    return (found, Source("decision", finding.id, said, _day(decision.at)))


def _day(moment: str) -> date | None:
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None
