"""Where an amending act quotes the act that it amends: “…” after "như sau:".

A quotation may run over many paragraphs and articles; its closing mark may be missing. Nghị định
78/2025/NĐ-CP, Điều 70: the new text stands in quotation marks after the instruction.
"""

from __future__ import annotations

import re

INSTRUCTION = r"(?:[Ss]ửa|[Bb]ổ sung|[Tt]hay|[Bb]ãi bỏ|[Bb]ỏ |[Hh]ủy|[Hh]uỷ|[Đđ]ính chính|[Đđ]ổi|[Cc]huyển|[Gg]iữ nguyên)"
_AMENDS = re.compile(r"[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay thế|[Tt]hay cụm|[Đđ]ính chính|SỬA ĐỔI|[Ss]ửa ")
_OPEN = re.compile(r"(?:: *\n? *|như sau\.? *\n? *|\n *)([\"“”«])")
_UNIT = re.compile(r"[\"“”«] *(?:Điều \d|Chương [IVX\d]|Mục \d|\d{1,3}[a-zđ]?\d?\.|[a-zđ]\d?\)|PHỤ LỤC|Phụ lục|Mẫu số)")
_MARKS = re.compile(r"[\"“”«»]")
_LINE_END = re.compile(r"[\"”“»] *[.;,)]{0,2} *(?:và *)?(?=\n|$)")
_NEXT = re.compile(r"\n *(?:\d{1,3}[a-zđ]?\. *|[a-zđ]\d?\) *|Điều \d{1,4}[a-zđ]?\. *)" + INSTRUCTION)
_ARTICLE = re.compile(r"\n *Điều (\d{1,4})[.:]")


def blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges inside the quotation marks of the quoted passages of `text[start:end]`, in order."""
    if not _AMENDS.search(text, start, end):
        return []
    found: list[tuple[int, int]] = []
    at = start
    while match := _OPEN.search(text, at, end):
        opening = match.start(1)
        if not _opens(text, match):
            at = opening + 1
            continue
        close = _close(text, opening, end)
        found.append((opening + 1, close))
        at = max(close, opening + 1)
    return found


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a mark opens a quotation of another act: after an instruction, or before one of its units."""
    opening = match.start(1)
    if match[0].startswith("\n"):
        return bool(_UNIT.match(text, opening))
    line = text.rfind("\n", 0, match.start()) + 1
    return bool(_AMENDS.search(text, line, match.start()))


def _close(text: str, opening: int, end: int) -> int:
    """Where the quotation that opens at `opening` ends: at its closing mark, else before the next instruction."""
    line_end = text.find("\n", opening)
    line_end = end if line_end < 0 else line_end
    straight = text[opening] == '"'
    depth = 1
    for match in _MARKS.finditer(text, opening + 1, end):
        at, sign = match.start(), match[0]
        ends_line = bool(_LINE_END.match(text, at))
        if straight:
            if sign == '"' and (ends_line or (at < line_end and depth == 1)) or sign == "”" and ends_line:
                return at
            continue
        if sign in "“«":
            if ends_line and depth:
                depth -= 1
            else:
                depth += 1
        elif sign in "”»" or ends_line:
            depth -= 1
        if depth <= 0 and (ends_line or at < line_end):
            return at
        if ends_line and _NEXT.match(text, _LINE_END.match(text, at).end()):  # type: ignore[union-attr]
            return at
    bound = _NEXT.search(text, line_end, end) or _ARTICLE.search(text, line_end, end)
    return bound.start() if bound else end
