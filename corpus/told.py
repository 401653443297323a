""""Luật Trẻ em số 102/2016/QH13 được sửa đổi, bổ sung theo Luật số 28/2018/QH14": a text that tells of a change.

A central act says of its legal bases (and of the acts in its title) what amended them. It does not make the change,
and gives no day, but on its own day of issue the change was known. Only bases and titles are read: they are what a
light document keeps (`corpus.store.blobs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Citation, Document, Target

ROLES = ("basis", "title")  # not acts inside the title of another: what is told is told of the other
LONGEST_GAP = 320

_AMENDED_BY = re.compile(
    r"(?:đã |được |đã được )(?:sửa đổi|bổ sung)(?:,? (?:và )?bổ sung)?(?:,? thay thế)?"
    r"(?: (?:một số điều|một số nội dung))?(?: lần thứ \w{1,5})? (?:theo|bởi|tại|bằng|của)(?: các)?\s*$"
)
_GOES_ON = re.compile(r"\s*(?:,|và|, và|;?\s*được (?:sửa đổi|bổ sung)(?:, bổ sung)? (?:theo|bởi|tại|bằng))(?: các)?\s*")
_ENDS = re.compile(r"[;\n]")
_DATED = re.compile(r"\s*ngày \d{1,2}[^,;\n]{0,60}")


@dataclass(frozen=True, slots=True)
class Told:
    """`amended` was amended by `by`, says the text at `start:end` of a document."""

    amended: Target
    by: Target
    start: int
    end: int


def told_amendments(document: Document) -> Iterator[Told]:
    """Amendments that a document tells of in its bases and title. Empty where its text is not at hand."""
    text = document.text
    if not text:
        return
    cited = sorted((c for c in document.citations if c.role in ROLES), key=lambda c: c.start)
    for i, citation in enumerate(cited):
        amended = _one(citation)
        if amended is None:
            continue
        end = citation.end
        for n, by in enumerate(cited[i + 1 : i + 9]):
            gap = text[end : by.start]
            if len(gap) > LONGEST_GAP or _ENDS.search(gap) or by.start < end:
                break
            linked = _GOES_ON.fullmatch(_DATED.sub("", gap)) if n else _AMENDED_BY.search(gap)
            if not linked:
                break
            for target in by.targets:
                if target.symbol and not target.self_:
                    yield Told(amended, target, citation.start, by.end)
            end = by.end


def _one(citation: Citation) -> Target | None:
    """The one act or unit that a citation means; a list does not say which of its members was amended."""
    if len(citation.targets) != 1:
        return None
    target = citation.targets[0]
    return target if target.symbol and not target.self_ else None
