"""Instructions: what a clause does to the words of other acts (amend, insert, repeal, replace, phrases, suspend …).

A verb is an instruction only where it governs: at the beginning of a clause or sentence, after "Nghị định này",
after another instruction, or in the passive with "như sau". Everywhere else ("… sửa đổi, bổ sung giấy phép")
it is prose. What it is done to must follow at once, or the clause above must have opened a list.
Source: Nghị định 78/2025/NĐ-CP, Điều 70 (how amending texts speak); effect_phrases EP09–EP26.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.model import EffectType, Target
from extractors import effect_places
from extractors import effect_targets as targets
from extractors.effect_clauses import MASK, Clause
from extractors.effect_dates import ACT, When, when
from extractors.effect_phrases import Phrase, phrases
from extractors.effect_targets import Context, Hit, Mentions, join

_VERB = re.compile(
    r"(?<!\w)(?:"
    r"(?P<suspend>(?:tạm\s+)?ngưng\s+(?:có\s+)?(?:hiệu lực|việc thi hành|thi hành|việc áp dụng|áp dụng)|"
    r"(?:tạm\s+)?đình chỉ\s+(?:việc\s+)?(?:thi hành|áp dụng|hiệu lực|một phần|toàn bộ))|"
    r"(?P<extend>(?:kéo dài|gia hạn)\s+(?:thêm\s+)?(?:thời hạn|thời gian|hiệu lực|việc))|"
    r"(?P<correct>đính chính)|"
    r"(?P<mixed>(?:sửa đổi|bổ sung|thay thế|bãi bỏ|điều chỉnh)(?:\s*,\s*(?:và\s+)?|\s+và\s+|\s*;\s*)(?:sửa đổi|bổ sung|thay thế|bãi bỏ|điều chỉnh)"
    r"(?:(?:\s*,\s*(?:và\s+)?|\s+và\s+|\s*;\s*)(?:thay thế|bãi bỏ|bổ sung|đính chính)){0,3})|"
    r"(?P<amend>sửa đổi|chỉnh sửa|sửa(?!\s+(?:chữa|sang|soạn))|điều chỉnh)|"
    r"(?P<insert>bổ sung|thêm)|"
    r"(?P<repeal>bãi bỏ|hủy bỏ|xóa bỏ|bỏ)|"
    r"(?P<replace>thay thế|thay)"
    r")(?!\w)"
)
_VERB_WORDS = ("bãi bỏ", "hủy bỏ", "xóa bỏ", "bỏ ", "thay", "sửa", "bổ sung", "thêm", "đính chính", "ngưng", "đình chỉ", "kéo dài",
               "gia hạn", "điều chỉnh")  # fmt: skip
_PURE_AMEND = re.compile(r"(?:sửa đổi|điều chỉnh)[\s,;và]+bổ sung|bổ sung[\s,;và]+(?:sửa đổi|điều chỉnh)")
_PASSIVE = re.compile(r"(?:^|\s)(?:được|bị)\s*$")
_BOUND = re.compile(
    r"(?:[.;:]|(?<!\w)(?:này|đồng thời|và|nay|quyết định|quyết nghị|đoạn|sau đây|như sau)|,|[)”\"])\s*$"
)
_ASSERTS = re.compile(r"\s*(?:như sau|:|bằng\s|thành\s|khoản\s|điểm\s|điều\s|cụm từ|từ\s|vào\s|thêm\s|\.\.\.)")
_STOP = re.compile(r"như sau|sau đây\s*:|:\s*(?=[“\"«]?¤|$)|\.\s+(?=\w)|,\s*trừ(?!\w)|\s+(?:với )?(?:lý do|để phù hợp)(?!\w)")
_PHRASE_SIGN = re.compile(
    r"(?:cụm\s+từ|từ|cụm|chữ|số|đoạn|ký hiệu|quy định|nội dung|câu|dấu|khái niệm|số liệu|tỷ lệ|tên gọi|thuật ngữ)\s*(?:sau)?\s*:?\s*[“\"«‘]?¤|"
    r"^\s*(?:các\s+)?[“\"«]¤"
)
_GENERAL = re.compile(
    r"(?<!\w)(?:một số|các|những)\s+"
    r"(?:điều|khoản|điểm|nội dung|quy định|mục|phụ lục|cụm từ|từ|từ ngữ|văn bản|mẫu|chương)(?!\w)"
)
_PROSE = re.compile(
    r"(?<!\w)(?:theo\s+(?:quy định|thẩm quyền|đề nghị|trình tự)|giấy phép|giấy chứng nhận|giấy xác nhận|hồ sơ|hợp đồng|đăng ký|đơn|"
    r"trường hợp|trái với|căn cứ|khi|nếu|thẻ|chứng chỉ|quyết định (?:công nhận|phê duyệt|cấp|thành lập|chủ trương|đầu tư)|không còn phù hợp)(?!\w)"
)
_SPLIT = re.compile(r"(?<!\w)(?:vào\s+(?:ngay\s+)?(?:phía\s+)?(?:sau|trước)|(?:tiếp\s+)?(?:sau|trước)|vào)(?!\w)(?!\s+(?:đây|cuối))")
_ANNEX_LIST = re.compile(r"(?:phụ lục|danh mục)(?:\s+(?:số\s+)?(?P<number>[ivx]{1,5}|\d{1,2}))?(?!\w)[^.;]{0,120}")
_ACTS_WORD = re.compile(r"(?<!\w)(?:văn bản|quyết định|nghị quyết|thông tư|chỉ thị|nghị định)(?!\w)")
_REPEALED = re.compile(r"\s*(?:\.|;|$|/|kể từ|từ ngày|toàn bộ|một phần)")
_TERM_OF = re.compile(r"(?<!\w)(?:thực hiện|áp dụng|thi hành|hiệu lực|thí điểm)(?!\w)")
_UNNAMED = re.compile(r"\s*(?:,|tên|tiêu đề|như|:|$|đoạn|câu)")
_LEAVE = re.compile(r"^\s*(?:tiếp tục|cho phép|đồng ý|thống nhất|quyết định|nay)(?!\w)")
_TAIL_AT = re.compile(r"^\s*(?:tại|ở|trong)\s")


@dataclass(frozen=True, slots=True)
class Draft:
    """An effect before its act, its article and its day are filled in. Offsets are of the whole text."""

    type: EffectType
    start: int
    end: int
    target: Target | None
    path: str | None = None
    open: bool = False
    time: When | None = None
    old_text: str | None = None
    new_text: str | None = None
    to: str | None = None
    self_: bool = False
    annex: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class _Call:
    """A verb that governs: its kind, where it stands, whether its object stands before it."""

    kind: str
    start: int
    end: int
    passive: bool


def instructions(
    clause: Clause, words: str, context: Context, mentions: Mentions, text: str, signed: date | None
) -> tuple[list[Draft], Context]:
    """Effects of one clause, and what it tells the clauses below. `words`: the clause's, chains blanked."""
    calls = _calls(clause, words, text, mentions)
    if not calls and context.verb and _begins_as_item(clause, words, mentions):
        calls = [_Call(context.verb, clause.label, clause.label, False)]
    if not calls:
        return [], context
    drafts: list[Draft] = []
    below = context
    for i, call in enumerate(calls):
        bound = calls[i + 1].start if i + 1 < len(calls) else len(words)
        floor = calls[i - 1].end if i else clause.label
        found, below = _read_call(call, floor, bound, clause, words, context, below, mentions, text, signed)
        drafts += found
    return _completed(_with_block(drafts, clause, text), context), below


