"""MT01, continued: the number of sets of a dossier ("Số lượng hồ sơ: 03 bộ") where the higher text asks for another.

The line has no subject of its own, so no likeness finds its match: it is laid beside the one number that the higher
documents on the matter give for all their dossiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Document, Finding
from rules.base import Context
from rules.conflicts.sides import chosen, own_clauses
from rules.conflicts.words import against, quoted
from rules.norms import Clause, plain
from rules.quantities import number

_SETS = re.compile(r"số lượng(?: hồ sơ)? ?(?:: ?|là )(?P<n>\d{1,2})(?: \([^()]{1,12}\))? bộ(?!\w)")


def other_sets(document: Document, context: Context) -> Iterator[Finding]:
    """Numbers of sets that differ from the only one that the higher clauses on this document's matter name."""
    own = [(clause, match) for clause in own_clauses(document) if (match := _sets(clause))]
    sides = chosen(context, document) if own else None
    if sides is None:
        return
    theirs = [(clause, match) for clause in sides[1] if (match := _sets(clause))]
    if len({int(match["n"]) for _, match in theirs}) != 1:
        return
    other, said = theirs[0]
    for clause, match in own:
        if number(match["n"]) == number(said["n"]):
            continue
        yield against(
            ("MT01", "cao"), document, (clause.start, clause.end), other.document, other.provision,
            f"Ở đây ghi {quoted(match[0])}; {{where}} ghi {quoted(said[0])}",
            other.text,
        )  # fmt: skip


def _sets(clause: Clause) -> re.Match[str] | None:
    return _SETS.search(plain(clause.text))
