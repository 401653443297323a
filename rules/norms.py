"""A clause as norms: who is to do what, in which words, and which matters a text keeps for one authority.

The acting body stands in the sentence ("Chủ tịch Ủy ban nhân dân tỉnh quyết định …"), in the lead of its list, or in
the heading of its article ("Điều 13. Sở Tài nguyên và Môi trường"): a clause below such a heading has no subject of
its own. Bodies and verbs of deciding are closed lists, so patterns over the tone key find them without segmentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Document, Provision
from corpus.text import tone_key
from rules.align import grams
from rules.kept import kept_by_document
from rules.own_text import layout

_W = r"[^\W\d_]{1,9}"
_PLACE = r" (?:các )?(?:cấp )?(?:tỉnh|huyện|xã|thành phố|phường|thị xã|thị trấn|cùng cấp)(?! hội)"
_LEVEL = rf"(?:{_PLACE}(?:, (?:tỉnh|huyện|xã))?)?"
_BODY = (
    rf"(?:thường trực )?hội đồng nhân dân{_LEVEL}|(?:chủ tịch |phó chủ tịch )?ủy ban nhân dân{_LEVEL}"
    rf"|(?:giám đốc )?sở (?:tài nguyên và môi trường|nông nghiệp và (?:môi trường|phát triển nông thôn)"
    rf"|lao động(?: - |, )thương binh và xã hội|kế hoạch và đầu tư|giáo dục và đào tạo|khoa học và công nghệ"
    rf"|thông tin và truyền thông|văn hóa, thể thao và du lịch|giao thông vận tải"
    rf"|công thương|xây dựng|tài chính|nội vụ|tư pháp|y tế|ngoại vụ)"
    rf"|thủ tướng chính phủ|chính phủ|quốc hội|(?:bộ trưởng )?bộ (?:tài chính|công an|quốc phòng|nội vụ|tư pháp|y tế"
    rf"|xây dựng|công thương|giáo dục và đào tạo|khoa học và công nghệ|giao thông vận tải|tài nguyên và môi trường"
    rf"|kế hoạch và đầu tư|thông tin và truyền thông|nông nghiệp và (?:môi trường|phát triển nông thôn)"
    rf"|lao động - thương binh và xã hội|văn hóa, thể thao và du lịch)"
    rf"|(?:trưởng )?ban quản lý(?: khu {_W}(?: {_W})?| dự án| qũy)?|hội đồng quản lý qũy|trưởng thôn|trưởng phòng"
    rf"|người đứng đầu(?: (?:cơ quan|đơn vị|tổ chức))?|cơ quan đăng ký {_W} {_W}|tổ chức làm nhiệm vụ bồi thường"
)
BODY = re.compile(rf"(?<!\w)(?:{_BODY})(?!\w)")
_SHORT = (
    ("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("kcn", "khu công nghiệp"), ("kkt", "khu kinh tế"),
    ("bhyt", "bảo hiểm y tế"), ("bhxh", "bảo hiểm xã hội"), ("ttg", "thủ tướng chính phủ"),
)  # fmt: skip
_SHORTENED = re.compile(r"(?<!\w)(?:" + "|".join(short for short, _ in _SHORT) + r")(?!\w)")
_LONG = dict(_SHORT)


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Words of a clause for comparison: tone key, single spaces, usual abbreviations of bodies written out."""
    return _SHORTENED.sub(lambda m: _LONG[m[0]], " ".join(tone_key(text).split()))


@dataclass(frozen=True, slots=True)
class Clause:
    """A line of a document's body; `above`: first lines and leads of the units around it, outermost first."""

    document: Document
    provision: Provision | None
    start: int
    end: int
    above: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Norm:
    """Who does what in a clause. `actor` and `verb` in the words of `plain`; `object`: grams of what it is done to."""

    clause: Clause
    actor: str
    verb: str
    object: frozenset[str]
    told: str
    """Where the body is named: "words", "heading"."""


