"""A run as tables: `findings.jsonl` for programs (docs/contract.md), `findings.xlsx` for the officer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from io import BytesIO
from typing import IO, TYPE_CHECKING

import orjson

from corpus.model import Document, Finding, Run
from corpus.records import finding_record
from outputs import spreadsheet, words
from outputs.report_view import document_order, is_alarm, is_reviewed
from outputs.spreadsheet import CELL, Table, cell_text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

__all__ = [
    "CELL", "DOCUMENT_COLUMNS", "FINDING_COLUMNS", "UNREAD_COLUMNS", "cell_text", "findings_jsonl", "findings_xlsx",
    "jsonl_lines", "sheet", "write_xlsx",
]  # fmt: skip

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
    return b"".join(jsonl_lines(run))


def jsonl_lines(run: Run) -> Iterator[bytes]:
    """The lines of `findings.jsonl`, each with its end."""
    for finding in _reading_order(run.findings):
        row = finding_record(finding, run.documents)
        try:
            yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
        except TypeError:  # a lone surrogate (a damaged file may give one) cannot be UTF-8
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            yield f"{line}\n".encode("utf-8", "replace")


def findings_xlsx(run: Run) -> bytes:
    """`write_xlsx` as bytes."""
    out = BytesIO()
    write_xlsx(run, out)
    return out.getvalue()


def write_xlsx(run: Run, out: IO[bytes]) -> None:
    """Workbook with the sheets "Phát hiện" (to handle), "Ghi nhận" (all others), "Văn bản", "Tệp chưa đọc được".

    The last one has, after these, the files that were read and that something must be known of. Where a sheet cannot
    hold all findings, there is another one behind it.
    """
    unread = [
        *((one.path, words.OUTCOMES.get(one.outcome, one.outcome), one.message)
          for one in sorted(run.unread, key=lambda one: one.path)),
        *((noted.path, words.NOTED, noted.message) for noted in sorted(run.noted, key=lambda one: one.path)),
    ]  # fmt: skip
    tables = (
        *_finding_tables("Phát hiện", [f for f in run.findings if is_alarm(f)], run),
        *_finding_tables("Ghi nhận", [f for f in run.findings if not is_alarm(f)], run),
        Table("Văn bản", DOCUMENT_COLUMNS, len(run.documents), _document_rows(run)),
        Table("Tệp chưa đọc được", UNREAD_COLUMNS, len(unread), ((i, *row) for i, row in enumerate(unread, 1))),
    )
    title = f"Phát hiện rà soát văn bản – {run.unit or ''} – {words.date_words(run.as_of)}"
    spreadsheet.write(out, tables, title, run.as_of.isoformat())


def _finding_tables(title: str, findings: Iterable[Finding], run: Run) -> Iterator[Table]:
    """Findings in reading order on as few sheets as hold them."""
    ordered, most = _reading_order(findings), spreadsheet.ROWS - 1
    for number, start in enumerate(range(0, max(len(ordered), 1), most), 1):
        part = ordered[start : start + most]
        rows = _finding_rows(part, start + 1, run)
        yield Table(f"{title} ({number})" if number > 1 else title, FINDING_COLUMNS, len(part), rows)


def _reading_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (
        f.path, f.places[0].start if f.places else 0, f.rule, f.target_symbol or "", f.target_provision or "", f.id,
    ))  # fmt: skip


def _finding_rows(findings: Iterable[Finding], first: int, run: Run) -> Iterable[tuple[object, ...]]:
    """A row for each finding, numbered from `first`."""
    for i, finding in enumerate(findings, first):
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
    """Add a sheet to a small workbook: headings with their widths, then rows; every text made harmless."""
    from openpyxl.utils import get_column_letter

    made = spreadsheet.head(book, title, columns)
    look = spreadsheet.look(made)
    for r, row in enumerate(rows, 2):
        for n, value in enumerate(row, 1):
            cell = made.cell(r, n)
            cell._style = copy(look)
            if isinstance(value, str):
                cell.value = cell_text(value)
                cell.data_type = "s"
            else:
                cell.value = value
    made.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(made.max_row, 1)}"
