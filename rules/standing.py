"""How a cited document stands: on the day of the citing document, and on the day of review.

Two duties follow (Luật 64/2025, NĐ 79/2025): what ended after signing is a matter of review (rà soát,
Art. 37–39); what had already ended is a matter of checking (kiểm tra, Art. 7, 44).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus import symbols
from corpus.acts import Act
from corpus.events import over
from corpus.model import By, Certainty, Citation, Document, Evidence, Resolution, State, Target
from corpus.text import tone_key
from rules.base import (
    Context,
    in_force_from,
    named_without_number,
    paragraph_around,
    sentence_around,
    signed,
    weaker,
)

ENDED = "het_hieu_luc_toan_bo"
CHANGED = "het_hieu_luc_mot_phan"
NOT_YET = "chua_hieu_luc"


@dataclass(frozen=True, slots=True)
class Standing:
    """One cited document. `then` is its state on the citing document's day of issue, None where that is not known."""

    citation: Citation
    target: Target
    found: Resolution
    now: State
    then: State | None
    by_itself: bool = False
    """Whether the citing document is itself the act that ended the cited one."""

    @property
    def by_name(self) -> bool:
        """Whether the text gives only a name, no number."""
        return named_without_number(self.citation, self.target)

    @property
    def symbol(self) -> str | None:
        return self.found.symbol

    @property
    def ended(self) -> bool:
        return self.now.state == ENDED and not self.by_itself

    @property
    def dead_when_signed(self) -> bool:
        return self.then is not None and self.then.state == ENDED and not self.by_itself

    @property
    def strength(self) -> Certainty:
        """What a finding that rests on this state may carry; less where the document itself is not sure."""
        sure: Certainty = "chac_chan" if self.found.status == "resolved" else "can_kiem_tra"
        return weaker(self.now.strength, sure)


def standing(citation: Citation, target: Target, document: Document, context: Context) -> Standing | None:
    """How the cited document stands; None where it is not known which document is meant."""
    if target.status == "ambiguous":
        return None
    found = _of_its_date(citation, target, context.library.resolve(target, document), context)
    if found is None or found.symbol is None or found.status == "ambiguous":
        return None
    now = _state(found, context, context.as_of)
    day = signed(document)
    then = _state(found, context, day) if day else None
    others = not_by(now.by, document)
    itself = len(others) < len(now.by) and not any(one.type in _END_TYPES for one in others)
    others = able_to(others, found)
    then = replace(then, by=able_to(not_by(then.by, document), found)) if then else None
    return Standing(citation, target, found, replace(now, by=others), then, itself)


def not_by(by: Sequence[By], document: Document) -> tuple[By, ...]:
    """Acts other than `document` itself: what it ended or changed itself is no fault of its own words."""
    head = document.masthead
    if head is None or head.symbol is None:
        return tuple(by)
    own = symbols.key(head.symbol)
    return tuple(one for one in by if symbols.key(one.symbol) != own or (one.path or document.path) != document.path)


def able_to(by: Sequence[By], found: Resolution) -> tuple[By, ...]:
    """Acts that may change the document at all: a circular cannot end a decree's clause, nor a decree a law's.

    A row of the register that says so was read from the wrong line (Luật 64/2025 Art. 8).
    """
    act = Act(found.symbol or "", found.kind, found.issuer, found.date)
    return tuple(one for one in by if not one.symbol or over(one.symbol, act))


def _of_its_date(citation: Citation, target: Target, found: Resolution, context: Context) -> Resolution | None:
    """A law cited by name and date of issue is the one issued that day; None where nothing known was.

    The name alone means the law in force on the citing day, which may be an older one of that name.
    """
    if target.date is None or found.symbol is None or not named_without_number(citation, target):
        return found
    if not any(row.date for row in context.library.known(found.symbol)) or any(
        row.date == target.date for row in context.library.known(found.symbol)
    ):  # fmt: skip
        return found
    for name in context.library.named(target.name or "", year=target.date.year) if target.name else ():
        for row in context.library.known(name.symbol):
            if row.date == target.date:
                return Resolution(row.symbol, row.kind, row.issuer, row.date, row.title, None, True, "resolved")
    return None


