"""HL05: documents of units that were since merged, split or dissolved: a worklist, not an alarm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.model import Document, Evidence, Finding
from corpus.names import DISTRICT, district_row, successor, unit_rows
from corpus.register.rows import Institution
from corpus.text import fold_words, tone_key
from rules.asked import asked
from rules.base import Context, finding, opening, place, region, rule, signed, spoken_act, spoken_date

ART_54_2 = "khoản 2 Điều 54 Luật số 64/2025/QH15; khoản 4 Điều 35 Nghị định số 79/2025/NĐ-CP"


@rule("HL05", "Văn bản của đơn vị hành chính trước sắp xếp", "thong_tin", ART_54_2, "xem_xet")
def hl05(document: Document, context: Context) -> Iterator[Finding]:
    """Issued by a unit since merged, split or dissolved: who reviews it, where it still applies.

    Tìm: đơn vị hành chính ban hành văn bản đã được sắp xếp, sáp nhập, giải thể. Đây là thuộc tính để lập danh
    sách, không phải lỗi.
    Căn cứ: khoản 2 Điều 54 Luật số 64/2025/QH15; khoản 4 Điều 35 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 15/3/2022
    Có phát hiện: ỦY BAN NHÂN DÂN / THỊ TRẤN VĨNH LỘC / Số: 07/2022/QĐ-UBND
    Không phát hiện: ỦY BAN NHÂN DÂN / XÃ AN HÒA / Số: 07/2025/QĐ-UBND
    Kiến nghị: Ủy ban nhân dân của đơn vị mới rà soát văn bản của đơn vị cũ.
    """
    head = document.masthead
    found = _issuer(document)
    if found is None:
        return
    start, end, unit = found
    around = " ".join((*(head.territory if head else ()), document.text[:6000], document.text[-1500:], region(context)))
    rows = unit_rows(unit, around, context.institutions)
    rows = [row for row in rows if row.since and row.since <= context.as_of]
    rows = [row for row in rows if not _signed_after(document, _until(row))]
    if rows:
        row = min(rows, key=lambda row: row.since or date.max)
        act = next((m[0] for g in row.grounds if (m := re.search(r"\d{1,5}/[\w/\-Đđ]{3,30}", g))), None)
        message = (
            f"{unit[:1].upper() + unit[1:]} đã được sắp xếp từ ngày {spoken_date(row.since)}"
            f"{f' theo {spoken_act(act, context)}' if act else ''}; đơn vị mới: {_new_unit(row)}. {_stays(row)}"
        )
        yield finding(
            ("HL05", "thong_tin", ART_54_2), document, [place(document, start, end)], message,
            certainty=row.strength, proposal="xem_xet", target=(act, None),
            evidence=[Evidence(act, None, f"{unit} → {row.new_name}", "institution", row.since, row.source_ref)],
        )  # fmt: skip
        return
    if tone_key(unit).startswith("tỉnh"):
        return
    yield from _ended_level(document, context, start, end, unit)


_WORKS_FROM = re.compile(r"hoạt động từ (\d{1,2})/(\d{1,2})/(\d{4})")


def _until(row: Institution) -> date:
    """Day from which the new unit's bodies work: until then those of the old one went on issuing."""
    match = _WORKS_FROM.search(tone_key(row.note or ""))
    return date(int(match[3]), int(match[2]), int(match[1])) if match else row.since or date.max


def _stays(row: Institution) -> str:
    """Where the document still holds, and who must review it: a merged unit has one successor, a split one several."""
    if row.new_name and ";" in row.new_name:
        return (
            "Văn bản tiếp tục có hiệu lực trên địa bàn cũ cho đến khi các đơn vị mới ban hành văn bản quyết định về "
            "việc áp dụng; Ủy ban nhân dân của mỗi đơn vị mới rà soát đối với phần địa bàn của mình."
        )
    return (
        "Văn bản chỉ còn áp dụng trên địa bàn cũ cho đến khi đơn vị mới ban hành văn bản quyết định về việc áp dụng, "
        "bãi bỏ; Ủy ban nhân dân của đơn vị mới rà soát."
    )


def _new_unit(row: Institution) -> str:
    """The unit that succeeded, as the message says it; a level that ended has none of its own."""
    if row.new_name is None or row.kind == DISTRICT:
        return "chưa rõ, cần xác định theo nghị quyết sắp xếp"
    return row.new_name


