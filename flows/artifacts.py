"""What a run leaves in Prefect for the person who looks there: tables, a summary, the link to the report."""

from __future__ import annotations

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows import pipeline
from flows.unattended.work import Note
from outputs.words import STATES


def publish(done: pipeline.Done, note: Note) -> None:
    """Findings by rule, what changed, what could not be read, the report. Prefect being gone costs these alone."""
    try:
        _publish(done)
    except Exception as error:  # noqa: BLE001 - the run is written; its result must not depend on Prefect's server
        note.say(f"Không ghi được bảng kết quả vào Prefect ({type(error).__name__}); kết quả lượt chạy vẫn đầy đủ.")


def _publish(done: pipeline.Done) -> None:
    run = done.run
    rows = [{"quy_tac": rule, "so_phat_hien": count} for rule, count in pipeline.by_rule(run)]
    create_table_artifact(rows, key="phat-hien", description=f"Phát hiện, ngày {run.as_of:%d/%m/%Y}")
    unread = [{"tep": item.path, "ly_do": item.message} for item in run.unread]
    create_table_artifact(unread, key="chua-doc-duoc", description="Tệp chưa đọc được")
    create_markdown_artifact(changes(done), key="thay-doi", description="Thay đổi so với lượt trước")
    report = (done.folder / "report.html").resolve()
    create_link_artifact(report.as_uri(), link_text="Báo cáo rà soát", key="bao-cao")


def changes(done: pipeline.Done) -> str:
    """What changed since the run before, as Markdown: counts by rule and state, no quotation."""
    run = done.run
    if not done.again:
        return f"Không có gì thay đổi so với lượt {run.number}."
    counted: dict[tuple[str, str], int] = {}
    for finding in run.findings:
        if finding.state != "unchanged":
            counted[finding.rule, finding.state] = counted.get((finding.rule, finding.state), 0) + 1
    for finding in run.gone:
        counted[finding.rule, "gone"] = counted.get((finding.rule, "gone"), 0) + 1
    names = {**STATES, "gone": "Không còn"}
    lines = [f"| {rule} | {names[state]} | {count} |" for (rule, state), count in sorted(counted.items())]
    if not lines:
        return f"Lượt {run.number}: không có phát hiện mới hay thay đổi."
    return "\n".join([f"Lượt {run.number}", "", "| Quy tắc | Thay đổi | Số phát hiện |", "|---|---|---|", *lines])
