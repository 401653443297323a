"""Sums and lists of an annex against the number that the body gives for it (MT05).

"Phân bổ 241.000.000 đồng (chi tiết tại Phụ lục kèm theo)" and a total row of 240.000.000; "25 hộ (danh sách kèm theo)"
and a list of 24. Where more than one table could be meant, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from corpus.model import Document, Provision
from corpus.text import tone_key
from rules.align import Sentence
from rules.mt_tables import SUM_ROW, Fault, table_rows
from rules.quantities import SCALES, number, said

_SEE = re.compile(
    r"(?:phụ lục|danh sách|danh mục|biểu|bảng)(?: (?:số )?(?P<name>[ivx]{1,5}|\d{1,2}))?(?: chi tiết)?"
    r" (?:đính )?kèm(?: theo)?|(?:chi tiết )?(?:tại|theo) (?:phụ lục|biểu)(?: (?:số )?(?P<name2>[ivx]{1,5}|\d{1,2}))?"
)
_NAMED = re.compile(r"(?:phụ lục|biểu|danh sách)(?: số)? (?:[ivx]{1,5}|\d{1,2})(?!\w)")
_MONEY = re.compile(
    r"(?P<n>\d{1,3}(?:\.\d{3}){1,4}|\d{1,6}(?:,\d{1,3})?)(?: (?P<scale>nghìn|ngàn|triệu|tỷ|tỉ))? ?đồng"
    r"(?! ?/|\s(?:mỗi|một))"
)
_PERSONS = re.compile(
    r"(?<![\w.,/-])(?P<n>\d{1,4}) (?P<unit>hộ|người|ông, bà|ông \(bà\)|tập thể|cá nhân|trường hợp|đồng chí|hộ gia đình"
    r"|công trình|văn bản|thôn|đối tượng|học sinh|thủ tục)(?!\w)"
)
_TABLE_SCALES = (1, 10**3, 10**6, 10**9)
FAR = Fraction(3, 10)
"""Farther apart than this share the table tells another sum; nearer, one of the two is wrong."""
LEAST_ROWS = 3


def wrong_annexes(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """Sums and numbers of items of the body that its only annex does not bear out."""
    annexes = [unit for unit in document.provisions if re.fullmatch(r"(?:app|att)_\w{1,6}", unit.id)]
    if not annexes:
        return
    first = min(unit.start for unit in annexes)
    for sentence in own:
        key = tone_key(sentence.text)
        see = _SEE.search(key)
        if see is None or sentence.start >= first or len(_NAMED.findall(key)) > 1:
            continue
        annex = _meant(annexes, see["name"] or see["name2"])
        if annex is not None:
            yield from _money(document, sentence, key, annex)
            yield from _items(document, sentence, key, annex)


def _meant(annexes: Sequence[Provision], name: str | None) -> Provision | None:
    if name:
        return next((unit for unit in annexes if unit.id.partition("_")[2].lower() == name), None)
    return annexes[0] if len(annexes) == 1 else None


def _money(document: Document, sentence: Sentence, key: str, annex: Provision) -> Iterator[Fault]:
    """The one amount of a sentence against the one total row of the annex, in whatever unit the table has."""
    amounts = [*_MONEY.finditer(key)]
    totals = [
        (label, cells[-1]) for label, cells in table_rows(document, annex.start, annex.end)
        if cells and SUM_ROW.match(tone_key(label))
    ] or [*_total_lines(document, annex)]  # fmt: skip
    if len(amounts) != 1 or len(totals) != 1:
        return
    value = number(amounts[0]["n"])
    label, (total, start, end) = totals[0]
    if value is None or not total:
        return
    value *= SCALES.get(amounts[0]["scale"] or "", 1)
    scaled = [total * scale for scale in _TABLE_SCALES]
    near = [one for one in scaled if abs(one - value) <= FAR * value]
    if value in scaled or not near:
        return
    here = (sentence.start + amounts[0].start(), sentence.start + amounts[0].end())
    yield [here, (start, end)], (
        f"Ở đây ghi {said(value)} đồng, dòng “{' '.join(label.split())}” của phụ lục kèm theo là {said(near[0])} đồng."
    ), "can_kiem_tra"


_TOTAL_LINE = re.compile(
    r"\s{0,4}(?P<label>(?:tổng(?: cộng| số)?|cộng)[^\d\n]{0,30}?)\s(?P<n>\d{1,3}(?:\.\d{3}){1,4})\s{0,3}"
)


def _total_lines(document: Document, annex: Provision) -> Iterator[tuple[str, tuple[Fraction, int, int]]]:
    """Lines that are a total row whose cells a reader wrote side by side ("Tổng cộng 40.000.000")."""
    for line in document.lines:
        if annex.start <= line.start < annex.end:
            match = _TOTAL_LINE.fullmatch(tone_key(document.text[line.start : line.end]))
            value = number(match["n"]) if match else None
            if match and value is not None:
                at = line.start + match.start("n")
                yield match["label"], (value, at, at + len(match["n"]))


def _items(document: Document, sentence: Sentence, key: str, annex: Provision) -> Iterator[Fault]:
    """The one count of a sentence against the running numbers of the annex, where those run once from 1 to the end."""
    counts = [*_PERSONS.finditer(key)]
    last = _last_running(document, annex)
    if len(counts) != 1 or last is None:
        return
    value = number(counts[0]["n"])
    if value is None or value == last[0] or abs(last[0] - value) > max(Fraction(1), FAR * value):
        return
    here = (sentence.start + counts[0].start(), sentence.start + counts[0].end())
    yield [here, last[1]], (
        f"Ở đây ghi {said(value)} {counts[0]['unit']}, danh sách kèm theo có {last[0]} dòng đánh số."
    ), "can_kiem_tra"


_RUNNING = re.compile(r"^\s{0,4}(?P<n>\d{1,4})(?=[.)]\s|\s{0,3}(?:\t|\||$))")


def _last_running(document: Document, annex: Provision) -> tuple[int, tuple[int, int]] | None:
    """The last of the running numbers of an annex and its place; None where they begin again or are few."""
    count, at, starts = 0, (annex.start, annex.start), 0
    for line in document.lines:
        if not annex.start <= line.start < annex.end:
            continue
        match = _RUNNING.match(document.text[line.start : line.end])
        if match is None:
            continue
        value = int(match["n"])
        starts += value == 1
        if value == count + 1:
            count, at = value, (line.start, line.end)
    return (count, at) if count >= LEAST_ROWS and starts == 1 else None
