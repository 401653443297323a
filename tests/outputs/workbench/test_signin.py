"""Signing in: who is let in, whose name is on a decision, what a guess costs."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from flows import cli
from flows.settings import workspace
from flows.users import place_of, watched
from flows.workbench import WorkbenchDoor
from outputs.workbench.app import Access, application
from outputs.workbench.signin import Brake, Sessions
from outputs.workbench.users import User, WrongUser, load, made, right, save

AN, BINH = made("an", "Cán bộ A", "mat khau cua an"), made("binh", "Cán bộ B", "mat khau cua binh")
BASE = "https://rasoat.xa.example"


@pytest.fixture
def office(commune: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A page that two officers sign in to, over a line with a certificate."""
    place = tmp_path / "nguoi-dung.json"
    save(place, {"an": AN, "binh": BINH})
    door = WorkbenchDoor(workspace(str(commune), None, None), "Người khác")
    app = application(door, Access(("rasoat.xa.example",), watched(place)))

    def browser(login: str = "", password: str = "") -> TestClient:
        one = TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False)
        if login:
            answer = one.post("/dang-nhap", data={"ten": login, "mat_khau": password})
            assert answer.status_code == 303, answer.text
        return one

    browser.place, browser.door = place, door  # type: ignore[attr-defined]
    return browser


def token_of(one: TestClient) -> str:
    return re.findall(r'name="ma" value="([^"]+)"', one.get("/giay-to").text)[0]


def test_nobody_sees_anything_without_signing_in(office) -> None:  # type: ignore[no-untyped-def]
    one = office()
    for path in ("/", "/phat-hien", "/van-ban", "/giay-to", "/khong-co", "/health"):
        answer = one.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap"), path
    assert one.post("/quyet-dinh", data={"ma": "x"}).status_code == 401
    assert one.get("/healthz").status_code == 200
    text = one.get("/dang-nhap").text
    assert "Mật khẩu" in text
    assert "<script" not in text


def test_the_cookie_is_of_no_use_to_scripts_or_over_a_bare_line(office) -> None:  # type: ignore[no-untyped-def]
    answer = office().post("/dang-nhap", data={"ten": "AN", "mat_khau": "mat khau cua an"})
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=lax", "secure", "path=/"))


def test_a_decision_has_the_name_of_who_signed_in(office) -> None:  # type: ignore[no-untyped-def]
    an, binh = office("an", "mat khau cua an"), office("binh", "mat khau cua binh")
    first, second = re.findall(r'data-id="([0-9a-f]+)"', an.get("/phat-hien").text)[:2]
    for one, finding in ((an, first), (binh, second)):
        form = {"ma": token_of(one), "phat_hien": finding, "quyet_dinh": "dong_y"}
        assert one.post("/quyet-dinh", data=form).status_code == 303
    with office.door.reading() as store:
        assert (store.decision_of(first).by, store.decision_of(second).by) == ("Cán bộ A", "Cán bộ B")
    assert "Cán bộ B" in binh.get("/phat-hien").text
    # Each takes back what is their own.
    binh_form = {"ma": token_of(binh), "ve": "", "tu": "danh_sach"}
    an_form = {"ma": token_of(an), "ve": "", "tu": "danh_sach"}
    binh.post("/hoan-tac", data=binh_form)
    with office.door.reading() as store:
        assert store.decision_of(second) is None
        assert store.decision_of(first).by == "Cán bộ A"
    binh.post("/hoan-tac", data=binh_form)
    an.post("/hoan-tac", data=an_form)
    with office.door.reading() as store:
        assert store.decision_of(first) is None


