"""HL07: later documents of higher bodies on the same subject; a hint, and seldom."""

from __future__ import annotations

from datetime import date

ROAD = "Quy định này về việc quản lý đường thôn."


def hl07(findings):
    return [finding for finding in findings if finding.rule == "HL07"]


def test_a_later_decree_on_the_subject_of_the_title_is_a_hint(review, make, make_decree):
    decree = make_decree("Điều 1. Nghị định này quy định về đường thôn.")
    (found,) = hl07(review([make(ROAD, date(2022, 3, 15))], [decree]))
    assert (found.certainty, found.severity, found.proposal) == ("goi_y", "thap", "xem_xet")
    assert found.target_symbol == "99/2023/NĐ-CP"
    assert found.evidence[0].quote == "Quy định về đường thôn"


def test_an_earlier_decree_is_none(review, make, make_decree):
    local = make(ROAD, date(2024, 3, 15))
    assert hl07(review([local], [make_decree("Điều 1. Nghị định này quy định về đường thôn.")])) == []


def test_another_subject_is_none(review, make, make_decree):
    decree = make_decree("Điều 1. Nghị định này quy định về đường thôn.").replace("về đường thôn", "về chợ đầu mối")
    assert hl07(review([make(ROAD, date(2022, 3, 15))], [decree])) == []


def test_an_amending_decree_is_told_by_the_act_that_it_changes(review, make, make_decree):
    decree = make_decree("Điều 1. Nghị định này quy định về đường thôn.")
    decree = decree.replace("Quy định về đường thôn", "Sửa đổi, bổ sung một số điều của Nghị định về đường thôn")
    assert hl07(review([make(ROAD, date(2022, 3, 15))], [decree])) == []


def test_articles_with_the_same_heading_are_the_places(review, make, make_decree):
    local = make("Điều 1. Phạm vi điều chỉnh\nĐiều 2. Chiếu sáng ban đêm\nĐèn do thôn bật.", date(2022, 3, 15))
    decree = make_decree("Điều 1. Phạm vi điều chỉnh\nĐiều 2. Chiếu sáng ban đêm\nĐèn phải đủ sáng.")
    (found,) = hl07(review([local], [decree]))
    assert [place.provision for place in found.places] == ["art_2"]
    assert found.target_provision == "art_2"
