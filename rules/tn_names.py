"""TN: bodies, titles, places and papers that have ended or changed their name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.model import Certainty, Document, Evidence, Finding, Severity
from corpus.names import DISTRICT, Mention, mentions
from corpus.register.rows import Institution
from corpus.text import fold_words, tone_key
from rules.base import (
    Context,
    finding,
    lower_severity,
    place,
    region,
    rule,
    signed,
    spoken_act,
    spoken_date,
    spoken_unit,
)

ART_39_4 = "khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP"
ART_44 = "Điều 44 Nghị định số 79/2025/NĐ-CP"
_PAPERS = ("giay_to", "thuat_ngu")
_STATUS = re.compile(r"hộ tịch|khai sinh|khai tử|kết hôn|nuôi con nuôi")
_STATUS_LAW_UNTIL = date(2027, 3, 1)
_STILL_GOOD = re.compile(r"(?:vẫn|còn) (?:có giá trị|hợp lệ|được dùng|hạn)")


@rule("TN01", "Giao nhiệm vụ, quyền hạn cho cơ quan, chức danh không còn", "cao", ART_39_4, "xem_xet")
def tn01(document: Document, context: Context) -> Iterator[Finding]:
    """A duty or power given to a body that no longer exists on the as-of date.

    Tìm: điều khoản giao việc, giao quyền, yêu cầu báo cáo, gửi, xin ý kiến cho cơ quan, chức danh đã chấm dứt hoạt
    động hoặc không còn.
    Căn cứ: khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP và văn bản chấm dứt cơ quan, chuyển nhiệm vụ (Luật số
    72/2025/QH15, Nghị định số 150/2025/NĐ-CP, nghị định của từng ngành); Điều 44 nếu cơ quan đã chấm dứt trước
    ngày ký.
    Ký ngày: 15/3/2022
    Có phát hiện: Hằng tháng gửi báo cáo về Phòng Tư pháp huyện để tổng hợp.
    Không phát hiện: Hằng tháng gửi báo cáo về Công an xã để tổng hợp.
    Kiến nghị: nghiên cứu, xem xét giao lại nhiệm vụ; cơ quan đã chấm dứt trước ngày ký: tự kiểm tra, xử lý.
    """
    others = _groups(document, context, use="name")
    for cause, group in _groups(document, context, use="duty").items():
        yield _finding(document, [*group, *others.get(cause, ())], context, duty=True)


@rule("TN02", "Tên gọi cũ của cơ quan, chức danh, đơn vị hành chính", "thap", ART_39_4, "giu_nguyen")
def tn02(document: Document, context: Context) -> Iterator[Finding]:
    """A body, place or title under its former name, no duty lost.

    Tìm: tên cũ của cơ quan, chức danh, đơn vị hành chính, không kèm nhiệm vụ. Tên cũ trong tên văn bản được dẫn,
    trong ngoặc kép, nơi nhận, phần lịch sử địa giới thì không tính.
    Căn cứ: khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 15/3/2022
    Có phát hiện: Danh mục này lấy theo biểu của Bộ Tài nguyên và Môi trường.
    Không phát hiện: Danh mục này lấy theo Thông tư số 02/2022/TT-BTNMT của Bộ Tài nguyên và Môi trường.
    Kiến nghị: giữ nguyên, đổi tên khi sửa đổi lần sau.
    """
    with_duty = _groups(document, context, use="duty")
    for cause, group in _groups(document, context, use="name").items():
        if cause not in with_duty:
            yield _finding(document, group, context, duty=False)


@rule("TN03", "Giấy tờ, thuật ngữ đã bãi bỏ", "trung_binh", ART_39_4, "sua_doi_bo_sung")
def tn03(document: Document, context: Context) -> Iterator[Finding]:
    """A paper, term or concept that was abolished.

    Tìm: giấy tờ, thuật ngữ đã bãi bỏ mà văn bản còn yêu cầu hoặc còn dùng. Câu nói rằng không còn yêu cầu giấy tờ
    ấy thì không tính; giấy tờ cũ còn hạn vẫn hợp lệ chỉ ở mức thông tin.
    Căn cứ: văn bản bãi bỏ giấy tờ, thuật ngữ; khoản 4 Điều 39 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 15/3/2022
    Có phát hiện: Hồ sơ gồm đơn đề nghị và bản sao sổ hộ khẩu.
    Không phát hiện: Khi làm thủ tục không yêu cầu xuất trình sổ hộ khẩu.
    Kiến nghị: sửa đổi, bổ sung.
    """
    day = signed(document)
    for group in _groups(document, context, use=None).values():
        row = group[0].row
        severity = lower_severity("trung_binh", _alert(row))
        if row.note and _STILL_GOOD.search(tone_key(row.note)):
            severity = "thong_tin"
        check = bool(day and row.since and row.since <= day)
        yield finding(
            ("TN03", severity, _ground(row, check, context)), document,
            [place(document, m.start, m.end) for m in group],
            f"{_at(document, group[0])}còn dùng “{_words(document, group[0])}”{_gone(row, check, context)}."
            f"{_successor(row)}",
            certainty=row.strength, proposal="tu_kiem_tra" if check else "sua_doi_bo_sung",
            target=(_act(row), None), evidence=[_evidence(row)],
        )  # fmt: skip


def _groups(document: Document, context: Context, use: str | None) -> dict[str, list[Mention]]:
    """Mentions of one cause, for papers (`use` None) or for bodies by use; changes after the as-of date left out."""
    day = signed(document)
    groups: dict[str, list[Mention]] = {}
    for mention, cause in _mentions(document, context):
        row = mention.row
        if row.since is None or row.since > context.as_of or (row.kind in _PAPERS) is not (use is None):
            continue
        if use is not None:
            if row.kind == "chuc_danh" and context.as_of < _STATUS_LAW_UNTIL and _status_title(mention, document):
                continue
            duty = mention.use == "duty" and not mention.place
            if duty is not (use == "duty"):
                continue
            if mention.place and (day is None or day < row.since):
                continue  # a place by the name of its time: HL05 tells who succeeds, the text is not wrong for it
        groups.setdefault(cause, []).append(mention)
    return groups


_KEPT: dict[str, tuple[Document, Context, list[tuple[Mention, str]]]] = {}


def _mentions(document: Document, context: Context) -> list[tuple[Mention, str]]:
    """Mentions of the document in hand, each with its cause, found once for the three rules."""
    kept = _KEPT.get("last")
    if kept is None or kept[0] is not document or kept[1] is not context:
        found = mentions(document, context.institutions, region(context))
        kept = _KEPT["last"] = (document, context, _with_causes(document, found))
    return kept[2]


def _with_causes(document: Document, found: Sequence[Mention]) -> list[tuple[Mention, str]]:
    """Each mention with its institution: row, body, unit. A body without a unit is that of the only unit named."""
    read = [(mention, _body(mention, document), _unit(mention, document)) for mention in found]
    named: dict[str, set[str]] = {}
    for _, body, unit in read:
        named.setdefault(body, set()).update((unit,) if unit else ())
    only = {body: min(units) for body, units in named.items() if len(units) == 1}
    return [(mention, f"{body} {unit or only.get(body, '')}") for mention, body, unit in read]


def _body(mention: Mention, document: Document) -> str:
    if mention.row.kind != DISTRICT:
        return mention.row.id
    words = fold_words(document.text[mention.start : mention.end])
    words = re.sub(r"\buy ban nhan dan\b", "ubnd", re.sub(r"\bhoi dong nhan dan\b", "hdnd", words))
    return f"{mention.row.id} {re.split(r' (?:cap )?(?:huyen|quan|thi xa|thanh pho)', words)[0]}"


_UNIT = re.compile(r"^.{0,80}(?:huyện|quận|thị xã|thành phố|tỉnh) (?P<name>[^\W\d_].{0,40})$")
_COMMUNE = re.compile(r"^.{0,60}?(?:xã|phường|thị trấn|huyện) (?P<name>[^\W\d_].{0,40})$")


def _unit(mention: Mention, document: Document) -> str:
    """Proper name of the unit in the words of a mention, "" where they give none."""
    words = tone_key(_words(document, mention))
    match = (_COMMUNE if mention.row.kind == "don_vi" else _UNIT).match(words)
    return match["name"] if match else ""


def _finding(document: Document, group: Sequence[Mention], context: Context, duty: bool) -> Finding:
    row = group[0].row
    day = signed(document)
    check = bool(day and row.since and row.since <= day)
    severity = lower_severity("cao" if duty else "thap", _alert(row))
    certainty: Certainty = row.strength
    verb = "giao việc, giao quyền hoặc yêu cầu báo cáo cho" if duty else "dùng tên cũ"
    proposal = "tu_kiem_tra" if check and duty else "xem_xet" if duty else "giu_nguyen"
    return finding(
        ("TN01" if duty else "TN02", severity, _ground(row, check and duty, context)), document,
        [place(document, mention.start, mention.end) for mention in group],
        f"{_at(document, group[0])}{verb} “{_words(document, group[0])}”"
        f"{_gone(row, check and duty, context)}.{_successor(row)}",
        certainty=certainty, proposal=proposal, target=(_act(row), None), evidence=[_evidence(row)],
    )  # fmt: skip


def _status_title(mention: Mention, document: Document) -> bool:
    """The title that the civil-status law itself still uses until 2027-02-28, in civil-status matters."""
    if "hộ tịch" not in tone_key(mention.row.old_names[0]):
        return False
    unit = document.provision_at(mention.start)
    words = document.text[unit.start : unit.end] if unit else document.text[mention.start : mention.end + 200]
    matter = tone_key(words).replace("tư pháp - hộ tịch", "").replace("tư pháp – hộ tịch", "")
    title = tone_key((document.masthead.title if document.masthead else None) or "")
    return bool(_STATUS.search(matter) or _STATUS.search(title))


def _alert(row: Institution) -> Severity:
    known: dict[str, Severity] = {
        "cao": "cao", "trung_binh": "trung_binh", "thap": "thap", "thong_tin": "thong_tin",
    }  # fmt: skip
    return known.get(row.alert, "thap")


def _at(document: Document, mention: Mention) -> str:
    unit = document.provision_at(mention.start)
    words = spoken_unit(unit.id) if unit else ""
    return f"{words[:1].upper() + words[1:]} " if words else "Văn bản "


def _words(document: Document, mention: Mention) -> str:
    return " ".join(document.text[mention.start : mention.end].split())


def _gone(row: Institution, check: bool, context: Context) -> str:
    act = _act(row)
    by = f" theo {spoken_act(act, context)}" if act else ""
    sign = ", trước ngày ký; có dấu hiệu không phù hợp tại thời điểm ban hành" if check else ""
    return f", không còn từ ngày {spoken_date(row.since)}{by}{sign}"


def _successor(row: Institution) -> str:
    if not row.new_name:
        return ""
    several = ";" in row.new_name or " hoặc " in row.new_name or row.kind == DISTRICT
    gone = re.match(r"(?i)bỏ\s{0,2};\s{0,2}", row.new_name)
    now = f"Hiện nay {row.new_name[gone.end() :]}" if gone else f"Hiện nay: {row.new_name}"
    return f" {now}{' (phải xét theo từng nhiệm vụ)' if several else ''}."


def _act(row: Institution) -> str | None:
    for ground in row.grounds:
        if match := re.search(r"\d{1,5}/[\w/\-Đđ]{3,30}", ground):
            return match[0]
    return None


def _ground(row: Institution, check: bool, context: Context) -> str:
    act = _act(row)
    return f"{ART_44 if check else ART_39_4}{f'; {spoken_act(act, context)}' if act else ''}"


def _evidence(row: Institution) -> Evidence:
    return Evidence(_act(row), None, f"{'; '.join(row.old_names)} → {row.new_name or 'không còn'}", "institution",
                    row.since, row.source_ref or row.source_kind)  # fmt: skip
