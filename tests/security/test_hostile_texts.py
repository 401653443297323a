"""Documents that attack their reader: markup, templates, formulas, signs of terminals in every place that a text has.

A whole corpus of them goes through a run; every screen of the review page, the report, every paper, table and export is
then looked at as its program would read it: what came from a document is text there, and nothing else.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from flows import cli
from flows.settings import workspace
from flows.workbench import WorkbenchDoor
from outputs.workbench.app import application

BASE = "http://127.0.0.1"
MARK = "zqattack"
ATTACKS = (
    f"<script>{MARK}()</script>", f"\"><img src=x onerror={MARK}()>", f"' onmouseover='{MARK}()",
    f"</textarea><{MARK}>",
    "{{ 7*191 }}", "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    f"=HYPERLINK(\"http://{MARK}\")",
    f"javascript:{MARK}()", "\x1b]0;zqattack\x07", "\u202egnp.exe", f"&lt;{MARK}&gt;<!--", f"]]><{MARK}/>",
    "%s%n{0.__class__}", f"<svg/onload={MARK}()>", f"<a href=\"data:text/html,{MARK}\">x</a>",
)  # fmt: skip


def text(number: int, attack: str, kind: str = "QUYẾT ĐỊNH") -> str:
    """A decision with the attack in its title, issuer's place, bases, clauses, recipients and signature."""
    short = "QĐ" if kind == "QUYẾT ĐỊNH" else "NQ"
    return f"""ỦY BAN NHÂN DÂN
XÃ BẾN GIANG {attack}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number:02d}/2023/{short}-UBND
Bến Giang, ngày 15 tháng 3 năm 2023
{kind}
Ban hành quy định về quản lý chợ {attack}
Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013 {attack};
Căn cứ Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015 của Chính phủ {attack};
Căn cứ Nghị định số 9999/2015/NĐ-CP {attack};
QUYẾT ĐỊNH:
Điều 1. Phạm vi {attack}
1. Thực hiện theo Nghị định số 23/2015/NĐ-CP của Chính phủ {attack}.
2. Phòng Tài chính - Kế hoạch {attack} chịu trách nhiệm theo Luật Đất đai năm 2013.
Điều 2. Hiệu lực {attack}
Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2023; thay thế Quyết định số 01/2020/QĐ-UBND {attack}.
Nơi nhận:
- Như Điều 2 {attack};
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Mẫu {attack}
"""


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("xa")
    assert cli.main(["init", "--samples", "--workspace", str(folder)]) == 0
    local = folder / "corpus" / "dia-phuong"
    for path in [path for path in local.iterdir() if path.is_file()]:
        path.unlink()
    for number, attack in enumerate(ATTACKS, 2):
        (local / f"qd-{number}.txt").write_text(text(number, attack), "utf-8")
    named = text(80, "tên tệp lạ")
    for name in (
        f"<img src=x onerror={MARK}()>.txt", f"';{MARK};'.txt", "{{7*191}}.txt", f"\x1b[31m{MARK}.txt",
        "a b&c=d#e?.txt",
    ):  # fmt: skip
        (local / name).write_text(named, "utf-8")
    (local / f"<b>{MARK}.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "rasoat.toml").write_text(
        f"don_vi = \"Ủy ban nhân dân xã <{MARK}>\"\n[xa]\nnoi_ky = \"<{MARK}> {{{{ 7*191 }}}}\"\n"
        f"nguoi_ky = \"</w:t><{MARK}/>\"\n", "utf-8",
    )  # fmt: skip
    assert cli.main(["review", "--workspace", str(folder), "--as-of", "2026-11-20"]) == 1, "one file could not be read"
    return folder


