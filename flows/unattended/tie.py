"""Run as a program: become COMMAND, ended by the system when the process PARENT dies. `tie.py PARENT COMMAND…`"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """The wish to be ended stays over `execv`."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it died before we could wish
        raise SystemExit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
