"""Numbers written out in Vietnamese words, with their scales ("một trăm hai mươi triệu năm trăm nghìn")."""

from __future__ import annotations

from fractions import Fraction

from corpus.text import tone_key
from rules.quantities import SCALES, number

_STOP = frozenset(("đồng", "chẵn", "việt", "nam", "vnđ"))


def spelled_out(words: str) -> Fraction | None:
    """The number that words say, None where they say none; what counts it ("đồng chẵn") may stand after them.

    >>> spelled_out("Năm mươi lăm triệu đồng"), spelled_out("một tỷ hai trăm triệu đồng chẵn"), spelled_out("mười lăm")
    (Fraction(55000000, 1), Fraction(1200000000, 1), Fraction(15, 1))
    >>> spelled_out("hai trăm linh năm nghìn"), spelled_out("viết tắt là")
    (Fraction(205000, 1), None)
    """
    said = [word.strip(".,;:/") for word in tone_key(words).split()]
    while said and (not said[-1] or said[-1] in _STOP):
        said.pop()
    total, group = Fraction(0), []
    last = 10**12
    for word in said:
        scale = SCALES.get(word)
        if scale is None:
            group.append(word)
            continue
        value = number(" ".join(group)) if group else None
        if value is None or scale >= last:
            return None
        total, last, group = total + value * scale, scale, []
    if group:
        rest = number(" ".join(group))
        if rest is None or rest >= last:
            return None
        total += rest
    return total if said else None
