"""The sample commune, reviewed as a user would: every finding a lawyer expects, and none on the clean documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import cli

EXPECTED = Path(__file__).parents[2] / "corpus" / "samples" / "expected.jsonl"
ROWS = [json.loads(line) for line in EXPECTED.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("xa")
    assert cli.main(["init", "--samples", "--workspace", str(folder)]) == 0
    assert cli.main(["review", "--workspace", str(folder), "--as-of", "2026-11-24"]) == 0
    return folder


@pytest.fixture(scope="module")
def run_folder(workspace: Path) -> Path:
    return max((workspace / "outputs").glob("luot-*"))


@pytest.fixture(scope="module")
def findings(run_folder: Path) -> list[dict]:
    return [json.loads(line) for line in (run_folder / "findings.jsonl").read_text("utf-8").splitlines()]


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def at(finding: dict, quote: str | None) -> bool:
    places = [squeezed(place["quote"]) for place in finding["places"]]
    return quote is None or any(squeezed(quote) in place or place in squeezed(quote) for place in places)


def of(findings: list[dict], file: str) -> Iterator[dict]:
    return (finding for finding in findings if finding["document"]["path"] == file)


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r["verdict"] == "must_flag"], ids=lambda r: f"{r['file'][18:28]}-{r['rules'][0]}"
)
def test_what_a_lawyer_expects_is_found(row: dict, findings: list[dict]) -> None:
    here = list(of(findings, row["file"]))
    assert any(f["rule"] in row["rules"] and at(f, row["quote"]) for f in here), [
        (f["rule"], f["quote"][:80]) for f in here
    ]


@pytest.mark.parametrize("row", [r for r in ROWS if r["verdict"] == "clean"], ids=lambda r: r["file"][18:])
def test_clean_documents_carry_no_claim(row: dict, findings: list[dict]) -> None:
    claims = [f for f in of(findings, row["file"]) if f["certainty"] != "goi_y" and f["severity"] != "thong_tin"]
    assert [(f["rule"], f["quote"], f["message"]) for f in claims] == []


def test_every_finding_has_quotation_reason_ground_and_proposal(findings: list[dict], workspace: Path) -> None:
    assert len(findings) >= 20
    for finding in findings:
        assert finding["quote"].strip(), finding
        assert finding["message"].strip()
        assert finding["proposal"]
        assert finding["legal_basis"].strip() or finding["rule"] in ("VD05", "MT05", "HL08", "KH02"), finding
        if finding["certainty"] == "chac_chan" and finding["rule"] in ("CC01", "CC02", "VD01", "VD02", "HL02", "TN01"):
            assert finding["evidence"], finding


def test_the_run_folder_is_whole(run_folder: Path) -> None:
    names = {path.relative_to(run_folder).as_posix() for path in run_folder.rglob("*") if path.is_file()}
    assert {"report.html", "findings.jsonl", "findings.xlsx"} <= names


def test_a_second_run_changes_nothing(workspace: Path, run_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in sorted(run_folder.rglob("*")) if path.is_file()}
    assert cli.main(["review", "--workspace", str(workspace), "--as-of", "2026-11-24"]) == 0
    assert capsys.readouterr().out.strip() == str(run_folder)
    assert {path: path.read_bytes() for path in sorted(run_folder.rglob("*")) if path.is_file()} == before
    assert len(list((workspace / "outputs").glob("luot-*"))) == 1


def test_another_day_keeps_the_identities(
    workspace: Path, findings: list[dict], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["review", "--workspace", str(workspace), "--as-of", "2026-11-25"]) == 0
    folder = Path(capsys.readouterr().out.strip())
    later = [json.loads(line) for line in (folder / "findings.jsonl").read_text("utf-8").splitlines()]
    assert {f["id"] for f in later} == {f["id"] for f in findings}
    assert {f["state"] for f in later} == {"unchanged"}


def test_a_look_at_another_day_leaves_the_history_alone(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "--workspace", str(workspace), "--as-of", "2019-06-01"]) == 0
    preview = Path(capsys.readouterr().out.strip())
    assert preview.name == "xem-truoc_2019-06-01"
    assert (preview / "report.html").is_file()
    assert cli.main(["review", "--workspace", str(workspace), "--as-of", "2026-11-24"]) == 0
    folder = Path(capsys.readouterr().out.strip())
    states = {json.loads(line)["state"] for line in (folder / "findings.jsonl").read_text("utf-8").splitlines()}
    assert states <= {"new", "unchanged"}
