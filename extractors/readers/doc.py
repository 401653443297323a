"""Old Word files, RTF, ODT: converted by LibreOffice; DOC else by antiword. Both are programs with limits of their own.

Macros stay off and nothing is fetched from outside: by LibreOffice's own settings (`_PROFILE`; without them it fetches
every linked picture), and where the system allows it because there is no network (`limits.offline`). LibreOffice keeps
fonts (so that text of before Unicode can be decoded), tables and automatic numbers.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.model import Line
from extractors.readers import Reading, docx, limits
from extractors.readers.text import lines_of

# "- Lưu: VT.TM. ỦY BAN NHÂN DÂN"
_GLUED = re.compile(r"(-?\s?Lưu\b.{0,60}?[.;,)])\s?((?:TM|KT|TL|TUQ|Q)\.\s?[A-ZĐỦ].*|CHỦ TỊCH.*)")

_SAFE = {"BlockUntrustedRefererLinks": "true", "DisableMacrosExecution": "true", "DisableActiveContent": "true",
         "MacroSecurityLevel": "3"}  # fmt: skip
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in _SAFE.items()
    )
    + "</oor:items>"
)
_NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")

LIBREOFFICE_SECONDS = 45.0
LIBREOFFICE_CPU, LIBREOFFICE_BYTES_A_SECOND = 7, 12_000_000
"""Seconds of the processor: it takes 1.2 to start and convert a page, 1.6 for a law of 150 kB."""
ANTIWORD_SECONDS = 15.0
ANTIWORD_CPU = 5


def read(path: Path) -> Reading:
    """Lines of a DOC, RTF or ODT; `not_supported` where no program is there to read it, `damaged` where it fails."""
    office, antiword = shutil.which("soffice") or shutil.which("libreoffice"), shutil.which("antiword")
    suffix = _suffix(path)
    if suffix != ".doc":
        antiword = None
    if office is None and antiword is None:
        advice = "hãy cài gói libreoffice-writer, hoặc lưu thành DOCX rồi chạy lại"
        return Reading(outcome="not_supported", message=f"{path}: máy này chưa đọc được tệp {suffix}; {advice}.")
    reading = _by_libreoffice(path, office) if office else None
    if (reading is None or reading.outcome == "timeout") and antiword:
        reading = _by_antiword(path, antiword) or reading
    if reading is None:
        reason = f"tệp {suffix} bị hỏng hoặc không phải tệp văn bản; hãy mở và lưu lại thành DOCX"
        return Reading(outcome="damaged", message=f"{path}: {reason}.")
    return reading


def load() -> None:
    """Import what reading needs, ahead of a fork."""
    docx.load()
    limits.offline()


def pages(path: Path) -> int:
    """Pages to allow time for: the file tells none, and LibreOffice needs some seconds only to start."""
    return 5 + path.stat().st_size // 40_000


def _suffix(path: Path) -> str:
    """What the file is by its first bytes, for LibreOffice chooses its filter by the name."""
    with path.open("rb") as file:
        head = file.read(5)
    return ".rtf" if head == b"{\\rtf" else ".odt" if head.startswith(b"PK") else ".doc"


def _by_libreoffice(path: Path, program: str) -> Reading | None:
    """Convert to DOCX, in a profile of its own: a running LibreOffice would take the job and answer nothing."""
    with tempfile.TemporaryDirectory(prefix="rasoat-doc-") as folder:
        # The copy has a plain name: nothing of the file's own name reaches a command line.
        source = Path(folder) / f"input{_suffix(path)}"
        shutil.copyfile(path, source)
        user = Path(folder) / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            *limits.offline(), program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx", "--outdir", f"{folder}/out",
            str(source),
        ]  # fmt: skip
        cpu = LIBREOFFICE_CPU + path.stat().st_size // LIBREOFFICE_BYTES_A_SECOND
        environment = {**os.environ, **_NO_NETWORK, "TMPDIR": folder}
        done = limits.run(command, LIBREOFFICE_SECONDS, cpu, environment)
        if done.overtime:
            return limits.cut_short(path, limits.Overtime(), ())
        if done.status:
            return None
        target = Path(folder) / "out" / "input.docx"
        if not target.is_file():
            return None
        reading = docx.read(target)
    if reading.outcome in ("timeout", "too_large"):
        return replace(reading, message=(reading.message or "").replace(str(target), str(path)))
    if reading.outcome != "ok" or not any(line.text.strip() for line in reading.lines):
        return None
    return Reading(tuple(part for line in reading.lines for part in _uncelled(line)))


def _uncelled(line: Line) -> list[Line]:
    """Where the conversion lost the edge of two cells, the signature sticks to the last recipient."""
    glued = _GLUED.match(line.text)
    return [replace(line, text=glued[1]), replace(line, text=glued[2])] if glued else [line]


def _by_antiword(path: Path, program: str) -> Reading | None:
    """Plain text, wrapped at no width; tables come with bars between their cells."""
    done = limits.run([program, "-m", "UTF-8.txt", "-w", "0", str(path.resolve())], ANTIWORD_SECONDS, ANTIWORD_CPU)
    text = done.out.decode("utf-8", "replace")
    if done.overtime or done.status or not text.strip():
        return None
    out: list[Line] = []
    for line in lines_of(text):
        cells = [cell.strip() for cell in line.text.strip("|").split("|")] if line.text.startswith("|") else [line.text]
        out += [Line(cell, line.page, region="table" if len(cells) > 1 else "body") for cell in cells]
    return Reading(tuple(out))
