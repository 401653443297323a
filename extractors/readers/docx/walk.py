"""One pass over a Word document in reading order: paragraphs, tables, text boxes, notes, headers → lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from corpus.model import Line
from extractors.readers import limits
from extractors.readers.docx import signs
from extractors.readers.docx.fields import Fields
from extractors.readers.docx.numbering import Numbering
from extractors.readers.docx.parts import Parts
from extractors.readers.docx.styles import Style, Styles, character_style, paragraph_style, run_style
from extractors.readers.docx.xml import child, is_on, local, value
from extractors.readers.legacy_fonts import decode, is_legacy

_MOTTO = re.compile(r"(?i)cộng\s+h[òo][aà]\s+xã\s+hội|độc\s+lập\s*[-–]\s*tự\s+do")
_STAMP = re.compile(r"\W*(?:(?:TUYỆT|TỐI)\s+)?MẬT\W*|(?i:.{0,20}độ mật\s*:.{0,30})")
_BREAK = "\x1e"  # a soft line break inside a paragraph
_MOST_STEPS = 3_000_000
"""Paragraphs, cells, runs and their parts in one file: a report of 500 pages takes some 0.3 million. A note that is
called a thousand times counts a thousand times."""
_TAKEN_OUT = ("del", "moveFrom")
_CONTAINERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice")
_SKIPPED = frozenset({
    "delText", "instrText", "delInstrText", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "tblGrid",
    "trPr", "tcPr", "sdtPr", "sdtEndPr", "commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd",
    "proofErr", "footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator", "ruby",
})  # fmt: skip


@dataclass(slots=True)
class _Paragraph:
    """What is being collected for one paragraph."""

    parts: list[str]
    style: Style
    page: int
    letters: int = 0
    bold: int = 0
    italic: int = 0
    contents: bool = False  # a line of a table of contents


class Walk:
    """The pass; `out` holds the lines so far. Text order is that of the XML, text boxes after their paragraph."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.styles = Styles(parts.one("styles"))
        self.numbering = Numbering(parts.one("numbering"))
        self.numbering.link_styles(self.styles.numbers())
        self.out: list[Line] = []
        self.page = 1
        self.rendered = False
        self.tables: list[int] = []
        self.fields = Fields()
        self.boxes: list[Any] = []
        self.notes: list[tuple[str, str]] = []
        self.carried: _Paragraph | None = None
        self.steps = 0
        self.letters = 0

    def step(self) -> None:
        """Count an element; `Excess` where there are more than in any real file."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise limits.Excess("steps")

    def lines(self) -> list[Line]:
        """All lines. `KeyError` where the package has no text."""
        document = self.parts.document()
        self.rendered = next(document.iter("{*}lastRenderedPageBreak"), None) is not None
        self.fields = Fields(document)
        body = child(document, "body")
        if body is None:
            raise KeyError("body")
        self.blocks(body)
        self.flush()
        body_lines = self.out
        around = [*self.from_headers(), *body_lines, *self.from_notes()]
        self.out = around
        return around

    # --- blocks

    def blocks(self, container: Any) -> None:
        for element in container:
            self.step()
            name = local(element.tag)
            if name == "p":
                self.paragraph(element)
            elif name == "tbl":
                self.table(element)
            elif name == "sdt" and _is_contents(element):
                continue
            elif name in _CONTAINERS:
                self.blocks(element)

    def flush(self) -> None:
        """A paragraph whose end was deleted, but after which none comes that it could go on in."""
        if self.carried is not None:
            carried, self.carried = self.carried, None
            self.emit(carried, "")

    def table(self, element: Any) -> None:
        self.flush()
        self.tables.append(len(self.out))
        for row in _rows(element):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                continue
            for cell in row:
                self.cell(cell)
        first = self.tables.pop()
        if not self.tables and first < 40 and any(_MOTTO.search(line.text) for line in self.out[first:]):
            self.out[first:] = [replace(line, region="masthead") for line in self.out[first:]]

    def cell(self, element: Any) -> None:
        """A cell, also one inside a content control; none that a tracked change took out."""
        name = local(element.tag)
        if name == "tc":
            properties = child(element, "tcPr")
            if properties is None or child(properties, "cellDel") is None:
                self.blocks(element)
                self.flush()
        elif name in ("sdt", "sdtContent", "customXml"):
            for one in element:
                self.cell(one)

    def paragraph(self, element: Any) -> None:
        properties = child(element, "pPr")
        style, label, deleted = self.properties(properties)
        paragraph = self.carried or _Paragraph([], style, self.page)
        paragraph.style = style
        self.carried = None
        self.inline(element, paragraph, style)
        boxes, self.boxes = self.boxes, []
        if deleted:
            self.carried = paragraph
        else:
            self.emit(paragraph, label)
        for box in boxes:
            self.blocks(box)

    def properties(self, properties: Any | None) -> tuple[Style, str, bool]:
        """A paragraph's style, the number that it bears, and whether its end was deleted by a tracked change."""
        name = self.styles.default
        if properties is not None and (named := child(properties, "pStyle")) is not None:
            name = value(named)
        style = replace(self.styles.of(name))
        from_style = style.num
        deleted = False
        if properties is not None:
            paragraph_style(properties, style)
            mark = child(properties, "rPr")
            deleted = mark is not None and any(child(mark, name) is not None for name in _TAKEN_OUT)
            broken = child(properties, "pageBreakBefore")
            if not self.rendered and broken is not None and is_on(broken):
                self.page += 1
        if not style.num or style.num == "0" or deleted:
            return style, "", deleted
        level = style.level
        if style.num == from_style and name is not None:
            tied = self.numbering.level_of_style(style.num, name)
            level = tied if tied is not None and style.level is None else level
        return style, self.numbering.label(style.num, level or 0), deleted

    def emit(self, paragraph: _Paragraph, label: str) -> None:
        """The paragraph as lines: one, or one for each soft break inside it."""
        pieces = "".join(paragraph.parts).split(_BREAK)
        if paragraph.contents or not any(piece.strip() for piece in pieces):
            return
        if label:
            pieces[0] = f"{label} {pieces[0].lstrip()}"
        letters = paragraph.letters * 0.9
        starts: bool | None = True
        for piece in pieces:
            if not piece.strip():
                starts = True
                continue
            for number, cell in enumerate(self.columns(piece)):
                self.out.append(
                    Line(
                        cell, paragraph.page, bold=paragraph.bold > letters, italic=paragraph.italic > letters,
                        centered=bool(paragraph.style.centered), starts_paragraph=starts if number == 0 else True,
                        region="table" if self.tables else "body",
                    )
                )  # fmt: skip
            starts = None

    def columns(self, piece: str) -> list[str]:
        """A masthead set in two columns with tabs: each column a line of its own."""
        if "\t" in piece and len(self.out) < 16 and _MOTTO.search(piece):
            return [cell for cell in re.split(r"\t+", piece) if cell.strip()]
        return [piece]

    # --- inside a paragraph

    def inline(self, element: Any, paragraph: _Paragraph, style: Style) -> None:
        for part in element:
            self.step()
            name = local(part.tag)
            if name == "r":
                self.run(part, paragraph, style)
            elif name == "fldChar":
                self.fields.step(part)
            elif name in _TAKEN_OUT:
                # What is taken out may hold one end of a field whose other end stays.
                for end in part.iter("{*}fldChar"):
                    self.fields.step(end)
            elif name == "t" and "math" in str(part.tag):
                self.add(part.text or "", paragraph, style)
            elif name not in _SKIPPED:
                self.inline(part, paragraph, style)

    def run(self, element: Any, paragraph: _Paragraph, style: Style) -> None:
        properties = child(element, "rPr")
        if properties is not None:
            named = child(properties, "rStyle")
            style = replace(style) if named is None else character_style(style, self.styles.of(value(named)))
            run_style(properties, style)
        for part in element:
            self.step()
            name = local(part.tag)
            if name == "fldChar":
                self.fields.step(part)
            elif name == "instrText":
                self.fields.instruction(part.text or "")
            elif name == "lastRenderedPageBreak":
                self.page += 1
                self.turned(paragraph)
            elif name in ("drawing", "pict", "object"):
                self.drawing(part)
            elif name == "AlternateContent":
                chosen = child(part, "Choice")
                if chosen is not None:
                    self.drawing(chosen)
            elif not self.fields.shown or style.hidden:
                continue
            elif name == "t":
                self.add(part.text or "", paragraph, style)
            elif name == "tab" or name == "ptab":
                paragraph.parts.append("\t")
            elif name in ("br", "cr"):
                self.line_break(part, paragraph)
            elif name == "noBreakHyphen":
                paragraph.parts.append("-")
            elif name == "softHyphen" and style.font and is_legacy(style.font):
                # LibreOffice writes the ư of TCVN3 so; in today's fonts it shows nothing.
                self.add("\xad", paragraph, style)
            elif name == "sym":
                self.symbol(part, paragraph, style)
            elif name in ("footnoteReference", "endnoteReference"):
                self.note(part, name, paragraph)

    def turned(self, paragraph: _Paragraph) -> None:
        """A page break before any text of the paragraph puts the paragraph on the new page."""
        if not any(part.strip() for part in paragraph.parts):
            paragraph.page = self.page

    def line_break(self, element: Any, paragraph: _Paragraph) -> None:
        kind = value(element, "type")
        if kind == "page" and not self.rendered:
            self.page += 1
            self.turned(paragraph)
        paragraph.parts.append(_BREAK if kind in (None, "textWrapping") else " ")

    def symbol(self, element: Any, paragraph: _Paragraph, style: Style) -> None:
        self.add(signs.drawn(value(element, "font"), value(element, "char")), paragraph, replace(style, font=None))

    def note(self, element: Any, name: str, paragraph: _Paragraph) -> None:
        """A mark in brackets: bare, its number would glue to the number before it."""
        self.notes.append((name, value(element, "id") or ""))
        paragraph.parts.append(f" [{len(self.notes)}]")

    def drawing(self, element: Any) -> None:
        """Text boxes are read after the paragraph that anchors them; of two renderings only the first."""
        for part in element.iter():
            if local(part.tag) == "txbxContent" and not _is_read_elsewhere(part, element):
                self.boxes.append(part)

    def add(self, text: str, paragraph: _Paragraph, style: Style) -> None:
        if style.font and is_legacy(style.font):
            text = decode(text, style.font)
        paragraph.contents = paragraph.contents or self.fields.in_contents
        if style.caps:
            text = text.upper()
        self.letters += len(text)
        if self.letters > limits.MAX_LETTERS:
            raise limits.Excess("letters")
        paragraph.parts.append(text)
        count = len(text.strip())
        paragraph.letters += count
        paragraph.bold += count if style.bold else 0
        paragraph.italic += count if style.italic else 0

    # --- around the body

    def story(self, root: Any) -> None:
        """Read what stands apart from the body: `out` holds its lines alone."""
        self.out, self.tables, self.fields = [], [], Fields(root)
        self.blocks(root)
        self.flush()

    def from_headers(self) -> list[Line]:
        """Headers: part of the text only where they hold the masthead or a stamp of secrecy."""
        lines: list[Line] = []
        for header in self.parts.headers():
            self.story(header)
            holds = any(_MOTTO.search(line.text) or _STAMP.fullmatch(line.text.strip()) for line in self.out)
            lines += [replace(line, page=1, region="masthead" if holds else "header") for line in self.out]
        return lines

    def from_notes(self) -> list[Line]:
        """Notes in the order of their marks, each beginning with its mark."""
        lines: list[Line] = []
        marks = list(self.notes)
        for part, kind in (("footnotes", "footnoteReference"), ("endnotes", "endnoteReference")):
            root = self.parts.one(part) if any(name == kind for name, _ in marks) else None
            by_id = {value(note, "id"): note for note in root} if root is not None else {}
            for number, (name, identity) in enumerate(marks, 1):
                if name != kind or identity not in by_id:
                    continue
                self.story(by_id[identity])
                for position, line in enumerate(self.out):
                    text = f"[{number}] {line.text.lstrip()}" if position == 0 else line.text
                    lines.append(replace(line, text=text, region="footnote"))
        return lines


def _is_contents(element: Any) -> bool:
    """Whether a content control is the gallery's table of contents, a copy of the headings below it."""
    properties = child(element, "sdtPr")
    gallery = next(properties.iter("{*}docPartGallery"), None) if properties is not None else None
    return gallery is not None and value(gallery) == "Table of Contents"


def _is_read_elsewhere(box: Any, drawing: Any) -> bool:
    """Whether a text box is the second rendering of one, or lies in another that is read itself."""
    for above in box.iterancestors():
        if above is drawing:
            return False
        if local(above.tag) in ("Fallback", "txbxContent"):
            return True
    return False


def _rows(element: Any) -> list[Any]:
    """Rows of a table, also those inside content controls and tracked insertions."""
    rows: list[Any] = []
    for part in element:
        name = local(part.tag)
        if name == "tr":
            rows.append(part)
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            rows += _rows(part)
    return rows
