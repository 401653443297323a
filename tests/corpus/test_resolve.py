"""Which document a citation means, on the citing document's day."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.library import CorpusLibrary, is_ground, is_reviewed, side_of
from corpus.model import Document, Masthead, Target
from corpus.register import NothingKnown, load
from corpus.territory import body_key, in_territory, same_body, unit_key

VILLAGE = ("xã Hải Mẫu", "huyện Mẫu", "tỉnh Ví Dụ")


def doc(
    symbol, issuer, issued, path=None, kind="quyet_dinh", level="xa", title=None, effective=None, territory=VILLAGE
):
    head = Masthead(
        symbol=symbol,
        kind=kind,
        issuer=issuer,
        date=issued,
        level=level,
        title=title,
        effective=effective,
        territory=territory,
    )
    return Document(
        path or f"corpus/dia-phuong/{symbol.replace('/', '-')}-{len(issuer or '')}.txt", "ok", masthead=head
    )


def library(*documents, known=None):
    return CorpusLibrary({d.path: (side_of(d.path), d) for d in documents}, known or NothingKnown())


CITING = doc("20/2024/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", date(2024, 5, 14), path="corpus/dia-phuong/citing.txt")


@pytest.fixture(scope="module")
def shipped():
    return library(CITING, known=load())


@pytest.mark.parametrize(
    ("day", "symbol"),
    [(date(2012, 1, 1), "13/2003/QH11"), (date(2020, 1, 1), "45/2013/QH13"), (date(2025, 1, 1), "31/2024/QH15")],
)
def test_a_law_without_number_is_the_law_of_the_citing_day(shipped, day, symbol):
    citing = doc("1/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", day)
    found = shipped.resolve(Target(name="Luật Đất đai", kind="luat"), citing)
    assert (found.symbol, found.status, found.in_register) == (symbol, "resolved", True)


def test_the_year_in_the_text_wins(shipped):
    assert shipped.resolve(Target(name="Luật Đất đai", year=2013), CITING).symbol == "45/2013/QH13"


def test_without_any_day_a_name_of_several_laws_is_ambiguous(shipped):
    citing = Document("corpus/dia-phuong/x.txt", "ok", masthead=Masthead())
    found = shipped.resolve(Target(name="Luật Đất đai"), citing)
    assert (found.symbol, found.status) == (None, "ambiguous")
    assert len(found.candidates) >= 3


def test_the_year_of_the_symbol_stands_in_for_a_missing_date(shipped):
    citing = doc("07/2018/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", None)
    assert shipped.resolve(Target(name="Luật Đất đai"), citing).symbol == "45/2013/QH13"


def test_a_law_of_the_corpus_that_the_register_does_not_know():
    old = doc(
        "1/2020/QH14",
        "Quốc hội",
        date(2020, 6, 1),
        "corpus/trung-uong/a.txt",
        "luat",
        "trung_uong",
        "Bến mẫu",
        date(2021, 1, 1),
    )
    new = doc(
        "2/2025/QH15",
        "Quốc hội",
        date(2025, 6, 1),
        "corpus/trung-uong/b.txt",
        "luat",
        "trung_uong",
        "LUẬT BẾN MẪU",
        date(2026, 1, 1),
    )
    books = library(old, new, CITING)
    assert books.resolve(Target(name="Luật Bến mẫu"), CITING).path == old.path
    later = doc("9/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", date(2026, 3, 1))
    assert books.resolve(Target(name="Luật Bến mẫu"), later).path == new.path


def test_namesakes_are_told_apart_by_their_issuer():
    own = doc("05/2020/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", date(2020, 3, 1))
    province = doc(
        "5/2020/QĐ-UBND", "Ủy ban nhân dân tỉnh Ví Dụ", date(2020, 2, 1), "corpus/trung-uong/tinh.txt", level="tinh"
    )
    books = library(own, province, CITING)
    assert books.resolve(Target(symbol="05/2020/QĐ-UBND"), CITING).path == own.path
    assert books.resolve(Target(symbol="05/2020/QĐ-UBND", issuer="UBND tỉnh Ví Dụ"), CITING).path == province.path
    assert books.resolve(Target(symbol="05/2020/QĐ-UBND", date=date(2020, 2, 1)), CITING).path == province.path
    foreign = books.resolve(Target(symbol="05/2020/QĐ-UBND", issuer="Ủy ban nhân dân tỉnh Khác"), CITING)
    assert (foreign.path, foreign.issuer) == (None, "Ủy ban nhân dân tỉnh Khác")


def test_the_unit_above_is_nearer_than_a_strange_one():
    province = doc(
        "5/2020/QĐ-UBND", "Ủy ban nhân dân tỉnh Ví Dụ", date(2020, 2, 1), "corpus/trung-uong/tinh.txt", level="tinh"
    )
    other = doc("5/2020/QĐ-UBND", "Ủy ban nhân dân xã Khác", date(2020, 2, 2))
    assert library(province, other, CITING).resolve(Target(symbol="5/2020/QĐ-UBND"), CITING).path == province.path


def test_numbers_without_a_year_need_their_date(shipped):
    right = shipped.resolve(Target(symbol="06/QĐ-TTg", date=date(2022, 1, 6)), CITING)
    assert (right.in_register, right.status) == (True, "resolved")
    wrong = shipped.resolve(Target(symbol="06/QĐ-TTg", date=date(2021, 1, 6)), CITING)
    assert (wrong.in_register, wrong.path) == (False, None)
    unsure = shipped.resolve(Target(symbol="06/QĐ-TTg"), CITING)
    assert unsure.status == "named"


def test_a_wrong_date_does_not_hide_an_act_with_a_year(shipped):
    found = shipped.resolve(Target(symbol="34/2016/NĐ-CP", date=date(2016, 5, 15)), CITING)
    assert (found.in_register, found.date) == (True, date(2016, 5, 14))


def test_a_law_and_a_resolution_of_one_number(shipped):
    later = doc("1/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", date(2012, 1, 1))
    assert shipped.resolve(Target(symbol="24/2008/QH12", kind="luat"), later).date == date(2008, 11, 13)
    assert shipped.resolve(Target(symbol="24/2008/QH12", kind="nghi_quyet"), later).date == date(2008, 11, 14)
    assert shipped.resolve(Target(symbol="24/2008/QH12"), later).status == "ambiguous"


def test_a_kind_and_a_date_find_a_document_of_the_corpus():
    own = doc("05/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", date(2020, 3, 1))
    found = library(own, CITING).resolve(Target(kind="quyet_dinh", date=date(2020, 3, 1)), CITING)
    assert found.path == own.path


def test_itself_and_the_unknown(shipped):
    assert shipped.resolve(Target(self_=True, provision="art_1"), CITING).path == CITING.path
    unknown = shipped.resolve(Target(symbol="999/2031/NĐ-CP"), CITING)
    assert (unknown.status, unknown.kind, unknown.in_register) == ("resolved", "nghi_dinh", False)


def test_two_files_of_one_document_are_one_act():
    text = doc("50/2024/NĐ-CP", "Chính phủ", date(2024, 5, 10), "corpus/trung-uong/a.pdf", "nghi_dinh", "trung_uong")
    page = doc("50/2024/NĐ-CP", None, None, "corpus/trung-uong/b.html", None, None, "Về chợ", date(2024, 7, 1))
    books = library(text, page, CITING)
    (act,) = books.acts("50/2024/NĐ-CP")
    assert (act.path, act.date, act.issuer) == (page.path, date(2024, 5, 10), "Chính phủ"), "the one that tells more"
    assert books.state("50/2024/NĐ-CP", as_of=date(2024, 8, 1)).state == "con_hieu_luc"
    assert books.resolve(Target(self_=True), text).path == text.path
    assert sorted(books.documents) == sorted([text.path, page.path, CITING.path])


def test_files_of_different_years_are_not_one_act():
    first = doc("05/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", date(2020, 3, 1), "corpus/dia-phuong/a.txt")
    second = doc("05/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", date(2021, 3, 1), "corpus/dia-phuong/b.txt")
    books = library(first, second, CITING)
    assert books.state("05/QĐ-UBND", as_of=date(2024, 1, 1)).candidates != ()
    assert books.find("05/QĐ-UBND") is None
    assert books.find("05/QĐ-UBND", issued=date(2021, 3, 1)) is second
    assert books.resolve(Target(symbol="05/QĐ-UBND", date=date(2020, 3, 1)), CITING).path == first.path
    assert books.resolve(Target(symbol="05/QĐ-UBND"), CITING).status == "ambiguous"


def test_a_document_that_the_register_tells_twice_is_one(shipped):
    found = shipped.acts("80/NQ-CP")
    assert [(act.date, act.row.state) for act in found] == [(date(2011, 5, 19), "con_hieu_luc")]


# --- which documents are reviewed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "level", "reviewed", "ground"),
    [
        ("corpus/dia-phuong/a.txt", "tinh", True, True),
        ("corpus/dia-phuong/2020/a.txt", None, True, True),
        ("corpus/trung-uong/a.txt", "xa", False, True),
        ("corpus/a.txt", "xa", True, True),
        ("corpus/a.txt", "huyen", True, True),
        ("corpus/a.txt", "tinh", False, True),
        ("corpus/khac/a.txt", "trung_uong", False, True),
        ("corpus/a.txt", None, True, False),
    ],
)
def test_the_folder_decides_and_in_neither_the_masthead(path, level, reviewed, ground):
    document = doc("1/QĐ-UBND", "Ủy ban nhân dân xã Hải Mẫu", date(2024, 1, 1), path, level=level)
    side = side_of(path)
    assert (is_reviewed(side, document), is_ground(side, document)) == (reviewed, ground)
    books = library(document)
    assert [d.path for d in books.reviewed()] == ([path] if reviewed else [])


# --- bodies and units ---------------------------------------------------------------------------


def test_bodies():
    assert body_key("UBND tỉnh Thanh Hoá") == body_key("Uỷ ban nhân dân tỉnh Thanh Hóa")
    assert unit_key("Ủy ban nhân dân thị trấn Vĩnh Lộc") == "thi tran vinh loc"
    assert unit_key("Bộ Tài chính") is None
    assert same_body("UBND tỉnh", "Ủy ban nhân dân tỉnh Ví Dụ")
    assert not same_body("Ủy ban nhân dân xã Hải Mẫu", "Ủy ban nhân dân xã Hải Mẫu Đông Bắc".replace("Mẫu", "Hòa"))
    assert in_territory("UBND huyện Mẫu", VILLAGE) == 1
    assert in_territory("Hội đồng nhân dân tỉnh Khác", VILLAGE) is None
