"""How the grammar's patterns are written: a blank stands for any white space that may lie between two words."""

from __future__ import annotations

import re
from typing import Any, cast


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`pattern`, compiled when it is first used: most documents need few of them, and compiling all takes 0.1 s.

    >>> lazy("a+").findall("baab")
    ['aa']
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    """Stands for a pattern; the methods of the compiled one become its own, so that later calls cost nothing more."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def spaced(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`lazy` of `pattern`, in which each blank matches one to three signs of white space, a line break too.

    >>> bool(spaced("kèm theo").fullmatch("kèm\\n theo"))
    True
    """
    return lazy(pattern.replace(" ", r"\s{1,3}"), flags)


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
