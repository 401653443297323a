"""The sentences of a document with the words that they are compared by (rules/likeness.py finds which are alike)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus.model import Document, Provision
from corpus.text import tone_key
from rules.kept import kept_by_document
from rules.quantities import Quantity, quantities, weekdays


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of a clause: its place, the words of the clause's headings above it; what it says, when it is asked.

    `before`: the beginning of its line, where a short sentence leans on it. Offsets of `numbers` are its own.
    """

    document: Document
    provision: Provision | None
    start: int
    end: int
    headings: str
    before: str = ""

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @cached_property
    def numbers(self) -> tuple[Quantity, ...]:
        return tuple(quantities(self.text))

    @cached_property
    def days(self) -> frozenset[str]:
        return weekdays(self.text)

    @cached_property
    def grams(self) -> frozenset[str]:
        return grams(self.before + self.text)

    @cached_property
    def heading_grams(self) -> frozenset[str]:
        return grams(self.headings)


_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ\d“\"(-])|\n+|;\s*")
TOKEN = re.compile(r"[^\W\d_]+")
_SKIPPED = frozenset(
    ("bases", "title", "issuer", "motto", "recipients", "signature", "signer", "symbol", "date", "kind")
)
EMPTY = frozenset(
    ("và", "hoặc", "của", "các", "những", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi",
     "trăm", "nghìn", "triệu", "được", "thì", "là", "có", "theo", "quy", "định", "tại", "này", "cho", "trong", "với",
     "do", "về", "từ", "để", "phải", "khoản", "điểm", "điều", "như", "sau", "khi", "ở", "đã", "sẽ", "bằng", "việc",
     "người", "trường", "hợp", "ngày", "tháng", "đồng", "giờ", "tuổi", "lần", "không", "quá", "nhất", "ít", "tối",
     "thiểu", "đa", "chậm", "trên", "dưới", "trở", "lên", "đủ", "thời", "hạn", "kể")
)  # fmt: skip


def grams(text: str) -> frozenset[str]:
    """Content syllables and pairs of neighbouring syllables of a text, by the tone key."""
    words = TOKEN.findall(tone_key(text))
    single = {word for word in words if word not in EMPTY and len(word) > 1}
    pairs = {f"{a} {b}" for a, b in pairwise(words) if not (a in EMPTY and b in EMPTY)}
    return frozenset(single | pairs)


_EVERYWHERE = (
    "hồ sơ nhận hợp lệ cơ quan thẩm quyền tổ chức cá nhân thực hiện giải quyết kết quả đơn vị ủy ban dân hội đồng "
    "cấp tỉnh xã huyện thành phố phường thị trấn quản lý nhà nước văn bản định hành thông tư nghị luật số "
    "quy trình thủ tục trách nhiệm vụ hạn đối tượng áp dụng phạm vi điều chỉnh nội dung công tác phối "
    "báo cáo tổng tham mưu hướng dẫn kiểm tra theo dõi liên địa phương bàn thuộc các này căn cứ phù tình "
    "hình yêu cầu đề bộ sở ngành tiếp trả lời tin trong năm ngày tháng người kể từ đủ làm việc chính "
    "pháp hiện bảo đảm cần nhằm vào ra lên xuống qua bằng riêng chung toàn mọi từng"
)
GENERIC = frozenset(_EVERYWHERE.split())
"""Syllables that clauses of every subject have: two clauses that share nothing else share no matter."""


_FRAME = re.compile(
    r"(?<!\w)(?:(?:trong )?thời hạn|thời gian|ngày làm việc|kể từ (?:ngày|khi)|(?:tiếp )?nhận (?:được |đủ )*hồ sơ"
    r"|nhận được|đầy đủ|hồ sơ|hợp lệ|theo quy định|quy định|có kết quả|kết quả|cơ quan|có thẩm quyền|thẩm quyền|tổ chức"
    r"|cá nhân|thực hiện|giải quyết|đơn vị|(?:chủ tịch |phó chủ tịch )?(?:ủy ban|hội đồng) nhân dân"
    r"|cấp (?:tỉnh|xã|huyện)|thành phố|phường|thị trấn|tỉnh|huyện|xã|thôn|quản lý|nhà nước|văn bản|quyết định|ban hành"
    r"|thông tư|nghị định|nghị quyết|luật|pháp luật|quy trình|trình tự|thủ tục(?: hành chính)?|trách nhiệm|nhiệm vụ"
    r"|quyền hạn|đối tượng|áp dụng|phạm vi|điều chỉnh|nội dung|công tác|phối hợp|báo cáo|tổng hợp|tham mưu|hướng dẫn"
    r"|kiểm tra|theo dõi|liên quan|địa phương|địa bàn|căn cứ|phù hợp|tình hình|yêu cầu|đề nghị|sở|ngành|tiếp nhận"
    r"|trả lời|xem xét|hiện hành|bảo đảm|đảm bảo|công chức|người dân|cán bộ|trực tiếp|nộp|gửi|bưu chính|trực tuyến"
    r"|sau đây|như sau|trung tâm|phục vụ|hành chính|công ích|mẫu|đơn)(?!\w)"
)
"""Words that clauses of every subject have, the stock words of a time limit among them."""


