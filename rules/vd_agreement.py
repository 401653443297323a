"""VD04: number, kind, date and title of a cited document that do not agree with each other or with the register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus import symbols
from corpus.model import Certainty, Citation, Document, Evidence, Finding, KnownDocument, Place, Target
from corpus.text import fold, fold_words, tone_key
from rules.base import Context, each_target, finding, named_without_number, place, rule, spoken_date
from rules.standing import cited_title
from rules.vd_names import (
    Fault,
    no_such_day,
    other_day_of_law,
    row_evidence,
    without_term,
    wrong_issuer,
    wrong_name,
)

ART_68 = "Điều 9, Điều 68 Nghị định số 78/2025/NĐ-CP"


@rule("VD04", "Số, ký hiệu, loại, ngày của văn bản được dẫn không khớp nhau", "trung_binh", ART_68, "dinh_chinh")
def vd04(document: Document, context: Context) -> Iterator[Finding]:
    """Number, kind, date or name that do not agree with each other or with the register (bases included).

    Tìm: số, ký hiệu, tên loại, ngày ban hành của văn bản được dẫn không khớp nhau hoặc không khớp với danh mục.
    Căn cứ: Điều 9, Điều 68 Nghị định số 78/2025/NĐ-CP
    Ký ngày: 15/3/2024
    Có phát hiện: Thực hiện Quyết định số 06/QĐ-TTg ngày 16/3/2022 của Thủ tướng Chính phủ.
    Không phát hiện: Thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ.
    Kiến nghị: đính chính.
    """
    told: dict[tuple[str, str], tuple[Finding, list[Place]]] = {}
    for citation, target in each_target(document, ("basis", "body", "in_title")):
        if target.status == "ambiguous":
            continue
        if target.symbol and not named_without_number(citation, target):
            fault = _disagreement(citation, target, document, context)
        else:
            fault = other_day_of_law(citation, target, context)
        if fault is None:
            continue
        message, certainty, evidence = fault
        at = place(document, citation.start, citation.end)
        one = finding(
            ("VD04", "trung_binh", ART_68), document, [at], message,
            certainty=certainty, proposal="dinh_chinh", target=(target.symbol, None), evidence=evidence,
        )  # fmt: skip
        cause = (symbols.key(target.symbol or ""), message.replace(citation.text, ""))
        told.setdefault(cause, (one, []))[1].append(at)
    for one, places in told.values():
        yield replace(one, places=tuple(dict.fromkeys(places)))


_TERMS: Mapping[int, tuple[int, int]] = {
    8: (1987, 1992), 9: (1992, 1997), 10: (1997, 2002), 11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016),
    14: (2016, 2021), 15: (2021, 2026), 16: (2026, 2031),
}  # fmt: skip
"""First and last year of each term of the National Assembly (khóa), as its laws are numbered."""


def _disagreement(citation: Citation, target: Target, document: Document, context: Context) -> Fault | None:
    assert target.symbol is not None
    symbol = symbols.normalise(target.symbol)
    known = context.library.known(symbol)
    return (
        without_term(citation, symbol)
        or _wrong_term(citation, target, symbol, known, context)
        or _wrong_kind(citation, symbol, known)
        or no_such_day(citation, document)
        or wrong_issuer(citation, target, symbol, context)
        or wrong_name(citation, target, symbol, known, document, context)
        or _wrong_date(citation, target, symbol, known, document, context)
    )  # fmt: skip


def _wrong_term(
    citation: Citation, target: Target, symbol: str, known: Sequence[KnownDocument], context: Context
) -> Fault | None:  # fmt: skip
    """A term of the National Assembly that does not sit with the year in the number (10/2022/QH14)."""
    match = re.search(r"/(\d{4})/(?:[A-Z]{2,3}-)?(?:UBTV)?QH(\d{1,2})$", symbol)
    if not match or known:
        return None
    year, term = int(match[1]), int(match[2])
    first, last = _TERMS.get(term, (0, 9999))
    if first <= year <= last:
        return None
    number = symbols.key(symbol).split("/")[0]
    for name in context.library.named(target.name) if target.name else ():
        if symbols.key(name.symbol).split("/")[0] == number:
            return (f"“{citation.text}”: số hiệu sai; theo danh mục, {target.name} là "
                    f"{symbols.spoken(name.symbol, 'luat')}.", "chac_chan", [Evidence(name.symbol)])  # fmt: skip
    for other, (begin, end) in _TERMS.items():
        if begin <= year <= end:
            right = re.sub(r"QH\d{1,2}$", f"QH{other}", symbol)
            if rows := context.library.known(right):
                return (
                    f"“{citation.text}”: số khóa Quốc hội không khớp với năm {year}; theo danh mục, văn bản có số này "
                    f"là {symbols.spoken(right, rows[0].kind)}{f' ({rows[0].title})' if rows[0].title else ''}.",
                    "chac_chan", [row_evidence(rows[0])],
                )  # fmt: skip
    return (f"“{citation.text}”: số khóa Quốc hội (QH{term}) không khớp với năm {year} trong số hiệu.",
            "chac_chan", [])  # fmt: skip


_KIND_WORD = re.compile(
    r"(luật|bộ luật|pháp lệnh|nghị quyết liên tịch|nghị quyết|nghị định|quyết định|thông tư liên tịch|thông tư|chỉ thị"
    r"|công văn|tờ trình|báo cáo|kế hoạch|thông báo|hướng dẫn|chương trình)"
    r"\s+(?:số\s*:?\s*)?$"
)
_KIND_OF_WORD = {
    "luật": "luat", "bộ luật": "luat", "pháp lệnh": "phap_lenh", "nghị quyết": "nghi_quyet",
    "nghị quyết liên tịch": "nghi_quyet", "nghị định": "nghi_dinh", "quyết định": "quyet_dinh",
    "thông tư liên tịch": "thong_tu_lien_tich", "thông tư": "thong_tu", "chỉ thị": "chi_thi",
    "công văn": "cong_van", "tờ trình": "to_trinh", "báo cáo": "bao_cao", "kế hoạch": "ke_hoach",
    "thông báo": "thong_bao", "hướng dẫn": "huong_dan", "chương trình": "chuong_trinh",
}  # fmt: skip


def _wrong_kind(citation: Citation, symbol: str, known: Sequence[KnownDocument]) -> Fault | None:
    """A kind word directly before the number that is not the kind of the symbol (Thông tư số 123/2015/NĐ-CP)."""
    right = symbols.kind_of(symbol)
    match = re.search(r"\d", citation.text)
    while match and not symbols.key(citation.text[match.start() :]).startswith(symbols.key(symbol)[:8]):
        match = re.compile(r"\d+").search(citation.text, match.end())
    if right is None or match is None:
        return None
    word = _KIND_WORD.search(tone_key(citation.text[: match.start()]))
    written = _KIND_OF_WORD[word[1]] if word else None
    if written is None or written == right or right not in _KIND_OF_WORD.values():
        return None
    if {written, right} == {"thong_tu", "thong_tu_lien_tich"} and not known:
        return None
    name = symbols.KIND_NAMES[right]
    return (
        f"“{citation.text}”: tên loại không khớp với ký hiệu; ký hiệu ấy là của {name} số {symbol}"
        f"{f' ({known[0].title})' if known and known[0].title else ''}.",
        "chac_chan", [row_evidence(row) for row in known[:1]] or [Evidence(symbol)],
    )  # fmt: skip


def _wrong_date(
    citation: Citation, target: Target, symbol: str, known: Sequence[KnownDocument], document: Document,
    context: Context,
) -> Fault | None:  # fmt: skip
    """A date of issue that is none of those known for this number."""
    if target.date is None:
        return None
    parts = symbols.parse(symbol)
    rows = [row for row in known if row.date is not None and _could_mean(row, target)]
    if parts and parts.year is None:
        same_year = [row for row in rows if row.date and row.date.year == target.date.year]
        title = cited_title(citation, document)
        rows = same_year or [
            row for row in rows if row.date
            and (_same_title(row, title) or (row.date.month, row.date.day) == (target.date.month, target.date.day))
        ]  # fmt: skip
    found = context.library.find(symbol, issuer=target.issuer) if not symbols.is_local(symbol) else None
    if found and found.masthead and found.masthead.date and parts and parts.year is not None:
        if found.masthead.date == target.date:
            return None
        return _date_fault(citation, found.masthead.date, target.date, "chac_chan",
                           [Evidence(symbol, None, None, "register", found.masthead.date, found.path)])  # fmt: skip
    if rows:
        if any(row.date == target.date for row in rows):
            return None
        row = rows[0]
        assert row.date is not None
        sure: Certainty = "chac_chan" if row.certainty == "cao" and row.source_kind != "chua_ro" else "can_kiem_tra"
        return _date_fault(citation, row.date, target.date, sure, [row_evidence(row)])
    if parts and parts.year is not None and abs(parts.year - target.date.year) > 0 and not symbols.is_local(symbol):
        return (
            f"“{citation.text}”: năm trong số hiệu ({parts.year}) không khớp với ngày ban hành "
            f"{spoken_date(target.date)}.", "can_kiem_tra", [],
        )  # fmt: skip
    return None


def _same_title(row: KnownDocument, title: str) -> bool:
    """Whether the title given with a citation is that of a known document (of another year)."""
    from rapidfuzz import fuzz

    words, known = fold_words(title), fold_words(row.title or "")
    return len(words) > 30 and len(known) > 30 and fuzz.token_set_ratio(words, known) >= 85


def _could_mean(row: KnownDocument, target: Target) -> bool:
    if not symbols.is_local(row.symbol):
        return True
    return bool(row.issuer and target.issuer and fold(row.issuer) == fold(target.issuer))


def _date_fault(
    citation: Citation, right: date, written: date, certainty: Certainty, evidence: list[Evidence]
) -> Fault:  # fmt: skip
    return (
        f"“{citation.text}”: ngày ban hành ghi {spoken_date(written)}, theo danh mục là {spoken_date(right)}.",
        certainty, evidence,
    )  # fmt: skip
