"""Commands that run under Prefect: one night by hand, one decree by hand, and the server with its schedule.

Prefect is imported only after its environment is set (`prefect_door.prepare`).
"""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from flows import prefect_door
from flows.commands import note, space_of
from flows.known import KnownFactory
from flows.lookup import read_one
from flows.pipeline import CannotRun, session
from flows.settings import Workspace


def nightly_command(options: Namespace) -> int:
    """`rasoat nightly`: on the server that `rasoat serve` started here, else on one of Prefect's own for this run."""
    space = _ready(options)
    if space is None or not _free(space):
        return 2
    from flows.nightly import nightly

    return _run(lambda: nightly(*_folders(space), _iso(options.as_of)))


def decree_command(options: Namespace) -> int:
    """`rasoat decree FILE`: `impact --apply` as a Prefect flow."""
    space = _ready(options)
    if space is None or not _free(space):
        return 2
    try:
        read_one(Path(options.file), KnownFactory(own=space.own_register))
    except CannotRun as error:
        note(str(error))
        return 1
    from flows.decree import decree

    return _run(lambda: decree(*_folders(space), str(Path(options.file).resolve()), _iso(options.as_of)))


def serve_command(options: Namespace) -> int:
    """`rasoat serve`: server and deployments until Ctrl-C or SIGTERM."""
    space = space_of(options, need_outputs=True)
    if space is None or space.outputs is None:
        return 2
    try:
        with prefect_door.server(space.outputs, options.port) as api:
            page, night = api.removesuffix("/api"), space.settings.night
            note(f"Máy chủ Prefect: {page} · lịch chạy đêm {night} (giờ Việt Nam). Dừng: Ctrl-C")
            _serve(space)
    except RuntimeError as error:
        note(str(error))
        return 1
    return 0


def _serve(space: Workspace) -> None:
    """Offer the deployments to the server and carry out their runs, until a signal ends it."""
    from typing import cast

    from prefect import serve
    from prefect.deployments.runner import RunnerDeployment
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.decree import decree
    from flows.nightly import nightly

    corpus, outputs = _folders(space)
    hour, minute = space.settings.night.split(":")
    night = nightly.to_deployment(
        name="dem", parameters={"corpus": corpus, "outputs": outputs},
        schedule=Cron(f"{int(minute)} {int(hour)} * * *", timezone="Asia/Ho_Chi_Minh"),
        entrypoint_type=EntrypointType.MODULE_PATH,
        description="Lần chạy đêm: đọc tệp mới, rà soát, ghi báo cáo.",
    )  # fmt: skip
    new = decree.to_deployment(
        name="van-ban-moi", parameters={"corpus": corpus, "outputs": outputs, "file": ""},
        entrypoint_type=EntrypointType.MODULE_PATH,
        description="Đưa một văn bản mới vào kho và rà soát lại; điền tham số file.",
    )  # fmt: skip
    try:
        serve(cast(RunnerDeployment, night), cast(RunnerDeployment, new), limit=1, print_starting_message=False)
    except KeyboardInterrupt:
        note("rasoat: đang dừng máy chủ.")


def _ready(options: Namespace) -> Workspace | None:
    """The workspace, with Prefect's environment set; None after a message."""
    space = space_of(options, need_outputs=True)
    if space is None or space.outputs is None:
        return None
    prefect_door.prepare(space.outputs, prefect_door.running_server(space.outputs))
    return space


def _free(space: Workspace) -> bool:
    """Whether a run could start now; says why not. Asked first: inside a flow, Prefect would print a traceback."""
    try:
        with session(space):
            return True
    except CannotRun as error:
        note(str(error))
        return False


def _run(flow_call: object) -> int:
    try:
        folder = flow_call()  # type: ignore[operator]
    except CannotRun as error:
        note(str(error))
        return 2
    print(folder)
    sys.stdout.flush()
    return 0


def _folders(space: Workspace) -> tuple[str, str]:
    assert space.outputs is not None
    return str(space.corpus.resolve()), str(space.outputs.resolve())


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
