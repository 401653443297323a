"""Golden texts of the rules: what each flags and what it leaves alone, in files that a lawyer can read.

One file a rule (`HL04.txt`). They are run by tests/rules/test_cases.py and shown by `rasoat explain` and docs/rules, so
what the pages say is what the rules do. All texts are made up in the manner of real documents; no case is a real one.

    Mặc định: Quyết định số 07/2022/QĐ-UBND; 15/3/2022; Ủy ban nhân dân xã An Hòa; Ban hành Quy định quản lý chợ

    ### BẮT: luật làm căn cứ đã hết hiệu lực
    Căn cứ Luật …;
    Kết quả: cao · Có căn cứ rõ · Đề nghị nghiên cứu, xem xét
    Trích: Luật …

    ### KHÔNG BẮT: luật còn hiệu lực
    Căn cứ Luật …;
    Vì: …

The first text of a case is the one that is judged. `Văn bản:` begins it where it is not the default one (name; day of
issue; issuer; title; first day in force), `Văn bản khác:` another local document, `Văn bản trung ương:` a ground,
`Nguyên văn:` a whole local text that needs no frame. `Trích: A … B`: the quotation begins and ends so. `Thông báo:`
and `Căn cứ nêu:`: words of the message and of the legal basis; `Số phát hiện:` and `Số chỗ:` how many findings of the
rule, and places of the one shown. `Ngày rà soát:`, `Năm đủ văn bản:` set the day and the
years that are whole. `Chưa đạt:` why a case does not hold yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from rules.words import CERTAINTY_WORDS, PROPOSAL_WORDS, SEVERITY_WORDS

FLAGGED, LEFT = "BẮT", "KHÔNG BẮT"
AS_OF = date(2026, 11, 24)
"""Day of review where a case names none."""
_TEXTS = {"Văn bản": "local", "Văn bản khác": "local", "Văn bản trung ương": "central", "Nguyên văn": "whole"}
_FACTS = ("Kết quả", "Trích", "Thông báo", "Căn cứ nêu", "Ngày rà soát", "Năm đủ văn bản", "Vì", "Chưa đạt",
          "Số phát hiện", "Số chỗ")  # fmt: skip
_LINE = re.compile(rf"({'|'.join((*_TEXTS, *_FACTS))}):\s*(.*)$")


class CaseFault(ValueError):
    """A file of cases is not written as it must be; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Text:
    """One document of a case. `sort`: "local", "central", or "whole" (its `lines` are all of it)."""

    sort: str
    name: str = ""
    day: date | None = None
    issuer: str = ""
    title: str = ""
    effective: date | None = None
    lines: tuple[str, ...] = ()

    @property
    def symbol(self) -> str:
        """The number in the name: "07/2022/QĐ-UBND"."""
        return self.name.split(" số ", 1)[-1].strip()

    @property
    def kind(self) -> str:
        """The kind in the name: "Quyết định"."""
        return self.name.split(" số ", 1)[0].strip()


@dataclass(frozen=True, slots=True)
class Case:
    """A golden text: what is judged on which day, and what the rule says (`flagged`) or leaves alone."""

    code: str
    flagged: bool
    title: str
    texts: tuple[Text, ...]
    as_of: date = AS_OF
    severity: str | None = None
    certainty: str | None = None
    proposal: str | None = None
    quote: str | None = None
    said: tuple[str, ...] = ()
    basis: str | None = None
    years: frozenset[int] = frozenset()
    why: str | None = None
    failing: str | None = None
    findings: int | None = None
    places: int | None = None


@cache
def cases(code: str) -> tuple[Case, ...]:
    """The cases of a rule in the order of its file; none where it has no file. Raises `CaseFault`."""
    file = files("rules.cases") / f"{code}.txt"
    return tuple(_cases(code, file.read_text("utf-8"))) if file.is_file() else ()


def _cases(code: str, text: str) -> Iterator[Case]:
    usual = Text("local")
    for part in re.split(r"(?m)^### ", text):
        head, _, body = part.partition("\n")
        if head.startswith((FLAGGED + ":", LEFT + ":")):
            sort, _, title = head.partition(":")
            yield _case(code, sort == FLAGGED, title.strip(), body, usual)
        elif match := re.search(r"(?m)^Mặc định: (.+)$", part):
            usual = _text("local", match[1], code)


def _case(code: str, flagged: bool, title: str, body: str, usual: Text) -> Case:
    texts: list[tuple[Text, list[str]]] = []
    facts: dict[str, str] = {}
    for line in body.splitlines():
        match = _LINE.match(line)
        if match and match[1] in _TEXTS:
            texts.append((_text(_TEXTS[match[1]], match[2], code), []))
        elif match:
            facts[match[1]] = match[2].strip()
        elif line.strip() or (texts and texts[-1][0].sort == "whole"):
            if not texts:
                texts.append((usual, []))
            texts[-1][1].append(line.rstrip())
    result = [part.strip() for part in facts.get("Kết quả", "").split(" · ")]
    if flagged and len(result) != 3:
        raise CaseFault(f"{code}.txt, “{title}”: Kết quả ghi ba phần cách nhau bằng dấu “ · ”")
    severity = _key(result[0], SEVERITY_WORDS, code, title) if flagged else None
    certainty = _key(result[1], CERTAINTY_WORDS, code, title) if flagged else None
    proposal = _key(result[2], PROPOSAL_WORDS, code, title) if flagged else None
    if not flagged and "Vì" not in facts:
        raise CaseFault(f"{code}.txt, “{title}”: còn thiếu dòng Vì")
    return Case(
        code, flagged, title,
        tuple(Text(t.sort, t.name, t.day, t.issuer, t.title, t.effective, tuple(lines)) for t, lines in texts),
        _day(facts["Ngày rà soát"]) if "Ngày rà soát" in facts else AS_OF, severity, certainty, proposal,
        quote=facts.get("Trích"), said=tuple(filter(None, facts.get("Thông báo", "").split(" | "))),
        basis=facts.get("Căn cứ nêu"), why=facts.get("Vì"), failing=facts.get("Chưa đạt"),
        findings=_count(facts, "Số phát hiện"), places=_count(facts, "Số chỗ"),
        years=frozenset(int(year) for year in re.findall(r"\d{4}", facts.get("Năm đủ văn bản", ""))),
    )  # fmt: skip


def _count(facts: dict[str, str], name: str) -> int | None:
    return int(facts[name]) if name in facts else None


def _key(words: str, table: dict[str, str], code: str, title: str) -> str:
    for key, known in table.items():
        if known.lower() == words.lower():
            return key
    raise CaseFault(f"{code}.txt, “{title}”: không hiểu “{words}”; có thể ghi: {', '.join(table.values())}")


def _text(sort: str, header: str, code: str) -> Text:
    if sort == "whole":
        return Text(sort)
    fields = [part.strip() for part in header.split(";")]
    if len(fields) < 3:
        raise CaseFault(f"{code}.txt: “{header}” phải ghi: tên và số; ngày ký; cơ quan; tên gọi; ngày có hiệu lực")
    title = fields[3] if len(fields) > 3 else "Ban hành Quy định quản lý đường thôn"
    return Text(sort, fields[0], _day(fields[1]), fields[2], title, _day(fields[4]) if len(fields) > 4 else None)


def _day(words: str) -> date:
    day, month, year = (int(part) for part in words.split("/"))
    return date(year, month, day)
