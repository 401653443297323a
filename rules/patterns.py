"""Words and expressions that an office looks for: checked before use, so that no text can make them slow.

A phrase is plain words; "…" (or "...") stands for up to six words between. An expression is a Python regular expression
in which every repeat has an upper limit. The number of ways in which it can match from one place (the product of its
choices) may not pass `MOST_WAYS`: then the work is bounded by a constant for each letter of the text. Both are compared
on the tone key, so case and the placing of tones do not matter.
"""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as grammar  # type: ignore[attr-defined]
from typing import Any

from corpus.text import nfc, tone_key

MOST_WAYS = 4000
LONGEST = 500
"""Characters that one match can have."""
_BETWEEN = r"(?:\s{1,3}[^\s.;:]{1,20}){0,6}?\s{1,3}"
_ODD_GROUP = re.compile(r"\(\?(?![:=!<])|\(\?<(?![=!])")


class PatternFault(ValueError):
    """A phrase or expression cannot be used; the message (Vietnamese) says why and what to write instead."""


def phrase(words: str) -> re.Pattern[str]:
    """A phrase as a pattern over the tone key. Raises `PatternFault`."""
    key = " ".join(tone_key(nfc(words)).replace("...", "…").split())
    parts = [part.strip() for part in key.split("…")]
    if len("".join(parts).replace(" ", "")) < 3 or not all(parts):
        raise PatternFault(f"“{words}” quá ngắn hoặc có dấu “…” ở đầu, cuối; hãy ghi ít nhất ba chữ cái")
    if len(parts) > 3:
        raise PatternFault(f"“{words}” có quá hai dấu “…”; hãy tách thành nhiều cụm từ")
    body = _BETWEEN.join(r"\s{1,3}".join(re.escape(word) for word in part.split()) for part in parts)
    return re.compile(rf"(?<!\w){body}(?!\w)")


def expression(text: str) -> re.Pattern[str]:
    """A checked regular expression over the tone key. Raises `PatternFault`."""
    if _ODD_GROUP.search(text):
        raise PatternFault(f"“{text}”: chỉ dùng các nhóm (?:…), (?=…), (?!…), (?<=…), (?<!…)")
    source = re.sub(r"\\.|[^\\]+", lambda m: m[0] if m[0].startswith("\\") else tone_key(m[0]), nfc(text))
    try:
        parsed = grammar.parse(source)
        ways, length = _ways(parsed), parsed.getwidth()[1]
        compiled = re.compile(source)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternFault(f"“{text}” không phải biểu thức chính quy đúng ({error})") from None
    if ways > MOST_WAYS or length > LONGEST:
        raise PatternFault(
            f"“{text}” có thể chạy rất chậm (quá nhiều đoạn “bất kỳ” nối hoặc lồng nhau); hãy ghi giới hạn nhỏ hơn, ví "
            f"dụ {{0,40}}, bớt số đoạn, hoặc tách thành nhiều mẫu"
        )
    if compiled.search(""):
        raise PatternFault(f"“{text}” khớp cả với chuỗi rỗng; hãy thêm ít nhất một từ phải có")
    return compiled


_SINGLE = frozenset((op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN, op.AT, op.CATEGORY, op.RANGE))
_REPEATS = frozenset((op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT))
_CAP = 10 * MOST_WAYS


def _ways(parsed: Any) -> int:
    """In how many ways a parsed expression can match from one place, capped above `MOST_WAYS`."""
    total = 1
    for kind, value in parsed:
        total = min(_CAP, total * _ways_of(kind, value))
    return total


def _ways_of(kind: Any, value: Any) -> int:
    if kind in _SINGLE:
        return 1
    if kind in _REPEATS:
        least, most, inner = value
        if most == op.MAXREPEAT:
            raise PatternFault("dấu *, + và {n,} không có giới hạn trên; hãy ghi giới hạn, ví dụ {0,40}")
        each, total = _ways(inner), 0
        for count in range(least, most + 1):
            total += min(_CAP, each**min(count, 20))
            if total >= _CAP:
                return _CAP
        return max(1, total)
    if kind is op.BRANCH:
        return min(_CAP, sum(_ways(one) for one in value[1]))
    if kind is op.SUBPATTERN:
        return _ways(value[3])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return _ways(value[1])
    if kind is op.ATOMIC_GROUP:
        return _ways(value)
    raise PatternFault("không dùng tham chiếu ngược như \\1")
