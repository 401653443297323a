"""What a fact may carry: every row of the contract's table, from the fact to the state and to the finding."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus import register
from corpus.library import CorpusLibrary, side_of
from corpus.model import Document, Line
from corpus.nothing import NothingKnown
from corpus.register.rows import COLUMNS, institution
from extractors import understand
from extractors.readers import Reading
from rules.catalogue import Context, RuleSettings, judge

DAY = date(2034, 8, 1)
ORDER = ("goi_y", "can_kiem_tra", "chac_chan")
SYMBOL = "7010/2030/NĐ-CP"
LOCAL = """ỦY BAN NHÂN DÂN
XÃ THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 03/2031/QĐ-UBND
Thử Nghiệm, ngày 02 tháng 6 năm 2031
QUYẾT ĐỊNH
Ban hành Quy định về chợ
Căn cứ Nghị định số 7010/2030/NĐ-CP ngày 02 tháng 3 năm 2030 của Chính phủ quy định về chợ mẫu;
ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM
QUYẾT ĐỊNH:
Điều 1. Nội dung
Chợ mở cửa theo khoản 1 Điều 4 Nghị định số 7010/2030/NĐ-CP.
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 15 tháng 6 năm 2031.
"""
ENDING = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 7050/2033/NĐ-CP
Hà Nội, ngày 02 tháng 3 năm 2033
NGHỊ ĐỊNH
Quy định về chợ
Điều 1. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2033.
2. Nghị định số 7010/2030/NĐ-CP ngày 02 tháng 3 năm 2030 hết hiệu lực kể từ ngày Nghị định này có hiệu lực.
"""


def read(path: str, text: str) -> Document:
    return understand(path, Reading(tuple(Line(line) for line in text.splitlines())), NothingKnown())


def known(folder: Path, documents: list[dict[str, str]], effects: list[dict[str, str]] | None = None) -> Path:
    for table, rows in (("documents", documents), ("effects", effects or [])):
        if rows:
            lines = [",".join(row.get(column, "") for column in COLUMNS[table]) for row in rows]
            (folder / f"{table}.csv").write_text("\n".join([",".join(COLUMNS[table]), *lines]) + "\n", "utf-8")
    return folder


def row(state: str, certainty: str = "cao", seen: str = "2034-07-01", ended: str = "", effective: str = "2030-05-01",
        kind: str = "van_ban") -> dict[str, str]:  # fmt: skip
    return {"symbol": SYMBOL, "kind": "nghi_dinh", "issuer": "Chính phủ", "date": "2030-03-02", "state": state,
            "effective": effective, "ended": ended, "seen": seen, "certainty": certainty,
            "source_kind": kind}  # fmt: skip


def act(type_: str, certainty: str, day: str = "2033-05-01", scope: str = "whole") -> dict[str, str]:
    return {"affected_symbol": SYMBOL, "type": type_, "scope": scope, "by_symbol": "7050/2033/NĐ-CP", "from": day,
            "source_kind": "van_ban", "certainty": certainty}  # fmt: skip


IN_FORCE = row("con_hieu_luc")
TABLE = [
    # the register: an ending, amendment or repeal marked `cao`
    ("an ending, cao", [row("het_hieu_luc_toan_bo", ended="2033-05-01")], [], "danh_muc", "chac_chan"),
    ("a repeal, cao", [IN_FORCE], [act("repeal", "cao")], "danh_muc", "chac_chan"),
    ("an amendment, cao", [IN_FORCE], [act("amend", "cao", scope="part")], "danh_muc", "chac_chan"),
    # the same, `trung_binh`; any ending without a date; not yet in force
    ("an ending, trung_binh", [row("het_hieu_luc_toan_bo", "trung_binh", ended="2033-05-01")], [], "danh_muc",
     "can_kiem_tra"),
    ("a repeal, trung_binh", [IN_FORCE], [act("repeal", "trung_binh")], "danh_muc", "can_kiem_tra"),
    ("an amendment, trung_binh", [IN_FORCE], [act("amend", "trung_binh", scope="part")], "danh_muc", "can_kiem_tra"),
    ("an ending without a day", [row("het_hieu_luc_toan_bo")], [], "danh_muc", "can_kiem_tra"),
    ("not yet in force", [row("chua_hieu_luc", effective="2035-01-01")], [], "danh_muc", "can_kiem_tra"),
    # in force, seen within 90 days, and earlier
    ("in force, fresh", [row("con_hieu_luc", seen="2034-05-03")], [], "danh_muc", "can_kiem_tra"),
    ("in force, 91 days old", [row("con_hieu_luc", seen="2034-05-02")], [], "chua_xac_minh", "goi_y"),
    ("in force, no day", [row("con_hieu_luc", seen="")], [], "chua_xac_minh", "goi_y"),
    # `thap`; `khong_ro`
    ("an ending, thap", [row("het_hieu_luc_toan_bo", "thap", ended="2033-05-01")], [], "chua_xac_minh", "goi_y"),
    ("a repeal, thap", [row("khong_ro")], [act("repeal", "thap")], "chua_xac_minh", "goi_y"),
    ("in force, thap", [row("con_hieu_luc", "thap")], [], "chua_xac_minh", "goi_y"),
    ("not known", [row("khong_ro")], [], "chua_xac_minh", "goi_y"),
]  # fmt: skip


