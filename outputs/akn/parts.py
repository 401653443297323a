"""The parts of an Akoma Ntoso document around its units: preface, preamble, conclusions, attachments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from corpus import symbols
from corpus.model import Masthead
from outputs.akn.inline import Run, Writing, lines, paragraphs, spans
from outputs.akn.units import Node, loose, tree, write_nodes
from outputs.akn.xml import add, write

# Field of the masthead → element of a preface that marks it.
_MARKS = (
    ("issuer", "docProponent"), ("symbol", "docNumber"), ("date", "docDate"), ("kind", "docType"),
    ("title", "docTitle"),
)  # fmt: skip
_FRONT = ("motto", "issuer", "symbol", "date", "kind", "title")


def write_parts(writing: Writing, act: Any, write_meta: Callable[[Any, Node], None]) -> None:
    """Everything behind `meta`, in the order of the schema: each character of the text once.

    `write_meta(doc, node)` fills the `meta` of an attachment.
    """
    document = writing.document
    nodes = tree(document.provisions)
    until = min((node.unit.start for node in nodes if node.unit.kind == "phu_luc"), default=len(document.text))
    body = [node for node in nodes if node.unit.start < until]
    head = document.masthead or Masthead()
    first = body[0].unit.start if body else _tail(head, until)
    front = _front(head, first)
    bases = _bases(head, front, first)
    opening = bases[1] if not body and bases else first if body else front
    _preface(writing, act, head, front)
    _preamble(writing, act, bases, front, opening)
    main = add(act, "body" if act.tag.endswith("}act") else "mainBody")
    if body:
        last = write_nodes(writing, main, body, first, until)
    else:
        last = first
        _unstructured(writing, main, opening, first)
    if not len(main):
        _nothing(writing, main)
    _conclusions(writing, act, head, last, until)
    behind = [node for node in nodes if node.unit.start >= until]
    _attachments(writing, act, behind, len(document.text), write_meta)


def _tail(head: Masthead, until: int) -> int:
    """Where the recipients and the signature of a text without units begin."""
    front = max((head.spans[name][1] for name in ("title", "bases") if name in head.spans), default=0)
    starts = [head.spans[name][0] for name in ("recipients", "signature") if name in head.spans]
    return min((start for start in starts if front <= start < until), default=until)


def _front(head: Masthead, first: int) -> int:
    """End of the preface: behind the last field of the masthead before the text begins."""
    stop = min(first, head.spans["bases"][0]) if "bases" in head.spans else first
    ends = [head.spans[name][1] for name in _FRONT if name in head.spans]
    return max((end for end in ends if end <= stop), default=0)


def _bases(head: Masthead, front: int, first: int) -> tuple[int, int] | None:
    span = head.spans.get("bases")
    return span if span and front <= span[0] and span[1] <= first else None


# --- before the text ----------------------------------------------------------------------------------


def _preface(writing: Writing, act: Any, head: Masthead, front: int) -> None:
    """Lines of the masthead; issuer, number, date, kind and title are marked in them."""
    if not writing.document.text[:front].strip():
        return
    preface = add(act, "preface")
    fields = [(*head.spans[name], tag) for name, tag in _MARKS if name in head.spans and head.spans[name][1] <= front]
    ranges = lines(writing, 0, front)
    for a, b, _ in fields:  # a title of several lines is one paragraph
        inside = [i for i, (x, y) in enumerate(ranges) if x < b and a < y]
        if inside:
            ranges[inside[0] : inside[-1] + 1] = [(ranges[inside[0]][0], ranges[inside[-1]][1])]
    for x, y in ranges:
        runs: list[Run] = []
        for a, b, tag in sorted(fields):
            if x <= a and b <= y and (not runs or runs[-1].end <= a):
                runs.append(Run(a, b, partial(_mark, writing, head, tag, a, b)))
        spans(writing, add(preface, "p"), x, y, runs)


def _mark(writing: Writing, head: Masthead, tag: str, a: int, b: int, parent: Any) -> None:
    day = head.date.isoformat() if tag == "docDate" and head.date else None
    if tag == "docDate" and day is None:
        write(parent, writing.document.text[a:b])
        return
    refers = "#issuer" if tag == "docProponent" and head.issuer else None
    spans(writing, add(parent, tag, date=day, refersTo=refers), a, b, [])


def _preamble(writing: Writing, act: Any, bases: tuple[int, int] | None, start: int, end: int) -> None:
    """Legal bases as `citations`, other grounds ("Theo đề nghị …") as `recitals`, the enacting words as `formula`."""
    text = writing.document.text
    if not text[start:end].strip():
        return
    preamble = add(act, "preamble")
    if bases is None:
        _formula(writing, preamble, start, end)
        return
    paragraphs(writing, preamble, start, bases[0], "preamble")
    box, kind = None, ""
    for a, b in lines(writing, *bases):
        line = "citation" if text[a:b].lower().startswith("căn cứ") else "recital"
        short = "cit" if line == "citation" else "rec"
        if line != kind:
            box, kind = add(preamble, line + "s", eId=writing.count(f"{short}s")), line
        one = add(box, line, eId=writing.count(f"{box.get('eId')}__{short}"))  # type: ignore[union-attr]
        spans(writing, add(one, "p"), a, b, [])
    _formula(writing, preamble, bases[1], end)


def _formula(writing: Writing, preamble: Any, start: int, end: int) -> None:
    if writing.document.text[start:end].strip():
        formula = add(preamble, "formula", name="enactingFormula")
        paragraphs(writing, formula, start, end, "preamble")


def _unstructured(writing: Writing, main: Any, start: int, end: int) -> None:
    """A text without units: paragraphs of a `doc`, one container in an `act`, whose body takes units only."""
    if main.tag.endswith("}mainBody"):
        paragraphs(writing, main, start, end, "")
    else:
        loose(writing, main, start, end, "")


def _nothing(writing: Writing, main: Any) -> None:
    """The schema wants something in a body even where the file had nothing."""
    if main.tag.endswith("}mainBody"):
        add(main, "p")
    else:
        add(add(main, "hcontainer", name="doan", eId=writing.count("hcontainer")), "content")


# --- behind it ----------------------------------------------------------------------------------------


def _conclusions(writing: Writing, act: Any, head: Masthead, start: int, end: int) -> None:
    """Recipients and signature."""
    if not writing.document.text[start:end].strip():
        return
    conclusions = add(act, "conclusions")
    at = start
    boxes = sorted((*head.spans[name], name) for name in ("recipients", "signature") if name in head.spans)
    for a, b, name in boxes:
        if at <= a and b <= end:
            paragraphs(writing, conclusions, at, a, "")
            box = add(conclusions, "container", name=name, eId=writing.claim(f"container_{name}"))
            _signed(writing, box, head, a, b)
            at = b
    paragraphs(writing, conclusions, at, end, "")


def _signed(writing: Writing, box: Any, head: Masthead, start: int, end: int) -> None:
    signer = head.spans.get("signer")
    for a, b in lines(writing, start, end):
        marked = []
        if signer and a <= signer[0] and signer[1] <= b and head.signer:
            marked = [Run(*signer, partial(_signature, writing, *signer))]
        spans(writing, add(box, "p"), a, b, marked)


def _signature(writing: Writing, a: int, b: int, parent: Any) -> None:
    write(add(parent, "signature", refersTo="#signer"), writing.document.text[a:b])


def _attachments(
    writing: Writing, holder: Any, nodes: Sequence[Node], end: int, write_meta: Callable[[Any, Node], None]
) -> None:
    """Attached texts and appendices among `nodes`. What stands behind one belongs to it, up to the next."""
    attached = [node for node in nodes if node.unit.kind == "phu_luc"]
    if not attached:
        return
    box = add(holder, "attachments")
    ends = [*(node.unit.start for node in attached[1:]), end]
    for node, stop in zip(attached, ends, strict=True):
        unit = node.unit
        eid = writing.claim(unit.id if unit.nth == 1 else f"{unit.id}_{unit.nth}")
        doc = add(add(box, "attachment", eId=eid), "doc", name="phu_luc")
        write_meta(doc, node)
        behind = [other for other in nodes if unit.start < other.unit.start < stop and other.unit.kind != "phu_luc"]
        _attached(writing, doc, node, [*node.children, *behind], stop, write_meta)


def _attached(
    writing: Writing, doc: Any, node: Node, nodes: Sequence[Node], end: int, write_meta: Callable[[Any, Node], None]
) -> None:
    start = node.unit.start
    until = min((one.unit.start for one in nodes if one.unit.kind == "phu_luc"), default=end)
    units = [one for one in nodes if one.unit.start < until]
    first = units[0].unit.start if units else start
    if writing.document.text[start:first].strip():
        paragraphs(writing, add(doc, "preface"), start, first, node.unit.id)
    main = add(doc, "mainBody")
    last = write_nodes(writing, main, units, first, until)
    paragraphs(writing, main, last, until, node.unit.id)
    if not len(main):
        _nothing(writing, main)
    _attachments(writing, doc, [one for one in nodes if one.unit.start >= until], end, write_meta)


def prescriptive(head: Masthead) -> bool | None:
    """Whether the act makes rules, None where not known."""
    if head.normative is not None:
        return head.normative
    return symbols.is_normative(head.symbol, head.kind) if head.symbol else None
