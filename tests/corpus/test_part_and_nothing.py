# ruff: noqa: E501  (a paragraph of an act is one line)
"""Partial endings, days of single units, amendments that came to nothing, amendments that other acts tell of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import acts
import pytest

from corpus.model import Document, Effect, KnownDocument, KnownEffect, Masthead, Target
from corpus.register import NothingKnown
from corpus.told import told_amendments

BASE = "10/2030/NĐ-CP"


def actor(effect: Effect, symbol: str = "40/2034/NĐ-CP") -> Document:
    head = Masthead(symbol=symbol, kind="nghi_dinh", issuer="Chính phủ", level="trung_uong", date=date(2034, 1, 2), effective=date(2034, 3, 1))
    return Document(acts.CENTRAL + symbol.replace("/", "-"), "ok", masthead=head, text="Bãi bỏ một phần.", effects=(effect,))


@pytest.mark.parametrize(("kind", "partial", "state"), [
    ("repeal", True, "het_hieu_luc_mot_phan"), ("replace", True, "het_hieu_luc_mot_phan"),
    ("repeal", False, "het_hieu_luc_toan_bo"), ("replace", False, "het_hieu_luc_toan_bo"),
])  # fmt: skip
def test_a_partial_ending_does_not_end_the_act(kind, partial, state):
    effect = Effect(kind, "art_1", 0, 16, Target(BASE, "nghi_dinh", date(2030, 3, 2)), date(2034, 3, 1), partial=partial)
    library = acts.library(acts.base(), actor(effect))
    assert library.state(BASE, as_of=date(2034, 2, 28)).state == "con_hieu_luc"
    assert library.state(BASE, as_of=date(2034, 3, 1)).state == state


@pytest.mark.parametrize(("ended", "changed"), [("15 tháng 6 năm 2031", False), ("01 tháng 7 năm 2031", False), ("02 tháng 7 năm 2031", True)])
def test_an_amending_act_repealed_before_its_day_did_nothing(ended, changed):
    """The amending decree works from 1 July 2031; one that ends it earlier, or on that very day, undoes it."""
    body = "Điều 1. Bãi bỏ\nNghị định số 20/2031/NĐ-CP ngày 10 tháng 5 năm 2031 của Chính phủ hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành."
    undoing = acts.read(acts.CENTRAL + "25-2031.txt", acts.decree("25/2031/NĐ-CP", date(2031, 6, 1), body, ended))
    library = acts.library(acts.base(), acts.amending(), undoing)
    found = library.state(BASE, as_of=date(2032, 1, 1), provision="art_2__cl_2")
    assert found.state == ("da_sua_doi" if changed else "con_hieu_luc")
    text = library.consolidated(BASE, "art_2__cl_2", as_of=date(2032, 1, 1))
    assert text is not None
    assert ("cấp xã" in text.text) is changed


def test_a_clause_of_an_amending_act_repealed_before_its_day_did_nothing():
    body = "Điều 1. Bãi bỏ\nBãi bỏ khoản 1 Điều 1 Nghị định số 20/2031/NĐ-CP ngày 10 tháng 5 năm 2031 của Chính phủ."
    undoing = acts.read(acts.CENTRAL + "25-2031.txt", acts.decree("25/2031/NĐ-CP", date(2031, 6, 1), body, "15 tháng 6 năm 2031"))
    library = acts.library(acts.base(), acts.amending(), undoing)
    after = date(2032, 1, 1)
    assert library.state(BASE, as_of=after, provision="art_2__cl_2").state == "con_hieu_luc"
    assert library.state(BASE, as_of=after, provision="art_2__cl_3__pt_c").state == "bi_bai_bo"


def test_a_clause_that_comes_into_force_later_works_later():
    """"Khoản 3 Điều 1 có hiệu lực từ ngày 01 tháng 01 năm 2032": the repeal in it waits, the rest does not."""
    body = acts.AMENDING + "\nĐiều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2031.\n2. Quy định tại khoản 3 Điều 1 Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2032."
    later = acts.read(acts.CENTRAL + "20-2031.txt", acts.decree("20/2031/NĐ-CP", date(2031, 5, 10), body, title="Sửa đổi, bổ sung một số điều của Nghị định số 10/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ"))
    library = acts.library(acts.base(), later)
    point = "art_2__cl_3__pt_c"
    assert library.state(BASE, as_of=date(2031, 12, 31), provision=point).state == "con_hieu_luc"
    assert library.state(BASE, as_of=date(2032, 1, 1), provision=point).state == "bi_bai_bo"
    assert library.state(BASE, as_of=date(2031, 7, 1), provision="art_2__cl_2").state == "da_sua_doi"


# --- what another act tells ---------------------------------------------------------------------------

TELLING = """Căn cứ Luật Chợ mẫu số 11/2020/QH14 được sửa đổi, bổ sung bởi Luật số 22/2024/QH15 và Luật số 33/2025/QH15;
Căn cứ Nghị định số 44/2021/NĐ-CP ngày 05 tháng 6 năm 2021 của Chính phủ quy định chi tiết Luật Chợ mẫu, được sửa đổi, bổ sung tại Nghị định số 55/2023/NĐ-CP;
Căn cứ Luật Phố mẫu số 66/2019/QH14 và Luật số 77/2022/QH15;"""


def telling() -> Document:
    text = acts.decree("09/2026/NĐ-CP", date(2026, 2, 3), "Điều 1. Phạm vi\nNghị định này quy định về chợ.", "01 tháng 4 năm 2026")
    return acts.read(acts.CENTRAL + "09-2026.txt", text.replace("Căn cứ Luật Tổ chức Chính phủ;", TELLING))


def test_a_text_tells_what_amended_its_bases():
    told = {(item.amended.symbol, item.by.symbol) for item in told_amendments(telling())}
    assert told == {
        ("11/2020/QH14", "22/2024/QH15"), ("11/2020/QH14", "33/2025/QH15"), ("44/2021/NĐ-CP", "55/2023/NĐ-CP"),
    }  # fmt: skip


def test_an_act_that_another_tells_was_amended_is_in_force_in_part():
    library = acts.library(telling())
    after = library.state("11/2020/QH14", as_of=date(2026, 3, 1))
    assert (after.state, after.since, after.strength) == ("het_hieu_luc_mot_phan", None, "can_kiem_tra")
    assert {by.symbol for by in after.by} == {"22/2024/QH15", "33/2025/QH15"}
    assert library.state("66/2019/QH14", as_of=date(2026, 3, 1)).state == "con_hieu_luc"
    assert library.state("11/2020/QH14", as_of=date(2026, 2, 2)).state != "het_hieu_luc_mot_phan", "it was not yet told"


# --- what the register saw ----------------------------------------------------------------------------


class Seen(NothingKnown):
    """One row, and an amendment without a day."""

    def __init__(self, state: str, certainty: str) -> None:
        self.row = KnownDocument(BASE, "nghi_dinh", "Chính phủ", date(2030, 3, 2), date(2030, 5, 1), None, state, None, "vbpl", "", date(2032, 4, 1), certainty)  # type: ignore[arg-type]

    def documents(self, symbol):
        return (self.row,) if symbol == BASE else ()


class SeenAmended(Seen):
    def effects(self, symbol):
        return (KnownEffect(BASE, None, "amend", "part", "05/2032/NĐ-CP", None, None, "chua_ro", "", "trung_binh"),) if symbol == BASE else ()

    def documents(self, symbol):
        act = replace(self.row, symbol="05/2032/NĐ-CP", date=date(2032, 3, 1))
        return (self.row,) if symbol == BASE else (act,) if symbol == act.symbol else ()


def test_an_undated_amendment_came_after_the_act_was_seen_unchanged():
    library = acts.library(known=SeenAmended("con_hieu_luc", "cao"))
    assert library.state(BASE, as_of=date(2032, 4, 1)).state == "con_hieu_luc"
    assert library.state(BASE, as_of=date(2032, 4, 2)).state == "het_hieu_luc_mot_phan"


@pytest.mark.parametrize(("certainty", "state"), [("cao", "het_hieu_luc_mot_phan"), ("trung_binh", "con_hieu_luc")])
def test_a_sure_row_speaks_for_a_text_whose_amendments_are_not_at_hand(certainty, state):
    library = acts.library(acts.base(), known=Seen("het_hieu_luc_mot_phan", certainty))
    assert library.state(BASE, as_of=date(2032, 4, 1)).state == state
    assert library.state(BASE, as_of=date(2032, 3, 31)).state == "con_hieu_luc"
