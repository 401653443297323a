"""Looking into the XML of Office files by local names, whatever the namespace (transitional or strict)."""

from __future__ import annotations

from typing import Any

OFF = ("0", "false", "off", "none")


def local(tag: object) -> str:
    """Name of an element without its namespace (comments give "")."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, name: str = "val") -> str | None:
    """An attribute by its local name."""
    for key, text in element.attrib.items():
        if local(key) == name:
            return str(text)
    return None


def child(element: Any, name: str) -> Any:
    """The first child of that local name, None where there is none."""
    for one in element:
        if local(one.tag) == name:
            return one
    return None


def is_on(element: Any) -> bool:
    """Whether a switch (`w:b`, `w:vanish` …) is on: it is where it stands without a value."""
    return (value(element) or "1") not in OFF
