"""Where an amending act quotes the act that it amends: “…” after "như sau:".

A quotation may run over many paragraphs and articles. Its marks are often wrong: the closing one is
missing, stands too early, or every paragraph has one. So the numbering outside the quotation decides:
it ends at the latest before the next instruction ("3. Sửa đổi, bổ sung …" after instruction 2), and it
goes on where the next number cannot belong to the amending act. Nghị định 78/2025/NĐ-CP, Điều 70.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.outline.grammar import CAPITAL, Mark, follows

_WORDS = ("ửa đổi", "ổ sung", "hay thế", "hay cụm", "ính chính", "SỬA ĐỔI", "Sửa ")
_AMENDS = re.compile(r"[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay thế|[Tt]hay cụm|[Đđ]ính chính|SỬA ĐỔI|BỔ SUNG|[Ss]ửa ")
_SIGN = "\"“”«"
_OPENS_LINE = re.compile(r"\n *[\"“«]")
_SIGNS = re.compile(r"[\"“”«»]")
_UNIT = re.compile(
    r"[\"“”«] *(?:Điều \d|(?:Chương|CHƯƠNG) [IVX\d]|Mục \d|\d{1,3}[a-zđ]?\d?[.)]|[a-zđ]\d?\)"
    r"|(?:PHỤ LỤC|Phụ lục|Mẫu số)(?! này))"
)
_UNIT_INLINE = re.compile(r"[\"“] ?(?:Điều \d|\d{1,3}[a-zđ]?\. ?[" + CAPITAL + r"]|[a-zđ]\d?\) )")
_LINE_END = re.compile(r"[\"”“»] *[.;,)]{0,2} *(?:và *)?(?=\n|$)")
# A verb of amending and a unit of an act: "Bổ sung nguồn vốn cho mục tiêu …" is a rule, no instruction.
_INSTRUCTS = re.compile(
    r"[^\n]{0,14}?(?:[Ss]ửa đổi|[Ss]ửa |[Bb]ổ sung|[Tt]hay (?:thế|cụm|từ)|[Bb]ãi bỏ|[Hh]ủy bỏ|[Hh]uỷ bỏ|"
    r"[Bb]ỏ (?:cụm|từ|khoản|điểm|đoạn|Điều|nội)|[Đđ]ính chính|[Đđ]ổi (?:tên|từ|cụm|khoản|điểm)|"
    r"[Cc]huyển (?:khoản|điểm|Điều|đoạn)|[Gg]iữ nguyên)"
    r"[^\n]{0,120}?(?:điểm [a-zđ]\d?\b|khoản \d|(?:số|các) (?:điểm|khoản|điều|Điều|cụm|nội dung)|"
    r"[Đđ]iều (?:\d|của|sau)|[Cc]hương [IVX\d]|[Mm]ục [IVX\d]|[Pp]hụ lục|cụm từ|từ [“\"]|[Mm]ẫu|đoạn|"
    r"số thứ tự|tiêu đề|như sau|tên (?:điều|Điều|khoản|điểm|chương|Chương|mục|Mục|gọi))"
    r"| ?(?:Điều|Khoản|Điểm|Đoạn|Chương|Mục|Tên)\b[^\n]{0,120}? được (?:sửa đổi|bổ sung|thay thế|bãi bỏ)"
)
_LAST_ARTICLES = re.compile(
    r"[^\n]{0,30}?(?:[Hh]iệu lực|[Tt]hi hành|[Tt]ổ chức thực hiện|[Tt]rách nhiệm|[Đđ]iều khoản|[Cc]huyển tiếp)"
)
_NUMBERED = ("art", "num", "letter")
# New words without quotation marks: what an instruction names, and what shows that more instructions follow.
_NAMED_UNIT = re.compile(r"(?i)\b(điểm|khoản|điều) (\d{1,4}[a-zđ]?|[a-zđ]\d?)(?![\w/])")
_LEVELS = {"điều": 1, "khoản": 2, "điểm": 3}
_LEVEL_OF_MARK = {"art": 1, "num": 2, "letter": 3}
_SEVERAL = re.compile(r"(?i)một số|các (?:điều|khoản|điểm|nội dung|cụm)|cụm từ|số nội dung")
_OTHER_ACT = re.compile(
    r"(?i)sửa đổi|bổ sung|thay (?:thế|cụm|từ)|bãi bỏ|h[ủu][ỷy] bỏ|cụm từ|đính chính|như sau ?:|[“”\"]"
)
_FARTHEST = 500  # lines with a number that one quotation may hold


@dataclass(frozen=True, slots=True)
class _Outside:
    """Numbers of the amending act's own units around a quotation."""

    art: str | None = None
    num: str | None = None
    letter: str | None = None

    def then(self, mark: Mark) -> _Outside:
        if mark.kind == "art":
            return _Outside(mark.num)
        if mark.kind == "num" and follows(mark.num, self.num):
            return _Outside(self.art, mark.num)
        if mark.kind == "letter" and follows(mark.num, self.letter):
            return _Outside(self.art, self.num, mark.num)
        return self

    def goes_on(self, mark: Mark) -> bool:
        """Whether a unit line can be the next of the amending act."""
        last = self.art if mark.kind == "art" else self.num if mark.kind == "num" else self.letter
        return mark.kind not in _NUMBERED or (last is not None and follows(mark.num, last))


