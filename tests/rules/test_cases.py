"""Golden texts: each rule flags what its file says, with that weight and quotation, and leaves the rest alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from corpus import register
from corpus.library import CorpusLibrary
from corpus.model import Document, Finding
from extractors import extract
from rules.cases import Case, cases
from rules.catalogue import PROPOSAL_WORDS, RULES, Context, RuleSettings, judge_all
from tests.rules.frames import framed

LEAST = 5
CASES = [case for rule in RULES for case in cases(rule.code)]
FLAGGED = [case for case in CASES if case.flagged]
HELD = [case for case in FLAGGED if not case.failing]


def marked(found: list[Case]) -> list[object]:
    return [
        pytest.param(
            case, id=f"{case.code}: {case.title}",
            marks=[pytest.mark.xfail(strict=True, reason=case.failing)] if case.failing else [],
        )
        for case in found
    ]  # fmt: skip


@lru_cache(maxsize=1)
def facts() -> register.Register:
    return register.load()


@lru_cache(maxsize=4096)
def read(text: str) -> Document:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "van-ban.txt"
        file.write_text(text, encoding="utf-8")
        return extract(file, facts())


@lru_cache(maxsize=4096)
def judged(key: tuple[str, str, bool]) -> tuple[tuple[Finding, ...], Document]:
    """Findings of the rule on the first text of a case, and that document."""
    case = next(one for one in CASES if (one.code, one.title, one.flagged) == key)
    documents: dict[str, tuple[str, Document]] = {}
    paths = []
    for i, text in enumerate(case.texts):
        side, folder = ("trung_uong", "trung-uong") if text.sort == "central" else ("dia_phuong", "dia-phuong")
        path = f"corpus/{folder}/{i}.txt"
        documents[path] = (side, replace(read(framed(text)), path=path))
        paths.append(path)
    library = CorpusLibrary(documents, facts())  # type: ignore[arg-type]
    settings = RuleSettings(complete_years=case.years)
    found = judge_all(Context(library, case.as_of, facts().institutions(), settings))
    return tuple(f for f in found if f.rule == case.code and f.path == paths[0]), documents[paths[0]][1]


def findings(case: Case) -> tuple[Finding, ...]:
    return judged((case.code, case.title, case.flagged))[0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_has_texts_that_it_flags_and_texts_that_it_leaves(rule) -> None:
    own = cases(rule.code)
    assert len({(case.flagged, case.title) for case in own}) == len(own)
    assert sum(case.flagged for case in own) >= LEAST
    assert sum(not case.flagged for case in own) >= LEAST


@pytest.mark.parametrize("case", marked(FLAGGED))
def test_flagged(case: Case) -> None:
    found = findings(case)
    assert found, "không có phát hiện"
    one = next((f for f in found if fits(case.quote, f.places[0].quote)), None)
    assert one, f"trích: {[f.places[0].quote for f in found]}"
    assert (one.severity, one.certainty, one.proposal) == (case.severity, case.certainty, case.proposal), one.message
    for words in case.said:
        assert words in one.message, one.message
    assert case.findings in (None, len(found)), [f.message for f in found]
    assert case.places in (None, len(one.places)), [place.quote for place in one.places]
    assert not case.basis or case.basis in one.legal_basis, one.legal_basis


@pytest.mark.parametrize("case", marked([case for case in CASES if not case.flagged]))
def test_left_alone(case: Case) -> None:
    assert [f"{f.places[0].quote}: {f.message}" for f in findings(case)] == []


def fits(wanted: str | None, quote: str) -> bool:
    """Whether a quotation is the one that the case gives ("A … B": it begins and ends so)."""
    if wanted is None:
        return True
    begin, gap, end = wanted.partition(" …")
    words = " ".join(quote.split())
    return words.startswith(begin) and words.endswith(end.strip()) if gap else words == wanted


# --- what an officer reads -------------------------------------------------------------------------

_SYMBOL = re.compile(r"(?<![\w/.])\d{1,5}(?:\.\d{1,3})?/(?:\d{4}/)?(?:QH\d+|[A-ZĐ]{2,}[\wĐđ\-]*)")
_KIND = re.compile(
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị quyết liên tịch|Nghị định|Quyết định|Thông tư|Thông tư liên tịch"
    r"|Chỉ thị|Kế hoạch|Chương trình|Hiến pháp|Văn bản|Lệnh|số hiệu|mang số|ghi số|văn bản ban hành là"
    r"|Thiếu số|số) (?:số )?$|\d{1,5}/\d{4}/[A-ZĐ\-]{2,20}, $"
)
USUAL = {
    "CC01": "xem_xet thay_the giu_nguyen", "CC02": "xem_xet giu_nguyen", "CC03": "dinh_chinh", "CC04": "dinh_chinh",
    "VD01": "sua_doi_bo_sung tu_kiem_tra xem_xet", "VD02": "sua_doi_bo_sung tu_kiem_tra", "VD03": "xem_xet",
    "VD04": "dinh_chinh", "VD05": "xem_xet", "HL01": "dua_vao_danh_muc giu_nguyen", "HL02": "dua_vao_danh_muc",
    "HL03": "tu_kiem_tra", "HL04": "dua_vao_danh_muc cong_bo_tiep_tuc xem_xet", "HL05": "xem_xet", "HL06": "xem_xet",
    "HL07": "xem_xet", "HL08": "xem_xet", "TQ01": "tu_kiem_tra", "TQ02": "tu_kiem_tra bai_bo_mot_phan",
    "TQ03": "tu_kiem_tra bai_bo_mot_phan", "TQ04": "tu_kiem_tra bai_bo_mot_phan", "TQ05": "tu_kiem_tra",
    "TQ06": "xem_xet tu_kiem_tra", "MT01": "sua_doi_bo_sung tu_kiem_tra", "MT02": "sua_doi_bo_sung tu_kiem_tra",
    "MT03": "sua_doi_bo_sung tu_kiem_tra", "MT04": "sua_doi_bo_sung tu_kiem_tra", "MT05": "xem_xet",
    "MT06": "sua_doi_bo_sung", "TN01": "xem_xet tu_kiem_tra", "TN02": "giu_nguyen", "TN03": "sua_doi_bo_sung xem_xet "
    "giu_nguyen tu_kiem_tra", "TT01": "dinh_chinh", "TT02": "dinh_chinh xem_xet", "TT03": "dinh_chinh",
    "TL01": "bai_bo_mot_phan", "KH01": "ban_hanh_moi", "KH02": "xem_xet",
}  # fmt: skip
"""Proposals that each rule may make (the rule catalogue of the project)."""


def each_finding() -> Iterator[tuple[Case, Finding, Document]]:
    for case in HELD:
        found, document = judged((case.code, case.title, case.flagged))
        for one in found:
            yield case, one, document


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_what_the_officer_reads(code: str) -> None:
    for case, one, document in (item for item in each_finding() if item[0].code == code):
        message = one.message
        own = re.sub(r"“[^”]*”", "“”", message)
        assert message.endswith("."), message
        assert len(sentences(own)) <= 2 + ("ghi: “" in message), (case.title, message)  # both texts are quoted
        assert "trái pháp luật" not in own.replace("có dấu hiệu trái pháp luật", ""), message
        assert "vi phạm" not in own.lower(), message
        assert not re.search(r"\bNone\b|\bnull\b|art_|_cl_|\{|\}|  ", own), message
        for symbol in _SYMBOL.finditer(own):
            assert _KIND.search(own[: symbol.start()]), (symbol[0], message)
        assert one.proposal in PROPOSAL_WORDS
        assert one.proposal in USUAL[code].split()
        for place in one.places:
            assert document.text[place.start : place.end] == place.quote
            assert place.quote.strip()
        if one.certainty == "chac_chan" and code[:2] in ("CC", "VD", "HL", "TQ", "TN"):
            assert one.evidence or code in ("HL01", "HL06"), message


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+(?=[A-ZĐÀ-Ỹ“])", text) if part]


def test_proposals_of_all_rules_are_known() -> None:
    assert set(USUAL) == {rule.code for rule in RULES}


