"""Signs of the picture fonts Wingdings and Symbol, as the marks that they draw.

Word writes them as `w:sym` or as bullets: a code of the font, often moved to U+F000 (ECMA-376 Part 1, 17.3.3.30).
"""

from __future__ import annotations

_WINGDINGS = {
    "§": "▪", "Ø": "➢", "ü": "✓", "û": "✗", "v": "❖", "q": "❑", "n": "■", "l": "●", "à": "→", "ð": "➢", "¨": "☐",
    "o": "☐", "þ": "☑", "ý": "☒", "x": "☒", "r": "❑", "¡": "○", "²": "✧", "F": "☞", "(": "☎", "*": "✉",
}  # fmt: skip
_SYMBOL = {
    "·": "•", "-": "-", "£": "≤", "³": "≥", "´": "×", "±": "±", "°": "°", "¸": "÷", "¹": "≠", "®": "→", "¾": "—",
    "+": "+", "=": "=", "<": "<", ">": ">", "*": "*", "/": "/", "%": "%",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": {"P": "✓", "R": "☑", "£": "☐", "S": "☒"}, "symbol": _SYMBOL}


def drawn(font: str | None, code: str | None) -> str:
    """The mark that a `w:sym` draws; what this table does not know keeps its code.

    >>> drawn("Wingdings", "F0FE"), drawn("Symbol", "F0B3"), drawn("Times New Roman", "2013"), drawn(None, "xyz")
    ('☑', '≥', '–', '')
    """
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    return of_font(font, chr(number)) if 32 <= number < 0x110000 else ""


def of_font(font: str | None, sign: str) -> str:
    """One sign of a font as the mark that it draws."""
    table = _FONTS.get((font or "").lower())
    if table is None:
        return sign
    plain = chr(ord(sign) - 0xF000) if 0xF020 <= ord(sign) <= 0xF0FF else sign
    return table.get(plain, sign)
