"""When a clause takes effect: the first day, or the last day of a term, as its words give it.

Forms read: a date; "kể từ ngày ký (ban hành)"; "sau 45 ngày kể từ ngày ký"; "kể từ ngày Nghị định này có hiệu lực";
"từ năm ngân sách 2026". What hangs on another act or an event stays None.
Source: Luật 64/2025/QH15, Điều 53 (time of effect); Nghị định 78/2025/NĐ-CP, Điều 66.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from extractors.dates import find_date
from extractors.patterns import lazy

ACT = (
    r"(?:bộ luật|luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư(?: liên tịch)?|chỉ thị|quy chế|quy định|"
    r"quy chuẩn|kế hoạch|"
    r"đề án|chương trình|phương án|hướng dẫn|văn bản|điều lệ|công văn)"
)
_SIGNED = lazy(
    r"từ\s+ngày\s+(?:được\s+)?(?:ký|ban hành|thông qua)|sau\s+ngày\s+(?:được\s+)?(?:ký|ban hành|thông qua)|"
    r"ngày\s+(?:được\s+)?(?:ký|ban hành)|từ\s+(?:khi\s+)?(?:được\s+)?(?:ký|ban hành)|được thông qua"
)
_COUNTS = {"năm": 5, "bảy": 7, "mười": 10, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30, "bốn mươi lăm": 45}
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_AFTER = lazy(
    rf"(?:sau|kể từ|từ)\s+(?:thời hạn\s+)?(?:(?P<days>\d{{1,3}})|(?P<words>{_COUNT}))\s*,?\s*(?:\([^)]{{1,40}}\)\s*)?"
    r"ngày\s*,?\s*(?P<working>làm việc\s*)?(?:kể\s+)?(?:từ\s+)?(?:sau\s+)?(?:ngày|khi)?\s*(?:được\s+)?"
    r"(?:hội đồng nhân dân\s[^,.;]{1,60}?\s)?(?:ký|ban hành|thông qua)"
)
_OWN_DAY = lazy(
    rf"(?:từ|sau|ngay)\s+(?:ngày|khi|thời điểm|thời gian)\s+(?:mà\s+)?{ACT}(?:\s+này)?\s*"
    r"(?:chính thức\s+)?(?:bắt đầu\s+)?có hiệu lực"
)
_BUDGET = lazy(r"từ năm (?:ngân sách|tài chính|tài khóa)?\s*(?P<year>20\d\d)(?!\s*-)")
# Every branch begins with a letter, so that a scan can skip to one of them (masked text is long).
_DAY = r"\s+(?:ngày|thời điểm|0\s*giờ)?\s*(?=[\dn])"
_FROM = lazy(
    rf"kể\s+từ{_DAY}|từ{_DAY}|vào{_DAY}|bắt đầu{_DAY}|sau{_DAY}|có hiệu lực(?: thi hành)?\s*:?\s*(?=ngày|\d)"
)
_UNTIL = r"\s+(?:hết\s+|ngày\s+cuối\s+)?(?:ngày\s+)?(?=[\dn])"
_TO = lazy(rf"cho\s+(?:đến|tới|hết){_UNTIL}|đến{_UNTIL}|tới{_UNTIL}|hết{_UNTIL}")
_TO_YEAR_END = lazy(r"(?:đến|tới)\s+hết\s+năm\s+(?P<year>20\d\d)")


@dataclass(frozen=True, slots=True)
class When:
    """`first`: first day of the effect; `last`: last day of a term; `own`: on the day this act takes effect."""

    first: date | None = None
    last: date | None = None
    own: bool = False
    found: bool = False


def when(words: str, start: int, end: int, signed: date | None) -> When:
    """What `words[start:end]` (lower case) says about the time; `signed` is the act's own date of issue."""
    last = _last(words, start, end)
    stop = last[1] if last else end
    until = last[0] if last else None
    if after := _AFTER.search(words, start, stop):
        if after["working"]:
            return When(None, until, found=True)  # holidays are not known here
        days = int(after["days"]) if after["days"] else _COUNTS[" ".join(after["words"].split())]
        return When(signed + timedelta(days=days) if signed else None, until, found=True)
    if _OWN_DAY.search(words, start, stop):
        return When(None, until, own=True, found=True)
    for match in _FROM.finditer(words, start, stop):
        day = find_date(words, match.end(), stop)
        if day and day.start - match.end() <= 6:
            return When(day.date, until, found=True)
    if _SIGNED.search(words, start, stop):
        return When(signed, until, found=True)
    if budget := _BUDGET.search(words, start, stop):
        return When(date(int(budget["year"]), 1, 1), until, found=True)
    return When(None, until, found=until is not None)


def _last(words: str, start: int, end: int) -> tuple[date, int] | None:
    """Last day of a term ("đến hết ngày …", "đến ngày …"), and where its words begin."""
    for match in _TO.finditer(words, start, end):
        day = find_date(words, match.end() - 5 if words[match.end() - 5 : match.end()] == "ngày " else match.end(), end)
        if day and day.start <= match.end():
            return day.date, match.start()
    if year := _TO_YEAR_END.search(words, start, end):
        return date(int(year["year"]), 12, 31), year.start()
    return None
