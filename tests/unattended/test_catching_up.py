"""What should have run by now: a missed night is caught up once, a run that died is resumed, failures are retried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.unattended.catching_up import due, slots
from flows.unattended.diary import Entry, last_slot

GRACE = timedelta(minutes=30)


def at(text: str) -> datetime:
    """A moment in Vietnamese civil time."""
    return datetime.fromisoformat(f"{text}:00+07:00").astimezone(UTC)


def ran(kind: str, start: str, outcome: str = "xong", ended: str | None = None) -> Entry:
    return Entry(kind, at(start).isoformat(), 1, "", outcome, at(ended or start).isoformat())


def well(day: str) -> list[Entry]:
    return [ran("nightly", f"{day} 02:00"), ran("maintenance", f"{day} 03:30")]


@pytest.mark.parametrize(
    ("now", "slot"),
    [("2026-11-24 02:00", "2026-11-24 02:00"), ("2026-11-24 01:59", "2026-11-23 02:00"),
     ("2026-11-24 23:59", "2026-11-24 02:00"), ("2027-01-01 00:30", "2026-12-31 02:00")],
)  # fmt: skip
def test_the_last_time_a_night_was_due(now: str, slot: str) -> None:
    assert last_slot("02:00", at(now)) == at(slot)


def test_nothing_is_due_after_a_good_night() -> None:
    assert due(well("2026-11-24"), "02:00", at("2026-11-24 09:00"), GRACE) is None


def test_the_schedule_has_its_half_hour() -> None:
    entries = well("2026-11-23")
    assert due(entries, "02:00", at("2026-11-24 02:20"), GRACE) is None
    found = due(entries, "02:00", at("2026-11-24 02:31"), GRACE)
    assert found is not None
    assert (found.kind, found.missed, found.slot) == ("nightly", True, at("2026-11-24 02:00"))


def test_ten_missed_nights_are_one_run() -> None:
    entries = well("2026-11-10")
    found = due(entries, "02:00", at("2026-11-20 08:00"), GRACE)
    assert found is not None
    assert found.kind == "nightly"
    entries.append(ran("nightly", "2026-11-20 08:01"))
    then = due(entries, "02:00", at("2026-11-20 09:00"), GRACE)
    assert then is not None
    assert then.kind == "maintenance"
    entries.append(ran("maintenance", "2026-11-20 09:01"))
    assert due(entries, "02:00", at("2026-11-20 10:00"), GRACE) is None


def test_a_new_workspace_runs_at_once() -> None:
    found = due([], "02:00", at("2026-11-24 09:00"), GRACE)
    assert found is not None
    assert (found.kind, found.missed) == ("nightly", False)


def test_nothing_beside_a_run_that_is_going_on() -> None:
    entries = [*well("2026-11-20"), ran("decree", "2026-11-24 08:59", "dang_chay")]
    assert due(entries, "02:00", at("2026-11-24 09:00"), GRACE) is None


def test_a_run_that_died_is_resumed_at_once_and_not_for_ever() -> None:
    entries = [*well("2026-11-23"), ran("nightly", "2026-11-24 02:00", "dut")]
    for minute in (1, 2, 3):
        found = due(entries, "02:00", at(f"2026-11-24 02:0{minute}"), GRACE)
        assert found is not None
        assert "đứt" in found.reason
        entries.append(ran("nightly", f"2026-11-24 02:0{minute}", "dut"))
    found = due(entries, "02:00", at("2026-11-24 02:10"), GRACE)
    assert found is None or found.kind != "nightly"


def test_a_run_that_failed_is_tried_again_later() -> None:
    entries = [*well("2026-11-23"), ran("nightly", "2026-11-24 02:00", "hong")]
    assert due(entries, "02:00", at("2026-11-24 02:03"), GRACE) is None
    assert due(entries, "02:00", at("2026-11-24 02:06"), GRACE) is not None


def test_a_clock_that_was_set_back_does_not_stop_the_nights() -> None:
    entries = [ran("nightly", "2027-05-01 02:00"), ran("maintenance", "2027-05-01 03:30")]
    found = due(entries, "02:00", at("2026-11-24 09:00"), GRACE)
    assert found is not None
    entries = sorted([*entries, *well("2026-11-24")], key=lambda one: one.started)
    assert due(entries, "02:00", at("2026-11-24 09:00"), GRACE) is None


def test_the_drafts_are_due_between_15_december_and_31_january() -> None:
    kinds = {day: [kind for kind, _ in slots("02:00", at(f"{day} 09:00"))] for day in
             ("2026-12-14", "2026-12-15", "2027-01-31", "2027-02-01")}  # fmt: skip
    assert {day for day, found in kinds.items() if "annual" in found} == {"2026-12-15", "2027-01-31"}
    entries = well("2026-12-20")
    found = due(entries, "02:00", at("2026-12-20 09:00"), GRACE)
    assert found is not None
    assert (found.kind, found.slot) == ("annual", at("2026-12-15 03:00"))
    entries.insert(0, ran("annual", "2026-12-15 03:00"))
    assert due(entries, "02:00", at("2026-12-20 09:00"), GRACE) is None
