"""Word files: what the paper shows, in reading order.

Automatic numbers, tables (left cell before right cell), text boxes, tracked changes as if accepted, the
results of fields, notes after the body; headers only where they hold a masthead or a stamp of secrecy.
Read straight from the XML: python-docx shows neither numbers, notes, text boxes nor tracked changes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from extractors.readers import Reading, limits, package
from extractors.readers.docx.parts import Parts
from extractors.readers.docx.walk import Walk

_PAGES = re.compile(rb"<Pages>(\d{1,5})</Pages>")


def read(path: Path) -> Reading:
    """Lines of a DOCX, pages where Word noted them. A file that cannot be parsed is `damaged`.

    Where time or memory run out (`timeout`, `too_large`), or there is more than in any real file, the lines by then.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    walk: Walk | None = None
    try:
        with zipfile.ZipFile(path) as archive:
            walk = Walk(Parts(archive, parser))
            return Reading(tuple(walk.lines()))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, EOFError, zlib.error, OSError) as error:
        reason = f"{path}: tệp Word bị hỏng ({type(error).__name__}); hãy mở và lưu lại từ bản gốc."
        return Reading(outcome="damaged", message=reason)
    except (limits.Overtime, limits.Excess, MemoryError) as error:
        return limits.cut_short(path, error, tuple(walk.out) if walk else ())


def load() -> None:
    """Import what reading needs, ahead of a fork."""
    import lxml.etree  # noqa: F401


def pages(path: Path) -> int:
    """Pages that Word counted when it last saved the file, 0 where it did not."""
    with zipfile.ZipFile(path) as archive:
        if "docProps/app.xml" not in archive.namelist():
            return 0
        found = _PAGES.search(package.beginning(archive, "docProps/app.xml"))
    return int(found[1]) if found else 0
