"""Bodies, titles, papers and places found in a text that have ended or changed their name.

`mentions` finds them with spaCy's PhraseMatcher over the register's rows (institutional_changes.csv), without
regard to letter case or the placement of tones, and puts bodies of the district level together ("Đội Quản lý trật
tự đô thị thành phố X": a body word, then a word of the level that ended on 2025-07-01). It leaves out what is no
fault: names inside citations and their titles, quotations, recipients, place
histories, clauses that themselves repeal or replace. It says whether the clause gives the body a duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.model import Document
from corpus.names.duty import use_of
from corpus.names.excluded import Excluded, is_other
from corpus.names.mention import DISTRICT, Mention, key_of
from corpus.names.units import district_row, successor, unit_rows
from corpus.register.rows import Institution
from corpus.text import fold_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

__all__ = ["DISTRICT", "Mention", "district_row", "mentions", "phrases", "successor", "unit_rows"]

_CENTRAL_CITIES = frozenset(("ha noi", "hai phong", "da nang", "can tho", "hue", "ho chi minh"))

_HEADS = (
    "ủy ban nhân dân", "ubnd", "hội đồng nhân dân", "hđnd", "thường trực hội đồng nhân dân", "thường trực hđnd",
    "ủy ban mặt trận tổ quốc", "mặt trận tổ quốc", "mttq", "ubmttq", "hội liên hiệp phụ nữ", "hội nông dân",
    "hội cựu chiến binh", "đoàn thanh niên", "liên đoàn lao động", "huyện ủy", "thanh tra", "công an", "phòng",
    "ban chỉ huy quân sự", "bchqs", "ban chỉ đạo", "ban quản lý", "đội", "hạt kiểm lâm", "chi cục", "trung tâm",
    "đài truyền thanh", "đài phát thanh", "tòa án nhân dân", "viện kiểm sát nhân dân", "kho bạc nhà nước",
    "bảo hiểm xã hội", "hội đồng", "cơ quan", "các cơ quan", "văn phòng", "trạm", "bệnh viện", "ngân sách",
    "tổ công tác", "chủ tịch",
)  # fmt: skip
_MARKS = ("huyện", "cấp huyện", "thị xã", "quận", "thành phố", "thành phố thuộc tỉnh")

# Writings that officers use and the register does not list, by row.
_FURTHER = {
    "IC041": ("bảo vệ dân phố",),
    "IC043": ("bản sao hộ khẩu", "photo hộ khẩu", "hộ khẩu thường trú", "hộ khẩu gia đình"),
    "IC045": ("giấy chứng minh nhân dân", "số chứng minh nhân dân", "giấy cmnd"),
}  # fmt: skip
_NEEDS_PREFIX = frozenset(("van hoa xa hoi", "tai chinh ke toan"))
# A row whose change is not a name in the text that could be wrong (a law, a form of document, a printed gazette).
_NO_NAME = re.compile(r"^(?:pháp lệnh|chỉ thị|công báo|lưu trữ)", re.IGNORECASE)


def mentions(document: Document, rows: Sequence[Institution], around: str = "") -> list[Mention]:
    """Names of `rows` that stand in the document's own words, in reading order, none inside another.

    Offsets point into `document.text`. `around` names the region of the corpus, which tells namesake units apart.
    Rows with `alert` "khong" are left out. Whether a row's change lies before the day of judgement is the caller's
    question.
    """
    wanted = tuple(row for row in rows if row.alert != "khong" and row.since is not None)
    if not document.text or not wanted:
        return []
    key = key_of(document.text)
    doc, matcher, by_id = _nlp().make_doc(key), _matcher(wanted), {row.id: row for row in wanted}
    excluded = Excluded(document, key)
    found = [
        mention for mention in _found(doc, matcher, by_id, document, key)
        if not excluded.holds(mention) and not is_other(mention, document, key, around)
    ]  # fmt: skip
    found.sort(key=lambda m: (m.start, m.start - m.end, _rank(m, document)))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _rank(mention: Mention, document: Document) -> int:
    """Which of several rows on the same words wins: that which names the very body, that of the body, the place's."""
    words = _short(document.text[mention.start : mention.end])
    if any(_short(name) == words for name in mention.row.names):
        return 0
    return 2 if mention.row.kind in ("don_vi", DISTRICT) else 1


