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
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from corpus.model import Document
from corpus.register.rows import Institution
from corpus.text import fold_words, tone_key

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

Use = Literal["duty", "name"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that has ended, where it stands. `use` says whether the clause gives its bearer a duty or power."""

    start: int
    end: int
    row: Institution
    use: Use
    place: bool = False


DISTRICT = "cap_hanh_chinh"
_CENTRAL_CITIES = frozenset(("ha noi", "hai phong", "da nang", "can tho", "hue", "ho chi minh"))

_HEADS = (
    "ủy ban nhân dân", "ubnd", "hội đồng nhân dân", "hđnd", "thường trực hội đồng nhân dân", "thường trực hđnd",
    "ủy ban mặt trận tổ quốc", "mttq", "huyện ủy", "thanh tra", "công an", "phòng", "ban chỉ huy quân sự", "bchqs",
    "ban chỉ đạo", "ban quản lý", "đội", "hạt kiểm lâm", "chi cục", "trung tâm", "đài truyền thanh",
    "đài phát thanh", "tòa án nhân dân", "viện kiểm sát nhân dân", "kho bạc nhà nước", "bảo hiểm xã hội",
    "hội đồng", "cơ quan", "các cơ quan", "văn phòng", "trạm", "bệnh viện", "ngân sách", "tổ công tác", "chủ tịch",
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
    key = _key(document.text)
    doc, matcher, by_id = _nlp().make_doc(key), _matcher(wanted), {row.id: row for row in wanted}
    excluded = _Excluded(document, key)
    found = [
        mention for mention in _found(doc, matcher, by_id, document, key)
        if not excluded.holds(mention) and not _is_other(mention, document, key, around)
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


def _key(text: str) -> str:
    """`text` as it is matched: one case, one placement of tones, one dash; same length."""
    return tone_key(text).translate({0x2013: "-", 0x2014: "-", 0x2012: "-", 0x2010: "-", 0x2011: "-"})


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
            f"{word} {_key(name)}" for name in row.old_names for word in ("tỉnh",)
            if fold_words(name) not in kept and not fold_words(name).startswith("tp ")
        }  # fmt: skip
    for name in (*row.names, *_FURTHER.get(row.id, ())):
        for one in name.split("; "):
            plain = _key(re.sub(r"\s*\([^)]{0,60}\)", "", one)).strip()
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
        head = _head_before(doc, start, heads) if row.kind in ("don_vi", DISTRICT) else None
        if head is not None:
            begin = doc[head[0]].idx
        bare = row.kind in ("don_vi", "tinh") and head is None and not key.startswith("ubnd", begin)
        yield Mention(begin, stop, row, _use(document, key, begin, stop), place=bare)
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
            continue  # the bare word names nothing
        yield Mention(begin, stop, district, _use(document, key, begin, stop) if head else "name", head is None)


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


# --- duty or mere name ---------------------------------------------------------------------------

_GIVES_AFTER = re.compile(
    r"^[\s,)]{0,3}(?:[^\W\d_]{1,12}\s){0,3}?(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|hướng dẫn|kiểm tra|thẩm định"
    r"|chủ trì|phối hợp|tổ chức|theo dõi|tham mưu|xem xét|giải quyết|quyết định|phê duyệt|thực hiện|xử lý|tổng hợp"
    r"|giúp|trực|bố trí|cấp (?:bổ sung|kinh phí|giấy)|tiếp nhận|giám sát|hỗ trợ|quản lý|đôn đốc|phụ trách|xác nhận"
    r"|thống kê|lập|soạn|chuẩn bị|duyệt|thông báo|báo cáo|thẩm tra|thành lập|ban hành|quy định)(?!\w)"
)
_GIVES_BEFORE = re.compile(
    r"(?:báo cáo|gửi|nộp|qua|về|trình|chuyển|đề nghị|giao|phối hợp với|phối hợp|kết hợp với|chỉ đạo của|xin ý kiến"
    r"|lấy ý kiến|ý kiến của|mời|do|hướng dẫn của|quản lý của|kiểm tra của|giám sát của|thống nhất với|cùng|với"
    r"|đăng ký (?:tại|với)|thẩm định của|phê duyệt của|đồng ý của|chấp thuận của|quyết định của|cho)"
    r"[\s:(]{1,4}(?:[^\W\d_]{1,12}[\s,-]{1,3}){0,12}$"
)


_NUMBERED = r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,5}|[a-zđ]|điều \d{1,3})[.)]|[-+*])"
_HEADING = re.compile(rf"\s{{0,4}}{_NUMBERED}?\s{{0,3}}(?:giao |đối với |trách nhiệm (?:của )?)?")
_LINE_START = re.compile(rf"\s{{0,4}}{_NUMBERED}?\s{{0,3}}(?:các )?")
# A body that opens its clause and is followed by a plain word acts, whatever the verb.
_ACTS = re.compile(r"\s(?!(?:của|là|nay|cũ|và|hoặc|tại|ở|trên|thuộc|được|cấp|theo)\b)[^\W\d_]{2,12}\s")


def _use(document: Document, key: str, start: int, end: int) -> Use:
    """Whether the clause gives a duty or power: the body acts, is reported to, or heads a unit of tasks."""
    line = key.rfind("\n", 0, start) + 1
    stop = key.find("\n", end)
    after = key[end : min(len(key) if stop < 0 else stop, end + 70)]
    left = max(line, start - 70, key.rfind(". ", 0, start) + 1, key.rfind(";", 0, start) + 1)
    before = key[left:start]
    if _GIVES_AFTER.search(after) or _GIVES_BEFORE.search(before):
        return "duty"
    if _LINE_START.fullmatch(key[line:start]) and _ACTS.match(after):
        return "duty"
    heading = _HEADING.fullmatch(key[line:start])
    return "duty" if heading and re.match(r"\s{0,2}[:.]?\s{0,2}$", after) else "name"


# --- what is left out ----------------------------------------------------------------------------

_TITLE_WORDS = (
    r"(?:về|v/v|ban hành|quy định|phê duyệt|thông qua|công bố|sửa đổi|bổ sung|bãi bỏ|thay thế|hướng dẫn|giao|thành lập"
    r"|kiện toàn|điều chỉnh|đính chính)\b"
)
_TITLE_FOLLOWS = re.compile(rf"^[^;.\n]{{0,120}}?\b{_TITLE_WORDS}")
_GOES_ON = re.compile(rf"\s{{0,2}}(?:\([^)]{{0,200}}\)|của\b|do\b|,? ngày\b|{_TITLE_WORDS})")
# A cell of a table that opens with a number and no kind word: "431/QĐ-UBND ngày … của …".
_BARE_NUMBER = re.compile(r"(?m)^\W{0,4}\d{1,5}[a-z]?/(?:\d{4}/)?[a-zđ]{2,4}-[a-zđ]{2,12}\b[^\n]{0,700}")
_OPENS_LINE = re.compile(r"[\s\-–+*•(]{0,6}(?:[\da-zđ]{1,3}[.)]\s{0,3})?")
_HISTORY_AFTER = re.compile(
    r"^[^.;\n]{0,40}?(?:\bcũ\b|\bnay là\b|\btrước (?:đây|khi)\b|\btrước ngày 0?1(?:/| tháng )0?7(?:/| năm )2025"
    r"|\btrước sắp xếp\b"
    r"|\bđã (?:cấp|giải thể|sáp nhập)\b"
    r"|\bđược sáp nhập\b|\bđược nhập\b|\bsáp nhập\b|\bcấp trước\b|\btrước (?:hợp nhất|sáp nhập)\b"
    r"|\b(?:kết thúc|chấm dứt) hoạt động\b|\bnhưng chưa (?:kịp )?bàn giao\b)"
)
_HISTORY_BEFORE = re.compile(
    r"(?:tiền thân|nguyên là|trước đây là|trước đây|sáp nhập|hợp nhất|nhập từ|đã nhập|địa bàn|cũ là|được thành lập từ"
    r"|thành lập trên cơ sở|đổi tên|chuyển từ|thay thế|thay cho|bãi bỏ|hủy bỏ|huỷ bỏ)\b[^.;\n]{0,60}$"
    r"|\b(?:không còn|không tổ chức|giải thể|(?:kết thúc|chấm dứt)(?: việc)? hoạt động(?: của)?)"
    r"(?: (?:các|cơ quan|tổ chức|mô hình|chính quyền(?: địa phương)?|đơn vị hành chính|hoạt động(?: của)?)){0,3} ?$"
)
# The words of an arrangement of units name those that were: "sắp xếp tỉnh A, tỉnh B thành tỉnh B".
_ARRANGED = re.compile(
    r"\b(?:sắp xếp|sáp nhập|hợp nhất|nhập)\b[^.;\n]{0,300}?\bthành (?:lập|tỉnh|thành phố|xã|phường|đơn vị|một)\b"
)
# An association's own name keeps the province in which it was founded.
_ASSOCIATION = re.compile(
    r"(?:\bhiệp hội|\bliên đoàn|\bliên minh|\bcâu lạc bộ|\bđoàn luật sư|\bquỹ|(?<!xã )(?<!đại )(?<!quốc )(?<!lễ )"
    r"\bhội(?! đồng| nghị| trường| thi\b| họp| thảo| chợ| nhập))\b[^.,;:\n]{0,70}$"
)
_NOT_ASKED = re.compile(
    r"(?:không|chưa) (?:yêu cầu|phải|cần|bắt buộc|được yêu cầu|đòi hỏi|buộc)|không còn|bãi bỏ|thay (?:cho|thế)|đã bỏ"
    r"|hết giá trị|không sử dụng|không dùng|chưa hết hạn|còn hạn|còn thời hạn|còn giá trị"
)
_CHANGING = frozenset(("repeal", "replace", "amend", "declare_expired", "correct", "delete_text", "substitute"))
_SKIPPED_PARTS = ("issuer", "symbol", "date", "title", "signature", "signer", "recipients", "motto", "bases")


RECIPIENTS = 1500
"""Characters that a list of recipients with its signature block may take."""


class _Excluded:
    """Ranges of a document in which a former name is no fault."""

    def __init__(self, document: Document, key: str) -> None:
        self._key = key
        ranges = [(quote.start, quote.end) for quote in document.quotes]
        ranges += [(m.start(), m.end()) for m in re.finditer(r"“[^”\n]{1,2000}”|\"[^\"\n]{1,500}\"", document.text)]
        for citation in document.citations:
            ranges.append((citation.start, _cited_until(key, citation.start, citation.end)))
        ranges += [
            (effect.start, effect.end) for effect in document.effects
            if effect.type in _CHANGING and not effect.target.self_
        ]  # fmt: skip
        ranges += [match.span() for pattern in (_ARRANGED, _BARE_NUMBER) for match in pattern.finditer(key)]
        head = document.masthead
        if head:
            ranges += [head.spans[part] for part in _SKIPPED_PARTS if part in head.spans]
        attached = [unit.start for unit in document.provisions if re.match(r"(?:att|app)_\w+$", unit.id)]
        for receivers in re.finditer(r"(?m)^\W{0,3}nơi nhận\b", key):
            following = [start for start in attached if start > receivers.start()]
            ranges.append((receivers.start(), min([receivers.start() + RECIPIENTS, *following])))
        self._ranges = ranges

    def holds(self, mention: Mention) -> bool:
        start, end, key = mention.start, mention.end, self._key
        if any(a <= start < b for a, b in self._ranges):
            return True
        line = key.rfind("\n", 0, start) + 1
        before = key[max(line, start - 160) : start]
        after = key[end : end + 60].split("\n")[0]
        if re.match(r"\s{0,3}căn cứ\b", key[line : line + 12]):
            return True
        if mention.row.kind in ("giay_to", "thuat_ngu"):
            return bool(_NOT_ASKED.search(before[-90:]) or _NOT_ASKED.search(after[:60]))
        if mention.row.kind in ("tinh", "don_vi") and mention.place and _ASSOCIATION.search(before):
            return True
        return bool(_HISTORY_AFTER.search(after) or _HISTORY_BEFORE.search(before))


_STOP = re.compile(r"[;\n]|\.(?=\s|$)")
_LINE_STOP = re.compile(
    r"\n|\.(?=\s|$)|;(?=[^;\n]{0,90}?\b(?:giao|yêu cầu|đề nghị|chủ trì|phối hợp|trách nhiệm|tham mưu|báo cáo|gửi)\b)"
)


def _cited_until(key: str, start: int, end: int) -> int:
    """Where the words of a citation end: its issuer, and its title where the words give one.

    A citation that opens its line (a cell of a table, an item of a list) has the whole line for its title.
    """
    alone = _OPENS_LINE.fullmatch(key, key.rfind("\n", 0, start) + 1, start)
    stop = (_LINE_STOP if alone else _STOP).search(key, end)
    limit = min(stop.start() if stop else len(key), end + 700)
    rest = key[end:limit]
    if _GOES_ON.match(rest) is None:
        return end
    if _TITLE_FOLLOWS.match(rest):
        return limit
    comma = rest.find(",")
    return end + (comma if comma >= 0 else len(rest))


def _is_other(mention: Mention, document: Document, key: str, region: str) -> bool:
    """Whether the same words name something that lives: the issuer itself, a department of a Sở, a namesake unit."""
    row, start, end = mention.row, mention.start, mention.end
    around = key[max(0, start - 40) : start]
    if around[-1:] in ("-", "/") and around[-2:-1].strip():
        return True  # the tail of a symbol (12/2020/TT-BGTVT)
    if row.kind == "co_quan" and re.search(r"^phòng ", key[start:end]):
        if re.match(r"[^.;,\n]{0,12}\b(?:thuộc |của )?(?:sở|bộ|tổng cục|cục)\b", key[end : end + 30]):
            return True
        if re.match(r"\s(?:xã|phường|cấp xã)\b", key[end : end + 10]):
            return True
    if row.kind == "chuc_danh" and re.search(r"phòng $", around):
        return True
    if row.kind == "thuat_ngu" and re.search(r"(?:tạm|tạm thời) $", around):
        return True
    if row.kind in ("don_vi", DISTRICT, "co_quan") and _own_unit(document, key[start:end]):
        return True
    return row.kind == "don_vi" and not _same_region(document, row, region)


def district_row(rows: Sequence[Institution]) -> Institution | None:
    """The row by which the district level ended, None where the register has it not."""
    return next((row for row in rows if row.kind == DISTRICT and "huyện" in row.old_names[0].lower()), None)


def unit_rows(unit: str, around: str, rows: Sequence[Institution]) -> list[Institution]:
    """Rows by which a unit ("xã Vĩnh Long", "thị trấn X", "huyện Y") ended: its own row first.

    A namesake elsewhere is told apart by the district or province that the row names in brackets, or by the unit
    that succeeded: one of them must stand in `around` (names of the region, in words). A thị trấn or huyện without a
    row of its own is met by the row of its level.
    """
    key = fold_words(unit)
    around = fold_words(around)
    found: list[Institution] = []
    for row in rows:
        if row.kind != "don_vi":
            continue
        for name in row.old_names:
            plain = fold_words(re.sub(r"\([^)]*\)", "", name))
            here = any(region in around for region in _regions(row))
            if here and plain == key.split(" huyen ")[0].split(" tinh ")[0]:
                found.append(row)
                break
    if not found:
        level = key.split(" ")[0] if not key.startswith("thi ") else key[:8]
        found = [
            row for row in rows if row.kind == DISTRICT
            and (fold_words(row.old_names[0]) == level or (level == "huyen" and "huyện" in row.old_names[0].lower()))
        ]  # fmt: skip
    return found


_DISTRICT_NAME = re.compile(r"(?:huyện|thị xã|thành phố|quận) [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}(?: [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}){0,3}")
_PROVINCE_NAME = re.compile(r"tỉnh [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}(?: [A-ZĐÀ-Ỹ][\wà-ỹ]{0,10}){0,3}")


def successor(unit: str, around: str) -> str | None:
    """The unit that a former commune belongs to since 2025-07-01, by the table of `underthesea.convert_address`.

    `around` is text that names its district and province ("huyện …", "tỉnh …"). None where the two are not named, the
    table has no such commune, or the commune kept its name.
    """
    province = _PROVINCE_NAME.search(around)
    if province is None:
        return None
    for match in list(dict.fromkeys(_DISTRICT_NAME.findall(around)))[:4]:
        found = _converted(f"{unit}, {match}, {province[0]}")
        if found and fold_words(found) != fold_words(unit):
            return found
    return None


@lru_cache(maxsize=1 << 10)
def _converted(address: str) -> str | None:
    from underthesea import convert_address

    result = convert_address(address)
    if result.status.value != "success" or not result.new.ward:
        return None
    ward, province = result.new.ward, result.new.province
    return f"{ward[:1].lower()}{ward[1:]} ({province[:1].lower()}{province[1:]})"


def _own_unit(document: Document, words: str) -> bool:
    """Whether the words name the unit that issued the document (its end is HL05, not TN)."""
    head = document.masthead
    if head is None or not head.issuer:
        return False
    return fold_words(words).removeprefix("ubnd ").removeprefix("uy ban nhan dan ") in fold_words(head.issuer) and len(
        words.split()
    ) > 2


def _same_region(document: Document, row: Institution, around: str) -> bool:
    """Whether a document belongs to the region of a unit's row: the region's or a successor's name stands around it."""
    if re.match(r"(?i)(?:huyện|thành phố|thị xã)", row.old_names[0]):
        return True
    text = fold_words(document.text[:4000] + " " + document.text[-1500:] + " " + around)
    return any(key in text for key in _regions(row))


def _regions(row: Institution) -> list[str]:
    """Names by which a unit's row can be told from a namesake: its district or province, and what succeeded it."""
    names = re.findall(r"\(([^)]{3,60})\)", "; ".join(row.old_names))
    names += re.split(r"[;,()]| và ", row.new_name or "")
    keys = [re.sub(r"^(?:huyen|tinh|xa|phuong|thi tran|thanh pho|cac phuong) ", "", fold_words(name)) for name in names]
    return [key for key in keys if len(key) > 3 and not key.startswith(("ma ", "cac ", "mo hinh"))]
