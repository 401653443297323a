"""What is this file, and is it safe and lawful to open? (first version)"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.model import Outcome, Text
from extractors.readers import Format


@dataclass(frozen=True, slots=True)
class Gate:
    """Answer of the gate: the format to read the file with, or the outcome and message of its refusal."""

    format: Format = "unknown"
    outcome: Outcome = "ok"
    message: str | None = None


def inspect(path: Path) -> Gate:
    formats: dict[str, Format] = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf", ".doc": "doc"}
    format = formats.get(path.suffix.lower())
    if not path.is_file():
        return Gate(outcome="damaged", message=f"{path}: không tìm thấy tệp.")
    return Gate(format) if format else Gate(outcome="not_supported", message=f"{path}: định dạng chưa đọc được.")


def is_secret(text: Text) -> bool:
    return False
