"""What a clause leaves to others or carries out: implement, delegate, transition.

implement: "Nghị định này quy định chi tiết khoản 2 Điều 5 Luật X" in the scope clause. delegate: "Chính phủ quy định
chi tiết Điều này"; "giao Ủy ban nhân dân cấp xã quy định …" (to organise or to carry out is no delegation of rules).
transition: pending cases go on under an old act.
Source: Luật 64/2025/QH15, Điều 55 and 61.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from corpus.model import Provision
from extractors.effects import places as effect_places
from extractors.effects import targets as targets
from extractors.effects.dates import ACT
from extractors.effects.drafts import Draft
from extractors.effects.scope import Scope
from extractors.patterns import lazy

_IMPLEMENTS = lazy(
    rf"(?<!\w){ACT}\s+này\s+(?:ban hành\s+)?(?:quy định\s+(?:chi tiết|về\s+chi tiết|một số nội dung|một số điều|"
    rf"biện pháp|cụ thể)|hướng dẫn|"
    r"quy định\s+(?:và\s+)?hướng dẫn|chi tiết)(?!\w)"
)
# Cheap signs that one of the patterns above or below may match.
_SAYS_WHAT = lazy(
    r"quy định\s+(?:chi|cụ|việc|về|mức|tiêu|danh|thẩm|trình|chế|chính)|hướng dẫn chi tiết"
)
_OF_THIS = lazy(r"này\s+(?:ban hành\s+)?(?:quy định|hướng dẫn|chi tiết)")
_SCOPE_END = lazy(r"[;.]\s+(?=\w)|\n|(?:,\s*)?(?<!\w)bao gồm(?!\w)|:|;")
_NAME = r"[^\W\d_][\w\-]*"
_BODY = (
    r"(?:ủy ban thường vụ quốc hội|quốc hội|thủ tướng chính phủ|chính phủ|hội đồng thẩm phán tòa án nhân dân tối cao|"
    r"chánh án tòa án nhân dân tối cao|viện trưởng viện kiểm sát nhân dân tối cao|tổng kiểm toán nhà nước|"
    r"tổng thanh tra chính phủ|"
    r"thống đốc ngân hàng nhà nước(?: việt nam)?|bộ trưởng,? (?:thủ trưởng )?(?:các )?(?:cơ quan ngang bộ)[\w ]{0,30}?|"
    r"(?:bộ trưởng\s+)?bộ\s+(?:tư pháp|tài chính|nội vụ|công an|quốc phòng|y tế|xây dựng|ngoại giao|công thương|"
    r"giáo dục và đào tạo|"
    r"nông nghiệp và môi trường|khoa học và công nghệ|văn hóa, thể thao và du lịch|dân tộc và tôn giáo|"
    r"tài nguyên và môi trường|"
    r"nông nghiệp và phát triển nông thôn|lao động - thương binh và xã hội|lao động, thương binh và xã hội|"
    r"kế hoạch và đầu tư|"
    r"giao thông vận tải|thông tin và truyền thông)|"
    r"(?:chủ tịch\s+)?(?:hội đồng nhân dân|ủy ban nhân dân)(?:\s+(?:các\s+)?(?:cấp\s+)?(?:tỉnh|huyện|xã|thành phố|"
    r"phường|đặc khu)"
    r"(?:,\s*(?:tỉnh|huyện|xã|thành phố|phường|đặc khu)(?:\s+trực thuộc trung ương)?){0,3})?)"
)
_DELEGATES = lazy(
    rf"(?<!\w)(?P<body>{_BODY})\s+(?:có trách nhiệm\s+)?(?:ban hành\s+)?(?:căn cứ[^.;]{{1,120}}?\s)?"
    r"(?P<what>quy định\s+(?:chi tiết|cụ thể|chi tiết và)|hướng dẫn chi tiết|quy định\s+(?:việc|về|mức|tiêu chí|"
    r"danh mục|thẩm quyền|trình tự|chế độ|chính sách))(?!\w)"
)
_GIVES = lazy(
    rf"(?<!\w)giao\s+(?:cho\s+)?(?P<body>{_BODY})\s+(?:căn cứ[^.;]{{1,120}}?\s)?(?P<what>quy định)(?!\w)"
)
_NOT_DELEGATED = lazy(r"(?<!\w)(?:do|của|theo|được|mà|khi|tại|thuộc|với|và|trình|bởi|đã)\s*$")
_CLAUSE_OF_WORDS = lazy(r"[.;:]\s+|\n")
_MOST = 40
_IN_TITLES = ("việc", "về", "mức", "tiêu chí", "danh mục", "thẩm quyền", "trình tự", "chế độ", "chính sách")
_NAMES_UNITS = lazy(
    r"\s*(?:và\s+(?:hướng dẫn|biện pháp|tổ chức)[^.;]{0,30}?\s)?(?:thi hành\s+)?(?:các\s+|những\s+|nội dung\s+)?"
    r"(?=điểm|khoản|điều)"
)
_PENDING = lazy(r"(?<!\w)trước\s+(?:ngày|thời điểm)\s+(?:ngày\s+)?(?:\d|[^.;\n]{1,80}?hiệu lực)")
_OLD_RULE = lazy(
    r"(?<!\w)(?:tiếp tục\s+(?:được\s+)?(?:thực hiện|áp dụng|giải quyết|xử lý|xem xét)?|(?:được\s+|"
    r"thì\s+)?(?:thực hiện|áp dụng|giải quyết|xử lý))\s*(?:theo|cho)?"
    r"\s*(?:các\s+)?(?:quy định\s+)?(?:của|tại|theo)?\s*$"
)


def duties(scope: Scope) -> Iterator[Draft]:
    """implement, delegate and transition effects of one clause."""
    words = scope.words
    if _OF_THIS.search(words):
        yield from _implements(scope)
    if "quy định" in words or "hướng dẫn" in words:
        yield from _delegations(scope)
    if "trước ngày" in words or "trước thời điểm" in words:
        yield from _transitions(scope)


def _implements(scope: Scope) -> Iterator[Draft]:
    base, words = scope.clause.start, scope.words
    for match in islice(_IMPLEMENTS.finditer(words, scope.clause.label), _MOST):
        stop = _SCOPE_END.search(words, match.end())
        end = stop.start() if stop else len(words)
        hits = [hit for hit in scope.hits(match.end(), end) if hit.target and not hit.target.self_ and not hit.this]
        for hit in hits:
            yield Draft("implement", base + match.start(), base + end, hit.target, hit.path, hit.open)
        if hits:
            return


def _delegations(scope: Scope) -> Iterator[Draft]:
    clause, words, text = scope.clause, scope.words, scope.text
    if clause.unit is None:
        return
    patterns = [_DELEGATES] if _SAYS_WHAT.search(words) else []
    patterns += [_GIVES] if "giao" in words else []
    seen: set[tuple[str, str | None]] = set()
    for pattern in patterns:
        for match in islice(pattern.finditer(words, clause.label), _MOST):
            if pattern is _DELEGATES and _NOT_DELEGATED.search(words, max(0, match.start() - 12), match.start()):
                continue
            if match["what"].endswith(_IN_TITLES) and _follows_act(scope, match.start()):
                continue  # "Thông tư số … của Bộ X quy định về …" is a title
            stop = _CLAUSE_OF_WORDS.search(words, match.end())
            end = stop.start() if stop else len(words)
            body = " ".join(text[clause.start + match.start("body") : clause.start + match.end("body")].split())
            span = clause.start + match.start(), clause.start + end
            for path in _delegated_paths(clause.unit, words, match.end(), end):
                if (body, path) not in seen:
                    seen.add((body, path))
                    yield Draft("delegate", *span, None, path, to=body, self_=True)


def _follows_act(scope: Scope, at: int) -> bool:
    base = scope.clause.start
    near = scope.mentions.within(base + max(scope.clause.label, at - 300), base + at)
    return any(target.symbol and not target.self_ for citation in near for target in citation.targets)


def _delegated_paths(unit: Provision, words: str, start: int, end: int) -> list[str]:
    """The units to be detailed: named ones of this text, "Điều này", else the unit that the words stand in."""
    here = unit.id.split("__")
    article = next((i for i, part in enumerate(here) if part.startswith("art_")), None)
    near = words[start:end]
    if article is None or not _NAMES_UNITS.match(near):
        return [unit.id]
    lead = "__".join(here[:article])
    paths = [
        targets.complete(place.path, [unit.id]) if place.open else place.path
        for place in effect_places.read(words, start, end)
    ]  # fmt: skip
    if paths:
        return [path if not lead or path.startswith(lead) else f"{lead}__{path}" for path in paths]
    if "điều này" in near[:60]:
        return ["__".join(here[: article + 1])]
    return ["__".join(here[: article + 2])] if "khoản này" in near[:60] else [unit.id]


def _transitions(scope: Scope) -> Iterator[Draft]:
    clause, words = scope.clause, scope.words
    if not _PENDING.search(words, clause.label):
        return
    for hit in scope.hits(clause.label, len(words)):
        if hit.target is None or hit.target.self_:
            continue
        if _OLD_RULE.search(words, max(clause.label, hit.start - 80), hit.start):
            yield Draft("transition", clause.start + clause.label, clause.end, hit.target, hit.path, hit.open)
