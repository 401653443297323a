"""What every rule shares: the Rule, the Context it judges in, and the words of a finding.

A rule is a function `check(document, context) -> Iterator[Finding]`. Its docstring is its catalogue
page: a first English line for developers, then Vietnamese sections, each `Name: text` at the start of
a line (`Tìm`, `Căn cứ`, `Có phát hiện`, `Không phát hiện`, `Kiến nghị`, `Đối chiếu`). The two examples
are run by tests/rules/test_examples.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus import symbols
from corpus.model import (
    By,
    Certainty,
    Citation,
    CompleteYear,
    Document,
    Evidence,
    Finding,
    Library,
    Place,
    Provision,
    Severity,
    State,
    Target,
)
from corpus.office.numbers import Numbered
from corpus.register.rows import Institution
from corpus.words import date_short, provision_words
from rules.asked import asked
from rules.parameters import Parameter, Values

Check = Callable[[Document, "Context"], Iterator[Finding]]

CERTAINTIES: tuple[Certainty, ...] = ("goi_y", "can_kiem_tra", "chac_chan")
SEVERITIES: tuple[Severity, ...] = ("thong_tin", "thap", "trung_binh", "cao")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue. The texts are Vietnamese, for the officer."""

    code: str
    name: str
    severity: Severity
    legal_basis: str
    proposal: str
    check: Check
    sections: Mapping[str, str] = field(default_factory=dict)
    scope: str = "reviewed"
    parameters: tuple[Parameter, ...] = ()
    source: str | None = None
    """File that a rule of the office's own was read from; None for those of the program."""

    @property
    def looks_for(self) -> str:
        return self.sections.get("Tìm", "")

    @property
    def flagged(self) -> str:
        return self.sections.get("Có phát hiện", "")

    @property
    def not_flagged(self) -> str:
        return self.sections.get("Không phát hiện", "")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What the officer set: rules switched off, severities changed, years whose register is complete.

    `whole`: years declared complete for one issuer or kind; `numbered`: numbers that the office's books know;
    `values`: numbers of rules that were set; `own`: rules of the office, written as data.
    """

    off: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    complete_years: frozenset[int] = frozenset()
    whole: tuple[CompleteYear, ...] = ()
    numbered: tuple[Numbered, ...] = ()
    values: Values = field(default_factory=dict)
    own: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides the document. `as_of` is the day on which it is judged."""

    library: Library
    as_of: date
    institutions: Sequence[Institution] = ()
    settings: RuleSettings = RuleSettings()
    told: tuple[Finding, ...] = ()
    """What the rules before this one found in the same document."""


def rule(
    code: str, name: str, severity: Severity, legal_basis: str, proposal: str, scope: str = "reviewed",
    parameters: Sequence[Parameter] = (),
) -> Callable[[Check], Rule]:  # fmt: skip
    """Decorator: a check function with its catalogue entry. `scope` is "reviewed" or "ground"."""

    def made(check: Check) -> Rule:
        sections = sections_of(check.__doc__ or "")
        return Rule(code, name, severity, legal_basis, proposal, check, sections, scope, tuple(parameters))

    return made


_SECTION = re.compile(r"(?m)^[ ]{0,8}(Tìm|Căn cứ|Có phát hiện|Không phát hiện|Kiến nghị|Đối chiếu|Ký ngày): ?")


def sections_of(docstring: str) -> dict[str, str]:
    """The named sections of a rule's docstring. Wrapped lines are joined; " / " in an example begins a new line."""
    pieces = _SECTION.split(docstring)
    return {
        pieces[i]: re.sub(r" / ", "\n", " ".join(pieces[i + 1].split())) for i in range(1, len(pieces) - 1, 2)
    }  # fmt: skip


# --- findings ------------------------------------------------------------------------------------


def place(document: Document, start: int, end: int) -> Place:
    """A place of the document with its innermost provision, page and exact words."""
    unit = document.provision_at(start)
    return Place(unit.id if unit else None, start, end, document.page_at(start), document.text[start:end])


def finding(
    made_by: tuple[str, Severity, str],
    document: Document,
    places: Sequence[Place],
    message: str,
    *,
    certainty: Certainty,
    proposal: str,
    legal_basis: str | None = None,
    severity: Severity | None = None,
    target: tuple[str | None, str | None] = (None, None),
    evidence: Iterable[Evidence] = (),
) -> Finding:
    """A finding of the rule `made_by` (code, usual severity, legal basis), main place first."""
    code, usual, ground = made_by
    return Finding(
        rule=code, severity=severity or usual, path=document.path, places=tuple(places), message=message,
        legal_basis=legal_basis or ground, proposal=proposal, certainty=certainty,
        target_symbol=target[0], target_provision=target[1], evidence=tuple(evidence),
    )  # fmt: skip


def weaker(*certainties: Certainty) -> Certainty:
    """The weakest of several certainties."""
    return min(certainties, key=CERTAINTIES.index)


def lower_severity(a: Severity, b: Severity) -> Severity:
    return min(a, b, key=SEVERITIES.index)


def evidence_of(state: State) -> tuple[Evidence, ...]:
    """The acts that made a state, dated, as evidence."""
    return tuple(
        Evidence(by.symbol, by.provision, by.quote, by.type, by.from_, state.source) for by in state.by
    )  # fmt: skip


# --- words ---------------------------------------------------------------------------------------


def spoken_unit(provision: str | None) -> str:
    """How a message names a provision; "" where none."""
    return provision_words(provision) if provision else ""


def joined(names: Iterable[str]) -> str:
    """Names as a sentence lists them: "A, B và C"."""
    *most, last = names
    return f"{', '.join(most)} và {last}" if most else last


def spoken_date(day: date | None) -> str:
    """`01/7/2025`, or that it is not known."""
    return date_short(day) if day else "ngày chưa rõ"


