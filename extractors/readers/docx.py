"""Word files: what the paper shows, in reading order.

Automatic numbers, tables (left cell before right cell), text boxes, tracked changes as if accepted, the
results of fields, notes after the body; headers only where they hold a masthead or a stamp of secrecy.
Read straight from the XML: python-docx shows neither numbers, notes, text boxes nor tracked changes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.model import Line
from extractors.readers import Reading
from extractors.readers.legacy_fonts import decode, is_legacy
from extractors.readers.numbering import Numbering, child, local, value

_MOTTO = re.compile(r"(?i)cộng\s+h[òo][aà]\s+xã\s+hội|độc\s+lập\s*[-–]\s*tự\s+do")
_STAMP = re.compile(r"\W*(?:(?:TUYỆT|TỐI)\s+)?MẬT\W*|(?i:.{0,20}độ mật\s*:.{0,30})")
_PAGES = re.compile(rb"<Pages>(\d{1,5})</Pages>")
_OFF = ("0", "false", "off", "none")
_BREAK = "\x1e"  # a soft line break inside a paragraph
_SKIPPED = frozenset({
    "del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "tblGrid",
    "trPr", "tcPr", "sdtPr", "sdtEndPr", "commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd",
    "proofErr", "footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator", "ruby",
})  # fmt: skip


def read(path: Path) -> Reading:
    """Lines of a DOCX, pages where Word noted them. A file that cannot be parsed is `damaged`."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _Parts(archive, parser)
            return Reading(tuple(_Walk(parts).lines()))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, EOFError, zlib.error, OSError) as error:
        reason = f"{path}: tệp Word bị hỏng ({type(error).__name__}); hãy mở và lưu lại từ bản gốc."
        return Reading(outcome="damaged", message=reason)


def load() -> None:
    """Import what reading needs, ahead of a fork."""
    import lxml.etree  # noqa: F401


def pages(path: Path) -> int:
    """Pages that Word counted when it last saved the file, 0 where it did not."""
    with zipfile.ZipFile(path) as archive:
        if "docProps/app.xml" not in archive.namelist():
            return 0
        found = _PAGES.search(archive.read("docProps/app.xml"))
    return int(found[1]) if found else 0


class _Parts:
    """The XML parts of the package, parsed when asked for."""

    def __init__(self, archive: zipfile.ZipFile, parser: Any) -> None:
        self._archive = archive
        self._parser = parser
        self._names = set(archive.namelist())

    def root(self, name: str) -> Any | None:
        from lxml import etree

        if name not in self._names:
            return None
        return etree.fromstring(self._archive.read(name), self._parser)

    def needed(self, name: str) -> Any:
        root = self.root(name)
        if root is None:
            raise KeyError(name)
        return root

    def headers(self) -> list[Any]:
        names = sorted(name for name in self._names if re.fullmatch(r"word/header\d{0,3}\.xml", name))
        return [root for name in names[:12] if (root := self.root(name)) is not None]


@dataclass(slots=True)
class _Style:
    """What a style says of its paragraphs or runs; None where it says nothing."""

    based_on: str | None = None
    num: str | None = None
    level: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    centered: bool | None = None
    font: str | None = None


class _Styles:
    """Styles with what they inherit."""

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._own: dict[str, _Style | None] = {}
        self._whole: dict[str, _Style] = {}
        self.default: str | None = None
        self.base = _Style()
        for element in root if root is not None else ():
            name = local(element.tag)
            if name == "style":
                identity = value(element, "styleId") or ""
                self._elements[identity] = element
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
                    self.default = identity
            elif name == "docDefaults":
                runs = child(element, "rPrDefault")
                if runs is not None:
                    self.base = _style(runs)

    def of(self, identity: str | None) -> _Style:
        """A style with all that it inherits; an empty one for an unknown name."""
        if identity is None:
            return self.base
        if identity not in self._whole:
            chain: list[_Style] = []
            at: str | None = identity
            while at is not None and len(chain) < 12 and (one := self._one(at)) is not None:
                chain.append(one)
                at = one.based_on
            whole = replace(self.base)
            for style in reversed(chain):
                for field in ("num", "level", "bold", "italic", "caps", "hidden", "centered", "font"):
                    said = getattr(style, field)
                    if said is not None:
                        setattr(whole, field, said)
            self._whole[identity] = whole
        return self._whole[identity]

    def _one(self, identity: str) -> _Style | None:
        """What a style says itself; Word files bring hundreds, of which few are used."""
        if identity not in self._own:
            element = self._elements.get(identity)
            self._own[identity] = None if element is None else _style(element)
        return self._own[identity]

    def numbers(self) -> dict[str, str]:
        """The list of each numbering style."""
        lists = (name for name, element in self._elements.items() if value(element, "type") == "numbering")
        return {name: style.num for name in lists if (style := self._one(name)) is not None and style.num}


