"""Limits of the programs that readers start (LibreOffice, antiword, tesseract)."""

from __future__ import annotations

import resource

HELPER_MEMORY = 4 * 1024 * 1024 * 1024


def for_helper() -> None:
    """To be run in the child before the program starts: its own memory limit, no core file.

    The reader's own process is limited tighter; a converter needs more address space than memory.
    """
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = HELPER_MEMORY if hard == resource.RLIM_INFINITY else min(HELPER_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
