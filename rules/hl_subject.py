"""HL07: a later document of a higher body on the same subject, found by the words of titles and headings.

Only a hint (goi_y): the words of two titles are alike, or fairly alike and both rest on one law of the matter. A person
must read both. To stay quiet, documents that the reviewed one cites or another finding names already are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import symbols
from corpus.model import Document, Evidence, Finding, Library, Place, Provision
from corpus.text import fold_words, tone_key
from rules.asked import asked, made_once
from rules.base import (
    Context,
    each_target,
    finding,
    is_normative,
    is_plan,
    opening,
    place,
    region,
    rule,
    signed,
    spoken_act,
    spoken_date,
)
from rules.cc_bases import is_one_case
from rules.parameters import Parameter, Values
from rules.tn_names import ART_39_4

MOST = Parameter("HL07", "nhieu_nhat", 3, "văn bản", 1, 20, "số văn bản cấp trên nêu ra cho một văn bản")
SAME_HEADING = 0.75
ALIKE = Parameter("HL07", "giong", 75, "%", 50, 100, "phần từ ngữ của tên gọi mà tên văn bản cấp trên cũng có")
ALIKE_WITH_LINK = Parameter("HL07", "giong_cung_luat", 60, "%", 40, 100,
                            "như trên, khi cả hai cùng căn cứ một luật chuyên ngành")  # fmt: skip
LEAST_SHARED = 2

_SYLLABLE = re.compile(r"[^\W\d_]+")
_EMPTY_WORDS = re.compile(
    r"\b(?:ban hành|quy định|quy chế|chi tiết|một số|nghị định|nghị quyết|pháp lệnh|thông tư|văn bản|quyết định"
    r"|hướng dẫn|thi hành|thực hiện|quản lý|nhà nước|công tác|sửa đổi|bổ sung|nội dung|giai đoạn|thời kỳ"
    r"|thẩm quyền|phạm vi|phân cấp|phân quyền|ủy ban nhân dân|hội đồng nhân dân|bộ trưởng|chính phủ|biện pháp"
    r"|tổ chức|hoạt động|triển khai|kèm theo|kế hoạch|chương trình|phát triển|sử dụng|chức năng|nhiệm vụ"
    r"|quyền hạn|cơ cấu|lĩnh vực|chế độ|hiệu lực|điều chỉnh|đối tượng áp dụng|trách nhiệm|nguyên tắc"
    r"|giải thích từ ngữ|phối hợp|chuyển tiếp|điều khoản|địa bàn|thị trấn|thành phố|mức thu|thu, nộp|thu nộp)\b"
)
_EMPTY = frozenset(
    ("điều", "của", "luật", "về", "việc", "và", "các", "cho", "trên", "xã", "phường", "huyện", "tỉnh", "quận", "trong",
     "tại", "đối", "với", "theo", "năm", "từ", "đến", "thuộc", "bộ", "mức", "hoặc", "để", "do", "ở", "được", "có", "là",
     "khoản", "điểm", "số", "ngày", "tháng", "những", "này", "cấp", "thi", "hành")
)  # fmt: skip
"""Words and syllables that titles of every subject have."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a higher document is about: content syllables of its title, neighbouring pairs, laws that it rests on."""

    document: Document
    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    laws: frozenset[str]


@rule("HL07", "Văn bản cấp trên ban hành sau về cùng vấn đề", "thap", ART_39_4, "xem_xet",
      parameters=(MOST, ALIKE, ALIKE_WITH_LINK))  # fmt: skip
