"""The XML parts of a Word package, found by the package's own relationships.

Most programs call them word/document.xml, word/styles.xml …; Word on the web writes word/document2.xml with
word/styles2.xml beside it (ECMA-376 Part 2, 9.3: only the relationships say which part is what).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import Any

from extractors.readers import limits, package
from extractors.readers.docx.xml import local, value

_MAIN = "word/document.xml"
_MOST_HEADERS = 12


class Parts:
    """The parts, parsed when asked for."""

    def __init__(self, archive: zipfile.ZipFile, parser: Any) -> None:
        self._archive = archive
        self._parser = parser
        self._names = set(archive.namelist())
        main = [target for kind, target in self._relations("_rels/.rels", "") if kind == "officeDocument"]
        self._main = main[0] if main and main[0] in self._names else _MAIN
        self._folder = posixpath.dirname(self._main)
        beside = f"{self._folder}/_rels/{posixpath.basename(self._main)}.rels"
        self._related = self._relations(beside, self._folder)

    def document(self) -> Any:
        """The main part; `KeyError` where the package has none."""
        root = self._root(self._main)
        if root is None:
            raise KeyError(self._main)
        return root

    def one(self, kind: str) -> Any | None:
        """The part of that kind ("styles", "numbering", "footnotes", "endnotes"), None where there is none."""
        named = [target for relation, target in self._related if relation == kind]
        return self._root(named[0] if named else f"{self._folder}/{kind}.xml")

    def headers(self) -> list[Any]:
        """Headers of all sections, by name; some dozens of sections repeat the same ones."""
        names = {target for relation, target in self._related if relation == "header"}
        names = names or {name for name in self._names if re.fullmatch(r"word/header\d{0,3}\.xml", name)}
        return [root for name in sorted(names)[:_MOST_HEADERS] if (root := self._root(name)) is not None]

    def _root(self, name: str) -> Any | None:
        from lxml import etree

        if name not in self._names:
            return None
        xml = package.part(self._archive, name)
        if package.is_unsafe(xml):
            raise ValueError("document type")
        if package.has_too_many_tags(xml):
            raise limits.Excess(name)
        return etree.fromstring(xml, self._parser)

    def _relations(self, name: str, folder: str) -> list[tuple[str, str]]:
        """(Kind, part) of each relationship inside the package."""
        root = self._root(name)
        found: list[tuple[str, str]] = []
        for element in root if root is not None else ():
            if local(element.tag) == "Relationship" and value(element, "TargetMode") != "External":
                kind = (value(element, "Type") or "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, value(element, "Target") or ""))
                found.append((kind, target.lstrip("/")))
        return found
