"""Saved pages: the act's own text without the page around it, tables in reading order, styles kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.model import Line
from extractors.readers import Reading, legacy_fonts
from extractors.readers.html_fonts import Fonts, are_named

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = frozenset({
    "p", "div", "tr", "td", "th", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table",
    "tbody", "thead", "tfoot", "body", "section", "article", "main", "blockquote", "pre", "center", "header", "footer",
    "figure", "figcaption", "caption", "hr", "form", "fieldset", "address",
})  # fmt: skip
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_ITALIC = frozenset({"i", "em", "cite"})
_JUNK = frozenset({
    "script", "style", "noscript", "template", "nav", "svg", "iframe", "button", "select", "option", "input",
    "textarea", "head", "object", "map",
})  # fmt: skip
_PAGE_MARKS = (b"<script", b"<nav", b"<form", b"<header", b"<button", b"<iframe")
_STYLING = (b"style", b"align")
# A tag as long as a book (a picture may be written inside one), and how many attributes it may have: libxml2 compares
# each with all before it, and nothing ends that but its process's end.
_LONG_TAG = re.compile(rb"<[^<>]{20000,}")
_MOST_ATTRIBUTES = 5_000
_CENTERED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_MOTTO = re.compile(r"(?i)cộng\s+h[òo][aà]\s+xã\s+hội|độc\s+lập\s*[-–]\s*tự\s+do")
_ARTICLE = re.compile(r"(?:^|\n)\s*Điều\s+\d{1,3}[.:]")
_MARK = re.compile(r"\[?\(?(?:\d{1,3}|\*{1,3})\)?\]?")
_UNIT_BEFORE = re.compile(r"(?:^|[\d\s/(.,])(?:[kcdmnµ]?m|ha|s)$")
# Where the known sites keep the act itself.
_ROOTS = (
    "//*[@data-vbpl-content-root]", "//*[@id='toanvancontent']", "//*[contains(@class,'toanvancontent')]",
    "//*[@id='divContentDoc']", "//*[contains(@class,'content1')]", "//*[contains(@class,'fulltext')]",
    "//*[@id='noidungvanban']",
)  # fmt: skip


def read(path: Path) -> Reading:
    """Lines of a saved page; `title` is its `<title>`, where a symbol may stand that the body lacks."""
    return read_page(path, path.read_bytes())


def read_page(path: Path, raw: bytes) -> Reading:
    """As `read`, for a page that lies inside a file (`path` is named in messages only)."""
    from lxml import etree

    if any(len(tag[0].split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(raw)):
        return _damaged(path)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # libxml2 takes only one of the two
        raw = raw.decode("utf-16", "replace").encode()
    encoding = _encoding(raw)
    try:
        parser = etree.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True)
        tree = etree.fromstring(raw, parser)
    except (LookupError, etree.ParserError, etree.XMLSyntaxError):
        tree = None
    if tree is None:
        return _damaged(path)
    if tree.find("frameset") is not None:
        reason = "trang chỉ là khung, nội dung nằm ở tệp khác; hãy mở từng khung trong trình duyệt và lưu lại"
        return Reading(outcome="damaged", message=f"{path}: {reason}.")
    title = " ".join((tree.findtext(".//title") or "").split())
    title = (legacy_fonts.decoded_lines([title]) or [title])[0]
    # Before the content is looked for: what is no text, style sheets too, goes there.
    fonts = Fonts(tree, encoding) if are_named(raw) else None
    root = _content(tree, any(mark in raw for mark in _PAGE_MARKS))
    small = raw.lower()
    walk = _Walk(any(name in small for name in _STYLING), fonts)
    return Reading(tuple(walk.lines(root)), title or None)


def _damaged(path: Path) -> Reading:
    return Reading(outcome="damaged", message=f"{path}: trang HTML bị hỏng; hãy lưu lại trang rồi thử lại.")


def _encoding(raw: bytes) -> str:
    """Encoding that the bytes or the page's own declaration give; UTF-8 where neither does."""
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        if legacy_fonts.by_statistics(raw.decode("latin-1")):
            return "iso-8859-1"  # bytes of TCVN3 or VNI, whatever the page says of them
        found = _META_CHARSET.search(raw[:4096])
        name = found[1].decode("ascii").lower() if found else "windows-1258"
        return "utf-8" if name in ("utf8", "utf-8") else name


def _content(tree: Any, page: bool) -> Any:
    """The element that holds the act: a known container, else the smallest one around masthead and articles."""
    from lxml import etree

    body = tree.find("body")
    body = tree if body is None else body
    if not page:
        return body
    for path in _ROOTS:
        found = tree.xpath(path)
        if found:
            best = max(found, key=lambda element: len(_words(element)))
            if len(_words(best).strip()) > 200:
                return best
    etree.strip_elements(body, *_JUNK, with_tail=False)
    whole = _words(body)
    articles = len(_ARTICLE.findall(whole))
    for element in body.iter("p", "td", "div", "strong", "b", "span"):
        if element.text and _MOTTO.search(element.text):
            for around in element.iterancestors():
                text = _words(around)
                if len(_ARTICLE.findall(text)) * 10 >= articles * 9 if articles else len(text) * 10 >= len(whole) * 6:
                    return around
            break
    return body


def _words(element: Any) -> str:
    return "".join(element.itertext())


