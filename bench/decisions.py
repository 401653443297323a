"""`python -m bench.decisions ROWS… --texts DIR… [--as-of DATE] [--list]`: real review decisions, and what is known.

ROWS are JSON Lines of what two provinces decided on their documents (`van_ban`: number, day, issuer and title in words;
`hinh_thuc_xu_ly`: the outcome). For each document that a row names: do we have its text, is it in the register, does
one of our texts name it; what state it has on the day, and what the rules say of it when all that is known is what the
row says (issuer, number, day, title). The data lies outside the repository.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus import register, symbols
from corpus.library import CorpusLibrary
from corpus.model import Document, Finding, State, Target
from corpus.nothing import NothingKnown
from corpus.territory import has_unit
from extractors import extract
from rules.catalogue import Context, RuleSettings, judge

OUTCOMES = {
    "giu_nguyen": "kept", "bai_bo": "repeal", "thay_the": "replace", "het_hieu_luc_theo_thoi_gian": "term over",
    "ban_hanh_moi": "new document", "chua_xac_dinh": "not decided",
}  # fmt: skip
ENDED = ("repeal", "replace", "term over")
RULES = ("HL01", "HL02", "HL04", "HL05")
"""What can be told of a document of which only the masthead is known."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A document under review as a row names it. `done`: the outcome was carried out when the row was written."""

    symbol: str
    issuer: str
    day: date
    title: str
    outcome: str
    done: bool
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known and said of a decided document. `held`: text, register, named or unknown."""

    of: Decided
    held: str
    state: State
    findings: tuple[Finding, ...]

    @property
    def flagged(self) -> bool:
        return bool(self.findings) or self.state.state in ("het_hieu_luc_toan_bo", "het_hieu_luc_mot_phan")


def outcome_of(row: Mapping[str, object]) -> str:
    """The outcome of a row in one word, whichever of the two tables it comes from.

    >>> outcome_of({"hinh_thuc_xu_ly": "Ban hành văn bản mới và bãi bỏ quyết định này"})
    'replace'
    """
    told = row.get("hinh_thuc_xu_ly")
    if isinstance(told, list):
        return OUTCOMES.get(str(told[0]) if told else "chua_xac_dinh", "not decided")
    words = str(told or "").lower()
    for beginning, outcome in (
        ("ban hành văn bản mới", "replace"), ("giữ nguyên", "kept"), ("tiếp tục", "kept"), ("sửa đổi", "amend"),
        ("bãi bo", "repeal"), ("bãi bỏ", "repeal"),
    ):  # fmt: skip
        if words.startswith(beginning):
            return outcome
    return "not decided"


def decided(paths: Iterable[Path]) -> list[Decided]:
    """The documents that the rows name as reviewed: at the beginning, or as what a new one replaces; each once."""
    found: dict[tuple[str, str, date], Decided] = {}
    for path in paths:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        for row, document, start, end in _read(rows):
            for one in _in_row(row, document, start, end, path.stem):
                found.setdefault((symbols.key(one.symbol), one.issuer, one.day), one)
    return list(found.values())


def _read(rows: Sequence[Mapping[str, object]]) -> Iterator[tuple[Mapping[str, object], Document, int, int]]:
    """Each row with the text in which its words stand, and where; one text for all rows of a table."""
    lines = [" ".join(str(row["van_ban"]).split()) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bang.txt"
        file.write_text("\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1)) + "\n", "utf-8")
        document = extract(file, NothingKnown())
    at = 0
    for row, line in zip(rows, lines, strict=True):
        start = document.text.find(line[:60], at)
        if start < 0:
            continue
        stop = document.text.find("\n", start)
        at = stop if stop > 0 else len(document.text)
        yield row, document, start, at


_BEFORE = re.compile(r"(?:thay thế|bãi bỏ)[^;]{0,40}$")


def _in_row(row: Mapping[str, object], document: Document, start: int, end: int, source: str) -> Iterator[Decided]:
    province = str(row.get("tinh") or "An Giang")
    done = "da xu ly" in str(row.get("bang")) or row.get("trang_thai") == "da_xu_ly"
    for citation in document.citations:
        if not start <= citation.start < end:
            continue
        before = document.text[start : citation.start].lower()
        if citation.start > start + 4 and not _BEFORE.search(before) and "; " not in before[-3:]:
            continue
        for target in citation.targets:
            if target.symbol and symbols.is_local(target.symbol) and target.date and not target.self_:
                rest = document.text[citation.end : end].split("(")[0].strip(" ,;.")
                issuer = _issuer(target, province)
                yield Decided(target.symbol, issuer, target.date, rest, outcome_of(row), done, source)
        if citation.start <= start + 4:
            return


def _issuer(target: Target, province: str) -> str:
    """The issuer with its province in full, as the row's own table gives it where its words do not."""
    body = "Hội đồng nhân dân" if "HĐND" in symbols.normalise(target.symbol or "").upper() else "Ủy ban nhân dân"
    if target.issuer and has_unit(target.issuer):
        match = re.search(r"(?i)(tỉnh|thành phố)\s(.{2,30})$", target.issuer)
        return f"{body} {match[1].lower()} {match[2]}" if match else target.issuer
    return f"{body} tỉnh {province}"


