"""The units of one text, from its marks: which mark is a unit, and below which other it stands.

A mark is a unit where its number continues the numbering that is open at its level, or begins one.
Mistakes of numbering stay as they are (a gap, a number used twice); a line that merely begins with a
number (a date, a sum, a wrapped line, a cell of a table) is no unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.model import Provision, Text
from extractors.outline.grammar import Mark, follows, order, plain, roman, roman_value

# Which mark stands below which: in a text with articles, in an outline, in a list.
_ARTICLES = {
    "part": 0, "chp": 1, "sec": 2, "subsec": 3, "art": 4, "roman": 4.5, "num": 5, "dec": 6, "letter": 7, "sub": 7.5,
    "dash": 8,
}  # fmt: skip
_PLAN = {
    "part": 0, "chp": 0.2, "sec": 0.5, "upper": 1, "roman": 2, "num": 3, "dec": 4, "letter": 6, "num)": 7, "dash": 8,
}  # fmt: skip
_LIST = {**_PLAN, "row": 3}
_KINDS = {
    "part": "phan", "chp": "chuong", "sec": "muc", "subsec": "tieu_muc", "art": "dieu", "num": "khoan", "dec": "muc_so",
    "letter": "diem", "sub": "muc_so", "dash": "gach_dau_dong", "upper": "muc_la_ma", "roman": "muc_la_ma",
    "num)": "muc_so", "row": "muc_so",
}  # fmt: skip
_INSERTED_CHAPTER = re.compile("[IVXLC]{1,7}[a-zđ]")  # "Chương IIa" of an amended act
_ACTS = ("Chương", "Mục", "Điều", "Luật", "Nghị", "Thông", "Quyết", "Phụ")
_GROUPS = ("part", "chp", "sec", "subsec")
_STOP = re.compile(r"(?:MỤC|ĐIỀU|CHƯƠNG|PHẦN|TIỂU MỤC|PHỤ LỤC|MẪU)\b|\d|[IVX]+\.")
_REFERENCE = re.compile(
    r"(?:(?:tại|theo|của|và|,|các|hoặc|đến|từ|trong) (?:khoản|điểm|[Đđ]iều|[Mm]ục|Chương)|\d tháng)\n\Z"
)
_PARAGRAPH_ENDS = '.;:!?/”"»)…-–'


@dataclass(slots=True)
class Node:
    """An open unit. `last` has the last number used below it for each kind of mark."""

    id: str
    kind: str
    level: str
    rank: float
    num: str
    start: int
    nth: int = 1
    heading: str | None = None
    end: int = -1
    dashes: int = 0
    last: dict[str, str] = field(default_factory=dict)


class Tree:
    """Builds the units of one text from its marks, in order.

    `prefix` is the id of the attached text ("" for the act itself), `counts` how often an id was used
    in the file, `quotes` the starts of quotations, `tables` the starts of lines that are cells.
    """

    def __init__(
        self, text: str, prefix: str, articles: bool, counts: dict[str, int],
        quotes: Sequence[int] = (), tables: frozenset[int] = frozenset(), excerpt: bool = False,
    ) -> None:  # fmt: skip
        self.text, self.prefix, self.articles = text, prefix, articles
        self.counts, self.quotes, self.tables, self.excerpt = counts, quotes, tables, excerpt
        self.ranks: dict[str, float] = _ARTICLES if articles else _LIST if prefix and not excerpt else _PLAN
        self.root = Node(prefix, "", "root", -1, "", 0)
        self.open: list[Node] = [self.root]
        self.nodes: list[Node] = []
        self.last_clause: str | None = None
        self.inner_letters: bool | None = None  # whether A. B. C. stand below I. II. III.; None: none seen

    def add(self, mark: Mark) -> None:
        """Takes `mark` as a unit, or leaves it as text of the unit that is open."""
        level = self._level(mark)
        if level is None:
            return
        if level == "roman" and not mark.num.isupper():
            mark = mark._replace(num=mark.num.upper())  # "Iii." in texts whose capitals were lowered
        if level == "chp" and order(mark.num) is None and not _INSERTED_CHAPTER.fullmatch(mark.num):
            mark = self._unglued(mark)
        if mark.kind == "misread":
            last = next((node.last["roman"] for node in reversed(self.open) if "roman" in node.last), "")
            mark = mark._replace(num=roman((roman_value(last) or 0) + 1))
        rank = self.ranks[level]
        if level == "dec":
            rank += mark.num.count(".") / 10
        if level == "upper":
            rank = self._rank_of_letters(mark)
        open_ = self.open
        i = len(open_) - 1
        while open_[i].rank >= rank:
            i -= 1
        holder = open_[i]
        if level == "dash":
            if holder is self.root or mark.start in self.tables:
                return
            holder.dashes += 1
            num = str(holder.dashes)
        else:
            num = mark.num
            if not self._accepts(mark, level, holder):
                return
        for node in open_[i + 1 :]:
            node.end = mark.start
        del open_[i + 1 :]
        if level == "sub":
            name = self._id(level, num, next(node for node in reversed(open_) if node.rank < _ARTICLES["letter"]))
        else:
            name = self._id(level, num, holder)
        nth = self.counts[name] = self.counts.get(name, 0) + 1
        (self.root if level == "art" else holder).last[level] = num
        kind = "muc_so" if level == "num" and not self.articles else _KINDS[level]
        node = Node(name, kind, level, rank, num, mark.start, nth, self._heading(mark, level))
        if level == "num" and self.articles:
            self.last_clause = num
        open_.append(node)
        self.nodes.append(node)

    def finish(self, end: int) -> list[Node]:
        """All units, in reading order, those still open ending at `end`."""
        for node in self.open[1:]:
            node.end = end
        return self.nodes

    # --- which mark is which level ----------------------------------------------------------------

    def _level(self, mark: Mark) -> str | None:
        kind = mark.kind
        if kind in ("art", "dash"):
            return kind if kind in self.ranks else None
        if kind == "letter":
            return "sub" if self.articles and len(mark.num) > 1 and self._is_sub(mark) else "letter"
        if kind == "paren":
            return "letter" if mark.num not in "ivx" else None
        if self.articles:
            return kind if kind in self.ranks else None
        if kind == "num" and mark.sep == ")":
            return "num)"
        if kind == "misread":
            return "roman" if self.text[mark.rest : mark.end].isupper() else None
        if kind in ("roman", "upper") and self._is_capital_letter(mark):
            return "upper"
        return kind if kind in self.ranks else None

    def _is_sub(self, mark: Mark) -> bool:
        """Whether "b1)" is a part of b ("b) …:" before it) and no point inserted after b ("b) …;" before it)."""
        above = next((node for node in reversed(self.open) if node.level == "letter"), None)
        if above is None or above.num != mark.num[0]:
            return False
        return "sub" in above.last or self.text[mark.start - 2 : mark.start - 1] != ";"

    def _is_capital_letter(self, mark: Mark) -> bool:
        """Whether C., D., I. is a letter (A. B. C.) and no Roman numeral (I. II. III.)."""
        if mark.kind == "upper" or roman_value(mark.num.upper()) is None:
            return True
        if len(mark.num) > 1:
            return False
        last_upper = next((node.last["upper"] for node in self.open if "upper" in node.last), None)
        last_roman = next((node.last["roman"] for node in reversed(self.open) if "roman" in node.last), None)
        return last_upper is not None and ord(mark.num) == ord(last_upper) + 1 and not follows(mark.num, last_roman)

    def _rank_of_letters(self, mark: Mark) -> float:
        """Of capital letters: above Roman numerals, but below them where the first letter stands below a numeral."""
        if self.inner_letters is None and mark.num == "A":
            self.inner_letters = any(node.level == "roman" for node in self.open)
        return self.ranks["roman"] + 0.5 if self.inner_letters else self.ranks["upper"]

    def _unglued(self, mark: Mark) -> Mark:
        """ "Chương IQUY ĐỊNH CHUNG", where a line break was lost: the numeral that comes next, else the longest one."""
        last = next((node.last["chp"] for node in reversed(self.open) if "chp" in node.last), None)
        heads = [mark.num[:i] for i in range(1, len(mark.num)) if roman_value(mark.num[:i])]
        num = next((head for head in heads if follows(head, last)), heads[-1] if heads else mark.num)
        return mark._replace(num=num, rest=mark.rest - len(mark.num) + len(num))

    # --- whether it is a unit ----------------------------------------------------------------------

    def _accepts(self, mark: Mark, level: str, holder: Node) -> bool:
        num = mark.num
        if level in _GROUPS:
            return self._is_group(mark)
        if mark.start > 16 and self.text[mark.start - 2] not in ".;:" and self._is_wrapped(mark):
            return False
        if level == "art":
            return self._is_article(mark)
        if level == "row":
            return mark.start in self.tables and (follows(num, holder.last.get("row")) and not holder.last.get("num"))
        if level == "dec":
            return self._is_decimal(mark, holder)
        if self.articles and holder.rank < _ARTICLES["art"] and not self.excerpt:
            return False
        if level == "roman" and self.articles:  # a resolution may have an outline below its article
            return mark.start not in self.tables and follows(num, holder.last.get("roman"))
        last = holder.last.get(level)
        if level == "upper":
            num, last = num.lower(), last.lower() if last else None
        if mark.kind == "paren" and last is None:
            return False
        bare = mark.rest >= mark.end
        if mark.start in self.tables and self.articles and (bare or level == "num"):
            return False
        if follows(num, last) or (level == "sub" and last is None and num[1:] == "1"):
            return True
        if bare:
            return False
        if self.excerpt and last is None:
            return True
        if level == "num" and last is None and self.articles and self.last_clause and follows(num, self.last_clause):
            return True
        return self._breaks_order(mark, num, holder, last)

    def _is_wrapped(self, mark: Mark) -> bool:
        """Whether the line before breaks off in a reference: "… quy định tại khoản" / "2. …"."""
        return _REFERENCE.search(self.text, mark.start - 16, mark.start) is not None

    def _breaks_order(self, mark: Mark, num: str, holder: Node, last: str | None) -> bool:
        """A number out of order is a unit only where a paragraph surely begins: a gap, or a number used twice."""
        here, before = order(num), order(last) if last else (0, 0)
        if here is None or before is None or not self._begins_paragraph(mark):
            return False
        if last is None and self._quotes_between(holder.start, mark.start):
            return False
        return before[0] < here[0] <= before[0] + 3 or (last is not None and here == before)

    def _is_article(self, mark: Mark) -> bool:
        if mark.sep in (".", ":") or mark.sep == "\n":
            alone = mark.rest + 1 >= mark.end and not self.excerpt
            return (
                (follows(mark.num, self.root.last.get("art")) and not alone)
                or self.excerpt
                or self._begins_paragraph(mark)
                # The first article of an extract follows a title that ends without a full stop.
                or ("art" not in self.root.last and self.text[mark.rest : mark.rest + 3].strip(" .:")[:1].isupper())
                or self._is_first_article(mark)
            )
        if self._is_first_article(mark):
            return True
        rest = self.text[mark.rest : mark.rest + 2].strip()
        if not follows(mark.num, self.root.last.get("art")) or not rest:
            return False
        return (rest[0].isupper() or rest[0] in '-–(“"') and self._begins_paragraph(mark)

    def _is_first_article(self, mark: Mark) -> bool:
        """"Điều 1" behind a title without a full stop, its heading on the line or the next; no act that holds it."""
        if "art" in self.root.last or mark.num.lstrip("0") != "1":
            return False
        heading = self.text[mark.rest : mark.rest + 24].lstrip(" .:\n")
        return heading[:1].isupper() and not heading.startswith(_ACTS)

    def _is_group(self, mark: Mark) -> bool:
        """A heading of a part, chapter or section; not a sentence that begins with "Mục 2 Chương I của …"."""
        rest = self.text[mark.rest : mark.end].strip(" .:-–")
        if rest[-1:] in (";", ","):
            return False
        if not rest or rest.upper() == rest or mark.sep in ".:-–":
            return True
        return len(rest) < 200 and rest[0].isupper() and not rest.startswith(_ACTS)

    def _is_decimal(self, mark: Mark, holder: Node) -> bool:
        above, _, own = mark.num.rpartition(".")
        if self.articles and holder.rank < _ARTICLES["art"]:
            return False
        last = holder.last.get("dec")
        if len(own) == 3 and mark.sep not in (".", ")"):
            return False  # 1.500 is a sum
        if last is not None and last.rpartition(".")[0] == above:
            step = int(own) - int(last.rpartition(".")[2])
            return step == 1 or (step > 1 and self._begins_paragraph(mark))
        if above == plain(holder.num) or (holder.level == "roman" and above == str(roman_value(holder.num))):
            return own in ("1", "01") or self._begins_paragraph(mark)
        if self.articles or mark.rest >= mark.end or mark.start in self.tables:
            return False
        return own == "1" and "num" not in holder.last

    def _begins_paragraph(self, mark: Mark) -> bool:
        text, at = self.text, mark.start - 1
        while at > 0 and text[at] in "\n #":
            at -= 1
        if at <= 0 or text[at] in _PARAGRAPH_ENDS or text[at].isupper():
            return True
        start = text.rfind("\n", 0, at) + 1
        return at - start < 200 and any(node.start == start for node in self.open)

    def _quotes_between(self, start: int, end: int) -> bool:
        i = bisect_left(self.quotes, start)
        return i < len(self.quotes) and self.quotes[i] < end

    # --- what it is called -------------------------------------------------------------------------

    def _id(self, level: str, num: str, holder: Node) -> str:
        num = plain(num)
        if level == "art":
            return _join(self.prefix, f"art_{num}")
        if level in _GROUPS:
            place = order(num)
            spelled = place is not None and len(num) > 1 and num.isalpha() and roman_value(num) is None
            return _join(holder.id, f"{level}_{roman(place[0]) if spelled and place else num}")
        if level == "dash":
            return _join(holder.id, f"-{num}")
        if level == "row":
            return _join(holder.id, f"item_{num}")
        if self.articles and level == "roman":
            return _join(holder.id, f"out_{num}")
        if self.articles and holder.level != "roman":
            return _join(holder.id, {"num": f"cl_{num}", "letter": f"pt_{num}", "sub": f"pt_{num}"}.get(level, num))
        inside = "out_" in holder.id[len(self.prefix) :] or "item_" in holder.id[len(self.prefix) :]
        if not inside:
            return _join(holder.id, f"out_{num}")
        return _join(holder.id, f"pt_{num}" if level == "letter" else num)

    def _heading(self, mark: Mark, level: str) -> str | None:
        """Words of the unit's heading: the rest of its line; for chapters and bare articles also what stands below."""
        text = self.text
        rest = text[mark.rest : mark.end].strip(" .:-–/)")
        if level in _GROUPS:
            at = mark.end
            for _ in range(4):
                line, at = self._line(at + 1)
                if not line or line.upper() != line or _STOP.match(line):
                    break
                rest = f"{rest} {line}".strip()
            return rest or None
        if level == "art" and not rest:
            line, _ = self._line(mark.end + 1)
            return line if line[:1].isupper() and line[-1] not in ".;:,/" else None
        if level in ("dash", "letter", "sub", "num)", "row") or not 0 < len(rest) <= 200:
            return None
        if level == "art":
            return rest if len(rest) <= 120 or text[mark.end - 1] not in ".;:" else None
        return rest if text[mark.end - 1] not in ".;," else None

    def _line(self, start: int) -> tuple[str, int]:
        """The line that begins at `start`, "" where it is longer than a heading, and where it ends."""
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        return (self.text[start:end].strip() if end - start <= 300 else "", end)


def _join(above: str, own: str) -> str:
    return f"{above}__{own}" if above else own


def provisions(nodes: Sequence[Node], text: Text) -> list[Provision]:
    """Finished nodes as provisions; ends lose trailing line breaks."""
    words = text.text
    out: list[Provision] = []
    if not nodes:
        return out
    last = text.page_at(nodes[-1].start)
    one_page = text.page_at(nodes[0].start) == last
    for node in nodes:
        end = node.end
        while end > node.start and words[end - 1] in "\n #":
            end -= 1
        page = last if one_page else text.page_at(node.start)
        out.append(Provision(node.id, node.kind, node.num, node.heading, node.start, end, page, node.nth))
    return out
