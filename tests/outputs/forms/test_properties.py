"""Whatever stands in the register: totals are those of the register, and no text becomes a formula or markup."""

# A drawn row reads as one line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import ModuleType

from docx import Document as open_docx
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from corpus.model import LedgerEntry, Publication
from outputs.forms.catalogue import LISTS, files, safe_name
from outputs.forms.ended import part_endings, whole_endings
from outputs.forms.material import Change, Material
from outputs.forms.texts import fill, value, wordings
from outputs.words import printable

STATES = ("con_hieu_luc", "chua_hieu_luc", "tam_ngung", "het_hieu_luc_mot_phan", "het_hieu_luc_toan_bo", "khong_ro")
DAYS = st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2028, 12, 31)))


@st.composite
def entries(draw: st.DrawFn) -> tuple[LedgerEntry, ...]:
    count = draw(st.integers(0, 12))
    return tuple(
        LedgerEntry(
            key=f"k{n}", symbol=draw(st.sampled_from((f"{n:02d}/2020/QĐ-UBND", f"{n:02d}/2020/NQ-HĐND", None))),
            kind="quyet_dinh", issuer="Ủy ban nhân dân xã Đồng Lúa", date=draw(st.sampled_from((None, date(2020, 1, n + 1)))),
            title=draw(st.sampled_from((None, "Quy định về chợ"))), normative=draw(st.sampled_from((True, True, False, None))),
            level="xa", state=draw(st.sampled_from(STATES)), state_since=draw(DAYS), certain=draw(st.booleans()),  # type: ignore[arg-type]
            field=draw(st.sampled_from((None, "Đất đai", "Tư pháp"))), personal=draw(st.sampled_from((False, False, True))),
            published=draw(st.sampled_from(((), (Publication("1/QĐ-UBND", 2024),)))),
        )
        for n in range(count)
    )  # fmt: skip


def changes_for(ledger: tuple[LedgerEntry, ...], draw: st.DataObject) -> dict[str, tuple[Change, ...]]:
    types = st.sampled_from(("repeal", "amend", "insert", "suspend", "replace"))
    one = st.builds(Change, types, st.sampled_from((None, "art_1", "art_2__cl_1")), DAYS, st.just("Quyết định số 9/2026/QĐ-UBND"),
                    certain=st.booleans())  # fmt: skip
    return {entry.key: tuple(draw.draw(st.lists(one, max_size=3))) for entry in ledger}


@settings(max_examples=80, deadline=None)
@given(entries(), st.data(), st.booleans())
def test_totals_are_those_of_the_register(
    office: ModuleType, ledger: tuple[LedgerEntry, ...], data: st.DataObject, personal: bool
) -> None:
    material: Material = office.material(
        desk=office.desk(ledger=ledger, findings=(), decisions={}), changes=changes_for(ledger, data), personal_too=personal,
    )  # fmt: skip
    listed = {entry.key for entry in material.listed()}
    normative = {e.key for e in ledger if e.normative}
    assert listed == normative - {e.key for e in material.left_out()} - {e.key for e in material.unnumbered()}

    in_force = [row.key for row in LISTS["mau-03"](material).rows]
    ended = [one.entry.key for one in whole_endings(material) if not one.suspended]
    unknown = [entry.key for entry in material.listed() if entry.state == "khong_ro"]
    assert sorted([*in_force, *ended, *unknown]) == sorted(listed), "each document is in one list, or counted as unknown"

    for code, found in (("mau-01", whole_endings(material)), ("mau-02", part_endings(material))):
        listing = LISTS[code](material)
        said = sum(int(n) for note in listing.notes for n in re.findall(r"^(\d+) lượt", note))
        assert len(listing.rows) + said == len(found), "a row is shown, or a note says why not"
        for part in listing.parts:
            shown = int(re.findall(r"\d+", part.total)[0])
            assert shown == len(part.rows) == sum(len(section.rows) for section in part.sections)
            doubtful = sum(1 for row in part.rows if not row.certain)
            assert (f"trong đó {doubtful} văn bản" in part.total) is bool(doubtful)


HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from("=+-@|{}<>&\"'\t\n\r\x00\x0b\x1b\u202e?!#> %"), st.characters()), min_size=1, max_size=60
)  # fmt: skip
FIXED = ("=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "{uy_ban}", "?khong x", "@bang", "> x", "</w:t></w:r>", "_x0041_",
         "{{ 7*7 }}", "%TM%", "\x00\x1f=1")  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.one_of(st.just(" ".join(FIXED)), st.sampled_from(FIXED), HOSTILE))
def test_hostile_texts_stay_texts(office: ModuleType, evil: str) -> None:
    ledger = tuple(replace(e, title=evil, issuer=evil, field=evil, state_reason=evil) for e in office.LEDGER[:4])
    findings = (office.finding("f1", "qd12", "VD02", "sua_doi_bo_sung", evil),)
    desk = office.desk(ledger=(*ledger, replace(office.LEDGER[5], title=evil)), findings=findings)
    material = office.material(desk=desk)
    for code in ("mau-01", "xu-ly"):
        for one in files(code, material):
            assert re.fullmatch(r"[a-z0-9-]+(\.nguon)?\.(docx|xlsx|json)", one.name)
            if one.name.endswith(".xlsx"):
                book = load_workbook(BytesIO(one.data))
                cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
                assert not [cell for cell in cells if cell.data_type == "f"]
                starts = ("=", "+", "-", "@")
                assert not [c for c in cells if isinstance(c.value, str) and c.value.lstrip(" \u00a0").startswith(starts)]
            if one.name.endswith(".docx"):
                open_docx(BytesIO(one.data))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.sampled_from(FIXED), HOSTILE))
def test_no_text_of_a_document_becomes_a_mark_or_a_place(office: ModuleType, evil: str) -> None:
    wording = wordings()["tiep-nhan"]
    names = {"uy_ban", "tu_phap", "viec", "ngay_nhan", "nguoi_kien_nghi", "van_ban", "noi_dung", "noi_chuyen"}
    plain = fill(wording, {name: value(name, "x") for name in names})
    filled = fill(wording, {name: value(name, evil) for name in names})
    assert [type(block) for block in filled.body] == [type(block) for block in plain.body]
    assert [block.style for block in filled.body] == [block.style for block in plain.body]  # type: ignore[union-attr]
    assert evil in filled.subject


@given(st.text(max_size=120))
def test_every_name_of_a_file_is_safe(text: str) -> None:
    name = safe_name(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 84
    assert name == safe_name(name)


@given(st.text(max_size=80))
def test_control_characters_never_reach_a_paper(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e]", printable(text))
