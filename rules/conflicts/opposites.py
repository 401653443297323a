"""MT02, continued: ways of doing one thing of which a text can have only one ("bỏ phiếu kín", "biểu quyết công khai").

A closed list of pairs. Where the higher clause has one way and the local clause on the same matter the other, and
neither has both, they differ although no "không" stands in either.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rules.align import specific
from rules.norms import plain

SAME_CASE = 0.5
"""Least share of the local clause's own words, the way itself left out, that the higher clause has."""
_PAIRS: tuple[tuple[str, str], ...] = (
    # one way; the other
    (r"(?:bỏ )?phiếu kín", r"biểu quyết công khai|giơ tay|bỏ phiếu công khai"),
    (r"(?:chỉ )?(?:được )?hưởng (?:một|01|1) (?:trong các )?(?:mức|chế độ|chính sách)"
     r"|(?:một|01|1) (?:mức|chế độ|chính sách)[^,;.]{0,20} cao nhất|(?:mức|chế độ|chính sách) cao nhất",
     r"(?:tất cả|đồng thời|toàn bộ|cả|cộng dồn|đầy đủ) (?:các |những )?(?:mức|chế độ|chính sách|khoản)"
     r"|hưởng (?:đồng thời|cộng dồn)"),
    (r"tự nguyện|không bắt buộc|không ép buộc", r"bắt buộc(?! thuộc)|(?:phải|có nghĩa vụ|có trách nhiệm) (?:đóng|nộp)"),
    (r"hoạt động kiêm nhiệm|(?:làm việc )?kiêm nhiệm", r"chuyên trách(?! và)"),
    (r"miễn phí|không thu (?:phí|tiền|lệ phí)", r"(?:phải nộp|nộp|có thu) (?:phí|lệ phí|tiền)"),
    (r"(?:trực tiếp|trực tuyến)(?:,| hoặc| và)[^;.]{0,80}(?:trực tuyến|điện tử|điện thoại|bưu chính)",
     r"chỉ (?:được )?(?:thực hiện |tiếp nhận |nộp |nhận |giải quyết ){0,2}(?:hồ sơ )?trực tiếp"),
    (r"(?:thông qua|quyết định) (?:khi|nếu)[^;.]{0,40}quá (?:nửa|bán)",
     r"(?:toàn bộ|100 ?%|tất cả)[^;.]{0,30}(?:tán thành|nhất trí)"),
)  # fmt: skip
_OPPOSITES = tuple((re.compile(rf"(?<!\w)(?:{a})"), re.compile(rf"(?<!\w)(?:{b})")) for a, b in _PAIRS)


def opposite_ways(local: str, higher: str) -> tuple[str, str] | None:
    """The local and the higher words for two ways of which only one can hold; None where they do not meet.

    >>> opposite_ways("Việc bãi nhiệm thì biểu quyết công khai.", "trường hợp bãi nhiệm thì bỏ phiếu kín.")
    ('biểu quyết công khai', 'bỏ phiếu kín')
    """
    for own, theirs in zip(_ways(local), _ways(higher), strict=True):
        mine, yours = next(filter(None, own), None), next(filter(None, theirs), None)
        if mine is None or yours is None or all(own) or all(theirs) or bool(own[0]) is bool(theirs[0]):
            continue
        case = specific(plain(local).replace(mine, " "))
        if len(case & specific(plain(higher))) >= SAME_CASE * len(case):
            return mine, yours
    return None


@lru_cache(maxsize=8_000)
def _ways(text: str) -> tuple[tuple[str | None, str | None], ...]:
    """For each pair of ways the words by which a text has the one and the other."""
    key = plain(text)
    return tuple(
        (one[0] if (one := first.search(key)) else None, other[0] if (other := second.search(key)) else None)
        for first, second in _OPPOSITES
    )
