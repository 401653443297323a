"""MT04, continued: a deed that a higher text gives to another body, and a matter that it keeps for another authority.

The bodies come from the norms of both texts (rules/norms.py): a clause below "Điều 13. Sở Tài nguyên và Môi trường" is
the department's, and a decision that sets a fee is a deed of the committee that signed it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from textwrap import shorten

from corpus import symbols
from corpus.model import Certainty, Document, Evidence, Finding
from corpus.text import tone_key
from rules.align import grams
from rules.base import Context, finding, is_normative, place, signed, spoken_unit
from rules.conflicts.words import spelled
from rules.grounds import higher, margin, may_be_ground
from rules.kept import kept_by_document
from rules.likeness import Grounds
from rules.norms import Clause, Norm, Reserved, clauses, norms, plain, reserved, same_body
from rules.own_text import foreign
from rules.quantities import quantities

REVIEW = "Điều 38, khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP"
CHECK = "Điều 6, khoản 1 Điều 7, Điều 44 Nghị định số 79/2025/NĐ-CP"
SAME_OBJECT = 0.5
"""Least weighted share of the shorter object's words that the other has."""
LEAST_SHARED = 5
"""Least number of shared syllables of two objects."""
MATTER = 0.7
"""Least weighted share of a reserved matter's words that a local clause has."""


@kept_by_document(letters=8_000_000)
def norms_of(document: Document) -> tuple[Norm, ...]:
    """The norms of all clauses of a document."""
    return tuple(norm for clause in clauses(document) for norm in norms(clause))


@kept_by_document(letters=8_000_000)
def _reserved(document: Document) -> tuple[Reserved, ...]:
    return tuple(item for item in reserved(clauses(document)) if len(item.what) >= 3)


# --- deeds ---------------------------------------------------------------------------------------


_NAME = re.compile(r"[\W\d]{0,8}thủ tục ")
"""The line is the name of a procedure, which gives nobody a deed."""


def moved_deeds(document: Document, context: Context) -> Iterator[Finding]:
    """Deeds of this document that a higher clause on the same object gives to another body, and none to this one."""
    grounds = higher(document, context)
    if grounds is None:
        return
    by_verb: dict[str, list[Norm]] = defaultdict(list)
    for other in grounds.documents:
        for norm in norms_of(other):
            by_verb[norm.verb].append(norm)
    told: set[int] = set()
    for clause in clauses(document):
        if _quoted(document, clause) or _left_to_others(plain(clause.text)) or _NAME.match(plain(clause.text)):
            continue
        for norm in norms(clause):
            met = _met(norm, by_verb.get(norm.verb, ()), grounds)
            if not met or any(_same_office(norm.actor, theirs.actor) for _, theirs in met):
                continue
            score, theirs = max(met, key=lambda pair: pair[0])
            if clause.start in told or not may_be_ground(theirs.clause.document, document, context):
                continue
            if score < SAME_OBJECT + margin(theirs.clause.document, document, grounds):
                continue
            told.add(clause.start)
            yield _finding(
                document, clause, theirs.clause,
                f"Ở đây giao “{norm.verb}” cho {_shown(norm.actor)}"
                f"{' (theo tên điều)' if norm.told == 'heading' else ''}; "
                f"{{where}} giao “{theirs.verb}” việc có lời văn gần giống cho {_shown(theirs.actor)}.",
                "can_kiem_tra",
            )  # fmt: skip


_PART_OF = re.compile(
    r"(?<!\w)thuộc (?:ủy ban|hội đồng) nhân dân (?:cấp )?(tỉnh|thành phố|huyện|quận|xã|phường|đặc khu)"
)
"""Whose part a thing is."""


def same_part(one: str, two: str) -> bool:
    """Whether two clauses may speak of parts of one kind of unit: one says of none, or both say of the same.

    >>> same_part("cơ quan thuộc Ủy ban nhân dân tỉnh", "cơ quan thuộc UBND đặc khu")
    False
    """
    a, b = set(_PART_OF.findall(plain(one))), set(_PART_OF.findall(plain(two)))
    return not a or not b or bool(a & b)


def _met(norm: Norm, same_verb: Sequence[Norm], grounds: Grounds) -> list[tuple[float, Norm]]:
    found: list[tuple[float, Norm]] = []
    for theirs in same_verb:
        shared = norm.object & theirs.object
        if sum(" " not in gram for gram in shared) < LEAST_SHARED:
            continue
        if not same_part(norm.clause.text, theirs.clause.text):
            continue
        of = theirs.clause.document
        least = min(grounds.weight(norm.object, of), grounds.weight(theirs.object, of))
        score = grounds.weight(shared, of) / least if least else 0.0
        if score >= SAME_OBJECT - 0.1:
            found.append((score, theirs))
    return found


# --- matters -------------------------------------------------------------------------------------

_MONEY = re.compile(r"mức|giá|phí|chế độ chi|định mức|chính sách hỗ trợ")
_SPENDING = re.compile(r"(?:các |một số )?(?:chế độ chi ngân sách|chế độ, tiêu chuẩn, định mức chi|định mức phân bổ)")
_SPENDS = re.compile(r"hỗ trợ|mức chi|phụ cấp|trợ cấp|thù lao|bồi dưỡng")
_LEFT = re.compile(
    r"(?:theo|thực hiện) (?:quy định|quyết định|nghị quyết|hướng dẫn) (?:tại |của )"
    r"|(?:trình|đề nghị|báo cáo) (?:hội đồng|ủy ban|thủ tướng|bộ )"
)
_BY_LAW = re.compile(
    r"(?:theo|thực hiện) (?:quy định|quyết định|nghị quyết) (?:tại|của) (?:luật|nghị|thông|điều|khoản)"
)


