"""VD: citations in the body (viện dẫn), and whether number, kind, date and name agree everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus import symbols
from corpus.model import By, Document, Evidence, Finding, Place, State, Target
from corpus.text import fold, tone_key
from rules.base import (
    Context,
    each_target,
    evidence_of,
    finding,
    joined,
    place,
    rule,
    sentence_around,
    signed,
    spoken_act,
    spoken_by,
    spoken_date,
    spoken_unit,
    weaker,
)
from rules.cc_bases import is_letter, is_party
from rules.standing import (
    Standing,
    able_to,
    also_ended,
    by_cause,
    cited_plan_ends,
    cited_title,
    not_by,
    only_to_end_it,
    quoted_name,
    standing,
)
from rules.units import missing_own, missing_part, missing_unit

ART_39_3 = "khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP"
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
    ended: list[Standing] = []
    plans: dict[str, list[tuple[Standing, int]]] = {}
    for citation, target in each_target(document, ("body",)):
        item = standing(citation, target, document, context)
        if item is None or item.symbol is None:
            continue
        key = f"{symbols.key(item.symbol)}|{item.found.date}"
        if only_to_end_it(citation, document) or not _NAMES_AN_ACT.search(tone_key(citation.text)):
            continue
        if item.ended:
            ended.append(item)
        elif (year := cited_plan_ends(citation, document)) and date(year, 12, 31) < context.as_of:
            plans.setdefault(key, []).append((item, year))
    for items in by_cause(ended, document, context):
        yield _ended(items, document, context)
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


# Units alone ("Phụ lục I") are said to be those of the act before them; that act's own mention is told.
_NAMES_AN_ACT = re.compile(
    r"luật|pháp lệnh|hiến pháp|nghị|thông tư|quyết định|chỉ thị|kế hoạch|đề án|chương trình|\d/|số"
)


def _ended(items: Sequence[Standing], document: Document, context: Context) -> Finding:
    item = items[0]
    numbered = not all(one.by_name for one in items)
    check = item.dead_when_signed
    sign = "có dấu hiệu không còn hiệu lực tại thời điểm ban hành: hết" if check else "đã hết"
    since = f" từ ngày {spoken_date(item.now.since)}" if item.now.since else ""
    by = f" ({words})" if (words := spoken_by(item.now.by, context)) else ""
    return finding(
        ("VD01", "cao", ART_7 if check else ART_39_3), document, _places(document, items),
        f"Văn bản được viện dẫn {_names(items)} {sign} hiệu lực toàn bộ{since}{by}.",
        certainty=weaker(*(one.strength for one in items), "chac_chan" if numbered else "can_kiem_tra"),
        severity="cao" if numbered else "trung_binh", proposal="tu_kiem_tra" if check else "sua_doi_bo_sung",
        target=(item.symbol, None), evidence=[*evidence_of(item.now), *also_ended(items)],
    )  # fmt: skip


def _places(document: Document, items: Sequence[Standing]) -> list[Place]:
    return [place(document, item.citation.start, item.citation.end) for item in items]


def _names(items: Sequence[Standing]) -> str:
    """The first mention of each document of one cause."""
    first = {symbols.key(item.symbol or ""): item for item in reversed(items)}
    return joined(quoted_name(item) for item in reversed(first.values()))


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
    found: dict[tuple[str, str, bool], tuple[Finding, list[Place]]] = {}
    for citation, target in each_target(document, ("body", "basis")):
        if not target.provision or only_to_end_it(citation, document):
            continue
        item = standing(citation, target, document, context)
        if item is None or item.symbol is None or item.ended:
            continue
        state = context.library.state(
            item.symbol, as_of=context.as_of, provision=target.provision, issuer=item.found.issuer,
            issued=item.found.date, kind=item.found.kind,
        )  # fmt: skip
        state = replace(state, by=able_to(not_by(state.by, document), item.found))
        if state.state not in ("da_sua_doi", "bi_bai_bo", "het_hieu_luc_toan_bo"):
            continue
        start, end = sentence_around(document.text, citation.start, citation.end)
        later = _later(state, day, document.text[start:end])
        before = [by for by in state.by if by.from_ and day and by.from_ <= day]
        gone = state.state in ("bi_bai_bo", "het_hieu_luc_toan_bo")
        if not later and not (gone and before):
            continue
        one = _changed(item, target, state, later or before, bool(later), gone, document, context)
        found.setdefault((item.symbol, target.provision, bool(later)), (one, []))[1].extend(one.places)
    yield from _one_act(_with_all_places(found.values()))


def _one_act(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Units of one citation that one clause changed ("Phụ lục III, IV và V") are one cause, told once."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        by = one.evidence[0] if one.evidence else None
        cause = (one.places[0].start, one.target_symbol, one.proposal, by and (by.symbol, by.provision, by.type))
        groups.setdefault(cause, []).append(one)
    for first, *others in groups.values():
        if not others:
            yield first
            continue
        units = [one.target_provision or "" for one in (first, *others)]
        named = joined(spoken_unit(unit) for unit in units)
        own = spoken_unit(units[0])
        message = named[:1].upper() + named[1:] + first.message[len(own) :]
        places = tuple(dict.fromkeys(place for one in (first, *others) for place in one.places))
        evidence = tuple(dict.fromkeys(item for one in (first, *others) for item in one.evidence))
        yield replace(first, places=places, message=message, evidence=evidence)


def _with_all_places(found: Iterable[tuple[Finding, list[Place]]]) -> Iterator[Finding]:
    """One finding for each cause, at every place where the same provision is cited."""
    for first, places in found:
        yield replace(first, places=tuple(dict.fromkeys(places)))


def _later(state: State, day: date | None, words: str) -> list[By]:
    named = {symbols.key(m) for m in re.findall(r"\d{1,5}(?:\.\d{1,3})?/(?:\d{4}/)?[A-ZĐ][\wĐđ\-]{1,30}", words)}
    return [by for by in state.by
            if (day is None or by.from_ is None or by.from_ > day) and symbols.key(by.symbol) not in named]  # fmt: skip


def _changed(
    item: Standing, target: Target, state: State, by: Sequence[By], review: bool, gone: bool, document: Document,
    context: Context,
) -> Finding:
    partly = "bị bãi bỏ một phần" if by[0].type == "repeal" else "được sửa đổi, bổ sung"
    what = "đã hết hiệu lực, bị bãi bỏ" if gone else f"đã {partly}"
    since = f" từ ngày {spoken_date(by[0].from_)}" if by[0].from_ else ""
    unit = spoken_unit(target.provision)
    act = spoken_act(item.symbol or "", context, item.found.kind)
    acts = spoken_by(by, context)
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
    missed: dict[tuple[str, str], tuple[Finding, list[Place]]] = {}
    for citation, target in each_target(document, ("body", "basis")):
        if not target.provision:
            continue
        found = context.library.resolve(target, document)
        if found.symbol is None or found.status == "ambiguous":
            continue
        cited = context.library.find(found.symbol, issuer=found.issuer, issued=found.date)
        if cited is None or cited.path == document.path:
            continue
        missing = missing_unit(cited, target.provision) or missing_part(cited, target.provision)
        if missing is None or _inserted_later(found.symbol, target.provision, context):
            continue
        act = spoken_act(found.symbol, context, found.kind)
        one = finding(
            ("VD03", "trung_binh", ART_39_3), document, [place(document, citation.start, citation.end)],
            f"Chỗ này viện dẫn {spoken_unit(target.provision)} {act}, nhưng {act} trong kho {missing}.",
            certainty="chac_chan", proposal="xem_xet", target=(found.symbol, target.provision),
            evidence=[Evidence(found.symbol, None, None, "missing", None, cited.path)],
        )  # fmt: skip
        missed.setdefault((found.symbol, target.provision), (one, []))[1].extend(one.places)
    yield from _with_all_places(missed.values())
    yield from _own_units(document)


_OF_THIS = re.compile(r"(?:quyết định|nghị quyết|chỉ thị|quy định|quy chế|nội quy|điều|khoản) này$")


def _own_units(document: Document) -> Iterator[Finding]:
    """References of the document to units that it does not have itself ("khoản 5 Điều này", which has three)."""
    missed: dict[str, tuple[Finding, list[Place]]] = {}
    title = tone_key((document.masthead.title if document.masthead else None) or "")
    amending = re.search(r"sửa đổi|bổ sung|bãi bỏ", title)
    for citation in document.citations:
        if citation.role != "body" or amending or not _OF_THIS.search(tone_key(citation.text)):
            continue
        for target in citation.targets:
            if not target.self_ or not target.provision:
                continue
            missing = missing_own(document, target.provision)
            if missing is None:
                continue
            one = finding(
                ("VD03", "trung_binh", ART_39_3), document, [place(document, citation.start, citation.end)],
                f"Chỗ này dẫn {spoken_unit(target.provision)} của chính văn bản, nhưng văn bản {missing}.",
                certainty="can_kiem_tra", proposal="xem_xet",
                target=(document.masthead.symbol if document.masthead else None, target.provision),
                evidence=[Evidence(document.masthead.symbol if document.masthead else None, None, None, "missing", None,
                                   document.path)],
            )  # fmt: skip
            missed.setdefault(target.provision, (one, []))[1].extend(one.places)
    yield from _with_all_places(missed.values())


def _inserted_later(symbol: str, provision: str, context: Context) -> bool:
    """Whether any act that is known speaks of that unit of the document (it may have inserted it)."""
    article = provision.split("__")[0]
    for effect in context.library.known_effects(symbol):
        if effect.affected_provision and effect.affected_provision.split("__")[0] == article:
            return True
    return any(
        made.target.provision and made.target.provision.split("__")[0] == article
        and made.type in ("insert", "amend", "replace")
        for made in context.library.changes_of(symbol)
    )  # fmt: skip


# --- VD05: not resolved, not verified --------------------------------------------------------------


@rule("VD05", "Viện dẫn chưa xác định được hoặc chưa xác minh được hiệu lực", "thong_tin", "", "xem_xet")
def vd05(document: Document, context: Context) -> Iterator[Finding]:
    """Citations that could not be resolved, or whose status is not verified: one row a document.

    Tìm: văn bản quy phạm pháp luật, văn bản hành chính của trung ương được dẫn mà chưa xác định được là văn bản nào,
    hoặc chưa xác minh được còn hiệu lực hay không. Mỗi văn bản một dòng, đủ các chỗ; không phải là lỗi. Tờ trình,
    công văn, thông báo, báo cáo, kế hoạch, văn bản của Đảng, quyết định hành chính của địa phương có đủ số, ngày và
    chỗ đã có phát hiện khác thì không tính.
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
        if not unclear or key in seen or _of_no_register(target) or _told(context, citation.start, citation.end):
            continue
        seen.add(key)
        places.append(place(document, citation.start, citation.end))
        names.append(citation.text)
        targets.append(item.symbol if item else target.symbol)
    blanks = [
        place(document, match.start(), match.end())
        for match in _BLANK.finditer(document.text)
        if not any(p.start <= match.start() < p.end for p in places) and not _own_number(document, match.start())
        and not _told(context, match.start(), match.end())
    ]  # fmt: skip
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


