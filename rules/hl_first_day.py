"""HL03: the first day in force of a normative document: too early, backwards in time, or not given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.model import Certainty, Document, Effect, Evidence, Finding
from corpus.text import tone_key
from rules.base import Context, finding, opening, place, rule, spoken_date

_LAW_2025 = date(2025, 4, 1)
_LAW_2015 = date(2016, 7, 1)
_LAW_2004 = date(2005, 4, 1)


def least_days(day: date, level: str | None) -> tuple[int, str] | None:
    """Least days between signing and first day in force for a local document, with the clause; None where unknown.

    Luật 64/2025 Art. 53 (10 days); Luật 80/2015 Art. 151 (province 10, district and commune 7); Law of 2004
    (province 10, district 7, commune 5).
    """
    if day >= _LAW_2025:
        return 10, "Điều 53 Luật số 64/2025/QH15"
    if day >= _LAW_2015:
        return (10 if level == "tinh" else 7), "Điều 151 Luật số 80/2015/QH13"
    if day >= _LAW_2004:
        return {"tinh": 10, "huyen": 7}.get(level or "xa", 5), "Luật số 31/2004/QH11"
    return None


@rule("HL03", "Ngày có hiệu lực quá sớm, trở về trước hoặc không có", "trung_binh",
      "Điều 53, Điều 55 Luật số 64/2025/QH15", "tu_kiem_tra")  # fmt: skip
def hl03(document: Document, context: Context) -> Iterator[Finding]:
    """Effective date too early after signing, retroactive, or missing.

    Tìm: văn bản quy phạm pháp luật có hiệu lực sớm hơn số ngày luật đòi hỏi kể từ ngày ký, có hiệu lực trở về
    trước, hoặc không ghi ngày có hiệu lực.
    Căn cứ: Điều 53, Điều 55 Luật số 64/2025/QH15 và quy định tại thời điểm ban hành
    Ký ngày: 15/3/2026
    Có phát hiện: Quyết định này có hiệu lực từ ngày 18 tháng 3 năm 2026.
    Không phát hiện: Quyết định này có hiệu lực từ ngày 30 tháng 3 năm 2026.
    Kiến nghị: tự kiểm tra, xử lý.
    """
    head = document.masthead
    if head is None or not head.normative or head.date is None:
        return
    if head.kind not in ("quyet_dinh", "nghi_quyet", "chi_thi") or head.level not in ("xa", "huyen", "tinh"):
        return
    rule_then = least_days(head.date, head.level)
    if rule_then is None:
        return
    days, clause = rule_then
    if head.effective is None:
        yield from _no_first_day(document, clause)
        return
    yield from _applied_before(document, head.date, clause)
    effect = next((e for e in document.effects if of_itself(e, "commence")), None)
    start, end = (effect.start, effect.end) if effect else head.spans.get("effect", opening(document))
    shortened = "rút gọn" in tone_key(document.text)
    wait = (head.effective - head.date).days
    if wait >= days:
        return
    if wait < 0:
        message = (
            f"Văn bản ký ngày {spoken_date(head.date)} ghi có hiệu lực từ ngày {spoken_date(head.effective)}, có dấu "
            f"hiệu "
            f"quy định hiệu lực trở về trước."
        )
        certainty: Certainty = "chac_chan"
    else:
        when = "ngay từ ngày ký" if wait == 0 else f"sau {wait} ngày"
        message = (
            f"Văn bản ký ngày {spoken_date(head.date)} có hiệu lực {when}, có dấu hiệu sớm hơn thời hạn tại thời "
            f"điểm ban "
            f"hành (không sớm hơn {days} ngày kể từ ngày thông qua hoặc ký ban hành, {clause})."
        )
        certainty = "can_kiem_tra" if wait == 0 or shortened else "chac_chan"
    if shortened:
        certainty = "goi_y"
    yield finding(
        ("HL03", "trung_binh", f"{clause}; Điều 44 Nghị định số 79/2025/NĐ-CP"), document,
        [place(document, start, end)], message, certainty=certainty, proposal="tu_kiem_tra",
        evidence=[Evidence(head.symbol, None, document.text[start:end][:300], "commence", head.effective),
                  _law_on_effect(head.date, back=wait < 0)],
    )  # fmt: skip


_SAYS_A_DAY = re.compile(
    r"(?:hiệu lực|thi hành)[^.;\n]{0,80}?(?:\bngày (?:\d|ký|ban hành|thông qua|đăng)"
    r"|\d{1,3} (?:\([^)\n]{1,20}\) )?ngày\b|tháng \d)"
)


def _no_first_day(document: Document, clause: str) -> Iterator[Finding]:
    """A normative document that gives no first day in force; silent where its words give one that was not read."""
    key = tone_key(document.text)
    if _SAYS_A_DAY.search(key):
        return
    said = re.search(r"(?:quyết định|nghị quyết|quy định|chỉ thị) này (?:có|bắt đầu có) hiệu lực[^.;\n]{0,80}", key)
    start, end = said.span() if said else opening(document)
    head = document.masthead
    yield finding(
        ("HL03", "trung_binh", f"{clause}; Điều 44 Nghị định số 79/2025/NĐ-CP"), document,
        [place(document, start, end)],
        f"Văn bản có dấu hiệu không quy định ngày có hiệu lực; ngày có hiệu lực phải được ghi trong văn bản "
        f"({clause}).",
        certainty="can_kiem_tra", proposal="tu_kiem_tra",
        evidence=[_law_on_effect(head.date, back=False)] if head and head.date else (),
    )  # fmt: skip


_APPLIED_FROM = re.compile(
    r"(?:áp dụng|thực hiện|tính|hưởng|chi trả)(?: hỗ trợ| chế độ| mức hỗ trợ)? (?:kể )?từ ngày "
    r"(\d{1,2})\s?(?:tháng|/)\s?(\d{1,2})\s?(?:năm|/)\s?(\d{4})"
)
_OWN_RULES = re.compile(
    r"\b(?:quyết định|nghị quyết|quy định|chính sách|văn bản) này\b"
    r"|^\W{0,4}(?:\d{1,2}[.)] )?(?:điều \d{1,2}\. )?(?:mức|chế độ|chính sách)\b"
)


def _applied_before(document: Document, day: date, clause: str) -> Iterator[Finding]:
    """A clause that applies the document's own rules from a day before it was signed: effect backwards in time."""
    key = tone_key(document.text)
    for match in _APPLIED_FROM.finditer(key):
        try:
            first = date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            continue
        line = key.rfind("\n", 0, match.start()) + 1
        before = key[max(line, key.rfind(". ", 0, match.start()) + 1) : match.start()]
        if first >= day or not _OWN_RULES.search(before) or quoted(document, match.start()):
            continue
        if re.search(r"theo (?:quy định|nghị|luật|thông tư|quyết định|mức)|đã |trước ", before[-160:]):
            continue
        yield finding(
            ("HL03", "trung_binh", f"{clause}; Điều 44 Nghị định số 79/2025/NĐ-CP"), document,
            [place(document, match.start(), match.end())],
            f"Văn bản ký ngày {spoken_date(day)} nhưng quy định “{document.text[match.start() : match.end()]}”, có dấu "
            f"hiệu quy định hiệu lực trở về trước.",
            certainty="can_kiem_tra", proposal="tu_kiem_tra", evidence=[_law_on_effect(day, back=True)],
        )  # fmt: skip
        return


def _law_on_effect(day: date, *, back: bool) -> Evidence:
    """The clause on the first day in force, or against effect backwards in time, that held on the day of issue."""
    if day >= _LAW_2025:
        return Evidence("64/2025/QH15", "art_55" if back else "art_53", None, "ground")
    if day >= _LAW_2015:
        return Evidence("80/2015/QH13", "art_152__cl_3" if back else "art_151__cl_1", None, "ground")
    return Evidence("31/2004/QH11", None, None, "ground")


def of_itself(effect: Effect, kind: str) -> bool:
    """Whether a clause gives the whole document its first or last day; one for a unit alone is not the document's."""
    return effect.type == kind and effect.target.self_ and effect.target.provision is None


def quoted(document: Document, offset: int) -> bool:
    """Whether the words at `offset` are quoted: those of another document, or that this one puts into it."""
    return any(quote.start <= offset < quote.end for quote in document.quotes)
