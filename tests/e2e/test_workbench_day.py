"""A day at the review page, in Debian's Chromium: the officer's work from the first look to the paper, by keyboard.

The browser may reach the page alone: every other request is stopped and counted, and so is every attempt of the server
to reach another machine.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus import store
from corpus.store.chaining import first_break
from flows import cli
from flows.settings import today

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
GUARD = Path(__file__).with_name("guard")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")]


class Day:
    """The page in a browser, what it asked of others, and the store behind it."""

    def __init__(self, page: Any, base: str, folder: Path, log: Path) -> None:
        self.page, self.base, self.folder, self.log = page, base, folder, log
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.keys = 0
        page.route("**/*", self._let)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def _let(self, route: Any) -> None:
        if route.request.url.startswith(self.base):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def press(self, *keys: str) -> None:
        """Press keys; the last one leads to another screen."""
        self.keys += len(keys)
        self.page.wait_for_load_state("load")  # a click ends before the script of the next screen listens to keys
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        with self.page.expect_navigation():
            self.page.keyboard.press(keys[-1])

    def standing(self) -> dict[str, str]:
        with store.open(self.folder / "outputs" / "rasoat.db") as opened:
            return {finding: one.verdict for finding, one in opened.decisions().items()}

    def said(self) -> str:
        return str(self.page.locator(".flash").inner_text())


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("xa")
    log = folder / "ra-ngoai.log"
    assert cli.main(["init", "--samples", "--workspace", str(folder)]) == 0
    late = next((folder / "corpus" / "dia-phuong").rglob("QD-09-2022*"))
    kept = folder / late.name
    late.rename(kept)
    for back, file in ((9, None), (2, kept)):
        if file:
            file.rename(late)
        assert cli.main(["review", "--workspace", str(folder), "--as-of", str(today() - timedelta(days=back))]) == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "flows.cli", "workbench", "--workspace", str(folder), "--port", str(port),
               "--by", "Cán bộ Mẫu"]  # fmt: skip
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(GUARD), "GUARD_LOG": str(log)})
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="vi-VN")
            page.set_default_timeout(60_000)
            yield Day(page, base, folder, log)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


def _wait(base: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the page does not answer")


def test_a_day(day: Day, tmp_path: Path) -> None:
    page = day.page
    # What changed: the document that came since the first run brought findings.
    day.go("/")
    assert page.get_by_role("link", name="Mới: ").is_visible()
    assert "09/2022/QĐ-UBND" in page.locator("main").inner_text()
    assert "được xử lý hoặc kiến nghị xử lý" in page.locator("main").inner_text()

    # Twenty findings by keyboard: most in the list, with one key each; some with a reason or a day by a second key.
    day.go("/phat-hien")
    before = page.locator(".row-f").count()
    for _ in range(14):
        day.press("d")
    day.press("c")
    day.press("c")
    day.press("k")  # opens the finding with the reasons
    day.press("4")
    day.press("h", "2")  # now in the finding itself
    day.press("k", "5")
    day.press("d")
    assert day.keys == 23  # what docs/thao-tac.md says of twenty decisions
    verdicts = sorted(day.standing().values())
    assert verdicts == ["chua_xac_dinh"] * 2 + ["dong_y"] * 15 + ["hoan"] + ["khong_dong_y"] * 2
    day.go("/phat-hien")
    assert page.locator(".row-f").count() == before - 20

    # Keys do nothing while one writes, Telex composes, or a modifier is held.
    page.locator("#tim").click()
    page.keyboard.type("ddkkccz")
    page.keyboard.press("Escape")
    page.evaluate(
        "() => document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'd', isComposing: true, bubbles: true}))"
    )
    page.keyboard.press("Control+d")
    page.wait_for_timeout(200)
    assert len(day.standing()) == 20

    # One proposal is edited.
    page.keyboard.press("Escape")
    day.press("Enter")
    edited = page.url.rsplit("/", 1)[-1]
    page.keyboard.press("s")
    page.keyboard.press("Tab")
    page.keyboard.type("Bãi bỏ khoản này khi sửa Quy chế; dự thảo trong quý I.")
    with page.expect_navigation():
        page.locator("#q-sua").press("Enter")
    assert day.standing()[edited] == "sua"

    # Ten are postponed at once, after a preview, and taken back with one key.
    day.go("/phat-hien")
    for _ in range(10):
        page.keyboard.press("x")
    page.get_by_role("button", name="Quyết định hàng loạt").click()
    assert "10 phát hiện" in page.locator("h1").inner_text()
    assert page.locator("ol.lines li").count() == 10
    page.get_by_role("button", name="Hoãn tất cả").click()
    assert "cho 10 phát hiện" in day.said()
    assert list(day.standing().values()).count("hoan") == 11
    day.press("z")
    assert "Đã rút lại 10 quyết định" in day.said()
    decided = day.standing()
    assert len(decided) == 21

    # A masthead that was read wrongly.
    day.go("/van-ban")
    page.get_by_role("link", name="15/2023/QĐ-UBND").click()
    page.get_by_label("Người ký").fill("Người Ký Mẫu")
    page.get_by_role("button", name="Ghi đính chính").click()
    assert "Đã ghi đính chính" in day.said()

    # The set for 31 January.
    day.go("/giay-to")
    page.locator("form:has(input[value='bo-31-01']) button").click()
    made = page.locator(".job.xong a").first
    made.wait_for()
    with page.expect_download() as download:
        made.click()
    paper = tmp_path / "bo.docx"
    download.value.save_as(paper)
    with zipfile.ZipFile(paper) as parts:
        text = parts.read("word/document.xml").decode()
    assert "QUYẾT ĐỊNH" in text
    assert "ỦY BAN NHÂN DÂN" in text.upper()

    # A run later all decisions stand, on the same findings, and the correction too.
    page.get_by_role("button", name="Rà soát lại").click()
    page.locator(".job.xong", has_text="Rà soát lại").wait_for(timeout=60_000)
    with store.open(day.folder / "outputs" / "rasoat.db") as opened:
        last = opened.last_run()
        assert last is not None
        assert last.number == 3
        standing = {finding.id for finding in opened.standing()}
        assert set(decided) <= standing
        assert first_break(opened.audit()) is None
    assert day.standing() == decided
    day.go("/phat-hien?xu_ly=hoi_lai")
    assert page.locator(".row-f").count() == 0
    day.go(f"/phat-hien/{edited}")
    assert "dự thảo trong quý I" in page.locator("main").inner_text()
    day.go("/van-ban")
    page.get_by_role("link", name="15/2023/QĐ-UBND").click()
    assert page.get_by_label("Người ký").input_value() == "Người Ký Mẫu"

    assert day.errors == []
    assert day.outside == []
    assert not day.log.exists()


def test_without_script_forms_decide_too(day: Day) -> None:
    context = day.page.context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(day.base + "/phat-hien")
    page.locator(".row-f a.open").first.click()
    identity = page.url.rsplit("/", 1)[-1].partition("?")[0]
    page.get_by_role("button", name="Đồng ý", exact=False).first.click()
    assert "Đã ghi “Đồng ý”" in page.locator(".flash").inner_text()
    assert day.standing()[identity] == "dong_y"
    page.locator(".flash button").click()
    assert identity not in day.standing()
    context.close()


def test_every_screen_can_be_read_by_name(day: Day) -> None:
    """Each field has a label, each screen one heading, no text too pale: what a reader of the screen needs."""
    page = day.page
    day.go("/phat-hien")
    one = page.locator(".row-f").first.get_attribute("data-href")
    for path in ("/", "/phat-hien", one, "/van-ban", "/truoc-sap-xep", "/giay-to"):
        day.go(str(path))
        unnamed = page.evaluate(
            "() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]"
            ".filter(e => !e.closest('[hidden]') && !(e.labels && e.labels.length) && !e.textContent.trim()"
            " && !e.getAttribute('aria-label')).map(e => e.outerHTML)"
        )
        assert unnamed == [], path
        assert page.locator("h1").count() == 1, path
        assert page.evaluate(PALE) == [], path


PALE = """() => {
  const rgb = t => (t.match(/[\\d.]+/g) || []).map(Number);
  const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0.5) return c.slice(0, 3); } return [255, 255, 255]; };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!e.offsetParent || ![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const a = light(rgb(getComputedStyle(e).color).slice(0, 3)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 90));
  }
  return found;
}"""  # noqa: E501 - a script of its own
