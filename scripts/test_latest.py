"""Do the newest libraries still carry the program? Two environments of their own, the same smoke tests in each.

    python scripts/test_latest.py [allowed] [free] [--full]

`allowed`: the newest versions within the bounds of `pyproject.toml`: what the next lock would hold; a failure here is
ours to mend before `make lock`. `free`: the newest versions without any bound; a failure here says which bound is still
needed, a success that it may be lifted, and neither fails the command. `--full`: all tests, not the smoke tests alone.
The bounds and what broke without them stand in docs/decisions/0016.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
SMOKE = (
    "tests/packaging/test_traps.py", "tests/corpus/test_store.py", "tests/extractors/readers", "tests/rules",
    "tests/outputs/forms", "tests/outputs/workbench", "tests/e2e/test_samples.py", "tests/flows/test_prefect.py",
)  # fmt: skip
_BOUNDS = re.compile(r"[\s\[<>=!~;].*")


def main(arguments: list[str]) -> int:
    modes = [one for one in ("allowed", "free") if one in arguments] or ["allowed", "free"]
    tests = ["tests"] if "--full" in arguments else list(SMOKE)
    failed = False
    for mode in modes:
        code = 1
        try:
            code = try_out(mode, tests)
        except subprocess.CalledProcessError as error:
            print(f"{mode}: {' '.join(map(str, error.cmd))[:200]} ended with {error.returncode}", file=sys.stderr)
        print(f"{mode}: {'passed' if code == 0 else 'failed'}", file=sys.stderr)
        failed |= mode == "allowed" and code != 0
    return int(failed)


def try_out(mode: str, tests: list[str]) -> int:
    """Make the environment of a mode, say what is newer there than in the lock, run the tests: their exit code."""
    place = ROOT / f".venv-{mode}"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--upgrade"]
    subprocess.run([*pip, "pip", "setuptools", *wanted(mode)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    for line in newer(python):
        print(f"{mode}: {line}", file=sys.stderr)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["TRAPS"] = "1"
    return subprocess.run(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests], cwd=ROOT, env=environment, check=False
    ).returncode


def wanted(mode: str) -> list[str]:
    """Requirements of the project and its tests, `free` ones without bounds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return lines if mode == "allowed" else [_BOUNDS.sub("", line) for line in lines]


def newer(python: Path) -> list[str]:
    """Packages of an environment that are not of the lock's version."""
    pins = dict(re.findall(r"(?m)^([\w.-]+)==([\w.+!-]+)", (ROOT / "requirements.lock").read_text("utf-8")))
    pins = {_folded(name): version for name, version in pins.items()}
    done = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True)
    there = dict(re.findall(r"(?m)^([\w.-]+)==([\w.+!-]+)", done.stdout))
    return [f"{name} {pins[_folded(name)]} → {version}" for name, version in there.items()
            if pins.get(_folded(name), version) != version]  # fmt: skip


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
