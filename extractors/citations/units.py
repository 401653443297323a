"""Reading units side by side: "các điểm b, c và d", "khoản 1, 2", "từ Điều 10 đến Điều 15", "Phụ lục số 14A".

Points have the letters of NĐ 78/2025 Art. 63; inserted units are a number and a letter (Điều 51a, khoản 2a) or a letter
and a number (điểm g1), Art. 69. Plans write "điểm 2.2".
"""

from __future__ import annotations

import re

from extractors.citations.expand import between_numbers, roman
from extractors.citations.tokens import HERE, Units
from extractors.patterns import lazy, spaced

LEVELS = {"điểm": "pt", "tiết": "item", "khoản": "cl", "khoán": "cl", "điều": "art", "tiểu mục": "subsec", "mục": "sec",
          "chương": "chp", "phần": "part", "phụ lục": "app", "phục lục": "app",
          "mẫu": "form", "biểu mẫu": "form", "biểu": "form",
          "đoạn": "para", "số thứ tự": "row", "stt": "row", "gạch đầu dòng": "dash"}  # fmt: skip
_ROMAN = r"[ivxlc]{1,8}"
_ORDINALS = {"nhất": "1", "đầu tiên": "1", "đầu": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5", "cuối": "last"}
_NUMBERS = {
    "pt": lazy(
        r"(?:[a-eghik-vxyđ]\d{0,2}|\d{1,3}(?:\.\d{1,3}){0,4})(?:\s?\((?P<item>[ivx]{1,5})\))?(?![\w/%°])(?!\.\d)"
    ),
    "item": lazy(r"(?:[a-eghik-vxyđ]\d?|[ivx]{1,4}|\d{1,3}(?:\.\d{1,3}){0,3})(?![\w/%])"),
    # "khoản 1,5 triệu" is an amount, "khoản 1,2,3 Điều 8" a list.
    "cl": lazy(
        r"\d{1,3}(?:[a-zđ]\d?)?(?:\.\d{1,3}){0,2}(?![\w/%])(?!\s{1,2}(?:tỷ|tỉ|triệu|nghìn|đồng)(?!\w))"
        r"(?!,\d(?!\d{0,2}(?:,\d{1,3}){0,20}\s{1,3}(?:và\s{1,3}\d{1,3}\s{1,3})?điều\s))"
    ),
    "art": lazy(r"\d{1,4}(?:[a-zđ]\d?)?(?:\.\d{1,2})?(?![\w/%])"),
    "subsec": lazy(rf"(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}|{_ROMAN})(?![\w/%])"),
    "sec": lazy(rf"(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}|{_ROMAN}(?:\.\d{{1,2}})?|[a-eg])(?![\w/%])"),
    "chp": lazy(rf"(?:{_ROMAN}[a-z]?|\d{{1,3}})(?![\w/%])"),
    "part": lazy(rf"(?:thứ\s{{1,2}}(?:nhất|hai|ba|tư|năm)|{_ROMAN}|\d{{1,2}}|[a-d])(?![\w/%])"),
    "app": lazy(rf"(?:{_ROMAN}[a-z]?(?:\.\d{{1,2}})?|\d{{1,3}}[a-z]?(?:\.\d{{1,2}})?|[a-h]\d?)(?![\w/%])"),
    "form": lazy(r"\d{1,3}[a-zđ]?\d?(?:[.\-/][\wđ]{1,10}){0,3}(?![\w%])"),
    "para": lazy(r"(?:thứ\s{1,2}(?:nhất|hai|ba|tư|năm)|đầu tiên|đầu|cuối|\d{1,2})(?![\w/%])"),
    "row": lazy(r"\d{1,4}(?:\.\d{1,3}){0,2}(?![\w/%])"),
    "dash": lazy(r"thứ\s{1,2}(?:nhất|hai|ba|tư|năm)(?!\w)"),
}  # fmt: skip
_LEAD = lazy(r"\s{0,3}(?:s[ốô](?!\w)\s{0,2}:?\s{0,3}|:\s{0,2}|số\s{0,2}:\s{0,2})?")
_SPACE = lazy(r"\s{1,4}")
_SEPARATOR = spaced(
    r"\s{0,3}(?P<mark>,\s{0,3}(?:và |hoặc )?|;\s{0,3}|\s(?:và|hoặc|cùng) |(?:,\s{0,2})?\s?(?:cho\s)?đến "
    r"|\s?[-–]\s?(?=[\da-eghik-vxyđ]))"
)
_SEPARATORS = frozenset(",;-–vhcđ")
_FOLLOWS = lazy(
    r"\s{0,3}(?:[,;.:)\]”\"’]|$|(?:và|hoặc|đến|cùng|các|điểm|khoản|điều|mục|tiểu|chương|phần|phụ|của|này|nêu|nói|trên|ban"
    r"|kèm|luật|bộ|nghị|quyết|thông|quy|pháp|hiến|tại|thuộc|trong|theo|thì|được|có|như|trừ|đã|vào|bằng|là|để|ở|do|phải|không"
    r"|chỉ thị|kế hoạch|thành|sau|dưới|với|bị|từ|đối|–|-|\()(?!\w))"
)
_INSERTED_NUMERAL = lazy(r"([ivxlc]{1,7})([abdđeghk])")
_ON_ONE_LINE = frozenset(("pt", "item", "sec", "part"))
_RELATIVE = frozenset(("pt", "cl", "art", "sec", "subsec", "chp", "part", "app", "item"))
# Saved pages glue words together: "khoản 4 Điều nàythành xã mới".
_THIS = lazy(r"\s{1,3}(?:nêu\s{1,2})?này(?=\W|$|thành|và|được|có|thì)")
# "Phụ lục ban hành kèm theo Thông tư này": the only one, without a number.
_ATTACHED_APPENDIX = spaced(
    r" (?:(?:được )?(?:ban hành |đính )?kèm(?: theo)? |(?:của|tại) )(?:các )?"
    r"(?:bộ luật|luật|nghị|thông tư|quyết|pháp|quy|kế hoạch|công văn)"
)
_MAX_LIST = 60


def read_units(lower: str, start: int, word: str, kind_end: int, text: str | None = None) -> Units | None:
    """The units that the word `word` at `lower[start:kind_end]` begins; None where no number follows.

    `lower` is the text in lower case; `text` itself, of the same length, keeps the capitals of a form's number.
    """
    level = LEVELS[word]
    if this := _THIS.match(lower, kind_end):
        return Units(level, (HERE,), start, this.end()) if level in _RELATIVE else None
    if level == "app" and _ATTACHED_APPENDIX.match(lower, kind_end):
        return Units(level, ("1",), start, kind_end)
    lead = _LEAD.match(lower, kind_end)
    assert lead is not None
    if lead.end() == kind_end or (lead.end() > kind_end and not lower[kind_end].isspace() and lower[kind_end] != ":"):
        return None
    if level in _ON_ONE_LINE and "\n" in lower[kind_end : lead.end()]:
        return None
    pattern = _NUMBERS[level]
    first = pattern.match(lower, lead.end())
    if not first:
        return None
    numbers = [_number(level, first, text or lower)]
    end = first.end()
    while len(numbers) < _MAX_LIST:
        sep = _SEPARATOR.match(lower, end) if _may_go_on(lower, end) else None
        if not sep:
            break
        at = sep.end()
        repeated = _repeated(lower, at, word)
        at = repeated or at
        is_range = "đến" in sep["mark"] or sep["mark"].strip() in ("-", "–")
        if repeated and not is_range:
            break  # "điểm a khoản 1 và khoản 2": the second clause stands for itself
        after = pattern.match(lower, at)
        if not after or (not repeated and not _FOLLOWS.match(lower, after.end())):
            break
        if "\n" in sep["mark"] and not repeated and lower.startswith((".", ")", ":"), after.end()):
            break  # "…khoản 2 Điều 4;" and, on the next line, clause "9."
        number = _number(level, after, text or lower)
        if is_range:
            between = between_numbers(level, numbers[-1], number)
            if not between:
                break
            numbers += between
        elif not repeated and not _plausible(level, numbers[-1], number, lower, after.end()):
            break
        else:
            numbers.append(number)
        end = after.end()
    return Units(level, tuple(dict.fromkeys(numbers)), start, end)


def _may_go_on(lower: str, end: int) -> bool:
    """Whether the sign behind a number, or behind the blank there, is one that a separator begins with."""
    sign = lower[end : end + 1]
    if sign == " ":
        sign = lower[end + 1 : end + 2]
    return sign in _SEPARATORS or sign.isspace()


def _repeated(lower: str, at: int, word: str) -> int | None:
    """Where the number begins if the unit's word is said again at `at` ("điểm a, điểm b")."""
    if not lower.startswith(word, at):
        return None
    space = _SPACE.match(lower, at + len(word))
    return space.end() if space else None


def _number(level: str, match: re.Match[str], original: str) -> str:
    text = " ".join(match[0].split())
    if level == "form":
        return original[match.start() : match.end()]
    if text.startswith("thứ "):
        return roman(int(_ORDINALS[text[4:]])) if level == "part" else _ORDINALS[text[4:]]  # as the outline names it
    if level == "para" and text in _ORDINALS:
        return _ORDINALS[text]
    if level == "pt" and match["item"]:
        letter = text.partition("(")[0].strip()
        return f"{letter}__item_{match['item']}"
    if level == "app" or (level in ("chp", "part", "sec", "subsec") and not text[0].isdigit()):
        return _numeral(text)
    return str(int(text)) if text.isdigit() and level in ("art", "cl", "chp", "row") else text


def _numeral(text: str) -> str:
    """A numeral of a large unit as ids have it: "iia" is the inserted IIa, "b1" stays B1."""
    inserted = _INSERTED_NUMERAL.fullmatch(text)
    return inserted[1].upper() + inserted[2] if inserted else text.upper()


def _plausible(level: str, last: str, number: str, lower: str, end: int) -> bool:
    """Whether a bare number after a comma goes on with the list: "khoản 2, 3 Điều 5", but not "khoản 2, 15 ngày"."""
    if level in ("pt", "item") and (last[0].isdigit() != number[0].isdigit()):
        return False
    return not (level in ("cl", "art") and number == last)