def _left_to_others(key: str) -> bool:
    """Whether a clause only passes on what others decide."""
    return bool(_BY_LAW.search(key))


def kept_matters(document: Document, context: Context) -> Iterator[Finding]:
    """Matters that a higher clause keeps for another authority and that this normative document regulates itself."""
    head = document.masthead
    grounds = higher(document, context)
    issuer = _issuer(document)
    if grounds is None or head is None or issuer is None or not is_normative(document):
        return
    own = [clause for clause in clauses(document) if not _quoted(document, clause)]
    kept = [item for other in grounds.documents for item in _reserved(other)]
    for matter in kept:
        other = matter.clause.document
        if _same_office(matter.who, issuer) or not may_be_ground(other, document, context):
            continue
        if any(_same_office(item.who, issuer) and len(item.what & matter.what) > 0.5 * len(matter.what)
               for item in kept):
            continue
        if "hội đồng nhân dân" in matter.who and _rests_on_resolution(document):
            continue
        rated = ((_regulates(clause, matter, grounds), clause) for clause in own)
        best = max(rated, key=lambda pair: pair[0], default=None)
        if best is None or best[0] < MATTER + margin(other, document, grounds):
            continue
        clause = best[1]
        yield _finding(
            document, clause, matter.clause,
            f"{{where}} giao {_shown(matter.who)} quy định, quyết định "
            f"“{shorten(matter.words, 120, placeholder='…')}”; "
            f"ở đây {head.issuer} tự quy định việc đó.",
            "can_kiem_tra",
        )  # fmt: skip
        return


def _regulates(clause: Clause, matter: Reserved, grounds: Grounds) -> float:
    """How far a local clause regulates a matter: the share of its words, 0 where it sets nothing."""
    key = plain(clause.text)
    if _LEFT.search(key):
        return 0.0
    amounts = [q for q in quantities(clause.text) if q.unit in ("đồng", "%")]
    if _SPENDING.match(matter.words):
        return 0.8 if amounts and _SPENDS.search(key) else 0.0
    if matter.noun not in key[:80] and not any(matter.noun in plain(line) for line in clause.above[-2:]):
        return 0.0
    if _MONEY.search(matter.words) and not amounts and not re.search(r"quy định (?:mức|giá|phí)", key):
        return 0.0
    have = grams(key) | frozenset().union(*(grams(plain(line)) for line in clause.above[-2:]))
    single = frozenset(gram for gram in matter.what if " " not in gram)
    of = matter.clause.document
    weight = grounds.weight(single, of)
    return grounds.weight(single & have, of) / weight if weight else 0.0


def _issuer(document: Document) -> str | None:
    """The issuing council or committee with its level, as norms write bodies."""
    head = document.masthead
    name = tone_key(head.issuer or "") if head else ""
    body = next((b for b in ("hội đồng nhân dân", "ủy ban nhân dân") if name.startswith(b)), None)
    level = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã"}.get(head.level or "") if head else None
    return f"{body} {level}" if body and level else None


def _same_office(who: str, issuer: str) -> bool:
    """Whether two names are one body or its chairman (between those two the law itself moves duties back and forth)."""
    return same_body(_OFFICE.sub("", who), _OFFICE.sub("", issuer))


_OFFICE = re.compile(r"^(?:chủ tịch|phó chủ tịch|thường trực) ")


def _rests_on_resolution(document: Document) -> bool:
    return any(
        target.symbol and "HĐND" in target.symbol
        for citation in document.citations if citation.role in ("basis", "body") for target in citation.targets
    )  # fmt: skip


# --- shared --------------------------------------------------------------------------------------


def _quoted(document: Document, clause: Clause) -> bool:
    return foreign(document, clause.start)


def _shown(body: str) -> str:
    return spelled(body[:1].upper() + body[1:])


def _finding(document: Document, clause: Clause, other: Clause, words: str, certainty: Certainty) -> Finding:
    theirs = other.document.masthead
    assert theirs is not None
    assert theirs.symbol is not None
    day = signed(document)
    check = bool(day and theirs.date and (theirs.effective or theirs.date) <= day)
    unit = other.provision.id if other.provision else None
    where = f"{spoken_unit(unit) + ' ' if unit else ''}{symbols.spoken(theirs.symbol, theirs.kind)}"
    said = words.replace("{where}", where)
    sign = "có dấu hiệu không phù hợp tại thời điểm ban hành" if check else "không còn phù hợp"
    return finding(
        ("MT04", "trung_binh", CHECK if check else REVIEW), document, [place(document, clause.start, clause.end)],
        f"{said[:1].upper()}{said[1:]} Nếu là cùng một việc thì quy định này {sign}.",
        certainty=certainty, proposal="tu_kiem_tra" if check else "sua_doi_bo_sung", target=(theirs.symbol, unit),
        evidence=[Evidence(theirs.symbol, unit, other.text[:500], "conflict", theirs.effective or theirs.date,
                           other.document.path)],
    )  # fmt: skip
