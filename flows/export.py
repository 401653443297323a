"""`rasoat akn`: a document as Akoma Ntoso 3.0, from a file or from the corpus, as issued or as it was on a day."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.events import Event
from corpus.library import CorpusLibrary
from corpus.model import Document, Known, Line, State, TextLine
from corpus.resolve import Act
from flows import lookup
from flows.commands import note, space_of
from flows.known import KnownFactory
from flows.opening import CannotRun
from outputs.akn import History, akoma_ntoso


def command(options: Namespace) -> int:
    """Print the XML, or write it to `--output`. 1 where the document cannot be had, 2 where the call was wrong."""
    data = _of_file(options, Path(options.document)) if Path(options.document).is_file() else _of_corpus(options)
    if isinstance(data, int):
        return data
    if options.output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    from outputs.packing import write_whole

    try:
        write_whole(Path(options.output), data)
    except OSError as error:
        note(f"Không ghi được {options.output}: {error.strerror or error}.")
        return 2
    return 0


def _of_file(options: Namespace, file: Path) -> bytes | int:
    """A file on its own; with a corpus, what befell the act there is told as well."""
    if options.as_of is not None:
        note("--as-of cần số, ký hiệu của một văn bản trong kho, không dùng với một tệp.")
        return 2
    space = space_of(options) if options.workspace or options.corpus else None
    if space is None and (options.workspace or options.corpus):
        return 2
    known = KnownFactory(register=options.register, own=space.own_register if space and options.register else None)
    try:
        document = lookup.read_one(file, known)
    except CannotRun as error:
        note(str(error))
        return 1
    if space is None:
        return akoma_ntoso(document)
    return as_issued(lookup.library_for_reading(space, light=False, with_register=options.register), document)


def _of_corpus(options: Namespace) -> bytes | int:
    space = space_of(options)
    if space is None:
        return 2
    library = lookup.library_for_reading(space, light=False, with_register=options.register)
    found = library.acts(options.document, issuer=options.issuer, issued=options.date)
    acts = [act for act in found if act.document is not None]
    if not acts:
        note(f"Không có nội dung của {options.document} trong kho văn bản {space.corpus}.")
        return 1
    if len(acts) > 1:
        labels = "; ".join(act.label for act in acts)
        note(f"Nhiều văn bản cùng số {options.document}: {labels}. Hãy thêm --issuer hoặc --date.")
        return 1
    document = acts[0].document
    assert document is not None
    if options.as_of is None:
        return as_issued(library, document, acts[0])
    known = KnownFactory(register=options.register, own=space.own_register)
    return on_day(library, acts[0], options.as_of, known())


def as_issued(library: CorpusLibrary, document: Document, act: Act | None = None) -> bytes:
    """The text as issued, with all that the corpus and the register know to have befallen it."""
    if act is None:
        head = document.masthead
        symbol = head.symbol if head else None
        same = library.acts(symbol, issuer=head.issuer, issued=head.date) if head and symbol else ()
        act = same[0] if len(same) == 1 else None
    history = History(library.events(act), texts=library.documents) if act else History()
    return akoma_ntoso(document, history, resolve=lambda target: library.resolve(target, document))


def on_day(library: CorpusLibrary, act: Act, as_of: date, known: Known) -> bytes | int:
    """The consolidated text of a day, an expression of its own. Instructions it does not carry are told in `meta`."""
    from extractors import understand
    from extractors.readers import Reading

    document = act.document
    found = library.consolidated(act.symbol, as_of=as_of, issuer=act.issuer, issued=act.date, kind=act.kind)
    if document is None or found is None:
        note(f"Không dựng được nội dung của {act.symbol} tại ngày {as_of.isoformat()}.")
        return 1
    lines = {document.text[line.start : line.end].strip(): line for line in document.lines}
    again = understand(document.path, Reading(tuple(_line(text, lines) for text in found.text.split("\n"))), known)
    if again.masthead is not None and document.masthead is not None:
        # The act is the one it was, whatever a change does to the look of its first lines.
        again = replace(again, masthead=replace(document.masthead, spans=again.masthead.spans))
    events = library.events(act)
    history = History(
        events, as_of, found.pieces, found.not_applied, library.documents, _states(library, act, events, as_of)
    )
    return akoma_ntoso(again, history, resolve=lambda target: library.resolve(target, again))


def _states(library: CorpusLibrary, act: Act, events: Sequence[Event], as_of: date) -> list[State]:
    """State of the act on the day, then of each provision that something befell by then, in the order of days."""
    touched = dict.fromkeys(event.provision for event in events if event.provision and event.works(as_of))
    return [
        library.state(act.symbol, as_of=as_of, provision=one, issuer=act.issuer, issued=act.date, kind=act.kind)
        for one in (None, *touched)
    ]


def _line(text: str, lines: Mapping[str, TextLine]) -> Line:
    """A line of the new text; where the old one had it too, it keeps its part of the page."""
    old = lines.get(text)
    if old is None:
        return Line(text, starts_paragraph=True)
    return Line(text, starts_paragraph=True, bold=old.bold, italic=old.italic, centered=old.centered, region=old.region)
