"""The run: only what changed is read, a run that dies goes on where it was, two writers never meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import extractors.sandbox
from bench.generate import decision, write_corpus
from corpus.model import Document
from flows import opening, pipeline, reading
from flows.progress import Silent
from flows.settings import Workspace

DAY = date(2026, 1, 15)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    write_corpus(tmp_path / "corpus", 6, articles=2)
    return Workspace(tmp_path / "corpus", tmp_path / "outputs")


def test_only_changed_files_are_read_again(space: Workspace) -> None:
    assert pipeline.review(space, DAY).run.read_again == 6
    path = space.corpus / "dia-phuong" / "QD-000002.txt"
    path.write_text(path.read_text("utf-8") + "Điều 99. Thêm\n", "utf-8")
    with opening.session(space) as session:
        assert reading.changed(session) == ["corpus/dia-phuong/QD-000002.txt"]


def test_a_touched_file_is_not_read_again(space: Workspace) -> None:
    pipeline.review(space, DAY)
    (space.corpus / "dia-phuong" / "QD-000003.txt").touch()
    with opening.session(space) as session:
        assert reading.changed(session) == []


def test_a_moved_file_is_not_read_again(space: Workspace) -> None:
    pipeline.review(space, DAY)
    old = space.corpus / "dia-phuong" / "QD-000001.txt"
    (space.corpus / "dia-phuong" / "2020").mkdir()
    old.rename(space.corpus / "dia-phuong" / "2020" / "QD-000001.txt")
    done = pipeline.review(space, DAY)
    assert done.run.read_again == 0
    assert "corpus/dia-phuong/2020/QD-000001.txt" in done.run.documents


def test_a_removed_file_takes_its_findings_along(space: Workspace) -> None:
    first = pipeline.review(space, DAY).run
    path = first.findings[0].path
    (space.corpus.parent / path).unlink()
    second = pipeline.review(space, DAY).run
    assert path not in second.documents
    assert {f.id for f in first.findings if f.path == path} <= {f.id for f in second.gone}
    assert all(f.path != path for f in second.findings)


def test_same_input_is_not_judged_again(space: Workspace) -> None:
    first, second = pipeline.review(space, DAY), pipeline.review(space, DAY)
    assert (first.again, second.again) == (True, False)
    assert first.folder == second.folder


def test_a_later_night_that_has_nothing_to_say_writes_nothing(space: Workspace) -> None:
    first = pipeline.review(space, DAY)
    later = DAY + timedelta(days=1)
    with opening.session(space) as session:
        assert reading.changed(session) == []
        assert pipeline.unchanged(session, later) is None
        done = pipeline.unchanged(session, later, later_too=True)
        assert done is not None
        assert (done.folder, done.again) == (first.folder, False)
        assert pipeline.unchanged(session, DAY - timedelta(days=1), later_too=True) is None
    space.corpus.joinpath("dia-phuong", "QD-000001.txt").unlink()
    with opening.session(space) as session:
        reading.changed(session)
        assert pipeline.unchanged(session, later, later_too=True) is None


def test_a_later_night_is_judged_where_a_day_that_matters_has_passed(space: Workspace) -> None:
    term = space.corpus / "dia-phuong" / "thi-diem.txt"
    words = "Điều 9. Hiệu lực\nQuyết định này có hiệu lực đến hết ngày 31 tháng 01 năm 2026.\n"
    term.write_text(decision(50, 2).replace("\nNơi nhận:", f"\n{words}Nơi nhận:"), "utf-8")
    pipeline.review(space, DAY)
    with opening.session(space) as session:
        assert pipeline.unchanged(session, date(2026, 1, 31), later_too=True) is not None
        assert pipeline.unchanged(session, date(2026, 2, 1), later_too=True) is None
        why = pipeline.judge(session, date(2026, 2, 1), Silent()).why
    assert why["corpus/dia-phuong/thi-diem.txt"] == "qua ngày 01/02/2026"


def test_the_same_whatever_the_order_and_workers(
    space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_now", lambda: "2026-01-15T02:00:00+00:00")  # the report tells the minute
    other = Workspace(space.corpus, tmp_path / "khac")
    one, two = pipeline.review(space, DAY), pipeline.review(other, DAY)
    assert (one.folder / "findings.jsonl").read_bytes() == (two.folder / "findings.jsonl").read_bytes()
    assert (one.folder / "report.html").read_bytes() == (two.folder / "report.html").read_bytes()


def test_a_second_writer_is_refused(space: Workspace) -> None:
    with opening.session(space), pytest.raises(opening.CannotRun, match=r"rasoat\.db"):
        pipeline.review(space, DAY)


def test_a_run_that_dies_while_reading_goes_on_where_it_was(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = extractors.sandbox.extract_many
    monkeypatch.setattr(reading, "SAVE_EVERY", 2)

    def dying(*arguments: object, **options: object) -> Iterator[Document]:
        for i, document in enumerate(whole(*arguments, **options)):  # type: ignore[arg-type]
            if i == 4:
                raise KeyboardInterrupt
            yield document

    monkeypatch.setattr(extractors.sandbox, "extract_many", dying)
    with pytest.raises(KeyboardInterrupt):
        pipeline.review(space, DAY)
    monkeypatch.setattr(extractors.sandbox, "extract_many", whole)
    with opening.session(space) as session:
        left = reading.changed(session)
        assert len(left) == 2
        reading.read(session, left, Silent())
    assert len(pipeline.review(space, DAY).run.documents) == 6


def test_nothing_is_kept_of_a_run_whose_folder_could_not_be_written(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import outputs

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outputs, "write_run", full)
    with pytest.raises(opening.CannotRun, match="chỗ trống"):
        pipeline.review(space, DAY)
    monkeypatch.undo()
    done = pipeline.review(space, DAY)
    assert done.run.number == 1
    assert all(finding.state == "new" for finding in done.run.findings)