def _short(words: str) -> str:
    """Words of a body without marks, its long name cut to the usual letters."""
    return fold_words(words).replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")


@lru_cache(maxsize=1)
def _nlp() -> Language:
    import spacy

    nlp = spacy.blank("xx")
    nlp.max_length = 20_000_000
    return nlp


@lru_cache(maxsize=4)
def _matcher(rows: tuple[Institution, ...]) -> PhraseMatcher:
    from spacy.matcher import PhraseMatcher

    nlp = _nlp()
    matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
    for row in rows:
        matcher.add(row.id, [nlp.make_doc(phrase) for phrase in sorted(phrases(row))])
    matcher.add("HEAD", [nlp.make_doc(head) for head in _HEADS])
    matcher.add("MARK", [nlp.make_doc(mark) for mark in _MARKS])
    return matcher


def phrases(row: Institution) -> set[str]:
    """All writings of a row's names, as they are matched.

    >>> sorted(phrases(Institution("X", "chuc_danh", ("Công chức Tư pháp - Hộ tịch",), (), None, None, (), "thap",
    ...        None, "cao", "van_ban", "")))
    ['công chức tư pháp - hộ tịch', 'tư pháp - hộ tịch']
    """
    made: set[str] = set()
    if row.kind == "tinh":
        kept = {fold_words(row.new_name or "").removeprefix("thanh pho ")}
        return {
            f"{word} {key_of(name)}" for name in row.old_names for word in ("tỉnh",)
            if fold_words(name) not in kept and not fold_words(name).startswith("tp ")
        }  # fmt: skip
    for name in (*row.names, *_FURTHER.get(row.id, ())):
        for one in name.split("; "):
            plain = key_of(re.sub(r"\s*\([^)]{0,60}\)", "", one)).strip()
            if row.kind == "co_quan" and "huyện" in key_of(row.old_names[0]) and "huyện" not in plain:
                continue  # a short form without the level that ended ("Chi nhánh VPĐKĐĐ") is that of today's body too
            if len(plain) < 4 or _NO_NAME.search(plain) or plain in ("thị trấn", "cấp huyện", "thị xã"):
                continue
            made |= {plain, plain.replace("ủy ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")}
            if " và " in plain and row.kind == "chuc_danh":
                made |= {plain.replace(" và ", " & ")}
    for title in [phrase for phrase in made if row.kind == "chuc_danh" and phrase.startswith("công chức ")]:
        bare = title.removeprefix("công chức ")
        if fold_words(bare) not in _NEEDS_PREFIX:
            made.add(bare)
        made |= {f"cán bộ {bare}", f"cc {bare}"}
    if row.kind == "don_vi":
        made = {phrase for phrase in made if phrase.split()[0] in ("xã", "phường", "thị", "huyện", "thành", "ubnd")}
    return made


