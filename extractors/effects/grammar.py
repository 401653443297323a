"""Instructions: what a clause does to the words of other acts (amend, insert, repeal, replace, phrases, suspend …).

A governing verb needs its object at once: an act, a unit, a phrase; or the clause above has opened a list. What an
instruction opens ("Sửa đổi, bổ sung một số điều của Nghị định X như sau:") holds for the clauses below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import EffectType
from corpus.model.quick import replace
from extractors.effects import places as effect_places
from extractors.effects import targets as targets
from extractors.effects.calls import PHRASE_SIGN, Call, calls, says_how
from extractors.effects.contexts import completed, context_of, in_turn, names_article
from extractors.effects.drafts import Draft
from extractors.effects.scope import Scope, Stretch
from extractors.effects.targets import Context, Hit
from extractors.effects.texts import with_texts
from extractors.effects.wording import is_wording, worded, worded_before
from extractors.patterns import lazy

_TYPES: dict[str, EffectType] = {
    "amend": "amend", "mixed": "amend", "insert": "insert", "repeal": "repeal", "replace": "replace",
    "suspend": "suspend", "extend": "extend", "correct": "correct",
    "declare_expired": "declare_expired", "declare_continuing": "declare_continuing",
}  # fmt: skip
# The first letter stands before what is looked for around it, so that a scan can skip to one (masked text is long).
_STOP = lazy(
    r"[ns:.,\s](?:(?<=n)hư sau|(?<=s)au đây\s*:|(?<=:)\s*(?=[“\"«]?¤|$)|(?<=\.)\s+(?=\w)|(?<=,)\s*trừ(?!\w)"
    r"|(?<=\s)\s*(?:với )?(?:lý do|để phù hợp)(?!\w))"
)
_GENERAL = lazy(
    r"(?<!\w)(?:một số|các|những)\s+"
    r"(?:điều|khoản|điểm|nội dung|quy định|mục|phụ lục|cụm từ|từ|từ ngữ|mẫu|chương)(?!\w)"
    r"(?!\s+(?:số\s+)?(?:\d|[ivxlc]{1,5}(?!\w)|[a-zđ](?!\w)))|(?<!\w)mẫu\s+(?:ban\s+hành|kèm|đính)"
)
_PROSE = lazy(
    r"(?<!\w)(?:theo\s+(?:quy định|thẩm quyền|đề nghị|trình tự)|giấy phép|giấy chứng nhận|giấy xác nhận|hồ sơ|hợp đồng|"
    r"đăng ký|đơn|trường hợp|trái với|căn cứ|khi|nếu|thẻ|chứng chỉ|dự án|không còn phù hợp|"
    r"quyết định (?:công nhận|phê duyệt|cấp|thành lập|chủ trương|đầu tư))(?!\w)"
)
_PUBLISHED_LIST = lazy(r"tthc|thủ tục|danh mục")
_TERM_OF = lazy(r"(?<!\w)(?:thực hiện|áp dụng|thi hành|hiệu lực|thí điểm)(?!\w)")
_ITEM = lazy(
    r"\s*(?:các\s+|toàn bộ\s+|một phần\s+|tên\s+|nội dung\s+|quy định\s+|cụm từ|từ\s+[“\"])"
)
_SPLIT = lazy(
    r"(?<!\w)(?:vào\s+(?:ngay\s+)?(?:phía\s+)?(?:sau|trước)|(?:tiếp\s+)?(?:sau|trước)|vào)(?!\w)(?!\s+(?:đây|cuối))"
)
_AT_END = lazy(r"(?<!\w)(?:vào\s+)?(?:cuối|đầu|đoạn|nội dung|câu|ý|dòng|cột)(?!\w)")
_UNNAMED = lazy(r"\s*(?:,|tên|tiêu đề|như|:|$|đoạn|câu)")
_ANNEX_LIST = lazy(r"(?:phụ lục|danh mục)(?:\s+(?:số\s+)?(?P<number>[ivx]{1,5}|\d{1,2}))?(?!\w)[^.;]{0,120}")
_ACTS_WORD = lazy(r"(?<!\w)(?:văn bản|quyết định|nghị quyết|thông tư|chỉ thị|nghị định)(?!\w)")
_WITH_THIS = lazy(r"(?:(?!bằng|như\s|thành\s|theo\s+phụ)[^.;:,]){0,80}?(?:kèm theo|đính kèm)")
_COLON = lazy(r":\s*$")
# "Bãi bỏ các quy định liên quan đến … tại khoản 1 Điều 19": the rest of the unit goes on.
_CONTENT = lazy(
    r"\s*(?:các\s+|những\s+|một số\s+)?(?:nội dung|quy định)\s+(?:quy định\s+|(?:có\s+)?liên quan\s+)?"
    r"(?:về|đến|liên quan|yêu cầu|cho phép)(?!\w)"
)
# "tên Điều 5", "đoạn mở đầu khoản 3", "câu thứ hai điểm a": a piece of the unit that no id can say.
_PIECE = lazy(
    r"(?<!\w)(?:tên(?:\s+gọi)?|tiêu\s+đề|(?:đoạn|câu|ý|dòng|gạch\s+đầu\s+dòng|phần)(?:\s+(?:mở\s+đầu|đầu(?:\s+tiên)?|"
    r"dẫn|cuối(?:\s+cùng)?|thứ\s+\w{1,5}|\d{1,2})){1,2}|lời\s+dẫn)\s+(?:của\s+|tại\s+|trong\s+|ở\s+)?$"
)
_OPENING_AND = lazy(
    r"\s*(?P<piece>(?:đoạn|phần)\s+(?:mở\s+đầu|đầu|dẫn)|(?:câu|lời)\s+dẫn)\s*(?:,|và)\s+(?:các\s+)?(?=điểm\s)"
)
_ROW_OF = lazy(r"(?<!\w)(?:dòng|hàng|cột|bảng|biểu|ô|chú thích|ghi chú)\s[^;]{1,30}$")
_NAME_AND = lazy(r"\s*(?P<piece>tên(?:\s+gọi)?|tiêu\s+đề)\s+(?:của\s+)?điều(?:\s+này)?\s*(?:,|và)\s+")
_COMMA = lazy(r"\s*(?:,|và)\s+(?:các\s+)?")
_IN_PART = lazy(r"(?<!\w)một phần(?!\w)")
_BY = lazy(r"(?<!\w)(?:bằng|bởi)(?!\w)")
_NEW_UNIT = lazy(r"\s*[“\"]\s*(?:\d{1,3}[a-zđ]?\s?[.)]|[a-zđ]\d?\s?\)|Điều\s\d)")
_WITHOUT = lazy(
    r",?\s*trừ\s+(?:các\s+)?(?:điểm|khoản|điều|mục|chương|phần|mẫu|nội dung)\s(?![^.;]{0,60}(?:nghị định|luật|thông tư|"
    r"nghị quyết|quyết định)\s+này(?!\w))"
)
_SPARED = lazy(r",?\s*trừ\s[^.;]{0,120}?(?:sau đây|sau|dưới đây)\s*:\s*$")
_RULED = lazy(r"\w[^.;:]{4,}(?:quy định|nêu|đã có)\s+(?:tại|ở|trong)\s+$")
_INTO = lazy(r"\w[^.;:]{12,}(?<!\w)(?:tại|trong|ở)\s+(?:các\s+)?$")
def instructions(scope: Scope) -> tuple[list[Draft], Context]:
    """Effects of one clause, and what it tells the clauses below (the context itself where it tells nothing)."""
    clause, words, context = scope.clause, scope.words, scope.context
    found = calls(clause, words, scope.text, scope.mentions)
    if context.verb == "correct" and found and found[0].start > clause.label + 4 and _is_item(scope):
        found = []  # "Tại khoản 2 Điều 4, cụm từ “A” sửa thành “B”"
    if not found and context.verb and _is_item(scope):
        found = [Call(context.verb, clause.label, clause.label)]
    if not found:
        return [], context
    drafts: list[Draft] = []
    general: list[Draft] = []
    below = context
    for i, call in enumerate(found):
        bound = found[i + 1].start if i + 1 < len(found) else len(words)
        floor = found[i - 1].end if i else clause.label
        if i and not clause.quotes_before(call.start) and _COLON.search(words, max(floor, call.start - 12), call.start):
            # "Sửa đổi Điều 8 như sau: thay cụm từ …": what the first verb names is where the second works
            drafts, general, scope = [], [], replace(scope, context=below)
        instruction = _Instruction(scope, call, floor, bound, len(found) == 1)
        told, after = instruction.read(below)
        if drafts and instruction.general:
            continue  # the clause has begun to say which
        (general if instruction.general else drafts).extend(told)
        below = after
    drafts = drafts or general
    return completed(with_texts(drafts, clause, scope.text), scope.context), in_turn(scope, below)


def _is_item(scope: Scope) -> bool:
    """Whether the clause is an item of an open list: it begins with an act, a unit or a phrase."""
    label, words = scope.clause.label, scope.words
    head = words[label : label + 90]
    if _NEW_UNIT.match(scope.text, scope.clause.start + label):
        return False  # the new words of a unit, whose instruction stands above
    if PHRASE_SIGN.match(head.lstrip()) or _ITEM.match(head):
        return True
    hits = scope.hits(label, len(words))
    return bool(hits) and hits[0].start - label < 40


class _Instruction(Stretch):
    """One governing verb with its object: `[floor, bound)` is its part of the clause."""

    def __init__(self, scope: Scope, call: Call, floor: int, bound: int, alone: bool) -> None:
        super().__init__(scope, call, floor, bound)
        stop = _STOP.search(self.words, call.end, bound)
        self.stop, self.alone = stop.start() if stop else bound, alone
        self.block: list[tuple[int, int]] = []
        self.general = False

    def read(self, below: Context) -> tuple[list[Draft], Context]:
        """The effects, and the context for what stands below the clause."""
        if self.call.passive and (told := worded_before(self)):
            return told, below
        if is_wording(self):
            told = worded(self)
            if told:
                return told, below
            if self.call.kind != "insert":
                return [], replace(below, verb=self.call.kind, amends=True)
        self._find_block()
        if self.call.passive:
            return self._passive(below)
        hits = self._own(self.scope.hits(self.call.end, self.stop))
        if hits and not self._object_follows(hits[0]):
            return [], below
        if self.call.kind == "insert":
            return self._insertions(hits, below)
        if self.call.kind == "replace" and (by := _BY.search(self.words, self.call.end, self.stop)):
            hits = [hit for hit in hits if hit.start < by.start()]
        return self._plain(hits, below)

    # --- the object -------------------------------------------------------------------------------

    def _find_block(self) -> None:
        """The quotation that gives the new text; the instruction itself ends before it."""
        self.block = [
            q for q in self.quotes
            if q[0] >= self.stop - 3 or not PHRASE_SIGN.search(self.words[max(self.call.end, q[0] - 20) : q[0] + 1])
        ]  # fmt: skip
        if self.block and self.block[0][0] < self.stop:
            self.stop = self.block[0][0] - 1

    def _own(self, hits: Sequence[Hit]) -> list[Hit]:
        """Without the units and annexes of this very text ("Điều này", "Phụ lục kèm theo Quyết định này")."""
        return [hit for hit in hits if not hit.this and not (hit.target is None and self._own_annex(hit))]

    def _own_annex(self, hit: Hit) -> bool:
        if self.call.kind == "insert" and self.context.host and hit.start - self.call.end < 12:
            return False  # "Bổ sung Phụ lục III ban hành kèm theo Nghị định này": the amended act's new annex
        return (hit.path or "").startswith(("app_", "form_")) and bool(_WITH_THIS.match(self.words, hit.end))

    def _object_follows(self, hit: Hit) -> bool:
        """Whether the words between verb and object say that the object is what the verb governs."""
        call, words, context = self.call, self.words, self.context
        gap = words[call.end : hit.start]
        if "hoặc toàn bộ" in words[call.start : hit.start]:
            return False  # a power ("bãi bỏ một phần hoặc toàn bộ văn bản …"), not its use
        if call.kind == "extend":
            return bool(_TERM_OF.search(words, call.start, call.end + 40))
        if call.kind in ("suspend", "correct"):
            return True
        prose = _PROSE.search(gap) and not self.block and not _CONTENT.match(words, call.end)
        if len(gap) > 260 or ";" in gap or prose:
            return False
        adjusts = words.startswith("điều chỉnh", call.start)
        if adjusts and not self.block and not (context.host and hit.path and "như sau" in words):
            return False
        if call.kind == "amend" and hit.path is None and len(gap) > 40 and not _PUBLISHED_LIST.search(gap):
            return False
        if hit.target is None and context.host is None and not context.amends:
            return bool(self.block) or "như sau" in words or (call.kind in ("repeal", "insert") and len(gap) < 12)
        return True

    # --- passive, plain, insertion ----------------------------------------------------------------

    def _passive(self, below: Context) -> tuple[list[Draft], Context]:
        """"Khoản 2 Điều 5 được sửa đổi như sau", "Điều 5 được bổ sung khoản 4", "Quyết định X bị bãi bỏ"."""
        start = max(self.words.rfind(mark, self.floor, self.call.start) + 1 for mark in (". ", "; "))
        hits = self.scope.hits(max(start, self.floor), self.call.start)
        if hits and (tail := effect_places.read(self.words, hits[-1].end, self.call.start)):
            # "Sửa đổi một số điều của X Điều 3 được sửa đổi …": the unit named last is the one that is changed.
            act = hits[-1].target
            hits = [Hit(act, place.path, place.start, place.end, place.open) for place in tail]
        if self.call.kind == "insert" and (inner := self.scope.hits(self.call.end, self.stop)):
            holder = hits[-1] if hits else None
            below = context_of(hits, below, None)
            hits = [
                replace(
                    hit, target=hit.target or (holder.target if holder else None),
                    path=targets.complete(hit.path, [holder.path if holder else None]) if hit.path else None,
                )
                for hit in inner
            ]  # fmt: skip
        hits = self._own(hits)
        if not hits or (
            all(hit.target is None for hit in hits)
            and self.context.host is None
            and not says_how(self.words, self.call.end)
        ):
            return [], below
        piece = _PIECE.search(self.words, max(start, self.floor, hits[0].start - 40), hits[0].start)
        return self._plain(hits, below, start=piece.start() if piece else hits[0].start)

    def _plain(self, hits: list[Hit], below: Context, start: int | None = None) -> tuple[list[Draft], Context]:
        call, words, clause = self.call, self.words, self.clause
        kind = _TYPES[call.kind]
        first, last = clause.start + (call.start if start is None else start), clause.start + self.stop
        if hits and (opening := _OPENING_AND.match(words, call.end)) and (hits[0].path or "").rpartition("__")[0]:
            # "đoạn mở đầu và điểm a khoản 1": the opening words belong to the unit that holds the point
            above = (hits[0].path or "").rpartition("__")[0]
            hits = [replace(hits[0], path=above, start=opening.end("piece") + 1), *hits]
        elif hits and names_article(self.context) and (name := _NAME_AND.match(words, call.end)):
            hits = [Hit(None, self.context.prefix, name.end("piece") + 1, name.end()), *hits]
        content = bool(_CONTENT.match(words, call.end)) if call.end > call.start else self.context.part
        down = context_of(hits, below, None if call.kind == "mixed" else call.kind, amends=True)
        down = replace(down, part=content)
        part = words[: self.bound].rstrip()
        opens = words.startswith(("như sau", "sau đây", ":"), self.stop) or part.endswith(":")
        general = bool(_GENERAL.search(words, call.end, hits[0].start + 12 if hits else self.stop))
        self.general = bool(hits) and (general or call.kind == "mixed") and kind in ("amend", "repeal", "replace")
        if not hits:
            if kind in ("repeal", "replace", "declare_expired") and (annex := self._annex_list()):
                return [Draft(kind, first, last, None, time=self.time, annex=annex)], down
            if kind == "amend" and self.block and self.context.prefix and _UNNAMED.match(words, call.end):
                return [Draft("amend", first, last, None, self.context.prefix, time=self.time)], down
            lists = opens or general or clause.first or _ACTS_WORD.search(words, call.end, self.stop)
            return [], down if lists else below
        if kind == "extend":
            hits = hits[:1]
        if kind == "correct":
            return self._corrections(hits, first, last), down
        spared = _SPARED.match(words, self.stop)
        without = _WITHOUT.match(words, self.stop)  # "Điều 5, trừ khoản 2"
        if spared:  # "Bãi bỏ X, trừ các nội dung sau:" — what is listed below goes on
            down = replace(down, verb=None)
        heads = (not spared and words.rstrip().endswith((":", "sau"))) or (
            kind == "amend" and clause.first and self.alone
        )
        announces = self.general or (kind in ("amend", "repeal", "replace") and heads and not clause.quotes)
        some = self.general or bool(spared) or bool(_IN_PART.search(words, call.end, max(hits[0].start, call.end)))
        return [
            Draft(
                kind, first, last, hit.target, hit.path, hit.open, self.time, announces=announces,
                partial=hit.partial or content or (
                    (some if hit.path is None else bool(spared) or piece) or bool(without)
                ),
            )
            for hit, piece in zip(hits, self._pieces(hits), strict=True)
        ], down  # fmt: skip

    def _pieces(self, hits: Sequence[Hit]) -> list[bool]:
        """For each unit whether but a piece of it is meant; "tên Mục 1, Mục 2, Mục 3" says it once for all."""
        found: list[bool] = []
        for i, hit in enumerate(hits):
            near = max(self.floor, hits[i - 1].end if i else 0, hit.start - 40)
            piece = _PIECE.search(self.words, near, hit.start) is not None
            if (hit.path or "").startswith(("app_", "form_")):
                piece = piece or _ROW_OF.search(self.words, near, hit.start) is not None
            if not piece and i and found[-1] and _level_of(hit) == _level_of(hits[i - 1]):
                piece = _COMMA.fullmatch(self.words, hits[i - 1].end, hit.start) is not None
            found.append(piece)
        return found

    def _corrections(self, hits: Sequence[Hit], first: int, last: int) -> list[Draft]:
        """"Đính chính …: đã in “A”, nay sửa lại là “B”": two quotations are the wrong and the right words."""
        old, new = (self.quotes[0], self.quotes[1]) if len(self.quotes) == 2 else (None, None)
        new = self.quotes[0] if len(self.quotes) == 1 else new
        return [
            Draft("correct", first, last, hit.target, hit.path, hit.open, self.time,
                  old_text=self.piece(old), new_text=self.piece(new))
            for hit in hits
        ]  # fmt: skip

    def _insertions(self, hits: list[Hit], below: Context) -> tuple[list[Draft], Context]:
        """"Bổ sung điểm g1 vào sau điểm g khoản 3 Điều 3": the target is the new unit, placed by its neighbour."""
        call, words, clause = self.call, self.words, self.clause
        start, end = clause.start + call.start, clause.start + self.stop
        down = context_of(hits, below, "insert", amends=True)
        if not hits:
            return [], down if words.rstrip().endswith((":", "sau")) or clause.first else below
        split = _SPLIT.search(words, call.end, self.stop)
        if not split and not self.block and _RULED.search(words, call.end, hits[0].start):
            return [], below  # "Bổ sung giá đất quy định tại khoản 6 Điều 3": a thing is added, no words
        if _GENERAL.search(words, call.end, hits[0].start) or (not split and hits[0].path is None):
            return [], down
        inside = _AT_END.search(words, call.end, hits[0].start)
        if inside or (not split and _INTO.search(words, call.end, hits[0].start)):
            return [Draft("insert_text", start, end, h.target, h.path, h.open, self.time) for h in hits], down
        act = next((h.target for h in hits if h.target is not None and not h.target.self_), None)
        lead = next((h.path.split("__")[0] for h in hits if h.path and h.path.startswith("att_")), None)
        anchors = effect_places.read(words, split.end(), self.stop) if split else []
        drafts = []
        for place in effect_places.read(words, call.end, split.start() if split else self.stop):
            path, is_open = place.path, place.open
            if anchors and is_open:
                path = targets.complete(path, [anchors[-1].path])
                is_open = not re.search(r"(?:^|__)(?:art|app)_", path)
            if anchors and path.startswith("sec_") and anchors[-1].path.startswith("chp_"):
                path = targets.join(anchors[-1].path.partition("__")[0], path) or path
            if lead and not path.startswith("app_"):
                path = f"{lead}__{path}"
            drafts.append(Draft("insert", start, end, act, path, is_open, self.time))
        return drafts, down

    def _annex_list(self) -> str | None:
        """The annex that lists the acts ("bãi bỏ 12 văn bản tại Phụ lục kèm theo"): its number, else "1"."""
        match = _ANNEX_LIST.search(self.words, self.call.end, self.stop)
        if not match or not _ACTS_WORD.search(self.words, self.call.end, match.start()):
            return None
        return (match["number"] or "1").upper()


def _level_of(hit: Hit) -> str:
    return (hit.path or "").rpartition("__")[2].partition("_")[0]