def at(document: Document, start: int) -> str:
    """Where in the document, for the beginning of a message: "Khoản 1 Điều 3" or "Phần căn cứ"."""
    unit = document.provision_at(start)
    words = spoken_unit(unit.id if unit else None)
    return words[:1].upper() + words[1:] if words else ""


def spoken_act(symbol: str, context: Context, kind: str | None = None) -> str:
    """An act as a message names it, by its kind in the register: the number 203/2025/QH15 does not say "resolution"."""
    known = context.library.known(symbol)
    return symbols.spoken(symbol, kind or next((row.kind for row in known if row.kind), None))


_ENDING_WORDS = {
    "repeal": "bãi bỏ", "replace": "thay thế", "expire": "hết hiệu lực theo", "declare_expired": "công bố hết hiệu lực",
    "amend": "sửa đổi, bổ sung", "insert": "bổ sung", "substitute": "sửa đổi", "insert_text": "sửa đổi",
    "delete_text": "sửa đổi", "suspend": "tạm ngưng hiệu lực",
}  # fmt: skip


def spoken_by(by: Sequence[By], context: Context) -> str:
    """By which acts, with the clause: "bị thay thế bởi khoản 2 Điều 60 Nghị định số …"; "" where not known."""
    for item in by:
        if not item.symbol:
            continue
        unit = spoken_unit(item.provision)
        verb = _ENDING_WORDS.get(item.type, "sửa đổi")
        link = "" if item.type == "expire" else "bởi "
        passive = "" if item.type == "expire" else ("được " if item.type in ("amend", "insert") else "bị ")
        return f"{passive}{verb} {link}{unit + ' ' if unit else ''}{spoken_act(item.symbol, context)}"
    return ""


# --- dates ---------------------------------------------------------------------------------------


def signed(document: Document) -> date | None:
    """Day of issue, None where the document does not show it."""
    return document.masthead.date if document.masthead else None


def in_force_from(document: Document) -> date | None:
    """The first day in force, else the day of issue."""
    head = document.masthead
    return (head.effective or head.date) if head else None


def is_normative(document: Document) -> bool:
    """Whether the masthead shows a normative document (văn bản quy phạm pháp luật); not known counts as no."""
    return bool(document.masthead and document.masthead.normative)


def is_plan(document: Document) -> bool:
    """Whether the document is a plan or programme, or decides one: its term is that of the plan."""
    head = document.masthead
    if head is None:
        return False
    if head.kind in ("ke_hoach", "chuong_trinh", "phuong_an", "de_an"):
        return True
    opening = (head.title or document.text[:600]).lower()
    return not head.normative and bool(re.search(r"kế hoạch|chương trình|phương án|đề án", opening))


def opening(document: Document) -> tuple[int, int]:
    """The title, else the number, else the first line: where a finding on the whole document stands."""
    head = document.masthead
    for part in ("title", "symbol", "issuer"):
        if head and part in head.spans and head.spans[part][1] > head.spans[part][0]:
            return head.spans[part]
    end = document.text.find("\n")
    return 0, end if end > 0 else len(document.text)


# --- the corpus ----------------------------------------------------------------------------------


@asked("region")
def region(context: Context) -> str:
    """Issuers and territories of all documents under review, in words: where this corpus lies."""
    heads = [document.masthead for document in context.library.reviewed() if document.masthead]
    names = {name for head in heads for name in (*head.territory, head.issuer or "")}
    return " ".join(sorted(names))


# --- citations -----------------------------------------------------------------------------------


def sentence_around(text: str, start: int, end: int, limit: int = 600) -> tuple[int, int]:
    """The sentence or line that holds `[start, end)`, at most `limit` characters each side."""
    left = start
    floor = max(0, start - limit)
    while left > floor and text[left - 1] not in "\n;" and not (
        text[left - 1] == " " and left > 1 and text[left - 2] == "." and text[left : left + 1].isupper()
    ):
        left -= 1
    right = end
    ceiling = min(len(text), end + limit)
    while right < ceiling and text[right] not in "\n;" and not (
        text[right] == "." and text[right + 1 : right + 2] in (" ", "\n", "")
    ):
        right += 1
    return left, right


def paragraph_around(text: str, offset: int) -> tuple[int, int]:
    """The line of the text that holds `offset`."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end


def named_without_number(citation: Citation, target: Target) -> bool:
    """Whether the text names a law and gives no number: then it means the law of the citing day."""
    parts = symbols.parse(target.symbol) if target.symbol else None
    if parts is None or parts.number is None:
        return True
    if citation.corrected_from is not None and re.search(r"\d\s?/", citation.text):
        return False  # a scan: the number stands there, one digit of it misread
    number = parts.number.lstrip("0")
    return not re.search(rf"(?<![\d.])0{{0,3}}{re.escape(number)}\s?/", citation.text)


def each_target(document: Document, roles: Iterable[str]) -> Iterator[tuple[Citation, Target]]:
    """Citations of these roles with each of their targets, the document itself left out."""
    wanted = frozenset(roles)
    for citation in document.citations:
        if citation.role in wanted:
            for target in citation.targets:
                if not target.self_:
                    yield citation, target


def units_below(document: Document, unit: Provision) -> list[Provision]:
    """Direct and indirect units inside `unit`."""
    return [other for other in document.provisions if other is not unit and unit.start <= other.start < unit.end]


def leaves(document: Document) -> list[Provision]:
    """Units that hold no further unit: the clauses that are compared."""
    found: list[Provision] = []
    for i, unit in enumerate(document.provisions):
        following = document.provisions[i + 1] if i + 1 < len(document.provisions) else None
        if following is None or not (unit.start <= following.start < unit.end):
            found.append(unit)
    return found
