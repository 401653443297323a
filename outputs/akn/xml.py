"""Elements of an Akoma Ntoso document, and its bytes: readable where white space means nothing."""

from __future__ import annotations

import re
from typing import Any

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:rasoat:akn:1"
"""Attributes that Akoma Ntoso has no word for (how sure, which source); the schema lets foreign ones be."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MIXED = frozenset(
    ("p", "num", "heading", "subheading", "ref", "mref", "mod", "quotedText", "docTitle", "docNumber", "docDate",
     "docType", "docProponent", "signature", "br")
)  # fmt: skip


def root() -> Any:
    """The outermost element."""
    from lxml import etree

    return etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE, "rasoat": OWN})


def add(parent: Any, tag: str, text: str | None = None, **attributes: str | None) -> Any:
    """A new last element of `parent`. Attributes that are None are left out; `own_x` is `rasoat:x`, `as_` is `as`."""
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        if value is not None:
            key = f"{{{OWN}}}{name[4:]}" if name.startswith("own_") else name.rstrip("_")
            element.set(key, safe(value))
    if text:
        element.text = safe(text)
    return element


def add_own(parent: Any, tag: str, **attributes: str | None) -> Any:
    """As `add`, an element of our own namespace, for `proprietary`."""
    from lxml import etree

    element = etree.SubElement(parent, f"{{{OWN}}}{tag}")
    for name, value in attributes.items():
        if value is not None:
            element.set(name, safe(value))
    return element


def write(parent: Any, text: str) -> None:
    """Text behind all that `parent` has. A line break in the middle is a `br`."""
    first, *others = text.split("\n")
    _append(parent, first)
    for line in others:
        if line.strip():
            add(parent, "br")
            _append(parent, line)


def _append(parent: Any, text: str) -> None:
    if not text:
        return
    text = safe(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def safe(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return _ILLEGAL.sub("", text)


def to_bytes(element: Any) -> bytes:
    """The document in UTF-8, indented; no white space is added inside text."""
    from lxml import etree

    _indent(element, 0)
    data: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _indent(element: Any, depth: int) -> None:
    mixed = element.tag.rpartition("}")[2] in _MIXED
    children = list(element)
    if children and not mixed:
        element.text = "\n" + "  " * (depth + 1)
        for child in children:
            child.tail = "\n" + "  " * (depth + 1)
        children[-1].tail = "\n" + "  " * depth
    for child in children:
        _indent(child, depth + (not mixed))