def blocks(text: str, found: Sequence[Mark]) -> list[tuple[int, int]]:
    """Ranges inside the quotation marks of the passages that `text` quotes from acts it amends, in order.

    `found` are the marks of the text (`outline.grammar.marks`).
    """
    if not any(word in text for word in _WORDS):
        return []
    lines = [mark for mark in found if not mark.quoted and mark.kind in ("art", "num", "letter", "chp", "sec", "app")]
    reader = _Reader(text, lines)
    marked = reader.blocks()
    bare = reader.bare_blocks(marked) if "như sau" in text else []
    return sorted(marked + bare) if bare else marked


def _places(text: str, sign: str) -> Iterator[int]:
    """Where `sign` stands; a plain look-up runs through a text many times faster than a pattern."""
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


class _Reader:
    def __init__(self, text: str, lines: Sequence[Mark]) -> None:
        self.text, self.lines = text, lines
        self.starts = [mark.start for mark in lines]

    def blocks(self) -> list[tuple[int, int]]:
        text, found, outside, read, at = self.text, [], _Outside(), 0, 0
        for opening in sorted(place for sign in _SIGN for place in _places(text, sign)):
            if opening < at or not self._opens(opening):
                continue
            at = opening + 1
            upto = bisect_left(self.starts, opening, lo=read)
            for mark in self.lines[read:upto]:
                outside = outside.then(mark)
            close = self._close(opening, outside, upto)
            found.append((opening + 1, close))
            at = max(close, at)
            read = bisect_left(self.starts, at, lo=upto)
        return found

    def bare_blocks(self, marked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Quotations without marks, as many acts before 2010 have them: only where the numbers leave no doubt."""
        found: list[tuple[int, int]] = []
        opens = [start for start, _ in marked]
        outside, at = _Outside(), 0
        for i, mark in enumerate(self.lines):
            k = bisect_left(opens, mark.start)
            if mark.start < at or (k and mark.start < marked[k - 1][1]):
                continue
            outside = outside.then(mark)
            line_end = self.text.find("\n", mark.rest)
            if line_end < 0 or mark.kind not in _NUMBERED or not self._instructs_bare(mark.rest, line_end):
                continue
            end = self._bare_end(i + 1, line_end + 1, outside, self.text[mark.rest : line_end])
            if end is not None and (k == len(opens) or opens[k] >= end):
                found.append((line_end + 1, end))
                at = end
        return found

    def _instructs_bare(self, start: int, end: int) -> bool:
        """Whether a line is an instruction that names its units and says that their new words follow."""
        text = self.text
        if end - start > 400 or not text.startswith("như sau", max(text.rfind("như sau", start, end), start)):
            return False
        tail = text[text.rfind("như sau", start, end) + 7 : end].strip(" :.")
        several = _SEVERAL.search(text, start, end) is not None
        return not tail and not several and _INSTRUCTS.match(text, start, end) is not None

    def _bare_end(self, first: int, start: int, outside: _Outside, instruction: str) -> int | None:
        """Where the new words end that begin at `start`; None where they may be the amending act's own units."""
        text = self.text
        end_of_line = text.find("\n", start)
        end_of_line = len(text) if end_of_line < 0 else end_of_line
        if text[start : start + 1] in '"“”«' or _OTHER_ACT.search(text, start, end_of_line):
            return None
        units = {(_LEVELS[word.lower()], num) for word, num in _NAMED_UNIT.findall(instruction)}
        finest = max((level for level, _ in units), default=0)
        one = sum(level == finest for level, _ in units) == 1
        begins = first < len(self.lines) and self.lines[first].start == start
        if begins:
            mark = self.lines[first]
            own = (_LEVEL_OF_MARK.get(mark.kind, 0), mark.num)
            below = own[0] > finest and mark.num in ("1", "a") and one
            if not (own in units or below):
                return None
        elif not one:
            return None
        last = self.lines[first].num if begins and self.lines[first].kind == "art" else None
        for mark in self.lines[first + begins : first + _FARTHEST]:
            again = mark.kind in _NUMBERED and outside.goes_on(mark) and _INSTRUCTS.match(text, mark.rest)
            if again or mark.kind == "app":
                return mark.start - 1
            if mark.kind == "art":
                if outside.goes_on(mark) and not (last and follows(mark.num, last)):
                    return mark.start - 1
                last = mark.num
        return None

    def _opens(self, opening: int) -> bool:
        """Whether a mark opens a quotation of another act: after an instruction, or before one of its units."""
        text, before = self.text, opening - 1
        while before > 0 and text[before] == " ":
            before -= 1
        if before < 0:
            return False
        starts_line = text[before] == "\n"
        if starts_line and _UNIT.match(text, opening):
            return True
        if not starts_line and text[before] in '.:“"(0123456789' and _UNIT_INLINE.match(text, opening):
            return True
        while before > 0 and text[before] in " \n":
            before -= 1
        if text[before] == ":":
            before -= 1
        elif not text.endswith("như sau", 0, before + 1):
            return False
        if text.endswith(" từ", 0, before + 1):
            return False  # … phải ghi cụm từ: “…”
        return _AMENDS.search(text, text.rfind("\n", 0, before) + 1, before) is not None

    def _close(self, opening: int, outside: _Outside, first: int) -> int:
        """Where the quotation that opens at `opening` ends (the offset of its closing mark, where it has one)."""
        text = self.text
        instruction = self._next_instruction(first, outside)
        bound = instruction.start if instruction else len(text)
        close = self._balanced(opening, bound)
        if close is None:
            return self._last_sign(opening, bound)
        after = _LINE_END.match(text, close)
        if not after or after.end() >= bound:
            return close
        i = bisect_left(self.starts, after.end(), lo=first)
        if i == len(self.lines) or self.starts[i] > after.end() + 1:
            return close
        if self._returns(self.lines[i], outside, instruction):
            return close
        # Only a later closing mark tells that this one stood too early; a number alone may jump ("Điều 9" after 1).
        end = self._next_outside(i, bound, outside, instruction)
        later = max(text.rfind("”", close + 1, end), text.rfind('"', close + 1, end))
        return later if later > close and _LINE_END.match(text, later) else close

    def _returns(self, mark: Mark, outside: _Outside, instruction: Mark | None) -> bool:
        """Whether a line after a closing mark is the amending act's: the next number, or an article that instructs."""
        if instruction and mark is not instruction and (mark.kind, mark.num) == (instruction.kind, instruction.num):
            return False
        return outside.goes_on(mark) or (mark.kind == "art" and _INSTRUCTS.match(self.text, mark.rest) is not None)

    def _next_instruction(self, first: int, outside: _Outside) -> Mark | None:
        """The line with the next instruction of the amending act, or with its article on entry into force."""
        passed = False  # an article that may be the amending act's own: clauses and points below it are others
        for mark in self.lines[first : first + _FARTHEST]:
            if mark.kind not in _NUMBERED or not outside.goes_on(mark) or (passed and mark.kind != "art"):
                continue
            last = mark.kind == "art" and _LAST_ARTICLES.match(self.text, mark.rest)
            if last or _INSTRUCTS.match(self.text, mark.rest):
                return mark
            passed = passed or mark.kind == "art"
        return None

    def _next_outside(self, first: int, bound: int, outside: _Outside, instruction: Mark | None) -> int:
        """The next line that goes on with the amending act or opens another quotation."""
        start = self.starts[first]
        for mark in self.lines[first : first + _FARTHEST]:
            if mark.start >= bound or self._returns(mark, outside, instruction):
                bound = min(bound, mark.start)
                break
        opening = _OPENS_LINE.search(self.text, start, bound)
        return opening.start() if opening else bound

    def _last_sign(self, start: int, bound: int) -> int:
        """The last closing mark at the end of a line before `bound`; without one, the end of the line before it."""
        last = max(self.text.rfind("”", start, bound), self.text.rfind('"', start, bound))
        if last > start and _LINE_END.match(self.text, last):
            return last
        return bound - 1 if 0 < bound < len(self.text) and self.text[bound - 1] == "\n" else bound

    def _balanced(self, opening: int, bound: int) -> int | None:
        """The mark that closes by counting, None where there is none before `bound`."""
        text = self.text
        line_end = text.find("\n", opening)
        line_end = bound if line_end < 0 else line_end
        straight, depth = text[opening] == '"', 1
        for match in _SIGNS.finditer(text, opening + 1, bound):
            at, sign = match.start(), match[0]
            if sign != "”" and text[at - 1] == "\n" and _UNIT.match(text, at):
                return at - 1
            ends_line = _LINE_END.match(text, at) is not None
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