class Seen(HTMLParser):
    """What a browser makes of a page: elements with their attributes, links, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def assert_harmless(html: str, where: str) -> Seen:
    seen = Seen(html)
    for tag, attributes in seen.tags:
        assert MARK not in tag, f"{where}: <{tag}>"
        assert tag not in ("iframe", "object", "embed", "base"), f"{where}: <{tag}>"
        for name, value in attributes.items():
            assert not name.startswith("on"), f"{where}: <{tag} {name}>"
            assert MARK not in name, f"{where}: <{tag} {name}>"
            if name in ("href", "src", "action", "formaction"):
                assert not re.match(r"\s*(?:javascript|data|vbscript|https?:)", value or "", re.I), f"{where}: {value}"
    assert str(7 * 191) not in "".join(seen.text), f"{where}: a template was carried out"
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e]", html), f"{where}: signs of control"
    return seen


@pytest.fixture(scope="module")
def client(commune: Path) -> Iterator[TestClient]:
    door = WorkbenchDoor(workspace(str(commune), None, None), f"Cán bộ <{MARK}>")
    with TestClient(application(door), base_url=BASE, raise_server_exceptions=False) as made:
        yield made


def test_every_screen_of_the_page(client: TestClient) -> None:
    """All that a link leads to, some of each kind; and pages asked with attacks in their addresses."""
    waiting, done, said = ["/"], set(), 0
    kinds: dict[str, int] = {}
    while waiting:
        address = waiting.pop()
        kind = urlsplit(address).path.rsplit("/", 1)[0] or urlsplit(address).path
        if address in done or kinds.get(kind, 0) > 40:
            continue
        done.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(address)
        assert answer.status_code < 500, address
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        if not answer.headers.get("content-type", "").startswith("text/html"):
            disposition = answer.headers.get("content-disposition", "attachment")
            own = address.startswith("/tinh/") or answer.headers["content-type"].startswith(("image/png", "text/plain"))
            assert own or disposition.startswith("attachment"), address
            continue
        seen = assert_harmless(answer.text, address)
        said += MARK in "".join(seen.text)
        for tag, attributes in seen.tags:
            target = urljoin(address, attributes.get("href") or attributes.get("src") or "")
            if tag in ("a", "img", "link", "script") and target.startswith("/") and "#" not in target:
                waiting.append(target)
    assert len(done) > 40
    assert said > 20, "the attacks were shown, as text"


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_in_addresses_and_forms(client: TestClient, attack: str) -> None:
    token = re.findall(r'name="ma" value="([^"]+)"', client.get("/giay-to").text)[0]
    fields = ("tim", "quy_tac", "don_vi", "linh_vuc", "muc", "xep", "trang", "bao", "tep", "ngay", "ve")
    given = dict.fromkeys(fields, attack)
    screens = ("/", "/phat-hien", "/van-ban", "/van-ban/mot", "/giay-to", "/truoc-sap-xep")
    for path in (*screens, f"/phat-hien/{quote(attack[:20], safe='')}"):
        answer = client.get(path, params=given)
        assert answer.status_code < 500, path
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert_harmless(answer.text, path)
    one = re.findall(r'data-id="([0-9a-f]+)"', client.get("/phat-hien").text)[0]
    for path, sent in (
        ("/quyet-dinh", {"phat_hien": one, "quyet_dinh": "sua", "ghi_chu": attack, "noi_dung": attack}),
        ("/da-xu-ly", {"phat_hien": one, "so": attack}), ("/phan-cong", {"tep": attack, "don_vi": attack}),
        ("/y-kien", {"tep": attack, "don_vi": attack}), ("/giay-to/lap", {"giay": attack, "nam": attack}),
        ("/dinh-chinh", {"tep": attack}), ("/hang-loat", {"ve": attack, "tu": attack}),
    ):  # fmt: skip
        answer = client.post(path, data={"ma": token, **sent}, follow_redirects=True)
        assert answer.status_code < 500, path
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert_harmless(answer.text, path)
    while "Không còn quyết định" not in client.post("/hoan-tac", data={"ma": token, "ve": "", "tu": ""}).text:
        pass


def test_the_report(commune: Path) -> None:
    html = next((commune / "outputs").glob("luot-*/report.html")).read_text("utf-8")
    assert MARK in "".join(assert_harmless(html, "report").text)


def test_every_paper_and_table(commune: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Papers are XML without a tag of ours, tables without a formula, nothing loads from outside."""
    where = ["--workspace", str(commune), "--year", "2026", "--as-of", "2026-11-20", "--undecided"]
    assert cli.main(["forms", "tat-ca", *where]) in (0, 1)
    for paper in ("mau-03", "mau-05", "xu-ly", "phieu-ra-soat"):
        cli.main(["forms", paper, *where])
    made = [path for path in (commune / "outputs").rglob("*") if path.suffix in (".docx", ".xlsx")]
    assert len(made) > 8
    said = 0
    for path in made:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as office:
            for name in office.namelist():
                if not name.endswith((".xml", ".rels")):
                    continue
                root = ElementTree.fromstring(office.read(name))
                words = "".join(root.itertext())
                said += MARK in words
                assert not [one.tag for one in root.iter() if MARK in str(one.tag)], f"{path.name}: {name}"
                assert str(7 * 191) not in words, f"{path.name}: a template was carried out"
                outside = [one.attrib for one in root.iter() if one.attrib.get("TargetMode") == "External"]
                assert outside == [], f"{path.name}: {name}"
        if path.suffix == ".xlsx":
            for sheet in load_workbook(path):
                cells = [cell for row in sheet.iter_rows() for cell in row]
                live = [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
                assert live == [], f"{path.name}: {sheet.title}"
    assert said > 3, "the attacks were printed, as text"


def test_akoma_ntoso_is_well_formed(commune: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for path in sorted((commune / "corpus" / "dia-phuong").glob("*.txt")):
        capsysbinary.readouterr()
        assert cli.main(["akn", str(path)]) == 0, path
        root = ElementTree.fromstring(capsysbinary.readouterr().out)
        assert not [one.tag for one in root.iter() if MARK in str(one.tag)]


def test_a_terminal_is_not_told_what_to_do(
    commune: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of files and words of documents reach the terminal without signs that steer it."""
    where = ["--workspace", str(commune)]
    odd = str(next((commune / "corpus/dia-phuong").glob("\x1b*")))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # put back after
    for call in (["review"], ["ledger"], ["clocks"], ["decisions"], ["register"], ["check", odd]):
        cli.main([*call, *where, *(["--as-of", "2026-11-20"] if call == ["review"] else [])])
    said = capsys.readouterr()
    assert "\x1b" not in said.err
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
    assert MARK in said.out
