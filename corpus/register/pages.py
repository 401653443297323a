"""A saved page of vbpl.vn → rows of the register: the act that it shows, and who ended or changed whom.

Read are the words of the page, not its markup, which the site changes: the heading with the number, the state beside
it, the lines "Ngày có hiệu lực:", "Ngày hết hiệu lực:", "Ngày cập nhật:", the table of attributes (Thuộc tính) and the
lists of related acts (Lược đồ) where the page was saved with them. The day of "Ngày cập nhật" is when the site last
touched the page: the only day on the page on which its state was certainly shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from corpus import symbols
from corpus.text import fold_words, nfc

LARGEST_PAGE = 30_000_000
"""Bytes of a saved page above which it is none."""

_STATES = {
    "con hieu luc": "con_hieu_luc", "het hieu luc toan bo": "het_hieu_luc_toan_bo",
    "het hieu luc": "het_hieu_luc_toan_bo", "het hieu luc mot phan": "het_hieu_luc_mot_phan",
    "chua co hieu luc": "chua_hieu_luc", "chua hieu luc": "chua_hieu_luc", "ngung hieu luc": "tam_ngung",
    "tam ngung hieu luc": "tam_ngung", "khong con phu hop": "khong_ro", "chua xac dinh": "khong_ro",
}  # fmt: skip
_LABELS = {
    "so ky hieu": "symbol", "so hieu": "symbol", "so ky hieu van ban": "symbol", "ngay ban hanh": "date",
    "ngay co hieu luc": "effective", "ngay hieu luc": "effective", "ngay het hieu luc": "ended",
    "tinh trang hieu luc": "state", "tinh trang": "state", "hieu luc": "state", "co quan ban hanh": "issuer",
    "loai van ban": "kind", "trich yeu": "title", "ngay cap nhat": "seen",
}  # fmt: skip
# Heading of a list of related acts (Lược đồ) → what was done, how far, and whether this act suffered it.
_RELATIONS: dict[str, tuple[str, str, bool]] = {
    "van ban sua doi bo sung": ("amend", "part", True), "van ban bi sua doi bo sung": ("amend", "part", False),
    "van ban sua doi": ("amend", "part", True), "van ban bi sua doi": ("amend", "part", False),
    "van ban thay the": ("replace", "whole", True), "van ban bi thay the": ("replace", "whole", False),
    "van ban bai bo": ("repeal", "whole", True), "van ban bi bai bo": ("repeal", "whole", False),
    "van ban bi bai bo mot phan": ("repeal", "part", False), "van ban bai bo mot phan": ("repeal", "part", True),
    "van ban quy dinh het hieu luc": ("repeal", "whole", True), "van ban het hieu luc": ("repeal", "whole", False),
    "van ban bi het hieu luc": ("repeal", "whole", False),
    "van ban quy dinh het hieu luc mot phan": ("repeal", "part", True),
    "van ban bi het hieu luc mot phan": ("repeal", "part", False),
    "van ban het hieu luc mot phan": ("repeal", "part", False),
    "van ban dinh chi": ("suspend", "whole", True), "van ban bi dinh chi": ("suspend", "whole", False),
    "van ban dinh chinh": ("correct", "part", True), "van ban bi dinh chinh": ("correct", "part", False),
}  # fmt: skip
_SYMBOL = re.compile(r"\b\d{1,5}(?:\.\d{1,3})?[a-zA-Z]?/(?:\d{4}/)?[^\W\d_][\w./-]{1,40}")
_DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_SIGNED = re.compile(r"^[^,;:]{2,40}, ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})\.?$")
_COUNT = re.compile(r"\s*[(\[]?\d{0,4}[)\]]?\s*:?\s*$")
_NEAR_HEADING = 12  # lines
_LIST_ENDS = 4  # lines without a number
_SKIPPED = ("script", "style", "noscript", "template", "svg")
_INLINE = ("abbr", "b", "big", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u")


class NotUnderstood(ValueError):
    """The file is no page of an act of vbpl.vn, or lacks what a row needs; the message is for the officer."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the columns of `documents` (one) and `effects` (as many as the page lists)."""

    document: dict[str, str]
    effects: tuple[dict[str, str], ...]


