"""Wheel, source archive and bill of materials into `dist/`, made from the files that git tracks and nothing else.

    python scripts/dist.py [FOLDER]

Built in a copy: what lies about in the checkout (an old `build/`, a workspace) does not get in. The archives are the
same bytes for the same commit.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
_EPOCH = "315532800"  # the first moment that a ZIP entry can have, where git has no date


def main(arguments: list[str]) -> int:
    target = Path(arguments[0] if arguments else ROOT / "dist").resolve()
    for path in build(target):
        print(path)
    return 0


def build(target: Path) -> list[Path]:
    """Build into a folder, which is made empty first; gives the files."""
    from setuptools import build_meta

    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    os.environ.setdefault("SOURCE_DATE_EPOCH", _git("log", "-1", "--format=%ct").strip() or _EPOCH)
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="rasoat-") as folder:
        for name in filter(None, _git("ls-files", "-z").split("\0")):
            if (ROOT / name).is_file():
                (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, Path(folder) / name)
        os.chdir(folder)
        try:
            names = [build_meta.build_wheel(str(target)), build_meta.build_sdist(str(target))]
        finally:
            os.chdir(here)
    bill = target / "sbom.cdx.json"
    subprocess.run([sys.executable, str(ROOT / "scripts" / "sbom.py"), str(bill)], check=True)
    return [*(target / name for name in names), bill]


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
