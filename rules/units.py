"""Whether a provision id exists in a document's tree, and how sure a "no" is."""

from __future__ import annotations

import re

from corpus.model import Document, Provision

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Letters of điểm in order (NĐ 78/2025 Art. 63–64): no f, j, w, z."""


def missing_unit(document: Document, provision: str) -> str | None:
    """What of `provision` the document lacks, in words ("chỉ có 25 điều"); None where it has it or nobody can tell.

    Only plain article ids are judged (`art_5__cl_2__pt_a`); a "no" is given only where the numbers of the level
    that lacks the unit run without a gap, so that a unit that the reader lost is not called missing.
    """
    parts = re.match(r"art_(\d+[a-zđ]?)(?:__cl_(\d+[a-zđ]?))?(?:__pt_([a-zđ]\d?))?$", provision)
    if parts is None:
        return None
    article, clause, point = parts.groups()
    articles = [unit for unit in document.provisions if re.match(r"art_\d+[a-zđ]?$", unit.id)]
    if any(re.match(rf"att_\w+__art_{article}$", unit.id) for unit in document.provisions):
        return None
    found = next((unit for unit in articles if unit.id == f"art_{article}"), None)
    if found is None:
        return _beyond([unit.num for unit in articles], article, "điều")
    if clause is None:
        return None if point is None else _missing_point(document, found, "", point, f"Điều {article}")
    prefix = f"art_{article}__cl_"
    clauses = [unit for unit in document.provisions if re.match(rf"{prefix}\d+[a-zđ]?$", unit.id)]
    here = next((unit for unit in clauses if unit.id == prefix + clause), None)
    if here is None:
        if not clauses:
            return f"không chia khoản tại Điều {article}" if _plain(document, found) else None
        return _beyond([unit.num for unit in clauses], clause, "khoản", f"Điều {article}")
    if point is None:
        return None
    return _missing_point(document, here, f"__cl_{clause}", point, f"khoản {clause} Điều {article}")


def _beyond(numbers: list[str | None], wanted: str, word: str, where: str = "") -> str | None:
    """"chỉ có N điều" where the numbers run 1 … N without a gap and `wanted` is above N."""
    plain = [int(number) for number in numbers if number and number.isdigit()]
    if not plain or not wanted.isdigit() or sorted(set(plain)) != list(range(1, max(plain) + 1)):
        return None
    if int(wanted) <= max(plain) or len(plain) != len(set(plain)):
        return None
    return f"{f'tại {where} ' if where else ''}chỉ có {max(plain)} {word}"


def _plain(document: Document, unit: Provision) -> bool:
    """Whether no line inside the unit looks like a numbered clause that the reader did not take."""
    return not re.search(r"(?m)^\s{0,4}\d{1,2}[.)]\s", document.text[unit.start : unit.end][20:])


def _missing_point(document: Document, unit: Provision, _: str, point: str, where: str) -> str | None:
    letters = [
        other.num for other in document.provisions
        if other.id.startswith(unit.id + "__pt_") and re.match(r"[a-zđ]$", other.num or "")
    ]  # fmt: skip
    if not letters or len(point) > 1 or point not in POINT_LETTERS:
        return None
    order = [POINT_LETTERS.find(letter or "") for letter in letters]
    if order != list(range(len(order))) or POINT_LETTERS.find(point) < len(order):
        return None
    return f"tại {where} chỉ có {len(order)} điểm"
