"""The verbs of an instruction, and whether they govern.

"Bãi bỏ", "thay thế", "sửa đổi" stand everywhere in legal prose. One is an instruction only at the beginning of a clause
or sentence, after "Nghị định này", after another instruction, before a quoted phrase ("bỏ cụm từ “…”"), or in the
passive that says how ("được sửa đổi, bổ sung như sau").
Source: Nghị định 78/2025/NĐ-CP, Điều 70 (how amending texts speak).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.effects.clauses import Clause
from extractors.effects.dates import ACT
from extractors.effects.targets import Mentions
from extractors.patterns import lazy, word

_CHANGE = r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|điều chỉnh)"
_JOIN = r"(?:\s*,\s*(?:và\s+)?|\s+và\s+|\s*;\s*)"
_NGUNG = r"ngưng\s+(?:có\s+)?(?:hiệu lực|việc thi hành|thi hành|việc áp dụng|áp dụng)"
_DINH_CHI = r"đình chỉ\s+(?:việc\s+)?(?:thi hành|áp dụng|hiệu lực|một phần|toàn bộ)"
_LONGER = r"\s+(?:thêm\s+)?(?:thời hạn|thời gian|hiệu lực|việc)"
_AND_MORE = rf"{_JOIN}{_CHANGE}(?:{_JOIN}(?:thay thế|bãi bỏ|bổ sung|đính chính)){{0,3}}"
_KINDS = {
    "suspend": (rf"tạm\s+{_NGUNG}", _NGUNG, rf"tạm\s+{_DINH_CHI}", _DINH_CHI),
    "extend": (f"kéo dài{_LONGER}", f"gia hạn{_LONGER}"),
    "correct": ("đính chính",),
    "mixed": tuple(verb + _AND_MORE for verb in ("sửa đổi", "bổ sung", "thay thế", "bãi bỏ", "điều chỉnh")),
    "amend": ("sửa đổi", "chỉnh sửa", r"sửa(?!\s+(?:chữa|sang|soạn))", "điều chỉnh"),
    "insert": ("bổ sung", "thêm"),
    "repeal": ("bãi bỏ", "hủy bỏ", "xóa bỏ", "bỏ", r"chấm dứt\s+(?:hiệu lực|việc thi hành|thi hành)"),
    "replace": ("thay thế", "thay"),
}  # fmt: skip
# An empty group names the kind, so that every branch begins with a letter.
_VERB = lazy("|".join(rf"{word(verb)}(?!\w)(?P<{kind}{i or ''}>)" for kind, verbs in _KINDS.items()
                            for i, verb in enumerate(verbs)))  # fmt: skip
_VERB_WORDS = ("bỏ", "thay", "sửa", "bổ sung", "thêm", "chính", "ngưng", "đình chỉ", "kéo dài", "gia hạn",
               "chấm dứt")  # fmt: skip
_BEFORE_SIGN = 8  # no verb begins farther before its sign: "tạm đình chỉ", "hủy bỏ", "tạm ngưng"
_PURE_AMEND = lazy(r"(?:sửa đổi|điều chỉnh)[\s,;và]{1,6}bổ sung|bổ sung[\s,;và]{1,6}(?:sửa đổi|điều chỉnh)")
_PASSIVE = lazy(r"(?:^|\s)(?:được|bị)\s*$")
_BOUND = lazy(
    r"(?:[.;:,)”\"]|(?<!\w)(?:này|đồng thời|và|nay|quyết định|quyết nghị|đoạn|sau đây|như sau))\s*$"
)
_SPEAKS = lazy(r"(?:[.;:]|(?<!\w)(?:này|đồng thời|nay|quyết định|quyết nghị))\s*$")
_IN_FORCE = lazy(rf"(?<!\w){ACT}(?:\s+này)?\s+(?:được\s+.{{0,120}}\s+)?có hiệu lực")
_ASSERTS = lazy(r"\s*(?:như sau|:|bằng\s|thành\s|khoản\s|điểm\s|điều\s|cụm từ|từ\s|vào\s|thêm\s|\.\.\.)")
_REPEALED = lazy(r"\s*(?:\.|;|$|/|kể từ|từ ngày|toàn bộ|một phần)")
_LEAVE = lazy(r"^\s*(?:tiếp tục|cho phép|đồng ý|thống nhất|quyết định|nay)(?!\w)")
PHRASE_SIGN = lazy(
    r"(?:cụm\s+từ|từ|cụm|chữ|số|đoạn|ký hiệu|quy định|nội dung|câu|dấu|khái niệm|số liệu|tỷ lệ|tên gọi|thuật ngữ)"
    r"\s*(?:sau)?\s*:?\s*[“\"«‘]?¤|^\s*(?:các\s+)?[“\"«]¤"
)
_MOST = 40  # no real clause has more instructions than a few; hostile ones have thousands
STARTS_AT = lazy(r"^\s*(?:tại|ở|trong)\s")


@dataclass(frozen=True, slots=True)
class Call:
    """A verb that governs, at `[start, end)` of the clause's words; `passive`: its object stands before it."""

    kind: str
    start: int
    end: int
    passive: bool = False


def calls(clause: Clause, words: str, text: str, mentions: Mentions) -> list[Call]:
    """The governing verbs of a clause, in order. `text` is the whole text, as written."""
    found: list[Call] = []
    signs = [at for sign in _VERB_WORDS if (at := words.find(sign, clause.label)) >= 0]
    if not signs:
        return found
    if (adjusts := words.find("điều chỉnh", clause.label)) >= 0:
        signs.append(adjusts)
    for match in _VERB.finditer(words, max(clause.label, min(signs) - _BEFORE_SIGN)):
        if len(found) >= _MOST or (found and found[-1].kind == "correct"):
            break  # "…, nay sửa lại là “…”" belongs to the correction
        kind = (match.lastgroup or "").rstrip("0123456789")
        if kind == "mixed" and _PURE_AMEND.fullmatch(match[0]):
            kind = "amend"
        near = words[max(clause.label, match.start() - 40) : match.start()]
        if _PASSIVE.search(near):
            if _passive_governs(kind, near, words, match.end()):
                found.append(Call(kind, match.start(), match.end(), True))
        elif _governs(match, near, clause, words, text, mentions, found):
            found.append(Call(kind, match.start(), match.end()))
    return found


def says_how(words: str, at: int) -> bool:
    """Whether the words at `at` go on with "như sau", "bằng …", a unit: an instruction, not a report."""
    return bool(_ASSERTS.match(words, at))


def _passive_governs(kind: str, near: str, words: str, end: int) -> bool:
    if kind == "repeal" and _REPEALED.match(words, end):
        return True
    return says_how(words, end) and not near.rstrip().endswith("đã được")


def _governs(
    match: re.Match[str], near: str, clause: Clause, words: str, text: str, mentions: Mentions, found: Sequence[Call]
) -> bool:
    start, end = match.span()
    if start - clause.label < 40 and not _LEAVE.sub("", near).strip(" .“\""):
        return True
    if PHRASE_SIGN.match(words[end : end + 24].lstrip().removeprefix("các ").lstrip()):
        return True
    base = clause.start
    if text[base + start].isupper() and mentions.first_after(base + clause.label) >= base + start:
        return True
    if not _BOUND.search(near):
        return False
    # After "," and "và" a verb governs only if another one did, or if the act itself speaks.
    if _SPEAKS.search(near[-24:]) or found or STARTS_AT.match(words[clause.label : clause.label + 12]):
        return True
    before = words[max(clause.label, start - 400) : start]
    return "có hiệu lực" in before and bool(_IN_FORCE.search(before))
