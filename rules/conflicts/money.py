"""Money between people and the State: exemptions that a local text gives, dues that it collects, and who pays.

Taxes and what is due for land are set, waived and lowered by laws and the Government alone (Luật Quản lý thuế, Luật Đất
đai); which budget bears a cost follows the task (Luật Ngân sách nhà nước số 83/2015/QH13 Art. 9.4, 9.9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Document, Finding
from rules.align import specific
from rules.base import Context
from rules.conflicts.sides import chosen, leaves_to_law, own_clauses
from rules.conflicts.words import against, quoted
from rules.likeness import Grounds
from rules.norms import BODY, Clause, level_word, plain

DUE = (
    r"(?:tiền (?:thuê đất|thuê mặt nước|sử dụng đất)|lệ phí (?:trước bạ|môn bài)"
    r"|thuế (?:thu nhập (?:doanh nghiệp|cá nhân)|giá trị gia tăng|sử dụng đất (?:phi )?nông nghiệp|sử dụng đất"
    r"|nhập khẩu|xuất khẩu|tài nguyên|bảo vệ môi trường|môn bài|nhà đất))"
)
_HOW_MUCH = r"(?: toàn bộ| hoàn toàn| \d{1,3}(?:,\d)? ?%| một phần| số| mức){0,3}"
_WAIVES = re.compile(rf"(?:miễn|giảm)(?:,? (?:và |hoặc )?(?:miễn|giảm))?(?: nộp)?{_HOW_MUCH} (?P<due>{DUE})")
_COLLECTS = re.compile(
    rf"(?:thu|nộp|truy thu|tính)(?: tiền| nộp)? (?P<due>{DUE})|(?:giá|mức)[^.;]{{0,30}} (?:thu|tính) (?P<of>{DUE})"
)
_SPARES = re.compile(r"miễn|giảm|(?<!\w)trừ |không thu|không phải nộp|được ưu đãi")
AMONG = 0.75
"""Least weighted share of a beneficiary's words that the higher text's cases have, for it to be one of them."""


_SEES_WHO = re.compile(r"(?:xác định|thẩm định|kiểm tra|rà soát|tổng hợp|hồ sơ|danh sách)[^.;]{0,60}$")
"""Before an exemption: the clause has somebody find out who has it, and gives none itself."""


def other_exemptions(document: Document, context: Context) -> Iterator[Finding]:
    """MT03: exemptions that this document gives to others than the cases of a higher text on the same due."""
    sides = chosen(context, document)
    if sides is None:
        return
    grounds, higher = sides
    told: set[str] = set()
    for clause in own_clauses(document):
        match = _WAIVES.search(plain(clause.text))
        if match is None or match["due"] in told or leaves_to_law(clause):
            continue
        if _SEES_WHO.search(plain(clause.text)[: match.start()]):
            continue
        cases = [other for other in higher if _about(other, match["due"])]
        if not cases or _among(clause, match["due"], cases, grounds):
            continue
        told.add(match["due"])
        other = cases[0]
        yield against(
            ("MT03", "trung_binh"), document, (clause.start, clause.end), other.document, other.provision,
            f"Ở đây cho {match[0]}; {{where}} quy định việc miễn, giảm {match['due']} cho những trường hợp nêu tại đó "
            f"({quoted(other.text, 110)}), không có trường hợp này",
            other.text,
        )  # fmt: skip


def _about(clause: Clause, due: str) -> bool:
    """Whether a clause, or the lead of its list, waives this due."""
    return any(
        match["due"].startswith(due) or due.startswith(match["due"])
        for line in (clause.text, *clause.above[-2:]) for match in _WAIVES.finditer(plain(line))
    )  # fmt: skip


def _among(clause: Clause, due: str, cases: Sequence[Clause], grounds: Grounds) -> bool:
    own = specific(" ".join((clause.text, *clause.above[-2:]))) - specific(due) - _WAIVING
    theirs = frozenset().union(*(specific(" ".join((c.text, *c.above[-2:]))) for c in cases))
    of = cases[0].document
    weight = grounds.weight(own, of)
    return not weight or grounds.weight(own & theirs, of) >= AMONG * weight


_WAIVING = frozenset(("miễn", "giảm", "hưởng", "ưu", "đãi", "chính", "sách", "hỗ", "trợ", "mức", "tiền", "thuế"))


def collected_though_waived(document: Document, context: Context) -> Iterator[Finding]:
    """MT02: a due that this document collects from all, and that a higher text waives for some."""
    sides = chosen(context, document)
    if sides is None or _SPARES.search(plain(document.text)):
        return
    for clause in own_clauses(document):
        match = _COLLECTS.search(plain(clause.text))
        if match is None or leaves_to_law(clause):
            continue
        due = match["due"] or match["of"]
        other = next((other for other in sides[1] if _about(other, due)), None)
        if other is None:
            continue
        yield against(
            ("MT02", "cao"), document, (clause.start, clause.end), other.document, other.provision,
            f"Ở đây quy định thu {due} với mọi đối tượng; {{where}} miễn, giảm {due} ({quoted(other.text, 110)}), mà ở "
            f"đây không trừ ra",
            other.text,
        )  # fmt: skip
        return


# --- who pays ------------------------------------------------------------------------------------

_BUDGET = re.compile(
    r"ngân sách (?:nhà nước )?(?:cấp )?(?P<level>trung ương|tỉnh|thành phố|huyện|xã|phường)"
    r"(?P<between>[^.;:]{0,60}?) (?:bảo đảm|đảm bảo|chi trả|chi|cấp|hỗ trợ|bố trí|đóng|thanh toán)(?!\w)"
)
_PROVIDES = re.compile(
    rf"(?P<who>{BODY.pattern})(?P<between>[^.;:]{{0,40}}?) (?:bố trí|bảo đảm|đảm bảo|cấp|chi trả) (?:kinh phí|chi phí"
    r"|nguồn (?:kinh phí|vốn)|ngân sách)"
)
_PEOPLE = re.compile(
    r"(?:chi phí|kinh phí|phí|tiền)[^.;:]{0,80}? do (?P<who>người [^\W\d_]{1,8} [^\W\d_]{1,8}|chủ đầu tư"
    r"|tổ chức, cá nhân|hộ gia đình|doanh nghiệp|nhà đầu tư|người dân|phụ huynh)(?P<between>[^.;:]{0,50}?)"
    r" (?:chi trả|chịu|trả|nộp|đóng góp|đóng|thanh toán)(?!\w)"
)
_LEVEL_OF = {"trung ương": "trung ương", "tỉnh": "cấp tỉnh", "thành phố": "cấp tỉnh", "huyện": "cấp huyện",
             "xã": "cấp xã", "phường": "cấp xã"}  # fmt: skip
_BODY_LEVEL = {"tinh": "cấp tỉnh", "huyen": "cấp huyện", "xa": "cấp xã"}
_COST_WORDS = frozenset(("kinh", "phí", "chi", "trả", "ngân", "sách", "nguồn", "vốn", "bố", "trí", "hỗ", "trợ", "cấp",
                         "tiền", "khoản", "nơi", "mức", "hoạt", "chế", "trung", "ương", "hằng", "hàng"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """Who bears a cost: "cấp tỉnh", "cấp xã" …, or the people named; `purpose`: syllables of what it is for."""

    payer: str
    said: str
    purpose: frozenset[str]


def costs(clause: Clause) -> list[Cost]:
    """Costs of a clause with the budget or the people that bear them."""
    key = plain(clause.text)
    purpose = specific(" ".join((clause.text, *clause.above[-1:]))) - _COST_WORDS
    found: list[Cost] = []
    for match in _BUDGET.finditer(key):
        found.append(Cost(_LEVEL_OF[match["level"]], match[0], purpose))
    for match in _PROVIDES.finditer(key):
        level = "trung ương" if re.match(r"(?:bộ |chính phủ|thủ tướng)", match["who"]) else level_word(match["who"])
        if level:
            found.append(Cost(_BODY_LEVEL.get(level, level), match[0], purpose))
    for match in _PEOPLE.finditer(key):
        found.append(Cost(match["who"], match[0], purpose))
    return found


SAME_PURPOSE = 0.8
"""Least share of the shorter purpose's syllables that the other has."""


def other_payers(document: Document, context: Context) -> Iterator[Finding]:
    """MT04: a cost that this document lays on another budget, or on people, than the higher text does."""
    sides = chosen(context, document)
    if sides is None:
        return
    theirs = [(clause, cost) for clause in sides[1] for cost in costs(clause) if cost.purpose]
    if not theirs:
        return
    for clause in own_clauses(document):
        for cost in costs(clause):
            same = [(c, t) for c, t in theirs if _same_purpose(cost.purpose, t.purpose)]
            if not same or any(t.payer == cost.payer for _, t in same):
                continue
            other, their = same[0]
            yield against(
                ("MT04", "trung_binh"), document, (clause.start, clause.end), other.document, other.provision,
                f"Ở đây giao {cost.payer} chịu chi phí ({quoted(cost.said, 100)}); {{where}} giao {their.payer} "
                f"({quoted(their.said, 100)})",
                other.text,
            )  # fmt: skip
            break


def _same_purpose(one: frozenset[str], two: frozenset[str]) -> bool:
    least = min(len(one), len(two))
    return least >= 2 and len(one & two) >= max(2, SAME_PURPOSE * least)
