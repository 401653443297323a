"""TQ02, continued: procedures and business conditions in a local act, at times when the law kept them for others.

From 2016-07-01 to 2025-03-31 no council or committee might set an administrative procedure unless a law assigned it
(Luật 80/2015 Art. 14.4, as amended by Luật 63/2020 Art. 1.4); from 2006-07-01 none may set conditions of doing business
(Luật Doanh nghiệp 2005 Art. 7.5, Luật Đầu tư 2014 and 2020 Art. 7.3). What is assigned, a person must see in the bases:
so never more than "can_kiem_tra".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.model import Document
from corpus.text import tone_key
from rules.base import is_normative, signed
from rules.norms import Clause, clauses, plain
from rules.own_text import foreign


@dataclass(frozen=True, slots=True)
class Ban:
    """A law that forbids local bodies to regulate a matter, from `since` on, up to and with `until`."""

    law: str
    provision: str
    words: str
    since: date
    until: date


PROCEDURE = (
    Ban("80/2015/QH13", "art_14__cl_4", "khoản 4 Điều 14 Luật số 80/2015/QH13", date(2016, 7, 1), date(2025, 3, 31)),
)
BUSINESS = (
    Ban("60/2005/QH11", "art_7__cl_5", "khoản 5 Điều 7 Luật số 60/2005/QH11", date(2006, 7, 1), date(2015, 6, 30)),
    Ban("67/2014/QH13", "art_7__cl_3", "khoản 3 Điều 7 Luật số 67/2014/QH13", date(2015, 7, 1), date(2020, 12, 31)),
    Ban("61/2020/QH14", "art_7__cl_3", "khoản 3 Điều 7 Luật số 61/2020/QH14", date(2021, 1, 1), date(2026, 2, 28)),
)

_DOSSIER = re.compile(
    r"^\W{0,3}(?:\d{1,2}(?:\.\d{1,2})?[.)] |[a-zđ]\) |điều \d{1,3}[a-z]?[.:] )?"
    r"(?:thành phần,? (?:và )?số lượng hồ sơ|thành phần hồ sơ|số lượng hồ sơ"
    r"|hồ sơ (?:đề nghị|xin|đăng ký) (?:cấp|công nhận|chấp thuận|gia hạn|phê duyệt)[^.;:]{3,80}(?:gồm|bao gồm)?:?$)"
)
_CONSENT = re.compile(
    r"(?:phải (?:được|có|xin)|chỉ (?:được )?(?:thực hiện )?(?:khi|sau khi)|sau khi có)[^.;]{0,70}?"
    r"(?:(?:ủy ban nhân dân|sở [^\W\d_]{2,8}|chủ tịch)[^.;]{0,30}? (?:chấp thuận|đồng ý|cho phép)(?! chủ trương)"
    r"|văn bản (?:xin phép|đồng ý|chấp thuận)[^.;]{0,50})"
    r"|phải lập [^.;]{3,60}? được (?:ủy ban nhân dân|sở)[^.;]{0,40}? (?:chấp thuận|phê duyệt)"
)
_OWNERS = (
    r"(?:đơn vị|cơ sở|tổ chức(?:, cá nhân)?|doanh nghiệp|chủ cơ sở|hộ kinh doanh|hợp tác xã)"
    r"(?: (?!nhà nước|sự nghiệp|thuộc)[^\W\d_]{1,9}){1,8}"
)
_CONDITIONS = re.compile(
    rf"{_OWNERS} phải (?:đáp ứng|có đủ|bảo đảm|đảm bảo|đủ)(?: đầy đủ)?(?: các)? (?:điều kiện|yêu cầu)"
    r"(?: sau|[^.;]{0,30}:$)"
    rf"|điều kiện (?:hoạt động|kinh doanh) (?:của|đối với) {_OWNERS}"
)
_FOR_FAVOURS = re.compile(
    r"hỗ trợ|ưu đãi|khen thưởng|vay vốn|tuyển dụng|đấu giá|đấu thầu|thi đua|miễn|giảm|đặt hàng|hợp đồng|khuyến khích"
)
_CITES = re.compile(
    r"(?:theo|quy định) (?:quy định )?(?:tại|của) (?:luật|nghị định|thông tư|pháp luật"
    r"|(?:điều|khoản|điểm)(?! [^.;]{0,24}?(?:khoản|điều|quy định|quy chế|quyết định) này))"
)
_WITHIN = re.compile(r"công chức|viên chức|cán bộ|phòng ban|nội bộ")


@dataclass(frozen=True, slots=True)
class Own:
    """A clause that sets what a law forbade; `what` as the message says it."""

    clause: Clause
    what: str
    ban: Ban


def own_procedures(document: Document) -> Iterator[Own]:
    """Clauses of a local normative act that set a procedure or a business condition while a law forbade it."""
    head = document.masthead
    day = signed(document)
    if head is None or day is None or head.level not in ("tinh", "huyen", "xa") or not is_normative(document):
        return
    title = tone_key(head.title or "")
    if re.search(r"trình tự|thủ tục hành chính", title):
        return
    procedure = next((ban for ban in PROCEDURE if ban.since <= day <= ban.until), None)
    business = next((ban for ban in BUSINESS if ban.since <= day <= ban.until), None)
    told: set[str] = set()
    for clause in clauses(document):
        key = plain(clause.text)
        if foreign(document, clause.start) or _CITES.search(key):
            continue
        around = " ".join(plain(line) for line in clause.above)
        if procedure and "procedure" not in told and not _WITHIN.search(key) and (
            _DOSSIER.search(key) or _CONSENT.search(key)
        ):
            told.add("procedure")
            yield Own(clause, "thủ tục hành chính (hồ sơ, việc xin chấp thuận)", procedure)
        elif business and "business" not in told and _CONDITIONS.search(key):
            if _FOR_FAVOURS.search(f"{key} {around} {title}"):
                continue
            told.add("business")
            yield Own(clause, "điều kiện đầu tư kinh doanh", business)
