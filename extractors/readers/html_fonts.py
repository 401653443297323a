"""Fonts of before Unicode that a page names: in `<font face>`, in a `style`, or in a rule of its own style sheet.

Looked for only in pages that name such a font at all: today's pages pay nothing.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import Any

from extractors.readers.legacy_fonts import decode, is_legacy

_NAMED = re.compile(rb"\.vn[a-z]|vni[- ]", re.IGNORECASE)
_MOST_RULES = 5_000
_COMMENT = re.compile(r"/\*.{0,4000}?\*/|<!--|-->", re.DOTALL)
_FAMILY = re.compile(r"(?<![\w-])font-family\s{0,9}:\s{0,9}[\"']?\s{0,9}([^;,\"'}]{1,60})", re.IGNORECASE)
_SHORTHAND = re.compile(r"(?<![\w-])font\s{0,9}:[^;{}\"']{0,80}[\"']\s{0,9}([^\"']{1,60})", re.IGNORECASE)
_UNQUOTED = re.compile(
    r"(?<![\w-])font\s{0,9}:[^;{}\"']{0,80}?(\.vn[a-z][\w ]{0,40}|vni[- ][\w -]{0,40})", re.IGNORECASE
)
_SELECTOR = re.compile(r"([A-Za-z][A-Za-z0-9]{0,15})?(?:([.#][\w-]{1,80})(?![.#\w-]))?")


def are_named(raw: bytes) -> bool:
    """Whether a page names a font of TCVN3 or VNI anywhere."""
    return _NAMED.search(raw) is not None


class Fonts:
    """The font of each element, and its text in Unicode.

    `encoding`: what the page's bytes were decoded with. Its letters are taken back to bytes where a font of before
    Unicode draws them: such a font knows bytes only, whatever the page says that they are.
    """

    def __init__(self, tree: Any, encoding: str) -> None:
        self._rules: dict[str, str] = {}
        self._encoding = encoding
        for sheet in tree.iter("style"):
            self._take(_COMMENT.sub(" ", "".join(sheet.itertext())))

    def above(self, root: Any) -> str:
        """The font in which what is inside `root` begins: its own or that of the nearest element around it."""
        for element in (root, *root.iterancestors()):
            if (font := self.of(element.tag, element.attrib)) is not None:
                return font
        return ""

    def of(self, tag: Any, attributes: Mapping[str, str]) -> str | None:
        """The font that an element names for itself, None where it keeps that of the element around it."""
        style = attributes.get("style")
        if style and (named := _named(style)):
            return named
        if tag == "font" and (face := attributes.get("face")):
            return face.split(",", 1)[0].strip(" \"'")
        rules = self._rules
        if not rules or not isinstance(tag, str):
            return None
        if (own := attributes.get("id")) and (font := rules.get(f"#{own.lower()}")):
            return font
        if classes := attributes.get("class"):
            for one in classes.lower().split()[:20]:
                if font := rules.get(f"{tag}.{one}") or rules.get(f".{one}"):
                    return font
        return rules.get(tag)

    def read(self, text: str, font: str) -> str:
        """Text that is drawn in a font, in Unicode."""
        if not is_legacy(font):
            return text
        if not self._encoding.startswith("utf"):
            # Letters written as references (&#225;) are no bytes of the page: they are there as they are.
            with contextlib.suppress(UnicodeError, LookupError):
                text = text.encode(self._encoding).decode("cp1252")
        return decode(text, font)

    def _take(self, sheet: str) -> None:
        """The rules of a style sheet that name a font, by the last part of each selector: `p.MsoNormal`, `.a`, `#b`."""
        for rule in sheet.split("}", _MOST_RULES)[:_MOST_RULES]:
            before, _, declared = rule.rpartition("{")
            if before and (font := _named(declared)):
                for selector in before.rpartition("{")[2][-1000:].split(","):
                    parts = selector.split()
                    found = _SELECTOR.fullmatch(parts[-1]) if parts else None
                    if found and found[0]:
                        key = found[0].lower()
                        self._rules[key if "#" not in key else key[key.index("#") :]] = font


def _named(style: str) -> str | None:
    """The first font that declarations name; the last declaration counts."""
    last: tuple[int, str] | None = None
    for pattern in (_FAMILY, _SHORTHAND, _UNQUOTED):
        for found in pattern.finditer(style[:4000]):
            if last is None or found.start() >= last[0]:
                last = (found.start(), found[1].strip())
    return last[1] if last and last[1].lower() not in ("inherit", "unset") else None
