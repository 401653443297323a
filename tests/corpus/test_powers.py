"""Who can change what: texts that only tell of a change, acts below those that they seem to change, wrong days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import acts
import pytest

from corpus.model import By, Document, Effect, KnownDocument, KnownEffect, Masthead, Target
from corpus.register import NothingKnown

BASE = "10/2030/NĐ-CP"
LAW = "12/2028/QH16"
TODAY = date(2035, 1, 1)


class Rows(NothingKnown):
    """A register of a few rows."""

    def __init__(self, documents: tuple[KnownDocument, ...] = (), effects: tuple[KnownEffect, ...] = ()) -> None:
        self._documents, self._effects = documents, effects

    def documents(self, symbol: str) -> tuple[KnownDocument, ...]:
        return tuple(row for row in self._documents if row.symbol == symbol)

    def effects(self, symbol: str) -> tuple[KnownEffect, ...]:
        return tuple(row for row in self._effects if row.affected_symbol == symbol)


LAW_ROW = KnownDocument(LAW, "luat", "Quốc hội", date(2028, 6, 1), date(2029, 1, 1), None, "con_hieu_luc", "Bến mẫu",
                        "vbpl", "", date(2034, 12, 1), "cao")  # fmt: skip


def note(provision: str, kind: str = "amend") -> Document:
    """A văn bản hợp nhất with one footnote: decree 20/2031 changed that unit from 1 July 2031."""
    head = Masthead(symbol="07/VBHN-BCT", kind="van_ban_hop_nhat", issuer="Bộ Công Thương", level="trung_uong",
                    date=date(2031, 8, 15))  # fmt: skip
    effect = Effect(
        kind, "art_2", 0, 9, Target(BASE, "nghi_dinh", date(2030, 3, 2), provision=provision), date(2031, 7, 1),
        by=Target("20/2031/NĐ-CP", "nghi_dinh", date(2031, 5, 10), "Chính phủ", provision="art_1__cl_1"),
    )  # fmt: skip
    return Document(acts.CENTRAL + "07-vbhn.txt", "ok", masthead=head, text="Khoản này.", effects=(effect,))


def test_a_footnote_tells_what_another_act_did():
    library = acts.library(acts.base(), note("art_2__cl_2"))
    assert library.state(BASE, as_of=date(2031, 6, 30), provision="art_2__cl_2").state == "con_hieu_luc"
    found = library.state(BASE, as_of=date(2031, 7, 1), provision="art_2__cl_2")
    assert (found.state, found.strength) == ("da_sua_doi", "chac_chan")
    assert found.by == (By("20/2031/NĐ-CP", "art_1__cl_1", "amend", date(2031, 7, 1), "Khoản này", None),)
    assert found.source == "07/VBHN-BCT"


def test_the_amending_act_itself_counts_before_the_footnote():
    library = acts.library(acts.base(), acts.amending(), note("art_2__cl_2"))
    (act,) = library.acts(BASE)
    events = [event for event in library.events(act) if event.provision == "art_2__cl_2"]
    assert [(event.source, event.told) for event in events] == [("20/2031/NĐ-CP", False)]


def test_a_footnote_without_a_day_is_no_certain_change():
    told = note("art_2__cl_2")
    undated = replace(told, effects=(replace(told.effects[0], from_=None),))
    library = acts.library(acts.base(), undated)
    assert library.state(BASE, as_of=date(2031, 8, 14), provision="art_2__cl_2").state == "con_hieu_luc"
    found = library.state(BASE, as_of=date(2031, 8, 15), provision="art_2__cl_2")
    assert (found.state, found.strength) == ("da_sua_doi", "can_kiem_tra")


def test_what_a_lower_act_seems_to_do_is_shown_and_changes_nothing():
    body = "Điều 1. Bãi bỏ\nBãi bỏ khoản 2 Điều 7 Luật Bến mẫu số 12/2028/QH16."
    text = acts.decree("42/2031/NĐ-CP", date(2031, 1, 5), body, "20 tháng 02 năm 2031")
    act = acts.read(acts.CENTRAL + "c.txt", text)
    library = acts.library(act, known=Rows((LAW_ROW,)))
    assert library.state(LAW, as_of=TODAY, provision="art_7__cl_2").state == "con_hieu_luc"
    (law,) = library.acts(LAW)
    (link,) = [link for link in library.chain(law) if link.event.type == "repeal"]
    assert link.event.by is not None
    assert link.event.by.symbol == "42/2031/NĐ-CP"
    assert link.void is not None
    assert "cấp dưới" in link.void


@pytest.mark.parametrize(("by", "strength"), [("42/2031/NĐ-CP", "goi_y"), ("13/2031/QH16", "chac_chan")])
def test_a_row_of_the_register_is_a_hint_where_its_act_stands_below(by, strength):
    effect = KnownEffect(LAW, "art_7", "amend", "part", by, None, date(2031, 2, 1), "van_ban", by, "cao")
    library = acts.library(known=Rows((LAW_ROW,), (effect,)))
    found = library.state(LAW, as_of=TODAY, provision="art_7")
    assert (found.state, found.strength) == ("da_sua_doi", strength)


def test_the_government_may_be_given_the_power_to_change_a_law_by_resolution():
    """Nghị quyết 206/2025/QH15: resolutions of the Government, for a time, on matters of laws."""
    effect = KnownEffect(LAW, "art_7", "amend", "part", "66.7/2031/NQ-CP", None, date(2031, 2, 1), "van_ban", "", "cao")
    library = acts.library(known=Rows((LAW_ROW,), (effect,)))
    assert library.state(LAW, as_of=TODAY, provision="art_7").strength == "chac_chan"


def base_with(effective: date | None) -> Document:
    base = acts.base()
    assert base.masthead is not None
    return replace(base, masthead=replace(base.masthead, effective=effective))


def row_from(effective: date) -> KnownDocument:
    return KnownDocument(BASE, "nghi_dinh", "Chính phủ", date(2030, 3, 2), effective, None, "con_hieu_luc", None,
                         "vbpl", "", date(2034, 12, 1), "cao")  # fmt: skip


def test_a_first_day_before_the_day_of_issue_gives_way_to_the_register():
    """"ngày 09 tháng 02 năm 2025" in an act of December 2025: the year was misprinted."""
    library = acts.library(base_with(date(2029, 5, 1)), known=Rows((row_from(date(2030, 5, 1)),)))
    assert library.state(BASE, as_of=date(2030, 4, 30)).state == "chua_hieu_luc"
    found = library.state(BASE, as_of=date(2030, 5, 1))
    assert (found.state, found.since) == ("con_hieu_luc", date(2030, 5, 1))


def test_two_sources_with_two_first_days_are_told_and_nothing_is_certain_between_them():
    library = acts.library(base_with(date(2030, 9, 1)), known=Rows((row_from(date(2030, 5, 1)),)))
    between = library.state(BASE, as_of=date(2030, 6, 1))
    assert (between.state, between.strength) == ("chua_hieu_luc", "can_kiem_tra")
    assert between.source is not None
    assert "danh mục ghi có hiệu lực từ ngày 01/05/2030" in between.source
    assert library.state(BASE, as_of=date(2030, 4, 1)).strength == "chac_chan"


RESOLUTION = "05/2019/NQ-HĐND"
COUNCIL = Document(
    "corpus/dia-phuong/05.txt", "ok", text="Mức thu quản lý chợ.",
    masthead=Masthead(symbol=RESOLUTION, kind="nghi_quyet", issuer="Hội đồng nhân dân xã An Hòa", level="xa",
                      date=date(2019, 7, 1), effective=date(2019, 7, 15)),
)  # fmt: skip


def announced(kind: str, level: str = "xa") -> Document:
    """A decision of the chairman of the commune that does `kind` to the council's resolution."""
    head = Masthead(symbol="12/QĐ-UBND", kind="quyet_dinh", issuer="Ủy ban nhân dân xã An Hòa", level=level,
                    date=date(2034, 1, 20), effective=date(2034, 1, 20))  # fmt: skip
    target = Target(RESOLUTION, "nghi_quyet", date(2019, 7, 1), "Hội đồng nhân dân xã An Hòa")
    return Document("corpus/dia-phuong/12.txt", "ok", masthead=head, text="Công bố danh mục.",
                    effects=(Effect(kind, "art_1", 0, 16, target, date(2034, 1, 1)),))  # fmt: skip


