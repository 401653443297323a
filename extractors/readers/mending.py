"""What OCR misread and the grammar of an act makes certain: words before numbers, heads of units in their sequence.

After "Điều 30." comes "Điều 31.", whatever marks the scan lost ("Điêu 31."); after "c)" comes "d)", so "đ)" there is
"d)". Nothing else is touched: a word that only looks wrong stays as it was read. Each mended place keeps the letters
as read (`Unsure.read_as`), and words read without confidence are told with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Line, Unsure
from extractors.readers.misread import words_mended

_CAPITAL = "A-Z" + "".join(sign for sign in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if sign.isupper())
_OF_A_REFERENCE = r"(?!(?:Đi|Kho|Luật|Nghị|Mục|Chương))"
_DIRT = r"[^\w\s(“\"‘'\[]{0,2}[_\s]{0,2}[^\w\s(“\"‘'\[+]{0,2}\s?"
_ARTICLE = re.compile(rf"{_DIRT}(?:[ĐDÐ]i[êềếẽẻểễệèéeể]u) ?(\d{{1,3}})\s?([.:])\s?(?=[{_CAPITAL}]|$)")
_CHAPTER = re.compile(r"(Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)\s?([^\s.,:]{1,4}?)[.,:]?$")
_CLAUSE = re.compile(
    rf"{_DIRT}(\d{{1,2}}|[lIiAÁSsZ])\s?([.,:;])\s?(?=[{_CAPITAL}“\"]|(?<=[AÁ][.,] )[a-zà-ỹđ]){_OF_A_REFERENCE}"
)
_POINT = re.compile(rf"{_DIRT}(?:[^\w\s]?([a-zà-ỹđ©€ø01689]{{1,2}}))\s?[)}}\]]\s?[-_.]?\s?(?=[^\W\d_]|“)")
_OUTLINE = re.compile(rf"(?!\d)([IVXLHTil1|\]!ÏÍÌỈĨỊ]{{1,5}})(?:(\s?[.,:])\s?|\s)(?=[{_CAPITAL}]{{2}})")

_QUOTED_UNIT = re.compile(r"(?:\d{1,2}[.,]|[a-zđ]\)|Điều \d{1,3})")
_MARK = re.compile(r"[“”]")
_LONGEST_QUOTATION = 120  # lines
_LOOK_AHEAD = 600  # lines, to the next chapter

_ALPHABET = "abcdđeghiklmnopqrstuvxy"
# What the scan of a point's letter is taken for.
_LIKE = {
    "a": "aàáảãạăâä", "b": "bh6", "c": "c©€ce", "d": "dđ", "đ": "đdð", "e": "eèéẻẽẹê€c", "g": "gq9ø", "h": "hb",
    "i": "iíìỉĩị1l", "k": "k", "l": "l1i", "m": "m", "n": "nñ", "o": "oòóỏõọôơ0", "p": "p", "q": "qg9",
}  # fmt: skip
_NUMBER_LIKE = {"1": "lIi", "4": "AÁ", "5": "Ss", "2": "Z"}
_ROMAN_LIKE = str.maketrans(dict.fromkeys("]l1|!iTLÏÍÌỈĨỊ", "I"))
_NUMERALS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def mended(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page, those that OCR read with what is certain set right, in the order given.

    Lines without `confidence` are no scan: they only tell where the sequence stands.
    """
    quoted = _quoted(pages)
    sequence = _Sequence([line.text for lines in quoted for line in lines if line.region != "masthead"])
    return [[sequence.line(line) for line in lines] for lines in quoted]