def _calls(clause: Clause, words: str, text: str, mentions: Mentions) -> list[_Call]:
    """The verbs that govern, in order."""
    found: list[_Call] = []
    if not any(word in words for word in _VERB_WORDS):
        return found
    for match in _VERB.finditer(words, clause.label):
        kind = match.lastgroup or ""
        if kind == "mixed":
            kind = "amend" if _PURE_AMEND.fullmatch(match[0]) else "mixed"
        near = words[max(clause.label, match.start() - 40) : match.start()]
        if _PASSIVE.search(near):
            if (_ASSERTS.match(words, match.end()) and not near.rstrip().endswith("đã được")) or kind == "repeal":
                found.append(_Call(kind, match.start(), match.end(), True))
            continue
        first = match.start() - clause.label < 40 and not _LEAVE.sub("", near).strip(" .“\"")
        phrase = bool(_PHRASE_SIGN.match(words[match.end() : match.end() + 24].lstrip().removeprefix("các ").lstrip()))
        capital = text[clause.start + match.start()].isupper() and not mentions.within(
            clause.start + clause.label, clause.start + match.start()
        )
        if first or capital or phrase or (_BOUND.search(near) and _may_follow(words[clause.label : match.start()], found)):
            found.append(_Call(kind, match.start(), match.end(), False))
    return found