def read_page(file: Path, seen: date | None = None) -> Page:
    """Rows of a saved page; `seen` the day on which it was saved, else the day on the page. Raises `NotUnderstood`."""
    lines, address = _lines(file)
    at = _heading(lines)
    if at is None:
        raise NotUnderstood(
            f"{file}: không thấy tiêu đề văn bản cùng số, ký hiệu và tình trạng hiệu lực. Hãy mở trang của văn bản "
            f"trên vbpl.vn, đợi hiện đủ nội dung rồi lưu lại (Lưu trang, kiểu “Trang web, đầy đủ” hoặc “chỉ HTML”)."
        )
    fields = _fields(lines, at)
    if not fields.get("symbol"):
        raise NotUnderstood(f"{file}: không thấy số, ký hiệu của văn bản.")
    symbol = symbols.normalise(fields["symbol"])
    state = _STATES.get(fold_words(fields.get("state", "")))
    if state is None:
        shown = fields.get("state", "")
        raise NotUnderstood(f"{file}: tình trạng hiệu lực “{shown}” không thuộc các tình trạng đã biết.")
    days = {name: _day(file, fields.get(name, "")) for name in ("date", "effective", "ended", "seen")}
    if days["effective"] and days["ended"] and days["ended"] < days["effective"]:
        raise NotUnderstood(f"{file}: ngày hết hiệu lực {days['ended']} trước ngày có hiệu lực {days['effective']}.")
    if seen and seen.isoformat() < days["seen"]:
        raise NotUnderstood(f"{file}: ngày lưu trang {seen} trước ngày cập nhật {days['seen']} ghi trên trang.")
    source = {"source_kind": "vbpl", "source_ref": address or file.name}
    document = {
        "symbol": symbol, "kind": _kind(symbol, fields),
        "issuer": fields.get("issuer") or symbols.issuer_of(symbol) or "",
        "date": days["date"], "effective": days["effective"], "ended": days["ended"], "state": state,
        "title": _title(fields.get("title", ""), fields["symbol"]), **source,
        "seen": seen.isoformat() if seen else days["seen"], "certainty": "cao", "speaks": "",
    }  # fmt: skip
    return Page(document, tuple(_effects(lines, symbol, source)))


# --- the words of the page ----------------------------------------------------------------------------------


