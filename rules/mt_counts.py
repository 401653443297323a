"""Counts of one document that do not agree (for MT05): figures and their words, one matter counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from corpus.model import Document
from corpus.text import tone_key
from rules.align import Sentence
from rules.mt_tables import Fault
from rules.number_words import spelled_out
from rules.quantities import number, said


def wrong_counts(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """Figures that their own words contradict, and counts of one matter that differ between two places."""
    yield from _figures_and_words(own)
    yield from _counted_twice(own)


_WITH_WORDS = re.compile(
    r"(?<![\w.,/-])(?P<figures>\d{1,3}(?:\.\d{3}){1,4}|\d{1,9})(?P<unit> ?(?:đồng|đ|vnđ))? ?"
    r"\((?:(?:số tiền )?(?:viết )?bằng chữ ?:? ?)?(?P<words>[^()\d\n]{2,160})\)"
)


def _figures_and_words(own: Sequence[Sentence]) -> Iterator[Fault]:
    """A figure followed by other words in brackets ("50.000.000 đồng (Năm mươi lăm triệu đồng)")."""
    for sentence in own:
        for match in _WITH_WORDS.finditer(tone_key(sentence.text)):
            figure, words = number(match["figures"]), spelled_out(match["words"])
            if figure is None or words is None or figure == words:
                continue
            yield [(sentence.start + match.start(), sentence.start + match.end())], (
                f"Số ghi {said(figure)}, chữ trong ngoặc là {said(words)}."
            ), "chac_chan"


@dataclass(frozen=True, slots=True)
class _Count:
    sentence: Sentence
    value: Fraction
    before: tuple[str, ...]
    after: tuple[str, ...]
    span: tuple[int, int]


LED_BY = 3
"""Words in a row before two numbers that must be the same for both to count one matter."""
_NUMBER = re.compile(
    r"(?<![\w.,/%-])(?:(?:ít nhất|tối thiểu|không quá|tối đa|khoảng|trên|hơn|đủ) )?"
    r"(?P<n>\d{1,3}(?:\.\d{3}){1,3}|\d{1,6}) (?P<unit>(?!tháng|năm|ngày|quý|đồng|nghìn|triệu|tỷ|tỉ|giờ|phút|tuổi|lần"
    r"|khoản|điểm|điều)[^\W\d_]{1,8}(?: [^\W\d_]{1,8}){0,6})"
)
_OF_A_TIME = re.compile(
    r"(?:năm|quý|tháng) \d|giai đoạn|mỗi|hằng|từng|bình quân|/|so với|tăng|giảm|còn|đã|thêm|bổ sung"
)
_DONE = re.compile(
    r"(?<!\w)(?:thành lập|mở|tổ chức|giải quyết|đào tạo|xây dựng|trồng|hỗ trợ|duy trì|kết nạp|tuyển|vận động|kiện toàn"
    r"|hoàn thành|phát triển|kiên cố|lắp đặt|sửa chữa|cấp|bố trí|nâng cấp|thu hút|xóa|tặng)(?!\w)"
)
"""Deeds of which a plan says how many; a number without one is a number of a unit, a range, a share."""
_NO_COUNT = frozenset(
    ("điều", "khoản", "điểm", "mục", "số", "mẫu", "lục", "bảng", "biểu", "từ", "đến", "và", "hoặc", "trong", "dưới",
     "tuyến", "cấp", "hạng", "loại", "thứ", "lớp", "khối", "quận", "khóm", "tổ", "ấp", "thôn")
)  # fmt: skip
_STOPS = frozenset(("trong", "gồm", "bao", "và", "hoặc", "tại", "theo", "được", "do", "của", "thuộc", "ở", "trên"))
_WORD = re.compile(r"[^\W\d_]+")


def _counted_twice(own: Sequence[Sentence]) -> Iterator[Fault]:
    """One matter with two counts: the same words lead up to both, and the same thing is counted.

    Counts of a time, a part or a change ("năm 2025", "mỗi thôn", "tăng thêm") are other counts by right.
    """
    found = [count for sentence in own for count in _counts_of(sentence)]
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            if other.sentence is one.sentence or one.value == other.value or not _one_matter(one, other):
                continue
            yield [one.span, other.span], (
                f"Cùng một việc nhưng hai số: {said(one.value)} ở đây, {said(other.value)} ở chỗ khác "
                f"(“{' '.join((*one.before[-LED_BY:], '…', *one.after[:3]))}”)."
            ), "can_kiem_tra"
            break


def _counts_of(sentence: Sentence) -> Iterator[_Count]:
    key = tone_key(sentence.text)
    if _OF_A_TIME.search(key):
        return
    for match in _NUMBER.finditer(key):
        value = number(match["n"])
        clause = re.split(r"[,;:.()]", key[: match.start()])[-1]
        before, after = tuple(_WORD.findall(clause)), tuple(match["unit"].split())
        if value is None or len(before) < LED_BY or before[-1] in _NO_COUNT or not _DONE.search(clause):
            continue
        cut = next((k for k, word in enumerate(after) if word in _STOPS), len(after))
        if not cut:
            continue
        end = match.start("unit") + len(" ".join(after[:cut]))
        span = sentence.start + match.start() - len(clause.lstrip()), sentence.start + end
        yield _Count(sentence, value, before, after[:cut], span)


def _one_matter(one: _Count, other: _Count) -> bool:
    """Whether both counts are led up to by the same words and count the same thing."""
    a, b = one.before, other.before
    shared = next((k for k in range(min(len(a), len(b))) if a[-1 - k] != b[-1 - k]), min(len(a), len(b)))
    short, long = sorted((one.after, other.after), key=len)
    return shared >= LED_BY and long[: len(short)] == short and (len(long) - len(short) <= 1 or shared >= LED_BY + 2)
