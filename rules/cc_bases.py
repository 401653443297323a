"""CC: the legal bases of a document (căn cứ ban hành).

A content basis is the law of the matter; a basis of competence and procedure is a law on organising
government or on issuing documents. The second kind changes with every reform and alone makes nothing
wrong: one grouped row, low.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus import symbols
from corpus.model import By, Certainty, Document, Evidence, Finding, Place, Severity
from corpus.text import fold_words, tone_key
from rules.base import (
    Context,
    each_target,
    evidence_of,
    finding,
    joined,
    lower_severity,
    paragraph_around,
    place,
    rule,
    signed,
    spoken_by,
    spoken_date,
    weaker,
)
from rules.cc_kinds import cc04, is_letter, is_party, rule_on_bases
from rules.standing import (
    CHANGED,
    NOT_YET,
    Standing,
    also_ended,
    by_cause,
    changes_since,
    cited_plan_ends,
    cited_title,
    first_day,
    quoted_name,
    standing,
    state_when_effective,
)

__all__ = ["amends_a_basis", "bases", "cc01", "cc02", "cc03", "cc04", "is_competence", "is_letter", "is_party"]

ART_39_2 = "khoản 2 Điều 39 Nghị định số 79/2025/NĐ-CP"
ART_62 = "Điều 62 Nghị định số 78/2025/NĐ-CP; khoản 2 Điều 7 Nghị định số 79/2025/NĐ-CP"

_COMPETENCE = re.compile(
    r"to chuc chinh quyen dia phuong|ban hanh van ban quy pham phap luat|to chuc hoi dong nhan dan"
    r"|kiem tra ra soat he thong hoa|tham quyen cua hoi dong nhan dan|phan dinh tham quyen"
)
_COMPETENCE_SYMBOLS = frozenset(
    symbols.key(symbol)
    for symbol in (
        "11/2003/QH11", "77/2015/QH13", "47/2019/QH14", "65/2025/QH15", "72/2025/QH15", "31/2004/QH11",
        "17/2008/QH12", "80/2015/QH13", "63/2020/QH14", "64/2025/QH15", "87/2025/QH15", "91/2006/NĐ-CP",
        "24/2009/NĐ-CP", "16/2013/NĐ-CP", "34/2016/NĐ-CP", "154/2020/NĐ-CP", "59/2024/NĐ-CP", "78/2025/NĐ-CP",
        "79/2025/NĐ-CP", "187/2025/NĐ-CP",
    )
)  # fmt: skip
_ONE_CASE = re.compile(
    r"cong nhan|bo nhiem|khen thuong|ky luat|xu phat|thu hoi|giao dat|cho phep|thanh lap|kien toan|phe duyet|phan cong"
    r"|tang (?:thuong )?(?:giay khen|bang khen|danh hieu|co thi dua|ky niem chuong)|danh hieu thi dua|mung tho"
    r"|dieu dong|biet phai|nghi huu|nghi viec|thoi viec|tuyen dung|nang (?:bac )?luong|xep luong|chuan y|phe chuan"
)


def is_competence(item: Standing) -> bool:
    """Whether a basis is one of competence and procedure, by its number or its name."""
    if item.symbol and symbols.key(item.symbol) in _COMPETENCE_SYMBOLS:
        return True
    names = (item.target.name, item.found.title, item.now.title, item.citation.text)
    return any(name and _COMPETENCE.search(fold_words(name)) for name in names)


def is_one_case(document: Document) -> bool:
    """Whether an administrative decision is on one person or one case, not on rules."""
    head = document.masthead
    if head is None or head.normative or head.kind not in ("quyet_dinh", "nghi_quyet"):
        return False
    title = fold_words(head.title or "")
    return bool(_ONE_CASE.search(title)) and "ban hanh" not in title


def bases(document: Document, context: Context) -> list[Standing]:
    """The document's bases whose document is known, in order, each document once."""
    found: list[Standing] = []
    seen: set[str] = set()
    for citation, target in each_target(document, ("basis",)):
        item = standing(citation, target, document, context)
        if item is None or item.symbol is None or symbols.key(item.symbol) in seen:
            continue
        if not item.by_name and amends_a_basis(document, citation.start):
            continue
        seen.add(symbols.key(item.symbol))
        found.append(item)
    return found


