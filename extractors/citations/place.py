"""Last pass: a mention gets its place: what "này" means, which act a bare "Điều 5" belongs to, its role, what is known.

"Điều này" is read from the tree of provisions; inside an attached text its articles are meant; in an amending article a
bare unit is one of the amended act, inside quoted text everything relative is (`extractors.hosts`). A document's own
number is the document itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus import symbols
from corpus.model import Citation, Known, Masthead, Outline, Provision, Role, Target, Text
from corpus.text import fold
from extractors.citations import ids
from extractors.citations.tokens import HERE, RANK, Act, Mention, Path
from extractors.citations.units import roman, roman_value
from extractors.hosts import Host, Hosts, find_hosts

_ATTACHED_KINDS = frozenset(("quy_che", "quy_dinh", "chuong_trinh", "ke_hoach", "de_an", "phuong_an", "huong_dan"))
_TITLE = re.compile(
    r"[\s,]{0,4}(?:năm\s\d{4}\s)?(?:(?:v/v|về|quy định(?!\s+tại)|qui định|ban hành|hướng dẫn|sửa đổi|bổ sung|phê duyệt|công bố|bãi bỏ|thay thế|chi tiết"
    r"|thực hiện|triển khai|giao|thành lập|điều chỉnh|kiện toàn|đính chính|công nhận|tăng cường|đẩy mạnh|thi hành|chuyển|đổi|hợp nhất|tổ chức"
    r"|hủy bỏ|quy chế|quy trình|đề nghị|xin)(?!\w))"
)
_TITLE_END = re.compile(
    r"[;\n”]|\.(?=\s|$)|[,(]?\s?(?:đã\s)?được\s(?:sửa đổi|bổ sung|thay thế)[^;\n]{0,40}?(?:bởi|theo|tại|bằng)\s|,?\s(?:có|hết)\shiệu lực|,\sthay thế|[,(]\s?được\s(?:sửa|bổ)"
    r"|,\s(?:trừ|thì)\s|\sthì\s|\sđể\s(?:xác|thực)"
)
_CHAIN_TITLE = re.compile(r"[\s,]{0,4}(?:sửa|bổ sung|hướng dẫn|thi hành|quy định chi tiết|triển khai|thực hiện|chi tiết|bãi|thay|hợp|về việc (?:sửa|bãi|thay|triển|thực|hủy))")
_AND = re.compile(r"\s(?:và|hoặc)\s(?:các\s)?(?:\w+\s){0,6}?$")
_RECITAL = re.compile(r"[ \t\-+–*(]{0,6}(?:căn cứ|thực hiện|theo đề nghị|xét|trên cơ sở|thi hành|theo)\s")
_DEFINED = re.compile(
    r"\((?:[^()\n]{0,40}?\s)?(?:gọi|viết)\s(?:tắt\s|chung\s){0,2}là\s?:?\s?[“\"]?(?P<name>[^()”\"\n]{2,160}?)[”\"]?\s?\)",
)
_CUE = re.compile(r"(?:tại|theo|của|từ|thuộc|bỏ|sung|đổi)\s{1,3}(?:các\s{1,3})?$")
_POINT_CUE = re.compile(r"(?:tại|theo|từ|thuộc|bỏ|sung|đổi|sau|trước|và|,)\s{1,3}(?:các\s{1,3})?$|\n[ \t]{0,3}(?:\d{1,3}|[a-zđ])[.)]\s{0,3}$")
_COMES_INTO_FORCE = re.compile(r"(?:ngày|khi|trước|sau)\s{1,3}(?:khi\s{1,3})?$")
_CLAUSE_START = re.compile(r"\n[ \t]{0,4}(?P<num>\d{1,3}[a-zđ]?)\.\s")
_TITLE_LIMIT = 700


@dataclass(slots=True)
class _Draft:
    """A mention with targets as its words give them."""

    start: int
    end: int
    targets: tuple[Target, ...]
    mention: Mention


def place(text: Text, lower: str, head: Masthead, tree: Outline, known: Known, mentions: Sequence[Mention]) -> tuple[Citation, ...]:
    """Citations in text order."""
    return _Placer(text, lower, head, tree, known, mentions).citations()


class _Placer:
    def __init__(
        self, text: Text, lower: str, head: Masthead, tree: Outline, known: Known, mentions: Sequence[Mention]
    ) -> None:
        self.source, self.text, self.lower = text, text.text, lower
        self.head, self.tree, self.known = head, tree, known
        self.mentions = mentions
        self.own_key = symbols.key(head.symbol) if head.symbol else None
        self.starts = [unit.start for unit in tree.provisions]
        self.headings = {unit.start for unit in tree.provisions}
        self.first_unit = tree.provisions[0].start if tree.provisions else len(self.text)
        self.ids = {unit.id for unit in tree.provisions}
        self.has_articles = any(unit.kind == "dieu" for unit in tree.provisions)
        self.cache: dict[tuple[object, ...], tuple[Target, ...]] = {}
        self.numbered_names: dict[str, set[str]] = {}
        self.last_of_kind: dict[str, list[tuple[int, Target]]] = {}
        self.defined: dict[str, Target] = {}

    def citations(self) -> tuple[Citation, ...]:
        self._read_names()
        drafts = [self._draft(mention) for mention in self.mentions if self._counts(mention)]
        self._read_definitions(drafts)
        hosts = find_hosts(self.source, self.head, self.tree, drafts)
        roles = self._roles(drafts, hosts)
        out: list[Citation] = []
        for draft, role in zip(drafts, roles, strict=True):
            unit = self._innermost(draft.start)
            targets = self._targets(draft, hosts, unit)
            if not targets:
                continue
            act = draft.mention.act
            out.append(
                Citation(
                    draft.start, draft.end, self.text[draft.start : draft.end], self.source.page_at(draft.start),
                    unit.id if unit else None, role, targets, act.doubt if act else None,
                    act.corrected_from if act else None,
                )
            )  # fmt: skip
        return tuple(out)

    # --- where it stands ----------------------------------------------------------------------

    def _innermost(self, offset: int) -> Provision | None:
        i = bisect_right(self.starts, offset) - 1
        provisions = self.tree.provisions
        best: Provision | None = None
        while i >= 0:
            unit = provisions[i]
            if offset < unit.end and (best is None or unit.end - unit.start < best.end - best.start):
                best = unit
            if best is not None and unit.kind in ("dieu", "muc_la_ma", "phu_luc"):
                break
            i -= 1
        return best

    def _read_names(self) -> None:
        """Laws that the text itself gives with name and number: later the name alone means that one."""
        for mention in self.mentions:
            act = mention.act
            if act is not None and act.symbol and act.name and act.complete:
                self.numbered_names.setdefault(fold(act.name), set()).add(act.symbol)

    def _counts(self, mention: Mention) -> bool:
        """Whether a mention is a reference at all: no heading, no part of a text that only looks like a unit."""
        if self._is_heading(mention) or _in(self.head.spans.get("symbol"), mention.end - 1):
            return False
        if mention.act is not None or any(number == HERE for path in mention.paths for _, number in path):
            return True
        levels = {path[0][0] for path in mention.paths}
        if not levels or levels <= {"para", "form", "row", "dash", "item"}:
            return False
        if levels <= {"pt"}:
            return bool(_POINT_CUE.search(self.lower, max(0, mention.start - 40), mention.start))
        if levels <= {"chp", "sec", "subsec", "part"}:
            return bool(_CUE.search(self.lower, max(0, mention.start - 20), mention.start))
        return True

    def _is_heading(self, mention: Mention) -> bool:
        """A unit's own heading ("Điều 5. Tên gọi", "“Chương II") is no reference."""
        if mention.act is not None or not mention.paths:
            return False
        line = self.text.rfind("\n", 0, mention.start) + 1
        before = self.text[line : mention.start].strip(" \t“\"«*_#")
        if before:
            return False
        level = mention.paths[0][-1][0]
        after = self.text[mention.end : mention.end + 3].lstrip(" \t*_")
        if level in ("chp", "part", "sec", "subsec", "app", "form"):
            return True
        if mention.start in self.headings:
            return True
        return after[:1] in (".", ":") and level in ("art", "cl") and len(mention.paths) == 1 and len(mention.paths[0]) == 1

    # --- what the words say ---------------------------------------------------------------------

    def _draft(self, mention: Mention) -> _Draft:
        act = mention.act
        paths: tuple[Path, ...] = mention.paths or ((),)
        if act is None:
            targets = tuple(Target(provision=ids.provision_id(_known_part(path)) or None) for path in paths)
        elif act.this:
            targets = tuple(Target(kind=act.kind, provision=ids.provision_id(_known_part(path)) or None, self_=True) for path in paths)
        elif act.bare:
            targets = tuple(Target(kind=act.kind, provision=ids.provision_id(path) or None) for path in paths)
        else:
            base = self._of_act(act)
            prefix: Path = (("att", "1"),) if mention.attached else ()
            targets = tuple(
                replace(target, provision=ids.join((*prefix, *ids.split(ids.provision_id(path)))) or None)
                for target in base
                for path in paths
            )
            if base and (act.symbol or act.name) and not base[0].self_:
                self.last_of_kind.setdefault(act.kind, []).append((mention.start, base[0]))
        return _Draft(mention.start, mention.end, targets, mention)

    def _of_act(self, act: Act) -> tuple[Target, ...]:
        """The document that an act's words mean: one target, or several candidates."""
        key = (act.symbol, act.name, act.kind, act.date, act.year, act.issuer)
        if act.number_only:
            return self._short_number(act)
        if key not in self.cache:
            self.cache[key] = self._look_up(act)
        return self.cache[key]

    def _look_up(self, act: Act) -> tuple[Target, ...]:
        if self._is_own(act):
            return (Target(symbol=self.head.symbol, kind=self.head.kind, date=self.head.date, issuer=self.head.issuer,
                           self_=True, status="resolved"),)  # fmt: skip
        if act.symbol and act.symbol.startswith("/"):
            return (Target(None, act.kind, act.date, act.issuer),)
        if act.symbol:
            return (self._numbered(act, act.symbol),)
        if act.name:
            return self._named(act)
        return (Target(None, act.kind, act.date, act.issuer),)

    def _is_own(self, act: Act) -> bool:
        if not act.symbol:
            return False
        if act.symbol.startswith("/"):
            return self.head.symbol is None and act.kind == self.head.kind
        if self.own_key is None or symbols.key(act.symbol) != self.own_key:
            return False
        if act.date and self.head.date and act.date != self.head.date and not re.search(r"/\d{4}/", act.symbol):
            return False
        return True

    def _numbered(self, act: Act, symbol: str) -> Target:
        day, issuer, kind = act.date, act.issuer, act.kind
        rows = [row for row in self.known.documents(symbol) if row.kind == kind or symbols.kind_of(symbol)]
        if day:
            rows = [row for row in rows if row.date in (None, day)] or []
        if len(rows) == 1:
            day, issuer = day or rows[0].date, issuer or rows[0].issuer
        issuer = issuer or symbols.issuer_of(symbol)
        return Target(symbol, kind, day, issuer, act.name, act.year, status="resolved" if act.complete else "named")

    def _named(self, act: Act) -> tuple[Target, ...]:
        name = act.name or ""
        inside = self.numbered_names.get(fold(name), set())
        if len(inside) == 1:
            symbol = next(iter(inside))
            if (act.year is None or f"/{act.year}/" in symbol) and (act.date is None or f"/{act.date.year}/" in symbol):
                return (replace(self._numbered(replace(act, kind=act.kind), symbol), name=name, year=act.year),)
        if (meant := self.defined.get(fold(name))) is not None and act.year is None and act.date is None:
            return (meant,)
        issuer = act.issuer or ("Ủy ban Thường vụ Quốc hội" if act.kind == "phap_lenh" else "Quốc hội")
        plain = Target(None, act.kind, act.date, issuer, name, act.year)
        rows = self.known.named(name, act.date or self.head.date, act.year)
        if act.date and len(rows) != 1:
            rows = [row for row in self.known.named(name) if self._issued(row.symbol, act.date)] or rows
        if not rows:
            return (plain,)
        status = "resolved" if len(rows) == 1 else "ambiguous"
        out = []
        for row in rows:
            papers = [paper for paper in self.known.documents(row.symbol) if paper.kind == act.kind]
            day = act.date or (papers[0].date if len(papers) == 1 else None)
            out.append(replace(plain, symbol=row.symbol, date=day, status=status))
        return tuple(out)

    def _short_number(self, act: Act) -> tuple[Target, ...]:
        """"Nghị định 34": the decree with that number that the text named before; several are told as such."""
        seen = {target.symbol: target for _, target in self.last_of_kind.get(act.kind, ())
                if target.symbol and target.symbol.partition("/")[0].lstrip("0") == (act.number_only or "").lstrip("0")}  # fmt: skip
        if not seen:
            return (Target(None, act.kind, None, None, act.name),)
        status = "resolved" if len(seen) == 1 else "ambiguous"
        return tuple(replace(target, provision=None, status=status) for target in seen.values())

    def _issued(self, symbol: str, day: date) -> bool:
        return any(paper.date == day for paper in self.known.documents(symbol))

    def _read_definitions(self, drafts: Sequence[_Draft]) -> None:
        """Short names: "(sau đây gọi là Luật)" stands for the act before the bracket."""
        if "gọi" not in self.lower and "viết tắt" not in self.lower:
            return
        starts = [draft.start for draft in drafts]
        for match in _DEFINED.finditer(self.lower):
            i = bisect_right(starts, match.start()) - 1
            while i >= 0 and (drafts[i].mention.act is None or drafts[i].targets[0].self_):
                i -= 1
            if i < 0 or match.start() - drafts[i].start > 900 or "\n" in self.text[drafts[i].end : match.start()]:
                continue
            # The act named first in the sentence is meant, not one in its title.
            act = drafts[i].targets[0]
            name = match["name"].strip()
            if name in ("luật", "nghị định", "thông tư", "quyết định", "nghị quyết", "bộ luật", "pháp lệnh"):
                self.defined[name] = replace(act, provision=None)
            else:
                self.defined[fold(name)] = replace(act, provision=None)

    # --- role -------------------------------------------------------------------------------------

    def _roles(self, drafts: Sequence[_Draft], hosts: Hosts) -> list[Role]:
        spans = self.head.spans
        roles: list[Role] = []
        title_from = title_to = -1
        seen_in_title = False
        for draft in drafts:
            inside = title_from <= draft.start < title_to
            if inside and not seen_in_title and draft.mention.act and _AND.search(self.lower, max(title_from, draft.start - 60), draft.start):
                if not _CHAIN_TITLE.match(self.lower, title_from) and draft.mention.act.date:
                    inside, title_to = False, -1
            if inside:
                seen_in_title = True
            if hosts.is_quoted(draft.start):
                roles.append("quoted")
            elif inside:
                roles.append("in_title")
            elif _in(spans.get("title"), draft.start):
                roles.append("title")
            elif _in(spans.get("bases"), draft.start) or self._is_recital(draft.start):
                roles.append("basis")
            elif _in(spans.get("recipients"), draft.start):
                roles.append("recipients")
            else:
                roles.append("body")
            act = draft.mention.act
            if not inside and act and (act.symbol or act.date) and not draft.targets[0].self_:
                if _TITLE.match(self.lower, draft.end):
                    end = _TITLE_END.search(self.lower, draft.end, draft.end + _TITLE_LIMIT)
                    title_from, title_to = draft.end, end.start() if end else draft.end + _TITLE_LIMIT
                    seen_in_title = False
                else:
                    title_from = title_to = -1
        return roles

    def _is_recital(self, offset: int) -> bool:
        if offset >= self.first_unit:
            return False
        line = self.text.rfind("\n", 0, offset) + 1
        return bool(_RECITAL.match(self.lower, line))

    # --- targets ------------------------------------------------------------------------------------

    def _targets(self, draft: _Draft, hosts: Hosts, unit: Provision | None) -> tuple[Target, ...]:
        mention, act = draft.mention, draft.mention.act
        quoted = hosts.is_quoted(draft.start)
        if act is not None and not act.this and not act.bare:
            if draft.targets[0].self_:
                return self._unique(self._own(path, (), attached=mention.attached) for path in mention.paths or ((),))
            return self._unique(draft.targets)
        if act is not None and act.bare:
            return self._of_bare(draft, quoted, hosts, unit)
        host = hosts.in_quote(draft.start) if quoted else None
        paths: tuple[Path, ...] = mention.paths or ((),)
        if act is not None and act.this:
            if quoted:
                if (other := self._anaphor(draft, host.act.kind if host else None)) is not None:
                    return self._unique(replace(other, provision=ids.provision_id(path) or None) for path in paths)
                return self._unique(self._in_host(path, host, whole=act.kind) for path in paths) if host else ()
            if (other := self._anaphor(draft, self.head.kind)) is not None:
                return self._unique(replace(other, provision=ids.provision_id(path) or None) for path in paths)
            here = ids.split(unit.id) if unit else ()
            in_text = act.kind in _ATTACHED_KINDS or act.kind == "khac"
            base = ids.prefix(here) if in_text and act.kind != self.head.kind else ()
            return self._unique(self._own(path, base, here=here, attached=mention.attached) for path in paths)
        relative = any(number == HERE for path in paths for _, number in path)
        if quoted:
            return self._unique(self._in_host(path, host) for path in paths) if host else ()
        host = None if relative else hosts.outside_quotes(draft.start)
        if host is not None:
            return self._unique(self._in_host(path, host) for path in paths)
        here = self._here(unit, draft.start, paths[0])
        return self._unique(self._own(path, ids.prefix(here), here=here) for path in paths)

    def _in_host(self, path: Path, host: Host | None, whole: str | None = None) -> Target:
        """A unit of the amended act."""
        assert host is not None
        here = ids.split(host.unit)
        full = ids.complete(path, here) if path else ()
        if whole is None or whole in _ATTACHED_KINDS:
            head = ids.prefix(here)
        elif full and full[0][0] == "art" and ids.prefix(here) and any(unit[0] == "art" for unit in here) and whole not in _ATTACHED_KINDS:
            head = ()
        else:
            head = ()
        if full and full[0][0] == "app" and head:
            head = tuple(unit for unit in head if unit[0] != "app")
        provision = ids.join((*head, *ids.split(ids.provision_id(full)))) if full else (ids.join(head) or None)
        return replace(host.act, provision=provision or None)

    def _here(self, unit: Provision | None, offset: int, path: Path) -> Path:
        """Where `offset` stands; a clause or point that the outline did not see is read from the line starts above."""
        here = ids.split(unit.id) if unit else ()
        wanted = {level for level, number in path if number == HERE}
        levels = {level for level, _ in here}
        if "cl" not in wanted or "cl" in levels or "art" not in levels or unit is None:
            return here
        article = next((one for one in reversed(self.tree.provisions) if one.kind == "dieu" and one.start <= offset < one.end), unit)
        last = None
        for match in _CLAUSE_START.finditer(self.text, article.start, offset):
            last = match["num"]
        return tuple(sorted([*here, ("cl", last)], key=lambda item: RANK.get(item[0], -1))) if last else here

    def _own(self, path: Path, base: Path, *, here: Path = (), attached: bool = False) -> Target:
        """A unit of the document itself, complete."""
        if attached and not base:
            base = (("att", "1"),)
        full = ids.complete(path, tuple(unit for unit in here if unit[0] not in ("att", "app"))) if path else ()
        relative = any(number == HERE for _, number in path)
        if relative:
            base = ids.prefix(here)
            if path[-1][0] == "app" and path[-1][1] == HERE:
                full, base = path[:-1], ids.prefix(here)
        identifier = ids.provision_id(full)
        if full and full[0][0] == "app":
            identifier = self._own_appendix(full, base)
            base = ()
        elif full and not self.has_articles:
            identifier = self._own_outline(full, identifier, base)
        provision = ids.join((*base, *ids.split(identifier))) or None
        return Target(self.head.symbol, self.head.kind, self.head.date, self.head.issuer, None, None, provision, True,
                      "resolved" if self.head.symbol else "named")  # fmt: skip

    def _own_outline(self, full: Path, identifier: str, base: Path) -> str:
        """In a text without articles "khoản 1" is the number of an outline."""
        if identifier in self.ids or full[0][0] not in ("cl", "sec", "pt"):
            return identifier
        numbers = [number for _, number in full]
        plain = "__".join([f"out_{numbers[0]}", *numbers[1:]])
        return plain if plain in self.ids or full[0][0] == "cl" else identifier

    def _own_appendix(self, full: Path, base: Path) -> str:
        """The id that an appendix of this document has in its tree: below an attached text, or with the other numerals."""
        number = full[0][1]
        rest = ids.provision_id(full[1:])
        value = roman_value(number)
        spelled = [number, str(value)] if value else [number, roman(int(number))] if number.isdigit() and int(number) < 90 else [number]
        head = ids.join(base)
        for one in spelled:
            for candidate in ([f"{head}__app_{one}"] if head else []) + [f"app_{one}", f"att_1__app_{one}"]:
                if candidate in self.ids:
                    return "__".join(part for part in (candidate, rest) if part)
        return "__".join(part for part in (f"app_{number}", rest) if part)

    def _anaphor(self, draft: _Draft, own: str | None) -> Target | None:
        """"Luật này" in a text that is no law: the law named before it in the same paragraph."""
        act = draft.mention.act
        assert act is not None
        if own is None or act.kind == own or act.kind in _ATTACHED_KINDS or act.kind == "khac":
            return None
        line = self.text.rfind("\n", 0, draft.start) + 1
        if _COMES_INTO_FORCE.search(self.lower, line, draft.start) or not self.lower[line : draft.start].strip(" -+*“\""):
            return None
        before = [target for start, target in self.last_of_kind.get(act.kind, ()) if line <= start < draft.start]
        return replace(before[-1], provision=None) if before else None

    def _of_bare(self, draft: _Draft, quoted: bool, hosts: Hosts, unit: Provision | None) -> tuple[Target, ...]:
        """"khoản 1 Điều 31 của Luật": the act that the text has given this short name, else the one named last."""
        act = draft.mention.act
        assert act is not None
        paths: tuple[Path, ...] = draft.mention.paths or ((),)
        base = self.defined.get(act.word)
        if base is None:
            cited = self.last_of_kind.get(act.kind, [])
            before = [target for start, target in cited if start < draft.start]
            end = self.text.find("\n", draft.start)
            after = [target for start, target in cited if draft.start < start < (end if end >= 0 else len(self.text))]
            base = after[0] if after and not before else before[-1] if before else None
            if act.kind == self.head.kind and not quoted and base is None:
                here = ids.split(unit.id) if unit else ()
                return self._unique(self._own(path, (), here=here) for path in paths)
        if base is None:
            return ()
        return self._unique(replace(base, provision=ids.provision_id(path) or None) for path in paths)

    def _unique(self, targets: object) -> tuple[Target, ...]:
        return tuple(dict.fromkeys(targets))  # type: ignore[call-overload,no-any-return]


def _known_part(path: Path) -> Path:
    return tuple(unit for unit in path if unit[1] != HERE)


def _in(span: tuple[int, int] | None, offset: int) -> bool:
    return span is not None and span[0] <= offset < span[1]
