"""Sums, rates and counts of one document that do not come out (for MT05): each check yields faults.

Numbers are read on the tone key of a sentence; amounts are exact fractions of đồng.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from corpus.model import Document
from corpus.text import tone_key
from rules.align import Sentence
from rules.mt_tables import Fault
from rules.quantities import SCALES, number, said

_NUM = r"\d{1,3}(?:\.\d{3}){1,4}(?!\d)|\d{1,9}(?:,\d{1,3})?"
_MONEY = rf"(?:{_NUM})(?:\s(?:nghìn|ngàn|triệu|tỷ|tỉ))?\s?đồng"


def wrong_sums(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """Rates, totals, counts and head counts of the document's `own` sentences that do not come out."""
    for check in (_rates, _parts, _counts, _heads):
        yield from check(document, own)


def span_of(sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """The place, as offsets of the document, of `[start, end)` of a sentence (code points): the places of a fault."""
    return [(sentence.start + start, sentence.start + end)]


def _value(words: str) -> Fraction | None:
    match = re.match(rf"({_NUM})(?:\s(nghìn|ngàn|triệu|tỷ|tỉ))?", words)
    value = number(match[1]) if match else None
    return value * SCALES.get(match[2] or "", 1) if match and value is not None else None


_RATE = re.compile(rf"(?P<rate>{_MONEY})\s?/\s?(?P<unit>[^\W\d_]{{1,12}})")
_EACH = re.compile(rf"mỗi\s(?P<unit>[^\W\d_]{{1,12}}(?:\s[^\W\d_]{{1,12}})?)\s(?:là\s)?(?P<rate>{_MONEY})")
_TOTAL = re.compile(
    rf"(?:tổng(?: cộng| số| kinh "
    rf"phí)?|cộng)\s(?P<n>\d{{1,4}})\s(?P<unit>[^\W\d_]{{1,12}})\s(?:là|:)\s?(?P<total>{_MONEY})"
)
_MONTHLY = re.compile(r"(?:\s?/\s?[^\W\d_]{1,12})?\s?/?\s?tháng")
_YEAR = re.compile(rf"(?:một|cả|mỗi|1)\snăm(?:\slà|:)?\s?(?P<total>{_MONEY})|(?P<total2>{_MONEY})\smột\snăm")


def _rates(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """A rate times a count that is not the total."""
    for sentence in own:
        key = tone_key(sentence.text)
        rates = [*_RATE.finditer(key)]
        for rate in rates:
            value = _value(rate["rate"])
            for total in _TOTAL.finditer(key):
                there = _value(total["total"])
                if value and there and total["unit"] == rate["unit"] and value * int(total["n"]) != there:
                    yield span_of(sentence, rate.start(), total.end()), (
                        f"{said(value)} đồng/{rate['unit']} × {total['n']} = {said(value * int(total['n']))} đồng, "
                        f"nhưng "
                        f"văn bản ghi {said(there)} đồng."
                    ), "chac_chan"  # fmt: skip
            yearly = _YEAR.search(key, rate.end())
            there = _value(yearly["total"] or yearly["total2"]) if yearly else None
            monthly = _MONTHLY.match(key, rate.end("unit"))
            if value and there and yearly and (rate["unit"] == "tháng" or monthly) and value * 12 != there:
                yield span_of(sentence, rate.start(), yearly.end()), (
                    f"{said(value)} đồng/tháng × 12 = {said(value * 12)} đồng, nhưng văn bản ghi một năm "
                    f"{said(there)} đồng."
                ), "chac_chan"  # fmt: skip


_WHOLE = re.compile(
    rf"(?P<total>{_MONEY})(?:\s?\([^()\n]{{2,120}}\))?,?\s"
    rf"(?P<how>gồm|bao gồm|trong đó)(?:\scó)?\s?:?\s(?P<parts>(?:[^.\n]|\.(?=\d)){{10,400}})"
)


def _parts(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """A total that is not the sum of the parts it is said to consist of."""
    for sentence in own:
        key = tone_key(_with_its_line(document, sentence))
        match = _WHOLE.search(key)
        if match is None or match.start() >= sentence.end - sentence.start:
            continue
        total = _value(match["total"])
        parts = [_value(part) for part in re.findall(_MONEY, match["parts"])]
        if total is None or len(parts) < 2 or None in parts or "/" in match["parts"]:
            continue
        summed = sum((part for part in parts if part is not None), Fraction(0))
        if summed != total and (match["how"] != "trong đó" or summed > total):
            yield span_of(sentence, _clause_start(key, match.start()), match.end()), (
                f"Các phần cộng lại là {said(summed)} đồng, nhưng tổng ghi {said(total)} đồng."
            ), "chac_chan"  # fmt: skip


def _clause_start(key: str, at: int) -> int:
    """Where the words begin that say what a sum at `at` is of: after the last mark before it."""
    before = re.search(r"[^.,;()]{0,120}$", key[:at])
    return at - len(before[0].lstrip()) if before else at


def _with_its_line(document: Document, sentence: Sentence) -> str:
    """A sentence and what follows it in its line: the parts of a sum stand between semicolons."""
    end = document.text.find("\n", sentence.end)
    return document.text[sentence.start : end if end >= 0 else len(document.text)]


_COUNTED = re.compile(
    r"(?P<total>\d{1,3}(?:\.\d{3}){1,3}|\d{1,6}) (?P<unit>[^\W\d_]{1,8}(?: [^\W\d_]{1,8})?)"
    r"(?:,? (?P<how>gồm|bao gồm|trong đó)|:)(?! có)\s?:?\s(?P<parts>(?:[^.;\n]|\.(?=\d)){8,300})"
)


def _counts(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """A count that is not the sum of the counts of the same unit that it is said to consist of."""
    for sentence in own:
        match = _COUNTED.search(tone_key(sentence.text))
        if match is None or match["unit"] == "đồng" or re.search(r"riêng|%|trong đó|mỗi|từ \d", match["parts"]):
            continue
        numbers = re.findall(rf"(\d{{1,3}}(?:\.\d{{3}}){{1,3}}|\d{{1,6}}) {match['unit']}(?!\w)", match["parts"])
        total, parts = number(match["total"]), [number(found) for found in numbers]
        if total is None or len(parts) < 2 or None in parts:
            continue
        summed = sum((part for part in parts if part is not None), Fraction(0))
        whole = summed > total or (summed != total and match["how"] in ("gồm", "bao gồm"))
        if whole or (summed != total and _ALL.search(tone_key(sentence.text[: match.start()])) and len(parts) > 2):
            yield span_of(sentence, _clause_start(tone_key(sentence.text), match.start()), match.end()), (
                f"Các phần cộng lại là {said(summed)} {match['unit']}, nhưng tổng ghi {said(total)} {match['unit']}."
            ), "chac_chan" if whole else "goi_y"  # fmt: skip


_ALL = re.compile(r"tổng (?:số|cộng)[^.;]{0,40}$")


_STAFF = re.compile(
    r"(?:gồm(?: có)?\s)?(?P<n>\d{1,2})\s(?:người|thành viên|đồng chí|ủy viên)"
    r"(?:\s?:|,?\s(?P<how>gồm|bao gồm|trong đó)(?:\scó)?\s?:?)\s(?P<list>[^.;\n]{8,200})"
)
_MEMBERS = re.compile(r"ủy viên|thành viên|tổ viên|đội viên")
_POST = re.compile(r"(?:\d{1,2}\s)?(?:tổ|phó|trưởng|đội|ủy viên|thành viên|thư ký|chủ|các)")


def _heads(document: Document, own: Sequence[Sentence]) -> Iterator[Fault]:
    """A head count that is not the number of people listed after it."""
    for sentence in own:
        match = _STAFF.search(tone_key(sentence.text))
        if match is None:
            continue
        items = [item.strip() for item in re.split(r",|\svà\s", match["list"]) if item.strip()]
        counts = [int(found[0]) if (found := re.match(r"\d{1,2}", item)) else 1 for item in items]
        named = all(_POST.match(item) for item in items)
        if match["how"] and not (
            all(re.match(r"\d", item) for item in items) and any(_MEMBERS.search(item) for item in items)
        ):
            continue  # "trong đó có 02 nữ": a part, not the list of all
        if named and len(items) > 1 and sum(counts) != int(match["n"]):
            yield span_of(sentence, match.start(), match.end()), (
                f"Ghi {int(match['n'])} người nhưng kể ra {sum(counts)} người."
            ), "chac_chan"  # fmt: skip
