"""MT02, continued: a duty that a local text lays on people and that the higher text frees them from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Document, Finding
from rules.align import GENERIC
from rules.base import Context
from rules.conflicts.sides import chosen, own_clauses, run, words
from rules.conflicts.words import against, quoted
from rules.norms import Clause, plain

SHARED = 4
"""Least number of words in a row that the freed deed and the local duty have in common."""
OF_THE_DEED = 0.5
"""Least share of the freed deed's words that those in a row make up."""
_CUT = frozenset(("dụng", "phí", "tiền", "quyền", "giấy", "phép", "đơn", "hồ", "bản", "hợp"))
"""Syllables with which no name of a thing ends: a stretch that does shares a deed, not its object."""
NEAR = 10
"""Words after the duty in which an exception to it would stand."""
_DEED = (
    r"thành lập|thực hiện|làm|nộp|xin|có|lập|đăng ký|trình|xuất trình|cung cấp|chứng thực|công chứng|thông báo"
    r"|báo cáo|kê khai|trả|bồi thường|chịu|đóng|ký|thẩm định|phê duyệt|lấy ý kiến|tổ chức|tham gia|xác nhận|qua|gửi"
    r"|bổ sung|sao|photo|đến|mua|thuê|lắp đặt|trang bị|kiểm tra|xác minh|được (?:cấp|sự)"
)
_FREES = re.compile(
    r"không (?:nhất thiết (?:phải )?|phải |bắt buộc (?:phải )?|cần (?:phải |thiết phải )?"
    r"|yêu cầu (?:\w{1,6} )?(?:phải )?)"
    rf"(?P<what>(?:{_DEED}) [^.;:()]{{6,160}})"
)
_IS_DEED = re.compile(rf"(?:{_DEED}|cấp|thủ tục) ")
_ENDS = re.compile(r" (?:theo|đối với|quy định|khi|nếu|trước|mà|trong|tại|để|trừ|và phải|như|thì)(?= )")
_DUTY = re.compile(
    r"(?<!không )(?:phải|có (?:trách nhiệm|nghĩa vụ)|bắt buộc)(?!\w)|(?:trách nhiệm|nghĩa vụ) (?:của|đối với)"
    r"|hồ sơ[^.;]{0,60}gồm|thành phần[^.;]{0,30}hồ sơ|yêu cầu|điều kiện"
)
_FREED_HERE = re.compile(
    r"không (?:nhất thiết|phải|bắt buộc|cần|yêu cầu)|miễn|trừ |trường hợp|nếu |thuộc diện|đối với|có yêu cầu"
    r"|theo quy định (?:của pháp luật|tại|của luật)"
)


@dataclass(frozen=True, slots=True)
class Freed:
    """A deed that a higher clause frees from: its clause, its words."""

    clause: Clause
    words: tuple[str, ...]
    said: str


def freed_duties(document: Document, context: Context) -> Iterator[Finding]:
    """Duties of this document whose deed a higher clause says need not be done."""
    sides = chosen(context, document)
    if sides is None:
        return
    freed = list(freed_deeds(sides[1]))
    if not freed:
        return
    for clause in own_clauses(document):
        key = plain(clause.text)
        if not (_DUTY.search(key) or any(_DUTY.search(plain(a)) for a in clause.above[-2:])):
            continue
        own = words(clause.text)
        for deed in freed:
            start, here, shared = run(deed.words, own)
            stretch = deed.words[start : start + shared]
            if shared < SHARED or shared < OF_THE_DEED * len(deed.words):
                continue
            if start + shared < len(deed.words) and stretch[-1] in _CUT:
                continue  # "nộp tiền sử dụng | đất", "| khu vực biển": two things
            if sum(word not in GENERIC for word in stretch) < 3 or not _IS_DEED.match(" ".join(stretch) + " "):
                continue
            if _FREED_HERE.search(" ".join(own[: here + shared + NEAR])):
                continue
            yield against(
                ("MT02", "cao"), document, (clause.start, clause.end), deed.clause.document, deed.clause.provision,
                f"Ở đây buộc làm việc “{' '.join(stretch)}”; {{where}} ghi {quoted(deed.said, 110)} cho trường hợp nêu "
                f"tại đó, mà ở đây không trừ ra",
                deed.clause.text,
            )  # fmt: skip
            break


def freed_deeds(found: Sequence[Clause]) -> Iterator[Freed]:
    """Deeds that these clauses say need not be done."""
    for clause in found:
        key = plain(clause.text)
        for match in _FREES.finditer(key):
            deed = _ENDS.split(match["what"], maxsplit=1)[0]
            kept = tuple(words(deed))[:14]
            if len(kept) >= SHARED:
                yield Freed(clause, kept, match[0][: match[0].find(deed) + len(deed)])
