# ruff: noqa: E501  (a paragraph of an act is one line)
"""States on any day, from acts that the real pipeline read, and from the register."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import acts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.events import CHANGES, ENDINGS, Event, joined
from corpus.library import CorpusLibrary
from corpus.model import By, KnownDocument, KnownEffect, KnownName
from corpus.register import NothingKnown
from corpus.resolve import Act
from corpus.states import part_state, whole_state

BASE = "10/2030/NĐ-CP"
TODAY = date(2035, 1, 1)


@pytest.fixture(scope="module")
def library():
    return acts.library(acts.base(), acts.amending(), acts.ending())


@pytest.mark.parametrize(
    ("day", "state", "since"),
    [
        (date(2030, 4, 30), "chua_hieu_luc", None),
        (date(2030, 5, 1), "con_hieu_luc", date(2030, 5, 1)),
        (date(2031, 6, 30), "con_hieu_luc", date(2030, 5, 1)),
        (date(2031, 7, 1), "het_hieu_luc_mot_phan", date(2031, 7, 1)),
        (date(2032, 12, 31), "het_hieu_luc_mot_phan", date(2031, 7, 1)),
        (date(2033, 1, 1), "het_hieu_luc_toan_bo", date(2033, 1, 1)),
    ],
)
def test_a_decree_from_its_first_day_to_its_last(library, day, state, since):
    found = library.state(BASE, as_of=day)
    assert (found.state, found.since) == (state, since)
    if state in ("het_hieu_luc_mot_phan", "het_hieu_luc_toan_bo"):
        assert (found.certainty, found.strength) == ("van_ban", "chac_chan")


@pytest.mark.parametrize(
    ("provision", "before", "after"),
    [
        ("art_1", "con_hieu_luc", "con_hieu_luc"),
        ("art_2", "con_hieu_luc", "da_sua_doi"),
        ("art_2__cl_1", "con_hieu_luc", "con_hieu_luc"),
        ("art_2__cl_2", "con_hieu_luc", "da_sua_doi"),
        ("art_2__cl_2a", "chua_hieu_luc", "con_hieu_luc"),
        ("art_2__cl_3", "con_hieu_luc", "da_sua_doi"),
        ("art_2__cl_3__pt_c", "con_hieu_luc", "bi_bai_bo"),
        ("art_3", "con_hieu_luc", "da_sua_doi"),
    ],
)
def test_provisions_of_an_amended_decree(library, provision, before, after):
    assert library.state(BASE, as_of=date(2031, 6, 30), provision=provision).state == before
    found = library.state(BASE, as_of=date(2031, 7, 1), provision=provision)
    assert found.state == after
    if after != "con_hieu_luc":
        assert (found.by[0].symbol, found.by[0].from_) == ("20/2031/NĐ-CP", date(2031, 7, 1))
        assert found.by[0].quote


def test_nothing_stands_of_an_act_that_has_ended(library):
    assert library.state(BASE, as_of=TODAY, provision="art_1").state == "het_hieu_luc_toan_bo"


def test_an_unknown_act_is_not_known(library):
    found = library.state("77/2030/TT-BCT", as_of=TODAY)
    assert (found.state, found.certainty, found.strength) == ("khong_ro", "chua_xac_minh", "goi_y")


def test_an_act_that_only_a_repeal_names_has_ended():
    body = "Điều 1. Bãi bỏ\nBãi bỏ Thông tư số 05/2019/TT-BTC ngày 10 tháng 01 năm 2019 của Bộ trưởng Bộ Tài chính."
    act = acts.read(
        acts.CENTRAL + "a.txt", acts.decree("40/2031/NĐ-CP", date(2031, 1, 5), body, "20 tháng 02 năm 2031")
    )
    library = acts.library(act)
    assert library.state("5/2019/TT-BTC", as_of=date(2031, 2, 20)).state == "het_hieu_luc_toan_bo"
    assert library.state("5/2019/TT-BTC", as_of=date(2031, 2, 19)).state == "khong_ro"


def test_a_legal_basis_of_a_new_central_act_was_in_force():
    body = "Điều 1. Phạm vi\nNghị định này quy định về bến mẫu."
    text = acts.decree("41/2031/NĐ-CP", date(2031, 1, 5), body, "20 tháng 02 năm 2031").replace(
        "Căn cứ Luật Tổ chức Chính phủ;", "Căn cứ Luật Bến mẫu số 12/2028/QH16;"
    )
    library = acts.library(acts.read(acts.CENTRAL + "b.txt", text))
    fresh = library.state("12/2028/QH16", as_of=date(2031, 3, 1))
    assert (fresh.state, fresh.strength, fresh.seen) == ("con_hieu_luc", "can_kiem_tra", date(2031, 1, 5))
    stale = library.state("12/2028/QH16", as_of=date(2033, 3, 1))
    assert (stale.state, stale.certainty, stale.strength) == ("con_hieu_luc", "chua_xac_minh", "goi_y")
    assert library.state("12/2028/QH16", as_of=date(2031, 1, 4)).state == "khong_ro"


SPLIT = """Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về bến mẫu.
Điều 2. Bến khách
1. Bến khách có mái che.
2. Bến khách có loa.
Điều 3. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2031, trừ quy định tại khoản 2 Điều này.
2. Khoản 2 Điều 2 Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2033."""


def test_a_provision_with_a_first_day_of_its_own():
    act = acts.read(acts.CENTRAL + "s.txt", acts.decree("50/2031/NĐ-CP", date(2031, 5, 1), SPLIT))
    late = next(effect for effect in act.effects if effect.from_ == date(2033, 1, 1))
    # Whether the reader finds the clause's unit is its own matter (tests/extractors).
    late = replace(late, target=replace(late.target, provision="art_2__cl_2"))
    library = acts.library(replace(act, effects=(act.effects[0], late)))
    for day, whole, clause in (
        (date(2031, 6, 30), "chua_hieu_luc", "chua_hieu_luc"),
        (date(2031, 7, 1), "con_hieu_luc", "chua_hieu_luc"),
        (date(2033, 1, 1), "con_hieu_luc", "con_hieu_luc"),
    ):
        assert library.state("50/2031/NĐ-CP", as_of=day).state == whole
        assert library.state("50/2031/NĐ-CP", as_of=day, provision="art_2__cl_1").state == whole
        assert library.state("50/2031/NĐ-CP", as_of=day, provision="art_2__cl_2").state == clause


def test_a_suspended_provision():
    body = "Điều 1. Tạm ngưng\nTạm ngưng hiệu lực khoản 2 Điều 2 Nghị định số 10/2030/NĐ-CP từ ngày 01 tháng 3 năm 2032 đến hết ngày 31 tháng 5 năm 2032."
    act = acts.read(acts.CENTRAL + "t.txt", acts.decree("60/2032/NĐ-CP", date(2032, 2, 1), body, "01 tháng 3 năm 2032"))
    library = acts.library(acts.base(), act)
    states = [
        library.state(BASE, as_of=day, provision="art_2__cl_2").state
        for day in (date(2032, 2, 29), date(2032, 3, 1), date(2032, 5, 31), date(2032, 6, 1))
    ]
    assert states == ["con_hieu_luc", "tam_ngung", "tam_ngung", "con_hieu_luc"]


# --- the register -------------------------------------------------------------------------------


class Rows(NothingKnown):
    """A register of a few rows."""

    def __init__(self, documents=(), effects=(), names=()):
        self._documents, self._effects, self._names = documents, effects, names

    def documents(self, symbol):
        return tuple(row for row in self._documents if row.symbol == symbol)

    def effects(self, symbol):
        return tuple(row for row in self._effects if row.affected_symbol == symbol)

    def named(self, name, on=None, year=None):
        return tuple(row for row in self._names if row.name == name)


def row(state="con_hieu_luc", certainty="cao", seen=None, ended=None, effective=date(2020, 7, 1)) -> KnownDocument:
    return KnownDocument(
        "50/2020/NĐ-CP",
        "nghi_dinh",
        "Chính phủ",
        date(2020, 5, 1),
        effective,
        ended,
        state,
        "Về chợ",
        "vbpl",
        "",
        seen,
        certainty,
    )


def effect(provision, type_, scope="whole", from_=date(2024, 1, 1), certainty="cao") -> KnownEffect:
    return KnownEffect(
        "50/2020/NĐ-CP", provision, type_, scope, "90/2023/NĐ-CP", "art_1", from_, "phap_dien", "", certainty
    )


def state_of(*, provision=None, as_of=date(2026, 11, 24), documents=(), effects=()):
    known = Rows(documents, effects)
    return CorpusLibrary({}, known).state("50/2020/NĐ-CP", as_of=as_of, provision=provision)


@pytest.mark.parametrize(
    ("seen", "certainty", "expected"),
    [
        (date(2026, 8, 26), "cao", ("con_hieu_luc", "danh_muc", "can_kiem_tra")),  # 90 days
        (date(2026, 8, 25), "cao", ("con_hieu_luc", "chua_xac_minh", "goi_y")),  # 91
        (None, "cao", ("con_hieu_luc", "chua_xac_minh", "goi_y")),
        (date(2026, 11, 1), "thap", ("con_hieu_luc", "chua_xac_minh", "goi_y")),
    ],
)
def test_in_force_goes_stale(seen, certainty, expected):
    found = state_of(documents=[row(seen=seen, certainty=certainty)])
    assert (found.state, found.certainty, found.strength) == expected


@pytest.mark.parametrize(
    ("ended", "certainty", "strength"),
    [
        (date(2024, 1, 1), "cao", "chac_chan"),
        (date(2024, 1, 1), "trung_binh", "can_kiem_tra"),
        (None, "cao", "can_kiem_tra"),
        (date(2024, 1, 1), "thap", "goi_y"),
    ],
)
def test_an_ending_does_not_go_stale(ended, certainty, strength):
    known = [row("het_hieu_luc_toan_bo", certainty, ended=ended, seen=date(2024, 1, 1))]
    found = state_of(documents=known, as_of=date(2040, 1, 1))
    assert (found.state, found.strength, found.since) == ("het_hieu_luc_toan_bo", strength, ended)


def test_an_end_that_lies_ahead_has_not_come():
    known = [row(ended=date(2027, 3, 1), seen=date(2026, 11, 1))]
    assert state_of(documents=known, as_of=date(2027, 2, 28)).state == "con_hieu_luc"
    assert state_of(documents=known, as_of=date(2027, 3, 1)).state == "het_hieu_luc_toan_bo"


def test_a_dead_act_was_alive_before():
    known = [row("het_hieu_luc_toan_bo", ended=date(2024, 1, 1), seen=date(2024, 1, 1))]
    found = state_of(documents=known, as_of=date(2022, 1, 1))
    assert (found.state, found.certainty) == ("con_hieu_luc", "danh_muc")
    assert state_of(documents=known, as_of=date(2020, 6, 30)).state == "chua_hieu_luc"


def test_an_ending_without_a_date_says_nothing_of_the_past():
    known = [row("het_hieu_luc_toan_bo", seen=date(2026, 4, 20))]
    assert state_of(documents=known, as_of=date(2022, 1, 1)).state == "khong_ro"
    assert state_of(documents=known, as_of=date(2026, 4, 20)).state == "het_hieu_luc_toan_bo"


def test_a_repeal_of_a_part_of_an_article_does_not_repeal_the_article():
    found = state_of(provision="art_29", documents=[row()], effects=[effect("art_29", "repeal", "part")])
    assert found.state == "da_sua_doi"


def test_a_repeal_of_an_article_covers_its_clauses():
    known = {"documents": [row()], "effects": [effect("art_5", "repeal")]}
    assert state_of(provision="art_5__cl_2", **known).state == "bi_bai_bo"
    assert state_of(provision="art_50", **known).state == "con_hieu_luc"
    assert state_of(**known).state == "het_hieu_luc_mot_phan"


def test_which_clause_of_an_amended_article_is_not_known():
    found = state_of(provision="art_5__cl_2", documents=[row()], effects=[effect("art_5", "amend", "part")])
    assert (found.state, found.strength) == ("khong_ro", "goi_y")
    assert found.by[0].symbol == "90/2023/NĐ-CP"


def test_an_insertion_alone_ends_nopart_state():
    assert (
        state_of(documents=[row(seen=date(2026, 11, 1))], effects=[effect("art_5__cl_9", "insert")]).state
        == "con_hieu_luc"
    )


def test_what_is_not_known_stays_unknown():
    found = state_of(documents=[row("khong_ro", "thap")], effects=[effect("art_5", "amend", "part")])
    assert (found.state, found.strength) == ("khong_ro", "goi_y")


def test_a_law_and_a_resolution_of_one_number_are_told_apart():
    known = Rows(
        [
            KnownDocument(
                "9/2030/QH16",
                "luat",
                "Quốc hội",
                date(2030, 6, 1),
                date(2031, 1, 1),
                None,
                "con_hieu_luc",
                "Bến",
                "vbpl",
                "",
                date(2034, 12, 1),
                "cao",
            ),
            KnownDocument(
                "9/2030/QH16",
                "nghi_quyet",
                "Quốc hội",
                date(2030, 6, 2),
                date(2030, 6, 2),
                None,
                "con_hieu_luc",
                "Kỳ họp",
                "vbpl",
                "",
                date(2034, 12, 1),
                "cao",
            ),
        ],
        [KnownEffect("9/2030/QH16", None, "repeal", "whole", "1/2032/QH16", None, date(2032, 1, 1), "vbpl", "", "cao")],
    )
    library = CorpusLibrary({}, known)
    both = library.state("9/2030/QH16", as_of=TODAY)
    assert both.state == "khong_ro"
    assert len(both.candidates) == 2
    assert library.state("9/2030/QH16", as_of=TODAY, kind="luat").state == "het_hieu_luc_toan_bo"
    assert library.state("9/2030/QH16", as_of=TODAY, issued=date(2030, 6, 2)).state == "con_hieu_luc"


def test_the_text_counts_and_another_date_in_the_register_is_told():
    known = Rows(
        [
            KnownDocument(
                BASE,
                "nghi_dinh",
                "Chính phủ",
                date(2030, 3, 2),
                None,
                date(2032, 6, 1),
                "het_hieu_luc_toan_bo",
                None,
                "vbpl",
                "",
                date(2032, 6, 1),
                "cao",
            )
        ],
    )
    library = acts.library(acts.base(), acts.ending(), known=known)
    found = library.state(BASE, as_of=TODAY)
    assert found.since == date(2033, 1, 1)
    assert found.source is not None
    assert "danh mục ghi ngày 01/06/2032" in found.source


def test_a_decree_cannot_repeal_a_clause_of_a_law():
    body = "Điều 1. Bãi bỏ\nBãi bỏ khoản 2 Điều 7 Luật Bến mẫu số 12/2028/QH16."
    act = acts.read(
        acts.CENTRAL + "c.txt", acts.decree("42/2031/NĐ-CP", date(2031, 1, 5), body, "20 tháng 02 năm 2031")
    )
    known = Rows(
        [
            KnownDocument(
                "12/2028/QH16",
                "luat",
                "Quốc hội",
                date(2028, 6, 1),
                date(2029, 1, 1),
                None,
                "con_hieu_luc",
                "Bến mẫu",
                "vbpl",
                "",
                date(2034, 12, 1),
                "cao",
            )
        ]
    )
    assert (
        acts.library(act, known=known).state("12/2028/QH16", as_of=TODAY, provision="art_7__cl_2").state
        == "con_hieu_luc"
    )


def test_names_of_the_register_link_an_amendment_without_number():
    body = "Điều 1. Sửa đổi Luật Bến mẫu\n1. Bãi bỏ Điều 7 của Luật Bến mẫu."
    text = acts.decree("3/2031/QH16", date(2031, 6, 5), body, "01 tháng 01 năm 2032").replace("NGHỊ ĐỊNH", "LUẬT")
    text = text.replace("CHÍNH PHỦ\nC", "QUỐC HỘI\nC").replace("Nghị định", "Luật")
    known = Rows(
        [
            KnownDocument(
                "12/2028/QH16",
                "luat",
                "Quốc hội",
                date(2028, 6, 1),
                date(2029, 1, 1),
                None,
                "con_hieu_luc",
                "Bến mẫu",
                "vbpl",
                "",
                date(2031, 1, 1),
                "cao",
            )
        ],
        names=[KnownName("Luật Bến mẫu", 2028, "12/2028/QH16", date(2029, 1, 1), None)],
    )
    library = acts.library(acts.read(acts.CENTRAL + "d.txt", text), known=known)
    assert library.state("12/2028/QH16", as_of=TODAY, provision="art_7").state == "bi_bai_bo"


def test_a_change_of_a_dead_law_means_the_law_that_has_the_name_on_its_day():
    """The act of June names the old law; its change works after the new law of that name has come into force."""
    body = "Điều 1. Sửa đổi Luật Bến mẫu\n1. Bãi bỏ điểm a khoản 2 Điều 7 của Luật Bến mẫu.\n2. Sửa đổi, bổ sung Điều 8 như sau:\n“Điều 8. Bến\nMới.”"
    text = acts.decree("3/2031/QH16", date(2031, 6, 5), body, "01 tháng 01 năm 2032").replace("NGHỊ ĐỊNH", "LUẬT")
    text = text.replace("CHÍNH PHỦ\nC", "QUỐC HỘI\nC").replace("Nghị định", "Luật")

    class Named(Rows):
        def named(self, name, on=None, year=None):
            return tuple(
                row
                for row in self._names
                if row.name == name and (on is None or (row.from_ <= on and not (row.until and row.until <= on)))
            )

    old, new = "12/2020/QH14", "13/2031/QH16"
    laws = [
        KnownDocument(
            symbol, "luat", "Quốc hội", issued, issued, None, "con_hieu_luc", "Bến mẫu", "vbpl", "", issued, "cao"
        )
        for symbol, issued in ((old, date(2020, 6, 1)), (new, date(2031, 6, 1)))
    ]
    names = [
        KnownName("Luật Bến mẫu", 2020, old, date(2020, 6, 1), date(2031, 7, 1)),
        KnownName("Luật Bến mẫu", 2031, new, date(2031, 7, 1), None),
    ]
    known = Named(laws, names=names)
    library = acts.library(acts.read(acts.CENTRAL + "e.txt", text, known), known=known)
    assert library.state(new, as_of=TODAY, provision="art_8").state == "da_sua_doi"
    assert library.state(old, as_of=TODAY, provision="art_8").state == "con_hieu_luc"


# --- properties ---------------------------------------------------------------------------------

ACT = Act("50/2020/NĐ-CP", "nghi_dinh", "Chính phủ", date(2020, 5, 1), row=row(seen=date(2026, 11, 1)))
DAYS = st.dates(date(2021, 1, 1), date(2026, 1, 1))
PROVISIONS = st.sampled_from([None, "art_1", "art_1__cl_1", "art_1__cl_2", "art_1__cl_2__pt_a", "art_2", "art_12"])


@st.composite
def events(draw):
    day = draw(DAYS)
    symbol = draw(st.sampled_from(["1/2021/NĐ-CP", "2/2022/NĐ-CP", "3/2023/NĐ-CP"]))
    kind = draw(st.sampled_from([*CHANGES, "suspend"]))
    in_text = draw(st.booleans())
    return Event(
        draw(PROVISIONS),
        kind,
        day,
        By(symbol, "art_1", kind, day),
        draw(st.booleans()),
        day + timedelta(draw(st.integers(0, 400))) if kind == "suspend" else None,
        day,
        in_text,
        "chac_chan" if in_text else draw(st.sampled_from(["chac_chan", "can_kiem_tra", "goi_y"])),
        symbol,
    )


def judged(found, as_of, provision):
    whole = whole_state(ACT, joined(found), as_of)
    if provision is None or whole.state in ("het_hieu_luc_toan_bo", "tam_ngung"):
        return whole
    return part_state(ACT, joined(found), as_of, provision, whole)


@given(st.lists(events(), max_size=7), DAYS, PROVISIONS, st.randoms(use_true_random=False))
def test_the_order_of_finding_events_does_not_matter(found, as_of, provision, chance: random.Random):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert judged(found, as_of, provision) == judged(shuffled, as_of, provision)


@given(st.lists(events(), max_size=7), DAYS, PROVISIONS)
def test_an_event_told_twice_works_once(found, as_of, provision):
    assert judged([*found, *found], as_of, provision) == judged(found, as_of, provision)


@given(st.lists(events(), max_size=7), DAYS, PROVISIONS)
def test_nothing_changes_before_its_day(found, as_of, provision):
    found = joined(found)  # of two sources with two days for one fact, one is believed
    past = [event for event in found if event.from_ is not None and event.from_ <= as_of]
    before, now = judged(past, as_of, provision), judged(found, as_of, provision)
    if provision is None or all(event.type != "insert" for event in found):
        assert (before.state, before.since, before.by) == (now.state, now.since, now.by)


@given(st.lists(events(), max_size=7), DAYS, DAYS)
def test_the_dead_stay_dead(found, first, second):
    early, late = sorted((first, second))
    if judged(found, early, None).state == "het_hieu_luc_toan_bo":
        assert judged(found, late, None).state == "het_hieu_luc_toan_bo"


@given(st.lists(events(), max_size=7), DAYS)
def test_a_certain_ending_shows_the_act_that_made_it(found, as_of):
    state = judged(found, as_of, None)
    if state.state == "het_hieu_luc_toan_bo":
        assert state.by
        assert state.by[0].type in ENDINGS
        assert state.since == state.by[0].from_ <= as_of


@given(st.lists(events().filter(lambda event: event.type != "suspend"), max_size=5), DAYS, DAYS, st.integers(0, 400),
       st.sampled_from([None, "art_1", "art_1__cl_2"]))  # fmt: skip
def test_a_suspension_takes_nothing_away_for_good(found, as_of, start, days, provision):
    """Inside its term a living act is suspended, before it and after it all is as if there had been none."""
    until = start + timedelta(days)
    held = Event(provision, "suspend", start, By("9/2021/NĐ-CP", "art_1", "suspend", start), True, until, start,
                 True, "chac_chan", "9/2021/NĐ-CP")  # fmt: skip
    without, within = judged(found, as_of, provision), judged([*found, held], as_of, provision)
    inside = start <= as_of <= until
    if inside and without.state not in ("het_hieu_luc_toan_bo", "chua_hieu_luc"):
        assert within.state == "tam_ngung"
        assert within.by[0].symbol == "9/2021/NĐ-CP"
    elif not inside:
        assert within == without


@given(st.lists(events(), max_size=6), DAYS)
def test_an_act_in_part_out_of_force_still_has_what_no_event_names(found, as_of):
    """A partial expiry leaves the units alone that it does not name."""
    whole = judged(found, as_of, None)
    untouched = judged(found, as_of, "art_77")
    if whole.state == "het_hieu_luc_mot_phan" and all(event.provision for event in found):
        assert untouched.state == "con_hieu_luc"
