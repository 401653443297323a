"""One self-contained HTML page of a run: opens from disk, works with script off, prints on A4.

Strings from documents are only ever text: Jinja2 escapes every one of them, and the page's own policy
lets no script run but the one whose hash it carries.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.model import Run
from outputs import words
from outputs.report_view import view

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def render(run: Run) -> str:
    """The report of `run` as HTML. The same run gives the same text, byte for byte."""
    css, script = _own("report.css"), _own("report.js")
    return _environment().get_template("report.html.j2").render(
        r=view(run), words=words, css=css, script=script, css_hash=_hash(css), script_hash=_hash(script)
    )  # fmt: skip


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_printable,
    )  # fmt: skip
    made.globals["raw"] = _markup
    return made


def _printable(value: Any) -> Any:
    from markupsafe import Markup

    return words.printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _markup(own: str) -> str:
    """Only for the style sheet and script that ship with the program."""
    from markupsafe import Markup

    return Markup(own)


@lru_cache(maxsize=4)
def _own(name: str) -> str:
    return "\n" + (TEMPLATES / name).read_text(encoding="utf-8").strip() + "\n"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
