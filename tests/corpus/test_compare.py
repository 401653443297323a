# ruff: noqa: E501
"""Two texts word by word, and the chain of events with its sources."""

from __future__ import annotations

from datetime import date

import acts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.compare import Change, changed, compare, marked
from corpus.model import KnownDocument, KnownEffect
from corpus.register import NothingKnown

BASE = "10/2030/NĐ-CP"
words = st.lists(st.sampled_from(["Chợ", "mở", "cửa", "05", "giờ.", "Điều", "34/2016/NĐ-CP", "\n", " ", "ngày 01/4/2025,"]), max_size=30).map(" ".join)


def test_a_number_is_one_word():
    changes = compare("Theo Nghị định số 34/2016/NĐ-CP, mức 1.000.000 đồng.", "Theo Nghị định số 79/2025/NĐ-CP, mức 1.500.000 đồng.")
    assert [change for change in changes if change.type != "equal"] == [
        Change("replace", "34/2016/NĐ-CP", "79/2025/NĐ-CP"), Change("replace", "1.000.000 ", "1.500.000 "),
    ]  # fmt: skip


def test_marks_of_a_vietnamese_word_count_and_decomposed_letters_do_not():
    assert changed(compare("Ủy ban", "Uỷ ban"))
    assert not changed(compare("Ủy ban nhân dân xã", "U\u0309y ban nhân dân xa\u0303"))


def test_as_people_read_it():
    assert marked(compare("Trưởng ban do huyện bổ nhiệm.", "Trưởng ban do xã bổ nhiệm.")) == "Trưởng ban do [-huyện-]{+xã+} bổ nhiệm."
    assert marked(compare("", "Điều 1.")) == "{+Điều 1.+}"
    assert marked(compare("a", "a")) == "a"


@given(words, words)
def test_the_parts_joined_are_the_two_texts(old, new):
    changes = compare(old, new)
    assert "".join(change.old for change in changes) == old
    assert "".join(change.new for change in changes) == new
    assert all(change.type != "equal" or change.old.split() == change.new.split() for change in changes)


@given(words)
def test_a_text_does_not_differ_from_itself(text):
    assert not changed(compare(text, text))


def test_applying_and_comparing_round_trips():
    """What the amending decree says is what the comparison of the two dates shows."""
    library = acts.library(acts.base(), acts.amending())
    texts = [library.consolidated(BASE, "art_2__cl_2", as_of=day) for day in (date(2031, 6, 30), date(2031, 7, 1))]
    assert texts[0] is not None
    assert texts[1] is not None
    assert [change.new.strip() for change in compare(texts[0].text, texts[1].text) if change.type != "equal"] == ["cấp xã"]


# --- chain --------------------------------------------------------------------------------------------


class Otherwise(NothingKnown):
    """A register that gives other days than the texts."""

    def documents(self, symbol):
        row = KnownDocument(BASE, "nghi_dinh", "Chính phủ", date(2030, 3, 2), date(2030, 4, 16), date(2034, 1, 1),
                            "het_hieu_luc_toan_bo", None, "vbpl", "x", None, "cao")  # fmt: skip
        return (row,) if symbol == BASE else ()

    def effects(self, symbol):
        row = KnownEffect(BASE, "art_2__cl_2", "amend", "whole", "20/2031/NĐ-CP", "art_1__cl_1", date(2031, 8, 1),
                          "phap_dien", "y", "cao")  # fmt: skip
        return (row,) if symbol == BASE else ()


def chain(*documents, provision=None, known=None):
    library = acts.library(*documents, known=known)
    return library.chain(library.acts(BASE)[0], provision)


def test_the_chain_has_every_event_with_its_quotation():
    links = chain(acts.base(), acts.amending(), acts.ending())
    assert [(link.event.type, link.event.provision, link.event.from_) for link in links][:3] == [
        ("commence", None, date(2030, 5, 1)), ("insert", "art_2__cl_2a", date(2031, 7, 1)),
        ("amend", "art_2__cl_2", date(2031, 7, 1)),
    ]  # fmt: skip
    assert links[-1].event.type == "repeal"
    assert all(link.event.by.quote for link in links[1:])
    assert not any(link.conflicts or link.void for link in links)


@pytest.mark.parametrize(("provision", "types"), [
    ("art_2__cl_2", ["commence", "amend", "repeal"]), ("art_1", ["commence", "repeal"]),
    ("art_2", ["commence", "insert", "amend", "repeal", "repeal"]),
])  # fmt: skip
def test_the_chain_of_a_provision(provision, types):
    links = chain(acts.base(), acts.amending(), acts.ending(), provision=provision)
    assert [link.event.type for link in links] == types


def test_conflicts_between_sources_are_shown():
    links = chain(acts.base(), acts.amending(), acts.ending(), known=Otherwise())
    told = {link.event.type: link.conflicts for link in links if link.conflicts}
    assert told["commence"] == ("danh mục ghi có hiệu lực từ ngày 16/4/2030",)
    assert told["amend"] == ("danh mục ghi từ ngày 01/8/2031 (danh mục (phap_dien: y))",)
    assert told["expire"] == ("30/2032/NĐ-CP ghi từ ngày 01/01/2033",)


def test_what_came_to_nothing_stands_in_the_chain_and_says_so():
    body = "Điều 1. Bãi bỏ\nNghị định số 20/2031/NĐ-CP ngày 10 tháng 5 năm 2031 của Chính phủ hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành."
    undoing = acts.read(acts.CENTRAL + "25.txt", acts.decree("25/2031/NĐ-CP", date(2031, 6, 1), body, "15 tháng 6 năm 2031"))
    links = chain(acts.base(), acts.amending(), undoing, provision="art_2__cl_2")
    assert [(link.event.type, link.void is None) for link in links] == [("commence", True), ("amend", False)]