@lru_cache(maxsize=20_000)
def specific(text: str) -> frozenset[str]:
    """Syllables of a clause that name its subject: what is left without the words that clauses of every subject have.

    >>> sorted(specific("Thời hạn công nhận hương ước: 10 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ."))
    ['công', 'hương', 'nhận', 'ước']
    """
    return frozenset(g for g in grams(_FRAME.sub(" . ", " ".join(tone_key(text).split()))) if " " not in g)


@kept_by_document(letters=400_000)
def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of a document's body, with their numbers. Quotations count (an amending act's new text)."""
    return tuple(each_sentence(document))


def each_sentence(document: Document) -> Iterator[Sentence]:
    """As `sentences`, one after the other and kept by nobody."""
    head = document.masthead
    skipped = [span for name, span in (head.spans if head else {}).items() if name in _SKIPPED]
    units: dict[str, list[Provision]] = defaultdict(list)
    for unit in document.provisions:
        units[unit.id].append(unit)
    for start, end in _split(document.text):
        if end - start < 12 or any(a <= start < b for a, b in skipped):
            continue
        here = document.provision_at(start)
        headings = _headings(document, here, start, units)
        yield Sentence(document, here, start, end, headings, _before(document, here, start, end))


def _split(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
        yield at, len(text)


SHORT = 80
"""A sentence of fewer characters leans on what stands before it in its line ("Kết hôn: …; cần xác minh thì …")."""


def _before(document: Document, unit: Provision | None, start: int, end: int) -> str:
    """For a short sentence inside a line: the beginning of that line."""
    line = document.text.rfind("\n", 0, start) + 1
    if unit is None or end - start >= SHORT or line >= start:
        return ""
    return document.text[line : min(start, line + 120)] + " "


def _headings(
    document: Document, unit: Provision | None, start: int, units: Mapping[str, Sequence[Provision]]
) -> str:
    """Opening lines of the units around: what the clause is about when its own words do not say it."""
    if unit is None:
        return ""
    lines: list[str] = []
    parts = unit.id.split("__")
    for i in range(len(parts)):
        for other in units.get("__".join(parts[: i + 1]), ()):
            if other.start <= start < other.end and other.start < start - 1:
                line_end = document.text.find("\n", other.start)
                line = document.text[other.start : line_end if line_end > 0 else other.end]
                if not line.startswith(document.text[start : start + 30]):
                    lines.append(line[:250])
    return " ".join(lines)


LEAST_WORDS = 4
"""Content syllables that a sentence needs before its likeness to another says anything (a table cell has none)."""


def says_enough(sentence: Sentence) -> bool:
    """Whether a sentence has words enough of its own to be laid beside another."""
    own = sum(" " not in gram and gram != "làm" for gram in sentence.grams)
    return own >= 2 and own + sum(" " not in gram for gram in sentence.heading_grams - sentence.grams) >= LEAST_WORDS


def one_subject(one: Sentence, two: Sentence) -> bool:
    """Whether two sentences, with headings and the first one's title, share syllables of a subject of their own.

    The title of a published list of procedures tells the subject of none of them.
    """
    title = (one.document.masthead.title if one.document.masthead else None) or ""
    listed = bool(_PUBLISHED.search(tone_key(title)))
    above = "" if _LIST.search(tone_key(one.headings)) else one.headings
    own = specific(f"{above} {one.text} {'' if listed else title}")
    theirs = specific(f"{two.headings} {two.text}")
    return len(own & theirs) >= LEAST_SHARED


_PUBLISHED = re.compile(r"công bố[^.;\n]{0,60}thủ tục hành chính|quy trình nội bộ|phê duyệt[^.;\n]{0,40}quy trình")
_LIST = re.compile(r"danh mục (?:các )?thủ tục hành chính")
LEAST_SHARED = 2
"""Syllables of their own subject that two sentences must share before their likeness says anything."""


def around(sentence: Sentence, number: Quantity, reach: int = 70) -> frozenset[str]:
    """Words near a number, inside its sentence."""
    words = sentence.text
    return grams(words[max(0, number.start - reach) : number.start]) | grams(words[number.end : number.end + reach])
