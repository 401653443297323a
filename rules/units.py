"""Whether a provision id exists in a document's tree, and how sure a "no" is."""

from __future__ import annotations

import re
from dataclasses import replace

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


def missing_own(document: Document, provision: str) -> str | None:
    """`missing_unit` for a reference of the document to itself, in its main text or in one attached to it."""
    match = re.match(r"(att_\w+?)__(?=art_)", provision)
    if match is None:
        return missing_unit(document, provision)
    prefix = match[0]
    units = [replace(unit, id=unit.id[len(prefix) :]) for unit in document.provisions if unit.id.startswith(prefix)]
    return missing_unit(replace(document, provisions=tuple(units)), provision[len(prefix) :])


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


def _no_points(document: Document, unit: Provision) -> bool:
    """Whether nothing inside the unit looks like a point that the reader did not take."""
    if any(other is not unit and unit.start <= other.start < unit.end for other in document.provisions):
        return False
    return not re.search(r"(?:^|\s)[a-zđ]\)\s", document.text[unit.start : unit.end])


def missing_part(document: Document, provision: str) -> str | None:
    """What of a chapter or appendix the document lacks; None where it has it or nobody can tell.

    Only where the document's own chapters (appendices) run from I (1) without a gap; an appendix is called missing
    where the document has none at all only if no line of it speaks of one.
    """
    match = re.fullmatch(r"(chp|app)_([IVXL]{1,6}|\d{1,2})", provision)
    if match is None:
        return None
    kind, number = match.groups()
    wanted = _number(number)
    shape = re.compile(rf"{kind}_([IVXL]{{1,6}}|\d{{1,2}})")
    have = [_number(m[1]) for unit in document.provisions if (m := shape.fullmatch(unit.id))]
    word = "chương" if kind == "chp" else "phụ lục"
    if wanted is None or any(value is None for value in have):
        return None
    found = sorted({value for value in have if value is not None})
    if not found:
        outside = kind == "app" and not re.search(r"(?i)phụ lục|kèm theo", document.text)
        plain = kind == "chp" and not re.search(r"(?im)^\W{0,4}chương\b", document.text)
        return f"không có {word}" if outside or plain else None
    if found != list(range(1, found[-1] + 1)) or wanted <= found[-1]:
        return None
    return f"chỉ có {found[-1]} {word}"


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for i, letter in enumerate(text):
        value = values[letter]
        total += -value if i + 1 < len(text) and values[text[i + 1]] > value else value
    return total


def _missing_point(document: Document, unit: Provision, _: str, point: str, where: str) -> str | None:
    letters = [
        other.num for other in document.provisions
        if other.id.startswith(unit.id + "__pt_") and re.match(r"[a-zđ]$", other.num or "")
    ]  # fmt: skip
    if len(point) > 1 or point not in POINT_LETTERS:
        return None
    if not letters:
        return f"tại {where} không chia điểm" if _no_points(document, unit) else None
    order = [POINT_LETTERS.find(letter or "") for letter in letters]
    if order != list(range(len(order))) or POINT_LETTERS.find(point) < len(order):
        return None
    return f"tại {where} chỉ có {len(order)} điểm"