def _style(element: Any) -> _Style:
    style = _Style()
    for part in element:
        name = local(part.tag)
        if name == "basedOn":
            style.based_on = value(part)
        elif name == "pPr":
            _paragraph_style(part, style)
        elif name == "rPr":
            _run_style(part, style)
    return style


def _paragraph_style(element: Any, style: _Style) -> None:
    for part in element:
        name = local(part.tag)
        if name == "numPr":
            for one in part:
                if local(one.tag) == "numId":
                    style.num = value(one)
                elif local(one.tag) == "ilvl":
                    style.level = int(value(one) or 0)
        elif name == "jc":
            style.centered = value(part) == "center"


def _run_style(element: Any, style: _Style) -> None:
    for part in element:
        name = local(part.tag)
        if name in ("b", "i", "caps", "vanish"):
            field = {"b": "bold", "i": "italic", "caps": "caps", "vanish": "hidden"}[name]
            setattr(style, field, (value(part) or "1") not in _OFF)
        elif name == "rFonts":
            style.font = value(part, "ascii") or value(part, "hAnsi") or style.font


@dataclass(slots=True)
class _Paragraph:
    """What is being collected for one paragraph."""

    parts: list[str]
    style: _Style
    page: int
    letters: int = 0
    bold: int = 0
    italic: int = 0


