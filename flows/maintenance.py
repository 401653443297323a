"""Maintenance as a Prefect flow: integrity, backup, clean-up."""

from __future__ import annotations

from prefect import flow

from flows.unattended import upkeep, work


@flow(name="maintenance", log_prints=False, validate_parameters=False)
def maintenance(corpus: str, outputs: str) -> str:
    """Check the store, back it up, remove what is old; gives the backup's path."""
    space = work.space_at(corpus, outputs)
    with work.recorded(space, "maintenance") as note:
        made = str(upkeep.maintain(space, note))
    work.tell(space)
    return made
