"""The officer's work over runs: decisions are kept, the audit holds, corrections survive, handled findings close."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from corpus import store
from corpus.model import CompleteYear, Decision, Finding, Place, Publication, Run
from corpus.office.decisions import WrongDecision
from corpus.store import Store
from corpus.store.chaining import first_break
from flows import cli, lookup, pipeline
from flows.office import door
from flows.settings import Workspace
from rules.identity import match

DAY = date(2026, 11, 24)


def text(number: str, day: date, body: str, title: str = "Quy định về quản lý chợ trên địa bàn xã Đồng Lúa") -> str:
    return (
        "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG LÚA\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"---------------\nSố: {number}\nĐồng Lúa, ngày {day.day} tháng {day.month} năm {day.year}\n"
        f"QUYẾT ĐỊNH\n{title}\n"
        f"Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\nQUYẾT ĐỊNH:\n{body}\n"
        "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Mẫu\n"
    )


MARKET = text(
    "05/2021/QĐ-UBND", date(2021, 3, 12),
    "Điều 1. Chợ mở cửa hằng ngày.\nĐiều 2. Hộ kinh doanh nộp hồ sơ tại Phòng Kinh tế và Hạ tầng huyện.\n"
    "Điều 3. Quyết định này có hiệu lực từ ngày 22 tháng 3 năm 2021.",
)  # fmt: skip
REPEAL = text(
    "09/2026/QĐ-UBND", date(2026, 5, 4),
    "Điều 1. Bãi bỏ Quyết định số 05/2021/QĐ-UBND ngày 12 tháng 3 năm 2021 của Ủy ban nhân dân xã Đồng Lúa quy định về "
    "quản lý chợ.\nĐiều 2. Quyết định này có hiệu lực từ ngày 14 tháng 5 năm 2026.",
    "Bãi bỏ Quyết định số 05/2021/QĐ-UBND",
)  # fmt: skip


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    (tmp_path / "corpus" / "dia-phuong").mkdir(parents=True)
    (tmp_path / "corpus" / "trung-uong").mkdir()
    (tmp_path / "corpus" / "dia-phuong" / "QD-05-2021.txt").write_text(MARKET, "utf-8")
    return Workspace(tmp_path / "corpus", tmp_path / "outputs")


def decision(verdict: str, **more: object) -> Decision:
    made = Decision("", verdict, None, None, None, "tư pháp", "2026-11-24T08:00:00+00:00")  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


def call(space: Workspace, *arguments: str) -> int:
    return cli.main([*arguments, "--corpus", str(space.corpus), "--outputs", str(space.outputs), "--by", "tư pháp"])


# --- decisions over runs ------------------------------------------------------------------------------


def finding(name: int, quote: int) -> Finding:
    at = Place(f"art_{name}", name * 10, name * 10 + 3, 1, f"lời {name} {quote}")
    target = f"{name}/2020/NĐ-CP"
    return Finding("VD01", "cao", "corpus/dia-phuong/a.txt", (at,), "Lời.", "", "xem_xet", "chac_chan", target)


def run(opened: Store, found: Sequence[Finding]) -> None:
    """A run of these findings, as the pipeline matches and keeps it."""
    stored = opened.findings()
    last = opened.last_run()
    matched = match([one.finding for one in stored if one.gone_in_run is None], found, {},
                    [one.finding for one in stored if one.gone_in_run is not None])  # fmt: skip
    number = last.number + 1 if last else 1
    opened.save_run(Run(number, DAY, "2026", matched.findings, matched.gone, {}, (), None, None), str(number), "2026")


STEPS = st.one_of(
    st.tuples(st.just("run"), st.dictionaries(st.integers(1, 5), st.integers(1, 2), max_size=5)),
    st.tuples(st.sampled_from(["dong_y", "chua_xac_dinh", "sua"]), st.sets(st.integers(0, 4), min_size=1)),
    st.tuples(st.just("undo"), st.none()),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12))
def test_any_sequence_of_runs_and_decisions_keeps_every_decision(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, object]]
) -> None:
    """What stands is what the officer's own list says, whatever the runs did to the findings."""
    expected: dict[str, list[str]] = {}
    batches: list[list[str]] = []
    with store.open(tmp_path_factory.mktemp("so") / "rasoat.db", write=True) as opened:
        made = 0
        for step, what in steps:
            if step == "run":
                run(opened, [finding(name, quote) for name, quote in sorted(what.items())])  # type: ignore[attr-defined]
            elif step == "undo":
                taken = door.undo(opened, "tư pháp", "2026-11-24T09:00:00")
                assert sorted(one.finding for one in taken) == sorted(batches[-1] if batches else [])
                for name in batches.pop() if batches else []:
                    expected[name].pop()
                made += len(taken)
            else:
                standing = opened.standing()
                chosen = [standing[i] for i in sorted(what) if i < len(standing)]  # type: ignore[call-overload]
                if chosen:
                    door.decide(opened, chosen, decision(step, text="Lời mới" if step == "sua" else None))
                    batches.append([one.id for one in chosen])
                    made += len(chosen)
                    for one in chosen:
                        expected.setdefault(one.id, []).append(step)
        assert {name: one.verdict for name, one in opened.decisions().items()} == {
            name: taken[-1] for name, taken in expected.items() if taken
        }
        assert sum(len(opened.decision_history(name)) for name in expected) == made
        rows = opened.audit()
        assert first_break(rows) is None
        assert opened.audit_fault() is None
        assert sum(row["action"] == "decision" for row in rows) == made


