"""HL04: the act that a document details or implements has ended, itself or because an act above it ended.

The three windows: to 2025-03-31 the implementing document ended with its parent (Luật 80/2015 Art. 154.4); from
2025-04-01 it stayed so far as it was not contrary (Luật 64/2025 Art. 57.2 as first issued); from 2025-07-01 it ends
with its parent unless it is announced to continue (as amended by Luật 87/2025 Art. 1.22). What follows from the third
is never certain, for the amended clause was not read; nor is what follows up a chain, for a part may have been kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus import symbols
from corpus.model import Certainty, Document, Effect, Evidence, Finding, Place, Resolution, State
from corpus.text import fold_words, tone_key
from rules.base import (
    Context,
    evidence_of,
    finding,
    in_force_from,
    is_normative,
    place,
    rule,
    signed,
    spoken_act,
    spoken_date,
    weaker,
)
from rules.cc_bases import bases, is_competence
from rules.hl_validity import own_places
from rules.standing import ENDED, Standing

USUAL_WAIT, LONGEST_WAIT = timedelta(days=60), timedelta(days=400)
HIGHEST = 3
"""Steps up a chain: commune → circular → decree → law."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the law says of an implementing document whose parent ended from `first` on."""

    first: date
    proposal: str
    ground: str
    says: str


WINDOWS = (
    Window(date.min, "dua_vao_danh_muc", "khoản 4 Điều 154 Luật số 80/2015/QH13",
           "văn bản quy định chi tiết hết hiệu lực cùng thời điểm, trừ phần được giữ lại"),
    Window(date(2025, 4, 1), "xem_xet", "khoản 2 Điều 57 Luật số 64/2025/QH15",
           "văn bản quy định chi tiết tiếp tục có hiệu lực phần không trái, trừ khi được công bố hết hiệu lực"),
    Window(date(2025, 7, 1), "dua_vao_danh_muc",
           "khoản 2 Điều 57 Luật số 64/2025/QH15 (sửa đổi bởi khoản 22 Điều 1 Luật số 87/2025/QH15)",
           "văn bản quy định chi tiết hết hiệu lực theo, trừ khi được công bố tiếp tục có hiệu lực"),
)  # fmt: skip


