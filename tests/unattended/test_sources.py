"""Sources of new central law: a folder, and a site that is polite to and hostile back."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from servers import WebServer, page, running

from flows import sources
from flows.night_settings import SourceSettings
from flows.reading import corpus_files
from flows.settings import Workspace
from flows.sources.asking import Refused, ask, host_of
from flows.sources.folder import FolderSource
from flows.sources.web import WebSource, name_of
from flows.unattended.diary import Diary

LAW = "<html><body><p>CHÍNH PHỦ</p><p>Số: {0}/2026/NĐ-CP</p></body></html>"


@pytest.fixture
def site() -> Iterator[tuple[WebServer, str]]:
    server = WebServer()
    with running(server) as port:
        yield server, f"127.0.0.1:{port}"


class Night:
    """A night's fetch from a site of this machine."""

    def __init__(self, folder: Path, host: str, **settings: object) -> None:
        base = SourceSettings(on=True, index=(f"http://{host}/moi",), hosts=frozenset({host}), delay_s=10.0)
        self.settings = replace(base, **settings)  # type: ignore[arg-type]
        self.diary, self.into = Diary(folder / "outputs"), folder / "moi"
        self.waits: list[float] = []
        self.told: list[str] = []

    def run(self) -> int:
        source = WebSource(self.settings, self.diary, self.waits.append)
        return source.fetch(self.into, self.told.append)

    @property
    def files(self) -> list[str]:
        return sorted(place.name for place in self.into.iterdir() if not place.name.startswith("."))


def index(*links: str) -> Callable[[BaseHTTPRequestHandler], None]:
    return page("".join(f'<a href="{link}">x</a>' for link in links).encode())


def test_new_documents_are_saved_with_where_they_came_from(site: tuple[WebServer, str], tmp_path: Path) -> None:
    server, host = site
    server.pages["/moi"] = index("/toan-van?id=1", "/toan-van?id=2#cuoi", "/toan-van?id=1", "mailto:a@b", "/khac")
    server.pages["/toan-van?id=1"] = page(LAW.format(1).encode(), ETag='"mot"')
    server.pages["/toan-van?id=2"] = page(b"%PDF-1.4 thu", "application/pdf")
    night = Night(tmp_path, host, only=("toan-van",))
    assert night.run() == 2
    assert server.paths == ["/robots.txt", "/moi", "/toan-van?id=1", "/toan-van?id=2"]
    assert night.waits == [10.0, 10.0, 10.0]
    assert sorted(name.rsplit(".")[-1] for name in night.files) == ["html", "pdf"]
    name = name_of(f"http://{host}/toan-van?id=1", ".html")
    assert (night.into / name).read_text("utf-8") == LAW.format(1)
    side = json.loads((night.into / f".{name}.nguon.json").read_text("utf-8"))
    assert (side["url"], side["etag"]) == (f"http://{host}/toan-van?id=1", '"mot"')
    assert all("rasoat" in headers["user-agent"] for _, headers, _ in server.asked)


def test_side_files_are_no_documents(site: tuple[WebServer, str], space: Workspace) -> None:
    server, host = site
    server.pages["/moi"] = index("/1")
    server.pages["/1"] = page(LAW.format(1).encode())
    night = Night(space.corpus.parent, host)
    night.into = space.corpus / "trung-uong" / "moi"
    night.run()
    assert len([path for path in corpus_files(space.corpus) if "/moi/" in path]) == 1


def test_what_was_had_is_asked_for_again_later_and_then_conditionally(
    site: tuple[WebServer, str], tmp_path: Path
) -> None:  # fmt: skip
    server, host = site
    server.pages["/moi"] = index("/1")
    server.pages["/1"] = page(LAW.format(1).encode(), ETag='"a"')
    night = Night(tmp_path, host)
    assert (night.run(), night.run()) == (1, 0)
    assert server.paths.count("/1") == 1
    due(night)
    marks = (night.into / night.files[0]).stat().st_mtime_ns
    assert night.run() == 0
    assert server.asked[-1][1]["if-none-match"] == '"a"'
    assert (night.into / night.files[0]).stat().st_mtime_ns == marks
    server.pages["/1"] = page(LAW.format(2).encode(), ETag='"b"')
    due(night)
    assert night.run() == 1
    assert (night.into / night.files[0]).read_text("utf-8") == LAW.format(2)
    assert len(night.files) == 1