def _ended_level(document: Document, context: Context, start: int, end: int, unit: str) -> Iterator[Finding]:
    """A unit of before 2025-07-01 whose row the register lacks: nearly all were rearranged that day."""
    row, day = district_row(context.institutions), signed(document)
    if row is None or row.since is None or day is None or day >= row.since or row.since > context.as_of:
        return
    head = document.masthead
    old = re.match(r"(?:thị trấn|huyện|quận|thị xã)\b", tone_key(unit)) or any(
        re.match(r"(?:huyện|quận|thị xã)\b", tone_key(name)) for name in (head.territory if head else ())
    )  # fmt: skip
    around = " ".join((*(head.territory if head else ()), document.text[:4000], region(context)))
    new = successor(unit, around) if (head is None or head.level in ("xa", None)) else None
    if not old and new is None and not _others_now(unit, row.since, context):
        return
    act = next((m[0] for g in row.grounds if (m := re.search(r"\d{1,5}/[\w/\-Đđ]{3,30}", g))), None)
    told = f"Theo bảng chuyển đổi địa danh, đơn vị kế thừa là {new}." if new else "Cần xác định đơn vị kế thừa."
    yield finding(
        ("HL05", "thong_tin", ART_54_2), document, [place(document, start, end)],
        f"Văn bản của {unit} ban hành trước ngày {spoken_date(row.since)}, ngày bỏ cấp huyện và sắp xếp đơn vị hành "
        f"chính "
        f"cấp xã. {told} Văn bản chỉ còn áp dụng trên địa bàn cũ cho đến khi được xử lý.",
        certainty="can_kiem_tra", proposal="xem_xet", target=(act, None),
        evidence=[Evidence(act, None, f"{unit} → {new}" if new else None, "institution", row.since, row.source_ref)],
    )  # fmt: skip


def _others_now(unit: str, since: date, context: Context) -> bool:
    """Whether the documents of since then under review come from other units, none from this one."""
    issuers = _issuers_since(context, since.isoformat())
    return bool(issuers) and all(fold_words(unit) not in issuer for issuer in issuers)


@asked("issuers")
def _issuers_since(context: Context, since: str) -> Sequence[str]:
    """Issuers of the documents under review from that day on, folded, each once."""
    day, heads = date.fromisoformat(since), [document.masthead for document in context.library.reviewed()]
    return sorted({fold_words(h.issuer) for h in heads if h and h.issuer and h.date and h.date >= day})


def _signed_after(document: Document, since: date) -> bool:
    day = signed(document)
    return bool(day and day >= since)


_UNIT = re.compile(r"(?:xã|phường|thị trấn|huyện|thị xã|quận|thành phố|tỉnh)\s.{1,80}$")
_UNIT_IN_TEXT = re.compile(
    r"(?:UBND|HĐND|[ỦU]ỷ? ?[Bb]an [Nn]hân [Dd]ân|Hội đồng nhân dân)\s+((?:xã|phường|thị trấn|huyện)\s+"
    r"[A-ZĐÀ-Ỹ][\wà-ỹ]{0,12}(?:\s[A-ZĐÀ-Ỹ][\wà-ỹ]{0,12}){0,3})"
)


def _with_unit(key: str, unit: str, start: int, end: int, at: int) -> tuple[int, int]:
    """The issuer's line with its unit's name: both lines of the head, else the first mention of the unit."""
    if unit in key[start:end] or at < 0:
        return start, end
    below = key.find(unit, end, end + 80)
    if below >= 0 and not key[end:below].strip(" \n\t_-–*"):
        return start, below + len(unit)
    return at, at + len(unit)


def _issuer(document: Document) -> tuple[int, int, str] | None:
    """Place and unit of the issuer: in the masthead, else its first mention in the opening (a scan without its "
    "head)."""
    head = document.masthead
    match = _UNIT.search(head.issuer) if head and head.issuer else None
    if head and match:
        key, unit = tone_key(document.text), tone_key(match[0])
        at = key.find(unit)
        if "issuer" in head.spans:
            start, end = head.spans["issuer"]
            return (*_with_unit(key, unit, start, end, at), match[0])
        if at < 0:
            return (*opening(document), match[0])
        line = document.text.find("\n", at)
        return at, min(line if line > 0 else at + len(unit), at + len(unit) + 60), match[0]
    for found in _UNIT_IN_TEXT.finditer(document.text[:4000]):
        if not found[1].startswith("huyện"):
            line = document.text.find("\n", found.start())
            return found.start(), min(line if line > 0 else found.end(), found.end() + 40), found[1]
    return None
