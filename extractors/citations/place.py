"""Last pass: a mention gets its place: what "này" means, and which act a bare "Điều 5" belongs to.

"Điều này" is read from the tree of provisions; inside an attached text its articles are meant; in an amending article a
bare unit is one of the amended act, inside quoted text everything relative is (`extractors.hosts`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Citation, Known, Masthead, Outline, Provision, Target, Text
from corpus.model.quick import quick
from extractors.citations import expand
from extractors.citations.expand import roman, roman_value
from extractors.citations.lookup import Lookup
from extractors.citations.roles import roles_of
from extractors.citations.tokens import HERE, RANK, Act, Mention, Path
from extractors.hosts import Host, Hosts, find_hosts
from extractors.nesting import Nesting
from extractors.patterns import lazy, line_start

_ATTACHED_KINDS = frozenset(
    ("quy_che", "quy_dinh", "chuong_trinh", "ke_hoach", "de_an", "phuong_an", "huong_dan", "khac")
)
_CUE = lazy(r"(?:tại|theo|của|từ|thuộc|bỏ|sung|đổi)\s{1,3}(?:các\s{1,3})?$")
_POINT_CUE = lazy(
    r"(?:tại|theo|từ|thuộc|bỏ|sung|đổi|sau|trước|và|,)\s{1,3}(?:các\s{1,3})?$"
    r"|\n[ \t]{0,3}(?:\d{1,3}|[a-zđ])[.)]\s{0,3}$"
)
_COMES_INTO_FORCE = lazy(r"(?:ngày|khi|trước|sau)\s{1,3}(?:khi\s{1,3})?$")
_CLAUSE_START = lazy(r"\n[ \t]{0,4}(?P<num>\d{1,3}[a-zđ]?)\.\s")
_WORDING = lazy(r"(?:cụm\s{1,2})?từ(?:\s{1,2}ngữ)?\s{1,2}$")
_FAR = 8000
_LARGE = frozenset(("app", "part", "chp", "sec", "subsec"))
# A form by its number alone is one of any act; "Biểu số 01 kèm theo" is one of this.
_ENCLOSED = lazy(r"\s{0,2},?\s(?:đính\s)?kèm(?:\stheo)?\s?[;,.)]")
_ENCLOSED_END = lazy(r"\s{0,2},?(?:\s(?:được\s)?(?:ban\shành|đính))?\skèm(?:\stheo)?\s{0,2}(?:[;,.)\n]|$)")
_SHOWN = lazy(r"(?:(?:chi\stiết|cụ\sthể)\s(?:tại|theo|ở|trong)|như|\((?:tại|theo|có)?)\s{0,2}(?:các\s)?$")
_KIND_OF_LEVEL = {"part": "phan", "chp": "chuong", "sec": "muc", "subsec": "tieu_muc", "app": "phu_luc"}


@quick
@dataclass(frozen=True, slots=True)
class _Draft:
    """A mention with targets as its words give them."""

    start: int
    end: int
    targets: tuple[Target, ...]
    mention: Mention


def place(
    text: Text, lower: str, head: Masthead, tree: Outline, known: Known, mentions: Sequence[Mention]
) -> tuple[Citation, ...]:
    """Citations in text order. `lower`: the text in lower case, of the same length."""
    return _Placer(text, lower, head, tree, known, mentions).citations()


class _Placer:
    def __init__(
        self, text: Text, lower: str, head: Masthead, tree: Outline, known: Known, mentions: Sequence[Mention]
    ) -> None:
        self.source, self.text, self.lower = text, text.text, lower
        self.head, self.tree = head, tree
        self.mentions = mentions
        self.lookup = Lookup(head, known, mentions)
        self.starts = [unit.start for unit in tree.provisions]
        self.headings = frozenset(self.starts)
        self.around = Nesting((unit.start, unit.end, unit) for unit in tree.provisions)
        self._kinds: dict[str, Nesting[Provision]] = {}
        self.ids = {unit.id for unit in tree.provisions}
        self._units_of: dict[tuple[int, str | None], tuple[Target, Target]] = {}
        self._plain: dict[tuple[str | None, bool, str | None], Target] = {}
        self._lines = [line.start for line in text.lines]
        self.has_articles = any(unit.kind == "dieu" for unit in tree.provisions)

    def citations(self) -> tuple[Citation, ...]:
        counted = (self._draft(mention) for mention in self.mentions if self._counts(mention))
        drafts = [draft for draft in counted if draft.targets]
        self.lookup.read_definitions(self.text, self.lower, drafts)
        hosts = find_hosts(self.source, self.head, self.tree, drafts)
        first_unit = self.starts[0] if self.starts else len(self.text)
        roles = roles_of(self.lower, self.head, first_unit, drafts, hosts)
        out: list[Citation] = []
        for draft, role in zip(drafts, roles, strict=True):
            unit = self.around.at(draft.start)
            found = self._targets(draft, hosts, unit)
            if not found:
                continue
            targets, end = tuple(found if len(found) == 1 else dict.fromkeys(found)), draft.end
            act = draft.mention.act
            if act is not None and act.year:
                amending, end = self.lookup.amended_in(act, self.text, end)
                targets += amending
            out.append(Citation(
                draft.start, end, self.text[draft.start : end], self._page_at(draft.start),
                unit.id if unit else None, role, targets, act.doubt if act else None,
                act.corrected_from if act else None,
            ))  # fmt: skip
        return tuple(out)

    # --- where it stands ----------------------------------------------------------------------

    def _page_at(self, offset: int) -> int:
        """`Text.page_at` with the lines' beginnings at hand."""
        lines = self.source.lines
        return lines[max(bisect_right(self._lines, offset) - 1, 0)].page if lines else 1

    def _of_kind(self, kind: str) -> Nesting[Provision]:
        """The units of one kind by place."""
        if kind not in self._kinds:
            units = (unit for unit in self.tree.provisions if unit.kind == kind)
            self._kinds[kind] = Nesting((unit.start, unit.end, unit) for unit in units)
        return self._kinds[kind]

    def _here(self, unit: Provision | None, offset: int, paths: Sequence[Path]) -> Path:
        """Where `offset` stands; units that the innermost id leaves out, and a clause that the outline did not see."""
        here = expand.split(unit.id) if unit else ()
        wanted = {level for path in paths for level, number in path if number == HERE}
        if not wanted:
            return here
        wanted -= {level for level, _ in here}
        for level in wanted & _LARGE:
            if around := self._of_kind(_KIND_OF_LEVEL[level]).at(offset):
                return expand.split(around.id)
        if "cl" in wanted and unit is not None and any(level == "art" for level, _ in here):
            article = self._of_kind("dieu").at(offset) or unit
            found = list(_CLAUSE_START.finditer(self.text, max(article.start, offset - _FAR), offset))
            last = found[-1]["num"] if found else None
            if last:
                return tuple(sorted([*here, ("cl", last)], key=lambda item: RANK.get(item[0], -1)))
        return here

    # --- is it one ----------------------------------------------------------------------------

    def _counts(self, mention: Mention) -> bool:
        """Whether a mention is a reference at all: no heading, no part of a text that only looks like a unit."""
        if self._is_heading(mention) or _in(self.head.spans.get("symbol"), mention.end - 1):
            return False
        if self._is_wording(mention.start):
            return False
        if mention.act is not None or any(number == HERE for path in mention.paths for _, number in path):
            return True
        levels = {path[0][0] for path in mention.paths}
        if levels == {"form"}:
            return bool(_ENCLOSED.match(self.lower, mention.end))
        if not levels or levels <= {"para", "form", "row", "dash", "item"}:
            return False
        if levels <= {"pt"}:
            return bool(_POINT_CUE.search(self.lower, max(0, mention.start - 40), mention.start))
        if levels <= {"chp", "sec", "subsec", "part"}:
            return bool(_CUE.search(self.lower, max(0, mention.start - 20), mention.start))
        return True

    def _is_wording(self, offset: int) -> bool:
        """Inside the words that an instruction puts in or takes out ("cụm từ “và khoản 3”") nothing is cited."""
        line = line_start(self.text, offset, 200)
        mark = max(self.text.rfind("“", line, offset), self.text.rfind('"', line, offset))
        if mark < 0 or self.text.find("”", mark, offset) >= 0:
            return False
        return bool(_WORDING.search(self.lower, max(line, mark - 20), mark))

    def _is_heading(self, mention: Mention) -> bool:
        """A unit's own heading ("Điều 5. Tên gọi", "“Chương II") is no reference."""
        if mention.act is not None or not mention.paths:
            return False
        if self.text[line_start(self.text, mention.start, 40) : mention.start].strip(" \t“\"«*_#"):
            return False
        path = mention.paths[0]
        if path[-1][0] in _LARGE or path[-1][0] == "form" or mention.start in self.headings:
            return True
        after = self.text[mention.end : mention.end + 3].lstrip(" \t*_")
        return after[:1] in (".", ":") and path[0][0] in ("art", "cl") and len(mention.paths) == len(path) == 1

    # --- what the words say ---------------------------------------------------------------------

    def _draft(self, mention: Mention) -> _Draft:
        act = mention.act
        paths: tuple[Path, ...] = mention.paths or ((),)
        if act is None or act.this or act.bare:
            kind, this = act.kind if act else None, act is not None and act.this
            known = [expand.provision_id(tuple([unit for unit in path if unit[1] != HERE])) for path in paths]
            targets = tuple([self._unnamed(kind, this, one or None) for one in known])
            return _Draft(mention.start, mention.end, targets, mention)
        base = self.lookup.of(act, mention.start)
        attached = "att_1" if mention.attached else ""
        targets = tuple([
            self._unit_of(target, expand.below(attached, expand.provision_id(path)))
            for target in base for path in paths
        ])  # fmt: skip
        return _Draft(mention.start, mention.end, targets, mention)

    def _unnamed(self, kind: str | None, this: bool, provision: str | None) -> Target:
        """A target of which the words give no more than that; a text repeats the same ones, each is made once."""
        key = kind, this, provision
        if key not in self._plain:
            self._plain[key] = Target(kind=kind, self_=this, provision=provision)
        return self._plain[key]

    def _unit_of(self, act: Target, provision: str | None) -> Target:
        """`act` with that provision, each made once. The act is kept with it, so that its identity stays its own."""
        key = id(act), provision
        found = self._units_of.get(key)
        if found is None:
            made = act if act.provision == provision else Target(
                act.symbol, act.kind, act.date, act.issuer, act.name, act.year, provision, act.self_, act.status
            )
            found = self._units_of[key] = act, made
        return found[1]

    # --- targets --------------------------------------------------------------------------------

    def _targets(self, draft: _Draft, hosts: Hosts, unit: Provision | None) -> Sequence[Target]:
        mention, act = draft.mention, draft.mention.act
        paths: tuple[Path, ...] = mention.paths or ((),)
        quoted = hosts.is_quoted(draft.start)
        if act is not None and not act.this and not act.bare:
            if draft.targets[0].self_:
                return [self._own(path, "att_1" if mention.attached else "") for path in paths]
            return draft.targets
        host = hosts.in_quote(draft.start) if quoted else None
        if act is not None:
            other = self._meant(draft, act, host.act.kind if host else None if quoted else self.head.kind, quoted)
            if other is not None:
                return [self._unit_of(other, expand.provision_id(path) or None) for path in paths]
            if act.bare and act.kind != self.head.kind:
                return []
        if quoted:
            return [self._in_host(path, host, act) for path in paths] if host else []
        here = self._here(unit, draft.start, paths)
        around = expand.prefix(unit.id if unit else None)
        if act is not None:
            in_text = act.kind in _ATTACHED_KINDS and act.kind != self.head.kind
            base = around if in_text else ""
            return [self._own(path, base or ("att_1" if mention.attached else ""), here) for path in paths]
        relative = any(number == HERE for path in paths for _, number in path)
        host = None if relative or self._enclosed(draft) else hosts.outside_quotes(draft.start)
        if host is not None:
            return [self._in_host(path, host, None) for path in paths]
        return [self._own(path, around, here) for path in paths]

    def _enclosed(self, draft: _Draft) -> bool:
        """Whether an appendix comes with this text, whichever act the sentence changes ("chi tiết tại … kèm theo")."""
        paths = draft.mention.paths
        if not paths or any(path[0][0] != "app" for path in paths):
            return False
        if not _ENCLOSED_END.match(self.lower, draft.end):
            return False
        return bool(_SHOWN.search(self.lower, max(0, draft.start - 40), draft.start))

    def _in_host(self, path: Path, host: Host, act: Act | None) -> Target:
        """A unit of the amended act. `act`: "Nghị định này", where the words are there; then its main text is meant."""
        full = expand.complete(path, expand.split(host.unit))
        head = expand.prefix(host.unit) if act is None or act.kind in _ATTACHED_KINDS else ""
        if full and full[0][0] == "app":
            head = "__".join(part for part in head.split("__") if not part.startswith("app_"))
        return self._unit_of(host.act, expand.below(head, expand.provision_id(full)))

    def _own(self, path: Path, base: str, here: Path = ()) -> Target:
        """A unit of the document itself, complete. `base`: the attached text that is meant."""
        if any(number == HERE for _, number in path):
            base = expand.prefix("__".join(f"{level}_{number}" for level, number in here))
            if path[0] == ("app", HERE):
                path = path[1:]
        full = expand.complete(path, expand.inside(here))
        identifier = expand.provision_id(full)
        if full and full[0][0] == "app":
            identifier, base = self._own_appendix(full, base), ""
        elif full and not self.has_articles:
            identifier = self._own_outline(full, identifier)
        return self._unit_of(self.lookup.itself, expand.below(base, identifier))

    def _own_outline(self, full: Path, identifier: str) -> str:
        """In a text without articles "khoản 1" is the number of an outline."""
        if identifier in self.ids or full[0][0] not in ("cl", "sec", "pt"):
            return identifier
        plain = "__".join([f"out_{full[0][1]}", *(number for _, number in full[1:])])
        return plain if plain in self.ids or full[0][0] == "cl" else identifier

    def _own_appendix(self, full: Path, base: str) -> str:
        """The id that an own appendix has in the tree: below an attached text, or with the other numerals."""
        number = full[0][1]
        rest = expand.provision_id(full[1:])
        value = roman_value(number)
        other = str(value) if value else roman(int(number)) if number.isdigit() and int(number) < 90 else number
        for one in (number, other):
            for candidate in (f"{base}__app_{one}", f"app_{one}", f"att_1__app_{one}"):
                if candidate in self.ids:
                    return expand.below(candidate, rest) or ""
        return expand.below(f"app_{number}", rest) or ""

    def _meant(self, draft: _Draft, act: Act, own: str | None, quoted: bool) -> Target | None:
        """The act that "của Luật" or "Luật này" points back to, where it is not the text itself."""
        if act.bare:
            defined = self.lookup.defined.get(act.word)
            if defined is not None or (act.kind == self.head.kind and not quoted):
                return defined
            end = self.text.find("\n", draft.start, draft.start + 2000)
            before = self.lookup.before(act.kind, draft.start)
            return before or self.lookup.after(act.kind, draft.start, end if end >= 0 else draft.start + 2000)
        if own is None or act.kind == own or act.kind in _ATTACHED_KINDS:
            return None
        line = line_start(self.text, draft.start)
        begins = line + 30 > draft.start and not self.lower[line : draft.start].strip(" -+*“\"")
        if begins or _COMES_INTO_FORCE.search(self.lower, line, draft.start):
            return None
        return self.lookup.before(act.kind, draft.start, line)


def _in(span: tuple[int, int] | None, offset: int) -> bool:
    return span is not None and span[0] <= offset < span[1]
