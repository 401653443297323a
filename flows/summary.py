"""The table of a run, for the person at the terminal."""

from __future__ import annotations

from collections import Counter

from flows.pipeline import Done
from outputs.report_view import counts
from outputs.words import SEVERITIES, rule_name


def say_summary(done: Done) -> None:
    """Findings by rule and severity, files not read, where the report is; on standard error."""
    from rich.console import Console
    from rich.table import Table

    run, console = done.run, Console(stderr=True, highlight=False)
    counted: Counter[tuple[str, str]] = Counter((finding.rule, finding.severity) for finding in run.findings)
    to_handle, noted, unverified = counts(run)
    table = Table(
        title=f"Kết quả rà soát ngày {run.as_of:%d/%m/%Y}: {to_handle} phát hiện cần xử lý, {noted} ghi nhận khác, "
        f"{unverified} viện dẫn chưa xác minh"
    )
    table.add_column("Quy tắc")
    table.add_column("Tên")
    for word in SEVERITIES.values():
        table.add_column(word, justify="right")
    for rule in sorted({finding.rule for finding in run.findings}):
        table.add_row(rule, rule_name(rule), *(str(counted[rule, level] or "") for level in SEVERITIES))
    console.print(table)
    if done.preview:
        console.print(
            f"Ngày {run.as_of:%d/%m/%Y} không nối tiếp các lượt trước: đây là bản xem trước, lịch sử không đổi."
        )
    if not done.again:
        console.print("Không có gì thay đổi so với lượt trước; dùng lại kết quả đã có.")
    for item in run.unread:
        console.print(f"Chưa đọc được: {item.message}", markup=False, soft_wrap=True)
    for one in run.noted:
        console.print(f"Cần chú ý: {one.path}: {one.message}", markup=False, soft_wrap=True)
    console.print(f"Báo cáo: {done.folder / 'report.html'}", markup=False, soft_wrap=True)
