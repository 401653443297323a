"""The register of documents: files and lines of books as one, in the order of NĐ 79/2025 Art. 52."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import CorpusLibrary
from corpus.model import (
    Assignment,
    Correction,
    Document,
    Effect,
    LedgerEntry,
    Masthead,
    OfficeSettings,
    Publication,
    Target,
)
from corpus.nothing import NothingKnown
from corpus.office.corrections import WrongCorrection, checked, corrected
from corpus.office.keys import full_key
from corpus.office.ledger import Office, ledger, on_one_person

UNIT = "Ủy ban nhân dân xã Đồng Lúa"
DAY = date(2026, 11, 24)


def document(name: str, symbol: str, day: date, title: str = "Về chợ", issuer: str = UNIT, **more: object) -> Document:
    head = Masthead(
        symbol=symbol, kind="nghi_quyet" if "NQ" in symbol else "quyet_dinh", issuer=issuer, level="xa", date=day,
        effective=day, title=title, normative="/20" in symbol,
    )  # fmt: skip
    return Document(f"corpus/dia-phuong/{name}.txt", "ok", masthead=replace(head, **more), text=title)  # type: ignore[arg-type]


def line(symbol: str, day: date | None = None, **more: object) -> LedgerEntry:
    made = LedgerEntry(f"so|{symbol}", symbol, None, None, day, None, None, source="so_van_ban", source_name="so.xlsx")
    return replace(made, **more)  # type: ignore[arg-type]


def register(documents: list[Document], office: Office | None = None) -> tuple[LedgerEntry, ...]:
    library = CorpusLibrary({one.path: ("dia_phuong", one) for one in documents}, NothingKnown())
    keys = {one.path: full_key(h.issuer, h.symbol, h.date) or one.path for one in documents if (h := one.masthead)}
    return ledger(library.reviewed(), keys, library, DAY, office or Office(UNIT))


OLD = document("a", "05/2016/QĐ-UBND", date(2016, 3, 12))
REPEAL = replace(
    document("b", "09/2024/QĐ-UBND", date(2024, 5, 2), "Bãi bỏ Quyết định số 05/2016/QĐ-UBND"),
    effects=(Effect("repeal", "art_1", 0, 6, Target("05/2016/QĐ-UBND", "quyet_dinh", issuer=UNIT, status="resolved"),
                    date(2024, 5, 12)),),
)  # fmt: skip


def test_a_repealed_document_is_ended_for_sure_and_says_by_what() -> None:
    old = next(one for one in register([OLD, REPEAL]) if one.symbol == "05/2016/QĐ-UBND")
    assert (old.state, old.state_since, old.certain) == ("het_hieu_luc_toan_bo", date(2024, 5, 12), True)
    assert old.state_reason == "bị bãi bỏ bởi Điều 1 Quyết định số 09/2024/QĐ-UBND từ ngày 12/5/2024"


def test_a_line_of_the_book_joins_its_file_and_one_without_a_file_stays() -> None:
    lines = (line("5/2016/QĐ-UBND", field="Thương mại"), line("06/2016/QĐ-UBND", date(2016, 4, 1)))
    found = register([OLD], Office(UNIT, lines=lines))
    assert [(one.symbol, one.path, one.field) for one in found] == [
        ("05/2016/QĐ-UBND", OLD.path, "Thương mại"), ("06/2016/QĐ-UBND", None, None),
    ]  # fmt: skip


def test_lines_of_two_sources_on_one_document_are_one_entry() -> None:
    listed = line("06/2016/QĐ-UBND", date(2016, 4, 1), source="danh_muc", state="het_hieu_luc_toan_bo",
                  published=(Publication("15/QĐ-UBND", 2023),))  # fmt: skip
    (one,) = register([], Office(UNIT, lines=(listed, line("06/2016/QĐ-UBND", date(2016, 4, 1)))))
    assert (one.source, one.published, one.state) == ("so_van_ban", listed.published, "het_hieu_luc_toan_bo")
    assert one.certain is False


def test_the_book_of_another_commune_does_not_meet_ours() -> None:
    other = line("05/2016/QĐ-UBND", date(2016, 9, 9), issuer="Ủy ban nhân dân xã Khác")
    found = register([OLD], Office(UNIT, lines=(other,)))
    assert len(found) == 2
    assert [one.predecessor for one in found] == [False, True]


def test_administrative_numbers_come_back_every_year() -> None:
    ours = document("c", "77/QĐ-UBND", date(2024, 6, 15))
    lines = (line("77/QĐ-UBND", date(2024, 6, 15)), line("77/QĐ-UBND", date(2023, 2, 1)))
    assert len(register([ours], Office(UNIT, lines=lines))) == 2


def test_two_copies_of_one_file_are_one_entry() -> None:
    assert len(register([OLD, replace(OLD, path="corpus/dia-phuong/chep.txt")])) == 1


def test_order_of_article_52() -> None:
    settings = OfficeSettings(units={"Đất đai": "Phòng Kinh tế", "Y tế": "Trạm Y tế"})
    documents = [
        document("1", "01/2024/QĐ-UBND", date(2024, 1, 5), "Về y tế thôn"),
        document("2", "03/2023/QĐ-UBND", date(2023, 1, 5), "Quản lý đất đai"),
        document("3", "09/2024/NQ-HĐND", date(2024, 9, 5), "Về đất đai"),
        document("4", "02/2022/QĐ-UBND", date(2022, 9, 5), "Quản lý đất đai ở thôn"),
        document("5", "01/2020/QĐ-UBND", date(2020, 9, 5), "Về chợ"),
    ]
    found = register(documents, Office(UNIT, settings))
    assert [one.symbol for one in found] == [
        "09/2024/NQ-HĐND", "02/2022/QĐ-UBND", "03/2023/QĐ-UBND", "01/2024/QĐ-UBND", "01/2020/QĐ-UBND",
    ]  # fmt: skip
    assert [one.unit for one in found] == ["Phòng Kinh tế"] * 3 + ["Trạm Y tế", None]


def test_what_the_officer_assigned_wins() -> None:
    key = full_key(UNIT, "05/2016/QĐ-UBND", date(2016, 3, 12)) or ""
    office = Office(UNIT, assigned={key: Assignment(key, "Thương mại", "Phòng Kinh tế")})
    (one,) = register([OLD], office)
    assert (one.field, one.unit) == ("Thương mại", "Phòng Kinh tế")


@pytest.mark.parametrize(("issuer", "day", "old"), [
    (UNIT, date(2016, 1, 1), False), ("UBND xã Đồng Lúa", date(2016, 1, 1), False),
    ("Hội đồng nhân dân xã Đồng Lúa", date(2016, 1, 1), False),
    ("Ủy ban nhân dân thị trấn Bến Xưa", date(2016, 1, 1), True),
    ("Ủy ban nhân dân xã Khác", date(2025, 7, 1), False), (None, date(2016, 1, 1), False),
])  # fmt: skip
def test_predecessors(issuer: str | None, day: date, old: bool) -> None:
    (one,) = register([document("a", "05/2016/QĐ-UBND", day, issuer=issuer)])  # type: ignore[arg-type]
    assert one.predecessor is old


@pytest.mark.parametrize(("title", "personal"), [
    ("Về việc bổ nhiệm công chức", True), ("Về việc xử phạt vi phạm hành chính đối với ông Mẫu", True),
    ("Ban hành Quy chế làm việc", False), ("Về mức trợ cấp hằng tháng cho người cao tuổi", False),
])  # fmt: skip
def test_documents_on_one_person(title: str, personal: bool) -> None:
    assert on_one_person(Masthead(title=title, normative=False)) is personal
    assert not on_one_person(Masthead(title=title, normative=True))


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([2022, 2023])), max_size=8),
       st.lists(st.tuples(st.integers(1, 6), st.sampled_from([2022, 2023])), max_size=8))  # fmt: skip
def test_every_document_is_in_the_register_once(files: list[tuple[int, int]], lines: list[tuple[int, int]]) -> None:
    documents = [document(f"{i}", f"{n:02d}/{y}/QĐ-UBND", date(y, 3, n)) for i, (n, y) in enumerate(files)]
    book = tuple(line(f"{n}/{y}/QĐ-UBND", key=f"so|{n}/{y}") for n, y in dict.fromkeys(lines))
    found = register(documents, Office(UNIT, lines=book))
    assert len(found) == len({*files, *lines})
    assert sum(one.path is not None for one in found) == len(set(files))


# --- corrections ------------------------------------------------------------------------------------


def test_a_correction_lies_over_the_masthead_and_moves_the_own_commencement() -> None:
    own = Effect("commence", "art_9", 0, 1, Target("05/2016/QĐ-UBND", self_=True), date(2016, 3, 12))
    read = replace(OLD, effects=(own, *REPEAL.effects))
    fields = checked({"date": "2016-03-13", "effective": "2016-04-01", "title": "Về  quản lý chợ", "normative": "có"})
    made = corrected(read, Correction("k", fields, "tư pháp", "2026-11-24"))
    assert made.masthead is not None
    assert (made.masthead.date, made.masthead.title) == (date(2016, 3, 13), "Về quản lý chợ")
    assert made.masthead.normative is True
    assert [one.from_ for one in made.effects] == [date(2016, 4, 1), date(2024, 5, 12)]
    assert made.masthead.issuer == UNIT


def test_a_field_can_be_emptied() -> None:
    made = corrected(OLD, Correction("k", checked({"expires": "", "title": None}), "tư pháp", "2026-11-24"))
    assert made.masthead is not None
    assert (made.masthead.title, made.masthead.expires) == (None, None)


@pytest.mark.parametrize(("name", "value"), [
    ("date", "14/5/2024"), ("symbol", "chợ"), ("kind", "quyết định"), ("level", "thôn"), ("normative", "chắc vậy"),
    ("path", "x"),
])  # fmt: skip
def test_values_that_a_field_cannot_have(name: str, value: str) -> None:
    with pytest.raises(WrongCorrection):
        checked({name: value})
