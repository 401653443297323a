"""Every rule with code, name and legal ground; judging one document with all of them.

`judge` is what the pipeline calls for every readable document of the library: a document under review
is judged by all rules of scope "reviewed", every document that may be a ground by those of scope
"ground" (KH01: the duty that it gives to the commune).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

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
    "PROPOSAL_WORDS", "RULES", "SEVERITY_WORDS", "Context", "Rule", "RuleSettings", "by_code", "explain", "judge",
    "judge_all", "page", "table",
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


def explain(code: str, settings: RuleSettings = RuleSettings()) -> str:  # noqa: B008
    """The page of one rule, as plain text, with what the office set. Raises `KeyError` for a code that is none."""
    return page(by_code(code), settings)


def page(rule: Rule, settings: RuleSettings | None = None) -> str:
    """A rule's page in Markdown: what it looks for, on what ground, an example of each kind, the proposal."""
    parts = [
        f"# {rule.code} · {rule.name}", _sentence(rule.looks_for),
        f"**Căn cứ:** {rule.sections.get('Căn cứ') or rule.legal_basis}",
        f"**Mức độ thường dùng:** {SEVERITY_WORDS[rule.severity]} · **Kiến nghị thường dùng:** "
        f"{PROPOSAL_WORDS[rule.proposal]}",
    ]
    if ground := rule.sections.get("Đối chiếu"):
        parts.append(f"## Văn bản đối chiếu\n\n{_quoted(ground)}")
    parts.append(f"## Có phát hiện\n\n{_quoted(rule.flagged)}")
    parts.append(f"## Không phát hiện\n\n{_quoted(rule.not_flagged)}")
    if note := rule.sections.get("Kiến nghị"):
        parts.append(f"## Kiến nghị\n\n{_sentence(note)}")
    parts.append(_settable(rule, settings))
    return "\n\n".join(part for part in parts if part) + "\n"


def _settable(rule: Rule, settings: RuleSettings | None) -> str:
    """What the office may set for a rule, and what it has set."""
    parts = ["## Tắt, đổi mức, tham số", f"Trong `rasoat.toml`, mục `[quy_tac]`: `{rule.code} = \"tat\"`, hoặc "
             f"`{rule.code} = \"thap\"` (`cao`, `trung_binh`, `thap`, `thong_tin`)."]  # fmt: skip
    if settings and rule.code in settings.off:
        parts.append("Đơn vị đã tắt quy tắc này.")
    elif settings and rule.code in settings.severity:
        parts.append(f"Đơn vị đã đặt mức: {SEVERITY_WORDS[settings.severity[rule.code]]}.")
    if rule.parameters:
        rows = [
            f"| `{p.name}` | {p.meaning} | {said(p.default)} | {said(p.least)}–{said(p.most)} | {p.unit} |"
            for p in rule.parameters
        ]
        parts.append("\n".join([
            f"Tham số, ghi dưới `[quy_tac.{rule.code}]`:", "", "| Tên | Ý nghĩa | Mặc định | Cho phép | Đơn vị |",
            "|---|---|---|---|---|", *rows,
        ]))  # fmt: skip
        values = settings.values if settings else {}
        now = {p.name: p.chosen(values) for p in rule.parameters if p.chosen(values) != p.default}
        changed = [f"{name} = {said(value)}" for name, value in now.items()]
        if changed:
            parts.append(f"Đơn vị đã đặt: {', '.join(changed)}.")
    return "\n\n".join(parts)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.splitlines())


def write_pages(folder: Path) -> list[Path]:
    """Write the page of every rule and an index below `folder` (docs/rules), and give the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for rule in RULES:
        place = folder / f"{rule.code}.md"
        place.write_text(page(rule), encoding="utf-8")
        written.append(place)
    index = folder / "README.md"
    index.write_text(index_page(), encoding="utf-8")
    return [*written, index]


def index_page() -> str:
    """The list of all rules in Markdown, linked to their pages."""
    rows = [
        f"| [{r.code}]({r.code}.md) | {r.name} | {SEVERITY_WORDS[r.severity]} | {PROPOSAL_WORDS[r.proposal]} |"
        for r in RULES
    ]
    return "\n".join([
        "# Danh mục quy tắc", "",
        "Mỗi quy tắc có mã cố định, một việc phải tìm, căn cứ pháp lý và kiến nghị thường dùng. Trang này được tạo từ "
        "mã nguồn: `python -m rules.catalogue docs/rules`.", "",
        "| Mã | Tìm gì | Mức độ | Kiến nghị thường dùng |", "|---|---|---|---|", *rows, "",
    ])  # fmt: skip


if __name__ == "__main__":
    import sys

    for made in write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/rules")):
        print(made)
