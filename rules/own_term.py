"""How long a document gives itself: the last day of its own term, period or year of application (HL01)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.model import Document
from corpus.text import tone_key
from rules.base import in_force_from, signed


@dataclass(frozen=True, slots=True)
class Term:
    """Words `[start, end)` of the text that give a term, and its last day. `said`: the text gives the very day."""

    start: int
    end: int
    last: date
    said: bool = True


_SELF = re.compile(
    r"(?<!điều )(?<!khoản )(?:quyết định|nghị quyết|chỉ thị|quy định|quy chế|chính sách|văn bản) này\b"
)
_DAY = r"(?P<d>\d{1,2})\s?(?:tháng|/|-)\s?(?P<m>\d{1,2})\s?(?:năm|/|-)\s?(?P<y>\d{4})"
_ENDS = re.compile(rf"hết hiệu lực(?: thi hành)?,? (?P<how>kể từ|từ|vào|sau)(?: hết)? ngày {_DAY}")
_UNTIL = re.compile(
    rf"(?:có hiệu lực|áp dụng|thực hiện|thi hành)\b[^.;\n]{{0,120}}?\bđến (?:hết )?(?:hết )?(?:ngày {_DAY}"
    r"|(?:tháng (?P<mm>\d{1,2}) )?năm (?P<yy>\d{4}))"
)
_FOR = re.compile(
    r"(?:áp dụng|thực hiện|có hiệu lực)(?: thi hành| thực hiện)?"
    r"(?: đối với [^.;\n]{3,140}?,? (?:trong|cho)|(?: cho| trong)?)(?: các)? "
    r"(?:năm ngân sách|năm học|năm|giai đoạn|nhiệm kỳ|thời kỳ(?: ổn định)?(?: ngân sách)?)"
    r"(?: (?:nhà nước|địa phương))?(?: từ năm)? "
    r"(?P<y1>\d{4})(?P<more>(?:\s?(?:-|–|đến|và|,)\s?(?:năm (?:học )?)?\d{4}){0,5})"
)
_FOR_YEARS = re.compile(
    r"(?:có hiệu lực|áp dụng|thực hiện)(?: thi hành)?(?: trong| thời hạn){1,3}(?: là)? (?P<n>\d{1,2})"
    rf"(?: \([^)\n]{{1,20}}\))? (?P<unit>năm|tháng),? kể từ ngày "
    rf"(?:{_DAY}|ký|ban hành|có hiệu lực|quyết định|nghị quyết)"
)
_OPEN_END = re.compile(r"cho đến khi|tiếp tục|hằng năm|hàng năm|thay thế|bãi bỏ|không quá")


def own_term(document: Document) -> Term | None:
    """The term that the document gives itself in a clause; None where it gives none, or one with an open end."""
    key = tone_key(document.text)
    for match in _SELF.finditer(key):
        if _quoted(document, match.start()) or re.search(r"(?:điều|khoản|điểm|phụ lục|mục) [\w]{1,6}(?: của)? $",
                                                        key[max(0, match.start() - 24) : match.start()]):
            continue
        stop = min((i for i in (key.find("\n", match.end()), key.find(". ", match.end())) if i > 0), default=len(key))
        words = key[match.end() : min(stop, match.end() + 320)]
        found = _term_in(words, document)
        if found is None:
            continue
        end, last = found
        if not _OPEN_END.search(words[:end]):
            return Term(match.start(), match.end() + end, last)
    return None


def _term_in(words: str, document: Document) -> tuple[int, date] | None:
    """End of the words after "Quyết định này" that give its term, and its last day."""
    if match := _ENDS.search(words):
        day = _day(match)
        if day:
            return match.end(), day - timedelta(days=1) if match["how"] in ("kể từ", "từ") else day
    if match := _FOR_YEARS.search(words):
        first = _day(match) if match["d"] else (in_force_from(document) or signed(document))
        if first:
            months = int(match["n"]) * (12 if match["unit"] == "năm" else 1)
            return match.end(), _after(first, months)
    if match := _UNTIL.search(words):
        day = _day(match) if match["d"] else _end_of(int(match["yy"]), int(match["mm"] or 12))
        if day:
            return match.end(), day
    if (match := _FOR.search(words)) and not re.search(r"\btừ $", words[: match.start()]):
        years = [int(year) for year in re.findall(r"\d{4}", match["y1"] + match["more"])]
        return match.end(), _last_day(max(years), match[0])
    return None


_CARRIED_OUT = re.compile(
    r"(?m)^[\s\-–+*]{0,6}(?:(?:\d{1,2}|[ivx]{1,5}|[a-zđ])[.)]\s{0,3}){0,2}thời gian (?:thực hiện|tổ chức|triển khai)"
    r"(?P<what>[^:.;\n\d]{0,60})?:\s(?P<when>[^\n]{4,300})"
)
_TO_A_DAY = re.compile(r"(?:đến|tới)(?: hết)?(?: ngày| tháng)? \d")
_THE_PLAN = re.compile(r"phong trào|kế hoạch|chương trình|cuộc vận động|đợt thi đua")
_MONTH = re.compile(rf"{_DAY}|tháng (?P<mm>\d{{1,2}})(?:\s?/|,? năm) ?(?P<yy>\d{{4}})")


def carried_out(document: Document) -> Term | None:
    """When a plan is to be carried out by its one line on that ("Thời gian thực hiện: … đến hết tháng 3 năm 2026").

    The last month that the line names; None where it names none, where the plan goes on, or where several lines tell.
    """
    key = tone_key(document.text)
    lines = [match for match in _CARRIED_OUT.finditer(key) if not _quoted(document, match.start())]
    if len(lines) != 1 or not _TO_A_DAY.search(lines[0]["when"]) or _OPEN_END.search(lines[0]["when"]):
        return None
    title = (document.masthead.title if document.masthead else None) or ""
    if re.search(r"\d{4}", title) and not _THE_PLAN.search(lines[0]["what"] or ""):
        return None  # the title has a period of its own; this may be the time of one task
    days = [
        day for match in _MONTH.finditer(lines[0]["when"])
        if (day := _day(match) if match["d"] else _end_of(int(match["yy"]), int(match["mm"])))
    ]  # fmt: skip
    if not days:
        return None
    end = lines[0].end("when")
    return Term(end - len(lines[0]["when"]), end, max(days))


_TITLE_PERIOD = re.compile(
    r"\b(?:giai đoạn|thời kỳ(?: ổn định ngân sách)?|nhiệm kỳ|năm học|các năm)\s(?:từ năm )?(\d{4})"
    r"(?:\s?(?:-|–|đến|và)\s?(?:năm )?(\d{4}))?"
    r"|(?<!ngày )(?<!tháng )\bnăm(?: ngân sách| kế hoạch)? (\d{4})(?:\s?(?:-|–|và|,)\s?(?:năm )?(\d{4}))?"
    r"|(?:tầm nhìn|định hướng)(?: đến)? năm (\d{4})"
)
_OTHERS = re.compile(
    r"\b(?:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế|kéo dài|đính chính|tạm ngưng|công bố|hết hiệu lực)\b"
)
_DATES = re.compile(r"ngày \d{1,2}\s?(?:tháng|/|-)\s?\d{1,2}\s?(?:năm|/|-)\s?\d{4}|tháng \d{1,2}\s?(?:năm|/)\s?\d{4}")
# "năm 2022 và các năm tiếp theo", "từ năm 2022", "từ năm học 2025-2026": no end is given.
_GOES_ON = re.compile(
    r"(?:từ )?năm(?: ngân sách| học)? \d{4}(?:\s?-\s?\d{4})?,? (?:và|cho) (?:các|những) năm "
    r"(?:tiếp theo|sau|trong|kế tiếp)"
    r"|\btừ năm(?: ngân sách| học)? \d{4}(?:\s?-\s?\d{4})?(?!\s?(?:-|–|đến))"
)
_NAMED_ACT = re.compile(
    r"\b(?:luật|bộ luật|pháp lệnh|nghị định|nghị quyết|thông tư|quyết định)\b[^,;\n]{0,80}?\b(?:năm|ngày) [\d/ ]{4,12}"
    r"(?:tháng \d{1,2} )?(?:năm \d{4})?"
)


def title_period(document: Document) -> Term | None:
    """The last year that the title of a normative document names as its own period ("… năm 2022", "giai đoạn …")."""
    head = document.masthead
    span = head.spans.get("title") if head else None
    if span is None:
        return None
    key = tone_key(document.text[span[0] : span[1]]).replace("\n", " ")
    if _OTHERS.search(key):
        return None
    amending = re.search(r"\bsửa đổi\b|^(?:về (?:việc )?)?(?:ban hành quy định )?bổ sung\b", key.strip())
    key = _GOES_ON.sub(lambda m: " " * len(m[0]), _DATES.sub(lambda m: " " * len(m[0]), key))
    masked = _NAMED_ACT.sub(lambda m: " " * len(m[0]), key)
    for citation in document.citations:
        if span[0] <= citation.start < span[1]:
            a, b = citation.start - span[0], citation.end - span[0]
            masked = masked[:a] + " " * (b - a) + masked[b:]
    if amending:  # its rules are part of those it amends, whose period, not whose year, it may name
        masked = re.sub(r"\bnăm(?: ngân sách| kế hoạch)? \d{4}", lambda m: " " * len(m[0]), masked)
    found = [(int(year), match) for match in _TITLE_PERIOD.finditer(masked) for year in match.groups() if year]
    if not found:
        return None
    year, match = max(found, key=lambda pair: pair[0])
    if not 1990 < year < 2100:
        return None
    return Term(span[0] + match.start(), span[0] + match.end(), _last_day(year, match[0]), said=False)


def _last_day(year: int, words: str) -> date:
    """The last day of a year; a school year is over with August, whatever day the ministry closes it on."""
    return date(year, 8, 31) if "năm học" in words else date(year, 12, 31)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _end_of(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and 1990 < year < 2100):
        return None
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _after(first: date, months: int) -> date:
    """Last day of so many months that begin on `first`."""
    month = first.month - 1 + months
    year, month = first.year + month // 12, month % 12 + 1
    for day in (first.day, 30, 29, 28):
        try:
            return date(year, month, day) - timedelta(days=1)
        except ValueError:
            continue
    return date(year, month, 28)


def _quoted(document: Document, offset: int) -> bool:
    return any(quote.start <= offset < quote.end for quote in document.quotes)
