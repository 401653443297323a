"""First pass: where in a text a reference may begin. One alternation over the lower-case text; nothing is decided here.

Each place is read by the small grammars of `units` and `acts`; what they refuse is no reference ("điều kiện",
"khoản chi", "điểm du lịch", "kế hoạch năm 2025").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus import symbols
from extractors.citations import acts, units
from extractors.citations.laws import LAWS
from extractors.citations.numbers import read_number
from extractors.citations.tokens import Act, Spot, Units
from extractors.dates import DATE
from extractors.patterns import lazy, line_start


def _alternatives(words: Iterable[str], ahead: str) -> dict[str, str]:
    """By first letter: the rests of the words, the longest first, and what must follow them."""
    out: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        out.setdefault(word[0], []).append(word[1:].replace(" ", r"\s{1,3}"))
    return {first: f"(?:{'|'.join(rests)}){ahead}" for first, rests in out.items()}


# Kinds that are common words too count only before a number, a date or "này".
_COMMON = frozenset(word for word in acts.KINDS if word not in LAWS and word not in acts.SHORT_NAMED)
_GROUPS = (
    _alternatives(
        units.LEVELS,
        r"(?=\s{1,4}(?:số(?!\w)|này|\d|nêu\s|[a-zđ]\d{0,2}(?!\w)|[ivxlc]{2,8}[a-z]?(?!\w)|thứ\s|đầu|cuối|kèm|ban\s|của|tại"
        r"|được|đính)"
        r"|:\s?\d)",
    ),
    _alternatives(LAWS | acts.SHORT_NAMED, r"(?!\w)"),
    _alternatives(_COMMON, r"(?=\s{1,3}(?:này|số|ngày|mang|ban\shành\snày|của|do)(?!\w)|\s{1,3}\d)"),
)  # fmt: skip
_FIRSTS = sorted({first for group in _GROUPS for first in group})
_WORD = "|".join(f"{first}(?:{'|'.join(group[first] for group in _GROUPS if first in group)})" for first in _FIRSTS)
# A place must follow a sign that is no letter: only there the words are tried, letter by letter. The scan runs over the
# letters of Vietnamese; the few signs among the letters of other scripts are no signs here. No groups: they cost time.
_ANCHOR = lazy(
    rf"[^0-9a-z_à-öø-\u02ff\u0370-\u1fff](?:{_WORD}"
    r"|\d(?<![/.,-].)\d{0,4}[a-zđ]?(?:\.\d{1,3})?\s?/\s?(?:\d{4}\s?/\s?)?[a-zđ]{2,15}(?=[-–&./\d\s])"
    r"|số\s{0,2}:?\s{0,3}(?=\d{1,5}[a-zđ]?(?:\.\d{1,3})?\s{0,3}[/-]))"
)
_SHORT_KIND = lazy(
    r"(?:NĐ|QĐ|TT|NQ|TTLT|CT|KH|CV|PL|TTr|BC|TB|Luật|Nghị định|Quyết định)\s{1,2}(?:số\s{1,2})?$"
)
_DRAFT = lazy(r"(?:dự\s{1,2}án|dự\s{1,2}thảo|xây\s{1,2}dựng|trình)\s{1,3}(?:các\s{1,2})?$")
_SIBLING = lazy(
    r"(?:\s{0,3}[,;]\s{0,3}(?:và\s{1,3})?|\s{1,3}(?:và|hoặc)\s{1,3})(?:[Ss]ố\s{0,2}:?\s{1,3})?(?=\d)"
)
_GOES_ON = lazy(r"[;,]\s{1,2}$")
_OF_PARLIAMENT = lazy(r"/\d{4}/(?:QH|UBTVQH)\d+$")


def find(text: str, lower: str) -> Iterator[Units | Act]:
    """Units and acts of `text` in order of their place, not overlapping. `lower`: the text in lower case."""
    done = -1
    for match in _ANCHOR.finditer("\n" + lower):  # the sign in front costs one place: ends are one too far as well
        if match.start() < done:
            continue
        token = _read(text, lower, match, done)
        if token is None:
            continue
        yield token
        while isinstance(token, Act) and token.symbol and (sibling := _sibling(text, token)):
            token = sibling
            yield token
        done = token.end


def _read(text: str, lower: str, match: re.Match[str], done: int) -> Units | Act | None:
    start, end = match.start(), match.end() - 1
    word = lower[start:end]
    if word not in units.LEVELS and word not in acts.KINDS:
        if word[0].isdigit():
            return _bare_number(text, lower, start, start)
        word = " ".join(word.split())
        if word in ("số", "số:", "số :"):
            return _bare_number(text, lower, start, end)
    if word in units.LEVELS:
        if (word == "đoạn" and lower.endswith("giai ", 0, start)) or (
            word == "khoản" and lower.endswith("tài ", 0, start)
        ):
            return None  # "giai đoạn 2025", "tài khoản" and, on the next line, clause "1."
        return units.read_units(lower, start, word, end, text)
    lawful = word in LAWS
    if lawful and (lower.endswith(("pháp ", "kỷ "), 0, start) or _DRAFT.search(lower, max(0, start - 14), start)):
        return None
    after_units = start - done <= 8 and lower[max(done, 0) : start].strip() in ("", "của", "tại", "của các")
    if not lawful and not after_units and not acts.says_which(word, lower, end):
        return None
    return acts.read_act(Spot(text, lower, start, end, word, text[start].isupper(), done >= 0 and after_units))


def _bare_number(text: str, lower: str, start: int, at: int) -> Act | None:
    """A symbol at `at` without its kind's word: "số 48/2013/NĐ-CP" in a list, "NĐ 30/2020/NĐ-CP"."""
    number = read_number(text, at)
    if number is None or not number.complete:
        return None
    kind = symbols.kind_of(number.symbol)
    lead = _SHORT_KIND.search(text, max(0, start - 16), start)
    said = lead[0].split()[0] if lead else ""
    if kind is None:
        if said == "CV":
            kind = "cong_van"
        elif not _OF_PARLIAMENT.search(number.symbol):
            return None
        else:
            kind = "nghi_quyet" if "UBTV" in number.symbol else "luat"
    begin = lead.start() if lead else start
    if lower[line_start(lower, begin, 12) : at].strip() in ("số:", "số", "số :") and not _GOES_ON.search(
        lower, max(0, begin - 4), begin
    ):
        return None  # the number line of a letterhead
    if not lead and at == start and not re.search(r"/\d{4}/", number.symbol):
        return None
    return acts.numbered(text, begin, number, kind, "", shared=not lead)


def _sibling(text: str, act: Act) -> Act | None:
    """The next number that shares the kind's word: "các Quyết định số 10/2018/QĐ-UBND, 15/2019/QĐ-UBND"."""
    lead = _SIBLING.match(text, act.end)
    number = read_number(text, lead.end(), act.kind) if lead else None
    if lead is None or number is None or (not number.complete and act.complete) or DATE.match(text, lead.end()):
        return None
    said = re.search(r"[Ss]ố", lead[0])
    begin = lead.start() + said.start() if said else lead.end()
    return acts.numbered(text, begin, number, act.kind, act.word, shared=True)
