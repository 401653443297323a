"""`python -m bench.twins --shared DIR [--strength NAME] [--case NAME…]`: does a scan have its clean twin's findings?

The local documents of the planted cases (not part of the project) are drawn as paper and spoiled (`bench.paper`), the
whole case is reviewed twice, with the documents as they are and with the scans in their place, and the findings are
matched one to one. A finding whose certainty fell because words were read badly (`rules.doubts`) is the same finding
and counted apart. Documents that are scans already have no clean twin and are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.measure import RASOAT
from bench.paper import STRENGTHS, scan
from bench.scans import SHARED
from corpus.register import NothingKnown
from corpus.text import fold
from extractors import extract

Finding = dict[str, Any]
_ALIKE = 80.0  # per cent of the letters of a quotation


@dataclass
class Compared:
    """Pairs of the same finding (clean, scan), and the findings that only one of the two has."""

    same: list[tuple[Finding, Finding]] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)
    gained: list[Finding] = field(default_factory=list)

    def add(self, other: Compared) -> None:
        self.same += other.same
        self.lost += other.lost
        self.gained += other.gained

    def told(self) -> str:
        """One line of figures."""
        lower = sum(clean["certainty"] != scanned["certainty"] for clean, scanned in self.same)
        return (
            f"{len(self.same)} of {len(self.same) + len(self.lost)} findings of the clean twins, {lower} of them less "
            f"certain; {len(self.gained)} that only the scans have"
        )


def matched(clean: Iterable[Finding], scanned: Iterable[Finding]) -> Compared:
    """Findings of the same rule on the same document matched one to one, the nearest first.

    Nearest: same provision and target; then one of the two and the quotation; then the quotation alone; then the
    same provision or the same target.
    """
    out = Compared(lost=list(clean), gained=list(scanned))
    for closeness in (4, 3, 2, 1):
        for one in list(out.lost):
            found = next((other for other in out.gained if _closeness(one, other) >= closeness), None)
            if found is not None:
                out.same.append((one, found))
                out.lost.remove(one)
                out.gained.remove(found)
    return out


def _closeness(one: Finding, other: Finding) -> int:
    if one["rule"] != other["rule"] or _stem(one) != _stem(other):
        return 0
    place = one["provision"] == other["provision"]
    target = one["target"] == other["target"]
    alike = _alike(one["quote"] or "", other["quote"] or "")
    if place and target:
        return 4 if alike else 3
    if (place or target) and alike:
        return 3
    if alike:
        return 2
    return 1 if (place and one["provision"]) or (target and one["target"]) else 0


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(fold(one), fold(other)) >= _ALIKE


def _stem(finding: Finding) -> str:
    return Path(finding["document"]["path"]).stem


def reviewed(corpus: Path, outputs: Path, as_of: str) -> list[Finding]:
    """Findings of a review of a corpus. Raises `RuntimeError` where it fails."""
    command = [*RASOAT, "review", "--corpus", str(corpus), "--outputs", str(outputs), "--as-of", as_of]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-2000:]}")
    lines = (Path(done.stdout.strip().splitlines()[-1]) / "findings.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def compared(case: Path, folder: Path, drawn: Path, strength: str, seed: int) -> tuple[Compared, int]:
    """A case reviewed with its documents as they are and as scans; how many documents were drawn."""
    as_of = json.loads((case / "case.json").read_text("utf-8"))["as_of"]
    twin = folder / "corpus"
    for part in ("dia-phuong", "trung-uong"):
        (twin / part).mkdir(parents=True)
    for path in (case / "corpus" / "trung-uong").iterdir():
        (twin / "trung-uong" / path.name).symlink_to(path.resolve())  # links to folders are not followed
    both: set[str] = set()
    for at, path in enumerate(sorted((case / "corpus" / "dia-phuong").iterdir())):
        document = extract(path, NothingKnown())
        if document.outcome != "ok" or document.unsure:
            (twin / "dia-phuong" / path.name).symlink_to(path.resolve())
            continue
        both.add(path.stem)
        name = hashlib.sha256(f"{document.text} {STRENGTHS[strength]} {seed}".encode()).hexdigest()[:20]
        if not (kept := drawn / f"{name}.pdf").exists():
            scan(document, kept, STRENGTHS[strength], seed + at)
        (twin / "dia-phuong" / f"{path.stem}.pdf").symlink_to(kept.resolve())
    clean = reviewed(case / "corpus", folder / "clean", as_of)
    scanned = reviewed(twin, folder / "scanned", as_of)
    return matched(*([one for one in findings if _stem(one) in both] for findings in (clean, scanned))), len(both)


def _line(sign: str, finding: Finding) -> str:
    place = f"{finding['rule']} {_stem(finding)} {finding['provision']} {json.dumps(finding['target'])}"
    return f"{sign} {place} [{finding['certainty']}] {(finding['quote'] or '')[:150]!r}\n    {finding['message'][:230]}"


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=SHARED, help="folder with the planted cases")
    options.add_argument("--strength", default="middle", choices=sorted(STRENGTHS))
    options.add_argument("--case", nargs="*", default=[], help="beginnings of names of cases")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--errors", action="store_true", help="print every finding lost or gained")
    options.add_argument("--keep", type=Path, help="folder for what was drawn, used again")
    chosen = options.parse_args(arguments)
    planted = chosen.shared / "eval" / "planted"
    if not planted.is_dir():
        print(f"no planted cases at {chosen.shared}: nothing to compare")
        return 0
    cases = [
        case for case in sorted(planted.iterdir())
        if (case / "case.json").is_file() and (not chosen.case or case.name.startswith(tuple(chosen.case)))
    ]  # fmt: skip
    whole, documents = Compared(), 0
    with tempfile.TemporaryDirectory() as name:
        drawn = chosen.keep or Path(name) / "drawn"
        drawn.mkdir(parents=True, exist_ok=True)

        def one(case: Path) -> tuple[Compared, int]:
            return compared(case, Path(name) / case.name, drawn, chosen.strength, chosen.seed)

        with ThreadPoolExecutor(2) as pool:
            for case, (part, read) in zip(cases, pool.map(one, cases), strict=True):
                whole.add(part)
                documents += read
                print(f"{case.name}: {part.told()}", flush=True)
                if chosen.errors:
                    for sign, findings in (("-", part.lost), ("+", part.gained)):
                        print("".join(f"{_line(sign, finding)}\n" for finding in findings), end="", flush=True)
    rules = Counter(finding["rule"] for finding in whole.lost)
    rules_gained = Counter(finding["rule"] for finding in whole.gained)
    print(f"{chosen.strength}, {documents} documents: {whole.told()}")
    print(f"lost {dict(rules.most_common())} gained {dict(rules_gained.most_common())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
