"""First pass: where in a text a reference may begin. One alternation over the lower-case text; nothing is decided here.

Each place is read by the small grammars of `units` and `acts`; what they refuse is no reference ("điều kiện", "khoản chi",
"điểm du lịch", "kế hoạch năm 2025").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.citations import acts, bodies, units
from extractors.citations.numbers import read_number
from extractors.citations.tokens import Act, Units
from extractors.dates import DATE

def _alternatives(words: Iterable[str], ahead: str) -> dict[str, str]:
    """By first letter: the rests of the words, the longest first, and what must follow them."""
    out: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        out.setdefault(word[0], []).append(word[1:].replace(" ", r"\s{1,3}"))
    return {first: f"(?:{'|'.join(rests)}){ahead}" for first, rests in out.items()}


# Kinds that are common words too count only before a number, a date or "này".
_COMMON = frozenset(word for word in acts.KINDS if word not in acts.LAWS and word not in acts.SHORT_NAMED)
_GROUPS = (
    _alternatives(units.LEVELS, r"(?=\s{1,4}(?:số\W|\d|này\W|nêu\s|[a-zđ]\d?(?!\w)|[ivxlc]{2,7}(?!\w)|thứ\s|đầu|cuối|kèm|ban\s|của"
                  r"|tại|được|đính)|:\s?\d)"),
    _alternatives(acts.LAWS | acts.SHORT_NAMED, r"(?!\w)"),
    _alternatives(_COMMON, r"(?=\s{1,3}(?:này|số|ngày|mang|ban\shành\snày|của|do)(?!\w)|\s{1,3}\d)"),
)  # fmt: skip
_FIRSTS = sorted({first for group in _GROUPS for first in group})
_WORD = "|".join(f"{first}(?:{'|'.join(group[first] for group in _GROUPS if first in group)})" for first in _FIRSTS)
# A place must follow a sign that is no letter: only there the words are tried, letter by letter.
_ANCHOR = re.compile(
    rf"[^\w](?:(?P<word>{_WORD})"
    r"|(?P<number>\d(?<![/.,-].)\d{0,4}[a-zđ]?(?:\.\d{1,3})?\s?/\s?(?:\d{4}\s?/\s?)?[a-zđ]{2,15}(?=[-–&./\d\s]))"
    r"|(?P<so>số\s{0,2}:?\s{0,3}(?=\d{1,5}[a-zđ]?(?:\.\d{1,3})?\s{0,3}[/-])))"
)
_SHORT_KIND = re.compile(r"(?:NĐ|QĐ|TT|NQ|TTLT|CT|KH|CV|PL|TTr|BC|TB|Luật|Nghị định|Quyết định)\s{1,2}(?:số\s{1,2})?$")
_DRAFT = re.compile(r"(?:dự\s{1,2}án|dự\s{1,2}thảo|xây\s{1,2}dựng|trình)\s{1,3}(?:các\s{1,2})?$")
_NOT_A_LAW = re.compile(r"(?:pháp|quy|kỷ|định|đúng|của|theo|hiến|vi phạm|thông|văn|kiến thức)\s{1,3}$")


def find(text: str, lower: str) -> Iterator[Units | Act]:
    """Units and acts of `text` in order of their place, not overlapping. `lower`: the text in lower case, same length."""
    done = 0
    previous_end = -1
    for match in _ANCHOR.finditer("\n" + lower):  # the sign in front costs one place: ends are one too far as well
        start = match.start()
        if start < done:
            continue
        token = _read(text, lower, match, previous_end)
        if token is None:
            continue
        yield token
        done = previous_end = token.end
        while isinstance(token, Act) and token.symbol and (sibling := _sibling(text, lower, token)):
            yield sibling
            token = sibling
            done = previous_end = token.end


def _read(text: str, lower: str, match: re.Match[str], previous_end: int) -> Units | Act | None:
    start, end = match.start(), match.end() - 1
    if match["word"] is None:
        return _bare_number(text, lower, match)
    word = " ".join(match["word"].split())
    if word in units.LEVELS:
        if word == "đoạn" and lower[max(0, start - 5) : start].rstrip() == "giai":
            return None
        return units.read_units(lower, start, word, end)
    if word not in acts.KINDS:
        return None
    capital = text[start].isupper()
    if word == "luật" and not capital and lower[max(0, start - 5) : start].rstrip() == "pháp":
        return None
    if word in acts.LAWS and _DRAFT.search(lower, max(0, start - 14), start):
        return None
    after_units = 0 <= start - previous_end <= 8 and lower[previous_end:start].strip() in ("", "của", "tại", "của các", ",")
    return acts.read_act(text, lower, start, word, capital=capital, after_units=after_units)


def _bare_number(text: str, lower: str, match: re.Match[str]) -> Act | None:
    """A symbol without its kind's word: "số 48/2013/NĐ-CP" in a list, "NĐ 30/2020/NĐ-CP", "(118/2025/NĐ-CP)"."""
    from corpus import symbols

    start = match.start()
    at = match.end() - 1 if match["so"] else start
    number = read_number(text, at)
    if number is None or not number.complete or number.symbol.count("/") + number.symbol.count("-") < 1:
        return None
    kind = symbols.kind_of(number.symbol)
    if kind is None:
        if not re.search(r"/\d{4}/(?:QH|UBTVQH)\d+$", number.symbol):
            return None
        kind = "luat" if "UBTV" not in number.symbol else "nghi_quyet"
    lead = _SHORT_KIND.search(text, max(0, start - 16), start)
    begin = lead.start() if lead else start
    line = lower.rfind("\n", 0, begin) + 1
    if lower[line:at].strip() in ("số:", "số", "số :"):
        return None
    if not lead and not match["so"] and not re.search(r"/\d{4}/", number.symbol):
        return None
    day, end = acts.date_after(text, lower, number.end)
    issuer, end = bodies.issuer_after(text, end)
    return Act(begin, end, number.end, kind, "", number.symbol, None, day, None, issuer,
               corrected_from=number.corrected_from, doubt=number.doubt, shared=not lead)  # fmt: skip


_SIBLING = re.compile(r"(?:\s{0,3}[,;]\s{0,3}(?:và\s{1,3})?|\s{1,3}(?:và|hoặc)\s{1,3})(?:[Ss]ố\s{0,2}:?\s{1,3})?(?=\d)")


def _sibling(text: str, lower: str, act: Act) -> Act | None:
    """The next number that shares the kind's word: "các Quyết định số 10/2018/QĐ-UBND, 15/2019/QĐ-UBND"."""
    lead = _SIBLING.match(text, act.end)
    if not lead:
        return None
    number = read_number(text, lead.end(), act.kind)
    if number is None or (not number.complete and act.complete) or DATE.match(text, lead.end()):
        return None
    day, end = acts.date_after(text, lower, number.end)
    issuer, end = bodies.issuer_after(text, end)
    begin = text.find("s", act.end, lead.end())
    begin = begin if begin >= 0 and lower.startswith("số", begin) else lead.end()
    return Act(begin, end, number.end, acts._kind_of(act.kind, act.word, number), act.word, number.symbol, None, day, None,
               issuer, shared=True, corrected_from=number.corrected_from, doubt=number.doubt, complete=number.complete)  # fmt: skip
