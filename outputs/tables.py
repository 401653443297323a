"""A run as tables: `findings.jsonl` for programs (docs/contract.md), `findings.xlsx` for the officer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.model import Document, Finding, Run
from corpus.records import finding_record
from outputs import words
from outputs.packing import repack
from outputs.report_view import document_order, is_alarm, is_reviewed

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# Longest text that a cell of the format holds.
CELL = 32_767
# What spreadsheets read as the start of a formula, also in full width (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")

FINDING_COLUMNS = (
    ("STT", 6), ("Mã quy tắc", 9), ("Tên quy tắc", 26), ("Mức độ", 12), ("Độ chắc chắn", 14), ("Tình trạng", 13),
    ("Số, ký hiệu", 20), ("Ngày ban hành", 13), ("Cơ quan ban hành", 24), ("Loại văn bản", 18),
    ("Điều, khoản, điểm", 22), ("Trang", 7), ("Trích dẫn", 46), ("Số chỗ", 8), ("Nội dung phát hiện", 52),
    ("Văn bản liên quan", 26), ("Chuỗi căn cứ", 44), ("Căn cứ pháp lý", 30), ("Kiến nghị xử lý", 22), ("Gộp dưới", 10),
    ("Tệp", 34), ("Mã phát hiện", 20),
)  # fmt: skip
DOCUMENT_COLUMNS = (
    ("STT", 6), ("Số, ký hiệu", 22), ("Loại", 16), ("Ngày ban hành", 13), ("Cơ quan ban hành", 30), ("Tên gọi", 48),
    ("Tính chất", 20), ("Vai trò", 14), ("Tình trạng đọc", 22), ("Cao", 7), ("Trung bình", 11), ("Thấp", 7),
    ("Thông tin", 11), ("Tệp", 40),
)  # fmt: skip
UNREAD_COLUMNS = (("STT", 6), ("Tệp", 60), ("Tình trạng", 30), ("Lý do, việc cần làm", 70))


def findings_jsonl(run: Run) -> bytes:
    """One object a line, in the order of path, place and rule; no final empty line where there is nothing."""
    rows = (finding_record(finding, run.documents) for finding in _reading_order(run.findings))
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    # A lone surrogate (a damaged file may give one) cannot be UTF-8.
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def findings_xlsx(run: Run) -> bytes:
    """Workbook with the sheets "Phát hiện" (to handle), "Ghi nhận" (all others), "Văn bản", "Tệp chưa đọc được".

    The last one has, after these, the files that were read and that something must be known of.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet(book, "Phát hiện", FINDING_COLUMNS, _finding_rows(run, alarms=True))
    sheet(book, "Ghi nhận", FINDING_COLUMNS, _finding_rows(run, alarms=False))
    sheet(book, "Văn bản", DOCUMENT_COLUMNS, _document_rows(run))
    sheet(book, "Tệp chưa đọc được", UNREAD_COLUMNS, (
        (i, *row) for i, row in enumerate((
            *((one.path, words.OUTCOMES.get(one.outcome, one.outcome), one.message)
              for one in sorted(run.unread, key=lambda one: one.path)),
            *((noted.path, words.NOTED, noted.message) for noted in sorted(run.noted, key=lambda one: one.path)),
        ), 1)
    ))  # fmt: skip
    book.properties.creator = "rasoat"
    book.properties.title = f"Phát hiện rà soát văn bản – {run.unit or ''} – {words.date_words(run.as_of)}"
    out = BytesIO()
    book.save(out)
    return repack(out.getvalue(), run.as_of.isoformat())


def cell_text(text: str) -> str:
    """`text` as a cell may hold it: no control characters, never read as a formula, not too long.

    >>> cell_text("=1+1"), cell_text("khoản 1")
    ("'=1+1", 'khoản 1')
    """
    # The underscore form is how the format itself writes control characters: readers would turn it back.
    clean = words.printable(text).replace("\r\n", "\n").replace("\r", "\n").replace("_x", "_\u2060x")
    if clean.lstrip(" \u00a0\u3000").startswith(_FORMULA):
        clean = f"'{clean}"
    return clean if len(clean) <= CELL else clean[: CELL - 1] + "…"