_PAPERS = frozenset(("to_trinh", "cong_van", "cong_dien", "thong_bao", "bao_cao", "ke_hoach", "van_ban_dang"))


def _of_no_register(target: Target) -> bool:
    """Whether no register can hold the cited paper: letters, plans, Party papers, single decisions of a locality.

    A single decision that lacks its number or day stays: what it is cannot be told.
    """
    kind = target.kind or (symbols.kind_of(target.symbol) if target.symbol else None)
    if kind in _PAPERS:
        return True
    parts = symbols.parse(target.symbol) if target.symbol else None
    if target.symbol is None or parts is None:
        return False
    if is_party(target.symbol) or is_letter(target.symbol):
        return True
    single = parts.number is not None and parts.year is None
    return single and symbols.is_local(target.symbol) and target.date is not None


def _told(context: Context, start: int, end: int) -> bool:
    """Whether another finding of the same document already speaks of these words."""
    return any(start < p.end and p.start < end for finding in context.told for p in finding.places)


_BLANK = re.compile(
    r"(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Kế hoạch|Chỉ thị|Công văn|Tờ trình|Báo cáo)\s{1,3}số\s{0,2}:?\s{0,40}"
    r"(?:[.…_]{1,40}\s{0,3})?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ][A-Za-zĐđ\-]{1,20}"
)


def _own_number(document: Document, start: int) -> bool:
    head = document.masthead
    span = head.spans.get("symbol") if head else None
    return bool(span and span[0] - 20 <= start <= span[1])
