"""MT03, continued: qualifications and permissions that a local text adds to what the higher text asks of people.

A local text may detail what the law leaves to it; what it adds by itself – a seat in the province, a household book, a
regular course, a certified copy, a consent – narrows whom the law means (Luật 80/2015 Art. 14.4, Luật 64/2025 Art. 8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.model import Document, Finding
from rules.align import grams, specific
from rules.base import Context
from rules.conflicts.sides import STANDARD, chosen, leaves_to_law, own_clauses
from rules.conflicts.words import against, quoted
from rules.norms import Clause, plain

_KINDS: tuple[tuple[str, str, str], ...] = (
    # what is added; how a local text says it; how a higher text would, if it asked for it
    ("hệ đào tạo", r"(?:hệ )?chính quy|hệ công lập|(?:không|trừ)[^.;]{0,30}(?:tại chức|từ xa|vừa học vừa làm)",
     r"chính quy|hệ công lập|hình thức đào tạo|loại hình đào tạo"),
    ("xếp loại", r"(?:xếp )?loại (?:trung bình khá|khá|giỏi|xuất sắc)",
     r"loại (?:trung bình|khá|giỏi|xuất sắc)|xếp loại"),
    ("hộ khẩu, nơi thường trú", r"hộ khẩu|thường trú (?:tại|trên|ở|từ)|đăng ký thường trú",
     r"hộ khẩu|thường trú|cư trú"),
    ("trụ sở tại địa phương",
     r"trụ sở(?: chính)? (?:đặt |đóng |chính )?(?:tại|trên|ở)[^.;]{0,20}(?:tỉnh|huyện|xã|thành phố|địa bàn)",
     r"trụ sở"),
    ("bản sao chứng thực, công chứng", r"(?:có |phải )?(?:công chứng|chứng thực)(?! (?:hợp đồng|giao dịch|chữ ký|của))",
     r"chứng thực|công chứng"),
    ("xác nhận của cơ quan khác", r"xác nhận của (?:ủy ban|công an|trưởng|thủ trưởng|cơ quan|sở)",
     r"xác nhận"),
    ("ký quỹ, đặt cọc", r"ký qũy|đặt cọc|nộp trước \d", r"ký qũy|đặt cọc|bảo đảm|đặt trước"),
    ("độ tuổi", r"(?:phải|chỉ)[^.;]{0,60} (?:không quá|dưới|từ đủ|từ) \d{2} tuổi", r"tuổi"),
    ("kinh nghiệm", r"\d{1,2} năm (?:kinh nghiệm|công tác)|kinh nghiệm (?:từ|ít nhất|tối thiểu)",
     r"kinh nghiệm|công tác"),
    ("sự đồng ý của cơ quan",
     r"(?:phải (?:được|có|xin)|sau khi (?:được|có))[^.;]{0,50}(?:đồng ý|chấp thuận|cho phép|thỏa thuận)",
     r"đồng ý|chấp thuận|cho phép|thỏa thuận|ý kiến"),
    ("giới hạn về số tầng, diện tích, chiều cao",
     r"(?:không quá|tối đa|không vượt quá) \d[\d.,]{0,6} ?(?:tầng|m2|m²|mét|ha)|không (?:được )?xây dựng tầng hầm",
     r"(?:không quá|tối đa|không vượt quá) \d[\d.,]{0,6} ?(?:tầng|m2|m²|mét|ha)|tầng hầm"),
    ("trường hợp giấy tờ hết hiệu lực",
     r"(?:giấy phép|giấy chứng nhận|văn bản|chứng chỉ)[^.;:]{0,200} hết (?:hiệu lực|giá trị) (?:nếu|khi|trong)",
     r"hết hiệu lực|hết giá trị"),
    ("bản cam kết", r"(?:bản|giấy|làm|ký) cam kết", r"cam kết"),
    ("vốn tối thiểu", r"vốn (?:điều lệ|pháp định|tự có)[^.;]{0,20}(?:từ|tối thiểu|ít nhất)", r"vốn"),
)  # fmt: skip
_ADDED = tuple((name, re.compile(rf"(?<!\w)(?:{own})(?!\w)"), re.compile(theirs)) for name, own, theirs in _KINDS)
_ASKS = re.compile(
    r"(?<!không )(?:phải|chỉ|bắt buộc)(?!\w)|điều kiện|tiêu chuẩn|đối tượng|hồ sơ|trách nhiệm|yêu cầu|thành phần"
)
_FAVOUR = re.compile(
    r"ưu tiên|khuyến khích|hỗ trợ|khen thưởng|thi đua|biểu dương|cộng điểm|chỉ cần|không (?:yêu cầu|phải|cần)"
)
_ROOM = re.compile(
    r"(?:ủy ban|hội đồng) nhân dân[^.;]{0,60}(?:quy định|quyết định|ban hành)|quy định cụ thể"
    r"|phù hợp với (?:tình hình|điều)"
)
SAME_MATTER = 0.4
"""Least share of either clause's own syllables that the other has."""
SHARED = 3
"""Least number of syllables of their own subject that both have."""
SHARED_WORDS = 2
"""Least number of words (pairs of syllables) of their own subject that both have."""


def added_qualifications(document: Document, context: Context) -> Iterator[Finding]:
    """Qualifications of a closed list that a local clause asks for and the higher text on its matter does not."""
    sides = chosen(context, document)
    if sides is None:
        return
    higher = sides[1]
    room = any(_ROOM.search(plain(clause.text)) for clause in higher)
    if room:
        return
    whole = {id(c.document): plain(c.document.text) for c in higher}
    told: set[str] = set()
    for clause in own_clauses(document):
        key = plain(clause.text)
        around = " ".join(plain(line) for line in clause.above[-2:])
        if leaves_to_law(clause) or _FAVOUR.search(f"{around} {key}") or not _ASKS.search(f"{around} {key}"):
            continue
        for name, own, theirs in _ADDED:
            match = own.search(key)
            if match is None or name in told:
                continue
            other = _on_the_matter(clause, higher)
            if other is None or theirs.search(whole[id(other.document)]):
                continue
            told.add(name)
            yield against(
                ("MT03", "trung_binh"), document, (clause.start, clause.end), other.document, other.provision,
                f"Ở đây đòi thêm {name} ({quoted(match[0], 60)}); {{where}} quy định về cùng việc không có yêu cầu "
                f"này: {quoted(other.text, 110)}",
                other.text,
            )  # fmt: skip
            break


def _on_the_matter(clause: Clause, higher: Sequence[Clause]) -> Clause | None:
    """The higher clause that shares most of its subject's syllables and several of its words with this one."""
    here = " ".join((clause.text, *clause.above[-2:]))
    own, own_words = specific(here), _subject_words(here)
    best: tuple[float, Clause] | None = None
    for other in higher:
        if STANDARD.search(plain(other.text)):
            continue
        there = " ".join((other.text, *other.above[-1:]))
        theirs = specific(there)
        shared = own & theirs
        if len(shared) < SHARED or len(own_words & _subject_words(there)) < SHARED_WORDS:
            continue
        score = len(shared) / max(1, min(len(own), len(theirs)))
        if score >= SAME_MATTER and (best is None or score > best[0]):
            best = (score, other)
    return best[1] if best else None


@lru_cache(maxsize=10_000)
def _subject_words(text: str) -> frozenset[str]:
    """Pairs of neighbouring syllables that both name the subject."""
    named = specific(text)
    return frozenset(gram for gram in grams(text) if " " in gram and all(part in named for part in gram.split()))
