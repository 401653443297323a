"""Whether a clause gives a body a duty or power, or only names it (TN01 against TN02)."""

from __future__ import annotations

import re

from corpus.model import Document
from corpus.names.mention import Use

_GIVES_AFTER = re.compile(
    r"^[\s,)]{0,3}(?:[^\W\d_]{1,12}\s){0,3}?(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|hướng dẫn|kiểm tra|thẩm định"
    r"|chủ trì|phối hợp|tổ chức|theo dõi|tham mưu|xem xét|giải quyết|quyết định|phê duyệt|thực hiện|xử lý|tổng hợp"
    r"|giúp|trực|bố trí|cấp (?:bổ sung|kinh phí|giấy)|tiếp nhận|giám sát|hỗ trợ|quản lý|đôn đốc|phụ trách|xác nhận"
    r"|thống kê|lập|soạn|chuẩn bị|duyệt|thông báo|báo cáo|thẩm tra|thành lập|ban hành|quy định"
    r"|chỉ đạo|cho ý kiến|phân công|phân bổ|cung cấp|cho phép|công nhận|thông qua|triển khai|rà soát|vận động"
    r"|tuyên truyền|kiểm soát|bảo đảm|đảm bảo)(?!\w)"
)
_GIVES_BEFORE = re.compile(
    r"(?:báo cáo|gửi|nộp|qua|về|trình|chuyển|đề nghị|giao|phối hợp với|phối hợp|kết hợp với|chỉ đạo của|xin ý kiến"
    r"|lấy ý kiến|ý kiến của|mời|do|hướng dẫn của|quản lý của|kiểm tra của|giám sát của|thống nhất với|cùng|với"
    r"|đăng ký (?:tại|với)|thẩm định của|phê duyệt của|đồng ý của|chấp thuận của|quyết định của|cho)"
    r"[\s:(]{1,4}(?:[^\W\d_]{1,12}[\s,-]{1,3}){0,12}$"
)


_NUMBERED = r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,5}|[a-zđ]|điều \d{1,3})[.)]|[-+*])"
_HEADING = re.compile(rf"\s{{0,4}}{_NUMBERED}?\s{{0,3}}(?:giao |đối với |trách nhiệm (?:của )?)?")
_LINE_START = re.compile(rf"\s{{0,4}}{_NUMBERED}?\s{{0,3}}(?:các )?")
# A body that opens its clause and is followed by a plain word acts, whatever the verb.
_ACTS = re.compile(r"\s(?!(?:của|là|nay|cũ|và|hoặc|tại|ở|trên|thuộc|được|cấp|theo)\b)[^\W\d_]{2,12}\s")


def use_of(document: Document, key: str, start: int, end: int) -> Use:
    """Whether the clause gives a duty or power: the body acts, is reported to, or heads a unit of tasks."""
    line = key.rfind("\n", 0, start) + 1
    stop = key.find("\n", end)
    after = key[end : min(len(key) if stop < 0 else stop, end + 70)]
    left = max(line, start - 70, key.rfind(". ", 0, start) + 1, key.rfind(";", 0, start) + 1)
    before = key[left:start]
    if _GIVES_AFTER.search(after) or _GIVES_BEFORE.search(before):
        return "duty"
    if _LINE_START.fullmatch(key[line:start]) and _ACTS.match(after):
        return "duty"
    heading = _HEADING.fullmatch(key[line:start])
    return "duty" if heading and re.match(r"\s{0,2}[:.]?\s{0,2}$", after) else "name"
