"""The texts that one file holds: the act itself, what is issued with it, appendices and forms.

Each starts its own numbering. Between the act and what follows stand the recipients and the signature
(Nghị định 30/2020/NĐ-CP, Phụ lục I): they belong to no provision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Masthead
from extractors.outline_grammar import Mark, roman_value

_WITH = re.compile(r"\n *\(? *(?:(?:[Đđ]ược |Được )?[Bb]an hành )?(?:[Kk]èm theo|KÈM THEO|theo)(?: [^\n]{0,12})? *(Quyết định|Nghị quyết|Nghị định|Thông tư|Công văn|Kế hoạch|Quy chế|Quy định|Chương trình|Chỉ thị|Văn bản|Tờ trình|Báo cáo|Hướng dẫn|Pháp lệnh|Luật|Đề án|Quy trình|Điều lệ|QUYẾT ĐỊNH)", re.IGNORECASE)
_TITLE = re.compile(
    r"\n *((?:BẢN )?(?:QUY CHẾ|QUI CHẾ|QUY ĐỊNH|QUI ĐỊNH|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|ĐIỀU LỆ|PHƯƠNG ÁN|DANH MỤC|QUY TRÌNH|"
    r"HƯỚNG DẪN|NỘI QUY|ĐỊNH MỨC|BẢNG GIÁ|QUY CHUẨN|TIÊU CHÍ|BỘ TIÊU CHÍ|DANH SÁCH|BIỂU|BẢNG|CHIẾN LƯỢC|QUY HOẠCH|MỨC|"
    r"THỦ TỤC|ĐƠN GIÁ|BỘ ĐƠN GIÁ|QUY TẮC|BÁO CÁO|TIÊU CHUẨN|NỘI DUNG|DỰ TOÁN|HỆ SỐ)(?![^\W\d_])[^\n]*)"
)
_TAIL = re.compile(
    r"\n *(?:(?:Nơi nhận|NƠI NHẬN|Nơi gửi)(?: *: *(?:\n|$|-)| *\n)"
    r"|(?:TM|KT|TL|TUQ|T/M|TM/|Q)\.? ?[A-ZĐỦỘỞ]{2,}[^\na-zà-ỹ]{0,60}(?:\n|$)"
    r"|(?:CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG KIỂM TOÁN|GIÁM ĐỐC)[^\na-zà-ỹ]{0,40}(?:\n|$)"
    r"|\(?(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được [^\n]{5,160}thông qua[^\n]{0,40}ngày)"
)
_APP_LINE = re.compile(r"(?:PHỤ LỤC|Phụ lục)(?: (?:số|SỐ|Số))?(?: *([IVXLC]{1,7}|\d{1,3})([a-zđA-Z]?(?:[.\-]\d{1,2})?))?[\s.:\-–]*(.*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One text of the file. `prefix` is its id ("" for the act itself); units lie in `[body, end)`.

    `start` is the first character of the part's own heading, `close` the end of the part itself
    (an attached text may have a signature after its last unit).
    """

    prefix: str
    kind: str
    num: str | None
    heading: str | None
    start: int
    body: int
    end: int
    close: int


def parts(text: str, head: Masthead, found: Sequence[Mark], quoted: Sequence[tuple[int, int]]) -> list[Part]:
    """The act and what is attached to it, in order; the act comes first and has prefix ""."""
    padded = "\n" + text
    starts = _starts(padded, found, quoted)
    bounds = [start for start, *_ in starts] + [len(text)]
    first = bounds[0]
    out = [Part("", "van_ban", None, None, 0, 0, _tail(padded, head, 0, first, found), first)]
    attached = appendices = 0
    above = ""
    forms: set[str] = set()
    opened: dict[str, int] = {}
    for i, (start, kind, num, with_act) in enumerate(starts):
        close = _trim(text, start, bounds[i + 1])
        line_end = _line_end(text, start)
        if kind == "att":
            attached += 1
            above = prefix = f"att_{attached}"
            appendices = 0
        elif kind == "app":
            if with_act:
                above = ""
            appendices += 1
            own = f"app_{num or appendices}"
            prefix = f"{above}__{own}" if above else own
        else:
            prefix = f"{above}__form_{num}" if above else f"form_{num}"
            if prefix in forms:
                continue
            forms.add(prefix)
        opened[prefix] = i
        out.append(Part(prefix, "phu_luc", num, text[start:line_end].strip() or None, start, line_end,
                        _tail(padded, Masthead(), line_end, close, found), close))  # fmt: skip
    return out