def _may_follow(before: str, found: Sequence[_Call]) -> bool:
    """After "," and "và" a verb governs only if another one did, or if the act itself speaks."""
    if _SPEAKS.search(before[-24:]) or found or _TAIL_AT.match(before):
        return True
    return "có hiệu lực" in before and bool(_IN_FORCE.search(before))


_SPEAKS = re.compile(r"(?:[.;:]|(?<!\w)(?:này|đồng thời|nay|quyết định|quyết nghị))\s*$")
_IN_FORCE = re.compile(rf"(?<!\w){ACT}(?:\s+này)?\s+(?:được\s+.{{0,120}}\s+)?có hiệu lực")


def _begins_as_item(clause: Clause, words: str, mentions: Mentions) -> bool:
    """Whether the clause is an item of an open list: it begins with an act, a unit or a phrase."""
    head = words[clause.label : clause.label + 90]
    if _PHRASE_SIGN.match(head.lstrip()) or re.match(r"\s*(?:các\s+|toàn bộ\s+|một phần\s+|tên\s+|nội dung\s+|quy định\s+|cụm từ|từ\s+[“\"])", head):
        return True
    hits = targets.find(words, clause.label, len(words), clause.start, mentions)
    return bool(hits) and hits[0].start - clause.label < 40


def _read_call(
    call: _Call, floor: int, bound: int, clause: Clause, words: str, context: Context, below: Context,
    mentions: Mentions, text: str, signed: date | None,
) -> tuple[list[Draft], Context]:  # fmt: skip
    """One governing verb: its effects, and the context for what stands below the clause."""
    stop_match = _STOP.search(words, call.end, bound)
    stop = stop_match.start() if stop_match else bound
    quotes = [(a - clause.start, b - clause.start) for a, b in clause.quotes if call.start <= a - clause.start < bound]
    lead = words[floor : call.start]
    time = when(words, call.end, bound, signed)
    time = time if time.found else context.time or time
    if _is_phrase(call, words, bound):
        found = _phrase_drafts(call, floor, bound, clause, words, context, mentions, text, quotes)
        if found or call.kind != "insert":
            return [replace(d, time=time) for d in found], replace(below, verb=call.kind, amends=True) if not found else below
    block = [q for q in quotes if q[0] >= stop - 3 or not _PHRASE_SIGN.search(words[max(call.end, q[0] - 20) : q[0] + 1])]
    if block and block[0][0] < stop:
        stop = block[0][0] - 1
    if call.passive:
        hits = targets.find(words, _sentence_start(words, floor, call.start), call.start, clause.start, mentions)
        if call.kind == "insert" and (inner := targets.find(words, call.end, stop, clause.start, mentions)):
            prefix = hits[-1].path if hits else None
            below = _context_of(hits, below, None)
            hits = [replace(h, target=h.target or (hits[-1].target if hits else None),
                            path=targets.complete(h.path, [prefix]) if h.path else None) for h in inner]  # fmt: skip
    else:
        hits = targets.find(words, call.end, stop, clause.start, mentions)
    start, end = clause.start + (hits[0].start if call.passive and hits else call.start), clause.start + stop
    hits = [h for h in hits if not h.this and not (h.target is None and _own_annex(h, words))]
    if call.passive and (not hits or all(h.target is None for h in hits) and context.host is None and not _asserted(words, call.end)):
        return [], below
    if not call.passive and hits and not _object_follows(words, call, hits[0], context, bool(block)):
        return [], below
    opens = words[stop : stop + 12].startswith(("như sau", "sau đây", ":")) or words.rstrip().endswith(":")
    general = bool(_GENERAL.search(words, call.end, hits[0].start + 12 if hits else stop))
    if call.kind == "insert" and not call.passive:
        return _insertions(call, hits, stop, clause, words, context, below, mentions, text, block, time)
    if call.kind == "replace" and (by := re.search(r"(?<!\w)(?:bằng|bởi)(?!\w)", words[call.end : stop])) and not call.passive:
        hits = [h for h in hits if h.start < call.end + by.start()]
    down = _context_of(hits, below, call.kind if call.kind != "mixed" else None, amends=True)
    if not hits:
        named = None
        if call.kind in ("repeal", "replace") and (annex := _annex_list(words, call.end, stop)):
            named = [Draft(_TYPES[call.kind], start, end, None, time=time, annex=annex)]
        elif block and context.prefix and call.kind == "amend" and _UNNAMED.match(words, call.end):
            named = [Draft("amend", start, end, None, context.prefix, time=time)]
        return named or [], down if opens or general or clause.first else below
    if (general or call.kind == "mixed") and call.kind in ("amend", "mixed", "repeal", "replace") and all((h.target and h.path in (None, "att_1")) or opens for h in hits):
        # "Sửa đổi một số điều của X": the clauses below say which; where none does, the whole act is what is named.
        return [Draft(_TYPES.get(call.kind, "amend"), start, end, h.target, h.path, h.open, time, annex="") for h in hits], down
    kind = _TYPES.get(call.kind, "amend")
    drafts = [Draft(kind, start, end, h.target, h.path, h.open, time) for h in hits]
    if call.kind == "extend":
        drafts = drafts[:1] if drafts[0].target else drafts
    heads = opens and words.rstrip().endswith((":", "sau")) or clause.first and kind == "amend"
    if heads and not block and kind in ("amend", "repeal", "replace"):
        drafts = [replace(d, annex="") for d in drafts]
    return drafts, down


