"""Instructions on the words inside a unit: phrases replaced, added, deleted; a heading; an opening paragraph.

They are applied to the own text of each unit (never across two of them), and only where the words are found as the
instruction has them: a phrase is met whole, with its capitals, whatever the line breaks in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.model import By
from corpus.text import fold, tone_key
from corpus.unit_tree import CLAUSE, POINT, Reworded, Unit, level_of

_WORD = r"(?:cụm\s+từ|các\s+từ|từ|chữ|số|đoạn|câu|dấu|cụm)"
_QUOTED = r"[“\"«‘](?P<anchor>[^“”\"«»‘’]{1,400})[”\"»’]"
_ANCHOR = re.compile(
    rf"\s*[”\"»’]?\s*,?\s*(?:vào\s+)?(?:ngay\s+)?(?:phía\s+)?(?P<side>sau|trước)\s+(?:{_WORD}\s+)?{_QUOTED}",
    re.IGNORECASE,
)
_ANCHOR_FIRST = re.compile(
    rf"(?:^|\s)(?P<side>sau|trước)\s+(?:{_WORD}\s+)?{_QUOTED}[^“”\"]{{0,160}}(?:bổ sung|thêm)", re.IGNORECASE
)
_AT_END = re.compile(r"(?:vào|ở)\s+(?:phía\s+)?cuối\s+(?:điểm|khoản|điều)(?!\w)", re.IGNORECASE)
_LEVELS = {"art": "điều", "cl": "khoản", "pt": "điểm", "chp": "chương", "sec": "mục", "part": "phần"}
_OPENING = r"(?:(?:đoạn|phần)\s+mở\s+đầu|đoạn\s+(?:đầu(?:\s+tiên)?|thứ\s+nhất|dẫn)|(?:câu|lời)\s+dẫn)"
_PIECE = r"(?:đoạn|câu|ý|dòng|gạch\s+đầu\s+dòng|tiết|cột|phần|nội\s+dung)"


def reword(unit: Unit, kind: str, old: str | None, new: str | None, by: By, *, whole: bool = False) -> bool:
    """Apply `substitute`, `insert_text` or `delete_text` inside a unit; False where its words are not found there.

    `whole`: the unit is the document; then what stands outside all its provisions (masthead, bases) is left alone.
    """
    if kind == "substitute" and old and new:
        return _each(unit, lambda text: _substituted(text, old, new), by, whole)
    if kind == "delete_text" and old:
        return _each(unit, lambda text: _deleted(text, old), by, whole)
    if kind != "insert_text" or not new:
        return False
    quote = by.quote or ""
    if anchor := _anchor(quote, new):
        side, words = anchor
        return _each(unit, lambda text: _beside(text, words, new, side), by, whole)
    return _AT_END.search(quote) is not None and not whole and _appended(unit, new, by)


def renames(quote: str | None, provision: str) -> bool:
    """Whether an instruction speaks of the heading of the unit only ("Sửa đổi tên Điều 5 như sau")."""
    return _speaks_of(r"(?:tên\s+gọi|tên|tiêu\s+đề)", quote, provision)


def opens(quote: str | None, provision: str) -> bool:
    """Whether it speaks of the unit's opening words only ("Sửa đổi đoạn mở đầu khoản 3 Điều 5 như sau")."""
    return _speaks_of(rf"{_OPENING}(?:\s*(?:,|và)\s+(?:các\s+)?điểm\s[^;.:“\"]{{1,60}}?)?", quote, provision)


def inside(quote: str | None, provision: str) -> bool:
    """Whether it speaks of a piece of the unit that no number names ("đoạn thứ hai khoản 3", "câu cuối điểm a")."""
    return _speaks_of(rf"{_PIECE}(?:\s+(?:thứ\s+\w+|cuối(?:\s+cùng)?|cuối\s+của|\d+)){{0,2}}", quote, provision)


def _speaks_of(words: str, quote: str | None, provision: str) -> bool:
    level, _, number = provision.rpartition("__")[2].partition("_")
    if not quote or level not in _LEVELS:
        return False
    numbered = rf"{_LEVELS[level]}(?:\s+{re.escape(number)}(?!\w)|(?=\s*(?:,|và\s|như\s|$)))"
    pattern = rf"(?<!\w){words}\s+(?:của\s+|tại\s+|trong\s+|ở\s+)?{numbered}"
    return re.search(pattern, quote, re.IGNORECASE) is not None


def rename(unit: Unit, text: str, by: By) -> bool:
    """Give a unit a new heading; what stands below it stays."""
    level, _, number = unit.id.rpartition("__")[2].partition("_")
    if level not in _LEVELS or not unit.parts or not isinstance(unit.parts[0], str):
        return False
    label = f"{_LEVELS[level].capitalize()} {number}" if level in ("art", "chp", "sec", "part") else None
    new = text.strip().strip("“”\"„‟«» \n.;").strip()
    first, _, rest = unit.parts[0].partition("\n")
    if level in ("chp", "sec", "part"):
        # The number stands on a line of its own, the name runs over the lines below it.
        if not any(isinstance(part, Unit) for part in unit.parts[1:]):
            return False
        name = re.sub(rf"(?i)^{label}[.:]?\s*", "", new)
        head = re.match(rf"(?i)\s*{label}[.:]?", unit.parts[0])
        if head is None or not name or "\n" in name:
            return False
        unit.parts[0] = Reworded.of(f"{head[0].strip()}\n{name}\n", by)
        return True
    line = new.split("\n")[0].strip()
    mark = re.match(r"\s*(Điều\s+\w{1,6}\s*[.:]?|\w{1,8}?[.)])", first)
    if mark is None or not line:
        return False
    own = re.match(r"(Điều\s+\w{1,6}\s*[.:]?|\d{1,3}[a-zđ]?\d?\.|[a-zđ]\d?\))\s*", line)
    if own is not None and fold(own[1]) != fold(mark[1]):
        return False
    name = line[own.end() :] if own else line
    unit.parts[0] = Reworded.of(f"{mark[1].strip()} {name}\n{rest}", by)
    return True