def hl07(document: Document, context: Context) -> Iterator[Finding]:
    """A later document of a higher body on the same subject; always a hint.

    Tìm: văn bản trung ương hoặc của tỉnh ban hành sau, có tên gọi cùng vấn đề với văn bản này mà văn bản này chưa nhắc
    tới; gần giống hơn khi cả hai cùng căn cứ một luật chuyên ngành. Luôn là gợi ý: phải đọc cả hai văn bản.
    Căn cứ: khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP
    Đối chiếu: Số: 99/2023/NĐ-CP; Điều 1. Phạm vi điều chỉnh. Nghị định này quy định về đường thôn.
    Ký ngày: 15/3/2022
    Có phát hiện: Điều 1. Quy định việc quản lý đường thôn.
    Không phát hiện: Căn cứ Nghị định số 99/2023/NĐ-CP ngày 10 tháng 5 năm 2023 quy định về đường thôn; / Quy định này
    về việc quản lý đường thôn.
    Kiến nghị: nghiên cứu, xem xét; đối chiếu nội dung hai văn bản.
    """
    day, head = signed(document), document.masthead
    title = head.title if head else None
    if day is None or head is None or not title or is_plan(document) or is_one_case(document):
        return
    if not is_normative(document) and head.kind not in ("quyet_dinh", "nghi_quyet"):
        return
    if any(other.rule == "HL01" for other in context.told):
        return
    own = _without_places(title, document)
    words, pairs = _words(own)
    named = _named(document, context)
    found: list[tuple[float, Subject]] = []
    asked_of = tuple(sorted(words)), tuple(sorted(pairs)), tuple(sorted(_laws(document)))
    for likeness, subject in _alike(context, *asked_of):
        theirs = subject.document.masthead
        if theirs is None or theirs.symbol is None or theirs.date is None or theirs.date <= day:
            continue
        if symbols.key(theirs.symbol) in named or not _stands_above(subject.document, document, context):
            continue
        found.append((likeness, subject))
    found.sort(key=lambda pair: (-pair[0], pair[1].document.path))
    for _, subject in found[: int(MOST.chosen(context.settings.values))]:
        yield _finding(document, subject, context)


def _finding(document: Document, subject: Subject, context: Context) -> Finding:
    theirs = subject.document.masthead
    assert theirs is not None
    symbol = theirs.symbol or ""
    units = list(_same_headings(document, subject.document))
    places = [place(document, *_first_line(document, unit)) for unit, _ in units] or [_title(document)]
    since = theirs.effective or theirs.date
    return finding(
        ("HL07", "thap", ART_39_4), document, places,
        f"{spoken_act(symbol, context, theirs.kind)} “{theirs.title}”, có hiệu lực từ ngày {spoken_date(since)}, ban "
        f"hành sau văn bản này và có thể quy định cùng vấn đề. Đề nghị đọc, đối chiếu hai văn bản.",
        certainty="goi_y", proposal="xem_xet", target=(symbol, units[0][1].id if units else None),
        evidence=[Evidence(symbol, units[0][1].id if units else None, theirs.title, "same_subject", since,
                           subject.document.path)],
    )  # fmt: skip


def _likeness(
    words: frozenset[str], pairs: frozenset[tuple[str, str]], laws: frozenset[str], subject: Subject, values: Values
) -> float:
    """Share of the title's words that the other has, 0.0 where that is too little to speak of."""
    shared = words & subject.words
    if len(shared) < LEAST_SHARED or not pairs & subject.pairs:
        return 0.0
    linked = bool(laws & subject.laws)
    share = len(shared) / len(words)
    back = len(shared) / len(subject.words)
    if share < (ALIKE_WITH_LINK if linked else ALIKE).share(values) or back < (0.25 if linked else 0.4):
        return 0.0
    return share + back + linked


