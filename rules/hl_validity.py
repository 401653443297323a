"""HL: the document's own validity: its term, its end, its first day, blanket repeals, drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from corpus import symbols
from corpus.model import By, Document, Evidence, Finding, Place, Severity
from corpus.text import tone_key
from rules.base import (
    Context,
    evidence_of,
    finding,
    is_normative,
    is_plan,
    opening,
    place,
    rule,
    spoken_by,
    spoken_date,
)
from rules.hl_first_day import hl03, least_days, of_itself, quoted
from rules.own_term import Term, carried_out, own_term, title_period
from rules.standing import cited_title, last_year_of_plan

__all__ = ["hl01", "hl02", "hl03", "hl06", "hl08", "least_days", "own_places"]

ART_39_1 = "khoản 1 Điều 39 Nghị định số 79/2025/NĐ-CP"
ART_57_1 = "khoản 1 Điều 57 Luật số 64/2025/QH15"
OWN_TERM = "thời hạn ghi trong chính văn bản"
"""Ground where an administrative plan is over: no article of the law on normative documents holds for it."""


# --- HL01: its own term --------------------------------------------------------------------------


@rule("HL01", "Hết thời hạn, thời kỳ hoặc năm áp dụng của chính văn bản", "cao", ART_57_1, "dua_vao_danh_muc")
def hl01(document: Document, context: Context) -> Iterator[Finding]:
    """Its own term, period or year of application is over.

    Tìm: thời hạn có hiệu lực, thời kỳ hoặc năm thực hiện ghi trong chính văn bản đã qua. Văn bản quy phạm pháp
    luật: mức cao; kế hoạch, chương trình: mức thông tin, mọi phát hiện khác của kế hoạch ấy được gấp lại bên dưới.
    Căn cứ: khoản 1 Điều 57 Luật số 64/2025/QH15; đối với kế hoạch, chương trình: thời hạn ghi trong chính văn bản
    Ký ngày: 15/3/2022
    Có phát hiện: Quyết định này có hiệu lực từ ngày 25 tháng 3 năm 2022 đến hết ngày 31 tháng 12 năm 2023.
    Không phát hiện: Quyết định này có hiệu lực từ ngày 25 tháng 3 năm 2022.
    Kiến nghị: văn bản quy phạm pháp luật: đưa vào danh mục công bố hằng năm; kế hoạch, chương trình: giữ nguyên.
    """
    head = document.masthead
    normative = is_normative(document)
    severity: Severity = "cao" if normative else "thong_tin"
    proposal = "dua_vao_danh_muc" if normative else "giu_nguyen"
    ground = ART_57_1 if normative else OWN_TERM
    if head and head.expires and head.expires <= context.as_of:
        effect = next((e for e in document.effects if of_itself(e, "expire")), None)
        start, end = (effect.start, effect.end) if effect else head.spans.get("effect", opening(document))
        yield finding(
            ("HL01", severity, ground), document, [place(document, start, end)],
            f"Thời hạn có hiệu lực ghi trong văn bản đã hết: từ ngày {spoken_date(head.expires)} văn bản không còn "
            f"hiệu lực.",
            certainty="chac_chan", proposal=proposal,
        )  # fmt: skip
        return
    term = own_term(document) or (title_period(document) if normative else None)
    if term is None and is_plan(document):
        term = carried_out(document)
    if term is not None and (head is None or head.expires is None):
        if term.last < context.as_of:
            yield _over(document, term, severity, ground, proposal)
        return
    found = _period_of(document)
    if found is None:
        return
    start, end, year = found
    if date(year, 12, 31) >= context.as_of:
        return
    yield finding(
        ("HL01", severity, ground), document, [place(document, start, end)],
        f"Thời kỳ thực hiện của văn bản (đến hết năm {year}) đã qua.",
        certainty="can_kiem_tra" if normative else "chac_chan", proposal=proposal,
    )  # fmt: skip


def _over(document: Document, term: Term, severity: Severity, ground: str, proposal: str) -> Finding:
    """The finding on a term that a clause or the title gives."""
    what = "Thời hạn áp dụng ghi trong văn bản" if term.said else "Thời kỳ, năm thực hiện ghi ở tên gọi của văn bản"
    after = "; cần xác định lại hiệu lực của văn bản." if severity == "cao" else "."
    return finding(
        ("HL01", severity, ground), document, [place(document, term.start, term.end)],
        f"{what} (đến hết ngày {spoken_date(term.last)}) đã qua{after}",
        certainty="chac_chan" if term.said else "can_kiem_tra", proposal=proposal,
        evidence=[Evidence(document.masthead.symbol if document.masthead else None, None,
                           document.text[term.start : term.end][:300], "expire", term.last + timedelta(days=1))],
    )  # fmt: skip


def _period_of(document: Document) -> tuple[int, int, int] | None:
    """Place and last year of the plan's own period, from its title, else from its opening words."""
    head = document.masthead
    span = head.spans.get("title") if head else None
    if span and is_plan(document):
        words = document.text[span[0] : span[1]]
        year = last_year_of_plan(f"kế hoạch {words}")
        if year:
            at = _where(words, year)
            return span[0] + at[0], span[0] + at[1], year
    if head and head.title and not is_plan(document):
        return None
    if span and head and head.title:
        return None
    key = tone_key(document.text[:2500])
    for match in _PLANNING.finditer(key):
        year = last_year_of_plan(match[0])
        if year and not _in_cited_title(document, match.start()):
            return match.start(), match.end(), year
    return None