class _Walk:
    """One pass over the elements in document order, collecting lines.

    `styled`: whether the page has attributes that say how things look; most pages of acts have none to be asked for.
    `fonts`: of a page that names fonts of before Unicode.
    """

    def __init__(self, styled: bool, fonts: Fonts | None = None) -> None:
        self.styled = styled
        self.fonts = fonts
        self.font = ""
        self.out: list[Line] = []
        self.parts: list[str] = []
        self.letters = self.bold_letters = self.italic_letters = 0
        self.bold = self.italic = self.centered = 0
        self.tables: list[int] = []
        self.after_break = False

    def lines(self, root: Element) -> list[Line]:
        if self.fonts is not None:
            self.font = self.fonts.above(root)
        self.inside(root)
        self.flush()
        return self.out

    def inside(self, element: Element) -> None:
        """Text and children of an element, as deep as they go (the parser refuses pages nested deeper than 256)."""
        if text := element.text:
            self.add(text)
        for child in element:
            tag = child.tag
            if tag in _BLOCKS:
                self.block(child, tag)
            elif tag == "br":
                self.line_break()
            elif tag not in _JUNK:
                self.phrase(child, tag)
            if (tail := child.tail) and (self.parts or not tail.isspace()):
                self.add(tail)

    def block(self, element: Element, tag: Any) -> None:
        """An element that stands on lines of its own."""
        if self.parts:
            self.flush()
        self.after_break = False
        flags = 1 if tag in _BOLD else 4 if tag == "center" else 0
        if self.styled and (attributes := element.attrib):
            if "style" in attributes and _HIDDEN.search(attributes["style"]):
                return
            flags |= _styles(tag, attributes)
        around = self.font
        if self.fonts is not None:
            self.change_font(element, tag)
        if not len(element) and tag != "table":
            text = element.text or ""
            if words := " ".join((self.fonts.read(text, self.font) if self.fonts and self.font else text).split()):
                self.line(words, self.bold or flags & 1, self.italic or flags & 2, self.centered or flags & 4)
            self.font = around
            return
        if tag == "table":
            self.tables.append(len(self.out))
        if flags:
            self.shift(flags, 1)
        self.inside(element)
        if self.parts:
            self.flush()
        self.after_break = False
        if flags:
            self.shift(flags, -1)
        self.font = around
        if tag == "table":
            self.close_table(self.tables.pop())

    def phrase(self, element: Element, tag: Any) -> None:
        """An element inside a line."""
        flags = 1 if tag in _BOLD else 2 if tag in _ITALIC else 0
        if self.styled and (attributes := element.attrib):
            if "style" in attributes and _HIDDEN.search(attributes["style"]):
                return
            flags |= _styles(tag, attributes)
        around = self.font
        if self.fonts is not None:
            self.change_font(element, tag)
        if flags:
            self.shift(flags, 1)
        if tag == "sup" and element.text and self.footnote_mark(element):
            self.add(f" [{element.text.strip().strip('[]()')}]")
        else:
            self.inside(element)
        if flags:
            self.shift(flags, -1)
        self.font = around

    def change_font(self, element: Element, tag: Any) -> None:
        """Set the font that an element names; that around it comes back behind it."""
        assert self.fonts is not None
        named = self.fonts.of(tag, element.attrib)
        if named is not None:
            self.font = named

    def line_break(self) -> None:
        """After one break the text decides whether a sentence goes on; two make a paragraph."""
        broken = bool(self.parts)
        self.flush()
        self.after_break = broken

    def add(self, text: str) -> None:
        if text.isspace():
            if self.parts:
                self.parts.append(" ")
            return
        if self.font and self.fonts is not None:
            text = self.fonts.read(text, self.font)
        self.parts.append(text)
        count = len(text)
        self.letters += count
        if self.bold:
            self.bold_letters += count
        if self.italic:
            self.italic_letters += count

    def shift(self, flags: int, by: int) -> None:
        if flags & 1:
            self.bold += by
        if flags & 2:
            self.italic += by
        if flags & 4:
            self.centered += by

    def footnote_mark(self, element: Element) -> bool:
        """Whether a superscript is the mark of a note: it must not glue to the number before it."""
        if len(element) or not _MARK.fullmatch((element.text or "").strip()):
            return False
        before = "".join(self.parts[-3:]).rstrip()
        return bool(before) and not _UNIT_BEFORE.search(before)

    def flush(self) -> None:
        """End the line."""
        if not self.parts:
            return
        words = " ".join("".join(self.parts).split())
        if words:
            letters = self.letters * 0.9
            self.line(words, self.bold_letters > letters, self.italic_letters > letters, self.centered)
        self.parts = []
        self.letters = self.bold_letters = self.italic_letters = 0

    def line(self, words: str, bold: int, italic: int, centered: int) -> None:
        self.out.append(
            Line(
                words, bold=bold > 0, italic=italic > 0, centered=centered > 0,
                starts_paragraph=None if self.after_break else True, region="table" if self.tables else "body",
            )
        )  # fmt: skip

    def close_table(self, first: int) -> None:
        """A table that holds the motto is the masthead."""
        if not self.tables and first < 40 and any(_MOTTO.search(line.text) for line in self.out[first:]):
            self.out[first:] = [_in_masthead(line) for line in self.out[first:]]


def _in_masthead(line: Line) -> Line:
    return Line(
        line.text, bold=line.bold, italic=line.italic, centered=line.centered,
        starts_paragraph=line.starts_paragraph, region="masthead",
    )  # fmt: skip


def _styles(tag: Any, attributes: Any) -> int:
    """Bits of bold (1), italic (2) and centred (4) that an element's attributes add to those of its tag."""
    flags = 4 if tag == "center" or attributes.get("align") == "center" else 0
    style = attributes.get("style")
    if style:
        if not flags and _CENTERED.search(style):
            flags = 4
        if tag not in _BOLD and _BOLD_STYLE.search(style):
            flags |= 1
        if tag not in _ITALIC and _ITALIC_STYLE.search(style):
            flags |= 2
    return flags
