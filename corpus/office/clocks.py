"""What is due, until when, on what ground: a pure function of the register of documents and of what the office keeps.

A term "kể từ ngày" begins on the day after (Civil Code 2015, Art. 147.2), so ten days from 1 March end on 11 March. A
last day that is a day off is shown as it is, never later: better a day early than late. Working days leave out
Saturdays, Sundays, the holidays of fixed date (Labour Code 2019, Art. 112) and the days off that the settings name
(Tết, Giỗ Tổ).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from corpus.model import Clock, Conclusion, Decision, LedgerEntry, Opinion, ReviewRequest, SelfCheck
from corpus.territory import unit_key

ND_79 = "Nghị định số 79/2025/NĐ-CP"
_FIXED_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))
_TOLD_DAYS = 7
_SINCE = date(2025, 4, 1)
"""First day of NĐ 79/2025: earlier documents have no clock of its Art. 12."""


def clocks(
    today: date,
    ledger: Iterable[LedgerEntry] = (),
    decisions: Mapping[str, Decision] | None = None,
    conclusions: Iterable[Conclusion] = (),
    opinions: Iterable[Opinion] = (),
    self_checks: Mapping[str, SelfCheck] | None = None,
    requests: Iterable[ReviewRequest] = (),
    published_years: Iterable[int] = (),
    days_off: Iterable[date] = (),
    handled: frozenset[str] = frozenset(),
    unit: str | None = None,
) -> tuple[Clock, ...]:
    """Everything that is due, soonest first. What is done has no clock.

    `decisions` by finding id, with their due days; `handled`: ids of findings and keys of documents dealt with;
    `published_years`: years whose list of ended documents is already out; `days_off` beside those of fixed date;
    `unit`: whose office it is (None: not known, then every document under review counts as its own).
    """
    free = frozenset(days_off)
    entries, asked = tuple(ledger), tuple(conclusions)
    found = [
        *_self_checks(entries, self_checks or {}, free, unit), *_conclusions(asked, free), *_opinions(opinions),
        *_requests(requests), *_decided(decisions or {}, handled),
        *_publications(today, asked, (self_checks or {}).values()),
        *_calendar(today, entries, frozenset(published_years)),
    ]  # fmt: skip
    made = [replace(one, days_left=(one.due - today).days) for one in found]
    return tuple(sorted(made, key=lambda c: (c.due, c.code, c.document or "", c.name or "", c.finding or "")))


def working_days_after(day: date, count: int, days_off: frozenset[date] = frozenset()) -> date:
    """The `count`-th working day after `day`.

    >>> working_days_after(date(2026, 11, 26), 5)  # a Thursday
    datetime.date(2026, 12, 3)
    """
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS and day not in days_off:
            count -= 1
    return day


def _self_checks(
    entries: Iterable[LedgerEntry], checks: Mapping[str, SelfCheck], free: frozenset[date], unit: str | None
) -> Iterator[Clock]:
    """Art. 12.2: 10 days from passing or signing, 5 working days if shortened; 12.5: 30 days to handle."""
    for entry in entries:
        own = entry.normative and not entry.predecessor and entry.level != "trung_uong" and _same_unit(entry, unit)
        check = checks.get(entry.key, SelfCheck(entry.key))
        if check.done is None:
            if not own or entry.date is None or entry.date < _SINCE or entry.state == "het_hieu_luc_toan_bo":
                continue
            short = check.shortened
            due = working_days_after(entry.date, 5, free) if short else entry.date + timedelta(days=10)
            term = "05 ngày làm việc, trình tự, thủ tục rút gọn" if short else "10 ngày kể từ ngày ký"
            yield _clock("tu_kiem_tra", f"Tự kiểm tra văn bản ({term})", due, f"khoản 2 Điều 12 {ND_79}", entry.key,
                         entry.symbol)  # fmt: skip
        elif check.unlawful and check.handled is None:
            due = (check.reported or check.done) + timedelta(days=30)
            yield _clock("xu_ly_tu_kiem_tra", "Xử lý văn bản theo kết quả tự kiểm tra", due,
                         f"khoản 5 Điều 12 {ND_79}", entry.key, entry.symbol)  # fmt: skip


def _same_unit(entry: LedgerEntry, unit: str | None) -> bool:
    """Whether a document is of the office's own unit, its council's or its committee's; what is not known may be."""
    if unit is None or entry.issuer is None:
        return True
    theirs, own = unit_key(entry.issuer), unit_key(unit)
    return theirs is None or own is None or theirs.startswith(own) or own.startswith(theirs)


