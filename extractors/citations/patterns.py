"""How the grammar's patterns are written: a blank stands for any white space that may lie between two words."""

from __future__ import annotations

import re


def spaced(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile `pattern`, in which each blank matches one to three signs of white space, a line break too.

    >>> bool(spaced("kèm theo").fullmatch("kèm\\n theo"))
    True
    """
    return re.compile(pattern.replace(" ", r"\s{1,3}"), flags)


def word(text: str) -> str:
    """The pattern of `text` at the beginning of a word, with its first letter in front of the look behind.

    A scan can then skip to one of the first letters of an alternation of such words.

    >>> bool(re.search(word("bỏ"), "bãi bỏ")), bool(re.search(word("ỏ"), "bãi bỏ"))
    (True, False)
    """
    return rf"{text[0]}(?<!\w{text[0]}){text[1:]}"


def line_start(text: str, at: int, limit: int = 2000) -> int:
    """Where the line of `text[at]` begins, or `limit` signs before it: a paragraph may be as long as a hostile file."""
    floor = max(0, at - limit)
    return max(text.rfind("\n", floor, at) + 1, floor)