def _own_annex(hit: Hit, words: str) -> bool:
    """Whether an annex is one of this very text: "tại Phụ lục kèm theo (Quyết định này)"."""
    return (hit.path or "").startswith(("app_", "form_")) and bool(_WITH_THIS.match(words, hit.end))


_WITH_THIS = re.compile(r"[^.;:]{0,80}?(?:kèm theo|đính kèm)")


def _asserted(words: str, at: int) -> bool:
    return bool(_ASSERTS.match(words, at))


_TYPES: dict[str, EffectType] = {
    "amend": "amend", "mixed": "amend", "insert": "insert", "repeal": "repeal", "replace": "replace",
    "suspend": "suspend", "extend": "extend", "correct": "correct",
}  # fmt: skip


def _sentence_start(words: str, floor: int, stop: int) -> int:
    cut = max(words.rfind(". ", floor, stop), words.rfind("; ", floor, stop))
    return cut + 1 if cut >= 0 else floor


def _is_phrase(call: _Call, words: str, bound: int) -> bool:
    if call.kind not in ("amend", "insert", "repeal", "replace", "mixed"):
        return False
    head = words[call.end : min(bound, call.end + 60)]
    sign = _PHRASE_SIGN.search(head)
    if not sign:
        lead = re.match(r"\s*(?:tại|ở|trong)\s[^:“\"]{1,200}?(?:cụm\s+từ|từ)\s+[“\"]¤", words[call.end : bound])
        return bool(lead)
    between = head[: sign.start()]
    return "như sau" not in between and ":" not in between and not re.search(r"(?:khoản|điều|điểm)\s+\d", between)


