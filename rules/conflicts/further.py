"""MT04, continued: a power to make rules that the higher text gives to this authority and that it passes on.

Who is charged to make rules may not charge another with it (Luật 80/2015 Art. 11.2; Luật 64/2025 keeps it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Document, Finding
from corpus.text import tone_key
from rules.align import GENERIC
from rules.base import Context, is_normative
from rules.conflicts.sides import chosen, own_clauses
from rules.conflicts.words import against, quoted
from rules.norms import BODY, Clause, plain, same_body

_PASSES = re.compile(
    rf"(?:giao|ủy quyền|phân cấp)(?: cho)? (?P<who>{BODY.pattern})[^.;:]{{0,60}}? (?:ban hành|quy định|quyết định)"
    r"(?: (?:cụ thể|chi tiết|việc|về))? (?P<what>[^.;]{8,200})"
)
_GIVES = re.compile(
    rf"(?P<who>{BODY.pattern})[^.;:]{{0,60}}? (?:ban hành|quy định|quyết định)(?: (?:cụ thể|chi tiết|việc|về))? "
    r"(?P<what>[^.;]{8,200})"
)
_MAY = re.compile(r"phân cấp|ủy quyền|hoặc (?:giao|phân cấp|ủy quyền)")
SHARED = 0.6


def passed_on(document: Document, context: Context) -> Iterator[Finding]:
    """Clauses that charge another body with making rules that a higher clause charges this document's issuer with."""
    head = document.masthead
    sides = chosen(context, document)
    if sides is None or head is None or not head.issuer or not is_normative(document):
        return
    level = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã"}.get(head.level or "", "")
    issuer = f"{'hội đồng' if 'hội đồng' in tone_key(head.issuer) else 'ủy ban'} nhân dân {level}".strip()
    given = [
        (clause, match) for clause in sides[1] for match in _GIVES.finditer(plain(clause.text))
        if same_body(match["who"], issuer) and not _MAY.search(plain(clause.text))
    ]  # fmt: skip
    for clause in own_clauses(document) if given else ():
        match = _PASSES.search(plain(clause.text))
        if match is None or same_body(match["who"], issuer):
            continue
        for other, theirs in given:
            if _share(match["what"], theirs["what"]) < SHARED:
                continue
            yield _finding(document, clause, match, other, theirs)
            break


def _finding(
    document: Document, clause: Clause, match: re.Match[str], other: Clause, theirs: re.Match[str]
) -> Finding:
    return against(
        ("MT04", "trung_binh"), document, (clause.start, clause.end), other.document, other.provision,
        f"{{where}} giao {theirs['who']} quy định {quoted(theirs['what'], 100)}; ở đây việc đó được giao tiếp cho "
        f"{match['who']}",
        other.text,
    )  # fmt: skip


def _share(one: str, two: str) -> float:
    a, b = ({word for word in re.findall(r"\w+", text) if word not in GENERIC} for text in (one, two))
    return len(a & b) / max(1, min(len(a), len(b))) if min(len(a), len(b)) >= 3 else 0.0
