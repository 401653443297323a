"""Findings on scans: what rests on badly read words is to be held against the paper, whatever the rule is sure of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus import register
from corpus.library import CorpusLibrary
from corpus.model import Document, Evidence, Finding, Line, Unsure
from corpus.records import document_of, stored_document
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading
from rules.catalogue import Context, judge
from rules.doubts import doubted

HEAD = (
    "ỦY BAN NHÂN DÂN", "XÃ MẪU SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "Số: 12/2026/QĐ-UBND", "Mẫu Sơn, ngày 05 tháng 5 năm 2026", "QUYẾT ĐỊNH", "Ban hành Quy định quản lý đường thôn",
)  # fmt: skip
REST = (
    "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",
    "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;",
    "QUYẾT ĐỊNH:", "Điều 1. Các thôn quản lý đường thôn theo Nghị định số 34/2016/NĐ-CP.",
)  # fmt: skip


def scanned(*badly_read: str, path: str = "corpus/dia-phuong/a.pdf", number: str = "12") -> Document:
    """A decision as a scan; the words given were read with little confidence."""
    lines = []
    for text in (words.replace("12/2026", f"{number}/2026") for words in (*HEAD, *REST)):
        unsure = tuple(Unsure(text.index(w), text.index(w) + len(w), 0.4) for w in badly_read if w in text)
        region = "masthead" if len(lines) < 6 else "body"
        sure = 0.4 if unsure else 0.95
        lines.append(Line(text, confidence=sure, starts_paragraph=True, region=region, unsure=unsure))
    return understand(path, Reading(tuple(lines)), NothingKnown())


@pytest.fixture(scope="module")
def facts() -> register.Register:
    return register.load()


def found(document: Document, facts: register.Register) -> list[Finding]:
    library = CorpusLibrary({document.path: ("dia_phuong", document)}, facts)
    return [f for f in judge(document, Context(library, date(2026, 11, 24))) if f.target_symbol == "34/2016/NĐ-CP"]


def test_a_finding_on_well_read_words_stays_certain(facts):
    assert "chac_chan" in {f.certainty for f in found(scanned(), facts)}


@pytest.mark.parametrize("badly", ["34/2016/NĐ-CP", "ngày 05 tháng 5 năm 2026"])
def test_a_finding_on_badly_read_words_is_never_certain(facts, badly):
    findings = found(scanned(badly), facts)
    assert findings
    assert "chac_chan" not in {f.certainty for f in findings}
    assert all(f"(“{badly}”), cần đối chiếu bản giấy." in f.message for f in findings)


def test_badly_read_words_elsewhere_change_nothing(facts):
    plain, badly = found(scanned(), facts), found(scanned("QUYẾT ĐỊNH:"), facts)
    assert [(f.certainty, f.message) for f in badly] == [(f.certainty, f.message) for f in plain]


def test_a_badly_read_clause_of_the_higher_act_is_no_proof(facts):
    document, act = scanned(), scanned("Các thôn", path="corpus/trung-uong/b.pdf", number="30")
    library = CorpusLibrary({document.path: ("dia_phuong", document), act.path: ("trung_uong", act)}, facts)
    (one, *_) = [f for f in found(document, facts) if f.certainty == "chac_chan"]

    def resting_on(quote: str) -> str:
        evidence = Evidence("30/2026/QĐ-UBND", "art_1", quote)
        return doubted(replace(one, evidence=(evidence,)), document, library).certainty

    assert resting_on("quản lý đường thôn") == "chac_chan"
    assert resting_on("Các thôn quản lý đường thôn") == "can_kiem_tra"


def test_what_was_badly_read_is_stored_with_the_document():
    document = scanned("34/2016/NĐ-CP")
    assert document.unsure
    assert document_of(stored_document(document)).unsure == document.unsure