class _Walk:
    """One pass over the body in document order."""

    def __init__(self, parts: _Parts) -> None:
        self.parts = parts
        self.styles = _Styles(parts.root("word/styles.xml"))
        self.numbering = Numbering(parts.root("word/numbering.xml"))
        self.numbering.link_styles(self.styles.numbers())
        self.out: list[Line] = []
        self.page = 1
        self.rendered = False
        self.tables: list[int] = []
        self.fields: list[bool] = []  # for each open field: whether its result has begun
        self.boxes: list[Any] = []
        self.notes: list[tuple[str, str]] = []
        self.carried: _Paragraph | None = None
        self.region = "body"

    def lines(self) -> list[Line]:
        document = self.parts.needed("word/document.xml")
        self.rendered = any(local(element.tag) == "lastRenderedPageBreak" for element in document.iter())
        body = child(document, "body")
        if body is None:
            raise KeyError("body")
        self.blocks(body)
        if self.carried is not None:
            self.emit(self.carried, "")
            self.carried = None
        body_lines = self.out
        return [*self.from_headers(), *body_lines, *self.from_notes()]

    # --- blocks

    def blocks(self, container: Any) -> None:
        for element in container:
            name = local(element.tag)
            if name == "p":
                self.paragraph(element)
            elif name == "tbl":
                self.table(element)
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"):
                self.blocks(element)

    def table(self, element: Any) -> None:
        self.tables.append(len(self.out))
        for row in _rows(element):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                continue
            for cell in row:
                if local(cell.tag) == "tc":
                    self.blocks(cell)
                elif local(cell.tag) == "sdt":
                    content = child(cell, "sdtContent")
                    for one in content if content is not None else ():
                        self.blocks(one)
        first = self.tables.pop()
        if not self.tables and first < 40 and any(_MOTTO.search(line.text) for line in self.out[first:]):
            self.out[first:] = [replace(line, region="masthead") for line in self.out[first:]]

    def paragraph(self, element: Any) -> None:
        properties = child(element, "pPr")
        style, label, deleted = self.properties(properties)
        paragraph = self.carried or _Paragraph([], style, self.page)
        self.carried = None
        self.inline(element, paragraph, style)
        boxes, self.boxes = self.boxes, []
        if deleted:
            self.carried = paragraph
        else:
            self.emit(paragraph, label)
        for box in boxes:
            self.blocks(box)

    def properties(self, properties: Any | None) -> tuple[_Style, str, bool]:
        """A paragraph's style, the number that it bears, and whether its end was deleted by a tracked change."""
        name = self.styles.default
        if properties is not None and (named := child(properties, "pStyle")) is not None:
            name = value(named)
        style = replace(self.styles.of(name))
        from_style = style.num
        deleted = False
        if properties is not None:
            _paragraph_style(properties, style)
            mark = child(properties, "rPr")
            deleted = mark is not None and child(mark, "del") is not None
            broken = child(properties, "pageBreakBefore")
            if not self.rendered and broken is not None and (value(broken) or "1") not in _OFF:
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
        if not any(piece.strip() for piece in pieces):
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

    def inline(self, element: Any, paragraph: _Paragraph, style: _Style) -> None:
        for part in element:
            name = local(part.tag)
            if name == "r":
                self.run(part, paragraph, style)
            elif name == "fldChar":
                self.field(part)
            elif name == "t" and "math" in str(part.tag):
                self.add(part.text or "", paragraph, style)
            elif name not in _SKIPPED:
                self.inline(part, paragraph, style)

    def run(self, element: Any, paragraph: _Paragraph, style: _Style) -> None:
        properties = child(element, "rPr")
        if properties is not None:
            named = child(properties, "rStyle")
            style = replace(style)
            if named is not None:
                over = self.styles.of(value(named))
                for field in ("bold", "italic", "caps", "hidden", "font"):
                    said = getattr(over, field)
                    if said is not None:
                        setattr(style, field, said)
            _run_style(properties, style)
        for part in element:
            name = local(part.tag)
            if name == "fldChar":
                self.field(part)
            elif name == "lastRenderedPageBreak":
                self.page += 1
                self.turned(paragraph)
            elif name in ("drawing", "pict", "object"):
                self.drawing(part)
            elif name == "AlternateContent":
                chosen = child(part, "Choice")
                if chosen is not None:
                    self.drawing(chosen)
            elif not self.shown() or style.hidden:
                continue
            elif name == "t":
                self.add(part.text or "", paragraph, style)
            elif name == "tab" or name == "ptab":
                paragraph.parts.append("\t")
            elif name in ("br", "cr"):
                self.line_break(part, paragraph)
            elif name == "noBreakHyphen":
                paragraph.parts.append("-")
            elif name == "sym":
                self.symbol(part, paragraph, style)
            elif name in ("footnoteReference", "endnoteReference"):
                self.note(part, name, paragraph)

    def shown(self) -> bool:
        """Whether text here shows: outside the instructions of all open fields."""
        return all(self.fields)

    def field(self, element: Any) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

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

    def symbol(self, element: Any, paragraph: _Paragraph, style: _Style) -> None:
        code = int(value(element, "char") or "20", 16)
        self.add(chr(code), paragraph, replace(style, font=None))

    def note(self, element: Any, name: str, paragraph: _Paragraph) -> None:
        """A mark in brackets: bare, its number would glue to the number before it."""
        self.notes.append((name, value(element, "id") or ""))
        paragraph.parts.append(f" [{len(self.notes)}]")

    def drawing(self, element: Any) -> None:
        """Text boxes are read after the paragraph that anchors them; of two renderings only the first."""
        for part in element.iter():
            if local(part.tag) == "txbxContent" and not any(local(up.tag) == "Fallback" for up in part.iterancestors()):
                self.boxes.append(part)

    def add(self, text: str, paragraph: _Paragraph, style: _Style) -> None:
        if style.font and is_legacy(style.font):
            text = decode(text, style.font)
        if style.caps:
            text = text.upper()
        paragraph.parts.append(text)
        count = len(text.strip())
        paragraph.letters += count
        paragraph.bold += count if style.bold else 0
        paragraph.italic += count if style.italic else 0

    # --- around the body

    def from_headers(self) -> list[Line]:
        """Headers: part of the text only where they hold the masthead or a stamp of secrecy."""
        lines: list[Line] = []
        for header in self.parts.headers():
            self.out, self.tables, self.fields = [], [], []
            self.blocks(header)
            holds = any(_MOTTO.search(line.text) or _STAMP.fullmatch(line.text.strip()) for line in self.out)
            lines += [replace(line, page=1, region="masthead" if holds else "header") for line in self.out]
        return lines

    def from_notes(self) -> list[Line]:
        """Notes in the order of their marks, each beginning with its mark."""
        lines: list[Line] = []
        marks = list(self.notes)
        for part, kind in (("word/footnotes.xml", "footnoteReference"), ("word/endnotes.xml", "endnoteReference")):
            root = self.parts.root(part) if any(name == kind for name, _ in marks) else None
            by_id = {value(note, "id"): note for note in root} if root is not None else {}
            for number, (name, identity) in enumerate(marks, 1):
                if name != kind or identity not in by_id:
                    continue
                self.out, self.tables, self.fields = [], [], []
                self.blocks(by_id[identity])
                for position, line in enumerate(self.out):
                    text = f"[{number}] {line.text.lstrip()}" if position == 0 else line.text
                    lines.append(replace(line, text=text, region="footnote"))
        return lines


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
