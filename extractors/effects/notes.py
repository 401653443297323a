"""What the footnotes of a văn bản hợp nhất tell: which unit was changed by which clause of which act, since when.

"[3] Điều này được bổ sung theo quy định tại khoản 2 Điều 1 Quyết định số 38/2010/QĐ-TTg …, có hiệu lực kể từ ngày 01
tháng 7 năm 2010." — "này" is the unit in which the mark stood, in the act that was consolidated. The consolidation
does nothing itself: the effect is that of the act which the note names (`Effect.by`).
Source: Pháp lệnh 01/2012/UBTVQH13, Điều 4, 13 and its forms (how notes are worded).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from corpus.model import Citation, Effect, EffectType, Masthead, NoteMark, Outline, Provision, Target, Text
from extractors.dates import DATE, date_of
from extractors.nesting import Nesting
from extractors.patterns import lazy

_TOLD = lazy(
    r"\[\d{1,3}\]\s{0,3}(?:Tên\s)?(?:(?P<unit>Điều|Khoản|Điểm|Mục|Chương|Phần|Phụ lục|Biểu mẫu|Mẫu|Đoạn|Nội dung"
    r"|Gạch đầu dòng|Quy định|Cụm từ|Từ)\s)(?:này|[“\"](?P<old>[^”\"]{1,400})[”\"])(?:\s(?:này|tại\s[^,.;]{1,60}))?"
    r"\s(?:đã\s)?(?:được|bị)\s(?P<verb>sửa đổi(?:, bổ sung|, thay thế)?|bổ sung|thay thế|thay"
    r"|bãi bỏ|hủy bỏ|huỷ bỏ|bỏ|đính chính)"
    r"(?:\s(?:bằng|thành|bởi)\s(?:cụm từ|từ)\s[“\"](?P<new>[^”\"]{1,400})[”\"])?"
    r"\stheo\s(?:quy định\s)?(?:tại|của)\s{1,2}"
)
_IN_FORCE = lazy(r"có hiệu lực\s(?:thi hành\s)?(?:kể\s)?từ\s")
_LEVEL = {
    "Điều": "dieu", "Khoản": "khoan", "Điểm": "diem", "Mục": "muc", "Chương": "chuong", "Phần": "phan",
    "Phụ lục": "phu_luc",
}  # fmt: skip
_NEAR = 6


def told(
    text: Text, head: Masthead, tree: Outline, citations: Sequence[Citation]
) -> tuple[Effect, ...]:
    """Effects that the notes of a văn bản hợp nhất tell, in the order of their marks; none for any other text."""
    base = _consolidated(text, head, tree, citations) if text.notes and head.kind == "van_ban_hop_nhat" else None
    if base is None:
        return ()
    notes = _Notes(text, citations)
    days = notes.days_in_force()
    return tuple(notes.effects(base, tree, days))


def _consolidated(text: Text, head: Masthead, tree: Outline, citations: Sequence[Citation]) -> Target | None:
    """The act that was consolidated: the first that the text names before its first unit, behind its title."""
    begin = head.spans["title"][1] if "title" in head.spans else 0
    end = tree.provisions[0].start if tree.provisions else len(text.text)
    for citation in citations:
        target = citation.targets[0]
        if begin <= citation.start < end and not target.self_ and target.provision is None and target.symbol:
            return target
    return None


class _Notes:
    """The notes of a text and what is cited in them."""

    def __init__(self, text: Text, citations: Sequence[Citation]) -> None:
        self.text, self.source = text.text, text
        self.starts = sorted({mark.note for mark in text.notes if mark.note is not None})
        self.cited = [item for item in citations if self.starts and item.start >= self.starts[0]]
        self.places = [item.start for item in self.cited]

    def end_of(self, start: int) -> int:
        i = bisect_right(self.starts, start)
        return self.starts[i] if i < len(self.starts) else len(self.text)

    def days_in_force(self) -> Mapping[str, date]:
        """First day in force of the acts whose last articles a note repeats ("[7] Điều 4 của Nghị định … như sau:")."""
        days: dict[str, date] = {}
        for start in self.starts:
            end = self.end_of(start)
            acts = self._named(start, end)
            for match in _IN_FORCE.finditer(self.text, start, end):
                day = DATE.match(self.text, match.end())
                earlier = [act for at, act in acts if at < match.start()]
                if day and earlier and (found := date_of(day)):
                    days.setdefault(earlier[-1], found)
        return days

    def _named(self, start: int, end: int) -> list[tuple[int, str]]:
        """Acts with a number that the note names itself, not in a quotation and not in a title, by place."""
        i = bisect_right(self.places, start - 1)
        found: list[tuple[int, str]] = []
        while i < len(self.cited) and self.places[i] < end:
            target = self.cited[i].targets[0]
            if target.symbol and self.cited[i].role not in ("quoted", "in_title") and not target.self_:
                found.append((self.places[i], target.symbol))
            i += 1
        return found

    def effects(self, base: Target, tree: Outline, days: Mapping[str, date]) -> Iterator[Effect]:
        """One effect for each mark whose note tells a change."""
        around = Nesting((unit.start, unit.end, unit) for unit in tree.provisions)
        by_level: dict[str, Nesting[Provision]] = {}
        for kind in set(_LEVEL.values()):
            by_level[kind] = Nesting((u.start, u.end, u) for u in tree.provisions if u.kind == kind)
        for mark in self.source.notes:
            match = _TOLD.match(self.text, mark.note) if mark.note is not None else None
            if match is None or mark.note is None:
                continue
            end = self.end_of(mark.note)
            by = self._acting(match.end())
            level = _LEVEL.get(match["unit"])
            named = by_level[level].at(_before(mark)) if level else None
            # A unit that the tree has not (a point in the middle of a line) is a part of the one around it.
            unit = named or around.at(_before(mark))
            if by is None or unit is None:
                continue
            yield Effect(
                type=_type(match["verb"], match["unit"], match["new"]), in_=None, start=mark.note,
                end=mark.note + len(self.text[mark.note : end].rstrip()),
                target=_of(base, unit.id), from_=self._day(match.end(), end) or days.get(by.symbol or ""),
                old_text=match["old"], new_text=match["new"], partial=named is None and match["old"] is None, by=by,
            )  # fmt: skip

    def _acting(self, at: int) -> Target | None:
        """The clause that a note names right behind "theo quy định tại"."""
        i = bisect_right(self.places, at - 1)
        if i >= len(self.cited) or self.places[i] > at + _NEAR:
            return None
        target = self.cited[i].targets[0]
        return target if target.symbol else None

    def _day(self, start: int, end: int) -> date | None:
        match = _IN_FORCE.search(self.text, start, end)
        day = DATE.match(self.text, match.end()) if match else None
        return date_of(day) if day else None


def _before(mark: NoteMark) -> int:
    """The last sign in front of the mark: a mark at the end of a unit belongs to that unit."""
    return max(mark.at - 1, 0)


def _of(base: Target, provision: str) -> Target:
    return Target(base.symbol, base.kind, base.date, base.issuer, base.name, base.year, provision, False, base.status)


def _type(verb: str, unit: str, new: str | None) -> EffectType:
    if unit in ("Cụm từ", "Từ"):
        if new is not None or verb.startswith("thay"):
            return "substitute"
        return "insert_text" if verb == "bổ sung" else "delete_text"
    if verb in ("bãi bỏ", "hủy bỏ", "huỷ bỏ", "bỏ"):
        return "repeal"
    if verb == "đính chính":
        return "correct"
    if verb.startswith("thay"):
        return "replace"
    return "insert" if verb == "bổ sung" else "amend"
