"""Rules that an office writes itself, as data: old terms with what they are now, and phrases that it looks for.

Such a rule says no more than its author gave it: the words, the ground, since when. How sure its findings may be
follows from the ground: "chac_chan" only where the author asks for it and the ground is a document whose text in the
corpus shows that it is in force (docs/contract.md: what a fact may carry); "goi_y" where the ground has ended or is not
yet in force; else "can_kiem_tra", for the author vouches for what the ground says. Titles of cited documents,
quotations, recipients and signatures are left alone, as with the rules of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from corpus.model import Certainty, Document, Evidence, Finding, Place, Severity
from corpus.text import tone_key
from rules.base import Context, Rule, at, finding, place, sentence_around, signed, spoken_date, weaker
from rules.standing import cited_title

PARTS = ("noi_dung", "can_cu", "ten_goi")
"""Parts of a document that a rule may look at: the body, the legal bases, the title."""
_IN_FORCE = ("con_hieu_luc", "het_hieu_luc_mot_phan")
_NOT_IN_FORCE = ("het_hieu_luc_toan_bo", "chua_hieu_luc", "tam_ngung")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a rule of the office looks for.

    `ground`: the legal ground in words, `symbol` the number in it; `says`: what the law says now, or the term of today;
    `since`: first day on which the ground counts; `patterns`, `excepted`: over the tone key; `kinds` empty: every kind;
    `normative` None: both sorts.
    """

    ground: str
    symbol: str
    says: str
    severity: Severity
    proposal: str
    certainty: Certainty
    patterns: tuple[re.Pattern[str], ...]
    excepted: tuple[re.Pattern[str], ...] = ()
    since: date | None = None
    kinds: frozenset[str] = frozenset()
    normative: bool | None = None
    parts: tuple[str, ...] = ("noi_dung",)
    term: bool = False


def hits(entry: Entry, text: str) -> list[tuple[int, int]]:
    """Ranges of `text` that an entry means: none in a sentence that has one of its exceptions."""
    key, found = tone_key(text), []
    for pattern in entry.patterns:
        for match in pattern.finditer(key):
            start, end = sentence_around(text, *match.span())
            if match.end() > match.start() and not any(one.search(key, start, end) for one in entry.excepted):
                found.append(match.span())
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """The check of a rule of the office. `written`: all that its author wrote, so that two versions never look alike
    (a compiled pattern shows only its beginning)."""

    code: str
    entries: tuple[Entry, ...]
    source: str
    written: str

    def __call__(self, document: Document, context: Context) -> Iterator[Finding]:
        """One finding for each entry that the document meets."""
        for entry in self.entries:
            if found := _judged(self.code, entry, document, context, self.source):
                yield found


def made(name: str, check: OwnCheck, examples: tuple[Sequence[str], Sequence[str]]) -> Rule:
    """A rule of the catalogue from its check. `examples`: texts that it must find, and that it must leave alone."""
    first, source, entries = check.entries[0], check.source, check.entries
    looks = "từ ngữ, tên gọi cũ theo danh sách của đơn vị" if first.term else f"nội dung theo mẫu của đơn vị: {name}"
    sections = {
        "Tìm": f"{looks} (tệp {source}).",
        "Căn cứ": "; ".join(dict.fromkeys(entry.ground for entry in entries)),
        "Có phát hiện": "\n".join(examples[0]), "Không phát hiện": "\n".join(examples[1]),
    }
    return Rule(check.code, name, first.severity, first.ground, first.proposal, check, sections, source=source)


def _judged(code: str, entry: Entry, document: Document, context: Context, source: str) -> Finding | None:
    head = document.masthead
    if entry.since and entry.since > context.as_of:
        return None
    if entry.kinds and (head is None or head.kind not in entry.kinds):
        return None
    if entry.normative is not None and (head is None or bool(head.normative) is not entry.normative):
        return None
    places = _places(entry, document)
    if not places:
        return None
    day = signed(document)
    check = bool(day and entry.since and entry.since <= day)
    strength, note = _strength(entry, context)
    proposal = "tu_kiem_tra" if check and entry.proposal != "giu_nguyen" else entry.proposal
    return finding(
        (code, entry.severity, entry.ground), document, places,
        f"{_message(entry, document, places[0], check)}{note}",
        certainty=weaker(entry.certainty, strength), proposal=proposal, target=(entry.symbol, None),
        evidence=[Evidence(entry.symbol, None, f"Theo quy tắc của đơn vị: {entry.says}" if entry.says else None,
                           "ground", entry.since, source)],
    )  # fmt: skip


