"""The year as a Prefect flow: on 15 December the drafts for 31 January are made from a review of that day.

NĐ 79/2025/NĐ-CP, Điều 43: the lists of documents that ended in the year are published by 31 January.
"""

from __future__ import annotations

from datetime import date

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import publish
from flows.nightly import Tasks
from flows.settings import Workspace, today
from flows.unattended import drafts, work


@task(name="lap-du-thao", cache_policy=NO_CACHE)
def draft(space: Workspace, year: int | None, day: date, note: work.Note) -> list[str]:
    """Make the papers."""
    return [str(path) for path in drafts.draft(space, year, day, note)]


@flow(name="annual", log_prints=False, validate_parameters=False)
def annual(corpus: str, outputs: str, year: int | None = None, as_of: str | None = None) -> list[str]:
    """Review, then draft the set for 31 January of a year (None: the usual one of the day); gives the files."""
    space = work.space_at(corpus, outputs)
    day = date.fromisoformat(as_of) if as_of else today()
    with work.recorded(space, "annual") as note:
        done = work.night(space, day, Tasks(), note, note.say)
        made = draft(space, year, day, note)
    publish(done, note)
    work.tell(space, done)
    return made
