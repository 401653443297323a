"""Who is let in, and what an answer allows."""

from __future__ import annotations

import pytest

from corpus.store import StoreError
from flows import cli


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8787", "localhost:9", "[::1]:8787"])
def test_this_machine_is_let_in(page, host: str) -> None:  # type: ignore[no-untyped-def]
    assert page.client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8787", "192.168.1.5:8787", "localhost.evil", ""]
)
def test_a_name_that_leads_here_from_outside_is_refused(page, host: str) -> None:  # type: ignore[no-untyped-def]
    answer = page.client.get("/phat-hien", headers={"Host": host})
    assert answer.status_code == 421
    assert "phát hiện" not in answer.text


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_of_another_page_is_refused(page, headers: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    one = page.ids()[0]
    form = {"ma": page.token, "phat_hien": one, "quyet_dinh": "dong_y"}
    assert page.client.post("/quyet-dinh", data=form, headers=headers).status_code == 403
    with page.door.reading() as store:
        assert store.decision_of(one) is None


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_a_form_without_the_token_changes_nothing(page, token: str) -> None:  # type: ignore[no-untyped-def]
    one = page.ids()[0]
    answer = page.client.post("/quyet-dinh", data={"ma": token, "phat_hien": one, "quyet_dinh": "dong_y"})
    assert answer.status_code == 403
    assert "tải lại trang" in answer.text
    with page.door.reading() as store:
        assert store.decision_of(one) is None


def test_answers_allow_no_foreign_or_inline_code(page) -> None:  # type: ignore[no-untyped-def]
    for path in ("/", "/phat-hien", "/khong-co", "/tinh/page.js"):
        headers = page.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    text = page.get("/phat-hien")
    assert "<script>" not in text
    assert " style=" not in text
    assert " onclick" not in text


def test_an_error_of_ours_shows_no_trace(page, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*_: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(page.door.__class__, "ledger", broken)
    text = page.get("/van-ban", 500)
    assert "a secret detail" not in text
    assert "Traceback" not in text
    assert "Chương trình gặp lỗi" in text


def test_a_store_that_cannot_be_opened_is_told_without_a_trace(page, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*_: object) -> None:
        raise StoreError("Kho dữ liệu không mở được.")

    monkeypatch.setattr(page.door.__class__, "reading", broken)
    text = page.get("/phat-hien", 503)
    assert "Kho dữ liệu không mở được." in text
    assert "Traceback" not in text
    monkeypatch.undo()


def test_a_page_for_the_network_is_refused_plainly(commune, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert cli.main(["workbench", "--workspace", str(commune), "--host", "0.0.0.0"]) == 2
    assert "một người" in capsys.readouterr().err
