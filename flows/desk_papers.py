"""Papers for the review page: which can be made, making them, and those that lie in the outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from flows.settings import Workspace
from outputs.workbench.door import Job, Paper

_SUFFIXES = (".docx", ".xlsx", ".pdf", ".html", ".json", ".jsonl", ".zip")
Say = Callable[[str], None]


def papers() -> tuple[Paper, ...]:
    """The papers that can be made, in the order of the officer's year."""
    return ()


def make(space: Workspace, job: Job, say: Say) -> tuple[str, ...]:
    """Make papers; gives their names below `outputs/`. Raises `ValueError` for a paper that is none."""
    raise ValueError(f"Không có giấy tờ “{job.paper}”.")


def made(space: Workspace) -> Mapping[str, int]:
    """Files of papers and of the last run below `outputs/` by name there, the newest first, with their size."""
    assert space.outputs is not None
    runs = sorted(space.outputs.glob("luot-*"))[-1:]
    folders = [space.outputs / "giay-to", *runs]
    found = [
        path for folder in folders if folder.is_dir() for path in folder.rglob("*")
        if path.is_file() and path.suffix in _SUFFIXES and not path.name.startswith(".")
    ]  # fmt: skip
    found.sort(key=lambda path: (-path.stat().st_mtime, path.name))
    return {path.relative_to(space.outputs).as_posix(): path.stat().st_size for path in found}


def paper(space: Workspace, name: str) -> bytes | None:
    """The bytes of one of `made`; None for any other name."""
    assert space.outputs is not None
    return Path(space.outputs, name).read_bytes() if name in made(space) else None