def _conclusions(conclusions: Iterable[Conclusion], free: frozenset[date]) -> Iterator[Clock]:
    """Art. 25.1: 5 working days to object; 26.1: 30 days to handle; 26.2: 10 days, or 5 working days, after a no."""
    for one in conclusions:
        if one.done is not None:
            continue
        start = one.received or one.date
        name = one.symbol or one.body
        if one.due is not None:
            due, ground = one.due, "thời hạn ghi trong kết luận"
        elif one.refused is not None and one.refused_above:
            due, ground = working_days_after(one.refused, 5, free), f"điểm b khoản 2 Điều 26 {ND_79}"
        elif one.refused is not None:
            due, ground = one.refused + timedelta(days=10), f"điểm a khoản 2 Điều 26 {ND_79}"
        elif one.objected is not None:
            yield _clock("tra_loi_kien_nghi", f"{one.body} trả lời kiến nghị về kết luận kiểm tra",
                         one.objected + timedelta(days=10), f"khoản 2 Điều 25 {ND_79}", one.document, name)  # fmt: skip
            continue
        else:
            due, ground = start + timedelta(days=30), f"khoản 1 Điều 26 {ND_79}"
            object_by = working_days_after(start, 5, free)
            yield _clock("kien_nghi_ket_luan", "Hạn kiến nghị xem xét lại kết luận kiểm tra (nếu có căn cứ)", object_by,
                         f"khoản 1 Điều 25 {ND_79}", one.document, name)  # fmt: skip
        yield _clock("xu_ly_ket_luan", f"Xử lý văn bản theo kết luận của {one.body}", due, ground, one.document, name)


def _publications(today: date, conclusions: Iterable[Conclusion], checks: Iterable[SelfCheck]) -> Iterator[Clock]:
    """Art. 28.1: the document that handles an unlawful one is published within 3 days and posted; told for a week."""
    done = [(one.document, one.done) for one in conclusions] + [(one.document, one.handled) for one in checks]
    for document, day in done:
        if day is not None and day <= today <= day + timedelta(days=_TOLD_DAYS):
            yield _clock("cong_bo_xu_ly", "Công bố, niêm yết văn bản xử lý văn bản trái pháp luật",
                         day + timedelta(days=3), f"khoản 1 Điều 28 {ND_79}", document)  # fmt: skip


def _opinions(opinions: Iterable[Opinion]) -> Iterator[Clock]:
    for one in opinions:
        if one.answered is None and one.due is not None:
            yield _clock("y_kien", f"{one.unit} trả lời ý kiến về kết quả rà soát", one.due,
                         f"khoản 1 Điều 42 {ND_79}", one.document, one.unit)  # fmt: skip


def _requests(requests: Iterable[ReviewRequest]) -> Iterator[Clock]:
    """Art. 36.2 gives no number of days for the notice of receipt: it is due at once, that is on the day of receipt."""
    for one in requests:
        if one.answered is None:
            what = f"Thông báo đã tiếp nhận (hoặc chuyển) kiến nghị rà soát của {one.sender}"
            yield _clock("kien_nghi_ra_soat", what, one.received, f"khoản 2 Điều 36 {ND_79}", one.document, one.number)


def _decided(decisions: Mapping[str, Decision], handled: frozenset[str]) -> Iterator[Clock]:
    for finding, one in decisions.items():
        if finding in handled:
            continue
        if one.verdict in ("dong_y", "sua") and one.due is not None:
            who = f" ({one.unit})" if one.unit else ""
            yield _clock("xu_ly", f"Thời hạn xử lý phát hiện{who}", one.due, "thời hạn đã ghi khi quyết định",
                         finding=finding)  # fmt: skip
        elif one.verdict == "hoan" and one.until is not None:
            yield _clock("xem_lai", "Xem lại phát hiện đã hoãn", one.until, "ngày đã ghi khi quyết định",
                         finding=finding)  # fmt: skip


def _calendar(today: date, entries: tuple[LedgerEntry, ...], published: frozenset[int]) -> Iterator[Clock]:
    """The days of the calendar: yearly list (Art. 43.1), 1 March 2027 (Luật 72/2025), systematization (Art. 49, 51).

    A list that is late is told until the end of March; then the next one is.
    """
    year = today.year - 1
    if year in published or today > date(today.year, 3, 31):
        year = today.year
    if year not in published and year >= 2025:
        yield _clock("danh_muc_nam", f"Công bố danh mục văn bản hết hiệu lực, tạm ngưng hiệu lực năm {year}",
                     date(year + 1, 1, 31), f"khoản 1 Điều 43 {ND_79}", None, str(year))  # fmt: skip
    in_line = date(2027, 3, 1)
    if today <= in_line and any(entry.date and entry.date < in_line for entry in entries):
        what = "Văn bản về tổ chức, nhiệm vụ của chính quyền địa phương phải phù hợp với Luật số 72/2025/QH15"
        yield _clock("luat_72", what, in_line, "quy định chuyển tiếp của Luật số 72/2025/QH15")
    cut = today.year + (3 - today.year) % 5
    if today <= date(cut - 4, 3, 1):
        yield _clock("cong_bo_he_thong_hoa", f"Công bố kết quả hệ thống hóa văn bản kỳ {cut - 9}-{cut - 5}",
                     date(cut - 4, 3, 1), f"Điều 51 {ND_79}", None, str(cut - 5))  # fmt: skip
    yield _clock("he_thong_hoa", f"Thời điểm hệ thống hóa văn bản kỳ {cut - 4}-{cut}", date(cut, 12, 31),
                 f"khoản 1 Điều 49 {ND_79}", None, str(cut))  # fmt: skip


def _clock(
    code: str, what: str, due: date, ground: str, document: str | None = None, name: str | None = None,
    finding: str | None = None,
) -> Clock:  # fmt: skip
    return Clock(code, what, due, 0, ground, document, name, finding)