@pytest.mark.parametrize(("kind", "state"), [
    ("declare_expired", "het_hieu_luc_toan_bo"), ("declare_continuing", "con_hieu_luc"), ("repeal", "con_hieu_luc"),
])  # fmt: skip
def test_the_committee_announces_what_expired_of_the_council_but_repeals_nothing_of_it(kind, state):
    """The yearly list of both bodies is announced by the committee (NĐ 79/2025 Art. 43); a repeal is the council's."""
    library = acts.library(announced(kind), COUNCIL)
    assert library.state(RESOLUTION, as_of=TODAY).state == state
    told = library.continued(RESOLUTION, as_of=TODAY)
    assert (told is not None) == (kind == "declare_continuing")


def test_a_commune_announces_nothing_of_the_law():
    effect = Effect("declare_expired", "art_1", 0, 16, Target(LAW, "luat"), date(2034, 1, 1))
    library = acts.library(replace(announced("repeal"), effects=(effect,)), known=Rows((LAW_ROW,)))
    assert library.state(LAW, as_of=TODAY).state == "con_hieu_luc"


def test_a_blanket_clause_repeals_nothing_by_name():
    body = (
        "Điều 1. Phạm vi điều chỉnh\nNghị định này quy định về bến mẫu.\nĐiều 2. Hiệu lực thi hành\nCác quy định trước "
        "đây trái với Nghị định này đều bãi bỏ."
    )
    text = acts.decree("43/2031/NĐ-CP", date(2031, 1, 5), body, "20 tháng 02 năm 2031")
    act = acts.read(acts.CENTRAL + "d.txt", text)
    assert [effect for effect in act.effects if effect.type in ("repeal", "replace")] == []
    assert acts.library(acts.base(), act).state(BASE, as_of=TODAY).state == "con_hieu_luc"


def test_a_day_before_the_acting_act_was_issued_is_doubtful():
    """A wrong year in the source, or one of the few acts that work backwards: either way a person must look."""
    acting = KnownDocument("13/2031/QH16", "luat", "Quốc hội", date(2031, 12, 10), None, None, "con_hieu_luc", None,
                           "vbpl", "", date(2034, 12, 1), "cao")  # fmt: skip
    effect = KnownEffect(LAW, "art_7", "amend", "part", "13/2031/QH16", None, date(2031, 1, 15), "phap_dien", "", "cao")
    library = acts.library(known=Rows((LAW_ROW, acting), (effect,)))
    assert library.state(LAW, as_of=TODAY, provision="art_7").strength == "can_kiem_tra"
    (law,) = library.acts(LAW)
    (link,) = [link for link in library.chain(law) if link.event.type == "amend"]
    assert "trước ngày ban hành" in link.conflicts[0]
