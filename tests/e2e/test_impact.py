"""A newly issued decree: what of ours does it touch? Nothing changes until it is taken in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.model import Document, Finding
from flows import cli, dependents, judging, lookup
from flows.settings import workspace
from rules.base import Context
from rules.subjects import Subjects

DECREE = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 9280/2026/NĐ-CP
Hà Nội, ngày 10 tháng 11 năm 2026
NGHỊ ĐỊNH
Về chứng thực (văn bản giả định để thử)
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về chứng thực.
Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 20 tháng 11 năm 2026.
2. Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015 của Chính phủ hết hiệu lực kể từ ngày Nghị định này có hiệu lực.
TM. CHÍNH PHỦ
THỦ TƯỚNG
"""


@pytest.fixture
def space(tmp_path: Path) -> Path:
    assert cli.main(["init", "--samples", "--workspace", str(tmp_path)]) == 0
    (tmp_path / "moi.txt").write_text(DECREE, "utf-8")
    return tmp_path


def touched(out: str) -> list[tuple[str, str, str | None]]:
    rows = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return [(Path(r["document"]["path"]).name, r["rule"], r["target"]["symbol"]) for r in rows]


def test_it_names_what_the_decree_touches_and_changes_nothing(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(path for path in (space / "corpus").rglob("*"))
    capsys.readouterr()
    assert cli.main(["impact", str(space / "moi.txt"), "--workspace", str(space), "--as-of", "2026-11-24"]) == 0
    out = capsys.readouterr().out
    assert ("QD-15-2023-tiep-nhan-ho-so.docx", "CC01", "23/2015/NĐ-CP") in touched(out)
    for line in out.splitlines():
        finding = json.loads(line)
        named = [finding["target"]["symbol"], *(item["symbol"] for item in finding["evidence"])]
        assert "9280/2026/NĐ-CP" in named or finding["document"]["path"].endswith("moi.txt")
    assert sorted(path for path in (space / "corpus").rglob("*")) == before


def test_before_its_day_the_decree_ends_nothing(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["impact", str(space / "moi.txt"), "--workspace", str(space), "--as-of", "2026-11-12"]) == 0
    assert ("QD-15-2023-tiep-nhan-ho-so.docx", "CC01", "23/2015/NĐ-CP") not in touched(capsys.readouterr().out)


def test_apply_takes_it_in_and_judges_again(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "--workspace", str(space), "--as-of", "2026-11-24"]) == 0
    argv = ["impact", str(space / "moi.txt"), "--workspace", str(space), "--as-of", "2026-11-24", "--apply"]
    assert cli.main(argv) == 0
    assert (space / "corpus" / "trung-uong" / "moi" / "moi.txt").read_text("utf-8") == DECREE
    newest = max((space / "outputs").glob("luot-*"))
    findings = [json.loads(line) for line in (newest / "findings.jsonl").read_text("utf-8").splitlines()]
    of_decree = [f for f in findings if f["target"]["symbol"] == "23/2015/NĐ-CP" and f["rule"] == "CC01"]
    assert [f["state"] for f in of_decree] == ["new"]
    capsys.readouterr()
    assert cli.main(["status", "23/2015/NĐ-CP", "--workspace", str(space), "--as-of", "2026-11-24"]) == 0
    state = json.loads(capsys.readouterr().out)
    assert (state["state"], state["since"]) == ("het_hieu_luc_toan_bo", "2026-11-20")
    assert state["by"][0]["symbol"] == "9280/2026/NĐ-CP"


def test_only_what_depends_on_the_decree_is_judged_again(
    space: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Subjects, "near", lambda *_: ())  # of few texts all are laid beside the new one
    assert cli.main(["review", "--workspace", str(space), "--as-of", "2026-11-24"]) == 0
    judged: list[str] = []
    usual = judging.judge_document

    def told(document: Document, context: Context) -> tuple[Finding, ...]:
        judged.append(document.path)
        return usual(document, context)

    monkeypatch.setattr(judging, "judge_document", told)
    argv = ["impact", str(space / "moi.txt"), "--workspace", str(space), "--as-of", "2026-11-24", "--apply"]
    assert cli.main(argv) == 0
    citing = {
        path for path, document in lookup.documents_for_reading(workspace(str(space), None, None)).items()
        if "dia-phuong" in path and "23/2015/NĐ-CP" in document.text
    }  # fmt: skip
    assert len(judged) == len(set(judged))
    assert citing | {"corpus/trung-uong/moi/moi.txt"} <= set(judged)
    part = len(judged)
    assert part < len(lookup.documents_for_reading(workspace(str(space), None, None)))
    partly = _findings(space)
    # A run that judges everything comes to the same.
    assert cli.main(["review", "--workspace", str(space), "--as-of", "2026-11-24", "--all"]) == 0
    assert len(judged) > 2 * part
    assert _findings(space) == partly
    capsys.readouterr()


def _findings(space: Path) -> list[dict[str, object]]:
    newest = max((space / "outputs").glob("luot-*"))
    rows = [json.loads(line) for line in (newest / "findings.jsonl").read_text("utf-8").splitlines()]
    return [{name: value for name, value in row.items() if name != "state"} for row in rows]


def test_in_a_large_corpus_the_links_lead_to_the_same(
    space: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["impact", str(space / "moi.txt"), "--workspace", str(space), "--as-of", "2026-11-24"]
    capsys.readouterr()
    assert cli.main(argv) == 0
    whole = capsys.readouterr().out
    monkeypatch.setattr(dependents, "SMALL", 0)
    assert cli.main(argv) == 0
    out, err = capsys.readouterr()
    assert out == whole != ""
    assert "Kho văn bản lớn" in err


def test_the_nearest_comes_first(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["impact", str(space / "moi.txt"), "--workspace", str(space), "--as-of", "2026-11-24"]) == 0
    touches = [json.loads(line)["touch"] for line in capsys.readouterr().out.splitlines()]
    assert touches == sorted(touches, key=lookup.TOUCH.index)
    assert "can_cu" in touches
