"""A newly issued document as a Prefect flow: it is taken into the corpus, what depends on it is judged again.

`file` is a document anywhere, which is copied to `corpus/trung-uong/moi/`; without it, the flow takes what lies in that
folder and was not read yet. A file stays there once it is read: its path is what findings and decisions know it by.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prefect import flow
from prefect.logging import get_run_logger

from flows.artifacts import publish
from flows.nightly import Tasks
from flows.settings import today
from flows.unattended import arrivals, work


@flow(name="decree", log_prints=False, validate_parameters=False)
def decree(corpus: str, outputs: str, file: str = "", as_of: str | None = None) -> str:
    """Take `file`, or what is new in `moi`, into the corpus and review; returns the run's folder."""
    space = work.space_at(corpus, outputs)
    day = date.fromisoformat(as_of) if as_of else today()
    with work.recorded(space, "decree") as note:
        done = arrivals.take_in(space, Path(file) if file else None, day, Tasks(), note)
    get_run_logger().info("Chạm đến %d chỗ; báo cáo: %s", note.counts.get("touched", 0), done.folder)
    publish(done, note)
    work.tell(space, done)
    return str(done.folder)