def by_cause(items: Sequence[Standing], document: Document, context: Context) -> list[list[Standing]]:
    """Ended documents by cause: one later act ended them, and they stand in one paragraph or one amends the other."""
    groups: list[list[Standing]] = []
    for item in items:
        homes = [g for g in groups if any(_one_cause(item, other, document, context) for other in g)]
        if not homes:
            groups.append([item])
            continue
        whole = sorted((*(one for home in homes for one in home), item), key=lambda one: one.citation.start)
        groups = [group for group in groups if all(group is not home for home in homes[1:])]
        homes[0][:] = whole  # a link of a chain joins what stood apart
    return groups


def _one_cause(a: Standing, b: Standing, document: Document, context: Context) -> bool:
    if a.symbol is None or b.symbol is None:
        return False
    one, other = symbols.key(a.symbol), symbols.key(b.symbol)
    if one == other:
        return a.found.date == b.found.date
    if not (enders := _enders(a)) or enders != _enders(b):
        return False
    start, end = paragraph_around(document.text, a.citation.start)
    if start <= b.citation.start <= end:
        return True
    return any(symbols.key(e.by_symbol) == other for e in context.library.known_effects(a.symbol)) or any(
        symbols.key(e.by_symbol) == one for e in context.library.known_effects(b.symbol)
    )


def _enders(item: Standing) -> frozenset[str]:
    return frozenset(symbols.key(by.symbol) for by in item.now.by if by.symbol and by.type in _END_TYPES)


def also_ended(items: Sequence[Standing]) -> list[Evidence]:
    """Evidence for the ended documents of one cause after the first, each once."""
    rest = {symbols.key(i.symbol): i for i in reversed(items) if i.symbol and i.symbol != items[0].symbol}
    return [Evidence(i.symbol, None, None, "expire", i.now.since, i.now.source) for i in reversed(rest.values())]


def state_when_effective(item: Standing, document: Document, context: Context) -> State | None:
    """State of the cited document on the first day of the citing one; None where that day is not known."""
    day = in_force_from(document)
    return _state(item.found, context, max(day, signed(document) or day)) if day else None


def first_day(item: Standing, context: Context) -> date | None:
    """First day in force of the cited document, by its text or the register; None where neither tells it."""
    found = item.found
    text = context.library.find(found.symbol or "", issuer=found.issuer, issued=found.date)
    if text and text.masthead and text.masthead.effective:
        return text.masthead.effective
    rows = context.library.known(found.symbol or "")
    return next((row.effective for row in rows if row.effective and found.kind in (None, row.kind)), None)


def quoted_name(item: Standing) -> str:
    """The words of a citation for a message, with the number where they give a name alone or the kind is left out."""
    words = f"“{item.citation.text}”"
    if not item.symbol:
        return words
    named = item.by_name and symbols.key(item.symbol) not in symbols.key(item.citation.text)
    bare = re.match(r"(?:số\s{0,3}:?\s{0,3})?\d", tone_key(item.citation.text))
    return f"{words} ({symbols.spoken(item.symbol, item.found.kind)})" if named or bare else words


def _state(found: Resolution, context: Context, day: date) -> State:
    assert found.symbol is not None
    return context.library.state(
        found.symbol, as_of=day, issuer=found.issuer, issued=found.date, kind=found.kind
    )  # fmt: skip


def changes_since(state: State, day: date, context: Context, unless_named_in: str = "") -> Sequence[By]:
    """Acts that changed the document after `day`, up to the as-of day, without those that the given words name.

    A change whose day nobody told began with the act that makes it, where the register knows that act's first day.
    """
    named = {symbols.key(match[0]) for match in _SYMBOL.finditer(unless_named_in)}
    dated = [by if by.from_ else replace(by, from_=_first_day_known(by.symbol, context)) for by in state.by]
    return [
        by for by in dated
        if by.from_ and day < by.from_ <= context.as_of and symbols.key(by.symbol) not in named
    ]  # fmt: skip


def _first_day_known(symbol: str, context: Context) -> date | None:
    return next((row.effective for row in context.library.known(symbol) if row.effective), None)


