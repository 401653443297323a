"""The index of findings: filters, counts, search, order, and that it counts as a plain loop does."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Decision, Evidence, Finding, Place
from corpus.office import decisions as office
from corpus.records import finding_record
from outputs.workbench.first import progress_of
from outputs.workbench.index import Filters, Index, plain
from rules.identity import evidence_hash

TODAY = date(2026, 11, 24)


def finding(n: int, rule: str = "VD01", severity: str = "cao", certainty: str = "chac_chan", **more: Any) -> Finding:
    quote = more.pop("quote", f"câu số {n}")
    return Finding(
        rule, severity, f"corpus/dia-phuong/QD-{n % 4}.txt", (Place("art_1", n, n + len(quote), 1, quote),),  # type: ignore[arg-type]
        more.pop("message", "Sổ hộ khẩu không còn dùng."), "khoản 3 Điều 39", "sua_doi_bo_sung", certainty,  # type: ignore[arg-type]
        target_symbol=more.pop("target", None), evidence=(Evidence("1/2024/NĐ-CP", None),), id=f"{n:04d}", **more,
    )  # fmt: skip


def index(found: list[Finding], decisions: dict[str, Decision] | None = None, handled: tuple[str, ...] = ()) -> Index:
    rows = [(one.id, f"key-{one.path}", 1, finding_record(one, {}) | {"state": one.state}) for one in found]
    return Index(rows, decisions or {}, handled, TODAY, lambda path, key: ("", ""))


def decided(one: Finding, verdict: str, **more: Any) -> Decision:
    values = {"proposal": None, "reason": None, "note": None, "by": "x", "at": "2026-11-01", **more}
    return Decision(one.id, verdict, evidence_hash=evidence_hash(one), **values)  # type: ignore[arg-type]


def test_the_weightiest_comes_first() -> None:
    made = index([finding(1, severity="thap"), finding(2, certainty="goi_y"), finding(3)])
    assert made.page(made.matching(Filters()), 0, 9) == ["0003", "0002", "0001"]


def test_search_needs_no_marks_and_forgives_case() -> None:
    made = index([finding(1), finding(2, message="Ủy ban nhân dân huyện đã giải thể.")])
    for text in ("so ho khau", "SỔ HỘ KHẨU", "sổ  hộ-khẩu"):
        assert made.page(made.matching(Filters(text=text)), 0, 9) == ["0001"], text
    assert made.page(made.matching(Filters(text="giải thể huyện")), 0, 9) == ["0002"]  # each word, in any order
    assert not made.matching(Filters(text="đường sắt")).any()


def test_plain_text_is_letters_and_digits_only() -> None:
    assert plain("Điều 5, Nghị định số 34/2016/NĐ-CP\n(đã sửa)") == b"dieu 5 nghi dinh so 34 2016 nd cp da sua"


def test_a_decision_moves_a_finding_and_taking_it_back_moves_it_again() -> None:
    one = finding(1)
    made = index([one, finding(2)])
    waiting = Filters({"xu_ly": "mo"})
    made.decided(one.id, decided(one, "dong_y", unit="Phòng Kinh tế"), finding_record(one, {}))
    assert made.page(made.matching(waiting), 0, 9) == ["0002"]
    assert made.counted(Filters(), ("don_vi",))["don_vi"] == {"": 1, "Phòng Kinh tế": 1}
    made.decided(one.id, None, finding_record(one, {}))
    assert made.page(made.matching(waiting), 0, 9) == ["0001", "0002"]


def test_changed_evidence_and_a_day_that_has_come_are_asked_again() -> None:
    one, two = finding(1), finding(2)
    old = Decision("0001", "dong_y", None, None, None, "x", "2026-11-01", evidence_hash="of another day")
    until = decided(two, "hoan", until=TODAY)
    made = index([one, two], {"0001": old, "0002": until})
    assert made.counted(Filters(), ("xu_ly",))["xu_ly"] == {"hoi_lai": 2}


def test_neighbours_are_those_of_the_view() -> None:
    made = index([finding(n) for n in range(5)])
    mask = made.matching(Filters({"van_ban": "corpus/dia-phuong/QD-0.txt"}))  # 0 and 4
    assert made.around(mask, "0000") == (1, 2, None, "0004")
    assert made.around(mask, "0002")[0] == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["VD01", "HL05", "TN01"]), st.sampled_from(["cao", "thap", "thong_tin"]),
            st.sampled_from(["chac_chan", "goi_y"]),
            st.sampled_from(["", "dong_y", "sua", "khong_dong_y", "hoan", "chua_xac_dinh", "da_xu_ly"]),
        ), max_size=25,
    )
)  # fmt: skip
def test_counts_are_those_of_a_plain_loop(rows: list[tuple[str, str, str, str]]) -> None:
    found = [finding(n, rule, severity, certainty) for n, (rule, severity, certainty, _) in enumerate(rows)]
    taken = {one.id: decided(one, verdict) for one, (*_, verdict) in zip(found, rows, strict=True)
             if verdict not in ("", "da_xu_ly")}  # fmt: skip
    handled = tuple(one.id for one, (*_, verdict) in zip(found, rows, strict=True) if verdict == "da_xu_ly")
    made = index(found, taken, handled)
    chosen = Filters({"muc_do": "cao"})
    assert made.counted(chosen, ("quy_tac",))["quy_tac"] == Counter(f.rule for f in found if f.severity == "cao")
    assert made.counted(chosen, ("muc_do",))["muc_do"] == Counter(f.severity for f in found)
    from corpus.model import Handling

    told = {one: Handling(one, "1/2026", None, "x", "2026-11-01") for one in handled}
    assert progress_of(made) == office.progress(found, taken, frozenset(), told)
