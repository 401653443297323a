"""The house itself: names, documentation of commands and rules, what the project's files may say."""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

from flows.cli import parser
from rules import catalogue

ROOT = Path(__file__).parent.parent
STAGES = ("extractors", "corpus", "rules", "outputs", "flows")


def commands() -> dict[str, argparse.ArgumentParser]:
    groups = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(groups[0].choices)


def test_no_dependency_brings_a_module_of_our_names() -> None:
    owners = packages_distributions()
    for stage in STAGES:
        assert set(owners.get(stage, [])) <= {"rasoat"}, stage
    assert any(d.metadata["Name"] == "rasoat" for d in distributions())


@pytest.mark.parametrize("command", sorted(commands()))
def test_each_command_is_documented_and_helps(command: str) -> None:
    one = commands()[command]
    assert one.description
    assert all(action.help for action in one._actions)
    documented = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs" / "huong-dan.md").read_text("utf-8")
    assert f"rasoat {command}" in documented


def test_each_rule_is_documented() -> None:
    guide = (ROOT / "docs" / "quy-tac.md").read_text("utf-8")
    for rule in catalogue.RULES:
        assert f"| {rule.code} |" in guide, rule.code


def test_files_speak_of_the_project_alone() -> None:
    """No machine path and no registry host in anything that git tracks."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    forbidden = ("/wo" + "rk/", "/ro" + "ot/", "files.pytho" + "nhosted", "pypi" + ".org", "/tm" + "p/")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in (".docx", ".pdf", ".png", ".xlsx", ".doc") or not path.is_file():
            continue
        text = path.read_text("utf-8", "replace")
        for word in forbidden:
            assert word not in text, f"{name}: {word}"


def test_pages_of_the_rules_are_those_of_the_code() -> None:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    build_docs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build_docs)
    for path, text in build_docs.pages().items():
        assert path.read_text("utf-8") == text, f"{path.name}: run python scripts/build_docs.py"


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