def window(ended: date | None) -> Window:
    """The window of a parent that ended on that day; the middle one where the day is not known."""
    return WINDOWS[1] if ended is None else [one for one in WINDOWS if one.first <= ended][-1]


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a chain of parents. `certain`: a text or a number says that it details the act before it."""

    act: Resolution
    state: State
    certain: bool = True


@rule("HL04", "Văn bản được quy định chi tiết, hướng dẫn thi hành đã hết hiệu lực", "cao",
      "khoản 4 Điều 154 Luật số 80/2015/QH13; khoản 2 Điều 57 Luật số 64/2025/QH15", "dua_vao_danh_muc")  # fmt: skip
def hl04(document: Document, context: Context) -> Iterator[Finding]:
    """The document that it details or implements has ended; three windows by the day on which it ended.

    Tìm: văn bản quy phạm pháp luật mà tên gọi hoặc phạm vi nói là quy định chi tiết, hướng dẫn thi hành, cụ thể hóa
    một văn bản đã hết hiệu lực toàn bộ, hoặc một văn bản mà chính nó quy định chi tiết văn bản đã hết hiệu lực (luật →
    nghị định → thông tư). Văn bản chỉ ghi luật ấy ở phần căn cứ: xem CC01. Văn bản đã được công bố tiếp tục có hiệu
    lực thì không nêu.
    Căn cứ: khoản 4 Điều 154 Luật số 80/2015/QH13 (đến 31/3/2025); khoản 2 Điều 57 Luật số 64/2025/QH15 (từ
    01/4/2025), trước và sau khi được sửa đổi bởi khoản 22 Điều 1 Luật số 87/2025/QH15 (từ 01/7/2025).
    Ký ngày: 10/5/2015
    Có phát hiện: Căn cứ Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn số 34/2007/PL-UBTVQH11; / Quy định này
    cụ thể hóa Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn số 34/2007/PL-UBTVQH11.
    Không phát hiện: Căn cứ Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn số 34/2007/PL-UBTVQH11; / Quy định
    này về đường thôn.
    Kiến nghị: đưa vào danh mục công bố hằng năm, hoặc công bố tiếp tục có hiệu lực, hoặc nghiên cứu, xem xét.
    """
    if not is_normative(document) or _goes_on(document, context):
        return
    told: set[str] = set()
    for item in bases(document, context):
        if item.dead_when_signed or item.symbol is None or is_competence(item):
            continue
        sure = _says_so(item, document) or (bool(item.target.provision) and _same_matter(item, document))
        if not item.ended:
            steps = _above(Step(item.found, item.now), document, context) if sure else ()
        elif sure or (not _WORKING_RULES.search(_own_title(document)) and _same_matter(item, document)):
            steps = (Step(item.found, item.now),)
        else:
            continue
        if steps:
            told.add(symbols.key(item.symbol))
            at = place(document, item.citation.start, item.citation.end)
            strength: Certainty = "can_kiem_tra" if sure else "goi_y"
            yield _finding(document, at, steps, weaker(item.strength, strength), context, sure)
    for effect in document.effects:
        symbol = effect.target.symbol
        if effect.type != "implement" or not symbol or effect.target.self_ or symbols.key(symbol) in told:
            continue
        told.add(symbols.key(symbol))
        steps = _carried_out(effect, document, context)
        if steps:
            yield _finding(document, place(document, effect.start, effect.end), steps, "can_kiem_tra", context)


def _carried_out(effect: Effect, document: Document, context: Context) -> Sequence[Step]:
    """The chain of an act that the document says it implements, though it is not among its bases."""
    found = context.library.resolve(effect.target, document)
    day = signed(document)
    if found.symbol is None or found.status == "ambiguous" or day is None:
        return ()
    if _state(found, day, context).state == ENDED:
        return ()
    now = Step(found, _state(found, context.as_of, context))
    return (now,) if now.state.state == ENDED else _above(now, document, context)


def _above(step: Step, document: Document, context: Context) -> Sequence[Step]:
    """The act that ended above a living parent, after the document was issued, and the acts down to that parent."""
    day = in_force_from(document)
    rank = symbols.rank(step.act.kind, symbols.level_of(step.act.symbol or ""), step.act.issuer)
    if day is None or rank in (1, 2, 3):
        return ()
    return _climb(step, day, context, frozenset())


def _climb(step: Step, after: date, context: Context, seen: frozenset[str]) -> Sequence[Step]:
    key = symbols.key(step.act.symbol or "")
    if len(seen) >= HIGHEST or key in seen or _announced(step.act, context):
        return ()
    for parent, certain in _parents(step.act, context):
        if parent.symbol is None:
            continue
        state = _state(parent, context.as_of, context)
        if state.state == ENDED:
            # A law that was over when the decree came into force is not what the decree details: it meant the next one.
            if state.since and state.since > after and _first_day(step.act, context) < state.since:
                return Step(parent, state), Step(step.act, step.state, certain)
            continue
        if steps := _climb(Step(parent, state), after, context, seen | {key}):
            return *steps, Step(step.act, step.state, certain)
    return ()


_TITLE_DETAILS = re.compile(r"(?:quy định chi tiết|hướng dẫn (?:thi hành|thực hiện)|quy định (?:việc )?thi hành)\b")
_SYMBOL = re.compile(r"(?<![\d/])\d{1,5}/(?:\d{4}/)?[A-ZĐ][\wĐđ\-]{1,30}")
_LAW = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh) [^,;.()\n]{3,120}")
_NAME_ENDS = re.compile(r" (?:và|về|ngày|năm|số|được|trong|đối với|do|có) ")


def _parents(act: Resolution, context: Context) -> Iterator[tuple[Resolution, bool]]:
    """The acts that an act details, by its text where it is at hand, and by its title; and whether that is certain."""
    library = context.library
    text = library.find(act.symbol or "", issuer=act.issuer, issued=act.date)
    if text is not None:
        for effect in text.effects:
            if effect.type == "implement" and not effect.target.self_:
                found = library.resolve(effect.target, text)
                if found.status != "ambiguous":
                    yield found, True
    title = act.title or (text.masthead.title if text and text.masthead else None) or ""
    details = _TITLE_DETAILS.search(tone_key(title))
    if details is None or tone_key(title).startswith(("sửa đổi", "bãi bỏ")):
        return
    rest = title[details.end() :]
    for match in _SYMBOL.finditer(rest):
        rows = library.known(match[0])
        if len(rows) == 1:
            row = rows[0]
            yield Resolution(row.symbol, row.kind, row.issuer, row.date, row.title, None, True, "resolved"), True
    for match in _LAW.finditer(rest):
        yield from _law_named(match[0], act.date, context)


def _first_day(act: Resolution, context: Context) -> date:
    """First day in force; where it is not known, the latest that it can usually be after the day of issue."""
    text = context.library.find(act.symbol or "", issuer=act.issuer, issued=act.date)
    told = text.masthead.effective if text and text.masthead else None
    noted = [row.effective for row in context.library.known(act.symbol or "") if row.effective and row.kind == act.kind]
    return told or max(noted, default=None) or (act.date + USUAL_WAIT if act.date else date.min)


def _law_named(words: str, on: date | None, context: Context) -> Iterator[tuple[Resolution, bool]]:
    """The law of the longest name that the words begin with, on the day on which the title was given."""
    ends = [len(words), *(m.start() for m in reversed(list(_NAME_ENDS.finditer(words))))]
    for end in ends:
        name = words[:end].strip()
        rows = context.library.named(name, on=on)
        if on and any(row.from_ and on < row.from_ <= on + LONGEST_WAIT for row in context.library.named(name)):
            return  # issued while the next law of that name was waiting: which of the two is not known
        if len(rows) == 1:
            known = context.library.known(rows[0].symbol)
            day = known[0].date if len(known) == 1 else None
            yield Resolution(rows[0].symbol, "luat", None, day, rows[0].name, None, bool(known), "resolved"), False
            return


def _state(act: Resolution, day: date, context: Context) -> State:
    return context.library.state(act.symbol or "", as_of=day, issuer=act.issuer, issued=act.date, kind=act.kind)


def _announced(act: Resolution, context: Context) -> bool:
    """Whether an implementing document was announced to go on though its parent ended."""
    return context.library.continued(
        act.symbol or "", as_of=context.as_of, issuer=act.issuer, issued=act.date, kind=act.kind
    ) is not None  # fmt: skip


def _goes_on(document: Document, context: Context) -> bool:
    head = document.masthead
    return bool(head and head.symbol) and context.library.continued(
        head.symbol or "" if head else "", as_of=context.as_of, issuer=head.issuer if head else None,
        issued=head.date if head else None, kind=head.kind if head else None,
    ) is not None  # fmt: skip


def _finding(
    document: Document, at: Place, steps: Sequence[Step], certainty: Certainty, context: Context, says: bool = True
) -> Finding:
    """`steps`: the act that ended first, then what details it, down to the document's own parent.

    `says`: the document says itself that it details that parent; else its title only speaks of the same matter.
    """
    top, *below = steps
    ended = top.state.since
    law = window(ended)
    certainty = weaker(certainty, top.state.strength, "can_kiem_tra")
    if not all(step.certain for step in below) or (ended and any(_seen_since(step, ended) for step in below)):
        certainty = "goi_y"
    since = f" từ ngày {spoken_date(ended)}" if ended else ""
    chain = "".join(
        f", là văn bản quy định chi tiết, hướng dẫn thi hành {spoken_act(step.act.symbol or '', context)}"
        for step in (*reversed(below[:-1]), *steps[:1])
    ) if below else ""  # fmt: skip
    return finding(
        ("HL04", "cao", law.ground), document, [*own_places(document), at],
        f"Văn bản này {'' if says else 'có thể '}quy định chi tiết, hướng dẫn thi hành “{at.quote}”{chain}, văn bản đã "
        f"hết hiệu lực toàn bộ"
        f"{since}. Theo {law.ground}, {law.says}; phải xác định lại hiệu lực của văn bản này.",
        certainty=certainty, proposal=law.proposal, target=(steps[-1].act.symbol, None),
        evidence=[
            *evidence_of(top.state),
            *(Evidence(step.act.symbol, None, step.act.title, "implement", step.act.date, step.state.source)
              for step in below),
        ],
    )  # fmt: skip


def _seen_since(step: Step, ended: date) -> bool:
    """Whether a source saw the act in force after the act above it had ended: then it may have been kept."""
    return bool(step.state.seen and step.state.seen > ended and step.state.state != ENDED)


def _says_so(item: Standing, document: Document) -> bool:
    """Whether the document itself says that it details, carries out or applies that document."""
    key = symbols.key(item.symbol or "")
    for effect in document.effects:
        if effect.type == "implement" and effect.target.symbol and symbols.key(effect.target.symbol) == key:
            return True
    title = document.masthead.spans.get("title", (0, 0)) if document.masthead else (0, 0)
    for citation in document.citations:
        own = citation.role in ("body", "title") or title[0] <= citation.start < title[1]
        if own and any(t.symbol and symbols.key(t.symbol) == key for t in citation.targets):
            before = tone_key(document.text[max(0, citation.start - 100) : citation.start])
            if _DETAILS.search(before):
                return True
    return False


# "… và các văn bản hướng dẫn thi hành Luật" speaks of others, not of the document itself.
_DETAILS = re.compile(
    r"(?<!văn bản )(?:quy định chi tiết|hướng dẫn thi hành|cụ thể h[oó]a|quy định (?:việc )?thi hành)[^.;\n]{0,60}$"
)
_WORKING_RULES = re.compile(r"quy chế (?:làm việc|hoạt động|phối hợp|quản lý|vận hành|tổ chức)")


def _own_title(document: Document) -> str:
    return tone_key((document.masthead.title if document.masthead else None) or "")


_COMMON = frozenset(
    ("luat", "phap", "lenh", "nghi", "dinh", "quyet", "thong", "tu", "quy", "ve", "viec", "cua", "va", "cac", "so",
     "mot", "trong", "tren", "dia", "ban", "xa", "phuong", "thi", "tran", "huyen", "tinh", "hanh", "che", "cong",
     "tac", "quan", "ly", "thuc", "hien", "o", "tai", "cho", "muc", "chi", "nam", "ngay", "thang", "chinh", "phu",
     "bo", "truong")
)  # fmt: skip


def _same_matter(item: Standing, document: Document) -> bool:
    """Whether the document's title is about the very matter of the basis, and about little else.

    It has most syllables of the basis' name, and they are at least half of its own: the word "viên chức" does not make
    a document on pay detail the law on public employees.
    """
    name = item.target.name or item.found.title or item.now.title or ""
    words = [word for word in fold_words(name).split() if word not in _COMMON and not word.isdigit()]
    title = [word for word in fold_words((document.masthead.title if document.masthead else None) or "").split()
             if word not in _COMMON and not word.isdigit()]  # fmt: skip
    if len(words) < 2 or sum(word in title for word in words) < 0.75 * len(words):
        return False
    return sum(word in words for word in title) >= 0.5 * len(title)
