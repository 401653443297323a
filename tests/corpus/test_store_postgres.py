"""The store on PostgreSQL: the same promises as on SQLite, on a temporary cluster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from test_store import (  # noqa: F401 (the same tests, with the `place` of this file)
    act,
    finding,
    run,
    test_a_finding_keeps_its_history,
    test_a_run_is_never_rewritten_and_needs_identities,
    test_a_run_is_written_whole_or_not_at_all,
    test_a_thousand_documents_load_fast,
    test_decisions_are_kept_and_the_newest_counts,
    test_files_are_replaced_and_forgotten,
    test_light_documents_carry_what_states_need,
    test_one_writer_at_a_time_and_a_killed_one_leaves_the_store_whole,
    test_what_was_read_is_kept_by_bytes_and_reader,
)

from bench import postgres
from corpus import store
from corpus.model import Decision, Record
from corpus.store import backup as copies
from corpus.store import schema, tables
from flows import cli

_NUMBER = iter(range(1000))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if lacking := postgres.missing():
        pytest.skip(lacking)
    with postgres.cluster() as url:
        yield url


@pytest.fixture
def place(server: str) -> str:
    """Address of a fresh database."""
    name = f"kho_{next(_NUMBER)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?").replace("postgresql+psycopg://", "postgresql://")


def test_a_reader_makes_no_tables(place):
    with store.open(place) as opened:
        assert opened.files() == {}
        with pytest.raises(store.StoreError):
            opened.save_file(store.FileRow("a", "h", 1, 1, "v", "ok"))
    engine = sa.create_engine(place.replace("postgresql://", "postgresql+psycopg://"))
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


def test_the_migrations_make_the_tables_of_the_code(place):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.open(place, write=True):
        pass
    engine = sa.create_engine(place.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        assert schema.version(connection) == tables.HEAD
    engine.dispose()


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'khác'", "DELETE FROM audit"])
def test_the_audit_cannot_be_changed(place, statement):
    with store.open(place, write=True) as opened:
        opened.append_audit("tư pháp", "export", "Mẫu số 01", {"rows": 3})
    engine = sa.create_engine(place.replace("postgresql://", "postgresql+psycopg://"))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


@pytest.mark.parametrize("table", ["decision", "office"])
def test_what_the_office_keeps_cannot_be_changed(place, table):
    with store.open(place, write=True) as opened:
        opened.save_decision(Decision("f1", "dong_y", None, None, None, "tư pháp", "2026-11-24T08:00:00"))
        opened.keep([Record("y_kien", "khoa", {"unit": "Phòng Kinh tế"}, "tư pháp", "2026-11-24T08:00:00")])
        assert opened.audit_fault() is None
    engine = sa.create_engine(place.replace("postgresql://", "postgresql+psycopg://"))
    for statement in (f"UPDATE {table} SET \"by\" = 'ai'", f"DELETE FROM {table}"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(sa.text(statement))
    engine.dispose()


def test_a_writer_that_waits_too_long_is_told_who_is_in_the_way(place):
    with (
        store.open(place, write=True), pytest.raises(store.StoreBusy, match="một lượt chạy khác"),
        store.open(place, write=True, wait=0.2),
    ):  # fmt: skip
        pass


def test_a_review_with_a_server_in_the_settings(place, tmp_path: Path, capsys):
    assert cli.main(["init", "--samples", "--workspace", str(tmp_path)]) == 0
    (tmp_path / "rasoat.toml").write_text(f'kho = "{place}"\n', "utf-8")
    call = ["review", "--workspace", str(tmp_path), "--as-of", "2026-11-24"]
    assert cli.main(call) in (0, 1)
    assert cli.main(call) in (0, 1), "nothing has changed"
    assert len(list((tmp_path / "outputs").glob("luot-*"))) == 1
    assert not (tmp_path / "outputs" / "rasoat.db").exists()
    with store.open(place) as opened:
        assert len(opened.standing()) > 10
        last = opened.last_run()
        assert last is not None
        assert last.number == 1


def test_a_server_is_backed_up_into_a_file_and_restored_into_a_server_or_a_file(place, server, tmp_path: Path):
    """The copy is one state while a writer goes on; restored, the numbers go on where they were."""
    with store.open(place, write=True) as opened:
        opened.save_run(run(1, (finding("f1"),)), "p1", "2026-11-24T02:01:00")
        opened.save_decision(Decision("f1", "dong_y", None, None, None, "tư pháp", "2026-11-24T08:00:00"))
        opened.keep([Record("y_kien", "khoa", {"unit": "Phòng Kinh tế"}, "tư pháp", "2026-11-24T08:00:00")])
        opened.save_document("h1", "v1", act())
        state = copies.copy_of(place, tmp_path / "kho.db")
        audit = opened.audit()
    assert (state.runs, state.decisions, state.records, state.audit_lines) == (1, 1, 1, len(audit))
    with store.open(tmp_path / "kho.db", write=True) as opened:
        assert opened.audit() == audit
        assert opened.audit_fault() is None
        assert opened.cached_document("h1", "v1", "a") is not None
    with pytest.raises(store.StoreError, match="đã có dữ liệu"):
        copies.fill(place, tmp_path / "kho.db")
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE kho_moi"))
    engine.dispose()
    moved = server.replace("/postgres?", "/kho_moi?")
    copies.fill(moved, tmp_path / "kho.db")
    with store.open(moved, write=True) as opened:
        assert opened.audit() == audit
        opened.save_decision(Decision("f1", "hoan", None, None, None, "tư pháp", "2026-11-25T08:00:00"))
        assert opened.audit_fault() is None
        assert opened.audit_head() == len(audit) + 1