def test_a_wrong_decision_in_a_bulk_writes_nothing(space: Workspace) -> None:
    pipeline.review(space, DAY)
    with door.opened(space, write=True) as opened:
        with pytest.raises(WrongDecision):
            door.decide(opened, opened.standing(), decision("khong_dong_y"))
        assert opened.decisions() == {}


def test_decisions_stick_over_runs_and_a_changed_finding_asks_again(space: Workspace) -> None:
    pipeline.review(space, DAY)
    with door.opened(space, write=True) as opened:
        found = opened.standing()
        door.decide(opened, found, decision("dong_y"))
    place = space.corpus / "dia-phuong" / "QD-05-2021.txt"
    place.write_text(MARKET.replace("nộp hồ sơ tại Phòng", "gửi hồ sơ đến Phòng"), "utf-8")
    pipeline.review(space, DAY)
    with door.opened(space) as opened:
        desk = door.desk(space, opened, DAY)
    assert {one.id for one in found} == set(desk.decisions)
    assert desk.again <= {one.id for one in desk.findings}
    changed = {one.id for one in desk.findings if one.state == "updated"}
    assert desk.again == changed & set(desk.decisions)


def test_a_document_that_repeals_closes_the_findings_on_the_old_one(space: Workspace) -> None:
    pipeline.review(space, DAY)
    with door.opened(space) as opened:
        before = door.desk(space, opened, DAY)
    assert before.handled == {}
    assert before.progress.open > 0
    (space.corpus / "dia-phuong" / "QD-09-2026.txt").write_text(REPEAL, "utf-8")
    pipeline.review(space, DAY)
    with door.opened(space) as opened:
        desk = door.desk(space, opened, DAY)
        told = [row for row in opened.audit() if row["action"] == "xu_ly"]
    old = {one.id for one in before.findings if one.proposal not in ("dua_vao_danh_muc", "cong_bo_het_hieu_luc")}
    assert old
    assert {one for one in old if one in desk.handled} == old
    assert {(one.symbol, one.date, one.automatic) for one in desk.handled.values()} == {
        ("09/2026/QĐ-UBND", date(2026, 5, 4), True)
    }
    assert {row["subject"] for row in told} == set(desk.handled)
    assert desk.progress.handled == len(desk.handled)
    entry = next(one for one in desk.ledger if one.symbol == "05/2021/QĐ-UBND")
    assert (entry.state, entry.certain) == ("het_hieu_luc_toan_bo", True)
    (space.corpus / "dia-phuong" / "QD-09-2026.txt").unlink()
    pipeline.review(space, DAY)
    with door.opened(space) as opened:
        assert door.desk(space, opened, DAY).handled == {}


