"""What should have run by now and did not: a machine that was off at night, a run that died or failed.

Prefect's schedule does the usual; this only looks at the diary. So a night is caught up once, whoever runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.settings import TIME_ZONE
from flows.unattended.diary import Entry, Kind, last_slot

_SKEW = timedelta(minutes=5)
_RETRY_AFTER = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""After the first, second and third attempt of a slot that did not end well; then the next slot is waited for."""
ANNUAL_DAY, ANNUAL_END = (12, 15), (1, 31)
MAINTENANCE_CLOCK, ANNUAL_CLOCK = "03:30", "03:00"


@dataclass(frozen=True, slots=True)
class Due:
    """A run that should be started now. `missed`: nobody tried at the time that it was due."""

    kind: Kind
    reason: str
    slot: datetime
    missed: bool = False


def due(entries: Sequence[Entry], clock: str, moment: datetime, grace: timedelta) -> Due | None:
    """The first run that should start now, None where all is done or something is running.

    `clock`: the night's time as "02:00"; `grace`: how long after that time Prefect's schedule may still do it.
    """
    if any(entry.outcome == "dang_chay" for entry in entries):
        return None
    for kind, slot in slots(clock, moment):
        found = _due(kind, slot, [entry for entry in entries if entry.kind == kind], moment, grace)
        if found is not None:
            return found
    return None


def slots(clock: str, moment: datetime) -> list[tuple[Kind, datetime]]:
    """The last time at which each kind of run was due."""
    found: list[tuple[Kind, datetime]] = [("nightly", last_slot(clock, moment))]
    found.append(("maintenance", last_slot(MAINTENANCE_CLOCK, moment)))
    here = moment.astimezone(TIME_ZONE)
    hour, minute = (int(part) for part in ANNUAL_CLOCK.split(":"))
    for year in (here.year, here.year - 1):
        start = here.replace(
            year=year, month=ANNUAL_DAY[0], day=ANNUAL_DAY[1], hour=hour, minute=minute, second=0, microsecond=0
        )
        end = start.replace(year=year + 1, month=ANNUAL_END[0], day=ANNUAL_END[1], hour=23)
        if start <= here <= end:
            found.append(("annual", start))
    return found


def _due(kind: Kind, slot: datetime, entries: Sequence[Entry], moment: datetime, grace: timedelta) -> Due | None:
    # An entry of the future was written before the clock was set back: it says nothing about this slot.
    tried = [entry for entry in entries if slot <= entry.began <= moment + _SKEW]
    if any(entry.outcome == "xong" for entry in tried):
        return None
    if not tried:
        if moment - slot < grace:
            return None
        first = not entries
        return Due(kind, "lần đầu" if first else f"lượt lúc {slot:%H:%M ngày %d/%m/%Y} chưa chạy", slot, not first)
    if len(tried) > len(_RETRY_AFTER):
        return None
    last = tried[-1]
    ended = datetime.fromisoformat(last.ended) if last.ended else last.began
    if last.outcome == "dut" or moment - ended >= _RETRY_AFTER[len(tried) - 1]:
        return Due(kind, "lượt trước đứt giữa chừng, làm tiếp" if last.outcome == "dut" else "lượt trước hỏng", slot)
    return None
