"""Styles of Word: what a paragraph or a run takes from its style and from those that the style is based on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from extractors.readers.docx.xml import child, is_on, local, value

_FIELDS = ("num", "level", "bold", "italic", "caps", "hidden", "centered", "font")
_OF_A_RUN = ("bold", "italic", "caps", "hidden", "font")
_SWITCHES = {"b": "bold", "i": "italic", "caps": "caps", "vanish": "hidden"}
_DEEPEST = 12


@dataclass(slots=True)
class Style:
    """What a style says of its paragraphs or runs; None where it says nothing."""

    based_on: str | None = None
    num: str | None = None
    level: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    centered: bool | None = None
    font: str | None = None


class Styles:
    """Styles with what they inherit."""

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._own: dict[str, Style | None] = {}
        self._whole: dict[str, Style] = {}
        self.default: str | None = None
        self.base = Style()
        for element in root if root is not None else ():
            name = local(element.tag)
            if name == "style":
                identity = value(element, "styleId") or ""
                self._elements[identity] = element
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
                    self.default = identity
            elif name == "docDefaults":
                runs = child(element, "rPrDefault")
                if runs is not None:
                    self.base = _style(runs)

    def of(self, identity: str | None) -> Style:
        """A style with all that it inherits; an empty one for an unknown name."""
        if identity is None:
            return self.base
        if identity not in self._whole:
            chain: list[Style] = []
            at: str | None = identity
            while at is not None and len(chain) < _DEEPEST and (one := self._one(at)) is not None:
                chain.append(one)
                at = one.based_on
            whole = replace(self.base)
            for style in reversed(chain):
                _lay_over(whole, style, _FIELDS)
            self._whole[identity] = whole
        return self._whole[identity]

    def _one(self, identity: str) -> Style | None:
        """What a style says itself; Word files bring hundreds, of which few are used."""
        if identity not in self._own:
            element = self._elements.get(identity)
            self._own[identity] = None if element is None else _style(element)
        return self._own[identity]

    def numbers(self) -> dict[str, str]:
        """The list of each numbering style."""
        lists = (name for name, element in self._elements.items() if value(element, "type") == "numbering")
        return {name: style.num for name in lists if (style := self._one(name)) is not None and style.num}


def _style(element: Any) -> Style:
    style = Style()
    for part in element:
        name = local(part.tag)
        if name == "basedOn":
            style.based_on = value(part)
        elif name == "pPr":
            paragraph_style(part, style)
        elif name == "rPr":
            run_style(part, style)
    return style


def paragraph_style(element: Any, style: Style) -> None:
    """Lay over `style` what a `w:pPr` says itself."""
    for part in element:
        name = local(part.tag)
        if name == "numPr":
            for one in part:
                if local(one.tag) == "numId":
                    style.num = value(one)
                elif local(one.tag) == "ilvl":
                    style.level = int(value(one) or 0)
        elif name == "jc":
            style.centered = value(part) == "center"


def run_style(element: Any, style: Style) -> None:
    """Lay over `style` what a `w:rPr` says itself."""
    for part in element:
        name = local(part.tag)
        if name in _SWITCHES:
            setattr(style, _SWITCHES[name], is_on(part))
        elif name == "rFonts":
            style.font = value(part, "ascii") or value(part, "hAnsi") or style.font


def character_style(style: Style, over: Style) -> Style:
    """`style` with what the character style `over` says of runs."""
    whole = replace(style)
    _lay_over(whole, over, _OF_A_RUN)
    return whole


def _lay_over(style: Style, over: Style, fields: tuple[str, ...]) -> None:
    for field in fields:
        said = getattr(over, field)
        if said is not None:
            setattr(style, field, said)
