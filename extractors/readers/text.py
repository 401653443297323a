"""Plain text: its encoding, its pages, a masthead set in two columns with spaces."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from corpus.model import Line
from corpus.text import calmed
from extractors.readers import Reading, legacy_fonts

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
_RIGHT_COLUMN = re.compile(
    r"(?i)cộng h[òo][aà] xã|xã hội chủ nghĩa|chủ nghĩa việt nam|độc lập|tự do|hạnh phúc"
    r"|ngày\s.{0,9}tháng\s.{0,9}năm|^[-_*=]{4,}$"
)
_LINE_BREAK = re.compile("[\n\x0b\x85\u2028\u2029]")
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:Trang\s)?\d{1,4}(?:\s?/\s?\d{1,4})?[-–\s]*")


def read(path: Path) -> Reading:
    """Lines as they stand, empty ones too: cleaning joins what only the paper's width broke."""
    return Reading(tuple(lines_of(decode(path.read_bytes()))))


def decode(raw: bytes) -> str:
    """The text of a file of unknown encoding: a byte order mark, UTF-8, UTF-16, else windows-1258.

    TCVN3 and VNI come as their bytes, which `readers.read` then decodes.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    if b"\x00" in raw[:400]:
        return raw.decode("utf-16-le" if raw[1:400:2].count(0) >= raw[0:400:2].count(0) else "utf-16-be", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = raw.decode("utf-8", "replace")
    # A cut or damaged UTF-8 file has few bad places; an old single-byte one has one in every second word.
    if text.count("�") * 50 < len(text):
        return text
    single = raw.decode("latin-1")
    if legacy_fonts.by_statistics(single):
        return single
    # windows-1258 writes tone marks as combining letters after the vowel.
    return unicodedata.normalize("NFC", calmed(raw.decode("cp1258", "replace")))


def lines_of(text: str) -> list[Line]:
    """Lines with pages counted by form feeds; lone page numbers next to a form feed are left out."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    out: list[Line] = []
    for number, page in enumerate(pages, 1):
        rows = _LINE_BREAK.split(page)
        if len(pages) > 1:
            rows = _without_page_number(rows)
        out.extend(Line(row, number) for row in rows)
    return _split_masthead(out)


def _without_page_number(rows: list[str]) -> list[str]:
    """A page's rows without a lone number in its first or last written row."""
    written = [i for i, row in enumerate(rows) if row.strip()]
    ends = {i for i in (written[:1] + written[-1:]) if _PAGE_NUMBER.fullmatch(rows[i].strip())}
    return [row for i, row in enumerate(rows) if i not in ends]


def _split_masthead(lines: list[Line]) -> list[Line]:
    """Two columns set with spaces at the head of a text: the left column's lines, then the right one's."""
    head = [i for i, line in enumerate(lines[:40]) if line.text.strip()][:14]
    split = [i for i in head if _RIGHT_COLUMN.search(_right_cell(lines[i].text))]
    if not split:
        return lines
    last = split[-1]
    left: list[Line] = []
    right: list[Line] = []
    for line in lines[: last + 1]:
        cells = [cell for cell in _GAP.split(line.text.strip()) if cell]
        indented = len(line.text) - len(line.text.lstrip()) >= 20
        if len(cells) >= 2:
            left.append(_cell(" ".join(cells[:-1]), line))
            right.append(_cell(cells[-1], line))
        elif cells:
            (right if indented else left).append(_cell(cells[0], line))
    return [*left, *right, *lines[last + 1 :]]


def _right_cell(text: str) -> str:
    """What stands after the last wide gap of a line, "" where it has none."""
    cells = _GAP.split(text)
    return cells[-1].strip() if len(cells) > 1 else ""


def _cell(text: str, line: Line) -> Line:
    return Line(text, line.page, starts_paragraph=None, region="masthead")