def _quoted(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines, a lost quotation mark set again: after "như sau:" a unit begins that only a closing mark ends.

    Without it the words of another act would be taken for this one's (design.md §4.4).
    """
    out = [list(lines) for lines in pages]
    places = [(page, at) for page, lines in enumerate(out) for at in range(len(lines))]
    for here, (page, at) in enumerate(places[:-1]):
        said = out[page][at]
        page, at = places[here + 1]
        line = out[page][at]
        if line.confidence is None or not said.text.endswith("như sau:") or not _QUOTED_UNIT.match(line.text):
            continue
        for page_after, at_after in places[here + 1 : here + 1 + _LONGEST_QUOTATION]:
            found = _MARK.search(out[page_after][at_after].text)
            if found:
                if found[0] == "”":
                    out[page][at] = _applied(line, [(0, 0, "“")])
                break
    return out


class _Sequence:
    """Where the numbering of a document stands, line by line."""

    def __init__(self, whole: Sequence[str]) -> None:
        """`whole`: the text of all lines that count, to look ahead in."""
        self.whole = whole
        self.at = -1
        self.article = 0
        self.clause = 0
        self.point = ""
        self.above = {"chương": 0, "mục": 0, "phần": 0}
        self.roman = 0

    def line(self, line: Line) -> Line:
        """The line, its head set right where the sequence makes it certain."""
        head = self._head(line.text, line.region != "masthead")
        if line.confidence is None:
            return line
        changes = [(0, *head)] if head else []
        end = head[0] if head else 0
        poor = [(one.start, one.end) for one in line.unsure if one.read_as is None]
        changes += [change for change in words_mended(line.text, line.region == "masthead", poor) if change[0] >= end]
        return _applied(line, changes) if changes else line

    def _head(self, text: str, counts: bool) -> tuple[int, str] | None:
        """How many letters of the line are its head, and how it reads in truth; None where it stands as read."""
        if not counts:
            return None
        self.at += 1
        if found := _ARTICLE.match(text):
            return self._article(found)
        if found := _CHAPTER.match(text):
            return self._chapter(found)
        if found := _OUTLINE.match(text):
            return self._outline(found)
        if found := _CLAUSE.match(text):
            return self._clause(found)
        found = _POINT.match(text)
        return self._point(found) if found else None

    def _article(self, found: re.Match[str]) -> tuple[int, str] | None:
        number = int(found[1])
        if number != self.article + 1 and (found[2] != "." or not found[0].startswith("Điều")):
            return None
        self.article, self.clause, self.point = number, 0, ""
        return _unless_same(found, f"Điều {number}. ")

    def _chapter(self, found: re.Match[str]) -> tuple[int, str] | None:
        word, number = found[1], found[2]
        kind = word.lower()
        due = self.above[kind] + 1
        if kind == "chương":
            self.above["mục"] = 0
        if number.isdigit() and kind == "mục":
            self.above[kind] = int(number)
            return None
        if number in _NUMERALS and not self._comes_again(_CHAPTER, 2, word, number, due):
            self.above[kind] = _NUMERALS.index(number)
            return None
        if kind == "mục":
            read = re.sub(r"[^\d]", "", number)
            certain = read == str(due) or number in _NUMBER_LIKE.get(str(due), "")
            right = str(due)
        else:
            right = _NUMERALS[due] if due < len(_NUMERALS) else ""
            certain = bool(right) and right == _like_roman(number)
            certain = certain or self._comes_again(_CHAPTER, 2, word, number, due)
        if not certain:
            return None
        self.above[kind] = due
        return found.end(), f"{word} {right}"

    def _comes_again(self, heads: re.Pattern[str], group: int, word: str, read: str, due: int) -> bool:
        """Whether a numeral that looks like the one after the due one is followed by that one: it is the due one.

        A speck makes an II of a I; the same numeral never comes twice.
        """
        if due + 1 >= len(_NUMERALS) or _like_roman(read) != _NUMERALS[due + 1]:
            return False
        for text in self.whole[self.at + 1 : self.at + 1 + _LOOK_AHEAD]:
            if text.startswith(word) and (found := heads.match(text)):
                return found[group] == _NUMERALS[due + 1]
        return False

    def _outline(self, found: re.Match[str]) -> tuple[int, str] | None:
        due = self.roman + 1
        read, dot = found[1], found[2]
        value = _NUMERALS.index(read) if read in _NUMERALS else 0
        if self._comes_again(_OUTLINE, 1, "", read, due) or (value == due > 1 and not dot):
            self.roman, self.clause, self.point = due, 0, ""
            return found.end(), f"{_NUMERALS[due]}. "
        if dot and value in (1, due) and value:
            self.roman, self.clause, self.point = value, 0, ""
            return _unless_same(found, f"{read}. ") if found[0].endswith(".") else None
        # The point behind a numeral is read as a letter: "IL NỘI DUNG".
        likes = {_like_roman(read)} if dot or read.endswith("L") else set()
        if read.endswith("L"):
            likes.add(_like_roman(read[:-1]))
        if value > 1 and value == self.roman and _NUMERALS[due : due + 1] and _NUMERALS[due].startswith(read):
            likes = {_NUMERALS[due]}  # the same numeral never comes twice: a stroke was lost
        if due < len(_NUMERALS) and _NUMERALS[due] in likes:
            self.roman, self.clause, self.point = due, 0, ""
            return found.end(), f"{_NUMERALS[due]}. "
        return None

    def _clause(self, found: re.Match[str]) -> tuple[int, str] | None:
        due = self.clause + 1
        if found[1].isdigit():
            if int(found[1]) not in (due, due + 1) or (int(found[1]) != due and found[2] != "."):
                if found[2] == "." and found.start(1) == 0:
                    self.clause, self.point = int(found[1]), ""
                return None
            due = int(found[1])
        elif found[1] not in _NUMBER_LIKE.get(str(due), ""):
            return None
        self.clause, self.point = due, ""
        return _unless_same(found, f"{due}. ")

    def _point(self, found: re.Match[str]) -> tuple[int, str] | None:
        due = _ALPHABET[_ALPHABET.index(self.point) + 1 :][:1] if self.point else "a"
        letter = found[1]
        # Ahead of its turn a letter may be right: the one before it was lost ("b)" and "d)" without "c)").
        if due and all(sign in _LIKE.get(due, due) for sign in letter):
            self.point = due
            return _unless_same(found, f"{due}) ")
        if len(letter) == 2 and due and letter[0] == due and letter[1] == "ø":
            self.point = due
            return found.end(), f"{due}) "
        if letter in _ALPHABET:
            self.point = letter
        return None


def _unless_same(found: re.Match[str], right: str) -> tuple[int, str] | None:
    """The head as it should be, None where it is so (but for the space behind it)."""
    return None if found[0] == right or found[0] == right.strip() + " " else (found.end(), right)


def _like_roman(read: str) -> str:
    """A numeral as the scan may have mangled it: "H" is II, "HI" is III, "IL" is II or I."""
    return read.replace("H", "II").translate(_ROMAN_LIKE)


def _applied(line: Line, changes: Sequence[tuple[int, int, str]]) -> Line:
    """The line with its changes, and where they stand now; what was unsure moves with its words."""
    parts: list[str] = []
    unsure: list[Unsure] = []
    moved: list[tuple[int, int]] = []
    at = length = 0
    for start, end, right in changes:
        parts.append(line.text[at:start])
        length += start - at
        read_as = line.text[start:end].strip() if right.endswith(" ") else line.text[start:end]
        unsure.append(Unsure(length, length + len(right.rstrip()), line.confidence or 0.0, read_as))
        parts.append(right)
        length += len(right)
        at = end
        moved.append((end, length - end))
    parts.append(line.text[at:])
    for word in line.unsure:
        if not any(start < word.end and word.start < end for start, end, _ in changes):
            shift = next((by for end, by in reversed(moved) if end <= word.start), 0)
            unsure.append(replace(word, start=word.start + shift, end=word.end + shift))
    return replace(line, text="".join(parts), unsure=tuple(sorted(unsure, key=lambda one: one.start)))
