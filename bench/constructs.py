"""`python -m bench.constructs DIR… [--as-of DATE] [--unknown N]`: how documents are cited, and how much of it is known.

One Markdown table over all files below the folders: mentions by construct, and the share of each whose every target has
a symbol, is known (in the register or among the files), and has a known state on the day (`rasoat status`); then the
most cited unknown documents, and the known ones of which nobody says whether they are in force. A mention stands in one
row of "named by"; the other groups say how its units are written, where it stands and whether it is part of a chain of
amendment, so their rows overlap. `bench` stands beside the program: nothing of the program looks into it.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus import symbols
from corpus.library import CorpusLibrary
from corpus.model import Citation, Document, Known, Target

_LAWS = ("hien_phap", "luat", "phap_lenh")
_DATE = re.compile(r"ngày\s{0,3}\d{1,2}[\s/.-]|\d{1,2}/\d{1,2}/\d{4}", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\da-zđ.]{0,5}\s?/\s?[\dA-ZĐ]|\d\s?-\s?[A-ZĐ]{2}|/[A-ZĐ]{2}")
_PARTY = re.compile(r"^\d{1,5}[a-z]?-[A-ZĐ]{1,5}/|/(?:[A-ZĐ]{2,6}-)?(?:TW|TU|ĐU|HU|BTV)$")
_KIND = re.compile(
    r"luật|hiến pháp|pháp lệnh|nghị (?:định|quyết)|quyết định|thông tư|chỉ thị|kế hoạch|đề án|công văn|thông báo"
    r"|báo cáo|tờ trình|chương trình|hướng dẫn|kết luận",
    re.IGNORECASE,
)
_THIS = re.compile(r"\snày(?!\w)", re.IGNORECASE)
_RANGE = re.compile(r"\sđến\s|\d\s?[-–]\s?\d{1,3}(?:\s|$)")
_CHANGED = re.compile(
    r"[\s,(–-]{0,5}(?:đã )?(?:được )?(?:sửa đổi|bổ sung|thay thế)[^.;\n]{0,60}?\s(?:bởi|theo|tại|bằng)\s"
)
_CHANGING = re.compile(r"(?:sửa đổi|bổ sung|thay thế)[^.;\n“]{0,40}?\s(?:bởi|theo|tại|bằng)\s(?:các )?$")
_ROLES = {
    "basis": "basis (căn cứ)", "title": "title of the document", "in_title": "in the title of another document",
    "quoted": "quoted by an amending text", "recipients": "recipients", "body": "body",
}  # fmt: skip
# The rows in the order of the table.
NAMED_BY = (
    "own text: này", "own text: units only, or its own number", "number with year, date",
    "number with year, no date", "number without year, date", "number without year, no date",
    "kind and date, no number", "number without letters", "law: number", "law: name and date", "law: name and year",
    "law: name only", "short name, or này of another act", "units only, of the act that is amended", "Party document",
)  # fmt: skip
UNITS = ("no unit", "one unit", "list of units", "range of units", "attached text", "annex or form")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of all targets of a mention."""

    symbol: bool
    register: bool
    state: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: `symbol`, `register`, `state` count mentions of which that is known."""

    group: str
    construct: str
    mentions: int
    symbol: int
    register: int
    state: int


def named_by(citation: Citation) -> str:
    """The way in which a mention names its document: one of `NAMED_BY`."""
    target = citation.targets[0]
    text = " ".join(citation.text.split())
    if target.self_:
        return NAMED_BY[0] if _THIS.search(" " + text) else NAMED_BY[1]
    dated = bool(_DATE.search(text))
    numbered = bool(_NUMBER.search(_DATE.sub(" ", text)))
    if target.symbol and _PARTY.search(target.symbol) and numbered:
        return "Party document"
    if target.kind in _LAWS:
        if not _KIND.search(text) and not numbered:
            return "units only, of the act that is amended"
        if numbered:
            return "law: number"
        if dated:
            return "law: name and date"
        if target.year:
            return "law: name and year"
        return "law: name only" if target.name and not _THIS.search(text) else "short name, or này of another act"
    if not numbered:
        if not _KIND.search(text) and not _THIS.search(text):
            return "units only, of the act that is amended"
        if dated:
            return "kind and date, no number"
        return "number without letters" if re.search(r"\d{1,4}(?:/\d{4})?$", text) else NAMED_BY[12]
    parts = symbols.parse(target.symbol) if target.symbol else None
    year = "with year" if parts and parts.year else "without year"
    return f"number {year}, {'date' if dated else 'no date'}"


def units_of(citation: Citation) -> str:
    """How a mention names provisions: one of `UNITS`."""
    paths = [target.provision for target in citation.targets if target.provision]
    if not paths:
        return "no unit"
    if any(re.search(r"(?:^|__)(?:app|form)_", path) for path in paths):
        return "annex or form"
    if all(path == "att_1" for path in paths) or (not citation.targets[0].self_ and paths[0].startswith("att_")):
        return "attached text"
    if len(paths) == 1:
        return "one unit"
    return "range of units" if _RANGE.search(citation.text) else "list of units"


def in_chain(citation: Citation, text: str) -> bool:
    """Whether a mention is part of "A được sửa đổi, bổ sung bởi B": as A, or as the first B."""
    after = text[citation.end : citation.end + 90]
    return bool(_CHANGED.match(after) or _CHANGING.search(text[max(0, citation.start - 70) : citation.start]))


def table(documents: Sequence[Document], known: Known, as_of: date) -> list[Row]:
    """The rows, first the total; a construct that does not occur has a row of zeros."""
    library = CorpusLibrary({document.path: (None, document) for document in documents}, known)
    found: dict[tuple[str, str], list[Knowledge]] = {("all", "all mentions"): []}
    found |= {("named by", name): [] for name in NAMED_BY}
    found |= {("units", name): [] for name in UNITS}
    found |= {("place", name): [] for name in (*_ROLES.values(), "chain of amendment")}
    for document, citation in _citations(documents):
        knowledge = _knowledge(library, document, citation.targets, as_of)
        places = [_ROLES[citation.role]] + ["chain of amendment"] * in_chain(citation, document.text)
        found["all", "all mentions"].append(knowledge)
        found["named by", named_by(citation)].append(knowledge)
        found["units", units_of(citation)].append(knowledge)
        for place in places:
            found["place", place].append(knowledge)
    return [
        Row(*key, len(those), sum(k.symbol for k in those), sum(k.register for k in those), sum(k.state for k in those))
        for key, those in found.items()
    ]


def unknown(documents: Sequence[Document], known: Known) -> list[tuple[str, int, int]]:
    """Documents cited that neither the register nor the files know, most cited first: name, mentions, citing documents.

    Local documents are told apart by their issuer as far as the text names it; the citing file itself is left out.
    """
    library = CorpusLibrary({document.path: (None, document) for document in documents}, known)
    return _most_cited(documents, lambda citing, target: not _is_known(library, citing, target))


def stateless(documents: Sequence[Document], known: Known, as_of: date) -> list[tuple[str, int, int]]:
    """The documents cited that are known, but not whether they are in force on the day; as `unknown`."""
    library = CorpusLibrary({document.path: (None, document) for document in documents}, known)
    return _most_cited(
        documents,
        lambda citing, target: _is_known(library, citing, target) and not _has_state(library, citing, target, as_of),
    )


def _most_cited(
    documents: Sequence[Document], wanted: Callable[[Document, Target], bool]
) -> list[tuple[str, int, int]]:
    mentions: Counter[str] = Counter()
    citing: dict[str, set[str]] = {}
    for document, citation in _citations(documents):
        for name in {_name(target) for target in citation.targets if not target.self_ and wanted(document, target)}:
            mentions[name] += 1
            citing.setdefault(name, set()).add(document.path)
    ranked = sorted(mentions, key=lambda name: (-mentions[name], -len(citing[name]), name))
    return [(name, mentions[name], len(citing[name])) for name in ranked]


def _citations(documents: Iterable[Document]) -> Iterator[tuple[Document, Citation]]:
    for document in documents:
        for citation in document.citations:
            if citation.targets:
                yield document, citation


def _knowledge(library: CorpusLibrary, citing: Document, targets: Sequence[Target], as_of: date) -> Knowledge:
    others = [target for target in targets if not target.self_]
    return Knowledge(
        all(target.symbol for target in others),
        all(_is_known(library, citing, target) for target in others),
        all(_has_state(library, citing, target, as_of) for target in others),
    )


def _is_known(library: CorpusLibrary, citing: Document, target: Target) -> bool:
    found = library.resolve(target, citing)
    return bool(found.symbol) and (found.in_register or found.path is not None)


def _has_state(library: CorpusLibrary, citing: Document, target: Target, as_of: date) -> bool:
    found = library.resolve(target, citing)
    if not found.symbol:
        return False
    state = library.state(found.symbol, as_of=as_of, issuer=found.issuer, issued=found.date, kind=found.kind)
    return state.state != "khong_ro"


def _name(target: Target) -> str:
    name = target.symbol or target.name or f"{target.kind} {target.date or 'without number'}"
    return f"{name} ({target.issuer})" if target.symbol and symbols.is_local(target.symbol) and target.issuer else name


def markdown(rows: Sequence[Row]) -> Iterator[str]:
    """The table as lines of Markdown; shares of the mentions of a row, "–" where it has none."""
    yield "| | construct | mentions | symbol known | document known | state known |"
    yield "|---|---|--:|--:|--:|--:|"
    group = ""
    for row in rows:
        shares = (
            f"{count / row.mentions:.1%}" if row.mentions else "–" for count in (row.symbol, row.register, row.state)
        )
        yield f"| {row.group if row.group != group else ''} | {row.construct} | {row.mentions} | {' | '.join(shares)} |"
        group = row.group


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the list for all files below the folders; exit code 2 where there is no file."""
    from corpus.register import load
    from extractors.sandbox import extract_many

    parser = argparse.ArgumentParser(prog="python -m bench.constructs", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=None)
    parser.add_argument("--unknown", type=int, default=50, help="rows of the lists of documents")
    options = parser.parse_args(arguments)
    paths = sorted({path for folder in options.folders for path in folder.rglob("*") if path.is_file()})
    if not paths:
        parser.error("no files below these folders")
    documents = [document for document in extract_many(paths, load) if document.readable]
    known = load()
    as_of = options.as_of or date.today()
    print(f"{len(documents)} of {len(paths)} files read; states on {as_of}\n")
    print("\n".join(markdown(table(documents, known, as_of))))
    for title, rows in (
        ("unknown document", unknown(documents, known)),
        ("known document, state unknown", stateless(documents, known, as_of)),
    ):
        print(f"\n{len(rows)} documents\n\n| {title} | mentions | citing documents |\n|---|--:|--:|")
        for name, mentions, citing in rows[: options.unknown]:
            print(f"| {name} | {mentions} | {citing} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