_AMENDED_BY = re.compile(
    r"(?:được|đã được) sửa đổi[^;\n]{0,60}$|sửa đổi, bổ sung (?:bởi|theo|tại)[^;\n]{0,160}$"
    r"|(?:được|đã được) sửa đổi(?:,? bổ sung)?(?: một số điều)? (?:bởi|theo|tại)"
    r"(?: (?:các )?(?:luật|nghị định|thông tư|nghị quyết|quyết định|pháp lệnh)[^;,]{0,90}(?:,| và)){1,12}\s{0,2}$"
)


def amends_a_basis(document: Document, start: int) -> bool:
    """Whether the words at `start` only name an act by which a basis before it was amended."""
    line, _ = paragraph_around(document.text, start)
    before = tone_key(document.text[max(line, start - 700) : start])
    return bool(_AMENDED_BY.search(" ".join(before.split()) + " "))


@rule("CC01", "Căn cứ ban hành đã hết hiệu lực toàn bộ", "cao", ART_39_2, "xem_xet")
def cc01(document: Document, context: Context) -> Iterator[Finding]:
    """A basis wholly out of force since the document was issued.

    Tìm: văn bản làm căn cứ ban hành đã hết hiệu lực toàn bộ sau ngày ký. Căn cứ về nội dung: mức cao; căn cứ về thẩm
    quyền, trình tự (luật tổ chức chính quyền, luật ban hành văn bản): mức thấp, gộp một dòng.
    Căn cứ: khoản 2 Điều 39 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 15/3/2022
    Có phát hiện: Căn cứ Luật Bảo hiểm xã hội số 58/2014/QH13 ngày 20 tháng 11 năm 2014;
    Không phát hiện: Căn cứ Luật Bảo hiểm y tế số 25/2008/QH12 ngày 14 tháng 11 năm 2008;
    Kiến nghị: căn cứ nội dung: nghiên cứu, xem xét sửa đổi hoặc thay thế; căn cứ thẩm quyền: giữ nguyên, đổi khi
    sửa lần sau.
    """
    competence: list[Standing] = []
    content: list[Standing] = []
    for item in bases(document, context):
        if item.dead_when_signed:
            continue
        if not item.ended:
            yield from _finished_plan(item, document, context)
        else:
            (competence if is_competence(item) else content).append(item)
    for items in by_cause(content, document, context):
        item = items[0]
        yield finding(
            ("CC01", "cao", ART_39_2), document, [_place(document, one) for one in items],
            f"Căn cứ {_names(items)} đã hết hiệu lực toàn bộ{_since(item.now.since)}{_by(item, context)}. "
            f"Văn bản này cần được rà soát lại theo quy định thay thế.",
            certainty=weaker(*(_review_certainty(one, document) for one in items)), proposal="xem_xet",
            severity=_weight(document, "cao"), target=(item.symbol, None),
            evidence=[*evidence_of(item.now), *also_ended(items)],
        )  # fmt: skip
    if competence:
        yield _grouped("CC01", "thap", competence, document, "đã hết hiệu lực toàn bộ", context)


def _finished_plan(item: Standing, document: Document, context: Context) -> Iterator[Finding]:
    """A plan or programme as basis whose period, by its own title, is over (rules.md, notes)."""
    year = cited_plan_ends(item.citation, document)
    if year is None or date(year, 12, 31) >= context.as_of:
        return
    yield finding(
        ("CC01", "trung_binh", ART_39_2), document, [_place(document, item)],
        f"Văn bản được dựa vào ({_name(item)}) là kế hoạch, chương trình chỉ đến hết năm {year} theo chính tên gọi của "
        f"nó; thời kỳ thực hiện đã qua.",
        certainty="can_kiem_tra", proposal="xem_xet", target=(item.symbol, None),
        evidence=[Evidence(item.symbol, None, cited_title(item.citation, document).strip()[:300] or None, "expire",
                           date(year + 1, 1, 1))],
    )  # fmt: skip