def _starts(padded: str, found: Sequence[Mark], quoted: Sequence[tuple[int, int]]) -> list[tuple[int, str, str | None, bool]]:
    """Where attached texts begin: (start, "att" | "app" | "form", number, issued with the act itself)."""
    size = len(padded) - 1
    starts: dict[int, tuple[str, str | None, bool]] = {}
    withs = [(m.start(), m[1]) for m in _WITH.finditer(padded)]
    titles = [m.start() for m in _TITLE.finditer(padded) if m[1].upper() == m[1] or len(m[1]) < 12]
    tail = _TAIL.search(padded)
    after = tail.start() if tail else size
    articles = [mark.start for mark in found if mark.kind == "art" and not mark.quoted]
    for mark in found:
        if mark.kind == "app" and not mark.quoted:
            line = padded[mark.start + 1 : mark.end + 1]
            match = _APP_LINE.match(line)
            if not match or not _heading_like(line, match[3]) or (mark.start < after and articles and mark.start < articles[0]):
                continue
            act = next((word for at, word in withs if mark.start < at < mark.start + 900), None)
            num = (match[1] or "") + (match[2] or "") or None
            starts[mark.start] = ("app", num, bool(act) and act.lower() in _ACTS)  # type: ignore[union-attr]
        elif mark.kind == "form" and not mark.quoted and mark.start > after:
            line = padded[mark.start + 1 : mark.end + 1]
            if mark.end - mark.start <= 60 and line[-1:] not in ";," and "theo" not in line[:40]:
                starts.setdefault(mark.start, ("form", mark.num, False))
    for at, _ in withs:
        near = [t for t in titles if at - 700 < t < at and not any(t < s <= at for s in starts)]
        if near and not any(t < mark.start < at and mark.kind in ("art", "num") for t in near[-1:] for mark in found):
            if not any(s < at and at - s < 400 for s in starts) and near[0] > 400:
                starts[near[-1]] = ("att", None, True)
    for title in titles:
        if title > after and not any(abs(title - s) < 900 for s in starts) and _restarts(padded, title, found):
            starts[title] = ("att", None, True)
    return [
        (at, *starts[at]) for at in sorted(starts) if at > 0 and not any(a <= at < b for a, b in quoted)
    ]


_ACTS = ("quyết định", "nghị quyết", "nghị định", "thông tư", "luật", "pháp lệnh", "công văn", "chỉ thị")


def _restarts(padded: str, title: int, found: Sequence[Mark]) -> bool:
    """Whether the first unit after a title is the first of a new numbering."""
    first = next((mark for mark in found if mark.start > title and mark.kind in ("art", "chp", "roman", "num")), None)
    return bool(first and first.start - title < 1200 and first.num in ("1", "I"))


def _heading_like(line: str, rest: str) -> bool:
    """"Phụ lục II" alone, or with a title in capitals; not a sentence that speaks of an appendix."""
    if line.startswith("PHỤ LỤC"):
        return len(line) < 300 and (rest.upper() == rest or len(rest) < 120)
    return not rest or (rest.upper() == rest and len(line) < 300)


def _tail(padded: str, head: Masthead, start: int, end: int, found: Sequence[Mark]) -> int:
    """Where the units of a part end: before recipients, signature and the formula of adoption."""
    last = max((m.start for m in found if start <= m.start < end and m.kind in ("art", "roman")), default=start)
    match = _TAIL.search(padded, last, end)
    return _trim(padded[1:], start, match.start() if match else end)


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in "\n ":
        end -= 1
    return end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
