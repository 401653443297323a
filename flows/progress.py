"""Progress on standard error: a bar with counts and time left where a person looks on, else one line a step."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """What the pipeline tells of its progress."""

    def step(self, name: str) -> None:
        """A new step begins."""
        ...

    def track(self, items: Iterable[T], total: int, name: str) -> Iterator[T]:
        """Pass `items` on, one by one, counting them."""
        ...


class Silent:
    """Says nothing."""

    def step(self, name: str) -> None:
        return

    def track(self, items: Iterable[T], total: int, name: str) -> Iterator[T]:
        yield from items


class Lines:
    """One line a step, for logs. Within a long step a line every `every_s` seconds."""

    def __init__(self, every_s: float = 20.0) -> None:
        self.every_s = every_s

    def step(self, name: str) -> None:
        print(name, file=sys.stderr, flush=True)

    def track(self, items: Iterable[T], total: int, name: str) -> Iterator[T]:
        self.step(f"{name}: {total}")
        said = time.monotonic()
        for done, item in enumerate(items, 1):
            yield item
            if time.monotonic() - said >= self.every_s:
                said = time.monotonic()
                self.step(f"  {name}: {done}/{total}")


class Bar:
    """A bar with counts and time left (rich)."""

    def step(self, name: str) -> None:
        print(name, file=sys.stderr, flush=True)

    def track(self, items: Iterable[T], total: int, name: str) -> Iterator[T]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                   TextColumn("còn"), TimeRemainingColumn())  # fmt: skip
        with RichProgress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(name, total=total)
            for item in items:
                yield item
                bar.advance(task)


def for_terminal() -> Progress:
    """A bar on a terminal, lines elsewhere."""
    return Bar() if sys.stderr.isatty() else Lines()