_PLANNING = re.compile(r"(?:xây dựng|ban hành|lập) (?:các )?(?:kế hoạch|chương trình|phương án)[^.;\n]{0,240}")


def _in_cited_title(document: Document, offset: int) -> bool:
    """Whether the words at `offset` are the title of a document cited just before them."""
    for citation in document.citations:
        if citation.end <= offset <= citation.end + len(cited_title(citation, document)):
            between = tone_key(document.text[citation.end : offset])
            if len(between) < 40 and re.search(r"(?:về|v/v|,|của)", between) and "ubnd xã" not in between:
                return True
    return False


def _where(words: str, year: int) -> tuple[int, int]:
    """Range inside `words` of the period that ends with `year`; all of them where it is not found."""
    match = re.search(rf"(?i)(?:giai đoạn\s+)?(?:\d{{4}}\s*[-–]\s*)?(?:năm\s+)?{year}", words)
    return match.span() if match else (0, len(words))


# --- HL02: ended by a later document ---------------------------------------------------------------


@rule("HL02", "Đã bị thay thế, bãi bỏ hoặc sửa đổi bởi văn bản ban hành sau", "cao", ART_39_1, "dua_vao_danh_muc")
def hl02(document: Document, context: Context) -> Iterator[Finding]:
    """It, or a part of it, was replaced, repealed or amended by a later document.

    Tìm: văn bản ban hành sau đã thay thế, bãi bỏ, sửa đổi, bổ sung hoặc công bố hết hiệu lực văn bản này hay một
    phần của nó.
    Căn cứ: khoản 1 Điều 39 Nghị định số 79/2025/NĐ-CP; khoản 2 Điều 54 Luật số 64/2025/QH15
    Đối chiếu: Điều 1. Bãi bỏ Quyết định số 07/2022/QĐ-UBND ngày 15 tháng 3 năm 2022 của Ủy ban nhân dân xã An Hòa.
    Ký ngày: 15/3/2022
    Có phát hiện: Điều 1. Quy định việc quản lý đường thôn.
    Không phát hiện: (không có văn bản nào bãi bỏ)
    Kiến nghị: đưa vào danh mục công bố hằng năm.
    """
    head = document.masthead
    if head is None or not head.symbol or head.date is None:
        return
    state = context.library.state(
        head.symbol, as_of=context.as_of, issuer=head.issuer, issued=head.date, kind=head.kind
    )  # fmt: skip
    later = [by for by in state.by if by.type != "expire" and symbols.key(by.symbol) != symbols.key(head.symbol)]
    if state.state not in ("het_hieu_luc_toan_bo", "het_hieu_luc_mot_phan", "tam_ngung") or not later:
        return
    whole = state.state == "het_hieu_luc_toan_bo"
    what = "đã hết hiệu lực toàn bộ" if whole else "đã hết hiệu lực hoặc thay đổi một phần"
    since = f" từ ngày {spoken_date(state.since or later[0].from_)}" if state.since or later[0].from_ else ""
    yield finding(
        ("HL02", "cao", ART_39_1), document, own_places(document),
        f"Văn bản này {what}{since}: {_spoken_all(later, context)}.",
        certainty=state.strength, severity="cao" if head.normative else "thap", proposal="dua_vao_danh_muc",
        target=(later[0].symbol, later[0].provision), evidence=evidence_of(state),
    )  # fmt: skip


def _spoken_all(later: Sequence[By], context: Context) -> str:
    said: list[str] = []
    for by in later:
        words = spoken_by([by], context)
        if words and words not in said:
            said.append(words)
    return "; ".join(said[:4])


