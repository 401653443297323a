"""Runs the scorers of the labelled data beside the checkout and holds their figures against floors.toml.

`python tests/accuracy/score.py [--shared DIR] [TASK …]`; exit 1 where a figure lies below its floor. The
labelled data is not part of the project; where it is absent there is nothing to run (exit 0, with a line).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
DEFAULT_SHARED = ROOT.parent / "shared"


def floors() -> dict[str, dict[str, float]]:
    """Floors by task and figure; `worst` below a task holds ceilings."""
    with (HERE / "floors.toml").open("rb") as file:
        return tomllib.load(file)


def figures(task: str, shared: Path, jobs: int = 2) -> dict[str, float]:
    """All figures of one scorer. Raises `RuntimeError` where it could not run."""
    command = [sys.executable, str(shared / "eval" / "score.py"), task, "--data", str(shared / "real"),
               "--command", f"{sys.executable} -m flows.cli", "--jobs", str(jobs)]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    line = next((text for text in reversed(done.stdout.splitlines()) if text.startswith(task + " ")), None)
    if done.returncode or line is None:
        raise RuntimeError(f"{task}: the scorer ended with {done.returncode}: {done.stderr[-500:]}")
    return {name: float(value) for name, _, value in (part.partition("=") for part in line.split()[1:]) if value}


def below(task: str, found: dict[str, float], wanted: dict[str, float]) -> list[str]:
    """One line for each figure on the wrong side of its floor or ceiling."""
    worst = wanted.get("worst", {})
    assert isinstance(worst, dict)
    faults = [f"{task} {name} = {found[name]} < {floor}" for name, floor in wanted.items()
              if name != "worst" and found[name] < floor]  # fmt: skip
    return faults + [f"{task} {name} = {found[name]} > {most}" for name, most in worst.items() if found[name] > most]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=DEFAULT_SHARED)
    options.add_argument("tasks", nargs="*")
    chosen = options.parse_args()
    if not (chosen.shared / "eval" / "score.py").is_file():
        print(f"no labelled data at {chosen.shared}: nothing to score")
        return 0
    faults = []
    for task, wanted in floors().items():
        if chosen.tasks and task not in chosen.tasks:
            continue
        found = figures(task, chosen.shared.resolve())
        print(task, " ".join(f"{name}={found[name]:.4f}" for name in wanted if name != "worst"))
        faults += below(task, found, wanted)
    print("\n".join(faults) or "all figures at or above their floors")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
