"""A newly issued document as a Prefect flow: it is taken into the corpus, what depends on it is judged again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows import lookup, pipeline
from flows.nightly import publish
from flows.settings import Workspace, load, today


@task(name="dua-vao-kho", cache_policy=NO_CACHE)
def take_in(space: Workspace, file: Path, as_of: date, touched: lookup.Touched) -> pipeline.Done:
    """Copy the document into the corpus and judge what depends on it."""
    return lookup.take_in(space, file, as_of, touched)


@flow(name="decree", log_prints=False, validate_parameters=False)
def decree(corpus: str, outputs: str, file: str, as_of: str | None = None) -> str:
    """Take `file` into the corpus and review; returns the run's folder."""
    log = get_run_logger()
    space = Workspace(Path(corpus), Path(outputs), load(Path(corpus).parent / "rasoat.toml"))
    day = date.fromisoformat(as_of) if as_of else today()
    touched = lookup.impact(space, Path(file), day)
    log.info("Văn bản %s chạm đến %d chỗ trong văn bản của xã", file, len(touched.findings))
    done = take_in(space, Path(file), day, touched)
    publish(done)
    return str(done.folder)