@rule("CC02", "Căn cứ ban hành đã được sửa đổi, bổ sung hoặc bãi bỏ một phần", "trung_binh", ART_39_2, "xem_xet")
def cc02(document: Document, context: Context) -> Iterator[Finding]:
    """A basis amended or repealed in part since the document was issued.

    Tìm: văn bản làm căn cứ còn hiệu lực nhưng đã được sửa đổi, bổ sung, thay thế hoặc bãi bỏ một phần sau ngày ký;
    lần sửa đổi có trước ngày ký và đã được nêu trong căn cứ thì không tính.
    Căn cứ: khoản 2 Điều 39 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 20/8/2025
    Có phát hiện: Căn cứ Nghị định số 150/2025/NĐ-CP ngày 12 tháng 6 năm 2025;
    Không phát hiện: Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 được sửa đổi, bổ sung
    bởi Luật số 87/2025/QH15;
    Kiến nghị: nghiên cứu, xem xét phần đã sửa đổi có liên quan; căn cứ thẩm quyền chỉ ở mức thông tin.
    """
    day = signed(document)
    if day is None:
        return
    competence: list[Standing] = []
    changes: list[By] = []
    for item in bases(document, context):
        if item.now.state != CHANGED:
            continue
        start, end = paragraph_around(document.text, item.citation.start)
        later = changes_since(item.now, day, context, document.text[start:end])
        if not later:
            continue
        if is_competence(item):
            competence.append(item)
            changes.append(later[0])
            continue
        first = later[0]
        yield finding(
            ("CC02", "trung_binh", ART_39_2), document, [_place(document, item)],
            f"Căn cứ {_name(item)} {_in_part(spoken_by(later, context))} từ ngày {spoken_date(first.from_)}, sau ngày "
            f"văn bản này được ban hành.",
            certainty=item.strength if first in item.now.by else weaker(item.strength, "can_kiem_tra"),
            proposal="xem_xet", severity=_weight(document, "trung_binh"), target=(item.symbol, None),
            evidence=[Evidence(b.symbol, b.provision, b.quote, b.type, b.from_, item.now.source) for b in later[:5]],
        )  # fmt: skip
    if competence:
        yield _grouped("CC02", "thong_tin", competence, document, "đã được sửa đổi, bổ sung", context, changes)


@rule("CC03", "Căn cứ đã hết hiệu lực hoặc chưa có hiệu lực ngay khi ban hành", "trung_binh", ART_62, "dinh_chinh")
def cc03(document: Document, context: Context) -> Iterator[Finding]:
    """A basis that was already dead, or not yet in force, when the document was issued.

    Tìm: văn bản làm căn cứ đã hết hiệu lực toàn bộ trước ngày ký, hoặc đến ngày văn bản có hiệu lực vẫn chưa có
    hiệu lực.
    Căn cứ: Điều 62 Nghị định số 78/2025/NĐ-CP; khoản 2 Điều 7 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 10/9/2025
    Có phát hiện: Căn cứ Luật Bảo hiểm xã hội số 58/2014/QH13 ngày 20 tháng 11 năm 2014;
    Không phát hiện: Căn cứ Luật Bảo hiểm xã hội số 41/2024/QH15 ngày 29 tháng 6 năm 2024;
    Kiến nghị: đính chính phần căn cứ.
    """
    day = signed(document)
    if day is None:
        return
    ground = f"{rule_on_bases(day)[0]}; khoản 2 Điều 7 Nghị định số 79/2025/NĐ-CP"
    found = bases(document, context)
    dead = by_cause([item for item in found if item.dead_when_signed], document, context)
    for item in found:
        if item.dead_when_signed and item.then is not None:
            items = next(group for group in dead if any(one is item for one in group))
            if items[0] is not item:
                continue
            ended = item.then.since or item.now.since
            yield finding(
                ("CC03", "trung_binh", ART_62), document, [_place(document, one) for one in items],
                f"Căn cứ {_names(items)} có dấu hiệu không còn hiệu lực tại thời điểm ban hành: hết hiệu lực toàn bộ"
                f"{_since(ended)}{_by(item, context)}, trước ngày ký {spoken_date(day)}.",
                certainty=weaker(*(weaker(one.then.strength, one.strength) for one in items if one.then)),
                proposal="dinh_chinh", severity=_weight(document, "trung_binh"), target=(item.symbol, None),
                evidence=[*evidence_of(item.then), *also_ended(items)],
                legal_basis=ground,
            )  # fmt: skip
        elif (state := state_when_effective(item, document, context)) and state.state == NOT_YET:
            begins = first_day(item, context)
            if begins and (governs := governed_from(document)) and governs >= begins:
                continue  # the year or the day from which the document is applied begins with the basis
            yield finding(
                ("CC03", "trung_binh", ART_62), document, [_place(document, item)],
                f"Căn cứ {_name(item)} có dấu hiệu chưa có hiệu lực tại thời điểm văn bản này có hiệu lực"
                f"{_from(begins)}.",
                certainty=weaker(state.strength, item.strength), proposal="dinh_chinh",
                severity=_weight(document, "trung_binh"), target=(item.symbol, None),
                evidence=evidence_of(state) or [Evidence(item.symbol, None, None, "commence", begins, state.source)],
                legal_basis=ground,
            )  # fmt: skip