@pytest.mark.parametrize(("documents", "effects", "certainty", "strongest"), [t[1:] for t in TABLE],
                         ids=[t[0] for t in TABLE])  # fmt: skip
def test_a_row_of_the_register(tmp_path, documents, effects, certainty, strongest):
    library = CorpusLibrary({}, register.load(known(tmp_path, documents, effects)))
    state = library.state(SYMBOL, as_of=DAY)
    assert (state.certainty, state.strength) == (certainty, strongest), state


@pytest.mark.parametrize(("documents", "effects", "strongest"), [(*t[1:3], t[4]) for t in TABLE],
                         ids=[t[0] for t in TABLE])  # fmt: skip
def test_no_finding_says_more_than_its_row(tmp_path, documents, effects, strongest):
    local = read("corpus/dia-phuong/a.txt", LOCAL)
    loaded = register.load(known(tmp_path, documents, effects))
    library = CorpusLibrary({local.path: (side_of(local.path), local)}, loaded)
    found = [
        finding for finding in judge(local, Context(library, DAY, (), RuleSettings(frozenset(), {}, frozenset())))
        if finding.target_symbol == SYMBOL and finding.rule[:2] in ("CC", "VD", "HL")
    ]  # fmt: skip
    assert all(ORDER.index(finding.certainty) <= ORDER.index(strongest) for finding in found), found
    if documents[0]["state"] == "het_hieu_luc_toan_bo" and strongest != "goi_y":
        assert any(finding.certainty == strongest for finding in found), "an ending is told, as surely as it may be"


def test_what_a_text_says_with_a_day_is_certain():
    documents = {d.path: (side_of(d.path), d) for d in
                 (read("corpus/trung-uong/b.txt", ENDING), read("corpus/dia-phuong/a.txt", LOCAL))}  # fmt: skip
    library = CorpusLibrary(documents, NothingKnown())
    state = library.state(SYMBOL, as_of=DAY)
    assert (state.state, state.certainty, state.strength) == ("het_hieu_luc_toan_bo", "van_ban", "chac_chan")
    context = Context(library, DAY, (), RuleSettings(frozenset(), {}, frozenset()))
    (found,) = [f for f in judge(documents["corpus/dia-phuong/a.txt"][1], context) if f.rule == "CC01"]
    assert found.certainty == "chac_chan"


def test_an_ending_does_not_go_stale(tmp_path):
    own = known(tmp_path, [row("het_hieu_luc_toan_bo", ended="2033-05-01", seen="2033-06-01")])
    state = CorpusLibrary({}, register.load(own)).state(SYMBOL, as_of=date(2044, 1, 1))
    assert (state.certainty, state.strength) == ("danh_muc", "chac_chan")


@pytest.mark.parametrize(
    ("certainty", "source", "ground", "state", "strongest"),
    [
        ("cao", "van_ban", "7072/2030/QH17", "danh_muc", "chac_chan"),
        ("cao", "trich_dan", "7072/2030/QH17", "danh_muc", "chac_chan"),
        ("cao", "chua_ro", "7072/2030/QH17", "danh_muc", "can_kiem_tra"),
        ("cao", "van_ban", "Kết luận của Bộ Chính trị", "danh_muc", "can_kiem_tra"),
        ("trung_binh", "van_ban", "7072/2030/QH17", "danh_muc", "can_kiem_tra"),
        ("thap", "van_ban", "7072/2030/QH17", "chua_xac_minh", "goi_y"),
    ],
)
def test_an_institutional_change(certainty, source, ground, state, strongest):
    found = institution({"id": "x", "loai": "bo", "ten_cu": "Bộ Mẫu cũ", "can_cu": ground, "do_tin_cay": certainty,
                         "source_kind": source})  # fmt: skip
    assert (found.state_certainty, found.strength) == (state, strongest)