def sheet(one: Decided) -> str:
    """What a row tells of a document, as a masthead that can be read."""
    body, _, unit = one.issuer.partition(" tỉnh ")
    kind = "NGHỊ QUYẾT" if "NQ" in one.symbol.upper() else "QUYẾT ĐỊNH"
    return "\n".join([
        body.upper(), f"TỈNH {unit.upper()}", "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "",
        f"Số: {one.symbol}", f"{unit}, ngày {one.day.day:02d} tháng {one.day.month:02d} năm {one.day.year}", "", kind,
        one.title or "Ban hành Quy định", "", "Điều 1. Ban hành kèm theo văn bản này quy định nêu trên.", "",
    ])  # fmt: skip


def answers(rows: Sequence[Decided], texts: Sequence[Path], as_of: date) -> list[Answer]:
    """What is known and said of each of them, over our texts and the shipped register."""
    facts = register.load()
    read = {str(path): (_side(path), replace(extract(path, facts), path=str(path))) for path in texts}
    library = CorpusLibrary(read, facts)  # type: ignore[arg-type]
    context = Context(library, as_of, facts.institutions(), RuleSettings())
    return [_answer(one, library, context, facts) for one in rows]


def _side(path: Path) -> str:
    return "trung_uong" if "central" in path.parts else "dia_phuong"


def _answer(one: Decided, library: CorpusLibrary, context: Context, facts: register.Register) -> Answer:
    acts = library.acts(one.symbol, issuer=one.issuer, issued=one.day)
    held = "unknown"
    if acts:
        held = "text" if acts[0].document else "register" if acts[0].row else "named"
    state = library.state(one.symbol, as_of=context.as_of, issuer=one.issuer, issued=one.day)
    if held == "text":
        document = acts[0].document
        assert document is not None
        said = judge(document, context)
    else:
        said = _by_title(one, context, facts)
    return Answer(one, held, state, tuple(f for f in said if f.rule in RULES))


def _by_title(one: Decided, context: Context, facts: register.Register) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "van-ban.txt"
        file.write_text(sheet(one), "utf-8")
        document = replace(extract(file, facts), path="dia-phuong/van-ban.txt")
    library = CorpusLibrary({document.path: ("dia_phuong", document)}, facts)
    return judge(document, replace(context, library=library))


def table(found: Sequence[Answer]) -> list[str]:
    """Markdown: documents by outcome, how many are known, which state they have, what the rules say."""
    lines = [
        f"| decided | documents | text | register | named | ended, by what is known | {' | '.join(RULES)} |",
        "|---|--:|--:|--:|--:|--:|" + "--:|" * len(RULES),
    ]
    groups: dict[str, list[Answer]] = {}
    for answer in found:
        groups.setdefault(f"{answer.of.outcome}{', carried out' if answer.of.done else ''}", []).append(answer)
    for name in sorted(groups):
        group = groups[name]
        held = Counter(answer.held for answer in group)
        ended = sum(answer.state.state in ("het_hieu_luc_toan_bo", "het_hieu_luc_mot_phan") for answer in group)
        said = [sum(any(f.rule == rule for f in answer.findings) for answer in group) for rule in RULES]
        cells = (len(group), held["text"], held["register"], held["named"], ended, *said)
        lines.append(f"| {name} | " + " | ".join(map(str, cells)) + " |")
    return lines


def disagreements(found: Sequence[Answer]) -> Iterator[str]:
    """Documents kept that something here says have ended, and ended ones of which nothing says it."""
    for answer in found:
        one, codes = answer.of, {f.rule for f in answer.findings} - {"HL05"}
        ended = answer.state.state == "het_hieu_luc_toan_bo"
        kept = one.outcome == "kept" and (ended or codes)
        silent = one.outcome == "term over" and not (ended or codes)
        known = answer.held != "unknown" and one.done and one.outcome in ENDED and not (ended or codes)
        if kept or silent or known:
            yield (f"{one.source}: {one.symbol} {one.day} {one.issuer} | {one.outcome} | {answer.held} "
                   f"{answer.state.state} {sorted(codes)} | {one.title[:160]}")  # fmt: skip


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.decisions", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rows", nargs="+", type=Path)
    parser.add_argument("--texts", nargs="*", type=Path, default=[])
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 24))
    parser.add_argument("--list", action="store_true", help="also list the disagreements")
    options = parser.parse_args(argv)
    texts = sorted(path for folder in options.texts for path in folder.rglob("*") if path.is_file())
    found = answers(decided(options.rows), texts, options.as_of)
    for line in (*table(found), *(disagreements(found) if options.list else ())):
        print(line)


if __name__ == "__main__":
    main()
