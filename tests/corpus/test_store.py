"""The store: one writer, nothing half written, nothing read twice, an audit that cannot be changed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus import store
from corpus.model import Citation, Decision, Document, Effect, Evidence, Finding, Masthead, Place, Run, Target
from corpus.store import schema, tables


def act(symbol: str = "12/2024/QĐ-UBND", text: str = "Điều 1. Bãi bỏ Quyết định số 03/2019/QĐ-UBND.") -> Document:
    target = Target(symbol="03/2019/QĐ-UBND", status="resolved")
    return Document(
        "", "ok", masthead=Masthead(symbol=symbol, kind="quyet_dinh", date=date(2024, 5, 14), spans={"symbol": (0, 3)}),
        text=text, citations=(Citation(0, 3, "Điề", 1, None, "basis", (target,)),),
        effects=(Effect("repeal", "art_1", 8, 40, target, date(2024, 6, 1), new_text="mới"),),
    )  # fmt: skip


def finding(id_: str, quote: str = "Luật Đất đai 2013") -> Finding:
    return Finding(
        "CC01", "cao", "corpus/dia-phuong/a.txt", (Place("art_1", 0, 5, 1, quote),), "Căn cứ đã hết hiệu lực.",
        "khoản 2 Điều 39", "xem_xet", "chac_chan", "45/2013/QH13", None,
        (Evidence("31/2024/QH15", "art_252", None, "repeal", date(2024, 8, 1)),), id=id_,
    )  # fmt: skip


def run(number: int, findings: tuple[Finding, ...] = (), gone: tuple[Finding, ...] = ()) -> Run:
    return Run(number, date(2026, 11, 24), "2026-11-24T02:00:00", findings, gone, {}, (), None, None)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "outputs" / "rasoat.db"


def test_what_was_read_is_kept_by_bytes_and_reader(place):
    with store.open(place, write=True) as opened:
        opened.save_document("h1", "v1", act())
        opened.save_document("h1", "v1", act())
        assert opened.cached_document("h1", "v2") is None
    with store.open(place) as opened:
        found = opened.cached_document("h1", "v1", "corpus/a.txt")
    assert found is not None
    assert found.path == "corpus/a.txt"
    assert found.effects == act().effects
    assert found.masthead == act().masthead


def test_light_documents_carry_what_states_need(place):
    with store.open(place, write=True) as opened:
        opened.save_documents([("h1", act()), ("h2", act("13/2024/QĐ-UBND"))], "v1")
        found = opened.cached_documents([("a", "h1"), ("b", "h2"), ("c", "h1"), ("d", "h9")], "v1", light=True)
    assert sorted(found) == ["a", "b", "c"]
    light = found["b"]
    assert light.masthead is not None
    assert light.masthead.symbol == "13/2024/QĐ-UBND"
    assert light.effects[0].new_text == "", "that there is a new text"
    assert light.citations == act().citations
    assert light.text == act().text[: act().citations[-1].end], "up to the end of its bases"


def test_files_are_replaced_and_forgotten(place):
    row = store.FileRow("a", "h1", 3, 1_700_000_000_123_456_789, "v1", "ok")
    locked = store.FileRow("a", "h2", 4, 1, "v1", "encrypted", "Tệp có mật khẩu.")
    with store.open(place, write=True) as opened:
        opened.save_file(row)
        opened.save_files([locked, replace(row, path="b")])
        assert {path: r.content_hash for path, r in opened.files().items()} == {"a": "h2", "b": "h1"}
        assert opened.files()["b"].mtime_ns == 1_700_000_000_123_456_789
        opened.forget_files(["a"])
        assert list(opened.files()) == ["b"]


def test_a_finding_keeps_its_history(place):
    with store.open(place, write=True) as opened:
        first = run(1, (finding("f1"), finding("f2")))
        opened.save_run(first, "p1", "2026-11-24T02:01:00", {"corpus/dia-phuong/a.txt": "k"})
        opened.save_run(run(2, (finding("f1"),), (finding("f2"),)), "p2", "2026-11-25T02:01:00")
        opened.save_run(run(3, (finding("f1", "đã sửa"),)), "p3", "2026-11-26T02:01:00")
        found = {item.finding.id: item for item in opened.findings()}
        assert (found["f1"].first_run, found["f1"].last_run, found["f1"].gone_in_run) == (1, 3, None)
        assert (found["f2"].first_run, found["f2"].last_run, found["f2"].gone_in_run) == (1, 1, 2)
        assert [item.places[0].quote for item in opened.standing()] == ["đã sửa"]
        last = opened.last_run()
        assert last is not None
        assert (last.number, last.fingerprint, last.counts["findings"]) == (3, "p3", 1)
        # it comes back
        opened.save_run(run(4, (finding("f2"),), (finding("f1"),)), "p4", "2026-11-27T02:01:00")
        assert {item.finding.id: item.gone_in_run for item in opened.findings()} == {"f1": 4, "f2": None}


def test_a_run_is_written_whole_or_not_at_all(place, monkeypatch):
    with store.open(place, write=True) as opened:
        opened.save_run(run(1, (finding("f1"),)), "p1", "2026-11-24T02:01:00")
        monkeypatch.setattr(store.Store, "append_audit", _fails)
        with pytest.raises(ZeroDivisionError):
            opened.save_run(run(2, (finding("f2"),), (finding("f1"),)), "p2", "2026-11-25T02:01:00")
        assert [item.id for item in opened.standing()] == ["f1"]
        last = opened.last_run()
        assert last is not None
        assert last.number == 1


def _fails(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_a_run_is_never_rewritten_and_needs_identities(place):
    with store.open(place, write=True) as opened:
        opened.save_run(run(1), "p1", "2026-11-24T02:01:00")
        with pytest.raises(store.StoreError, match="Lượt chạy số 1"):
            opened.save_run(run(1), "p1", "2026-11-24T02:01:00")
        with pytest.raises(store.StoreError, match="mã định danh"):
            opened.save_run(run(2, (finding(""),)), "p1", "2026-11-24T02:01:00")


def _hold(place: str, ready: multiprocessing.synchronize.Event) -> None:
    with store.open(place, write=True) as opened:
        opened.save_file(store.FileRow("kept", "h", 1, 1, "v", "ok"))
        with opened.transaction():
            opened.save_file(store.FileRow("lost", "h", 1, 1, "v", "ok"))
            ready.set()
            time.sleep(60)


def test_one_writer_at_a_time_and_a_killed_one_leaves_the_store_whole(place):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    writer = context.Process(target=_hold, args=(str(place), ready))
    writer.start()
    try:
        assert ready.wait(30)
        with pytest.raises(store.StoreBusy, match="một lượt chạy khác"), store.open(place, write=True):
            pass
        with store.open(place) as opened:
            assert list(opened.files()) == ["kept"], "a reader does not wait and sees only what was committed"
    finally:
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
    with store.open(place, write=True, wait=5) as opened:
        assert list(opened.files()) == ["kept"]


def test_a_reader_may_not_write_and_needs_no_database(place):
    with store.open(place) as opened:
        assert opened.files() == {}
        assert opened.last_run() is None
        with pytest.raises(store.StoreError):
            opened.save_file(store.FileRow("a", "h", 1, 1, "v", "ok"))
    assert not place.exists()


def test_decisions_are_kept_and_the_newest_counts(place):
    first = Decision("f1", "dong_y", "xem_xet", None, None, "tư pháp", "2026-11-24T08:00:00")
    second = Decision("f1", "khong_dong_y", None, "đã sửa", None, "tư pháp", "2026-11-25T08:00:00")
    with store.open(place, write=True) as opened:
        opened.save_decision(first)
        opened.save_decision(second)
        assert opened.decisions() == {"f1": second}
        assert list(opened.decision_history("f1")) == [first, second]
        assert [line["action"] for line in opened.audit()] == ["decision", "decision"]


@pytest.mark.parametrize("statement", ["UPDATE audit SET by = 'ai đó'", "DELETE FROM audit"])
def test_the_audit_cannot_be_changed(place, statement):
    with store.open(place, write=True) as opened:
        opened.append_audit("tư pháp", "export", "Mẫu số 01", {"rows": 3})
    engine = sa.create_engine(f"sqlite:///{place}")
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


def test_the_migrations_make_the_tables_of_the_code(place):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with store.open(place, write=True):
        pass
    engine = sa.create_engine(f"sqlite:///{place}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        assert schema.version(connection) == tables.HEAD
    engine.dispose()
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_current_head() == tables.HEAD


def test_a_file_that_is_no_database_is_told(place):
    place.parent.mkdir()
    place.write_text("không phải kho dữ liệu" * 100, encoding="utf-8")
    with pytest.raises(store.StoreError, match="không mở được"), store.open(place, write=True):
        pass


def test_a_thousand_documents_load_fast(place):
    text = "Điều 1. Nội dung của một văn bản mẫu.\n" * 600
    with store.open(place, write=True) as opened:
        opened.save_documents([(f"h{i}", act(text=text)) for i in range(1000)], "v1")
        pairs = [(f"p{i}", f"h{i}") for i in range(1000)]
        started = time.process_time()
        assert len(opened.cached_documents(pairs, "v1", light=True)) == 1000
        light = time.process_time() - started
        assert len(opened.cached_documents(pairs, "v1")) == 1000
    assert light < 1.0


def test_what_is_acknowledged_is_on_the_disk(place):
    """A commit waits for the disk: with less a power cut may take the last decisions out of the log."""
    with store.open(place, write=True) as opened:
        found = opened._connection.exec_driver_sql("PRAGMA synchronous").scalar()
        mode = opened._connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    assert (found, mode) == (2, "wal")


def test_a_store_made_by_a_writer_that_was_killed_at_once_reads_as_empty(place):
    place.parent.mkdir()
    place.touch()
    with store.open(place) as opened:
        assert opened.last_run() is None
    assert place.stat().st_size == 0
    with store.open(place, write=True) as opened:
        opened.save_file(store.FileRow("a", "h", 1, 1, "v", "ok"))


def test_odd_letters_in_the_path_are_letters(tmp_path):
    place = tmp_path / "xã #1?mode=memory %41" / "rasoat.db"
    with store.open(place, write=True) as opened:
        opened.save_file(store.FileRow("a", "h", 1, 1, "v", "ok"))
    with store.open(place) as opened:
        assert list(opened.files()) == ["a"]
    assert place.is_file()


@pytest.mark.parametrize("column", ["record", "detail", "counts"])
def test_a_row_that_cannot_be_decoded_is_damage_and_other_json_is_not(place, column):
    import json

    with store.open(place, write=True) as opened:
        opened.save_run(run(1, (finding("f1"),)), "p1", "2026-11-24T02:01:00")
    table = {"record": "finding", "detail": "audit", "counts": "run"}[column]
    engine = sa.create_engine(f"sqlite:///{place}")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER audit_no_update"))
        connection.execute(sa.text(f"UPDATE {table} SET {column} = '{{'"))
    engine.dispose()
    with pytest.raises(store.StoreDamaged), store.open(place) as opened:
        opened.findings(), opened.audit(), opened.runs()
    with pytest.raises(json.JSONDecodeError), store.open(place):
        json.loads("{")
