"""`python -m bench.scans --shared DIR [--documents N] [--rows N] [strength …]`: how well scans are read.

Labelled documents (mastheads and citations, not part of the project) are drawn as paper and spoiled at the named
strengths (`bench.paper`), read by `rasoat extract`, and scored with the same normal forms as the scorers of the
labelled data. "clean" reads the same documents as they are: what the scan costs is the difference. A passage is
looked for by its letters, a few of which may be wrong: a wrong letter in a sentence is not a lost citation.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bench.generate import decision
from bench.measure import RASOAT, cost
from bench.paper import STRENGTHS, scan
from corpus.model import Document
from corpus.register import NothingKnown
from extractors import extract

_DPI = 250  # what `readers.ocr` reads at

SHARED = Path(__file__).parent.parent.parent / "shared"
_LONGEST = 9000  # code points: four pages; a page costs a second
_FOUND = 80.0  # per cent of the letters of a passage that must be there


def ocr(folder: Path) -> Iterator[str]:
    """A scanned decision through `rasoat extract` against bare tesseract on the same pages (goal ≤ 1.3 × its CPU)."""
    import pypdfium2

    os.environ["OMP_THREAD_LIMIT"] = "1"
    text, paper = folder / "a.txt", folder / "a.pdf"
    text.write_text(decision(3, 24), "utf-8")
    pages = scan(extract(text, NothingKnown()), paper, STRENGTHS["middle"], 1)
    document = pypdfium2.PdfDocument(paper)
    bare = 0.0
    for at in range(pages):
        document[at].render(scale=_DPI / 72, grayscale=True).to_pil().save(folder / f"{at}.pgm")
        command = ["tesseract", str(folder / f"{at}.pgm"), "-", "--dpi", str(_DPI), "-l", "vie", "--psm", "3", "tsv"]
        bare += cost(command, 2).cpu_s
    ours = cost([*RASOAT, "extract", str(paper)], 2).cpu_s - cost([*RASOAT, "extract", str(text)], 2).cpu_s
    yield f"ocr: {ours / bare:.2f} × the CPU of bare tesseract over {pages} pages, {ours / pages:.2f} s a page"


@dataclass(frozen=True, slots=True)
class Sample:
    """What is read: mastheads of whole documents, citations in those and in minimal documents (`made`)."""

    heads: tuple[dict[str, Any], ...]
    rows: tuple[dict[str, Any], ...]
    documents: dict[str, Document]
    made: dict[str, str]


def sample(kit: SimpleNamespace, data: Path, documents: int, rows: int, seed: int) -> Sample:
    """Short labelled documents, and citations in them; more citations in documents made around their sentence."""
    chance = random.Random(seed)
    heads = kit.read_jsonl(kit.gold_file(data, "mastheads.jsonl"))
    cited = kit.read_jsonl(kit.gold_file(data, "citations.jsonl"))
    chance.shuffle(heads)
    chance.shuffle(cited)
    read: dict[str, Document] = {}
    kept: list[dict[str, Any]] = []
    for head in heads:
        if len(kept) == documents:
            break
        if (data / head["source"]).is_file():
            document = extract(data / head["source"], NothingKnown())
            laid_out = document.masthead is not None and "motto" in document.masthead.spans
            if laid_out and len(document.text) <= _LONGEST:
                read[head["source"]] = document
                kept.append(head)
    chosen = [row for row in cited if row["source"] in read]
    made: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for row in [row for row in cited if row["source"] not in read][: max(0, rows - len(chosen))]:
            name = f"made/{row['id']}"
            made[name] = kit.passage_document(row["text"], row.get("context"))
            path = Path(folder) / "a.txt"
            path.write_text(made[name], "utf-8")
            document = extract(path, NothingKnown())
            if document.outcome == "ok":
                read[name] = document
                chosen.append({**row, "source": name})
    return Sample(tuple(kept), tuple(chosen), read, made)


def written(
    taken: Sample, data: Path, folder: Path, drawn: Path, strength: str, seed: int
) -> tuple[dict[str, Path], int]:
    """The files to be read in `folder`, by source, and how many pages were drawn into `drawn` for it."""
    files: dict[str, Path] = {}
    pages = 0
    for at, (source, document) in enumerate(sorted(taken.documents.items())):
        clean = data / source
        if strength != "clean":
            files[source] = folder / f"{at:04d}.pdf"
            name = hashlib.sha256(f"{document.text} {STRENGTHS[strength]} {seed}".encode()).hexdigest()[:20]
            if not (kept := drawn / f"{name}.pdf").exists():
                pages += scan(document, kept, STRENGTHS[strength], seed + at)
            files[source].symlink_to(kept.resolve())
        elif source in taken.made:
            files[source] = folder / f"{at:04d}.txt"
            files[source].write_text(taken.made[source], "utf-8")
        else:
            files[source] = folder / f"{at:04d}{clean.suffix}"
            files[source].symlink_to(clean.resolve())
    return files, pages


def scored(
    kit: SimpleNamespace, taken: Sample, files: dict[str, Path], folder: Path, command: Any
) -> tuple[str, list[str]]:
    """One line of figures, and the errors."""
    gold = folder / "gold"
    gold.mkdir()
    heads = [{**head, "source": files[head["source"]].name} for head in taken.heads]
    lines = (json.dumps(head, ensure_ascii=False) for head in heads)
    (gold / "mastheads.jsonl").write_text("\n".join(lines), "utf-8")
    run = command.extract(sorted(files.values()))  # once for both: reading is what costs
    result = kit.masthead.run(kit.Options(folder, SimpleNamespace(extract=lambda paths: run)))
    tally = kit.Tally()
    names = {path.name: source for source, path in files.items()}
    errors = [f"{names[error.split(' ')[0]]} {error}" for error in result.errors]
    for row in taken.rows:
        passage = _passage(kit, run.readable(files[row["source"]]), row)
        outcome = tally.add(row, passage)
        if passage is None or not outcome.lenient.perfect:
            lost = "" if passage else "TEXT NOT FOUND "
            wrong = f"{lost}missed {outcome.missed} phantom {outcome.phantom}"
            errors.append(f"{row['source']} {files[row['source']].name} {row['id']} {wrong}: {row['text'][:200]}")
            if passage:
                start, end = (passage.folded.offsets[min(i, len(passage.folded) - 1)] for i in passage.place)
                errors.append(f"    read: {passage.record['text'][start : end + 1]!r}")
    figures = tally.figures(len(taken.rows))
    parts = " ".join(f"{part}={value:.3f}" for part, value in result.figures.items() if isinstance(value, float))
    told = " ".join(f"{name}={figures[name]:.4f}" for name in ("f1", "p", "r", "rows_right", "lost"))
    return f"citations {told} · masthead {parts} · failed={len(run.failures)}", errors


def _passage(kit: SimpleNamespace, record: Any, row: dict[str, Any]) -> Any:
    """Where the sentence stands in what was read; None where it is not there."""
    from rapidfuzz import fuzz

    if record is None:
        return None
    folded = kit.Folded(record["text"])
    place = kit.best_place(record, folded, row)
    if place is None:
        letters = kit.fold(row["text"])
        near = fuzz.partial_ratio_alignment(letters, folded.letters, score_cutoff=_FOUND)
        place = (near.dest_start, near.dest_end) if near and len(letters) <= len(folded) else None
    return kit.Passage(record, folded, place) if place else None


def _kit(shared: Path) -> SimpleNamespace:
    """The scorers' own parts, imported from where they lie."""
    sys.path.insert(0, str(shared / "eval"))
    from evalkit import command, dataset, folding, mindoc, passages, report  # type: ignore[import-not-found]
    from tasks import citations, masthead  # type: ignore[import-not-found]

    return SimpleNamespace(
        Command=command.Command, read_jsonl=dataset.read_jsonl, gold_file=dataset.gold_file, fold=folding.fold,
        Folded=folding.Folded, passage_document=mindoc.passage_document, best_place=passages.best_place,
        Passage=passages.Passage, Options=report.Options, Tally=citations.Tally, masthead=masthead,
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=SHARED, help="folder with the scorers and the labelled data")
    options.add_argument("--documents", type=int, default=45, help="whole documents")
    options.add_argument("--rows", type=int, default=130, help="citation rows")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--command", default=" ".join(RASOAT))
    options.add_argument("--errors", action="store_true", help="print every error")
    options.add_argument("--keep", type=Path, help="folder for what was drawn, used again")
    options.add_argument("strengths", nargs="*", default=["clean", *STRENGTHS])
    chosen = options.parse_args(arguments)
    if not (chosen.shared / "eval" / "evalkit").is_dir():
        print(f"no labelled data at {chosen.shared}: nothing to read")
        return 0
    kit = _kit(chosen.shared.resolve())
    data = chosen.shared.resolve() / "real"
    taken = sample(kit, data, chosen.documents, chosen.rows, chosen.seed)
    print(f"{len(taken.heads)} mastheads, {len(taken.rows)} rows of citations, {len(taken.documents)} documents")
    for strength in chosen.strengths:
        with tempfile.TemporaryDirectory() as name:
            files, pages = written(taken, data, Path(name), chosen.keep or Path(name), strength, chosen.seed)
            line, errors = scored(kit, taken, files, Path(name), kit.Command(chosen.command, 2))
            print(f"{strength} ({pages} pages): {line}", flush=True)
            if chosen.errors:
                print("\n".join(errors), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