def _words(text: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    syllables = _SYLLABLE.findall(_EMPTY_WORDS.sub(" ", tone_key(text)))
    kept = frozenset(word for word in syllables if word not in _EMPTY)
    return kept, frozenset((a, b) for a, b in pairwise(syllables) if a in kept or b in kept)


def _without_places(title: str, document: Document) -> str:
    """A title without the names of the issuer's own units: a place is no subject."""
    head = document.masthead
    units = [*(head.territory if head else ()), head.issuer or "" if head else ""]
    key = tone_key(title)
    for unit in units:
        name = re.sub(r"^.*?\b(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)\s", "", tone_key(unit))
        if name:
            key = key.replace(name, " ")
    return key


def _laws(document: Document) -> frozenset[str]:
    """Laws of the matter among the bases: those on organising bodies and on issuing documents are everybody's."""
    found = set()
    for _, target in each_target(document, ("basis",)):
        name = fold_words(target.name or "")
        if target.symbol and re.search(r"/QH\d+$|UBTVQH", target.symbol) and "to chuc" not in name and (
            "ban hanh van ban" not in name
        ):
            found.add(symbols.key(target.symbol))
    return frozenset(found - _EVERYBODYS)


_EVERYBODYS = frozenset(
    symbols.key(symbol) for symbol in (
        "77/2015/QH13", "47/2019/QH14", "65/2025/QH15", "72/2025/QH15", "80/2015/QH13", "63/2020/QH14", "64/2025/QH15",
        "87/2025/QH15", "63/2025/QH15", "76/2015/QH13", "11/2003/QH11", "31/2004/QH11", "17/2008/QH12",
    )
)  # fmt: skip


def _named(document: Document, context: Context) -> frozenset[str]:
    """Acts that the document cites, or that a finding on it names already."""
    cited = {target.symbol for citation in document.citations for target in citation.targets}
    told = {other.target_symbol for other in context.told} | {e.symbol for f in context.told for e in f.evidence}
    return frozenset(symbols.key(symbol) for symbol in cited | told if symbol)


def _stands_above(higher: Document, document: Document, context: Context) -> bool:
    """Whether the later document is of a higher body, of this region, and not over on the day of review."""
    theirs, own = higher.masthead, document.masthead
    if theirs is None or own is None or theirs.symbol is None:
        return False
    high = symbols.rank(theirs.kind, theirs.level, theirs.issuer)
    low = symbols.rank(own.kind, own.level, own.issuer)
    if high is None or (low is not None and high >= low):
        return False
    if theirs.level != "trung_uong":
        name = re.search(r"(?:tỉnh|thành phố)\s+(.{2,40})$", tone_key(theirs.issuer or ""))
        if name is None or name[1] not in tone_key(region(context)):
            return False
    state = context.library.state(
        theirs.symbol, as_of=context.as_of, issuer=theirs.issuer, issued=theirs.date, kind=theirs.kind
    )  # fmt: skip
    return state.state != "het_hieu_luc_toan_bo"


# --- the higher documents of a library ------------------------------------------------------------


def _told(context: Context, found: Sequence[tuple[float, Subject]]) -> object:
    return [score for score, _ in found], context.library.identity([subject.document for _, subject in found])


@asked("subjects", _told)
def _alike(
    context: Context, words: tuple[str, ...], pairs: tuple[tuple[str, str], ...], laws: tuple[str, ...]
) -> Sequence[tuple[float, Subject]]:
    """Higher documents whose titles are alike enough, with their likeness, through an index of the words of titles.

    Those that only share some words are no part of the answer: a change of one of them touches nobody.
    """
    index = made_once("subjects", context, lambda: _made(context.library))
    counts: dict[int, int] = {}
    for word in words:
        for number in index[1].get(word, ()):
            counts[number] = counts.get(number, 0) + 1
    own = frozenset(words), frozenset(pairs), frozenset(laws)
    rated = (
        (_likeness(*own, index[0][number], context.settings.values), index[0][number])
        for number, shared in sorted(counts.items()) if shared >= LEAST_SHARED
    )  # fmt: skip
    return [(score, subject) for score, subject in rated if score]


Index = tuple[list[Subject], dict[str, list[int]]]


def _made(library: Library) -> Index:
    subjects: list[Subject] = []
    by_word: dict[str, list[int]] = {}
    reviewed = {document.path for document in library.reviewed()}
    for document in library.grounds():
        head = document.masthead
        if document.path in reviewed or head is None or not head.title or head.level not in ("trung_uong", "tinh"):
            continue
        if head.normative is False and head.kind not in ("luat", "nghi_quyet"):
            continue
        if tone_key(head.title).startswith(("sửa đổi", "bãi bỏ", "đính chính")):
            continue  # whether it touches the document is told by the act that it changes (CC02, VD02)
        words, pairs = _words(head.title)
        for word in words:
            by_word.setdefault(word, []).append(len(subjects))
        subjects.append(Subject(document, words, pairs, _laws(document)))
    return subjects, by_word


# --- places ---------------------------------------------------------------------------------------


def _same_headings(document: Document, higher: Document) -> Iterator[tuple[Provision, Provision]]:
    """Articles of both documents whose headings speak of the same; each of the reviewed one's once."""
    theirs = [(unit, _words(unit.heading)[0]) for unit in higher.provisions if unit.kind == "dieu" and unit.heading]
    for unit in document.provisions:
        if unit.kind != "dieu" or not unit.heading:
            continue
        words = _words(_without_places(unit.heading, document))[0]
        for other, others in theirs:
            shared = words & others
            if len(shared) >= max(LEAST_SHARED, SAME_HEADING * len(words), 0.5 * len(others)):
                yield unit, other
                break


def _first_line(document: Document, unit: Provision) -> tuple[int, int]:
    end = document.text.find("\n", unit.start, unit.end)
    return unit.start, end if end > 0 else unit.end


def _title(document: Document) -> Place:
    return place(document, *opening(document))
