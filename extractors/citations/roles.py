"""The role of a mention: ground of a document, part of a title, part of the title of another document, quoted.

A document is often cited with its whole title, which names others: "Nghị định số 187/2025/NĐ-CP … sửa đổi, bổ sung một
số điều của Nghị định số 78/2025/NĐ-CP". Those are in that title, until a sign or words that no title holds ("được sửa
đổi, bổ sung bởi", ", thay thế", "có hiệu lực") end it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.model import Masthead, Role
from extractors.citations.tokens import Mention
from extractors.hosts import Cited, Hosts
from extractors.patterns import lazy, line_start

_BEGINS = lazy(
    r"[\s,]{0,4}(?:năm\s\d{4}\s)?(?:v/v|về|quy định(?!\s+tại)|qui định|ban hành|hướng dẫn|sửa đổi|bổ sung|phê duyệt"
    r"|công bố|bãi bỏ|thay thế|chi tiết|thực hiện|triển khai|giao|thành lập|điều chỉnh|kiện toàn|đính chính|công nhận"
    r"|tăng cường|đẩy mạnh|thi hành|chuyển|đổi|hợp nhất|tổ chức|hủy bỏ|quy chế|quy trình|đề nghị|xin)(?!\w)"
)
# The first sign stands before what is looked for around it, so that a scan can skip to one.
_ENDS = lazy(
    r"[;.,(”\s](?:(?<=[;\n”])|(?<=\.)(?=\s|$)|(?<=[,(])\s?(?:đã\s)?được\s(?:sửa|bổ)"
    r"|(?<=\()\s?đã\s(?:sửa|bổ)"
    r"|(?<=\s)(?:được\s(?:sửa đổi|bổ sung|thay thế)[^;\n]{0,40}?(?:bởi|theo|tại|bằng)\s"
    r"|\((?:sau đây|dưới đây|gọi|viết|chi tiết|cụ thể|có phụ|phụ lục|danh sách|theo phụ|kèm) "
    r"|được tiếp tục\s|(?:có|hết)\shiệu lực|thì\s|để\s(?:xác|thực))"
    r"|(?<=,)\s(?:(?:có|hết)\shiệu lực|thay thế|(?:chi tiết|cụ thể) (?:tại|theo)\s|(?:trừ|thì)\s))"
)
# A title that itself names documents goes on over "và"; any other ends before the next document with a date of its own.
_NAMES_OTHERS = lazy(
    r"[\s,]{0,4}(?:sửa|bổ sung|hướng dẫn|thi hành|quy định chi tiết|triển khai|thực hiện|chi tiết|bãi|thay|hợp"
    r"|về việc (?:sửa|bãi|thay|triển|thực|hủy))"
)
_AND = lazy(r"(?:\s(?:và|hoặc)\s(?:các\s)?(?:\w+\s){0,6}?|,\s)$")
_RECITAL = lazy(r"[ \t\-+–*(]{0,6}(?:căn cứ|thực hiện|theo đề nghị|xét|trên cơ sở)\s")
_LIMIT = 700


class Drafted(Cited, Protocol):
    """A mention with targets as its words give them, and how it was parsed."""

    @property
    def mention(self) -> Mention: ...


def roles_of(lower: str, head: Masthead, first_unit: int, drafts: Sequence[Drafted], hosts: Hosts) -> list[Role]:
    """The role of each draft, in order. `lower`: the text in lower case; `first_unit`: where provisions begin."""
    roles: list[Role] = []
    title = range(0)
    named_inside = False
    for draft in drafts:
        act = draft.mention.act
        inside = draft.start in title and not (act and act.this)
        if inside and act and act.date and not named_inside and _begins_anew(lower, title.start, draft.start):
            inside, title = False, range(0)
        named_inside = named_inside or inside
        if hosts.is_quoted(draft.start):
            roles.append("quoted")
        elif inside:
            roles.append("in_title")
        else:
            roles.append(_by_place(lower, head, first_unit, draft.start))
        if not inside and act and (act.symbol or act.date) and not draft.targets[0].self_:
            title, named_inside = _title_after(lower, draft.end), False
    return roles


def _begins_anew(lower: str, title: int, at: int) -> bool:
    """Whether "và" or a comma before `at` joins two documents, and not two things that the title at `title` names."""
    return not _NAMES_OTHERS.match(lower, title) and bool(_AND.search(lower, max(title, at - 60), at))


def _title_after(lower: str, at: int) -> range:
    """The range of the title that a document's number, date and issuer at `at` are followed by."""
    if not _BEGINS.match(lower, at):
        return range(0)
    end = _ENDS.search(lower, at, at + _LIMIT)
    return range(at, end.start() if end else at + _LIMIT)


def _by_place(lower: str, head: Masthead, first_unit: int, at: int) -> Role:
    if _in(head.spans.get("title"), at):
        return "title"
    if _in(head.spans.get("bases"), at) or (
        at < first_unit and _RECITAL.match(lower, line_start(lower, at))
    ):
        return "basis"
    return "recipients" if _in(head.spans.get("recipients"), at) else "body"


def _in(span: tuple[int, int] | None, offset: int) -> bool:
    return span is not None and span[0] <= offset < span[1]