def own_places(document: Document) -> list[Place]:
    """Number and title of the document: where a finding on the whole document stands."""
    spans = document.masthead.spans if document.masthead else {}
    found = [spans[part] for part in ("symbol", "title") if part in spans]
    return [place(document, start, end) for start, end in (found or [opening(document)])]


# --- HL06, HL08 ------------------------------------------------------------------------------------

_BLANKET = re.compile(
    r"(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)[^.;\n]{0,20}(?:mọi|các|những|tất cả(?: các)?)"
    r" (?:quy định|văn bản|quyết định|nghị quyết|chỉ thị)(?: (?:đã ban hành|khác|do [^.;\n]{3,60}? ban hành))?"
    r" (?:trước đây|trước)[^.;\n]{0,120}"
    r"|(?:mọi|các|những|tất cả(?: các)?) (?:quy định|văn bản|quyết định|nghị quyết)[^.;\n]{0,40}? "
    r"(?:trước đây|trước|khác|đã ban hành)[^.;\n]{0,50}? "
    r"(?:trái|không phù hợp|không còn phù hợp|mâu thuẫn)[^.;\n]{0,90}"
    r"(?:bãi bỏ|hết hiệu lực|hủy bỏ|huỷ bỏ|thay thế|không còn (?:giá trị|hiệu lực))"
    r"|(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ) (?:mọi|các|những|tất cả(?: các)?) (?:quy định|văn bản|quyết định|nghị quyết) "
    r"(?:có nội dung )?(?:trái|không phù hợp|mâu thuẫn)[^.;\n]{0,90}"
)


@rule("HL06", "Bãi bỏ chung chung, không nêu tên văn bản", "thap", "khoản 3 Điều 8 Luật số 64/2025/QH15", "xem_xet")
def hl06(document: Document, context: Context) -> Iterator[Finding]:
    """A blanket repeal ("các quy định trước đây trái với … đều bãi bỏ") that names no document.

    Tìm: điều khoản bãi bỏ, thay thế “các quy định trước đây trái với…” mà không nêu tên văn bản, điều, khoản bị
    bãi bỏ.
    Căn cứ: khoản 3 Điều 8 Luật số 64/2025/QH15
    Ký ngày: 15/3/2022
    Có phát hiện: Các quy định trước đây trái với Quyết định này đều bãi bỏ.
    Không phát hiện: Quyết định này thay thế Quyết định số 03/2018/QĐ-UBND ngày 05 tháng 2 năm 2018.
    Kiến nghị: nghiên cứu, xem xét, nêu rõ văn bản bị bãi bỏ.
    """
    key = tone_key(document.text)
    for match in _BLANKET.finditer(key):
        if re.search(r"\d/\d{4}/|\d/(?:qđ|nq|ct)-", match[0]) or quoted(document, match.start()):
            continue
        yield finding(
            ("HL06", "thap", "khoản 3 Điều 8 Luật số 64/2025/QH15"), document,
            [place(document, match.start(), match.end())],
            "Điều khoản bãi bỏ, thay thế chung chung, không nêu tên văn bản và phần bị bãi bỏ nên không xác định "
            "được văn bản "
            "nào hết hiệu lực.",
            certainty="chac_chan", proposal="xem_xet",
        )  # fmt: skip
        return


@rule("HL08", "Có thể là dự thảo, chưa phải văn bản đã ban hành", "thong_tin", "", "xem_xet")
def hl08(document: Document, context: Context) -> Iterator[Finding]:
    """May be a draft: no number and no day, with or without a signer's name.

    Tìm: văn bản không có số và không có ngày ban hành (dù đã in tên người ký), hoặc ghi “dự thảo”.
    Căn cứ: không có; để người rà soát xác định bản đã ban hành.
    Ký ngày: không
    Có phát hiện: DỰ THẢO / Quyết định ban hành Quy chế chợ / Điều 1. Ban hành Quy chế chợ.
    Không phát hiện: Số: 07/2022/QĐ-UBND / Quyết định ban hành Quy chế chợ
    """
    head = document.masthead
    draft = re.search(r"(?m)^\W{0,3}(?:DỰ THẢO|Dự thảo)\b.{0,30}$", document.text[:600])
    missing = head is None or (head.symbol is None and head.date is None)
    if not draft and not missing:
        return
    start, end = (draft.start(), draft.end()) if draft else opening(document)
    why = "ghi “dự thảo”" if draft else "không có số và ngày ban hành"
    yield finding(
        ("HL08", "thong_tin", ""), document, [place(document, start, end)],
        f"Bản này có thể là dự thảo hoặc bản chụp thiếu phần đầu: {why}. Cần đối chiếu với bản đã ban hành.",
        certainty="goi_y", proposal="xem_xet",
    )  # fmt: skip