def test_a_correction_survives_a_new_run_and_keeps_identities(space: Workspace) -> None:
    first = pipeline.review(space, DAY).run
    with door.opened(space, write=True) as opened:
        key = door.desk(space, opened, DAY).ledger[0].key
        door.correct(opened, key, {"date": "2021-03-13"}, "tư pháp")
        door.correct(opened, key, {"title": "Về chợ"}, "tư pháp")
    done = pipeline.review(space, DAY)
    assert done.again
    head = done.run.documents["corpus/dia-phuong/QD-05-2021.txt"].masthead
    assert head is not None
    assert (head.date, head.title) == (date(2021, 3, 13), "Về chợ")
    assert {one.id for one in first.findings} & {one.id for one in done.run.findings}
    with door.opened(space) as opened:
        entry = door.desk(space, opened, DAY).ledger[0]
    assert (entry.key, entry.date, entry.corrected) == (key, date(2021, 3, 13), ("date", "title"))
    assert not pipeline.review(space, DAY).again
    assert lookup.documents_for_reading(space)[entry.path or ""].masthead == head


# --- commands -----------------------------------------------------------------------------------------


def book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    workbook = Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(list(row))
    workbook.save(path)
    return path


HEAD = ("Số, ký hiệu", "Ngày ban hành", "Trích yếu")


