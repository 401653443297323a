"""CC04: what cannot be a legal basis of a normative document, whatever its state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus import symbols
from corpus.model import Document, Evidence, Finding, Target
from corpus.territory import has_unit, unit_key
from corpus.text import fold_words, tone_key
from rules.base import Context, each_target, finding, is_normative, paragraph_around, place, rule, signed


def rule_on_bases(day: date | None) -> tuple[str, str, str]:
    """What could be a basis on a day: the clause in words, its act and provision (NĐ 78/2025; before it NĐ 34/2016)."""
    if day is None or day >= date(2025, 4, 1):
        return "Điều 62 Nghị định số 78/2025/NĐ-CP", "78/2025/NĐ-CP", "art_62"
    if day >= date(2016, 7, 1):
        return "khoản 1 Điều 61 Nghị định số 34/2016/NĐ-CP", "34/2016/NĐ-CP", "art_61__cl_1"
    return "Điều 62 Nghị định số 78/2025/NĐ-CP", "78/2025/NĐ-CP", "art_62"


_LETTERS = frozenset(("cong_van", "cong_dien", "thong_bao", "ke_hoach", "bao_cao", "to_trinh", "huong_dan",
                      "chuong_trinh", "phuong_an", "de_an", "van_ban_dang", "van_ban_hop_nhat"))  # fmt: skip
_DECISIONS = ("quyet_dinh", "chi_thi")
_NUMBERED_BY_YEAR = date(2005, 1, 1)
"""From then on a normative decision has the year in its number (Law of 2004)."""


@rule("CC04", "Văn bản được dùng làm căn cứ không thể là căn cứ của văn bản quy phạm pháp luật", "thap",
      "Điều 62 Nghị định số 78/2025/NĐ-CP", "dinh_chinh")  # fmt: skip
def cc04(document: Document, context: Context) -> Iterator[Finding]:
    """A "basis" of a normative document that cannot be one: administrative or Party document, or one of lower rank.

    Tìm: văn bản hành chính (công văn, kế hoạch, thông báo, quyết định cá biệt…), văn bản hợp nhất, văn bản của Đảng
    hoặc văn bản có hiệu lực pháp lý thấp hơn nằm ở dòng “Căn cứ” của văn bản quy phạm pháp luật. Kế hoạch, văn bản
    hành chính được dựa vào văn bản hành chính.
    Căn cứ: Điều 62 Nghị định số 78/2025/NĐ-CP
    Ký ngày: 10/9/2025
    Có phát hiện: Căn cứ Công văn số 215/UBND-NC ngày 04 tháng 8 năm 2025 của Ủy ban nhân dân tỉnh;
    Không phát hiện: Căn cứ Nghị định số 150/2025/NĐ-CP ngày 12 tháng 6 năm 2025;
    Kiến nghị: đính chính, bỏ khỏi phần căn cứ.
    """
    if not is_normative(document):
        return
    told: set[int] = set()
    for citation, target in each_target(document, ("basis",)):
        start, _ = paragraph_around(document.text, citation.start)
        if not tone_key(document.text[start : start + 12]).lstrip().startswith("căn cứ"):
            continue
        what = cannot_be(target, document)
        if what is None:
            continue
        told.add(start)
        yield _finding(document, citation.start, citation.end, what, target.symbol, target.date)
    for start, end in _party_lines(document):
        if paragraph_around(document.text, start)[0] not in told:
            yield _finding(document, start, end, "văn bản của Đảng", None, None)


def _finding(
    document: Document, start: int, end: int, what: str, symbol: str | None, day: date | None
) -> Finding:  # fmt: skip
    ground = rule_on_bases(signed(document))
    words = document.text[start:end]
    return finding(
        ("CC04", "thap", "Điều 62 Nghị định số 78/2025/NĐ-CP"), document, [place(document, start, end)],
        f"“{words}” là {what}, không phải văn bản quy phạm pháp luật có hiệu lực pháp lý cao hơn nên không là căn cứ "
        f"ban hành văn bản quy phạm pháp luật.",
        certainty="chac_chan", proposal="dinh_chinh", target=(symbol, None), legal_basis=ground[0],
        evidence=[Evidence(symbol, None, words, "kind", day), Evidence(ground[1], ground[2], None, "ground")],
    )  # fmt: skip


def cannot_be(target: Target, document: Document) -> str | None:
    """What the document is that cannot be a basis of a normative one, in words; None where it can."""
    kind = target.kind or (symbols.kind_of(target.symbol) if target.symbol else None)
    if kind == "van_ban_dang" or is_party(target.symbol):
        return "văn bản của Đảng"
    if kind in _LETTERS or is_letter(target.symbol):
        return "văn bản hợp nhất" if kind == "van_ban_hop_nhat" else "văn bản hành chính"
    parts = symbols.parse(target.symbol) if target.symbol else None
    if parts is None or target.symbol is None:
        return None
    local = symbols.is_local(target.symbol)
    single = parts.number is not None and parts.year is None and not re.search(r"QH\d", target.symbol)
    of_now = target.date is None or target.date >= _NUMBERED_BY_YEAR
    if single and of_now and (kind in _DECISIONS or (kind == "nghi_quyet" and local)):
        return "văn bản hành chính (số hiệu không có năm ban hành)"
    if local and kind == "quyet_dinh" and _of_own_committee(target, document):
        return "văn bản của Ủy ban nhân dân cùng cấp, có hiệu lực pháp lý thấp hơn nghị quyết"
    return None


def _of_own_committee(target: Target, document: Document) -> bool:
    """Whether a council's resolution rests on a decision of the committee of its own unit."""
    head = document.masthead
    if head is None or head.kind != "nghi_quyet" or not head.issuer or not target.issuer:
        return False
    unit, own = unit_key(target.issuer), unit_key(head.issuer)
    if "hoi dong nhan dan" not in fold_words(head.issuer) or unit is None or own is None:
        return False
    return unit == own if has_unit(target.issuer) else own.startswith(unit + " ")