def _found(
    doc: Doc, matcher: PhraseMatcher, by_id: dict[str, Institution], document: Document, key: str
) -> Iterator[Mention]:
    """Mentions by name, and bodies put together from a body word and a word of the ended level."""
    strings = doc.vocab.strings
    heads: list[tuple[int, int]] = []
    marks: list[tuple[int, int]] = []
    named: list[tuple[int, int, Institution]] = []
    for match, start, end in matcher(doc):
        label = strings[match]
        if label == "HEAD":
            heads.append((start, end))
        elif label == "MARK":
            marks.append((start, end))
        else:
            named.append((start, end, by_id[label]))
    text = document.text
    taken: set[int] = set()
    for start, end, row in named:
        begin, stop = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        mark = next((m for m in marks if m[0] == end), None)
        if mark is None and row.kind == "co_quan":
            mark = next((m for m in marks if start < m[0] and m[1] == end), None)
        if mark is not None:
            stop, taken = _with_name(doc, mark, text), taken | {mark[0]}
        head = _head_before(doc, start, heads) if row.kind in ("don_vi", DISTRICT, "tinh") else None
        if head is not None:
            begin = doc[head[0]].idx
        bare = row.kind in ("don_vi", "tinh") and head is None and not key.startswith("ubnd", begin)
        yield Mention(begin, stop, row, use_of(document, key, begin, stop), place=bare)
    district = district_row(tuple(by_id.values()))
    if district is None:
        return
    for start, end in marks:
        if start in taken or any(s <= start < e for s, e, _ in named) or not _ended_level(doc, (start, end), text):
            continue
        head = _head_before(doc, start, heads)
        begin = doc[head[0]].idx if head else doc[start].idx
        stop = _with_name(doc, (start, end), text)
        word_end = doc[end - 1].idx + len(doc[end - 1])
        if head is None and stop == word_end:
            # The bare word names nothing, unless it is asked for something itself ("trình cấp huyện phê duyệt").
            if doc[start:end].text != "cấp huyện" or not _ASKED.search(key[max(0, begin - 14) : begin]):
                continue
            yield Mention(begin, stop, district, "duty")
            continue
        yield Mention(begin, stop, district, use_of(document, key, begin, stop) if head else "name", head is None)


_ASKED = re.compile(r"(?:trình|báo cáo|gửi|đề nghị|xin ý kiến|nộp(?: về| lên)?|với) $")


def _ended_level(doc: Doc, mark: tuple[int, int], text: str) -> bool:
    """Whether a level word stands for the district level: a city or quận needs a name that is none of the central."""
    word = doc[mark[0] : mark[1]].text
    if text[doc[mark[0]].idx : doc[mark[0]].idx + len(doc[mark[0]])].isupper():
        return False  # in capitals nobody can tell a name from the next word
    if word in ("huyện", "cấp huyện", "thành phố thuộc tỉnh"):
        return not (mark[0] and doc[mark[0] - 1].text in ("bí", "tỉnh,"))
    name = fold_words(text[doc[mark[1] - 1].idx + len(doc[mark[1] - 1]) : _with_name(doc, mark, text)])
    if not name:
        return False
    return word != "thành phố" or not any(name.startswith(city) for city in _CENTRAL_CITIES)


def _with_name(doc: Doc, mark: tuple[int, int], text: str) -> int:
    """End of the proper name after a level word (at most four capitalised words), or of the word itself."""
    stop = doc[mark[1] - 1].idx + len(doc[mark[1] - 1])
    for token in doc[mark[1] : mark[1] + 4]:
        written = text[token.idx : token.idx + len(token)]
        gap = text[stop : token.idx]
        if not written[:1].isupper() or (written.isupper() and len(written) > 5) or "\n" in gap or not token.is_alpha:
            break
        stop = token.idx + len(token)
    return stop


_IN_GAP = re.compile(r"[^\W\d_]+|-|&")
_GAP_STOPS = frozenset(
    ("xã", "phường", "tỉnh", "trấn", "do", "của", "với", "cho", "tại", "theo", "thuộc", "trên", "các", "được", "và")
)


def _head_before(doc: Doc, mark: int, heads: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The nearest body word before a level word, at most seven plain words away."""
    best: tuple[int, int] | None = None
    for head in heads:
        if head[1] > mark or mark - head[1] > 7:
            continue
        gap = [token.text for token in doc[head[1] : mark]]
        if all(_IN_GAP.fullmatch(word) for word in gap) and not (_GAP_STOPS - {"và"}) & set(gap):
            same_end = best is not None and head[1] == best[1]
            if best is None or head[1] > best[1] or (same_end and head[0] < best[0]):
                best = head
    return best
