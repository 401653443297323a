"""Where new central law comes from. The folder `corpus/trung-uong/moi/` is always there; what is set in `[nguon]` of
`rasoat.toml` puts documents into it at the start of the night. Nothing is asked over the network unless switched on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from flows.settings import CENTRAL, Workspace
from flows.unattended.diary import Diary, now

NEW, KEPT = "moi", "nguon.json"
Say = Callable[[str], None]


class Source(Protocol):
    """One place that new documents come from."""

    @property
    def name(self) -> str:
        """What the officer knows it by."""
        ...

    def fetch(self, into: Path, say: Say) -> int:
        """Put what is new into the folder `into`, each file whole or not at all; gives their number.

        Raises `OSError` or `ValueError` (Vietnamese) where the source as a whole cannot be used; one document that
        cannot be had is told to `say` and asked for again another night.
        """
        ...


def sources(space: Workspace) -> list[Source]:
    """The sources that the settings name, besides the folder `moi` itself."""
    from flows.sources.folder import FolderSource
    from flows.sources.web import WebSource

    settings, found = space.settings.unattended.sources, list[Source]()
    assert space.outputs is not None
    if settings.folder:
        folder = Path(settings.folder)
        found.append(FolderSource(folder if folder.is_absolute() else space.corpus.parent / folder))
    if settings.on:
        found.append(WebSource(settings, Diary(space.outputs)))
    return found


def fetch(space: Workspace, say: Say) -> int:
    """Ask every source for what is new; gives the number of documents. A source that fails is told, never raised."""
    assert space.outputs is not None
    total, trouble = 0, []
    asked = sources(space)
    for source in asked:
        try:
            count = source.fetch(space.corpus / CENTRAL / NEW, say)
        except (OSError, ValueError) as error:
            trouble.append(f"{source.name}: {error}")
            say(f"Nguồn {source.name}: không dùng được. {error}")
            continue
        total += count
        say(f"Nguồn {source.name}: {count} văn bản mới")
    if asked:
        Diary(space.outputs).keep("nguon-tinh-hinh.json", {"at": now(), "new": total, "trouble": trouble})
    return total
