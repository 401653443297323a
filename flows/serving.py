"""Commands of unattended work: one run by hand (under Prefect or not), and the server of everything.

Prefect is imported only after its environment is set (`prefect_door.prepare`).
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows import explaining, prefect_door
from flows.commands import note, space_of
from flows.known import KnownFactory
from flows.lookup import read_one
from flows.opening import CannotRun, session
from flows.settings import Workspace, today

if TYPE_CHECKING:
    from flows.unattended.diary import Kind
    from flows.unattended.work import Note


def nightly_command(options: Namespace) -> int:
    """`rasoat nightly`: on the server that `rasoat serve` started here, else on one of Prefect's own for this run."""

    def plain(space: Workspace, day: date, said: Note) -> str:
        from flows import sources
        from flows.unattended import work

        sources.fetch(space, said.say)
        done = work.night(space, day, work.Plain(), said, note, options.all)
        work.tell(space, done)
        return told(str(done.folder), done.again)

    def flow(space: Workspace) -> str:
        from flows.nightly import nightly

        assert space.outputs is not None
        before = {str(place) for place in space.outputs.glob("luot-*")}
        folder = nightly(*_folders(space), _iso(options.as_of), options.all)
        return told(folder, folder not in before)

    def told(folder: str, again: bool) -> str:
        if options.explain:
            print("\n".join(explaining.told(Path(folder), again)))
        return folder

    return _run(options, "nightly", plain, flow)


def decree_command(options: Namespace) -> int:
    """`rasoat decree [FILE]`: `impact --apply` as a Prefect flow; without a file, what is new in `moi`."""
    file = Path(options.file).resolve() if options.file else None

    def plain(space: Workspace, day: date, said: Note) -> str:
        from flows.unattended import arrivals, work

        done = arrivals.take_in(space, file, day, work.Plain(), said)
        work.tell(space, done)
        return str(done.folder)

    def flow(space: Workspace) -> str:
        from flows.decree import decree

        return decree(*_folders(space), str(file or ""), _iso(options.as_of))

    def readable(space: Workspace) -> int:
        try:
            if file is not None:
                read_one(file, KnownFactory(own=space.own_register))
        except CannotRun as error:
            note(str(error))
            return 1
        return 0

    return _run(options, "decree", plain, flow, readable)


def annual_command(options: Namespace) -> int:
    """`rasoat annual`: a review, then the drafts for 31 January; prints the files."""

    def plain(space: Workspace, day: date, said: Note) -> str:
        from flows.unattended import drafts, work

        done = work.night(space, day, work.Plain(), said, note)
        made = drafts.draft(space, options.year, day, said)
        work.tell(space, done)
        return "\n".join(map(str, made))

    def flow(space: Workspace) -> str:
        from flows.annual import annual

        return "\n".join(annual(*_folders(space), options.year, _iso(options.as_of)))

    return _run(options, "annual", plain, flow)


def maintenance_command(options: Namespace) -> int:
    """`rasoat maintenance`: integrity, backup, clean-up; prints the backup's path. 1 where the store has a fault."""

    def plain(space: Workspace, day: date, said: Note) -> str:
        from flows.unattended import upkeep, work

        made = upkeep.maintain(space, said)
        work.tell(space)
        return str(made)

    def flow(space: Workspace) -> str:
        from flows.maintenance import maintenance

        return maintenance(*_folders(space))

    return _run(options, "maintenance", plain, flow)


def serve_command(options: Namespace) -> int:
    """`rasoat serve`: everything of one office until Ctrl-C or SIGTERM."""
    from flows.unattended.serving import CannotServe, Ports, serve

    space = space_of(options, need_outputs=True)
    if space is None or space.outputs is None:
        return 2
    from flows.workbench import access_of
    from outputs.workbench.users import WrongUser

    try:
        access = access_of(space, options)  # said here, not by a page that does not start
    except WrongUser as error:
        note(str(error))
        return 2
    ports = Ports(options.page_port, options.port, options.host, access.certificate is not None)
    page = ["--host", options.host]
    for name, value in (("--by", options.by), ("--cert", options.cert), ("--key", options.key)):
        page += [name, value] if value else []
    for name in options.name:
        page += ["--name", name]
    if options.systemd:
        from flows.unattended.systemd import units

        print(units(space, ports, page, options.systemd))
        return 0
    try:
        serve(space, ports, page, note)
    except CannotServe as error:
        note(str(error))
        return 2
    except OSError as error:
        note(f"Không ghi được vào {space.outputs}: {error.strerror}.")
        return 2
    return 0


def _run(
    options: Namespace, kind: Kind, plain: Callable[[Workspace, date, Note], str], flow: Callable[[Workspace], str],
    first: Callable[[Workspace], int] | None = None,
) -> int:  # fmt: skip
    """Run one kind of work now, recorded in the diary either way, and print what it gives."""
    space = space_of(options, need_outputs=True)
    if space is None or space.outputs is None:
        return 2
    if first is not None and (code := first(space)):
        return code
    day = getattr(options, "as_of", None) or today()
    try:
        if options.prefect:
            if not _free(space):
                return 2
            prefect_door.prepare(space.outputs, prefect_door.running_server(space.outputs))
            given = flow(space)
        else:
            from flows.unattended.work import recorded

            with recorded(space, kind) as said:
                given = plain(space, day, said)
    except CannotRun as error:
        note(str(error))
        return 2 if kind != "maintenance" else 1
    if given:
        print(given)
    sys.stdout.flush()
    return 0


def _free(space: Workspace) -> bool:
    """Whether a run could start now; says why not. Asked first: inside a flow, Prefect would print a traceback."""
    try:
        with session(space):
            return True
    except CannotRun as error:
        note(str(error))
        return False


def _folders(space: Workspace) -> tuple[str, str]:
    assert space.outputs is not None
    return str(space.corpus.resolve()), str(space.outputs.resolve())


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
