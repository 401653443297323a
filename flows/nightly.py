"""The night as a Prefect flow: what changed is read in batches, then judged, then written.

The steps are those of `flows.pipeline`; Prefect adds what an office wants to see of an unattended run: its
state, logs, and the tables and links that it leaves. Idempotence is in the store, not in Prefect's cache.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows import pipeline
from flows.progress import Silent
from flows.settings import Workspace, load, today

BATCH_FILES = 200


@task(name="doc-tep", cache_policy=NO_CACHE)
def read_batch(session: pipeline.Session, paths: list[str]) -> int:
    """Read one batch of changed files into the store."""
    return pipeline.read(session, paths, Silent())


@task(name="ra-soat", cache_policy=NO_CACHE)
def judge(session: pipeline.Session, as_of: date) -> pipeline.Judged:
    """Judge all documents under review."""
    return pipeline.judge(session, as_of, Silent())


@task(name="ghi-ket-qua", cache_policy=NO_CACHE)
def write(session: pipeline.Session, judged: pipeline.Judged) -> pipeline.Done:
    """Write the run's folder and keep its findings."""
    return pipeline.write(session, judged)


@flow(name="nightly", log_prints=False, validate_parameters=False)
def nightly(corpus: str, outputs: str, as_of: str | None = None) -> str:
    """Review a workspace; returns the run's folder. `as_of` is ISO, today in Viet Nam if None."""
    log = get_run_logger()
    space = Workspace(Path(corpus), Path(outputs), load(Path(corpus).parent / "rasoat.toml"))
    day = date.fromisoformat(as_of) if as_of else today()
    with pipeline.session(space) as session:
        for fault in session.register.faults:
            log.warning("%s", fault)
        changed = pipeline.changed(session)
        log.info("Tệp mới hoặc đã đổi: %d", len(changed))
        for start in range(0, len(changed), BATCH_FILES):
            read_batch(session, changed[start : start + BATCH_FILES])
        done = pipeline.unchanged(session, day) or write(session, judge(session, day))
    publish(done)
    log.info("Phát hiện: %d; chưa đọc được: %d; báo cáo: %s", len(done.run.findings), len(done.run.unread), done.folder)
    return str(done.folder)


def publish(done: pipeline.Done) -> None:
    """Leave the run's artifacts in Prefect: findings by rule, files not read, the report."""
    rows = [{"quy_tac": rule, "so_phat_hien": count} for rule, count in pipeline.by_rule(done.run)]
    create_table_artifact(rows, key="phat-hien", description=f"Phát hiện, ngày {done.run.as_of:%d/%m/%Y}")
    unread = [{"tep": item.path, "ly_do": item.message} for item in done.run.unread]
    create_table_artifact(unread, key="chua-doc-duoc", description="Tệp chưa đọc được")
    report = (done.folder / "report.html").resolve()
    create_link_artifact(report.as_uri(), link_text="Báo cáo rà soát", key="bao-cao")
