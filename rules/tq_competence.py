"""TQ: competence (thẩm quyền): power to issue, and rules that the law keeps for others.

A commune may regulate only what a law assigns to it (Luật 64/2025 Art. 4, 24; before 2025-04-01: Luật 80/2015 Art. 30).
A sanction, a fee or a paper that it makes up itself has no ground; whether a higher text does assign it, a person must
see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from textwrap import shorten

from corpus import symbols
from corpus.model import Certainty, Document, Evidence, Finding
from corpus.text import fold_words, tone_key
from rules.align import Sentence, sentences
from rules.base import Context, finding, place, rule, signed, spoken_date
from rules.grounds import higher
from rules.own_text import foreign
from rules.tq_procedures import Own, own_procedures

ART_44 = "Điều 44 Nghị định số 79/2025/NĐ-CP"
_GAP = (date(2025, 4, 1), date(2025, 6, 30))
_NO_DIRECTIVES = date(2016, 7, 1)


@rule("TQ01", "Cơ quan ban hành không có thẩm quyền ban hành văn bản quy phạm pháp luật", "cao", ART_44, "tu_kiem_tra")
def tq01(document: Document, context: Context) -> Iterator[Finding]:
    """Normative document of a body that had no power then.

    Tìm: nghị quyết, quyết định quy phạm của cấp xã ký từ 01/4/2025 đến 30/6/2025; chỉ thị quy phạm của Ủy ban nhân
    dân từ 01/7/2016; văn bản quy phạm của Chủ tịch Ủy ban nhân dân cấp xã.
    Căn cứ: Luật số 64/2025/QH15 (bản ban hành đầu); Luật số 80/2015/QH13; Điều 44 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 20/5/2025
    Có phát hiện: Số: 07/2025/QĐ-UBND
    Không phát hiện: Số: 07/QĐ-UBND
    Kiến nghị: tự kiểm tra, xử lý.
    """
    head = document.masthead
    if head is None or not head.symbol or head.level not in ("xa", "huyen", "tinh"):
        return
    parts = symbols.parse(head.symbol)
    if parts is None or parts.year is None:
        return
    day, why, law = head.date, None, "64/2025/QH15"
    chairman = bool(parts.body and re.fullmatch(r"CT\.?UBND", parts.body.upper()))
    if head.level == "xa" and chairman:
        why = "Chủ tịch Ủy ban nhân dân cấp xã không có thẩm quyền ban hành văn bản quy phạm pháp luật"
        law = "80/2015/QH13" if day and day < _GAP[0] else law
    elif head.level == "xa" and day and _GAP[0] <= day <= _GAP[1] and parts.kind in ("NQ", "QĐ", "CT"):
        why = (
            "từ ngày 01/4/2025 đến hết ngày 30/6/2025 Hội đồng nhân dân, Ủy ban nhân dân cấp xã không có thẩm quyền "
            "ban hành "
            "văn bản quy phạm pháp luật"
        )
    elif parts.kind == "CT" and day and day >= _NO_DIRECTIVES:
        why = "từ ngày 01/7/2016 Ủy ban nhân dân không còn ban hành chỉ thị là văn bản quy phạm pháp luật"
        law = "80/2015/QH13"
    if why is None:
        return
    start, end = head.spans.get("symbol", (0, max(1, document.text.find("\n"))))
    yield finding(
        ("TQ01", "cao", ART_44), document, [place(document, start, end)],
        f"Văn bản mang số {head.symbol}{f', ký ngày {spoken_date(day)}' if day else ''}, có dấu hiệu không đúng thẩm "
        f"quyền tại "
        f"thời điểm ban hành: {why} ({symbols.spoken(law)}).",
        certainty="chac_chan", proposal="tu_kiem_tra", target=(law, None), evidence=[Evidence(law)],
        legal_basis=f"{ART_44}; {symbols.spoken(law)}",
    )  # fmt: skip


# --- TQ02: papers, procedures, conditions ------------------------------------------------------------

_PAPER = (
    r"giấy xác nhận|giấy giới thiệu|giấy phép|giấy cam kết|bản cam kết|giấy chứng nhận|bản sao|bản photo|bản phô ?tô"
    r"|xác nhận của|văn bản chấp thuận|văn bản đồng ý|ý kiến chấp thuận|chứng chỉ"
)
_ASKS = re.compile(
    rf"(?:phải (?:có|nộp|kèm|xuất trình|được)|nộp thêm|kèm thêm|bổ sung thêm|yêu cầu (?:nộp|có)|phải (?:xin|qua))"
    rf"[^.;\n]{{0,60}}?(?:{_PAPER})[^.;\n]{{0,120}}"
)
_DOSSIER = re.compile(
    r"^\W{0,4}(?:[a-zđ]\)|\d{1,2}[.)]|-)?\s{0,3}(?:bản sao|bản photo)[^.;\n]{0,60}(?:chứng thực|công "
    r"chứng)[^.;\n]{0,80}"
)
_REFUSES = re.compile(
    r"(?:không (?:tiếp nhận|nhận|xác nhận|giải quyết|cấp|chứng thực))\s(?:các )?(?:hồ sơ|loại giấy tờ|giấy tờ|thủ "
    r"tục|đơn)"
    r"[^.;\n]{0,120}"
)
_RESIDENCE = re.compile(r"(?:hộ khẩu|thường trú|cư trú)[^.;\n]{0,40}từ (?:đủ )?\d{1,2} (?:năm|tháng)[^.;\n]{0,40}")
_HEADMAN = (
    r"(?:trưởng (?:ban nhân dân )?(?:thôn|ấp|bản|buôn|khóm|làng|xóm|khu phố)|khối trưởng|xóm trưởng"
    r"|tổ trưởng(?: tổ dân phố)?|ban công tác mặt trận)"
)
_BY_HEADMAN = re.compile(
    rf"(?:giấy|đơn)[^.;,\n]{{0,60}}? (?:(?:có |được )?(?:sự )?xác nhận của {_HEADMAN}|được {_HEADMAN} xác nhận"
    rf"|của {_HEADMAN})|phải (?:được|có|xin)[^.;,\n]{{0,20}}? {_HEADMAN} (?:đồng ý|cho phép|chấp thuận|ký duyệt)"
)
"""A paper or a consent of a head of a hamlet: he is no authority, and certifies nothing unless a law says so."""
_NOT_ASKED = re.compile(
    r"không (?:yêu cầu|phải|bắt buộc|được yêu cầu|đòi hỏi|cần)|miễn|bãi bỏ|theo quy định (?:của pháp luật|tại)|đã hết"
)


@rule("TQ02", "Đặt thủ tục, giấy tờ, điều kiện mà văn bản cấp trên không giao", "cao", ART_44, "tu_kiem_tra")
def tq02(document: Document, context: Context) -> Iterator[Finding]:
    """An administrative procedure, paper or condition that no higher document assigns.

    Tìm: giấy tờ, thủ tục, điều kiện buộc người dân phải có mà trong các văn bản cấp trên của kho không có; hồ sơ, việc
    xin chấp thuận, điều kiện kinh doanh trong văn bản quy phạm của địa phương ban hành lúc luật không cho tự đặt.
    Căn cứ: Điều 44 Nghị định số 79/2025/NĐ-CP; khoản 4 Điều 14 Luật số 80/2015/QH13 (từ 01/7/2016 đến 31/3/2025);
    khoản 5 Điều 7 Luật số 60/2005/QH11, khoản 3 Điều 7 Luật số 67/2014/QH13, Luật số 61/2020/QH14
    Ký ngày: 15/3/2022
    Có phát hiện: Người đến làm thủ tục phải có giấy giới thiệu của Trưởng thôn.
    Không phát hiện: Người đến làm thủ tục không phải nộp giấy giới thiệu của Trưởng thôn.
    Kiến nghị: tự kiểm tra, xử lý.
    """
    told: list[tuple[int, int]] = []
    for sentence in sentences(document) if _sets_rules(document) else ():
        key = tone_key(sentence.text)
        if _quoted(document, sentence):
            continue
        match = _ASKS.search(key) or _BY_HEADMAN.search(key) or _REFUSES.search(key) or _RESIDENCE.search(key)
        strong = match is not None
        match = match or _DOSSIER.search(key)
        if match is None or _NOT_ASKED.search(key) or _assigned(sentence, match[0], context):
            continue
        people = bool(re.search(r"công dân|người|hộ|cá nhân|tổ chức|thanh niên|nhân dân|bà con", key))
        people = people or bool(_BY_HEADMAN.search(key))
        certainty: Certainty = "can_kiem_tra" if strong and people else "goi_y"
        told.append((sentence.start, sentence.end))
        yield _finding("TQ02", document, sentence, match, "giấy tờ, thủ tục, điều kiện", certainty)
    for own in own_procedures(document):
        unit = own.clause.provision
        until = max(own.clause.end, unit.end if unit else 0)
        if not any(start < until and own.clause.start < end for start, end in told):
            yield _own_finding(document, own)


def _own_finding(document: Document, own: Own) -> Finding:
    start, end = own.clause.start, own.clause.end
    words = " ".join(document.text[start:end].split())
    return finding(
        ("TQ02", "cao", ART_44), document, [place(document, start, end)],
        f"“{shorten(words, 160, placeholder='…')}”: văn bản tự đặt {own.what}; lúc ban hành, {own.ban.words} không cho "
        f"chính quyền địa phương quy định việc này khi luật không giao. Có dấu hiệu không đúng thẩm quyền tại thời "
        f"điểm ban hành nếu không có luật giao.",
        certainty="can_kiem_tra", proposal="tu_kiem_tra", target=(own.ban.law, own.ban.provision),
        legal_basis=f"{ART_44}; {own.ban.words}", evidence=[Evidence(own.ban.law, own.ban.provision, None, "ground")],
    )  # fmt: skip


def _assigned(sentence: Sentence, words: str, context: Context) -> bool:
    """Whether a higher clause on the same matter speaks of the same paper."""
    grounds = higher(sentence.document, context)
    if grounds is None:
        return False
    paper = re.search(_PAPER + r"|không [^\W\d_]{2,6}|thường trú|cư trú", words)
    rest = fold_words(words[paper.start() :] if paper else words).split()[:5]
    for candidate in grounds.candidates(sentence, 5):
        if candidate.score >= 0.6 and " ".join(rest) in fold_words(candidate.sentence.text):
            return True
    return False


# --- TQ03, TQ04 ------------------------------------------------------------------------------------

_AMOUNT = r"(?:\d{1,3}(?:\.\d{3}){1,3}|\d{1,4})\s?(?:đồng|nghìn đồng|ngàn đồng|nghìn|triệu đồng|đ)\b"
_FINE = re.compile(
    rf"(?:bị |thì |sẽ |xử )?phạt(?: tiền)?\b[^.;\n]{{0,50}}?{_AMOUNT}(?:[^.;\n]|\.(?=\d)){{0,80}}"
    r"|(?:bị |thì )?(?:tịch thu|tạm giữ)\s(?:hàng|phương tiện|tang vật|xe|giấy tờ|tài sản|dụng cụ)[^.;\n]{0,60}"
    r"|bị (?:cắt điện|cắt nước|đình chỉ|tước)[^.;\n]{0,60}"
)
_CUTS_OFF = re.compile(
    r"(?:tạm )?(?:ngừng|dừng|cắt)(?: việc)? (?:cung cấp|cấp) (?:dịch vụ )?(?:điện|nước)[^.;\n]{0,100}vi phạm"
    r"[^.;\n]{0,40}"
)
"""A measure against those who break a rule that no law knows; a province may not set it either."""
_BY_LAW = re.compile(
    r"theo (?:quy định (?:của|tại)|nghị định|luật|pháp luật|thẩm quyền|quyết định của)|quy định của pháp luật|theo "
    r"quy định"
)


@rule("TQ03", "Đặt hành vi vi phạm, mức phạt, biện pháp xử phạt, cưỡng chế", "cao", ART_44, "tu_kiem_tra")
def tq03(document: Document, context: Context) -> Iterator[Finding]:
    """An offence, fine or sanction that the commune makes up.

    Tìm: mức phạt tiền, tịch thu, tạm giữ, biện pháp cưỡng chế do văn bản của xã tự đặt. Câu chỉ dẫn “xử phạt theo
    quy định của pháp luật” không tính.
    Căn cứ: Điều 44 Nghị định số 79/2025/NĐ-CP; Luật Xử lý vi phạm hành chính
    Ký ngày: 15/3/2022
    Có phát hiện: Hộ đổ rác ra mương bị phạt 200.000 đồng mỗi lần.
    Không phát hiện: Hộ đổ rác ra mương bị xử phạt theo quy định của pháp luật.
    Kiến nghị: tự kiểm tra, xử lý.
    """
    whole = _sets_rules(document)
    measures = whole or bool(document.masthead and document.masthead.normative and document.masthead.level == "tinh")
    for sentence in sentences(document) if measures else ():
        key = tone_key(sentence.text)
        match = (_FINE.search(key) if whole else None) or _CUTS_OFF.search(key)
        if match and not _BY_LAW.search(key) and not _quoted(document, sentence) and "không bị" not in key:
            yield _finding("TQ03", document, sentence, match, "chế tài, mức phạt, biện pháp cưỡng chế", "can_kiem_tra")


_FEE = re.compile(
    rf"\b(?:nộp|đóng|đóng góp|thu|góp|ủng hộ|mức thu|lệ phí|phí)\b[^.;\n]{{0,70}}?{_AMOUNT}(?:[^.;\n]|\.(?=\d)){{0,80}}"
    rf"|{_AMOUNT}[^.;\n]{{0,30}}?(?:lệ phí|phí|ủng hộ|đóng góp|vào qũy)(?:[^.;\n]|\.(?=\d)){{0,60}}"
)
_WHO_PAYS = re.compile(r"mỗi (?:hộ|khẩu|gia đình|lượt|trường hợp|đám|người|nhân khẩu)|nộp|mức thu|bắt buộc|lệ phí")
_NO_FEE = re.compile(
    r"mức (?:chi|hỗ trợ|bồi dưỡng|trợ cấp)|tự nguyện|miễn|không thu|kinh phí|chi phí (?:mua|in)|dự toán|thu "
    r"nhập|doanh thu"
    r"|ngân sách|tổng thu|thu bổ sung|thu trên địa bàn|(?<!\w)hưởng|hỗ trợ cho|được hỗ trợ"
)


@rule("TQ04", "Đặt khoản phí, lệ phí, đóng góp bắt buộc", "cao", ART_44, "tu_kiem_tra")
def tq04(document: Document, context: Context) -> Iterator[Finding]:
    """A fee, charge or compulsory contribution that the commune makes up.

    Tìm: khoản phí, lệ phí, giá dịch vụ, đóng góp bắt buộc do văn bản của xã tự đặt. Đóng góp tự nguyện, mức thu
    dẫn đúng văn bản của cấp có thẩm quyền không tính.
    Căn cứ: Điều 44 Nghị định số 79/2025/NĐ-CP; Luật Phí và lệ phí
    Ký ngày: 15/3/2022
    Có phát hiện: Mỗi hộ nộp phí vệ sinh 20.000 đồng một tháng.
    Không phát hiện: Các hộ tự nguyện đóng góp, vận động mỗi hộ 20.000 đồng một tháng.
    Kiến nghị: tự kiểm tra, xử lý.
    """
    for sentence in sentences(document) if _sets_rules(document) else ():
        key = tone_key(sentence.text)
        match = _FEE.search(key)
        if match is None or _NO_FEE.search(key) or _BY_LAW.search(key) or _quoted(document, sentence):
            continue
        if re.search(r"phạt|tịch thu", key[max(0, match.start() - 40) : match.end()]) or any(
            sentence.start <= c.start < sentence.end and c.role == "body" for c in document.citations
        ):  # fmt: skip
            continue
        certainty: Certainty = "can_kiem_tra" if _WHO_PAYS.search(key) else "goi_y"
        yield _finding("TQ04", document, sentence, match, "khoản phí, lệ phí, đóng góp bắt buộc", certainty)


# --- TQ06: outside the territory -------------------------------------------------------------------

_OTHER_UNIT = re.compile(r"(?:xã|phường) [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}(?: [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}){0,2}")
_RULES_THERE = re.compile(r"áp dụng|quản lý|thực hiện trên|giao|trên địa bàn")
_NOT_RULES = re.compile(
    r"phối hợp|giáp|cũ\b|trước đây|sáp nhập|thành lập|trao đổi|học tập|địa giới|nhập từ|bãi bỏ|thay thế"
)


@rule("TQ06", "Giao việc ngoài địa giới hoặc ngoài chức năng", "trung_binh", ART_44, "xem_xet")
def tq06(document: Document, context: Context) -> Iterator[Finding]:
    """A task or rule outside the unit's territory.

    Tìm: quy định áp dụng hoặc giao quản lý trên địa bàn xã, phường khác.
    Căn cứ: Điều 44 Nghị định số 79/2025/NĐ-CP
    Ký ngày: 15/3/2026
    Có phát hiện: Giao Phòng Kinh tế quản lý chợ trên địa bàn xã An Hòa và xã Bình Minh.
    Không phát hiện: Giao Phòng Kinh tế quản lý chợ trên địa bàn xã An Hòa.
    Kiến nghị: nghiên cứu, xem xét.
    """
    head = document.masthead
    if head is None or head.level != "xa" or not head.issuer:
        return
    own = fold_words(head.issuer)
    former = {fold_words(re.sub(r"\(.*?\)", "", name)) for row in context.institutions for name in row.old_names
              if row.kind == "don_vi"}  # fmt: skip
    for sentence in sentences(document):
        key = tone_key(sentence.text)
        if not _RULES_THERE.search(key) or _NOT_RULES.search(key) or _quoted(document, sentence):
            continue
        others = [
            match for match in _OTHER_UNIT.finditer(sentence.text)
            if match[0].split()[1][:1].isupper()
            and fold_words(match[0]) not in own and fold_words(match[0]) not in former
            and not any(c.start <= sentence.start + match.start() < c.end for c in document.citations)
        ]  # fmt: skip
        if others:
            names = ", ".join(dict.fromkeys(match[0] for match in others))
            yield finding(
                ("TQ06", "trung_binh", ART_44), document, [place(document, sentence.start, sentence.end)],
                f"Quy định áp dụng hoặc giao việc trên địa bàn {names}, ngoài địa giới của đơn vị ban hành; có dấu "
                f"hiệu vượt "
                f"thẩm quyền.",
                certainty="can_kiem_tra", proposal="xem_xet",
            )  # fmt: skip


def _quoted(document: Document, sentence: Sentence) -> bool:
    return foreign(document, sentence.start)


def _sets_rules(document: Document) -> bool:
    """Whether these rules look at a document: not a report, a province's act, a published list of procedures."""
    head = document.masthead
    if head is None:
        return True
    if head.level in ("tinh", "trung_uong") or head.kind in ("bao_cao", "to_trinh"):
        return False
    return not re.search(r"công bố[^.;\n]{0,40}thủ tục hành chính", tone_key(head.title or ""))


OFFENCE = 160
"""Most characters before a sanction that are quoted with it: for what it is threatened."""
_ITEM_MARK = re.compile(r"[\s\-–—+*•]{0,5}(?:(?:[a-zđ]|\d{1,2}(?:\.\d{1,2}){0,2})[.)]\s{1,3})?")


def _finding(
    code: str, document: Document, sentence: Sentence, match: re.Match[str], what: str, certainty: Certainty
) -> Finding:
    offence = code == "TQ03" and match.start() <= OFFENCE
    start, end = sentence.start + (0 if offence else match.start()), sentence.start + match.end()
    if mark := _ITEM_MARK.match(document.text, start, end):
        start = mark.end()
    words = " ".join(document.text[start:end].split())
    when = " tại thời điểm ban hành" if signed(document) else ""
    return finding(
        (code, "cao", ART_44), document, [place(document, start, end)],
        f"“{shorten(words, 160, placeholder='…')}”: văn bản tự đặt {what}; "
        f"có dấu hiệu không đúng thẩm quyền{when} nếu không có văn bản cấp "
        f"trên giao.",
        certainty=certainty, proposal="tu_kiem_tra",
    )  # fmt: skip
