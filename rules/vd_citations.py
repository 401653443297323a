"""VD: citations in the body (viện dẫn), and whether number, kind, date and name agree everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from corpus import symbols
from corpus.model import By, Certainty, Citation, Document, Evidence, Finding, KnownDocument, Place, State, Target
from corpus.text import fold, fold_words, tone_key
from rules.base import (
    Context,
    each_target,
    evidence_of,
    finding,
    named_without_number,
    place,
    rule,
    sentence_around,
    signed,
    spoken_by,
    spoken_date,
    spoken_unit,
    weaker,
)
from rules.standing import Standing, cited_title, last_year_of_plan, only_to_end_it, standing
from rules.units import missing_unit

ART_39_3 = "khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP"
ART_68 = "Điều 9, Điều 68 Nghị định số 78/2025/NĐ-CP"
ART_7 = "khoản 1 Điều 7, Điều 44 Nghị định số 79/2025/NĐ-CP"


@rule("VD01", "Viện dẫn văn bản đã hết hiệu lực toàn bộ", "cao", ART_39_3, "sua_doi_bo_sung")
def vd01(document: Document, context: Context) -> Iterator[Finding]:
    """A cited document wholly out of force.

    Tìm: văn bản được viện dẫn trong nội dung đã hết hiệu lực toàn bộ; chương trình, kế hoạch được viện dẫn mà thời kỳ
    ghi trong chính tên gọi đã qua. Dẫn để nói rằng văn bản bị bãi bỏ, bị thay thế thì không tính.
    Căn cứ: khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 15/3/2022
    Có phát hiện: Việc chi trả thực hiện theo Luật Bảo hiểm xã hội số 58/2014/QH13.
    Không phát hiện: Bãi bỏ nội dung viện dẫn Luật Bảo hiểm xã hội số 58/2014/QH13.
    Kiến nghị: sửa đổi, bổ sung; nếu văn bản được dẫn đã hết hiệu lực trước ngày ký thì tự kiểm tra, xử lý.
    """
    ended: dict[str, list[Standing]] = {}
    plans: dict[str, list[tuple[Standing, int]]] = {}
    for citation, target in each_target(document, ("body",)):
        item = standing(citation, target, document, context)
        if item is None or item.symbol is None:
            continue
        key = f"{symbols.key(item.symbol)}|{item.found.date}"
        if only_to_end_it(citation, document):
            continue
        if item.ended:
            ended.setdefault(key, []).append(item)
        elif (year := last_year_of_plan(cited_title(citation, document))) and date(year, 12, 31) < context.as_of:
            plans.setdefault(key, []).append((item, year))
    for items in ended.values():
        yield _ended(items, document)
    for found in plans.values():
        item, year = found[0]
        yield finding(
            ("VD01", "trung_binh", ART_39_3), document, _places(document, [one for one, _ in found]),
            f"Văn bản được viện dẫn “{item.citation.text}” là kế hoạch, chương trình chỉ đến hết năm {year} theo chính "
            f"tên gọi của nó; thời kỳ thực hiện đã qua.",
            certainty="can_kiem_tra", proposal="xem_xet", target=(item.symbol, None),
            evidence=[Evidence(item.symbol, None, cited_title(item.citation, document).strip()[:300] or None, "expire",
                               date(year + 1, 1, 1))],
        )  # fmt: skip


def _ended(items: Sequence[Standing], document: Document) -> Finding:
    item = items[0]
    numbered = not all(one.by_name for one in items)
    check = item.dead_when_signed
    sign = "có dấu hiệu không còn hiệu lực tại thời điểm ban hành: hết" if check else "đã hết"
    since = f" từ ngày {spoken_date(item.now.since)}" if item.now.since else ""
    by = f" ({words})" if (words := spoken_by(item.now.by)) else ""
    return finding(
        ("VD01", "cao", ART_7 if check else ART_39_3), document, _places(document, items),
        f"Văn bản được viện dẫn {_name(item)} {sign} hiệu lực toàn bộ{since}{by}.",
        certainty=item.strength if numbered else weaker(item.strength, "can_kiem_tra"),
        severity="cao" if numbered else "trung_binh", proposal="tu_kiem_tra" if check else "sua_doi_bo_sung",
        target=(item.symbol, None), evidence=evidence_of(item.now),
    )  # fmt: skip


def _places(document: Document, items: Sequence[Standing]) -> list[Place]:
    return [place(document, item.citation.start, item.citation.end) for item in items]


def _name(item: Standing) -> str:
    if item.by_name and item.symbol:
        return f"“{item.citation.text}” ({symbols.spoken(item.symbol, item.found.kind)})"
    return f"“{item.citation.text}”"


@rule("VD02", "Viện dẫn điều, khoản, điểm đã được sửa đổi, thay thế hoặc bãi bỏ", "cao", ART_39_3, "sua_doi_bo_sung")
def vd02(document: Document, context: Context) -> Iterator[Finding]:
    """A cited provision amended, replaced or repealed, the document itself still in force.

    Tìm: điều, khoản, điểm được viện dẫn đã được sửa đổi, thay thế hoặc bãi bỏ, còn văn bản chứa nó vẫn còn hiệu lực.
    Căn cứ: khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 15/3/2022
    Có phát hiện: Mức hỗ trợ thực hiện theo khoản 5 Điều 5 Nghị định số 20/2021/NĐ-CP.
    Không phát hiện: Khoản 5 Điều 5 Nghị định số 20/2021/NĐ-CP đã hết hiệu lực từ ngày 01 tháng 7 năm 2025.
    Kiến nghị: sửa đổi, bổ sung; nếu sửa đổi có trước ngày ký thì tự kiểm tra, xử lý.
    """
    day = signed(document)
    done: set[tuple[str, str]] = set()
    for citation, target in each_target(document, ("body", "basis")):
        if not target.provision or only_to_end_it(citation, document):
            continue
        item = standing(citation, target, document, context)
        if item is None or item.symbol is None or item.ended or (item.symbol, target.provision) in done:
            continue
        state = context.library.state(
            item.symbol, as_of=context.as_of, provision=target.provision, issuer=item.found.issuer,
            issued=item.found.date, kind=item.found.kind,
        )  # fmt: skip
        if state.state not in ("da_sua_doi", "bi_bai_bo", "het_hieu_luc_toan_bo"):
            continue
        start, end = sentence_around(document.text, citation.start, citation.end)
        later = _later(state, day, document.text[start:end])
        before = [by for by in state.by if by.from_ and day and by.from_ <= day]
        gone = state.state in ("bi_bai_bo", "het_hieu_luc_toan_bo")
        if not later and not (gone and before):
            continue
        done.add((item.symbol, target.provision))
        yield _changed(item, target, state, later or before, bool(later), gone, document)


def _later(state: State, day: date | None, words: str) -> list[By]:
    named = {symbols.key(m) for m in re.findall(r"\d{1,5}(?:\.\d{1,3})?/(?:\d{4}/)?[A-ZĐ][\wĐđ\-]{1,30}", words)}
    return [by for by in state.by
            if (day is None or by.from_ is None or by.from_ > day) and symbols.key(by.symbol) not in named]  # fmt: skip


def _changed(
    item: Standing, target: Target, state: State, by: Sequence[By], review: bool, gone: bool, document: Document
) -> Finding:
    what = "đã hết hiệu lực, bị bãi bỏ" if gone else "đã được sửa đổi, bổ sung"
    since = f" từ ngày {spoken_date(by[0].from_)}" if by[0].from_ else ""
    unit = spoken_unit(target.provision)
    act = symbols.spoken(item.symbol or "", item.found.kind)
    acts = spoken_by(by)
    sign, when = ("", "") if review else ("có dấu hiệu ", " tại thời điểm ban hành:")
    return finding(
        ("VD02", "cao", ART_39_3 if review else ART_7), document, _places(document, [item]),
        f"{unit[:1].upper() + unit[1:]} {act} được viện dẫn ở đây {sign}{what}{when}{since}"
        f"{f' ({acts})' if acts else ''}.",
        certainty=weaker(state.strength, item.strength if item.found.status != "resolved" else "chac_chan"),
        proposal="sua_doi_bo_sung" if review else "tu_kiem_tra", target=(item.symbol, target.provision),
        evidence=[Evidence(b.symbol, b.provision, b.quote, b.type, b.from_, state.source) for b in by[:5]],
    )  # fmt: skip


@rule("VD03", "Viện dẫn điều, khoản, điểm không có trong văn bản được dẫn", "trung_binh", ART_39_3, "xem_xet")
def vd03(document: Document, context: Context) -> Iterator[Finding]:
    """A cited provision that does not exist in the cited document.

    Tìm: điều, khoản, điểm được viện dẫn không có trong văn bản được dẫn (văn bản ấy có trong kho và đọc được đủ).
    Căn cứ: khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP
    Đối chiếu: Số: 99/2023/NĐ-CP; Điều 1. Phạm vi điều chỉnh / 1. Nghị định này quy định về đường thôn. / 2. Không áp
    dụng với đường tỉnh. / Điều 2. Hiệu lực thi hành
    Ký ngày: 15/3/2024
    Có phát hiện: Việc quản lý thực hiện theo khoản 5 Điều 1 Nghị định số 99/2023/NĐ-CP.
    Không phát hiện: Việc quản lý thực hiện theo khoản 2 Điều 1 Nghị định số 99/2023/NĐ-CP.
    Kiến nghị: nghiên cứu, xem xét, sửa lại chỗ viện dẫn.
    """
    done: set[tuple[str, str]] = set()
    for citation, target in each_target(document, ("body", "basis")):
        if not target.provision:
            continue
        found = context.library.resolve(target, document)
        if found.symbol is None or found.status == "ambiguous" or (found.symbol, target.provision) in done:
            continue
        cited = context.library.find(found.symbol, issuer=found.issuer, issued=found.date)
        if cited is None or cited.path == document.path:
            continue
        missing = missing_unit(cited, target.provision)
        if missing is None or _inserted_later(found.symbol, target.provision, context):
            continue
        done.add((found.symbol, target.provision))
        act = symbols.spoken(found.symbol, found.kind)
        yield finding(
            ("VD03", "trung_binh", ART_39_3), document, [place(document, citation.start, citation.end)],
            f"Chỗ này viện dẫn {spoken_unit(target.provision)} {act}, nhưng {act} trong kho {missing}.",
            certainty="chac_chan", proposal="xem_xet", target=(found.symbol, target.provision),
            evidence=[Evidence(found.symbol, None, None, "missing", None, cited.path)],
        )  # fmt: skip


def _inserted_later(symbol: str, provision: str, context: Context) -> bool:
    """Whether any act that is known speaks of that unit of the document (it may have inserted it)."""
    article = provision.split("__")[0]
    for effect in context.library.known_effects(symbol):
        if effect.affected_provision and effect.affected_provision.split("__")[0] == article:
            return True
    key = symbols.key(symbol)
    for other in context.library.documents.values():
        for made in other.effects:
            target = made.target
            if target.symbol and symbols.key(target.symbol) == key and target.provision \
                    and target.provision.split("__")[0] == article and made.type in ("insert", "amend", "replace"):
                return True
    return False


# --- VD04: number, kind, date, name agree ----------------------------------------------------------


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
    done: set[tuple[str, str]] = set()
    for citation, target in each_target(document, ("basis", "body", "in_title")):
        if not target.symbol or target.status == "ambiguous" or named_without_number(citation, target):
            continue
        fault = _disagreement(citation, target, document, context)
        key = (symbols.key(target.symbol), fault[0] if fault else "")
        if fault is None or key in done:
            continue
        done.add(key)
        message, certainty, evidence = fault
        yield finding(
            ("VD04", "trung_binh", ART_68), document, [place(document, citation.start, citation.end)], message,
            certainty=certainty, proposal="dinh_chinh", target=(target.symbol, None), evidence=evidence,
        )  # fmt: skip


Fault = tuple[str, Certainty, list[Evidence]]

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
        _wrong_term(citation, symbol, known, context)
        or _wrong_kind(citation, symbol, known)
        or _wrong_date(citation, target, symbol, known, document, context)
    )  # fmt: skip


def _wrong_term(
    citation: Citation, symbol: str, known: Sequence[KnownDocument], context: Context
) -> Fault | None:  # fmt: skip
    """A term of the National Assembly that does not sit with the year in the number (10/2022/QH14)."""
    match = re.search(r"/(\d{4})/(?:[A-Z]{2,3}-)?(?:UBTV)?QH(\d{1,2})$", symbol)
    if not match or known:
        return None
    year, term = int(match[1]), int(match[2])
    first, last = _TERMS.get(term, (0, 9999))
    if first <= year <= last:
        return None
    for other, (begin, end) in _TERMS.items():
        if begin <= year <= end:
            right = re.sub(r"QH\d{1,2}$", f"QH{other}", symbol)
            if rows := context.library.known(right):
                return (
                    f"“{citation.text}”: số khóa Quốc hội không khớp với năm {year}; theo danh mục, văn bản có số này "
                    f"là {symbols.spoken(right)}{f' ({rows[0].title})' if rows[0].title else ''}.",
                    "chac_chan", [_row(rows[0])],
                )  # fmt: skip
    return (f"“{citation.text}”: số khóa Quốc hội (QH{term}) không khớp với năm {year} trong số hiệu.",
            "chac_chan", [])  # fmt: skip


_KIND_WORD = re.compile(
    r"(luật|bộ luật|pháp lệnh|nghị quyết liên tịch|nghị quyết|nghị định|quyết định|thông tư liên tịch|thông tư|chỉ thị)"
    r"\s+(?:số\s*:?\s*)?$"
)
_KIND_OF_WORD = {
    "luật": "luat", "bộ luật": "luat", "pháp lệnh": "phap_lenh", "nghị quyết": "nghi_quyet",
    "nghị quyết liên tịch": "nghi_quyet", "nghị định": "nghi_dinh", "quyết định": "quyet_dinh",
    "thông tư liên tịch": "thong_tu_lien_tich", "thông tư": "thong_tu", "chỉ thị": "chi_thi",
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
        f"“{citation.text}”: tên loại không khớp với ký hiệu; {symbol} là {name}"
        f"{f' ({known[0].title})' if known and known[0].title else ''}.",
        "chac_chan", [_row(row) for row in known[:1]],
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
        return _date_fault(citation, row.date, target.date, sure, [_row(row)])
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


def _row(row: KnownDocument) -> Evidence:
    return Evidence(row.symbol, None, row.title, "register", row.date, row.source_ref or row.source_kind)


# --- VD05: not resolved, not verified --------------------------------------------------------------


@rule("VD05", "Viện dẫn chưa xác định được hoặc chưa xác minh được hiệu lực", "thong_tin", "", "xem_xet")
def vd05(document: Document, context: Context) -> Iterator[Finding]:
    """Citations that could not be resolved, or whose status is not verified: one row a document.

    Tìm: văn bản được dẫn chưa xác định được là văn bản nào, hoặc chưa xác minh được còn hiệu lực hay không. Mỗi
    văn bản một dòng, đủ các chỗ; không phải là lỗi.
    Căn cứ: không có; để người rà soát tra cứu thêm.
    Ký ngày: 15/3/2024
    Có phát hiện: Thực hiện Quyết định số      /2024/QĐ-UBND của Ủy ban nhân dân tỉnh.
    Không phát hiện: Thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ.
    """
    places, names, targets = [], [], []
    seen: set[str] = set()
    for citation, target in each_target(document, ("basis", "body")):
        item = standing(citation, target, document, context)
        unclear = item is None or item.now.state == "khong_ro"
        key = symbols.key(item.symbol) if item and item.symbol else fold(citation.text)
        if not unclear or key in seen:
            continue
        seen.add(key)
        places.append(place(document, citation.start, citation.end))
        names.append(citation.text)
        targets.append(item.symbol if item else target.symbol)
    blanks = [
        place(document, match.start(), match.end())
        for match in _BLANK.finditer(document.text)
        if not any(p.start <= match.start() < p.end for p in places) and not _own_number(document, match.start())
    ]
    if not places and not blanks:
        return
    count = len(places) + len(blanks)
    said = "; ".join(f"“{name}”" for name in names[:6]) + ("; …" if len(names) > 6 else "")
    blank = f"{len(blanks)} chỗ viện dẫn để trống số, ký hiệu" if blanks else ""
    yield finding(
        ("VD05", "thong_tin", ""), document, [*places, *blanks],
        f"{count} chỗ viện dẫn chưa xác định được văn bản hoặc chưa xác minh được hiệu lực: "
        f"{'; '.join(filter(None, (said, blank)))}.",
        certainty="goi_y", proposal="xem_xet", target=(next((t for t in targets if t), None), None),
        evidence=[Evidence(symbol) for symbol in targets if symbol],
    )  # fmt: skip


_BLANK = re.compile(
    r"(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Kế hoạch|Chỉ thị|Công văn|Tờ trình|Báo cáo)\s{1,3}số\s{0,2}:?\s{0,40}"
    r"(?:[.…_]{1,40}\s{0,3})?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ][A-Za-zĐđ\-]{1,20}"
)


def _own_number(document: Document, start: int) -> bool:
    head = document.masthead
    span = head.spans.get("symbol") if head else None
    return bool(span and span[0] - 20 <= start <= span[1])
