"""One place for every comparison of Vietnamese text: composition, folding, the tone key.

`nfc` makes canonical text; `tone_key` makes two spellings of one word equal without changing any
offset (`hoà` = `hòa`, `Uỷ` = `Ủy`, `qui` stays apart from `quy`: that is another letter); `fold`
drops marks, case and everything that is no letter or digit, for look-ups that forgive spelling.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OLD_STYLE = re.compile(r"(?i)(?:o[àáãảạ]|o[èéẽẻẹ]|u[ỳýỹỷỵ])(?![a-zà-ỹđ])")


def nfc(text: str) -> str:
    """`text` in NFC. Word breaks that carry no meaning (no-break space, zero width) become plain."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", calmed(text))
    # `replace` runs at memory speed; `translate` looks up every letter (0.7 s for 12 MB).
    for mark, plain in _INVISIBLE.items():
        if mark in text:
            text = text.replace(mark, plain)
    return text


def calmed(text: str) -> str:
    """`text` without the marks that a hundred others stand before on one letter (UAX #15, Stream-Safe: 30 are enough).

    NFC sorts the marks of a letter, in a time that grows with the square of their number: a megabyte takes days.

    >>> len(calmed("a" + "\u0301" * 1000)), calmed("Điều 1 ……………")
    (31, 'Điều 1 ……………')
    """
    # Every 32nd letter tells of a long run, at a hundredth of the cost of looking at each.
    return _MARKS.sub(_fewer, text) if len(text) > 128 and _SAMPLED.search(text[::32]) else text


def _fewer(match: re.Match[str]) -> str:
    marks = [bool(unicodedata.combining(c)) for c in match[0]]
    out, run = [], 0
    for letter, mark in zip(match[0], marks, strict=True):
        run = run + 1 if mark else 0
        if run <= 30:
            out.append(letter)
    return "".join(out)


_SAMPLED = re.compile(r"[^\w\s\x00-\u02ff]{3}")
_MARKS = re.compile(r"[^\w\s\x00-\u02ff]{31,}")


# A soft hyphen or zero-width mark inside a symbol would break its match; offsets are taken after this. The eth of
# old converters ("QÐ-UBND") looks like Đ and is another letter.
_INVISIBLE = {"\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
              "\u00a0": " ", "\u2007": " ", "\u202f": " ",
              "\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ"}  # fmt: skip


def _new_style(match: re.Match[str]) -> str:
    """`oà` → `òa`: the tone moves to the first vowel, as most official texts now write it."""
    first, second = unicodedata.normalize("NFD", match[0][0]), unicodedata.normalize("NFD", match[0][1])
    base, tone = second[0], "".join(c for c in second if c in _TONES)
    return unicodedata.normalize("NFC", first + tone) + base


def tone_key(text: str) -> str:
    """Lower-case `text` with one placement of tones. The length never changes, so offsets stay valid.

    >>> tone_key("Uỷ ban") == tone_key("Ủy ban")
    True
    """
    return _short_key(text) if len(text) <= _SHORT else _OLD_STYLE.sub(_new_style, lower(text))


_SHORT = 600


@lru_cache(maxsize=1 << 14)
def _short_key(text: str) -> str:
    """Clauses are asked for again and again, by one rule after the other."""
    return _OLD_STYLE.sub(_new_style, lower(text))


@lru_cache(maxsize=2)
def lowered(text: str) -> str:
    """`lower` of a whole document, kept for the stages that ask for the same text one after the other."""
    return lower(text)


def lower(text: str) -> str:
    """Lower case, code point by code point (İ and its like stay), so that the length is kept."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(
        c.lower() if len(c.lower()) == 1 else c for c in text
    )


_BASE: dict[int, str | None] = {}


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Base letters and digits only, lower case, đ as d.

    >>> fold("Nghị định số 79/2025/NĐ-CP")
    'nghidinhso792025ndcp'
    """
    decomposed = unicodedata.normalize("NFD", text).lower().replace("đ", "d")
    return "".join(c for c in decomposed if c.isalnum())


@lru_cache(maxsize=1 << 14)
def fold_words(text: str) -> str:
    """As `fold`, with single spaces between words.

    >>> fold_words("Uỷ ban  nhân dân, xã")
    'uy ban nhan dan xa'
    """
    decomposed = unicodedata.normalize("NFD", text).lower().replace("đ", "d")
    kept = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


def squeeze(text: str) -> str:
    """White space of every kind as single spaces, none at the ends."""
    return " ".join(text.split())
