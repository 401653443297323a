"""What the officer gets: report, lists, tables, review page."""

from __future__ import annotations

from pathlib import Path

from corpus.model import Run


def write_run(run: Run, folder: Path) -> None:
    """Write everything of a run into `folder`: findings.jsonl, findings.xlsx, and report.html last.

    Each file appears whole or not at all, and the report only when all that it names is there. The same run
    gives the same bytes. Raises `OSError` where the folder cannot be written.
    """
    from outputs.packing import whole, write_whole
    from outputs.report import render
    from outputs.tables import jsonl_lines, write_xlsx

    with whole(folder / "findings.jsonl") as out:
        out.writelines(jsonl_lines(run))
    with whole(folder / "findings.xlsx") as out:
        write_xlsx(run, out)
    write_whole(folder / "report.html", render(run).encode("utf-8"))