_SYMBOL = re.compile(r"\d{1,5}(?:\.\d{1,3})?/(?:\d{4}/)?[A-ZĐ][\wĐđ\-]{1,30}")

_ENDING = re.compile(
    r"(?<!được )(?<!bị )(?<!đã )\b(?:thay thế|thay cho|bãi bỏ|hủy bỏ|huỷ bỏ|đình chỉ|sửa đổi|đính chính|công bố)\b"
)
_OVER = re.compile(
    r"hết hiệu lực|không còn hiệu lực|hết thời hạn|(?:được|bị|đã) (?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)"
)
# A law named for the day on which it began only marks a time ("đưa vào sử dụng trước khi Luật … có hiệu lực").
_BEGAN_BEFORE = re.compile(r"(?:trước|kể từ|từ|đến|sau)\s+(?:khi|ngày|thời điểm)(?:\s+(?:mà|các|những))?\s{0,3}$")
_BEGAN_AFTER = re.compile(r"^[\s,)]{0,3}(?:(?:của|do) [^,.;\n]{3,60}? )?(?:bắt đầu )?(?:có hiệu lực|được ban hành)")
_TRANSITION = re.compile(r"tiếp tục (?:được )?(?:áp dụng|thực hiện|có hiệu lực)|(?:vẫn|còn) (?:được )?áp dụng")
# Before the citation: what goes on must be the cited document itself ("tiếp tục thực hiện rà soát … theo" is a task).
_GOES_ON = re.compile(
    r"(?:tiếp tục (?:được )?(?:áp dụng|thực hiện|có hiệu lực)|(?:vẫn|còn) (?:được )?(?:áp dụng|thực hiện))"
    r"(?: (?:cho )?đến [^,;.\n]{0,60}?)?(?: (?:theo|các|những|quy định|nội dung|chính sách|mức|chế độ|tại|của|trong|ở"
    r"|như)){0,8}[\s:“(]{0,4}$"
)
_OF_PROCEDURES = re.compile(r"thủ tục hành chính|(?<!\w)tthc(?!\w)")
"""A published list of procedures that are changed or dropped: the documents beside each are its grounds, in force."""
_LIST_HEAD = re.compile(r"(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực|đình chỉ)")
_END_TYPES = frozenset(("repeal", "replace", "expire", "declare_expired"))
_CHANGE_TYPES = frozenset(
    ("repeal", "replace", "amend", "insert", "substitute", "insert_text", "delete_text", "suspend", "extend",
     "declare_expired", "declare_continuing", "correct", "transition")
)  # fmt: skip


def only_to_end_it(citation: Citation, document: Document) -> bool:
    """Whether the document is cited only to say that it is repealed, replaced, amended, over, or goes on for old cases.

    Such a citation is never a finding (rules.md, "What must not be flagged").
    """
    for effect in document.effects:
        if effect.type in _CHANGE_TYPES and effect.start <= citation.start < effect.end and not effect.target.self_:
            return True
    start, end = sentence_around(document.text, citation.start, citation.end)
    before = tone_key(document.text[start : citation.start])
    if _ENDING.search(before) and _changes_it(citation, document):
        return True
    after = tone_key(document.text[citation.end : end])
    if _GOES_ON.search(before) or _TRANSITION.search(after):
        return True
    if _BEGAN_BEFORE.search(before) and _BEGAN_AFTER.search(after):
        return True
    if _ENDING.search(before[-240:]) or _OVER.search(after[:240]) or _OVER.search(before[-240:]):
        return True
    return _in_ending_list(citation, document)


def _changes_it(citation: Citation, document: Document) -> bool:
    """Whether an instruction of the document ends or changes the very document that the citation means."""
    for effect in document.effects:
        other = effect.target
        if effect.type not in _CHANGE_TYPES or other.self_ or not other.symbol:
            continue
        for target in citation.targets:
            if target.symbol and symbols.key(target.symbol) == symbols.key(other.symbol) and (
                target.date is None or other.date is None or target.date == other.date
            ):  # fmt: skip
                return True
    return False


