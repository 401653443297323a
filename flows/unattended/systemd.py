"""Units for systemd, with the paths of this machine: everything as one service, or timers without Prefect."""

from __future__ import annotations

import getpass
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.settings import Workspace
from flows.unattended.catching_up import ANNUAL_CLOCK, MAINTENANCE_CLOCK
from flows.unattended.serving import Ports

_SERVICE = """\
# {path}
[Unit]
Description={what}
After=network.target

[Service]
Type={kind}
User={user}
WorkingDirectory={base}
ExecStart={command}
{more}NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=full
UMask=0077
"""
_TIMER = """\
# {path}
[Unit]
Description={what}

[Timer]
OnCalendar={when} Asia/Ho_Chi_Minh
Persistent=true

[Install]
WantedBy=timers.target
"""
_ALWAYS = "Restart=always\nRestartSec=10\nKillSignal=SIGTERM\nTimeoutStopSec=60\n"
_INSTALL = "\n[Install]\nWantedBy=multi-user.target\n"


def units(space: Workspace, ports: Ports, page: Sequence[str], kind: str) -> str:
    """The unit files as one text, each with its path in the first line, and the commands that switch them on."""
    assert space.outputs is not None
    folders = ["--corpus", str(space.corpus.resolve()), "--outputs", str(space.outputs.resolve())]
    if kind == "serve":
        own = ["--page-host" if one == "--host" else one for one in page]
        own = [str(Path(one).resolve()) if before in ("--cert", "--key") else one
               for before, one in zip(["", *own], own, strict=False)]  # fmt: skip
        more = ["--page-port", str(ports.page), "--port", str(ports.prefect), *own]
        unit = _service(space, "rasoat.service", "Rà soát văn bản: trang rà soát, lịch đêm", "simple",
                        ["serve", *folders, *more], _ALWAYS) + _INSTALL  # fmt: skip
        return f"{unit}\n{_switch_on(['rasoat.service'])}"
    nights = (
        ("nightly", "lượt đêm", f"*-*-* {space.settings.night}:00"),
        ("maintenance", "bảo trì", f"*-*-* {MAINTENANCE_CLOCK}:00"),
        ("annual", "dự thảo hồ sơ năm", f"*-12-15 {ANNUAL_CLOCK}:00"),
    )
    parts, timers = list[str](), list[str]()
    for name, what, when in nights:
        parts.append(_service(space, f"rasoat-{name}.service", f"Rà soát văn bản: {what}", "oneshot",
                              [name, *folders, "--no-prefect"], ""))  # fmt: skip
        timers.append(f"rasoat-{name}.timer")
        parts.append(_TIMER.format(path=_place(timers[-1]), what=f"Rà soát văn bản: giờ chạy {what}", when=when))
    return "\n".join([*parts, _switch_on(timers)])


def _service(space: Workspace, name: str, what: str, kind: str, arguments: list[str], more: str) -> str:
    program = Path(sys.argv[0]).resolve()
    command = [str(program)] if program.name == "rasoat" else [sys.executable, "-m", "flows.cli"]
    # systemd reads % and $ in a command line as its own.
    line = shlex.join([*command, *arguments]).replace("%", "%%").replace("$", "$$")
    return _SERVICE.format(path=_place(name), what=what, kind=kind, user=getpass.getuser(), command=line, more=more,
                           base=space.corpus.resolve().parent)  # fmt: skip


def _place(name: str) -> str:
    return f"/etc/systemd/system/{name}"


def _switch_on(names: list[str]) -> str:
    return (
        "# Chép từng phần trên vào tệp nêu ở dòng đầu của nó, rồi chạy:\n"
        f"#   systemctl daemon-reload && systemctl enable --now {' '.join(names)}\n"
    )
