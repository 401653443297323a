"""The review page over 100,000 findings: how long each click takes, as a browser sees it (goal: p95 ≤ 150 ms)."""

from __future__ import annotations

import http.client
import random
import re
import subprocess
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from bench.measure import RASOAT
from corpus import store
from corpus.model import Document, Evidence, Finding, Masthead, Place, Run
from corpus.store import FileRow

FINDINGS, DOCUMENTS, CLICKS = 100_000, 4_000, 120
PORT = 18_787
_RULES = ("CC01", "CC02", "VD01", "VD02", "VD04", "HL01", "HL02", "TN01", "TN02", "MT01", "MT02", "TT01", "VD05",
          "HL05")  # fmt: skip
_TEXT = (
    "hồ sơ sổ hộ khẩu chứng minh nhân dân ủy ban xã phường huyện quản lý chợ đất đai nghĩa trang rác thải hòa giải ở "
    "cơ sở mức hỗ trợ thời hạn phòng kinh tế hạ tầng công chức tư pháp tiếp công dân khiếu nại tố cáo ngân sách"
)
_WORDS = _TEXT.split()


def workbench(folder: Path) -> Iterator[str]:
    """Fill a store, start the page, click; one line for each kind of click and one for all."""
    fill(folder / "outputs" / "rasoat.db")
    for name in ("dia-phuong", "trung-uong"):
        (folder / "corpus" / name).mkdir(parents=True)
    command = [*RASOAT, "workbench", "--workspace", str(folder), "--port", str(PORT), "--by", "bench"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        started = time.perf_counter()
        _wait()
        page = http.client.HTTPConnection("127.0.0.1", PORT)
        _ask(page, "/phat-hien")
        yield f"workbench: first queue {time.perf_counter() - started:.1f} s after the start, {FINDINGS} findings"
        taken = _clicks(page)
    finally:
        server.terminate()
        server.wait()
    for name, times in taken.items():
        yield f"workbench: {name}: p50 {_at(times, 0.5):.0f} ms, p95 {_at(times, 0.95):.0f} ms"
    every = [one for times in taken.values() for one in times]
    yield f"workbench: all {len(every)} actions: p50 {_at(every, 0.5):.0f} ms, p95 {_at(every, 0.95):.0f} ms (goal 150)"


def fill(place: Path) -> None:
    """A store with one run of made-up findings on made-up documents."""
    chance = random.Random(7)
    documents: dict[str, Document] = {}
    for n in range(DOCUMENTS):
        path = f"corpus/dia-phuong/QD-{n:05d}.txt"
        text = " ".join(chance.choices(_WORDS, k=900))
        head = Masthead(
            symbol=f"{n % 90 + 1:02d}/{2010 + n % 15}/QĐ-UBND", kind="quyet_dinh", level="xa", normative=True,
            issuer=f"Ủy ban nhân dân xã Số {n // 100}", date=date(2010, 1, 5) + timedelta(days=n), title=text[:80],
        )  # fmt: skip
        documents[path] = Document(path, "ok", masthead=head, text=text)
    paths = list(documents)
    findings = tuple(_finding(chance, n, documents[paths[n % DOCUMENTS]]) for n in range(FINDINGS))
    with store.open(place, write=True) as opened:
        opened.save_documents(((f"{n:064d}", documents[path]) for n, path in enumerate(paths)), "bench")
        opened.save_files(FileRow(path, f"{n:064d}", 1, 1, "bench", "ok", None, path) for n, path in enumerate(paths))
        run = Run(1, date(2026, 1, 15), "2026-01-15T00:00:00", findings, (), documents, (), None, None)
        opened.save_run(run, "bench", "2026-01-15T00:01:00", {path: path for path in paths})


def _finding(chance: random.Random, n: int, document: Document) -> Finding:
    start = chance.randrange(0, len(document.text) - 200)
    quote = document.text[start : start + 60]
    act = f"{chance.randrange(1, 400)}/{chance.randrange(2000, 2026)}/NĐ-CP"
    return Finding(
        chance.choice(_RULES), chance.choice(("cao", "trung_binh", "thap", "thong_tin")), document.path,
        (Place(f"art_{n % 30 + 1}", start, start + 60, 1, quote),),
        f"Văn bản được viện dẫn “{act}” đã hết hiệu lực; {' '.join(chance.choices(_WORDS, k=40))}.",
        "khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP", "sua_doi_bo_sung",
        chance.choice(("chac_chan", "can_kiem_tra", "goi_y")), target_symbol=act,
        evidence=(Evidence(act, "art_3", "hết hiệu lực", "repeal", date(2024, 7, 1)),), id=f"{n:016x}",
        state=chance.choice(("new", "unchanged", "unchanged", "updated")),
    )  # fmt: skip


def _clicks(page: http.client.HTTPConnection) -> dict[str, list[float]]:
    chance = random.Random(11)
    taken: dict[str, list[float]] = {}

    def timed(name: str, path: str, form: dict[str, str] | None = None) -> str:
        started = time.perf_counter()
        text = _ask(page, path, form)
        taken.setdefault(name, []).append((time.perf_counter() - started) * 1000)
        return text

    filters = ("", "?nhom=VD", "?muc_do=cao&do_chac=chac_chan", "?tinh_trang=new", "?xu_ly=tat_ca", "?theo=van_ban",
               "?theo=nguyen_nhan", "?trang=400", "?quy_tac=TN01&loai=can_xu_ly")  # fmt: skip
    _ask(page, "/")
    for n in range(CLICKS):
        text = timed("filter", f"/phat-hien{filters[n % len(filters)]}")
        word = " ".join(chance.sample(_WORDS, 1 + n % 2))
        timed("search", "/phat-hien?" + urlencode({"tim": word}))
        text = timed("filter", "/phat-hien")
        identity = re.findall(r'data-id="([0-9a-f]+)', text)[chance.randrange(20)]
        token = re.findall(r'name="ma" value="([^"]+)', text)[0]
        timed("open", f"/phat-hien/{identity}")
        timed("decide and move on", "/quyet-dinh", {"ma": token, "phat_hien": identity, "quyet_dinh": "dong_y"})
        if n % 10 == 0:
            timed("undo", "/hoan-tac", {"ma": token})
            timed("first screen", "/")
    return taken


def _ask(page: http.client.HTTPConnection, path: str, form: dict[str, str] | None = None) -> str:
    """A page; where the answer sends on, the page that it sends to, as a browser does."""
    if form is None:
        page.request("GET", path)
    else:
        page.request("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
    answer = page.getresponse()
    text = answer.read().decode()
    if answer.status == 303:
        return _ask(page, answer.headers["location"])
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return text


def _wait() -> None:
    for _ in range(300):
        try:
            page = http.client.HTTPConnection("127.0.0.1", PORT)
            page.request("GET", "/healthz")
            page.getresponse()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the page does not answer")


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]
