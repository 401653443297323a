"""Every rule with code, name and legal ground; judging one document with all of them.

`judge` is what the pipeline calls for every readable document of the library: a document under review
is judged by all rules of scope "reviewed", every document that may be a ground by those of scope
"ground" (KH01: the duty that it gives to the commune).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.model import Document, Finding
from corpus.text import fold
from rules.base import Context, Rule, RuleSettings
from rules.cc_bases import cc01, cc02, cc03, cc04
from rules.doubts import doubted
from rules.hl_parents import hl04
from rules.hl_subject import hl07
from rules.hl_units import hl05
from rules.hl_validity import hl01, hl02, hl03, hl06, hl08
from rules.kh_gaps import kh01
from rules.kh_numbers import kh02
from rules.mt_conflicts import mt01
from rules.mt_local import mt06
from rules.mt_modal import mt02, mt04
from rules.mt_scope import mt03
from rules.mt_self import mt05
from rules.own_rules import remembered
from rules.parameters import said
from rules.tl_overlap import tl01
from rules.tn_names import tn01, tn02, tn03
from rules.tq_competence import tq01, tq02, tq03, tq04, tq06
from rules.tq_general import tq05
from rules.tt_form import tt01, tt02, tt03
from rules.vd_agreement import vd04
from rules.vd_citations import vd01, vd02, vd03, vd05
from rules.words import PROPOSAL_WORDS, SEVERITY_WORDS

__all__ = [
    "PROPOSAL_WORDS", "RULES", "SEVERITY_WORDS", "Context", "Rule", "RuleSettings", "by_code", "judge", "judge_all",
    "prefixes", "table",
]  # fmt: skip

RULES: tuple[Rule, ...] = (
    cc01, cc02, cc03, cc04, vd01, vd02, vd03, vd04, vd05, hl01, hl02, hl03, hl04, hl05, hl06, hl08, tq01,
    tq02, tq03, tq04, tq05, tq06, mt01, mt02, mt03, mt04, mt05, mt06, tn01, tn02, tn03, tt01, tt02, tt03, tl01, hl07,
    kh01, kh02,
)  # fmt: skip


def judge(document: Document, context: Context) -> tuple[Finding, ...]:
    """All findings on one document, in reading order, without identities.

    Settings are obeyed: a rule that is off makes no finding, a changed severity replaces the usual one (a
    finding that its rule itself had lowered is never raised above the setting).
    """
    if not document.readable:
        return ()
    reviewed = context.library.under_review(document)
    findings = _merged(_one_of_two(list(_run(document, context, reviewed))))
    findings = [doubted(finding, document, context.library) for finding in findings]
    if any(finding.rule == "HL01" and finding.severity == "thong_tin" for finding in findings):
        # A finished plan is one line: everything else in it is shown folded below that line.
        findings = [replace(f, folded=f.rule != "HL01") for f in findings]
    return tuple(sorted(findings, key=lambda f: (f.places[0].start, f.rule, f.places[0].end)))


def _one_of_two(findings: list[Finding]) -> list[Finding]:
    """On the same words TQ or MT, never both: MT where a higher clause says otherwise, unless it is only a hint."""
    rivals = [f for f in findings if f.rule in ("MT01", "MT02", "MT03", "MT04")]
    powers = [f for f in findings if f.rule in ("TQ02", "TQ03", "TQ04")]
    dropped: list[Finding] = []
    for power in powers:
        for rival in rivals:
            if power.places[0].start < rival.places[0].end and rival.places[0].start < power.places[0].end:
                weak = rival.certainty == "goi_y" and power.certainty != "goi_y"
                dropped.append(rival if weak else power)
    return [finding for finding in findings if not any(finding is other for other in dropped)]


def _merged(findings: list[Finding]) -> list[Finding]:
    """The same words met by the same rule and the same higher clause are one cause: one finding with all its places."""
    kept: dict[tuple[str, str | None, str | None, str], Finding] = {}
    for finding in findings:
        cause = (finding.rule, finding.target_symbol, finding.target_provision, fold(finding.places[0].quote))
        first = kept.get(cause)
        kept[cause] = replace(first, places=(*first.places, *finding.places)) if first else finding
    return list(kept.values())


def judge_all(context: Context) -> tuple[Finding, ...]:
    """`judge` over every document of the library, by path."""
    documents = context.library.documents
    return tuple(finding for path in sorted(documents) for finding in judge(documents[path], context))


def _run(document: Document, context: Context, reviewed: bool) -> Iterator[Finding]:
    """Findings of each rule in turn; VD05 and HL07 are told what the rules before them say, and do not say it again."""
    found: list[Finding] = []
    for rule in (*RULES, *context.settings.own):
        if rule.code in context.settings.off or (rule.scope == "reviewed") is not reviewed:
            continue
        chosen = context.settings.severity.get(rule.code)
        told = replace(context, told=tuple(found)) if rule in (vd05, hl07) else context
        for finding in rule.check(document, told):
            found.append(replace(finding, severity=chosen) if chosen else finding)
    yield from found


def by_code(code: str) -> Rule:
    """The rule with this code (letter case ignored), the office's own included. Raises `KeyError`."""
    for rule in (*RULES, *remembered()):
        if rule.code == code.strip().upper():
            return rule
    raise KeyError(code)


def table(settings: RuleSettings = RuleSettings()) -> list[tuple[str, str, str, str, str, str]]:  # noqa: B008
    """Rows of `rasoat rules`: code, name, severity ("tat" where it is off), legal basis, usual proposal, parameters."""
    return [
        (r.code, r.name, "tat" if r.code in settings.off else settings.severity.get(r.code, r.severity), r.legal_basis,
         r.proposal, "; ".join(f"{p.name}={said(p.chosen(settings.values))} {p.unit}" for p in r.parameters))
        for r in (*RULES, *settings.own)
    ]  # fmt: skip


def prefixes() -> frozenset[str]:
    """The letters of the program's own codes, which an office's rules may not use."""
    return frozenset(rule.code.rstrip("0123456789") for rule in RULES)
