"""Where a former name is no fault: citations and their titles, quotations, recipients, histories, namesakes."""

from __future__ import annotations

import re

from corpus.model import Document
from corpus.names.mention import DISTRICT, Mention
from corpus.names.units import own_unit, same_region
from corpus.text import fold_words

_TITLE_WORDS = (
    r"(?:về|v/v|ban hành|quy định|phê duyệt|thông qua|công bố|sửa đổi|bổ sung|bãi bỏ|thay thế|hướng dẫn|giao|thành lập"
    r"|kiện toàn|điều chỉnh|đính chính)\b"
)
_TITLE_FOLLOWS = re.compile(rf"^[^;.\n]{{0,120}}?\b{_TITLE_WORDS}")
_GOES_ON = re.compile(rf"\s{{0,2}}(?:\([^)]{{0,200}}\)|của\b|do\b|,? ngày\b|{_TITLE_WORDS})")
# A cell of a table that opens with a number and no kind word: "431/QĐ-UBND ngày … của …".
_BARE_NUMBER = re.compile(r"(?m)^\W{0,4}\d{1,5}[a-z]?/(?:\d{4}/)?[a-zđ]{2,4}-[a-zđ]{2,12}\b[^\n]{0,700}")
_OPENS_LINE = re.compile(r"[\s\-–+*•(]{0,6}(?:[\da-zđ]{1,3}[.)]\s{0,3})?")
# Papers of bodies that were: "Các Quyết định của Chủ tịch UBND tỉnh A, Chủ tịch UBND tỉnh B (trước đây)".
_PAPERS_OF = re.compile(
    r"\b(?:quyết định|nghị quyết|văn bản|chỉ thị|kế hoạch|thông báo|đề án|quy định|quy chế)(?: trước đây)? (?:của|do) "
    r"(?:các )?[^.;:\n]{0,160}$"
)
_WERE = re.compile(r"^[^.;:\n]{0,200}?\((?:trước đây|cũ|trước (?:sắp xếp|sáp nhập|hợp nhất))\)")
_ISSUED = re.compile(r"^[^.;:\n]{0,80}?\b(?:(?:đã )?ban hành|phê duyệt|ký)\b")
_HISTORY_AFTER = re.compile(
    r"^[^.;\n]{0,40}?(?:\bcũ\b|\bnay là\b|\btrước (?:đây|khi)\b|\btrước ngày 0?1(?:/| tháng )0?7(?:/| năm )2025"
    r"|\btrước sắp xếp\b"
    r"|\bđã (?:cấp|giải thể|sáp nhập)\b"
    r"|\bđược sáp nhập\b|\bđược nhập\b|\bsáp nhập\b|\bcấp trước\b|\btrước (?:hợp nhất|sáp nhập)\b"
    r"|\b(?:kết thúc|chấm dứt) hoạt động\b|\bnhưng chưa (?:kịp )?bàn giao\b)"
)
_HISTORY_BEFORE = re.compile(
    r"(?:tiền thân|nguyên là|trước đây là|trước đây|sáp nhập|hợp nhất|nhập từ|đã nhập|địa bàn|cũ là|được thành lập từ"
    r"|thành lập trên cơ sở|đổi tên|chuyển từ|thay thế|thay cho|bãi bỏ|hủy bỏ|huỷ bỏ)\b[^.;\n]{0,60}$"
    r"|\b(?:không còn|không tổ chức|giải thể|(?:kết thúc|chấm dứt)(?: việc)? hoạt động(?: của)?)"
    r"(?: (?:các|cơ quan|tổ chức|mô hình|chính quyền(?: địa phương)?|đơn vị hành chính|hoạt động(?: của)?)){0,3} ?$"
)
# The words of an arrangement of units name those that were: "sắp xếp tỉnh A, tỉnh B thành tỉnh B".
_ARRANGED = re.compile(
    r"\b(?:sắp xếp|sáp nhập|hợp nhất|nhập)\b[^.;\n]{0,300}?\bthành (?:lập|tỉnh|thành phố|xã|phường|đơn vị|một)\b"
)
# An association's own name keeps the province in which it was founded.
_ASSOCIATION = re.compile(
    r"(?:\bhiệp hội|\bliên đoàn|\bliên minh|\bcâu lạc bộ|\bđoàn luật sư|\bquỹ|(?<!xã )(?<!đại )(?<!quốc )(?<!lễ )"
    r"\bhội(?! đồng| nghị| trường| thi\b| họp| thảo| chợ| nhập))\b[^.,;:\n]{0,70}$"
)
# The paper of today named beside that of yesterday, whose cards are good until they run out.
_NAMED_BESIDE = re.compile(
    r"căn cước(?! công dân)\s{0,2}(?:/|hoặc|,|và|\()?[^|]{0,12}\|"
    r"|\|\s{0,2}(?:/|hoặc|,)\s{0,2}(?:thẻ )?căn cước(?! công dân)"
)
_NOT_ASKED = re.compile(
    r"(?:không|chưa) (?:yêu cầu|phải|cần|bắt buộc|được yêu cầu|đòi hỏi|buộc)|không còn|bãi bỏ|thay (?:cho|thế)|đã bỏ"
    r"|hết giá trị|không sử dụng|không dùng|chưa hết hạn|còn hạn|còn thời hạn|còn giá trị"
)
_CHANGING = frozenset(("repeal", "replace", "amend", "declare_expired", "correct", "delete_text", "substitute"))
_SKIPPED_PARTS = ("issuer", "symbol", "date", "title", "signature", "signer", "recipients", "motto", "bases")


