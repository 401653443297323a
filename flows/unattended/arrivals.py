"""Files that arrive in `corpus/trung-uong/moi/`: which of them the store has not read, and when one is there whole."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from corpus import store
from flows import lookup
from flows.known import KnownFactory
from flows.opening import store_place
from flows.pipeline import Done
from flows.reading import corpus_files
from flows.settings import CENTRAL, Workspace
from flows.sources import NEW
from flows.unattended.work import Note, Steps, night

QUIET_S = 5.0
"""A file is there whole when its size and time have stayed so long: someone may still be copying it."""
Mark = tuple[int, int]


def waiting(space: Workspace) -> list[Path]:
    """Files of `moi` that the store has not read as they are now, in the order of their names."""
    folder = space.corpus / CENTRAL / NEW
    if not folder.is_dir():
        return []
    prefix = f"{space.corpus.name}/{CENTRAL}/{NEW}/"
    present = {path: place for path, place in corpus_files(folder.parent.parent).items() if path.startswith(prefix)}
    try:
        with store.open(store_place(space)) as opened:
            rows = {path: row for path, row in opened.files().items() if path.startswith(prefix)}
    except store.StoreError:
        rows = {}
    found = []
    for path, place in present.items():
        stat, row = place.stat(), rows.get(path)
        if row is None or (row.size, row.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
            found.append(place)
    return found


class Watch:
    """Looks into `moi` now and then; tells when something new has come and has stopped growing."""

    def __init__(self, space: Workspace) -> None:
        self._folder = space.corpus / CENTRAL / NEW
        self._space = space
        self._seen: Mapping[str, Mark] = {}
        self._since = 0.0
        self._told: Mapping[str, Mark] | None = None
        self._asked = 0.0

    def arrived(self, moment: float | None = None, again_after: float = 900.0) -> list[Path]:
        """Files to be taken in now; told once, and again after a while if they are still not read."""
        moment = time.monotonic() if moment is None else moment
        seen = self._marks()
        if seen != self._seen:
            self._seen, self._since = seen, moment
            return []
        if not seen or moment - self._since < QUIET_S:
            return []
        if seen == self._told and moment - self._asked < again_after:
            return []
        self._told, self._asked = seen, moment
        return waiting(self._space)

    def _marks(self) -> dict[str, Mark]:
        found = {}
        try:
            for place in self._folder.rglob("*"):
                if place.is_file() and not place.name.startswith((".", "~$")):
                    stat = place.stat()
                    found[str(place)] = (stat.st_size, stat.st_mtime_ns)
        except OSError:  # a file that went away, a share that is not connected: asked again in a moment
            return {}
        return found


def take_in(space: Workspace, file: Path | None, as_of: date, steps: Steps, note: Note) -> Done:
    """Take `file`, or what waits in `moi`, into the corpus and review; tells what each of them touches.

    Raises `CannotRun` where `file` cannot be read; a file that waits in `moi` and cannot be read is listed by the run.
    """
    if file is not None:
        lookup.read_one(file, KnownFactory(own=space.own_register))
        fresh = [lookup.copied(file, space.corpus / CENTRAL / NEW)]
    else:
        fresh = waiting(space)
    done = night(space, as_of, steps, note, note.say)
    paths = {"/".join((space.corpus.name, *one.relative_to(space.corpus).parts)): one.name for one in fresh}
    unread = {one.path: one.message for one in done.run.unread}
    for path, name in paths.items():
        document = done.run.documents.get(path)
        if document is None:
            note.say(f"Văn bản mới {name}: {unread.get(path, 'đã có trong kho')}")
            continue
        found = [one for one in done.run.findings if one.path != path and one.state != "unchanged"]
        count = sum(lookup.touches(one, document) for one in found)
        note.counts["touched"] = note.counts.get("touched", 0) + count
        note.say(f"Văn bản mới {name}: {count} phát hiện mới hoặc thay đổi ở văn bản của xã")
    return done