def _message(entry: Entry, document: Document, where: Place, check: bool) -> str:
    words = shorten(" ".join(where.quote.split()), 120, placeholder="…")
    unit = at(document, where.start)
    since = f" từ ngày {spoken_date(entry.since)}" if entry.since else ""
    sign = ", có dấu hiệu không phù hợp tại thời điểm ban hành" if check else ""
    if entry.term:
        now = f"; nay là {entry.says}" if entry.says else ""
        return f"{unit + ' dùng' if unit else 'Văn bản dùng'} “{words}” là từ ngữ, tên gọi cũ{since}{sign}{now} " \
               f"({entry.ground})."  # fmt: skip
    says = entry.says.rstrip(". ")
    return f"{unit + ' ghi' if unit else 'Văn bản ghi'} “{words}”{sign}. {says[:1].upper() + says[1:]}{since} " \
           f"({entry.ground})."  # fmt: skip


def _strength(entry: Entry, context: Context) -> tuple[Certainty, str]:
    """How sure a finding may be by the state of its ground, and what the message adds where the ground is doubtful."""
    state = context.library.state(entry.symbol, as_of=context.as_of)
    if state.state in _NOT_IN_FORCE:
        return "goi_y", " Căn cứ của quy tắc này không còn hoặc chưa có hiệu lực; cần xem lại quy tắc của đơn vị."
    read_in_text = state.state in _IN_FORCE and state.certainty == "van_ban"
    return ("chac_chan" if read_in_text else "can_kiem_tra"), ""


# --- where ---------------------------------------------------------------------------------------


def _places(entry: Entry, document: Document) -> list[Place]:
    found: list[Place] = []
    for first, last in _ranges(entry, document):
        for start, end in hits(entry, document.text[first:last]):
            if not _anothers_words(document, first + start, entry):
                found.append(place(document, first + start, first + end))
    return found


def _ranges(entry: Entry, document: Document) -> Iterator[tuple[int, int]]:
    """Ranges of the parts that an entry looks at, in order."""
    spans = document.masthead.spans if document.masthead else {}
    title, bases = spans.get("title"), spans.get("bases")
    if title and "ten_goi" in entry.parts:
        yield title
    if bases and "can_cu" in entry.parts:
        yield bases
    if "noi_dung" in entry.parts:
        start = max((span[1] for span in (title, bases) if span), default=0)
        ends = [spans[part][0] for part in ("recipients", "signature") if part in spans and spans[part][0] > start]
        attached = [unit for unit in document.provisions if re.fullmatch(r"(?:att|app)_[^_]{1,8}", unit.id)]
        end = min(ends, default=len(document.text))
        yield start, end
        yield from ((unit.start, unit.end) for unit in attached if unit.start >= end)


def _anothers_words(document: Document, offset: int, entry: Entry) -> bool:
    """Whether the words at `offset` are quoted, or part of a citation or of the title that a citation gives."""
    if any(quote.start <= offset < quote.end for quote in document.quotes):
        return True
    for citation in document.citations:
        if citation.start <= offset < citation.end and entry.term:
            return True
        if citation.end <= offset < citation.end + 400 and offset < citation.end + len(cited_title(citation, document)):
            return True
    return False


# --- names of the office's rules -------------------------------------------------------------------

_KNOWN: dict[str, Rule] = {}


def remember(rules: Sequence[Rule]) -> None:
    """Keep the office's rules for those who ask for a name by code (report, page, forms): one workspace a process."""
    _KNOWN.clear()
    _KNOWN.update({rule.code: rule for rule in rules})


def remembered() -> tuple[Rule, ...]:
    """The office's rules that were read last."""
    return tuple(_KNOWN.values())
