"""Decisions: what makes one whole, many at once, asking again, how far the work is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Decision, Finding, Handling, Place
from corpus.office.decisions import (
    PROPOSALS,
    VERDICTS,
    WrongDecision,
    asked_again,
    checked,
    for_all,
    progress,
    reasons,
    taking_back,
)
from outputs import words

AT = "2026-11-24T08:00:00+00:00"
DAY = date(2026, 11, 24)


def decision(verdict: str, finding: str = "f1", **more: object) -> Decision:
    return Decision(finding, verdict, None, None, None, "tư pháp", AT, **more)  # type: ignore[arg-type]


def finding(name: str, **more: object) -> Finding:
    at = (Place("art_1", 0, 1, 1, "x"),)
    made = Finding("VD01", "cao", "corpus/dia-phuong/a.txt", at, "Lời.", "", "xem_xet", "chac_chan", id=name)
    return replace(made, **more)  # type: ignore[arg-type]


def test_proposals_are_those_of_the_contract() -> None:
    assert set(words.PROPOSALS) == PROPOSALS


@pytest.mark.parametrize("whole", [
    decision("dong_y"), decision("chua_xac_dinh"), decision("rut_lai"), decision("hoan", until=date(2026, 12, 1)),
    replace(decision("khong_dong_y"), reason="doc_sai"),
    replace(decision("khong_dong_y"), reason="ly_do_khac", note="vì …"),
    replace(decision("sua"), proposal="thay_the"), decision("sua", text="Thay bằng …"),
])  # fmt: skip
def test_whole_decisions(whole: Decision) -> None:
    assert checked(whole) is whole


@pytest.mark.parametrize(("wrong", "told"), [
    (decision("khong_dong_y"), "phải nêu lý do"), (replace(decision("khong_dong_y"), reason="khac"), "phải nêu lý do"),
    (replace(decision("khong_dong_y"), reason="ly_do_khac"), "cần ghi chú"),
    (replace(decision("dong_y"), reason="doc_sai"), "chỉ dùng khi không đồng ý"), (decision("sua"), "kiến nghị mới"),
    (decision("hoan"), "ngày xem lại"), (decision("hoan", until=DAY), "ngày xem lại"),
    (replace(decision("dong_y"), proposal="xoa_bo"), "Không có kiến nghị"), (decision("xoa"), "Không có quyết định"),
])  # fmt: skip
def test_decisions_that_lack_something(wrong: Decision, told: str) -> None:
    with pytest.raises(WrongDecision, match=told):
        checked(wrong)


def test_many_at_once_are_one_batch_with_what_each_rests_on() -> None:
    made = for_all([finding("f1"), finding("f2")], decision("dong_y"), {"f1": "a", "f2": "b"}, "lô")
    assert [(one.finding, one.evidence_hash, one.batch) for one in made] == [("f1", "a", "lô"), ("f2", "b", "lô")]
    assert {one.verdict for one in taking_back(made, "tư pháp", AT)} == {"rut_lai"}


def test_a_changed_finding_and_one_whose_day_has_come_are_asked_again() -> None:
    taken = {
        "same": decision("dong_y", "same", evidence_hash="a"),
        "changed": decision("dong_y", "changed", evidence_hash="a"),
        "later": decision("hoan", "later", until=date(2026, 11, 25)), "now": decision("hoan", "now", until=DAY),
    }  # fmt: skip
    findings = [finding(name) for name in ("same", "changed", "later", "now", "open")]
    assert asked_again(findings, taken, {"same": "a", "changed": "b"}, DAY) == {"changed", "now"}


def test_what_counts_and_where() -> None:
    findings = [
        *(finding(name) for name in ("agreed", "rejected", "postponed", "open", "unsure", "done")),
        finding("notice", severity="thong_tin"), finding("hint", certainty="goi_y"), finding("folded", folded=True),
        finding("taken_up", certainty="goi_y"),
    ]  # fmt: skip
    verdicts = {
        "agreed": "dong_y", "rejected": "khong_dong_y", "postponed": "hoan", "unsure": "chua_xac_dinh",
        "taken_up": "sua",
    }  # fmt: skip
    taken = {name: decision(verdict, name) for name, verdict in verdicts.items()}
    found = progress(findings, taken, frozenset(), {"done": Handling("done", "5/QĐ-UBND", None, "a", AT)})
    assert (found.handled, found.proposed, found.rejected, found.postponed, found.open) == (1, 2, 1, 1, 2)
    assert (found.done, found.total) == (3, 6)


@given(st.lists(st.tuples(st.sampled_from([None, *VERDICTS]), st.booleans(), st.booleans()), max_size=30))
def test_each_finding_is_counted_once(rows: list[tuple[str | None, bool, bool]]) -> None:
    findings = [finding(str(i)) for i in range(len(rows))]
    taken = {str(i): decision(verdict, str(i)) for i, (verdict, _, _) in enumerate(rows) if verdict}
    again = frozenset(str(i) for i, (_, asked, _) in enumerate(rows) if asked)
    handled = {str(i): Handling(str(i), "1/QĐ-UBND", None, "a", AT) for i, row in enumerate(rows) if row[2]}
    found = progress(findings, taken, again, handled)
    assert found.total + found.rejected == len(rows)
    assert found.handled == len(handled)
    assert found.done <= found.total


def test_the_list_of_reasons_reads_well() -> None:
    assert "ly_do_khac" in reasons()
    assert all(reason.name[0].isupper() and not reason.name.endswith(".") for reason in reasons().values())
