"""Vietnamese of the years before Unicode: letters that only their font made Vietnamese.

Decided run by run from the font's name: fonts of TCVN 5712 ("ABC", `.VnTime`; those whose name ends in H
draw capitals) and of VNI (`VNI-Times`); where no font tells, by what letters stand inside words. The tables
are the published ones (TCVN 5712:1993; VNI for Windows).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from corpus.text import calmed

_TCVN_FONT = re.compile(r"\.vn[a-z]", re.IGNORECASE)
_VNI_FONT = re.compile(r"vni[- ]", re.IGNORECASE)

_TCVN = str.maketrans(dict(zip(
    "\u00a1\u00a2\u00a3\u00a4\u00a5\u00a6\u00a7\u00a8\u00a9\u00aa\u00ab\u00ac\u00ad\u00ae"
    "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđ"
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    strict=True,
)))  # fmt: skip
# Converters write the same bytes as other letters of the same look (a minus for the soft hyphen, a bullet for the dot).
_TCVN.update({0x03BC: "à", 0x0110: "é", 0x0111: "đ", 0x2212: "ư", 0x2219: "ã"})

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_ROOF, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT, "â": _ROOF, "ê": _BREVE,
    "à": _ROOF + _GRAVE, "á": _ROOF + _ACUTE, "å": _ROOF + _HOOK, "ã": _ROOF + _TILDE, "ä": _ROOF + _DOT,
    "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_LETTERS = "".join(_VNI_MARKS)
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{_VNI_LETTERS}{_VNI_LETTERS.upper()}])|([iI])([øùØÙ])")
_VNI_ONE = str.maketrans(_VNI_SINGLE | {one.upper(): other.upper() for one, other in _VNI_SINGLE.items()})


def is_legacy(font: str) -> bool:
    """Whether text in this font is written in TCVN3 or VNI."""
    return _TCVN_FONT.match(font) is not None or _VNI_FONT.match(font) is not None


def decode(text: str, font: str) -> str:
    """Unicode (NFC) of a run in a legacy font; text in any other font stays as it is.

    >>> decode("Céng hßa x· héi", ".VnTime"), decode("céng hßa", ".VnTimeH"), decode("Coäng hoøa xaõ hoäi", "VNI-Times")
    ('Cộng hòa xã hội', 'CỘNG HÒA', 'Cộng hòa xã hội')
    """
    if _TCVN_FONT.match(font):
        plain = text.translate(_TCVN)
        return plain.upper() if font.endswith(("H", "h")) else plain
    if _VNI_FONT.match(font):
        composed = _VNI_PAIR.sub(_composed, text)
        return unicodedata.normalize("NFC", calmed(composed.translate(_VNI_ONE)))
    return text


def joined(before: str, text: str, font: str) -> str | None:
    """The letter that `text` makes of the one drawn before it, where both are drawn apart; None where it makes none.

    VNI writes a vowel and its mark as two letters; `before` is decoded already.

    >>> joined("o", "ä", "VNI-Times"), joined("ư", "ù", "VNI-Times"), joined("n", "g", "VNI-Times")
    ('ộ', 'ứ', None)
    """
    marks = _VNI_MARKS.get(text.lower()) if _VNI_FONT.match(font) else None
    whole = unicodedata.normalize("NFC", before + marks) if marks and len(before) == 1 else ""
    return whole if len(whole) == 1 else None


# Signs that are no letters, inside a word: only TCVN3 has "x· héi", "d©n", "quyÒn ®­îc". Pairs that no other writing of
# Vietnamese has: VNI. Letters that neither has: today's.
_TCVN_SIGN = re.compile("[A-Za-zß-ÿ](?=[\u00a8-\u00ae\u00b5-\u00b9\u00bb-\u00be])|[\u00ae\u00a9](?=[a-zÀ-ÿ])")
_VNI_SIGN = re.compile("[aeouyôöAEOUYÔÖ][øûõïäåØÛÕÏÄÅ]|[ñÑ](?=[a-zA-Z])")
_TODAY = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_FEW, _FEW_IN_A_LINE = 3, 2  # signs in a text without a letter of today
_SHARE = 0.02  # of all letters and signs


def by_statistics(text: str, few: int = _FEW) -> Encoding | None:
    """The encoding that the letters of a text show; None for Unicode, and where there is too little to tell.

    >>> by_statistics("QuyÕt ®Þnh vÒ viÖc ban hµnh quy ­íc cña x·"), by_statistics("Quyết định ban hành quy ước")
    ('tcvn3', None)
    """
    today = len(_TODAY.findall(text))
    least = max(few, _SHARE * len(text), 3 * today)
    for encoding, sign in _SIGNS:
        if len(sign.findall(text)) >= least:
            return encoding
    return None


def decoded_lines(texts: Sequence[str]) -> list[str] | None:
    """The lines of a file in Unicode; None where they are (nothing is copied then).

    A file that has letters of today too keeps every line but those that only one old encoding can have made.
    """
    whole = "\n".join(texts)
    if not any(sign in whole for sign in "®µ©ñÑ"):
        return None
    encoding = by_statistics(whole)
    if encoding is not None and not _TODAY.search(whole):
        return [_decoded(text, encoding) for text in texts]
    out = [_decoded(text, own) if (own := by_statistics(text, _FEW_IN_A_LINE)) else text for text in texts]
    return None if out == list(texts) else out


def _decoded(text: str, encoding: Encoding) -> str:
    plain = decode(text, _FONT_OF[encoding])
    return _capitalised(plain) if encoding == "tcvn3" else plain


def _capitalised(line: str) -> str:
    """TCVN3 has no capitals with marks: those of a font of capitals stand small among plain capitals.

    >>> _capitalised("ủY BAN NHâN DâN Xã"), _capitalised("QUY CHế làm việc của xã Hà An")
    ('ỦY BAN NHÂN DÂN XÃ', 'QUY CHẾ làm việc của xã Hà An')
    """
    large = sum("A" <= sign <= "Z" for sign in line)
    small = sum("a" <= sign <= "z" for sign in line)
    if large >= 4 and large > 2 * small:
        return line.upper()
    return _AMONG_CAPITALS.sub(lambda word: word[0].upper(), line)


# Two capitals at least and no small letter but marked ones.
_AMONG_CAPITALS = re.compile(r"(?<!\w)(?=[^\W\d_]{0,12}[A-Z][^\W\d_a-z]{0,8}[A-Z])[^\W\d_a-z]{3,12}(?!\w)")

Encoding = Literal["tcvn3", "vni"]
_SIGNS: tuple[tuple[Encoding, re.Pattern[str]], ...] = (("tcvn3", _TCVN_SIGN), ("vni", _VNI_SIGN))
_FONT_OF: dict[Encoding, str] = {"tcvn3": ".VnTime", "vni": "VNI-Times"}


def _composed(match: re.Match[str]) -> str:
    """A vowel and the letter that stands for its mark. The marks are combining letters until NFC joins them."""
    vowel, mark = match[1] or match[3], match[2] or match[4]
    return vowel.translate(_VNI_ONE) + _VNI_MARKS[mark.lower()]
