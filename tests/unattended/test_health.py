"""What `rasoat health` says of a running `serve` whose settings are no longer those of the file."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.settings import Workspace
from flows.unattended import health, serving
from flows.unattended.diary import Diary


@pytest.mark.parametrize(("minutes", "told"), [(-5, False), (5, True)])
def test_settings_that_changed_after_serve_began_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minutes: int, told: bool
) -> None:
    space = Workspace(tmp_path / "corpus", tmp_path / "outputs")
    began = datetime(2026, 11, 24, 2, tzinfo=UTC)
    monkeypatch.setattr(
        serving, "running", lambda diary: {"since": began.isoformat(timespec="seconds"), "page": "http://x/"}
    )
    assert space.outputs is not None
    diary = Diary(space.outputs)
    assert list(health._settings(space, diary)) == []
    place = tmp_path / "rasoat.toml"
    place.write_text("")
    os.utime(place, ((began + timedelta(minutes=minutes)).timestamp(),) * 2)
    assert [check.code for check in health._settings(space, diary)] == (["thiet_lap"] if told else [])