_VERBS = (
    "thẩm định", "phê duyệt", "phê chuẩn", "quyết định", "chấp thuận", "cấp lại", "gia hạn", "thu hồi",
    r"cấp(?=,| (?:giấy|chứng|sổ|phép|thẻ|mã))",
    "bổ nhiệm", "thành lập", "công nhận", "giải thể", "cho phép",
)  # fmt: skip
_VERB = re.compile(
    rf"(?<!\w)(?:{'|'.join(_VERBS)})(?!\w)(?! (?:xã|huyện|tỉnh|trên|dưới|có thẩm quyền|thẩm quyền|của|này|số))"
)
_NOT_A_DEED = re.compile(
    r"(?:thực hiện|thi hành|ban hành|theo|ký|ra) quyết định $"
    r"|(?:theo|của|được|các|những|công tác|thực hiện|thi hành|ban hành|ra|ký|nhận|hủy"
    r"|sau khi|thuộc|trước khi|ngày|khi có|căn cứ|có|bản|trình tự|thẩm quyền|đề án|phương án"
    r"|dự thảo)(?: \w{1,5})? $"
)
_SUBMITS = re.compile(rf"(?:trình|đề nghị|báo cáo)(?: cho)? (?P<who>{_BODY})(?:,? (?:xem xét|để|và|xem)){{0,3}} $")
_ITEM = re.compile(r"^\s{0,3}(?:[-–+*•]\s{0,2}|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])\s?[.)]{1,2}\s{0,2})")
_OBLIQUE = re.compile(r"(?:của|cho|thuộc) $")
OBJECT = 150
"""Characters after a verb that are taken for its object."""


@kept_by_document(letters=12_000_000)
def clauses(document: Document) -> tuple[Clause, ...]:
    """Lines of the body, inside some unit, quotations of an amending act included (its new text is the rule)."""
    found: list[Clause] = []
    own = frozenset(id(unit) for unit in document.provisions)
    units = layout(document)
    stack: list[Provision] = []
    leads: dict[int, str] = {}
    following = 0
    for line in document.lines:
        while following < len(units) and units[following].start <= line.start:
            stack = [unit for unit in stack if unit.end > units[following].start]
            stack.append(units[following])
            following += 1
        around = [unit for unit in stack if unit.start <= line.start < unit.end]
        if not around or line.end - line.start < 8:
            continue
        above: list[str] = []
        for unit in around:
            if unit.start < line.start - 1:
                above.append(_first_line(document, unit))
                above.extend(filter(None, [leads.get(unit.start)]))
        innermost = next((unit for unit in reversed(around) if id(unit) in own), None)
        found.append(Clause(document, innermost, line.start, line.end, tuple(above)))
        if around[-1].start < line.start - 1 and document.text[line.start : line.end].rstrip().endswith(":"):
            leads[around[-1].start] = document.text[line.start : min(line.end, line.start + 400)]
    return tuple(found)


def _first_line(document: Document, unit: Provision) -> str:
    end = document.text.find("\n", unit.start)
    return document.text[unit.start : min(end if end > 0 else unit.end, unit.start + 400)]


_DUTY_HEAD = re.compile(
    rf"(?:thẩm quyền|nhiệm vụ|quyền hạn|trách nhiệm)(?: và (?:quyền hạn|trách nhiệm|nhiệm vụ))? của (?P<a>{_BODY})"
    rf"|^(?:điều|mục|\d|[ivx])[^.:]{{0,8}}[.:]\s?(?P<b>{_BODY})\s?[:.]?$"
    rf"|(?P<c>{_BODY})[^.;]{{0,90}}? (?:có|thực hiện)[^.;]{{0,90}}?(?:nhiệm vụ|quyền hạn|trách nhiệm)[^.;:]{{0,60}}:$"
)  # fmt: skip


def heading_actor(clause: Clause) -> str | None:
    """The body to which the headings above give the clause, the nearest first."""
    for line in reversed(clause.above):
        key = plain(line)
        match = _DUTY_HEAD.search(key)
        if match:
            return match["a"] or match["b"] or match["c"]
    return None


def norms(clause: Clause) -> list[Norm]:
    """Deeds of a clause: verbs of deciding with the body that does them."""
    key = _ITEM.sub("", plain(clause.text))
    owner = heading_actor(clause)
    found: list[Norm] = []
    for match in _VERB.finditer(key):
        before = key[max(0, match.start() - 160) : match.start()]
        if _NOT_A_DEED.search(before[-24:]):
            continue
        submitted = _SUBMITS.search(before)
        near = list(BODY.finditer(before))
        actor, told = (owner, "heading")
        if submitted:
            actor, told = submitted["who"], "words"
        elif near and len(before) - near[-1].end() < 40 and not _OBLIQUE.search(before[: near[-1].start()]):
            actor, told = near[-1][0], "words"
        if actor:
            found.append(Norm(clause, actor, match[0], grams(key[match.end() : match.end() + OBJECT]), told))
    return [norm for norm in found if len(norm.object) >= 4]


# --- bodies --------------------------------------------------------------------------------------


