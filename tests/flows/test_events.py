"""States from the events of the store are those of the whole corpus in memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import register, store
from corpus.library import CorpusLibrary, side_of
from corpus.model import (
    Citation,
    Document,
    Effect,
    Known,
    KnownDocument,
    KnownEffect,
    KnownName,
    Masthead,
    State,
    Target,
)
from corpus.nothing import NothingKnown
from corpus.store import FileRow
from flows import cli, dependents, lookup
from flows.dependents import Stock, states_for
from flows.settings import workspace

DAY = date(2026, 11, 24)
SHARED = Path(os.environ.get("RASOAT_SHARED", Path(__file__).parents[3] / "shared"))


def in_memory(stock: Stock, hashes: Sequence[str], known: Known, day: date) -> list[State]:
    """The same question as `states_for`, asked of all documents of the corpus."""
    found = []
    whole = stock.load(light=True)
    for digest in hashes:
        citing = stock.load({digest})
        library = CorpusLibrary({p: (side_of(p), d) for p, d in {**whole, **citing}.items()}, known)
        for document in citing.values():
            for target in (t for citation in document.citations for t in citation.targets if not t.self_):
                meant = library.resolve(target, document)
                if meant.symbol is not None:
                    found.append(library.state(meant.symbol, as_of=day, provision=target.provision,
                                               issuer=meant.issuer, issued=meant.date, kind=meant.kind))  # fmt: skip
    return found


# --- documents as they are read -------------------------------------------------------------------------


def test_on_the_samples(tmp_path: Path) -> None:
    assert cli.main(["init", "--samples", "--workspace", str(tmp_path)]) == 0
    space = workspace(str(tmp_path), None, None)
    with lookup.stock_of(space) as stock:
        hashes = [digest for _, digest in stock.files]
        for known in (register.load(None), NothingKnown()):
            found = list(states_for(stock, hashes, known, DAY, at_once=1))
            assert found == in_memory(stock, hashes, known, DAY)
            assert len({state.state for state in found}) >= 3


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "real" / "central").is_dir(), reason="real documents do not lie beside the checkout")
def test_on_real_documents(tmp_path: Path) -> None:
    for side, folder, step in (("trung-uong", "central/vbpl_html", 3), ("dia-phuong", "local/text", 6)):
        place = tmp_path / "corpus" / side
        place.mkdir(parents=True)
        for file in sorted((SHARED / "real" / folder).iterdir())[::step]:
            shutil.copyfile(file, place / file.name)
    with lookup.stock_of(workspace(str(tmp_path), None, None)) as stock:
        hashes = sorted(digest for path, digest in stock.files if "dia-phuong" in path)
        found = list(states_for(stock, hashes, register.load(None), DAY))
        by_one = [s for d in hashes for s in states_for(stock, [d], register.load(None), DAY)]
        whole = in_memory(stock, hashes, register.load(None), DAY)
    assert by_one == whole
    key = str  # `load` gives documents by path, not in the order of the hashes
    assert sorted(found, key=key) == sorted(whole, key=key)


# --- made-up corpora: namesakes, names without numbers, endings that came to nothing ----------------------

NUMBERS = ("1/2010/QH12", "2/2012/NĐ-CP", "02/2012/NĐ-CP", "3/2013/TT-BTC", "4/2014/QĐ-UBND", "5/2015/NĐ-CP")
NAMES = ("Luật Chợ mẫu", "Luật Bến mẫu")
ISSUERS = {"QH": "Quốc hội", "NĐ": "Chính phủ", "TT": "Bộ Tài chính", "QĐ": "Ủy ban nhân dân xã Mẫu Một"}
KINDS = {"QH": "luat", "NĐ": "nghi_dinh", "TT": "thong_tu", "QĐ": "quyet_dinh"}


class Some(NothingKnown):
    """A register of two laws, one of which has the name of the other from 2016 on."""

    def documents(self, symbol: str) -> Sequence[KnownDocument]:
        rows = (("1/2010/QH12", NAMES[0], date(2010, 6, 1)), ("9/2016/QH14", NAMES[0], date(2016, 6, 1)))
        return [
            KnownDocument(number, "luat", "Quốc hội", day, day + timedelta(60), None, "con_hieu_luc", title, "t", "",
                          date(2026, 10, 1), "cao")
            for number, title, day in rows if number == symbol
        ]  # fmt: skip

    def effects(self, symbol: str) -> Sequence[KnownEffect]:
        if symbol != "2/2012/NĐ-CP":
            return ()
        return [KnownEffect(symbol, "art_2", "repeal", "whole", "5/2015/NĐ-CP", None, date(2015, 9, 1), "t", "", "cao")]

    def named(self, name: str, on: date | None = None, year: int | None = None) -> Sequence[KnownName]:
        rows = [
            KnownName(NAMES[0], 2010, "1/2010/QH12", date(2010, 8, 1), date(2016, 8, 1)),
            KnownName(NAMES[0], 2016, "9/2016/QH14", date(2016, 8, 1), None),
        ]
        return [
            row for row in rows
            if name == row.name and (year is None or row.year == year)
            and (on is None or ((row.from_ or on) <= on and (row.until is None or on < row.until)))
        ]  # fmt: skip


def _kind_of(number: str) -> str:
    return next(kind for kind in ISSUERS if f"/{kind}" in number)


days = st.dates(date(2010, 1, 1), date(2026, 12, 31))
targets = st.builds(
    Target,
    symbol=st.sampled_from(NUMBERS), name=st.sampled_from((None, None, NAMES[0])),
    provision=st.sampled_from((None, None, "art_1", "art_2", "art_2__cl_1")),
    date=st.sampled_from((None, None, date(2012, 5, 5))), issuer=st.sampled_from((None, None, "Chính phủ")),
) | st.builds(
    Target, name=st.sampled_from(NAMES), kind=st.just("luat"), provision=st.sampled_from((None, "art_1")),
    year=st.sampled_from((None, 2016)),
)  # fmt: skip
effects = st.builds(
    Effect,
    type=st.sampled_from(("repeal", "repeal", "replace", "amend", "insert", "suspend", "expire", "implement",
                          "declare_expired", "declare_continuing")),
    in_=st.sampled_from(("art_1", "art_2__cl_1")), start=st.just(500), end=st.just(505), target=targets,
    from_=st.none() | days, until=st.none() | days, new_text=st.sampled_from((None, "mới")), partial=st.booleans(),
    by=st.none() | st.none() | st.builds(Target, symbol=st.sampled_from(NUMBERS)),
)  # fmt: skip


@st.composite
def acts(draw: st.DrawFn) -> Document:
    number = draw(st.sampled_from(NUMBERS))
    kind, day = _kind_of(number), draw(st.sampled_from((date(2012, 5, 5), None)) | days)
    head = Masthead(
        symbol=number, kind=KINDS[kind], issuer=ISSUERS[kind], level="xa" if kind == "QĐ" else "trung_uong", date=day,
        effective=draw(st.none() | days), expires=draw(st.none() | st.none() | days),
        title=draw(st.sampled_from(NAMES)) if kind == "QH" else None, normative=True,
    )  # fmt: skip
    text, citations = "Văn bản mẫu.\n", []
    for basis in draw(st.lists(st.tuples(st.sampled_from(NUMBERS), st.none() | st.sampled_from(NUMBERS)), max_size=3)):
        text += "Căn cứ "
        for number_, words in zip(basis, ("", " được sửa đổi, bổ sung theo "), strict=True):
            if number_ is not None:
                text += words
                citations.append(Citation(len(text), len(text) + len(number_), number_, 1, None, "basis",
                                          (Target(symbol=number_),)))  # fmt: skip
                text += number_
        text += ";\n"
    for target in draw(st.lists(targets, max_size=4)):
        citations.append(Citation(0, 5, text[:5], 1, "art_1", "body", (target,)))
    return Document("", "ok", masthead=head, text=text, citations=tuple(citations),
                    effects=tuple(draw(st.lists(effects, max_size=4))))  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(acts(), min_size=2, max_size=9), st.sampled_from((NothingKnown(), Some())), days)
def test_on_any_corpus(documents: list[Document], known: Known, day: date) -> None:
    with tempfile.TemporaryDirectory() as folder, store.open(Path(folder) / "kho.db", write=True) as opened:
        files = [(f"corpus/{'dia-phuong' if n % 2 else 'trung-uong'}/{n}.txt", f"h{n}") for n in range(len(documents))]
        opened.save_documents([(digest, one) for (_, digest), one in zip(files, documents, strict=True)], "v")
        opened.save_files([FileRow(path, digest, 1, 1, "v", "ok") for path, digest in files])
        stock = Stock(opened, files, "v")
        for _, digest in files:
            assert list(states_for(stock, [digest], known, day)) == in_memory(stock, [digest], known, day)


def test_the_acts_of_others_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = Masthead(symbol="1/2020/NĐ-CP", kind="nghi_dinh", issuer="Chính phủ", level="trung_uong",
                    date=date(2020, 1, 1), effective=date(2020, 2, 1), normative=True)  # fmt: skip
    law = Document("", "ok", masthead=head)
    ending = Effect("repeal", "art_2", 0, 5, Target(symbol="01/2020/NĐ-CP"), date(2024, 3, 1))
    other = Effect("amend", "art_1", 0, 5, Target(symbol="7/2020/NĐ-CP"), date(2024, 3, 1))
    later = Document("", "ok", masthead=Masthead(symbol="2/2024/NĐ-CP", kind="nghi_dinh", issuer="Chính phủ",
                     level="trung_uong", date=date(2024, 1, 1), normative=True), effects=(other, ending))  # fmt: skip
    monkeypatch.setattr(dependents, "SMALL", 0)
    with store.open(tmp_path / "kho.db", write=True) as opened:
        opened.save_documents([("a", law), ("b", later)], "v")
        stock = Stock(opened, [("corpus/trung-uong/a.txt", "a"), ("corpus/trung-uong/b.txt", "b")], "v")
        around = dependents.about_act(stock, "1/2020/NĐ-CP", NothingKnown(), light=True)
        assert around["corpus/trung-uong/b.txt"].effects == (ending,)
        library = CorpusLibrary({p: (side_of(p), d) for p, d in around.items()}, NothingKnown())
        assert library.state("1/2020/NĐ-CP", as_of=date(2024, 3, 1)).state == "het_hieu_luc_toan_bo"
        # Read again, what was told before is gone.
        opened.save_documents([("b", Document("", "ok", masthead=later.masthead))], "v")
        assert opened.acting({"1/2020/ND-CP"}, "v") == {}
        opened.save_documents([("b", later)], "v")
        opened.forget_documents("w")
        assert opened.acting({"1/2020/ND-CP"}, "v") == {}


def test_a_basis_of_a_later_day_names_an_act_too(tmp_path: Path) -> None:
    def decree(day: date, role: str) -> Document:
        head = Masthead(symbol=f"{day.day}/{day.year}/NĐ-CP", kind="nghi_dinh", issuer="Chính phủ", level="trung_uong",
                        date=day, normative=True)  # fmt: skip
        target = Target(symbol="7/2011/QĐ-TTg", kind="quyet_dinh")
        return Document("", "ok", masthead=head, text="Căn cứ 7/2011/QĐ-TTg", citations=(
            Citation(7, 20, "7/2011/QĐ-TTg", 1, None, "basis" if role == "basis" else "body", (target,)),))  # fmt: skip

    with store.open(tmp_path / "kho.db", write=True) as opened:
        days = (date(2012, 1, 1), date(2013, 1, 2), date(2014, 1, 3))
        opened.save_documents([(f"h{day.year}", decree(day, "basis")) for day in days], "v")
        opened.save_documents([("h2009", decree(date(2009, 1, 4), "body"))], "v")
        stock = Stock(opened, [(f"corpus/trung-uong/{n}.txt", f"h{n}") for n in (2009, 2012, 2013, 2014)], "v")
        found = {}
        for day in (date(2011, 6, 1), date(2013, 6, 1), DAY):
            states = list(states_for(stock, ["h2009"], NothingKnown(), day))
            assert states == in_memory(stock, ["h2009"], NothingKnown(), day)
            found[day.year] = states[0].source
        assert (found[2013], found[2026]) == ("căn cứ ban hành 2/2013/NĐ-CP", "căn cứ ban hành 3/2014/NĐ-CP")
