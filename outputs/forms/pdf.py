"""DOCX to PDF through LibreOffice, each in a process and a profile of its own, with a limit in time."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

LIMIT_S = 120


class NoPdf(RuntimeError):
    """LibreOffice is missing, failed, or took too long; the message (Vietnamese) says which and what to do."""


def to_pdf(document: bytes, name: str) -> bytes:
    """The PDF of a DOCX. `name` (without ending) is what messages call it. Raises `NoPdf`."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NoPdf("Chưa có LibreOffice trên máy này nên chưa xuất được PDF; tệp DOCX đã được ghi.")
    with tempfile.TemporaryDirectory(prefix="rasoat-") as folder:
        source = Path(folder) / "to.docx"
        source.write_bytes(document)
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={(Path(folder) / 'ho-so').as_uri()}",
            "--convert-to", "pdf", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=LIMIT_S, check=True)
        except subprocess.TimeoutExpired as error:
            raise NoPdf(f"LibreOffice quá {LIMIT_S} giây chưa xuất xong {name}; hãy thử lại.") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise NoPdf(f"LibreOffice không xuất được {name}; tệp DOCX đã được ghi.") from error
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise NoPdf(f"LibreOffice không xuất được {name}; tệp DOCX đã được ghi.")
        return made.read_bytes()