def test_what_a_colleague_decided_since_is_not_taken_back(office) -> None:  # type: ignore[no-untyped-def]
    an, binh = office("an", "mat khau cua an"), office("binh", "mat khau cua binh")
    finding = re.findall(r'data-id="([0-9a-f]+)"', an.get("/phat-hien").text)[0]
    for one, verdict in ((an, "dong_y"), (binh, "chua_xac_dinh")):
        one.post("/quyet-dinh", data={"ma": token_of(one), "phat_hien": finding, "quyet_dinh": verdict})
    an.post("/hoan-tac", data={"ma": token_of(an), "ve": "", "tu": "danh_sach"})
    with office.door.reading() as store:
        assert store.decision_of(finding).by == "Cán bộ B"
    binh.post("/hoan-tac", data={"ma": token_of(binh), "ve": "", "tu": "danh_sach"})


def test_the_token_of_another_session_is_refused(office) -> None:  # type: ignore[no-untyped-def]
    an, binh = office("an", "mat khau cua an"), office("binh", "mat khau cua binh")
    finding = re.findall(r'data-id="([0-9a-f]+)"', an.get("/phat-hien").text)[0]
    form = {"ma": token_of(an), "phat_hien": finding, "quyet_dinh": "dong_y"}
    assert binh.post("/quyet-dinh", data=form).status_code == 403


def test_signing_out_ends_the_session(office) -> None:  # type: ignore[no-untyped-def]
    one = office("an", "mat khau cua an")
    secret = one.cookies["rasoat"]
    assert one.get("/").status_code == 200
    assert one.post("/dang-xuat").status_code == 303
    assert one.get("/").status_code == 303
    one.cookies.set("rasoat", secret)
    assert one.get("/").status_code == 303


def test_a_user_who_is_removed_or_gets_a_new_password_is_out(office) -> None:  # type: ignore[no-untyped-def]
    one = office("an", "mat khau cua an")
    assert one.get("/").status_code == 200
    save(office.place, {"an": made("an", "Cán bộ A", "mat khau moi cua an"), "binh": BINH})
    assert one.get("/").status_code == 303
    office.place.write_text("{", "utf-8")  # a broken file lets nobody in
    assert office().post("/dang-nhap", data={"ten": "binh", "mat_khau": "mat khau cua binh"}).status_code == 401


def test_guessing_is_slowed_down_and_tells_nothing(office) -> None:  # type: ignore[no-untyped-def]
    one = office()
    wrong = [one.post("/dang-nhap", data={"ten": name, "mat_khau": "sai"}) for name in ("an", "khong-co")]
    assert [answer.status_code for answer in wrong] == [401, 401]
    assert wrong[0].text == wrong[1].text
    for _ in range(4):
        one.post("/dang-nhap", data={"ten": "an", "mat_khau": "sai"})
    answer = one.post("/dang-nhap", data={"ten": "an", "mat_khau": "mat khau cua an"})
    assert answer.status_code == 429
    assert "đợi" in answer.text
    assert one.post("/dang-nhap", data={"ten": "binh", "mat_khau": "mat khau cua binh"}).status_code == 303


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"ten=an&mat_khau=" + b"x" * 10_000, b"&" * 4000, b"ten=an"])
def test_strange_forms_are_wrong_passwords(office, body: bytes) -> None:  # type: ignore[no-untyped-def]
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert office().post("/dang-nhap", content=body, headers=headers).status_code == 401


