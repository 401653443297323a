"""Decisions, records of the office and the chained audit: rows are only added, the newest counts, a change is seen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import store
from corpus.model import Decision, Record
from corpus.store.chaining import GENESIS, first_break
from tests.old_stores import first_schema


def _decision(finding: str, verdict: str, batch: str | None = None, at: str = "2026-11-24T08:00:00") -> Decision:
    return Decision(finding, verdict, None, None, None, "tư pháp", at, batch=batch)  # type: ignore[arg-type]


def test_a_decision_taken_back_leaves_the_one_before(tmp_path: Path) -> None:
    with store.open(tmp_path / "rasoat.db", write=True) as opened:
        for verdict in ("hoan", "dong_y", "rut_lai"):
            opened.save_decision(_decision("f1", verdict))
        assert opened.decisions()["f1"].verdict == "hoan"
        assert [one.verdict for one in opened.decision_history("f1")] == ["hoan", "dong_y", "rut_lai"]
        opened.save_decision(_decision("f1", "rut_lai"))
        assert "f1" not in opened.decisions()
        assert opened.decision_of("f1") is None


def test_what_was_decided_in_one_go_is_taken_back_in_one_go(tmp_path: Path) -> None:
    with store.open(tmp_path / "rasoat.db", write=True) as opened:
        opened.save_decision(_decision("f0", "dong_y"))
        opened.save_decisions([_decision(f"f{i}", "hoan", batch="b1") for i in (1, 2, 3)])
        assert [one.finding for one in opened.last_batch("tư pháp")] == ["f3", "f2", "f1"]
        opened.save_decisions([_decision(f"f{i}", "rut_lai", batch="b2") for i in (3, 2, 1)])
        assert set(opened.decisions()) == {"f0"}
        assert [one.finding for one in opened.last_batch("tư pháp")] == ["f0"]


def test_records_of_the_office_are_kept_with_their_history(tmp_path: Path) -> None:
    with store.open(tmp_path / "rasoat.db", write=True) as opened:
        for title in ("Về việc A", "Về việc B"):
            opened.keep([Record("dinh_chinh", "khoa", {"title": title}, "tư pháp", "2026-11-24T08:00:00")])
        assert opened.kept("dinh_chinh")["khoa"].value == {"title": "Về việc B"}
        assert [one.value["title"] for one in opened.kept_history("dinh_chinh", "khoa")] == ["Về việc A", "Về việc B"]
        assert opened.kept("y_kien") == {}


@pytest.mark.parametrize("table", ["audit", "decision", "office"])
def test_the_database_refuses_to_change_what_was_kept(tmp_path: Path, table: str) -> None:
    place = tmp_path / "rasoat.db"
    with store.open(place, write=True) as opened:
        opened.save_decision(_decision("f1", "dong_y"))
        opened.keep([Record("y_kien", "khoa", {}, "tư pháp", "2026-11-24T08:00:00")])
    raw = sqlite3.connect(place)
    for statement in (f'UPDATE {table} SET "by" = \'ai đó\'', f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.close()


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_change_of_the_audit_breaks_its_chain(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    place = tmp_path_factory.mktemp("so") / "rasoat.db"
    count = data.draw(st.integers(1, 6))
    with store.open(place, write=True) as opened:
        for i in range(count):
            opened.append_audit("tư pháp", "viec", str(i), {"số": i}, "2026-11-24T08:00:00")
        rows = [dict(row) for row in opened.audit()]
    assert first_break(rows) is None
    at = data.draw(st.integers(0, count - 1))
    broken = [dict(row) for row in rows]
    match data.draw(st.sampled_from(["change", "drop", "swap"])):
        case "change":
            broken[at]["detail"] = {"số": -1}
        case "drop" if at < count - 1:
            del broken[at]
        case "swap" if at < count - 1:
            broken[at], broken[at + 1] = broken[at + 1], broken[at]
        case _:
            broken[at]["hash"] = GENESIS
    assert first_break(broken) is not None


def test_a_store_of_the_first_schema_is_brought_up_with_its_audit(tmp_path: Path) -> None:
    """Rows that an older version wrote get their place in the chain; nothing is lost."""
    place = tmp_path / "rasoat.db"
    first_schema(place)
    with sqlite3.connect(place) as old:
        old.execute(
            "INSERT INTO audit (at, by, action, subject, detail) VALUES ('2026-02-01', 'rasoat', 'run', '2', '{}')"
        )
    old.close()
    with store.open(place, write=True) as opened:
        assert [row["subject"] for row in opened.audit()] == ["f1", "2"]
        assert first_break(opened.audit()) is None
        assert opened.decisions()["f1"].verdict == "dong_y"
        assert opened.audit_fault() is None
        opened.append_audit("tư pháp", "viec", "x", {})
        assert first_break(opened.audit()) is None
