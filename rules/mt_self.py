"""MT05: a document that contradicts itself: spans of time, dates, targets, names of standards (sums: `mt_sums`).

Each check is a small function that yields faults: the places (main one first), a message, a certainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from corpus.model import Certainty, Document, Finding
from corpus.text import fold_words, tone_key
from rules.align import Sentence, grams, sentences
from rules.base import Context, finding, place, rule, signed, spoken_date
from rules.mt_annexes import wrong_annexes
from rules.mt_counts import wrong_counts
from rules.mt_sums import span_of, wrong_sums
from rules.mt_tables import Fault, wrong_totals
from rules.own_text import foreign
from rules.parameters import Parameter
from rules.quantities import number, said

TOLERANCE = Parameter("MT05", "sai_so", 0.0, "%", 0.0, 10.0,
                      "phần chênh được bỏ qua giữa dòng tổng cộng và các dòng của bảng (số làm tròn)")  # fmt: skip


@rule("MT05", "Văn bản tự mâu thuẫn (số liệu, ngày, chỉ tiêu, tổng cộng)", "trung_binh", "", "xem_xet",
      parameters=(TOLERANCE,))  # fmt: skip
def mt05(document: Document, context: Context) -> Iterator[Finding]:
    """The document contradicts itself: numbers, dates, names, totals of tables.

    Tìm: hai chỗ của cùng một văn bản không khớp nhau: tổng không bằng các phần, đơn giá nhân số lượng khác tổng,
    ngày kết thúc trước ngày bắt đầu, hai chỉ tiêu khác nhau về cùng một việc.
    Căn cứ: không có; văn bản phải thống nhất trong chính nó.
    Ký ngày: 15/3/2022
    Có phát hiện: Kinh phí 500.000 đồng/thôn, tổng 10 thôn là 6.000.000 đồng.
    Không phát hiện: Kinh phí 500.000 đồng/thôn, tổng 10 thôn là 5.000.000 đồng.
    Kiến nghị: nghiên cứu, xem xét thống nhất lại. Hai mức sàn cùng đúng được (“trên 70%” và “80% trở lên”) chỉ là
    gợi ý.
    """
    own = [s for s in sentences(document) if not foreign(document, s.start)]
    checks = (
        wrong_sums, wrong_counts, wrong_annexes, _limits, _days_back, _hours, _week, _decline, _targets, _standards,
        _schedule,
    )  # fmt: skip
    done: set[int] = set()
    for check in checks:
        for spans, message, certainty in check(document, own):
            if spans[0][0] not in done:
                done.add(spans[0][0])
                yield _finding(document, spans, message, certainty)
    totals = wrong_totals(document, TOLERANCE.share(context.settings.values))
    for spans, message, certainty in (*totals, *_attached_effect(document)):
        yield _finding(document, spans, message, certainty)


def _finding(document: Document, spans: Sequence[tuple[int, int]], message: str, certainty: Certainty) -> Finding:
    ocr = any(line.confidence is not None for line in document.lines)
    return finding(
        ("MT05", "trung_binh", ""), document, [place(document, start, end) for start, end in spans], message,
        certainty="goi_y" if ocr else certainty, proposal="xem_xet",
    )  # fmt: skip


# --- time ------------------------------------------------------------------------------------------

_LIMIT = re.compile(r"thời (?:gian|hạn) (?:giải quyết|xử lý|thẩm định|trả kết quả|trả lời|xem xét)")


def _limits(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """Two time limits for one matter: the second sentence names the article of the first, and another number."""
    found = [
        (sentence, q) for sentence in own if _LIMIT.search(tone_key(sentence.text))
        for q in sentence.numbers if q.unit in ("ngày", "ngày làm việc", "giờ", "tháng") and q.high is None
    ]  # fmt: skip
    for sentence, q in found:
        named = {
            target.provision for citation in document.citations
            if sentence.start <= citation.start < sentence.end for target in citation.targets
            if target.self_ and target.provision
        }  # fmt: skip
        for other, their in found:
            here = _article(other)
            if other is sentence or here is None or here not in named or here == _article(sentence):
                continue
            if their.unit == q.unit and their.value != q.value:
                yield [_all(sentence), _all(other)], (
                    f"Thời hạn của cùng một việc chưa thống nhất: {said(q.value)} {q.unit} ở đây, {said(their.value)} "
                    f"{their.unit} tại điều được dẫn."
                ), "can_kiem_tra"  # fmt: skip


_DATE = r"(?:ngày\s)?(\d{1,2})(?:\stháng\s|/)(\d{1,2})(?:(?:\snăm\s|/)(\d{4}))?"
_FROM_TO = re.compile(rf"từ\s{_DATE}\s(?:đến|tới)(?:\shết)?\s{_DATE}")


_DAY_TO = re.compile(r"từ ngày (\d{1,2}) (?:đến|tới)(?: hết)? ngày (\d{1,2}) tháng \d{1,2}")


def _days_back(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """A span of days that ends before it begins."""
    for sentence in own:
        key = tone_key(sentence.text)
        for match in _DAY_TO.finditer(key):
            if int(match[2]) < int(match[1]):
                message = f"Ngày kết thúc ({match[2]}) trước ngày bắt đầu ({match[1]})."
                yield span_of(sentence, *match.span()), message, "chac_chan"
        for match in _FROM_TO.finditer(key):
            day, month, year, day2, month2, year2 = match.groups()
            last = year2 or year
            if not last:
                continue
            begin, end = _day(day, month, year or last), _day(day2, month2, last)
            if begin and end and end < begin and (year or int(month) <= int(month2)):
                yield span_of(sentence, *match.span()), (
                    f"Ngày kết thúc {spoken_date(end)} trước ngày bắt đầu {spoken_date(begin)}."
                ), "chac_chan"  # fmt: skip


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_CLOCK = re.compile(
    r"từ\s(\d{1,2})\s(?:giờ|h)(?:\s?(\d{2})(?:\sphút)?)?\sđến\s(\d{1,2})\s(?:giờ|h)(?:\s?(\d{2})(?:\sphút)?)?"
    r"[^.;\n]{0,30}?\b(?:tối đa|không quá|ít nhất|đủ|là|trong)\s(\d{1,2})\sgiờ"
)


def _hours(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """Hours from … to … that are fewer than the number of hours said."""
    for sentence in own:
        for match in _CLOCK.finditer(tone_key(sentence.text)):
            begin = int(match[1]) * 60 + int(match[2] or 0)
            end = int(match[3]) * 60 + int(match[4] or 0)
            long = end - begin
            if 0 < long < int(match[5]) * 60:
                yield span_of(sentence, *match.span()), (
                    f"Khoảng giờ ghi ở đây dài {said(Fraction(long, 60))} giờ, nhưng văn bản ghi {int(match[5])} giờ."
                ), "chac_chan"  # fmt: skip


_DAYS = {"hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}
_WORK_WEEK = re.compile(r"từ\sthứ\s(hai|ba|tư|năm|sáu|bảy)\sđến\s(?:hết\s)?thứ\s(hai|ba|tư|năm|sáu|bảy)")


def _week(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """Hours a day, hours a week and days of the week that do not fit."""
    for sentence in own:
        key = tone_key(sentence.text)
        daily = re.search(r"(\d{1,2})\sgiờ\s?(?:mỗi|một|/|trong một)\s?ngày", key)
        weekly = re.search(r"(\d{1,2})\sgiờ\s?(?:mỗi|một|/|trong một)\s?tuần", key)
        days = _WORK_WEEK.search(key)
        if daily and weekly and days:
            count = _DAYS[days[2]] - _DAYS[days[1]] + 1
            if count > 0 and int(daily[1]) * count != int(weekly[1]):
                start = min(daily.start(), weekly.start(), days.start())
                yield span_of(sentence, start, max(daily.end(), weekly.end(), days.end())), (
                    f"{int(daily[1])} giờ mỗi ngày × {count} ngày = {int(daily[1]) * count} giờ mỗi tuần, nhưng văn "
                    f"bản ghi "
                    f"{int(weekly[1])} giờ."
                ), "chac_chan"  # fmt: skip


def _schedule(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """Working days Monday to Friday in one clause, work on Saturday in another of the same article."""
    for sentence in own:
        week = _WORK_WEEK.search(tone_key(sentence.text))
        if week is None or "làm việc" not in tone_key(sentence.text + " " + sentence.headings):
            continue
        for other in own:
            if other is sentence or _article(other) != _article(sentence):
                continue
            extra = re.search(r"thứ\s(hai|ba|tư|năm|sáu|bảy)\s(?:hằng|hàng)\stuần\slàm\sviệc", tone_key(other.text))
            if extra and not _DAYS[week[1]] <= _DAYS[extra[1]] <= _DAYS[week[2]]:
                yield [_all(other), _all(sentence)], (
                    f"Chỗ này ghi làm việc thứ {extra[1].capitalize()}, chỗ khác của cùng điều chỉ ghi làm việc từ thứ "
                    f"{week[1].capitalize()} đến thứ {week[2].capitalize()}."
                ), "can_kiem_tra"  # fmt: skip


def _article(sentence: Sentence) -> str | None:
    unit = sentence.provision
    if unit is None:
        return None
    parts = unit.id.split("__")
    cut = next((i for i, part in enumerate(parts) if part.startswith("art_")), 0)
    return "__".join(parts[: cut + 1])


_FALL = re.compile(
    r"từ\s(\d{1,2}(?:,\d{1,2})?)\s?%\s(?:giảm\s)?xuống(?:\scòn)?\s(?:dưới\s)?(\d{1,2}(?:,\d{1,2})?)\s?%(?P<mid>[^.;\n]{0,120}?)"
    r"bình quân mỗi năm giảm\s(?:từ\s)?(\d{1,2}(?:,\d{1,2})?)\s?%"
)


def _decline(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """A fall over some years that is not the yearly fall times the years."""
    day = signed(document)
    title = (document.masthead.title if document.masthead else None) or document.text[:400]
    span = re.search(r"(20\d{2})\s?[-–]\s?(20\d{2})", title)
    for sentence in own:
        match = _FALL.search(tone_key(sentence.text))
        if match is None:
            continue
        high, low, yearly = (number(match[i]) for i in (1, 2, 4))
        end = re.search(r"năm\s(20\d{2})", match["mid"])
        last = int(end[1]) if end else int(span[2]) if span else None
        first = day.year if day else int(span[1]) if span else None
        if None in (high, low, yearly) or last is None or first is None or last < first:
            continue
        assert high is not None
        assert low is not None
        assert yearly is not None
        fall, years = high - low, range(max(1, last - first), last - first + 2)
        if all(abs(yearly * count - fall) > fall * Fraction(15, 100) for count in years):
            yield span_of(sentence, match.start(), match.end()), (
                f"Giảm từ {said(high)}% xuống {said(low)}% là {said(fall)} điểm phần trăm; mức bình quân "
                f"{said(yearly)}% mỗi "
                f"năm không khớp với thời gian đến năm {last}."
            ), "can_kiem_tra"  # fmt: skip


# --- targets and names -----------------------------------------------------------------------------


def _targets(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """Two different shares for one and the same target."""
    clauses = [
        (sentence, q, _indicator(sentence, q.start)) for sentence in own
        if _TARGET.search(tone_key(sentence.text))
        for q in sentence.numbers if q.unit == "%" and q.high is None and q.bound != "max"
    ]  # fmt: skip
    for i, (sentence, q, words) in enumerate(clauses):
        for other, their, theirs in clauses[i + 1 :]:
            if other is sentence or q.value == their.value or len(words) < 5 or len(theirs) < 5:
                continue
            shared = len(words & theirs) / min(len(words), len(theirs))
            if shared < 0.75 or len(words & theirs) / max(len(words), len(theirs)) < 0.45:
                continue
            if min(_alone(words, theirs), _alone(theirs, words)) >= 2:
                continue  # each says something that the other does not: two targets, not one
            floors = (q.bound == "min" and their.bound == "min") or _section(sentence) == _section(other)
            yield [_all(sentence), _all(other)], (
                f"Hai chỉ tiêu chưa thống nhất về cùng một việc: {said(q.value)}% ở đây, {said(their.value)}% ở chỗ "
                f"khác."
            ), "goi_y" if floors else "can_kiem_tra"  # fmt: skip


_TARGET = re.compile(r"phấn đấu|đạt|tỷ lệ|chỉ tiêu|mục tiêu")


def _section(sentence: Sentence) -> str:
    """The first two steps of a provision id: targets of one section stand beside each other and differ for a reason."""
    return "__".join(sentence.provision.id.split("__")[:2]) if sentence.provision else ""


def _alone(words: frozenset[str], others: frozenset[str]) -> int:
    return sum(" " not in gram for gram in words - others)


def _indicator(sentence: Sentence, offset: int) -> frozenset[str]:
    """Words of the part of the sentence that ends at a number: what the share is of."""
    left = max(sentence.text.rfind(",", 0, offset), sentence.text.rfind(":", 0, offset)) + 1
    share = tone_key(sentence.text).rfind("tỷ lệ", 0, offset)
    if share >= 0 and ":" not in sentence.text[share:offset] and not any(
        share < q.start < offset - 1 for q in sentence.numbers
    ):
        left = min(left, share)  # "tỷ lệ trường tiểu học, trung học hoàn thiện kho số đạt": one target, commas and all
    words = sentence.text[left:offset]
    return grams(re.sub(r"(?i)phấn đấu|đạt|tỷ lệ|đến tháng|trong đó", " ", words))


_STANDARD = re.compile(r"(?:TCVN|ISO|QCVN)(?:\s(?:ISO|TCVN))?\s?(\d{3,5}(?:-\d{1,2})?:\d{4})")


def _standards(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """One standard under two names (TCVN 9001:2015, TCVN ISO 9001:2015)."""
    by_number: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for match in _STANDARD.finditer(document.text):
        name = fold_words(match[0])
        by_number.setdefault(match[1], {}).setdefault(name, []).append(match.span())
    for names in by_number.values():
        if len(names) > 1:
            ordered = sorted(names, key=lambda name: (len(names[name]), len(name)))
            rare, usual = names[ordered[0]], names[ordered[-1]]
            yield [rare[0], usual[0]], (
                f"Tên tiêu chuẩn ghi không thống nhất: “{document.text[slice(*rare[0])]}” ở đây, "
                f"“{document.text[slice(*usual[0])]}” ở chỗ khác."
            ), "can_kiem_tra"  # fmt: skip


# --- attached texts ------------------------------------------------------------------------------


def _attached_effect(document: Document) -> Iterator[Fault]:
    """An attached text that takes effect before the decision that issues or recognises it was signed."""
    day = signed(document)
    if day is None:
        return
    attached = [unit for unit in document.provisions if unit.id.startswith("att_") and "__" not in unit.id]
    for unit in attached:
        words = tone_key(document.text[unit.start : unit.end])
        for match in re.finditer(rf"có hiệu lực (?:thi hành )?(?:kể )?từ {_DATE}", words):
            begin = _day(match[1], match[2], match[3]) if match[3] else None
            if begin and begin < day:
                yield [(unit.start + match.start(), unit.start + match.end())], (
                    f"Văn bản kèm theo ghi có hiệu lực từ ngày {spoken_date(begin)}, trước ngày ký {spoken_date(day)}."
                ), "can_kiem_tra"  # fmt: skip


def _all(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, sentence.end
