"""Two dates for every judgement: right when it was issued (check), right today (review); down to the point."""

from __future__ import annotations

from datetime import date

import pytest

CLAUSE, POINT = "khoản 5 Điều 5", "điểm b khoản 5 Điều 5"  # the point was repealed from 01/7/2025 (176/2025/NĐ-CP)


def vd02(findings):
    return [finding for finding in findings if finding.rule == "VD02"]


@pytest.mark.parametrize(("unit", "signed", "as_of", "proposal", "words"), [
    (CLAUSE, date(2022, 3, 15), date(2025, 6, 30), None, ""),
    (CLAUSE, date(2022, 3, 15), date(2025, 7, 1), "sua_doi_bo_sung", "bị bãi bỏ một phần"),
    (CLAUSE, date(2026, 3, 15), date(2026, 11, 24), None, ""),
    (POINT, date(2022, 3, 15), date(2025, 6, 30), None, ""),
    (POINT, date(2022, 3, 15), date(2025, 7, 1), "sua_doi_bo_sung", "đã hết hiệu lực, bị bãi bỏ"),
    (POINT, date(2026, 3, 15), date(2026, 11, 24), "tu_kiem_tra", "tại thời điểm ban hành"),
])  # fmt: skip
def test_a_clause_is_judged_on_both_days(review, make, unit, signed, as_of, proposal, words):
    """A clause that had lost a point before is rightly cited after; a point that was gone by then never is."""
    found = vd02(review([make(f"Mức hỗ trợ thực hiện theo {unit} Nghị định số 20/2021/NĐ-CP.", signed)], as_of=as_of))
    assert [finding.proposal for finding in found] == ([proposal] if proposal else [])
    if proposal:
        assert words in found[0].message
        assert all(evidence.from_ == date(2025, 7, 1) for evidence in found[0].evidence)


def test_one_clause_cited_twice_is_one_finding_with_both_places(review, make):
    text = (
        "Điều 1. Mức hỗ trợ\nMức hỗ trợ thực hiện theo khoản 5 Điều 5 Nghị định số 20/2021/NĐ-CP.\n"
        "Điều 2. Chi trả\nViệc chi trả thực hiện theo khoản 5 Điều 5 Nghị định số 20/2021/NĐ-CP."
    )
    (found,) = vd02(review([make(text, date(2022, 3, 15))]))
    assert [place.provision for place in found.places] == ["art_1", "art_2"]


def test_a_missing_clause_cited_twice_is_one_finding_with_both_places(review, make, make_decree):
    text = (
        "Điều 1. Mức hỗ trợ\nThực hiện theo khoản 5 Điều 1 Nghị định số 99/2023/NĐ-CP.\n"
        "Điều 2. Chi trả\nThực hiện theo khoản 5 Điều 1 Nghị định số 99/2023/NĐ-CP."
    )
    decree = make_decree("Điều 1. Phạm vi điều chỉnh\n1. Về đường thôn.\n2. Về đường xã.\nĐiều 2. Hiệu lực\n1. A.")
    found = [f for f in review([make(text, date(2024, 3, 15))], [decree]) if f.rule == "VD03"]
    assert [[place.provision for place in finding.places] for finding in found] == [["art_1", "art_2"]]
