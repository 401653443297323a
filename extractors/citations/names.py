"""Where the name of a law ends: "Luật Thực hành tiết kiệm, chống lãng phí" and not one word further.

Names of laws are not marked off from the sentence they stand in; they may hold commas, "và", "của". Two ways, in this
order: the names in `law_names.txt` (a vocabulary, without numbers or dates: longest match, commas and spelling of
tones forgiven), and for a name that is not there the grammar: a capital first, up to the first word that names of
laws do not hold. Checked against 4,272 labelled sentences (docs/citations.md).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from corpus.text import tone_key
from extractors.patterns import lazy

_WORD = lazy(r"[^\W_]+(?:/[^\W_]+)?")
_GAP = lazy(r"\s{0,2},?\s{1,4}|\s{0,2},\s{0,2}")
_SHORT = {"hđnd": ("hội", "đồng", "nhân", "dân"), "ubnd": ("ủy", "ban", "nhân", "dân"),
          "tand": ("tòa", "án", "nhân", "dân"), "vksnd": ("viện", "kiểm", "sát", "nhân", "dân"),
          "vn": ("việt", "nam"), "gtgt": ("giá", "trị", "gia", "tăng"), "tndn": ("thu", "nhập", "doanh", "nghiệp"),
          "tncn": ("thu", "nhập", "cá", "nhân"), "ttđb": ("tiêu", "thụ", "đặc", "biệt"),
          "vbqppl": ("văn", "bản", "quy", "phạm", "pháp", "luật"), "qppl": ("quy", "phạm", "pháp", "luật"),
          "cqđp": ("chính", "quyền", "địa", "phương")}  # fmt: skip
_STOP = frozenset((
    "số", "năm", "ngày", "này", "được", "đã", "có", "là", "thì", "mà", "về", "quy", "qui", "tại", "theo", "hoặc", "hay",
    "để", "cho", "trong", "khi", "trừ", "hiện", "sửa", "nêu", "nói", "trên", "đến", "từ", "do", "bằng", "với", "như",
    "bao", "nếu", "không", "phải", "chưa", "đang", "sẽ", "gồm", "vẫn", "cũng", "nhưng", "vì", "nhằm", "bị", "thay",
    "và", "của",
))  # fmt: skip
_INNER_COMMA = lazy(r"(?:phòng,\s*chống|quản lý,\s*(?:sử dụng|bảo vệ|khai thác)|bảo vệ,\s*chăm sóc)")
_BLANK = lazy(r"[ \t]{1,3}|\n(?=[a-zà-ỹđ])")
_NEXT_WORD = lazy(r"[ \t]{1,3}([^\W_]+)")
_OTHERS = frozenset(("Luật", "Nghị", "Bộ", "Thông", "Pháp", "Quyết", "Điều", "LUẬT", "NGHỊ", "QUYẾT", "ĐIỀU"))
# A name that no vocabulary has may hold any word, where its number ends it: "Pháp lệnh Thực hiện … số 34/2007/…".
_UP_TO_NUMBER = lazy(
    r"(?!Luật|Nghị|Bộ|Thông|Pháp|Quyết|Điều|Số)[A-ZĐÀ-Ỹ](?:(?!\s(?:Luật|Bộ luật|Pháp lệnh|Nghị|Thông tư|Quyết định)\s)"
    r"[^\d.;:()\n“”\"]){2,120}?(?=\s{1,3}số\s{1,3}\d{1,3}/(?:\d{4}/)?(?:PL-)?(?:UBTV)?QH)"
)
_MAX_WORDS = 14
SHORT_NAMES = {
    "bhvbqppl": "Ban hành văn bản quy phạm pháp luật", "nsnn": "Ngân sách nhà nước", "htx": "Hợp tác xã",
    "tccqđp": "Tổ chức chính quyền địa phương", "xlvphc": "Xử lý vi phạm hành chính", "bhxh": "Bảo hiểm xã hội",
    "bhyt": "Bảo hiểm y tế", "bvmt": "Bảo vệ môi trường", "pccc": "Phòng cháy và chữa cháy",
    "pctn": "Phòng, chống tham nhũng",
}  # fmt: skip

_key = lru_cache(maxsize=1 << 12)(tone_key)  # the words of names are few

_Trie = dict[str, "_Trie | bool"]


def law_name(text: str, at: int, lower: str | None = None) -> tuple[int, str] | None:
    """End of the name that begins at `text[at]` (after the word "Luật") and its full form; None where there is no name.

    `lower` is the lower-case `text` of the same length, where the caller has it.
    """
    found = _known(text, at)
    if found is None:
        if told := _UP_TO_NUMBER.match(text, at):
            return told.end(), re.sub(r"\s*,", ",", " ".join(told[0].split()))
        return _guessed(text, at)
    first = _WORD.match(text, at)
    if first and (short := SHORT_NAMES.get(_key(first[0]))) and first.end() == found:
        return found, short
    return found, re.sub(r"\s*,", ",", " ".join(text[at:found].split()))


def _known(text: str, at: int) -> int | None:
    """Longest name of the vocabulary at `at`: its end."""
    node, best, here = vocabulary(), None, at
    while True:
        word = _WORD.match(text, here)
        if not word:
            return best
        for part in _SHORT.get(_key(word[0]), (_key(word[0]),)):
            step = node.get(part)
            if not isinstance(step, dict):
                return best
            node = step
        here = word.end()
        if "" in node:
            best = here
        gap = _GAP.match(text, here)
        if not gap:
            return best
        here = gap.end()


def _guessed(text: str, at: int) -> tuple[int, str] | None:
    """A name that the vocabulary has not: it begins with a capital and ends before a word of the sentence."""
    first = _WORD.match(text, at)
    if not first or not first[0][0].isupper() or first[0] in _OTHERS or _key(first[0]) in _STOP:
        return None
    comma = _INNER_COMMA.match(text[at : at + 40].lower())
    here = at + comma.end() if comma else first.end()
    end = here
    for _ in range(_MAX_WORDS):
        gap = _BLANK.match(text, here)
        word = _WORD.match(text, gap.end()) if gap else None
        if not word:
            break
        key = _key(word[0])
        if key == "và":
            after = _NEXT_WORD.match(text, word.end())
            if not after or not after[1][0].isupper() or after[1] in _OTHERS:
                break
        elif key in _STOP or word[0].isdigit() or word[0] in _OTHERS:
            break
        here = end = word.end()
    return end, " ".join(text[at:end].split())


@lru_cache(maxsize=1)
def vocabulary() -> _Trie:
    """Names as a tree of words; "" marks the end of one."""
    root: _Trie = {}
    source = Path(__file__).with_name("law_names.txt").read_text(encoding="utf-8")
    for line in [*source.splitlines(), *SHORT_NAMES]:
        name = line.partition("#")[0].strip()
        if not name:
            continue
        node = root
        for word in _WORD.findall(tone_key(name)):
            step = node.setdefault(word, {})
            assert isinstance(step, dict)
            node = step
        node[""] = True
    return root