class _Words(HTMLParser):
    """Visible words, a line for each block; what inline marks cut is joined."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.address: str | None = None
        self._parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _SKIPPED:
            self._hidden += 1
        elif (tag, given.get("rel") or given.get("property")) in (("link", "canonical"), ("meta", "og:url")):
            self.address = given.get("href") or given.get("content") or self.address
        if tag not in _INLINE:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._hidden = max(0, self._hidden - 1)
        if tag not in _INLINE:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(data)

    def handle_comment(self, data: str) -> None:
        if found := re.search(r"saved from url=\(\d+\)(\S{1,500})", data):
            self.address = self.address or found[1]

    def end_line(self) -> None:
        line = " ".join("".join(self._parts).split())
        self._parts.clear()
        if line:
            self.lines.append(line)


def _lines(file: Path) -> tuple[list[str], str | None]:
    try:
        if file.stat().st_size > LARGEST_PAGE:
            raise NotUnderstood(f"{file}: tệp quá lớn, không phải một trang đã lưu.")
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NotUnderstood(f"{file}: không đọc được tệp HTML dạng UTF-8 ({type(error).__name__}).") from error
    words = _Words()
    words.feed(nfc(text))
    words.close()
    words.end_line()
    return words.lines, words.address


# --- the act ------------------------------------------------------------------------------------------------


def _heading(lines: Sequence[str]) -> int | None:
    """Line with the number after which the state comes before long; else the line of the attribute "Số ký hiệu"."""
    for i, line in enumerate(lines):
        if _SYMBOL.search(line) and any(fold_words(near) in _STATES for near in lines[i + 1 : i + 4]):
            return i
    for i, line in enumerate(lines):
        if _label(line)[0] == "symbol":
            return i
    return None


def _fields(lines: Sequence[str], at: int) -> dict[str, str]:
    found: dict[str, str] = {}
    if number := _SYMBOL.search(lines[at]):
        found["symbol"] = number[0].rstrip(".,;")
        found["title"] = lines[at]
        state = next((near for near in lines[at + 1 : at + 4] if fold_words(near) in _STATES), None)
        if state:
            found["state"] = state
    signed = 0
    for i, line in enumerate(lines[at:], at):
        name, value = _label(line)
        if name and i > at:
            value = value or (lines[i + 1] if i + 1 < len(lines) and not _label(lines[i + 1])[0] else "")
            if name == "symbol":
                value = match[0] if (match := _SYMBOL.search(value)) else ""
            near = i - at <= _NEAR_HEADING or name != "state"
            if value and near and (name not in found or name in ("title", "symbol")):
                found[name] = value
        elif not signed and (day := _SIGNED.match(line)):
            signed = i
            found.setdefault("date", f"{day[1]}/{day[2]}/{day[3]}")
    if name_at := _label(lines[at])[0]:
        value = _label(lines[at])[1] or (lines[at + 1] if at + 1 < len(lines) else "")
        found[name_at] = match[0] if (match := _SYMBOL.search(value)) else value
    return found


def _label(line: str) -> tuple[str | None, str]:
    """Field that a line names, and what stands behind the colon."""
    if len(line) > 300:
        return None, ""
    name, _, value = line.partition(":")
    return _LABELS.get(fold_words(name)), value.strip()


def _day(file: Path, text: str) -> str:
    match = _DAY.search(text)
    if match is None:
        return ""
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        raise NotUnderstood(f"{file}: ngày “{match[0]}” không có trong lịch.") from None


def _title(heading: str, symbol: str) -> str:
    """What stands behind the number in "Nghị định số 01/2026/NĐ-CP Quy định …"."""
    before, number, after = heading.partition(symbol)
    return after.strip(" :-–") or before.strip() if number else heading


def _kind(symbol: str, fields: dict[str, str]) -> str:
    known = symbols.kind_of(symbol)
    if known:
        return known
    words = f"{fold_words(fields.get('kind') or fields.get('title', ''))} "
    names = sorted(symbols.KIND_NAMES.items(), key=lambda item: (-len(item[1]), item[0]))
    return next((kind for kind, name in names if words.startswith(f"{fold_words(name)} ")),
                "luat" if words.startswith("bo luat ") else "khac")  # fmt: skip


# --- related acts -------------------------------------------------------------------------------------------


def _effects(lines: Sequence[str], own: str, source: dict[str, str]) -> Iterator[dict[str, str]]:
    """The page gives no days: such rows say "probably" and no more."""
    told: set[tuple[str, str, str]] = set()
    what: tuple[str, str, bool] | None = None
    idle = 0
    for line in lines:
        heading = fold_words(_COUNT.sub("", line)) if len(line) < 80 else ""
        if heading.startswith("van ban ") and not _SYMBOL.search(line):
            what, idle = _RELATIONS.get(heading), 0
            continue
        match = _SYMBOL.search(line) if what else None
        if what is None or match is None:
            idle += 1
            what = None if idle > _LIST_ENDS else what
            continue
        idle = 0
        other = symbols.normalise(match[0].rstrip(".,;"))
        type_, scope, suffered = what
        affected, by = (own, other) if suffered else (other, own)
        if symbols.key(other) == symbols.key(own) or (affected, type_, by) in told:
            continue
        told.add((affected, type_, by))
        yield {
            "affected_symbol": affected, "affected_provision": "", "type": type_, "scope": scope, "by_symbol": by,
            "by_provision": "", "from": "", **source, "certainty": "trung_binh", "speaks": "",
        }  # fmt: skip
