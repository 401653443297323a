"""What the officer gets: report, lists, tables, review page."""

from __future__ import annotations

from pathlib import Path

from corpus.model import Run


def write_run(run: Run, folder: Path) -> None:
    """Write everything of a run into `folder`: findings.jsonl, findings.xlsx, and report.html last.

    Each file appears whole or not at all, and the report only when all that it names is there. The same run
    gives the same bytes. Raises `OSError` where the folder cannot be written.
    """
    from outputs.packing import write_whole
    from outputs.report import render
    from outputs.tables import findings_jsonl, findings_xlsx

    write_whole(folder / "findings.jsonl", findings_jsonl(run))
    write_whole(folder / "findings.xlsx", findings_xlsx(run))
    write_whole(folder / "report.html", render(run).encode("utf-8"))