def test_another_page_cannot_sign_in_for_the_officer(office) -> None:  # type: ignore[no-untyped-def]
    form = {"ten": "an", "mat_khau": "mat khau cua an"}
    answer = office().post("/dang-nhap", data=form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert office().post("/dang-nhap", data=form, headers={"Origin": BASE}).status_code == 303


def test_names_that_were_not_allowed_are_refused(office) -> None:  # type: ignore[no-untyped-def]
    assert office().get("/dang-nhap", headers={"Host": "evil.example"}).status_code == 421


def test_sessions_end_by_themselves() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    users = {"an": AN}
    secret = sessions.begin(AN)
    for _ in range(13):
        now[0] += 3000
        assert (sessions.find(secret, users) is not None) is (now[0] < 12 * 3600)
    idle = sessions.begin(AN)
    now[0] += 3601
    assert sessions.find(idle, users) is None
    secrets = [sessions.begin(AN) for _ in range(300)]
    assert sessions.find(secrets[-1], users) is not None
    assert sessions.find(secrets[0], users) is None
    assert sessions.find("la", users) is None


def test_the_brake_waits_longer_and_longer_and_forgets() -> None:
    now = [0.0]
    brake = Brake(3, lambda: now[0])
    waits = []
    for _ in range(12):
        brake.wrong("an")
        waits.append(brake.waits("an"))
    assert waits == [0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]
    now[0] = 3601
    assert brake.waits("an") == 0
    brake.good("an")
    brake.wrong("an")
    assert brake.waits("an") == 0
    for number in range(6000):
        brake.wrong(str(number))
    assert len(brake._wrong) <= 5001


def test_passwords_are_kept_hashed_in_a_private_file(tmp_path: Path) -> None:
    place = tmp_path / "nguoi-dung.json"
    save(place, {"an": AN})
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert "mat khau" not in place.read_text("utf-8")
    assert load(place) == {"an": AN}
    assert right(AN, "mat khau cua an")
    assert not right(AN, "mat khau cua An")
    assert not right(None, "")
    assert made("an", "A", "mat khau cua an").key != AN.key  # its own salt


@pytest.mark.parametrize(
    ("login", "name", "password"),
    [("An", "A", "x" * 12), ("a", "A", "x" * 12), ("../an", "A", "x" * 12), ("an", " ", "x" * 12), ("an", "A", "ngan"),
     ("an", "A\nB", "x" * 12)],
)  # fmt: skip
def test_users_that_cannot_be_taken(login: str, name: str, password: str) -> None:
    with pytest.raises(WrongUser):
        made(login, name, password)


@pytest.mark.parametrize("text", ["{", "[1]", '[{"login": "an"}]', '[{"login":"a","name":"b","salt":"zz","key":"00"}]'])
def test_a_broken_file_of_users_is_told(tmp_path: Path, text: str) -> None:
    place = tmp_path / "nguoi-dung.json"
    place.write_text(text, "utf-8")
    with pytest.raises(WrongUser, match="không đọc được"):
        load(place)


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    import io

    cli.main(["init", "--workspace", str(tmp_path)])
    space = ["--workspace", str(tmp_path)]

    def typed(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    typed("mat khau cua an\n")
    assert cli.main(["users", "add", "an", "--full-name", "Cán bộ A", *space]) == 0
    typed("ngan\n")
    assert cli.main(["users", "add", "binh", *space]) == 2
    typed("mat khau cua binh\n")
    assert cli.main(["users", "add", "binh", "--full-name", "Cán bộ A", *space]) == 2  # two of one name
    typed("mat khau khac cua an\n")
    assert cli.main(["users", "add", "an", *space]) == 0  # a new password, the name stays
    found: User = load(place_of(workspace(str(tmp_path), None, None)))["an"]
    assert (found.name, right(found, "mat khau khac cua an")) == ("Cán bộ A", True)
    capsys.readouterr()
    assert cli.main(["users", "list", *space]) == 0
    assert capsys.readouterr().out == "an\tCán bộ A\n"
    assert cli.main(["users", "remove", "an", *space]) == 0
    assert cli.main(["users", "remove", "an", *space]) == 2
    assert cli.main(["users", "add", *space]) == 2


@pytest.mark.parametrize("users", [[], [1]])
def test_no_page_for_the_network_without_users_and_a_certificate(
    tmp_path: Path, users: list[int], capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    cli.main(["init", "--workspace", str(tmp_path)])
    if users:
        save(place_of(workspace(str(tmp_path), None, None)), {"an": AN})
    for argv in (["workbench", "--host", "0.0.0.0"], ["serve", "--page-host", "0.0.0.0"]):
        assert cli.main([*argv, "--workspace", str(tmp_path)]) == 2
        assert "chứng thư" in capsys.readouterr().err
    assert cli.main(["workbench", "--cert", "khong-co.pem", "--workspace", str(tmp_path)]) == 2
