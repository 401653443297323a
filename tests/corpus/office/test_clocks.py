"""What is due: the terms of NĐ 79/2025, counted as a clerk counts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Clock, Conclusion, Decision, LedgerEntry, Opinion, ReviewRequest, SelfCheck
from corpus.office.clocks import clocks, working_days_after

TODAY = date(2026, 11, 24)
ISSUER = "Ủy ban nhân dân xã Đồng Lúa"
NEW = LedgerEntry("k1", "12/2026/QĐ-UBND", "quyet_dinh", ISSUER, date(2026, 11, 20), "Về chợ", True, "xa")
ENDED = Conclusion("k1", "Sở Tư pháp", "5/KL-STP", date(2026, 11, 2), "bãi bỏ", received=date(2026, 11, 4))


def of(code: str, found: tuple[Clock, ...]) -> list[Clock]:
    return [one for one in found if one.code == code]


def test_self_check_is_due_ten_days_after_signing() -> None:
    (one,) = of("tu_kiem_tra", clocks(TODAY, [NEW]))
    assert (one.due, one.days_left, one.name) == (date(2026, 11, 30), 6, "12/2026/QĐ-UBND")
    assert one.ground == "khoản 2 Điều 12 Nghị định số 79/2025/NĐ-CP"


def test_self_check_in_the_shortened_procedure_takes_five_working_days() -> None:
    (one,) = of("tu_kiem_tra", clocks(TODAY, [NEW], self_checks={"k1": SelfCheck("k1", shortened=True)}))
    assert one.due == date(2026, 11, 27)


@pytest.mark.parametrize("entry", [
    replace(NEW, normative=False), replace(NEW, predecessor=True), replace(NEW, date=date(2025, 3, 31)),
    replace(NEW, level="trung_uong"), replace(NEW, date=None),
])  # fmt: skip
def test_documents_without_a_self_check(entry: LedgerEntry) -> None:
    assert of("tu_kiem_tra", clocks(TODAY, [entry])) == []


@pytest.mark.parametrize(("unit", "due"), [
    (None, True), ("Hội đồng nhân dân xã Đồng Lúa", True), ("Ủy ban nhân dân xã Đồng Lúa, tỉnh Mẫu", True),
    ("Ủy ban nhân dân xã Khác", False),
])  # fmt: skip
def test_only_own_documents_are_self_checked(unit: str | None, due: bool) -> None:
    assert bool(of("tu_kiem_tra", clocks(TODAY, [NEW], unit=unit))) is due


def test_the_handling_document_is_published_within_three_days() -> None:
    done = replace(ENDED, done=date(2026, 11, 23))
    assert [one.due for one in of("cong_bo_xu_ly", clocks(TODAY, conclusions=[done]))] == [date(2026, 11, 26)]
    assert of("cong_bo_xu_ly", clocks(date(2026, 12, 1), conclusions=[done])) == []


def test_a_self_check_that_found_something_unlawful_is_handled_within_thirty_days_of_the_report() -> None:
    check = SelfCheck("k1", done=date(2026, 11, 22), unlawful=True, reported=date(2026, 11, 23))
    found = clocks(TODAY, [NEW], self_checks={"k1": check})
    assert of("tu_kiem_tra", found) == []
    assert [one.due for one in of("xu_ly_tu_kiem_tra", found)] == [date(2026, 12, 23)]
    assert of("xu_ly_tu_kiem_tra", clocks(TODAY, [NEW], self_checks={"k1": replace(check, handled=TODAY)})) == []


def test_a_conclusion_leaves_five_working_days_to_object_and_thirty_days_to_handle() -> None:
    found = clocks(TODAY, conclusions=[ENDED])
    assert [one.due for one in of("kien_nghi_ket_luan", found)] == [date(2026, 11, 11)]
    assert [one.due for one in of("xu_ly_ket_luan", found)] == [date(2026, 12, 4)]


def test_after_an_objection_the_answer_is_awaited_for_ten_days() -> None:
    found = clocks(TODAY, conclusions=[replace(ENDED, objected=date(2026, 11, 20))])
    assert [(one.code, one.due) for one in found if one.document] == [("tra_loi_kien_nghi", date(2026, 11, 30))]


@pytest.mark.parametrize(("above", "due"), [(False, date(2026, 12, 3)), (True, date(2026, 11, 30))])
def test_after_a_refusal_ten_days_or_five_working_days(above: bool, due: date) -> None:
    one = replace(ENDED, objected=date(2026, 11, 10), refused=date(2026, 11, 23), refused_above=above)
    assert [(c.code, c.due) for c in clocks(TODAY, conclusions=[one]) if c.document] == [("xu_ly_ket_luan", due)]


def test_what_is_done_has_no_clock() -> None:
    answered = Opinion("k1", "Phòng Kinh tế", date(2026, 11, 1), date(2026, 11, 11), answered=date(2026, 11, 9))
    request = ReviewRequest("12", "Ông A", date(2026, 11, 20), "k1", "", answered=date(2026, 11, 21))
    old = replace(ENDED, done=date(2026, 11, 10))
    found = clocks(TODAY, conclusions=[old], opinions=[answered], requests=[request])
    assert [one for one in found if one.document] == []


def test_opinions_requests_and_decisions_have_their_own_days() -> None:
    opinion = Opinion("k1", "Phòng Kinh tế", date(2026, 11, 20), date(2026, 11, 30))
    request = ReviewRequest("12", "Ông A", date(2026, 11, 20), "k1", "")
    agreed = Decision("f1", "dong_y", None, None, None, "a", "2026-11-20", unit="Phòng Kinh tế", due=date(2026, 12, 20))
    later = Decision("f2", "hoan", None, None, None, "a", "2026-11-20", until=date(2027, 1, 5))
    found = clocks(TODAY, decisions={"f1": agreed, "f2": later}, opinions=[opinion], requests=[request])
    assert {one.code: one.due for one in found if one.document or one.finding} == {
        "y_kien": date(2026, 11, 30), "kien_nghi_ra_soat": date(2026, 11, 20), "xu_ly": date(2026, 12, 20),
        "xem_lai": date(2027, 1, 5),
    }  # fmt: skip
    handled = clocks(TODAY, decisions={"f1": agreed, "f2": later}, handled=frozenset({"f1"}))
    assert [(one.code, one.finding) for one in handled if one.finding] == [("xem_lai", "f2")]


@pytest.mark.parametrize(("today", "published", "list_due"), [
    (date(2026, 11, 24), set(), date(2027, 1, 31)), (date(2027, 1, 20), set(), date(2027, 1, 31)),
    (date(2027, 2, 10), set(), date(2027, 1, 31)), (date(2027, 2, 10), {2026}, date(2028, 1, 31)),
    (date(2027, 6, 1), set(), date(2028, 1, 31)),
])  # fmt: skip
def test_the_list_of_31_january(today: date, published: set[int], list_due: date) -> None:
    assert [one.due for one in of("danh_muc_nam", clocks(today, published_years=published))] == [list_due]


@pytest.mark.parametrize(("today", "cut", "publish"), [
    (date(2026, 11, 24), date(2028, 12, 31), None), (date(2028, 12, 31), date(2028, 12, 31), None),
    (date(2029, 1, 2), date(2033, 12, 31), date(2029, 3, 1)), (date(2029, 3, 2), date(2033, 12, 31), None),
])  # fmt: skip
def test_systematization_every_five_years(today: date, cut: date, publish: date | None) -> None:
    found = clocks(today)
    assert [one.due for one in of("he_thong_hoa", found)] == [cut]
    assert [one.due for one in of("cong_bo_he_thong_hoa", found)] == ([publish] if publish else [])


def test_the_law_on_local_government_until_its_day() -> None:
    assert [one.due for one in of("luat_72", clocks(TODAY, [NEW]))] == [date(2027, 3, 1)]
    assert of("luat_72", clocks(date(2027, 3, 2), [NEW])) == []


DAYS = st.dates(date(2025, 4, 1), date(2030, 2, 1))


@given(DAYS, st.integers(1, 20), st.sets(DAYS))
def test_working_days_are_counted_one_by_one(day: date, count: int, off: set[date]) -> None:
    due = working_days_after(day, count, frozenset(off))
    assert due > day
    assert due.weekday() < 5
    assert due not in off
    if count > 1:
        assert working_days_after(day, count - 1, frozenset(off)) < due


@given(st.dates(date(2025, 4, 1), date(2035, 1, 1)))
def test_clocks_are_sorted_and_their_days_left_are_true(today: date) -> None:
    found = clocks(today, [NEW], conclusions=[ENDED])
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert all(one.days_left == (one.due - today).days for one in found)
