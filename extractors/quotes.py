"""Where an amending act quotes the act that it amends: “…” after "như sau:".

A quotation may run over many paragraphs and articles. Its marks are often wrong: the closing one is
missing, stands too early, or every paragraph has one. So the numbering outside the quotation decides:
it ends at the latest before the next instruction ("3. Sửa đổi, bổ sung …" after instruction 2), and it
goes on where the next number cannot belong to the amending act. Nghị định 78/2025/NĐ-CP, Điều 70.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.outline_grammar import follows

_AMENDS = re.compile(r"[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay thế|[Tt]hay cụm|[Đđ]ính chính|SỬA ĐỔI|BỔ SUNG|[Ss]ửa ")
_OPEN = re.compile(r"(?:: *\n? *|như sau\.? *\n? *|\n *(?:\d{1,3}\. *)?)([\"“”«])|([“\"])(?=Điều \d|\d{1,3}[a-zđ]?\. ?[^\W\d_a-zà-ỹ]|[a-zđ]\d?\) )")
_UNIT = re.compile(r"[\"“”«] *(?:Điều \d|Chương [IVX\d]|Mục \d|\d{1,3}[a-zđ]?\d?[.)]|[a-zđ]\d?\)|PHỤ LỤC|Phụ lục|Mẫu số|CHƯƠNG [IVX\d])")
_SIGNS = re.compile(r"(\n *)?([\"“”«»])")
_LINE_END = re.compile(r"[\"”“»] *[.;,)]{0,2} *(?:và *)?(?=\n|$)")
_UNITS = re.compile(r"\n *(?:Điều (?P<art>\d{1,4}[a-zđ]?)[.:]|(?P<num>\d{1,3}[a-zđ]?)[.)](?!\d)|(?P<letter>[a-zđ]\d?)[.)]|(?:Chương|CHƯƠNG) [IVX\d])")
_INSTRUCTS = re.compile(
    r"[^\n]{0,14}?(?:[Ss]ửa|[Bb]ổ sung|[Tt]hay |[Bb]ãi bỏ|[Bb]ỏ |[Hh]ủy|[Hh]uỷ|[Đđ]ính chính|[Đđ]ổi |[Cc]huyển|[Gg]iữ nguyên)"
    r"[^\n]{0,120}?(?:điểm|khoản|[Đđ]iều|[Cc]hương|[Mm]ục|[Pp]hụ lục|cụm từ|[Mm]ẫu|tên|đoạn|từ|số thứ tự|tiêu đề)\b"
)
_CLOSING_ARTICLE = re.compile(r"[^\n]{0,30}?(?:[Hh]iệu lực|[Tt]hi hành|[Tt]ổ chức thực hiện|[Tt]rách nhiệm|[Đđ]iều khoản|[Qq]uy định chuyển tiếp|[Cc]huyển tiếp)")


@dataclass(frozen=True, slots=True)
class _Outside:
    """Numbers of the amending act's own units around a quotation."""

    art: str | None = None
    num: str | None = None
    letter: str | None = None

    def then(self, unit: re.Match[str]) -> _Outside:
        if unit["art"]:
            return _Outside(unit["art"])
        if unit["num"]:
            return _Outside(self.art, unit["num"]) if follows(unit["num"], self.num) else self
        if unit["letter"]:
            return _Outside(self.art, self.num, unit["letter"]) if follows(unit["letter"], self.letter) else self
        return self

    def goes_on(self, unit: re.Match[str]) -> bool:
        """Whether a unit line can be the next of the amending act."""
        for kind, last in (("art", self.art), ("num", self.num), ("letter", self.letter)):
            if unit[kind]:
                return last is not None and follows(unit[kind], last)
        return True


def blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges inside the quotation marks of the quoted passages of `text[start:end]`, in order."""
    if not _AMENDS.search(text, start, end):
        return []
    found: list[tuple[int, int]] = []
    outside = _Outside()
    at = max(start - 1, 0)
    while match := _OPEN.search(text, at, end):
        opening = match.start(1) if match[1] else match.start(2)
        outside = _read(text, at, opening, outside)
        at = opening + 1
        if _opens(text, match, opening):
            close = _close(text, opening, end, outside)
            found.append((opening + 1, close))
            at = max(close, at)
    return found


def _read(text: str, start: int, end: int, outside: _Outside) -> _Outside:
    for unit in _UNITS.finditer(text, start, end):
        outside = outside.then(unit)
    return outside


def _opens(text: str, match: re.Match[str], opening: int) -> bool:
    """Whether a mark opens a quotation of another act: after an instruction, or before one of its units."""
    if match[2]:
        return text[opening - 1] in " .:“\"(" or opening == 0
    if match[0].startswith("\n"):
        return bool(_UNIT.match(text, opening))
    line = text.rfind("\n", 0, match.start()) + 1
    return bool(_AMENDS.search(text, line, match.start()))


def _close(text: str, opening: int, end: int, outside: _Outside) -> int:
    """Where the quotation that opens at `opening` ends (the offset of its closing mark, where it has one)."""
    bound = _bound(text, opening, end, outside)
    close = _balanced(text, opening, bound)
    if close is None:
        return _last_sign(text, opening, bound)
    after = _LINE_END.match(text, close)
    if not after or after.end() >= bound:
        return close
    unit = _UNITS.match(text, after.end())
    if unit is None or unit.end() > bound or outside.goes_on(unit):
        return close
    return _last_sign(text, close + 1, _next_outside(text, after.end(), bound, outside))


def _bound(text: str, opening: int, end: int, outside: _Outside) -> int:
    """The start of the line with the next instruction of the amending act, at the latest `end`."""
    for unit in _UNITS.finditer(text, opening, end):
        if any(unit[kind] for kind in ("art", "num", "letter")) and outside.goes_on(unit):
            if _INSTRUCTS.match(text, unit.end()) or (unit["art"] and _CLOSING_ARTICLE.match(text, unit.end())):
                return unit.start()
    return end


def _next_outside(text: str, start: int, bound: int, outside: _Outside) -> int:
    """The next line that goes on with the amending act or opens another quotation."""
    for unit in _UNITS.finditer(text, start, bound):
        if outside.goes_on(unit):
            bound = unit.start()
            break
    opening = re.compile(r"\n *[\"“«]").search(text, start, bound)
    return opening.start() if opening else bound


def _last_sign(text: str, start: int, bound: int) -> int:
    """The last closing mark at the end of a line before `bound`; without one, `bound` itself."""
    last = max(text.rfind("”", start, bound), text.rfind('"', start, bound))
    if last > start and _LINE_END.match(text, last):
        return last
    return bound


def _balanced(text: str, opening: int, bound: int) -> int | None:
    """The mark that closes by counting, None where there is none before `bound`."""
    line_end = text.find("\n", opening)
    line_end = bound if line_end < 0 else line_end
    straight = text[opening] == '"'
    depth = 1
    for match in _SIGNS.finditer(text, opening + 1, bound):
        at, sign = match.start(2), match[2]
        if match[1] is not None and sign != "”" and _UNIT.match(text, at):
            return match.start()
        ends_line = bool(_LINE_END.match(text, at))
        if straight:
            if (sign == '"' and (ends_line or at < line_end)) or (sign in "”“" and ends_line):
                return at
            continue
        if sign in "“«" and not (ends_line and depth):
            depth += 1
        elif sign in "“«”»" or ends_line:
            depth -= 1
        if depth <= 0 and (ends_line or at < line_end):
            return at
    return None
