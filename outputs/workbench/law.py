"""The law's side of a finding: a provision of an act on a day, with the words marked that differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from corpus.compare import Change, compare
from corpus.model import Document, Finding
from outputs import words
from outputs.workbench.door import Door, LawText
from outputs.workbench.site import link

LONGEST, WHOLE = 24_000, 3_000
"""Characters shown of a provision, and of an act that is meant as a whole (which is not compared)."""
_ALIKE = 0.35
_TRIED = 4
_BY_CLAUSE = ("MT", "TL", "TQ")
"""Families whose findings set the commune's words against those of the law."""
STATE_WORDS: Mapping[str, str] = {
    "chua_hieu_luc": "chưa có hiệu lực", "con_hieu_luc": "còn hiệu lực",
    "het_hieu_luc_mot_phan": "hết hiệu lực một phần", "het_hieu_luc_toan_bo": "hết hiệu lực toàn bộ",
    "tam_ngung": "tạm ngưng hiệu lực", "khong_ro": "chưa xác minh hiệu lực", "da_sua_doi": "đã được sửa đổi, bổ sung",
    "bi_bai_bo": "đã bị bãi bỏ",
}  # fmt: skip
_QUOTED = "Kho chưa có toàn văn tại ngày này; dưới đây là câu được trích làm căn cứ."
_ABSENT = "Kho văn bản chưa có nội dung này. Có thể đưa văn bản vào kho ở mục Giấy tờ."
_AGAINST_CLAUSE = "So với câu của văn bản được rà soát: chữ gạch là của văn bản đó, chữ tô là của văn bản này."


@dataclass(frozen=True, slots=True)
class Act:
    """An act that the finding names, as a choice: `key` says which in an address."""

    key: str
    name: str
    symbol: str
    provision: str | None
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Side:
    """The law's side: an act's provision on a day, with what differs marked."""

    name: str
    title: str | None
    state: str
    certain: bool
    since: str | None
    changes: tuple[Change, ...]
    against: str
    missing: str | None
    not_applied: int


def acts_of(
    finding: Finding, given: Mapping[str, str], identity: str, has_text: Callable[[str, str | None], bool]
) -> list[Act]:  # fmt: skip
    """The acts that a finding names, its target first, each provision once.

    Chosen is the one that the address asks for, else the first that has a text, else the first.
    """
    named: list[tuple[str, str | None]] = []
    if finding.target_symbol:
        named.append((finding.target_symbol, finding.target_provision))
    named += [(item.symbol, item.provision) for item in finding.evidence if item.symbol]
    listed = list(dict.fromkeys(named))
    asked_for = given.get("vb", "")
    if asked_for.isdigit() and int(asked_for) < len(listed):
        chosen = int(asked_for)
    else:
        chosen = next((i for i, one in enumerate(listed[:_TRIED]) if has_text(*one)), 0)
    query = {name: value for name, value in given.items() if name not in ("bao", "vb")}
    return [
        Act(str(i), words.act_words(symbol, provision), symbol, provision, i == chosen,
            link(f"/phat-hien/{identity}", query, vb=i))
        for i, (symbol, provision) in enumerate(listed)
    ]  # fmt: skip


def law_side(door: Door, act: Act, finding: Finding, document: Document | None, on: date) -> Side:
    """The provision of an act on a day, against the commune's clause or against its own text when ours was issued."""
    now = door.law(act.symbol, act.provision, on)
    state = now.state
    issued = document.masthead.date if document and document.masthead else None
    changes, against, missing = _marked(door, act, finding, issued, on, now)
    shown = now.text.provision if now.text else None
    if missing is None and shown and act.provision and act.provision.startswith(f"{shown}__"):
        asked_for, whole = words.provision_words(act.provision), words.provision_words(shown)
        missing = f"Ngày này văn bản không có {asked_for}; dưới đây là {whole}."
    return Side(
        act.name[:1].upper() + act.name[1:], now.title, STATE_WORDS.get(state.state, "") if state else "",
        bool(state and state.state != "khong_ro"), words.date_short(state.since) if state and state.since else None,
        changes, against, missing, len(now.text.not_applied) if now.text else 0,
    )  # fmt: skip


def _marked(
    door: Door, act: Act, finding: Finding, issued: date | None, on: date, now: LawText
) -> tuple[tuple[Change, ...], str, str | None]:
    """The text with its marks, what it is set against, what is missing (in words)."""
    text = now.text.text.strip() if now.text else ""
    if not text:
        same = (act.symbol, act.provision)
        quotes = [item.quote for item in finding.evidence if (item.symbol, item.provision) == same and item.quote]
        return (_unchanged(quotes[0]), "", _QUOTED) if quotes else ((), "", _ABSENT)
    born = now.state.issued if now.state else None
    if born is not None and on < born:
        return (), "", f"Ngày này văn bản chưa ban hành; ngày ban hành {words.date_short(born)}."
    if len(text) > LONGEST:
        text = text[:LONGEST] + " […]"
    quote = finding.places[0].quote
    if finding.rule.startswith(_BY_CLAUSE) and _alike(quote, text):
        return compare(quote, text), _AGAINST_CLAUSE, None
    if act.provision is None:
        return _unchanged(text if len(text) <= WHOLE else text[:WHOLE].rpartition(" ")[0] + " […]"), "", None
    if issued is None or issued >= on or (born is not None and born > issued):
        # An act that is younger than our document has no earlier text to be set against.
        return _unchanged(text), "", None
    then = door.law(act.symbol, act.provision, issued)
    old = then.text.text.strip()[:LONGEST] if then.text else ""
    when = f"nội dung ngày {words.date_short(issued)}, khi văn bản được rà soát ban hành"
    if not old:
        return _unchanged(text), "", None
    if old.split() == text.split():
        return _unchanged(text), f"Không khác {when}.", None
    return compare(old, text), f"So với {when}: chữ gạch đã bỏ, chữ tô là mới.", None


def _unchanged(text: str) -> tuple[Change, ...]:
    return (Change("equal", text, text),)


def _alike(one: str, other: str) -> bool:
    """Whether two clauses share enough words for marks to help."""
    a, b = one.lower().split()[:300], other.lower().split()[:300]
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE
