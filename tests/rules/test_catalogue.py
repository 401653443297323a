"""The catalogue is whole, settings are obeyed, every finding keeps the contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.model import Finding
from rules.catalogue import PROPOSAL_WORDS, RULES, RuleSettings, by_code, table
from rules.pages import explain, index_page, page

Review = Callable[..., tuple[Finding, ...]]
EXAMPLE = """Căn cứ Luật Bảo hiểm xã hội số 58/2014/QH13 ngày 20 tháng 11 năm 2014;
Điều 2. Trách nhiệm
1. Hằng tháng gửi báo cáo về Phòng Tư pháp huyện.
3. Người nộp hồ sơ kèm bản sao sổ hộ khẩu theo Luật Cư trú số 81/2006/QH11."""


def test_codes_are_unique_and_every_rule_tells_its_ground_and_examples() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    for rule in RULES:
        assert rule.looks_for
        assert rule.flagged
        assert rule.not_flagged
        assert rule.proposal in PROPOSAL_WORDS


@pytest.mark.parametrize("code", [
    "CC01", "CC02", "CC03", "CC04", "VD01", "VD04", "VD05", "HL01", "HL02", "HL05", "HL08", "TN01", "TN02", "TN03",
    "TT01", "TT02", "TT03", "MT05",
])  # fmt: skip
def test_rules_of_the_first_issue_are_there(code: str) -> None:
    assert by_code(code.lower()).code == code
    assert code in explain(code)


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        explain("XX99")


def test_table_has_a_row_for_each_rule() -> None:
    assert [row[0] for row in table()] == [rule.code for rule in RULES]


def test_pages_in_docs_are_those_of_the_code() -> None:
    folder = Path(__file__).parents[2] / "docs" / "rules"
    for rule in RULES:
        kept = (folder / f"{rule.code}.md").read_text("utf-8")
        assert kept == page(rule), "run: PYTHONPATH=. python scripts/build_docs.py"
    assert (folder / "README.md").read_text("utf-8") == index_page()


def test_every_finding_keeps_the_contract(review: Review, make) -> None:
    text = make(EXAMPLE, date(2022, 3, 15))
    found = review([text])
    assert {"CC01", "TN01", "TN03", "TT03", "VD01"} <= {f.rule for f in found}
    for finding in found:
        assert finding.severity in ("cao", "trung_binh", "thap", "thong_tin")
        assert finding.certainty in ("chac_chan", "can_kiem_tra", "goi_y")
        assert finding.proposal in PROPOSAL_WORDS
        assert "trái pháp luật" not in finding.message.replace("có dấu hiệu trái pháp luật", "")
        for place in finding.places:
            assert 0 <= place.start < place.end
            assert place.page >= 1


def test_a_rule_can_be_switched_off_or_given_another_severity(review: Review, make) -> None:
    settings = RuleSettings(off=frozenset({"TT03"}), severity={"TN01": "thap"})
    found = review([make(EXAMPLE, date(2022, 3, 15))], settings=settings)
    assert "TT03" not in {f.rule for f in found}
    assert {f.severity for f in found if f.rule == "TN01"} == {"thap"}


def test_competence_bases_are_one_row_with_all_places(review: Review, make) -> None:
    bases = (
        "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;\n"
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13 ngày 22 tháng 6 năm 2015;"
    )
    found = [f for f in review([make(bases, date(2022, 3, 15))]) if f.rule == "CC01"]
    assert [(len(f.places), f.severity, f.proposal) for f in found] == [(2, "thap", "giu_nguyen")]


def test_a_finished_plan_is_one_line_and_folds_the_rest(review: Review) -> None:
    text = "\n".join([
        "ỦY BAN NHÂN DÂN", "XÃ AN HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-UBND", "An Hòa, ngày 20 tháng 01 năm 2024", "KẾ HOẠCH", "Cải cách hành chính năm 2024",
        "I. MỤC TIÊU", "1. Gửi báo cáo về Phòng Nội vụ huyện.", "2. Tổng kết cuối năm.", "Nơi nhận:", "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu",
    ])  # fmt: skip
    found = review([text])
    ended = [f for f in found if f.rule == "HL01"]
    assert [(f.severity, f.folded) for f in ended] == [("thong_tin", False)]
    assert all(f.folded for f in found if f.rule != "HL01")


def test_a_central_document_is_no_subject_of_review(review: Review, make_decree) -> None:
    assert [f for f in review([], [make_decree("Điều 1. Hằng tháng báo cáo UBND huyện.")]) if f.rule != "KH01"] == []
