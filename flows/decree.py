"""A newly issued document as a Prefect flow: it is taken into the corpus, what depends on it is judged again.

`file` is a document anywhere, which is copied to `corpus/trung-uong/moi/`; without it, the flow takes what lies in that
folder and was not read yet. A file stays there once it is read: its path is what findings and decisions know it by.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows import lookup, pipeline
from flows.artifacts import publish
from flows.settings import Workspace, today
from flows.unattended import arrivals, work


@task(name="dua-vao-kho", cache_policy=NO_CACHE)
def take_in(space: Workspace, file: Path, as_of: date, touched: lookup.Touched) -> pipeline.Done:
    """Copy the document into the corpus and judge what depends on it."""
    return lookup.take_in(space, file, as_of, touched)


@task(name="ra-soat-lai", cache_policy=NO_CACHE)
def review(space: Workspace, as_of: date, note: work.Note) -> pipeline.Done:
    """Read what is new in the corpus and judge what depends on it."""
    return work.night(space, as_of, work.Plain(), note, note.say)


@flow(name="decree", log_prints=False, validate_parameters=False)
def decree(corpus: str, outputs: str, file: str = "", as_of: str | None = None) -> str:
    """Take `file`, or what is new in `moi`, into the corpus and review; returns the run's folder."""
    log = get_run_logger()
    space = work.space_at(corpus, outputs)
    day = date.fromisoformat(as_of) if as_of else today()
    with work.recorded(space, "decree") as note:
        if file:
            touched = lookup.impact(space, Path(file), day)
            log.info("Văn bản %s chạm đến %d chỗ trong văn bản của xã", file, len(touched.findings))
            done = take_in(space, Path(file), day, touched)
            note.take(done)
        else:
            for place in arrivals.waiting(space):
                arrivals.touched(space, place, day, note)
            done = review(space, day, note)
    publish(done, note)
    work.tell(space, done)
    return str(done.folder)