def test_only_so_many_a_night_and_the_rest_the_next(site: tuple[WebServer, str], tmp_path: Path) -> None:
    server, host = site
    server.pages["/moi"] = index(*(f"/{n}" for n in range(7)))
    server.pages |= {f"/{n}": page(LAW.format(n).encode()) for n in range(7)}
    night = Night(tmp_path, host, pages_a_night=3)
    assert [night.run() for _ in range(4)] == [3, 3, 1, 0]
    assert sorted(path for path in server.paths if path[1:].isdigit()) == [f"/{n}" for n in range(7)]


def test_a_night_that_dies_goes_on_where_it_was(site: tuple[WebServer, str], tmp_path: Path) -> None:
    server, host = site
    server.pages["/moi"] = index("/0", "/1", "/2")
    server.pages |= {f"/{n}": page(LAW.format(n).encode()) for n in range(3)}

    def dies(asked: BaseHTTPRequestHandler) -> None:
        raise SystemExit

    night = Night(tmp_path, host)
    source = WebSource(night.settings, night.diary, lambda _: killed() if "/1" in server.paths else None)
    with suppress(KeyboardInterrupt):
        source.fetch(night.into, night.told.append)
    assert server.paths[-1] == "/1"
    assert night.run() == 1
    assert [server.paths.count(f"/{n}") for n in range(3)] == [1, 1, 1]
    assert not list(night.into.glob(".*.tmp"))


def killed() -> None:
    raise KeyboardInterrupt


def test_robots_txt_is_kept(site: tuple[WebServer, str], tmp_path: Path) -> None:
    server, host = site
    server.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /kin/\nCrawl-delay: 25\n", "text/plain")
    server.pages["/moi"] = index("/kin/1", "/2")
    server.pages |= {"/kin/1": page(b"x"), "/2": page(LAW.format(2).encode())}
    night = Night(tmp_path, host)
    assert night.run() == 1
    assert "/kin/1" not in server.paths
    assert night.waits[-1] == 25.0
    assert any("robots.txt" in line for line in night.told)


def test_a_site_whose_robots_txt_fails_is_left_alone(site: tuple[WebServer, str], tmp_path: Path) -> None:
    server, host = site
    server.pages["/robots.txt"] = page(b"", status=503)
    server.pages["/moi"] = index("/1")
    night = Night(tmp_path, host)
    with pytest.raises(OSError, match="không trang danh sách nào"):
        night.run()
    assert set(server.paths) == {"/robots.txt"}


def moved(to: str, status: int = 302) -> Callable[[BaseHTTPRequestHandler], None]:
    return page(b"", status=status, Location=to)


def test_redirects_lead_nowhere_else(site: tuple[WebServer, str], tmp_path: Path) -> None:
    server, host = site
    other = WebServer()
    with running(other) as port:
        elsewhere = f"http://127.0.0.1:{port}/trom"
        other.pages["/trom"] = page(b"x")
        server.pages["/moi"] = index("/di", "/vong", "/trong", "/tep", elsewhere, f"http://nguoi:mk@{host}/1")
        server.pages |= {
            "/di": moved(elsewhere), "/vong": moved("/vong"), "/trong": moved("/den"), "/tep": moved("file:///etc/passwd"),
            "/den": page(LAW.format(1).encode()),
        }  # fmt: skip
        night = Night(tmp_path, host)
        assert night.run() == 1
    assert other.asked == []
    assert sum("chuyển hướng" in line for line in night.told) == 3
    assert len(night.files) == 1


def test_what_is_too_large_strange_or_empty_is_not_kept(site: tuple[WebServer, str], tmp_path: Path) -> None:
    server, host = site

    def endless(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "text/html")
        asked.end_headers()
        for _ in range(200):
            asked.wfile.write(b"x" * 65536)

    def short(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "text/html")
        asked.send_header("Content-Length", "5000")
        asked.end_headers()
        asked.wfile.write(b"<p>dang do")
        asked.close_connection = True

    server.pages["/moi"] = index("/lon", "/vo-tan", "/la", "/rong", "/dut", "/nen", "/tot")
    server.pages |= {
        "/lon": page(b"x", Content_Length="99999999"), "/vo-tan": endless,
        "/la": page(b"MZ", "application/x-msdownload"), "/rong": page(b"  \n"), "/dut": short,
        "/nen": page(b"x", Content_Encoding="gzip"), "/tot": page(LAW.format(1).encode()),
    }  # fmt: skip
    night = Night(tmp_path, host, most_bytes=1024 * 1024)
    assert night.run() == 1
    assert len(night.files) == 1
    assert not [place for place in night.into.iterdir() if place.name.endswith((".tmp", ".part"))]
    assert len(night.told) == 6


