"""Notices: counts and links only, not too often, and never the cause of a failure."""

from __future__ import annotations

import email
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from servers import MailServer, WebServer, page, running

from corpus.model import Finding, Place
from flows.pipeline import Done
from flows.settings import Workspace
from flows.unattended.diary import Diary
from flows.unattended.notices import QUEUE, Notices, serious

SECRET = "mat-khau-thu"


def finding(rule: str, state: str = "new", severity: str = "cao", certainty: str = "chac_chan") -> Finding:
    place = Place("art_1", 0, 4, None, "trích dẫn bí mật")
    return Finding(
        id=f"{rule}{state}", rule=rule, severity=severity, state=state, path="corpus/dia-phuong/ten-rieng.txt",
        places=(place,), message="lời lẽ", legal_basis="khoản 1", proposal="xem_xet", certainty=certainty,
    )  # fmt: skip


@pytest.fixture
def told(space: Workspace) -> Callable[..., Notices]:
    """Notices of the workspace that go to addresses kept in a private file."""

    def make(*addresses: str, mode: int = 0o600, hours: int = 12) -> Notices:
        file = space.corpus.parent / "dia-chi"
        file.write_text("\n".join(["# địa chỉ nhận", *addresses]), "utf-8")
        file.chmod(mode)
        chosen = replace(space.settings.unattended.notices, file="dia-chi", hours_apart=hours)
        settings = replace(space.settings, unattended=replace(space.settings.unattended, notices=chosen))
        assert space.outputs is not None
        return Notices(replace(space, settings=settings), Diary(space.outputs))

    return make


def test_what_is_serious_is_counted_without_a_word_of_the_documents(done: Done) -> None:
    findings = (finding("VD02"), finding("VD02", "updated"), finding("HL01", "reopened"), finding("HL01", "unchanged"),
                finding("TN01", severity="thap"), finding("MT01", certainty="goi_y"))  # fmt: skip
    text = serious(replace(done, run=replace(done.run, findings=findings)))
    assert text == "Lượt 7, ngày 24/11/2026: phát hiện mức cao 2 mới, 1 thay đổi (HL01: 1, VD02: 2)."
    assert serious(replace(done, run=replace(done.run, findings=(finding("HL01", "unchanged"),)))) is None
    assert serious(replace(done, run=replace(done.run, findings=findings), again=False)) is None
    assert serious(replace(done, run=replace(done.run, findings=findings), preview=True)) is None


def test_a_webhook_gets_one_message_for_all_that_waits(told: Callable[..., Notices], space: Workspace) -> None:
    server = WebServer()
    server.pages["/nhan"] = page(b"ok", "text/plain")
    with running(server) as port:
        notices = told(f"json://nguoi:{SECRET}@127.0.0.1:{port}/nhan")
        notices.add("Lượt đêm hỏng.")
        notices.add("Sao lưu không làm được.")
        notices.add("Lượt 02:00 không chạy.", "missed 1")
        notices.add("Lượt 02:00 không chạy.", "missed 1")
        assert notices.deliver()
        notices.add("Lượt sau.")
        assert not notices.deliver()  # within twelve hours: waits
    assert len(server.asked) == 1
    sent = json.loads(server.asked[0][2])
    assert sent["message"].count("Lượt 02:00 không chạy.") == 1
    assert "http://127.0.0.1:8787/" in sent["message"]
    assert SECRET not in everything_kept(space)


def test_mail_is_sent(told: Callable[..., Notices]) -> None:
    server = MailServer()
    with running(server) as port:
        address = f"mailto://127.0.0.1:{port}?from=rasoat@xa.example&to=canbo@xa.example&mode=insecure"
        notices = told(address)
        notices.add("Lượt 3, ngày 24/11/2026: phát hiện mức cao 2 mới (VD02: 2).")
        assert notices.deliver(), notices.trouble
    assert len(server.taken) == 1
    message = email.message_from_string(server.taken[0])
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    assert any("phát hiện mức cao 2 mới (VD02: 2)".encode() in part for part in parts if isinstance(part, bytes))


def test_a_server_that_is_not_there_is_told_and_the_message_waits(
    told: Callable[..., Notices], space: Workspace
) -> None:  # fmt: skip
    notices = told(f"json://nguoi:{SECRET}@127.0.0.1:9/nhan")
    notices.add("Lượt đêm hỏng.")
    assert not notices.deliver()
    assert notices.trouble == "1 trong 1 địa chỉ nhận không dùng được hoặc không nhận."
    kept = notices._diary.kept(QUEUE)
    assert [one["text"] for one in kept["queue"]] == ["Lượt đêm hỏng."]
    assert SECRET not in everything_kept(space)
    assert not notices.deliver()  # asked again only after ten minutes
    assert notices._diary.kept(QUEUE)["tried"] == kept["tried"]


def test_the_file_of_addresses_must_be_private(told: Callable[..., Notices]) -> None:
    notices = told("json://127.0.0.1:9/", mode=0o644)
    notices.add("x")
    assert not notices.deliver()
    assert "chmod 600" in (notices.trouble or "")


def test_without_an_address_nothing_is_kept(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASOAT_THONG_BAO", raising=False)
    assert space.outputs is not None
    notices = Notices(space, Diary(space.outputs))
    notices.add("x")
    assert notices.deliver()
    assert not (notices._diary.folder / QUEUE).exists()


def test_the_queue_stays_small_and_says_what_it_left_out(told: Callable[..., Notices]) -> None:
    server = WebServer()
    server.pages["/"] = page(b"ok", "text/plain")
    with running(server) as port:
        notices = told(f"json://127.0.0.1:{port}/")
        for number in range(70):
            notices.add(f"Việc {number}.")
        assert notices.deliver()
    sent = json.loads(server.asked[0][2])["message"]
    assert sent.count("Việc") == 50
    assert "20 việc cũ hơn" in sent


@pytest.mark.parametrize(
    ("sent", "hours", "due"),
    [(timedelta(hours=11), 12, False), (timedelta(hours=13), 12, True), (timedelta(days=-400), 12, True)],
)
def test_how_often(told: Callable[..., Notices], sent: timedelta, hours: int, due: bool) -> None:
    """A clock that was set back (the last message lies in the future) does not silence the notices."""
    notices = told("json://127.0.0.1:9/", hours=hours)
    assert notices._due({"sent": (datetime.now(UTC) - sent).isoformat()}) is due


def everything_kept(space: Workspace) -> str:
    assert space.outputs is not None
    return "".join(place.read_text("utf-8", "replace") for place in space.outputs.rglob("*") if place.is_file())


@pytest.fixture
def done(tmp_path: Path) -> Done:
    from corpus.model import Run

    run = Run(7, date(2026, 11, 24), "2026-11-24T02:00:00+00:00", (), (), {}, (), "xã", None)
    return Done(run, tmp_path)