def _object_follows(words: str, call: _Call, hit: Hit, context: Context, quoted: bool) -> bool:
    """Whether the words between verb and object say that the object is what the verb governs."""
    gap = words[call.end : hit.start]
    if "hoặc toàn bộ" in words[call.start : hit.start]:
        return False  # a power ("bãi bỏ một phần hoặc toàn bộ văn bản …"), not its use
    if call.kind == "extend":
        return bool(_TERM_OF.search(words, call.start, call.end + 40))
    if call.kind in ("suspend", "correct"):
        return True
    adjusts = words.startswith("điều chỉnh", call.start)
    if adjusts and not quoted and not (context.host and hit.path and "như sau" in words):
        return False
    if call.kind == "amend" and hit.path is None and len(gap) > 40 and not re.search(r"tthc|thủ tục|danh mục", gap):
        return False
    if len(gap) > 260 or ";" in gap or (_PROSE.search(gap) and not quoted):
        return False
    if hit.target is None and context.host is None and not context.amends:
        return quoted or "như sau" in words or (call.kind in ("repeal", "insert") and len(gap) < 12)
    return True


def _context_of(hits: Sequence[Hit], context: Context, verb: str | None, *, amends: bool = False) -> Context:
    """The context that an instruction gives to the clauses below it."""
    host, prefix = context.host, context.prefix
    acts = [h for h in hits if h.target is not None and not h.target.self_]
    if acts:
        first = acts[0].target
        assert first is not None
        paths = [h.path for h in acts]
        lead = next((part for part in ("att_1", "att_2") if all(p and p.split("__")[0] == part for p in paths)), None)
        host = replace(first, provision=lead)
        prefix = _common([(p or "").removeprefix(lead or "").lstrip("_") for p in paths])
    elif hits:
        full = [targets.complete(h.path, [context.prefix]) for h in hits if h.path]
        prefix = _common(full) or context.prefix
    return Context(verb, host, prefix, context.time, context.amends or amends)


def _common(paths: Sequence[str]) -> str | None:
    """What all paths begin with, whole parts only."""
    if not paths or not all(paths):
        return None
    split = [path.split("__") for path in paths]
    kept: list[str] = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        kept.append(parts[0])
    return "__".join(kept) or None


def _insertions(
    call: _Call, hits: list[Hit], stop: int, clause: Clause, words: str, context: Context, below: Context,
    mentions: Mentions, text: str, block: list[tuple[int, int]], time: When,
) -> tuple[list[Draft], Context]:  # fmt: skip
    """"Bổ sung điểm g1 vào sau điểm g khoản 3 Điều 3": the target is the new unit, placed by its neighbour."""
    start, end = clause.start + call.start, clause.start + stop
    down = _context_of(hits, below, "insert", amends=True)
    if not hits:
        return [], down if words.rstrip().endswith((":", "sau")) or clause.first else below
    split = _SPLIT.search(words, call.end, stop)
    if _GENERAL.search(words, call.end, hits[0].start) or (not split and hits[0].path is None):
        return [], down
    at_end = re.search(r"(?<!\w)(?:vào\s+)?(?:cuối|đầu|đoạn|nội dung|câu|ý|dòng|cột)(?!\w)", words[call.end : hits[0].start])
    if at_end:
        return [Draft("insert_text", start, end, h.target, h.path, h.open, time) for h in hits], down
    new = effect_places.read(words, call.end, split.start() if split else stop)
    if not new:
        return [], down
    act = next((h.target for h in hits if h.target is not None and not h.target.self_), None)
    lead = next((part for h in hits if h.path for part in h.path.split("__")[:1] if part.startswith("att_")), None)
    anchors = effect_places.read(words, split.end(), stop) if split else []
    anchor = anchors[-1].path if anchors else None
    drafts = []
    for place in new:
        path, is_open = place.path, place.open
        if anchor and is_open:
            path = targets.complete(path, [anchor])
            is_open = not re.search(r"(?:^|__)(?:art|out|app)_", path)
        path = path if lead is None or path.startswith("app_") else f"{lead}__{path}"
        drafts.append(Draft("insert", start, end, act, path, is_open, time))
    return drafts, down


def _phrase_drafts(
    call: _Call, floor: int, bound: int, clause: Clause, words: str, context: Context, mentions: Mentions, text: str,
    quotes: list[tuple[int, int]],
) -> list[Draft]:  # fmt: skip
    drafts: list[Draft] = []
    lead = targets.find(words, floor, call.start, clause.start, mentions) if _TAIL_AT.match(words[floor : call.start].lstrip(" .;,") + " ") else []
    for group in phrases(call.kind, words, call.end, bound, quotes):
        hits = [h for a, b in group.places for h in targets.find(words, a, b, clause.start, mentions)] or lead
        if not hits and context.host is None and not context.amends:
            continue
        drafts += _of_group(group, hits, clause, text, clause.start + (call.start if not drafts else group.start), context)
    return drafts