def level_word(body: str) -> str | None:
    """Level that a body's name says: "tinh", "huyen", "xa"; None where it says none."""
    if re.search(r"(?:tỉnh|thành phố)$", body):
        return "tinh"
    if re.search(r"(?:huyện|thị xã)$", body):
        return "huyen"
    return "xa" if re.search(r"(?:xã|phường|thị trấn)$", body) else None


def bare(body: str) -> str:
    """A body's name without its level and without the office that stands for it."""
    name = re.sub(rf"{_PLACE}(?:, \w{{2,6}})?$", "", body)
    return re.sub(r"^(?:giám đốc |bộ trưởng |trưởng )(?=sở|bộ|ban)", "", name)


def same_body(a: str, b: str) -> bool:
    """Whether two names may be one body: the same name, no two different levels."""
    one, two = bare(a), bare(b)
    levels = {level_word(a), level_word(b)} - {None}
    return (one == two or one.startswith(two) or two.startswith(one)) and len(levels) < 2


# --- matters that a text keeps for an authority ------------------------------------------------------

_ENTRUSTS = re.compile(
    rf"(?P<who>{_BODY})(?P<between>[^.;:]{{0,110}}?) (?:ban hành quy định|quy định cụ thể|quy định|quyết định)"
    rf"(?: (?:cụ thể|chi tiết|việc|về))? (?!của |tại |trong (?:luật|nghị)|này|đó|số |trên|trái)(?P<what>[^.;]{{8,260}})"
)
_NOUN = re.compile(r"(?:theo|các|những|nội dung|mọi|chính sách|tiêu chuẩn|thực hiện|và|một số) (?:\w{1,6} ){0,2}$")
_RULED_BY = re.compile(rf" do (?P<who>{_BODY}) (?:quy định|quyết định)(?! của)")
_BEFORE_RULED = re.compile(r"(?: nêu tại [^.;]{0,40}| này)$")


@dataclass(frozen=True, slots=True)
class Reserved:
    """A matter that a clause keeps for one authority to regulate or decide; `what`: its grams."""

    clause: Clause
    who: str
    what: frozenset[str]
    words: str
    noun: str


def reserved(found: Sequence[Clause]) -> Iterator[Reserved]:
    """Matters of these clauses that "… quy định, quyết định" keeps for an authority named in the same sentence."""
    for clause in found:
        key = plain(clause.text)
        for match in _ENTRUSTS.finditer(key):
            between, before = match["between"], key[: match.start()]
            if _NOUN.search(between + " ") or _NOT_ENTRUSTED.search(between):
                continue
            if before.endswith(("của ", "do ", "theo ")):
                continue
            yield from _reserved(clause, match["who"], match["what"])
        for match in _RULED_BY.finditer(key):
            before = re.split(r"[.;:]", key[max(0, match.start() - 260) : match.start()])[-1]
            yield from _reserved(clause, match["who"], _BEFORE_RULED.sub("", before).strip())
        owner = heading_actor(clause)
        item = _ITEM.sub("", key)
        decides = re.match(r"(?:quyết định|quy định)(?: cụ thể| việc| về)? (?!của |tại )(?P<what>[^.;]{8,260})", item)
        if owner and decides:
            yield from _reserved(clause, owner, decides["what"])


_NOT_ENTRUSTED = re.compile(r"trình|không được|không có|căn cứ|đã được|theo")
_TAIL = re.compile(
    r",? (?:cho )?phù hợp|,? đối với các đối tượng|,? quy định tại|,? trên cơ sở"
    r"|,? theo |,? căn cứ|,? để |,? bảo đảm|,? trên địa bàn|,? ngoài các"
)


_AUTHORITY = re.compile(r"hội đồng nhân dân|ủy ban nhân dân|chính phủ|thủ tướng chính phủ|quốc hội|(?:bộ trưởng )?bộ ")
_REGULABLE = re.compile(
    r"mức (?:học phí|thu|chi|hỗ trợ|giá|phí|phụ cấp)|mức|giá|phí|lệ phí|học phí|điều kiện|tiêu chuẩn|chế độ|định mức"
    r"|hạn mức|danh mục|trang bị|chính sách|diện tích tối thiểu|khung"
)


def _reserved(clause: Clause, who: str, what: str) -> Iterator[Reserved]:
    """The matter, where the authority may make rules and it is one that rules are made of (a fee, a condition)."""
    words = " ".join(_TAIL.split(what, maxsplit=1)[0].split()).removeprefix("và ").removeprefix("hướng dẫn về ")
    noun = _REGULABLE.search(words[:40])
    if noun and _AUTHORITY.match(who):
        yield Reserved(clause, who, grams(words), words, noun[0])