def _reading_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (
        f.path, f.places[0].start if f.places else 0, f.rule, f.target_symbol or "", f.target_provision or "", f.id,
    ))  # fmt: skip


def _finding_rows(run: Run, alarms: bool) -> Iterable[tuple[object, ...]]:
    """Findings that count as alarms, as the report counts them, or all others."""
    shown = (finding for finding in run.findings if is_alarm(finding) is alarms)
    for i, finding in enumerate(_reading_order(shown), 1):
        document = run.documents.get(finding.path)
        head = document.masthead if document else None
        main = finding.places[0] if finding.places else None
        where = [words.provision_words(p.provision) for p in finding.places if p.provision]
        yield (
            i, finding.rule, words.rule_name(finding.rule), words.SEVERITIES.get(finding.severity, finding.severity),
            words.CERTAINTIES.get(finding.certainty, finding.certainty), words.STATES.get(finding.state, finding.state),
            head.symbol if head else None, words.date_short(head.date) if head and head.date else None,
            head.issuer if head else None, words.kind_name(head),
            "; ".join(dict.fromkeys(where)), main.page if main else None, f"“{main.quote}”" if main else None,
            len(finding.places), finding.message,
            words.act_words(finding.target_symbol, finding.target_provision, run.kinds), _chain(finding, run),
            finding.legal_basis,
            words.PROPOSALS.get(finding.proposal, finding.proposal), "x" if finding.folded else None, finding.path,
            finding.id,
        )  # fmt: skip


def _chain(finding: Finding, run: Run) -> str:
    links = []
    for item in finding.evidence:
        link = words.act_words(item.symbol, item.provision, run.kinds) or "Dữ kiện"
        if does := words.EFFECTS.get(item.type or ""):
            link += f": {does}"
        if item.from_:
            link += f", từ ngày {words.date_short(item.from_)}"
        if item.quote:
            link += f": “{item.quote}”"
        links.append(link)
    return ";\n".join(links)


def _document_rows(run: Run) -> Iterable[tuple[object, ...]]:
    per: dict[str, Counter[str]] = {}
    for finding in run.findings:
        per.setdefault(finding.path, Counter())[finding.severity] += 1
    shown = sorted(run.documents.values(), key=lambda d: (not is_reviewed(d), document_order(d, d.path)))
    for i, document in enumerate(shown, 1):
        yield (i, *_document_cells(document), *(per.get(document.path, Counter())[name] for name in words.SEVERITIES),
               document.path)  # fmt: skip


def _document_cells(document: Document) -> tuple[object, ...]:
    head = document.masthead
    return (
        head.symbol if head else None, words.kind_name(head),
        words.date_short(head.date) if head and head.date else None, head.issuer if head else None,
        head.title if head else None, words.SIDES[head.normative if head else None],
        "Được rà soát" if is_reviewed(document) else "Căn cứ", words.OUTCOMES.get(document.outcome, document.outcome),
    )  # fmt: skip


def sheet(
    book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[object]]
) -> None:  # fmt: skip
    """Add a sheet: headings with their widths, then rows of texts and numbers; every text made harmless."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    made = book.create_sheet(title)
    line = Side(style="thin", color="B7C0CA")
    border, top = Border(line, line, line, line), Alignment(wrap_text=True, vertical="top")
    for n, (name, width) in enumerate(columns, 1):
        cell = made.cell(1, n, name)
        cell.font = Font(name="Times New Roman", size=12, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1D3B66")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = border
        made.column_dimensions[get_column_letter(n)].width = width
    model = made.cell(1, len(columns) + 1)
    model.font, model.alignment, model.border = Font(name="Times New Roman", size=12), top, border
    # Copying a finished style: 5 s for 10,000 findings, against 15 s where each cell gets its font anew.
    look = model._style
    del made._cells[1, len(columns) + 1]
    for r, row in enumerate(rows, 2):
        for n, value in enumerate(row, 1):
            cell = made.cell(r, n)
            cell._style = copy(look)
            if isinstance(value, str):
                cell.value = cell_text(value)
                cell.data_type = "s"
            else:
                cell.value = value
    made.freeze_panes = "A2"
    made.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(made.max_row, 1)}"
    made.row_dimensions[1].height = 34
    made.sheet_view.zoomScale = 90
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_title_rows = "1:1"
