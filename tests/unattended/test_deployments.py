"""The four deployments: what `rasoat serve` offers and what `prefect.yaml` says are the same."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest

from flows.settings import Workspace
from flows.unattended.offering import DESCRIPTIONS, cron, deployments

ROOT = Path(__file__).parent.parent.parent


def told() -> dict[str, dict[str, object]]:
    from ruamel.yaml import YAML

    with (ROOT / "prefect.yaml").open(encoding="utf-8") as file:
        rows = YAML(typ="safe").load(file)["deployments"]
    return {row["name"]: row for row in rows}


def test_prefect_yaml_names_the_same_as_serve_offers(space: Workspace) -> None:
    offered = {one.name: one for one in deployments(str(space.corpus), str(space.outputs))}
    assert set(offered) == set(told()) == set(DESCRIPTIONS) == {"nightly", "decree", "annual", "maintenance"}
    for name, row in told().items():
        mine = offered[name]
        assert row["description"] == mine.description
        assert {*row["parameters"]} == {*mine.parameters}  # type: ignore[misc]
        crons = [(str(one["cron"]), one["timezone"]) for one in row.get("schedules", [])]  # type: ignore[attr-defined]
        assert crons == [(one.schedule.cron, one.schedule.timezone) for one in mine.schedules or []]


@pytest.mark.parametrize("name", ["nightly", "decree", "annual", "maintenance"])
def test_entry_points_are_there_and_take_the_parameters(name: str) -> None:
    row = told()[name]
    place, _, function = str(row["entrypoint"]).partition(":")
    flow = getattr(import_module(place.removesuffix(".py").replace("/", ".")), function)
    assert flow.name == name
    assert {*row["parameters"]} <= {*inspect.signature(flow.fn).parameters}  # type: ignore[misc]


def test_the_night_is_at_the_hour_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "rasoat.toml").write_text('[chay_dem]\ngio = "1:45"\n', "utf-8")
    made = {one.name: one for one in deployments(str(tmp_path / "corpus"), str(tmp_path / "outputs"))}
    assert (made["nightly"].schedules or [])[0].schedule.cron == "45 1 * * *"  # type: ignore[union-attr]


def test_times_as_cron() -> None:
    assert cron("02:00") == "0 2 * * *"
    assert cron("03:05", (12, 15)) == "5 3 15 12 *"
