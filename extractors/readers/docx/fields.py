"""Fields of Word: of "{ REF x }" the paper shows the result, never the instruction.

A field lies in pieces over runs and paragraphs (begin, instruction, separate, result, end). A `begin` whose `end` is
missing hides nothing: half of a document must not vanish because a program lost a mark. What a field of contents
(TOC) shows is a copy of the headings below it and no part of the text.
"""

from __future__ import annotations

from typing import Any

from extractors.readers.docx.xml import value


class Fields:
    """The fields of one story (body, header, notes) that are open at the place where the reader stands."""

    def __init__(self, story: Any | None = None) -> None:
        self._open: list[bool] = []  # for each: whether its result has begun
        self._contents: list[bool] = []
        # How many fields still instruct, how many are of contents: a field in a field in a field is asked at each run.
        self._instructing = self._of_contents = 0
        self._lone: dict[int, Any] = {}
        lone: list[Any] = []
        for element in story.iter("{*}fldChar") if story is not None else ():
            kind = value(element, "fldCharType")
            if kind == "begin":
                lone.append(element)
            elif kind == "end" and lone:
                lone.pop()
        self._lone = {id(element): element for element in lone}

    def step(self, element: Any) -> None:
        """Pass a `w:fldChar`."""
        kind = value(element, "fldCharType")
        if kind == "begin" and id(element) not in self._lone:
            self._open.append(False)
            self._contents.append(False)
            self._instructing += 1
        elif kind == "separate" and self._open:
            self._instructing -= not self._open[-1]
            self._open[-1] = True
        elif kind == "end" and self._open:
            self._instructing -= not self._open.pop()
            self._of_contents -= self._contents.pop()

    def instruction(self, words: str) -> None:
        """Pass a piece of an instruction."""
        if self._open and not self._open[-1] and words.lstrip().upper().startswith("TOC"):
            self._of_contents += not self._contents[-1]
            self._contents[-1] = True

    @property
    def shown(self) -> bool:
        """Whether text here shows: outside the instructions of all open fields."""
        return not self._instructing

    @property
    def in_contents(self) -> bool:
        """Whether text here belongs to a table of contents."""
        return self._of_contents > 0