def reopen(unit: Unit, text: str, by: By) -> bool:
    """Give a unit with units inside it new opening words."""
    new = text.strip().strip("“”\"„‟«» \n").strip()
    level = level_of(unit.id)
    mark = {"cl": CLAUSE, "pt": POINT}.get(level)
    if not _holds(unit) or not unit.parts or not isinstance(unit.parts[0], str) or "\n" in new or not new:
        return False
    label = re.match(r"\s*(\w{1,8}?[.)])", unit.parts[0]) if mark else None
    if mark is not None:
        if label is None:
            return False
        own = mark.match(new)
        if own is None:
            new = f"{label[1]} {new}"
        elif fold(own[0]) != fold(label[1]):
            return False
        unit.parts[0] = Reworded.of(f"{new}\n", by)
        return True
    first, _, _ = unit.parts[0].partition("\n")
    unit.parts[0] = Reworded.of(f"{first}\n{new}\n", by)  # the heading of an article stays
    return True


def _holds(unit: Unit) -> bool:
    return any(isinstance(part, Unit) for part in unit.parts)


# --- phrases ------------------------------------------------------------------------------------------


def _each(unit: Unit, change: Callable[[str], str | None], by: By, whole: bool) -> bool:
    """Change the own text of a unit and of all inside it; whether any of them had the words (`change` gives text)."""
    done = False
    for holder in [unit, *(inner for _, inner in unit.units())]:
        if whole and holder is unit:
            continue
        for i, part in enumerate(holder.parts):
            if isinstance(part, str) and part.strip() and (new := change(part)) is not None:
                done = True
                if new != part:
                    holder.parts[i] = Reworded.of(new, by)
    return done


def _places(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Where a phrase stands in a text: whole words, the first letter in either case where there are several words."""
    words = phrase.split()
    if not words:
        return
    joined = r"\s+".join(re.escape(word) for word in words)
    left = r"(?<!\w)" if words[0][0].isalnum() else ""
    right = r"(?!\w)" if words[-1][-1].isalnum() else ""
    for match in re.finditer(f"{left}{tone_key(joined)}{right}", tone_key(text)):
        found = " ".join(text[match.start() : match.end()].split())
        if _alike(found, " ".join(words)):
            yield match.start(), match.end()


def _alike(found: str, phrase: str) -> bool:
    """Whether the capitals agree; at the beginning of a sentence a phrase of several words may have one more."""
    same = [a.isupper() == b.isupper() for a, b in zip(found, phrase, strict=True)]
    return all(same[1:]) and (same[0] or (" " in phrase and found[0].isupper()))


def _substituted(text: str, old: str, new: str) -> str | None:
    """`text` with each `old` as `new`; None where it has neither. An `old` that is part of a `new` is new already."""
    taken = list(_places(text, new))
    out, at, found = [], 0, bool(taken)
    for start, end in _places(text, old):
        if any(a <= start and end <= b for a, b in taken):
            continue
        capital = text[start].isupper() and not old.strip()[0].isupper() and old.strip()[0].isalpha()
        fresh = new.strip()
        out += [text[at:start], fresh[0].upper() + fresh[1:] if capital else fresh]
        at, found = end, True
    return "".join([*out, text[at:]]) if found else None


def _deleted(text: str, old: str) -> str | None:
    out, at = [], 0
    for start, end in _places(text, old):
        head = text[at:start]
        after = text[end : end + 1]
        if head.endswith(" ") and (not after or after in " ,;.:)\n"):
            head = head[:-1]
        elif after == " " and (not head or head.endswith(("\n", "("))):
            end += 1
        out.append(head)
        at = end
    return "".join([*out, text[at:]]) if out else None


def _anchor(quote: str, new: str) -> tuple[str, str] | None:
    """("sau" or "trước", words) beside which the new words go, as the instruction says."""
    at = quote.find(new)
    if at < 0:
        return None
    match = _ANCHOR.match(quote, at + len(new)) or _ANCHOR_FIRST.search(quote[:at])
    return (match["side"].lower(), match["anchor"].strip()) if match else None


def _beside(text: str, anchor: str, new: str, side: str) -> str | None:
    out, at = [], 0
    fresh = new.strip()
    for start, end in _places(text, anchor):
        if side == "sau":
            gap = "" if fresh[0] in ",;.:)" else " "
            add = "" if _begins(text[end:], fresh) else gap + fresh
            out += [text[at:end], add]
            at = end
        else:
            add = "" if _begins(text[max(0, start - len(fresh) - 2) : start], fresh) else fresh + " "
            out += [text[at:start], add]
            at = start
    return "".join([*out, text[at:]]) if out else None


def _begins(text: str, words: str) -> bool:
    return tone_key(" ".join(text.split())).startswith(tone_key(" ".join(words.split())))


def _appended(unit: Unit, new: str, by: By) -> bool:
    """New sentences at the end of a unit, a paragraph of their own."""
    words = new.strip().strip("“”\"").strip()
    if not words[:1].isupper():
        return False  # how a mere phrase joins the last sentence is not said
    if fold(words) not in fold(unit.text()):
        unit.parts.append(Reworded.of(("" if unit.text().endswith("\n") else "\n") + words + "\n", by))
    return True
