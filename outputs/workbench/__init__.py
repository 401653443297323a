"""The review page: what changed, what is due, each finding with the law beside it, decisions, papers."""

from __future__ import annotations

from outputs.workbench.door import Door, Job, JobReport, LawText, Paper

__all__ = ["Door", "Job", "JobReport", "LawText", "Paper"]