def _of_group(group: Phrase, hits: Sequence[Hit], clause: Clause, text: str, start: int, context: Context) -> list[Draft]:
    act = next((h.target for h in hits if h.target), None)
    places: list[Hit] = list(hits) or [Hit(None, context.prefix, 0, 0)]
    out: list[Draft] = []
    for old, new in group.pairs:
        for hit in places:
            out.append(
                Draft(
                    group.type, start, clause.start + group.end, hit.target or act, hit.path, hit.open,
                    old_text=_piece(text, clause, old), new_text=_piece(text, clause, new),
                )
            )  # fmt: skip
    return out


def _piece(text: str, clause: Clause, span: tuple[int, int] | None) -> str | None:
    return text[clause.start + span[0] : clause.start + span[1]].strip() if span else None


_UNIT_START = {"art": r"Điều\s+{}\s*\.", "cl": r"{}\s*\.", "pt": r"{}\s*\)", "chp": r"Chương\s+{}"}
_TAKES_TEXT = ("amend", "insert", "insert_text", "replace")


def _with_block(drafts: list[Draft], clause: Clause, text: str) -> list[Draft]:
    """The units of a clause with the quotation that follows: each its own part by the number that begins it."""
    taking = [i for i, d in enumerate(drafts) if d.type in _TAKES_TEXT and d.new_text is None and d.old_text is None]
    end = max((drafts[i].end for i in taking), default=0)
    block = [span for span in clause.quotes if span[1] > end]
    whole = "\n".join(filter(None, (text[a:b].strip() for a, b in block)))
    if not taking or not whole:
        return drafts
    starts: dict[int, int] = {}
    for i in taking if len(taking) > 1 else ():
        unit, _, number = (drafts[i].path or "").rpartition("__")[2].partition("_")
        pattern = _UNIT_START.get(unit)
        match = re.compile(rf"(?m)^[“\"\s]*{pattern.format(re.escape(number))}").search(whole) if pattern else None
        if match and match.start() not in starts.values():
            starts[i] = match.start()
    bounds = sorted(starts.values())
    out = list(drafts)
    for i in taking:
        part = whole
        if len(starts) == len(taking) and i in starts:
            after = next((at for at in bounds if at > starts[i]), len(whole))
            part = whole[starts[i] : after].strip(" \n“”\"")
        out[i] = replace(out[i], new_text=part or None)
    return out


def _annex_list(words: str, start: int, stop: int) -> str | None:
    """The annex that lists the acts ("bãi bỏ 12 văn bản tại Phụ lục kèm theo"): its number, "1" where it has none."""
    match = _ANNEX_LIST.search(words, start, stop)
    if not match or not _ACTS_WORD.search(words, start, match.start()):
        return None
    return (match["number"] or "1").upper()


def _completed(drafts: list[Draft], context: Context) -> list[Draft]:
    """Open paths closed by the unit above, by what follows in the clause, or by what came before."""
    out: list[Draft] = []
    for i, draft in enumerate(drafts):
        if draft.open and draft.path:
            after = [d.path for d in drafts[i + 1 :]]
            earlier = [d.path for d in reversed(out)]
            path = targets.complete(draft.path, [*after, *earlier, context.prefix] if context.prefix is None else [*_deep(after), context.prefix, *earlier])
            act = draft.target or next((d.target for d in drafts[i + 1 :] if d.target), None)
            draft = replace(draft, path=path, open=False, target=act)
        elif draft.path is None and draft.target is None and not draft.annex:
            draft = replace(draft, path=context.prefix)
        out.append(draft)
    return out


def _deep(paths: Sequence[str | None]) -> list[str | None]:
    return [path for path in paths if path and "__" in path]


__all__ = ["Draft", "instructions", "join", "MASK"]