_APPLIED_FROM = re.compile(r"áp dụng (?:kể )?từ ngày (\d{1,2})\s?(?:tháng|/)\s?(\d{1,2})\s?(?:năm|/)\s?(\d{4})")
_APPLIED_IN = re.compile(r"(?:nghị quyết|quyết định|quy định) này áp dụng (?:trong|cho|từ) năm(?: ngân sách)? (\d{4})")
_OF_YEAR = re.compile(
    r"(?<!ngày )(?<!tháng )\bnăm (?:ngân sách |học |kế hoạch )?(\d{4})\b|(?:giai đoạn|thời kỳ) (\d{4})"
)


def governed_from(document: Document) -> date | None:
    """First day of what the document governs: the year of its title, or the day from which it says it is applied."""
    title = tone_key((document.masthead.title if document.masthead else None) or "")
    match = _OF_YEAR.search(title)
    if match and not re.search(r"luật|nghị|sửa đổi|bãi bỏ", title):
        return date(int(match[1] or match[2]), 1, 1)
    if match := _APPLIED_IN.search(tone_key(document.text)):
        return date(int(match[1]), 1, 1)
    if match := _APPLIED_FROM.search(tone_key(document.text)):
        try:
            return date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            return None
    return None


# --- words ---------------------------------------------------------------------------------------


def _grouped(
    code: str, severity: Severity, items: Sequence[Standing], document: Document, what: str, context: Context,
    changes: Sequence[By] = (),
) -> Finding:  # fmt: skip
    """One row of all bases of competence. `changes`: what changed each of them after the day of signing."""
    said = [
        f"{_name(item)} ({spoken_by([change], context)} từ ngày {spoken_date(change.from_)})"
        for item, change in zip(items, changes, strict=True)
    ] if changes else [f"{_name(item)}{_since(item.now.since)}" for item in items]  # fmt: skip
    acts: list[By | None] = [*changes] or [
        next((b for b in item.now.by if b.symbol != item.symbol), None) for item in items
    ]  # fmt: skip
    return finding(
        (code, severity, ART_39_2), document, [_place(document, item) for item in items],
        f"Căn cứ về thẩm quyền, trình tự {what}: {'; '.join(said)}. Không ảnh hưởng trực tiếp đến nội dung; thay căn "
        f"cứ khi sửa đổi, thay thế văn bản lần sau.",
        certainty=weaker(*(item.strength for item in items)), proposal="giu_nguyen",
        severity=lower_severity(severity, _weight(document, severity)), target=(items[0].symbol, None),
        evidence=[link for item, act in zip(items, acts, strict=True) for link in _links(item, act)],
    )  # fmt: skip


def _in_part(words: str) -> str:
    """The words of an act that ended a part of a document: "bị bãi bỏ một phần bởi …"."""
    return re.sub(r"^bị (bãi bỏ|thay thế) ", r"bị \1 một phần ", words)


def _links(item: Standing, act: By | None) -> list[Evidence]:
    """The basis itself, then the act that ended or changed it."""
    since = item.now.since if item.ended else act.from_ if act else None
    itself = Evidence(item.symbol, None, None, "expire" if item.ended else None, since, item.now.source)
    if act is None or not act.symbol:
        return [itself]
    return [itself, Evidence(act.symbol, act.provision, act.quote, act.type, act.from_, item.now.source)]


def _place(document: Document, item: Standing) -> Place:
    return place(document, item.citation.start, item.citation.end)


def _name(item: Standing) -> str:
    return quoted_name(item)


def _names(items: Sequence[Standing]) -> str:
    return joined(dict.fromkeys(_name(item) for item in items))


def _since(day: date | None) -> str:
    return f" từ ngày {spoken_date(day)}" if day else " (ngày hết hiệu lực chưa rõ, cần tra cứu)"


def _from(day: date | None) -> str:
    return f" (có hiệu lực từ ngày {spoken_date(day)})" if day else ""


def _by(item: Standing, context: Context) -> str:
    words = spoken_by(item.now.by, context)
    return f" ({words})" if words else ""


def _weight(document: Document, usual: Severity) -> Severity:
    """Full weight where the document sets rules; information where it decides one case (rules.md, notes)."""
    return "thong_tin" if is_one_case(document) else usual


def _review_certainty(item: Standing, document: Document) -> Certainty:
    return item.strength if signed(document) else weaker(item.strength, "can_kiem_tra")

