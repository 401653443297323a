"""Files that arrive in `corpus/trung-uong/moi/`: which of them the store has not read, and when one is there whole."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from corpus import store
from flows import lookup
from flows.pipeline import CannotRun, corpus_files, store_place
from flows.settings import CENTRAL, Workspace
from flows.sources import NEW
from flows.unattended.work import Note

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


def touched(space: Workspace, place: Path, as_of: date, note: Note) -> lookup.Touched | None:
    """What a document touches, told in the log; None, told too, where it cannot be read (then the run lists it)."""
    try:
        found = lookup.impact(space, place, as_of)
    except CannotRun as error:
        note.say(f"Văn bản mới {place.name}: {error}")
        return None
    note.say(f"Văn bản mới {place.name}: chạm đến {len(found.findings)} chỗ trong văn bản của xã")
    note.counts["touched"] = note.counts.get("touched", 0) + len(found.findings)
    return found
