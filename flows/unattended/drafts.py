"""The drafts for 31 January: a review of the day, then the set of papers of the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flows.office import door, papers
from flows.settings import Workspace
from flows.unattended.notices import Notices
from flows.unattended.work import Note

PAPER = "bo-31-01"


def draft(space: Workspace, year: int | None, day: date, note: Note) -> tuple[Path, ...]:
    """Make the drafts of a year (the usual one of the day) from the last run; gives the files."""
    year = year or papers.usual_year(day)
    with door.opened(space) as store:
        stuff = papers.material(space, store, year, day)
    made, _ = papers.write(space, stuff, PAPER, None, False, note.say)
    note.message = f"đã lập {len(made)} tệp dự thảo cho hồ sơ 31/01 của năm {year}"
    note.folder = made[0].parent if made else None
    note.counts |= {"papers": len(made)}
    Notices(space, note.diary).add(f"Hồ sơ 31/01 của năm {year}: đã lập {len(made)} tệp dự thảo.")
    return made
