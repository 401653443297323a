"""Which documents a run must judge: those whose judgement rests on something that has changed (docs/decisions/0012).

`Corpus` is what there is to judge; `plan` compares it with what the last run's judgements rest on: a document is
judged again where it, the rules or settings have changed, where the day has passed one that its judgement turned on, or
where a question that its rules asked has another answer now. Only questions with something changed behind them are
asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from corpus.asking import Question, Watched, digest
from corpus.library import CorpusLibrary, side_of
from corpus.model import Document, Finding, Known
from corpus.register.rows import Institution
from corpus.store.judged import Answered, JudgedRow, packed
from flows.versions import judging_version
from rules import asked
from rules.catalogue import Context, RuleSettings
from rules.catalogue import judge as judge_document

SAME = "không đổi"
NEW, OTHER, GONE = "văn bản mới", "văn bản đã đổi", "văn bản không còn"
RULES, ALL = "quy tắc, thiết lập hoặc danh mục cơ quan đã đổi", "được yêu cầu rà soát lại tất cả"
_BOOKS = f"{asked.RULE}:gaps"
"""Entry behind the questions that the office's books have a part in."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents by path with the library over them, and what else judgements rest on.

    `rules`: hash of the code, settings and institutions; `facts`: of the register; `books`: of the office's books.
    """

    documents: Mapping[str, Document]
    library: CorpusLibrary
    context: Context
    identities: Mapping[str, str]
    rules: str
    facts: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`judged`: paths to judge, sorted. `gone`: paths of the last run that are no more. `why` by path, in Vietnamese.

    `refreshed`: rows of documents that are not judged whose questions rest on other entries now.
    """

    judged: tuple[str, ...]
    gone: tuple[str, ...]
    refreshed: tuple[JudgedRow, ...]
    why: Mapping[str, str]


def corpus_of(
    documents: Mapping[str, Document], identities: Mapping[str, str], known: Known, as_of: date,
    institutions: tuple[Institution, ...], settings: RuleSettings, facts: str,
) -> Corpus:  # fmt: skip
    """What there is to judge on a day. `identities`: a hash of each document by path, as it is judged."""
    library = CorpusLibrary({path: (side_of(path), doc) for path, doc in documents.items()}, known, identities)
    day = Watched.on(as_of, library.asking)
    # The books have a part in one question alone: they are compared by what they say there.
    rules = digest(judging_version(), replace(settings, whole=(), numbered=()), institutions)
    books = digest(settings.whole, settings.numbered)
    context = Context(library, day, institutions, settings)
    return Corpus(documents, library, context, identities, rules, f"{facts}|{books}")


def plan(corpus: Corpus, rows: Iterable[JudgedRow], everything: bool = False) -> Plan:
    """What a run must judge, given what the last run's judgements rest on."""
    before = {row.path: row for row in rows}
    library, day = corpus.library, _plain(corpus.context.as_of)
    gone = tuple(sorted(before.keys() - corpus.documents.keys()))
    other = [path for path in corpus.documents if path in before and before[path].identity != corpus.identities[path]]
    new = [path for path in corpus.documents if path not in before]
    touched: set[str] = set()
    for path in (*gone, *other):
        touched |= before[path].gives
    for path in (*new, *other):
        touched |= library.gives(path)
    why = {**dict.fromkeys(new, NEW), **dict.fromkeys(other, OTHER), **dict.fromkeys(gone, GONE)}
    refreshed = []
    answers = _Answers(corpus)
    for path in sorted(corpus.documents):
        if path in why:
            continue
        row = before[path]
        if everything:
            why[path] = ALL
        elif row.rules != corpus.rules:
            why[path] = RULES
        elif not row.since <= day < row.until:
            why[path] = f"qua ngày {(row.until if day >= row.until else row.since):%d/%m/%Y}"
        else:
            found = answers.compared(row, touched)
            why[path] = SAME if isinstance(found, JudgedRow) else found
            if isinstance(found, JudgedRow) and found is not row:
                refreshed.append(found)
    judged = tuple(sorted(path for path, reason in why.items() if path in corpus.documents and reason != SAME))
    return Plan(judged, gone, tuple(refreshed), why)


class _Answers:
    """Answers to questions of the last run, as they are now; each is asked once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._found: dict[Question, tuple[str, frozenset[str]] | None] = {}

    def compared(self, row: JudgedRow, touched: set[str]) -> JudgedRow | str:
        """The row (with the entries behind its questions as they are now), or why its document must be judged."""
        facts, books = row.facts.split("|"), self._corpus.facts.split("|")
        other_facts = facts[0] != books[0]
        looked = touched | ({_BOOKS} if facts != books else set())
        if not looked and not other_facts:
            return row
        moved: dict[int, frozenset[str]] = {}
        for place, one in row.touched(None if other_facts else looked):
            found = self._again(one.question)
            if found is None or found[0] != one.mark:
                return _said(one.question)
            if found[1] != one.keys:
                moved[place] = found[1]
        if not moved:
            return row
        now = [replace(one, keys=moved.get(place, one.keys)) for place, one in enumerate(row.asked())]
        return replace(row, packed=packed(now))

    def _again(self, question: Question) -> tuple[str, frozenset[str]] | None:
        if question not in self._found:
            found = self._asked(question)
            self._found[question] = None if found is None else (found[0], frozenset(found[1]))
        return self._found[question]

    def _asked(self, question: Question) -> tuple[str, set[str]] | None:
        context, library = self._corpus.context, self._corpus.library
        if question[0] != asked.RULE:
            return library.again(question, _plain(context.as_of))
        with library.asking.frame() as frame:
            if not asked.answer(question, context):
                return None
        return frame.questions[question]


def judged(corpus: Corpus, path: str) -> tuple[tuple[Finding, ...], JudgedRow]:
    """Findings on one document, without identities, and what they rest on."""
    library = corpus.library
    with library.asking.frame() as frame:
        found = judge_document(corpus.documents[path], corpus.context)
        repr(found)  # a day of the run that a finding tells is noted by its being printed
    questions = [Answered(question, mark, frozenset(keys)) for question, (mark, keys) in frame.questions.items()]
    row = JudgedRow(
        path, corpus.identities[path], corpus.rules, corpus.facts, frame.since, frame.until,
        frozenset(library.gives(path)), packed(questions),
    )  # fmt: skip
    return found, row


_RULE_WORDS = {
    "higher": "văn bản cấp trên để đối chiếu đã đổi", "local": "văn bản khác của xã đã đổi",
    "subjects": "văn bản cấp trên cùng lĩnh vực đã đổi", "gaps": "số văn bản trong sổ hoặc kho đã đổi",
    "covered": "văn bản của xã về việc được giao đã đổi",
}  # fmt: skip


def _said(question: Question) -> str:
    """Why a document is judged again, where this question has another answer."""
    name = str(question[0])
    if name == asked.RULE:
        return _RULE_WORDS.get(str(question[1]), "các văn bản khác trong kho đã đổi")
    if name in ("state", "continued"):
        return f"hiệu lực của {question[1]} đã đổi"
    if name == "resolve":
        target = question[1]
        return f"văn bản được viện dẫn ({target[0] or target[4] or 'chính văn bản này'}) đã đổi"
    if name in ("known", "known_effects", "named", "find", "changes_of"):
        return f"điều đã biết về {question[1]} đã đổi"
    return "các văn bản khác trong kho đã đổi"


def _plain(day: date) -> date:
    return day.plain if isinstance(day, Watched) else day
