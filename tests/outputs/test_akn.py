"""One small decision, the decision that amends it, and its text on a day, as Akoma Ntoso that a person can read.

The expected XML lies in `akn/`. After a change that is meant, write it anew and read the difference:
`REWRITE_GOLDEN=1 python -m pytest tests/outputs/test_akn.py`.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from corpus.library import CorpusLibrary
from corpus.model import Document, Line
from corpus.register import NothingKnown
from extractors import understand
from extractors.readers import Reading
from flows.export import as_issued, on_day
from outputs.akn import akoma_ntoso
from outputs.akn.uri import Name, work

FOLDER = Path(__file__).with_name("akn")
NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


def read(text: str, name: str = "van-ban.txt") -> Document:
    lines = tuple(Line(line) for line in text.strip().split("\n"))
    return understand(f"corpus/dia-phuong/{name}", Reading(lines), NothingKnown())


@pytest.fixture(scope="module")
def library() -> CorpusLibrary:
    documents = [read((FOLDER / name).read_text("utf-8"), name) for name in ("goc.txt", "sua-doi.txt")]
    return CorpusLibrary({document.path: ("dia_phuong", document) for document in documents}, NothingKnown())


def golden(name: str, data: bytes) -> bytes:
    """The expected bytes; written anew from `data` where the environment asks for it."""
    path = FOLDER / name
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_bytes(data)
    return path.read_bytes()


def tree_of(text: str) -> Any:
    return etree.fromstring(akoma_ntoso(read(text)))


def texts(tree: Any, path: str) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iterfind(path, NS)]


# --- golden documents ---------------------------------------------------------------------------------


def test_as_issued(library: CorpusLibrary) -> None:
    document = library.documents["corpus/dia-phuong/goc.txt"]
    data = as_issued(library, document)
    assert data == golden("goc.xml", data)


def test_the_amending_act(library: CorpusLibrary) -> None:
    document = library.documents["corpus/dia-phuong/sua-doi.txt"]
    data = as_issued(library, document)
    assert data == golden("sua-doi.xml", data)


def test_the_text_of_a_day(library: CorpusLibrary) -> None:
    (act,) = library.acts("12/2030/QĐ-UBND")
    data = on_day(library, act, date(2032, 1, 1), NothingKnown())
    assert isinstance(data, bytes)
    assert data == golden("goc-2032-01-01.xml", data)


def test_before_the_amendment_the_text_is_as_issued(library: CorpusLibrary) -> None:
    (act,) = library.acts("12/2030/QĐ-UBND")
    before = etree.fromstring(on_day(library, act, date(2031, 5, 31), NothingKnown()))  # type: ignore[arg-type]
    issued = etree.fromstring(as_issued(library, act.document))  # type: ignore[arg-type]
    assert [etree.tostring(one) for one in before.iterfind(".//a:body", NS)] == [
        etree.tostring(one) for one in issued.iterfind(".//a:body", NS)
    ]
    assert (
        before.xpath("count(//a:textualMod[@rasoat:applied='true'])", namespaces={**NS, "rasoat": "urn:rasoat:akn:1"})
        == 0
    )


# --- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "uri"), [
    (Name("79/2025/NĐ-CP", "nghi_dinh", "Chính phủ"), "/akn/vn/act/nghi-dinh/2025/79-nd-cp"),
    (Name("09/2010/NĐ-CP", "nghi_dinh"), "/akn/vn/act/nghi-dinh/2010/9-nd-cp"),
    (Name("64/2025/QH15", "luat", "Quốc hội", date(2025, 2, 19)), "/akn/vn/act/luat/2025/64-qh15"),
    (Name("64/2025/QH15", None), "/akn/vn/act/2025/64-qh15"),
    (Name("66.7/2025/NQ-CP", "nghi_quyet"), "/akn/vn/act/nghi-quyet/2025/66-7-nq-cp"),
    (Name("34/2007/PL-UBTVQH11", "phap_lenh"), "/akn/vn/act/phap-lenh/2007/34-pl-ubtvqh11"),
    (Name("06/QĐ-TTg", "quyet_dinh", "Thủ tướng Chính phủ", date(2022, 1, 6)),
     "/akn/vn/act/quyet-dinh/2022-01-06/6-qd-ttg"),
    (Name("12/KH-UBND", "ke_hoach", "UBND xã Mẫu", date(2026, 1, 5)),
     "/akn/vn/doc/ke-hoach/uy-ban-nhan-dan-xa-mau/2026-01-05/12-kh-ubnd"),
    (Name(None, "luat", "Quốc hội", title="Luật Đất đai", year=2013), "/akn/vn/act/luat/quoc-hoi/2013/luat-dat-dai"),
    (Name(None, "luat", "Quốc hội", title="Luật Đất đai"), None),
    (Name("06/QĐ-TTg", "quyet_dinh"), None),
])  # fmt: skip
def test_names_of_works(name: Name, uri: str | None) -> None:
    assert work(name) == uri


def test_a_citation_and_the_act_itself_give_one_name(library: CorpusLibrary) -> None:
    act = etree.fromstring(as_issued(library, library.documents["corpus/dia-phuong/goc.txt"]))
    other = etree.fromstring(as_issued(library, library.documents["corpus/dia-phuong/sua-doi.txt"]))
    own = act.find(".//a:FRBRWork/a:FRBRuri", NS).get("value")
    assert own in {ref.get("href") for ref in other.iterfind(".//a:heading/a:ref", NS)}


# --- structure ----------------------------------------------------------------------------------------


def test_a_plan_is_a_doc_of_containers() -> None:
    tree = tree_of(
        "KẾ HOẠCH\nTuyên truyền pháp luật\nI. MỤC ĐÍCH\n1. Yêu cầu\n1.1. Kịp thời.\n- Đúng hạn.\n"
        "II. TỔ CHỨC\n1. Văn phòng"
    )
    assert [e.get("name") for e in tree.iterfind(".//a:mainBody/a:hcontainer", NS)] == ["muc_la_ma", "muc_la_ma"]
    assert texts(tree, ".//a:mainBody/a:hcontainer/a:heading") == ["MỤC ĐÍCH", "TỔ CHỨC"]
    assert [e.get("eId") for e in tree.iterfind(".//a:indent", NS)] == ["out_I__1__1.1__-1"]


def test_an_announcing_line_is_text_and_a_title_line_is_a_heading() -> None:
    tree = tree_of(
        "NGHỊ ĐỊNH\nĐiều 1. Đối tượng\n1. Gồm:\na) Người;\nb) Đơn vị.\nĐiều 2. Nghị định này thay Nghị định cũ."
    )
    assert texts(tree, ".//a:heading") == ["Đối tượng"]
    assert texts(tree, ".//a:clause/a:intro/a:p") == ["Gồm:"]
    assert texts(tree, ".//a:point/a:num") == ["a)", "b)"]


def test_a_number_used_twice_gets_an_id_of_its_own() -> None:
    tree = tree_of("NGHỊ ĐỊNH\nĐiều 1. Một\n1. A.\nĐiều 2. Hai\nB.\nĐiều 2. Hai nữa\nC.")
    ids = [e.get("eId") for e in tree.iterfind(".//a:article", NS)]
    assert len(ids) == len(set(ids)) == 3


def test_quoted_phrases_of_a_substitution() -> None:
    tree = tree_of(
        "NGHỊ ĐỊNH\nĐiều 1. Thay thế cụm từ “cấp huyện” bằng cụm từ “cấp xã” tại Điều 5 Nghị định số 10/2030/NĐ-CP "
        "ngày 02 tháng 3 năm 2030 của Chính phủ.\nĐiều 2. Hiệu lực\n"
        "Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2031."
    )
    assert texts(tree, ".//a:mod/a:quotedText") == ["cấp huyện", "cấp xã"]
    (change,) = tree.iterfind(".//a:activeModifications/a:textualMod", NS)
    assert change.find("a:destination", NS).get("href") == "/akn/vn/act/nghi-dinh/2030/10-nd-cp/~art_5"
    for tag, words in (("old", "cấp huyện"), ("new", "cấp xã")):
        eid = change.find(f"a:{tag}", NS).get("href")[1:]
        assert texts(tree, f".//*[@eId='{eid}']") == [words]


def test_what_could_not_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="mật khẩu"):
        akoma_ntoso(Document("a.pdf", "encrypted", "a.pdf: tệp có mật khẩu."))
