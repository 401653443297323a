"""When the text itself, or another act, is in force: commence, expire, "hết hiệu lực", "công bố hết hiệu lực".

"Văn bản X hết hiệu lực kể từ ngày văn bản này có hiệu lực" ends X: a repeal. "Thông tư này hết hiệu lực …" and a
term ("đến hết ngày 28/02/2027") end the text itself: expire, from the day after the last day.
Source: Luật 64/2025/QH15, Điều 53–57.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from corpus.model import EffectType
from corpus.model.quick import replace
from extractors.effects import places as effect_places
from extractors.effects import targets as targets
from extractors.effects.clauses import Clause
from extractors.effects.dates import ACT, When, when
from extractors.effects.drafts import Draft
from extractors.effects.scope import Scope
from extractors.effects.targets import Context
from extractors.patterns import lazy, word

_FORCE = r"\s+hiệu lực(?!\w)"
_STARTS = [rf"{begins}{_FORCE}" for begins in (r"bắt đầu\s+(?:có|phát sinh)", "có", "phát sinh")]
_IN_FORCE = lazy("|".join(rf"{word(one)}(?!\s+(?:pháp luật|áp dụng theo pháp))" for one in _STARTS))
_ENDS = lazy(
    "|".join(word(f"{ends}{_FORCE}") for ends in ("hết", "chấm dứt", "không còn"))
    + r"|t(?P<goes_on>(?<!\wt)iếp tục (?:có|còn) hiệu lực)(?!\w)"
)
_SELF = lazy(
    rf"(?<!\w)(?P<act>{ACT})(?P<this>\s+(?:ban hành\s+)?này)?\s*(?:,\s*)?"
    r"(?:(?:đã\s+)?được\s.{1,160}?thông qua.{0,80}?\s+và\s+|áp dụng\s.{1,80}?\s+và\s+|gồm\s.{1,80}?\s+và\s+)?"
    r"(?:chính thức\s+)?$"
)
_DAY_OF = lazy(r"(?<!\w)(?:ngày|khi|thời điểm|thời gian|thời hạn|trước|sau|đến|lúc|nếu)\s+(?:mà\s+)?(?:các\s+)?$")
_LONGEST, _MOST = 8000, 40
_SENTENCE = lazy(r"[.;]\s+(?=\w)|\n")
_AFTER_STOP = lazy(
    r"[;.]\s+(?=\w)|,\s*trừ(?!\w)|\strừ\s(?:trường hợp|các|quy định|khoản)|"
    r"(?:\svà|,)\s+(?:thay thế|bãi bỏ|hủy bỏ|áp dụng|được áp dụng|thực hiện)|\n"
)
_SPARED = lazy(r",?\s*trừ\s+(?:các\s+)?(?:điểm|khoản|điều|chương|mục)\s(?![^.;]{0,60}(?<!\w)này(?!\w))")
_EXCEPT = lazy(r",?\s+trừ\s+(?:trường hợp\s+)?(?:quy định\s+tại\s+)?(?=(?:các\s+)?(?:điểm|khoản|điều|chương|mục)\s)")
_TOLD_OF = lazy(r"^\s*(?:các|những|toàn bộ)\s[^.;]{0,60}?(?:nêu|liệt kê|quy định|kể)\s+(?:tại|ở|trong)(?!\w)")
_TERM_STOP = lazy(r"[;.]\s+(?=\w)|\n|,\s*trừ")
_NOT_YET = lazy(
    r"(?<!\w)(?:đã|chưa|không|việc|khi|trước|sẽ|còn|nếu|cho đến|đến khi|trường hợp|bị coi là|"
    r"thẻ|giấy phép|chứng chỉ|chứng nhận|hợp đồng)\s*(?:văn bản\s+)?$"
)
_REPORTED = lazy(
    rf"(?<!\w)(?:ngày|khi|trước|sau|nếu|thời điểm|trường hợp)\s+(?:mà\s+)?(?:các\s+)?{ACT}\s+(?:số\s+)?\d"
)
_LIST = lazy(r"(?<!\w)(?:các|những|toàn bộ|một số|\d{1,3})\s.{0,80}?(?:sau đây|sau|dưới đây)(?!\w)")
_TERM = lazy(
    r"(?<!\w)(?:thời\s+(?:hạn|gian)\s+(?:thực hiện\s+)?"
    r"(?:ủy quyền|thực hiện|áp dụng|thí điểm|phân cấp|hiệu lực|có hiệu lực)(?!\w)|"
    rf"{ACT}\s+này\s+(?:được\s+)?(?:thực hiện|áp dụng|thí điểm|có giá trị)(?!\w))"
)
_PUBLISHED = lazy(r"^\s*(?:nay\s+)?công bố(?!\w)")
_WHILE = lazy(r"^\s*trong (?:thời gian|thời hạn|khi)(?!\w)")
_PART_OF_THIS = lazy(
    r"\s*(?:các\s+|riêng\s+|đối với\s+)?(?:quy định|điều|khoản|điểm|chương|mục|nội dung|việc|phụ lục)(?!\w)"
)
_CARRIED = lazy(
    rf"được\s+(?:sửa đổi|bổ sung)[^()]{{0,40}}?\s(?:tại|bởi|theo)\s(?P<where>[^()]{{3,160}}?)\s+"
    rf"(?:của\s+)?{ACT}\s+này(?!\w)"
)
_SOME_ACT = lazy(rf"(?<!\w){ACT}\s+(?!này|tại|ở|trong|nêu)")
_OF = lazy(r"(?<!\w)(?:của|trong|tại)\s+$")
_UNIT = lazy(r"(?<!\w)(?:điều|khoản|chương|mục|phụ lục)\s+[\wđ]{1,6}\s+$")
_UNDER = lazy(r"(?<!\w)(?:theo|với|bởi|do|như|cùng)\s+$")
_FORM = lazy(r"(?:^|__)(?:app|form)_")
_HEADINGS = ("", "hiệu lực thi hành", "điều khoản thi hành", "tổ chức thực hiện", "hiệu lực")
_SEVERAL = lazy(r"(?<!\w)(?:các|những|mỗi|từng|hai|ba)\s+$")
_INSTRUMENTS = ("luật", "pháp lệnh", "nghị định", "nghị quyết", "quyết định", "thông tư", "chỉ thị")
_KIND_WORDS = {
    "luat": "luật", "nghi_dinh": "nghị định", "nghi_quyet": "nghị quyết", "quyet_dinh": "quyết định",
    "thong_tu": "thông tư", "chi_thi": "chỉ thị", "ke_hoach": "kế hoạch", "phap_lenh": "pháp lệnh",
    "quy_che": "quy chế", "quy_dinh": "quy định",
}  # fmt: skip


def validity(scope: Scope, kind: str | None) -> tuple[list[Draft], Context]:
    """Commencements and endings of one clause. `kind`: the document's, for "Quyết định có hiệu lực" without "này".

    The context is the scope's own unless the clause opens a list ("Các văn bản sau đây hết hiệu lực …:").
    """
    clause, words, context = scope.clause, scope.words, scope.context
    if clause.unit is not None and _FORM.search(clause.unit.id):
        return [], context
    drafts: list[Draft] = []
    if "hiệu lực" in words:
        drafts += _commencements(scope, kind)
        ended, context = _endings(scope, kind)
        drafts += ended
    if ("đến hết" in words or "đến ngày" in words) and not any(draft.type == "expire" for draft in drafts):
        drafts += _terms(scope)
    return drafts, context


def _sentence(words: str, at: int, floor: int) -> int:
    """Where the sentence around `at` begins (one of many thousand letters is cut)."""
    start = max(floor, at - _LONGEST)
    for match in _SENTENCE.finditer(words, start, at):
        start = match.end()
    return start


def _span(clause: Clause, words: str, begin: int, end: int) -> tuple[int, int]:
    """Offsets in the whole text, without the blanks ahead."""
    return clause.start + begin + len(words[begin:end]) - len(words[begin:end].lstrip()), clause.start + end


def _own(scope: Scope, effect: EffectType, span: tuple[int, int], path: str | None, time: When) -> Draft:
    """An effect on this text, below the attached text that the clause stands in."""
    unit = scope.clause.unit
    top = unit.id.split("__")[0] if unit else ""
    path = targets.join(top if top.startswith("att_") else None, path)
    return Draft(effect, *span, None, path, time=time, self_=True)


def _day_after(time: When) -> When:
    assert time.last is not None
    return When(time.last + timedelta(days=1), found=True)


def _commencements(scope: Scope, kind: str | None) -> Iterator[Draft]:
    clause, words = scope.clause, scope.words
    for match in islice(_IN_FORCE.finditer(words, clause.label), _MOST):
        begin = _sentence(words, match.start(), clause.label)
        for but in _EXCEPT.finditer(words, begin, match.start()):
            begin = but.end()  # "…, trừ khoản 4 Điều 1 có hiệu lực từ ngày …"
        lead = words[begin : match.start()]
        own = _SELF.search(lead)
        paths = _whose(lead, own, kind) or (_carried(clause.words[begin : match.start()]) if own is None else [])
        if not paths:
            continue
        stop = _AFTER_STOP.search(words, match.end())
        end = stop.start() if stop else len(words)
        time = when(words, match.start(), end, scope.signed)
        if not time.found and not (own and own["this"]):
            continue
        span = _span(clause, words, begin, end)
        for path in paths:
            yield _own(scope, "commence", span, path, When(time.first, time.last, found=True))
            if time.last:
                yield _own(scope, "expire", span, path, _day_after(time))


def _whose(lead: str, own: re.Match[str] | None, kind: str | None) -> list[str | None]:
    """What the sentence says to be in force: [None] the text, paths of its units, [] something else."""
    if own is None:
        if not _PART_OF_THIS.match(lead) or (_SOME_ACT.search(lead) and not targets.THIS_ACT.search(lead)):
            return []
        this = targets.THIS_ACT.search(lead)  # what stands behind it is the unit that this one amends
        return [place.path for place in effect_places.read(lead, 0, this.end() if this else None) if not place.open]
    before = lead[: own.start()]
    if _DAY_OF.search(before) or _WHILE.match(before) or _other(own, before, kind):
        return []
    if own["this"] is None:
        named = before.strip(" :.“\"") in _HEADINGS and own["act"] == _KIND_WORDS.get(kind or "", own["act"])
        return [None] if named else []
    if _OF.search(before) or _UNIT.search(before):
        if not _PART_OF_THIS.match(before):
            return []
        return [place.path for place in effect_places.read(before) if not place.open] or [None]
    return [] if _UNDER.search(before) else [None]


def _carried(lead: str) -> list[str | None]:
    """"Khoản 1 Điều 15 Luật X (được sửa đổi tại khoản 7 Điều 1 của Luật này) có hiệu lực …": the unit of this text."""
    match = _CARRIED.search(lead)
    if match is None or not _PART_OF_THIS.match(lead):
        return []
    return [place.path for place in effect_places.read(match["where"]) if not place.open]


def _other(own: re.Match[str], before: str, kind: str | None) -> bool:
    """Whether "this act" is one that the text speaks of: "các quyết định này", "quyết định này" in a law."""
    return bool(_SEVERAL.search(before)) or (own["act"] in _INSTRUMENTS and kind in _KIND_WORDS and (
        _KIND_WORDS[kind] in _INSTRUMENTS and own["act"] != _KIND_WORDS[kind]
    ))  # fmt: skip


def _endings(scope: Scope, document_kind: str | None) -> tuple[list[Draft], Context]:
    clause, words, context = scope.clause, scope.words, scope.context
    drafts: list[Draft] = []
    floor = clause.label
    for match in islice(_ENDS.finditer(words, clause.label), _MOST):
        # Acts that end together are often a list with semicolons; a sentence begins behind what ended before.
        begin = floor if ";" in words[floor : match.start()] else _sentence(words, match.start(), floor)
        if match["goes_on"]:
            spares = words.rfind(" trừ ", begin, match.start())
            begin = spares + 4 if spares >= 0 else begin  # what is spared, not what ends
        lead = words[begin : match.start()]
        published = _PUBLISHED.search(lead) is not None
        until = when(words, match.end(), len(words), scope.signed).last if match["goes_on"] else None
        if (match["goes_on"] and not published and until is None) or (_NOT_YET.search(lead) and not published):
            continue
        stop = _AFTER_STOP.search(words, match.end())
        end = stop.start() if stop else len(words)
        time = when(words, match.end(), end, scope.signed)
        span = _span(clause, words, begin, end)
        own = _SELF.search(lead)
        if own and own["this"] and not match["goes_on"]:
            if _other(own, lead[: own.start()], document_kind):
                continue
            if not _DAY_OF.search(lead[: own.start()]) and time.first and not _TOLD_OF.match(lead):
                places = effect_places.read(lead, 0, own.start())
                named: list[str | None] = [place.path for place in places if not place.open]
                paths = named or [None]
                drafts += [_own(scope, "expire", span, path, time) for path in paths]
            continue
        kind: EffectType = "declare_continuing" if match["goes_on"] else "declare_expired" if published else "repeal"
        hits = [hit for hit in scope.hits(begin, match.start()) if not hit.this]
        acts = [hit for hit in hits if hit.target is not None and not hit.target.self_]
        if acts:
            if not published and _REPORTED.search(lead):
                continue  # "trước ngày Nghị định số … hết hiệu lực" is a date
            spared = kind == "repeal" and bool(_SPARED.match(words, end))
            drafts += [Draft(kind, *span, h.target, h.path, h.open, time, partial=h.partial or spared) for h in acts]
            floor = end
        elif _LIST.search(lead) or published:
            drafts += _listed(scope, kind, match.end(), time)
            context = replace(context, verb=kind, time=time)
        elif hits and context.host and words[match.end() :].strip():
            drafts += [Draft("repeal", *span, hit.target, hit.path, hit.open, time) for hit in hits]
    return drafts, context


def _listed(scope: Scope, kind: EffectType, start: int, time: When) -> Iterator[Draft]:
    """"Các Quyết định sau hết hiệu lực …: A; B" in one paragraph."""
    base = scope.clause.start
    for hit in scope.hits(start, len(scope.words)):
        if hit.target is not None and not hit.target.self_:
            yield Draft(kind, base + hit.start, base + hit.end, hit.target, hit.path, hit.open, time)


def _terms(scope: Scope) -> Iterator[Draft]:
    """"Thời hạn ủy quyền: … đến hết ngày 28/02/2027" ends the text itself, from the next day."""
    clause, words = scope.clause, scope.words
    for match in islice(_TERM.finditer(words, clause.label), _MOST):
        begin = _sentence(words, match.start() + 1, clause.label)
        if words[begin : match.start()].strip(" -–“\"") and match[0].startswith("thời"):
            continue
        stop = _TERM_STOP.search(words, match.end())
        end = stop.start() if stop else len(words)
        time = when(words, match.end(), end, scope.signed)
        if time.last:
            span = clause.start + match.start(), clause.start + end
            yield Draft("expire", *span, None, None, time=_day_after(time), self_=True)
            return
