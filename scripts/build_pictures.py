"""Pictures of the review page for the guide: `python scripts/build_pictures.py` (needs Debian's chromium).

A made-up commune is reviewed twice, some findings are decided, each screen is taken at 1366 × 768 into docs/img/.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from flows import cli
from flows.settings import today

IMAGES = Path(__file__).parent.parent / "docs" / "img"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _commune(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "flows.cli", "workbench", "--workspace", name, "--port", str(port),
                   "--by", "Cán bộ Mẫu"]  # fmt: skip
        server = subprocess.Popen(command)
        try:
            _photograph(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(20)
    return 0


def _commune(folder: Path) -> None:
    """The sample commune; one document comes between its two reviews."""
    cli.main(["init", "--samples", "--workspace", str(folder)])
    late = next((folder / "corpus" / "dia-phuong").rglob("QD-09-2022*"))
    kept = late.rename(folder / late.name)
    cli.main(["review", "--workspace", str(folder), "--as-of", str(today() - timedelta(days=9))])
    kept.rename(late)
    cli.main(["review", "--workspace", str(folder), "--as-of", str(today() - timedelta(days=1))])


def _photograph(base: str) -> None:
    from playwright.sync_api import sync_playwright

    for _ in range(200):
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="vi-VN")
        page.goto(base + "/phat-hien")
        for key in ("d", "d", "c"):
            _press(page, key)
        _press(page, "k")
        _press(page, "4")
        page.goto(base + "/phat-hien")
        _shoot(page, "trang-phat-hien")
        page.goto(base + "/phat-hien?nhom=TN")
        _press(page, "Enter")
        _shoot(page, "trang-mot-phat-hien")
        page.goto(base + "/phat-hien")
        for _ in range(4):
            page.keyboard.press("x")
        page.get_by_role("button", name="Quyết định hàng loạt").click()
        _shoot(page, "trang-hang-loat")
        page.goto(base + "/van-ban")
        _shoot(page, "trang-so-van-ban")
        page.goto(base + "/giay-to")
        page.locator("form:has(input[value='bo-31-01']) button").click()
        page.locator(".job.xong a").first.wait_for(timeout=60_000)
        page.evaluate("window.scrollTo(0, 0)")
        _shoot(page, "trang-giay-to")
        page.goto(base + "/")
        _shoot(page, "trang-hom-nay")
        browser.close()


def _press(page: Any, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def _shoot(page: Any, name: str) -> None:
    page.wait_for_load_state("networkidle")
    target = IMAGES / f"{name}.png"
    page.screenshot(path=target)
    Image.open(target).convert("RGB").quantize(128).save(target, optimize=True)  # a third of the bytes, no eye sees it


if __name__ == "__main__":
    raise SystemExit(main())
