"""The page of a rule: what it looks for, on what ground, golden texts that it flags and leaves alone, what can be set.

The texts are those of `rules/cases`, which the tests run: a page cannot promise what the rule does not do. `rasoat
explain CODE` prints a page, `scripts/build_docs.py` writes all of them to docs/rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.words import date_short
from rules.base import Rule, RuleSettings
from rules.cases import AS_OF, Case, Text, cases
from rules.catalogue import RULES, by_code
from rules.parameters import said
from rules.words import CERTAINTY_WORDS, PROPOSAL_WORDS, SEVERITY_WORDS


def explain(code: str, settings: RuleSettings | None = None) -> str:
    """The page of one rule as Markdown, with what the office set. Raises `KeyError` for a code that is none."""
    return page(by_code(code), settings)


def page(rule: Rule, settings: RuleSettings | None = None) -> str:
    """A rule's page in Markdown."""
    own = cases(rule.code) if rule.source is None else ()
    parts = [
        f"# {rule.code} · {rule.name}", sentence(rule.looks_for),
        f"**Căn cứ:** {rule.sections.get('Căn cứ') or rule.legal_basis}",
        f"**Mức độ thường dùng:** {SEVERITY_WORDS[rule.severity]} · **Kiến nghị thường dùng:** "
        f"{PROPOSAL_WORDS[rule.proposal]}",
    ]
    if note := rule.sections.get("Kiến nghị"):
        parts.append(f"**Xử lý:** {note}")
    parts += _examples(rule, own) if own else _short(rule)
    parts.append(_settable(rule, settings))
    return "\n\n".join(part for part in parts if part) + "\n"


def index_page() -> str:
    """The list of all rules in Markdown, linked to their pages."""
    rows = [
        f"| [{r.code}]({r.code}.md) | {r.name} | {SEVERITY_WORDS[r.severity]} | {PROPOSAL_WORDS[r.proposal]} |"
        for r in RULES
    ]
    return "\n".join([
        "# Danh mục quy tắc", "",
        "Mỗi quy tắc có mã cố định, một việc phải tìm, căn cứ pháp lý và kiến nghị thường dùng. Các ví dụ trong trang "
        "của từng quy tắc được chạy thử mỗi lần kiểm tra chương trình. Trang này được tạo từ mã nguồn: "
        "`python scripts/build_docs.py`.", "",
        "| Mã | Tìm gì | Mức độ | Kiến nghị thường dùng |", "|---|---|---|---|", *rows, "",
    ])  # fmt: skip


def left_alone(rule: Rule) -> tuple[str, ...]:
    """What the rule leaves alone, one line each, from its golden texts: "luật còn hiệu lực, chỉ được sửa đổi"."""
    return tuple(case.title for case in cases(rule.code) if not case.flagged and not case.failing)


# --- examples ------------------------------------------------------------------------------------


def _examples(rule: Rule, own: Sequence[Case]) -> list[str]:
    held = [case for case in own if not case.failing]
    parts = [
        f"Các ví dụ dưới đây đều được chạy thử. Văn bản của xã, của tỉnh và nghị định về đường thôn, chợ, bến trong ví "
        f"dụ là giả định. Ngày rà soát: {date_short(AS_OF)}, trừ khi ghi khác."
    ]
    for title, flagged in (("Có phát hiện", True), ("Không phát hiện", False)):
        parts.append(f"## {title}")
        parts += [_example(i, case) for i, case in enumerate((c for c in held if c.flagged is flagged), 1)]
    if limits := [case for case in own if case.failing]:
        parts.append("\n".join(["## Giới hạn đã biết", "", *map(_limit, limits)]))
    return parts


def _limit(case: Case) -> str:
    return f"- {'Chưa bắt được' if case.flagged else 'Còn bắt nhầm'}: {case.title} ({case.failing})."


def _example(number: int, case: Case) -> str:
    lines = [f"**{number}. {sentence(case.title)}.**"]
    if case.as_of != AS_OF:
        lines[0] += f" Rà soát ngày {date_short(case.as_of)}."
    if case.years:
        lines[0] += f" Năm đã ghi là đủ văn bản: {', '.join(map(str, sorted(case.years)))}."
    for i, text in enumerate(case.texts):
        lines += ["", _head(text, first=i == 0), "", quoted("\n".join(text.lines))]
    if case.flagged:
        where = f" Trích: “{case.quote}”." if case.quote else ""
        where += f" Lời nhắc nêu: {'; '.join(f'“{words}”' for words in case.said)}." if case.said else ""
        lines += ["", f"→ Mức {SEVERITY_WORDS[case.severity or '']} · {CERTAINTY_WORDS[case.certainty or '']} · "
                      f"{PROPOSAL_WORDS[case.proposal or '']}.{where}"]  # fmt: skip
    else:
        lines += ["", f"→ Không nêu: {case.why}."]
    return "\n".join(lines)


def _head(text: Text, first: bool) -> str:
    if text.sort == "whole":
        return "Toàn văn:"
    assert text.day is not None
    role = "" if first else "Văn bản cấp trên: " if text.sort == "central" else "Văn bản khác trong kho: "
    since = f", có hiệu lực từ {date_short(text.effective)}" if text.effective else ""
    return f"{role}{text.name} ngày {date_short(text.day)} của {text.issuer}, “{text.title}”{since}:"


def _short(rule: Rule) -> list[str]:
    """The examples that a rule brings itself: one of the office's own."""
    parts = [f"## Có phát hiện\n\n{quoted(rule.flagged)}"]
    if rule.not_flagged:
        parts.append(f"## Không phát hiện\n\n{quoted(rule.not_flagged)}")
    return parts


# --- what can be set -------------------------------------------------------------------------------


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


def sentence(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def quoted(text: str) -> str:
    """`text` as a quotation in Markdown, line by line."""
    return "\n>\n".join(f"> {line}" for line in text.splitlines() if line.strip())
