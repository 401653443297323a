"""The body of an unattended run, the same under Prefect and without it: recorded, bounded, patient, told.

A run that finds the store taken waits for it; one that hangs is ended; what died is resumed by the next, because what
was read is in the store. Whatever a notice or Prefect's server does, the run's result stands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from corpus.store import StoreBusy
from flows import opening, pipeline, reading, ruling
from flows.opening import CannotRun, Session
from flows.pipeline import Done, Judged
from flows.progress import Silent
from flows.settings import Workspace, load
from flows.unattended.diary import NAMES, Diary, Kind
from flows.unattended.limits import end_with_parent, ended_after
from flows.unattended.notices import Notices, serious

BATCH_FILES = 200
STORE_WAIT_S = 900.0
"""How long a run waits for another one that writes to the store: an officer's review by hand is shorter."""
TRACE = "treo.log"


@dataclass(slots=True)
class Note:
    """What a run says of itself while it works; it becomes its line in the diary."""

    diary: Diary
    message: str = ""
    folder: Path | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def say(self, message: str) -> None:
        """One line in the log, and in what the run ends with."""
        self.diary.say(message)

    def take(self, done: Done) -> None:
        """What a review brought."""
        run = done.run
        self.folder = done.folder
        self.counts |= {"findings": len(run.findings), "unread": len(run.unread), "run": run.number}
        self.counts["again"] = int(done.again)
        again = "" if done.again else "không có gì thay đổi; "
        self.message = f"{again}{len(run.findings)} phát hiện, {len(run.unread)} tệp chưa đọc được; {done.folder.name}"


class Steps(Protocol):
    """The steps of a night; Prefect hands in its tasks around the same functions."""

    def read(self, session: Session, paths: list[str]) -> int: ...
    def judge(self, session: Session, as_of: date, everything: bool) -> Judged: ...
    def write(self, session: Session, judged: Judged) -> Done: ...


class Plain:
    """The steps without Prefect."""

    def read(self, session: Session, paths: list[str]) -> int:
        """Read one batch of changed files into the store."""
        return reading.read(session, paths, Silent())

    def judge(self, session: Session, as_of: date, everything: bool) -> Judged:
        """Judge what rests on something that changed, or everything."""
        return pipeline.judge(session, as_of, Silent(), everything)

    def write(self, session: Session, judged: Judged) -> Done:
        """Write the run's folder and keep its findings."""
        return pipeline.write(session, judged)


def space_at(corpus: str, outputs: str) -> Workspace:
    """The workspace of two folders, as the parameters of a deployment name it."""
    return Workspace(Path(corpus), Path(outputs), load(Path(corpus).parent / "rasoat.toml"))


@contextmanager
def recorded(space: Workspace, kind: Kind) -> Iterator[Note]:
    """Note a run in the diary, end it after its limit, and tell of its failure."""
    assert space.outputs is not None
    diary = Diary(space.outputs)
    end_with_parent()
    entry, note = diary.begin(kind), Note(diary)
    notices = Notices(space, diary)
    try:
        with ended_after(space.settings.unattended.limit_hours, diary.folder / TRACE):
            yield note
    except CannotRun as error:
        busy = isinstance(error.__cause__, StoreBusy)
        diary.end(entry, "ban" if busy else "hong", str(error), counts=note.counts)
        if not busy:
            notices.add(f"{NAMES[kind]} không chạy được. Xem {diary.log.name} trong thư mục nhat-ky.")
            notices.deliver()
        raise
    except BaseException as error:
        diary.end(entry, "hong", f"{type(error).__name__}: {error}"[:300], counts=note.counts)
        notices.add(f"{NAMES[kind]} hỏng. Xem {diary.log.name} trong thư mục nhat-ky.")
        notices.deliver()
        raise
    else:
        diary.end(entry, "xong", note.message or None, note.folder, note.counts)


def tell(space: Workspace, done: Done | None = None) -> None:
    """Put what a run brought into the notices, and send what waits. Never raises for what a notice meets."""
    assert space.outputs is not None
    diary = Diary(space.outputs)
    notices = Notices(space, diary)
    if done is not None and (text := serious(done)) is not None:
        notices.add(text)
    notices.deliver()


def night(
    space: Workspace, as_of: date, steps: Steps, note: Note, warn: Callable[[str], None], everything: bool = False,
    wait: float = STORE_WAIT_S,
) -> Done:  # fmt: skip
    """Review a workspace: what changed is read in batches, then judged, then written.

    `everything`: what rests on nothing new is judged again too. Raises `CannotRun`.
    """
    with patient_session(space, wait) as session:
        for fault in (*session.register.faults, *ruling.own_of(space).faults):
            warn(fault)
        pipeline.rule_settings(space)
        changed = reading.changed(session)
        note.counts["changed"] = len(changed)
        if changed:
            note.say(f"Tệp mới hoặc đã đổi: {len(changed)}")
        for start in range(0, len(changed), BATCH_FILES):
            steps.read(session, changed[start : start + BATCH_FILES])
        same = None if everything else pipeline.unchanged(session, as_of, later_too=True)
        done = same or steps.write(session, steps.judge(session, as_of, everything))
    note.take(done)
    return done


@contextmanager
def patient_session(space: Workspace, wait: float = STORE_WAIT_S) -> Iterator[Session]:
    """`opening.session`, waiting for a store that another run has."""
    until = time.monotonic() + wait
    with ExitStack() as stack:
        while True:
            try:
                session = stack.enter_context(opening.session(space))
                break
            except CannotRun as error:
                if not isinstance(error.__cause__, StoreBusy) or time.monotonic() > until:
                    raise
                time.sleep(min(5.0, max(wait / 10, 0.05)))
        yield session