def test_a_book_is_imported_with_its_faults_told(
    space: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.review(space, DAY)
    rows: list[Sequence[object]] = [("05/2021/QĐ-UBND", date(2021, 3, 12), "Về chợ")]
    rows += [("06/2021/QĐ-UBND", "1/4/2021", "Về rác"), ("7", "x", "y")]
    file = book(tmp_path / "so.xlsx", [HEAD, *rows])
    arguments = ("ledger", "import", str(file), "--as", "so-van-ban", "--year", "2021", "--issuer", "UBND xã Đồng Lúa")
    assert call(space, *arguments, "--preview") == 1
    assert call(space, *arguments) == 1
    told = capsys.readouterr().err
    assert "so.xlsx, trang tính “Sheet”, dòng 4: “7” chưa phải số, ký hiệu đầy đủ" in told
    assert "Đã nhập 2 văn bản (sổ văn bản đi); 1 dòng cần xem lại." in told
    with door.opened(space) as opened:
        ledger = door.desk(space, opened, DAY).ledger
    assert [(one.symbol, one.path is None) for one in ledger] == [("05/2021/QĐ-UBND", False), ("06/2021/QĐ-UBND", True)]


def test_a_year_declared_whole_tells_its_gaps_until_the_book_fills_them(space: Workspace, tmp_path: Path) -> None:
    def missing() -> list[str | None]:
        return [one.target_symbol for one in pipeline.review(space, DAY).run.findings if one.rule == "KH02"]

    assert missing() == []
    assert call(space, "ledger", "complete", "--year", "2021") == 0
    assert missing() == ["01/2021/QĐ-UBND"]
    rows = [HEAD, *((f"{n:02d}/2021/QĐ-UBND", date(2021, 2, n), "Về việc mẫu") for n in (1, 2, 3, 4))]
    issuer = ("--issuer", "Ủy ban nhân dân xã Đồng Lúa")
    assert call(space, "ledger", "import", str(book(tmp_path / "so.xlsx", rows)), "--as", "so-van-ban", *issuer) == 0
    assert missing() == []
    assert call(space, "ledger", "complete", "--year", "2021", "--withdraw") == 0


def test_a_list_that_the_program_printed_can_be_read_back(space: Workspace) -> None:
    (space.corpus / "dia-phuong" / "QD-09-2026.txt").write_text(REPEAL, "utf-8")
    pipeline.review(space, DAY)
    folders = ("--corpus", str(space.corpus), "--outputs", str(space.outputs))
    assert cli.main(["forms", "mau-01", "--year", "2026", "--as-of", DAY.isoformat(), *folders]) == 0
    assert space.outputs is not None
    (printed,) = space.outputs.rglob("mau-01-2026.xlsx")
    arguments = ("ledger", "import", str(printed), "--as", "danh-muc", "--year", "2026", "--decision", "2/QĐ-UBND")
    assert call(space, *arguments) == 0
    with door.opened(space) as opened:
        desk = door.desk(space, opened, DAY)
    listed = {one.symbol: one.published for one in desk.ledger}
    assert listed == {"05/2021/QĐ-UBND": (Publication("2/QĐ-UBND", 2026),), "09/2026/QĐ-UBND": ()}
    assert "danh_muc_nam" not in {one.code for one in desk.clocks}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_lists_as_csv(space: Workspace, tmp_path: Path, encoding: str, delimiter: str) -> None:
    pipeline.review(space, DAY)
    file = tmp_path / "danh-muc.csv"
    with file.open("w", encoding=encoding, newline="") as target:
        csv.writer(target, delimiter=delimiter).writerows(
            [("Số, ký hiệu", "Ngày ban hành", "Tên gọi", "Lý do hết hiệu lực", "Ngày hết hiệu lực"),
             ("05/2021/QĐ-UBND", "12/3/2021", "Về chợ", "Bị bãi bỏ", "14/5/2025")]
        )  # fmt: skip
    arguments = ("ledger", "import", str(file), "--as", "danh-muc", "--year", "2025", "--decision", "15/QĐ-UBND")
    assert call(space, *arguments) == 0
    with door.opened(space) as opened:
        (entry,) = door.desk(space, opened, DAY).ledger
    assert [(one.symbol, one.year) for one in entry.published] == [("15/QĐ-UBND", 2025)]


@pytest.mark.parametrize("name", ["so.pdf", "so.xlsx"])
def test_files_that_are_no_spreadsheet(
    space: Workspace, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(b"khong phai bang tinh")
    assert call(space, "ledger", "import", str(tmp_path / name), "--as", "so-van-ban") == 2
    assert name in capsys.readouterr().err


def test_the_day_of_a_clerk_on_the_command_line(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    pipeline.review(space, DAY)
    with door.opened(space) as opened:
        findings = opened.standing()
    first = findings[0].id
    assert call(space, "decide", first, "--verdict", "khong_dong_y") == 2
    assert call(space, "decide", first, "--verdict", "khong_dong_y", "--reason", "doc_sai") == 0
    assert call(space, "decide", "khong-co", "--verdict", "dong_y") == 1
    rule = findings[-1].rule
    agreed = ("decide", "--rule", rule, "--verdict", "dong_y", "--unit", "Phòng Kinh tế", "--due", "2027-01-05")
    assert call(space, *agreed) == 0
    assert call(space, "record", "handled", first, "--symbol", "40/QĐ-UBND", "--date", "2026-11-20") == 0
    assert call(space, "record", "opinion", "05/2021/QĐ-UBND", "--unit", "Phòng Kinh tế", "--asked", "2026-11-20") == 0
    assert call(space, "record", "conclusion", "05/2021/QĐ-UBND", "--body", "Sở Tư pháp", "--date", "2026-11-20") == 0
    assert call(space, "record", "opinion", "99/2099/QĐ-UBND", "--unit", "Phòng Kinh tế") == 1
    capsys.readouterr()
    plain = ("--corpus", str(space.corpus), "--outputs", str(space.outputs))
    assert cli.main(["decisions", "--json", *plain]) == 0
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert next(row for row in rows if row["finding"] == first)["handled"] is True
    assert cli.main(["clocks", "--json", "--as-of", "2026-11-24", *plain]) == 0
    codes = [json.loads(row)["code"] for row in capsys.readouterr().out.splitlines()]
    assert {"y_kien", "xu_ly", "xu_ly_ket_luan", "danh_muc_nam"} <= set(codes)
    assert call(space, "decide", "--undo") == 0
    assert cli.main(["audit", "verify", *plain]) == 0


def test_a_log_whose_end_was_cut_off_lacks_a_run(space: Workspace) -> None:
    pipeline.review(space, DAY)
    with door.opened(space, write=True) as opened:
        assert opened.audit_fault() is None
    assert space.outputs is not None
    raw = sqlite3.connect(space.outputs / "rasoat.db")
    raw.execute("DROP TRIGGER audit_no_delete")
    raw.execute("DELETE FROM audit")
    raw.commit()
    raw.close()
    with door.opened(space) as opened:
        fault = opened.audit_fault()
    assert fault is not None
    assert "lượt rà soát" in fault.what


@pytest.mark.parametrize(("stance", "text", "code"), [
    ("khong_dong_y", None, 2), ("khong_dong_y", "Quy định còn cần thiết", 0), ("dong_y", None, 0),
    ("khac", "Đề nghị làm rõ", 0),
])  # fmt: skip
def test_an_opinion_that_disagrees_gives_a_reason(space: Workspace, stance: str, text: str | None, code: int) -> None:
    pipeline.review(space, DAY)
    said = ("--text", text) if text else ()
    answer = ("record", "opinion", "05/2021/QĐ-UBND", "--unit", "Phòng Kinh tế", "--stance", stance, *said)
    assert call(space, *answer) == code
    with door.opened(space) as opened:
        kept = door.desk(space, opened, DAY).opinions
    assert [one.stance for one in kept] == ([stance] if code == 0 else [])
    assert all(one.answered is not None for one in kept)


@pytest.mark.parametrize(("table", "change", "told"), [
    ("audit", "UPDATE audit SET detail = '{}' WHERE number = 1", "dòng số 1 không khớp chuỗi băm"),
    ("audit", "DELETE FROM audit WHERE number = 2", "dòng số 3 không khớp chuỗi băm"),
    ("audit", "DELETE FROM audit WHERE number > 1", "không có trong nhật ký"),
    ("decision", "UPDATE decision SET verdict = 'hoan' WHERE number = 1", "không khớp quyết định đã ghi"),
    ("decision", "DELETE FROM decision WHERE number = 2", "không khớp quyết định đã ghi"),
    ("office", "UPDATE office SET value = '{}' WHERE kind = 'nam_du'", "không khớp dòng đã ghi (nam_du"),
    ("office", "UPDATE office SET \"by\" = 'ai đó' WHERE kind = 'so_van_ban'", "không khớp 1 dòng đã ghi cùng lúc"),
    ("office", "DELETE FROM office WHERE kind = 'nam_du'", "không khớp"),
])  # fmt: skip
def test_whatever_is_changed_behind_the_program_is_found_out(
    space: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, change: str, told: str
) -> None:
    with door.opened(space, write=True) as opened:
        door.decide(opened, [replace(finding(i, 1), id=f"f{i}") for i in (1, 2)], decision("dong_y"))
        door.keep(opened, [CompleteYear(2024)], "tư pháp")
    file = book(tmp_path / "so.xlsx", [HEAD, ("05/2021/QĐ-UBND", date(2021, 3, 12), "Về chợ")])
    assert call(space, "ledger", "import", str(file), "--as", "so-van-ban") == 0
    verify = ["audit", "verify", "--corpus", str(space.corpus), "--outputs", str(space.outputs)]
    assert cli.main(verify) == 0
    assert space.outputs is not None
    raw = sqlite3.connect(space.outputs / "rasoat.db")
    for verb in ("update", "delete"):
        raw.execute(f"DROP TRIGGER {table}_no_{verb}")
    assert raw.execute(change).rowcount > 0
    raw.commit()
    raw.close()
    assert cli.main(verify) == 1
    assert told in capsys.readouterr().err
