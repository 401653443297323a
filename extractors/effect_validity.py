"""When the text itself, or another act, is in force: commence, expire, "hết hiệu lực", "công bố hết hiệu lực".

"Văn bản X hết hiệu lực kể từ ngày văn bản này có hiệu lực" ends X: a repeal. "Thông tư này hết hiệu lực …" and a
term ("đến hết ngày 28/02/2027") end the text itself: expire, from the day after the last day.
Source: Luật 64/2025/QH15, Điều 53–57; effect_phrases EP01–EP14, EP26.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from extractors import effect_places
from extractors import effect_targets as targets
from extractors.effect_clauses import Clause
from extractors.effect_dates import ACT, When, when
from extractors.effect_drafts import Draft
from extractors.effect_targets import Context, Mentions

_IN_FORCE = re.compile(r"(?<!\w)(?:bắt đầu\s+)?(?:có|phát sinh)\s+hiệu lực(?!\w)(?!\s+(?:pháp luật|áp dụng theo pháp))")
_ENDS = re.compile(r"(?<!\w)(?:hết|chấm dứt|không còn)\s+hiệu lực(?!\w)")
_SELF = re.compile(
    rf"(?<!\w)(?P<act>{ACT})(?P<this>\s+(?:ban hành\s+)?này)?\s*(?:,\s*)?"
    r"(?:(?:đã\s+)?được\s.{1,160}?thông qua.{0,80}?\s+và\s+|áp dụng\s.{1,80}?\s+và\s+|gồm\s.{1,80}?\s+và\s+)?(?:chính thức\s+)?$"
)
_DAY_OF = re.compile(r"(?<!\w)(?:ngày|khi|thời điểm|trước|sau|đến|lúc)\s+(?:mà\s+)?(?:các\s+)?$")
_SENTENCE = re.compile(r"[.;]\s+(?=\w)|\n")
_AFTER_STOP = re.compile(
    r"[;.]\s+(?=\w)|,\s*trừ(?!\w)|\strừ\s(?:trường hợp|các|quy định|khoản)|(?:\svà|,)\s+(?:thay thế|bãi bỏ|hủy bỏ|áp dụng|được áp dụng|thực hiện)|\n"
)
_NOT_YET = re.compile(
    r"(?<!\w)(?:đã|chưa|không|việc|khi|trước|sẽ|còn|nếu|cho đến|đến khi|trường hợp|bị coi là|thẻ|giấy phép|chứng chỉ|chứng nhận|hợp đồng)\s*(?:văn bản\s+)?$"
)
_REPORTED = re.compile(rf"(?<!\w)(?:ngày|khi|trước|sau|nếu|thời điểm|trường hợp|theo|do|vì)\s+(?:mà\s+)?(?:các\s+)?{ACT}")
_LIST = re.compile(r"(?<!\w)(?:các|những|toàn bộ|một số|\d{1,3})\s.{0,80}?(?:sau đây|sau|dưới đây)(?!\w)")
_TERM = re.compile(
    r"(?<!\w)(?:thời\s+(?:hạn|gian)\s+(?:thực hiện\s+)?(?:ủy quyền|thực hiện|áp dụng|thí điểm|phân cấp|hiệu lực|có hiệu lực)(?!\w)|"
    rf"{ACT}\s+này\s+(?:được\s+)?(?:thực hiện|áp dụng|thí điểm|có giá trị)(?!\w))"
)
_PUBLISHED = re.compile(r"^\s*(?:nay\s+)?công bố(?!\w)")
_GOES_ON = re.compile(r"(?<!\w)tiếp tục (?:có|còn) hiệu lực(?!\w)")
_FORM = re.compile(r"(?:^|__)(?:app|form)_")
_KINDS_OF_HEAD = {
    "luat": "luật", "nghi_dinh": "nghị định", "nghi_quyet": "nghị quyết", "quyet_dinh": "quyết định", "thong_tu": "thông tư",
    "chi_thi": "chỉ thị", "ke_hoach": "kế hoạch", "phap_lenh": "pháp lệnh", "quy_che": "quy chế", "quy_dinh": "quy định",
}  # fmt: skip


def validity(
    clause: Clause, words: str, context: Context, mentions: Mentions, signed: date | None, kind: str | None
) -> tuple[list[Draft], Context]:
    """Commencements and endings in one clause. `kind`: that of the document ("Quyết định có hiệu lực …" without "này")."""
    if clause.unit is not None and _FORM.search(clause.unit.id):
        return [], context
    drafts: list[Draft] = []
    if "hiệu lực" in words:
        drafts += _commencements(clause, words, signed, kind)
        ended, context = _endings(clause, words, context, mentions, signed)
        drafts += ended
    if "đến hết" in words or "đến ngày" in words:
        drafts += _terms(clause, words, signed, drafts)
    return drafts, context


def _sentence(words: str, at: int, floor: int) -> int:
    """Where the sentence around `at` begins."""
    start = floor
    for match in _SENTENCE.finditer(words, floor, at):
        start = match.end()
    return start


def _own_part(clause: Clause, path: str | None) -> str | None:
    """A path of this text, below the attached text that the clause stands in."""
    top = clause.unit.id.split("__")[0] if clause.unit else ""
    return targets.join(top if top.startswith("att_") else None, path)


def _commencements(clause: Clause, words: str, signed: date | None, kind: str | None) -> Iterator[Draft]:
    for match in _IN_FORCE.finditer(words, clause.label):
        begin = _sentence(words, match.start(), clause.label)
        lead = words[begin : match.start()]
        own = _SELF.search(lead)
        paths: list[str | None] = [None]
        if own:
            before = lead[: own.start()]
            if _DAY_OF.search(before):
                continue
            named = [p.path for p in effect_places.read(before) if not p.open]
            if own["this"] is None and not (
                before.strip(" :.“\"") in ("", "hiệu lực thi hành", "điều khoản thi hành", "tổ chức thực hiện")
                and own["act"] == _KINDS_OF_HEAD.get(kind or "", own["act"])
            ):
                continue
            if (named and re.search(r"(?<!\w)(?:của|trong|tại)\s+$", before)) or (named and re.fullmatch(r"\s*(?:các\s+)?(?:quy định\s+(?:tại\s+)?)?.{0,4}", before[: before.find(" ") + 1])):
                paths = list(named)
        elif named := [p.path for p in effect_places.read(lead) if not p.open and not _names_act(lead)]:
            if not re.match(r"\s*(?:các\s+|riêng\s+|đối với\s+)?(?:quy định|điều|khoản|điểm|chương|mục|nội dung|việc|phụ lục)(?!\w)", lead):
                continue
            paths = list(named)
        else:
            continue
        stop = _AFTER_STOP.search(words, match.end())
        end = stop.start() if stop else len(words)
        time = when(words, match.start(), end, signed)
        if own and own["this"] is None and not time.found:
            continue
        if not time.found and not own:
            continue
        first = time.first
        span = clause.start + begin + len(lead) - len(lead.lstrip()), clause.start + end
        for path in paths:
            path = _own_part(clause, path)
            yield Draft("commence", *span, None, path, time=When(first, time.last, found=True), self_=True)
            if time.last:
                yield Draft("expire", *span, None, path, time=When(time.last + timedelta(days=1), found=True), self_=True)


def _names_act(lead: str) -> bool:
    return bool(re.search(rf"{ACT}\s+(?!này)(?:số\s)?", lead)) and not re.search(rf"{ACT}\s+này", lead)


def _endings(
    clause: Clause, words: str, context: Context, mentions: Mentions, signed: date | None
) -> tuple[list[Draft], Context]:
    drafts: list[Draft] = []
    floor = clause.label
    for match in [*_ENDS.finditer(words, clause.label), *_GOES_ON.finditer(words, clause.label)]:
        begin = max(_sentence(words, match.start(), clause.label) if ";" not in words[floor : match.start()] else floor, floor)
        if drafts and floor > clause.label:
            begin = max(begin, _sentence(words, match.start(), floor))
        goes_on = words[match.start()] == "t"
        lead = words[begin : match.start()]
        published = _PUBLISHED.search(lead) is not None
        if goes_on and not published:
            continue
        stop = _AFTER_STOP.search(words, match.end())
        end = stop.start() if stop else len(words)
        time = when(words, match.end(), end, signed)
        span = clause.start + begin + len(lead) - len(lead.lstrip()), clause.start + end
        own = _SELF.search(lead)
        if own and own["this"] and not goes_on:
            if not _DAY_OF.search(lead[: own.start()]) and time.first and not _REPORTED.search(lead):
                paths = [p.path for p in effect_places.read(lead, 0, own.start()) if not p.open] or [None]
                drafts += [Draft("expire", *span, None, _own_part(clause, p), time=time, self_=True) for p in paths]
            continue
        if _NOT_YET.search(lead) and not published:
            continue
        hits = [h for h in targets.find(words, begin, match.start(), clause.start, mentions) if not h.this]
        acts = [h for h in hits if h.target is not None and not h.target.self_]
        kind = "declare_continuing" if goes_on else "declare_expired" if published else "repeal"
        if acts:
            if not published and _REPORTED.search(words, begin, acts[0].start + 12) and not _REPORTED.match(words, acts[0].start):
                lead_in = words[begin : acts[0].start]
                if re.search(r"(?<!\w)(?:ngày|khi|trước|sau|nếu|thời điểm|trường hợp|theo|do|vì)\s+(?:các\s+)?$", lead_in):
                    continue
            drafts += [Draft(kind, *span, h.target, h.path, h.open, time) for h in acts]  # type: ignore[arg-type]
            floor = end
            continue
        if _LIST.search(lead) or published:
            inline = [h for h in targets.find(words, match.end(), len(words), clause.start, mentions) if h.target]
            inline = [h for h in inline if not (h.target and h.target.self_)]
            for hit in inline:
                drafts.append(Draft(kind, clause.start + hit.start, clause.start + hit.end, hit.target, hit.path, hit.open, time))  # type: ignore[arg-type]
            context = replace(context, verb="repeal" if kind == "repeal" else kind, time=time)
        elif hits and context.host and words[match.end() :].strip():
            drafts += [Draft("repeal", *span, h.target, h.path, h.open, time) for h in hits]
    return drafts, context


def _terms(clause: Clause, words: str, signed: date | None, found: list[Draft]) -> Iterator[Draft]:
    """"Thời hạn ủy quyền: … đến hết ngày 28/02/2027" ends the text itself, from the next day."""
    if any(draft.type == "expire" for draft in found):
        return
    for match in _TERM.finditer(words, clause.label):
        begin = _sentence(words, match.start(), clause.label)
        if words[begin : match.start()].strip(" -–“\"") and match[0].startswith("thời"):
            continue
        stop = re.compile(r"[;.]\s+(?=\w)|\n|,\s*trừ").search(words, match.end())
        end = stop.start() if stop else len(words)
        time = when(words, match.end(), end, signed)
        if time.last:
            day = time.last + timedelta(days=1)
            yield Draft("expire", clause.start + match.start(), clause.start + end, None, None, time=When(day, found=True), self_=True)
            return