def test_a_site_in_trouble_is_left_alone_after_three_failures(site: tuple[WebServer, str], tmp_path: Path) -> None:
    server, host = site
    server.pages["/moi"] = index(*(f"/{n}" for n in range(9)))
    server.pages |= {f"/{n}": page(b"", status=500) for n in range(9)}
    night = Night(tmp_path, host)
    with pytest.raises(OSError, match="đêm sau hỏi tiếp"):
        night.run()
    assert len([path for path in server.paths if path[1:].isdigit()]) == 3
    server.pages |= {"/3": page(b"", status=429)}
    server.asked.clear()
    with pytest.raises(OSError, match="đêm sau hỏi tiếp"):
        night.run()
    assert [path for path in server.paths if path[1:].isdigit()] == ["/3"]


def test_a_slow_answer_is_cut_off(site: tuple[WebServer, str]) -> None:
    server, host = site
    stop = threading.Event()

    def drips(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.end_headers()
        drip(asked)

    def drips_headers(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        drip(asked)

    def drip(asked: BaseHTTPRequestHandler) -> None:
        while not stop.wait(0.05):
            asked.wfile.write(b"x")
            asked.wfile.flush()

    server.pages |= {"/cham": drips, "/dau-cham": drips_headers}
    for path in ("/cham", "/dau-cham"):
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            ask(f"http://{host}{path}", frozenset({host}), 1024, whole_s=1.0)
        assert time.monotonic() - start < 5
    stop.set()


@pytest.mark.parametrize(
    "url", ["http://example.com/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://[::1", "http:///x",
            "http://127.0.0.1@example.com/", "http://127.0.0.1:99999/", "javascript:alert(1)", ""],
)  # fmt: skip
def test_only_allowed_hosts_are_asked(url: str) -> None:
    with pytest.raises(Refused):
        ask(url, frozenset({"127.0.0.1"}), 1024)


def test_the_host_of_an_address() -> None:
    assert host_of("https://VBPL.vn/a?b") == "vbpl.vn"
    assert host_of("http://vbpl.vn:8080/") == "vbpl.vn:8080"
    assert host_of("https://vbpl.vn.example.com/") == "vbpl.vn.example.com"


def test_names_are_safe_and_their_own() -> None:
    names = {name_of(f"http://h/a/../../{part}", ".html") for part in ("x", "X", "%2e%2e%2f", "?a=../b", "đ", "")}
    assert len(names) == 6
    assert all("/" not in name and not name.startswith(".") and name.isascii() for name in names)


def test_a_shared_folder_is_copied_once(tmp_path: Path) -> None:
    shared, into = tmp_path / "chung", tmp_path / "moi"
    (shared / "sau").mkdir(parents=True)
    for name, text in (("a.txt", "A"), ("sau/b.txt", "B"), (".an.txt", "x"), ("~$c.docx", "x"), ("moi.txt", "M")):
        (shared / name).write_text(text, "utf-8")
        if name != "moi.txt":
            os.utime(shared / name, (1, 1))
    source = FolderSource(shared)
    assert (source.fetch(into, print), source.fetch(into, print)) == (2, 0)
    assert sorted(place.name for place in into.iterdir()) == ["a.txt", "b.txt"]  # moi.txt may still be growing
    (shared / "a.txt").write_text("A khác", "utf-8")
    os.utime(shared / "a.txt", (2, 2))
    assert (source.fetch(into, print), source.fetch(into, print)) == (1, 0)
    assert (into / "a.txt").read_text("utf-8") == "A"
    assert len(list(into.iterdir())) == 3


def test_sources_that_fail_never_stop_a_night(make: Callable[[str], Workspace]) -> None:
    space = make(
        '[nguon]\nthu_muc = "khong-co"\nbat = true\ntrang = ["http://127.0.0.1:9/"]\ncho_phep = ["127.0.0.1:9"]\n'
    )
    told: list[str] = []
    assert len(sources.sources(space)) == 2
    assert sources.fetch(space, told.append) == 0
    assert sum("không dùng được" in line for line in told) == 2


def test_nothing_is_asked_without_being_switched_on(space: Workspace) -> None:
    assert sources.sources(space) == []
    assert sources.fetch(space, print) == 0


def due(night: Night) -> None:
    """As if the days had passed."""
    with night.diary.changing(sources.KEPT) as kept:
        for one in kept["pages"].values():
            one["next"] = "2020-01-01T00:00:00+00:00"
