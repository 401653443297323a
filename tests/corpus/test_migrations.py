"""A store of every version that was ever used comes up to this one with nothing lost, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bench import postgres
from corpus import store
from corpus.model import Decision, Record
from corpus.records import finding_record
from corpus.store import schema, tables
from corpus.store.chaining import GENESIS, chained

VERSIONS = sorted(one.revision for one in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions())
KEPT = ("run", "finding", "decision", "office", "audit")
"""What an upgrade may not lose. `file` keeps its rows; what was read (document, link, event, …) is a cache."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if lacking := postgres.missing():
        pytest.skip(lacking)
    with postgres.cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database, as SQLAlchemy has it."""
    if request.param == "sqlite":
        return f"sqlite+pysqlite:///{tmp_path / 'rasoat.db'}"
    url: str = request.getfixturevalue("server")
    name = f"cu_{tmp_path.name.replace('-', '_').lower()[-40:]}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return url.replace("/postgres?", f"/{name}?")


def place(address: str) -> str:
    """The same as the program is told it."""
    return address.removeprefix("sqlite+pysqlite:///")


def build(address: str, version: str) -> dict[str, list[dict[str, Any]]]:
    """A store as that version left it after a year of work; gives the rows that must be there afterwards."""
    from test_store import finding

    engine = sa.create_engine(address)
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(schema.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        there = sa.MetaData()
        there.reflect(connection)
        rows = _rows(version, finding("f1"), finding("f2"))
        for name, values in rows.items():
            if name in there.tables:
                connection.execute(there.tables[name].insert(), values)
        if connection.dialect.name == "postgresql":
            for name in ("decision", "audit", *(("office",) if "office" in there.tables else ())):
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'number'), (SELECT max(number) FROM {name}))"
                )
        connection.commit()
    engine.dispose()
    return {name: values for name, values in rows.items() if name in there.tables and name in KEPT}


def _rows(version: str, *findings: Any) -> dict[str, list[dict[str, Any]]]:
    at = "2025-12-31T08:00:00+00:00"
    made: dict[str, list[dict[str, Any]]] = {
        "file": [{"path": f"corpus/dia-phuong/{n}.txt", "content_hash": f"h{n}", "size": 3, "reader_version": "v",
                  "mtime_ns": "1700000000123456789", "outcome": "ok", "document_key": f"k{n}", "seen_in_run": 2}
                 for n in range(3)],
        "run": [{"number": n, "as_of": date(2025, 12, n), "started": at, "finished": at, "fingerprint": f"p{n}",
                 "counts": '{"findings": 2}'} for n in (1, 2)],
        "finding": [{"id": one.id, "rule": one.rule, "path": one.path, "document_key": "k0", "state": "new",
                     "target_symbol": one.target_symbol, "target_provision": None, "first_run": 1, "last_run": 2,
                     "gone_in_run": None, "record": json.dumps(finding_record(one, {}), ensure_ascii=False)}
                    for one in findings],
        "decision": [{"number": n, "finding": f"f{n}", "verdict": "dong_y", "proposal": "xem_xet", "reason": None,
                      "note": "Đã đối chiếu", "by": "tư pháp", "at": at, "evidence_hash": "e" * 64} for n in (1, 2)],
        "audit": [{"number": 1, "at": at, "by": "rasoat", "action": "run", "subject": "1", "detail": "{}"},
                  {"number": 2, "at": at, "by": "rasoat", "action": "run", "subject": "2", "detail": "{}"}],
    }  # fmt: skip
    for row in made["decision"]:
        told = {name: value for name, value in row.items() if value is not None and name != "number"}
        made["audit"].append({"number": len(made["audit"]) + 1, "at": at, "by": row["by"], "action": "decision",
                              "subject": row["finding"], "detail": json.dumps(told, ensure_ascii=False)})  # fmt: skip
    if version >= "0002":
        value = {"document": "k0", "field": "Đất đai", "unit": "Phòng Kinh tế"}
        made["office"] = [{"number": 1, "kind": "phan_cong", "subject": "k0", "by": "tư pháp", "at": at,
                           "value": json.dumps(value, ensure_ascii=False, sort_keys=True)}]  # fmt: skip
        made["audit"].append({"number": len(made["audit"]) + 1, "at": at, "by": "tư pháp", "action": "phan_cong",
                              "subject": "k0", "detail": json.dumps(value, ensure_ascii=False)})  # fmt: skip
        before = GENESIS
        for row in made["audit"]:
            before = chained(before, row["at"], row["by"], row["action"], row["subject"], json.loads(row["detail"]))
            row["hash"] = before
    return made


def test_the_versions_are_a_line_without_gaps() -> None:
    assert [f"{number:04d}" for number in range(1, len(VERSIONS) + 1)] == VERSIONS
    assert VERSIONS[-1] == tables.HEAD


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_is_lost_on_the_way_up(address: str, version: str) -> None:
    before = build(address, version)
    if version != tables.HEAD:
        with pytest.raises(store.StoreError, match="rasoat review"), store.open(place(address)):
            pass
    with store.open(place(address), write=True) as opened:
        assert opened.audit_fault() is None
        assert [one.number for one in opened.runs()] == [1, 2]
        assert [one.id for one in opened.standing()] == ["f1", "f2"]
        assert {one.verdict for one in opened.decisions().values()} == {"dong_y"}
        assert set(opened.files()) == {f"corpus/dia-phuong/{n}.txt" for n in range(3)}
        assert len(opened.kept("phan_cong")) == len(before.get("office", ()))
        opened.save_decision(Decision("f1", "hoan", None, None, None, "tư pháp", "2026-01-05T08:00:00"))
        opened.keep([Record("phan_cong", "k1", {"document": "k1"}, "tư pháp", "2026-01-05T08:00:00")])
        assert opened.audit_fault() is None
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        for name, rows in before.items():
            table = tables.metadata.tables[name]
            now = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for row in rows:
                assert any(row.items() <= one.items() for one in now), f"{name}: {row}"
        for name in ("audit", "decision", "office"):
            with pytest.raises(sa.exc.DBAPIError, match="append-only"), connection.begin_nested():
                connection.execute(sa.text(f'DELETE FROM "{name}"'))
    engine.dispose()


def test_a_store_of_a_later_version_is_left_alone(address: str) -> None:
    build(address, tables.HEAD)
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    for write in (False, True):
        with pytest.raises(store.StoreError, match="phiên bản mới hơn"), store.open(place(address), write=write):
            pass
