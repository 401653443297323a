"""The clauses of both sides: local ones that may set a rule, and those of higher documents chosen as their grounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Document
from corpus.text import tone_key
from rules.base import Context
from rules.grounds import higher, margin, may_be_ground
from rules.likeness import Grounds
from rules.norms import Clause, clauses, plain
from rules.own_text import foreign

STANDARD = re.compile(
    r"có hiệu lực|hết hiệu lực (?:kể|từ|thi|toàn|một)|chịu trách nhiệm thi hành|thay thế quyết định"
    r"|nơi nhận|^căn cứ |^theo đề nghị|phạm vi điều chỉnh|kính gửi"
    r"|ban hành (?:danh mục|kèm theo)"
)
"""Clauses that every act has and that rule nothing between people and the State."""
_LEFT_TO_LAW = re.compile(
    r"theo (?:đúng )?(?:quy định|luật|nghị định|thông tư|pháp luật|hướng dẫn)"
    r"|quy định tại (?:luật|nghị định|thông tư|điều \d{1,3}[a-z]? (?:luật|nghị định|thông tư))"
)
_WORD = re.compile(r"[\w/%]+")
def words(text: str) -> list[str]:
    """Words of a clause in order, as `plain` writes them."""
    return _WORD.findall(plain(text))


def own_clauses(document: Document) -> Iterator[Clause]:
    """Clauses of a local document that may set a rule: its own words, no effect clauses."""
    head = document.masthead
    if head is None or head.level not in ("tinh", "huyen", "xa") or head.kind in ("bao_cao", "to_trinh"):
        return
    if re.search(r"công bố[^.;\n]{0,60}thủ tục hành chính", tone_key(head.title or "")):
        return
    for clause in clauses(document):
        if not foreign(document, clause.start) and not STANDARD.search(plain(clause.text)):
            yield clause


def leaves_to_law(clause: Clause) -> bool:
    """Whether a clause passes on what the law says and adds nothing of its own."""
    return bool(_LEFT_TO_LAW.search(plain(clause.text)))


def chosen(context: Context, document: Document) -> tuple[Grounds, Sequence[Clause]] | None:
    """Clauses of the higher documents that this one cites, or that were chosen by hand (few); None where none is."""
    grounds = higher(document, context)
    if grounds is None:
        return None
    found = [
        clause for other in grounds.documents
        if not margin(other, document, grounds) and may_be_ground(other, document, context) for clause in clauses(other)
    ]  # fmt: skip
    return (grounds, found) if found else None


def run(a: Sequence[str], b: Sequence[str]) -> tuple[int, int, int]:
    """The longest stretch of words that both have: its start in `a`, its start in `b`, its length.

    >>> run("phải thành lập tổ chức".split(), "không cần thành lập tổ chức mới".split())
    (1, 2, 4)
    """
    best = (0, 0, 0)
    before: dict[int, int] = {}
    where: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        where.setdefault(word, []).append(j)
    for i, word in enumerate(a):
        here: dict[int, int] = {}
        for j in where.get(word, ()):
            here[j] = before.get(j - 1, 0) + 1
            if here[j] > best[2]:
                best = (i - here[j] + 1, j - here[j] + 1, here[j])
        before = here
    return best