_PARTY_WORDS = re.compile(
    r"^(?P<verb>\W{0,3}căn cứ\s{1,3})(?:các\s)?(?:nghị quyết|kết luận|chỉ thị|chương trình|kế hoạch|quy định|thông báo"
    r"|văn kiện)\b[^;\n]{0,160}?\b(?:đảng bộ|đảng ủy|huyện ủy|tỉnh ủy|thành ủy|quận ủy|thị ủy|chi bộ|ban chấp hành"
    r"|bộ chính trị|ban bí thư|(?<!ủy )ban thường vụ|đại hội đảng|đại hội đại biểu)\b"
)


def _party_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Lines of the bases that rest on a paper of the Party, with or without a number."""
    articles = (unit.start for unit in document.provisions)
    key = tone_key(document.text[: min(articles, default=6000)])
    for line in re.finditer(r"[^\n]{1,600}", key):
        match = _PARTY_WORDS.match(line[0])
        if match and not any(
            line.start() <= c.start < line.end() and any(t.symbol and not is_party(t.symbol) for t in c.targets)
            for c in document.citations
        ):
            yield line.start() + match.end("verb"), line.start() + len(line[0].rstrip(" ;."))


_PARTY = re.compile(r"(?:[-/](?:ĐU|TU|HU|TW|BTV|BCH)|-(?:NQ|KL|CT|QĐ|KH|TB)/(?:TW|TU|ĐU|HU))(?![A-ZĐ])")


def is_party(symbol: str | None) -> bool:
    """Whether a symbol is that of a body of the Party."""
    return bool(symbol and _PARTY.search(symbol))


def is_letter(symbol: str | None) -> bool:
    """Whether a symbol is that of an official letter: number / body - unit, no kind, no year."""
    parts = symbols.parse(symbol) if symbol else None
    return bool(parts and parts.kind is None and parts.year is None and parts.body and "-" in parts.body
                and not re.search(r"QH\d|TW$", parts.body))  # fmt: skip