def _in_ending_list(citation: Citation, document: Document) -> bool:
    """Whether the unit that holds the citation is a member of a list whose opening line repeals or replaces."""
    around = [unit for unit in document.provisions if unit.start <= citation.start < unit.end]
    for unit in around:
        line_end = document.text.find("\n", unit.start)
        opening = tone_key(document.text[unit.start : line_end if line_end > 0 else unit.end][:300])
        if unit.start <= citation.start and _LIST_HEAD.search(opening) and not _OF_PROCEDURES.search(opening):
            return True
    return False


_PERIOD = re.compile(
    r"(?:giai đoạn|thời kỳ|nhiệm kỳ|các năm)\s+(?:từ năm\s+)?(\d{4})\s*(?:-|–|—|đến(?: năm)?)\s*(\d{4})"
    r"|(?:đến|tầm nhìn|định hướng(?: đến)?)\s+(?:đến\s+)?năm\s+(\d{4})|(?<!ngày )(?<!tháng )năm\s+(\d{4})"
    r"(?:\s?(?:,|và|-|–)\s?(?:năm )?(\d{4}))?"
)
_DATE_WORDS = re.compile(r"(?:ngày|tháng)\s+\d{1,2}(?:\s*(?:/|-|tháng)\s*\d{1,2})?\s*(?:/|-|năm)\s*\d{4}")
_PLAN_WORDS = re.compile(r"kế hoạch|chương trình|đề án|phương án|chiến lược|mục tiêu|nhiệm vụ|chỉ tiêu|dự toán")


def last_year_of_plan(words: str) -> int | None:
    """Last year that the words of a plan name, None where they name no plan or no year.

    >>> last_year_of_plan("ban hành Kế hoạch ... giai đoạn 2022-2025, tầm nhìn đến năm 2030")
    2030
    """
    key = _DATE_WORDS.sub(lambda m: " " * len(m[0]), tone_key(words))
    if not _PLAN_WORDS.search(key):
        return None
    years = [int(year) for match in _PERIOD.finditer(key) for year in match.groups() if year]
    return max(years) if years else None


_PLAN_HEAD = re.compile(
    r"^(?P<before>[^.;\n]{0,200}?)\b(?:ban hành|phê duyệt|thông qua|về việc|về|v/v|triển khai|thực hiện|điều chỉnh)\s"
    r"(?:các |việc |chủ trương đầu tư )?(?:kế hoạch|chương trình|đề án|chiến lược)\b"
)
_NO_PLAN = re.compile(r"quy định|quy chế|phân bổ|dự toán|danh mục|nguyên tắc|tiêu chí|định mức")
_TITLE_OVER = re.compile(
    r"\stheo quy định\b|,\s(?:hoàn thành|trước|trong|chậm nhất|xong|bảo đảm|đảm bảo|báo cáo)\b"
)
_OTHER_YEAR = re.compile(
    r"h[ằà]ng năm\s?(?:\([^)\n]{0,40}\))?|(?<!pháp )\bluật [^,;.\n]{3,60}?\snăm \d{4}"
)


def cited_plan_ends(citation: Citation, document: Document) -> int | None:
    """Last year of a plan, programme, scheme or strategy by the title that stands with its citation, None for others.

    A regulation about a programme, the budget for one, or a thing done every year has no period that could run out.
    """
    title = tone_key(cited_title(citation, document))
    if over := _TITLE_OVER.search(title):
        title = title[: over.start()]
    head = _PLAN_HEAD.match(title)
    if head is None or _NO_PLAN.search(head["before"]):
        return None
    return last_year_of_plan(_OTHER_YEAR.sub(" ", title[len(head["before"]) :]))


_TITLE = re.compile(
    r"^[\s,]{0,3}(?:của [^,;\n]{1,120}?[\s,]{1,3})?(?:\(\s?)?(?:về|v/v|ban hành|phê duyệt|quy định|thông qua|giao)\b"
)


def cited_title(citation: Citation, document: Document) -> str:
    """The cited document's title, where the text gives it after the citation (to the end of the sentence); else ""."""
    _, end = sentence_around(document.text, citation.start, citation.end, 500)
    rest = document.text[citation.end : end]
    if not _TITLE.match(tone_key(rest)):
        return ""
    following = [c.start for c in document.citations if c.start > citation.end and c.role != "in_title"]
    return rest[: max(0, min(following) - citation.end)] if following else rest