RECIPIENTS = 1500
"""Characters that a list of recipients with its signature block may take."""


class Excluded:
    """Ranges of a document in which a former name is no fault."""

    def __init__(self, document: Document, key: str) -> None:
        self._key = key
        ranges = [(quote.start, quote.end) for quote in document.quotes]
        ranges += [(m.start(), m.end()) for m in re.finditer(r"“[^”\n]{1,2000}”|\"[^\"\n]{1,500}\"", document.text)]
        for citation in document.citations:
            ranges.append((citation.start, _cited_until(key, citation.start, citation.end)))
        ranges += [
            (effect.start, effect.end) for effect in document.effects
            if effect.type in _CHANGING and not effect.target.self_
        ]  # fmt: skip
        ranges += [match.span() for pattern in (_ARRANGED, _BARE_NUMBER) for match in pattern.finditer(key)]
        head = document.masthead
        if head:
            ranges += [head.spans[part] for part in _SKIPPED_PARTS if part in head.spans]
        attached = [unit.start for unit in document.provisions if re.match(r"(?:att|app)_\w+$", unit.id)]
        for receivers in re.finditer(r"(?m)^\W{0,3}nơi nhận\b", key):
            following = [start for start in attached if start > receivers.start()]
            ranges.append((receivers.start(), min([receivers.start() + RECIPIENTS, *following])))
        self._ranges = ranges

    def holds(self, mention: Mention) -> bool:
        start, end, key = mention.start, mention.end, self._key
        if any(a <= start < b for a, b in self._ranges):
            return True
        line = key.rfind("\n", 0, start) + 1
        before = key[max(line, start - 160) : start]
        after = key[end : end + 60].split("\n")[0]
        if re.match(r"\s{0,3}căn cứ\b", key[line : line + 12]):
            return True
        if mention.row.kind == "giay_to" and "cong dan" in fold_words(key[start:end].replace("cccd", "cong dan")) and \
                _NAMED_BESIDE.search(f"{before[-24:]}|{after[:24]}"):
            return True
        if mention.row.kind in ("giay_to", "thuat_ngu"):
            return bool(_NOT_ASKED.search(before[-90:]) or _NOT_ASKED.search(after[:60]))
        if _PAPERS_OF.search(before) and (_WERE.search(key[end : end + 220]) or _ISSUED.search(after)):
            return True
        if mention.row.kind in ("tinh", "don_vi") and mention.place and _ASSOCIATION.search(before):
            return True
        return bool(_HISTORY_AFTER.search(after) or _HISTORY_BEFORE.search(before))


_ADDRESS = re.compile(r"(?:,? (?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|tỉnh) [^,;.\n]{2,30}){1,3}")
_STOP = re.compile(r"[;\n]|\.(?=\s|$)")
_LINE_STOP = re.compile(
    r"\n|\.(?=\s|$)|;(?=[^;\n]{0,90}?\b(?:giao|yêu cầu|đề nghị|chủ trì|phối hợp|trách nhiệm|tham mưu|báo cáo|gửi)\b)"
)


def _cited_until(key: str, start: int, end: int) -> int:
    """Where the words of a citation end: its issuer, and its title where the words give one.

    A citation that opens its line (a cell of a table, an item of a list) has the whole line for its title.
    """
    alone = _OPENS_LINE.fullmatch(key, key.rfind("\n", 0, start) + 1, start)
    stop = (_LINE_STOP if alone else _STOP).search(key, end)
    limit = min(stop.start() if stop else len(key), end + 700)
    rest = key[end:limit]
    if address := _ADDRESS.match(rest):  # the issuer stands in the citation, its district behind it
        end, rest = end + address.end(), rest[address.end() :]
    if _GOES_ON.match(rest) is None:
        return end
    if _TITLE_FOLLOWS.match(rest):
        return limit
    comma = rest.find(",")
    if comma < 0:
        return limit
    address = _ADDRESS.match(rest, comma)  # "của Ủy ban nhân dân xã A, huyện B, tỉnh C"
    return end + (address.end() if address else comma)


def is_other(mention: Mention, document: Document, key: str, region: str) -> bool:
    """Whether the same words name something that lives: the issuer itself, a department of a Sở, a namesake unit."""
    row, start, end = mention.row, mention.start, mention.end
    around = key[max(0, start - 40) : start]
    if around[-1:] in ("-", "/") and around[-2:-1].strip():
        return True  # the tail of a symbol (12/2020/TT-BGTVT)
    if row.kind == "co_quan" and re.search(r"^phòng ", key[start:end]):
        if re.match(r"[^.;,\n]{0,12}\b(?:thuộc |của )?(?:sở|bộ|tổng cục|cục)\b", key[end : end + 30]):
            return True
        if re.match(r"\s(?:xã|phường|cấp xã)\b", key[end : end + 10]):
            return True
    if row.kind == "chuc_danh" and re.search(r"phòng $", around):
        return True
    if row.kind == "thuat_ngu" and re.search(r"(?:tạm|tạm thời) $", around):
        return True
    if row.kind in ("don_vi", DISTRICT, "co_quan") and own_unit(document, key[start:end]):
        return True
    return row.kind == "don_vi" and not same_region(document, row, region)
