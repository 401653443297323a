"""The units of one text, from its marks: which mark is a unit, and below which other it stands.

A mark is a unit where its number continues the numbering that is open at its level, or begins one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.model import Provision, Text
from extractors.outline_grammar import Mark, follows, order, roman, roman_value

ARTICLES = {"part": 0, "chp": 1, "sec": 2, "subsec": 3, "art": 4, "num": 5, "dec": 6, "letter": 7, "dash": 8}
PLAN = {"part": 0, "chp": 0.2, "sec": 0.5, "upper": 1, "roman": 2, "num": 3, "dec": 4, "letter": 6, "num)": 7, "dash": 8}
KINDS = {"part": "phan", "chp": "chuong", "sec": "muc", "subsec": "tieu_muc", "art": "dieu", "num": "khoan", "dec": "muc_so",
         "letter": "diem", "dash": "gach_dau_dong", "upper": "muc_la_ma", "roman": "muc_la_ma", "num)": "muc_so"}  # fmt: skip
_LEVELS = {"part": "part", "chp": "chp", "sec": "sec", "subsec": "subsec"}
_PARAGRAPH_ENDS = ".;:!?/”\"»)…"


@dataclass(slots=True)
class Node:
    """An open unit: `seen` counts the ids used below it, `last` the last number of each kind."""

    id: str
    kind: str
    rank: float
    num: str
    start: int
    heading: str | None
    nth: int = 1
    end: int = -1
    last: dict[str, str] = field(default_factory=dict)
    dashes: int = 0


class Tree:
    """Builds the units of one text. `prefix` is the id of the attached text, "" for the act itself."""

    def __init__(self, text: str, prefix: str, has_articles: bool) -> None:
        self.text, self.prefix = text, prefix
        self.ranks: dict[str, float] = dict(ARTICLES if has_articles else PLAN)
        self.has_articles = has_articles
        self.root = Node(prefix, "root", -1, "", 0, None)
        self.open: list[Node] = [self.root]
        self.done: list[Node] = []
        self.counts: dict[str, int] = {}

    def add(self, mark: Mark) -> None:
        kind = self._kind(mark)
        if kind is None:
            return
        rank = self.ranks[kind]
        if kind == "dec":
            rank += mark.num.count(".") / 10
        holder = next(node for node in reversed(self.open) if node.rank < rank)
        num = mark.num
        if kind == "dash":
            if holder is self.root:
                return
            holder.dashes += 1
            num = str(holder.dashes)
        elif not self._accepts(mark, kind, holder):
            return
        self._close(rank, mark.start)
        name = self._id(kind, num, holder)
        self.counts[name] = self.counts.get(name, 0) + 1
        (self.root if kind == "art" else holder).last[kind] = num
        self.open.append(Node(name, self._vocabulary(kind), rank, num, mark.start, None, self.counts[name]))
        self.open[-1].heading = self._heading(mark, kind)
        self.done.append(self.open[-1])

    def finish(self, end: int) -> list[Node]:
        self._close(0, end)
        return self.done

    def _close(self, rank: float, at: int) -> None:
        while self.open[-1].rank >= rank and len(self.open) > 1:
            self.open.pop().end = at

    def _kind(self, mark: Mark) -> str | None:
        kind = mark.kind
        if kind == "num" and mark.sep == ")" and not self.has_articles:
            kind = "num)"
        if kind in ("roman", "upper") and not self.has_articles:
            here = self.open[-1]
            if kind == "roman" and len(mark.num) == 1 and mark.num in "CDLM" or roman_value(mark.num) is None:
                kind = "upper"
            elif any(node.kind == "upper" and follows(mark.num, node.num) for node in self.open) and not follows(
                mark.num, here.last.get("roman")
            ):
                kind = "upper"
        return kind if kind in self.ranks else None

    def _vocabulary(self, kind: str) -> str:
        return "muc_so" if kind == "num" and not self.has_articles else KINDS[kind]

    def _accepts(self, mark: Mark, kind: str, holder: Node) -> bool:
        if kind in _LEVELS:
            return self._heads(mark, kind, holder)
        if kind == "art":
            return self._is_article(mark)
        if self.has_articles and kind in ("num", "letter", "dec") and holder.rank < ARTICLES["art"]:
            return False
        if kind == "dec":
            above = mark.num.rpartition(".")[0]
            return above == holder.num or mark.num.endswith(".1") or follows_decimal(mark.num, holder.last.get("dec"))
        last = holder.last.get(kind)
        if follows(mark.num, last):
            return True
        here, before = order(mark.num), order(last) if last else (0, 0)
        if here is None or before is None or not self._begins_paragraph(mark):
            return False
        return before[0] < here[0] <= before[0] + 3 or (last is not None and here == before)

    def _is_article(self, mark: Mark) -> bool:
        last = self.root.last.get("art")
        strong = mark.sep in ".:" and self._begins_paragraph(mark)
        if follows(mark.num, last):
            rest = self.text[mark.rest : mark.rest + 3].strip()
            return mark.sep in ".:\n" or (bool(rest) and (rest[0].isupper() or not rest[0].isalnum()) and self._begins_paragraph(mark))
        return strong

    def _heads(self, mark: Mark, kind: str, holder: Node) -> bool:
        rest = self.text[mark.rest : mark.end].strip(" .:-–")
        if rest and rest.upper() != rest and not (mark.sep in ".:-" or len(rest) < 150 and rest[0].isupper()):
            return False
        return rest[-1:] not in (";", ",")

    def _begins_paragraph(self, mark: Mark) -> bool:
        before = self.text[: mark.start].rstrip()[-1:] if mark.start < 50 else self.text[mark.start - 50 : mark.start].rstrip()[-1:]
        return before in _PARAGRAPH_ENDS or before == "" or before.isupper() or self._after_heading(mark)

    def _after_heading(self, mark: Mark) -> bool:
        start = self.text.rfind("\n", 0, max(mark.start - 1, 0)) + 1
        return mark.start - start < 200 and any(node.start == start for node in self.open)

    def _id(self, kind: str, num: str, holder: Node) -> str:
        if kind == "art":
            return self._join(self.prefix, f"art_{num}")
        if kind in _LEVELS:
            value = order(num)
            shown = roman(value[0]) if kind == "part" and value and num.lower() == num and not num.isdigit() else num
            return self._join(holder.id, f"{_LEVELS[kind]}_{shown}")
        if kind == "dash":
            return self._join(holder.id, f"-{num}")
        if self.has_articles:
            return self._join(holder.id, {"num": f"cl_{num}", "letter": f"pt_{num}"}.get(kind, num))
        if kind == "letter":
            return self._join(holder.id, f"pt_{num}" if holder is not self.root else f"out_{num}")
        inside = "out_" in holder.id[len(self.prefix) :]
        return self._join(holder.id, num if inside else f"out_{num}")

    def _join(self, above: str, own: str) -> str:
        return f"{above}__{own}" if above else own

    def _heading(self, mark: Mark, kind: str) -> str | None:
        """Words of the unit's heading: the rest of its line, for chapters also the lines of capitals below."""
        rest = self.text[mark.rest : mark.end].strip(" .:-–/)")
        if kind in _LEVELS:
            at = mark.end
            while at < len(self.text):
                end = self.text.find("\n", at + 1)
                end = len(self.text) if end < 0 else end
                line = self.text[at + 1 : end].strip()
                if not line or line.upper() != line or len(line) > 300:
                    break
                rest, at = f"{rest} {line}".strip(), end
            return rest or None
        if kind in ("art", "roman", "upper", "num", "dec") and 0 < len(rest) <= 200:
            whole = self.text[mark.end - 1 : mark.end] not in ".;"
            return rest if whole or kind == "art" and len(rest) <= 120 else None
        return None


def follows_decimal(num: str, last: str | None) -> bool:
    """2.3 after 2.2."""
    if last is None:
        return False
    above, _, own = num.rpartition(".")
    before, _, previous = last.rpartition(".")
    return above == before and int(own) == int(previous) + 1


def provisions(nodes: Sequence[Node], text: Text) -> list[Provision]:
    """Finished nodes as provisions; ends lose trailing line breaks."""
    out = []
    for node in nodes:
        end = node.end
        while end > node.start and text.text[end - 1] in "\n ":
            end -= 1
        out.append(Provision(node.id, node.kind, node.num, node.heading, node.start, end, text.page_at(node.start), node.nth))
    return out
