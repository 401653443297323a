"""The wheel carries the whole program: installed elsewhere it does a day's work. The bill of materials is true."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
STAGES = ("extractors", "corpus", "rules", "outputs", "flows")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what belongs to the program cannot be told")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, str(ROOT / "scripts" / "dist.py"), str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def tracked() -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_has_every_file_of_the_program(built: Path, tracked: set[str]) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == {name for name in tracked if name.startswith(tuple(f"{stage}/" for stage in STAGES))}


def test_the_source_archive_has_the_project(built: Path, tracked: set[str]) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {member.name.partition("/")[2] for member in archive if member.isfile()}
    own = {name for name in names if not name.startswith("rasoat.egg-info/")} - {"PKG-INFO", "setup.cfg", "MANIFEST.in"}
    assert own == {name for name in tracked if not name.startswith(".") and name != "MANIFEST.in"}


def test_the_same_files_give_the_same_wheel(built: Path, tmp_path: Path) -> None:
    script("dist").build(tmp_path / "dist")
    for path in built.glob("*.whl"):
        assert (tmp_path / "dist" / path.name).read_bytes() == path.read_bytes()


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`rasoat` of the wheel in an environment of its own; the libraries are those of this one, the project is not."""
    place = tmp_path_factory.mktemp("env")
    venv.create(place, with_pip=False, symlinks=True)
    libraries = next((place / "lib").glob("python3.*")) / "site-packages"
    libraries.joinpath("libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "install"]
    wheel = str(next(built.glob("*.whl")))
    subprocess.run([*pip, "--no-deps", "--ignore-installed", "--no-index", wheel], check=True, capture_output=True)
    return place / "bin" / "rasoat"


def call(program: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PREFECT_"))}
    clean["HOME"] = str(cwd)
    return subprocess.run([program, *arguments], cwd=cwd, env=clean, capture_output=True, text=True, check=False)


def test_installed_elsewhere_it_does_a_days_work(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed.parent / "python", "-c", "import flows; print(flows.__file__)"], cwd=tmp_path, check=True,
        capture_output=True, text=True, env={"HOME": str(tmp_path), "PATH": os.environ["PATH"]},
    ).stdout  # fmt: skip
    assert str(ROOT) not in where, "the checkout is not what runs here"
    assert call(installed, "init", "--samples", "--workspace", "xa", cwd=tmp_path).returncode == 0
    for arguments in (
        ["review", "--as-of", "2026-11-24"], ["decide", "--rule", "VD01", "--verdict", "dong_y"],
        ["forms", "bo-31-01", "--year", "2026", "--as-of", "2026-11-24", "--undecided"], ["audit", "verify"],
        ["backup"],
    ):  # fmt: skip
        done = call(installed, *arguments, "--workspace", "xa", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert next((tmp_path / "xa" / "outputs").glob("luot-*/report.html")).stat().st_size > 10_000
    assert list((tmp_path / "xa" / "outputs" / "giay-to").rglob("*.docx"))
    status = json.loads(call(installed, "status", "45/2013/QH13", "--as-of", "2026-11-24", cwd=tmp_path).stdout)
    assert status["state"] == "het_hieu_luc_toan_bo", "the register came along"
    rules = call(installed, "explain", "VD01", cwd=tmp_path)
    assert rules.returncode == 0
    assert "Ví dụ" in rules.stdout or "ví dụ" in rules.stdout


# --- bill of materials ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bill() -> dict[str, list[dict[str, object]]]:
    return json.loads(json.dumps(script("sbom").bill()))  # type: ignore[no-any-return]


def test_the_bill_names_what_the_lock_installs(bill: dict[str, list[dict[str, object]]]) -> None:
    pins = set(re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8")))
    assert {str(one["name"]).replace("_", "-").lower() for one in bill["components"]} == {
        pin.replace("_", "-").replace(".", "-").lower() for pin in pins
    }
    assert all(one["hashes"] for one in bill["components"])
    refs = {str(one["bom-ref"]) for one in bill["components"]}
    assert all(set(one["dependsOn"]) <= refs for one in bill["dependencies"])  # type: ignore[call-overload]


def test_nothing_that_runs_in_the_program_is_under_the_gpl(bill: dict[str, list[dict[str, object]]]) -> None:
    """Apache-2.0 for us: LGPL libraries stay libraries of their own, GPL and AGPL would reach the whole program.

    A package under several licences at choice counts by the freest ("MIT OR GPL").
    """
    for one in bill["components"]:
        if one["scope"] == "excluded":
            continue
        stated = str(one["licenses"][0]["license"]["name"])  # type: ignore[index]
        choices = re.split(r"\bOR\b", stated)
        assert any(not re.search(r"(?<!L)\bA?GPL|(?<!Lesser )General Public|Affero", choice) for choice in choices), one


def test_every_part_states_a_licence(bill: dict[str, list[dict[str, object]]]) -> None:
    missing = [one["name"] for one in bill["components"] if "licenses" not in one]
    assert missing == [], "look by hand, then name it in NOTICE"
