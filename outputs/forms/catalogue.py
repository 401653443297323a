"""Every paper by its code, and the files it gives: what the command and the page offer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus import symbols
from corpus.model import LedgerEntry
from corpus.text import fold_words
from outputs.forms import ended, in_force, to_handle
from outputs.forms.acts import Ground, drafts
from outputs.forms.book import workbook
from outputs.forms.cells import Placed
from outputs.forms.collection import collection
from outputs.forms.draw import draw_listing
from outputs.forms.january import decision, january_set, posting, submission
from outputs.forms.letters import opinion_letters, receipt, review_sheet, self_check
from outputs.forms.listing import Listing, placed
from outputs.forms.material import Material
from outputs.forms.official import Book
from outputs.forms.paper import Paper, drawn
from outputs.forms.plan import plan
from outputs.forms.reports import check_report, review_report
from outputs.forms.trace import trace_json


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents (keys of the register), units or proposals a paper is asked for; empty: all that it applies to.

    `grounds`: what an administrative act may rest on, by key or symbol (see `outputs.forms.acts`).
    """

    documents: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    grounds: Mapping[str, Ground] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A file: a safe name, its bytes, the cells behind it (none for the trace itself)."""

    name: str
    data: bytes
    cells: tuple[Placed, ...] = ()


LISTS: Mapping[str, Callable[[Material], Listing]] = {
    "mau-01": ended.whole_list, "mau-02": ended.part_list, "mau-03": in_force.in_force_list,
    "mau-04": to_handle.handling_list, "mau-05": in_force.collection_list,
}  # fmt: skip
NAMES: Mapping[str, str] = {
    "mau-01": "Mẫu số 01: văn bản hết hiệu lực, tạm ngưng hiệu lực toàn bộ",
    "mau-02": "Mẫu số 02: văn bản hết hiệu lực, tạm ngưng hiệu lực một phần",
    "mau-03": "Mẫu số 03: văn bản còn hiệu lực",
    "mau-04": "Mẫu số 04: văn bản cần xử lý",
    "mau-05": "Mẫu số 05: tập hệ thống hóa (trang bìa, bảng, toàn văn)",
    "bo-31-01": "Bộ hồ sơ 31 tháng 01: quyết định, danh mục, tờ trình, trang niêm yết (một tệp)",
    "ke-hoach": "Kế hoạch kiểm tra, xử lý, rà soát, hệ thống hóa năm",
    "bao-cao-kiem-tra": "Báo cáo năm về kiểm tra, xử lý văn bản (Điều 32)",
    "bao-cao-ra-soat": "Báo cáo năm về rà soát, hệ thống hóa văn bản (Điều 54)",
    "lay-y-kien": "Công văn lấy ý kiến, mỗi đơn vị một tệp (Điều 42)",
    "tiep-nhan": "Thông báo tiếp nhận, chuyển kiến nghị rà soát (Điều 36)",
    "tu-kiem-tra": "Báo cáo kết quả tự kiểm tra (Điều 12)",
    "xu-ly": "Dự thảo văn bản bãi bỏ, sửa đổi, thay thế từ các phát hiện đã đồng ý",
    "phieu-ra-soat": "Phiếu rà soát (mẫu nội bộ, không phải biểu mẫu của Nghị định)",
}
YEARLY = ("mau-01", "mau-02", "mau-03", "mau-04", "bo-31-01", "ke-hoach", "bao-cao-kiem-tra", "bao-cao-ra-soat")
"""Papers that every year has: what `tat-ca` gives."""


def files(code: str, material: Material, choice: Choice | None = None) -> tuple[Made, ...]:
    """The files of a paper with their traces (`….nguon.json`). Raises `KeyError` for a code that is not there, and
    `LookupError` (Vietnamese) for a document, unit or proposal that was asked for and is not there."""
    choice = choice or Choice()
    if code in LISTS:
        return _list_files(code, material)
    if code == "bo-31-01":
        papers = january_set(material)
        cells = tuple(item for paper in papers for item in paper.cells())
        name = f"bo-ho-so-31-01-{material.year + 1}"
        return _with_trace(name, drawn(papers, material, f"Bộ hồ sơ 31/01/{material.year + 1}"), cells, material)
    used: set[str] = set()
    made: list[Made] = []
    for paper in papers_of(code, material, choice):
        # Two communes' documents may carry one number: their papers need names of their own.
        stem = name = f"{safe_name(paper.code)}-{material.year}"
        n = 1
        while name in used:
            n += 1
            name = f"{stem}-{n}"
        used.add(name)
        made += _with_trace(name, drawn((paper,), material, paper.subject), paper.cells(), material)
    return tuple(made)


def papers_of(code: str, material: Material, choice: Choice) -> Sequence[Paper]:
    """The papers behind a code that is no list and no set."""
    single: dict[str, Callable[[Material], Paper]] = {
        "ke-hoach": plan, "bao-cao-kiem-tra": check_report, "bao-cao-ra-soat": review_report,
        "quyet-dinh": decision, "to-trinh": submission, "niem-yet": posting,
    }  # fmt: skip
    if code in single:
        return (single[code](material),)
    entries = _chosen(material, choice)
    if code == "lay-y-kien":
        return _asked(opinion_letters(material), choice.units)
    if code == "tiep-nhan":
        wanted = [one for one in material.desk.requests if not choice.requests or one.number in choice.requests]
        if choice.requests and not wanted:
            raise LookupError(f"Không có kiến nghị số {', '.join(choice.requests)} trong sổ.")
        return tuple(receipt(material, one) for one in wanted)
    if code == "tu-kiem-tra":
        year = [e for e in material.listed() if e.date and e.date.year == material.year]
        return tuple(self_check(material, entry) for entry in (year if entries is None else entries))
    if code == "xu-ly":
        return drafts(material, entries, _grounds(material, choice))
    if code == "phieu-ra-soat":
        found = [e for e in material.listed() if material.findings_of(e)]
        return tuple(review_sheet(material, entry) for entry in (found if entries is None else entries))
    raise KeyError(code)


def safe_name(text: str) -> str:
    """A file name of plain letters, digits and hyphens, at most 80 long; never empty, never a device of Windows.

    >>> safe_name("tự-kiểm-tra 31/2026/QĐ-UBND"), safe_name("../CON")
    ('tu-kiem-tra-31-2026-qd-ubnd', 'tep-con')
    """
    plain = re.sub(r"[^a-z0-9]+", "-", fold_words(text)).strip("-")[:80].strip("-")
    if not plain or re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", plain):
        return f"tep-{plain}".rstrip("-")
    return plain


def _list_files(code: str, material: Material) -> tuple[Made, ...]:
    listing = LISTS[code](material)
    if code == "mau-05":
        document = collection(material)
    else:
        book = Book(f"{listing.form.number} – {listing.form.title}")
        draw_listing(book, listing, material)
        document = book.saved(material.as_of.isoformat())
    cells = tuple(placed(listing))
    name = f"{code}-{material.year}"
    return (*_with_trace(name, document, cells, material), Made(f"{name}.xlsx", workbook(listing, material), cells))


def _with_trace(name: str, document: bytes, cells: tuple[Placed, ...], material: Material) -> tuple[Made, ...]:
    trace = trace_json(name, cells, material.as_of)
    return (Made(f"{name}.docx", document, cells), Made(f"{name}.nguon.json", trace))


def _chosen(material: Material, choice: Choice) -> list[LedgerEntry] | None:
    """Documents asked for by key or by symbol; None: nobody asked for any."""
    if not choice.documents:
        return None
    found = []
    for wanted in choice.documents:
        key = symbols.key(wanted)
        same = [e for e in material.listed() if wanted == e.key or (e.symbol and symbols.key(e.symbol) == key)]
        if not same:
            raise LookupError(f"Không có văn bản quy phạm pháp luật “{wanted}” trong sổ văn bản.")
        found += same
    return found


def _grounds(material: Material, choice: Choice) -> dict[str, Ground]:
    """Grounds by key of the register; the choice may name a document by its symbol."""
    by_symbol = {symbols.key(name): ground for name, ground in choice.grounds.items()}
    found = dict(choice.grounds)
    for entry in material.listed():
        if entry.symbol and symbols.key(entry.symbol) in by_symbol:
            found[entry.key] = by_symbol[symbols.key(entry.symbol)]
    return found


def _asked(papers: Sequence[Paper], units: Sequence[str]) -> Sequence[Paper]:
    if not units:
        return papers
    wanted = {fold_words(unit) for unit in units}
    kept = [paper for paper in papers if fold_words(paper.to[0]) in wanted]
    if not kept:
        raise LookupError(f"Không có văn bản chờ ý kiến của {', '.join(units)}.")
    return kept
