"""The drawing instructions of a PDF page, carried out by pdfminer within limits that it has not.

Counted are instructions and operands, letters, forms drawn inside forms, and the bytes that a stream inflates to.
Of a stream that breaks off what came before is drawn (pdfminer draws nothing), and the page is known to lack something.
What is not counted (fonts that map four billion codes, references that lead in a ring) ends by the reader's processor
time. The figures are ten times those of the heaviest real page that was found (docs/decisions/0019).
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from pdfminer import pdftypes
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdffont import PDFSimpleFont
from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, keyword_name

from extractors.readers.limits import Excess

MAX_INSTRUCTIONS = 2_000_000
MAX_LETTERS = 300_000
MAX_FORMS = 20_000
MAX_FORMS_DEEP = 12
MAX_STREAM_BYTES = 64 * 1024 * 1024


class Budget:
    """What a page may still take: instructions with their operands, letters, drawn forms.

    `whole`: no stream of it broke off.
    """

    __slots__ = ("forms", "inflating", "instructions", "letters", "whole")

    def __init__(self, inflating: Inflating) -> None:
        self.instructions, self.letters, self.forms = MAX_INSTRUCTIONS, MAX_LETTERS, MAX_FORMS
        self.inflating, self.whole = inflating, True

    def take(self, instructions: int = 0, letters: int = 0, forms: int = 0) -> None:
        """Count; `Excess` where nothing is left."""
        self.instructions -= instructions
        self.letters -= letters
        self.forms -= forms
        if self.instructions < 0 or self.letters < 0 or self.forms < 0:
            raise Excess("page")

    def look_at(self, stream: PDFStream) -> None:
        """Inflate a stream that is about to be drawn and see whether it breaks off."""
        broken = self.inflating.broken_off
        if stream.data is None:
            before = self.inflating.count
            stream.get_data()
            if self.inflating.count > before:
                broken.add(stream.objid)
        self.whole = self.whole and stream.objid not in broken


class _Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter with a budget."""

    def __init__(
        self, resources: PDFResourceManager, device: PDFPageAggregator, budget: Budget, depth: int = 0
    ) -> None:
        super().__init__(resources, device)
        self._budget = budget
        self._depth = depth

    def dup(self) -> _Interpreter:
        """The interpreter of a form inside."""
        self._budget.take(forms=1)
        if self._depth >= MAX_FORMS_DEEP:
            raise Excess("forms")
        return _Interpreter(self.rsrcmgr, self.device, self._budget, self._depth + 1)  # type: ignore[arg-type]

    def do_TJ(self, seq: Any) -> None:
        if isinstance(seq, list):
            self._budget.take(letters=sum(len(one) for one in seq if isinstance(one, bytes)))
        super().do_TJ(seq)

    def execute(self, streams: Sequence[object]) -> None:
        """As pdfminer's, with counting; a stream that is being carried out is not begun again."""
        todo = []
        self.stream_ids.clear()
        for one in streams:
            stream = stream_value(one)
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                self._budget.look_at(stream)
                todo.append(stream)
                self.stream_ids.add(stream.objid)
        try:
            parser = PDFContentParser(todo)
        except PSEOF:
            return
        budget, known = self._budget, _INSTRUCTIONS
        while True:
            try:
                _, one = parser.nextobject()
            except PSEOF:
                return
            budget.instructions -= 1
            if budget.instructions < 0:
                raise Excess("instructions")
            if not isinstance(one, PSKeyword):
                self.argstack.append(one)
                continue
            found = known.get(keyword_name(one))
            if found is None:
                continue
            name, operands = found
            if not operands:
                getattr(self, name)()
            elif len(args := self.pop(operands)) == operands:
                getattr(self, name)(*args)


class _Sheet(PDFPageAggregator):
    """What a page shows, with letters by their codes where pdfminer takes one for another."""

    def render_char(
        self, matrix: Any, font: Any, fontsize: Any, scaling: Any, rise: Any, cid: int, *rest: Any
    ) -> float:
        advance = super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest)
        # Code 173 is a hyphen (ISO 32000-1, table D.2, note 6), for pdfminer a blank, and the ư of TCVN3.
        if cid == 0xAD and isinstance(font, PDFSimpleFont) and not font.unicode_map:
            self.cur_item._objs[-1]._text = "\xad"  # type: ignore[attr-defined]
        return advance


def _instructions() -> dict[str, tuple[str, int]]:
    """For each instruction of a content stream the method that carries it out and how many operands it takes."""
    found = {}
    for name in dir(PDFPageInterpreter):
        if name.startswith("do_"):
            operands = getattr(PDFPageInterpreter, name).__code__.co_argcount - 1
            written = name[3:].replace("_a", "*").replace("_w", '"').replace("_q", "'")
            found[written] = (name, operands)
    return found


_INSTRUCTIONS = _instructions()


def drawn(page: Any, inflating: Inflating) -> tuple[LTPage, bool]:
    """What a page of pdfplumber's shows, and whether that is all of it; kept by the page, whose tables are found in it.

    Raises what pdfminer raises for a damaged page, and `Excess`.
    """
    manager = page.pdf.rsrcmgr
    device = _Sheet(manager, pageno=page.page_number, laparams=None)
    budget = Budget(inflating)
    interpreter = _Interpreter(manager, device, budget)
    interpreter.process_page(page.page_obj)
    page._layout = device.get_result()
    return device.get_result(), budget.whole


class Inflating:
    """The part of `zlib` that pdfminer uses, counting what comes out.

    A stream that breaks off gives what came before; `count` tells how many did, `broken_off` which of those drawn (by
    number; pages share them).
    """

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    def __init__(self) -> None:
        self.count = 0
        self.broken_off: set[int | None] = set()

    def decompress(self, data: bytes) -> bytes:
        """All that the data inflate to; `Excess` where that is more than `MAX_STREAM_BYTES`."""
        inflater = zlib.decompressobj()
        try:
            out = inflater.decompress(data, MAX_STREAM_BYTES)
        except zlib.error:
            return self._in_part(data)
        if inflater.unconsumed_tail:
            raise Excess("stream")
        return out if inflater.eof else self._in_part(data)

    def _in_part(self, data: bytes) -> bytes:
        """What can be inflated. A wrong or missing checksum (RFC 1950, 2.2) costs nothing: many programs err there."""
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        parts: list[bytes] = []
        left = MAX_STREAM_BYTES
        for at in range(2, len(data), _PIECE):
            before = inflater.copy()
            piece = data[at : at + _PIECE]
            try:
                parts.append(inflater.decompress(piece, left))
            except zlib.error:
                parts += _letter_by_letter(before, piece)
                break
            left -= len(parts[-1])
            if inflater.unconsumed_tail or left <= 0:
                raise Excess("stream")
            if inflater.eof:
                return b"".join(parts)
        self.count += 1
        return b"".join(parts)


_PIECE = 4096


def _letter_by_letter(inflater: Any, piece: bytes) -> Iterator[bytes]:
    """What comes out until the data are wrong."""
    for at in range(len(piece)):
        try:
            yield inflater.decompress(piece[at : at + 1])
        except zlib.error:
            return


@contextlib.contextmanager
def counted_inflating() -> Iterator[Inflating]:
    """While a file is read pdfminer's streams inflate to at most `MAX_STREAM_BYTES` each, else `Excess`.

    pdfminer has no such limit and no place to set one: its module's own name for `zlib` is lent another.
    """
    names = vars(pdftypes)
    inflating = Inflating()
    before, names["zlib"] = names["zlib"], inflating
    try:
        yield inflating
    finally:
        names["zlib"] = before
