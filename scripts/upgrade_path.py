"""Does an office that used an older version keep everything with this one? Done with the versions themselves.

    python scripts/upgrade_path.py [COMMIT…]

For each commit (without any: the last one of each older schema of the store) the old program makes a sample workspace,
reviews it and takes decisions; this program then opens it: everything decided must be there, the log must hold, a run
must go through, a backup must restore. The old programs run from copies with the libraries of this environment.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
DAY = "2026-11-24"
_SCHEMAS = "corpus/store/migrations/versions"


def main(arguments: list[str]) -> int:
    failed = 0
    for commit in arguments or last_of_each_schema():
        with tempfile.TemporaryDirectory(prefix="rasoat-") as folder:
            try:
                print(f"{commit}: {try_out(commit, Path(folder))}")
            except Broken as error:
                failed += 1
                print(f"{commit}: {error}")
    return int(failed > 0)


class Broken(Exception):
    """Something was lost, or a command failed; the message says what."""


def last_of_each_schema() -> list[str]:
    """The commits before those that brought the next schema, oldest first."""
    changes = _git("log", "--reverse", "--diff-filter=A", "--format=%h", "--", f"{_SCHEMAS}/v*.py").split()
    return [_git("rev-parse", "--short", f"{one}^").strip() for one in list(dict.fromkeys(changes))[1:]]


def try_out(commit: str, folder: Path) -> str:
    """Old program, then this one, on one workspace; says what was carried over. Raises `Broken`."""
    old, space = folder / "cu", folder / "xa"
    old.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(old)], input=archive, check=True)
    where = ["--workspace", str(space)]
    run(old, "init", "--samples", *where)
    run(old, "review", *where, "--as-of", DAY)
    ids = findings(space)
    decided = decide(old, space, ids[:5])

    run(ROOT, "review", *where, "--as-of", DAY)
    kept = {json.loads(line)["finding"]: json.loads(line)
            for line in run(ROOT, "decisions", "--json", *where).splitlines()}  # fmt: skip
    for finding, note in decided.items():
        if kept.get(finding, {}).get("note") != note:
            raise Broken(f"decision on {finding} is lost")
    still = len(set(findings(space)) & set(ids))
    run(ROOT, "audit", "verify", *where)
    made = run(ROOT, "backup", *where).strip()
    run(ROOT, "restore", made, "--workspace", str(folder / "moi"))
    run(ROOT, "audit", "verify", "--workspace", str(folder / "moi"))
    return f"{len(decided)} decisions kept; {still} of {len(ids)} findings stand under the identity they had"


def findings(space: Path) -> list[str]:
    """Identities of the findings of the last run."""
    newest = max((space / "outputs").glob("luot-*/findings.jsonl"))
    return [json.loads(line)["id"] for line in newest.read_text("utf-8").splitlines()]


def decide(old: Path, space: Path, ids: list[str]) -> dict[str, str]:
    """Take decisions with the old program; where it had no command for that, through its store."""
    notes = {finding: f"ghi chú {number}" for number, finding in enumerate(ids)}
    if "decide" in run(old, "--help"):
        for finding, note in notes.items():
            how = ["--verdict", "dong_y", "--note", note, "--by", "tư pháp"]
            run(old, "decide", finding, *how, "--workspace", str(space))
        return notes
    code = (
        "import json, sys\nfrom corpus import store\nfrom corpus.model import Decision\n"
        "with store.open(sys.argv[1], write=True) as opened:\n"
        "    for finding, note in json.loads(sys.argv[2]).items():\n"
        "        opened.save_decision(Decision(finding, 'dong_y', None, None, note, 'tư pháp', '2026-11-24T08:00'))\n"
    )
    _python(old, "-c", code, str(space / "outputs" / "rasoat.db"), json.dumps(notes))
    return notes


def run(program: Path, *arguments: str) -> str:
    """What a command of that program prints. Raises `Broken` where it fails."""
    return _python(program, "-m", "flows.cli", *arguments)


def _python(program: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([sys.executable, *arguments], cwd=program, capture_output=True, text=True, check=False,
                          env=environment | {"PYTHONPATH": str(program)})  # fmt: skip
    if done.returncode not in (0, 1) or re.search(r"^Traceback", done.stderr, re.M):
        raise Broken(f"{' '.join(arguments)[:120]}: {done.stderr[-800:]}")
    return done.stdout


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
